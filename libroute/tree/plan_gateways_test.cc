#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

v1::Plan WithGroup(absl::string_view group, absl::string_view destination = "via: pstn") {
  return ReadWholePlan(
      absl::StrCat("customer: acme\n"
                   "numbers: [{ number: \"+3222000100\", tree: t }]\n"
                   "trees: { t: { dial: { to: [home] } } }\n"
                   "destinations: { home: { number: \"+3222000201\", ",
                   destination, " } }\ngateways: { pstn: { ", group, " } }\n"));
}

constexpr char kOne[] = "gateways: [{ name: g1, uri: \"sip:gw1.example.net\" }]";

std::vector<std::string> IssuesWithUri(absl::string_view uri) {
  return IssuesOf(WithGroup(absl::StrCat("gateways: [{ name: g1, uri: \"", uri, "\" }]")));
}

TEST(PlanGateways, AreOneToEight) {
  EXPECT_THAT(IssuesOf(WithGroup(kOne)), IsEmpty());
  v1::Plan plan = WithGroup("description: \"none yet\"");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error missing gateways.pstn.gateways"));
  for (int i = 0; i < 9; ++i) {
    auto& gateway = *plan.mutable_gateways()->at("pstn").add_gateways();
    gateway.set_name(absl::StrCat("g", i));
    gateway.set_uri("sip:gw.example.net");
  }
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error too-long gateways.pstn.gateways"));
  plan.mutable_gateways()->at("pstn").mutable_gateways()->RemoveLast();
  EXPECT_THAT(IssuesOf(plan), IsEmpty());
}

TEST(PlanGateways, HaveNamesOfTheirOwnInTheWholePlan) {
  v1::Plan plan = WithGroup(kOne);
  (*plan.mutable_gateways())["qstn"] = plan.gateways().at("pstn");
  EXPECT_THAT(IssuesOf(plan), Contains("error duplicate gateways.qstn.gateways[0].name"));
  EXPECT_THAT(MessageOf(plan, "duplicate"), HasSubstr("see gateways.pstn.gateways[0].name"));
  plan.mutable_gateways()->at("qstn").mutable_gateways(0)->set_name("a b");
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-name gateways.qstn.gateways[0].name"));
}

TEST(PlanGateways, HaveAUriWithoutAUser) {
  for (const char* good : {"sip:gw1.example.net", "sips:gw1.example.net:5061",
                           "sip:10.0.0.1;transport=tcp", "sip:[2001:db8::1]:5060"}) {
    EXPECT_THAT(IssuesWithUri(good), IsEmpty()) << good;
  }
  for (const char* bad : {"sip:a@gw1.example.net", "gw1.example.net", "+3222000300", "sip:"}) {
    EXPECT_THAT(IssuesWithUri(bad), ElementsAre("error bad-address gateways.pstn.gateways[0].uri"))
        << bad;
  }
  EXPECT_THAT(IssuesWithUri(""), ElementsAre("error missing gateways.pstn.gateways[0].uri"));
}

TEST(PlanGateways, HaveWeightsWhenTheyAreDrawn) {
  v1::Plan plan = WithGroup(kOne);
  v1::GatewayGroup& group = plan.mutable_gateways()->at("pstn");
  group.mutable_gateways(0)->set_weight(5);
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error bad-weights gateways.pstn.gateways[0].weight"));
  group.set_order(v1::GatewayGroup::ORDER_WEIGHTED);
  EXPECT_THAT(IssuesOf(plan), IsEmpty());
  group.mutable_gateways(0)->set_weight(1'000'001);
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error bad-weights gateways.pstn.gateways[0].weight"));
}

TEST(PlanGateways, TryTheNextOnThreeStatusesAtChoice) {
  EXPECT_THAT(IssuesOf(WithGroup(absl::StrCat(kOne, ", try_next_on: [403, 404, 480]"))), IsEmpty());
  EXPECT_THAT(IssuesOf(WithGroup(absl::StrCat(kOne, ", try_next_on: [404, 486]"))),
              ElementsAre("error bad-value gateways.pstn.try_next_on[1]"));
}

TEST(PlanGateways, AreNamedByWhatIsReachedByThem) {
  EXPECT_THAT(
      IssuesOf(WithGroup(kOne, "via: pstm")),
      ElementsAre("error unknown-name destinations.home.via", "warning unused gateways.pstn"));
  v1::Plan plan = WithGroup(kOne);
  plan.mutable_destinations()->at("home").set_uri("sip:desk@example.net");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error bad-value destinations.home.via"));
  (*plan.mutable_sites())["north"].set_via("nowhere");
  EXPECT_THAT(IssuesOf(plan), Contains("error unknown-name sites.north.via"));
}

TEST(PlanGateways, WatchThemAsOthersAreWatched) {
  v1::Plan plan = WithGroup(kOne);
  plan.mutable_gateways()->at("pstn").mutable_gateways(0)->mutable_watch()->set_failures(101);
  EXPECT_THAT(IssuesOf(plan),
              ElementsAre("error bad-value gateways.pstn.gateways[0].watch.failures"));
}

TEST(PlanGateways, AreGivenInTests) {
  v1::Plan plan = WithGroup(kOne);
  v1::Test& test = *plan.add_tests();
  test.mutable_call()->set_called("+3222000100");
  test.mutable_call()->set_at("2026-11-23T10:00:00Z");
  (*test.mutable_given()->mutable_gateways())["g2"] = v1::STATUS_DOWN;
  (*test.mutable_given()->mutable_gateways())["g1"] = v1::STATUS_UNSPECIFIED;
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error bad-value tests[0].given.gateways.g1",
                                          "error unknown-name tests[0].given.gateways.g2"));
}

}  // namespace
}  // namespace libroute
