#include "libroute/wire/decision_wire.h"

#include <string>
#include <variant>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "libroute/call/event.h"
#include "libroute/v1/decision.pb.h"

namespace libroute {
namespace {

// Enums are converted by a cast: their values are the same by construction.
template <typename Message, typename Value>
constexpr bool SameValue(Message message, Value value) {
  return static_cast<int>(message) == static_cast<int>(value);
}
static_assert(SameValue(v1::LEG_ORDER_IN_ORDER, LegOrder::kInOrder));
static_assert(SameValue(v1::LEG_ORDER_TOGETHER, LegOrder::kTogether));
static_assert(SameValue(v1::TRIGGER_SUPPRESS, Trigger::kSuppress));
static_assert(SameValue(v1::REDIRECT_POLICY_FOLLOW, RedirectPolicy::kFollow));
static_assert(SameValue(v1::DIVERSION_REASON_UNSPECIFIED, DiversionReason::kNone));
static_assert(SameValue(v1::DIVERSION_REASON_UNKNOWN, DiversionReason::kUnknown));
static_assert(SameValue(v1::PRIVACY_UNAVAILABLE, Privacy::kUnavailable));
static_assert(SameValue(v1::RELEASE_REASON_CANCELLED, ReleaseReason::kCancelled));
static_assert(SameValue(v1::PASS_THROUGH_REASON_PLAN, PassThroughReason::kPlan));
static_assert(SameValue(v1::DEPENDENCE_CALL, Dependence::kCall));
static_assert(SameValue(v1::DEPENDENCE_GROUP, Dependence::kGroup));

// Fields that stay empty are not touched: touching one allocates.
template <typename Message>
using TextField = std::string* (Message::*)();

template <typename Message>
void SetText(absl::string_view text, Message& message, TextField<Message> field) {
  if (!text.empty()) (message.*field)()->assign(text.data(), text.size());
}

template <typename Message>
void SetNumber(E164Number number, Message& message, TextField<Message> mutable_field) {
  if (!number.has_value()) return;
  std::string* field = (message.*mutable_field)();
  const Digits digits = number.digits();
  field->resize(static_cast<size_t>(digits.size()) + 1);
  char* out = field->data();
  *out++ = '+';
  for (int i = 0; i < digits.size(); ++i) *out++ = static_cast<char>('0' + digits.digit(i));
}

void SetDuration(absl::Duration duration, google::protobuf::Duration* field) {
  constexpr int64_t kNanosPerSecond = 1'000'000'000;
  const int64_t nanos = absl::ToInt64Nanoseconds(duration);
  field->set_seconds(nanos / kNanosPerSecond);
  field->set_nanos(static_cast<int32_t>(nanos % kNanosPerSecond));
}

void SetDiversion(const Leg& leg, v1::Diversion& message) {
  SetNumber(leg.diverted_by, message, &v1::Diversion::mutable_number);
  message.set_reason(static_cast<v1::DiversionReason>(leg.diversion_reason));
  message.set_count(static_cast<uint32_t>(leg.diversion_count));
  message.set_privacy(v1::PRIVACY_ALLOWED);
}

// What every leg of a decision shares.
struct LegContext {
  uint32_t step = 0;
  int32_t priority = 0;
};

void FillLeg(const Leg& leg, const LegContext& context, v1::Leg& message) {
  absl::StrAppend(message.mutable_attempt_id(), context.step, ".", leg.target);
  if (leg.number.has_value()) {
    SetNumber(leg.number, message, &v1::Leg::mutable_number);
  } else {
    SetText(leg.uri, message, &v1::Leg::mutable_uri);
  }
  SetText(leg.destination, message, &v1::Leg::mutable_destination);
  SetText(leg.site, message, &v1::Leg::mutable_site);
  SetDuration(leg.setup_timeout, message.mutable_setup_timeout());
  SetDuration(leg.ring_timeout, message.mutable_ring_timeout());
  SetNumber(leg.presented, *message.mutable_presented(), &v1::Identity::mutable_number);
  message.mutable_presented()->set_privacy(static_cast<v1::Privacy>(leg.presented_privacy));
  if (leg.diverted_by.has_value()) SetDiversion(leg, *message.mutable_diversion());
  SetText(leg.charge_to, message, &v1::Leg::mutable_charge_to);
  SetNumber(leg.charged_number, message, &v1::Leg::mutable_charged_number);
  message.set_carrier_preselection_bypassed(leg.carrier_preselection_bypassed);
  message.set_trigger(static_cast<v1::Trigger>(leg.trigger));
  message.set_redirect_policy(static_cast<v1::RedirectPolicy>(leg.redirect_policy));
  message.set_priority(context.priority);
}

// Fills the field of Decision that belongs to an action.
struct ActionWriter {
  v1::Decision& message;
  LegContext context;

