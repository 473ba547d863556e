#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"
#include "libroute/record/test_record.h"
#include "libroute/epoch/mutex.h"
#include "libroute/record/record.h"

// What an engine with a sink tells it.
namespace libroute {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: desk, holder: acme-north }
  - { number: "+3222000101", tree: agents }
  - { number: "+3222000102", tree: closed }
  - { number: "+3222000103", tree: code }
  - { number: "+3222000104", tree: gone }
operators: [{ numbers: "+32470*", operator: other }]
sites: { north: {} }
destinations:
  front: { number: "+3222000200", site: north }
  mobile: { number: "+32470000001" }
groups: { level-1: { agents: [anna] } }
agents: { anna: {} }
outbound: outside
trees:
  desk:
    dial: { to: [front], on_busy: { dial: { to: [mobile] } }, otherwise: { voicemail: { mailbox: desk } } }
  agents: { agents: { group: level-1, wait: 60s, otherwise: { voicemail: { mailbox: desk } } } }
  closed: { reject: { cause: busy } }
  code:
    collect:
      message: ask-code
      into: code
      max_digits: 4
      secret: true
      then: { match: { attribute: code, cases: [{ equals: "4711", then: { goto: desk } }], otherwise: { release: {} } } }
      otherwise: { release: {} }
  gone: { pass_through: {} }
  outside: { dial: { to: called } }
)";

class Records : public testing::Test {
 protected:
  Records() {
    EngineOptions options = TestOptions();
    options.ingresses = {{"trunk", "BE", "exchange"}};
    options.records = &sink_;
    options.claim_lease = absl::Hours(1);
    engine_ = MakeEngine(std::move(options));
    MustPublish(*engine_, kPlan);
  }

  static absl::Time At(int seconds) { return kTestNow + absl::Seconds(seconds); }
  static Call CallTo(const std::string& called) {
    Call call = TestCall(called);
    call.ingress = "trunk";
    return call;
  }
  void Route(const Call& call, int seconds = 0) {
    call_ = call;
    Complete(engine_->Route(call_, At(seconds), decision_), seconds);
  }
  // As the last question of the call, one step on.
  void Resume(const Event& event, int seconds) {
    ++call_.step;
    continuation_ = decision_.continuation;
    AskAgain(event, seconds);
  }
  void Resume(const std::string& event, int seconds) { Resume(TestEvent(event), seconds); }
  void AskAgain(const Event& event, int seconds) {
    Complete(engine_->Resume(call_, continuation_, event, At(seconds), decision_), seconds);
  }
  void Report(CallReport report, int seconds) {
    report.call = call_.id;
    EXPECT_TRUE(engine_->Report(report, At(seconds)).ok());
  }
  void Report(ReportKind kind, int seconds) {
    CallReport report;
    report.kind = kind;
    Report(report, seconds);
  }
  void Release(int seconds, absl::Duration talking = absl::Seconds(30)) {
    CallReport report;
    report.by = ReleasedBy::kCalled;
    report.q850_cause = 16;
    report.talking = talking;
    Report(report, seconds);
  }
  CallRecord OnlyRecord() {
    std::vector<CallRecord> records = sink_.Take();
    EXPECT_EQ(records.size(), 1u);
    return records.empty() ? CallRecord() : records[0];
  }
  static std::vector<std::string> Actions(const CallRecord& record) {
    std::vector<std::string> actions;
    for (const DecisionRecord& decision : record.decisions) {
      actions.emplace_back(decision.action);
    }
    return actions;
  }

  KeptRecords sink_;
  std::unique_ptr<Engine> engine_;
  Call call_;
  std::string continuation_;
  Decision decision_;

 private:
  void Complete(absl::StatusOr<Answer> answer, int seconds) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    if (const Enter* enter = std::get_if<Enter>(&*answer)) {
      ASSERT_TRUE(engine_->Complete(*enter, At(seconds), decision_).ok());
    }
  }
};

