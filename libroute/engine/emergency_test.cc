#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

namespace libroute {
namespace {

// Two sites in two countries, a softphone, a line that others pay to call.
constexpr char kSites[] = R"(
customer: acme
numbers:
  - { number: "+3222000100-+3222000199", tree: main }
  - { number: "+33562070400-+33562070499", tree: main }
  - { number: "+3290012345", tree: main }
  - { number: "+33800123456", tree: main }
sites:
  brussels:
    country: BE
    place: Rue Haute 1, 1000 Bruxelles
    emergency_routing: { "112": "C0A1", "100": "+32220009999" }
    call_back: "+3222000100"
    lines:
      - { numbers: "+3222000100-+3222000149" }
      - { numbers: "+3222000150", place: "Rue Haute 1, 3rd floor" }
      - { numbers: "+3222000160-+3222000169", roaming: true }
      - { numbers: "+3290012345" }
  toulouse:
    country: FR
    code: "01"
    place: Place Wilson 2
    lines: [{ numbers: "+3356207*" }, { numbers: "+33800123456" }]
    extensions: [{ numbers: "+33562070410-+33562070499", digits: 3 }]
numbering: { prefix: "5", country: FR }
trees: { main: { reject: { cause: busy } } }
)";

std::unique_ptr<Engine> MakeSites(std::vector<Ingress> ingresses = {{"trunk", "BE", "exchange"}}) {
  EngineOptions options = TestOptions();
  options.ingresses = std::move(ingresses);
  std::unique_ptr<Engine> engine = MakeEngine(std::move(options));
  MustPublish(*engine, kSites);
  return engine;
}

Call Help(const std::string& dialled, const std::string& calling) {
  Call call = TestCall(dialled);
  call.direction = Direction::kOutbound;
  call.ingress = "trunk";
  call.calling = calling.empty() ? E164Number() : *E164Number::Parse(calling);
  return call;
}

// What comes of a call for help; its action if it does not pass.
std::string Passed(const Engine& engine, const Call& call) {
  Decision decision;
  absl::StatusOr<Answer> answer = engine.Route(call, kTestNow, decision);
  if (!answer.ok()) return std::string(answer.status().message());
  const auto* passed = std::get_if<PassThroughDecision>(&decision.action);
  if (passed == nullptr) return std::string(ActionName(decision.action));
  if (passed->reason != PassThroughReason::kEmergency) return "passed for another reason";
  return absl::StrCat(passed->place, passed->place_uncertain ? " (perhaps)" : "", ", by ",
                      passed->routing_number.ToString(), ", back to ",
                      passed->call_back.ToString());
}

TEST(Emergency, TellsThePlaceTheRouteAndWhoIsCalledBack) {
  auto engine = MakeSites();
  EXPECT_EQ(Passed(*engine, Help("112", "+3222000110")),
            "Rue Haute 1, 1000 Bruxelles, by C0A1, back to +3222000110");
  EXPECT_EQ(Passed(*engine, Help("100", "+3222000110")),
            "Rue Haute 1, 1000 Bruxelles, by +32220009999, back to +3222000110");
  EXPECT_EQ(Passed(*engine, Help("112", "+3222000150")),
            "Rue Haute 1, 3rd floor, by C0A1, back to +3222000150");
  EXPECT_EQ(Passed(*engine, Help("112", "+3222000165")),
            "Rue Haute 1, 1000 Bruxelles (perhaps), by C0A1, back to +3222000165");
}

TEST(Emergency, IsDecidedByTheCountryOfTheCallingSite) {
  auto engine = MakeSites();
  EXPECT_EQ(Passed(*engine, Help("18", "+33562070410")),
            "Place Wilson 2, by , back to +33562070410");
  EXPECT_EQ(Passed(*engine, Help("112", "+33562070410")),
            "Place Wilson 2, by , back to +33562070410");
  EXPECT_EQ(Passed(*engine, Help("18", "+3222000110")), "passed for another reason");
  EXPECT_EQ(Passed(*engine, Help("100", "+33562070410")), "passed for another reason");
}

TEST(Emergency, OfALineThatNobodyHasIsDecidedByTheIngress) {
  auto engine = MakeSites();
  EXPECT_EQ(Passed(*engine, Help("100", "+3233334444")), "exchange, by , back to +3233334444");
  EXPECT_EQ(Passed(*engine, Help("100", "")), "exchange, by , back to ");
  // Of a line of no site, too.
  EXPECT_EQ(Passed(*engine, Help("100", "+3222000190")), "exchange, by , back to +3222000190");
}

TEST(Emergency, OfALineAtNoSiteIsDecidedByThePlansCountry) {
  for (const char* ingress : {"trunk", "abroad", ""}) {
    auto engine = MakeSites({{"trunk", "BE", "exchange"}, {"abroad", "", "far"}});
    Call call = Help("18", "+3222000190");
    call.line = call.calling;
    call.ingress = ingress;
    EXPECT_EQ(Passed(*engine, call), ", by , back to +3222000190") << ingress;
    call.dialled = *Digits::Parse("19");
    EXPECT_NE(Passed(*engine, call), ", by , back to +3222000190") << ingress;
  }
}

TEST(Emergency, IsNeverCalledBackAtAServiceNumber) {
  auto engine = MakeSites();
  EXPECT_EQ(Passed(*engine, Help("112", "+3290012345")),
            "Rue Haute 1, 1000 Bruxelles, by C0A1, back to +3222000100");
}

TEST(Emergency, KnowsTheLineThatCallsBeforeWhatItShows) {
  auto engine = MakeSites();
  Call call = Help("112", "+3222000199");
  call.line = *E164Number::Parse("+3222000150");
  EXPECT_EQ(Passed(*engine, call), "Rue Haute 1, 3rd floor, by C0A1, back to +3222000150");
  call.calling = *E164Number::Parse("+33562070410");
  EXPECT_EQ(Passed(*engine, call), "Rue Haute 1, 3rd floor, by C0A1, back to +3222000150");
  call.calling = E164Number();
  EXPECT_EQ(Passed(*engine, call), "Rue Haute 1, 3rd floor, by C0A1, back to +3222000150");
}

TEST(Emergency, KnowsTheLineByItsInternalNumber) {
  auto engine = MakeSites({{"trunk", "BE", "exchange", "acme"}});
  Call call = Help("112", "+3222000100");
  call.internal_line = *Digits::Parse("501410");
  EXPECT_EQ(Passed(*engine, call), "Place Wilson 2, by , back to +33562070410");
  // Where that says nothing, what it shows does.
  call.internal_line = *Digits::Parse("509999");
  EXPECT_EQ(Passed(*engine, call), "Rue Haute 1, 1000 Bruxelles, by C0A1, back to +3222000100");
}

TEST(Emergency, ALineThatNobodyHasIsNotWhereItsNumberIsShown) {
  auto engine = MakeSites();
  Call call = Help("112", "+3222000110");
  call.line = *E164Number::Parse("+3233334444");
  EXPECT_EQ(Passed(*engine, call), "exchange, by , back to +3233334444");
}

TEST(Emergency, CallsBackTheLineThenTheSiteThenWhatIsShown) {
  auto engine = MakeSites();
  Call call = Help("112", "+3222000199");
  call.line = *E164Number::Parse("+3290012345");
  EXPECT_EQ(Passed(*engine, call), "Rue Haute 1, 1000 Bruxelles, by C0A1, back to +3222000100");
  call.line = *E164Number::Parse("+33800123456");
  EXPECT_EQ(Passed(*engine, call), "Place Wilson 2, by , back to +3222000199");
  call.calling = *E164Number::Parse("+33800123457");
  EXPECT_EQ(Passed(*engine, call), "Place Wilson 2, by , back to ");
}

TEST(Emergency, PassesForACustomersIngress) {
  auto engine = MakeSites({{"trunk", "BE", "exchange", "acme"}});
  EXPECT_EQ(Passed(*engine, Help("18", "+33562070410")),
            "Place Wilson 2, by , back to +33562070410");
  EXPECT_EQ(Passed(*engine, Help("112", "")), "exchange, by , back to ");
}

TEST(Emergency, LetsThroughWhoCallsTheLineOrItsCallBackNumberWithinTheHour) {
  auto engine = MakeSites();
  auto action = [&](const std::string& called, absl::Time at) {
    Decision decision;
    Call call = TestCall(called, "back");
    call.ingress = "trunk";
    EXPECT_TRUE(engine->Route(call, at, decision).ok());
    return std::string(ActionName(decision.action));
  };
  EXPECT_EQ(action("+3222000100", kTestNow), "reject");
  Passed(*engine, Help("112", "+3290012345"));
  for (const char* line : {"+3222000100", "+3290012345"}) {
    EXPECT_EQ(action(line, kTestNow + absl::Minutes(59)), "pass_through") << line;
    EXPECT_EQ(action(line, kTestNow + absl::Minutes(60)), "reject") << line;
  }
  EXPECT_EQ(action("+3222000110", kTestNow), "reject");
}

TEST(Emergency, CallBacksGetThroughWithDigitsTooMany) {
  auto engine = MakeSites();
  MustPublish(*engine, R"(
customer: block
numbers: [{ number: "+32330004*", tree: main, min_digits: 10, max_digits: 10 }]
trees: { main: { reject: { cause: busy } } }
)");
  Passed(*engine, Help("112", "+3233000410"));
  Decision decision;
  Call back = TestCall("+32330004105", "back");
  back.ingress = "trunk";
  ASSERT_TRUE(engine->Route(back, kTestNow, decision).ok());
  EXPECT_EQ(std::get<PassThroughDecision>(decision.action).reason,
            PassThroughReason::kEmergencyCallBack);
  EXPECT_EQ(decision.number.ToString(), "+3233000410");
  EXPECT_EQ(decision.customer, "block");
}

TEST(Emergency, TheServicesThemselvesGetThroughToWhateverTheyCall) {
  auto engine = MakeSites();
  for (const char* called : {"+3222000110", "+33562070410", "+3233334444"}) {
    Decision decision;
    Call back = TestCall(called, "back");
    back.ingress = "trunk";
    ASSERT_TRUE(engine->Route(back, kTestNow, decision).ok());
    EXPECT_NE(decision.number.ToString(), "+3233334444");
    back.psap_callback = true;
    ASSERT_TRUE(engine->Route(back, kTestNow, decision).ok());
    EXPECT_EQ(std::get<PassThroughDecision>(decision.action).reason,
              PassThroughReason::kEmergencyCallBack)
        << called;
    EXPECT_EQ(decision.number.ToString(), called);
  }
}

}  // namespace
}  // namespace libroute
