#include <functional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/rules.h"
#include "libroute/tree/test_center_plan.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PlanGroups, KeepsNumbersAndTimesOfAGroupWithinTheirBounds) {
  const struct {
    const char* field;
    std::vector<const char*> good;
    std::vector<const char*> bad;
  } kFields[] = {
      {"least_index", {"1", "80"}, {"101"}},
      {"max_wait", {"1s", "24h"}, {"0s", "24h1s"}},
      {"max_waiting", {"0", "100000"}, {"100001", "4294967295"}},
      {"answer_within", {"1s", "1h"}, {"0.9s", "61m"}},
      {"missed_limit", {"0", "1000"}, {"1001"}},
      {"wrap_up", {"0s", "10m"}, {"10m1s", "13h"}},
      {"wrap_up_most", {"0s", "12h"}, {"12h1s"}},
      {"target_percent", {"0", "100"}, {"101"}},
      {"answer_target", {"1s", "24h"}, {"0s", "25h"}},
      {"offer: accept_first, connect_within", {"1s", "1h"}, {"0s", "61m"}},
      {"strategy: ring_all, ring_most", {"1", "64"}, {"65"}},
      {"strategy: progressive_ring, ring_step", {"1s", "1h"}, {"0s", "61m"}},
  };
  for (const auto& [field, good, bad] : kFields) {
    const std::string name = std::string(field).substr(std::string(field).rfind(' ') + 1);
    for (const char* value : good) {
      EXPECT_THAT(IssuesWithGroup(absl::StrCat(field, ": ", value)), IsEmpty()) << field << value;
    }
    for (const char* value : bad) {
      EXPECT_THAT(IssuesWithGroup(absl::StrCat(field, ": ", value)),
                  Contains(absl::StrCat("error bad-value groups.g.", name)))
          << value;
    }
  }
}

TEST(PlanGroups, WrapsUpNoLongerThanItSays) {
  EXPECT_THAT(IssuesOf(WithGroupOf("agents: [ann, bob], wrap_up: 2m, wrap_up_by_agent: true")),
              ElementsAre("error bad-value groups.g.wrap_up"));
  EXPECT_THAT(IssuesOf(WithGroupOf("agents: [ann, bob], wrap_up_by_agent: true")), IsEmpty());
  const v1::Plan plan = WithGroupOf("agents: [ann, bob], wrap_up: 2m, wrap_up_most: 90s");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error bad-value groups.g.wrap_up"));
  EXPECT_THAT(MessageOf(plan, "bad-value"),
              HasSubstr("2m is more than wrap_up_most, which is 1m30s"));
}

TEST(PlanGroups, WarnsOfWrapUpsOfAgentsThatDoNotCount) {
  const auto with_wrap_up = [](absl::string_view fields) {
    v1::Plan plan = WithGroupOf(fields);
    plan.mutable_agents()->at("bob").mutable_wrap_up()->set_seconds(1800);
    return plan;
  };
  // Both groups are his.
  v1::Plan plan = with_wrap_up("agents: [ann, bob], wrap_up_most: 29m");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning no-effect agents.bob.wrap_up",
                                          "warning no-effect agents.bob.wrap_up"));
  plan.mutable_groups()->at("h").mutable_wrap_up_most()->set_seconds(1800);
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning no-effect agents.bob.wrap_up"));
  EXPECT_THAT(
      MessageOf(plan, "no-effect"),
      HasSubstr("30m is more than wrap_up_most of group \"g\", so wrap-up takes 29m there"));
  plan = with_wrap_up("agents: [bob], wrap_up_by_agent: true, wrap_up_most: 1h");
  plan.mutable_groups()->at("h").mutable_wrap_up_most()->set_seconds(1800);
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning no-effect agents.bob.wrap_up"));
  EXPECT_THAT(MessageOf(plan, "no-effect"), HasSubstr("does not count for group \"g\""));
}

TEST(PlanGroups, AreOpenBySchedulesOfThePlan) {
  const std::string office =
      "time_zone: UTC\n"
      "schedules: { office: { weekly: { days: mon, from: \"08:00\", to: \"17:00\" } } }\n";
  const auto issues = [&](absl::string_view fields) {
    return IssuesOf(WithCenter(absl::StrCat(
        office, kAround,
        "groups: { h: { agents: [ann, bob], schedule: office }, g: { agents: [ann, bob], ", fields,
        " } }")));
  };
  EXPECT_THAT(issues("schedule: office, at_closing: drain, drain: 24h"), IsEmpty());
  EXPECT_THAT(issues("schedule: office, at_closing: evict"), IsEmpty());
  EXPECT_THAT(issues("schedule: ofice"), ElementsAre("error unknown-name groups.g.schedule"));
  EXPECT_THAT(issues("schedule: office, drain: 25h"),
              ElementsAre("error bad-value groups.g.drain"));
  EXPECT_THAT(issues("schedule: office, at_closing: keep, drain: 1m"),
              ElementsAre("warning no-effect groups.g.drain"));
  EXPECT_THAT(issues("at_closing: evict"), ElementsAre("warning no-effect groups.g.at_closing"));
  EXPECT_THAT(issues("drain: 1m"), ElementsAre("warning no-effect groups.g.drain"));
}

