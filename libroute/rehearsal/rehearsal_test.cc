#include "libroute/rehearsal/rehearsal.h"

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/rehearsal/test_call.h"
#include "libroute/rehearsal/test_plan.h"
#include "libroute/v1/explanation.pb.h"

namespace libroute {
namespace {

using testing::HasSubstr;

class RehearsalTest : public testing::Test {
 protected:
  void SetUp() override {
    Publication publication = rehearsal_.Publish(DeskPlan(), open_);
    for (const Issue& issue : publication.issues) ADD_FAILURE() << FormatIssue(issue);
  }

  static Call CallTo(const std::string& called) {
    v1::TestCall written;
    written.set_called(called);
    written.set_calling("+32470000000");
    return *MakeCall(written);
  }

  absl::Status Give(const v1::Given& given) { return rehearsal_.Give("acme", given); }

  // 2026-11-23 10:00, a Monday.
  const absl::Time open_ = absl::FromUnixSeconds(1795424400);
  Rehearsal rehearsal_;
};

TEST_F(RehearsalTest, AnswersStepByStep) {
  absl::StatusOr<RehearsalStep> step = rehearsal_.First(CallTo("+3222000100"), open_);
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_EQ(step->event, "");
  const v1::Decision& first = step->explanation->decision();
  EXPECT_EQ(first.customer(), "acme");
  ASSERT_EQ(first.dial().legs_size(), 1);
  EXPECT_EQ(first.dial().legs(0).attempt_id(), "0.0");
  EXPECT_EQ(first.dial().legs(0).destination(), "front");
  EXPECT_GT(step->explanation->visits_size(), 0);
  EXPECT_EQ(step->explanation->at().seconds(), 1795424400);

  absl::StatusOr<RehearsalStep> second = rehearsal_.Next("busy");
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->event, "busy");
  EXPECT_EQ(second->explanation->decision().dial().legs(0).number(), "+32470000001");
  EXPECT_EQ(second->explanation->decision().dial().legs(0).attempt_id(), "1.0");

