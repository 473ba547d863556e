#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

constexpr absl::string_view kLeaves =
    "then: { voicemail: { mailbox: good } }, on_no_input: { voicemail: { mailbox: silent } }, "
    "on_bad_input: { voicemail: { mailbox: bad } }";

std::string Collect(absl::string_view fields) {
  return absl::StrCat("collect: { message: ask, into: account, ", fields, ", ", kLeaves, " }");
}

TEST(CollectNode, AnswersAndTellsWhatIsWanted) {
  TestPlan plan(Collect("min_digits: 4, max_digits: 8, terminator: \"#\", timeout: 8s"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "collect ask 4-8# (3 tries)");
  EXPECT_EQ(std::get<CollectDecision>(call.decision().action).timeout, absl::Seconds(8));
  EXPECT_TRUE(call.decision().answered);
  EXPECT_TRUE(call.decision().resumable);
  EXPECT_EQ(call.Way().back(),
            "trees.main.collect collect:  (plays ask and takes digits into account)");
}

TEST(CollectNode, WantsAsManyDigitsAsMayBeIfNothingIsSaid) {
  TestPlan plan(Collect("max_digits: 6"));
  EXPECT_EQ(TestCall(plan).Ask(), "collect ask 6-6 (3 tries)");
}

TEST(CollectNode, KeepsWhatWasEntered) {
  TestPlan plan(Collect("min_digits: 2, max_digits: 4, terminator: \"#\""));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:007"), "voicemail good after unconditional");
  EXPECT_THAT(call.decision().collected, ElementsAre(Pair("account", *Digits::Parse("007"))));
  EXPECT_EQ(call.Way().front(), "trees.main.collect collect: then (007 was entered)");
}

TEST(CollectNode, TakesDigitsWithAndWithoutTheirEnd) {
  TestPlan plan(Collect("min_digits: 2, max_digits: 4, terminator: \"#\", retries: 0"));
  auto after = [&](absl::string_view event) {
    TestCall call(plan);
    call.Ask();
    return call.Tell(event);
  };
  for (absl::string_view good : {"12", "1234", "12#", "1234#", "1*3", "12345", "12##", "12#3"}) {
    EXPECT_EQ(after(absl::StrCat("digits:", good)), "voicemail good after unconditional") << good;
  }
  for (absl::string_view bad : {"1", "1#", "#", "1#2", "#12"}) {
    EXPECT_EQ(after(absl::StrCat("digits:", bad)), "voicemail bad after unconditional") << bad;
  }
  EXPECT_EQ(after("no_input"), "voicemail silent after unconditional");
}

TEST(CollectNode, AsksAgainAsOftenAsThePlanSays) {
  TestPlan plan(Collect("max_digits: 2, retries: 1"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:1"), "collect ask 2-2 (1 tries)");
  EXPECT_EQ(call.Way().front(),
            "trees.main.collect collect:  (what was entered is not what is wanted; the message is "
            "played again)");
  TestCall silent = call;
  EXPECT_EQ(silent.Tell("no_input"), "voicemail silent after unconditional");
  EXPECT_EQ(silent.Way().front(),
            "trees.main.collect collect: on_no_input (nothing was entered; the last try is over)");
  EXPECT_EQ(call.Tell("digits:12"), "voicemail good after unconditional");
}

TEST(CollectNode, ShowsNoSecret) {
  TestPlan plan(Collect("max_digits: 4, secret: true"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "collect ask 4-4 secret (3 tries)");
  call.Tell("digits:4711");
  EXPECT_THAT(call.decision().collected, IsEmpty());
  ASSERT_EQ(call.state().collected.size(), 1u);
  EXPECT_EQ(call.state().collected[0].digits, *Digits::Parse("4711"));
  EXPECT_EQ(call.Way().front(), "trees.main.collect collect: then (4 secret digits were entered)");
  for (const std::string& visit : call.Way()) EXPECT_THAT(visit, Not(HasSubstr("4711")));
}

TEST(CollectNode, TheLastValueOfAnAttributeCounts) {
  TestPlan plan(
      "set: { attributes: { account: gold, tier: a }, then: { collect: { message: ask, into: "
      "account, max_digits: 2, then: { collect: { message: again, into: account, max_digits: 2, "
      "then: { set: { attributes: { tier: b }, then: { voicemail: { mailbox: end } } } } } } } } "
      "}");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "collect ask 2-2 (3 tries)");
  EXPECT_THAT(call.decision().attributes, ElementsAre(Pair("account", "gold"), Pair("tier", "a")));
  call.Tell("digits:11");
  EXPECT_THAT(call.decision().attributes, ElementsAre(Pair("tier", "a")));
  EXPECT_THAT(call.decision().collected, ElementsAre(Pair("account", *Digits::Parse("11"))));
  call.Tell("digits:22");
  EXPECT_THAT(call.decision().attributes, ElementsAre(Pair("tier", "b")));
  EXPECT_THAT(call.decision().collected, ElementsAre(Pair("account", *Digits::Parse("22"))));
}

TEST(CollectNode, ASetValueTakesThePlaceOfACollectedOne) {
  TestPlan plan(
      "collect: { message: ask, into: account, max_digits: 2, then: { set: { attributes: { "
      "account: none }, then: { voicemail: { mailbox: end } } } } }");
  TestCall call(plan);
  call.Ask();
  call.Tell("digits:11");
  EXPECT_THAT(call.decision().attributes, ElementsAre(Pair("account", "none")));
  EXPECT_THAT(call.decision().collected, IsEmpty());
}

TEST(CollectNode, TakesWhatOneOfItsPatternsMatchesAsAWhole) {
  TestPlan plan(
      Collect("min_digits: 2, max_digits: 4, retries: 0, "
              "patterns: [\"[12][0-9]*\", \"0+\"]"));
  auto after = [&](absl::string_view event) {
    TestCall call(plan);
    call.Ask();
    return call.Tell(event);
  };
  for (absl::string_view good : {"12", "2999", "00", "0000"}) {
    EXPECT_EQ(after(absl::StrCat("digits:", good)), "voicemail good after unconditional") << good;
  }
  // The right length, but no pattern has it; a pattern has it, but it is too short.
  for (absl::string_view bad : {"30", "01", "312", "1*", "1"}) {
    EXPECT_EQ(after(absl::StrCat("digits:", bad)), "voicemail bad after unconditional") << bad;
  }
}

TEST(CollectNode, ShowsNoSecretThatNoPatternMatches) {
  TestPlan plan(Collect("max_digits: 4, secret: true, patterns: \"[0-8]*\""));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:4799"), "collect ask 4-4 secret (2 tries)");
  for (const std::string& visit : call.Way()) EXPECT_THAT(visit, Not(HasSubstr("47")));
  EXPECT_EQ(call.Tell("digits:4788"), "voicemail good after unconditional");
}

TEST(CollectNode, ReportsPatternsThatAreNone) {
  EXPECT_THAT(IssuesOf(Collect("max_digits: 4, patterns: [\"[0-9]+\", \"(1\"]")),
              ElementsAre("error bad-pattern trees.main.collect.patterns[1]"));
  std::string many;
  for (int i = 0; i < 17; ++i) absl::StrAppend(&many, i == 0 ? "" : ", ", "\"", i, "\"");
  EXPECT_THAT(IssuesOf(Collect(absl::StrCat("max_digits: 4, patterns: [", many, "]"))),
              ElementsAre("error too-many trees.main.collect.patterns"));
}

TEST(CollectNode, SaysThatItsMessageIsPlayedToTheEnd) {
  TestPlan plan(Collect("max_digits: 2, to_the_end: true"));
  EXPECT_EQ(TestCall(plan).Ask(), "collect ask 2-2 (3 tries) to the end");
}

TEST(CollectNode, RefusesOtherEvents) {
  TestPlan plan(Collect("max_digits: 2"));
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Tell("busy"),
              HasSubstr("event: dial result cannot follow collect; expected digits or no_input"));
  EXPECT_EQ(call.Tell("hangup"), "release 0/16 cancelled");
}

TEST(CollectNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("collect: {}"), ElementsAre("error missing trees.main.collect.message",
                                                   "error missing trees.main.collect.into",
                                                   "error missing trees.main.collect.max_digits",
                                                   "error dead-end trees.main.collect.then"));
  EXPECT_THAT(IssuesOf(Collect("min_digits: 5, max_digits: 4, terminator: \"1\", retries: 10")),
              ElementsAre("error bad-value trees.main.collect.retries",
                          "error bad-value trees.main.collect.min_digits",
                          "error bad-value trees.main.collect.terminator"));
  EXPECT_THAT(IssuesOf(Collect("max_digits: 16")),
              ElementsAre("error bad-value trees.main.collect.max_digits"));
  EXPECT_THAT(IssuesOf(Collect("max_digits: 15, terminator: \"*\"")), IsEmpty());
}

TEST(CollectNode, LimitsHowManyAttributesAreCollected) {
  auto issues = [](int count) {
    std::string tree = "release: {}";
    for (int i = 0; i < count; ++i) {
      tree = absl::StrCat("collect: { message: m, into: a", i, ", max_digits: 1, then: { ", tree,
                          " }, otherwise: { release: {} } }");
    }
    return IssuesOf(tree);
  };
  EXPECT_THAT(issues(8), IsEmpty());
  EXPECT_THAT(issues(9), ElementsAre(HasSubstr("error too-many-attributes")));
}

}  // namespace
}  // namespace libroute