  void operator()(std::monostate) const {}
  void operator()(const DialDecision& dial) const {
    v1::DialDecision& out = *message.mutable_dial();
    for (const Leg& leg : dial.legs) FillLeg(leg, context, *out.add_legs());
    out.set_order(static_cast<v1::LegOrder>(dial.order));
    message.add_report(v1::REPORT_KIND_RELEASED);
  }
  void operator()(const AnnounceDecision& announce) const {
    v1::AnnounceDecision& out = *message.mutable_announce();
    SetText(announce.message, out, &v1::AnnounceDecision::mutable_message);
    SetDuration(announce.max_duration, out.mutable_max_duration());
  }
  void operator()(const MenuDecision& menu) const {
    v1::MenuDecision& out = *message.mutable_menu();
    SetText(menu.message, out, &v1::MenuDecision::mutable_message);
    for (const std::string& key : menu.keys) out.add_keys(key);
    SetDuration(menu.timeout, out.mutable_timeout());
    out.set_max_digits(static_cast<uint32_t>(menu.max_digits));
    out.set_tries_left(static_cast<uint32_t>(menu.tries_left));
  }
  void operator()(const WaitDecision& wait) const {
    v1::WaitDecision& out = *message.mutable_wait();
    SetText(wait.group, out, &v1::WaitDecision::mutable_group);
    SetDuration(wait.max_wait, out.mutable_max_wait());
    if (wait.contact != 0) absl::StrAppend(out.mutable_contact(), "c", wait.contact);
    SetDuration(wait.poll_after, out.mutable_poll_after());
    SetText(wait.message, out, &v1::WaitDecision::mutable_message);
    message.add_report(v1::REPORT_KIND_RELEASED);
  }
  void operator()(const VoicemailDecision& voicemail) const {
    SetText(voicemail.mailbox, *message.mutable_voicemail(),
            &v1::VoicemailDecision::mutable_mailbox);
    message.mutable_voicemail()->set_reason(static_cast<v1::DiversionReason>(voicemail.reason));
  }
  void operator()(const ConferenceDecision& conference) const {
    SetText(conference.conference, *message.mutable_conference(),
            &v1::ConferenceDecision::mutable_conference);
  }
  void operator()(const RejectDecision& reject) const {
    message.mutable_reject()->set_sip_status(reject.code.sip_status);
    message.mutable_reject()->set_q850_cause(reject.code.q850_cause);
  }
  void operator()(const ReleaseDecision& release) const {
    v1::ReleaseDecision& out = *message.mutable_release();
    out.set_q850_cause(release.code.q850_cause);
    out.set_sip_status(release.code.sip_status);
    out.set_reason(static_cast<v1::ReleaseReason>(release.reason));
  }
  void operator()(const PassThroughDecision& pass_through) const {
    v1::PassThroughDecision& out = *message.mutable_pass_through();
    out.set_reason(static_cast<v1::PassThroughReason>(pass_through.reason));
    SetText(pass_through.place, out, &v1::PassThroughDecision::mutable_place);
  }
};

void SetDependences(DependenceSet set, v1::Decision& message) {
  for (Dependence dependence : {Dependence::kCall, Dependence::kTime, Dependence::kStatus,
                                Dependence::kLedger, Dependence::kGroup}) {
    if (set.Has(dependence)) message.add_depends_on(static_cast<v1::Dependence>(dependence));
  }
}

void SetCorrelation(CorrelationId id, v1::Decision& message) {
  if (!id.has_value()) return;
  absl::StrAppend(message.mutable_correlation_id(), absl::Hex(id.high, absl::kZeroPad16),
                  absl::Hex(id.low, absl::kZeroPad16));
}

}  // namespace

void ToProto(const Decision& decision, uint32_t step, v1::Decision* message) {
  message->Clear();
  std::visit(ActionWriter{*message, {step, decision.priority}}, decision.action);
  message->set_answer_state(decision.answered ? v1::ANSWER_STATE_ANSWERED
                                              : v1::ANSWER_STATE_UNANSWERED);
  message->set_continuation(decision.continuation);
  for (const auto& [name, value] : decision.attributes) {
    (*message->mutable_attributes())[std::string(name)].assign(value.data(), value.size());
  }
  SetText(decision.revision, *message, &v1::Decision::mutable_revision);
  SetText(decision.customer, *message, &v1::Decision::mutable_customer);
  SetNumber(decision.number, *message, &v1::Decision::mutable_number);
  SetText(decision.holder, *message, &v1::Decision::mutable_holder);
  SetDependences(decision.depends_on, *message);
  if (decision.use_if_unreachable_until != Decision::kNoBoundary) {
    message->mutable_use_if_unreachable_until()->set_seconds(decision.use_if_unreachable_until);
  }
  SetCorrelation(decision.correlation, *message);
  message->set_priority(decision.priority);
  SetText(decision.node, *message, &v1::Decision::mutable_node);
  SetText(decision.caller_type, *message, &v1::Decision::mutable_caller_type);
}

}  // namespace libroute
