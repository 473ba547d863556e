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

// Two halves, each of what is named, and the fields of the branch.
std::string Halves(absl::string_view first, absl::string_view second, absl::string_view more = "") {
  return absl::StrCat("share: { ", more, more.empty() ? "" : ", ", "cases: [{ weight: 1, ", first,
                      " then: { voicemail: { mailbox: m0 } } }, { weight: 1, ", second,
                      " then: { voicemail: { mailbox: m1 } } }] }");
}

constexpr absl::string_view kElsewhere = "otherwise: { voicemail: { mailbox: m2 } }";

TEST(ShareNode, GivesTheSameCallerTheSameShare) {
  TestPlan plan(Halves("", "", "by: caller"));
  std::array<int, 2> drawn = {};
  for (int caller = 0; caller < 2000; ++caller) {
    const std::string number = absl::StrCat("+32475", 100000 + caller);
    std::array<int, 3> shares = {};
    for (int i = 0; i < 3; ++i) {
      TestCall call(plan);
      call.Id(absl::StrCat(caller, "-", i)).From(number);
      shares[static_cast<size_t>(i)] = ShareOf(call);
    }
    EXPECT_EQ(shares[0], shares[1]);
    EXPECT_EQ(shares[0], shares[2]);
    ++drawn[static_cast<size_t>(shares[0])];
  }
  EXPECT_LT(ChiSquare<2>(drawn, {1, 1}), 10.83);
}

TEST(ShareNode, SharesOutThoseWhoWithholdTheirNumberOneByOne) {
  TestPlan plan(Halves("", "", "by: caller"));
  std::array<int, 2> drawn = {};
  for (int i = 0; i < 2000; ++i) {
    TestCall call(plan);
    call.Id(absl::StrCat(i)).From("+32475123456").Withheld();
    ++drawn[static_cast<size_t>(ShareOf(call))];
  }
  EXPECT_LT(ChiSquare<2>(drawn, {1, 1}), 10.83);
}

TEST(ShareNode, GoesRoundWhereItIsExact) {
  TestPlan plan("share: { exact: true, cases: [{ weight: 20, then: { voicemail: { mailbox: m0 } } }, "
                "{ weight: 10, then: { voicemail: { mailbox: m1 } } }] }");
  std::string order;
  for (int i = 0; i < 9; ++i) {
    TestCall call(plan);
    call.Id(absl::StrCat(i));
    absl::StrAppend(&order, ShareOf(call));
  }
  EXPECT_EQ(order, "001001001");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Way().front(), "trees.main.share share: cases[0] (it is this share's turn)");
  EXPECT_THAT(call.Comparisons(0), ElementsAre("turn 0 of 3 | weight 20 |  | yes",
                                               "turn 0 of 3 | weight 10 |  | no"));
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kLedger));
}

TEST(ShareNode, SharesOutAmongThoseThatAreAvailable) {
  TestPlan plan("share: { cases: [{ weight: 2, destination: [front], then: { voicemail: { mailbox: m0 "
                "} } }, { weight: 1, site: [south], then: { voicemail: { mailbox: m1 } } }, { weight: "
                "1, then: { voicemail: { mailbox: m2 } } }] }");
  const auto before = Drawn<3>(plan, 4000);
  EXPECT_LT(ChiSquare<3>(before, {2, 1, 1}), 13.82);
  plan.SetDestination("front", Status::kBusy);
  const auto without = Drawn<3>(plan, 4000);
  EXPECT_EQ(without[0], 0);
  // Who was in another share stays there.
  EXPECT_GE(without[1], before[1]);
  EXPECT_GE(without[2], before[2]);
  EXPECT_LT(ChiSquare<2>({without[1], without[2]}, {1, 1}), 10.83);
  plan.SetSite("south", Status::kDown);
  EXPECT_EQ(Drawn<3>(plan, 100)[2], 100);
  // Its site is known to be down.
  plan.SetDestination("front", Status::kUp);
  plan.SetSite("north", Status::kDown);
  EXPECT_EQ(Drawn<3>(plan, 100)[2], 100);
}

