#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

// What attempts show of gateways, and how long what asks for it is passed over.
namespace libroute {
namespace {

using ::testing::HasSubstr;

constexpr char kGatewayPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: desk }
  - { number: "+3222000101", tree: alone }
  - { number: "+3222000102", tree: plain }
gateways:
  pstn:
    gateways:
      - { name: g1, uri: "sip:gw1.example.net", watch: { failures: 2, retry: 30s, longest: 60s } }
      - { name: g2, uri: "sip:gw2.example.net", watch: { failures: 2, retry: 30s, longest: 60s } }
      - { name: g3, uri: "sip:gw3.example.net" }
  single: { gateways: [{ name: g4, uri: "sip:gw4.example.net", watch: { failures: 1 } }] }
destinations:
  home: { number: "+3222000201", via: pstn }
  alone: { number: "+3222000202", via: single }
  plain: { number: "+3222000203", watch: { failures: 5, longest: 2m } }
  unwatched: { number: "+3222000204" }
trees:
  desk: { dial: { to: [home], otherwise: { voicemail: { mailbox: desk } } } }
  alone: { dial: { to: [alone], otherwise: { voicemail: { mailbox: alone } } } }
  plain: { dial: { to: [plain, unwatched], otherwise: { voicemail: { mailbox: plain } } } }
)";

class Gateways : public ::testing::Test {
 protected:
  Gateways() : engine_(MakeEngine()) { MustPublish(*engine_, kGatewayPlan); }

  static absl::Time At(int seconds) { return kTestNow + absl::Seconds(seconds); }

  // By which gateways a new call goes after so many seconds.
  std::string Ask(int seconds, const std::string& called = "+3222000100") {
    call_ = TestCall(called, absl::StrCat("c", ++calls_));
    EXPECT_TRUE(engine_->Route(call_, At(seconds), decision_).ok());
    return Ways();
  }
  std::string Ways() const {
    const auto* dial = std::get_if<DialDecision>(&decision_.action);
    if (dial == nullptr) return Mailbox(decision_);
    std::string text;
    for (const Leg& leg : dial->legs) {
      absl::StrAppend(&text, text.empty() ? "" : ", ", leg.destination);
      for (int i = 0; i < leg.gateways.size(); ++i) {
        absl::StrAppend(&text, " ", leg.gateways.at(i).name);
      }
    }
    return text;
  }
  // What comes after this result of the last call's first leg.
  std::string Tell(int seconds, AttemptResult result) {
    result.target = 0;
    Event event;
    event.kind = EventKind::kDialResult;
    event.results.push_back(std::move(result));
    const std::string continuation = decision_.continuation;
    call_ = NextStep(call_);
    const auto answer = engine_->Resume(call_, continuation, event, At(seconds), decision_);
    return answer.ok() ? Ways() : std::string(answer.status().message());
  }
  static AttemptResult By(const std::string& gateway, Outcome outcome, int sip,
                          std::vector<GatewayFailure> before = {}) {
    AttemptResult result = {0, outcome, sip};
    result.gateway = gateway;
    result.failed_gateways = std::move(before);
    return result;
  }

  std::unique_ptr<Engine> engine_;
  Call call_;
  Decision decision_;
  int calls_ = 0;
};

TEST_F(Gateways, AreLearnedOfByWhatFailedBeforeTheResult) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(Ask(0), "home g1 g2 g3");
    EXPECT_EQ(Tell(0, By("g2", Outcome::kBusy, 486, {{"g1", Outcome::kUnreachable}})), "desk");
  }
  EXPECT_EQ(Ask(1), "home g2 g3");
  EXPECT_EQ(Ask(29), "home g2 g3");
  // One call tries it first, and nobody else meanwhile.
  EXPECT_EQ(Ask(30), "home g1 g2 g3");
  EXPECT_EQ(Ask(30), "home g2 g3");
}

