#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "libroute/engine/engine.h"
#include "libroute/engine/test_engine.h"

// Calls that lines make: internal and outbound ones.
namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

constexpr char kTwoSitesPlan[] = R"(
customer: sites
numbering: { prefix: "5", country: FR }
sites:
  toulouse: { code: "01", extensions: [{ numbers: "+33562070410-+33562070499", digits: 3 }] }
  rennes: { code: "02", extensions: [{ numbers: "+33223280411", first: "411" }] }
numbers:
  - { number: "+33562070410-+33562070499", tree: lines, holder: toulouse }
  - { number: "+33223280411", tree: rennes, holder: rennes }
dial_strings: { "*44": conference, "9": operator }
destinations: { mobile: { number: "+33612345678" } }
trees:
  lines: { dial: { to: called, on_busy: { voicemail: { mailbox: lines } } } }
  rennes: { dial: { to: mobile } }
  conference: { announce: { message: welcome, then: { conference: { conference: board } } } }
  operator: { dial: { to: [mobile, called], on_bad_number: { voicemail: { mailbox: never } },
                      otherwise: { voicemail: { mailbox: operator } } } }
)";

// The same with a tree for what is outside.
std::string WithOutbound() {
  return absl::StrCat(kTwoSitesPlan,
                      "  outside: { destination: { cases: [{ numbers: \"+338*\", then: { reject: "
                      "{} } }], otherwise: { dial: { to: called } } } }\noutbound: outside\n");
}

// One with a tree for what is outside, which nothing leads to yet.
constexpr char kOutside[] = R"(
customer: sites
numbering: { country: FR }
numbers: [{ number: "+33562070410-+33562070499", tree: lines }]
trees:
  lines: { dial: { to: called } }
  outside: { dial: { to: called, on_rejected: { voicemail: { mailbox: refused } } } }
)";

constexpr char kOther[] = R"(
customer: other
numbering: { prefix: "5", country: FR }
sites: { paris: { code: "01", extensions: [{ numbers: "+33145670411", digits: 3 }] } }
numbers: [{ number: "+33145670411", tree: main }, { number: "+33145670412", tree: main }]
trees: { main: { voicemail: { mailbox: paris } } }
)";

EngineOptions WithIngresses() {
  EngineOptions options = TestOptions();
  options.ingresses = {{"sites-pbx", "FR", "Toulouse", "sites"},
                       {"gone-pbx", "FR", "", "gone"},
                       {"trunk", "FR", "Paris", ""}};
  return options;
}

// A call of `line`: a number, an internal number, or nothing.
Call LineCall(const std::string& called, const std::string& line,
              const std::string& ingress = "trunk") {
  Call call = TestCall(called);
  call.direction = Direction::kInternal;
  call.ingress = ingress;
  if (line.empty()) return call;
  if (line[0] == '+') {
    call.line = *E164Number::Parse(line);
  } else {
    call.internal_line = *Digits::Parse(line);
  }
  return call;
}

class LineCalls : public testing::Test {
 protected:
  LineCalls() : engine_(MakeEngine(WithIngresses())) {
    MustPublish(*engine_, kTwoSitesPlan);
    MustPublish(*engine_, kOther);
  }

  const Decision& Ask(const Call& call) {
    EXPECT_TRUE(engine_->Route(call, kTestNow, decision_).ok());
    return decision_;
  }
  const Decision& Next(const Call& call, const std::string& event) {
    const std::string continuation = decision_.continuation;
    const absl::Status status =
        engine_->Resume(NextStep(call), continuation, TestEvent(event), kTestNow, decision_)
            .status();
    EXPECT_TRUE(status.ok()) << status;
    return decision_;
  }
  // "" when another action was decided.
  std::string PassReason() const {
    const auto* pass = std::get_if<PassThroughDecision>(&decision_.action);
    if (pass == nullptr) return "";
    switch (pass->reason) {
      case PassThroughReason::kOutbound:
        return "outbound";
      case PassThroughReason::kUnknownNumber:
        return "unknown number";
      case PassThroughReason::kNotSubscribed:
        return "not subscribed";
      default:
        return "something else";
    }
  }

  std::unique_ptr<Engine> engine_;
  Decision decision_;
};

