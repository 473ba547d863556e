#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Of a plan whose numbers and destination `direct` are written in YAML.
std::string PlanRewriting(absl::string_view numbers, absl::string_view direct,
                     absl::string_view main = "dial: { to: direct }") {
  return absl::StrCat("customer: acme\nnumbers: [", numbers, "]\ndestinations: { direct: { ",
                      direct, " } }\ntrees: { main: { ", main, " } }\n");
}

std::vector<std::string> FoundIn(absl::string_view numbers, absl::string_view direct) {
  return IssuesOf(ReadWholePlan(PlanRewriting(numbers, direct)));
}

constexpr absl::string_view kLastThree = "from_called: { keep_last: 3, add: \"+3225550\" }";

TEST(PlanRewrites, DialsTheExtensionBehindOtherDigits) {
  TestPlan plan(ReadWholePlan(PlanRewriting("{ number: \"+3222000*\", tree: main }", kLastThree)));
  TestCall call(plan);
  call.To("+3222000123").Ask();
  EXPECT_EQ(call.leg(0).number.ToString(), "+3225550123");
  EXPECT_EQ(call.leg(0).destination, "direct");
  EXPECT_EQ(call.leg(0).trigger, Trigger::kAllow);
  EXPECT_EQ(call.leg(0).diverted_by.ToString(), "+3222000123");
  EXPECT_THAT(call.Comparisons(),
              ElementsAre("destination direct, +3225550 and the last 3 digits | can be tried | "
                          "nothing speaks against it | yes"));
}

TEST(PlanRewrites, ALegToTheCalledLineItselfDoesNotComeBack) {
  TestPlan plan(ReadWholePlan(PlanRewriting("{ number: \"+3222000*\", tree: main }",
                                       "from_called: { keep_last: 3, add: \"+3222000\" }")));
  TestCall call(plan);
  call.To("+3222000123").Ask();
  EXPECT_EQ(call.leg(0).number.ToString(), "+3222000123");
  EXPECT_EQ(call.leg(0).trigger, Trigger::kSuppress);
}

TEST(PlanRewrites, WhatIsNoNumberFailsAsABadNumber) {
  TestPlan plan(ReadWholePlan(
      PlanRewriting("{ number: \"+3222000*\", tree: main }", "from_called: { strip: 7, add: \"+322\" }",
               "dial: { to: direct, on_bad_number: { voicemail: { mailbox: desk } } }")));
  TestCall works(plan);
  EXPECT_EQ(works.To("+32220001234").Ask(), "dial direct");
  EXPECT_EQ(works.leg(0).number.ToString(), "+3221234");
  TestCall fails(plan);
  EXPECT_EQ(fails.To("+3222000123").Ask(), "voicemail desk after unknown");
}

TEST(PlanRewrites, WhatMayNotBeCalledFailsAsRejected) {
  TestPlan plan(ReadWholePlan(
      PlanRewriting("{ number: \"+3222000*\", tree: main }", "from_called: { strip: 7, add: \"+329\" }",
               "dial: { to: direct, on_rejected: { voicemail: { mailbox: desk } } }")));
  TestCall fixed(plan);
  EXPECT_EQ(fixed.To("+32220001234567").Ask(), "dial direct");
  EXPECT_EQ(fixed.leg(0).number.ToString(), "+3291234567");
  TestCall premium(plan);
  EXPECT_EQ(premium.To("+32220000012345").Ask(), "voicemail desk after deflected");
  EXPECT_THAT(premium.Comparisons(0).at(0),
              testing::HasSubstr("+3290012345 may not be called: it is a number of kind premium"));
  EXPECT_THAT(FoundIn("{ number: \"+3222000100\", tree: main }",
                    "from_called: { keep_last: 3, add: \"+3290012\" }"),
              testing::ElementsAre("error destination-not-allowed trees.main.dial.to[0]"));
}

TEST(PlanRewrites, RefusesRewritesThatGiveNoNumberAndNamesOne) {
  struct Case {
    absl::string_view numbers;
    absl::string_view direct;
    std::vector<std::string> issues;
  };
  const std::string error = "error bad-rewrite trees.main.dial.to[0]";
  const std::string warning = "warning rewrite-may-fail trees.main.dial.to[0]";
  const Case cases[] = {
      {"{ number: \"+3222000100\", tree: main }", kLastThree, {}},
      {"{ number: \"+3222000100-+3222000199\", tree: main }",
       "from_called: { strip: 8, add: \"+3225\" }",
       {error}},
      {"{ number: \"+3222000100-+3222000199\", tree: main }",
       "from_called: { keep_last: 11, add: \"+3225\" }",
       {error}},
      {"{ number: \"+3222000100-+3222000199\", tree: main }",
       "from_called: { strip: 2, add: \"+32255500\" }",
       {error}},
      // How long the numbers of a block are only the plan knows.
      {"{ number: \"+3222000*\", tree: main }",
       "from_called: { strip: 7, add: \"+32255\" }",
       {warning}},
      {"{ number: \"+3222000*\", tree: main, min_digits: 9, max_digits: 10 }",
       "from_called: { strip: 7, add: \"+32255\" }",
       {}},
      {"{ number: \"+3222000*\", tree: main, min_digits: 8, max_digits: 9 }",
       "from_called: { strip: 8, add: \"+322555\" }",
       {error}},
  };
  for (const Case& each : cases) {
    EXPECT_THAT(FoundIn(each.numbers, each.direct), testing::ElementsAreArray(each.issues))
        << each.numbers << " " << each.direct;
  }
  EXPECT_EQ(MessageOf(ReadWholePlan(PlanRewriting(cases[1].numbers, cases[1].direct)), "bad-rewrite"),
            "calls to +3222000100 can come here, and of it destination \"direct\" makes no number "
            "of 7 to 15 digits (+3225 and all but the first 8 digits)");
}

