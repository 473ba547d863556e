#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string When(absl::string_view condition) {
  return absl::StrCat("when: { cases: [{ if: ", condition,
                      ", then: { voicemail: { mailbox: yes } } }], "
                      "otherwise: { voicemail: { mailbox: no } } }");
}

// The call comes on Monday at 10:00 from +32470000000 to +3222000100; switch
// flood is on, destination front is down.
bool Holds(absl::string_view condition) {
  TestPlan plan(
      absl::StrCat("set: { attributes: { level: gold }, then: { ", When(condition), " } }"));
  plan.SetSwitch("flood", true);
  plan.SetDestination("front", Status::kDown);
  TestCall call(plan);
  const std::string words = call.Ask();
  EXPECT_THAT(words, HasSubstr("voicemail"));
  return words == "voicemail yes after unconditional";
}

struct ConditionCase {
  const char* condition;
  bool holds;
};

const ConditionCase kSingle[] = {
    {"{ time: { schedule: office } }", true},
    {"{ time: { schedule: night } }", false},
    {"{ origin: { numbers: \"+32*\" } }", true},
    {"{ origin: { kind: mobile, country: BE } }", true},
    {"{ origin: { kind: fixed } }", false},
    {"{ origin: { anonymous: true } }", false},
    {"{ destination: { numbers: \"+3222000100\" } }", true},
    {"{ destination: { kind: mobile } }", false},
    {"{ caller: { caller_types: supplier } }", true},
    {"{ caller: { caller_types: vip } }", false},
    {"{ status: { destination: front, is: down } }", true},
    {"{ status: { site: north, is: [down, busy] } }", false},
    {"{ switch: { switch: flood } }", true},
    {"{ switch: { switch: meeting } }", false},
    {"{ match: { attribute: level, equals: gold } }", true},
    {"{ match: { attribute: level, prefix: s } }", false},
    {"{ match: { attribute: call.called, pattern: \".*100\" } }", true},
};

TEST(WhenNode, TakesTheCasesOfEveryBranch) {
  for (const ConditionCase& row : kSingle) {
    EXPECT_EQ(Holds(row.condition), row.holds) << row.condition;
    EXPECT_EQ(Holds(absl::StrCat("{ not: ", row.condition, " }")), !row.holds) << row.condition;
  }
}

constexpr absl::string_view kTrue = "{ switch: { switch: flood } }";
constexpr absl::string_view kFalse = "{ switch: { switch: meeting } }";

TEST(WhenNode, PutsConditionsTogether) {
  for (bool first : {false, true}) {
    for (bool second : {false, true}) {
      const std::string both =
          absl::StrCat("[", first ? kTrue : kFalse, ", ", second ? kTrue : kFalse, "]");
      EXPECT_EQ(Holds(absl::StrCat("{ all: ", both, " }")), first && second);
      EXPECT_EQ(Holds(absl::StrCat("{ any: ", both, " }")), first || second);
      EXPECT_EQ(Holds(absl::StrCat("{ not: { any: ", both, " } }")), !(first || second));
      EXPECT_EQ(Holds(absl::StrCat("{ all: [{ any: ", both, " }, { not: { all: ", both, " } }] }")),
                first != second);
    }
  }
  EXPECT_TRUE(Holds(absl::StrCat("{ all: ", kTrue, " }")));
  EXPECT_FALSE(Holds(absl::StrCat("{ any: ", kFalse, " }")));
}

TEST(WhenNode, TakesTheFirstCaseThatHolds) {
  TestPlan plan(
      "when: { cases: [{ if: { switch: { switch: flood } }, then: { voicemail: { mailbox: a } } }, "
      "{ if: { switch: { switch: meeting } }, then: { voicemail: { mailbox: b } } }], otherwise: { "
      "voicemail: { mailbox: c } } }");
  EXPECT_EQ(TestCall(plan).Ask(), "voicemail c after unconditional");
  plan.SetSwitch("meeting", true);
  EXPECT_EQ(TestCall(plan).Ask(), "voicemail b after unconditional");
  plan.SetSwitch("flood", true);
  EXPECT_EQ(TestCall(plan).Ask(), "voicemail a after unconditional");
}

TEST(WhenNode, ExplainsEachPartThatItLookedAt) {
  TestPlan plan(When(absl::StrCat("{ all: [", kFalse, ", { time: { schedule: office } }] }")));
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Comparisons(0), ElementsAre("switch meeting | on | is off | no",
                                               "cases[0].if | all of 2 | does not hold | no"));
  EXPECT_EQ(call.Way().front(), "trees.main.when when: otherwise (no condition holds)");
  TestPlan other(
      When(absl::StrCat("{ any: [{ not: ", kFalse, " }, { time: { schedule: office } }] }")));
  TestCall held(other);
  held.Ask();
  EXPECT_THAT(held.Comparisons(0), ElementsAre("switch meeting | on | is off | no",
                                               "cases[0].if.any[0] | not | holds | yes",
                                               "cases[0].if | any of 2 | holds | yes"));
  EXPECT_EQ(held.Way().front(), "trees.main.when when: cases[0] (its condition holds)");
}

