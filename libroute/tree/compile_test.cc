#include "libroute/tree/compile.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/plan/limits.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

TEST(Compile, FindsNothingWrongWithAGoodPlan) {
  v1::Plan plan = ReadTestPlan(
      "time: { cases: [{ schedule: office, then: { goto: day } }, { schedule: lunch, then: { goto: "
      "day } }, { schedule: night, then: { release: {} } }], otherwise: { release: {} } }",
      "tree day: { dial: { to: front, otherwise: { goto: late } } }\n"
      "tree late: { voicemail: { mailbox: desk } }");
  CompileResult result = CompileForTest(plan);
  EXPECT_THAT(result.issues, IsEmpty());
  ASSERT_NE(result.plan, nullptr);
  EXPECT_EQ(result.plan->customer(), "acme");
  EXPECT_EQ(result.plan->revision(), RevisionHash(plan));
}

TEST(Compile, AWarningIsNoError) {
  CompileResult result = CompileForTest(ReadTestPlan(kDesk));
  EXPECT_FALSE(result.issues.empty());
  EXPECT_NE(result.plan, nullptr);
}

TEST(Compile, NeedsACustomer) {
  v1::Plan plan = ReadTestPlan(kDesk);
  plan.clear_customer();
  EXPECT_THAT(IssuesOf(plan), Contains("error missing customer"));
  plan.set_customer("acme & sons");
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-name customer"));
  plan.set_customer(std::string(65, 'a'));
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-name customer"));
  plan.set_customer(std::string(64, 'a'));
  EXPECT_THAT(IssuesOf(plan), Not(Contains(HasSubstr("customer"))));
}

TEST(Compile, TheMoreSpecificNumberWins) {
  TestPlan plan(ReadWholePlan(R"(
customer: acme
trees: { all: { voicemail: { mailbox: all } }, one: { voicemail: { mailbox: one } } }
numbers: [{ number: "+3222000*", tree: all }, { number: "+3222000100", tree: one }]
)"));
  EXPECT_EQ(TestCall(plan).To("+3222000100").Ask(), "voicemail one after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222000101").Ask(), "voicemail all after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222001100").Ask(), "not served");
}

TEST(Compile, ADefaultIsTheOtherwiseOfABranch) {
  constexpr absl::string_view kNoOtherwise =
      "switch: { cases: [{ switch: flood, then: { release: {} } }] }";
  EXPECT_THAT(IssuesOf(kNoOtherwise), ElementsAre("error dead-end trees.main.switch"));
  EXPECT_THAT(IssuesOf(kNoOtherwise, "default: { on_busy: { release: {} } }"),
              ElementsAre("error dead-end trees.main.switch"));
  EXPECT_THAT(IssuesOf(kNoOtherwise, "default: { otherwise: { voicemail: { mailbox: d } } }"),
              IsEmpty());
  TestPlan plan(kNoOtherwise, "default: { otherwise: { voicemail: { mailbox: d } } }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail d after unconditional");
  EXPECT_EQ(call.decision().node, "default.otherwise.voicemail");
}

