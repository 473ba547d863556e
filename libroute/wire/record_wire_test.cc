#include "libroute/wire/record_wire.h"

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "libroute/v1/record.pb.h"

namespace libroute {
namespace {

using google::protobuf::util::MessageDifferencer;

const absl::Time kNow = absl::FromUnixSeconds(1795424400);

E164Number Number(const char* text) {
  return *E164Number::Parse(text);
}

// Every field has a value that no other has.
CallRecord FullRecord() {
  CallRecord record;
  record.call = {"sw", 7, "r-1"};
  record.correlation = {1, 2};
  record.end = RecordEnd::kReleased;
  record.closed_at = kNow + absl::Seconds(90);
  record.partial = true;
  record.direction = Direction::kInternal;
  record.ingress = "be-1";
  record.dialled = *Digits::Parse("501410");
  record.called = Number("+3222000100");
  record.served = Number("+3222000101");
  record.calling = Number("+32475123456");
  record.calling_privacy = Privacy::kAllowed;
  record.customer = "acme";
  record.revision = "r1";
  record.holder = "acme-north";
  record.caller_type = "vip";
  record.screened_by = "premium";
  record.limited_by = "limit desk";
  record.recovery_plan = "fire";
  record.recovery_drill = true;
  record.emergency = true;
  record.pass_through_reason = PassThroughReason::kNumberNotActive;
  record.service_state = ServiceState::kPorted;
  record.arrived_at = kNow;
  record.alerting_at = kNow + absl::Seconds(2);
  record.answered_at = kNow + absl::Milliseconds(5500);
  record.released_at = kNow + absl::Seconds(89);
  record.released_by = ReleasedBy::kCalled;
  record.q850_cause = 16;
  record.ringing = absl::Seconds(3);
  record.talking = absl::Milliseconds(83500);
  DecisionRecord decision;
  decision.step = 3;
  decision.at = kNow + absl::Seconds(1);
  decision.after = "digits";
  decision.action = "release";
  decision.node = "trees.desk";
  decision.subject = "mailbox";
  decision.answers = true;
  decision.code = {486, 17};
  decision.release_reason = ReleaseReason::kAttemptsFailed;
  decision.revision = "r2";
  record.decisions.push_back(decision);
  LegRecord leg;
  leg.attempt = {3, 1};
  leg.first_step = 2;
  leg.number = Number("+33470000000");
  leg.destination = "mobile";
  leg.site = "north";
  leg.number_kind = v1::NUMBER_KIND_MOBILE;
  leg.country = {'F', 'R'};
  leg.operator_name = "other";
  leg.operator_source = OperatorSource::kAssumed;
  leg.routing_number = RoutingNumber::Parse("C01");
  leg.presented = Number("+3222000109");
  leg.presented_privacy = Privacy::kAllowed;
  leg.diverted_by = Number("+3222000101");
  leg.diversion_reason = DiversionReason::kBusy;
  leg.diversion_count = 4;
  leg.charge_to = "acme-south";
  leg.charged_number = Number("+3222000102");
  leg.outcome = Outcome::kNotConfirmed;
  leg.sip_status = 200;
  leg.q850_cause = 31;
  leg.offered_at = kNow + absl::Seconds(10);
  leg.alerting_at = kNow + absl::Seconds(11);
  leg.answered_at = kNow + absl::Seconds(12);
  leg.confirmed_at = kNow + absl::Seconds(13);
  leg.ended_at = kNow + absl::Seconds(14);
  leg.forwarded_to = "sip:a@b";
  leg.gateway_group = "pstn";
  leg.gateway = "g2";
  leg.failed_gateways = {{"g1", Outcome::kCongestion, 503, 34, absl::Seconds(30)}};
  record.legs.push_back(leg);
  record.events.push_back({ReportKind::kTransferred, kNow + absl::Seconds(20), AttemptId{3, 1},
                           "501411", TransferKind::kConsult});
  record.decisions_left_out = 5;
  record.legs_left_out = 6;
  record.events_left_out = 8;
  return record;
}

constexpr char kFullMessage[] = R"(
  call_id { switch: "sw" epoch: 7 reference: "r-1" }
  correlation_id: "00000000000000010000000000000002"
  end: RECORD_END_RELEASED
  closed_at { seconds: 1795424490 }
  complete: true
  partial: true
  direction: DIRECTION_INTERNAL
  ingress: "be-1"
  dialled: "501410"
  called: "+3222000100"
  served: "+3222000101"
  calling: "+32475123456"
  calling_privacy: PRIVACY_ALLOWED
  customer: "acme"
  revision: "r1"
  holder: "acme-north"
  caller_type: "vip"
  screened_by: "premium"
  limited_by: "limit desk"
  recovery_plan: "fire"
  recovery_drill: true
  emergency: true
  pass_through_reason: PASS_THROUGH_REASON_NUMBER_NOT_ACTIVE
  service_state: SERVICE_STATE_PORTED
  arrived_at { seconds: 1795424400 }
  alerting_at { seconds: 1795424402 }
  answered_at { seconds: 1795424405 nanos: 500000000 }
  released_at { seconds: 1795424489 }
  released_by: RELEASED_BY_CALLED
  q850_cause: 16
  ringing { seconds: 3 }
  talking { seconds: 83 nanos: 500000000 }
  decisions {
    step: 3
    at { seconds: 1795424401 }
    after: "digits"
    action: "release"
    node: "trees.desk"
    subject: "mailbox"
    answers: true
    sip_status: 486
    q850_cause: 17
    release_reason: RELEASE_REASON_ATTEMPTS_FAILED
    revision: "r2"
  }
  legs {
    attempt_id: "3.1"
    step: 2
    number: "+33470000000"
    destination: "mobile"
    site: "north"
    number_kind: NUMBER_KIND_MOBILE
    country: "FR"
    operator: "other"
    operator_source: OPERATOR_SOURCE_ASSUMED
    routing_number: "C01"
    presented: "+3222000109"
    presented_privacy: PRIVACY_ALLOWED
    diverted_by: "+3222000101"
    diversion_reason: DIVERSION_REASON_BUSY
    diversion_count: 4
    charge_to: "acme-south"
    charged_number: "+3222000102"
    outcome: OUTCOME_NOT_CONFIRMED
    sip_status: 200
    q850_cause: 31
    offered_at { seconds: 1795424410 }
    alerting_at { seconds: 1795424411 }
    answered_at { seconds: 1795424412 }
    confirmed_at { seconds: 1795424413 }
    ended_at { seconds: 1795424414 }
    forwarded_to: "sip:a@b"
    gateway_group: "pstn"
    gateway: "g2"
    failed_gateways {
      gateway: "g1"
      outcome: OUTCOME_CONGESTION
      sip_status: 503
      q850_cause: 34
      retry_after { seconds: 30 }
    }
  }
  events {
    kind: REPORT_KIND_TRANSFERRED
    at { seconds: 1795424420 }
    attempt_id: "3.1"
    to: "501411"
    transfer: KIND_CONSULT
  }
  decisions_left_out: 5
  legs_left_out: 6
  events_left_out: 8)";

TEST(RecordWire, HasEveryField) {
  v1::CallRecord expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(kFullMessage, &expected));
  v1::CallRecord message;
  ToProto(FullRecord(), &message);
  EXPECT_TRUE(MessageDifferencer::Equals(message, expected)) << message.DebugString();
  // But for the address, of which there is one.
  for (const google::protobuf::Message* part :
       {static_cast<const google::protobuf::Message*>(&message),
        static_cast<const google::protobuf::Message*>(&message.decisions(0)),
        static_cast<const google::protobuf::Message*>(&message.legs(0)),
        static_cast<const google::protobuf::Message*>(&message.events(0))}) {
    const google::protobuf::Descriptor* descriptor = part->GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const google::protobuf::FieldDescriptor* field = descriptor->field(i);
      const bool is_there = field->is_repeated()
                                ? part->GetReflection()->FieldSize(*part, field) > 0
                                : part->GetReflection()->HasField(*part, field);
      EXPECT_EQ(is_there, field->name() != "uri") << field->full_name();
    }
  }
}

