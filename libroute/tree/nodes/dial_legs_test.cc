#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

TEST(DialLegs, TimersAreTheDestinationsThenTheDialsThenTheUsual) {
  TestPlan plan(
      "dial: { to: [back, front], setup: 4s, ring: 11s, otherwise: { dial: { to: web } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.leg(0).setup_timeout, absl::Seconds(3));
  EXPECT_EQ(call.leg(0).ring_timeout, absl::Seconds(7));
  EXPECT_EQ(call.leg(1).setup_timeout, absl::Seconds(4));
  EXPECT_EQ(call.leg(1).ring_timeout, absl::Seconds(11));
  call.Tell("busy");
  call.Tell("busy");
  EXPECT_EQ(call.leg(0).setup_timeout, absl::Seconds(6));
  EXPECT_EQ(call.leg(0).ring_timeout, absl::Seconds(20));
}

TEST(DialLegs, OnlyTheCalledLineHasItsRoutingNumber) {
  TestPlan plan(
      "dial: { to: [called, front], order: together, otherwise: { dial: { to: called } } }");
  TestCall call(plan);
  call.Ported("+3299").Ask();
  EXPECT_EQ(call.leg(0).routing_number.ToString(), "+3299");
  EXPECT_FALSE(call.leg(1).routing_number.has_value());
  call.Tell("busy");
  EXPECT_EQ(call.leg(0).routing_number.ToString(), "+3299") << "later, too";
}

TEST(DialLegs, ALegWithANumberSaysWhatThatIs) {
  TestPlan plan(
      "dial: { to: [called, \"+33612345678\", \"+32470000001\", \"+32470000002\", web], order: "
      "together }",
      "operators: [{ numbers: [\"+32470*\", \"+3222*\"], operator: first }, { numbers: "
      "\"+32470000002\", operator: second }]");
  TestCall call(plan);
  call.Ask();
  auto words = [&](int leg) {
    const DialledNumberFacts& facts = call.leg(leg).facts;
    return absl::StrCat(facts.kind, " ",
                        facts.country[0] == 0 ? "-" : std::string(facts.country.data(), 2), " ",
                        facts.operator_name, " ", static_cast<int>(facts.operator_source));
  };
  EXPECT_EQ(words(0), absl::StrCat(v1::NUMBER_KIND_FIXED, " BE first 3"));
  EXPECT_EQ(words(1), absl::StrCat(v1::NUMBER_KIND_MOBILE, " FR  0"));
  EXPECT_EQ(words(2), absl::StrCat(v1::NUMBER_KIND_MOBILE, " BE first 3"));
  EXPECT_EQ(words(3), absl::StrCat(v1::NUMBER_KIND_MOBILE, " BE second 1"));
  EXPECT_EQ(words(4), "0 -  0");
}

TEST(DialLegs, ARoutingNumberSaysWhoServesThePortedNumber) {
  TestPlan plan(
      "dial: { to: called }",
      "operators: [{ numbers: \"+3222*\", operator: first }, { routing_numbers: [\"+32991\"], "
      "operator: second }, { routing_numbers: [\"+3299\", C0FFEE], operator: third }]");
  auto served_by = [&](absl::string_view routing_number) {
    TestCall call(plan);
    if (!routing_number.empty()) call.Ported(routing_number);
    call.Ask();
    const DialledNumberFacts& facts = call.leg(0).facts;
    return absl::StrCat(facts.operator_name, " ", static_cast<int>(facts.operator_source));
  };
  EXPECT_EQ(served_by(""), "first 3");
  EXPECT_EQ(served_by("+329912"), "second 4");
  EXPECT_EQ(served_by("+329922"), "third 4");
  EXPECT_EQ(served_by("c0ffee01"), "third 4");
  EXPECT_EQ(served_by("+3288"), " 0") << "ported, and nobody knows where to";
}

TEST(DialLegs, OperatorsAreChecked) {
  EXPECT_THAT(
      IssuesOf("release: {}",
               "operators: [{}, { numbers: [x, \"+32*\"], operator: a }, { numbers: "
               "\"+32*\", operator: b, routing_numbers: [G, \"1\", \"1\"] }]"),
      ::testing::ElementsAre("error missing operators[0].operator", "error missing operators[0]",
                             "error bad-number operators[1].numbers[0]",
                             "error bad-number operators[2].routing_numbers[0]",
                             "error duplicate-number operators[2].routing_numbers[2]",
                             "error duplicate-number operators[2].numbers[0]"));
}

TEST(DialLegs, ALegSaysWhereItGoesAndWhoPays) {
  TestPlan plan("dial: { to: [front, web] }");
  TestCall call(plan);
  call.Ask();
  const Leg& leg = call.leg(0);
  EXPECT_EQ(leg.number.ToString(), "+3222000111");
  EXPECT_EQ(leg.uri, "");
  EXPECT_EQ(leg.destination, "front");
  EXPECT_EQ(leg.site, "north");
  EXPECT_EQ(leg.charge_to, "ann");
  EXPECT_EQ(leg.charged_number.ToString(), "+3222000100");
  EXPECT_EQ(leg.trigger, Trigger::kAllow);
  EXPECT_EQ(leg.redirect_policy, RedirectPolicy::kReport);
  EXPECT_TRUE(leg.carrier_preselection_bypassed);
  EXPECT_FALSE(call.leg(1).number.has_value());
  EXPECT_EQ(call.leg(1).uri, "sip:desk@example.net");
  EXPECT_EQ(call.leg(1).site, "");
  TestCall unheld(plan);
  unheld.To("+3222000200").Ask();
  EXPECT_EQ(unheld.leg(0).charge_to, "acme") << "the customer, where no holder is written";
}

TEST(DialLegs, ALegIsDivertedByTheCalledNumber) {
  TestPlan plan("dial: { to: front, otherwise: { dial: { to: back } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.leg(0).diverted_by.ToString(), "+3222000100");
  EXPECT_EQ(call.leg(0).diversion_reason, DiversionReason::kUnconditional);
  EXPECT_EQ(call.leg(0).diversion_count, 1);
  EXPECT_EQ(call.leg(0).diversion_privacy, Privacy::kAllowed);
  call.Tell("no_answer");
  EXPECT_EQ(call.leg(0).diversion_reason, DiversionReason::kNoAnswer);
}

TEST(DialLegs, ALineThatWithholdsItsNumberDoesSoWhereItSendsCallsOn) {
  v1::Plan written = ReadTestPlan("dial: { to: front }", "");
  for (v1::Number& number : *written.mutable_numbers()) number.set_withheld(true);
  TestPlan plan(written);
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.leg(0).diverted_by.ToString(), "+3222000100");
  EXPECT_EQ(call.leg(0).diversion_privacy, Privacy::kRestricted);
  // The caller has no reason to hide.
  EXPECT_EQ(call.leg(0).presented_privacy, Privacy::kAllowed);
}

TEST(DialLegs, TheCalledLineItselfIsNoDiversion) {
  TestPlan plan("dial: { to: [called, \"+3222000100\"] }");
  for (absl::string_view called : {"+3222000100", "+3222000250"}) {
    TestCall call(plan);
    call.To(called).Ask();
    EXPECT_EQ(call.leg(0).number.ToString(), called);
    EXPECT_EQ(call.leg(0).trigger, Trigger::kSuppress);
    EXPECT_FALSE(call.leg(0).diverted_by.has_value());
    bool same = called == "+3222000100";
    EXPECT_EQ(call.leg(1).trigger, same ? Trigger::kSuppress : Trigger::kAllow);
    EXPECT_EQ(call.leg(1).diverted_by.has_value(), !same);
  }
}

TEST(DialLegs, AWithheldCallerStaysWithheld) {
  TestPlan plan("dial: { to: front }");
  TestCall shown(plan);
  shown.Ask();
  EXPECT_EQ(shown.leg(0).presented.ToString(), "+32470000000");
  EXPECT_EQ(shown.leg(0).presented_privacy, Privacy::kAllowed);
  TestCall withheld(plan);
  withheld.Withheld().Ask();
  EXPECT_EQ(withheld.leg(0).presented.ToString(), "+32470000000");
  EXPECT_EQ(withheld.leg(0).presented_privacy, Privacy::kRestricted);
  TestCall none(plan);
  none.From("").Ask();
  EXPECT_FALSE(none.leg(0).presented.has_value());
  EXPECT_EQ(none.leg(0).presented_privacy, Privacy::kUnavailable);
}

TEST(DialLegs, CountsEveryLegOnce) {
  TestPlan plan("dial: { to: [front, back, web], otherwise: { dial: { to: [front, back] } } }");
  TestCall call(plan);
  call.MaxAttempts(5).Ask();
  EXPECT_EQ(call.state().attempts, 3);
  call.Tell("busy");
  EXPECT_EQ(call.Tell("busy"), "dial web");
  EXPECT_EQ(call.state().attempts, 3);
  EXPECT_EQ(call.Tell("busy"), "dial front, back");
  EXPECT_EQ(call.state().attempts, 5);
}

TEST(DialLegs, OffersAsManyLegsAsTheCallHasAttemptsLeft) {
  for (absl::string_view order : {"in_order", "together"}) {
    TestPlan plan(absl::StrCat("dial: { to: [front, back], otherwise: { dial: { order: ", order,
                               ", to: [web, called, back], otherwise: { voicemail: { mailbox: desk "
                               "} } } } }"));
    bool together = order == "together";
    TestCall call(plan);
    call.MaxAttempts(4).Ask();
    call.Tell("busy");
    EXPECT_EQ(call.Tell("busy"),
              together ? "dial web, +3222000100 together" : "dial web, +3222000100");
    EXPECT_EQ(call.state().attempts, 4);
    EXPECT_THAT(call.Way().back(), testing::HasSubstr("the others would be more than 4 attempts"));
    EXPECT_THAT(call.Tell(DialEvent({{2, Outcome::kBusy}})), testing::HasSubstr("not of a leg"));
    if (!together) {
      EXPECT_EQ(call.Tell("no_answer"), "dial +3222000100");
    }
    EXPECT_EQ(call.Tell("busy"), "voicemail desk after busy");
  }
}

TEST(DialLegs, WarnsOfMoreTargetsThanAreTried) {
  std::string sixteen = "web";
  for (int i = 1; i < 16; ++i) absl::StrAppend(&sixteen, ", \"+32230002", 10 + i, "\"");
  const std::string dial = absl::StrCat("dial: { order: together, setup: 1s, ring: 5s, to: [",
                                        sixteen, "], otherwise: { ");
  EXPECT_THAT(IssuesOf(absl::StrCat(dial, dial, "dial: { to: back } } } } }")),
              testing::ElementsAre("warning too-many-attempts trees.main.dial"));
  EXPECT_THAT(IssuesOf(absl::StrCat(dial, dial, "release: {} } } } }")), testing::ElementsAre());
  EXPECT_THAT(IssuesOf("dial: { to: [front, back] }"), testing::ElementsAre());
}

TEST(DialLegs, ReleasesACallWithTooManyAttempts) {
  TestPlan plan("dial: { to: [front, back], otherwise: { dial: { to: [web, called] } } }");
  TestCall call(plan);
  call.MaxAttempts(2).Ask();
  call.Tell("busy");
  EXPECT_EQ(call.Tell("no_answer"), "release 480/19 too many attempts");
  EXPECT_FALSE(call.decision().resumable);
  EXPECT_EQ(call.Way().back(),
            "trees.main.dial.otherwise.dial dial:  (more than 2 attempts for "
            "one call)");
}

// What the called side sees: "NUMBER privacy".
std::string Seen(const TestCall& call, int leg = 0) {
  constexpr absl::string_view kNames[] = {"", "allowed", "restricted", "unavailable"};
  return absl::StrCat(call.leg(leg).presented.ToString(), " ",
                      kNames[static_cast<int>(call.leg(leg).presented_privacy)]);
}

TEST(DialLegs, PresentsWhomThePlanSays) {
  struct Row {
    absl::string_view present;
    absl::string_view seen;
    absl::string_view seen_of_withheld;
  };
  for (const Row& row : {Row{"caller", "+32470000000 allowed", "+32470000000 restricted"},
                         Row{"called", "+3222000100 allowed", "+3222000100 allowed"},
                         Row{"withheld", "+32470000000 restricted", "+32470000000 restricted"},
                         Row{"\"+3223334455\"", "+3223334455 allowed", "+3223334455 allowed"}}) {
    TestPlan plan(absl::StrCat("dial: { to: front, present: ", row.present, " }"));
    TestCall call(plan);
    call.Ask();
    EXPECT_EQ(Seen(call), row.seen) << row.present;
    TestCall withheld(plan);
    withheld.Withheld().Ask();
    EXPECT_EQ(Seen(withheld), row.seen_of_withheld) << row.present;
  }
}

TEST(DialLegs, WithoutACallerNothingIsPresentedInItsPlace) {
  TestPlan plan("dial: { to: front, present: withheld }");
  TestCall call(plan);
  call.From("").Ask();
  EXPECT_EQ(Seen(call), " unavailable");
}

// The test plan with more destinations.
v1::Plan WithDestinations(absl::string_view main) {
  v1::Plan plan = ReadTestPlan(main);
  v1::Destination& shop = (*plan.mutable_destinations())["shop"];
  shop.set_number("+3222000113");
  shop.set_present("withheld");
  shop.set_confirm("press-two");
  (*plan.mutable_destinations())["mobile"].set_number("+32470000001");
  // A line of the plan itself.
  (*plan.mutable_destinations())["line"].set_number("+3222000222");
  return plan;
}

TEST(DialLegs, ADestinationsOwnIdentityWins) {
  TestPlan plan(WithDestinations("dial: { to: [shop, back], present: called }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(Seen(call, 0), "+32470000000 restricted");
  EXPECT_EQ(Seen(call, 1), "+3222000100 allowed");
}

TEST(DialLegs, RefusesIdentitiesThatNobodyCanHave) {
  EXPECT_THAT(IssuesOf("dial: { to: front, present: \"+3290012345\" }"),
              ::testing::ElementsAre("error bad-presented trees.main.dial.present"));
  EXPECT_THAT(IssuesOf("dial: { to: front, present: \"+32999\" }"),
              ::testing::ElementsAre("error bad-presented trees.main.dial.present"));
  EXPECT_THAT(IssuesOf("dial: { to: front, present: nobody }"),
              ::testing::ElementsAre("error bad-presented trees.main.dial.present"));
  EXPECT_THAT(IssuesOf("dial: { to: front, present: \"+33892123456\" }"),
              ::testing::ElementsAre("error bad-presented trees.main.dial.present"));
}

TEST(DialLegs, AsksForAConfirmationWhereAVoicemailMayAnswer) {
  TestPlan plan(WithDestinations(
      "dial: { to: [mobile, line, called, web, \"+33123456789\", shop], confirm: press-one }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.leg(0).confirmation, "press-one") << "a mobile number";
  EXPECT_EQ(call.leg(1).confirmation, "") << "a number of the plan";
  EXPECT_EQ(call.leg(2).confirmation, "") << "the called line";
  EXPECT_EQ(call.leg(3).confirmation, "") << "a telephone of ours";
  EXPECT_EQ(call.leg(4).confirmation, "press-one") << "none of the plan";
  EXPECT_EQ(call.leg(5).confirmation, "press-two") << "the destination's own";
  TestPlan unasked(WithDestinations("dial: { to: [mobile, shop] }"));
  TestCall plain(unasked);
  plain.Ask();
  EXPECT_EQ(plain.leg(0).confirmation, "");
  EXPECT_EQ(plain.leg(1).confirmation, "press-two");
}

TEST(DialLegs, SayWhatTheSwitchDoesMeanwhile) {
  TestPlan plan("dial: { to: front, redirects: follow, record: true, music: vivaldi }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.leg(0).redirect_policy, RedirectPolicy::kFollow);
  EXPECT_TRUE(call.leg(0).record);
  EXPECT_EQ(call.leg(0).ringback, "vivaldi");
  EXPECT_THAT(IssuesOf("dial: { to: front, music: \"a b\", confirm: \"?\" }"),
              ::testing::ElementsAre("error bad-name trees.main.dial.confirm",
                                     "error bad-name trees.main.dial.music"));
}

}  // namespace
}  // namespace libroute
