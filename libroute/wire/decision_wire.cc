#include "libroute/wire/decision_wire.h"

#include <array>
#include <cassert>
#include <string>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "google/protobuf/timestamp.pb.h"
#include "libroute/call/event.h"
#include "libroute/v1/decision.pb.h"
#include "libroute/wire/message_writer.h"
#include "libroute/wire/same_value.h"

namespace libroute {
namespace {

// A map is a repeated message of these two fields.
constexpr int kMapKey = 1;
constexpr int kMapValue = 2;

static_assert(SameValue(v1::LEG_ORDER_IN_ORDER, LegOrder::kInOrder));
static_assert(SameValue(v1::LEG_ORDER_TOGETHER, LegOrder::kTogether));
static_assert(SameValue(v1::TRIGGER_SUPPRESS, Trigger::kSuppress));
static_assert(SameValue(v1::REDIRECT_POLICY_FOLLOW, RedirectPolicy::kFollow));
static_assert(SameValue(v1::DIVERSION_REASON_UNSPECIFIED, DiversionReason::kNone));
static_assert(SameValue(v1::DIVERSION_REASON_UNKNOWN, DiversionReason::kUnknown));
static_assert(SameValue(v1::PRIVACY_UNAVAILABLE, Privacy::kUnavailable));
static_assert(SameValue(v1::RELEASE_REASON_CANCELLED, ReleaseReason::kCancelled));
static_assert(SameValue(v1::RELEASE_REASON_LOOP, ReleaseReason::kLoop));
static_assert(SameValue(v1::CONFERENCE_ROLE_LISTENER, ConferenceRole::kListener));
static_assert(SameValue(v1::PASS_THROUGH_REASON_PLAN, PassThroughReason::kPlan));
static_assert(SameValue(v1::PASS_THROUGH_REASON_EMERGENCY_CALL_BACK,
                        PassThroughReason::kEmergencyCallBack));
static_assert(SameValue(v1::PASS_THROUGH_REASON_NUMBER_NOT_ACTIVE,
                        PassThroughReason::kNumberNotActive));
static_assert(SameValue(v1::SERVICE_STATE_PORTED, ServiceState::kPorted));
static_assert(SameValue(v1::DISCARD_REASON_PLAN, DiscardReason::kPlan));
static_assert(SameValue(v1::DISCARD_REASON_WITHDRAWN, DiscardReason::kWithdrawn));
static_assert(v1::NUMBER_KIND_MOBILE == 3);
static_assert(SameValue(v1::OPERATOR_SOURCE_ROUTING_NUMBER, OperatorSource::kRoutingNumber));
static_assert(SameValue(v1::DEPENDENCE_CALL, Dependence::kCall));
static_assert(SameValue(v1::DEPENDENCE_GROUP, Dependence::kGroup));

// What every leg of a decision shares.
struct LegContext {
  uint32_t step = 0;
  int32_t priority = 0;
};

// Writes the field of Decision that belongs to an action.
struct ActionWriter {
  MessageWriter& out;
  LegContext context;

