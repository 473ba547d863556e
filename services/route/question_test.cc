#include "services/route/question.h"

#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/number/number_profile.h"
#include "libroute/v1/route.pb.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

v1::RouteRequest First() {
  v1::RouteRequest request;
  request.mutable_call_id()->set_switch_("sw");
  request.mutable_call_id()->set_epoch(7);
  request.mutable_call_id()->set_reference("r 1");
  request.mutable_call()->set_called("+3222000100");
  return request;
}

v1::RouteRequest Next() {
  v1::RouteRequest request = First();
  request.clear_call();
  request.set_step(3);
  request.set_continuation("sealed");
  request.mutable_event()->mutable_played();
  return request;
}

using Change = std::function<void(v1::RouteRequest&)>;

std::string Complaint(v1::RouteRequest request, const Change& change) {
  change(request);
  Question question;
  absl::Status status = question.Read(request);
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  return std::string(status.message());
}

// The event of `request`, which must be good.
Event EventOf(const v1::RouteRequest& request) {
  Question question;
  absl::Status status = question.Read(request);
  EXPECT_TRUE(status.ok()) << status;
  return question.event();
}

v1::RouteRequest Ended(const std::function<void(v1::AttemptResult&)>& change) {
  v1::RouteRequest request = Next();
  change(*request.mutable_event()->mutable_dial()->add_results());
  return request;
}

TEST(Question, TakesOverAFirstQuestion) {
  v1::RouteRequest request = First();
  v1::Call& call = *request.mutable_call();
  call.set_direction(v1::DIRECTION_OUTBOUND);
  call.set_calling("+32470000000");
  call.set_calling_privacy(v1::PRIVACY_RESTRICTED);
  call.set_ingress("north");
  call.set_correlation_id("000000000000000a000000000000000b");
  Question question;
  ASSERT_TRUE(question.Read(request).ok());
  EXPECT_TRUE(question.is_first());
  EXPECT_EQ(question.call().id, (CallId{"sw", 7, "r 1"}));
  EXPECT_EQ(question.call().called.ToString(), "+3222000100");
  EXPECT_EQ(question.call().calling.ToString(), "+32470000000");
  EXPECT_EQ(question.call().calling_privacy, Privacy::kRestricted);
  EXPECT_EQ(question.call().direction, Direction::kOutbound);
  EXPECT_EQ(question.call().ingress, "north");
  EXPECT_EQ(question.call().correlation, (CorrelationId{10, 11}));
}

TEST(Question, ReadsHowTheCallCame) {
  v1::RouteRequest request = First();
  request.mutable_call()->set_verstat(v1::VERSTAT_FAILED);
  request.mutable_call()->set_attestation(v1::ATTESTATION_B);
  request.mutable_call()->set_location("208011D9E03A");
  v1::PastDiversion* first = request.mutable_call()->add_diversions();
  first->set_number("+3222000198");
  first->set_reason(v1::DIVERSION_REASON_BUSY);
  v1::PastDiversion* last = request.mutable_call()->add_diversions();
  last->set_number("+3222000199");
  last->set_reason(v1::DIVERSION_REASON_NO_ANSWER);
  last->set_count(4);
  Question question;
  ASSERT_TRUE(question.Read(request).ok());
  EXPECT_EQ(question.call().verstat, Verstat::kFailed);
  EXPECT_EQ(question.call().attestation, Attestation::kB);
  EXPECT_EQ(question.call().location.text(), "208011D9E03A");
  EXPECT_EQ(question.call().diversions, 5);
  EXPECT_EQ(question.call().diverted_by.ToString(), "+3222000199");
  ASSERT_EQ(question.call().diverted_before.size(), 1u);
  EXPECT_EQ(question.call().diverted_before[0].ToString(), "+3222000198");
  EXPECT_EQ(question.call().diverted_because, DiversionReason::kNoAnswer);
  ASSERT_TRUE(question.Read(First()).ok());
  EXPECT_EQ(question.call().verstat, Verstat::kNone);
  EXPECT_EQ(question.call().attestation, Attestation::kNone);
  EXPECT_FALSE(question.call().diverted_by.has_value());
  EXPECT_EQ(question.call().diverted_because, DiversionReason::kNone);
  EXPECT_TRUE(question.call().diverted_before.empty());
}

