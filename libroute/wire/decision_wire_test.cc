#include "libroute/wire/decision_wire.h"

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "libroute/v1/decision.pb.h"

namespace libroute {
namespace {

E164Number Number(absl::string_view text) {
  return *E164Number::Parse(text);
}

v1::Decision Parsed(const std::string& text) {
  v1::Decision message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

void ExpectWire(const Decision& decision, const std::string& text) {
  v1::Decision message;
  ToProto(decision, 3, &message);
  const v1::Decision expected = Parsed(text);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(message, expected))
      << message.DebugString() << "instead of\n"
      << expected.DebugString();
}

Leg FullLeg() {
  Leg leg;
  leg.target = 1;
  leg.number = Number("+3222000111");
  leg.destination = "desk";
  leg.site = "north";
  leg.setup_timeout = absl::Milliseconds(1500);
  leg.ring_timeout = absl::Seconds(20);
  leg.presented = Number("+32470000000");
  leg.presented_privacy = Privacy::kRestricted;
  leg.diverted_by = Number("+3222000100");
  leg.diversion_reason = DiversionReason::kBusy;
  leg.diversion_privacy = Privacy::kRestricted;
  leg.diversion_count = 2;
  leg.charge_to = "acme";
  leg.charged_number = Number("+3222000100");
  leg.routing_number = RoutingNumber::Parse("+12025440000");
  leg.trigger = Trigger::kSuppress;
  leg.agent = "anna";
  leg.facts = {v1::NUMBER_KIND_FIXED, {'B', 'E'}, "other", OperatorSource::kAssumed};
  return leg;
}

TEST(DecisionWire, WritesEveryFieldOfALeg) {
  Decision decision;
  decision.action = DialDecision{{FullLeg()}, LegOrder::kTogether};
  decision.priority = 7;
  ExpectWire(decision, R"pb(
    dial {
      legs {
        attempt_id: "3.1"
        number: "+3222000111"
        destination: "desk"
        site: "north"
        setup_timeout { seconds: 1 nanos: 500000000 }
        ring_timeout { seconds: 20 }
        presented { number: "+32470000000" privacy: PRIVACY_RESTRICTED }
        diversion {
          number: "+3222000100"
          reason: DIVERSION_REASON_BUSY
          count: 2
          privacy: PRIVACY_RESTRICTED
        }
        routing_number: "+12025440000"
        charge_to: "acme"
        charged_number: "+3222000100"
        carrier_preselection_bypassed: true
        trigger: TRIGGER_SUPPRESS
        redirect_policy: REDIRECT_POLICY_REPORT
        priority: 7
        number_kind: NUMBER_KIND_FIXED
        country: "BE"
        operator: "other"
        operator_source: OPERATOR_SOURCE_ASSUMED
        agent: "anna"
      }
      order: LEG_ORDER_TOGETHER
    }
    answer_state: ANSWER_STATE_UNANSWERED
    report: REPORT_KIND_ANSWERED
    report: REPORT_KIND_RELEASED
    priority: 7
  )pb");
}

TEST(DecisionWire, AsksForTheReportThatGivesACallToWhomItIsBroughtTo) {
  const auto reports = [](const DialDecision& dial) {
    Decision decision;
    decision.action = dial;
    v1::Decision message;
    ToProto(decision, 0, &message);
    return std::vector<int>(message.report().begin(), message.report().end());
  };
  DialDecision dial;
  dial.legs.emplace_back();
  EXPECT_EQ(reports(dial), std::vector<int>({v1::REPORT_KIND_RELEASED}));
  // A number outside, to which an agent hands the call on.
  dial.is_transfer = true;
  EXPECT_EQ(reports(dial), std::vector<int>({v1::REPORT_KIND_ANSWERED, v1::REPORT_KIND_RELEASED}));
  dial.is_transfer = false;
  dial.legs[0].agent = "anna";
  dial.legs[0].confirmation = "press-one";
  EXPECT_EQ(reports(dial), std::vector<int>({v1::REPORT_KIND_ANSWERED, v1::REPORT_KIND_CONFIRMED,
                                             v1::REPORT_KIND_RELEASED}));
}

TEST(DecisionWire, WritesHowMessagesTakeKeys) {
  Decision decision;
  decision.answered = true;
  decision.action = AnnounceDecision{"hello", absl::Seconds(9), /*interruptible=*/true};
  ExpectWire(decision, R"pb(
    announce {
      message: "hello"
      max_duration { seconds: 9 }
      interruptible: true
    }
    answer_state: ANSWER_STATE_ANSWERED
  )pb");
  MenuDecision menu;
  menu.message = "choose";
  menu.to_the_end = true;
  decision.action = menu;
  v1::Decision message;
  ToProto(decision, 0, &message);
  EXPECT_TRUE(message.menu().to_the_end());
  CollectDecision collect;
  collect.to_the_end = true;
  decision.action = collect;
  ToProto(decision, 0, &message);
  EXPECT_TRUE(message.collect().to_the_end());
}

TEST(DecisionWire, WritesHowACallWaits) {
  WaitDecision wait;
  wait.group = "team";
  wait.max_wait = absl::Seconds(60);
  wait.contact = 4;
  wait.position = 3;
  wait.expected_wait = absl::Seconds(40);
  Decision decision;
  decision.action = wait;
  ExpectWire(decision, R"pb(
    wait {
      group: "team"
      max_wait { seconds: 60 }
      contact: "c4"
      poll_after {}
      position: 3
      expected_wait { seconds: 40 }
    }
    answer_state: ANSWER_STATE_UNANSWERED
    report: REPORT_KIND_RELEASED
  )pb");
}

TEST(DecisionWire, WritesWhatCallersHearWhoWait) {
  WaitDecision wait;
  wait.group = "team";
  wait.max_wait = absl::Seconds(60);
  wait.waited = absl::Milliseconds(45'500);
  wait.announcements.push_back({"busy", absl::Seconds(30), absl::Seconds(60), true, false});
  wait.announcements.push_back({"", absl::ZeroDuration(), absl::ZeroDuration(), false, true});
  Decision decision;
  decision.action = wait;
  ExpectWire(decision, R"pb(
    wait {
      group: "team"
      max_wait { seconds: 60 }
      poll_after {}
      waited { seconds: 45 nanos: 500000000 }
      announcements {
        message: "busy"
        after { seconds: 30 }
        every { seconds: 60 }
        says_position: true
      }
      announcements {
        after {}
        says_expected_wait: true
      }
    }
    answer_state: ANSWER_STATE_UNANSWERED
    report: REPORT_KIND_RELEASED
  )pb");
}

TEST(DecisionWire, WritesThatCallersAreCalledBack) {
  WaitDecision wait;
  wait.group = "team";
  wait.callback_key = '#';
  wait.callback_after = absl::Seconds(30);
  Decision decision;
  decision.action = wait;
  v1::Decision message;
  ToProto(decision, 0, &message);
  EXPECT_EQ(message.wait().callback().key(), "#");
  EXPECT_EQ(message.wait().callback().after().seconds(), 30);
  EXPECT_FALSE(message.wait().has_promise());
  wait.callback_key = 0;
  wait.promise =
      CallbackPromise{*E164Number::Parse("+32475123456"), 2, absl::FromUnixSeconds(1790007200)};
  decision.action = wait;
  ToProto(decision, 1, &message);
  EXPECT_FALSE(message.wait().has_callback());
  EXPECT_EQ(message.wait().promise().number(), "+32475123456");
  EXPECT_EQ(message.wait().promise().attempts_left(), 2u);
  EXPECT_EQ(message.wait().promise().until().seconds(), 1790007200);
  EXPECT_FALSE(message.wait().promise().has_rests_until());
  DialDecision dial;
  dial.legs.emplace_back().target = 3;
  dial.callback.emplace().target = kCallbackTarget;
  dial.callback->number = *E164Number::Parse("+32475123456");
  decision.action = dial;
  ToProto(decision, 2, &message);
  EXPECT_EQ(message.dial().legs_size(), 1);
  EXPECT_EQ(message.dial().callback().attempt_id(), "2.1048576");
  EXPECT_EQ(message.dial().callback().number(), "+32475123456");
}

TEST(DecisionWire, WritesThatTheEndIsAskedAbout) {
  Decision decision;
  decision.action = WaitDecision{"team"};
  decision.ask_after = true;
  v1::Decision message;
  ToProto(decision, 0, &message);
  EXPECT_TRUE(message.ask_after());
}

TEST(DecisionWire, WritesTheGatewaysOfALegInTheirOrder) {
  GatewayGroup group;
  group.name = "pstn";
  group.gateways = {
      {"g1", "sip:gw1.example.net"}, {"g2", "sip:gw2.example.net"}, {"g3", "sip:gw3.example.net"}};
  group.try_next_on = {404, 480};
  Leg leg;
  leg.number = Number("+3222000111");
  leg.gateways = GatewayOrder(group);
  leg.gateways.Add(2);
  leg.gateways.Add(0);
  Decision decision;
  decision.action = DialDecision{{leg}};
  v1::Decision message;
  ToProto(decision, 3, &message);
  const v1::Decision expected = Parsed(R"pb(dial {
                                              legs {
                                                gateways { name: "g3" uri: "sip:gw3.example.net" }
                                                gateways { name: "g1" uri: "sip:gw1.example.net" }
                                                try_next_on: [ 404, 480 ]
                                                gateway_group: "pstn"
                                              }
                                            })pb");
  const v1::Leg& written = message.dial().legs(0);
  const v1::Leg& wanted = expected.dial().legs(0);
  ASSERT_EQ(written.gateways_size(), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(written.gateways(i),
                                                                   wanted.gateways(i)));
  }
  ASSERT_EQ(written.try_next_on_size(), 2);
  EXPECT_EQ(written.try_next_on(0), 404u);
  EXPECT_EQ(written.try_next_on(1), 480u);
  EXPECT_EQ(written.gateway_group(), "pstn");
}

TEST(DecisionWire, WritesALegToAUriWithoutDiversion) {
  Leg leg;
  leg.uri = "sip:desk@example.com";
  Decision decision;
  decision.action = DialDecision{{leg}, LegOrder::kInOrder};
  v1::Decision message;
  ToProto(decision, 0, &message);
  const v1::Leg& written = message.dial().legs(0);
  EXPECT_EQ(written.uri(), "sip:desk@example.com");
  EXPECT_EQ(written.address_case(), v1::Leg::kUri);
  EXPECT_FALSE(written.has_diversion());
  EXPECT_EQ(written.presented().number(), "");
}

TEST(DecisionWire, WritesWhatEveryDecisionHas) {
  Decision decision;
  decision.action = ConferenceDecision{"board"};
  decision.answered = true;
  decision.continuation = std::string("\0\xff", 2);
  decision.revision = "abcd";
  decision.customer = "acme";
  decision.number = Number("+3222000100");
  decision.holder = "acme-hq";
  decision.depends_on.Add(Dependence::kGroup);
  decision.depends_on.Add(Dependence::kCall);
  decision.use_if_unreachable_until = 1795424400;
  decision.correlation = {0x0123456789abcdefULL, 1};
  decision.attributes = {{"language", "fr"}, {"tier", "gold"}};
  decision.collected = {{"account", *Digits::Parse("0012*")}};
  decision.node = "trees.desk";
  decision.caller_type = "vip";
  ExpectWire(decision, R"pb(
    conference { conference: "board" }
    answer_state: ANSWER_STATE_ANSWERED
    continuation: "\000\377"
    attributes { key: "language" value: "fr" }
    attributes { key: "tier" value: "gold" }
    attributes { key: "account" value: "0012*" }
    revision: "abcd"
    customer: "acme"
    number: "+3222000100"
    holder: "acme-hq"
    depends_on: [ DEPENDENCE_CALL, DEPENDENCE_GROUP ]
    use_if_unreachable_until { seconds: 1795424400 }
    correlation_id: "0123456789abcdef0000000000000001"
    node: "trees.desk"
    caller_type: "vip"
  )pb");
}

struct ActionCase {
  const char* name;
  Action action;
  const char* text;
};

class ActionTest : public testing::TestWithParam<ActionCase> {};

TEST_P(ActionTest, IsWrittenToItsField) {
  Decision decision;
  decision.action = GetParam().action;
  ExpectWire(decision, std::string(GetParam().text) + " answer_state: ANSWER_STATE_UNANSWERED");
}

const std::vector<std::string>& Keys() {
  static const auto& keys = *new std::vector<std::string>{"1", "2"};
  return keys;
}

INSTANTIATE_TEST_SUITE_P(
    DecisionWire, ActionTest,
    testing::Values(
        ActionCase{"None", std::monostate(), ""},
        ActionCase{"Announce", AnnounceDecision{"closed", absl::Seconds(30)},
                   R"(announce { message: "closed" max_duration { seconds: 30 } })"},
        ActionCase{"Menu", MenuDecision{"choose", Keys(), absl::Seconds(5), 1, 3},
                   R"(menu { message: "choose" keys: ["1", "2"] timeout { seconds: 5 }
                             max_digits: 1 tries_left: 3 })"},
        ActionCase{"Wait",
                   WaitDecision{.group = "level-1",
                                .max_wait = absl::Seconds(60),
                                .contact = 42,
                                .poll_after = absl::Seconds(10),
                                .message = "music"},
                   R"(wait { group: "level-1" max_wait { seconds: 60 } contact: "c42"
                             poll_after { seconds: 10 } message: "music" }
                      report: REPORT_KIND_RELEASED)"},
        ActionCase{"WaitWithoutContact", WaitDecision{"level-1"},
                   R"(wait { group: "level-1" max_wait {} poll_after {} }
                      report: REPORT_KIND_RELEASED)"},
        ActionCase{"WaitWithoutLimit", WaitDecision{"level-1", absl::InfiniteDuration()},
                   R"(wait { group: "level-1" poll_after {} } report: REPORT_KIND_RELEASED)"},
        ActionCase{"AutoReply", AutoReplyDecision{"thanks"}, R"(auto_reply { message: "thanks" })"},
        ActionCase{"ForwardEmail", ForwardEmailDecision{"a@b.example"},
                   R"(forward_email { to: "a@b.example" })"},
        ActionCase{"Discard", DiscardDecision{DiscardReason::kBounce},
                   "discard { reason: DISCARD_REASON_BOUNCE }"},
        ActionCase{"Assigned", AssignedDecision{"anna"}, R"(assigned { agent: "anna" })"},
        ActionCase{"Finished", AssignedDecision{"anna", true},
                   R"(assigned { agent: "anna" finished: true })"},
        ActionCase{"Voicemail", VoicemailDecision{"desk", DiversionReason::kNoAnswer},
                   R"(voicemail { mailbox: "desk" reason: DIVERSION_REASON_NO_ANSWER })"},
        ActionCase{"MoreDigits", MoreDigitsDecision{10, 11},
                   "more_digits { min_digits: 10 max_digits: 11 }"},
        ActionCase{"Collect", CollectDecision{"account", 4, 8, "#", absl::Seconds(5), 3, true},
                   R"(collect { message: "account" min_digits: 4 max_digits: 8 terminator: "#"
                                timeout { seconds: 5 } tries_left: 3 secret: true })"},
        ActionCase{"Reject", RejectDecision{{486, 17}},
                   "reject { sip_status: 486 q850_cause: 17 }"},
        ActionCase{"Release", ReleaseDecision{{480, 31}, ReleaseReason::kNoMatch},
                   R"(release { sip_status: 480 q850_cause: 31 reason: RELEASE_REASON_NO_MATCH })"},
        ActionCase{
            "NotActive",
            PassThroughDecision{PassThroughReason::kNumberNotActive, "", ServiceState::kPorted},
            R"(pass_through { reason: PASS_THROUGH_REASON_NUMBER_NOT_ACTIVE
                                     service_state: SERVICE_STATE_PORTED })"},
        ActionCase{"PassThrough", PassThroughDecision{PassThroughReason::kEmergency, "Liege"},
                   R"(pass_through { reason: PASS_THROUGH_REASON_EMERGENCY place: "Liege" })"}),
    [](const testing::TestParamInfo<ActionCase>& info) { return info.param.name; });

