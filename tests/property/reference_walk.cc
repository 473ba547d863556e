#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "tests/property/reference_origin.h"
#include "tests/property/reference_question.h"
#include "tests/property/reference_written.h"

namespace libroute {

void ReferenceCall::Question::GoToTree(const std::string& name) {
  Visit(plan_.trees().at(name), absl::StrCat("trees.", name));
}

void ReferenceCall::Question::Visit(const v1::Node& node, const std::string& place) {
  std::string path =
      absl::StrCat(place, ".", v1::Node::descriptor()->FindFieldByNumber(node.kind_case())->name());
  switch (node.kind_case()) {
    case v1::Node::kTime:
      return Choose(node.time(), path, v1::DEPENDENCE_TIME,
                    [&](const v1::TimeBranch::Case& item) { return IsOpen(node.time(), item); });
    case v1::Node::kOrigin:
      return Choose(node.origin(), path, v1::DEPENDENCE_CALL,
                    [&](const v1::OriginBranch::Case& item) {
                      return ReferenceOrigin(plan_, item, call_.call_);
                    });
    case v1::Node::kDestination:
      return Choose(node.destination(), path, v1::DEPENDENCE_CALL,
                    [&](const v1::DestinationBranch::Case& item) {
                      return ReferenceDestination(plan_, item, call_.call_);
                    });
    case v1::Node::kCaller:
      return Choose(node.caller(), path, v1::DEPENDENCE_CALL,
                    [&](const v1::CallerBranch::Case& item) { return IsOneOf(item); });
    case v1::Node::kShare:
      return Share(node.share(), path);
    case v1::Node::kStatus:
      return Choose(node.status(), path, v1::DEPENDENCE_STATUS,
                    [&](const v1::StatusBranch::Case& item) {
                      return ReferenceHasStatus(plan_, world_, item);
                    });
    case v1::Node::kLimit:
      return Limit(node.limit(), path);
    case v1::Node::kSwitch:
      return Choose(
          node.switch_(), path, v1::DEPENDENCE_STATUS,
          [&](const v1::SwitchBranch::Case& item) { return ReferenceStands(plan_, world_, item); });
    case v1::Node::kGroup:
      return Choose(
          node.group(), path, v1::DEPENDENCE_GROUP,
          [&](const v1::GroupBranch::Case& item) { return ReferenceStandsSo(world_, item); });
    case v1::Node::kMatch:
      return Choose(node.match(), path, v1::DEPENDENCE_CALL,
                    [&](const v1::MatchBranch::Case& item) {
                      return HasValue(node.match().attribute(), item);
                    });
    case v1::Node::kSet:
      for (const auto& [name, value] : node.set().attributes()) SetAttribute(name, value);
      return Visit(node.set().then(), path + ".then");
    case v1::Node::kGoto:
      return GoToTree(node.goto_());
    default:
      return Do(node, path);
  }
}

bool ReferenceCall::Question::HasValue(const std::string& attribute,
                                       const v1::MatchBranch::Case& item) const {
  auto found = state_.attributes.find(item.attribute().empty() ? attribute : item.attribute());
  const std::string value = found == state_.attributes.end() ? "" : found->second;
  if (item.equals_size() > 0) {
    return std::find(item.equals().begin(), item.equals().end(), value) != item.equals().end();
  }
  if (!item.prefix().empty()) return value.compare(0, item.prefix().size(), item.prefix()) == 0;
  bool is_number = !value.empty() && value.size() <= 18 &&
                   value.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number) return false;
  int64_t number = std::stoll(value);
  return (!item.range().has_from() || item.range().from() <= number) &&
         (!item.range().has_to() || number <= item.range().to());
}

template <typename Branch, typename Test>
void ReferenceCall::Question::Choose(const Branch& branch, const std::string& path,
                                     v1::Dependence dependence, const Test& test) {
  depends_on_.insert(dependence);
  for (int i = 0; i < branch.cases_size(); ++i) {
    if (!test(branch.cases(i))) continue;
    return Visit(branch.cases(i).then(), absl::StrCat(path, ".cases[", i, "].then"));
  }
  Otherwise(branch, path);
}