TEST_F(LineCalls, ALineMayAlwaysWithholdItsNumberOrShowAName) {
  std::unique_ptr<Engine> engine = MakeEngine(WithIngresses());
  PublishTest(*engine, R"(
customer: shy
numbering: { country: FR }
numbers:
  - { number: "+33562070410", tree: line, withheld: true, display_name: Nobody }
  - { number: "+33562070411", tree: line, display_name: Toulouse, language: fr }
trees: { line: { dial: { to: called, otherwise: { release: {} } } } }
)");
  Call call = LineCall("+33562070411", "+33562070410");
  call.calling = *E164Number::Parse("+33562070410");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision_).ok());
  EXPECT_EQ(OnlyLeg(decision_).presented_privacy, Privacy::kRestricted);
  EXPECT_EQ(OnlyLeg(decision_).presented_name, "");
  ASSERT_EQ(decision_.attributes.size(), 1u);
  EXPECT_EQ(decision_.attributes[0].second, "fr") << "the language of the called number";
  call = LineCall("+33562070410", "+33562070411");
  call.calling = *E164Number::Parse("+33562070411");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision_).ok());
  EXPECT_EQ(OnlyLeg(decision_).presented_privacy, Privacy::kAllowed);
  EXPECT_EQ(OnlyLeg(decision_).presented_name, "Toulouse");
  // To the network, too.
  call = LineCall("+33145670000", "+33562070410");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision_).ok());
  ASSERT_EQ(PassReason(), "outbound");
  EXPECT_TRUE(std::get<PassThroughDecision>(decision_.action).withhold_identity);
  call = LineCall("+33145670000", "+33562070411");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision_).ok());
  EXPECT_FALSE(std::get<PassThroughDecision>(decision_.action).withhold_identity);
}

TEST_F(LineCalls, InternalNumbersReachTheLineOfTheCallersCustomer) {
  Ask(LineCall("501411", "+33562070410"));
  EXPECT_EQ(decision_.customer, "sites");
  EXPECT_EQ(decision_.number.ToString(), "+33562070411");
  EXPECT_EQ(decision_.holder, "toulouse");
  EXPECT_EQ(OnlyLeg(decision_).number.ToString(), "+33562070411");
  EXPECT_EQ(OnlyLeg(decision_).trigger, Trigger::kSuppress);
  // Two customers may have the same internal number.
  Ask(LineCall("501411", "+33145670412"));
  EXPECT_EQ(decision_.customer, "other");
  EXPECT_EQ(Mailbox(decision_), "paris");
  EXPECT_EQ(decision_.number.ToString(), "+33145670411");
}

TEST_F(LineCalls, AForwardedInternalCallIsDivertedByTheLineThatWasCalled) {
  Ask(LineCall("502411", "+33562070410"));
  EXPECT_EQ(OnlyLeg(decision_).number.ToString(), "+33612345678");
  EXPECT_EQ(OnlyLeg(decision_).diverted_by.ToString(), "+33223280411");
  EXPECT_EQ(OnlyLeg(decision_).charge_to, "rennes");
  EXPECT_EQ(OnlyLeg(decision_).charged_number.ToString(), "+33223280411");
}

TEST_F(LineCalls, TheCustomerIsTheIngressesWhereTheLineIsNotGiven) {
  EXPECT_EQ(Ask(LineCall("501411", "", "sites-pbx")).number.ToString(), "+33562070411");
  EXPECT_EQ(Ask(LineCall("501411", "502411", "sites-pbx")).customer, "sites");
  // A line of another customer does not call there.
  EXPECT_EQ(Ask(LineCall("501411", "+33145670412", "sites-pbx")).customer, "sites");
  Ask(LineCall("501411", "501411"));
  EXPECT_EQ(PassReason(), "not subscribed");
  EXPECT_EQ(decision_.customer, "");
  Ask(LineCall("501411", "+33999999999"));
  EXPECT_EQ(PassReason(), "not subscribed");
  Ask(LineCall("501411", "", "gone-pbx"));
  EXPECT_EQ(PassReason(), "not subscribed");
}

TEST_F(LineCalls, DialStringsHaveTreesAndGoOn) {
  const Call call = LineCall("*44", "+33562070410");
  Ask(call);
  EXPECT_EQ(std::get<AnnounceDecision>(decision_.action).message, "welcome");
  EXPECT_EQ(decision_.customer, "sites");
  EXPECT_FALSE(decision_.number.has_value());
  EXPECT_EQ(decision_.holder, "toulouse") << "of the line that calls";
  Next(call, "played");
  EXPECT_EQ(std::get<ConferenceDecision>(decision_.action).conference, "board");
  EXPECT_EQ(decision_.holder, "toulouse");
}