TEST(WhenNode, DependsOnWhatItLookedAtAndHoldsAsLong) {
  const std::string open = "{ time: { schedule: office } }";
  TestPlan looked(When(absl::StrCat("{ any: [", open, ", ", kFalse, "] }")));
  TestCall call(looked);
  call.Ask();
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kTime));
  EXPECT_FALSE(call.decision().depends_on.Has(Dependence::kStatus));
  // 17:00 in Brussels.
  EXPECT_EQ(call.decision().use_if_unreachable_until, 1795449600);

  TestPlan unlooked(When(absl::StrCat("{ all: [", kFalse, ", ", open, "] }")));
  TestCall other(unlooked);
  other.Ask();
  EXPECT_FALSE(other.decision().depends_on.Has(Dependence::kTime));
  EXPECT_TRUE(other.decision().depends_on.Has(Dependence::kStatus));
  EXPECT_EQ(other.decision().use_if_unreachable_until, Decision::kNoBoundary);
}

TEST(WhenNode, ACallerTypeInAConditionSetsNothing) {
  TestPlan plan(When("{ caller: { caller_types: supplier } }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail yes after unconditional");
  EXPECT_EQ(call.decision().caller_type, "");
  EXPECT_EQ(call.decision().priority, 0);
}

TEST(WhenNode, MayMeanThePresentInAPart) {
  TestPlan plan(absl::StrCat(
      "announce: { message: hello, then: { ",
      When("{ all: [{ time: { schedule: lunch, use: now } }, { not: { time: { schedule: lunch } } "
           "}] }"),
      " } }"));
  TestCall call(plan);
  call.At("2026-11-23 11:59:50").Ask();
  call.Now("2026-11-23 12:00:10");
  EXPECT_EQ(call.Tell("played"), "voicemail yes after unconditional");
}

TEST(WhenNode, NestsFourDeep) {
  std::string condition(kTrue);
  for (int depth = 2; depth <= 4; ++depth) condition = absl::StrCat("{ not: ", condition, " }");
  EXPECT_FALSE(Holds(condition));
  EXPECT_THAT(IssuesOf(When(absl::StrCat("{ not: ", condition, " }"))),
              ElementsAre("error too-deep trees.main.when.cases[0].if.not.not.not.not"));
}

TEST(WhenNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("when: { cases: [{ then: { release: {} } }, { if: { switch: { switch: x }, "
                       "status: { site: north, is: up } } }] }"),
              ElementsAre("error missing trees.main.when.cases[0].if",
                          "error bad-value trees.main.when.cases[1].if",
                          "error dead-end trees.main.when.cases[1].then",
                          "error dead-end trees.main.when"));
  const v1::Plan two = ReadTestPlan(When(absl::StrCat("{ all: ", kTrue, ", not: ", kFalse, " }")));
  EXPECT_EQ(MessageOf(two, "bad-value"),
            "one condition is written in one way, not by all and not; put them together with `all` "
            "or `any`");
  EXPECT_THAT(IssuesOf(When("{ switch: { switch: flood, then: { release: {} } } }")),
              ElementsAre("error bad-value trees.main.when.cases[0].if.switch.then"));
  EXPECT_THAT(IssuesOf(When("{ all: [{ match: { equals: a } }] }")),
              ElementsAre("error missing trees.main.when.cases[0].if.all[0].match.attribute"));
  EXPECT_THAT(IssuesOf(When("{ match: { attribute: nothing, equals: a } }")),
              ElementsAre("warning never-set trees.main.when.cases[0].if.match.attribute"));
  EXPECT_THAT(IssuesOf(When("{ any: [{ time: {} }, { origin: {} }, { destination: {} }, { caller: "
                            "{} }, { status: {} }] }")),
              ElementsAre("error missing trees.main.when.cases[0].if.any[0].time.schedule",
                          "error missing trees.main.when.cases[0].if.any[1].origin",
                          "error missing trees.main.when.cases[0].if.any[2].destination",
                          "error missing trees.main.when.cases[0].if.any[3].caller",
                          "error missing trees.main.when.cases[0].if.any[4].status",
                          "error missing trees.main.when.cases[0].if.any[4].status.is"));
}

TEST(WhenNode, WarnsOfWhatExcludesEachOther) {
  EXPECT_THAT(IssuesOf(When(absl::StrCat("{ all: [", kTrue, ", { not: ", kTrue, " }] }"))),
              ElementsAre("warning never-matches trees.main.when.cases[0].if.all"));
  EXPECT_THAT(IssuesOf(When(absl::StrCat("{ any: [{ not: ", kTrue, " }, ", kTrue, "] }"))),
              ElementsAre("warning always-matches trees.main.when.cases[0].if.any"));
  EXPECT_THAT(IssuesOf(When(absl::StrCat("{ all: [", kTrue, ", { not: ", kFalse, " }] }"))),
              IsEmpty());
  EXPECT_THAT(IssuesOf(When("{ origin: { numbers: \"+33*\", country: BE } }")),
              ElementsAre("warning never-matches trees.main.when.cases[0].if.origin"));
  EXPECT_THAT(
      IssuesOf("when: { cases: [{ if: { switch: { switch: flood } }, then: { release: {} } }, "
               "{ if: { switch: { switch: flood } }, then: { release: {} } }], otherwise: { "
               "release: {} } }"),
      ElementsAre("warning never-matches trees.main.when.cases[1]"));
}

TEST(WhenNode, UsesTheSchedulesThatItNames) {
  EXPECT_THAT(IssuesOf(ReadWholePlan(R"(
customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "+3222000100", tree: main }]
schedules: { hours: { weekly: [{ days: [mon], from: "09:00", to: "17:00" }] } }
trees:
  main:
    when:
      cases: [{ if: { not: { time: { schedule: hours } } }, then: { release: {} } }]
      otherwise: { voicemail: { mailbox: desk } }
)")),
              IsEmpty());
}

}  // namespace
}  // namespace libroute
