#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

constexpr absl::string_view kByType =
    "caller: { cases: [{ caller_types: [vip], then: { voicemail: { mailbox: vip } } },"
    " { caller_types: [supplier], then: { voicemail: { mailbox: supplier } } }],"
    " otherwise: { voicemail: { mailbox: other } } }";

TEST(CallerNode, TakesTheFirstCaseWithTheCallersType) {
  TestPlan plan(kByType);
  EXPECT_EQ(TestCall(plan).From("+32475000000").Ask(), "voicemail vip after unconditional");
  EXPECT_EQ(TestCall(plan).From("+32470000000").Ask(), "voicemail supplier after unconditional");
  EXPECT_EQ(TestCall(plan).From("+3222000000").Ask(), "voicemail other after unconditional");
}

TEST(CallerNode, GivesTheCallWhatItsTypeSays) {
  TestPlan plan(kByType);
  TestCall call(plan);
  call.From("+32475000000").Ask();
  EXPECT_EQ(call.decision().caller_type, "vip");
  EXPECT_EQ(call.decision().priority, 10);
  EXPECT_THAT(call.decision().attributes, ElementsAre(Pair("desk", "1"), Pair("level", "gold")));
  TestCall other(plan);
  other.From("+3222000000").Ask();
  EXPECT_EQ(other.decision().caller_type, "");
  EXPECT_EQ(other.decision().priority, 0);
  EXPECT_TRUE(other.decision().attributes.empty());
}

TEST(CallerNode, ALaterTypeOverwritesAnEarlierOne) {
  TestPlan plan(
      "caller: { cases: [{ caller_types: [vip], then: { caller: { cases: [{ caller_types: "
      "[supplier], then: { dial: { to: front } } }], otherwise: { release: {} } } } }],"
      " otherwise: { release: {} } }");
  TestCall call(plan);
  EXPECT_EQ(call.From("+32475000000").Ask(), "dial front");
  EXPECT_EQ(call.decision().caller_type, "supplier");
  EXPECT_EQ(call.decision().priority, -5);
  EXPECT_THAT(call.decision().attributes, ElementsAre(Pair("desk", "1"), Pair("level", "none")));
}

TEST(CallerNode, KeepsTheTypeForTheRestOfTheCall) {
  TestPlan plan(
      "caller: { cases: [{ caller_types: [vip], then: { dial: { to: front, otherwise: { voicemail: "
      "{ mailbox: desk } } } } }], otherwise: { release: {} } }");
  TestCall call(plan);
  call.From("+32475000000").Ask();
  EXPECT_EQ(call.Tell("busy"), "voicemail desk after busy");
  EXPECT_EQ(call.decision().caller_type, "vip");
  EXPECT_EQ(call.decision().priority, 10);
}

TEST(CallerNode, FindsNobodyWhoWithholdsTheNumber) {
  TestPlan plan(kByType);
  EXPECT_EQ(TestCall(plan).From("+32475000000").Withheld().Ask(),
            "voicemail other after unconditional");
  EXPECT_EQ(TestCall(plan).From("").Ask(), "voicemail other after unconditional");
}

TEST(CallerNode, ExplainsTheTypes) {
  TestPlan plan(kByType);
  TestCall call(plan);
  call.From("+32470000000").Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("calling +32470000000 | caller types vip | is none of them | no",
                          "calling +32470000000 | caller types supplier | is one of them | yes"));
  EXPECT_EQ(call.Way().front(),
            "trees.main.caller caller: cases[1] (the caller is of type supplier)");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kCall));
}

TEST(CallerNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("caller: { cases: [{ then: { release: {} } }, { caller_types: [VIP, vip, "
                       "wip] }] }"),
              ElementsAre("error missing trees.main.caller.cases[0]",
                          "error unknown-name trees.main.caller.cases[1].caller_types[0]",
                          "error unknown-name trees.main.caller.cases[1].caller_types[2]",
                          "error dead-end trees.main.caller.cases[1].then",
                          "error dead-end trees.main.caller"));
  EXPECT_THAT(IssuesOf("caller: { cases: [{ caller_types: [vip, supplier], then: { release: {} } },"
                       " { caller_types: [supplier], then: { release: {} } }], otherwise: { "
                       "release: {} } }"),
              ElementsAre("warning never-matches trees.main.caller.cases[1]"));
}

}  // namespace
}  // namespace libroute