TEST_F(Gateways, AreLearnedOfByTheResultItself) {
  for (int i = 0; i < 2; ++i) {
    Ask(0);
    // The last one is not watched.
    Tell(0, By("g3", Outcome::kCongestion, 503,
               {{"g1", Outcome::kFailure, 500}, {"g2", Outcome::kCongestion, 503}}));
  }
  // Of 500 nobody knows where it came from.
  EXPECT_EQ(Ask(0), "home g1 g3");
}

TEST_F(Gateways, WhatTheCalledSideSaysIsNoFailureOfTheirs) {
  for (int i = 0; i < 5; ++i) {
    Ask(0);
    Tell(0, By("g1", Outcome::kBadNumber, 404));
    Ask(0);
    Tell(0, By("g2", Outcome::kRejected, 403, {{"g1", Outcome::kBadNumber, 404}}));
  }
  EXPECT_EQ(Ask(0), "home g1 g2 g3");
}

TEST_F(Gateways, NothingIsLearnedOfSeveralWithoutAName) {
  for (int i = 0; i < 5; ++i) {
    Ask(0);
    EXPECT_EQ(Tell(0, {0, Outcome::kCongestion, 503}), "desk");
  }
  EXPECT_EQ(Ask(0), "home g1 g2 g3");
}

TEST_F(Gateways, TheOnlyOneNeedsNoName) {
  EXPECT_EQ(Ask(0, "+3222000101"), "alone g4");
  Tell(0, {0, Outcome::kCongestion, 503});
  EXPECT_EQ(Ask(0, "+3222000101"), "alone");
  Decision decision;
  const auto explained = engine_->Explain(TestCall("+3222000101"), At(10), decision);
  ASSERT_TRUE(explained.ok());
  const std::vector<Comparison>& compared = explained->visits[0].comparisons;
  ASSERT_EQ(compared.size(), 2u);
  EXPECT_EQ(compared[0].finding, "no gateway of single is left");
  EXPECT_EQ(compared[1].subject, "gateway g4");
  EXPECT_EQ(compared[1].finding,
            "gateway g4 has failed 1 times in a row; it is tried again in 20s");
  EXPECT_EQ(compared[1].not_taken, NotTaken::kDown);
  // The only one that may try takes it.
  EXPECT_EQ(Ask(30, "+3222000101"), "alone g4");
  EXPECT_EQ(Ask(30, "+3222000101"), "alone");
}

TEST_F(Gateways, ReportsTellOfThemAsWell) {
  for (int i = 0; i < 2; ++i) {
    Ask(0);
    CallReport released = {ReportKind::kReleased, call_.id};
    AttemptEnd end = {AttemptId{0, 0}, Outcome::kAnswered, 200};
    end.gateway = "g2";
    end.failed_gateways = {{"g1", Outcome::kCongestion, 503}, {"nobody", Outcome::kCongestion}};
    released.attempts = {end};
    ASSERT_TRUE(engine_->Report(released, At(0)).ok());
  }
  EXPECT_EQ(Ask(0), "home g2 g3");
  EXPECT_EQ(Ask(30), "home g1 g2 g3");
  CallReport answered = {ReportKind::kAnswered, call_.id};
  answered.attempt = AttemptId{0, 0};
  answered.gateway = "g1";
  ASSERT_TRUE(engine_->Report(answered, At(31)).ok());
  EXPECT_EQ(Ask(31), "home g1 g2 g3");
  EXPECT_EQ(Ask(31), "home g1 g2 g3");
}

