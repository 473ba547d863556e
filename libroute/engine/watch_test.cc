#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

// What attempts show of destinations and sites.
namespace libroute {
namespace {

constexpr char kWatchedPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: desk }
  - { number: "+3222000101", tree: even-if }
  - { number: "+3222000102", tree: by-status }
destinations:
  gateway: { uri: "sip:desk@pbx.example", site: north }
  back: { number: "+3222000201" }
sites: { north: { watch: { failures: 2, retry: 30s, longest: 60s } } }
trees:
  desk: { dial: { to: [gateway, back], otherwise: { voicemail: { mailbox: desk } } } }
  even-if: { dial: { to: [gateway], even_if_down: true, otherwise: { voicemail: { mailbox: desk } } } }
  by-status:
    status:
      cases: [{ site: north, is: down, then: { voicemail: { mailbox: down } } }]
      otherwise: { voicemail: { mailbox: up } }
)";

class Watch : public ::testing::Test {
 protected:
  Watch() : engine_(MakeEngine()) { MustPublish(*engine_, kWatchedPlan); }

  // What a new call is told, after so many seconds; and what then, if `event` comes
  // of it.
  std::string Ask(int seconds, const std::string& event = "",
                  const std::string& called = "+3222000100") {
    const absl::Time now = kTestNow + absl::Seconds(seconds);
    Call call = TestCall(called, absl::StrCat("c", ++calls_));
    Decision decision;
    EXPECT_TRUE(engine_->Route(call, now, decision).ok());
    if (!event.empty()) {
      const std::string continuation = decision.continuation;
      call = NextStep(call);
      EXPECT_TRUE(engine_->Resume(call, continuation, TestEvent(event), now, decision).ok());
    }
    const auto* dial = std::get_if<DialDecision>(&decision.action);
    if (dial == nullptr) return Mailbox(decision);
    std::string text;
    for (const Leg& leg : dial->legs) {
      absl::StrAppend(&text, text.empty() ? "" : " ", leg.destination);
    }
    return text;
  }

  std::unique_ptr<Engine> engine_;
  int calls_ = 0;
};

TEST_F(Watch, PassesOverWhatHasFailedOften) {
  EXPECT_EQ(Ask(0, "sip:503"), "back");
  EXPECT_EQ(Ask(0), "gateway back");
  EXPECT_EQ(Ask(0, "sip:503"), "back");
  EXPECT_EQ(Ask(1), "back");
  EXPECT_EQ(Ask(29), "back");
  // One call tries, and nothing else meanwhile.
  EXPECT_EQ(Ask(30), "gateway");
  EXPECT_EQ(Ask(30), "back");
}

TEST_F(Watch, TriesAgainLaterEachTime) {
  Ask(0, "sip:503");
  Ask(0, "sip:503");
  EXPECT_EQ(Ask(30, "sip:504"), "back");
  EXPECT_EQ(Ask(89), "back");
  EXPECT_EQ(Ask(90, "busy"), "back");
  // It was reached.
  EXPECT_EQ(Ask(91), "gateway back");
  EXPECT_EQ(Ask(91), "gateway back");
}

TEST_F(Watch, LearnsNothingFromWhatTheCalledSideSays) {
  for (int i = 0; i < 5; ++i) {
    for (const char* event :
         {"busy", "no_answer", "rejected", "bad_number", "sip:486", "sip:404"}) {
      EXPECT_EQ(Ask(0, event), "back") << event;
    }
  }
  EXPECT_EQ(Ask(0), "gateway back");
}

TEST_F(Watch, FailuresMustFollowOneAnother) {
  for (int i = 0; i < 5; ++i) {
    Ask(0, "sip:503");
    Ask(0, "busy");
  }
  EXPECT_EQ(Ask(0), "gateway back");
}

