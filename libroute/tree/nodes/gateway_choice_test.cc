#include "libroute/tree/nodes/gateway_choice.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Destination home and site paris are reached by gateways g1, g2 and g3; site lyon has a
// destination as well, by g4.
v1::Plan WithGateways(absl::string_view main, absl::string_view group = "") {
  return ReadWholePlan(absl::StrCat(R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
gateways:
  pstn:
    gateways:
      - { name: g1, uri: "sip:gw1.example.net" }
      - { name: g2, uri: "sips:gw2.example.net:5061" }
      - { name: g3, uri: "sip:[2001:db8::1]" }
    )",
                                    group, R"(
  south: { gateways: [{ name: g4, uri: "sip:gw4.example.net" }] }
sites: { paris: { via: pstn }, lyon: { via: south } }
destinations:
  home: { number: "+3222000201", via: pstn }
  lyon-desk: { number: "+3222000202", site: lyon }
  lyon-other: { number: "+3222000203", site: lyon, via: pstn }
  lyon-web: { uri: "sip:desk@lyon.example.net", site: lyon }
trees: { main: { )",
                                    main, " } }\n"));
}

constexpr char kHome[] = "dial: { to: home, otherwise: { release: {} } }";

std::string Ways(const Leg& leg) {
  std::string names;
  for (int i = 0; i < leg.gateways.size(); ++i) {
    absl::StrAppend(&names, i == 0 ? "" : " ", leg.gateways.at(i).name);
  }
  return names;
}

std::string WaysOf(const TestPlan& plan) {
  TestCall call(plan);
  call.Ask();
  return Ways(call.leg(0));
}

TEST(Gateways, AreTriedAsTheyAreWritten) {
  TestPlan plan(WithGateways(kHome, "try_next_on: [404, 480]"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial home");
  const Leg& leg = call.leg(0);
  EXPECT_EQ(Ways(leg), "g1 g2 g3");
  EXPECT_EQ(leg.gateways.at(1).uri, "sips:gw2.example.net:5061");
  EXPECT_EQ(leg.gateways.group()->name, "pstn");
  EXPECT_THAT(leg.gateways.group()->try_next_on, ElementsAre(404, 480));
  EXPECT_EQ(leg.number.ToString(), "+3222000201");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kStatus));
}

TEST(Gateways, ThoseThatCannotBeUsedAreLeftOut) {
  TestPlan plan(WithGateways(kHome));
  plan.SetGateway("g1", Status::kDown);
  EXPECT_EQ(WaysOf(plan), "g2 g3");
  plan.SetGateway("g2", Status::kBusy);
  EXPECT_EQ(WaysOf(plan), "g3");
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(
      call.Comparisons(0),
      ElementsAre("destination home | can be tried | nothing speaks against it | yes",
                  "gateway g1 | can be used | down | no", "gateway g2 | can be used | busy | no"));
  EXPECT_THAT(call.WhyNot(0), ElementsAre(NotTaken::kDown, NotTaken::kBusy));
}

TEST(Gateways, OneThatIsDisabledIsNotUsed) {
  v1::Plan plan = WithGateways(kHome);
  plan.mutable_gateways()->at("pstn").mutable_gateways(1)->set_disabled(true);
  EXPECT_EQ(WaysOf(TestPlan(plan)), "g1 g3");
}

TEST(Gateways, WithoutAnyTheTargetIsSkipped) {
  TestPlan plan(
      WithGateways("dial: { to: [home, lyon-desk], on_congestion: { reject: { cause: busy } }, "
                   "on_unreachable: { "
                   "release: {} } }"));
  for (const char* gateway : {"g1", "g2", "g3"}) plan.SetGateway(gateway, Status::kDown);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial lyon-desk");
  EXPECT_THAT(
      call.Comparisons(0),
      ElementsAre("destination home | can be tried | no gateway of pstn is left | no",
                  "gateway g1 | can be used | down | no", "gateway g2 | can be used | down | no",
                  "gateway g3 | can be used | down | no",
                  "destination lyon-desk | can be tried | nothing speaks against it | yes"));
  EXPECT_EQ(call.WhyNot(0), std::vector<NotTaken>(4, NotTaken::kDown));
  plan.SetGateway("g4", Status::kDown);
  EXPECT_EQ(TestCall(plan).Ask(), "release 480/16 plan");
  // It works, but has no room.
  plan.SetGateway("g4", Status::kBusy);
  EXPECT_EQ(TestCall(plan).Ask(), "reject 486/17");
}

