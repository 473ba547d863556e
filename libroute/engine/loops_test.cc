#include "libroute/engine/loops.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "libroute/engine/test_engine.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A customer whose numbers dial others: "+3222000100 > +3222000200 +3222000201".
std::string PlanOf(const std::string& customer, const std::vector<std::string>& dials) {
  std::string numbers;
  std::string trees;
  for (size_t i = 0; i < dials.size(); ++i) {
    const std::vector<std::string> sides = absl::StrSplit(dials[i], " > ");
    absl::StrAppend(&numbers, "  - { number: \"", sides[0], "\", tree: t", i, " }\n");
    const std::vector<std::string> to = absl::StrSplit(sides[1], ' ');
    absl::StrAppend(&trees, "  t", i, ": { dial: { to: [\"", absl::StrJoin(to, "\", \""),
                    "\"], setup: 1s, ring: 5s, otherwise: { voicemail: { mailbox: m } } } }\n");
  }
  return absl::StrCat("customer: ", customer, "\nnumbers:\n", numbers, "trees:\n", trees);
}

// "PATH: MESSAGE" of the warnings of loops.
std::vector<std::string> LoopsIn(const Publication& publication) {
  std::vector<std::string> loops;
  for (const Issue& issue : publication.issues) {
    EXPECT_EQ(issue.severity, Severity::kWarning) << FormatIssue(issue);
    if (issue.code == "loop") loops.push_back(absl::StrCat(issue.path, ": ", issue.message));
  }
  return loops;
}

std::vector<std::string> PublishAndFind(Engine& engine, const std::string& plan) {
  const std::vector<std::string> checked =
      LoopsIn(engine.Check(ReadTestPlan(plan), {}, kTestNow));
  const std::vector<std::string> found = LoopsIn(PublishTest(engine, plan));
  EXPECT_EQ(checked, found) << "Check says what Publish will";
  return found;
}

TEST(Loops, AWayBackThroughAnothersPlanIsToldWhenItIsPublished) {
  auto engine = MakeEngine();
  EXPECT_THAT(PublishAndFind(*engine, PlanOf("acme", {"+3222000100 > +3222000200"})), IsEmpty());
  EXPECT_THAT(
      PublishAndFind(*engine, PlanOf("other", {"+3222000200 > +3222000100"})),
      ElementsAre("trees.t0.dial.to[0]: a call to +3222000200 may come back to it (+3222000200 "
                  "(other: trees.t0.dial.to[0]) -> +3222000100 (acme: trees.t0.dial.to[0]) -> "
                  "+3222000200) and go round until it was diverted as often as calls may; let one "
                  "of these end elsewhere, in a voicemail for example"));
  EXPECT_THAT(PublishAndFind(*engine, PlanOf("other", {"+3222000200 > +3222000900"})), IsEmpty());
  EXPECT_THAT(PublishAndFind(*engine, PlanOf("third", {"+3222000900 > +3222000100"})),
              ElementsAre(HasSubstr("(+3222000900 (third: trees.t0.dial.to[0]) -> +3222000100 "
                                    "(acme: trees.t0.dial.to[0]) -> +3222000200 (other: ")));
  EXPECT_TRUE(engine->Withdraw("other").ok());
  EXPECT_THAT(PublishAndFind(*engine, PlanOf("third", {"+3222000900 > +3222000100 +3222000999"})),
              IsEmpty());
}

TEST(Loops, WhatAPlanDialsOfItsOwnIsNotToldAgain) {
  auto engine = MakeEngine();
  MustPublish(*engine, PlanOf("other", {"+3222000200 > +3222000101"}));
  EXPECT_THAT(
      PublishAndFind(*engine, PlanOf("acme", {"+3222000100 > +3222000101",
                                              "+3222000101 > +3222000100 +3222000200"})),
      ElementsAre(HasSubstr("(+3222000100 (trees.t0.dial.to[0])"),
                  HasSubstr("(+3222000101 (acme: trees.t1.dial.to[1]) -> +3222000200 (other: ")));
}

TEST(Loops, BlocksAreDialledByTheLongestMatch) {
  auto engine = MakeEngine();
  MustPublish(*engine, PlanOf("block", {"+32220001* > +3222000205"}));
  EXPECT_THAT(PublishAndFind(*engine, PlanOf("other", {"+3222000200-+3222000299 > +3222000133"})),
              ElementsAre(HasSubstr("(+3222000205 (other: ")));
  // The number within the block goes to somebody else now.
  MustPublish(*engine, PlanOf("within", {"+3222000133 > +3222000999"}));
  EXPECT_THAT(
      PublishAndFind(*engine, PlanOf("other", {"+3222000200-+3222000298 > +3222000133"})),
      IsEmpty());
  // A plan that is only checked has its number within the other's block, too.
  auto before = MakeEngine();
  MustPublish(*before, PlanOf("block", {"+32220001* > +3222000205"}));
  MustPublish(*before, PlanOf("other", {"+3222000205 > +3222000133"}));
  EXPECT_THAT(PublishAndFind(*before, PlanOf("within", {"+3222000133 > +3222000205"})),
              ElementsAre(HasSubstr("(+3222000133 (within: trees.t0.dial.to[0]) -> +3222000205 "
                                    "(other: trees.t0.dial.to[0]) -> +3222000133)")));
}

