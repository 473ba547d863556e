#include "libroute/record/open_record.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/record/test_record.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A call, from its first question to its record.
class OpenRecordTest : public testing::Test {
 protected:
  OpenRecordTest() : record_(RecordedCall(), kRecordNow) {}

  void First(Action action) { record_.Note({0, nullptr, RecordedDecision(action)}, kRecordNow); }
  void Next(uint32_t step, const Event& event, Action action,
            absl::string_view node = "trees.desk") {
    record_.Note({step, &event, RecordedDecision(action, node)}, After(static_cast<int>(step)));
  }
  void Report(ReportKind kind, int seconds, std::optional<AttemptId> attempt = {}) {
    CallReport report = ReportOf(kind);
    report.at = After(seconds);
    report.attempt = attempt;
    record_.Note(report, After(60));
  }
  CallRecord End(const CallReport& released, int seconds = 100) {
    record_.Note(released, After(seconds));
    return std::move(record_).Close(RecordEnd::kReleased, After(seconds));
  }
  // "0.1 busy", "0.2 -".
  static std::vector<std::string> Legs(const CallRecord& record) {
    std::vector<std::string> legs;
    for (const LegRecord& leg : record.legs) {
      legs.push_back(leg.attempt.ToString() + " " +
                     (leg.outcome.has_value() ? std::string(OutcomeName(*leg.outcome)) : "-"));
    }
    return legs;
  }

  OpenRecord record_;
};

TEST_F(OpenRecordTest, SaysWhoCalledWhomAndWhoPays) {
  First(Dial({0}));
  CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(60)));
  EXPECT_TRUE(record.complete());
  EXPECT_FALSE(record.partial);
  EXPECT_EQ(record.called.ToString(), "+3222000100");
  EXPECT_EQ(record.served.ToString(), "+3222000100");
  EXPECT_EQ(record.calling.ToString(), "+32475123456");
  EXPECT_EQ(record.ingress, "be-1");
  EXPECT_EQ(record.customer, "acme");
  EXPECT_EQ(record.holder, "acme-north");
  EXPECT_EQ(record.revision, "r1");
  EXPECT_EQ(record.arrived_at, kRecordNow);
  EXPECT_EQ(record.answered_at, After(40));
  EXPECT_EQ(record.released_at, After(100));
  EXPECT_EQ(record.released_by, ReleasedBy::kCaller);
  EXPECT_EQ(record.q850_cause, 16);
  EXPECT_EQ(record.talking, absl::Seconds(60));
  EXPECT_THAT(Legs(record), ElementsAre("0.0 answered"));
  EXPECT_EQ(record.legs[0].answered_at, After(40));
  EXPECT_EQ(record.legs[0].presented.ToString(), "+32475123456");
}

TEST_F(OpenRecordTest, NamesTheRecoveryPlanByWhichTheCallWent) {
  Decision decision = RecordedDecision(Dial({0}));
  decision.recovery_plan = "fire";
  decision.recovery_drill = true;
  record_.Note({0, nullptr, decision}, kRecordNow);
  // A call whose revision is gone says no more of it.
  Next(1, DialEnded({{0, Outcome::kBusy}}), ReleaseDecision());
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(60)));
  EXPECT_EQ(record.recovery_plan, "fire");
  EXPECT_TRUE(record.recovery_drill);
}

TEST(OpenRecord, HasNotTheNumberThatTheCallerWithholds) {
  Call call = RecordedCall();
  call.calling_privacy = Privacy::kRestricted;
  OpenRecord open(call, kRecordNow);
  DialDecision dial = Dial({0, 1});
  dial.legs[0].presented_privacy = Privacy::kRestricted;
  dial.legs[1].presented = *E164Number::Parse("+3222000100");
  open.Note({0, nullptr, RecordedDecision(dial)}, kRecordNow);
  const CallRecord record = std::move(open).Close(RecordEnd::kStopped, kRecordNow);
  EXPECT_EQ(record.calling_privacy, Privacy::kRestricted);
  EXPECT_FALSE(record.calling.has_value());
  EXPECT_EQ(record.legs[0].presented_privacy, Privacy::kRestricted);
  EXPECT_FALSE(record.legs[0].presented.has_value());
  // What the plan shows instead.
  EXPECT_EQ(record.legs[1].presented.ToString(), "+3222000100");
}

