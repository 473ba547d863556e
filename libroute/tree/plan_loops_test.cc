#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/dial_graph.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A plan whose number +32220004XX follows tree tXX, for each of `trees`, which are
// "XX: { ... }".
v1::Plan PlanOf(const std::vector<std::string>& trees) {
  std::string text = "customer: acme\nmax_unanswered: 300s\nnumbers:\n";
  for (const std::string& tree : trees) {
    absl::StrAppend(&text, "  - { number: \"+32220004", tree.substr(0, 2), "\", tree: t",
                    tree.substr(0, 2), " }\n");
  }
  absl::StrAppend(&text, "trees:\n");
  for (const std::string& tree : trees) {
    absl::StrAppend(&text, "  t", tree, "\n");
  }
  return ReadWholePlan(text);
}

std::string Dials(absl::string_view from, absl::string_view to) {
  return absl::StrCat(from, ": { dial: { to: \"+32220004", to, "\" } }");
}

TEST(PlanLoops, AWayBackThroughAnotherNumberIsToldOnceWithItsNumbers) {
  const v1::Plan plan = PlanOf({Dials("00", "01"), Dials("01", "00")});
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning loop trees.t00.dial.to[0]"));
  EXPECT_EQ(MessageOf(plan, "loop"),
            "a call to +3222000400 may come back to it (+3222000400 (trees.t00.dial.to[0]) -> "
            "+3222000401 (trees.t01.dial.to[0]) -> +3222000400) and go round until it was diverted "
            "as often as calls may; let one of these end elsewhere, in a voicemail for example");
}

TEST(PlanLoops, TheShortestWayIsShown) {
  // 0 -> 1 -> 2 -> 3 -> 0, and 2 -> 1.
  const v1::Plan plan =
      PlanOf({Dials("00", "01"), Dials("01", "02"),
              "02: { dial: { to: [\"+3222000403\", \"+3222000401\"] } }", Dials("03", "00")});
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning loop trees.t01.dial.to[0]"));
  EXPECT_THAT(MessageOf(plan, "loop"),
              HasSubstr("(+3222000401 (trees.t01.dial.to[0]) -> +3222000402 (trees.t02.dial.to[1]) "
                        "-> +3222000401)"));
}

TEST(PlanLoops, OfALongWayTheBeginningAndTheEndAreShown) {
  std::vector<std::string> trees;
  for (int i = 0; i < 90; ++i) {
    trees.push_back(Dials(absl::StrCat(10 + i), absl::StrCat(10 + (i + 1) % 90)));
  }
  EXPECT_THAT(MessageOf(PlanOf(trees), "loop"),
              HasSubstr(" -> +3222000414 (trees.t14.dial.to[0]) -> ... -> +3222000499 "
                        "(trees.t99.dial.to[0]) -> +3222000410)"));
}

TEST(PlanLoops, SeveralAreEachTold) {
  EXPECT_THAT(IssuesOf(PlanOf({Dials("00", "01"), Dials("01", "00"), Dials("02", "03"),
                               Dials("03", "02"), Dials("04", "00")})),
              ElementsAre("warning loop trees.t00.dial.to[0]", "warning loop trees.t02.dial.to[0]"));
}

TEST(PlanLoops, ANumberThatLeadsStraightBackIsNotToldTwice) {
  // 1's own number, besides the way by 0.
  EXPECT_THAT(IssuesOf(PlanOf({Dials("00", "01"), Dials("01", "01")})),
              ElementsAre("warning own-number trees.t01.dial.to[0]"));
  EXPECT_THAT(
      IssuesOf(PlanOf({Dials("00", "01"),
                       "01: { dial: { to: [\"+3222000401\", \"+3222000400\"] } }"})),
      ElementsAre("warning own-number trees.t01.dial.to[0]", "warning loop trees.t00.dial.to[0]"));
}

TEST(PlanLoops, SharedTreesAndTheDefaultBelongToEveryNumberThatComesThere) {
  v1::Plan plan = PlanOf({"00: { goto: t02 }", "01: { dial: { to: \"+3222000999\" } }",
                          Dials("02", "01")});
  EXPECT_THAT(IssuesOf(plan), IsEmpty());
  plan.mutable_default_()->mutable_on_busy()->set_goto_("t00");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error goto-cycle default.on_busy.goto",
                                          "warning own-number trees.t02.dial.to[0]"));
  plan.mutable_default_()->mutable_on_busy()->mutable_dial()->add_to("+3222000400");
  plan.mutable_default_()->mutable_on_busy()->mutable_dial()->mutable_otherwise()->mutable_release();
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning own-number default.on_busy.dial.to[0]"))
      << "with which the way by 01 ends, too";
}

TEST(PlanLoops, WhatEndsElsewhereIsNone) {
  EXPECT_THAT(IssuesOf(PlanOf({Dials("00", "01"), Dials("01", "02"),
                               "02: { dial: { to: [called, \"+3222000900\"] } }"})),
              IsEmpty());
}

TEST(PlanLoops, ANumberThatIsNotCompleteAsksForMoreDigits) {
  v1::Plan plan = PlanOf({Dials("00", "01"), Dials("01", "00")});
  plan.mutable_numbers(0)->set_number("+32220004*");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning loop trees.t00.dial.to[0]"));
  plan.mutable_numbers(0)->set_min_digits(11);
  EXPECT_THAT(IssuesOf(plan), IsEmpty());
}

TEST(PlanLoops, ManyTreesAreCheckedInTime) {
  // Each number's tree goes on to all later ones, each of which dials the first.
  constexpr int kTrees = 3000;
  v1::Plan plan = PlanOf({"00: { goto: t01 }", "01: { dial: { to: \"+3222000400\" } }"});
  for (int i = 0; i < kTrees; ++i) {
    v1::Number* number = plan.add_numbers();
    number->set_number(absl::StrCat("+32225", 10000 + i));
    number->set_tree(absl::StrCat("many", i));
    v1::Dial* dial = (*plan.mutable_trees())[absl::StrCat("many", i)].mutable_dial();
    dial->add_to(absl::StrCat("+32225", 10000 + (i * 7 + 1) % kTrees));
    dial->mutable_setup()->set_seconds(1);
    dial->mutable_ring()->set_seconds(1);
    dial->mutable_otherwise()->mutable_release();
    if (i % 20 != 19) {
      dial->mutable_otherwise()->set_goto_(absl::StrCat("many", i + 1));
    }
  }
  EXPECT_THAT(MessageOf(plan, "loop"), testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace libroute