TEST(Compile, NothingButTheEndIsBehindTheDefault) {
  TestPlan plan(
      "dial: { to: front }",
      "default: { on_busy: { dial: { to: back } }, otherwise: { voicemail: { mailbox: d } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("busy"), "dial back");
  EXPECT_EQ(call.Tell("no_answer"), "release 480/19 attempts failed");
}

// A tree of `depth` nodes: sets within each other, the last one a release.
v1::Node NestedSets(int depth) {
  v1::Node node;
  node.mutable_release();
  for (int i = 1; i < depth; ++i) {
    v1::Node outer;
    outer.mutable_set()->mutable_attributes()->insert({"a", "b"});
    *outer.mutable_set()->mutable_then() = std::move(node);
    node = std::move(outer);
  }
  return node;
}

TEST(Compile, NestsSixteenNodesDeep) {
  v1::Plan plan = ReadTestPlan("release: {}");
  (*plan.mutable_trees())["main"] = NestedSets(16);
  TestPlan compiled(plan);
  EXPECT_EQ(TestCall(compiled).Ask(), "release 480/16 plan");
  (*plan.mutable_trees())["main"] = NestedSets(17);
  EXPECT_THAT(IssuesOf(plan), Contains(testing::StartsWith("error too-deep trees.main.set.then.")));
  EXPECT_THAT(MessageOf(plan, "too-deep"), HasSubstr("`goto` it"));
}

TEST(Compile, TheDefaultNestsSixteenNodesDeepToo) {
  v1::Plan plan = ReadTestPlan("dial: { to: front }");
  *plan.mutable_default_()->mutable_on_busy() = NestedSets(16);
  EXPECT_FALSE(HasErrors(CompileForTest(plan).issues));
  *plan.mutable_default_()->mutable_on_busy() = NestedSets(17);
  EXPECT_THAT(IssuesOf(plan), Contains(testing::StartsWith("error too-deep default.on_busy.")));
}

TEST(Compile, ReportsAllProblemsAtOnce) {
  EXPECT_THAT(
      IssuesOf(ReadWholePlan(R"(
customer: "?"
time_zone: Mars/Olympus
max_unanswered: 0s
numbers: [{ number: "1", tree: x }, { number: "+3222000100", tree: t }, { number: "+3222000100", tree: t }]
sites: { "s s": {} }
destinations: { d: { number: x } }
calendars: { c: { dates: [x] } }
schedules: { h: { weekly: [{ days: [mon], from: x, to: y }] } }
caller_types: { v: { callers: [x] } }
groups: { g: { agents: [x] } }
default: { on_busy: {} }
trees:
  t: { time: { cases: [{ schedule: x }] } }
  u: { dial: { to: [x, "+1"], on_busy: { goto: x } } }
)")),
      UnorderedElementsAre(
          "error bad-name customer", "error bad-time-zone time_zone",
          "error bad-value max_unanswered", "error bad-name sites[\"s s\"]",
          "error bad-number destinations.d.number", "error bad-date calendars.c.dates[0]",
          "error bad-time schedules.h.weekly[0].from", "error bad-number caller_types.v.callers[0]",
          "error unknown-name groups.g.agents[0]", "error dead-end default.on_busy",
          "error unknown-name trees.t.time.cases[0].schedule",
          "error dead-end trees.t.time.cases[0].then", "error dead-end trees.t.time",
          "error unknown-name trees.u.dial.to[0]", "error bad-address trees.u.dial.to[1]",
          "error unknown-name trees.u.dial.on_busy.goto", "error unknown-name numbers[0].tree",
          "error bad-number numbers[0].number", "error duplicate-number numbers[2].number",
          "warning unused trees.u", "warning unused schedules.h"));
}

TEST(Compile, WordsOnlyAsManyIssuesAsAreRead) {
  v1::Plan plan = ReadTestPlan("release: {}");
  for (int i = 0; i < 5000; ++i) {
    (*plan.mutable_trees())[absl::StrCat("tree", i)].set_goto_(absl::StrCat("missing", i));
  }
  CompileResult result = CompileForTest(plan);
  EXPECT_EQ(result.plan, nullptr);
  ASSERT_EQ(static_cast<int>(result.issues.size()), PlanLimits().max_issues + 1);
  EXPECT_EQ(result.issues.back().code, "more");
  EXPECT_EQ(result.issues.back().severity, Severity::kError);
}

TEST(Compile, KeepsTheLimitsThatItIsGiven) {
  v1::Plan plan = ReadTestPlan("dial: { to: front, otherwise: { dial: { to: back } } }");
  SchedulePool pool;
  CompileContext context = {{}, pool, absl::FromUnixSeconds(1795392000)};
  EXPECT_NE(Compile(plan, context).plan, nullptr);
  context.limits.max_nesting = 1;
  context.limits.max_issues = 1;
  CompileResult result = Compile(plan, context);
  EXPECT_EQ(result.plan, nullptr);
  ASSERT_EQ(result.issues.size(), 2u);
  EXPECT_EQ(result.issues[0].code, "too-deep");
  EXPECT_EQ(result.issues[1].code, "more");
}

TEST(Compile, ErrorsThatAreOnlyCountedAreErrors) {
  v1::Plan plan = ReadTestPlan("dial: { to: front, on_busy: { goto: nowhere } }");
  for (int i = 0; i < 300; ++i) (*plan.mutable_groups())[absl::StrCat("empty", i)];
  CompileResult result = CompileForTest(plan);
  EXPECT_EQ(result.plan, nullptr);
  EXPECT_TRUE(HasErrors(result.issues));
}

}  // namespace
}  // namespace libroute
