#include "tests/property/reference.h"

#include <algorithm>

#include "tests/property/reference_origin.h"
#include "tests/property/reference_question.h"

namespace libroute {
namespace {

bool GaveUp(const Event& event, bool is_there) {
  if (event.kind == EventKind::kCallerReleased) return true;
  return is_there &&
         std::any_of(event.results.begin(), event.results.end(),
                     [](const AttemptResult& r) { return r.outcome == Outcome::kCancelled; });
}

}  // namespace

bool ReferenceCall::Question::IsDrillCaller(const v1::RecoveryPlan& recovery) const {
  if (Withheld()) return false;
  for (const std::string& caller : recovery.drill_callers()) {
    google::protobuf::RepeatedPtrField<std::string> patterns;
    *patterns.Add() = caller;
    const auto& callers = caller[0] == '+' ? patterns : plan_.caller_types().at(caller).callers();
    if (ReferenceMatches(callers, call_.call_.calling)) return true;
  }
  return false;
}

std::string ReferenceCall::Question::FindTree() {
  const std::string& number = call_.number_->number();
  for (const auto& [name, recovery] : plan_.recovery_plans()) {
    if (ReferenceRecoveryNumbers(plan_, recovery).count(number) == 0) continue;
    depends_on_.insert(v1::DEPENDENCE_STATUS);
    const auto on = world_.recoveries.find(name);
    if (on == world_.recoveries.end() || on->second.second.count(number) == 0) continue;
    const bool is_drill = on->second.first == v1::RECOVERY_STATE_DRILL;
    if (is_drill) depends_on_.insert(v1::DEPENDENCE_CALL);
    if (is_drill && !IsDrillCaller(recovery)) continue;
    state_.recovery = name;
    state_.is_drill = is_drill;
    return recovery.tree();
  }
  return call_.number_->tree();
}

v1::Decision ReferenceCall::Question::First() {
  if (call_.call_.called.digits().size() < static_cast<int>(call_.number_->min_digits())) {
    v1::MoreDigitsDecision& more = *decision_.mutable_more_digits();
    more.set_min_digits(call_.number_->min_digits());
    more.set_max_digits(call_.number_->max_digits() == 0 ? 15 : call_.number_->max_digits());
    depends_on_.insert(v1::DEPENDENCE_CALL);
    return Finish();
  }
  if (!call_.number_->language().empty()) SetAttribute("language", call_.number_->language());
  if (ReferenceScreens(plan_)) depends_on_.insert(v1::DEPENDENCE_CALL);
  if (call_.treatment_ == v1::CallerIdentity::TREATMENT_REJECT) {
    Reject(v1::Reject(), "caller_identity");
  } else {
    const std::string tree = FindTree();
    if (tree.empty()) {
      decision_.mutable_pass_through()->set_reason(v1::PASS_THROUGH_REASON_CONTINUITY_OFF);
      End("recovery_plans", false);
    } else {
      GoToTree(tree);
    }
  }
  return Finish();
}

std::optional<v1::Decision> ReferenceCall::Question::Next(const Event& event) {
  if (state_.node == nullptr) return std::nullopt;
  ++state_.step;
  if (GaveUp(event, !state_.promise.has_value())) {
    std::string path = state_.path;
    Release(ResponseCode{487, 16}, ReleaseReason::kCancelled, path);
    return Finish();
  }
  bool fits = false;
  switch (state_.node->kind_case()) {
    case v1::Node::kDial:
      fits = DialEnded(event);
      break;
    case v1::Node::kMenu:
      fits = MenuEnded(event);
      break;
    case v1::Node::kCollect:
      fits = CollectEnded(event);
      break;
    case v1::Node::kAgents:
      fits = WaitEnded(event);
      break;
    case v1::Node::kAnnounce:
      fits = AnnounceEnded(event);
      break;
    default:
      break;
  }
  if (!fits) return std::nullopt;
  return Finish();
}

void ReferenceCall::Question::SettlePlaces() {
  const std::string call = call_.call_.id.ToString();
  const bool is_over = decision_.has_reject() || decision_.has_release();
  for (auto& [what, there] : world_.places) {
    if (is_over || (left_.count(what) > 0 && taken_.count(what) == 0)) there.erase(call);
  }
  if (world_.counted) depends_on_.insert(v1::DEPENDENCE_LEDGER);
}

v1::Decision ReferenceCall::Question::Finish() {
  v1::Decision& out = decision_;
  SettlePlaces();
  out.set_answer_state(state_.answered ? v1::ANSWER_STATE_ANSWERED : v1::ANSWER_STATE_UNANSWERED);
  for (const auto& [name, value] : state_.attributes) {
    if (state_.secrets.count(name) == 0) (*out.mutable_attributes())[name] = value;
  }
  out.set_customer(plan_.customer());
  out.set_number(call_.call_.called.ToString());
  out.set_holder(Holder());
  for (v1::Dependence dependence : depends_on_) out.add_depends_on(dependence);
  out.set_priority(state_.priority);
  for (int i = 0; i < out.dial().legs_size(); ++i) {
    out.mutable_dial()->mutable_legs(i)->set_priority(state_.priority);
  }
  out.set_caller_type(state_.caller_type);
  out.set_recovery_plan(state_.recovery);
  out.set_recovery_drill(state_.is_drill);
  call_.state_ = state_;
  return out;
}

std::string ReferenceCall::Question::Holder() const {
  return call_.number_->holder().empty() ? plan_.customer() : call_.number_->holder();
}

std::optional<v1::Decision> ReferenceCall::Ask(ReferenceWorld& world) {
  number_ = ReferenceServing(plan_, call_.called);
  if (number_ == nullptr) return std::nullopt;
  const std::string called = call_.called.ToString();
  if (number_->max_digits() != 0 && called.size() > number_->max_digits() + 1) {
    call_.called = *E164Number::Parse(called.substr(0, number_->max_digits() + 1));
    number_ = ReferenceServing(plan_, call_.called);
  }
  return Question(*this, world, arrival_).First();
}

std::optional<v1::Decision> ReferenceCall::Tell(const Event& event, ReferenceWorld& world,
                                                absl::Time now) {
  auto consulted = consulted_;
  std::optional<v1::Decision> decision = Question(*this, world, now).Next(event);
  if (!decision.has_value()) consulted_ = std::move(consulted);
  return decision;
}

}  // namespace libroute
