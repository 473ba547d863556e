#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr absl::string_view kCalledBack =
    "agents: { group: team, wait: 60s, message: music, announcements: [{ message: busy }], "
    "callback: { key: \"1\", offer_after: 30s, message: you-will-be-called, within: 2h, "
    "attempts: 2, retry_after: 5m, ring: 25s }, on_timeout: { voicemail: { mailbox: late } } }";

const WaitDecision& WaitOf(const TestCall& call) {
  return std::get<WaitDecision>(call.decision().action);
}

Event Changed() {
  Event changed;
  changed.kind = EventKind::kContactChanged;
  return changed;
}

Event NotReached(Outcome outcome = Outcome::kNoAnswer) {
  Event event;
  event.kind = EventKind::kDialResult;
  event.results.push_back({kCallbackTarget, outcome});
  return event;
}

// Somebody is to take the call.
ContactNow Anna() {
  ContactNow contact;
  contact.phones.push_back({7, "anna", *E164Number::Parse("+3222000201"), "", absl::Seconds(15)});
  return contact;
}

TEST(AgentsCallback, IsOfferedToWhoWaits) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "wait team 1m");
  EXPECT_EQ(WaitOf(call).callback_key, '1');
  EXPECT_EQ(WaitOf(call).callback_after, absl::Seconds(30));
  EXPECT_FALSE(WaitOf(call).promise.has_value());
  TestPlan without("agents: { group: team, otherwise: { release: {} } }");
  TestCall other(without);
  other.Ask();
  EXPECT_EQ(WaitOf(other).callback_key, 0);
  EXPECT_THAT(other.Tell("callback"),
              HasSubstr("callback_wanted cannot follow a decision without `callback`"));
}

TEST(AgentsCallback, PromisesToCallTheNumberThatCalls) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("callback"), "wait team 2h");
  const WaitDecision& wait = WaitOf(call);
  EXPECT_EQ(wait.message, "you-will-be-called");
  EXPECT_TRUE(wait.announcements.empty());
  EXPECT_EQ(wait.callback_key, 0);
  ASSERT_TRUE(wait.promise.has_value());
  EXPECT_EQ(wait.promise->number.ToString(), "+32470000000");
  EXPECT_EQ(wait.promise->attempts_left, 2);
  EXPECT_EQ(wait.promise->rests_until, absl::InfinitePast());
  EXPECT_THAT(call.Way().back(), HasSubstr("the caller is called back at +32470000000"));
  EXPECT_THAT(call.Tell("callback"), HasSubstr("it is promised already"));
}

TEST(AgentsCallback, DialsTheCallerForAnAgentAlone) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  call.Ask();
  call.Tell("callback:+3223456789");
  const ContactNow anna = Anna();
  call.Stands(anna);
  EXPECT_THAT(call.Tell(Changed()), HasSubstr("dial"));
  const auto& dial = std::get<DialDecision>(call.decision().action);
  ASSERT_EQ(dial.legs.size(), 1u);
  EXPECT_EQ(dial.legs[0].agent, "anna");
  EXPECT_EQ(dial.legs[0].presented.ToString(), "+3223456789") << "whom she calls";
  EXPECT_EQ(dial.legs[0].ringback, "") << "nobody hears it";
  ASSERT_TRUE(dial.callback.has_value());
  EXPECT_EQ(dial.callback->target, kCallbackTarget);
  EXPECT_EQ(dial.callback->number.ToString(), "+3223456789");
  EXPECT_EQ(dial.callback->ring_timeout, absl::Seconds(25));
  EXPECT_EQ(dial.callback->presented.ToString(), "+3222000100") << "whom the caller knows";
  EXPECT_EQ(dial.callback->trigger, Trigger::kAllow) << "it may have a plan of its own";
  EXPECT_EQ(dial.callback->charge_to, "ann");
  EXPECT_EQ(dial.callback->charged_number.ToString(), "+3222000100");
  // Her phone did not answer, so the caller's is not dialled.
  const ContactNow nobody;
  call.Stands(nobody);
  EXPECT_THAT(call.Tell("no_answer"), HasSubstr("wait team"));
  EXPECT_EQ(WaitOf(call).promise->attempts_left, 2);
  EXPECT_EQ(WaitOf(call).message, "") << "the caller has heard it";
}

TEST(AgentsCallback, TriesAgainLaterAndNotMoreOftenThanMayBe) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  call.At("2026-11-23 10:00").Ask();
  call.Tell("callback");
  const ContactNow anna = Anna();
  const ContactNow nobody;
  call.Stands(anna).Tell(Changed());
  call.Stands(nobody);
  EXPECT_EQ(call.Tell(NotReached()), "wait team 2h");
  EXPECT_EQ(WaitOf(call).promise->attempts_left, 1);
  EXPECT_EQ(WaitOf(call).promise->rests_until,
            absl::FromCivil(absl::CivilMinute(2026, 11, 23, 9, 5), absl::UTCTimeZone()));
  call.Stands(anna).Tell(Changed());
  call.Stands(nobody);
  EXPECT_THAT(call.Tell(NotReached(Outcome::kBusy)), HasSubstr("release"));
  EXPECT_EQ(std::get<ReleaseDecision>(call.decision().action).reason,
            ReleaseReason::kAttemptsFailed);
  EXPECT_THAT(call.Way().back(), HasSubstr("called as often as may be"));
  EXPECT_FALSE(call.decision().resumable);
}