TEST(OpenRecord, SaysThatACallerIsNotKnown) {
  Call call = RecordedCall();
  call.calling = E164Number();
  const CallRecord record = OpenRecord(call, kRecordNow).Close(RecordEnd::kStopped, kRecordNow);
  EXPECT_EQ(record.calling_privacy, Privacy::kUnavailable);
}

TEST_F(OpenRecordTest, HasEveryAttemptWithItsCode) {
  First(Dial({0}));
  Next(1, DialEnded({{0, Outcome::kBusy, 486, 17}}), Dial({0}), "trees.desk.on_busy");
  Next(2, DialEnded({{AttemptResult::kNextLeg, Outcome::kNoAnswer, 0, 19}}),
       VoicemailDecision{"desk"});
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(5)));
  EXPECT_THAT(Legs(record), ElementsAre("0.0 busy", "1.0 no_answer"));
  EXPECT_EQ(record.legs[0].sip_status, 486);
  EXPECT_EQ(record.legs[0].q850_cause, 17);
  EXPECT_EQ(record.legs[0].ended_at, After(1));
  EXPECT_EQ(record.legs[1].q850_cause, 19);
  ASSERT_EQ(record.decisions.size(), 3u);
  EXPECT_EQ(record.decisions[1].node, "trees.desk.on_busy");
  EXPECT_EQ(record.decisions[1].after, "dial result");
  EXPECT_EQ(record.decisions[2].action, "voicemail");
  EXPECT_EQ(record.decisions[2].subject, "desk");
}

Event CalledReleased(int target = AttemptResult::kNextLeg) {
  Event event;
  event.kind = EventKind::kCalledReleased;
  if (target >= 0) event.results.push_back({target, Outcome::kAnswered});
  return event;
}

TEST_F(OpenRecordTest, HasAttemptsThatTheSwitchHasMadeByItself) {
  First(Dial({0}));
  CallReport released = Released(ReleasedBy::kCaller, absl::Seconds(60));
  released.attempts = {{AttemptId{0, 0}, Outcome::kBusy, 486, 0},
                       {AttemptId{1, 0}, Outcome::kAnswered, 200, 0}};
  EXPECT_THAT(Legs(End(released)), ElementsAre("0.0 busy", "1.0 answered"));
}

TEST_F(OpenRecordTest, DoesNotTakeAResultForThatOfALegFromBefore) {
  First(Dial({0}));
  // The question after the first has gone unasked.
  Next(2, DialEnded({{AttemptResult::kNextLeg, Outcome::kNoAnswer}}), VoicemailDecision{"desk"});
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(60)));
  EXPECT_TRUE(record.partial);
  EXPECT_EQ(record.legs[0].outcome, std::nullopt);
}

TEST_F(OpenRecordTest, DoesNotTakeALegForAnsweredThatRangAfterACall) {
  First(Dial({0}));
  Next(1, CalledReleased(), Dial({0}), "trees.desk.dial.after.dial");
  EXPECT_THAT(Legs(End(Released(ReleasedBy::kCaller, absl::Seconds(60)))),
              ElementsAre("0.0 answered", "1.0 -"));
}

TEST_F(OpenRecordTest, KnowsThatALegWasAnsweredThatHasEndedTheCall) {
  First(Dial({0}));
  Next(1, CalledReleased(), MenuDecision{"survey"});
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(60)));
  EXPECT_THAT(Legs(record), ElementsAre("0.0 answered"));
  // Nobody has said when it was.
  EXPECT_FALSE(record.legs[0].answered_at.has_value());
  EXPECT_EQ(record.legs[0].ended_at, After(1));
  ASSERT_EQ(record.decisions.size(), 2u);
  EXPECT_EQ(record.decisions[1].after, "called_hangup");
  EXPECT_EQ(record.decisions[1].subject, "survey");
}

TEST_F(OpenRecordTest, KeepsWhenALegWasAnsweredThatHasEndedTheCall) {
  First(Dial({0}));
  Report(ReportKind::kAnswered, 0, AttemptId{0, 0});
  Next(1, CalledReleased(), MenuDecision{"survey"});
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(60)));
  EXPECT_EQ(record.legs[0].answered_at, After(0));
  EXPECT_EQ(record.legs[0].ended_at, After(1));
}