TEST(Loops, ManyPlansInARowAreCheckedInTime) {
  constexpr int kPlans = 3000;
  auto engine = MakeEngine();
  auto number = [](int i) { return absl::StrCat("+32220", 10000 + i); };
  for (int i = kPlans - 1; i > 0; --i) {
    EXPECT_THAT(LoopsIn(PublishTest(*engine, PlanOf(absl::StrCat("c", i),
                                                    {absl::StrCat(number(i), " > ",
                                                                  number((i + 1) % kPlans))}))),
                IsEmpty());
  }
  EXPECT_THAT(
      LoopsIn(PublishTest(*engine, PlanOf("c0", {absl::StrCat(number(0), " > ", number(1))}))),
      ElementsAre(HasSubstr("-> +3222010004 (c4: trees.t0.dial.to[0]) -> ... -> +3222012999 "
                            "(c2999: trees.t0.dial.to[0]) -> +3222010000)")));
}

// Numbers that dial each other, as a table; the slow way to what is found.
class Numbers {
 public:
  static constexpr int kCustomers = 4;
  static constexpr int kEach = 3;
  static constexpr int kAll = kCustomers * kEach;

  explicit Numbers(std::mt19937& random) {
    for (auto& dials : dials_) {
      for (int left = static_cast<int>(random() % 3); left > 0; --left) {
        dials.insert(static_cast<int>(random() % (kAll + 3)));
      }
    }
  }

  static std::string Name(int number) { return absl::StrCat("+32220001", 10 + number); }

  std::string Plan(int customer) const {
    std::vector<std::string> lines;
    for (int i = customer * kEach; i < (customer + 1) * kEach; ++i) {
      std::vector<std::string> to = {"+3222000999"};
      for (int other : dials_[i]) to.push_back(Name(other));
      lines.push_back(absl::StrCat(Name(i), " > ", absl::StrJoin(to, " ")));
    }
    return PlanOf(absl::StrCat("c", customer), lines);
  }

  // Of each set of numbers that lead to each other, with one of the last of
  // `customers`, how many numbers the shortest way back to one of its has.
  std::multiset<int> Expected(int customers) const {
    std::map<int, std::set<int>> ways;
    for (int i = 0; i < customers * kEach; ++i) {
      for (int other : dials_[i]) {
        const bool is_known = other < customers * kEach;
        if (is_known && !(other / kEach == i / kEach && ComesBack(i, other))) ways[i].insert(other);
      }
    }
    std::multiset<int> lengths;
    std::set<int> told;
    for (int i = (customers - 1) * kEach; i < customers * kEach; ++i) {
      if (told.count(i) > 0 || Distance(ways, i, i) == 0) continue;
      int shortest = kAll;
      for (int j = i; j < customers * kEach; ++j) {
        const bool together =
            j == i || (Distance(ways, i, j) > 0 && Distance(ways, j, i) > 0);
        if (!together) continue;
        told.insert(j);
        shortest = std::min(shortest, Distance(ways, j, j));
      }
      lengths.insert(shortest);
    }
    return lengths;
  }

 private:
  // Whether `other`, which `number` dials, leads back within their customer.
  bool ComesBack(int number, int other) const {
    std::map<int, std::set<int>> own;
    for (int i = number / kEach * kEach; i < (number / kEach + 1) * kEach; ++i) {
      for (int to : dials_[i]) {
        if (to / kEach == number / kEach) own[i].insert(to);
      }
    }
    return number == other || Distance(own, other, number) > 0;
  }

  // In steps, at least one; 0 if there is no way.
  static int Distance(const std::map<int, std::set<int>>& ways, int from, int to) {
    std::set<int> at = {from};
    for (int steps = 1; steps <= kAll; ++steps) {
      std::set<int> next;
      for (int each : at) {
        auto found = ways.find(each);
        if (found != ways.end()) next.insert(found->second.begin(), found->second.end());
      }
      if (next.count(to) > 0) return steps;
      at = std::move(next);
    }
    return 0;
  }

  std::array<std::set<int>, kAll> dials_;
};

TEST(Loops, AreThoseOfASearchInTheTableOfAllNumbers) {
  std::mt19937 random(1997);
  int found = 0;
  for (int round = 0; round < 300; ++round) {
    const Numbers numbers(random);
    auto engine = MakeEngine();
    for (int customer = 0; customer < Numbers::kCustomers; ++customer) {
      std::multiset<int> lengths;
      for (const std::string& loop : PublishAndFind(*engine, numbers.Plan(customer))) {
        const int names = static_cast<int>(
            std::vector<std::string>(absl::StrSplit(loop, " -> ")).size());
        // What the plan finds alone has no customers in its way.
        if (loop.find(absl::StrCat("(c", customer, ": ")) != std::string::npos) {
          lengths.insert(loop.find("...") == std::string::npos ? names - 1 : -1);
        }
      }
      std::multiset<int> expected;
      for (int length : numbers.Expected(customer + 1)) {
        // Of longer ones the middle is left out.
        expected.insert(length > 6 ? -1 : length);
      }
      ASSERT_EQ(lengths, expected) << "round " << round << ", customer " << customer << "\n"
                                   << numbers.Plan(customer);
      found += static_cast<int>(lengths.size());
    }
  }
  EXPECT_GT(found, 50);
}

}  // namespace
}  // namespace libroute