bool ReferenceCall::Question::IsOpen(const v1::TimeBranch& branch,
                                     const v1::TimeBranch::Case& item) {
  absl::Time time = branch.use() == v1::TimeBranch::USE_NOW ? now_ : call_.arrival_;
  const v1::Schedule& schedule = plan_.schedules().at(item.schedule());
  call_.consulted_.emplace_back(&schedule, time);
  return ReferenceOpen(plan_, schedule, time);
}

bool ReferenceCall::Question::Withheld() const {
  return call_.call_.calling_privacy != Privacy::kAllowed || !call_.call_.calling.has_value();
}

bool ReferenceCall::Question::IsOneOf(const v1::CallerBranch::Case& item) {
  if (Withheld()) return false;
  for (const std::string& name : item.caller_types()) {
    const v1::CallerType& type = plan_.caller_types().at(name);
    if (!ReferenceMatches(type.callers(), call_.call_.calling)) continue;
    state_.caller_type = name;
    state_.priority = type.priority();
    for (const auto& [attribute, value] : type.attributes()) SetAttribute(attribute, value);
    return true;
  }
  return false;
}

void ReferenceCall::Question::Share(const v1::ShareBranch& share, const std::string& path) {
  depends_on_.insert(v1::DEPENDENCE_CALL);
  const bool looks = std::any_of(share.cases().begin(), share.cases().end(), [](const auto& item) {
    return !item.destination().empty() || !item.site().empty();
  });
  if (looks && share.unavailable() != v1::ShareBranch::UNAVAILABLE_STRICT) {
    depends_on_.insert(v1::DEPENDENCE_STATUS);
  }
  if (share.exact()) depends_on_.insert(v1::DEPENDENCE_LEDGER);
  const std::optional<int> taken = ReferenceShare(plan_, share, call_.call_, path, world_);
  if (!taken.has_value()) return Otherwise(share, path);
  Visit(share.cases(*taken).then(), absl::StrCat(path, ".cases[", *taken, "].then"));
}

bool ReferenceCall::Question::Take(const std::string& what, uint32_t most) {
  std::set<std::string>& there = world_.places[what];
  const std::string call = call_.call_.id.ToString();
  if (there.count(call) == 0 && there.size() >= most) return false;
  there.insert(call);
  taken_.insert(what);
  return true;
}

// What its calls are counted for by itself.
std::string ReferenceCall::Question::OfEach(const v1::Limit& limit) const {
  switch (limit.each()) {
    case v1::LIMIT_EACH_CALLED:
      return absl::StrCat(" to ", call_.call_.called.ToString());
    case v1::LIMIT_EACH_CALLER:
      return absl::StrCat(" from ", Withheld() ? "nobody" : call_.call_.calling.ToString());
    default:
      return "";
  }
}

void ReferenceCall::Question::Limit(const v1::LimitBranch& limit, const std::string& path) {
  depends_on_.insert(v1::DEPENDENCE_LEDGER);
  const std::string what = "limit " + limit.limit();
  const v1::Limit& written = plan_.limits().at(limit.limit());
  if (Take(what + OfEach(written), written.calls())) {
    return Visit(limit.then(), path + ".then");
  }
  decision_.set_limited_by(what);
  if (limit.has_on_full()) return Visit(limit.on_full(), path + ".on_full");
  v1::Reject busy;
  busy.set_cause(v1::Reject::CAUSE_BUSY);
  Reject(busy, path + ".on_full");
}

void ReferenceCall::Question::Fallback(const std::string& path, std::optional<Outcome> outcome) {
  const v1::Default& written = plan_.default_();
  if (absl::StartsWith(path, "default.")) return EndOfPlan();
  for (; outcome.has_value(); outcome = ParentOutcome(*outcome)) {
    const v1::Node* node = OnOutcome(written, *outcome);
    if (node == nullptr) continue;
    return Visit(*node, absl::StrCat("default.on_", OutcomeName(*outcome)));
  }
  if (written.has_otherwise()) return Visit(written.otherwise(), "default.otherwise");
  EndOfPlan();
}

void ReferenceCall::Question::EndOfPlan() {
  Release(Best(),
          state_.failures.empty() ? (state_.talked ? ReleaseReason::kPlan : ReleaseReason::kNoMatch)
          : IsLoop()              ? ReleaseReason::kLoop
                                  : ReleaseReason::kAttemptsFailed,
          "default");
}

}  // namespace libroute
