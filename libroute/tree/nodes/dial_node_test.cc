#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A branch that shows itself.
std::string On(absl::string_view branch) {
  return absl::StrCat(branch, ": { announce: { message: ", branch, " } }");
}

constexpr Outcome kBusy = Outcome::kBusy;
constexpr Outcome kNoAnswer = Outcome::kNoAnswer;

TEST(DialNode, OffersAllTargetsInTheirOrder) {
  TestPlan plan("dial: { to: [back, front, \"+33123456789\", \"sip:x@example.net\"] }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial back, front, +33123456789, sip:x@example.net");
  EXPECT_TRUE(call.decision().resumable);
  EXPECT_FALSE(call.decision().answered);
  EXPECT_EQ(call.leg(2).target, 2);
  EXPECT_EQ(call.decision().node, "trees.main.dial");
}

TEST(DialNode, GoesOnWithTheTargetsThatAreLeft) {
  TestPlan plan(absl::StrCat("dial: { to: [back, front, web], ", On("on_busy"), " }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("busy"), "dial front, web");
  EXPECT_EQ(call.Tell("busy"), "dial web");
  EXPECT_EQ(call.leg(0).target, 2);
  EXPECT_EQ(call.Tell("busy"), "announce on_busy 30s");
}

TEST(DialNode, TakesSeveralResultsAtOnce) {
  TestPlan plan(absl::StrCat("dial: { to: [back, front, web], ", On("on_busy"), " }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell(DialEvent({{0, kBusy}, {1, kBusy}})), "dial web");
  EXPECT_EQ(call.Tell(DialEvent({{2, kBusy}})), "announce on_busy 30s");
  TestCall unnamed(plan);
  unnamed.Ask();
  Event twice = DialEvent({{AttemptResult::kNextLeg, kBusy}, {AttemptResult::kNextLeg, kBusy}});
  EXPECT_EQ(unnamed.Tell(twice), "dial web");
}

TEST(DialNode, ThoseDialledTogetherEndTogether) {
  TestPlan plan(absl::StrCat("dial: { to: [back, front], order: together, ", On("on_busy"), ", ",
                             On("on_no_answer"), " }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial back, front together");
  TestCall partial = call;
  TestCall both = call;
  EXPECT_EQ(call.Tell("busy"), "announce on_busy 30s");
  EXPECT_EQ(partial.Tell(DialEvent({{1, kNoAnswer}})), "announce on_no_answer 30s");
  EXPECT_EQ(both.Tell(DialEvent({{0, kBusy}, {1, kNoAnswer}})), "announce on_no_answer 30s");
}

TEST(DialNode, SkipsTargetsKnownToBeBusyOrDown) {
  TestPlan plan("dial: { to: [front, back, \"+33123456789\"] }");
  plan.SetSite("north", Status::kDown);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial back, +33123456789");
  EXPECT_EQ(call.leg(0).target, 1);
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kStatus));
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("destination front | can be tried | known to be unreachable | no",
                          "destination back | can be tried | nothing speaks against it | yes",
                          "+33123456789 | can be tried | nothing speaks against it | yes"));
  EXPECT_EQ(call.Way().back(), "trees.main.dial dial:  (dials 2 targets in order)");
}

TEST(DialNode, TakesTheBranchOfWhatIsKnownWithoutTrying) {
  TestPlan plan(
      absl::StrCat("dial: { to: [front, back], ", On("on_busy"), ", ", On("on_unreachable"), " }"));
  plan.SetDestination("front", Status::kDown);
  plan.SetDestination("back", Status::kDown);
  TestCall down(plan);
  EXPECT_EQ(down.Ask(), "announce on_unreachable 30s");
  EXPECT_EQ(down.state().attempts, 0);
  plan.SetDestination("back", Status::kBusy);
  EXPECT_EQ(TestCall(plan).Ask(), "announce on_busy 30s");
}

TEST(DialNode, SkipsWhatWentDownMeanwhile) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back, web], ", On("otherwise"), " }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front, back, web");
  plan.SetDestination("back", Status::kDown);
  EXPECT_EQ(call.Tell("no_answer"), "dial web");
  plan.SetDestination("web", Status::kDown);
  EXPECT_EQ(call.Tell("busy"), "announce otherwise 30s");
}

TEST(DialNode, HasABranchForEveryOutcome) {
  std::string branches;
  for (Outcome outcome : kFailedOutcomes) {
    absl::StrAppend(&branches, ", ", On(absl::StrCat("on_", OutcomeName(outcome))));
  }
  TestPlan plan(absl::StrCat("dial: { to: front", branches, " }"));
  for (Outcome outcome : kFailedOutcomes) {
    TestCall call(plan);
    call.Ask();
    EXPECT_EQ(call.Tell(OutcomeName(outcome)),
              absl::StrCat("announce on_", OutcomeName(outcome), " 30s"));
    EXPECT_THAT(call.Way().front(), HasSubstr(absl::StrCat("dial: on_", OutcomeName(outcome),
                                                           " (all targets tried: ")));
  }
}