// The caller has hung up: an agent's phone is dialled, and then his.
Action CallingBack(std::vector<int> targets) {
  DialDecision dial = Dial(std::move(targets), LegOrder::kTogether);
  dial.callback = dial.legs[0];
  dial.callback->target = kCallbackTarget;
  dial.callback->number = *E164Number::Parse("+32475123456");
  return dial;
}

TEST_F(OpenRecordTest, HasTheLegsByWhichTheCallerWasCalledBack) {
  First(WaitDecision{"desk"});
  Event wanted;
  wanted.kind = EventKind::kCallbackWanted;
  Next(1, wanted, WaitDecision{"desk"});
  // Nobody answers at first: the caller is not dialled.
  Next(2, DialEnded({}), CallingBack({0}));
  Next(3, DialEnded({{0, Outcome::kBusy}}), CallingBack({1}));
  Report(ReportKind::kAnswered, 30, AttemptId{3, 1});
  Next(4, DialEnded({{kCallbackTarget, Outcome::kNoAnswer}}), WaitDecision{"desk"});
  Next(5, DialEnded({}), CallingBack({2}));
  Report(ReportKind::kAnswered, 50, AttemptId{5, 2});
  Report(ReportKind::kAnswered, 55, AttemptId{5, kCallbackTarget});
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(20)));
  EXPECT_THAT(Legs(record), ElementsAre("2.0 busy", "3.1 answered", "3.1048576 no_answer",
                                        "5.2 answered", "5.1048576 answered"));
  EXPECT_EQ(record.decisions[1].after, "callback_wanted");
  EXPECT_EQ(record.legs[2].number.ToString(), "+32475123456");
  EXPECT_EQ(record.answered_at, After(55)) << "nobody has talked before";
}

TEST_F(OpenRecordTest, DoesNotGuessWhichLegHasEndedTheCall) {
  First(Dial({0, 1}));
  Next(1, CalledReleased(), MenuDecision{"survey"});
  EXPECT_THAT(Legs(End(Released(ReleasedBy::kCaller, absl::Seconds(60)))),
              ElementsAre("0.0 -", "0.1 -"));
}

TEST_F(OpenRecordTest, TakesItFromWhatIsSaidWhichLegHasEndedTheCall) {
  First(Dial({0, 1, 2}, LegOrder::kTogether));
  Next(1, CalledReleased(1), MenuDecision{"survey"});
  EXPECT_THAT(Legs(End(Released(ReleasedBy::kCaller, absl::Seconds(60)))),
              ElementsAre("0.0 cancelled", "0.1 answered", "0.2 cancelled"));
}

TEST_F(OpenRecordTest, HasTheGatewaysThatWereTried) {
  GatewayGroup group;
  group.name = "pstn";
  group.gateways = {{"g1", "sip:gw1.example.net"}, {"g2", "sip:gw2.example.net"}};
  DialDecision dial = Dial({0, 1, 2});
  dial.legs[0].gateways = GatewayOrder(group);
  dial.legs[0].gateways.Add(0);
  dial.legs[0].gateways.Add(1);
  dial.legs[1].gateways = GatewayOrder(group);
  dial.legs[1].gateways.Add(1);
  First(dial);
  AttemptResult result = {0, Outcome::kBusy, 486};
  result.gateway = "g2";
  result.failed_gateways = {{"g1", Outcome::kUnreachable}};
  Next(1, DialEnded({result}), Dial({1, 2}));
  CallReport released = Released(ReleasedBy::kCaller, absl::Seconds(5));
  AttemptEnd answered = {AttemptId{1, 2}, Outcome::kAnswered, 200};
  answered.gateway = "g1";
  released.attempts = {answered};
  const CallRecord record = End(released);
  ASSERT_EQ(record.legs.size(), 3u);
  EXPECT_EQ(record.legs[0].gateway_group, "pstn");
  EXPECT_EQ(record.legs[0].gateway, "g2");
  EXPECT_EQ(record.legs[0].failed_gateways, result.failed_gateways);
  // The only one there was.
  EXPECT_EQ(record.legs[1].gateway, "g2");
  EXPECT_EQ(record.legs[2].gateway_group, "");
  EXPECT_EQ(record.legs[2].gateway, "g1");
}