TEST_F(Records, HaveTheWholeWayOfACall) {
  Route(CallTo("+3222000100"));
  EXPECT_TRUE(WantsRelease(decision_));
  Resume("sip:486", 10);
  Report(ReportKind::kAlerting, 12);
  Report(ReportKind::kAnswered, 15);
  EXPECT_THAT(sink_.Take(), IsEmpty());
  Release(45);
  const CallRecord record = OnlyRecord();
  EXPECT_TRUE(record.complete());
  EXPECT_EQ(record.call, call_.id);
  EXPECT_EQ(record.correlation, decision_.correlation);
  EXPECT_EQ(record.called.ToString(), "+3222000100");
  EXPECT_EQ(record.served.ToString(), "+3222000100");
  EXPECT_EQ(record.calling.ToString(), "+32475123456");
  EXPECT_EQ(record.customer, "acme");
  EXPECT_EQ(record.holder, "acme-north");
  EXPECT_EQ(record.revision, engine_->LiveRevision("acme"));
  EXPECT_EQ(record.arrived_at, kTestNow);
  EXPECT_EQ(record.alerting_at, At(12));
  EXPECT_EQ(record.answered_at, At(15));
  EXPECT_EQ(record.released_at, At(45));
  EXPECT_EQ(record.released_by, ReleasedBy::kCalled);
  EXPECT_EQ(record.talking, absl::Seconds(30));
  ASSERT_EQ(record.decisions.size(), 2u);
  EXPECT_EQ(record.decisions[0].node, "trees.desk.dial");
  EXPECT_EQ(record.decisions[1].node, "trees.desk.dial.on_busy.dial");
  EXPECT_EQ(record.decisions[1].at, At(10));
  ASSERT_EQ(record.legs.size(), 2u);
  EXPECT_EQ(record.legs[0].destination, "front");
  EXPECT_EQ(record.legs[0].site, "north");
  EXPECT_EQ(record.legs[0].outcome, Outcome::kBusy);
  EXPECT_EQ(record.legs[0].sip_status, 486);
  const LegRecord& mobile = record.legs[1];
  EXPECT_EQ(mobile.attempt.ToString(), "1.0");
  EXPECT_EQ(mobile.number.ToString(), "+32470000001");
  EXPECT_EQ(mobile.outcome, Outcome::kAnswered);
  EXPECT_EQ(mobile.country[0], 'B');
  EXPECT_EQ(mobile.number_kind, 3);
  EXPECT_EQ(mobile.operator_name, "other");
  EXPECT_EQ(mobile.operator_source, OperatorSource::kAssumed);
  EXPECT_EQ(mobile.charge_to, "acme-north");
  EXPECT_EQ(mobile.charged_number.ToString(), "+3222000100");
  EXPECT_EQ(mobile.presented.ToString(), "+32475123456");
  EXPECT_EQ(mobile.diversion_reason, DiversionReason::kBusy);
}

TEST_F(Records, HaveNotTheNumberOfACallerWhoWithholdsIt) {
  Call call = CallTo("+3222000100");
  call.calling_privacy = Privacy::kRestricted;
  Route(call);
  EXPECT_EQ(OnlyLeg(decision_).presented.ToString(), "+32475123456");
  Resume("busy", 10);
  Release(45);
  const CallRecord record = OnlyRecord();
  EXPECT_EQ(record.calling_privacy, Privacy::kRestricted);
  EXPECT_FALSE(record.calling.has_value());
  for (const LegRecord& leg : record.legs) {
    EXPECT_EQ(leg.presented_privacy, Privacy::kRestricted);
    EXPECT_FALSE(leg.presented.has_value());
  }
}

TEST_F(Records, AreOfCallsForHelp) {
  Call call = CallTo("112");
  call.direction = Direction::kOutbound;
  call.calling_privacy = Privacy::kRestricted;
  Route(call);
  EXPECT_FALSE(WantsRelease(decision_));
  const CallRecord record = OnlyRecord();
  EXPECT_TRUE(record.emergency);
  EXPECT_TRUE(record.complete());
  EXPECT_EQ(record.pass_through_reason, PassThroughReason::kEmergency);
  EXPECT_EQ(record.dialled.ToString(), "112");
  EXPECT_EQ(record.direction, Direction::kOutbound);
  EXPECT_FALSE(record.calling.has_value());
  EXPECT_FALSE(record.released_at.has_value());
}

TEST_F(Records, OfWhatADecisionEndsAreWrittenAtOnce) {
  Route(CallTo("+3222000102"));
  EXPECT_FALSE(WantsRelease(decision_));
  CallRecord record = OnlyRecord();
  EXPECT_EQ(record.end, RecordEnd::kDecided);
  EXPECT_THAT(Actions(record), ElementsAre("reject"));
  EXPECT_EQ(record.q850_cause, 17);
  EXPECT_EQ(record.released_at, kTestNow);

  call_.id.reference = "c2";
  Call unknown = CallTo("+3222000999");
  unknown.id.reference = "c2";
  Route(unknown);
  record = OnlyRecord();
  EXPECT_EQ(record.pass_through_reason, PassThroughReason::kNotSubscribed);
  EXPECT_EQ(record.customer, "");

  Call gone = CallTo("+3222000104");
  gone.id.reference = "c3";
  Route(gone);
  record = OnlyRecord();
  EXPECT_EQ(record.pass_through_reason, PassThroughReason::kPlan);
  EXPECT_EQ(record.customer, "acme");
}

