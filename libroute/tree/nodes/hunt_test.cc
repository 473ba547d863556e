#include "libroute/tree/nodes/hunt.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kTargets[] = {"front", "back", "web"};

std::string DialWith(absl::string_view more) {
  return absl::StrCat("dial: { to: [front, back, web], ", more, " }");
}

std::string NthCall(const TestPlan& plan, int call) {
  return TestCall(plan).Id(absl::StrCat(call)).Ask();
}

TEST(TargetOrder, MovesOneUpAndTheOthersOn) {
  TargetOrder order;
  order.MoveUp(3, 1);
  EXPECT_EQ(order.at(0), 0);
  EXPECT_EQ(order.at(1), 3);
  EXPECT_EQ(order.at(2), 1);
  EXPECT_EQ(order.at(3), 2);
  EXPECT_EQ(order.at(4), 4);
  EXPECT_EQ(TargetOrder::FromPacked(order.packed()), order);
  order.MoveUp(15, 0);
  EXPECT_EQ(order.at(0), 15);
  EXPECT_EQ(order.at(15), 14);
}

TEST(Hunt, CircularBeginsOneFartherWithEveryCall) {
  TestPlan plan(DialWith("hunt: circular"));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(NthCall(plan, 0), "dial front, back, web");
    EXPECT_EQ(NthCall(plan, 1), "dial back, web, front");
    EXPECT_EQ(NthCall(plan, 2), "dial web, front, back");
  }
}

TEST(Hunt, CircularKeepsItsOrderThroughoutTheCall) {
  TestPlan plan(DialWith("hunt: circular"));
  NthCall(plan, 0);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial back, web, front");
  NthCall(plan, 2);
  EXPECT_EQ(call.Tell("busy"), "dial web, front");
  EXPECT_EQ(call.leg(0).target, 2);
  EXPECT_EQ(call.Tell("busy"), "dial front") << "the result was of web, which was next";
  EXPECT_THAT(call.Way().front(), HasSubstr("from the one whose turn it is"));
}

TEST(Hunt, GoesByTheTurnThatTheLedgerGave) {
  TestPlan plan(DialWith("hunt: circular"));
  TestCall call(plan);
  EXPECT_EQ(call.GiveTurn("hunt trees.main.dial", 5).Ask(), "dial web, front, back");
  ASSERT_EQ(call.decision().claims.size(), 1u) << "the step is held all the same";
  EXPECT_EQ(call.decision().claims[0].limit, 0u) << "but no other turn is taken";
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kLedger));
}

// Every sequence of which targets are down at each call, against a list that is
// kept in the order of use.
TEST(Hunt, LeastRecentGoesToTheLongestUnusedOfAllSequences) {
  constexpr int kCalls = 4;
  for (int sequence = 0; sequence < 7 * 7 * 7 * 7; ++sequence) {
    TestPlan plan(DialWith("hunt: least_recent"));
    std::vector<int> by_use = {0, 1, 2};
    int rest = sequence;
    for (int call = 0; call < kCalls; ++call, rest /= 7) {
      // Not all three.
      const int down = rest % 7;
      std::string expected;
      int first = -1;
      for (int target : by_use) {
        const bool is_down = (down >> target & 1) != 0;
        plan.SetDestination(kTargets[target], is_down ? Status::kDown : Status::kUp);
        if (is_down) continue;
        if (first < 0) first = target;
        absl::StrAppend(&expected, expected.empty() ? "dial " : ", ", kTargets[target]);
      }
      ASSERT_EQ(NthCall(plan, call), expected) << "sequence " << sequence << ", call " << call;
      std::erase(by_use, first);
      by_use.push_back(first);
    }
  }
}

