#include "libroute/call/outcome.h"

#include <algorithm>

namespace libroute {
namespace {

struct Name {
  Outcome outcome;
  absl::string_view text;
};

constexpr Name kNames[] = {
    {Outcome::kAnswered, "answered"},       {Outcome::kBusy, "busy"},
    {Outcome::kNoAnswer, "no_answer"},      {Outcome::kNotConfirmed, "not_confirmed"},
    {Outcome::kUnreachable, "unreachable"}, {Outcome::kRejected, "rejected"},
    {Outcome::kRedirected, "redirected"},   {Outcome::kBadNumber, "bad_number"},
    {Outcome::kCongestion, "congestion"},   {Outcome::kFailure, "failure"},
    {Outcome::kCancelled, "cancelled"}};

// From the most to the least informative for the plan.
constexpr Outcome kRank[] = {
    Outcome::kRedirected, Outcome::kNoAnswer,    Outcome::kNotConfirmed,
    Outcome::kBusy,       Outcome::kRejected,    Outcome::kCongestion,
    Outcome::kUnreachable, Outcome::kFailure,    Outcome::kBadNumber};

struct CodeRow {
  int code;
  Outcome outcome;
  NextGateway next;
};

constexpr CodeRow kSipRows[] = {
    {300, Outcome::kRedirected, NextGateway::kNo},  {301, Outcome::kRedirected, NextGateway::kNo},
    {302, Outcome::kRedirected, NextGateway::kNo},  {305, Outcome::kRedirected, NextGateway::kNo},
    {380, Outcome::kRedirected, NextGateway::kNo},  {401, Outcome::kRejected, NextGateway::kNo},
    {402, Outcome::kRejected, NextGateway::kNo},    {403, Outcome::kRejected, NextGateway::kIfListed},
    {404, Outcome::kBadNumber, NextGateway::kIfListed}, {406, Outcome::kFailure, NextGateway::kOnce},
    {407, Outcome::kRejected, NextGateway::kNo},    {410, Outcome::kBadNumber, NextGateway::kNo},
    {415, Outcome::kFailure, NextGateway::kOnce},   {420, Outcome::kFailure, NextGateway::kOnce},
    {428, Outcome::kRejected, NextGateway::kNo},    {436, Outcome::kRejected, NextGateway::kNo},
    {437, Outcome::kRejected, NextGateway::kNo},    {438, Outcome::kRejected, NextGateway::kNo},
    {480, Outcome::kUnreachable, NextGateway::kIfListed}, {482, Outcome::kFailure, NextGateway::kNo},
    {483, Outcome::kFailure, NextGateway::kNo},     {484, Outcome::kBadNumber, NextGateway::kNo},
    {485, Outcome::kBadNumber, NextGateway::kNo},   {486, Outcome::kBusy, NextGateway::kNo},
    {488, Outcome::kFailure, NextGateway::kOnce},   {500, Outcome::kFailure, NextGateway::kYes},
    {501, Outcome::kFailure, NextGateway::kOnce},   {502, Outcome::kCongestion, NextGateway::kYes},
    {503, Outcome::kCongestion, NextGateway::kYes}, {504, Outcome::kCongestion, NextGateway::kYes},
    {600, Outcome::kBusy, NextGateway::kNo},        {603, Outcome::kRejected, NextGateway::kNo},
    {604, Outcome::kBadNumber, NextGateway::kNo},   {606, Outcome::kRejected, NextGateway::kNo},
    {607, Outcome::kRejected, NextGateway::kNo},    {608, Outcome::kRejected, NextGateway::kNo}};

constexpr CodeRow kCauseRows[] = {
    {1, Outcome::kBadNumber, NextGateway::kNo},    {2, Outcome::kBadNumber, NextGateway::kYes},
    {3, Outcome::kBadNumber, NextGateway::kYes},   {16, Outcome::kRejected, NextGateway::kNo},
    {17, Outcome::kBusy, NextGateway::kNo},        {18, Outcome::kUnreachable, NextGateway::kNo},
    {19, Outcome::kNoAnswer, NextGateway::kNo},    {20, Outcome::kUnreachable, NextGateway::kNo},
    {21, Outcome::kRejected, NextGateway::kNo},    {22, Outcome::kBadNumber, NextGateway::kNo},
    {23, Outcome::kRedirected, NextGateway::kNo},  {26, Outcome::kBadNumber, NextGateway::kNo},
    {27, Outcome::kUnreachable, NextGateway::kYes}, {28, Outcome::kBadNumber, NextGateway::kNo},
    {34, Outcome::kCongestion, NextGateway::kYes}, {38, Outcome::kCongestion, NextGateway::kYes},
    {41, Outcome::kCongestion, NextGateway::kYes}, {42, Outcome::kCongestion, NextGateway::kYes},
    {47, Outcome::kCongestion, NextGateway::kYes}, {55, Outcome::kRejected, NextGateway::kNo},
    {57, Outcome::kRejected, NextGateway::kNo},    {87, Outcome::kRejected, NextGateway::kNo},
    {102, Outcome::kUnreachable, NextGateway::kYes}};

template <size_t kSize>
const CodeRow* FindRow(const CodeRow (&rows)[kSize], int code) {
  const CodeRow* row = std::lower_bound(
      rows, rows + kSize, code, [](const CodeRow& r, int wanted) { return r.code < wanted; });
  return row != rows + kSize && row->code == code ? row : nullptr;
}

bool IsGlobal(int sip_status) {
  return sip_status == 600 || sip_status == 603 || sip_status == 607 || sip_status == 608;
}

// What a request that timed out, or was cancelled, means.
Verdict VerdictOfTimeout(const NetworkResponse& response) {
  if (response.released_by_caller) return {Outcome::kCancelled};
  if (response.alerted) return {Outcome::kNoAnswer};
  return {Outcome::kUnreachable,
          response.sip_status == 408 ? NextGateway::kYes : NextGateway::kNo};
}

Verdict VerdictOfCause(const NetworkResponse& response) {
  if (response.q850_cause == 16 && response.released_by_caller) return {Outcome::kCancelled};
  const CodeRow* row = FindRow(kCauseRows, response.q850_cause);
  return row == nullptr ? Verdict{Outcome::kFailure} : Verdict{row->outcome, row->next};
}

Verdict VerdictOfSip(int status) {
  if (const CodeRow* row = FindRow(kSipRows, status)) return {row->outcome, row->next};
  if (status >= 300 && status < 400) return {Outcome::kRedirected};
  if (status >= 400 && status < 600) return {Outcome::kFailure, NextGateway::kYes};
  return {Outcome::kFailure};
}

}  // namespace

absl::string_view OutcomeName(Outcome outcome) {
  for (const Name& name : kNames) {
    if (name.outcome == outcome) return name.text;
  }
  return "unknown";
}

std::optional<Outcome> OutcomeFromName(absl::string_view text) {
  for (const Name& name : kNames) {
    if (name.text == text) return name.outcome;
  }
  return std::nullopt;
}

std::optional<Outcome> ParentOutcome(Outcome outcome) {
  switch (outcome) {
    case Outcome::kNotConfirmed:
      return Outcome::kNoAnswer;
    case Outcome::kUnreachable:
    case Outcome::kRejected:
    case Outcome::kBadNumber:
    case Outcome::kCongestion:
      return Outcome::kFailure;
    default:
      return std::nullopt;
  }
}

std::optional<Outcome> OutcomeSet::Highest() const {
  for (Outcome outcome : kRank) {
    if (Has(outcome)) return outcome;
  }
  return std::nullopt;
}

Verdict VerdictOf(const NetworkResponse& response) {
  if (response.sip_status >= 200 && response.sip_status < 300) return {Outcome::kAnswered};
  if (response.released_by_caller) return {Outcome::kCancelled};
  if (response.expired == LegTimer::kRing) return {Outcome::kNoAnswer};
  if (response.expired == LegTimer::kSetup) return {Outcome::kUnreachable, NextGateway::kYes};
  if (response.sip_status == 408 || response.sip_status == 487) return VerdictOfTimeout(response);
  Verdict verdict = response.q850_cause != 0 ? VerdictOfCause(response)
                                             : VerdictOfSip(response.sip_status);
  verdict.global = IsGlobal(response.sip_status);
  return verdict;
}

bool FailedOnTheWay(Outcome outcome, int sip_status, int q850_cause) {
  if (outcome == Outcome::kCancelled) return false;
  if (sip_status == 408) return outcome == Outcome::kUnreachable;
  // More specific than the SIP status.
  if (q850_cause != 0) {
    const CodeRow* row = FindRow(kCauseRows, q850_cause);
    return row != nullptr && row->next == NextGateway::kYes &&
           (row->outcome == Outcome::kUnreachable || row->outcome == Outcome::kCongestion);
  }
  if (sip_status >= 502 && sip_status <= 504) return true;
  return sip_status == 0 && (outcome == Outcome::kUnreachable || outcome == Outcome::kCongestion);
}

Reach ReachOf(Outcome outcome, int sip_status, int q850_cause) {
  if (outcome == Outcome::kCancelled) return Reach::kUnknown;
  if (FailedOnTheWay(outcome, sip_status, q850_cause)) return Reach::kFailed;
  return outcome == Outcome::kFailure ? Reach::kUnknown : Reach::kReached;
}

ResponseCode ResponseFor(Outcome outcome) {
  switch (outcome) {
    case Outcome::kBusy:
      return {486, 17};
    case Outcome::kNoAnswer:
    case Outcome::kNotConfirmed:
      return {480, 19};
    case Outcome::kUnreachable:
      return {480, 20};
    case Outcome::kRejected:
      return {403, 21};
    case Outcome::kBadNumber:
      return {404, 1};
    case Outcome::kCongestion:
      return {480, 42};
    case Outcome::kFailure:
      return {500, 41};
    case Outcome::kRedirected:
      return {480, 31};
    case Outcome::kAnswered:
    case Outcome::kCancelled:
      return {487, 16};
  }
  return {480, 31};
}

ResponseCode BestResponse(OutcomeSet failed, int global_sip) {
  if (global_sip == 600) return {600, 17};
  if (global_sip != 0) return {603, 21};
  OutcomeSet fourth_class = failed;
  if (failed.Has(Outcome::kFailure)) {
    fourth_class = OutcomeSet::FromBits(
        failed.bits() & ~(1u << static_cast<int>(Outcome::kFailure)));
  }
  std::optional<Outcome> best = fourth_class.Highest();
  if (!best.has_value()) best = failed.Highest();
  return best.has_value() ? ResponseFor(*best) : ResponseCode{480, 31};
}

}  // namespace libroute
