#include "services/route/report_message.h"

#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/v1/route.pb.h"

namespace libroute {
namespace {

using testing::StartsWith;

v1::CallReport Report(const std::function<void(v1::CallReport&)>& change) {
  v1::CallReport message;
  message.mutable_call_id()->set_switch_("sw");
  message.mutable_call_id()->set_epoch(2);
  message.mutable_call_id()->set_reference("r");
  change(message);
  return message;
}

TEST(ReadReport, KnowsEveryEvent) {
  using R = v1::CallReport;
  struct Row {
    std::function<void(R&)> change;
    ReportKind kind;
  };
  const Row kRows[] = {
      {[](R& r) { r.mutable_alerting()->set_attempt_id("0.1"); }, ReportKind::kAlerting},
      {[](R& r) { r.mutable_forwarded()->set_to("+32470000000"); }, ReportKind::kForwarded},
      {[](R& r) { r.mutable_answered(); }, ReportKind::kAnswered},
      {[](R& r) { r.mutable_confirmed(); }, ReportKind::kConfirmed},
      {[](R& r) { r.mutable_hold(); }, ReportKind::kHold},
      {[](R& r) { r.mutable_resumed(); }, ReportKind::kResumed},
      {[](R& r) {
         r.mutable_transfer_requested()->set_kind(R::Transfer::KIND_BLIND);
         r.mutable_transfer_requested()->set_to("sip:a@b");
       },
       ReportKind::kTransferRequested},
      {[](R& r) {
         r.mutable_transferred()->set_kind(R::Transfer::KIND_CONSULT);
         r.mutable_transferred()->set_to("501411");
       },
       ReportKind::kTransferred},
      {[](R& r) { r.mutable_recording_started(); }, ReportKind::kRecordingStarted},
      {[](R& r) { r.mutable_recording_stopped(); }, ReportKind::kRecordingStopped},
      {[](R& r) { r.mutable_released()->set_by(v1::RELEASED_BY_CALLER); }, ReportKind::kReleased}};
  for (const Row& row : kRows) {
    absl::StatusOr<CallReport> report = ReadReport(Report(row.change));
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->kind, row.kind);
    EXPECT_EQ(report->call, (CallId{"sw", 2, "r"}));
  }
}

TEST(ReadReport, OfARestartNamesTheSwitchOnly) {
  v1::CallReport message;
  message.mutable_switch_restarted()->set_switch_("sw");
  message.mutable_switch_restarted()->set_epoch(9);
  absl::StatusOr<CallReport> report = ReadReport(message);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->kind, ReportKind::kSwitchRestarted);
  EXPECT_EQ(report->call.switch_name, "sw");
  EXPECT_EQ(report->call.epoch, 9u);
}