TEST(Gateways, AreAllUsedByWhoDialsAllTheSame) {
  TestPlan plan(WithGateways("dial: { to: home, even_if_down: true, otherwise: { release: {} } }"));
  plan.SetGateway("g1", Status::kDown);
  EXPECT_EQ(WaysOf(plan), "g2 g3");
  plan.SetGateway("g2", Status::kDown);
  plan.SetGateway("g3", Status::kDown);
  EXPECT_EQ(WaysOf(plan), "g1 g2 g3");
}

TEST(Gateways, AreDrawnByWeightAndTheSameForACall) {
  v1::Plan written = WithGateways(kHome, "order: weighted");
  for (int i = 0; i < 3; ++i) {
    const uint32_t weight[] = {70, 20, 10};
    written.mutable_gateways()->at("pstn").mutable_gateways(i)->set_weight(weight[i]);
  }
  TestPlan plan(written);
  std::map<std::string, int> first;
  for (int i = 0; i < 1000; ++i) {
    TestCall call(plan);
    call.Id(absl::StrCat(i)).Ask();
    ++first[call.leg(0).gateways.at(0).name];
    TestCall again(plan);
    again.Id(absl::StrCat(i)).Ask();
    EXPECT_EQ(Ways(again.leg(0)), Ways(call.leg(0)));
  }
  // Five standard deviations.
  EXPECT_NEAR(first["g1"], 700, 75);
  EXPECT_NEAR(first["g2"], 200, 65);
  EXPECT_NEAR(first["g3"], 100, 50);
}

