#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

// How long and how often a dial node tries.
namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(DialRounds, TriesAllAgainThatMayAnswerYet) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back, web], rounds: 2, ", On("otherwise"), " }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front, back, web");
  EXPECT_EQ(std::get<DialDecision>(call.decision().action).rounds_left, 1);
  EXPECT_EQ(call.Tell("busy"), "dial back, web");
  EXPECT_EQ(call.Tell("rejected"), "dial web");
  EXPECT_EQ(call.Tell("no_answer"), "dial front, web") << "who has said no is not asked again";
  EXPECT_EQ(std::get<DialDecision>(call.decision().action).rounds_left, 0);
  EXPECT_EQ(call.state().attempts, 5);
  EXPECT_EQ(call.Tell("busy"), "dial web");
  EXPECT_EQ(call.Tell("busy"), "announce otherwise 30s");
}

TEST(DialRounds, TogetherToo) {
  TestPlan plan(
      absl::StrCat("dial: { to: [front, back], order: together, rounds: 3, ", On("on_busy"), " }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front, back together");
  EXPECT_EQ(call.Tell("busy"), "dial front, back together");
  EXPECT_EQ(call.Tell("busy"), "dial front, back together");
  EXPECT_EQ(call.Tell("busy"), "announce on_busy 30s");
}

TEST(DialRounds, EndsWhenNothingIsLeftThatMayChange) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back], rounds: 5, ", On("on_rejected"), ", ",
                             On("on_bad_number"), " }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("rejected"), "dial back");
  EXPECT_EQ(call.Tell("bad_number"), "announce on_rejected 30s");
}

TEST(DialRounds, AGlobalNoSettlesItsTarget) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back], rounds: 2, ", On("otherwise"), " }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("sip:600"), "dial back");
  EXPECT_EQ(call.Tell("busy"), "dial back") << "front is busy everywhere";
}

TEST(DialRounds, ThoseThatComeUpMeanwhileAreTriedInTheNextRound) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back], rounds: 2, ", On("otherwise"), " }"));
  plan.SetDestination("front", Status::kDown);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial back");
  plan.SetDestination("front", Status::kUp);
  EXPECT_EQ(call.Tell("busy"), "dial front, back");
}

TEST(DialRounds, ARoundWithoutAnyTargetIsTheLast) {
  TestPlan plan(absl::StrCat("dial: { to: [front], rounds: 5, ", On("otherwise"), " }"));
  TestCall call(plan);
  call.Ask();
  plan.SetDestination("front", Status::kDown);
  EXPECT_EQ(call.Tell("busy"), "announce otherwise 30s");
  EXPECT_EQ(TestCall(plan).Ask(), "announce otherwise 30s");
}

TEST(DialRounds, KeepTheOrderOfTheHunt) {
  TestPlan plan("dial: { to: [front, back, web], hunt: circular, rounds: 2 }");
  TestCall(plan).Ask();
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial back, web, front");
  call.Tell("busy");
  call.Tell("busy");
  EXPECT_EQ(call.Tell("busy"), "dial back, web, front");
}

TEST(DialRounds, TakeOnlyTheAttemptsThatAreLeft) {
  TestPlan plan("dial: { to: [front, back], rounds: 3 }");
  TestCall call(plan);
  call.MaxAttempts(3).Ask();
  call.Tell("busy");
  EXPECT_EQ(call.Tell("busy"), "dial front");
  EXPECT_EQ(call.Tell("busy"), "release 486/17 too many attempts");
}

TEST(DialRounds, OnePersonSpeaksForAllTelephones) {
  const std::string rest = absl::StrCat(On("on_rejected"), ", ", On("on_busy"), " }");
  TestPlan person(absl::StrCat("dial: { to: [front, back], one_person: true, ", rest));
  TestPlan others(absl::StrCat("dial: { to: [front, back], ", rest));
  for (absl::string_view no : {"sip:603", "sip:607", "sip:608"}) {
    TestCall call(person);
    call.Ask();
    EXPECT_EQ(call.Tell(no), "announce on_rejected 30s") << no;
    EXPECT_THAT(call.Way().front(), HasSubstr("the person has said so for all telephones"));
    TestCall other(others);
    other.Ask();
    EXPECT_EQ(other.Tell(no), "dial back") << no;
  }
  TestCall busy(person);
  busy.Ask();
  EXPECT_EQ(busy.Tell("sip:600"), "announce on_busy 30s");
  TestCall one(person);
  one.Ask();
  EXPECT_EQ(one.Tell("sip:486"), "dial back") << "one telephone is busy, not the person";
}

TEST(DialTime, ABoundCountsFromTheFirstLeg) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back, web], total: 40s, ", On("on_no_answer"), " }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front, back, web within 40s");
  EXPECT_EQ(call.Now("2026-11-23 10:00:25").Tell("no_answer"), "dial back, web within 15s");
  EXPECT_EQ(call.Now("2026-11-23 10:00:40").Tell("no_answer"), "announce on_no_answer 30s");
  EXPECT_THAT(call.Way().front(), HasSubstr("no time is left: no_answer"));
}

TEST(DialTime, ABoundBeginsAgainAtTheNextNode) {
  TestPlan plan(
      "dial: { to: front, total: 20s, otherwise: { dial: { to: back, total: 5s } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Now("2026-11-23 10:00:20").Tell("no_answer"), "dial back within 5s");
}

TEST(DialTime, StaggeredLegsBeginOneAfterTheOther) {
  TestPlan plan("dial: { to: [front, back, web], order: together, stagger: 5s }");
  plan.SetDestination("back", Status::kDown);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front, web together");
  EXPECT_EQ(call.leg(0).start_after, absl::ZeroDuration());
  EXPECT_EQ(call.leg(1).start_after, absl::Seconds(5)) << "nobody waits for what is down";
}

TEST(DialTime, CountsIntoHowLongACallIsUnanswered) {
  // Each takes 26 s, and the bound is 300 s in test plans.
  EXPECT_THAT(IssuesOf("dial: { to: [front, web], rounds: 5 }"), IsEmpty());
  EXPECT_THAT(IssuesOf("dial: { to: [front, web, \"+33123456789\"], rounds: 4 }"),
              ElementsAre("error unanswered-too-long trees.main.dial"));
  EXPECT_THAT(IssuesOf("dial: { to: [front, web, \"+33123456789\"], rounds: 4, total: 60s }"),
              IsEmpty());
  EXPECT_THAT(IssuesOf("dial: { to: [front, web], order: together, stagger: 60s, rounds: 4 }"),
              ElementsAre("error unanswered-too-long trees.main.dial"));
}

TEST(DialTime, IsChecked) {
  EXPECT_THAT(IssuesOf("dial: { to: [front, web], stagger: 5s }"),
              ElementsAre("error bad-value trees.main.dial.stagger"));
  EXPECT_THAT(IssuesOf("dial: { to: front, total: 26s }"),
              ElementsAre("warning no-effect trees.main.dial.total"));
  EXPECT_THAT(IssuesOf("dial: { to: front, rounds: 6, total: 301s }"),
              ElementsAre("error bad-value trees.main.dial.rounds",
                          "error bad-value trees.main.dial.total"));
}

}  // namespace
}  // namespace libroute