TEST(Question, CountsAllDiversionsUpTo255) {
  v1::RouteRequest request = First();
  for (int i = 0; i < 3; ++i) {
    v1::PastDiversion* diversion = request.mutable_call()->add_diversions();
    diversion->set_number(i == 1 ? "1" : "+3222000199");
    diversion->set_count(100);
  }
  Question question;
  ASSERT_TRUE(question.Read(request).ok());
  EXPECT_EQ(question.call().diversions, 255);
  EXPECT_EQ(question.call().diverted_before.size(), 1u) << "one cannot be read";
}

const NumberProfile& Belgium() {
  static const NumberProfile profile = NationalProfile("BE");
  return profile;
}

// The call that is asked about so, at a Belgian ingress.
Call CallAt(const Change& change) {
  v1::RouteRequest request = First();
  change(request);
  Question question;
  absl::Status status = question.Read(request, Belgium);
  EXPECT_TRUE(status.ok()) << status;
  return question.call();
}

TEST(Question, ReadsTheCalledNumberByTheIngress) {
  const struct {
    std::string called;
    std::string number;
    std::string routing_number;
  } kRows[] = {
      {"+3222000100", "+3222000100", ""},
      {"022000100", "+3222000100", ""},
      {"0032 2 200 01 00", "+3222000100", ""},
      {"tel:+32-2-200-01-00;npdi;rn=+3299", "+3222000100", "+3299"},
      {"sip:022000100;rn=C01@host;user=phone", "+3222000100", "C01"},
      {"+32 2 200 01 00", "+3222000100", ""},
  };
  for (const auto& row : kRows) {
    const Call call =
        CallAt([&](v1::RouteRequest& r) { r.mutable_call()->set_called(row.called); });
    EXPECT_EQ(call.called.ToString(), row.number) << row.called;
    EXPECT_EQ(call.routing_number.ToString(), row.routing_number) << row.called;
  }
  const Call dialled =
      CallAt([](v1::RouteRequest& r) { r.mutable_call()->set_called("sip:501410@pbx"); });
  EXPECT_EQ(dialled.dialled.ToString(), "501410");
}

TEST(Question, TakesNoCallerThatCannotBeRead) {
  const struct {
    std::string calling;
    v1::Privacy given;
    std::string number;
    Privacy privacy;
    bool unreadable = false;
  } kRows[] = {
      {"0475 12 34 56", v1::PRIVACY_UNSPECIFIED, "+32475123456", Privacy::kAllowed},
      {"tel:+32475123456;rn=C01", v1::PRIVACY_RESTRICTED, "+32475123456", Privacy::kRestricted},
      {"112", v1::PRIVACY_ALLOWED, "", Privacy::kUnavailable, true},
      {"\xE2\x98\x8E", v1::PRIVACY_UNSPECIFIED, "", Privacy::kUnavailable, true},
      {std::string(100000, '9'), v1::PRIVACY_UNSPECIFIED, "", Privacy::kUnavailable, true},
      {"sip:anonymous@anonymous.invalid", v1::PRIVACY_ALLOWED, "", Privacy::kRestricted},
      {"sip:anonymous@anonymous.invalid", v1::PRIVACY_UNAVAILABLE, "", Privacy::kUnavailable},
      {"sip:unavailable@unknown.invalid", v1::PRIVACY_UNSPECIFIED, "", Privacy::kUnavailable},
      {"sip:alice@example.net", v1::PRIVACY_RESTRICTED, "", Privacy::kRestricted, true},
      {"", v1::PRIVACY_UNSPECIFIED, "", Privacy::kAllowed},
  };
  for (const auto& row : kRows) {
    const Call call = CallAt([&](v1::RouteRequest& r) {
      r.mutable_call()->set_calling(row.calling);
      r.mutable_call()->set_calling_privacy(row.given);
    });
    EXPECT_EQ(call.calling.ToString(), row.number) << row.calling;
    EXPECT_EQ(call.calling_privacy, row.privacy) << row.calling;
    EXPECT_EQ(call.calling_unreadable, row.unreadable) << row.calling;
  }
}

