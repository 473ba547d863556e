#include <string>

#include "gtest/gtest.h"
#include "libroute/engine/test_inventory.h"

// The carrier's layer and a customer's lines, URIs and service.
namespace libroute {
namespace {

constexpr char kLinePlan[] = R"(
customer: lines
numbering: { prefix: "5", country: BE }
sites: { gent: { code: "01", extensions: [{ numbers: "+3222000110-+3222000199", digits: 3 }] } }
numbers: [{ number: "+3222000110-+3222000199", tree: t }]
destinations: { gate: { uri: "sip:+3290212345@gw.example.net" }, out: { uri: "sip:0032470000009@gw" } }
allowed_destinations: { premium: true }
outbound: t
trees: { t: { dial: { to: [gate, out], on_rejected: { voicemail: { mailbox: barred } } } } }
)";

constexpr char kLineScreening[] = R"(
network: ours
numbers: [{ number: "+3222000*" }]
barred_callers: [{ name: thief, numbers: "+3222000150" }]
barred_destinations: [{ name: desk, numbers: "+3222000111" }, { name: fans, numbers: "+32470000008" }]
)";

Call FromLine(const std::string& line, const std::string& called) {
  Call call = TestCall(called);
  call.direction = Direction::kOutbound;
  call.ingress = "pbx";
  if (line[0] == '+') {
    call.line = *E164Number::Parse(line);
  } else {
    call.internal_line = *Digits::Parse(line);
  }
  return call;
}

TEST(CarrierLayer, ScreensLinesAndWhatTheyMean) {
  EngineOptions options = TestOptions();
  options.ingresses = {{"pbx", "BE", "", "lines"}};
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, kLinePlan);
  MustSet(*engine, kLineScreening);
  Decision decision;
  const struct {
    const char* line;
    const char* called;
    const char* by;
  } kCases[] = {
      {"+3222000150", "501112", "thief"}, {"501150", "501112", "thief"},
      {"+3222000150", "*9", "thief"},     {"+3222000151", "501111", "desk"},
      {"501151", "022000111", "desk"},    {"+3222000151", "0470000008", "fans"},
      {"+3222000151", "501112", ""},
  };
  for (const auto& c : kCases) {
    const std::string action = Asked(*engine, FromLine(c.line, c.called), kTestNow, decision);
    EXPECT_EQ(action, *c.by == '\0' ? "dial" : "reject") << c.line << " " << c.called;
    EXPECT_EQ(decision.screened_by, c.by) << c.line << " " << c.called;
    EXPECT_EQ(decision.customer, "lines");
  }
  // Never calls for help.
  EXPECT_EQ(Asked(*engine, FromLine("+3222000150", "112"), kTestNow, decision), "pass_through");
}

TEST(CarrierLayer, ScreensTheNumbersWithinUris) {
  EngineOptions options = TestOptions();
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, kLinePlan);
  MustSet(*engine,
          "network: ours\nnumbers: [{ number: \"+3222000*\" }]\n"
          "barred_destinations: [{ name: premium, kind: premium }]");
  Decision decision;
  ASSERT_EQ(Asked(*engine, TestCall("+3222000112"), kTestNow, decision), "dial");
  EXPECT_EQ(decision.screened_by, "premium");
  EXPECT_EQ(OnlyLeg(decision).destination, "out");
  EXPECT_FALSE(OnlyLeg(decision).number.has_value());
  EXPECT_EQ(OnlyLeg(decision).uri, "sip:0032470000009@gw");
  EXPECT_EQ(OnlyLeg(decision).facts.country[0], 'B');
  MustSet(*engine,
          "network: ours\nnumbers: [{ number: \"+3222000*\" }]\n"
          "barred_destinations: [{ name: mobile, kind: [mobile, premium] }]");
  ASSERT_EQ(Asked(*engine, TestCall("+3222000113"), kTestNow, decision), "voicemail");
}

TEST(CarrierLayer, SaysWhoseNumberIsNotActive) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLinePlan);
  MustSet(*engine,
          "network: ours\nnumbers: [{ number: \"+3222000*\" }, "
          "{ number: \"+3222000120\", service: { state: suspended } }]");
  Decision decision;
  Call call = FromLine("+3222000150", "501120");
  call.ingress = "";
  for (const Call& asked : {TestCall("+3222000120"), call}) {
    absl::StatusOr<Explanation> why = engine->Explain(asked, kTestNow, decision);
    ASSERT_TRUE(why.ok());
    EXPECT_EQ(std::get<PassThroughDecision>(decision.action).reason,
              PassThroughReason::kNumberNotActive);
    EXPECT_EQ(decision.customer, "lines");
    EXPECT_EQ(decision.holder, "lines");
    EXPECT_EQ(decision.number.ToString(), "+3222000120");
    EXPECT_EQ(why->notes.back(),
              "+3222000120 is suspended, says the carrier's inventory: passed through");
  }
}

TEST(CarrierLayer, PassesCallsOfACustomerThatIsNotActive) {
  EngineOptions options = TestOptions();
  options.ingresses = {{"pbx", "BE", "", "lines"}};
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, kLinePlan);
  MustSet(*engine, R"(
network: ours
time_zone: Europe/Brussels
numbers: [{ number: "+3222000*" }]
customers: { lines: { service: [{ state: active }, { from: "2026-11-24 00:00", state: suspended }] } }
)");
  Decision decision;
  Call inbound = TestCall("+3222000120");
  inbound.ingress = "pbx";
  for (const Call& call :
       {inbound, FromLine("+3222000150", "501120"), FromLine("+3222000150", "0470000008")}) {
    EXPECT_EQ(Asked(*engine, call, kMidnight - absl::Seconds(1), decision), "dial");
    EXPECT_EQ(decision.use_if_unreachable_until, absl::ToUnixSeconds(kMidnight));
    EXPECT_EQ(Asked(*engine, call, kMidnight, decision), "pass_through");
    const auto& pass = std::get<PassThroughDecision>(decision.action);
    EXPECT_EQ(pass.reason, PassThroughReason::kNumberNotActive);
    EXPECT_EQ(pass.service_state, ServiceState::kSuspended);
    EXPECT_EQ(decision.customer, "lines");
  }
}

}  // namespace
}  // namespace libroute