TEST_F(Watch, IsAStatusForBranchesAndNotForWhoDialsAllTheSame) {
  EXPECT_EQ(Ask(0, "", "+3222000102"), "up");
  Ask(0, "unreachable");
  Ask(0, "congestion");
  EXPECT_EQ(Ask(0, "", "+3222000102"), "down");
  EXPECT_EQ(Ask(0, "", "+3222000101"), "gateway");
  EXPECT_EQ(Ask(30, "", "+3222000102"), "up");
}

// Of what was answered no question tells.
TEST_F(Watch, KnowsByReportsWhatWasReached) {
  for (int i = 0; i < 5; ++i) {
    Ask(0, "sip:503");
    Ask(0);
    CallReport answered = {ReportKind::kAnswered, {"sw", 1, absl::StrCat("c", calls_)}};
    answered.attempt = AttemptId{0, 0};
    ASSERT_TRUE(engine_->Report(answered, kTestNow).ok());
  }
  EXPECT_EQ(Ask(0), "gateway back");
}

TEST_F(Watch, KnowsByReportsWhatFailedBeforeAnotherAnswered) {
  for (int i = 0; i < 2; ++i) {
    Ask(0);
    CallReport released = {ReportKind::kReleased, {"sw", 1, absl::StrCat("c", calls_)}};
    released.attempts = {{AttemptId{0, 0}, Outcome::kCongestion, 503, 0},
                         {AttemptId{0, 1}, Outcome::kAnswered, 200, 0}};
    ASSERT_TRUE(engine_->Report(released, kTestNow).ok());
  }
  EXPECT_EQ(Ask(0), "back");
}

// What a switch has dialled by itself, or before, is not what is watched now.
TEST_F(Watch, KnowsWhichDecisionHasOrderedWhatIsReported) {
  for (int i = 0; i < 2; ++i) {
    Ask(0);
    CallReport released = {ReportKind::kReleased, {"sw", 1, absl::StrCat("c", calls_)}};
    released.attempts = {{AttemptId{0, 0}, Outcome::kCongestion, 503, 0},
                         {AttemptId{1, 0}, Outcome::kAnswered, 200, 0}};
    ASSERT_TRUE(engine_->Report(released, kTestNow).ok());
  }
  EXPECT_EQ(Ask(0), "back");
}

TEST_F(Watch, AnAnsweredTryEndsIt) {
  Ask(0, "sip:503");
  Ask(0, "sip:503");
  EXPECT_EQ(Ask(30), "gateway");
  CallReport released = {ReportKind::kReleased, {"sw", 1, absl::StrCat("c", calls_)}};
  released.talking = absl::Seconds(5);
  ASSERT_TRUE(engine_->Report(released, kTestNow + absl::Seconds(40)).ok());
  EXPECT_EQ(Ask(40), "gateway back");
}

TEST_F(Watch, AFailureOfNoCertainPlaceShowsNothing) {
  for (int i = 0; i < 2; ++i) {
    Ask(0, "sip:503");
    Ask(0, "sip:500");
  }
  EXPECT_EQ(Ask(0), "back");
}

TEST_F(Watch, IsExplained) {
  Ask(0, "sip:503");
  Ask(0, "sip:503");
  Decision decision;
  const auto explained =
      engine_->Explain(TestCall("+3222000100"), kTestNow + absl::Seconds(10), decision);
  ASSERT_TRUE(explained.ok());
  ASSERT_FALSE(explained->visits.empty());
  EXPECT_EQ(explained->visits[0].comparisons[0].finding,
            "site north has failed 2 times in a row; it is tried again in 20s");
}

TEST_F(Watch, AsksAgainWithoutTryingTwice) {
  Ask(0, "sip:503");
  Ask(0, "sip:503");
  const Call call = TestCall("+3222000100", "twice");
  for (int i = 0; i < 3; ++i) {
    Decision decision;
    ASSERT_TRUE(engine_->Route(call, kTestNow + absl::Seconds(30), decision).ok());
    EXPECT_EQ(std::get<DialDecision>(decision.action).legs.size(), 1);
  }
}

}  // namespace
}  // namespace libroute