TEST_F(Records, OfACallThatWaitsEndWithIt) {
  Route(CallTo("+3222000101"));
  Route(CallTo("+3222000101"), 5);
  Resume("timeout", 60);
  EXPECT_EQ(Mailbox(decision_), "desk");
  EXPECT_TRUE(WantsRelease(decision_));
  AskAgain(TestEvent("timeout"), 61);
  EXPECT_THAT(sink_.Take(), IsEmpty());
  Release(90);
  const CallRecord record = OnlyRecord();
  EXPECT_THAT(Actions(record), ElementsAre("wait", "voicemail"));
  EXPECT_EQ(record.decisions[0].subject, "level-1");
  EXPECT_EQ(record.decisions[1].after, "timeout");
  EXPECT_EQ(record.arrived_at, kTestNow);
}

TEST_F(Records, NeverHaveWhatACallerTypes) {
  Route(CallTo("+3222000103"));
  Resume("digits:4711", 5);
  EXPECT_EQ(OnlyLeg(decision_).destination, "front");
  Release(45);
  const CallRecord record = OnlyRecord();
  EXPECT_THAT(Actions(record), ElementsAre("collect", "dial"));
  EXPECT_EQ(record.decisions[1].after, "digits");
  for (const DecisionRecord& decision : record.decisions) {
    EXPECT_THAT(decision.node + decision.subject, testing::Not(testing::HasSubstr("4711")));
  }
}

TEST_F(Records, NameTheLineThatPaysForWhatItDials) {
  Call call = CallTo("+33470000000");
  call.direction = Direction::kOutbound;
  call.line = *E164Number::Parse("+3222000101");
  call.calling = call.line;
  Route(call);
  Release(45);
  const CallRecord record = OnlyRecord();
  EXPECT_EQ(record.direction, Direction::kOutbound);
  ASSERT_EQ(record.legs.size(), 1u);
  EXPECT_EQ(record.legs[0].charged_number.ToString(), "+3222000101");
  EXPECT_EQ(record.legs[0].number.ToString(), "+33470000000");
}

TEST_F(Records, AreWrittenOnceHoweverOftenOneAsksAndReports) {
  for (int again = 0; again < 2; ++again) {
    Route(CallTo("+3222000100"), again);
  }
  Resume("busy", 10);
  AskAgain(TestEvent("busy"), 11);
  for (int again = 0; again < 2; ++again) {
    Report(ReportKind::kAnswered, 15 + again);
    Release(45 + again);
    Report(ReportKind::kAlerting, 46);
  }
  AskAgain(TestEvent("busy"), 47);
  const CallRecord record = OnlyRecord();
  EXPECT_EQ(record.decisions.size(), 2u);
  EXPECT_EQ(record.answered_at, At(15));
  EXPECT_EQ(engine_->GetStatistics().open_records, 0);
  EXPECT_EQ(engine_->GetStatistics().unknown_reports, 0);
}

TEST_F(Records, OfCallsThatNobodyHearsOfAreNotComplete) {
  Route(CallTo("+3222000100"));
  EXPECT_LE(engine_->NextDeadline(), kTestNow + absl::Hours(1));
  engine_->Advance(kTestNow + absl::Minutes(59));
  EXPECT_THAT(sink_.Take(), IsEmpty());
  engine_->Advance(kTestNow + absl::Hours(1));
  const CallRecord record = OnlyRecord();
  EXPECT_EQ(record.end, RecordEnd::kLeaseOver);
  EXPECT_FALSE(record.complete());
  EXPECT_FALSE(record.released_at.has_value());
}

TEST_F(Records, OfCallsThatTheSwitchDoesNotListAreNotComplete) {
  Route(CallTo("+3222000100"));
  engine_->KeepLive("sw", 1, {"c1"}, At(1800));
  engine_->Advance(kTestNow + absl::Hours(1));
  EXPECT_THAT(sink_.Take(), IsEmpty());
  engine_->KeepLive("sw", 1, {}, At(4000));
  EXPECT_EQ(OnlyRecord().end, RecordEnd::kNotLive);
}

