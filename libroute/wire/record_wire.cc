#include "libroute/wire/record_wire.h"

#include <algorithm>
#include <cassert>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "google/protobuf/util/json_util.h"
#include "libroute/v1/record.pb.h"
#include "libroute/wire/same_value.h"

namespace libroute {
namespace {

static_assert(SameValue(v1::RECORD_END_DECIDED, RecordEnd::kDecided));
static_assert(SameValue(v1::RECORD_END_NO_ROOM, RecordEnd::kNoRoom));
static_assert(SameValue(v1::RELEASED_BY_NETWORK, ReleasedBy::kNetwork));
static_assert(SameValue(v1::DIRECTION_OUTBOUND, Direction::kOutbound));
static_assert(SameValue(v1::OUTCOME_CANCELLED, Outcome::kCancelled));
static_assert(SameValue(v1::REPORT_KIND_RELEASED, ReportKind::kReleased));
static_assert(SameValue(v1::CallReport::Transfer::KIND_CONSULT, TransferKind::kConsult));

// The first and the last second of the years 1 to 9999.
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;
constexpr int64_t kLongestSeconds = 315576000000;

void Write(absl::Time time, google::protobuf::Timestamp* message) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  message->set_seconds(std::clamp(seconds, kFirstSecond, kLastSecond));
  if (seconds < kFirstSecond || seconds > kLastSecond) return;
  const absl::Duration rest = time - absl::FromUnixSeconds(seconds);
  message->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
}

void Write(absl::Duration length, google::protobuf::Duration* message) {
  length = std::clamp(length, absl::ZeroDuration(), absl::Seconds(kLongestSeconds));
  absl::Duration rest;
  message->set_seconds(absl::IDivDuration(length, absl::Seconds(1), &rest));
  message->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
}

// Of what is known.
template <typename Value, typename Mutable>
void WriteKnown(const std::optional<Value>& value, Mutable field) {
  if (value.has_value()) Write(*value, field());
}

void Write(const DecisionRecord& decision, v1::DecisionRecord* message) {
  message->set_step(decision.step);
  Write(decision.at, message->mutable_at());
  message->set_after(decision.after.data(), decision.after.size());
  message->set_action(decision.action.data(), decision.action.size());
  message->set_node(decision.node);
  message->set_subject(decision.subject);
  message->set_answers(decision.answers);
  message->set_sip_status(decision.code.sip_status);
  message->set_q850_cause(decision.code.q850_cause);
  if (decision.release_reason.has_value()) {
    message->set_release_reason(static_cast<v1::ReleaseReason>(*decision.release_reason));
  }
  message->set_revision(decision.revision);
}

void WriteDestination(const LegRecord& leg, v1::LegRecord* message) {
  if (leg.number.has_value()) {
    message->set_number(leg.number.ToString());
  } else if (!leg.uri.empty()) {
    message->set_uri(leg.uri);
  }
  message->set_destination(leg.destination);
  message->set_site(leg.site);
  message->set_number_kind(static_cast<v1::NumberKind>(leg.number_kind));
  if (leg.country[0] != 0) message->set_country(leg.country.data(), leg.country.size());
  message->set_operator_(leg.operator_name);
  message->set_operator_source(static_cast<v1::OperatorSource>(leg.operator_source));
  message->set_routing_number(leg.routing_number.ToString());
}

void WriteCourse(const LegRecord& leg, v1::LegRecord* message) {
  if (leg.outcome.has_value()) message->set_outcome(static_cast<v1::Outcome>(*leg.outcome));
  message->set_sip_status(static_cast<uint32_t>(leg.sip_status));
  message->set_q850_cause(static_cast<uint32_t>(leg.q850_cause));
  WriteKnown(leg.offered_at, [&] { return message->mutable_offered_at(); });
  WriteKnown(leg.alerting_at, [&] { return message->mutable_alerting_at(); });
  WriteKnown(leg.answered_at, [&] { return message->mutable_answered_at(); });
  WriteKnown(leg.confirmed_at, [&] { return message->mutable_confirmed_at(); });
  WriteKnown(leg.ended_at, [&] { return message->mutable_ended_at(); });
  message->set_forwarded_to(leg.forwarded_to);
}

void WriteGateways(const LegRecord& leg, v1::LegRecord* message) {
  message->set_gateway_group(leg.gateway_group);
  message->set_gateway(leg.gateway);
  for (const GatewayFailure& failed : leg.failed_gateways) {
    v1::GatewayFailure* written = message->add_failed_gateways();
    written->set_gateway(failed.gateway);
    written->set_outcome(static_cast<v1::Outcome>(failed.outcome));
    written->set_sip_status(static_cast<uint32_t>(failed.sip_status));
    written->set_q850_cause(static_cast<uint32_t>(failed.q850_cause));
    if (failed.retry_after > absl::ZeroDuration()) {
      Write(failed.retry_after, written->mutable_retry_after());
    }
  }
}

void Write(const LegRecord& leg, v1::LegRecord* message) {
  if (leg.attempt.target != AttemptResult::kNextLeg) {
    message->set_attempt_id(leg.attempt.ToString());
  }
  message->set_step(leg.first_step);
  WriteDestination(leg, message);
  message->set_presented(leg.presented.ToString());
  message->set_presented_privacy(static_cast<v1::Privacy>(leg.presented_privacy));
  message->set_diverted_by(leg.diverted_by.ToString());
  message->set_diversion_reason(static_cast<v1::DiversionReason>(leg.diversion_reason));
  message->set_diversion_count(static_cast<uint32_t>(leg.diversion_count));
  message->set_charge_to(leg.charge_to);
  message->set_charged_number(leg.charged_number.ToString());
  WriteCourse(leg, message);
  WriteGateways(leg, message);
}

void Write(const EventRecord& event, v1::EventRecord* message) {
  message->set_kind(static_cast<v1::ReportKind>(event.kind));
  Write(event.at, message->mutable_at());
  if (event.attempt.has_value()) message->set_attempt_id(event.attempt->ToString());
  message->set_to(event.to);
  message->set_transfer(static_cast<v1::CallReport::Transfer::Kind>(event.transfer));
}

void WriteCall(const CallRecord& record, v1::CallRecord* message) {
  message->mutable_call_id()->set_switch_(record.call.switch_name);
  message->mutable_call_id()->set_epoch(record.call.epoch);
  message->mutable_call_id()->set_reference(record.call.reference);
  if (record.correlation.has_value()) {
    message->set_correlation_id(record.correlation.ToString());
  }
  message->set_end(static_cast<v1::RecordEnd>(record.end));
  Write(record.closed_at, message->mutable_closed_at());
  message->set_complete(record.complete());
  message->set_partial(record.partial);
  if (record.direction.has_value()) {
    message->set_direction(static_cast<v1::Direction>(*record.direction));
  }
  message->set_ingress(record.ingress);
  message->set_dialled(record.dialled.ToString());
  message->set_called(record.called.ToString());
  message->set_served(record.served.ToString());
  message->set_calling(record.calling.ToString());
  message->set_calling_privacy(static_cast<v1::Privacy>(record.calling_privacy));
}

void WriteTreatment(const CallRecord& record, v1::CallRecord* message) {
  message->set_customer(record.customer);
  message->set_revision(record.revision);
  message->set_holder(record.holder);
  message->set_caller_type(record.caller_type);
  message->set_screened_by(record.screened_by);
  message->set_limited_by(record.limited_by);
  message->set_recovery_plan(record.recovery_plan);
  message->set_recovery_drill(record.recovery_drill);
  message->set_emergency(record.emergency);
  if (record.pass_through_reason.has_value()) {
    message->set_pass_through_reason(
        static_cast<v1::PassThroughReason>(*record.pass_through_reason));
  }
  message->set_service_state(static_cast<v1::ServiceState>(record.service_state));
}

void WriteTimes(const CallRecord& record, v1::CallRecord* message) {
  WriteKnown(record.arrived_at, [&] { return message->mutable_arrived_at(); });
  WriteKnown(record.alerting_at, [&] { return message->mutable_alerting_at(); });
  WriteKnown(record.answered_at, [&] { return message->mutable_answered_at(); });
  WriteKnown(record.released_at, [&] { return message->mutable_released_at(); });
  message->set_released_by(static_cast<v1::ReleasedBy>(record.released_by));
  message->set_q850_cause(static_cast<uint32_t>(record.q850_cause));
  WriteKnown(record.ringing, [&] { return message->mutable_ringing(); });
  WriteKnown(record.talking, [&] { return message->mutable_talking(); });
}

}  // namespace

void ToProto(const CallRecord& record, v1::CallRecord* message) {
  message->Clear();
  WriteCall(record, message);
  WriteTreatment(record, message);
  WriteTimes(record, message);
  for (const DecisionRecord& decision : record.decisions) {
    Write(decision, message->add_decisions());
  }
  for (const LegRecord& leg : record.legs) Write(leg, message->add_legs());
  for (const EventRecord& event : record.events) Write(event, message->add_events());
  message->set_decisions_left_out(record.decisions_left_out);
  message->set_legs_left_out(record.legs_left_out);
  message->set_events_left_out(record.events_left_out);
}

std::string RecordJson(const CallRecord& record) {
  v1::CallRecord message;
  ToProto(record, &message);
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json);
  assert(status.ok());
  static_cast<void>(status);
  return json;
}

}  // namespace libroute