TEST_F(Gateways, OneThatAsksToWaitIsPassedOverAtOnceForSoLong) {
  Ask(0);
  GatewayFailure failed = {"g1", Outcome::kCongestion, 503};
  failed.retry_after = absl::Seconds(20);
  AttemptResult result = By("g2", Outcome::kCongestion, 503, {failed});
  result.retry_after = absl::Hours(5);
  Tell(0, result);
  EXPECT_EQ(Ask(19), "home g3");
  Decision decision;
  const auto explained = engine_->Explain(TestCall("+3222000100"), At(10), decision);
  ASSERT_TRUE(explained.ok());
  EXPECT_THAT(explained->visits[0].comparisons[1].finding,
              HasSubstr("gateway g1 has asked to wait; it is tried again in 10s"));
  EXPECT_EQ(Ask(20), "home g1 g3");
  // `longest` of its watch, then the try is in the list after g1.
  EXPECT_EQ(Ask(59), "home g3");
  EXPECT_EQ(Ask(80), "home g1 g2 g3");
}

TEST_F(Gateways, OneThatMayBeTriedAgainAfterOthersClaimsNothing) {
  for (int i = 0; i < 2; ++i) {
    Ask(0);
    Tell(0, By("g3", Outcome::kBusy, 486, {{"g2", Outcome::kUnreachable}}));
  }
  EXPECT_EQ(Ask(1), "home g1 g3");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Ask(30), "home g1 g2 g3");
  // It fails again: that is for longer.
  Tell(30, By("g3", Outcome::kBusy, 486,
              {{"g1", Outcome::kUnreachable}, {"g2", Outcome::kUnreachable}}));
  EXPECT_EQ(Ask(89), "home g1 g3");
}

TEST_F(Gateways, RetryAfterCountsOfReportsToo) {
  Ask(0);
  CallReport released = {ReportKind::kReleased, call_.id};
  AttemptEnd end = {AttemptId{0, 0}, Outcome::kCongestion, 503};
  end.gateway = "g1";
  end.retry_after = absl::Seconds(15);
  released.attempts = {end};
  ASSERT_TRUE(engine_->Report(released, At(0)).ok());
  EXPECT_EQ(Ask(14), "home g2 g3");
  EXPECT_EQ(Ask(15), "home g1 g2 g3");
}

TEST_F(Gateways, RetryAfterCountsOfDestinationsThatAreWatched) {
  EXPECT_EQ(Ask(0, "+3222000102"), "plain, unwatched");
  AttemptResult result = {0, Outcome::kCongestion, 503};
  result.retry_after = absl::Seconds(40);
  EXPECT_EQ(Tell(0, result), "unwatched");
  EXPECT_EQ(Ask(39, "+3222000102"), "unwatched");
  EXPECT_EQ(Ask(40, "+3222000102"), "plain");
  // With what the called side says it means nothing, and without `watch` neither.
  result = {0, Outcome::kBusy, 486};
  result.retry_after = absl::Seconds(40);
  EXPECT_EQ(Tell(40, result), "unwatched");
  EXPECT_EQ(Ask(41, "+3222000102"), "plain, unwatched");
  result = {0, Outcome::kCongestion, 503};
  Tell(41, result);
  Event second = TestEvent("sip:503");
  second.results[0].retry_after = absl::Seconds(40);
  const std::string continuation = decision_.continuation;
  call_ = NextStep(call_);
  ASSERT_TRUE(engine_->Resume(call_, continuation, second, At(41), decision_).ok());
  EXPECT_EQ(Ask(42, "+3222000102"), "plain, unwatched");
}

TEST_F(Gateways, AnotherResultOfAStepIsAnotherQuestion) {
  Ask(0);
  const std::string continuation = decision_.continuation;
  Event event = TestEvent("sip:503");
  event.results[0].gateway = "g1";
  const Call next = NextStep(call_);
  ASSERT_TRUE(engine_->Resume(next, continuation, event, At(0), decision_).ok());
  event.results[0].gateway = "g2";
  EXPECT_EQ(engine_->Resume(next, continuation, event, At(0), decision_).status().code(),
            absl::StatusCode::kAborted);
}

TEST_F(Gateways, BarsNamesOfOthers) {
  Ask(0);
  EXPECT_THAT(Tell(0, By("g4", Outcome::kBusy, 486)), HasSubstr("\"g4\" is no gateway of the leg"));
}

}  // namespace
}  // namespace libroute
