#include "libroute/prove/finding_text.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/v1/explanation.pb.h"

namespace libroute {
namespace {

// The branches by which the call came to `node`: "trees.desk.time.cases[0], then ...".
std::string WayTo(const std::string& node, const Played& played) {
  constexpr int kMostNamed = 4;
  std::vector<std::string> ways;
  for (const RehearsalStep& step : played.steps) {
    for (const v1::Visit& visit : step.explanation->visits()) {
      if (visit.path() == node) break;
      if (visit.branch().empty() || visit.kind() == "goto" || visit.kind() == "set") continue;
      ways.push_back(FieldPath(visit.path(), visit.branch()));
    }
  }
  std::string text;
  const size_t first = ways.size() > kMostNamed ? ways.size() - kMostNamed : 0;
  for (size_t i = first; i < ways.size(); ++i) {
    absl::StrAppend(&text, text.empty() ? "" : ", then ", ways[i]);
  }
  return text;
}

// Who comes to the node.
absl::string_view Comers(const Suspect& suspect) {
  if (!suspect.has_emails) return "calls";
  return suspect.has_calls ? "calls and e-mails" : "e-mails";
}

// Why none of the calls that come to the node is the case's.
std::string WhyNot(const Suspect& suspect, const Played& played, const std::string& branch) {
  const bool is_otherwise = suspect.branch == "otherwise";
  if (is_otherwise)
    return absl::StrCat("of ", Comers(suspect), " that come here each falls in a case, e.g. in ",
                        branch);
  if (suspect.is_shadowed) {
    return absl::StrCat("the cases before it take all of its ", Comers(suspect),
                        " that come here, e.g. ", branch);
  }
  const std::string way = WayTo(suspect.node, played);
  const std::string come = absl::StrCat(Comers(suspect), " that come here",
                                        way.empty() ? "" : absl::StrCat(" (by ", way, ")"));
  if (suspect.criterion == "time") return absl::StrCat("its schedule is closed for all ", come);
  if (suspect.criterion == "switch") return absl::StrCat("its switch never stands so for ", come);
  if (suspect.criterion == "status") return absl::StrCat("what it asks for is never so for ", come);
  if (suspect.criterion == "match") return absl::StrCat("the value is never such for ", come);
  if (suspect.criterion == "destination") {
    return absl::StrCat("none of its called numbers is among those of ", come);
  }
  if (suspect.criterion == "when") return absl::StrCat("its condition never holds for ", come);
  return absl::StrCat("none of its callers is among those of ", come);
}

std::string UnreachedText(const Suspect& suspect, const Played& played, const std::string& branch,
                          const ProveOptions& options, absl::TimeZone zone) {
  const absl::string_view what = suspect.branch == "otherwise" ? "this branch" : "this case";
  const std::string why = WhyNot(suspect, played, branch);
  if (suspect.kind == Suspect::Kind::kNeverMatches) {
    return absl::StrCat(what, " never matches: ", why, "; change or remove it");
  }
  const auto date = [&](absl::Time time) { return absl::FormatTime("%Y-%m-%d", time, zone); };
  const absl::string_view nobody = !suspect.has_emails ? "no call comes here from "
                                   : suspect.has_calls ? "no call and no e-mail comes here from "
                                                       : "no e-mail comes here from ";
  return absl::StrCat(nobody, date(options.from), " to ",
                      date(options.from + ProveOptions::kWindow), ": ", why,
                      "; change the times, or remove it");
}

// Nothing has to be down or busy for it.
bool IsCertain(const Suspect& suspect, const Played& played) {
  return absl::EndsWith(suspect.node, ".dial") && played.test.given().ByteSizeLong() == 0;
}

std::string BlackHoleText(const Suspect& suspect, const Played& played) {
  const v1::ReleaseDecision& release = played.steps.back().explanation->decision().release();
  const std::string code = release.sip_status() == 0
                               ? absl::StrCat("cause ", release.q850_cause())
                               : absl::StrCat(release.sip_status(), "/", release.q850_cause());
  if (played.test.has_email()) {
    const bool is_full = !played.test.events().empty() && *played.test.events().rbegin() == "full";
    return is_full ? "an e-mail that comes while as many wait as may is left in its mailbox, and "
                     "nothing says so; write on_full, or `otherwise`"
                   : "an e-mail that no agent takes in time is left in its mailbox, and nothing "
                     "says so; write on_timeout, or `otherwise`";
  }
  if (absl::EndsWith(suspect.node, ".agents")) {
    return absl::StrCat("a caller whom no agent takes is released here (", code,
                        ") and nothing says so; write on_timeout, on_no_agents, on_none_ready, "
                        "on_full and on_closed, or `otherwise`, or give the plan a default");
  }
  if (IsCertain(suspect, played)) {
    return absl::StrCat(
        "none of these targets is ever tried, though all is up: calls that come "
        "here are released (",
        code, ") and nothing says so; dial what may be called, or end the call");
  }
  return absl::StrCat("when none of these targets can be tried, the caller is released (", code,
                      ") without anything having been tried, and nothing says so; write "
                      "`otherwise`, or give the plan a default");
}

}  // namespace

Issue IssueOf(const Suspect& suspect, const Played& played, const std::string& branch,
              const ProveOptions& options, absl::TimeZone zone) {
  Issue issue;
  issue.severity = Severity::kWarning;
  issue.path = suspect.path;
  switch (suspect.kind) {
    case Suspect::Kind::kNeverMatches:
    case Suspect::Kind::kNotReached:
      issue.code = suspect.kind == Suspect::Kind::kNeverMatches ? "never-matches" : "not-reached";
      issue.message = UnreachedText(suspect, played, branch, options, zone);
      break;
    case Suspect::Kind::kBlackHole: {
      if (IsCertain(suspect, played)) issue.severity = Severity::kError;
      issue.code = "black-hole";
      issue.message = BlackHoleText(suspect, played);
      break;
    }
    case Suspect::Kind::kRingsTooLong:
      issue.code = "rings-too-long";
      issue.message =
          absl::StrCat("with these targets a call may have been ringing for ",
                       absl::FormatDuration(played.ringing), " in all, more than ",
                       absl::FormatDuration(options.max_ringing),
                       "; shorten `setup` and `ring` on the way, or ring fewer targets in turn");
      break;
  }
  return issue;
}

}  // namespace libroute