TEST(Question, ReadsWhoDivertedByTheIngress) {
  auto diverted_by = [](const std::string& number) {
    return CallAt(
        [&](v1::RouteRequest& r) { r.mutable_call()->add_diversions()->set_number(number); });
  };
  EXPECT_EQ(diverted_by("022000199").diverted_by.ToString(), "+3222000199");
  EXPECT_FALSE(diverted_by("1").diverted_by.has_value());
  EXPECT_EQ(diverted_by("1").diversions, 1);
}

TEST(Question, AsksForNoProfileOfPlainNumbers) {
  v1::RouteRequest request = First();
  request.mutable_call()->set_calling("+32470000000");
  request.mutable_call()->add_diversions()->set_number("+32470000001");
  Question question;
  ASSERT_TRUE(question
                  .Read(request,
                        []() -> const NumberProfile& {
                          ADD_FAILURE();
                          return NoProfile();
                        })
                  .ok());
}

TEST(Question, SaysHowNumbersWereRead) {
  v1::RouteRequest request = First();
  EXPECT_THAT(NotesOn(request, Belgium), IsEmpty());
  request.mutable_call()->set_called("022000100");
  request.mutable_call()->set_calling("112");
  request.mutable_call()->add_diversions()->set_number("1");
  EXPECT_THAT(NotesOn(request, Belgium),
              ElementsAre("call.called is read as +3222000100",
                          "call.calling cannot be read (local number): not known",
                          "call.diversions[0].number cannot be read (local number): not known"));
  request.mutable_call()->set_called("sip:112@host");
  request.mutable_call()->set_calling("0475123456");
  request.mutable_call()->set_calling_privacy(v1::PRIVACY_RESTRICTED);
  request.mutable_call()->clear_diversions();
  EXPECT_THAT(NotesOn(request, Belgium), IsEmpty());
}

TEST(Question, ReadsWhatALineDials) {
  v1::RouteRequest request = First();
  request.mutable_call()->set_direction(v1::DIRECTION_INTERNAL);
  request.mutable_call()->set_called("*44");
  request.mutable_call()->set_originating_line("501410");
  Question question;
  ASSERT_TRUE(question.Read(request).ok());
  EXPECT_EQ(question.call().dialled.ToString(), "*44");
  EXPECT_FALSE(question.call().called.has_value());
  EXPECT_EQ(question.call().internal_line.ToString(), "501410");
  request.mutable_call()->set_called("+3222000100");
  request.mutable_call()->set_originating_line("+3222000101");
  ASSERT_TRUE(question.Read(request).ok());
  EXPECT_EQ(question.call().called.ToString(), "+3222000100");
  EXPECT_EQ(question.call().line.ToString(), "+3222000101");
  EXPECT_TRUE(question.call().dialled.empty());
  EXPECT_TRUE(question.call().internal_line.empty());
  request.mutable_call()->set_called("*44");
  request.mutable_call()->set_direction(v1::DIRECTION_INBOUND);
  EXPECT_FALSE(question.Read(request).ok());
}

TEST(Question, ForgetsWhatItReadBefore) {
  v1::RouteRequest full = First();
  full.mutable_call()->set_calling("+32470000000");
  full.mutable_call()->set_ingress("north");
  full.mutable_call()->set_correlation_id("000000000000000a000000000000000b");
  full.mutable_call()->set_calling_privacy(v1::PRIVACY_RESTRICTED);
  Question question;
  ASSERT_TRUE(question.Read(full).ok());
  v1::RouteRequest emergency = First();
  emergency.mutable_call()->set_called("112");
  ASSERT_TRUE(question.Read(emergency).ok());
  EXPECT_FALSE(question.call().called.has_value());
  EXPECT_EQ(question.call().dialled.ToString(), "112");
  EXPECT_FALSE(question.call().calling.has_value());
  EXPECT_EQ(question.call().calling_privacy, Privacy::kAllowed);
  EXPECT_EQ(question.call().direction, Direction::kInbound);
  EXPECT_EQ(question.call().ingress, "");
  EXPECT_FALSE(question.call().correlation.has_value());
}