TEST(Hunt, LeastRecentCountsThoseThatAreTriedLaterAsUsed) {
  TestPlan plan(DialWith("hunt: least_recent"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front, back, web");
  EXPECT_EQ(call.Tell("busy"), "dial back, web");
  EXPECT_EQ(NthCall(plan, 2), "dial web, front, back");
}

TEST(Hunt, WeightsAreMetAndAllTargetsAreThere) {
  TestPlan plan(DialWith("hunt: weighted, weights: [5, 3, 2]"));
  constexpr int kCalls = 20000;
  std::map<std::string, int> first;
  std::map<std::string, int> second_after_front;
  for (int call = 0; call < kCalls; ++call) {
    TestCall asked(plan);
    asked.Id(absl::StrCat(call)).Ask();
    std::vector<std::string> names;
    for (int i = 0; i < 3; ++i) names.emplace_back(asked.leg(i).destination);
    ++first[names[0]];
    if (names[0] == "front") ++second_after_front[names[1]];
    std::sort(names.begin(), names.end());
    ASSERT_THAT(names, ElementsAre("back", "front", "web"));
  }
  // Five standard deviations of a binomial distribution.
  EXPECT_NEAR(first["front"], 0.5 * kCalls, 5 * 70.7);
  EXPECT_NEAR(first["back"], 0.3 * kCalls, 5 * 64.8);
  const int after = second_after_front["back"] + second_after_front["web"];
  EXPECT_NEAR(second_after_front["back"], 0.6 * after, 5 * 49);
}

TEST(Hunt, RandomGivesEveryOrderAlikeAndTheSameCallTheSame) {
  TestPlan plan(DialWith("hunt: random"));
  constexpr int kCalls = 12000;
  std::map<std::string, int> orders;
  for (int call = 0; call < kCalls; ++call) {
    const std::string order = NthCall(plan, call);
    ++orders[order];
    if (call < 100) {
      ASSERT_EQ(NthCall(plan, call), order);
    }
  }
  ASSERT_EQ(orders.size(), 6u);
  double chi_square = 0;
  for (const auto& [order, count] : orders) {
    chi_square += (count - kCalls / 6.0) * (count - kCalls / 6.0) / (kCalls / 6.0);
  }
  // Of five degrees of freedom; exceeded once in 10,000 times by chance.
  EXPECT_LT(chi_square, 25.7);
}

TEST(Hunt, DrawsAgainstTheNodesPlaceInThePlan) {
  TestPlan plan(
      "dial: { to: [front, back, web], hunt: random, otherwise: { dial: { to: [front, back, web], "
      "hunt: random } } }");
  int same = 0;
  for (int call = 0; call < 300; ++call) {
    TestCall asked(plan);
    const std::string first = asked.Id(absl::StrCat(call)).Ask();
    Event all = DialEvent({{0, Outcome::kBusy}, {1, Outcome::kBusy}, {2, Outcome::kBusy}});
    same += asked.Tell(all) == first ? 1 : 0;
  }
  EXPECT_NEAR(same, 50, 40);
}

TEST(Hunt, ChecksItsWeights) {
  EXPECT_THAT(IssuesOf(DialWith("hunt: weighted, weights: [1, 2]")),
              ElementsAre("error bad-weights trees.main.dial.weights"));
  EXPECT_THAT(IssuesOf(DialWith("hunt: weighted, weights: [1, 0, 1000001]")),
              ElementsAre("error bad-weights trees.main.dial.weights[1]",
                          "error bad-weights trees.main.dial.weights[2]"));
  EXPECT_THAT(IssuesOf(DialWith("hunt: random, weights: [1, 1, 1]")),
              ElementsAre("error bad-weights trees.main.dial.weights"));
  EXPECT_THAT(IssuesOf(DialWith("hunt: weighted, weights: [1, 1000000, 7]")), IsEmpty());
  v1::Plan plan = ReadTestPlan(DialWith("hunt: linear"));
  plan.mutable_trees()->at("main").mutable_dial()->set_hunt(static_cast<v1::Dial::Hunt>(9));
  EXPECT_THAT(IssuesOf(plan), testing::Contains("error bad-value trees.main.dial.hunt"));
}

}  // namespace
}  // namespace libroute
