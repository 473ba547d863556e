#include "libroute/call/event.h"

#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(ParseEvent, ReadsEveryOutcome) {
  for (int i = 1; i <= 11; ++i) {
    Outcome outcome = static_cast<Outcome>(i);
    absl::StatusOr<Event> event = ParseEvent(OutcomeName(outcome));
    ASSERT_TRUE(event.ok()) << event.status();
    EXPECT_EQ(event->kind, EventKind::kDialResult);
    ASSERT_EQ(event->results.size(), 1u);
    EXPECT_EQ(event->results[0].outcome, outcome);
    EXPECT_EQ(event->results[0].target, AttemptResult::kNextLeg);
    EXPECT_EQ(event->ToString(), OutcomeName(outcome));
  }
}

TEST(ParseEvent, ReadsCodesByTheirMeaning) {
  absl::StatusOr<Event> sip = ParseEvent("sip:603");
  ASSERT_TRUE(sip.ok());
  EXPECT_EQ(sip->results[0].outcome, Outcome::kRejected);
  EXPECT_EQ(sip->results[0].sip_status, 603);
  absl::StatusOr<Event> cause = ParseEvent("q850:17");
  ASSERT_TRUE(cause.ok());
  EXPECT_EQ(cause->results[0].outcome, Outcome::kBusy);
  EXPECT_EQ(cause->results[0].q850_cause, 17);
}

TEST(ParseEvent, ReadsTheRest) {
  EXPECT_EQ(ParseEvent("digits:12#")->digits.ToString(), "12#");
  EXPECT_EQ(ParseEvent("no_input")->kind, EventKind::kNoInput);
  EXPECT_EQ(ParseEvent("played")->kind, EventKind::kPlayed);
  EXPECT_EQ(ParseEvent("timeout")->kind, EventKind::kWaitTimeout);
  EXPECT_EQ(ParseEvent("no_agents")->kind, EventKind::kNoAgents);
  EXPECT_EQ(ParseEvent("hangup")->kind, EventKind::kCallerReleased);
  EXPECT_EQ(ParseEvent("callback")->kind, EventKind::kCallbackWanted);
  EXPECT_EQ(ParseEvent("callback:+3222000100")->callback_number, "+3222000100");
  EXPECT_EQ(ParseEvent("callback:+3222000100")->ToString(), "callback:+3222000100");
  EXPECT_EQ(EventKindName(EventKind::kCallbackWanted), "callback_wanted");
}

TEST(ParseEvent, RefusesEverythingElse) {
  for (const char* text :
       {"", "Busy", "sip:", "sip:99", "sip:700", "sip:4x6", "q850:0", "q850:128",
        "digits:", "digits:1x", "digits:1234567890123456", "busy ", "ring", "callback:"}) {
    EXPECT_EQ(ParseEvent(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(AttemptId, IsReadAsItIsWritten) {
  AttemptId id = {12, 3};
  EXPECT_EQ(id.ToString(), "12.3");
  absl::StatusOr<AttemptId> read = AttemptId::Parse("12.3");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->step, 12u);
  EXPECT_EQ(read->target, 3);
  for (const char* text :
       {"", "1", "1.", ".1", "1.-1", "1.2.3", "a.b", "-1.2", " 1.2", "01.2", "+1.2"}) {
    EXPECT_FALSE(AttemptId::Parse(text).ok()) << text;
  }
}

}  // namespace
}  // namespace libroute
