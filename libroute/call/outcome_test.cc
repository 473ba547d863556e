#include "libroute/call/outcome.h"

#include <initializer_list>

#include "gtest/gtest.h"

namespace libroute {
namespace {

using enum Outcome;

NetworkResponse Sip(int status) {
  NetworkResponse response;
  response.sip_status = status;
  return response;
}

NetworkResponse Cause(int cause) {
  NetworkResponse response;
  response.q850_cause = cause;
  return response;
}

struct SipRow {
  int status;
  Outcome outcome;
  NextGateway next;
  bool global = false;
};

constexpr auto kNo = NextGateway::kNo;
constexpr auto kYes = NextGateway::kYes;
constexpr auto kOnce = NextGateway::kOnce;
constexpr auto kIfListed = NextGateway::kIfListed;

TEST(VerdictOf, MapsEverySipStatus) {
  const SipRow rows[] = {
      {200, kAnswered, kNo},       {204, kAnswered, kNo},
      {300, kRedirected, kNo},     {301, kRedirected, kNo},
      {302, kRedirected, kNo},     {305, kRedirected, kNo},
      {380, kRedirected, kNo},     {399, kRedirected, kNo},
      {486, kBusy, kNo},           {600, kBusy, kNo, true},
      {408, kUnreachable, kYes},   {480, kUnreachable, kIfListed},
      {503, kCongestion, kYes},    {500, kFailure, kYes},
      {502, kCongestion, kYes},    {504, kCongestion, kYes},
      {401, kRejected, kNo},       {402, kRejected, kNo},
      {403, kRejected, kIfListed}, {407, kRejected, kNo},
      {603, kRejected, kNo, true}, {606, kRejected, kNo},
      {607, kRejected, kNo, true}, {608, kRejected, kNo, true},
      {404, kBadNumber, kIfListed}, {485, kBadNumber, kNo},
      {604, kBadNumber, kNo},      {410, kBadNumber, kNo},
      {484, kBadNumber, kNo},      {482, kFailure, kNo},
      {483, kFailure, kNo},        {406, kFailure, kOnce},
      {415, kFailure, kOnce},      {420, kFailure, kOnce},
      {488, kFailure, kOnce},      {501, kFailure, kOnce},
      {428, kRejected, kNo},       {436, kRejected, kNo},
      {437, kRejected, kNo},       {438, kRejected, kNo},
      {487, kUnreachable, kNo},    {400, kFailure, kYes},
      {499, kFailure, kYes},       {505, kFailure, kYes},
      {580, kFailure, kYes},       {605, kFailure, kNo},
      {699, kFailure, kNo}};
  for (const SipRow& row : rows) {
    Verdict verdict = VerdictOf(Sip(row.status));
    EXPECT_EQ(verdict.outcome, row.outcome) << row.status;
    EXPECT_EQ(verdict.next_gateway, row.next) << row.status;
    EXPECT_EQ(verdict.global, row.global) << row.status;
  }
}

TEST(VerdictOf, MapsEveryCause) {
  struct CauseRow {
    std::initializer_list<int> causes;
    Outcome outcome;
  };
  const CauseRow rows[] = {{{1, 2, 3, 26}, kBadNumber},
                           {{16}, kRejected},
                           {{17}, kBusy},
                           {{18, 20}, kUnreachable},
                           {{19}, kNoAnswer},
                           {{21}, kRejected},
                           {{22, 28}, kBadNumber},
                           {{23}, kRedirected},
                           {{27, 102}, kUnreachable},
                           {{34, 38, 41, 42, 47}, kCongestion},
                           {{55, 57, 87}, kRejected},
                           {{29, 31, 58, 65, 70, 79, 88, 111, 127, 5, 99}, kFailure}};
  for (const CauseRow& row : rows) {
    for (int cause : row.causes) {
      EXPECT_EQ(VerdictOf(Cause(cause)).outcome, row.outcome) << cause;
    }
  }
}

TEST(VerdictOf, TriesAnotherGatewayForTheNetworksCausesOnly) {
  for (int cause = 1; cause <= 127; ++cause) {
    bool networks = false;
    for (int listed : {2, 3, 27, 34, 38, 41, 42, 47, 102}) networks |= cause == listed;
    EXPECT_EQ(VerdictOf(Cause(cause)).next_gateway, networks ? kYes : kNo) << cause;
  }
}

TEST(VerdictOf, GoesByAlertingFor408And487) {
  for (int status : {408, 487}) {
    NetworkResponse rang = Sip(status);
    rang.alerted = true;
    EXPECT_EQ(VerdictOf(rang).outcome, kNoAnswer) << status;
    EXPECT_EQ(VerdictOf(rang).next_gateway, kNo) << status;
    rang.q850_cause = 17;
    EXPECT_EQ(VerdictOf(rang).outcome, kNoAnswer) << status;
    NetworkResponse gave_up = Sip(status);
    gave_up.released_by_caller = true;
    EXPECT_EQ(VerdictOf(gave_up).outcome, kCancelled) << status;
  }
}

TEST(VerdictOf, GoesByOurOwnTimers) {
  NetworkResponse response = Sip(487);
  response.expired = LegTimer::kRing;
  EXPECT_EQ(VerdictOf(response).outcome, kNoAnswer);
  response.expired = LegTimer::kSetup;
  EXPECT_EQ(VerdictOf(response).outcome, kUnreachable);
  EXPECT_EQ(VerdictOf(response).next_gateway, kYes);
}

TEST(VerdictOf, PrefersTheCauseButKeepsTheGlobalStatus) {
  NetworkResponse response = Sip(480);
  response.q850_cause = 19;
  EXPECT_EQ(VerdictOf(response).outcome, kNoAnswer);
  response.q850_cause = 21;
  EXPECT_EQ(VerdictOf(response).outcome, kRejected);
  response = Sip(603);
  response.q850_cause = 17;
  EXPECT_EQ(VerdictOf(response).outcome, kBusy);
  EXPECT_TRUE(VerdictOf(response).global);
  response = Sip(200);
  response.q850_cause = 17;
  EXPECT_EQ(VerdictOf(response).outcome, kAnswered);
}

TEST(VerdictOf, ReadsNormalClearingByWhoCleared) {
  NetworkResponse response = Cause(16);
  EXPECT_EQ(VerdictOf(response).outcome, kRejected);
  response.released_by_caller = true;
  EXPECT_EQ(VerdictOf(response).outcome, kCancelled);
}

TEST(VerdictOf, KnowsNothingOfNothing) { EXPECT_EQ(VerdictOf({}).outcome, kFailure); }

TEST(FailedOnTheWay, IsWhatSaysSomethingOfTheNextCall) {
  for (int status : {502, 503, 504}) EXPECT_TRUE(FailedOnTheWay(kCongestion, status, 0));
  for (int cause : {27, 34, 38, 41, 42, 47, 102}) {
    EXPECT_TRUE(FailedOnTheWay(kUnreachable, 0, cause)) << cause;
    EXPECT_TRUE(FailedOnTheWay(kUnreachable, 480, cause)) << cause;
  }
  EXPECT_TRUE(FailedOnTheWay(kUnreachable, 408, 0));
  EXPECT_FALSE(FailedOnTheWay(kNoAnswer, 408, 0));
  EXPECT_TRUE(FailedOnTheWay(kUnreachable, 0, 0));
  EXPECT_TRUE(FailedOnTheWay(kCongestion, 0, 0));
}

TEST(FailedOnTheWay, IsNeverWhatTheCalledSideSays) {
  for (Outcome outcome : {kBusy, kNoAnswer, kNotConfirmed, kRejected, kRedirected, kBadNumber,
                          kFailure, kCancelled}) {
    EXPECT_FALSE(FailedOnTheWay(outcome, 0, 0)) << OutcomeName(outcome);
  }
  for (int status : {404, 480, 484, 486, 488, 500, 600, 603}) {
    const Outcome outcome = VerdictOf(Sip(status)).outcome;
    EXPECT_FALSE(FailedOnTheWay(outcome, status, 0)) << status;
  }
  for (int cause : {1, 16, 17, 18, 19, 20, 21, 28, 31, 127}) {
    EXPECT_FALSE(FailedOnTheWay(kUnreachable, 480, cause)) << cause;
  }
}

TEST(FailedOnTheWay, GoesByTheCauseRatherThanByTheStatus) {
  for (int cause : {17, 19, 21}) EXPECT_FALSE(FailedOnTheWay(kBusy, 503, cause)) << cause;
  EXPECT_TRUE(FailedOnTheWay(kCongestion, 500, 34));
}

TEST(ReachOf, SaysNothingOfOtherFailures) {
  EXPECT_EQ(ReachOf(kFailure, 500, 0), Reach::kUnknown);
  EXPECT_EQ(ReachOf(kCancelled, 487, 0), Reach::kUnknown);
  EXPECT_EQ(ReachOf(kCongestion, 503, 0), Reach::kFailed);
  for (Outcome outcome : {kAnswered, kBusy, kNoAnswer, kRejected, kBadNumber}) {
    EXPECT_EQ(ReachOf(outcome, 0, 0), Reach::kReached) << OutcomeName(outcome);
  }
}

TEST(OutcomeSet, RanksWhatSeveralTargetsCameTo) {
  const Outcome rank[] = {kRedirected, kNoAnswer,    kNotConfirmed, kBusy,      kRejected,
                          kCongestion, kUnreachable, kFailure,      kBadNumber};
  OutcomeSet set;
  EXPECT_EQ(set.Highest(), std::nullopt);
  for (size_t i = std::size(rank); i > 0; --i) {
    set.Add(rank[i - 1]);
    EXPECT_EQ(set.Highest(), rank[i - 1]) << OutcomeName(rank[i - 1]);
  }
}

TEST(Outcome, HasParents) {
  EXPECT_EQ(ParentOutcome(kNotConfirmed), kNoAnswer);
  for (Outcome outcome : {kUnreachable, kRejected, kBadNumber, kCongestion}) {
    EXPECT_EQ(ParentOutcome(outcome), kFailure);
  }
  for (Outcome outcome : {kBusy, kNoAnswer, kRedirected, kFailure}) {
    EXPECT_EQ(ParentOutcome(outcome), std::nullopt);
  }
}

TEST(Outcome, HasNames) {
  for (int i = 1; i <= 11; ++i) {
    Outcome outcome = static_cast<Outcome>(i);
    EXPECT_EQ(OutcomeFromName(OutcomeName(outcome)), outcome);
  }
  EXPECT_EQ(OutcomeFromName("Busy"), std::nullopt);
}

TEST(ResponseFor, TellsTheCallersSide) {
  EXPECT_EQ(ResponseFor(kBusy), (ResponseCode{486, 17}));
  EXPECT_EQ(ResponseFor(kNoAnswer), (ResponseCode{480, 19}));
  EXPECT_EQ(ResponseFor(kUnreachable), (ResponseCode{480, 20}));
  EXPECT_EQ(ResponseFor(kRejected), (ResponseCode{403, 21}));
  EXPECT_EQ(ResponseFor(kBadNumber), (ResponseCode{404, 1}));
  EXPECT_EQ(ResponseFor(kCongestion), (ResponseCode{480, 42}));
  EXPECT_EQ(ResponseFor(kFailure), (ResponseCode{500, 41}));
}

OutcomeSet Failed(std::initializer_list<Outcome> outcomes) {
  OutcomeSet set;
  for (Outcome outcome : outcomes) set.Add(outcome);
  return set;
}

TEST(BestResponse, PrefersGlobalThenTheLowestClass) {
  EXPECT_EQ(BestResponse({}, 0), (ResponseCode{480, 31}));
  EXPECT_EQ(BestResponse(Failed({kNoAnswer, kBusy}), 0), (ResponseCode{480, 19}));
  EXPECT_EQ(BestResponse(Failed({kFailure}), 0), (ResponseCode{500, 41}));
  EXPECT_EQ(BestResponse(Failed({kFailure, kBadNumber}), 0), (ResponseCode{404, 1}));
  EXPECT_EQ(BestResponse(Failed({kBusy, kNoAnswer}), 600), (ResponseCode{600, 17}));
  EXPECT_EQ(BestResponse(Failed({kRejected}), 603), (ResponseCode{603, 21}));
}

}  // namespace
}  // namespace libroute