  void operator()(std::monostate) const {}
  void operator()(const DialDecision& dial) const {
    out.Message(v1::Decision::kDialFieldNumber, [&] {
      for (const Leg& leg : dial.legs) {
        out.Message(v1::DialDecision::kLegsFieldNumber, [&] { WriteLeg(leg); });
      }
      out.Enum(v1::DialDecision::kOrderFieldNumber, dial.order);
      if (dial.total_timeout != absl::InfiniteDuration()) {
        out.Duration(v1::DialDecision::kTotalTimeoutFieldNumber, dial.total_timeout);
      }
      out.Signed(v1::DialDecision::kRoundsLeftFieldNumber, dial.rounds_left);
      if (dial.callback.has_value()) {
        out.Message(v1::DialDecision::kCallbackFieldNumber, [&] { WriteLeg(*dial.callback); });
      }
    });
  }
  void operator()(const AnnounceDecision& announce) const {
    out.Message(v1::Decision::kAnnounceFieldNumber, [&] {
      out.Text(v1::AnnounceDecision::kMessageFieldNumber, announce.message);
      out.Duration(v1::AnnounceDecision::kMaxDurationFieldNumber, announce.max_duration);
      out.Unsigned(v1::AnnounceDecision::kInterruptibleFieldNumber, announce.interruptible);
    });
  }
  void operator()(const MenuDecision& menu) const {
    out.Message(v1::Decision::kMenuFieldNumber, [&] {
      out.Text(v1::MenuDecision::kMessageFieldNumber, menu.message);
      for (const std::string& key : menu.keys) out.Bytes(v1::MenuDecision::kKeysFieldNumber, key);
      out.Duration(v1::MenuDecision::kTimeoutFieldNumber, menu.timeout);
      out.Signed(v1::MenuDecision::kMaxDigitsFieldNumber, menu.max_digits);
      out.Signed(v1::MenuDecision::kTriesLeftFieldNumber, menu.tries_left);
      out.Unsigned(v1::MenuDecision::kToTheEndFieldNumber, menu.to_the_end);
    });
  }
  void operator()(const WaitDecision& wait) const {
    out.Message(v1::Decision::kWaitFieldNumber, [&] {
      out.Text(v1::WaitDecision::kGroupFieldNumber, wait.group);
      if (wait.max_wait != absl::InfiniteDuration()) {
        out.Duration(v1::WaitDecision::kMaxWaitFieldNumber, wait.max_wait);
      }
      if (wait.contact != 0) {
        out.Text(v1::WaitDecision::kContactFieldNumber, absl::StrCat("c", wait.contact));
      }
      out.Duration(v1::WaitDecision::kPollAfterFieldNumber, wait.poll_after);
      out.Text(v1::WaitDecision::kMessageFieldNumber, wait.message);
      out.Unsigned(v1::WaitDecision::kPositionFieldNumber, wait.position);
      if (wait.expected_wait != absl::InfiniteDuration()) {
        out.Duration(v1::WaitDecision::kExpectedWaitFieldNumber, wait.expected_wait);
      }
      if (wait.expected_wait_most != absl::InfiniteDuration()) {
        out.Duration(v1::WaitDecision::kExpectedWaitMostFieldNumber, wait.expected_wait_most);
      }
      if (wait.waited > absl::ZeroDuration()) {
        out.Duration(v1::WaitDecision::kWaitedFieldNumber, wait.waited);
      }
      for (const WaitDecision::Announcement& each : wait.announcements) WriteAnnouncement(each);
      if (wait.callback_key != 0) WriteCallbackOffer(wait);
      if (wait.promise.has_value()) WritePromise(*wait.promise);
    });
  }
  void operator()(const VoicemailDecision& voicemail) const {
    out.Message(v1::Decision::kVoicemailFieldNumber, [&] {
      out.Text(v1::VoicemailDecision::kMailboxFieldNumber, voicemail.mailbox);
      out.Enum(v1::VoicemailDecision::kReasonFieldNumber, voicemail.reason);
    });
  }
  void operator()(const ConferenceDecision& conference) const {
    out.Message(v1::Decision::kConferenceFieldNumber, [&] {
      out.Text(v1::ConferenceDecision::kConferenceFieldNumber, conference.conference);
      if (conference.role.has_value()) {
        out.Enum(v1::ConferenceDecision::kRoleFieldNumber, *conference.role);
      }
      out.Text(v1::ConferenceDecision::kIntroductionFieldNumber, conference.introduction);
      out.Unsigned(v1::ConferenceDecision::kRecordFieldNumber, conference.record);
      out.Unsigned(v1::ConferenceDecision::kCapacityFieldNumber, conference.capacity);
    });
  }
  void operator()(const RejectDecision& reject) const {
    out.Message(v1::Decision::kRejectFieldNumber, [&] {
      out.Unsigned(v1::RejectDecision::kSipStatusFieldNumber, reject.code.sip_status);
      out.Unsigned(v1::RejectDecision::kQ850CauseFieldNumber, reject.code.q850_cause);
    });
  }
  void operator()(const ReleaseDecision& release) const {
    out.Message(v1::Decision::kReleaseFieldNumber, [&] {
      out.Unsigned(v1::ReleaseDecision::kQ850CauseFieldNumber, release.code.q850_cause);
      out.Unsigned(v1::ReleaseDecision::kSipStatusFieldNumber, release.code.sip_status);
      out.Enum(v1::ReleaseDecision::kReasonFieldNumber, release.reason);
    });
  }
  void operator()(const CollectDecision& collect) const {
    out.Message(v1::Decision::kCollectFieldNumber, [&] {
      out.Text(v1::CollectDecision::kMessageFieldNumber, collect.message);
      out.Signed(v1::CollectDecision::kMinDigitsFieldNumber, collect.min_digits);
      out.Signed(v1::CollectDecision::kMaxDigitsFieldNumber, collect.max_digits);
      out.Text(v1::CollectDecision::kTerminatorFieldNumber, collect.terminator);
      out.Duration(v1::CollectDecision::kTimeoutFieldNumber, collect.timeout);
      out.Signed(v1::CollectDecision::kTriesLeftFieldNumber, collect.tries_left);
      out.Unsigned(v1::CollectDecision::kSecretFieldNumber, collect.secret);
      out.Unsigned(v1::CollectDecision::kToTheEndFieldNumber, collect.to_the_end);
    });
  }
  void operator()(const MoreDigitsDecision& more) const {
    out.Message(v1::Decision::kMoreDigitsFieldNumber, [&] {
      out.Signed(v1::MoreDigitsDecision::kMinDigitsFieldNumber, more.min_digits);
      out.Signed(v1::MoreDigitsDecision::kMaxDigitsFieldNumber, more.max_digits);
    });
  }
  void operator()(const AutoReplyDecision& reply) const {
    out.Message(v1::Decision::kAutoReplyFieldNumber,
                [&] { out.Text(v1::AutoReplyDecision::kMessageFieldNumber, reply.message); });
  }
  void operator()(const ForwardEmailDecision& forward) const {
    out.Message(v1::Decision::kForwardEmailFieldNumber,
                [&] { out.Text(v1::ForwardEmailDecision::kToFieldNumber, forward.to); });
  }
  void operator()(const DiscardDecision& discard) const {
    out.Message(v1::Decision::kDiscardFieldNumber,
                [&] { out.Enum(v1::DiscardDecision::kReasonFieldNumber, discard.reason); });
  }
  void operator()(const AssignedDecision& assigned) const {
    out.Message(v1::Decision::kAssignedFieldNumber, [&] {
      out.Text(v1::AssignedDecision::kAgentFieldNumber, assigned.agent);
      out.Unsigned(v1::AssignedDecision::kFinishedFieldNumber, assigned.finished);
    });
  }
  void operator()(const PassThroughDecision& pass_through) const {
    out.Message(v1::Decision::kPassThroughFieldNumber, [&] {
      out.Enum(v1::PassThroughDecision::kReasonFieldNumber, pass_through.reason);
      out.Text(v1::PassThroughDecision::kPlaceFieldNumber, pass_through.place);
      out.Unsigned(v1::PassThroughDecision::kPlaceUncertainFieldNumber,
                   pass_through.place_uncertain);
      out.Text(v1::PassThroughDecision::kRoutingNumberFieldNumber,
               pass_through.routing_number.ToString());
      out.Number(v1::PassThroughDecision::kCallBackFieldNumber, pass_through.call_back);
      out.Enum(v1::PassThroughDecision::kServiceStateFieldNumber, pass_through.service_state);
      out.Unsigned(v1::PassThroughDecision::kWithholdIdentityFieldNumber,
                   pass_through.withhold_identity);
    });
  }