TEST(ShareNode, IsAvailableWhileOneOfItsTargetsIs) {
  TestPlan plan(Halves("destination: [front, back], site: [south],", "destination: [web],", kElsewhere));
  for (const char* name : {"front", "back", "web"}) plan.SetDestination(name, Status::kDown);
  EXPECT_EQ(Drawn<2>(plan, 50)[0], 50);
  plan.SetSite("south", Status::kBusy);
  EXPECT_EQ(Drawn<3>(plan, 50)[2], 50) << "otherwise";
  plan.SetDestination("back", Status::kUp);
  EXPECT_EQ(Drawn<3>(plan, 50)[0], 50);
}

TEST(ShareNode, OverflowsOrGoesThereStrictly) {
  TestPlan overflow(Halves("destination: [front],", "",
                           absl::StrCat("unavailable: overflow, ", kElsewhere)));
  TestPlan strict(Halves("destination: [front],", "", "unavailable: strict"));
  const auto all = Drawn<3>(overflow, 1000);
  EXPECT_EQ(all[2], 0);
  overflow.SetDestination("front", Status::kDown);
  strict.SetDestination("front", Status::kDown);
  const auto overflowed = Drawn<3>(overflow, 1000);
  EXPECT_EQ(overflowed[0], 0);
  EXPECT_EQ(overflowed[1], all[1]);
  EXPECT_EQ(overflowed[2], all[0]);
  EXPECT_GT(Drawn<2>(strict, 1000)[0], 400);
}

TEST(ShareNode, TakesItsTurnOfAShareThatIsNotAvailable) {
  TestPlan plan(Halves("destination: [front],", "", "exact: true"));
  plan.SetDestination("front", Status::kDown);
  EXPECT_EQ(Drawn<2>(plan, 20)[1], 20);
  plan.SetDestination("front", Status::kUp);
  EXPECT_EQ(Drawn<2>(plan, 20)[0], 10);
}

TEST(ShareNode, ExplainsWhyAnotherShareIsTaken) {
  TestPlan plan(Halves("destination: [front],", "", "exact: true"));
  plan.SetDestination("front", Status::kDown);
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Way().front(),
            "trees.main.share share: cases[1] (the call falls in this one of those that are "
            "available)");
  EXPECT_THAT(call.Comparisons(0), ElementsAre("turn 0 of 2 | weight 1 | not available | no",
                                               "turn 0 of 2 | weight 1 |  | no"));
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kStatus));
}

TEST(ShareNode, ReportsSharesThatContradictThemselves) {
  EXPECT_THAT(IssuesOf(Halves("", "", "exact: true, by: caller")),
              ElementsAre("error contradiction trees.main.share.exact"));
  EXPECT_THAT(IssuesOf("share: { exact: true, cases: [{ weight: 9999, then: { release: {} } }, { "
                       "weight: 10001, then: { release: {} } }] }"),
              ElementsAre("error bad-weights trees.main.share.cases"));
  EXPECT_THAT(IssuesOf(Halves("destination: [fornt],", "site: [sout],")),
              testing::IsSupersetOf({"error unknown-name trees.main.share.cases[0].destination[0]",
                                     "error unknown-name trees.main.share.cases[1].site[0]"}));
  EXPECT_THAT(IssuesOf(Halves("", "", kElsewhere)),
              ElementsAre("warning never-matches trees.main.share.otherwise"));
  EXPECT_THAT(IssuesOf(Halves("destination: [front],", "", kElsewhere)),
              ElementsAre("warning never-matches trees.main.share.otherwise"));
  EXPECT_THAT(IssuesOf(Halves("destination: [front],", "", "unavailable: overflow")),
              ElementsAre("error dead-end trees.main.share"));
  EXPECT_THAT(IssuesOf(Halves("", "", "unavailable: overflow")),
              ElementsAre("warning no-effect trees.main.share.unavailable"));
  EXPECT_THAT(IssuesOf(Halves("destination: [front],", "site: [south],")),
              ElementsAre("error dead-end trees.main.share"));
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
