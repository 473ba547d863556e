#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

constexpr absl::string_view kLimits =
    "limits: { desk: { calls: 3 }, hotline: { rate: { calls: 10, per: 1s, burst: 5 } },"
    " both: { calls: 2, rate: { calls: 1, per: 60s } } }";

std::string Limited(absl::string_view limit, absl::string_view branches) {
  return absl::StrCat("limit: { limit: ", limit, ", then: { voicemail: { mailbox: in } }", branches,
                      " }");
}

TEST(LimitNode, ClaimsAPlaceAndAPass) {
  TestPlan plan(Limited("both", ""), kLimits);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail in after unconditional");
  ASSERT_EQ(call.decision().claims.size(), 2);
  const Claim& pass = call.decision().claims[0];
  EXPECT_EQ(pass.kind, Claim::Kind::kPass);
  EXPECT_EQ(pass.limit, 1);
  EXPECT_EQ(pass.span, absl::Seconds(60));
  EXPECT_EQ(pass.subject, 1);
  const Claim& place = call.decision().claims[1];
  EXPECT_EQ(place.kind, Claim::Kind::kPlace);
  EXPECT_EQ(place.limit, 2);
  EXPECT_EQ(call.decision().limited_by, "");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kLedger));
}

TEST(LimitNode, GoesElsewhereWhenItIsFullOrTooFast) {
  TestPlan plan(Limited("both",
                        ", on_full: { voicemail: { mailbox: full } },"
                        " on_gapped: { voicemail: { mailbox: gapped } }"),
                kLimits);
  TestCall full(plan);
  full.Refuse("places of limit both");
  EXPECT_EQ(full.Ask(), "voicemail full after unconditional");
  EXPECT_EQ(full.decision().limited_by, "limit both");
  EXPECT_EQ(full.Way().front(), "trees.main.limit limit: on_full (limit both has all its 2 calls)");
  TestCall gapped(plan);
  gapped.Refuse("rate of limit both: 1 in 1m");
  EXPECT_EQ(gapped.Ask(), "voicemail gapped after unconditional");
  EXPECT_EQ(gapped.Way().front(),
            "trees.main.limit limit: on_gapped (calls come too fast for limit both: at most 1 in "
            "1m, 1 at once)");
}

TEST(LimitNode, GoesByWhatIsStated) {
  TestPlan plan(Limited("desk", ""), kLimits);
  plan.SetLimit("desk", LimitStatus::kFull);
  EXPECT_EQ(TestCall(plan).Ask(), "reject 486/17");
  plan.SetLimit("desk", LimitStatus::kGapped);
  EXPECT_EQ(TestCall(plan).Ask(), "reject 480/42");
  plan.SetLimit("desk", LimitStatus::kOpen);
  EXPECT_EQ(TestCall(plan).Ask(), "voicemail in after unconditional");
}