TEST(AgentsCallback, AnAgentWhoHangsUpFirstHasTriedAsWell) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  call.Ask();
  call.Tell("callback");
  const ContactNow anna = Anna();
  call.Stands(anna).Tell(Changed());
  const ContactNow nobody;
  call.Stands(nobody);
  EXPECT_EQ(call.Tell(NotReached(Outcome::kCancelled)), "wait team 2h");
}

TEST(AgentsCallback, IsOverWithItsTimeAndGoesNoOtherWay) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  call.At("2026-11-23 10:00").Ask();
  call.Tell("callback");
  TestCall late = call;
  EXPECT_THAT(call.Tell("timeout"), HasSubstr("release"))
      << "nobody is there to be sent to the voicemail";
  const ContactNow anna = Anna();
  late.Now("2026-11-23 12:00").Stands(anna);
  EXPECT_THAT(late.Tell(Changed()), HasSubstr("release"));
  EXPECT_THAT(late.Way().back(), HasSubstr("the time for calling back is over"));
}

TEST(AgentsCallback, IsACallAsAnyOnceTheCallerIsReached) {
  TestPlan plan(
      "agents: { group: team, message: music, callback: { key: \"1\" }, otherwise: { release: {} "
      "}, "
      "after: { announce: { message: goodbye } } }");
  TestCall call(plan);
  call.Ask();
  call.Tell("callback");
  const ContactNow anna = Anna();
  call.Stands(anna).Tell(Changed());
  TestCall handed_on = call;
  EXPECT_THAT(call.Tell("called_hangup"), HasSubstr("announce goodbye"));
  ContactNow bob = Anna();
  bob.is_called_back = true;
  handed_on.Stands(bob);
  handed_on.Tell(Changed());
  const auto& dial = std::get<DialDecision>(handed_on.decision().action);
  EXPECT_FALSE(dial.callback.has_value());
  EXPECT_EQ(dial.legs.at(0).ringback, "music");
}

TEST(AgentsCallback, TheCallerMayTakeItBack) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  call.Ask();
  call.Tell("callback");
  EXPECT_THAT(call.Tell("hangup"), HasSubstr("release"));
}

TEST(AgentsCallback, ReadsNumbersAsThePlansCountryDialsThem) {
  TestPlan plan(kCalledBack, "numbering: { country: BE }");
  TestCall call(plan);
  call.Ask();
  call.Tell("callback:0475123456");
  EXPECT_EQ(WaitOf(call).promise->number.ToString(), "+32475123456");
}

TEST(AgentsCallback, CallsNobodyWhoEarnsByThatAndNobodyUnknown) {
  TestPlan plan(kCalledBack, "numbering: { country: BE }");
  TestCall call(plan);
  call.Ask();
  const auto refused = [&](absl::string_view number, absl::string_view why) {
    TestCall caller = call;
    const std::string told = caller.Tell(absl::StrCat("callback:", number));
    EXPECT_THAT(told,
                HasSubstr(absl::StrCat("INVALID_ARGUMENT: event.callback_wanted.number: \"")));
    EXPECT_THAT(told, HasSubstr(std::string(why)));
    // The call waits on.
    EXPECT_EQ(caller.Tell("timeout"), "voicemail late after unconditional");
  };
  refused("+3290212345", "is of kind premium");
  refused("+32902123456789", "is of kind");
  refused("090212345", "is of kind premium");
  refused("112", "cannot be read");
  refused("+32112", "cannot be read");
  refused("+3278150000", "is of kind");
  refused("+3280012345", "is of kind freephone");
  refused("+882161234567", "is of kind");
  refused("+33142345678", "another country");
  refused("+3222000100", "is the number that was called");
  refused("nonsense", "cannot be read");
}

TEST(AgentsCallback, CallsAbroadWhereThePlanSaysSo) {
  TestPlan plan(kCalledBack, "allowed_destinations: { countries: [BE, FR] }");
  TestCall call(plan);
  call.Ask();
  TestCall other = call;
  call.Tell("callback:+33142345678");
  EXPECT_EQ(WaitOf(call).promise->number.ToString(), "+33142345678");
  EXPECT_THAT(other.Tell("callback:+442079460000"), HasSubstr("a number of GB"));
}