// Where an outcome leads in a plan with some branches and a default.
struct Fallback {
  absl::string_view branches;
  absl::string_view defaults;
  absl::string_view outcome;
  absl::string_view answer;
};

class DialFallback : public testing::TestWithParam<Fallback> {};

TEST_P(DialFallback, IsTheNearestBranchWritten) {
  const Fallback& row = GetParam();
  auto branches = [](absl::string_view names) {
    std::string text;
    for (absl::string_view name : absl::StrSplit(names, ' ', absl::SkipEmpty())) {
      absl::StrAppend(&text, ", ", On(name));
    }
    return text;
  };
  std::string defaults = branches(row.defaults);
  for (size_t at = 0; (at = defaults.find("message: ", at)) != std::string::npos; at += 9) {
    defaults.insert(at + 9, "default_");
  }
  std::string section =
      defaults.empty() ? "" : absl::StrCat("default: { ", defaults.substr(2), " }");
  TestPlan plan(absl::StrCat("dial: { to: front", branches(row.branches), " }"), section);
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell(row.outcome), row.answer);
}

INSTANTIATE_TEST_SUITE_P(
    InOrder, DialFallback,
    testing::Values(
        Fallback{"on_unreachable on_failure otherwise", "otherwise", "unreachable",
                 "announce on_unreachable 30s"},
        Fallback{"on_failure otherwise", "on_unreachable", "unreachable",
                 "announce on_failure 30s"},
        Fallback{"on_failure", "", "rejected", "announce on_failure 30s"},
        Fallback{"on_failure", "", "bad_number", "announce on_failure 30s"},
        Fallback{"on_failure", "", "congestion", "announce on_failure 30s"},
        Fallback{"on_no_answer", "", "not_confirmed", "announce on_no_answer 30s"},
        Fallback{"on_failure", "", "busy", "release 486/17 attempts failed"},
        Fallback{"on_failure", "", "redirected", "release 480/31 attempts failed"},
        Fallback{"on_no_answer otherwise", "on_busy", "busy", "announce otherwise 30s"},
        Fallback{"on_no_answer", "on_busy otherwise", "busy", "announce default_on_busy 30s"},
        Fallback{"on_no_answer", "on_failure otherwise", "congestion",
                 "announce default_on_failure 30s"},
        Fallback{"on_no_answer", "on_no_answer otherwise", "busy",
                 "announce default_otherwise 30s"},
        Fallback{"", "on_no_answer", "not_confirmed", "announce default_on_no_answer 30s"},
        Fallback{"", "on_no_answer", "busy", "release 486/17 attempts failed"},
        Fallback{"", "", "no_answer", "release 480/19 attempts failed"}));

TEST(DialNode, TheHighestOfSeveralOutcomesCounts) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back, web], ", On("on_no_answer"), ", ",
                             On("on_busy"), ", ", On("on_bad_number"), ", ", On("on_failure"),
                             " }"));
  auto after = [&](absl::string_view a, absl::string_view b, absl::string_view c) {
    TestCall call(plan);
    call.Ask();
    call.Tell(a);
    call.Tell(b);
    return call.Tell(c);
  };
  EXPECT_EQ(after("no_answer", "busy", "bad_number"), "announce on_no_answer 30s");
  EXPECT_EQ(after("bad_number", "busy", "failure"), "announce on_busy 30s");
  EXPECT_EQ(after("bad_number", "failure", "bad_number"), "announce on_failure 30s");
  EXPECT_EQ(after("bad_number", "bad_number", "bad_number"), "announce on_bad_number 30s");
}