TEST_F(OpenRecordTest, TakesALegThatIsGivenOutAgainAsTheSame) {
  First(Dial({0, 1, 2}));
  Next(1, DialEnded({{0, Outcome::kBusy}}), Dial({1, 2}));
  Report(ReportKind::kAlerting, 3, AttemptId{0, 1});
  Next(2, DialEnded({{AttemptResult::kNextLeg, Outcome::kRejected}}), Dial({2}));
  const CallRecord record = End(Released(ReleasedBy::kCalled, absl::Seconds(9)));
  EXPECT_THAT(Legs(record), ElementsAre("0.0 busy", "1.1 rejected", "2.2 answered"));
  EXPECT_EQ(record.legs[1].first_step, 0u);
  EXPECT_EQ(record.legs[1].alerting_at, After(3));
}

TEST_F(OpenRecordTest, TakesAnotherTryOfATargetAsAnotherLeg) {
  First(Dial({0}));
  Next(1, DialEnded({{0, Outcome::kNoAnswer}}), Dial({0}));
  EXPECT_THAT(Legs(End(Released(ReleasedBy::kCaller, absl::ZeroDuration()))),
              ElementsAre("0.0 no_answer", "1.0 cancelled"));
}

TEST_F(OpenRecordTest, CancelsWhatRangTogetherWithTheOneThatAnswered) {
  First(Dial({0, 1, 2}, LegOrder::kTogether));
  Report(ReportKind::kAnswered, 4, AttemptId{0, 1});
  const CallRecord record = End(Released(ReleasedBy::kCalled, absl::Seconds(9)));
  EXPECT_THAT(Legs(record), ElementsAre("0.0 cancelled", "0.1 answered", "0.2 cancelled"));
  EXPECT_EQ(record.answered_at, After(4));
}

TEST_F(OpenRecordTest, TakesOneResultForAllThatRangTogether) {
  First(Dial({0, 1}, LegOrder::kTogether));
  Next(1, DialEnded({{AttemptResult::kNextLeg, Outcome::kNoAnswer}}), VoicemailDecision{"desk"});
  EXPECT_THAT(Legs(End(Released(ReleasedBy::kCaller, absl::Seconds(9)))),
              ElementsAre("0.0 no_answer", "0.1 no_answer"));
}

TEST_F(OpenRecordTest, TakesThoseThatAreNotNamedAsGivenUp) {
  First(Dial({0, 1}, LegOrder::kTogether));
  Next(1, DialEnded({{1, Outcome::kRejected}}), VoicemailDecision{"desk"});
  EXPECT_THAT(Legs(End(Released(ReleasedBy::kCaller, absl::Seconds(9)))),
              ElementsAre("0.0 cancelled", "0.1 rejected"));
}

TEST_F(OpenRecordTest, TellsByTheReportOfTheEndWhichOfSeveralAnswered) {
  First(Dial({0, 1, 2}));
  CallReport released = Released(ReleasedBy::kCalled, absl::Seconds(30));
  released.attempts = {{{0, 0}, Outcome::kBusy, 486, 0}, {{0, 1}, Outcome::kAnswered, 200, 0}};
  const CallRecord record = End(released);
  EXPECT_THAT(Legs(record), ElementsAre("0.0 busy", "0.1 answered", "0.2 -"));
  EXPECT_EQ(record.legs[0].sip_status, 486);
  EXPECT_EQ(record.legs[1].answered_at, After(70));
}

TEST_F(OpenRecordTest, DoesNotGuessWhichOfSeveralAnswered) {
  First(Dial({0, 1}));
  const CallRecord record = End(Released(ReleasedBy::kCalled, absl::Seconds(30)));
  EXPECT_THAT(Legs(record), ElementsAre("0.0 -", "0.1 -"));
  EXPECT_EQ(record.answered_at, After(70));
}

TEST_F(OpenRecordTest, DoesNotGuessThatACallWasNotAnswered) {
  First(Dial({0}));
  CallReport released = ReportOf(ReportKind::kReleased);
  released.by = ReleasedBy::kCaller;
  EXPECT_THAT(Legs(End(released)), ElementsAre("0.0 -"));
}

