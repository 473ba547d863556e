#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Outcome kBusy = Outcome::kBusy;

constexpr Outcome kNoAnswer = Outcome::kNoAnswer;

TEST(DialNode, OffersAllTargetsInTheirOrder) {
  TestPlan plan("dial: { to: [back, front, \"+33123456789\", \"sip:x@example.net\"] }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial back, front, +33123456789, sip:x@example.net");
  EXPECT_TRUE(call.decision().resumable);
  EXPECT_FALSE(call.decision().answered);
  EXPECT_EQ(call.leg(2).target, 2);
  EXPECT_EQ(call.decision().node, "trees.main.dial");
}

TEST(DialNode, GoesOnWithTheTargetsThatAreLeft) {
  TestPlan plan(absl::StrCat("dial: { to: [back, front, web], ", On("on_busy"), " }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("busy"), "dial front, web");
  EXPECT_EQ(call.Tell("busy"), "dial web");
  EXPECT_EQ(call.leg(0).target, 2);
  EXPECT_EQ(call.Tell("busy"), "announce on_busy 30s");
}

TEST(DialNode, TakesSeveralResultsAtOnce) {
  TestPlan plan(absl::StrCat("dial: { to: [back, front, web], ", On("on_busy"), " }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell(DialEvent({{0, kBusy}, {1, kBusy}})), "dial web");
  EXPECT_EQ(call.Tell(DialEvent({{2, kBusy}})), "announce on_busy 30s");
  TestCall unnamed(plan);
  unnamed.Ask();
  Event twice = DialEvent({{AttemptResult::kNextLeg, kBusy}, {AttemptResult::kNextLeg, kBusy}});
  EXPECT_EQ(unnamed.Tell(twice), "dial web");
}

TEST(DialNode, ThoseDialledTogetherEndTogether) {
  TestPlan plan(absl::StrCat("dial: { to: [back, front], order: together, ", On("on_busy"), ", ",
                             On("on_no_answer"), " }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial back, front together");
  TestCall partial = call;
  TestCall both = call;
  EXPECT_EQ(call.Tell("busy"), "announce on_busy 30s");
  EXPECT_EQ(partial.Tell(DialEvent({{1, kNoAnswer}})), "announce on_no_answer 30s");
  EXPECT_EQ(both.Tell(DialEvent({{0, kBusy}, {1, kNoAnswer}})), "announce on_no_answer 30s");
}

TEST(DialNode, SkipsTargetsKnownToBeBusyOrDown) {
  TestPlan plan("dial: { to: [front, back, \"+33123456789\"] }");
  plan.SetSite("north", Status::kDown);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial back, +33123456789");
  EXPECT_EQ(call.leg(0).target, 1);
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kStatus));
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("destination front | can be tried | known to be unreachable | no",
                          "destination back | can be tried | nothing speaks against it | yes",
                          "+33123456789 | can be tried | nothing speaks against it | yes"));
  EXPECT_EQ(call.Way().back(), "trees.main.dial dial:  (dials 2 targets in order)");
}

TEST(DialNode, TakesTheBranchOfWhatIsKnownWithoutTrying) {
  TestPlan plan(
      absl::StrCat("dial: { to: [front, back], ", On("on_busy"), ", ", On("on_unreachable"), " }"));
  plan.SetDestination("front", Status::kDown);
  plan.SetDestination("back", Status::kDown);
  TestCall down(plan);
  EXPECT_EQ(down.Ask(), "announce on_unreachable 30s");
  EXPECT_EQ(down.state().attempts, 0);
  plan.SetDestination("back", Status::kBusy);
  EXPECT_EQ(TestCall(plan).Ask(), "announce on_busy 30s");
}

TEST(DialNode, SkipsWhatWentDownMeanwhile) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back, web], ", On("otherwise"), " }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front, back, web");
  plan.SetDestination("back", Status::kDown);
  EXPECT_EQ(call.Tell("no_answer"), "dial web");
  plan.SetDestination("web", Status::kDown);
  EXPECT_EQ(call.Tell("busy"), "announce otherwise 30s");
}