TEST_F(LineCalls, ALegOfADialStringIsChargedToTheLine) {
  const Call call = LineCall("9", "502411", "sites-pbx");
  Ask(call);
  // What is no number cannot be dialled.
  ASSERT_EQ(std::get<DialDecision>(decision_.action).legs.size(), 1u);
  EXPECT_EQ(OnlyLeg(decision_).number.ToString(), "+33612345678");
  EXPECT_FALSE(OnlyLeg(decision_).diverted_by.has_value());
  EXPECT_EQ(OnlyLeg(decision_).charge_to, "rennes");
  EXPECT_EQ(OnlyLeg(decision_).charged_number.ToString(), "+33223280411");
  EXPECT_EQ(OnlyLeg(decision_).trigger, Trigger::kAllow);
  Next(call, "busy");
  EXPECT_EQ(Mailbox(decision_), "operator");
}

TEST_F(LineCalls, OwnNumbersFollowTheirTrees) {
  const Call call = LineCall("+33562070411", "+33223280411");
  EXPECT_EQ(OnlyLeg(Ask(call)).number.ToString(), "+33562070411");
  EXPECT_EQ(Mailbox(Next(call, "busy")), "lines");
}

TEST_F(LineCalls, WhatIsOutsidePassesThroughWithoutATreeForIt) {
  for (const char* called : {"+33145670411", "+12025550123", "3900", "118218"}) {
    Ask(LineCall(called, "+33562070410"));
    EXPECT_EQ(PassReason(), "outbound") << called;
    EXPECT_EQ(decision_.customer, "sites");
    EXPECT_TRUE(decision_.continuation.empty());
    EXPECT_TRUE(decision_.correlation.has_value());
  }
  for (const char* called : {"*45", "39", "2345678"}) {
    Ask(LineCall(called, "+33562070410"));
    EXPECT_EQ(PassReason(), "unknown number") << called;
  }
}

TEST_F(LineCalls, AnInternalNumberThatNobodyHasIsRefused) {
  for (const char* called : {"501", "501409", "503411", "5", "599999999"}) {
    Ask(LineCall(called, "+33562070410"));
    const auto* reject = std::get_if<RejectDecision>(&decision_.action);
    ASSERT_NE(reject, nullptr) << called;
    EXPECT_EQ(reject->code, (ResponseCode{404, 1})) << called;
    EXPECT_EQ(decision_.customer, "sites");
    EXPECT_TRUE(decision_.correlation.has_value());
  }
  // Where nobody has an internal number, the digit says nothing.
  MustPublish(*engine_, R"(
customer: other
numbering: { prefix: "5", country: FR }
numbers: [{ number: "+33145670412", tree: main }]
trees: { main: { voicemail: { mailbox: paris } } }
)");
  Ask(LineCall("503411", "+33145670412"));
  EXPECT_EQ(PassReason(), "unknown number");
}

TEST_F(LineCalls, ReadWhatIsDialledByThePlansCountry) {
  MustPublish(*engine_, WithOutbound());
  Ask(LineCall("0891234567", "+33562070410"));
  EXPECT_TRUE(std::holds_alternative<RejectDecision>(decision_.action)) << "+338* by the tree";
  Ask(LineCall("0145670411", "+33562070410"));
  EXPECT_EQ(OnlyLeg(decision_).number.ToString(), "+33145670411");
  Ask(LineCall("0012025550123", "+33562070410"));
  EXPECT_EQ(OnlyLeg(decision_).number.ToString(), "+12025550123");
  Ask(LineCall("0562070411", "+33562070410"));
  EXPECT_EQ(decision_.number.ToString(), "+33562070411") << "a number of the plan";
  absl::StatusOr<Explanation> why =
      engine_->Explain(LineCall("0145670411", "+33562070410"), kTestNow, decision_);
  ASSERT_TRUE(why.ok());
  EXPECT_THAT(why->notes, Contains("0145670411 is +33145670411 in the country of the plan"));
}

