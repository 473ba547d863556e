#include <array>
#include <cmath>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Shares(std::initializer_list<int> weights) {
  std::string text = "share: { cases: [";
  int i = 0;
  for (int weight : weights) {
    absl::StrAppend(&text, i == 0 ? "" : ", ", "{ weight: ", weight,
                    ", then: { voicemail: { mailbox: m", i, " } } }");
    ++i;
  }
  return absl::StrCat(text, "] }");
}

int ShareOf(TestCall& call) {
  call.Ask();
  return std::get<VoicemailDecision>(call.decision().action).mailbox[1] - '0';
}

// How often each share is drawn by the calls numbered 0 to calls - 1.
template <size_t kSize>
std::array<int, kSize> Drawn(const TestPlan& plan, int calls) {
  std::array<int, kSize> drawn = {};
  for (int i = 0; i < calls; ++i) {
    TestCall call(plan);
    call.Id(absl::StrCat(i));
    ++drawn[ShareOf(call)];
  }
  return drawn;
}

// Pearson's statistic of `drawn` against `weights`.
template <size_t kSize>
double ChiSquare(const std::array<int, kSize>& drawn, const std::array<double, kSize>& weights) {
  double calls = 0;
  double total = 0;
  for (size_t i = 0; i < kSize; ++i) {
    calls += drawn[i];
    total += weights[i];
  }
  double sum = 0;
  for (size_t i = 0; i < kSize; ++i) {
    double expected = calls * weights[i] / total;
    sum += (drawn[i] - expected) * (drawn[i] - expected) / expected;
  }
  return sum;
}

TEST(ShareNode, GivesEachCaseItsWeight) {
  TestPlan plan(Shares({50, 30, 15, 5}));
  // 3 degrees of freedom: exceeded once in a thousand by a fair draw.
  EXPECT_LT(ChiSquare<4>(Drawn<4>(plan, 20000), {50, 30, 15, 5}), 16.27);
}

TEST(ShareNode, GivesTheSameCallTheSameShare) {
  TestPlan plan(Shares({1, 1, 1, 1}));
  TestPlan again(Shares({1, 1, 1, 1}));
  for (int i = 0; i < 100; ++i) {
    TestCall first(plan);
    TestCall second(again);
    first.Id(absl::StrCat(i));
    second.Id(absl::StrCat(i)).From("+33123456789").At("2027-01-01 00:00");
    EXPECT_EQ(ShareOf(first), ShareOf(second)) << i;
  }
}

TEST(ShareNode, NeverTakesWeightZero) {
  TestPlan plan(Shares({0, 1, 0, 1, 0}));
  auto drawn = Drawn<5>(plan, 2000);
  EXPECT_EQ(drawn[0] + drawn[2] + drawn[4], 0);
  EXPECT_GT(drawn[1], 900);
  EXPECT_GT(drawn[3], 900);
}

TEST(ShareNode, TakesTheOnlyCaseThereIs) {
  TestPlan plan(Shares({1000000}));
  EXPECT_EQ(Drawn<1>(plan, 50)[0], 50);
}

TEST(ShareNode, DrawsIndependentlyInDifferentNodes) {
  // Who falls in a half there does so here as often as not.
  TestPlan plan(absl::StrCat("share: { cases: [{ weight: 1, then: { ", Shares({1, 1}),
                             " } }, { weight: 1, then: { ", Shares({1, 1}), " } }] }"));
  std::array<int, 4> drawn = {};
  for (int i = 0; i < 20000; ++i) {
    TestCall call(plan);
    call.Id(absl::StrCat(i));
    int inner = ShareOf(call);
    int outer = absl::StrContains(call.decision().node, "trees.main.share.cases[1]") ? 1 : 0;
    ++drawn[2 * outer + inner];
  }
  EXPECT_LT(ChiSquare<4>(drawn, {1, 1, 1, 1}), 16.27);
}

TEST(ShareNode, ExplainsTheDraw) {
  TestPlan plan(Shares({0, 3}));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Way().front(),
            "trees.main.share share: cases[1] (the call's id falls in this share)");
  std::vector<std::string> comparisons = call.Comparisons(0);
  ASSERT_EQ(comparisons.size(), 2u);
  EXPECT_THAT(comparisons[0],
              testing::MatchesRegex("drawn [012] of 3 . weight 0 . 0 to below 0 . no"));
  EXPECT_THAT(comparisons[1],
              testing::MatchesRegex("drawn [012] of 3 . weight 3 . 0 to below 3 . yes"));
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kCall));
}

TEST(ShareNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf(Shares({0, 0})),
              ElementsAre("warning never-matches trees.main.share.cases[0]",
                          "warning never-matches trees.main.share.cases[1]",
                          "error bad-weights trees.main.share.cases"));
  EXPECT_THAT(IssuesOf("share: { cases: [] }"),
              ElementsAre("error bad-weights trees.main.share.cases"));
  EXPECT_THAT(IssuesOf("share: { cases: [{ weight: 1000001, then: { goto: nowhere } }, { weight: 1 "
                       "}] }"),
              ElementsAre("error bad-value trees.main.share.cases[0].weight",
                          "error unknown-name trees.main.share.cases[0].then.goto",
                          "error dead-end trees.main.share.cases[1].then"));
  EXPECT_THAT(IssuesOf(Shares({1000000, 1})), IsEmpty());
}

TEST(ShareNode, HasAtMostAThousandCases) {
  v1::Plan plan = ReadTestPlan(Shares({1}));
  v1::ShareBranch* share = plan.mutable_trees()->at("main").mutable_share();
  while (share->cases_size() < 1000) *share->add_cases() = share->cases(0);
  EXPECT_FALSE(HasErrors(CompileForTest(plan).issues));
  *share->add_cases() = share->cases(0);
  EXPECT_THAT(IssuesOf(plan), testing::Contains("error too-long trees.main.share.cases"));
}

}  // namespace
}  // namespace libroute