 private:
  void WriteAnnouncement(const WaitDecision::Announcement& announcement) const;
  void WriteCallbackOffer(const WaitDecision& wait) const;
  void WritePromise(const CallbackPromise& promise) const;
  // In whole seconds.
  void WriteInstant(int field, absl::Time time) const;
  void WriteLeg(const Leg& leg) const;
  void WriteDiversion(const Leg& leg) const;
  void WriteFacts(const DialledNumberFacts& facts) const;
  void WriteGateways(const GatewayOrder& gateways) const;
};

void ActionWriter::WriteAnnouncement(const WaitDecision::Announcement& announcement) const {
  using Written = v1::WaitDecision::Announcement;
  out.Message(v1::WaitDecision::kAnnouncementsFieldNumber, [&] {
    out.Text(Written::kMessageFieldNumber, announcement.message);
    out.Duration(Written::kAfterFieldNumber, announcement.after);
    if (announcement.every > absl::ZeroDuration()) {
      out.Duration(Written::kEveryFieldNumber, announcement.every);
    }
    out.Unsigned(Written::kSaysPositionFieldNumber, announcement.says_position);
    out.Unsigned(Written::kSaysExpectedWaitFieldNumber, announcement.says_expected_wait);
  });
}

void ActionWriter::WriteCallbackOffer(const WaitDecision& wait) const {
  using Written = v1::WaitDecision::CallbackOffer;
  out.Message(v1::WaitDecision::kCallbackFieldNumber, [&] {
    out.Text(Written::kKeyFieldNumber, absl::string_view(&wait.callback_key, 1));
    out.Duration(Written::kAfterFieldNumber, wait.callback_after);
  });
}

void ActionWriter::WriteInstant(int field, absl::Time time) const {
  out.Message(field, [&] {
    out.Signed(google::protobuf::Timestamp::kSecondsFieldNumber, absl::ToUnixSeconds(time));
  });
}

void ActionWriter::WritePromise(const CallbackPromise& promise) const {
  using Written = v1::WaitDecision::CallbackPromise;
  out.Message(v1::WaitDecision::kPromiseFieldNumber, [&] {
    out.Number(Written::kNumberFieldNumber, promise.number);
    out.Signed(Written::kAttemptsLeftFieldNumber, promise.attempts_left);
    WriteInstant(Written::kUntilFieldNumber, promise.until);
    if (promise.rests_until > absl::InfinitePast()) {
      WriteInstant(Written::kRestsUntilFieldNumber, promise.rests_until);
    }
  });
}

void ActionWriter::WriteLeg(const Leg& leg) const {
  out.Text(v1::Leg::kAttemptIdFieldNumber, AttemptId{context.step, leg.target}.ToString());
  if (leg.number.has_value()) {
    out.Number(v1::Leg::kNumberFieldNumber, leg.number);
  } else if (!leg.uri.empty()) {
    out.Text(v1::Leg::kUriFieldNumber, leg.uri);
  }
  out.Text(v1::Leg::kDestinationFieldNumber, leg.destination);
  out.Text(v1::Leg::kSiteFieldNumber, leg.site);
  out.Duration(v1::Leg::kSetupTimeoutFieldNumber, leg.setup_timeout);
  out.Duration(v1::Leg::kRingTimeoutFieldNumber, leg.ring_timeout);
  out.Message(v1::Leg::kPresentedFieldNumber, [&] {
    out.Number(v1::Identity::kNumberFieldNumber, leg.presented);
    out.Enum(v1::Identity::kPrivacyFieldNumber, leg.presented_privacy);
    out.Text(v1::Identity::kDisplayNameFieldNumber, leg.presented_name);
  });
  if (leg.diverted_by.has_value()) WriteDiversion(leg);
  if (leg.routing_number.has_value()) {
    out.Text(v1::Leg::kRoutingNumberFieldNumber, leg.routing_number.ToString());
  }
  out.Text(v1::Leg::kChargeToFieldNumber, leg.charge_to);
  out.Number(v1::Leg::kChargedNumberFieldNumber, leg.charged_number);
  out.Unsigned(v1::Leg::kCarrierPreselectionBypassedFieldNumber, leg.carrier_preselection_bypassed);
  out.Enum(v1::Leg::kTriggerFieldNumber, leg.trigger);
  out.Unsigned(v1::Leg::kConfirmationWantedFieldNumber, !leg.confirmation.empty());
  out.Text(v1::Leg::kRingbackFieldNumber, leg.ringback);
  out.Unsigned(v1::Leg::kRecordFieldNumber, leg.record);
  out.Enum(v1::Leg::kRedirectPolicyFieldNumber, leg.redirect_policy);
  out.Signed(v1::Leg::kPriorityFieldNumber, context.priority);
  WriteFacts(leg.facts);
  out.Text(v1::Leg::kConfirmationMessageFieldNumber, leg.confirmation);
  if (leg.start_after > absl::ZeroDuration()) {
    out.Duration(v1::Leg::kStartAfterFieldNumber, leg.start_after);
  }
  if (!leg.gateways.empty()) WriteGateways(leg.gateways);
  out.Text(v1::Leg::kAgentFieldNumber, leg.agent);
}

void ActionWriter::WriteGateways(const GatewayOrder& gateways) const {
  for (int i = 0; i < gateways.size(); ++i) {
    out.Message(v1::Leg::kGatewaysFieldNumber, [&] {
      out.Text(v1::LegGateway::kNameFieldNumber, gateways.at(i).name);
      out.Text(v1::LegGateway::kUriFieldNumber, gateways.at(i).uri);
    });
  }
  for (uint16_t status : gateways.group()->try_next_on) {
    out.Unsigned(v1::Leg::kTryNextOnFieldNumber, status);
  }
  out.Text(v1::Leg::kGatewayGroupFieldNumber, gateways.group()->name);
}

void ActionWriter::WriteFacts(const DialledNumberFacts& facts) const {
  out.Unsigned(v1::Leg::kNumberKindFieldNumber, facts.kind);
  if (facts.country[0] != 0) {
    out.Text(v1::Leg::kCountryFieldNumber,
             absl::string_view(facts.country.data(), facts.country.size()));
  }
  out.Text(v1::Leg::kOperatorFieldNumber, facts.operator_name);
  out.Enum(v1::Leg::kOperatorSourceFieldNumber, facts.operator_source);
}

void ActionWriter::WriteDiversion(const Leg& leg) const {
  out.Message(v1::Leg::kDiversionFieldNumber, [&] {
    out.Number(v1::Diversion::kNumberFieldNumber, leg.diverted_by);
    out.Enum(v1::Diversion::kReasonFieldNumber, leg.diversion_reason);
    out.Signed(v1::Diversion::kCountFieldNumber, leg.diversion_count);
    out.Enum(v1::Diversion::kPrivacyFieldNumber, leg.diversion_privacy);
  });
}

void WriteDependences(DependenceSet set, MessageWriter& out) {
  std::array<uint8_t, 5> values;
  size_t count = 0;
  for (Dependence dependence : {Dependence::kCall, Dependence::kTime, Dependence::kStatus,
                                Dependence::kLedger, Dependence::kGroup}) {
    if (set.Has(dependence)) values[count++] = static_cast<uint8_t>(dependence);
  }
  out.Packed(v1::Decision::kDependsOnFieldNumber, absl::MakeSpan(values.data(), count));
}

void WriteGap(const GapDirective& gap, MessageWriter& out) {
  out.Message(v1::Decision::kGapFieldNumber, [&] {
    out.Text(v1::GapDirective::kNumberFieldNumber, gap.number.ToString());
    out.Unsigned(v1::GapDirective::kCallsFieldNumber, gap.rate.calls);
    out.Duration(v1::GapDirective::kPerFieldNumber, gap.rate.per);
    out.Unsigned(v1::GapDirective::kBurstFieldNumber, gap.rate.burst);
    out.Duration(v1::GapDirective::kLastsFieldNumber, gap.lasts);
    out.Unsigned(v1::GapDirective::kSipStatusFieldNumber, gap.code.sip_status);
    out.Unsigned(v1::GapDirective::kQ850CauseFieldNumber, gap.code.q850_cause);
  });
}

void WriteCorrelation(CorrelationId id, MessageWriter& out) {
  if (!id.has_value()) return;
  const absl::AlphaNum high(absl::Hex(id.high, absl::kZeroPad16));
  const absl::AlphaNum low(absl::Hex(id.low, absl::kZeroPad16));
  std::array<char, 32> text;
  high.Piece().copy(text.data(), 16);
  low.Piece().copy(text.data() + 16, 16);
  out.Text(v1::Decision::kCorrelationIdFieldNumber, absl::string_view(text.data(), text.size()));
}

void WriteReports(const Decision& decision, MessageWriter& out) {
  if (!WantsRelease(decision)) return;
  if (DialsAgents(decision)) {
    // The answer is what gives the call to the agent, or a person's confirmation.
    const auto& legs = std::get<DialDecision>(decision.action).legs;
    const bool asks = std::any_of(legs.begin(), legs.end(),
                                  [](const Leg& leg) { return !leg.confirmation.empty(); });
    if (asks) {
      out.Packed(v1::Decision::kReportFieldNumber,
                 {v1::REPORT_KIND_ANSWERED, v1::REPORT_KIND_CONFIRMED, v1::REPORT_KIND_RELEASED});
    } else {
      out.Packed(v1::Decision::kReportFieldNumber,
                 {v1::REPORT_KIND_ANSWERED, v1::REPORT_KIND_RELEASED});
    }
    return;
  }
  out.Packed(v1::Decision::kReportFieldNumber, {v1::REPORT_KIND_RELEASED});
}

}  // namespace

void WriteDecision(const Decision& decision, uint32_t step, MessageWriter& out) {
  std::visit(ActionWriter{out, {step, decision.priority}}, decision.action);
  out.Enum(v1::Decision::kAnswerStateFieldNumber,
           decision.answered ? v1::ANSWER_STATE_ANSWERED : v1::ANSWER_STATE_UNANSWERED);
  out.Text(v1::Decision::kContinuationFieldNumber, decision.continuation);
  for (const auto& [name, value] : decision.attributes) {
    out.Message(v1::Decision::kAttributesFieldNumber, [&, name = name, value = value] {
      out.Text(kMapKey, name);
      out.Text(kMapValue, value);
    });
  }
  for (const auto& [name, digits] : decision.collected) {
    out.Message(v1::Decision::kAttributesFieldNumber, [&, name = name, digits = digits] {
      out.Text(kMapKey, name);
      out.Text(kMapValue, digits.ToString());
    });
  }
  out.Text(v1::Decision::kRevisionFieldNumber, decision.revision);
  out.Text(v1::Decision::kCustomerFieldNumber, decision.customer);
  out.Number(v1::Decision::kNumberFieldNumber, decision.number);
  out.Text(v1::Decision::kHolderFieldNumber, decision.holder);
  WriteDependences(decision.depends_on, out);
  if (decision.use_if_unreachable_until != Decision::kNoBoundary) {
    out.Message(v1::Decision::kUseIfUnreachableUntilFieldNumber, [&] {
      out.Signed(google::protobuf::Timestamp::kSecondsFieldNumber,
                 decision.use_if_unreachable_until);
    });
  }
  WriteCorrelation(decision.correlation, out);
  WriteReports(decision, out);
  out.Signed(v1::Decision::kPriorityFieldNumber, decision.priority);
  out.Text(v1::Decision::kNodeFieldNumber, decision.node);
  out.Text(v1::Decision::kCallerTypeFieldNumber, decision.caller_type);
  out.Text(v1::Decision::kScreenedByFieldNumber, decision.screened_by);
  out.Text(v1::Decision::kLimitedByFieldNumber, decision.limited_by);
  if (decision.gap.has_value()) WriteGap(*decision.gap, out);
  out.Unsigned(v1::Decision::kAskAfterFieldNumber, decision.ask_after);
  out.Text(v1::Decision::kRecoveryPlanFieldNumber, decision.recovery_plan);
  out.Unsigned(v1::Decision::kRecoveryDrillFieldNumber, decision.recovery_drill);
}

void ToProto(const Decision& decision, uint32_t step, v1::Decision* message) {
  MessageWriter out;
  WriteDecision(decision, step, out);
  const absl::string_view bytes = out.bytes();
  const bool parsed = message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  assert(parsed);
  static_cast<void>(parsed);
}

void EmailToProto(const Decision& decision, v1::Decision* message) {
  ToProto(decision, 0, message);
  message->clear_answer_state();
  message->clear_report();
}

}  // namespace libroute