TEST(DialNode, ReleasesWithTheBestResponseOfTheWholeCall) {
  TestPlan plan("dial: { to: front, otherwise: { dial: { to: back } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("busy"), "dial back");
  EXPECT_EQ(call.Tell("failure"), "release 486/17 attempts failed");
}

TEST(DialNode, AGlobalResponseIsTheBestResponse) {
  TestPlan plan("dial: { to: [front, back] }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("sip:603"), "dial back") << "another target is tried all the same";
  EXPECT_EQ(call.Tell("busy"), "release 603/21 attempts failed");
  TestCall busy_everywhere(plan);
  busy_everywhere.Ask();
  busy_everywhere.Tell("sip:600");
  EXPECT_EQ(busy_everywhere.Tell("no_answer"), "release 600/17 attempts failed");
}

TEST(DialNode, TimersAreTheDestinationsThenTheDialsThenTheUsual) {
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

TEST(DialNode, ALegSaysWhereItGoesAndWhoPays) {
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

TEST(DialNode, ALegIsDivertedByTheCalledNumber) {
  TestPlan plan("dial: { to: front, otherwise: { dial: { to: back } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.leg(0).diverted_by.ToString(), "+3222000100");
  EXPECT_EQ(call.leg(0).diversion_reason, DiversionReason::kUnconditional);
  EXPECT_EQ(call.leg(0).diversion_count, 1);
  call.Tell("no_answer");
  EXPECT_EQ(call.leg(0).diversion_reason, DiversionReason::kNoAnswer);
}

TEST(DialNode, TheCalledLineItselfIsNoDiversion) {
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

TEST(DialNode, AWithheldCallerStaysWithheld) {
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

TEST(DialNode, CountsEveryLegOnce) {
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

TEST(DialNode, OffersAsManyLegsAsTheCallHasAttemptsLeft) {
  for (absl::string_view order : {"in_order", "together"}) {
    TestPlan plan(absl::StrCat("dial: { to: [front, back], otherwise: { dial: { order: ", order,
                               ", to: [web, called, back], otherwise: { voicemail: { mailbox: desk "
                               "} } } } }"));
    bool together = order == "together";
    TestCall call(plan);
    call.MaxAttempts(4).Ask();
    call.Tell("busy");
    EXPECT_EQ(call.Tell("busy"), together ? "dial web, +3222000100 together"
                                          : "dial web, +3222000100");
    EXPECT_EQ(call.state().attempts, 4);
    EXPECT_THAT(call.Way().back(), testing::HasSubstr("the others would be more than 4 attempts"));
    EXPECT_THAT(call.Tell(DialEvent({{2, Outcome::kBusy}})), testing::HasSubstr("not of a leg"));
    if (!together) {
      EXPECT_EQ(call.Tell("no_answer"), "dial +3222000100");
    }
    EXPECT_EQ(call.Tell("busy"), "voicemail desk after busy");
  }
}

TEST(DialNode, WarnsOfMoreTargetsThanAreTried) {
  std::string sixteen = "web";
  for (int i = 1; i < 16; ++i) absl::StrAppend(&sixteen, ", \"+32230002", 10 + i, "\"");
  const std::string dial = absl::StrCat("dial: { order: together, setup: 1s, ring: 5s, to: [",
                                        sixteen, "], otherwise: { ");
  EXPECT_THAT(IssuesOf(absl::StrCat(dial, dial, "dial: { to: back } } } } }")),
              testing::ElementsAre("warning too-many-attempts trees.main.dial"));
  EXPECT_THAT(IssuesOf(absl::StrCat(dial, dial, "release: {} } } } }")), testing::ElementsAre());
  EXPECT_THAT(IssuesOf("dial: { to: [front, back] }"), testing::ElementsAre());
}

TEST(DialNode, ReleasesACallWithTooManyAttempts) {
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

TEST(DialNode, AnAnsweredCallIsReleasedWithoutSipStatus) {
  TestPlan plan(
      "announce: { message: hello, answering: answer, then: { dial: { to: [front, back] "
      "} } }");
  TestCall call(plan);
  call.MaxAttempts(1).Ask();
  EXPECT_EQ(call.Tell("played"), "dial front");
  EXPECT_EQ(call.Tell("busy"), "release 0/17 attempts failed");
  TestPlan again(
      "announce: { message: hello, answering: answer, then: { dial: { to: front, otherwise: { "
      "dial: { to: back } } } } }");
  TestCall refused(again);
  refused.MaxAttempts(1).Ask();
  EXPECT_EQ(refused.Tell("played"), "dial front");
  EXPECT_EQ(refused.Tell("busy"), "release 0/17 too many attempts");
  EXPECT_TRUE(refused.decision().answered);
  EXPECT_TRUE(call.decision().answered);
  TestCall failed(plan);
  failed.Ask();
  failed.Tell("played");
  EXPECT_TRUE(failed.decision().answered);
  failed.Tell("busy");
  EXPECT_EQ(failed.Tell("busy"), "release 0/17 attempts failed");
}

TEST(DialNode, RefusesResultsOfNoLeg) {
  TestPlan plan("dial: { to: [front, back] }");
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Tell(DialEvent({{2, kBusy}})), HasSubstr("INVALID_ARGUMENT: event: the result "
                                                            "for target 2 is not of a leg"));
  EXPECT_THAT(call.Tell(DialEvent({{0, kBusy}, {0, kBusy}})), HasSubstr("given twice"));
  EXPECT_THAT(call.Tell(DialEvent({{1000000, kBusy}})), HasSubstr("INVALID_ARGUMENT"));
  EXPECT_EQ(call.Tell(DialEvent({{0, kBusy}})), "dial back");
  EXPECT_THAT(call.Tell(DialEvent({{0, kBusy}})), HasSubstr("given twice"));
  plan.SetDestination("front", Status::kDown);
  TestCall skipping(plan);
  skipping.Ask();
  EXPECT_THAT(skipping.Tell(DialEvent({{0, kBusy}})), HasSubstr("not of a leg"));
}

TEST(DialNode, RefusesEventsThatTellNoFailure) {
  TestPlan plan("dial: { to: [front, back] }");
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Tell("answered"), HasSubstr("tell of it by Report"));
  EXPECT_THAT(call.Tell("digits:1"),
              HasSubstr("digits cannot follow dial; expected the results of its attempts"));
  for (absl::string_view event : {"no_input", "played", "timeout", "no_agents"}) {
    EXPECT_THAT(call.Tell(event), HasSubstr("INVALID_ARGUMENT: event: ")) << event;
  }
  EXPECT_THAT(call.Tell(DialEvent({})), HasSubstr("INVALID_ARGUMENT: event: ")) << "no results";
  EXPECT_EQ(call.Tell("busy"), "dial back");
}

TEST(DialNode, EndsWhenTheCallerGivesUp) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back], ", On("otherwise"), " }"));
  for (absl::string_view event : {"hangup", "cancelled"}) {
    TestCall call(plan);
    call.Ask();
    EXPECT_EQ(call.Tell(event), "release 487/16 cancelled") << event;
    EXPECT_EQ(call.Way().back(), "trees.main.dial dial:  (the caller gave up)");
    EXPECT_FALSE(call.decision().resumable);
  }
}

TEST(DialNode, ReportsWhatCannotBeDialled) {
  EXPECT_THAT(IssuesOf("dial: { to: [] }"), ElementsAre("error missing trees.main.dial.to"));
  EXPECT_THAT(
      IssuesOf("dial: { to: [front, fornt, \"+32\", \"http://x\", \"+3222000111\", front] }"),
      ElementsAre(
          "error unknown-name trees.main.dial.to[1]", "error bad-address trees.main.dial.to[2]",
          "error bad-address trees.main.dial.to[3]", "error duplicate trees.main.dial.to[5]"));
  EXPECT_THAT(
      IssuesOf("dial: { to: front, setup: 0s, ring: 301s }"),
      ElementsAre("error bad-value trees.main.dial.setup", "error bad-value trees.main.dial.ring"));
  EXPECT_THAT(IssuesOf("dial: { to: front, setup: 120s, ring: 1s }"), IsEmpty());
}

TEST(DialNode, ReportsItsBranchesEvenWithoutTargets) {
  EXPECT_THAT(IssuesOf("dial: { to: [], on_busy: { goto: nowhere }, otherwise: {} }"),
              ElementsAre("error missing trees.main.dial.to",
                          "error unknown-name trees.main.dial.on_busy.goto",
                          "error dead-end trees.main.dial.otherwise"));
}

TEST(DialNode, HasAtMostSixteenTargets) {
  std::string targets;
  for (int i = 10; i < 26; ++i)
    absl::StrAppend(&targets, i == 10 ? "" : ", ", "\"+32220003", i, "\"");
  EXPECT_THAT(IssuesOf(absl::StrCat("dial: { to: [", targets, "], order: together }")), IsEmpty());
  EXPECT_THAT(IssuesOf(absl::StrCat("dial: { to: [", targets, ", front], order: together }")),
              ElementsAre("error too-long trees.main.dial.to"));
  TestPlan plan(
      absl::StrCat("dial: { to: [", targets, "], ring: 1s, setup: 1s, ", On("on_busy"), " }"));
  TestCall call(plan);
  call.Ask();
  for (int i = 0; i < 15; ++i) EXPECT_THAT(call.Tell("busy"), HasSubstr("dial +32220003")) << i;
  EXPECT_EQ(call.Tell("busy"), "announce on_busy 30s");
}

TEST(DialNode, TakesNoOrderThatItDoesNotKnow) {
  v1::Plan plan = ReadTestPlan("dial: { to: front }");
  plan.mutable_trees()->at("main").mutable_dial()->set_order(static_cast<v1::Dial::Order>(3));
  EXPECT_THAT(IssuesOf(plan), testing::Contains("error bad-value trees.main.dial.order"));
}

}  // namespace
}  // namespace libroute