TEST(DialNode, RefusesResultsOfNoLeg) {
  TestPlan plan("dial: { to: [front, back] }");
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Tell(DialEvent({{2, kBusy}})), HasSubstr("INVALID_ARGUMENT: event: the result "
                                                            "for target 2 is not of a leg"));
  EXPECT_THAT(call.Tell(DialEvent({{0, kBusy}, {0, kBusy}})), HasSubstr("given twice"));
  EXPECT_THAT(call.Tell(DialEvent({{1000000, kBusy}})), HasSubstr("INVALID_ARGUMENT"));
  EXPECT_EQ(call.Tell(DialEvent({{0, kBusy}})), "dial back");
  EXPECT_THAT(call.Tell(DialEvent({{0, kBusy}})), HasSubstr("given twice"));
  plan.SetDestination("front", Status::kDown);
  TestCall skipping(plan);
  skipping.Ask();
  EXPECT_THAT(skipping.Tell(DialEvent({{0, kBusy}})), HasSubstr("not of a leg"));
}

TEST(DialNode, RefusesEventsThatTellNoFailure) {
  TestPlan plan("dial: { to: [front, back] }");
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Tell("answered"), HasSubstr("tell of it by Report"));
  EXPECT_THAT(call.Tell("digits:1"),
              HasSubstr("digits cannot follow dial; expected the results of its attempts"));
  for (absl::string_view event : {"no_input", "played", "timeout", "no_agents"}) {
    EXPECT_THAT(call.Tell(event), HasSubstr("INVALID_ARGUMENT: event: ")) << event;
  }
  EXPECT_THAT(call.Tell(DialEvent({})), HasSubstr("INVALID_ARGUMENT: event: ")) << "no results";
  EXPECT_EQ(call.Tell("busy"), "dial back");
}

TEST(DialNode, EndsWhenTheCallerGivesUp) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back], ", On("otherwise"), " }"));
  for (absl::string_view event : {"hangup", "cancelled"}) {
    TestCall call(plan);
    call.Ask();
    EXPECT_EQ(call.Tell(event), "release 487/16 cancelled") << event;
    EXPECT_EQ(call.Way().back(), "trees.main.dial dial:  (the caller gave up)");
    EXPECT_FALSE(call.decision().resumable);
  }
}

TEST(DialNode, ReportsWhatCannotBeDialled) {
  EXPECT_THAT(IssuesOf("dial: { to: [] }"), ElementsAre("error missing trees.main.dial.to"));
  EXPECT_THAT(
      IssuesOf("dial: { to: [front, fornt, \"+32\", \"http://x\", \"+3222000111\", front] }"),
      ElementsAre(
          "error unknown-name trees.main.dial.to[1]", "error bad-address trees.main.dial.to[2]",
          "error bad-address trees.main.dial.to[3]", "error duplicate trees.main.dial.to[5]"));
  EXPECT_THAT(
      IssuesOf("dial: { to: front, setup: 0s, ring: 301s }"),
      ElementsAre("error bad-value trees.main.dial.setup", "error bad-value trees.main.dial.ring"));
  EXPECT_THAT(IssuesOf("dial: { to: front, setup: 120s, ring: 1s }"), IsEmpty());
}

TEST(DialNode, ReportsItsBranchesEvenWithoutTargets) {
  EXPECT_THAT(IssuesOf("dial: { to: [], on_busy: { goto: nowhere }, otherwise: {} }"),
              ElementsAre("error missing trees.main.dial.to",
                          "error unknown-name trees.main.dial.on_busy.goto",
                          "error dead-end trees.main.dial.otherwise"));
}

TEST(DialNode, HasAtMostSixteenTargets) {
  std::string targets;
  for (int i = 10; i < 26; ++i)
    absl::StrAppend(&targets, i == 10 ? "" : ", ", "\"+32220003", i, "\"");
  EXPECT_THAT(IssuesOf(absl::StrCat("dial: { to: [", targets, "], order: together }")), IsEmpty());
  EXPECT_THAT(IssuesOf(absl::StrCat("dial: { to: [", targets, ", front], order: together }")),
              ElementsAre("error too-long trees.main.dial.to"));
  TestPlan plan(
      absl::StrCat("dial: { to: [", targets, "], ring: 1s, setup: 1s, ", On("on_busy"), " }"));
  TestCall call(plan);
  call.Ask();
  for (int i = 0; i < 15; ++i) EXPECT_THAT(call.Tell("busy"), HasSubstr("dial +32220003")) << i;
  EXPECT_EQ(call.Tell("busy"), "announce on_busy 30s");
}

TEST(DialNode, TakesNoOrderThatItDoesNotKnow) {
  v1::Plan plan = ReadTestPlan("dial: { to: front }");
  plan.mutable_trees()->at("main").mutable_dial()->set_order(static_cast<v1::Dial::Order>(3));
  EXPECT_THAT(IssuesOf(plan), testing::Contains("error bad-value trees.main.dial.order"));
}

}  // namespace
}  // namespace libroute