TEST(Question, NamesTheFieldThatIsWrong) {
  using R = v1::RouteRequest;
  struct Row {
    Change change;
    std::string complaint;
  };
  const Row kRows[] = {
      {[](R& r) { r.clear_call_id(); }, "call_id: is missing"},
      {[](R& r) { r.mutable_call_id()->clear_switch_(); }, "call_id.switch: \"\" is not a name"},
      {[](R& r) { r.mutable_call_id()->set_switch_("a/b"); }, "call_id.switch: \"a/b\" is not a"},
      {[](R& r) { r.mutable_call_id()->clear_reference(); }, "call_id.reference: \"\" is not"},
      {[](R& r) { r.mutable_call_id()->set_reference("\x01"); }, "call_id.reference: "},
      {[](R& r) { r.mutable_call_id()->set_reference(std::string(65, 'r')); },
       "call_id.reference: "},
      {[](R& r) { r.set_request_id(std::string(65, 'i')); }, "request_id: has 65 bytes"},
      {[](R& r) { r.set_step(1001); }, "step: 1001 is too large"},
      {[](R& r) { r.clear_call(); }, "call: is missing"},
      {[](R& r) { r.set_continuation("x"); }, "continuation: only from step 1 on"},
      {[](R& r) { r.mutable_event()->mutable_played(); }, "event: only from step 1 on"},
      {[](R& r) { r.mutable_call()->clear_called(); }, "call.called: is missing"},
      {[](R& r) { r.mutable_call()->set_called("0475123"); },
       "call.called: \"0475123\" cannot be read (local number); expected an E.164 number"},
      {[](R& r) { r.mutable_call()->set_called("1"); }, "call.called: "},
      {[](R& r) { r.mutable_call()->set_called("*44"); }, "call.called: "},
      {[](R& r) { r.mutable_call()->set_called("sip:desk@example.net"); },
       "call.called: \"sip:desk@example.net\" cannot be read (not a number)"},
      {[](R& r) { r.mutable_call()->set_direction(static_cast<v1::Direction>(4)); },
       "call.direction: 4 is not known"},
      {[](R& r) { r.mutable_call()->set_calling_privacy(static_cast<v1::Privacy>(9)); },
       "call.calling_privacy: 9"},
      {[](R& r) { r.mutable_call()->set_verstat(static_cast<v1::Verstat>(9)); }, "call.verstat: 9"},
      {[](R& r) { r.mutable_call()->set_ingress("no name"); }, "call.ingress: "},
      {[](R& r) { r.mutable_call()->set_originating_line("desk"); },
       "call.originating_line: \"desk\""},
      {[](R& r) { r.mutable_call()->set_correlation_id("12"); }, "call.correlation_id: "},
      {[](R& r) { r.mutable_call()->set_location("a b"); },
       "call.location: \"a b\" is no location: 1 to 31 printable ASCII characters without spaces"},
      {[](R& r) { r.mutable_call()->set_attestation(static_cast<v1::Attestation>(4)); },
       "call.attestation: 4 is not known; expected a, b or c"},
      {[](R& r) {
         r.mutable_call()->add_diversions();
         r.mutable_call()->add_diversions()->set_reason(static_cast<v1::DiversionReason>(77));
       },
       "call.diversions[1].reason: 77 is not known"},
      {[](R& r) { r.mutable_call()->add_diversions()->set_count(256); },
       "call.diversions[0].count: 256 is not between 1 and 255"},
      {[](R& r) {
         for (int i = 0; i < 21; ++i) r.mutable_call()->add_diversions();
       },
       "call.diversions: has 21 entries; at most 20"}};
  for (const Row& row : kRows) {
    EXPECT_THAT(Complaint(First(), row.change), StartsWith(row.complaint));
  }
}