TEST(PlanRewrites, LooksOnlyAtNumbersThatCanComeThere) {
  const std::string text = absl::StrCat(
      "customer: acme\n"
      "numbers: [{ number: \"+3222000100\", tree: main }, { number: \"+32220001\", tree: short }]\n"
      "destinations: { direct: { from_called: { strip: 8, add: \"+322555\" } } }\n"
      "trees:\n"
      "  main: { announce: { message: m, then: { goto: last } } }\n"
      "  last: { dial: { to: direct } }\n"
      "  short: { reject: {} }\n");
  EXPECT_THAT(IssuesOf(ReadWholePlan(text)), IsEmpty());
  std::string other = text;
  other.replace(other.find("short: { reject: {} }"), 21, "short: { goto: last }");
  EXPECT_THAT(IssuesOf(ReadWholePlan(other)),
              ElementsAre("error bad-rewrite trees.last.dial.to[0]"));
}

TEST(PlanRewrites, WarnsOfWhatLeadsBackToAnotherOwnNumber) {
  EXPECT_THAT(FoundIn("{ number: \"+3222000100-+3222000199\", tree: main }",
                    "from_called: { keep_last: 2, add: \"+32220001\" }"),
              IsEmpty())
      << "the called line itself";
  EXPECT_THAT(FoundIn("{ number: \"+3222000100-+3222000199\", tree: main }, "
                    "{ number: \"+3222000200-+3222000299\", tree: main }",
                    "from_called: { keep_last: 2, add: \"+32220002\" }"),
              ElementsAre("warning own-number trees.main.dial.to[0]"));
}

TEST(PlanRewrites, RefusesWhatIsNotWrittenRight) {
  constexpr absl::string_view kNumber = "{ number: \"+3222000100\", tree: main }";
  const std::string at = "destinations.direct.from_called";
  EXPECT_THAT(
      FoundIn(kNumber, "from_called: {}"),
      ElementsAre(absl::StrCat("error missing ", at), absl::StrCat("error missing ", at, ".add")));
  EXPECT_THAT(FoundIn(kNumber, "from_called: { strip: 0, add: \"+32\" }"),
              ElementsAre(absl::StrCat("error bad-value ", at, ".strip")));
  EXPECT_THAT(FoundIn(kNumber, "from_called: { keep_last: 15, add: \"+32\" }"),
              ElementsAre(absl::StrCat("error bad-value ", at, ".keep_last")));
  for (absl::string_view add : {"3222", "+0322", "+32a", "+999", "+32*", "+123456789012345"}) {
    EXPECT_THAT(FoundIn(kNumber, absl::StrCat("from_called: { keep_last: 3, add: \"", add, "\" }")),
                ElementsAre(absl::StrCat("error bad-number ", at, ".add")))
        << add;
  }
}

TEST(PlanRewrites, RefusesLengthsThatABlockCannotHave) {
  auto lengths = [](absl::string_view number, absl::string_view fields) {
    return FoundIn(absl::StrCat("{ number: \"", number, "\", tree: main, ", fields, " }"),
                 kLastThree);
  };
  EXPECT_THAT(lengths("+3222000*", "min_digits: 8, max_digits: 10"), IsEmpty());
  EXPECT_THAT(lengths("+32220001*", "min_digits: 7"),
              ElementsAre("error bad-value numbers[0].min_digits"));
  EXPECT_THAT(lengths("+33*", "min_digits: 6"),
              ElementsAre("error bad-value numbers[0].min_digits"));
  EXPECT_THAT(lengths("+3222000*", "max_digits: 16"),
              ElementsAre("error bad-value numbers[0].max_digits"));
  EXPECT_THAT(lengths("+3222000*", "min_digits: 11, max_digits: 10"),
              ElementsAre("error bad-value numbers[0].max_digits"));
  EXPECT_THAT(lengths("+3222000100", "min_digits: 10"),
              ElementsAre("error bad-value numbers[0].min_digits"));
  EXPECT_THAT(lengths("+3222000100-+3222000199", "max_digits: 10"),
              ElementsAre("error bad-value numbers[0].max_digits"));
}

// A block, one chain of trees, and many dials of what is made of the number.
TEST(PlanRewrites, ChecksManyNodesInTime) {
  v1::Plan plan;
  plan.set_customer("acme");
  for (int i = 0; i < 2000; ++i) {
    v1::Number* number = plan.add_numbers();
    number->set_number(absl::StrCat("+32", std::string(5 + i % 9, '1'), 1000 + i));
    number->set_tree(absl::StrCat("t", i));
    v1::Dial& dial = *(*plan.mutable_trees())[absl::StrCat("t", i)].mutable_dial();
    dial.add_to("direct");
    dial.mutable_on_busy()->set_goto_(absl::StrCat("t", std::min(i + 1, 1999)));
    if (i == 1999) dial.mutable_on_busy()->mutable_reject();
  }
  v1::NumberFromCalled& direct = *(*plan.mutable_destinations())["direct"].mutable_from_called();
  direct.set_add("+32");
  direct.set_keep_last(14);
  EXPECT_EQ(CompileForTest(plan).plan, nullptr);
}

}  // namespace
}  // namespace libroute