TEST_F(OpenRecordTest, IsNotAnsweredByWhoDoesNotConfirm) {
  First(Dial({0}));
  Report(ReportKind::kAnswered, 3, AttemptId{0, 0});
  Next(1, DialEnded({{AttemptResult::kNextLeg, Outcome::kNotConfirmed}}), Dial({0}), "other");
  Report(ReportKind::kAnswered, 9, AttemptId{1, 0});
  Report(ReportKind::kConfirmed, 11, AttemptId{1, 0});
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(60)));
  EXPECT_THAT(Legs(record), ElementsAre("0.0 not_confirmed", "1.0 answered"));
  EXPECT_EQ(record.answered_at, After(9));
  EXPECT_EQ(record.legs[0].answered_at, After(3));
  EXPECT_EQ(record.legs[1].confirmed_at, After(11));
}

TEST_F(OpenRecordTest, TakesReportsInAnyOrderAndTwice) {
  First(Dial({0}));
  for (int again = 0; again < 2; ++again) {
    Report(ReportKind::kAnswered, 8);
    Report(ReportKind::kAlerting, 2);
  }
  record_.Note(ReportOf(ReportKind::kAlerting), After(9));
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(92)));
  EXPECT_EQ(record.alerting_at, After(2));
  EXPECT_EQ(record.answered_at, After(8));
  EXPECT_THAT(Legs(record), ElementsAre("0.0 answered"));
  EXPECT_THAT(record.events, IsEmpty());
}

TEST_F(OpenRecordTest, ListsWhatHappensBesidesOnce) {
  First(Dial({0}));
  auto report = [&](ReportKind kind, const std::string& to = "") {
    CallReport report = ReportOf(kind);
    report.to = to;
    if (kind == ReportKind::kTransferred) report.transfer = TransferKind::kBlind;
    record_.Note(report, After(1));
    record_.Note(report, After(2));
  };
  report(ReportKind::kHold);
  report(ReportKind::kResumed);
  report(ReportKind::kHold);
  report(ReportKind::kRecordingStarted);
  report(ReportKind::kTransferred, "+3222000300");
  report(ReportKind::kTransferred, "+3222000301");
  report(ReportKind::kForwarded, "+3222000302");
  Report(ReportKind::kHold, 5);
  Report(ReportKind::kHold, 5);
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(9)));
  std::vector<ReportKind> kinds;
  for (const EventRecord& event : record.events) kinds.push_back(event.kind);
  EXPECT_THAT(kinds,
              ElementsAre(ReportKind::kHold, ReportKind::kResumed, ReportKind::kHold,
                          ReportKind::kRecordingStarted, ReportKind::kTransferred,
                          ReportKind::kTransferred, ReportKind::kForwarded, ReportKind::kHold));
  EXPECT_EQ(record.legs[0].forwarded_to, "+3222000302");
}

TEST_F(OpenRecordTest, NotesAStepOnce) {
  First(Dial({0}));
  First(Dial({0}));
  const Event busy = DialEnded({{0, Outcome::kBusy}});
  Next(1, busy, VoicemailDecision{"desk"});
  Next(1, busy, VoicemailDecision{"desk"});
  First(Dial({0}));
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(9)));
  EXPECT_EQ(record.decisions.size(), 2u);
  EXPECT_THAT(Legs(record), ElementsAre("0.0 busy"));
}

TEST_F(OpenRecordTest, HasTheLaterOfTwoAnswersToOneQuestion) {
  First(Dial({0}));
  const Event busy = DialEnded({{0, Outcome::kBusy}});
  Next(1, busy, Dial({1}), "trees.desk.on_busy");
  Next(1, busy, VoicemailDecision{"desk"}, "trees.desk.otherwise");
  const CallRecord record = End(Released(ReleasedBy::kCaller, absl::Seconds(9)));
  ASSERT_EQ(record.decisions.size(), 2u);
  EXPECT_EQ(record.decisions[1].action, "voicemail");
  EXPECT_THAT(Legs(record), ElementsAre("0.0 busy", "1.1 -"));
}