TEST_F(LineCalls, DialOnlyWhatTheirCustomerMayCall) {
  const std::string allowed = "allowed_destinations: { countries: FR, kinds: fixed }\n";
  MustPublish(*engine_, absl::StrCat(kOutside, allowed, "outbound: outside\n"));
  for (const char* called : {"+33899123456", "+33612345678", "0612345678", "+12025550123"}) {
    EXPECT_EQ(Mailbox(Ask(LineCall(called, "+33562070410"))), "refused") << called;
  }
  EXPECT_EQ(OnlyLeg(Ask(LineCall("+33145670411", "+33562070410"))).number.ToString(),
            "+33145670411");
  // What costs more than usual is not allowed unless that is written.
  MustPublish(*engine_, absl::StrCat(kOutside, "outbound: outside\n"));
  EXPECT_EQ(Mailbox(Ask(LineCall("+33899123456", "+33562070410"))), "refused");
  EXPECT_EQ(OnlyLeg(Ask(LineCall("+33612345678", "+33562070410"))).number.ToString(),
            "+33612345678");
  // Without a tree for it, the section decides if it is written.
  MustPublish(*engine_, absl::StrCat(kOutside, allowed));
  Ask(LineCall("+33612345678", "+33562070410"));
  EXPECT_EQ(std::get<RejectDecision>(decision_.action).code, (ResponseCode{403, 21}));
  Ask(LineCall("+33145670411", "+33562070410"));
  EXPECT_EQ(PassReason(), "outbound");
  MustPublish(*engine_, kOutside);
  Ask(LineCall("+33899123456", "+33562070410"));
  EXPECT_EQ(PassReason(), "outbound");
}

// The network ignores digits beyond a number, and charges for it all the same.
TEST_F(LineCalls, DigitsTooManyMakeACostlyNumberNoOther) {
  MustPublish(*engine_, absl::StrCat(kOutside, "outbound: outside\n"));
  for (const char* called : {"0899123456", "08991234567", "089912345678", "+338991234567"}) {
    EXPECT_EQ(Mailbox(Ask(LineCall(called, "+33562070410"))), "refused") << called;
  }
  // Others are not read into what nobody dialled.
  Ask(LineCall("06123456789", "+33562070410"));
  EXPECT_EQ(PassReason(), "unknown number");
  MustPublish(*engine_, absl::StrCat(kOutside, "allowed_destinations: { countries: FR }\n"));
  Ask(LineCall("08991234567", "+33562070410"));
  EXPECT_EQ(std::get<RejectDecision>(decision_.action).code, (ResponseCode{403, 21}));
}

TEST_F(LineCalls, WhatIsOutsideFollowsTheTreeForIt) {
  MustPublish(*engine_, WithOutbound());
  const Call call = LineCall("+33145670411", "+33562070410");
  Ask(call);
  EXPECT_EQ(decision_.customer, "sites");
  EXPECT_FALSE(decision_.number.has_value());
  EXPECT_EQ(OnlyLeg(decision_).number.ToString(), "+33145670411");
  EXPECT_EQ(OnlyLeg(decision_).trigger, Trigger::kSuppress) << "it goes to the network";
  EXPECT_FALSE(OnlyLeg(decision_).diverted_by.has_value());
  EXPECT_EQ(OnlyLeg(decision_).charged_number.ToString(), "+33562070410");
  EXPECT_EQ(OnlyLeg(decision_).charge_to, "toulouse");
  Next(call, "busy");
  EXPECT_EQ(std::get<ReleaseDecision>(decision_.action).code.q850_cause, 17);
  Ask(LineCall("+33800123456", "+33562070410"));
  EXPECT_TRUE(std::holds_alternative<RejectDecision>(decision_.action));
  Ask(LineCall("*45", "+33562070410"));
  EXPECT_EQ(PassReason(), "unknown number");
}

