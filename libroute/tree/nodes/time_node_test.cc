#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/schedule/test_rules.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kOfficeHours =
    "time: { cases: [{ schedule: office, then: { dial: { to: front } } }], "
    "otherwise: { announce: { message: closed } } }";

std::string AskedAt(const TestPlan& plan, absl::string_view local) {
  return TestCall(plan).At(local).Ask();
}

TEST(TimeNode, IsOpenFromTheFirstSecondToTheLast) {
  TestPlan plan(kOfficeHours);
  EXPECT_EQ(AskedAt(plan, "2026-11-23 08:59:59"), "announce closed 30s");
  EXPECT_EQ(AskedAt(plan, "2026-11-23 09:00:00"), "dial front");
  EXPECT_EQ(AskedAt(plan, "2026-11-23 16:59:59"), "dial front");
  EXPECT_EQ(AskedAt(plan, "2026-11-23 17:00:00"), "announce closed 30s");
  EXPECT_EQ(AskedAt(plan, "2026-11-22 10:00:00"), "announce closed 30s") << "a Sunday";
}

TEST(TimeNode, StaysOpenAcrossMidnight) {
  TestPlan plan(
      "time: { cases: [{ schedule: night, then: { dial: { to: back } } }], "
      "otherwise: { dial: { to: front } } }");
  EXPECT_EQ(AskedAt(plan, "2026-11-23 21:59:59"), "dial front");
  EXPECT_EQ(AskedAt(plan, "2026-11-23 23:59:59"), "dial back");
  EXPECT_EQ(AskedAt(plan, "2026-11-24 00:00:00"), "dial back");
  EXPECT_EQ(AskedAt(plan, "2026-11-24 05:59:59"), "dial back");
  EXPECT_EQ(AskedAt(plan, "2026-11-24 06:00:00"), "dial front");
}

TEST(TimeNode, FollowsLocalTimeWhenClocksChange) {
  TestPlan plan(kOfficeHours);
  // 25 October 2026: the last week of summer time, +02:00, and the next one.
  EXPECT_EQ(AskedAt(plan, "2026-10-23 09:00"), "dial front");
  EXPECT_EQ(AskedAt(plan, "2026-10-26 08:59"), "announce closed 30s");
  EXPECT_EQ(AskedAt(plan, "2026-10-26 09:00"), "dial front");
}

TEST(TimeNode, TakesTheFirstOfSeveralOpenSchedules) {
  TestPlan plan(
      "time: { cases: [{ schedule: lunch, then: { announce: { message: lunch } } },"
      " { schedule: office, then: { dial: { to: front } } }], otherwise: { release: {} } }");
  EXPECT_EQ(AskedAt(plan, "2026-11-23 12:30"), "announce lunch 30s");
  EXPECT_EQ(AskedAt(plan, "2026-11-23 13:00"), "dial front");
  EXPECT_EQ(AskedAt(plan, "2026-11-22 12:30"), "announce lunch 30s");
  EXPECT_EQ(AskedAt(plan, "2026-11-22 13:00"), "release 480/16 plan");
}

TEST(TimeNode, HoldsTheDecisionUntilTheNextBoundary) {
  TestPlan plan(
      "time: { cases: [{ schedule: lunch, then: { announce: { message: lunch } } },"
      " { schedule: office, then: { dial: { to: front } } }], otherwise: { release: {} } }");
  auto until = [&](absl::string_view local) {
    TestCall call(plan);
    call.At(local).Ask();
    EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kTime));
    return Utc(call.decision().use_if_unreachable_until);
  };
  EXPECT_EQ(until("2026-11-23 10:00"), "2026-11-23T11:00:00Z") << "lunch begins";
  EXPECT_EQ(until("2026-11-23 12:59:59"), "2026-11-23T12:00:00Z") << "lunch ends";
  EXPECT_EQ(until("2026-11-23 14:00"), "2026-11-23T16:00:00Z") << "office closes";
  EXPECT_EQ(until("2026-11-21 14:00"), "2026-11-22T11:00:00Z") << "the next lunch";
}