TEST(Gateways, OfTheSiteAreForDestinationsThatHaveNoneOfTheirOwn) {
  TestPlan plan(
      WithGateways("dial: { to: [lyon-desk, lyon-other, lyon-web], order: together, otherwise: { "
                   "release: {} } }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(Ways(call.leg(0)), "g4");
  EXPECT_EQ(Ways(call.leg(1)), "g1 g2 g3");
  EXPECT_EQ(Ways(call.leg(2)), "");
}

TEST(Gateways, EachHasTheSetupTime) {
  v1::Plan plan = WithGateways("dial: { to: home, setup: 20s, ring: 31s }");
  plan.mutable_max_unanswered()->set_seconds(90);
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error unanswered-too-long trees.main.dial"));
  plan.mutable_max_unanswered()->set_seconds(91);
  EXPECT_THAT(IssuesOf(plan), ::testing::IsEmpty());
}

TEST(Gateways, AStatusBranchLooksAtThem) {
  TestPlan plan(WithGateways(
      "status: { cases: [{ gateway: g4, is: down, then: { reject: { cause: busy } } }, "
      "{ destination: home, is: down, then: { reject: { cause: unreachable } } }], "
      "otherwise: { release: {} } }"));
  EXPECT_EQ(TestCall(plan).Ask(), "release 480/16 plan");
  for (const char* gateway : {"g1", "g2", "g3"}) plan.SetGateway(gateway, Status::kDown);
  EXPECT_EQ(TestCall(plan).Ask(), "reject 480/20");
  plan.SetGateway("g4", Status::kDown);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "reject 486/17");
  EXPECT_THAT(call.Comparisons(0), ElementsAre("gateway g4 | down | is down | yes"));
}

TEST(Gateways, AResultNamesOneOfTheLeg) {
  TestPlan plan(
      WithGateways("dial: { to: [home, lyon-web], otherwise: { voicemail: { mailbox: desk } } }"));
  TestCall call(plan);
  call.Ask();
  AttemptResult result = {0, Outcome::kCongestion, 503};
  result.gateway = "g4";
  EXPECT_THAT(call.Tell(DialEvent({result})), HasSubstr("\"g4\" is no gateway of the leg"));
  result.gateway = "g2";
  result.failed_gateways = {{"g5", Outcome::kUnreachable}};
  EXPECT_THAT(call.Tell(DialEvent({result})), HasSubstr("\"g5\" is no gateway of the leg"));
  result.failed_gateways[0].gateway = "g1";
  EXPECT_EQ(call.Tell(DialEvent({result})), "dial lyon-web");
  AttemptResult other = {1, Outcome::kBusy, 486};
  other.gateway = "g1";
  EXPECT_THAT(call.Tell(DialEvent({other})), HasSubstr("\"g1\" is no gateway of the leg"));
}

TEST(SiteTarget, DialsTheCalledNumberThere) {
  TestPlan plan(WithGateways("dial: { to: [\"site:paris\", lyon], otherwise: { release: {} } }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial +3222000100, +3222000100");
  const Leg& leg = call.leg(0);
  EXPECT_EQ(leg.site, "paris");
  EXPECT_EQ(leg.destination, "");
  EXPECT_EQ(Ways(leg), "g1 g2 g3");
  EXPECT_EQ(Ways(call.leg(1)), "g4");
  // It is the line itself, and is not to come back as a question.
  EXPECT_EQ(leg.trigger, Trigger::kSuppress);
  EXPECT_FALSE(leg.diverted_by.has_value());
  EXPECT_EQ(call.Comparisons(0)[0],
            "+3222000100 at site paris | can be tried | nothing speaks against it | yes");
}

TEST(SiteTarget, IsSkippedWhenTheSiteIsDown) {
  TestPlan plan(WithGateways("dial: { to: [\"site:paris\", lyon], otherwise: { release: {} } }"));
  plan.SetSite("paris", Status::kDown);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial +3222000100");
  EXPECT_EQ(call.leg(0).site, "lyon");
  EXPECT_EQ(call.Comparisons(0)[0],
            "+3222000100 at site paris | can be tried | known to be unreachable | no");
}

TEST(SiteTarget, ADestinationOfThatNameComesFirst) {
  v1::Plan written =
      WithGateways("dial: { to: [lyon, \"site:lyon\"], otherwise: { release: {} } }");
  (*written.mutable_destinations())["lyon"].set_number("+3222000209");
  TestPlan plan(written);
  EXPECT_EQ(TestCall(plan).Ask(), "dial lyon, +3222000100");
}

TEST(SiteTarget, NeedsAWayThere) {
  v1::Plan plan = WithGateways("dial: { to: [\"site:lyon\"] }");
  plan.mutable_sites()->at("lyon").clear_via();
  EXPECT_THAT(IssuesOf(plan), ::testing::Contains("error missing trees.main.dial.to[0]"));
  EXPECT_THAT(MessageOf(plan, "missing"), HasSubstr("nothing says how the site \"lyon\""));
  EXPECT_THAT(IssuesOf(WithGateways("dial: { to: [\"site:nice\"] }")),
              ElementsAre("error unknown-name trees.main.dial.to[0]"));
}

TEST(MobileVoicemail, WarnsOfWhatNeverComes) {
  const auto issues = [](const std::string& dial) {
    return IssuesOf(WithGateways(absl::StrCat("dial: { ", dial, " }")));
  };
  const std::string warning = "warning mobile-voicemail trees.main.dial.to[0]";
  const std::string desk = ", otherwise: { voicemail: { mailbox: desk } }";
  EXPECT_THAT(issues("to: [\"+32470123456\"], ring: 25s" + desk), ElementsAre(warning));
  EXPECT_THAT(issues("to: [\"+32470123456\", home], ring: 25s"), ElementsAre(warning));
  EXPECT_THAT(issues("to: [\"+32470123456\", home], order: together, ring: 25s"),
              ElementsAre(warning));
  // Nothing comes after it, or something asks for a person, or it does not ring so long.
  for (const std::string& good :
       {"to: [home, \"+32470123456\"], ring: 25s", "to: [\"+32470123456\"], ring: 20s",
        "to: [\"+32470123456\"], ring: 25s, total: 15s", "to: [home], ring: 25s",
        "to: [\"sip:+32470123456@example.net\"], ring: 25s",
        "to: [\"+32470123456\"], ring: 25s, confirm: press-one"}) {
    const bool is_last = good.find("home, ") != std::string::npos;
    EXPECT_THAT(issues(good + (is_last ? "" : desk)), ::testing::IsEmpty()) << good;
  }
}

TEST(MobileVoicemail, LooksAtDestinations) {
  v1::Plan plan =
      WithGateways("dial: { to: [mobile], on_no_answer: { voicemail: { mailbox: desk } } }");
  v1::Destination& mobile = (*plan.mutable_destinations())["mobile"];
  mobile.set_number("+32470123456");
  EXPECT_THAT(IssuesOf(plan), ::testing::IsEmpty());
  mobile.mutable_ring()->set_seconds(30);
  EXPECT_THAT(IssuesOf(plan), ElementsAre("warning mobile-voicemail trees.main.dial.to[0]"));
  EXPECT_THAT(MessageOf(plan, "mobile-voicemail"),
              HasSubstr("\"mobile\" is a mobile number that rings for 30s"));
  mobile.set_confirm("press-one");
  EXPECT_THAT(IssuesOf(plan), ::testing::IsEmpty());
}

}  // namespace
}  // namespace libroute