TEST(LimitNode, ACallCountsOnceHoweverOftenItComesBy) {
  TestPlan plan("limit: { limit: hotline, then: { goto: again } }",
                absl::StrCat(kLimits,
                             "\ntree again: { limit: { limit: hotline, then: { voicemail: { "
                             "mailbox: in } } } }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail in after unconditional");
  EXPECT_EQ(call.decision().claims.size(), 1);
}

TEST(LimitNode, RejectsWhereNothingIsWritten) {
  TestPlan plan(Limited("both", ""), kLimits);
  TestCall full(plan);
  full.Refuse("places of limit both");
  EXPECT_EQ(full.Ask(), "reject 486/17");
  TestCall gapped(plan);
  gapped.Refuse("rate of limit both: 1 in 1m");
  EXPECT_EQ(gapped.Ask(), "reject 480/42");
}

TEST(LimitNode, ReportsWhatCannotBeMeant) {
  auto issues = [](absl::string_view tree) {
    return IssuesOf(tree,
                    "limits: { desk: { calls: 3 }, hotline: { rate: { calls: 10, per: 1s } } }");
  };
  EXPECT_THAT(issues("limit: { limit: dsk }"),
              ElementsAre("error unknown-name trees.main.limit.limit",
                          "error dead-end trees.main.limit.then", "warning unused limits.desk",
                          "warning unused limits.hotline"));
  EXPECT_THAT(issues("limit: { limit: desk, then: { limit: { limit: hotline, then: { release: {} },"
                     " on_full: { release: {} } } }, on_gapped: { release: {} } }"),
              ElementsAre("warning no-effect trees.main.limit.then.limit.on_full",
                          "warning no-effect trees.main.limit.on_gapped"));
}

TEST(LimitNode, LimitsSayHowMuch) {
  EXPECT_THAT(
      IssuesOf("limit: { limit: a, then: { limit: { limit: b, then: { limit: { limit: c, then: { "
               "release: {} } } } } } }",
               "limits: { a: {}, b: { calls: 2000000, rate: {} },"
               " c: { rate: { calls: 1, per: 2h, burst: 20000 } } }"),
      ElementsAre("error missing limits.a", "error bad-value limits.b.calls",
                  "error missing limits.b.rate.calls", "error missing limits.b.rate.per",
                  "error bad-value limits.c.rate.per", "error bad-value limits.c.rate.burst"));
}

// Two sites, of which one has two lines.
v1::Plan TwoSites(absl::string_view main) {
  return ReadWholePlan(absl::StrCat(R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
sites: { a: { max_calls: 2 }, b: {} }
destinations:
  a1: { number: "+3222000301", site: a }
  a2: { number: "+3222000302", site: a, max_calls: 1 }
  b1: { number: "+3222000303", site: b }
trees:
  main: { )",
                                    main, " }\n"));
}

TEST(LimitedTargets, AreOfferedByThemselvesInOrder) {
  TestPlan plan(TwoSites("dial: { to: [b1, a1, a2], otherwise: { voicemail: { mailbox: m } } }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial b1");
  EXPECT_EQ(call.Comparisons().back(),
            "destination a2 | can be tried | its turn comes later, with another question | no");
  EXPECT_TRUE(call.decision().claims.empty());
  EXPECT_EQ(call.Tell("no_answer"), "dial a1");
  ASSERT_FALSE(call.decision().claims.empty());
  EXPECT_EQ(call.decision().claims.back().kind, Claim::Kind::kPlace);
  EXPECT_EQ(call.decision().claims.back().limit, 2);
  // Its own place and that of the site.
  EXPECT_EQ(call.Tell("busy"), "dial a2");
  EXPECT_EQ(call.Tell("busy"), "voicemail m after busy");
  for (const Claim& claim : call.decision().claims) EXPECT_EQ(claim.kind, Claim::Kind::kLeave);
  EXPECT_EQ(call.decision().claims.size(), 3);
}

TEST(LimitedTargets, AreBusyWhenTheyAreFull) {
  TestPlan plan(
      TwoSites("dial: { to: [a1, b1], on_busy: { voicemail: { mailbox: busy } },"
               " otherwise: { voicemail: { mailbox: m } } }"));
  TestCall call(plan);
  call.Refuse("places of site a");
  EXPECT_EQ(call.Ask(), "dial b1");
  EXPECT_EQ(call.decision().limited_by, "site a");
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("destination a1 | can be tried | full: all 2 calls of site a are there | "
                          "no",
                          "destination b1 | can be tried | nothing speaks against it | yes"));
  EXPECT_EQ(call.Tell("bad_number"), "voicemail busy after unknown");
}

TEST(LimitedTargets, DialledTogetherTakeAllPlacesAtOnce) {
  TestPlan plan(
      TwoSites("dial: { to: [a1, a2, b1], order: together, otherwise: { release: {} } }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial a1, a2, b1 together");
  // The site's and that of a2: one call is there once.
  EXPECT_EQ(call.decision().claims.size(), 2);
}

TEST(LimitedTargets, ReportsWhatCannotBeMeant) {
  v1::Plan plan = TwoSites("dial: { to: [a1, a2, b1], otherwise: { release: {} } }");
  plan.mutable_sites()->at("b").set_max_calls(2'000'000);
  plan.mutable_destinations()->at("a1").set_max_calls(2'000'000);
  v1::Watch& watch = *plan.mutable_sites()->at("a").mutable_watch();
  watch.set_failures(101);
  watch.mutable_retry()->set_seconds(60);
  watch.mutable_longest()->set_seconds(30);
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error bad-value sites.a.watch.failures",
                                          "error bad-value sites.a.watch.longest",
                                          "error bad-value sites.b.max_calls",
                                          "error bad-value destinations.a1.max_calls"));
}

}  // namespace
}  // namespace libroute