TEST(Question, NamesWhatIsWrongLaterInTheCall) {
  using R = v1::RouteRequest;
  EXPECT_THAT(Complaint(Next(), [](R& r) { r.clear_continuation(); }),
              StartsWith("continuation: is missing"));
  EXPECT_THAT(Complaint(Next(), [](R& r) { r.set_continuation(std::string(513, 'c')); }),
              StartsWith("continuation: has 513 bytes"));
  EXPECT_THAT(Complaint(Next(), [](R& r) { r.clear_event(); }),
              StartsWith("event: is missing; expected one of dial, digits"));
  EXPECT_THAT(Complaint(Next(), [](R& r) { r.mutable_event()->Clear(); }),
              StartsWith("event: says nothing that is known here; expected one of dial"));
  EXPECT_THAT(Complaint(Next(), [](R& r) { r.mutable_event()->set_digits(""); }),
              StartsWith("event.digits: is empty"));
  EXPECT_THAT(Complaint(Next(), [](R& r) { r.mutable_event()->set_digits("1a"); }),
              StartsWith("event.digits: has 2 characters; expected 1 to 15 of"));
  EXPECT_THAT(
      Complaint(Next(), [](R& r) { r.mutable_event()->set_wait_ended(v1::WAIT_END_UNSPECIFIED); }),
      StartsWith("event.wait_ended: 0 is not known; expected timeout, no_agents, none_ready, "
                 "full or closed"));
  EXPECT_THAT(Complaint(Next(), [](R& r) { r.mutable_event()->mutable_dial(); }),
              StartsWith("event.dial.results: has 0 entries"));
}

TEST(Question, NamesWhatIsWrongInAResult) {
  struct Row {
    std::function<void(v1::AttemptResult&)> change;
    std::string complaint;
  };
  using A = v1::AttemptResult;
  const Row kRows[] = {
      {[](A&) {}, "outcome: is missing; give it, or sip_status or q850_cause"},
      {[](A& a) { a.set_alerted(true); }, "outcome: is missing"},
      {[](A& a) { a.set_outcome(static_cast<v1::Outcome>(12)); }, "outcome: 12 is not an outcome"},
      {[](A& a) { a.set_sip_status(180); }, "sip_status: 180 is not a SIP final status"},
      {[](A& a) { a.set_sip_status(700); }, "sip_status: 700"},
      {[](A& a) { a.set_q850_cause(128); }, "q850_cause: 128 is not a Q.850 cause"},
      {[](A& a) { a.set_expired(static_cast<v1::LegTimer>(3)); }, "expired: 3 is not a timer"},
      {[](A& a) { a.set_attempt_id("first"); }, "attempt_id: \"first\" is not an attempt id"},
      {[](A& a) { a.set_attempt_id("a\n\xc3\xa9"); },
       "attempt_id: \"a\\n\\xc3\\xa9\" is not an attempt id"},
      {[](A& a) { a.set_attempt_id("3.0"); },
       "attempt_id: \"3.0\" is not of the decision before; those begin with \"2.\""},
      {[](A& a) {
         a.set_sip_status(486);
         a.mutable_retry_after()->set_seconds(-1);
       },
       "retry_after: "},
      {[](A& a) {
         a.set_sip_status(302);
         a.set_redirected_to("nowhere");
       },
       "redirected_to: \"nowhere\" is not an address"},
      {[](A& a) {
         a.set_sip_status(486);
         a.set_gateway("g 1");
       },
       "gateway: \"g 1\" is not a name"},
      {[](A& a) {
         a.set_sip_status(486);
         a.add_failed_gateways()->set_sip_status(503);
       },
       "failed_gateways[0].gateway: "},
      {[](A& a) {
         a.set_sip_status(486);
         a.add_failed_gateways()->set_gateway("g1");
       },
       "failed_gateways[0].outcome: is missing"},
      {[](A& a) {
         a.set_sip_status(486);
         a.add_failed_gateways()->set_gateway("g1");
         a.mutable_failed_gateways(0)->set_sip_status(200);
       },
       "failed_gateways[0].outcome: says that it was answered"},
      {[](A& a) {
         a.set_sip_status(486);
         for (int i = 0; i < 9; ++i) a.add_failed_gateways();
       },
       "failed_gateways: has 9 entries; at most 8"}};
  for (const Row& row : kRows) {
    EXPECT_THAT(Complaint(Ended(row.change), [](v1::RouteRequest&) {}),
                StartsWith("event.dial.results[0]." + row.complaint));
  }
}