TEST(TimeNode, WithoutTimeADecisionHoldsForEver) {
  TestPlan plan("dial: { to: front }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.decision().use_if_unreachable_until, Decision::kNoBoundary);
  EXPECT_FALSE(call.decision().depends_on.Has(Dependence::kTime));
}

TEST(TimeNode, MeansTheArrivalThroughoutTheCall) {
  TestPlan plan(
      "dial: { to: back, otherwise: { time: { cases: [{ schedule: office, then: { dial: { to: "
      "front } } }], otherwise: { announce: { message: closed } } } } }");
  TestCall call(plan);
  EXPECT_EQ(call.At("2026-11-23 16:59:50").Ask(), "dial back");
  EXPECT_EQ(call.Now("2026-11-23 17:00:12").Tell("no_answer"), "dial front");
}

TEST(TimeNode, MeansTheQuestionsTimeWhereThePlanSaysSo) {
  TestPlan plan(
      "dial: { to: back, otherwise: { time: { use: now, cases: [{ schedule: office, then: { dial:"
      " { to: front } } }], otherwise: { announce: { message: closed } } } } }");
  TestCall call(plan);
  EXPECT_EQ(call.At("2026-11-23 16:59:50").Ask(), "dial back");
  EXPECT_EQ(call.Now("2026-11-23 17:00:12").Tell("no_answer"), "announce closed 30s");
  EXPECT_THAT(call.Comparisons(1),
              ElementsAre("now Mon 2026-11-23 17:00:12 | schedule office | closed until Tue "
                          "2026-11-24 09:00 | no"));
}

TEST(TimeNode, ExplainsWhatWasOpen) {
  TestPlan plan(kOfficeHours);
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Way().front(), "trees.main.time time: cases[0] (office is open)");
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("arrival Mon 2026-11-23 10:00:00 | schedule office | open until Mon "
                          "2026-11-23 17:00 | yes"));
  call.At("2026-11-23 18:00").Ask();
  EXPECT_EQ(call.Way().front(), "trees.main.time time: otherwise (no schedule is open)");
}

TEST(TimeNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("time: { cases: [{ schedule: ofice, then: { release: {} } }, { then: { "
                       "release: {} } }], otherwise: { release: {} } }"),
              ElementsAre("error unknown-name trees.main.time.cases[0].schedule",
                          "error missing trees.main.time.cases[1].schedule"));
  EXPECT_THAT(IssuesOf("time: { cases: [{ schedule: office }] }"),
              ElementsAre("error dead-end trees.main.time.cases[0].then",
                          "error dead-end trees.main.time"));
  EXPECT_THAT(IssuesOf("time: { cases: [{ schedule: office, then: { release: {} } }, { schedule: "
                       "office, then: { release: {} } }], otherwise: { release: {} } }"),
              ElementsAre("warning never-matches trees.main.time.cases[1]"));
  EXPECT_THAT(IssuesOf(kOfficeHours), IsEmpty());
}

TEST(TimeNode, WarnsOfCasesBehindOneThatIsAlwaysOpen) {
  constexpr absl::string_view kTree =
      "time: { cases: [{ schedule: lunch, then: { release: {} } },"
      " { schedule: round, then: { release: {} } }, { schedule: office, then: { release: {} } },"
      " { schedule: night, then: { release: {} } }], otherwise: { release: {} } }";
  v1::Plan plan = ReadTestPlan(kTree);
  v1::Schedule& round = (*plan.mutable_schedules())["round"];
  v1::Schedule::Weekly* weekly = round.add_weekly();
  for (int day = v1::WEEKDAY_MON; day <= v1::WEEKDAY_SUN; ++day) {
    weekly->add_days(static_cast<v1::Weekday>(day));
  }
  weekly->set_from("00:00");
  weekly->set_to("24:00");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning never-matches trees.main.time.cases[2]",
                                          "warning never-matches trees.main.time.cases[3]"))
      << "it may close one day: `otherwise` is not for nothing";
  EXPECT_EQ(MessageOf(plan, "never-matches"),
            "this case does not match in the next 400 days: an earlier case has schedule "
            "\"round\", which is open all the time; move this one up or remove it");
  weekly->set_to("23:59");
  EXPECT_THAT(IssuesOf(plan), IsEmpty());
}

TEST(TimeNode, TakesNoTimeThatItDoesNotKnow) {
  v1::Plan plan = ReadTestPlan(kOfficeHours);
  plan.mutable_trees()->at("main").mutable_time()->set_use(static_cast<v1::TimeBranch::Use>(9));
  EXPECT_THAT(IssuesOf(plan), testing::Contains("error bad-value trees.main.time.use"));
}

TEST(TimeNode, SaysNearestNameOfASchedule) {
  CompileResult result = CompileForTest(ReadTestPlan(
      "time: { cases: [{ schedule: ofice, then: { release: {} } }], otherwise: { release: {} } }"));
  ASSERT_EQ(result.plan, nullptr);
  EXPECT_EQ(result.issues.front().message, "no schedule \"ofice\"; did you mean \"office\"?");
}

}  // namespace
}  // namespace libroute