TEST(PlanGroups, TakesStepsInOrder) {
  EXPECT_THAT(IssuesWithGroup("least_index: 70, steps: [{ after: 1s, least_index: 69 }, "
                              "{ after: 1s, add_group: h }, { after: 24h, least_index: 1 }]"),
              IsEmpty());
  EXPECT_THAT(IssuesWithGroup("least_index: 70, steps: [{ after: 20s, least_index: 70 }, "
                              "{ after: 19s, least_index: 40 }, { after: 25h, least_index: 40 }]"),
              ElementsAre("error bad-value groups.g.steps[0].least_index",
                          "error bad-value groups.g.steps[1].after",
                          "error bad-value groups.g.steps[2].after",
                          "error bad-value groups.g.steps[2].least_index"));
  EXPECT_THAT(IssuesWithGroup("steps: [{ least_index: 1 }]"),
              ElementsAre("error missing groups.g.steps[0].after",
                          "error bad-value groups.g.steps[0].least_index"));
}

TEST(PlanGroups, DoesOneThingAStep) {
  EXPECT_THAT(IssuesWithGroup("least_index: 9, steps: [{ after: 1s }, "
                              "{ after: 1s, least_index: 5, add_group: h }]"),
              ElementsAre("error missing groups.g.steps[0]", "error bad-value groups.g.steps[1]"));
  EXPECT_THAT(IssuesWithGroup("steps: [{ after: 1s, add_group: g }, { after: 1s, add_group: h }, "
                              "{ after: 1s, add_group: h }]"),
              ElementsAre("error bad-value groups.g.steps[0].add_group",
                          "error duplicate groups.g.steps[2].add_group"));
}

TEST(PlanGroups, TakesEightStepsAtMost) {
  std::string steps = "least_index: 50, steps: [";
  for (int i = 0; i < 8; ++i) absl::StrAppend(&steps, "{ after: 1s, least_index: ", 40 - i, " },");
  EXPECT_THAT(IssuesWithGroup(steps + "]"), IsEmpty());
  EXPECT_THAT(IssuesWithGroup(steps + "{ after: 1s, least_index: 1 }]"),
              ElementsAre("error too-many groups.g.steps"));
}

TEST(PlanGroups, SaysWhereAnExpressionIsWrong) {
  const v1::Plan syntax = WithGroupOf("agents: [ann, bob], skilled: \"fr >= 200\"");
  EXPECT_THAT(IssuesOf(syntax), ElementsAre("error bad-value groups.g.skilled"));
  EXPECT_THAT(MessageOf(syntax, "bad-value"), HasSubstr("character 7: an index of 1 to 100"));
  const v1::Plan unknown = WithGroupOf("agents: [ann, bob], skilled: \"fr and rf\"");
  EXPECT_THAT(IssuesOf(unknown), ElementsAre("error unknown-name groups.g.skilled"));
  EXPECT_THAT(MessageOf(unknown, "unknown-name"),
              HasSubstr("character 8: no skill \"rf\"; did you mean \"fr\"?"));
}

TEST(PlanGroups, WarnsOfWhatDoesNothing) {
  EXPECT_THAT(
      IssuesWithGroup("connect_within: 5s, ring_most: 3, ring_step: 5s"),
      ElementsAre("warning no-effect groups.g.connect_within",
                  "warning no-effect groups.g.ring_most", "warning no-effect groups.g.ring_step"));
  EXPECT_THAT(IssuesWithGroup("offer: accept_first, connect_within: 5s, strategy: ring_all, "
                              "ring_most: 3, ring_step: 5s"),
              ElementsAre("warning no-effect groups.g.ring_step"));
  v1::Plan plan = WithGroupOf("agents: [ann]");
  (*plan.mutable_agents()->at("bob").mutable_preferences())["g"] = 2;
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning no-effect agents.bob.preferences.g"));
  plan.mutable_groups()->at("g").set_skilled("fr");
  EXPECT_THAT(IssuesOf(plan), IsEmpty());
}