TEST(ReadReport, HasAllThatWasSaid) {
  using R = v1::CallReport;
  absl::StatusOr<CallReport> report = ReadReport(Report([](R& r) {
    r.mutable_at()->set_seconds(1795424400);
    R::Released& released = *r.mutable_released();
    released.set_by(v1::RELEASED_BY_CALLED);
    released.set_q850_cause(16);
    released.mutable_ringing()->set_seconds(5);
    released.mutable_talking()->set_nanos(500'000'000);
    v1::AttemptResult& first = *released.add_attempts();
    first.set_attempt_id("0.0");
    first.set_sip_status(486);
    v1::AttemptResult& second = *released.add_attempts();
    second.set_attempt_id("0.1");
    second.set_outcome(v1::OUTCOME_ANSWERED);
    second.set_gateway("g2");
    second.add_failed_gateways()->set_gateway("g1");
    second.mutable_failed_gateways(0)->set_sip_status(503);
    second.mutable_failed_gateways(0)->mutable_retry_after()->set_seconds(9);
  }));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->at, absl::FromUnixSeconds(1795424400));
  EXPECT_EQ(report->by, ReleasedBy::kCalled);
  EXPECT_EQ(report->q850_cause, 16);
  EXPECT_EQ(report->ringing, absl::Seconds(5));
  EXPECT_EQ(report->talking, absl::Milliseconds(500));
  ASSERT_EQ(report->attempts.size(), 2u);
  EXPECT_EQ(report->attempts[0].attempt.ToString(), "0.0");
  EXPECT_EQ(report->attempts[0].outcome, Outcome::kBusy);
  EXPECT_EQ(report->attempts[0].sip_status, 486);
  EXPECT_EQ(report->attempts[1].outcome, Outcome::kAnswered);
  EXPECT_EQ(report->attempts[1].gateway, "g2");
  ASSERT_EQ(report->attempts[1].failed_gateways.size(), 1u);
  EXPECT_EQ(report->attempts[1].failed_gateways[0],
            (GatewayFailure{"g1", Outcome::kCongestion, 503, 0, absl::Seconds(9)}));

  report = ReadReport(Report([](R& r) { r.mutable_answered()->set_gateway("g1"); }));
  EXPECT_EQ(report->gateway, "g1");
  EXPECT_FALSE(ReadReport(Report([](R& r) { r.mutable_answered()->set_gateway("a b"); })).ok());

  report = ReadReport(Report([](R& r) {
    r.mutable_transferred()->set_kind(R::Transfer::KIND_CONSULT);
    r.mutable_transferred()->set_to("501411");
  }));
  EXPECT_EQ(report->transfer, TransferKind::kConsult);
  EXPECT_EQ(report->to, "501411");
  EXPECT_FALSE(report->at.has_value() || report->talking.has_value());

  report = ReadReport(Report([](R& r) {
    r.mutable_forwarded()->set_attempt_id("2.1");
    r.mutable_forwarded()->set_to("sip:a@b");
  }));
  EXPECT_EQ(report->attempt->ToString(), "2.1");
  EXPECT_EQ(report->to, "sip:a@b");
}

TEST(ReadReport, NamesTheFieldThatIsWrong) {
  using R = v1::CallReport;
  struct Row {
    std::function<void(R&)> change;
    std::string complaint;
  };
  const Row kRows[] = {
      {[](R&) {}, "event: says nothing that is known here"},
      {[](R& r) { r.mutable_hold(), r.clear_call_id(); }, "call_id: is missing"},
      {[](R& r) { r.mutable_hold(), r.mutable_call_id()->clear_reference(); },
       "call_id.reference: "},
      {[](R& r) { r.mutable_switch_restarted(); }, "switch_restarted.switch: "},
      {[](R& r) { r.mutable_hold(), r.mutable_at()->set_nanos(-1); }, "at: "},
      {[](R& r) { r.mutable_answered()->set_attempt_id("x"); }, "answered.attempt_id: \"x\""},
      {[](R& r) { r.mutable_forwarded(); }, "forwarded.to: \"\" is not an address"},
      {[](R& r) { r.mutable_transferred()->set_to("+32470000000"); },
       "transferred.kind: 0 is not known"},
      {[](R& r) { r.mutable_released(); }, "released.by: 0 is not known"},
      {[](R& r) {
         r.mutable_released()->set_by(v1::RELEASED_BY_CALLER);
         r.mutable_released()->set_q850_cause(128);
       },
       "released.q850_cause: 128"},
      {[](R& r) {
         r.mutable_released()->set_by(v1::RELEASED_BY_CALLER);
         r.mutable_released()->mutable_talking()->set_seconds(-1);
       },
       "released.talking: "},
      {[](R& r) {
         r.mutable_released()->set_by(v1::RELEASED_BY_CALLER);
         r.mutable_released()->add_attempts()->set_sip_status(486);
       },
       "released.attempts[0].attempt_id: "},
      {[](R& r) {
         r.mutable_released()->set_by(v1::RELEASED_BY_CALLER);
         r.mutable_released()->add_attempts()->set_attempt_id("0.0");
       },
       "released.attempts[0].outcome: is missing"},
      {[](R& r) {
         r.mutable_released()->set_by(v1::RELEASED_BY_CALLER);
         for (int i = 0; i < 101; ++i) r.mutable_released()->add_attempts();
       },
       "released.attempts: has 101 entries"}};
  for (const Row& row : kRows) {
    absl::StatusOr<CallReport> report = ReadReport(Report(row.change));
    EXPECT_TRUE(absl::IsInvalidArgument(report.status())) << report.status();
    EXPECT_THAT(std::string(report.status().message()), StartsWith(row.complaint));
  }
}

}  // namespace
}  // namespace libroute