TEST(Question, ReadsByWhichGatewaysItWasTried) {
  const Event event = EventOf(Ended([](v1::AttemptResult& result) {
    result.set_sip_status(503);
    result.mutable_retry_after()->set_seconds(30);
    result.set_gateway("g3");
    v1::GatewayFailure& first = *result.add_failed_gateways();
    first.set_gateway("g1");
    first.set_q850_cause(38);
    first.mutable_retry_after()->set_seconds(5);
    v1::GatewayFailure& second = *result.add_failed_gateways();
    second.set_gateway("g2");
    second.set_expired(v1::LEG_TIMER_SETUP);
  }));
  ASSERT_EQ(event.results.size(), 1u);
  const AttemptResult& result = event.results[0];
  EXPECT_EQ(result.outcome, Outcome::kCongestion);
  EXPECT_EQ(result.retry_after, absl::Seconds(30));
  EXPECT_EQ(result.gateway, "g3");
  const std::vector<GatewayFailure> kFailed = {
      {"g1", Outcome::kCongestion, 0, 38, absl::Seconds(5)}, {"g2", Outcome::kUnreachable}};
  EXPECT_EQ(result.failed_gateways, kFailed);
}

TEST(Question, DecidesSoFarAheadAndNoFarther) {
  v1::RouteRequest request = First();
  request.set_look_ahead(64);
  Question question;
  ASSERT_TRUE(question.Read(request).ok());
  EXPECT_EQ(question.look_ahead(), 64);
  ASSERT_TRUE(question.Read(First()).ok());
  EXPECT_EQ(question.look_ahead(), 0);
  EXPECT_EQ(Complaint(First(), [](v1::RouteRequest& r) { r.set_look_ahead(65); }),
            "look_ahead: 65 is too large; at most 64");
}

TEST(Question, TakesWhatHappenedToDecisionsMadeAhead) {
  v1::RouteRequest request = Ended([](v1::AttemptResult& a) { a.set_sip_status(480); });
  request.add_earlier()->set_sip_status(486);
  request.add_earlier()->set_outcome(v1::OUTCOME_NO_ANSWER);
  Question question;
  ASSERT_TRUE(question.Read(request).ok());
  ASSERT_EQ(question.event().earlier.size(), 2u);
  EXPECT_EQ(question.event().earlier[0].outcome, Outcome::kBusy);
  EXPECT_EQ(question.event().earlier[1].outcome, Outcome::kNoAnswer);
  // Memory that is used again does not remember.
  request.clear_earlier();
  ASSERT_TRUE(question.Read(request).ok());
  EXPECT_TRUE(question.event().earlier.empty());
  EXPECT_EQ(Complaint(request, [](v1::RouteRequest& r) { r.add_earlier(); }),
            "earlier[0].outcome: is missing; give it, or sip_status or q850_cause");
  EXPECT_EQ(
      Complaint(request,
                [](v1::RouteRequest& r) { r.add_earlier()->set_outcome(v1::OUTCOME_ANSWERED); }),
      "earlier[0].outcome: is not that of an attempt that failed, so nothing follows it");
  EXPECT_THAT(Complaint(request,
                        [](v1::RouteRequest& r) {
                          for (int i = 0; i < 101; ++i) r.add_earlier()->set_sip_status(486);
                        }),
              StartsWith("earlier: has 101 entries"));
  EXPECT_EQ(Complaint(First(), [](v1::RouteRequest& r) { r.add_earlier(); }),
            "earlier: only from step 1 on");
}

TEST(Question, FindsTheOutcomeFromCodes) {
  using A = v1::AttemptResult;
  struct Row {
    std::function<void(A&)> change;
    Outcome outcome;
  };
  const Row kRows[] = {
      {[](A& a) { a.set_outcome(v1::OUTCOME_NO_ANSWER); }, Outcome::kNoAnswer},
      {[](A& a) { a.set_sip_status(486); }, Outcome::kBusy},
      {[](A& a) { a.set_q850_cause(17); }, Outcome::kBusy},
      {[](A& a) { a.set_sip_status(480), a.set_q850_cause(19); }, Outcome::kNoAnswer},
      {[](A& a) { a.set_sip_status(408), a.set_alerted(true); }, Outcome::kNoAnswer},
      {[](A& a) { a.set_sip_status(408); }, Outcome::kUnreachable},
      {[](A& a) { a.set_expired(v1::LEG_TIMER_RING); }, Outcome::kNoAnswer},
      {[](A& a) { a.set_expired(v1::LEG_TIMER_SETUP); }, Outcome::kUnreachable},
      {[](A& a) { a.set_sip_status(487), a.set_released_by_caller(true); }, Outcome::kCancelled},
      // What is said outright wins over codes.
      {[](A& a) { a.set_sip_status(486), a.set_outcome(v1::OUTCOME_REJECTED); },
       Outcome::kRejected}};
  for (const Row& row : kRows) {
    Event event = EventOf(Ended(row.change));
    EXPECT_EQ(event.kind, EventKind::kDialResult);
    ASSERT_EQ(event.results.size(), 1u);
    EXPECT_EQ(event.results[0].outcome, row.outcome);
    EXPECT_EQ(event.results[0].target, AttemptResult::kNextLeg);
  }
}