TEST_F(OpenRecordTest, SaysWhoGaveUp) {
  First(Dial({0}));
  Event hangup;
  hangup.kind = EventKind::kCallerReleased;
  Next(1, hangup, ReleaseDecision{{487, 16}, ReleaseReason::kCancelled});
  const CallRecord record = std::move(record_).Close(RecordEnd::kDecided, After(1));
  EXPECT_EQ(record.released_by, ReleasedBy::kCaller);
  EXPECT_EQ(record.released_at, After(1));
  EXPECT_EQ(record.q850_cause, 16);
  EXPECT_EQ(record.decisions.back().release_reason, ReleaseReason::kCancelled);
  EXPECT_THAT(Legs(record), ElementsAre("0.0 cancelled"));
}

TEST_F(OpenRecordTest, CountsWhatItHasNoRoomFor) {
  constexpr int kSteps = CallRecord::kMaxEntries + 6;
  First(Dial({0}));
  for (int step = 1; step < kSteps; ++step) {
    Next(step, DialEnded({{AttemptResult::kNextLeg, Outcome::kBusy}}), Dial({0}));
    CallReport transferred = ReportOf(ReportKind::kTransferred);
    transferred.to = std::to_string(step);
    record_.Note(transferred, After(step));
  }
  const CallRecord record = std::move(record_).Close(RecordEnd::kStopped, After(1));
  EXPECT_EQ(record.legs.size(), CallRecord::kMaxEntries);
  EXPECT_EQ(record.legs_left_out, 6u);
  EXPECT_EQ(record.decisions.size(), CallRecord::kMaxEntries);
  EXPECT_EQ(record.decisions_left_out, 6u);
  EXPECT_EQ(record.decisions.back().step, static_cast<uint32_t>(kSteps - 1));
  EXPECT_EQ(record.events.size(), CallRecord::kMaxEntries);
  EXPECT_EQ(record.events_left_out, 5u);
}

TEST(OpenRecord, OfACallThatBeganElsewhereKnowsWhatTheContinuationSays) {
  CallState state;
  state.called = *E164Number::Parse("+3222000100");
  state.calling = *E164Number::Parse("+32475123456");
  state.arrival_micros = absl::ToUnixMicros(kRecordNow);
  state.correlation = {1, 2};
  OpenRecord open(RecordedCall().id, state);
  const Event busy = DialEnded({{3, Outcome::kBusy, 486}});
  open.Note({2, &busy, RecordedDecision(VoicemailDecision{"desk"})}, After(9));
  const CallRecord record = std::move(open).Close(RecordEnd::kStopped, After(10));
  EXPECT_TRUE(record.partial);
  EXPECT_FALSE(record.complete());
  EXPECT_EQ(record.arrived_at, kRecordNow);
  EXPECT_EQ(record.calling.ToString(), "+32475123456");
  ASSERT_EQ(record.legs.size(), 1u);
  EXPECT_EQ(record.legs[0].attempt.ToString(), "1.3");
  EXPECT_EQ(record.legs[0].outcome, Outcome::kBusy);
  EXPECT_FALSE(record.legs[0].offered_at.has_value());
}

TEST(OpenRecord, OfACallThatBeganElsewhereHasResultsThatNameNoAttempt) {
  OpenRecord open(RecordedCall().id, CallState());
  const Event busy = DialEnded(
      {{AttemptResult::kNextLeg, Outcome::kBusy}, {AttemptResult::kNextLeg, Outcome::kRejected}});
  open.Note({1, &busy, RecordedDecision(VoicemailDecision{"desk"})}, After(9));
  const CallRecord record = std::move(open).Close(RecordEnd::kStopped, After(10));
  ASSERT_EQ(record.legs.size(), 2u);
  EXPECT_EQ(record.legs[0].outcome, Outcome::kBusy);
  EXPECT_EQ(record.legs[1].outcome, Outcome::kRejected);
  EXPECT_EQ(record.legs[1].attempt.target, AttemptResult::kNextLeg);
}

TEST_F(OpenRecordTest, SurvivesTimesThatMakeNoSense) {
  First(Dial({0}));
  CallReport released = Released(ReleasedBy::kCaller, absl::Hours(24 * 365 * 9000));
  const CallRecord record = End(released);
  EXPECT_FALSE(record.answered_at.has_value());
  EXPECT_EQ(record.talking, absl::Hours(24 * 365 * 9000));
}

}  // namespace
}  // namespace libroute
