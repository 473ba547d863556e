#include "libroute/record/open_record.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

namespace libroute {
namespace {

// What an action names.
absl::string_view SubjectOf(const Action& action) {
  return std::visit(
      [](const auto& decided) -> absl::string_view {
        using Decided = std::decay_t<decltype(decided)>;
        if constexpr (std::is_same_v<Decided, WaitDecision>) {
          return decided.group;
        } else if constexpr (std::is_same_v<Decided, VoicemailDecision>) {
          return decided.mailbox;
        } else if constexpr (std::is_same_v<Decided, ConferenceDecision>) {
          return decided.conference;
        } else if constexpr (std::is_same_v<Decided, AnnounceDecision> ||
                             std::is_same_v<Decided, MenuDecision> ||
                             std::is_same_v<Decided, CollectDecision>) {
          return decided.message;
        } else {
          return "";
        }
      },
      action);
}

// As long as nothing is known.
void SetOnce(std::string& text, absl::string_view value) {
  if (text.empty()) text = std::string(value);
}

LegRecord LegRecordOf(const Leg& leg) {
  LegRecord record;
  record.attempt.target = leg.target;
  record.number = leg.number;
  record.uri = std::string(leg.uri);
  record.destination = std::string(leg.destination);
  record.site = std::string(leg.site);
  record.number_kind = leg.facts.kind;
  record.country = leg.facts.country;
  record.operator_name = std::string(leg.facts.operator_name);
  record.operator_source = leg.facts.operator_source;
  record.routing_number = leg.routing_number;
  record.presented_privacy = leg.presented_privacy;
  if (leg.presented_privacy == Privacy::kAllowed) record.presented = leg.presented;
  record.diverted_by = leg.diverted_by;
  record.diversion_reason = leg.diversion_reason;
  record.diversion_count = leg.diversion_count;
  record.charge_to = std::string(leg.charge_to);
  record.charged_number = leg.charged_number;
  if (!leg.gateways.empty()) record.gateway_group = leg.gateways.group()->name;
  if (leg.gateways.size() == 1) record.gateway = leg.gateways.at(0).name;
  return record;
}

}  // namespace

OpenRecord::OpenRecord(const Call& call, absl::Time now) {
  record_.call = call.id;
  record_.direction = call.direction;
  record_.ingress = call.ingress;
  record_.dialled = call.dialled;
  record_.called = call.called;
  record_.arrived_at = now;
  NoteCaller(call.calling, call.calling_privacy);
}

OpenRecord::OpenRecord(const CallId& call, const CallState& state) : OpenRecord(call) {
  record_.correlation = state.correlation;
  record_.direction = state.direction;
  record_.dialled = state.dialled;
  record_.called = state.called;
  record_.arrived_at = absl::FromUnixMicros(state.arrival_micros);
  NoteCaller(state.calling, state.calling_privacy);
}

OpenRecord::OpenRecord(const CallId& call) {
  record_.call = call;
  record_.partial = true;
}

void OpenRecord::NoteCaller(E164Number calling, Privacy privacy) {
  record_.calling_privacy = privacy;
  if (privacy != Privacy::kAllowed) return;
  record_.calling = calling;
  if (!calling.has_value()) record_.calling_privacy = Privacy::kUnavailable;
}

bool OpenRecord::AwaitsDigits() const {
  return !record_.decisions.empty() &&
         record_.decisions.back().action == ActionName(MoreDigitsDecision());
}

void OpenRecord::Note(const AnsweredQuestion& question, absl::Time now) {
  if (question.step < next_step_) {
    if (question.step + 1 < next_step_ || !IsAnsweredOtherwise(question.decision)) return;
    record_.decisions.pop_back();
    return NoteDecided(question, now);
  }
  // Somebody else has answered those between.
  if (question.step > next_step_) {
    record_.partial = true;
    // What it is about is of a decision that is not known here.
    dials_ = false;
    dial_step_ = kUnknownStep;
    dial_node_.clear();
  }
  next_step_ = question.step + 1;
  if (question.after != nullptr) NoteEvent(*question.after, now);
  NoteDecided(question, now);
}

bool OpenRecord::IsAnsweredOtherwise(const Decision& decision) const {
  const DecisionRecord& last = record_.decisions.back();
  if (last.action != ActionName(decision.action) || last.node != decision.node) return true;
  // Of a call that goes on by itself others are dialled in the same step.
  const auto* dial = std::get_if<DialDecision>(&decision.action);
  if (dial == nullptr || !DialsAgents(decision)) return false;
  return std::any_of(dial->legs.begin(), dial->legs.end(), [&](const Leg& leg) {
    return std::none_of(record_.legs.begin(), record_.legs.end(), [&](const LegRecord& known) {
      return known.attempt.step == dial_step_ && known.attempt.target == leg.target;
    });
  });
}

void OpenRecord::NoteEvent(const Event& event, absl::Time now) {
  if (event.kind == EventKind::kDialResult) {
    for (const AttemptResult& result : event.results) NoteResult(result, now);
    if (dial_order_ == LegOrder::kTogether) CancelOthers(now);
  } else if (event.kind == EventKind::kCallerReleased && dials_) {
    if (LegRecord* leg = OnlyUndecidedLeg()) End(*leg, Outcome::kCancelled, now);
    if (dial_order_ == LegOrder::kTogether) CancelOthers(now);
  } else if (event.kind == EventKind::kCalledReleased) {
    talk_is_over_ = true;
    if (dials_ || !event.results.empty()) NoteCalledReleased(event, now);
  }
}

// The leg was answered, though perhaps nobody has said when.
void OpenRecord::NoteCalledReleased(const Event& event, absl::Time now) {
  LegRecord* leg = event.results.empty()
                       ? AnsweredLeg()
                       : FindOrAddLeg({next_step_ - 2, event.results.front().target});
  if (leg != nullptr) {
    leg->outcome = Outcome::kAnswered;
    if (!leg->ended_at.has_value()) leg->ended_at = now;
  }
  if (dial_order_ == LegOrder::kTogether) CancelOthers(now);
}

void OpenRecord::NoteResult(const AttemptResult& result, absl::Time now) {
  auto note = [&](LegRecord& leg) {
    End(leg, result.outcome, now);
    leg.sip_status = result.sip_status;
    leg.q850_cause = result.q850_cause;
    NoteGateways(result, leg);
  };
  if (result.target != AttemptResult::kNextLeg) {
    LegRecord* leg = FindOrAddLeg({next_step_ - 2, result.target});
    if (leg != nullptr) note(*leg);
    return;
  }
  bool is_noted = false;
  for (LegRecord& leg : record_.legs) {
    if (!IsOfLastDial(leg) || !IsUndecided(leg)) continue;
    note(leg);
    is_noted = true;
    if (dial_order_ == LegOrder::kInOrder) return;
  }
  if (is_noted || !record_.partial) return;
  LegRecord* unknown = AddUnknownLeg({next_step_ - 2, AttemptResult::kNextLeg});
  if (unknown != nullptr) note(*unknown);
}

void OpenRecord::NoteDecided(const AnsweredQuestion& question, absl::Time now) {
  const Decision& decision = question.decision;
  SetOnce(record_.customer, decision.customer);
  SetOnce(record_.revision, decision.revision);
  SetOnce(record_.holder, decision.holder);
  if (!record_.served.has_value()) record_.served = decision.number;
  if (!decision.caller_type.empty()) record_.caller_type = std::string(decision.caller_type);
  if (!decision.screened_by.empty()) record_.screened_by = decision.screened_by;
  if (!decision.limited_by.empty()) record_.limited_by = std::string(decision.limited_by);
  if (!decision.recovery_plan.empty()) {
    record_.recovery_plan = std::string(decision.recovery_plan);
    record_.recovery_drill = decision.recovery_drill;
  }
  record_.correlation = decision.correlation;

  DecisionRecord decided;
  decided.step = question.step;
  decided.at = now;
  if (question.after != nullptr) decided.after = EventKindName(question.after->kind);
  decided.action = ActionName(decision.action);
  decided.node = std::string(decision.node);
  decided.subject = std::string(SubjectOf(decision.action));
  decided.answers = decision.answered;
  if (decision.revision != record_.revision) decided.revision = std::string(decision.revision);
  if (const auto* reject = std::get_if<RejectDecision>(&decision.action)) {
    decided.code = reject->code;
  } else if (const auto* release = std::get_if<ReleaseDecision>(&decision.action)) {
    decided.code = release->code;
    decided.release_reason = release->reason;
  } else if (const auto* pass = std::get_if<PassThroughDecision>(&decision.action)) {
    NotePassThrough(*pass);
  }
  if (record_.decisions.size() == CallRecord::kMaxEntries) {
    record_.decisions.pop_back();
    ++record_.decisions_left_out;
  }
  record_.decisions.push_back(std::move(decided));
  dials_ = std::holds_alternative<DialDecision>(decision.action);
  if (dials_) NoteDial(question, now);
}

void OpenRecord::NotePassThrough(const PassThroughDecision& pass_through) {
  record_.pass_through_reason = pass_through.reason;
  record_.emergency = pass_through.reason == PassThroughReason::kEmergency;
  record_.service_state = pass_through.service_state;
}

void OpenRecord::NoteDial(const AnsweredQuestion& question, absl::Time now) {
  const auto& dial = std::get<DialDecision>(question.decision.action);
  callback_.reset();
  if (dial.callback.has_value()) {
    callback_ = LegRecordOf(*dial.callback);
    callback_->attempt.step = callback_->first_step = question.step;
    callback_->offered_at = now;
  }
  // What the same node has given out before and was not tried yet is the same leg.
  const bool goes_on = dial_node_ == question.decision.node;
  for (const Leg& leg : dial.legs) {
    LegRecord* before = goes_on ? FindLeg({dial_step_, leg.target}) : nullptr;
    if (before != nullptr && IsUndecided(*before)) {
      before->attempt.step = question.step;
      continue;
    }
    LegRecord record = LegRecordOf(leg);
    record.attempt.step = record.first_step = question.step;
    record.offered_at = now;
    AddLeg(std::move(record));
  }
  dial_step_ = question.step;
  dial_order_ = dial.order;
  dial_node_ = std::string(question.decision.node);
}

bool OpenRecord::IsOfLastDial(const LegRecord& leg) const {
  return leg.attempt.step == dial_step_;
}

bool OpenRecord::IsUndecided(const LegRecord& leg) const {
  return !leg.outcome.has_value() || leg.outcome == Outcome::kAnswered;
}

LegRecord* OpenRecord::OnlyUndecidedLeg() {
  LegRecord* only = nullptr;
  for (LegRecord& leg : record_.legs) {
    if (!IsOfLastDial(leg) || !IsUndecided(leg)) continue;
    if (only != nullptr) return nullptr;
    only = &leg;
  }
  return only;
}

LegRecord* OpenRecord::AnsweredLeg() {
  for (LegRecord& leg : record_.legs) {
    if (IsOfLastDial(leg) && leg.outcome == Outcome::kAnswered) return &leg;
  }
  return OnlyUndecidedLeg();
}

LegRecord* OpenRecord::FindLeg(AttemptId attempt) {
  auto found = std::find_if(record_.legs.rbegin(), record_.legs.rend(), [&](const LegRecord& leg) {
    return leg.attempt.target == attempt.target && leg.first_step <= attempt.step &&
           attempt.step <= leg.attempt.step;
  });
  if (found != record_.legs.rend()) return &*found;
  if (attempt.target != kCallbackTarget || !callback_.has_value()) return nullptr;
  if (attempt.step != callback_->attempt.step) return nullptr;
  LegRecord leg = *std::exchange(callback_, std::nullopt);
  return AddLeg(std::move(leg));
}

LegRecord* OpenRecord::FindOrAddLeg(AttemptId attempt) {
  LegRecord* leg = FindLeg(attempt);
  const bool is_ahead = attempt.step >= next_step_;
  return leg != nullptr || !(record_.partial || is_ahead) ? leg : AddUnknownLeg(attempt);
}

LegRecord* OpenRecord::AddUnknownLeg(AttemptId attempt) {
  LegRecord unknown;
  unknown.attempt = attempt;
  unknown.first_step = attempt.step;
  unknown.presented_privacy = Privacy::kUnavailable;
  return AddLeg(std::move(unknown));
}

LegRecord* OpenRecord::LegOf(const CallReport& report) {
  if (report.attempt.has_value()) return FindLeg(*report.attempt);
  return dials_ ? OnlyUndecidedLeg() : nullptr;
}

LegRecord* OpenRecord::AddLeg(LegRecord leg) {
  if (record_.legs.size() == CallRecord::kMaxEntries) {
    ++record_.legs_left_out;
    return nullptr;
  }
  record_.legs.push_back(std::move(leg));
  return &record_.legs.back();
}

void OpenRecord::End(LegRecord& leg, Outcome outcome, absl::Time at) {
  leg.outcome = outcome;
  if (outcome == Outcome::kAnswered) {
    if (!leg.answered_at.has_value()) leg.answered_at = at;
    return;
  }
  // It was answered, but not by whom it was meant for.
  if (leg.answered_at.has_value() && leg.answered_at == record_.answered_at) {
    record_.answered_at.reset();
  }
  if (!leg.ended_at.has_value()) leg.ended_at = at;
}

void OpenRecord::CancelOthers(absl::Time at) {
  for (LegRecord& leg : record_.legs) {
    if (IsOfLastDial(leg) && !leg.outcome.has_value()) End(leg, Outcome::kCancelled, at);
  }
}

CallRecord OpenRecord::Close(RecordEnd end, absl::Time now) && {
  record_.end = end;
  record_.closed_at = now;
  if (end != RecordEnd::kDecided || record_.decisions.empty()) return std::move(record_);
  const DecisionRecord& last = record_.decisions.back();
  record_.q850_cause = last.code.q850_cause;
  // What is passed through goes on elsewhere.
  if (!record_.pass_through_reason.has_value()) record_.released_at = last.at;
  if (last.release_reason == ReleaseReason::kCancelled) record_.released_by = ReleasedBy::kCaller;
  return std::move(record_);
}

}  // namespace libroute