TEST(Question, KeepsCodesAndTargetsOfResults) {
  Event event = EventOf(Ended([](v1::AttemptResult& result) {
    result.set_attempt_id("2.1");
    result.set_sip_status(600);
    result.set_q850_cause(17);
  }));
  EXPECT_EQ(event.results[0].target, 1);
  EXPECT_EQ(event.results[0].sip_status, 600);
  EXPECT_EQ(event.results[0].q850_cause, 17);
}

TEST(Question, TakesOverEveryKindOfEvent) {
  v1::RouteRequest request = Next();
  EXPECT_EQ(EventOf(request).kind, EventKind::kPlayed);
  request.mutable_event()->set_digits("1*#");
  EXPECT_EQ(EventOf(request).ToString(), "digits:1*#");
  request.mutable_event()->mutable_no_input();
  EXPECT_EQ(EventOf(request).kind, EventKind::kNoInput);
  request.mutable_event()->set_wait_ended(v1::WAIT_END_TIMEOUT);
  EXPECT_EQ(EventOf(request).kind, EventKind::kWaitTimeout);
  request.mutable_event()->set_wait_ended(v1::WAIT_END_NO_AGENTS);
  EXPECT_EQ(EventOf(request).kind, EventKind::kNoAgents);
  request.mutable_event()->mutable_caller_released();
  EXPECT_EQ(EventOf(request).kind, EventKind::kCallerReleased);
  request.mutable_event()->mutable_called_released();
  EXPECT_EQ(EventOf(request).kind, EventKind::kCalledReleased);
  EXPECT_THAT(EventOf(request).results, IsEmpty());
}

TEST(Question, SaysWhichLegHasEndedTheCall) {
  v1::RouteRequest request = Next();
  const std::string attempt = absl::StrCat(request.step() - 1, ".2");
  request.mutable_event()->mutable_called_released()->set_attempt_id(attempt);
  const Event event = EventOf(request);
  ASSERT_EQ(event.results.size(), 1u);
  EXPECT_EQ(event.results[0].target, 2);
  EXPECT_EQ(event.results[0].outcome, Outcome::kAnswered);
  EXPECT_THAT(
      Complaint(request,
                [](v1::RouteRequest& r) {
                  r.mutable_event()->mutable_called_released()->set_attempt_id("9.0");
                }),
      StartsWith("event.called_released.attempt_id: \"9.0\" is not of the decision before"));
}

TEST(Question, SaysWhatHasNoEffectYet) {
  EXPECT_THAT(NotesOn(First()), IsEmpty());
  v1::RouteRequest request = First();
  request.mutable_call()->set_verstat(v1::VERSTAT_FAILED);
  request.mutable_call()->add_diversions();
  request.mutable_call()->add_diversions();
  request.mutable_call()->set_originating_line("501410");
  EXPECT_TRUE(Question().Read(request).ok());
  EXPECT_THAT(NotesOn(request),
              ElementsAre("of call.diversions origin branches see only the count and the last one",
                          "call.originating_line is not used for inbound calls"));
  v1::RouteRequest next = Ended([](v1::AttemptResult& result) {
    result.set_sip_status(302);
    result.mutable_retry_after()->set_seconds(5);
    result.set_redirected_to("sip:desk@example.net");
  });
  next.mutable_call();
  EXPECT_TRUE(Question().Read(next).ok());
  EXPECT_THAT(NotesOn(next), ElementsAre("call is not used after the first question",
                                         "event.dial.results[0].redirected_to is not used yet"));
}

}  // namespace
}  // namespace libroute