// Callers choose what they show.
TEST(AgentsCallback, CallsNobodyAbroadEitherWhoShowsSuchANumber) {
  TestPlan plan(kCalledBack);
  for (const char* number : {"", "+33142345678"}) {
    TestCall call(plan);
    call.From("+33142345678").Verified(Verstat::kPassed).Ask();
    EXPECT_THAT(call.Tell(absl::StrCat("callback", *number == 0 ? "" : ":", number)),
                HasSubstr("is of another country than the number that was called"));
    EXPECT_EQ(call.Tell("callback:+3223456789"), "wait team 2h");
  }
  TestPlan says_so(kCalledBack, "allowed_destinations: { countries: [BE, FR] }");
  TestCall call(says_so);
  call.From("+33142345678").Ask();
  EXPECT_EQ(call.Tell("callback"), "wait team 2h");
}

TEST(AgentsCallback, CallsANumberOfWhichTooLittleIsKnownWhereThePlanSaysWhereTo) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  call.From("+3211111111111").Ask();
  EXPECT_THAT(call.Tell("callback"), HasSubstr("is of kind unknown"));
  TestPlan says_so(kCalledBack, "allowed_destinations: { numbers: [\"+3211*\"] }");
  TestCall other(says_so);
  other.From("+3211111111111").Ask();
  EXPECT_EQ(other.Tell("callback"), "wait team 2h");
  TestCall typed(says_so);
  typed.Ask();
  EXPECT_THAT(typed.Tell("callback:+3211111111111"), HasSubstr("is of kind unknown"));
}

TEST(AgentsCallback, CallsALineOfThePlanAsItIs) {
  TestPlan plan(kCalledBack, "lines: { ann: { number: \"+3222000301\" } }");
  TestCall call(plan);
  call.Ask();
  call.Tell("callback:+3222000301");
  const ContactNow anna = Anna();
  call.Stands(anna).Tell(Changed());
  EXPECT_EQ(std::get<DialDecision>(call.decision().action).callback->trigger, Trigger::kSuppress);
}

TEST(AgentsCallback, AnAnsweredAttemptNeedsNoDecision) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  call.Ask();
  call.Tell("callback");
  const ContactNow anna = Anna();
  call.Stands(anna).Tell(Changed());
  EXPECT_THAT(call.Tell(NotReached(Outcome::kAnswered)), HasSubstr("tell of it by Report"));
}

TEST(AgentsCallback, WhoWithholdsTheNumberHasToGiveOne) {
  TestPlan plan(kCalledBack);
  TestCall call(plan);
  call.Withheld().Ask();
  EXPECT_THAT(call.Tell("callback"), HasSubstr("not known, or withheld; ask the caller for one"));
  EXPECT_EQ(call.Tell("callback:+3223456789"), "wait team 2h");
}

TEST(AgentsCallback, HasTimesAndAttemptsIfNothingIsSaid) {
  TestPlan plan("agents: { group: team, callback: { key: \"*\" }, otherwise: { release: {} } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(WaitOf(call).callback_key, '*');
  EXPECT_EQ(WaitOf(call).callback_after, absl::ZeroDuration());
  EXPECT_EQ(call.Tell("callback"), "wait team 4h");
  EXPECT_EQ(WaitOf(call).promise->attempts_left, 2);
  EXPECT_EQ(WaitOf(call).promise->retry_after, absl::Minutes(5));
}

TEST(AgentsCallback, ReportsWhatCannotBeMeant) {
  const auto issues = [](absl::string_view callback) {
    return IssuesOf(absl::StrCat("agents: { group: team, otherwise: { release: {} }, callback: { ",
                                 callback, " } }"));
  };
  EXPECT_THAT(issues("attempts: 1"), ElementsAre("error missing trees.main.agents.callback.key"));
  EXPECT_THAT(issues("key: \"12\""), ElementsAre("error bad-value trees.main.agents.callback.key"));
  EXPECT_THAT(issues("key: \"1\", offer_after: 2h, within: 25h, attempts: 6, retry_after: 10s, "
                     "ring: 1s, message: \"no name\""),
              ElementsAre("error bad-value trees.main.agents.callback.offer_after",
                          "error bad-name trees.main.agents.callback.message",
                          "error bad-value trees.main.agents.callback.within",
                          "error out-of-range trees.main.agents.callback.attempts",
                          "error bad-value trees.main.agents.callback.retry_after",
                          "error bad-value trees.main.agents.callback.ring"));
  EXPECT_THAT(issues("key: \"1\", within: 4m"),
              ElementsAre("warning never trees.main.agents.callback.retry_after"));
  EXPECT_THAT(issues("key: \"1\", within: 4m, attempts: 1"), ElementsAre());
  EXPECT_THAT(issues("key: \"1\", offer_after: 2m"),
              ElementsAre("warning no-effect trees.main.agents.callback.offer_after"));
  EXPECT_THAT(issues("key: \"1\", offer_after: 119s"), ElementsAre());
}

}  // namespace
}  // namespace libroute