TEST(PlanGroups, WarnsOfGroupsThatNobodyServes) {
  EXPECT_THAT(IssuesOf(WithGroupOf("")), ElementsAre("warning empty-group groups.g"));
  EXPECT_THAT(IssuesOf(WithGroupOf("skilled: fr")), IsEmpty());
  EXPECT_THAT(IssuesOf(WithGroupOf("skilled: fr > 80")),
              ElementsAre("warning empty-group groups.g.skilled"));
  EXPECT_THAT(IssuesOf(WithGroupOf("skilled: fr > 80, agents: [bob]")), IsEmpty());
}

TEST(PlanGroups, WarnsOfAnIndexThatNobodyHas) {
  const std::string skilled = "skilled: fr, least_index: 81";
  EXPECT_THAT(IssuesOf(WithGroupOf(skilled)),
              ElementsAre("warning empty-group groups.g.least_index"));
  EXPECT_THAT(IssuesOf(WithGroupOf("skilled: fr, least_index: 80")), IsEmpty());
  EXPECT_THAT(IssuesOf(WithGroupOf(skilled + ", steps: [{ after: 1s, least_index: 80 }]")),
              IsEmpty());
  EXPECT_THAT(IssuesOf(WithGroupOf(skilled + ", steps: [{ after: 1s, add_group: h }]")), IsEmpty());
  // Who is listed has the index that is written there, whatever the skills.
  EXPECT_THAT(IssuesOf(WithGroupOf(skilled + ", agents: [bob]")), IsEmpty());
  EXPECT_THAT(IssuesOf(WithGroupOf(skilled + ", agents: [ann], index: { ann: 50 }")),
              ElementsAre("warning empty-group groups.g.least_index"));
}

TEST(PlanGroups, WarnsOfSkillsThatNobodyHasAndAgentsInNoGroup) {
  const v1::Plan plan = WithCenter(
      "skills: { fr: {}, latin: {}, greek: {} }\n"
      "agents: { ann: { skills: { fr: 1 } }, bob: {} }\n"
      "groups: { a: { skilled: fr or latin }, b: { skilled: fr or latin } }");
  EXPECT_THAT(IssuesOf(plan),
              ElementsAre("warning unmet-skill groups.a.skilled", "warning unused agents.bob"));
  EXPECT_THAT(MessageOf(plan, "unmet-skill"), HasSubstr("\"latin\""));
}

TEST(PlanGroups, SaysNothingOfMembershipsWhereThereAreErrors) {
  EXPECT_THAT(
      IssuesWithCenter("agents: { ann: {}, bob: {} }\ngroups: { g: { agents: [ann, bop] } }"),
      ElementsAre("error unknown-name groups.g.agents[1]"));
}

TEST(PlanGroups, HaveAlarms) {
  const CompileResult result = CompileForTest(
      WithGroupOf("agents: [ann, bob], alarms: { waiting: 5, longest_wait: 90s, ready_below: 2, "
                  "answered_in_time_below: 80 }"));
  ASSERT_NE(result.plan, nullptr);
  const contact::AlarmRules expected{5, absl::Seconds(90), 2, 80};
  EXPECT_EQ(result.plan->center_rules()->groups[0].alarms, expected);
  EXPECT_EQ(result.plan->center_rules()->groups[1].alarms, contact::AlarmRules());
  EXPECT_THAT(IssuesWithGroup("alarms: {}"), ElementsAre("error missing groups.g.alarms"));
  EXPECT_THAT(IssuesWithGroup("alarms: { waiting: 100001, longest_wait: 25h, ready_below: 100001, "
                              "answered_in_time_below: 101 }"),
              ElementsAre("error bad-value groups.g.alarms.waiting",
                          "error bad-value groups.g.alarms.longest_wait",
                          "error bad-value groups.g.alarms.ready_below",
                          "error bad-value groups.g.alarms.answered_in_time_below"));
  EXPECT_THAT(IssuesWithGroup("max_waiting: 4, alarms: { waiting: 5 }"),
              ElementsAre("warning no-effect groups.g.alarms.waiting"));
}

TEST(PlanGroups, GuestsOfOtherGroupsMayRaiseAnAlarm) {
  constexpr absl::string_view kGroups =
      "agents: { ann: {}, bob: {} }\n"
      "groups:\n"
      "  g: { agents: [ann], max_waiting: 4, alarms: { waiting: 5 } }\n"
      "  h: { agents: [bob]";
  EXPECT_THAT(IssuesWithCenter(absl::StrCat(kGroups, " }")),
              ElementsAre("warning no-effect groups.g.alarms.waiting"));
  EXPECT_THAT(IssuesWithCenter(absl::StrCat(kGroups, ", steps: [{ after: 20s, add_group: g }] }")),
              IsEmpty());
}

}  // namespace
}  // namespace libroute
