#include "libroute/prove/prove.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/prove/finding_text.h"
#include "libroute/prove/flow.h"
#include "libroute/prove/sample_call.h"
#include "libroute/prove/stage.h"
#include "libroute/schedule/zone.h"
#include "libroute/tree/compile.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/plan_expansion.h"
#include "libroute/v1/explanation.pb.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// The branch that the call took at `node`; nothing where it did not come there.
std::optional<std::string> BranchAt(const Played& played, const std::string& node) {
  for (const RehearsalStep& step : played.steps) {
    for (const v1::Visit& visit : step.explanation->visits()) {
      if (visit.path() == node) return visit.branch();
    }
  }
  return std::nullopt;
}

bool WasDialled(const Played& played) {
  return std::any_of(played.steps.begin(), played.steps.end(), [](const RehearsalStep& step) {
    return step.explanation->decision().has_dial();
  });
}

// Whether the last question came by `node` to the end of the plan.
bool EndsAt(const Played& played, const std::string& node) {
  const v1::Explanation& last = *played.steps.back().explanation;
  if (!last.decision().has_release() || last.decision().node() != "default") return false;
  return std::any_of(last.visits().begin(), last.visits().end(),
                     [&](const v1::Visit& visit) { return visit.path() == node; });
}

class Proof {
 public:
  Proof(const v1::Plan& plan, const Attachments& attachments, const ProveOptions& options,
        absl::TimeZone zone)
      : plan_(plan), options_(options), zone_(zone), stage_(plan, attachments, options.from) {}

  // Nothing where no call and no e-mail shows it.
  std::optional<Finding> Find(const Suspect& suspect, const TimeSets& times) {
    const bool may_be_certain =
        suspect.kind == Suspect::Kind::kBlackHole && absl::EndsWith(suspect.node, ".dial");
    if (may_be_certain) {
      std::optional<Finding> certain = FindCertain(suspect, times);
      if (certain.has_value()) return certain;
    }
    std::optional<Finding> finding;
    PlayAll(suspect, times, [&](const v1::Test& test, const CallSet& calls) {
      // What is refused whatever is up is so by what the plan allows to be called.
      if (may_be_certain && test.given().ByteSizeLong() == 0) return false;
      const std::optional<Played> played = stage_.Try(test, calls);
      if (played.has_value() && Shows(suspect, *played)) finding = Confirmed(suspect, *played);
      return finding.has_value();
    });
    return finding;
  }

 private:
  using Play = absl::FunctionRef<bool(const v1::Test& test, const CallSet& calls)>;

  // Until `play` has had enough: the best calls first, then others like them.
  void PlayAll(const Suspect& suspect, const TimeSets& times, Play play) const {
    constexpr int kVariants = 16;
    constexpr int kMostTries = 160;
    int tries = 0;
    for (int variant = 0; variant < kVariants; ++variant) {
      for (const CallSet& calls : suspect.calls) {
        if (++tries > kMostTries) return;
        const std::optional<v1::Test> test = SampleCall(calls, plan_, times, zone_, variant);
        if (test.has_value() && play(*test, calls)) return;
      }
    }
  }

  // A dial that comes to nothing though everything is up: only if that is so of
  // every call that is tried.
  std::optional<Finding> FindCertain(const Suspect& suspect, const TimeSets& times) {
    std::optional<Played> first;
    bool others_pass = false;
    PlayAll(suspect, times, [&](const v1::Test& test, const CallSet& calls) {
      if (test.given().ByteSizeLong() > 0) return false;
      const std::optional<Played> played = stage_.Try(test, calls);
      if (!played.has_value() || !BranchAt(*played, suspect.node).has_value()) return false;
      others_pass |= !Shows(suspect, *played);
      if (!first.has_value()) first = *played;
      return others_pass;
    });
    if (others_pass || !first.has_value()) return std::nullopt;
    return Confirmed(suspect, *first);
  }