TEST_F(LineCalls, TreesTellSpecialNumbersApart) {
  MustPublish(*engine_, absl::StrCat(kTwoSitesPlan, R"(
  outside:
    destination:
      cases:
        - { special: directory, then: { voicemail: { mailbox: directory } } }
        - { special: [short], numbers: "+3312*", then: { voicemail: { mailbox: short } } }
        - { special: [service], then: { voicemail: { mailbox: service } } }
      otherwise: { voicemail: { mailbox: other } }
outbound: outside
)"));
  for (const auto& [called, mailbox] :
       {std::pair("118218", "directory"), std::pair("3900", "short"), std::pair("1014", "short"),
        std::pair("+33123456789", "short"), std::pair("+33800123456", "service"),
        std::pair("+33891234567", "service"), std::pair("+33820123456", "service"),
        std::pair("+33145670411", "other")}) {
    EXPECT_EQ(Mailbox(Ask(LineCall(called, "+33562070410"))), mailbox) << called;
  }
  absl::StatusOr<Explanation> why =
      engine_->Explain(LineCall("3900", "+33562070410"), kTestNow, decision_);
  ASSERT_TRUE(why.ok());
  EXPECT_EQ(why->visits[0].comparisons[1].subject, "called 3900");
  EXPECT_EQ(why->visits[0].comparisons[1].against, "+3312*, any short number");
}

TEST_F(LineCalls, GoOnByTheRevisionThatTheyStartedWith) {
  const Call call = LineCall("*44", "+33562070410");
  Ask(call);
  std::string changed = kTwoSitesPlan;
  changed.replace(changed.find("\"*44\": conference"), 17, "\"*44\": operator  ");
  MustPublish(*engine_, changed);
  Next(call, "played");
  EXPECT_TRUE(std::holds_alternative<ConferenceDecision>(decision_.action));
  EXPECT_EQ(OnlyLeg(Ask(call)).destination, "mobile");
}

TEST_F(LineCalls, AStaleOneGetsTheDefault) {
  EngineOptions options = WithIngresses();
  options.kept_revisions = 0;
  engine_ = MakeEngine(std::move(options));
  MustPublish(*engine_, kTwoSitesPlan);
  const Call call = LineCall("9", "+33562070410");
  Ask(call);
  std::string changed = kTwoSitesPlan;
  changed.replace(changed.find(", \"9\": operator"), 15, "");
  MustPublish(*engine_,
              absl::StrCat(changed, "default: { otherwise: { voicemail: { mailbox: d } } }\n"));
  Next(call, "busy");
  EXPECT_EQ(Mailbox(decision_), "d");
}

TEST_F(LineCalls, EmergencyNumbersPassFirstOfAll) {
  for (const char* called : {"112", "15", "17", "18"}) {
    Ask(LineCall(called, "+33562070410", "sites-pbx"));
    const auto& pass = std::get<PassThroughDecision>(decision_.action);
    EXPECT_EQ(pass.reason, PassThroughReason::kEmergency) << called;
    EXPECT_EQ(pass.place, "Toulouse");
  }
}

TEST_F(LineCalls, ColleaguesCallBackWhoCalledForHelp) {
  Call emergency = LineCall("112", "+33562070411", "sites-pbx");
  emergency.calling = *E164Number::Parse("+33562070411");
  Ask(emergency);
  Call back = LineCall("501411", "+33223280411");
  back.id.reference = "back";
  Ask(back);
  EXPECT_EQ(std::get<PassThroughDecision>(decision_.action).reason,
            PassThroughReason::kEmergencyCallBack);
  EXPECT_EQ(decision_.number.ToString(), "+33562070411");
}

TEST_F(LineCalls, TheEmergencyServicesCallBack) {
  for (const char* called : {"501411", "+33562070411", "0562070411"}) {
    Call back = LineCall(called, "+33223280411");
    back.psap_callback = true;
    Ask(back);
    EXPECT_EQ(std::get<PassThroughDecision>(decision_.action).reason,
              PassThroughReason::kEmergencyCallBack);
    EXPECT_EQ(decision_.number.ToString(), "+33562070411");
  }
}

TEST_F(LineCalls, InboundCallsKnowNoInternalNumbers) {
  Call call = LineCall("501411", "+33562070410");
  call.direction = Direction::kInbound;
  EXPECT_THAT(engine_->Route(call, kTestNow, decision_).status().message(),
              HasSubstr("neither an E.164 number nor an emergency number"));
}

TEST_F(LineCalls, ExplainSaysHowTheNumberWasRead) {
  absl::StatusOr<Explanation> why =
      engine_->Explain(LineCall("501411", "+33562070410"), kTestNow, decision_);
  ASSERT_TRUE(why.ok());
  EXPECT_THAT(why->notes, Contains("501411 is the internal number of +33562070411"));
}

TEST_F(LineCalls, AnotherLineIsAnotherQuestion) {
  // Both would be held answers if the line did not count.
  MustPublish(*engine_, R"(
customer: waiting
numbers: [{ number: "+33145670500-+33145670501", tree: wait }]
groups: { team: { agents: [ann] } }
agents: { ann: {} }
trees: { wait: { agents: { group: team } } }
)");
  const Call call = LineCall("+33145670500", "+33145670501");
  absl::StatusOr<Answer> answer = engine_->Route(call, kTestNow, decision_);
  ASSERT_TRUE(engine_->Complete(std::get<Enter>(*answer), kTestNow, decision_).ok());
  EXPECT_EQ(
      engine_->Route(LineCall("+33145670500", "+33145670500"), kTestNow, decision_).status().code(),
      absl::StatusCode::kAborted);
}

}  // namespace
}  // namespace libroute