  absl::StatusOr<RehearsalStep> third = rehearsal_.Next("no_answer");
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_EQ(third->explanation->decision().voicemail().mailbox(), "desk");
}

TEST_F(RehearsalTest, GivesTheSameBytesAgain) {
  absl::StatusOr<RehearsalStep> step = rehearsal_.First(CallTo("+3222000100"), open_);
  Rehearsal other;
  other.Publish(DeskPlan(), open_);
  absl::StatusOr<RehearsalStep> again = other.First(CallTo("+3222000100"), open_);
  ASSERT_TRUE(step.ok() && again.ok());
  EXPECT_EQ(step->explanation->decision().SerializeAsString(),
            again->explanation->decision().SerializeAsString());
}

TEST_F(RehearsalTest, NumbersTheContactOfAWaitingCall) {
  v1::Given given;
  (*given.mutable_switches())["meeting"] = "on";
  ASSERT_TRUE(Give(given).ok());
  absl::StatusOr<RehearsalStep> step = rehearsal_.First(CallTo("+3222000100"), open_);
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_EQ(step->explanation->decision().wait().group(), "team");
  EXPECT_THAT(step->explanation->decision().wait().contact(), testing::StartsWith("c"));
  step = rehearsal_.Next("timeout");
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_EQ(step->explanation->decision().voicemail().mailbox(), "desk");
}

TEST_F(RehearsalTest, SkipsWhatIsGivenAsDown) {
  v1::Given given;
  (*given.mutable_sites())["north"] = v1::STATUS_DOWN;
  ASSERT_TRUE(Give(given).ok());
  absl::StatusOr<RehearsalStep> step = rehearsal_.First(CallTo("+3222000100"), open_);
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_EQ(step->explanation->decision().voicemail().mailbox(), "desk");
}

TEST_F(RehearsalTest, NamesAGivenThatThePlanDoesNotHave) {
  v1::Given given;
  (*given.mutable_switches())["meting"] = "on";
  absl::Status status = Give(given);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(status.message(), HasSubstr("switches.meting: "));
  EXPECT_THAT(status.message(), HasSubstr("\"meeting\""));
}

TEST_F(RehearsalTest, WantsAStateForEachGiven) {
  v1::Given given;
  (*given.mutable_sites())["north"] = v1::STATUS_UNSPECIFIED;
  EXPECT_THAT(Give(given).message(), HasSubstr("sites.north: no state is given"));
}

TEST_F(RehearsalTest, RefusesFiguresThatNoGroupHas) {
  const auto refused = [&](const v1::GroupFigures& figures) {
    v1::Given given;
    (*given.mutable_group_figures())["team"] = figures;
    return std::string(Give(given).message());
  };
  v1::GroupFigures figures;
  figures.set_waiting(1'000'000);
  figures.mutable_longest_wait()->set_seconds(24 * 3600);
  EXPECT_EQ(refused(figures), "");
  figures.set_waiting(1'000'001);
  EXPECT_THAT(refused(figures), HasSubstr("group_figures.team.waiting: 1000001 is out of range"));
  figures.clear_waiting();
  figures.mutable_longest_wait()->set_seconds(-5);
  EXPECT_THAT(refused(figures), HasSubstr("group_figures.team.longest_wait: -5s is out of range; "
                                          "write 0s to 24h"));
  figures.clear_longest_wait();
  figures.mutable_expected_wait()->set_seconds(24 * 3600 + 1);
  EXPECT_THAT(refused(figures), HasSubstr("group_figures.team.expected_wait: "));
}

TEST_F(RehearsalTest, StaysWhereItWasAfterAnEventThatDoesNotFit) {
  ASSERT_TRUE(rehearsal_.First(CallTo("+3222000100"), open_).ok());
  EXPECT_EQ(rehearsal_.Next("digits:1").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(rehearsal_.Next("bussy").status().code(), absl::StatusCode::kInvalidArgument);
  absl::StatusOr<RehearsalStep> step = rehearsal_.Next("no_answer");
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_TRUE(step->explanation->decision().has_voicemail());
}

TEST_F(RehearsalTest, SaysThatNothingFollowsTheEnd) {
  EXPECT_EQ(rehearsal_.Next("busy").status().code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(rehearsal_.First(CallTo("+3222000100"), open_).ok());
  ASSERT_TRUE(rehearsal_.Next("no_answer").ok());
  absl::Status status = rehearsal_.Next("busy").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(status.message(), HasSubstr("voicemail is the end of it"));
}

TEST_F(RehearsalTest, KnowsWhosePlanDecides) {
  EXPECT_EQ(*rehearsal_.CustomerOf(CallTo("+3222000100"), open_), "acme");
  EXPECT_EQ(*rehearsal_.CustomerOf(CallTo("+3222000199"), open_), "");
}

TEST_F(RehearsalTest, PassesEmergencyCallsThrough) {
  absl::StatusOr<RehearsalStep> step = rehearsal_.First(CallTo("112"), open_);
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_EQ(step->explanation->decision().pass_through().reason(),
            v1::PASS_THROUGH_REASON_EMERGENCY);
}

TEST_F(RehearsalTest, TurnsRecoveryPlansOnAndOff) {
  rehearsal_.Publish(DeskPlan("  lost: { voicemail: { mailbox: lost } }\n"
                              "recovery_plans: { a: { tree: lost }, b: { tree: desk } }\n"),
                     open_);
  v1::Given given;
  (*given.mutable_recovery_plans())["a"] = v1::RECOVERY_STATE_ON;
  ASSERT_TRUE(Give(given).ok());
  absl::StatusOr<RehearsalStep> step = rehearsal_.First(CallTo("+3222000100"), open_);
  ASSERT_TRUE(step.ok()) << step.status();
  EXPECT_EQ(step->explanation->decision().voicemail().mailbox(), "lost");
  EXPECT_EQ(step->explanation->decision().recovery_plan(), "a");
  (*given.mutable_recovery_plans())["b"] = v1::RECOVERY_STATE_ON;
  EXPECT_THAT(Give(given).message(), HasSubstr("recovery_plans."));
  // What is off makes room.
  (*given.mutable_recovery_plans())["a"] = v1::RECOVERY_STATE_OFF;
  EXPECT_TRUE(Give(given).ok());
  (*given.mutable_recovery_plans())["b"] = v1::RECOVERY_STATE_UNSPECIFIED;
  EXPECT_THAT(Give(given).message(), HasSubstr("recovery_plans.b: no state is given"));
}

TEST_F(RehearsalTest, SetsSwitchesToWhatTheyHave) {
  v1::Given given;
  (*given.mutable_switches())["meeting"] = "perhaps";
  EXPECT_THAT(Give(given).message(), HasSubstr("switches.meeting: value: switch"));
}

}  // namespace
}  // namespace libroute