TEST(RecordWire, WritesAUriWhereThereIsNoNumber) {
  CallRecord record = FullRecord();
  record.legs[0].number = E164Number();
  record.legs[0].uri = "sip:x@y";
  v1::CallRecord message;
  ToProto(record, &message);
  EXPECT_EQ(message.legs(0).uri(), "sip:x@y");
  record.legs[0].attempt.target = AttemptResult::kNextLeg;
  ToProto(record, &message);
  EXPECT_EQ(message.legs(0).attempt_id(), "");
}

TEST(RecordWire, IsOneLineOfJson) {
  CallRecord record;
  record.call = {"sw", 1, "r"};
  record.closed_at = kNow;
  record.calling_privacy = Privacy::kRestricted;
  record.answered_at = kNow + absl::Milliseconds(1500);
  record.talking = absl::Milliseconds(2500);
  EXPECT_EQ(RecordJson(record),
            R"({"callId":{"switch":"sw","epoch":"1","reference":"r"},"end":"RECORD_END_DECIDED",)"
            R"("closedAt":"2026-11-23T09:00:00Z","complete":true,)"
            R"("callingPrivacy":"PRIVACY_RESTRICTED","answeredAt":"2026-11-23T09:00:01.500Z",)"
            R"("talking":"2.500s"})");
}

TEST(RecordWire, KeepsTimesWithinWhatMessagesCanHave) {
  CallRecord record;
  record.call = {"sw", 1, "r"};
  record.closed_at = absl::InfiniteFuture();
  record.arrived_at = absl::InfinitePast();
  record.released_at = absl::FromUnixNanos(-1);
  record.talking = absl::InfiniteDuration();
  record.ringing = -absl::Seconds(5);
  const std::string json = RecordJson(record);
  EXPECT_THAT(json, testing::HasSubstr(R"("closedAt":"9999-12-31T23:59:59Z")"));
  EXPECT_THAT(json, testing::HasSubstr(R"("arrivedAt":"0001-01-01T00:00:00Z")"));
  EXPECT_THAT(json, testing::HasSubstr(R"("releasedAt":"1969-12-31T23:59:59.999999999Z")"));
  EXPECT_THAT(json, testing::HasSubstr(R"("talking":"315576000000s")"));
  EXPECT_THAT(json, testing::HasSubstr(R"("ringing":"0s")"));
}

}  // namespace
}  // namespace libroute