TEST_F(Records, OfACallThatIsNotKnownHaveItsEnd) {
  call_.id = {"sw", 1, "unknown"};
  Report(ReportKind::kAnswered, 1);
  EXPECT_THAT(sink_.Take(), IsEmpty());
  EXPECT_EQ(engine_->GetStatistics().unknown_reports, 1);
  Release(2);
  const CallRecord record = OnlyRecord();
  EXPECT_TRUE(record.partial);
  EXPECT_EQ(record.talking, absl::Seconds(30));
  EXPECT_FALSE(record.arrived_at.has_value());
}

TEST_F(Records, OfCallsThatOutliveTheEngineAreInTwo) {
  Route(CallTo("+3222000100"));
  engine_->CloseRecords(At(5));
  const CallRecord first = OnlyRecord();
  EXPECT_EQ(first.end, RecordEnd::kStopped);
  EngineOptions options = TestOptions();
  options.records = &sink_;
  engine_ = MakeEngine(std::move(options));
  MustPublish(*engine_, kPlan);
  Resume("busy", 10);
  Release(45);
  const CallRecord second = OnlyRecord();
  EXPECT_TRUE(second.complete() && second.partial);
  EXPECT_EQ(second.correlation, first.correlation);
  EXPECT_EQ(second.arrived_at, kTestNow);
  ASSERT_EQ(second.legs.size(), 2u);
  EXPECT_EQ(second.legs[0].attempt.step, 0u);
  EXPECT_EQ(second.legs[0].outcome, Outcome::kBusy);
  EXPECT_EQ(second.legs[1].outcome, Outcome::kAnswered);
}

TEST_F(Records, AreNotOfQuestionsWithoutEffect) {
  Decision decision;
  const Call call = CallTo("+3222000102");
  ASSERT_TRUE(engine_->Decide(call, kTestNow, decision).ok());
  ASSERT_TRUE(engine_->Explain(call, kTestNow, decision).ok());
  // Nor of those that cannot be answered.
  Call bad = CallTo("+3222000102");
  bad.ingress = "unknown";
  EXPECT_FALSE(engine_->Route(bad, kTestNow, decision).ok());
  EXPECT_THAT(sink_.Take(), IsEmpty());
  EXPECT_EQ(engine_->GetStatistics().open_records, 0);
}

TEST(NoRecords, AskForTheEndOfWhatIsDialledAlone) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision decision;
  ASSERT_TRUE(engine->Route(TestCall("+3222000103"), kTestNow, decision).ok());
  EXPECT_FALSE(WantsRelease(decision));
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_TRUE(WantsRelease(decision));
}

TEST(RecordLimits, OfOpenRecordsMustLeaveRoomForOne) {
  EngineOptions options = TestOptions();
  options.max_open_records = 0;
  EXPECT_THAT(std::string(Engine::Create(std::move(options)).status().message()),
              testing::HasSubstr("max_open_records"));
}

// For the thread sanitizer: calls from several threads, some of which end by a
// report, some by a decision, some by the lease.
TEST_F(Records, AreOnePerCallFromManyThreads) {
  constexpr int kCalls = 600;
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      Decision decision;
      for (int i = t; i < kCalls; i += 3) {
        Call call = CallTo("+3222000100");
        call.id.reference = absl::StrCat("c", i);
        ASSERT_TRUE(engine_->Route(call, kTestNow, decision).ok());
        if (i % 2 == 0) continue;
        const std::string continuation = decision.continuation;
        call.step = 1;
        ASSERT_TRUE(
            engine_->Resume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
        CallReport released;
        released.call = call.id;
        ASSERT_TRUE(engine_->Report(released, kTestNow).ok());
      }
    });
  }
  threads.emplace_back([&] {
    for (int i = 0; i < 100; ++i) engine_->Advance(kTestNow);
  });
  for (std::thread& thread : threads) thread.join();
  engine_->Advance(kTestNow + absl::Hours(2));
  std::vector<std::string> references;
  int complete = 0;
  for (const CallRecord& record : sink_.Take()) {
    references.push_back(record.call.reference);
    complete += record.complete();
  }
  std::sort(references.begin(), references.end());
  EXPECT_EQ(std::adjacent_find(references.begin(), references.end()), references.end());
  EXPECT_EQ(references.size(), static_cast<size_t>(kCalls));
  EXPECT_EQ(complete, kCalls / 2);
}

}  // namespace
}  // namespace libroute