TEST(DecisionWire, AsksForTheEndOfWhatIsRecorded) {
  auto asked = [](Action action) {
    Decision decision;
    decision.recorded = true;
    decision.action = std::move(action);
    v1::Decision message;
    ToProto(decision, 0, &message);
    return std::vector<int>(message.report().begin(), message.report().end());
  };
  for (const Action& action : {Action(DialDecision()), Action(MenuDecision()),
                               Action(VoicemailDecision()), Action(MoreDigitsDecision())}) {
    EXPECT_EQ(asked(action), std::vector<int>{v1::REPORT_KIND_RELEASED}) << ActionName(action);
  }
  for (const Action& action :
       {Action(RejectDecision()), Action(ReleaseDecision()), Action(PassThroughDecision())}) {
    EXPECT_EQ(asked(action), std::vector<int>()) << ActionName(action);
  }
}

TEST(DecisionWire, LeavesNothingOfWhatWasInTheMessage) {
  Decision first;
  first.action = DialDecision{{FullLeg()}, LegOrder::kInOrder};
  first.attributes = {{"language", "fr"}};
  v1::Decision message;
  ToProto(first, 3, &message);

  Decision second;
  second.action = RejectDecision{{486, 17}};
  ToProto(second, 4, &message);
  v1::Decision fresh;
  ToProto(second, 4, &fresh);
  EXPECT_EQ(message.SerializeAsString(), fresh.SerializeAsString());
}

TEST(DecisionWire, NamesTheRecoveryPlan) {
  Decision decision;
  decision.action = PassThroughDecision{PassThroughReason::kContinuityOff, ""};
  decision.recovery_plan = "fire";
  decision.recovery_drill = true;
  ExpectWire(decision, R"pb(
    pass_through { reason: PASS_THROUGH_REASON_CONTINUITY_OFF }
    answer_state: ANSWER_STATE_UNANSWERED
    recovery_plan: "fire"
    recovery_drill: true)pb");
}

}  // namespace
}  // namespace libroute