  std::optional<Finding> Confirmed(const Suspect& suspect, const Played& tried) const {
    const std::optional<Played> played = stage_.Confirm(tried);
    if (!played.has_value() || !Shows(suspect, *played)) return std::nullopt;
    return FindingOf(suspect, *played);
  }

  bool Shows(const Suspect& suspect, const Played& played) const {
    switch (suspect.kind) {
      case Suspect::Kind::kNeverMatches:
      case Suspect::Kind::kNotReached: {
        const std::optional<std::string> branch = BranchAt(played, suspect.node);
        return branch.has_value() && *branch != suspect.branch;
      }
      case Suspect::Kind::kBlackHole:
        return EndsAt(played, suspect.node) && !WasDialled(played);
      case Suspect::Kind::kRingsTooLong:
        return played.ringing > options_.max_ringing;
    }
    return false;
  }

  Finding FindingOf(const Suspect& suspect, const Played& played) const {
    Finding finding;
    finding.issue =
        IssueOf(suspect, played, BranchAt(played, suspect.node).value_or(""), options_, zone_);
    auto witness = std::make_shared<v1::Test>(played.test);
    witness->set_name(absl::StrCat(finding.issue.code, ": ", suspect.path));
    finding.witness = std::move(witness);
    return finding;
  }

  const v1::Plan& plan_;
  const ProveOptions& options_;
  const absl::TimeZone zone_;
  Stage stage_;
};

// Of cases that check has said the same of already.
std::set<std::string> AlreadyTold(const std::vector<Issue>& issues) {
  std::set<std::string> told;
  for (const Issue& issue : issues) {
    if (issue.code == "never-matches") told.insert(issue.path);
  }
  return told;
}

bool IsTold(const std::set<std::string>& told, const std::string& path) {
  return std::any_of(told.begin(), told.end(), [&](const std::string& other) {
    return other == path || absl::StartsWith(other, path + ".");
  });
}

}  // namespace

absl::StatusOr<std::vector<Finding>> Prove(const v1::Plan& written, const Attachments& attachments,
                                           const ProveOptions& options) {
  // With the trees of its lines.
  const PlanExpansion expansion(written);
  const v1::Plan& plan = expansion.plan();
  SchedulePool pool;
  const CompileResult compiled = Compile(plan, {attachments, pool, options.from});
  if (compiled.plan == nullptr) {
    const auto error =
        std::find_if(compiled.issues.begin(), compiled.issues.end(),
                     [](const Issue& issue) { return issue.severity == Severity::kError; });
    return absl::InvalidArgumentError(
        absl::StrCat("the plan has errors, the first one is: ", FormatIssue(*error)));
  }
  const absl::StatusOr<absl::TimeZone> zone =
      plan.time_zone().empty() ? absl::UTCTimeZone() : LoadZone(plan.time_zone());
  if (!zone.ok()) return zone.status();
  // Of the seconds that have begun all are over.
  const int64_t begin = absl::ToUnixSeconds(options.from + absl::Seconds(1) - absl::Nanoseconds(1));
  TimeSets times(*compiled.plan, {begin, begin + absl::ToInt64Seconds(ProveOptions::kWindow)});
  std::vector<Suspect> suspects =
      Flow(plan, attachments, *compiled.plan, times, options.max_ringing).Run();
  const std::set<std::string> told = AlreadyTold(compiled.issues);
  std::erase_if(suspects, [&](const Suspect& suspect) { return IsTold(told, suspect.path); });
  std::vector<Finding> findings;
  if (suspects.empty()) return findings;
  Proof proof(plan, attachments, options, *zone);
  for (const Suspect& suspect : suspects) {
    std::optional<Finding> finding = proof.Find(suspect, times);
    if (!finding.has_value()) continue;
    std::vector<Issue> issue = {std::move(finding->issue)};
    expansion.Restore(issue);
    finding->issue = std::move(issue.front());
    findings.push_back(*std::move(finding));
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.issue.path < b.issue.path; });
  return findings;
}

}  // namespace libroute
