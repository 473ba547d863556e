#include "services/route/event_message.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/call/gateway.h"
#include "libroute/call/outcome.h"
#include "libroute/plan/issue.h"
#include "libroute/v1/route.pb.h"
#include "services/request/field.h"
#include "services/request/proto_time.h"
#include "services/route/remote_address.h"

namespace libroute {
namespace {

// As many as a dial has targets.
constexpr int kMaxResults = 16;

static_assert(static_cast<int>(Outcome::kCancelled) == v1::OUTCOME_CANCELLED);
static_assert(static_cast<int>(LegTimer::kRing) == v1::LEG_TIMER_RING);

absl::Status ReadAttempt(const std::string& id, uint32_t step, AttemptResult& result) {
  result.target = AttemptResult::kNextLeg;
  if (id.empty()) return absl::OkStatus();
  absl::StatusOr<AttemptId> attempt = AttemptId::Parse(id);
  if (!attempt.ok()) return InField("attempt_id", attempt.status());
  if (attempt->step + 1 != step) {
    return BadField("attempt_id",
                    absl::StrCat(Quoted(id), " is not of the decision before; those begin with \"",
                                 step - 1, ".\""));
  }
  result.target = attempt->target;
  return absl::OkStatus();
}

template <typename Message>
absl::Status CheckCodes(const Message& message) {
  if (!v1::Outcome_IsValid(message.outcome())) {
    return BadField("outcome", absl::StrCat(static_cast<int>(message.outcome()),
                                            " is not an outcome; expected 1 (answered) to 11 "
                                            "(cancelled)"));
  }
  uint32_t sip = message.sip_status();
  if (sip != 0 && (sip < 200 || sip > 699)) {
    return BadField("sip_status", absl::StrCat(sip, " is not a SIP final status: 200 to 699"));
  }
  if (message.q850_cause() > 127) {
    return BadField("q850_cause",
                    absl::StrCat(message.q850_cause(), " is not a Q.850 cause: 1 to 127"));
  }
  if (!v1::LegTimer_IsValid(message.expired())) {
    return BadField("expired", absl::StrCat(static_cast<int>(message.expired()),
                                            " is not a timer; expected setup or ring"));
  }
  return absl::OkStatus();
}

template <typename Message>
absl::Status ReadRetryAfter(const Message& message, absl::Duration& retry_after) {
  retry_after = absl::ZeroDuration();
  if (!message.has_retry_after()) return absl::OkStatus();
  const absl::StatusOr<absl::Duration> read = ReadDuration(message.retry_after());
  if (!read.ok()) return InField("retry_after", read.status());
  retry_after = *read;
  return absl::OkStatus();
}

absl::Status CheckInformation(const v1::AttemptResult& message) {
  if (message.redirected_to().empty()) return absl::OkStatus();
  return InField("redirected_to", CheckRemoteAddress(message.redirected_to()));
}

// From the codes, or whatever else tells how the attempt ended. Of an AttemptResult
// or a GatewayFailure; `response` has what only the first says.
template <typename Message, typename Result>
absl::Status ReadOutcome(const Message& message, NetworkResponse response, Result& result) {
  result.sip_status = static_cast<int>(message.sip_status());
  result.q850_cause = static_cast<int>(message.q850_cause());
  if (message.outcome() != v1::OUTCOME_UNSPECIFIED) {
    result.outcome = static_cast<Outcome>(message.outcome());
    return absl::OkStatus();
  }
  response.sip_status = result.sip_status;
  response.q850_cause = result.q850_cause;
  response.expired = static_cast<LegTimer>(message.expired());
  bool tells_the_end = response.sip_status != 0 || response.q850_cause != 0 ||
                       response.released_by_caller || response.expired != LegTimer::kNone;
  if (!tells_the_end) {
    return BadField("outcome", "is missing; give it, or sip_status or q850_cause");
  }
  result.outcome = VerdictOf(response).outcome;
  return absl::OkStatus();
}

absl::Status ReadGatewayName(const std::string& name) {
  return IsName(name) ? absl::OkStatus() : InField("gateway", CheckName(name));
}

absl::Status ReadFailure(const v1::GatewayFailure& message, GatewayFailure& failure) {
  if (absl::Status status = ReadGatewayName(message.gateway()); !status.ok()) return status;
  failure.gateway = message.gateway();
  if (absl::Status status = CheckCodes(message); !status.ok()) return status;
  if (absl::Status status = ReadOutcome(message, NetworkResponse(), failure); !status.ok()) {
    return status;
  }
  if (failure.outcome == Outcome::kAnswered) {
    return BadField("outcome", "says that it was answered, so no other gateway was tried");
  }
  return ReadRetryAfter(message, failure.retry_after);
}

// By which gateways it was tried.
absl::Status ReadGateways(const v1::AttemptResult& message, AttemptResult& result) {
  if (message.failed_gateways_size() > GatewayOrder::kMost) {
    return BadField("failed_gateways", absl::StrCat("has ", message.failed_gateways_size(),
                                                    " entries; at most ", GatewayOrder::kMost));
  }
  result.gateway.clear();
  result.failed_gateways.clear();
  for (int i = 0; i < message.failed_gateways_size(); ++i) {
    absl::Status status =
        ReadFailure(message.failed_gateways(i), result.failed_gateways.emplace_back());
    if (!status.ok()) {
      return absl::Status(status.code(),
                          absl::StrCat("failed_gateways[", i, "].", status.message()));
    }
  }
  if (message.gateway().empty()) return absl::OkStatus();
  result.gateway = message.gateway();
  return ReadGatewayName(message.gateway());
}

// All but which attempt it was.
absl::Status ReadEnd(const v1::AttemptResult& message, AttemptResult& result) {
  if (absl::Status status = CheckCodes(message); !status.ok()) return status;
  if (absl::Status status = CheckInformation(message); !status.ok()) return status;
  if (absl::Status status = ReadRetryAfter(message, result.retry_after); !status.ok()) {
    return status;
  }
  if (absl::Status status = ReadGateways(message, result); !status.ok()) return status;
  NetworkResponse response;
  response.alerted = message.alerted();
  response.released_by_caller = message.released_by_caller();
  return ReadOutcome(message, response, result);
}

absl::Status ReadResult(const v1::AttemptResult& message, uint32_t step, AttemptResult& result) {
  absl::Status status = ReadAttempt(message.attempt_id(), step, result);
  return status.ok() ? ReadEnd(message, result) : status;
}

absl::Status ReadDial(const v1::DialResult& message, uint32_t step, Event& event) {
  event.kind = EventKind::kDialResult;
  if (message.results().empty() || message.results_size() > kMaxResults) {
    return BadField("event.dial.results", absl::StrCat("has ", message.results_size(),
                                                       " entries; expected 1 to ", kMaxResults));
  }
  for (int i = 0; i < message.results_size(); ++i) {
    absl::Status status = ReadResult(message.results(i), step, event.results.emplace_back());
    if (!status.ok()) {
      return absl::Status(status.code(),
                          absl::StrCat("event.dial.results[", i, "].", status.message()));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadCalledReleased(const v1::CalledReleased& message, uint32_t step, Event& event) {
  event.kind = EventKind::kCalledReleased;
  if (message.attempt_id().empty()) return absl::OkStatus();
  AttemptResult& answered = event.results.emplace_back();
  answered.outcome = Outcome::kAnswered;
  const absl::Status status = ReadAttempt(message.attempt_id(), step, answered);
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat("event.called_released.", status.message()));
}

// Which number it is, is read where the plan is.
absl::Status ReadCallbackWanted(const v1::CallbackWanted& message, Event& event) {
  event.kind = EventKind::kCallbackWanted;
  if (message.number().size() > Event::kMostCallbackNumber) {
    return BadField("event.callback_wanted.number",
                    absl::StrCat("has ", message.number().size(), " bytes; at most ",
                                 Event::kMostCallbackNumber));
  }
  event.callback_number = message.number();
  return absl::OkStatus();
}

absl::Status ReadDigits(const std::string& text, Event& event) {
  event.kind = EventKind::kDigits;
  absl::StatusOr<Digits> digits = Digits::Parse(text);
  // They may be a secret: they are not repeated.
  if (!digits.ok()) {
    return BadField("event.digits", absl::StrCat("has ", text.size(), " characters; expected 1 to ",
                                                 Digits::kMaxLength, " of 0-9, * and #"));
  }
  if (digits->empty()) {
    return BadField("event.digits", "is empty; send no_input when nothing was pressed");
  }
  event.digits = *digits;
  return absl::OkStatus();
}

absl::Status ReadWaitEnd(v1::WaitEnd end, Event& event) {
  switch (end) {
    case v1::WAIT_END_TIMEOUT:
      event.kind = EventKind::kWaitTimeout;
      return absl::OkStatus();
    case v1::WAIT_END_NO_AGENTS:
      event.kind = EventKind::kNoAgents;
      return absl::OkStatus();
    case v1::WAIT_END_NONE_READY:
      event.kind = EventKind::kNoneReady;
      return absl::OkStatus();
    case v1::WAIT_END_FULL:
      event.kind = EventKind::kGroupFull;
      return absl::OkStatus();
    case v1::WAIT_END_CLOSED:
      event.kind = EventKind::kGroupClosed;
      return absl::OkStatus();
    default:
      return BadField("event.wait_ended", absl::StrCat(static_cast<int>(end),
                                                       " is not known; expected timeout, "
                                                       "no_agents, none_ready, full or closed"));
  }
}

}  // namespace

absl::Status ReadEvent(const v1::Event& message, uint32_t step, Event& event) {
  event.results.clear();
  event.digits = Digits();
  event.callback_number.clear();
  event.earlier.clear();
  switch (message.kind_case()) {
    case v1::Event::kDial:
      return ReadDial(message.dial(), step, event);
    case v1::Event::kDigits:
      return ReadDigits(message.digits(), event);
    case v1::Event::kNoInput:
      event.kind = EventKind::kNoInput;
      return absl::OkStatus();
    case v1::Event::kPlayed:
      event.kind = EventKind::kPlayed;
      return absl::OkStatus();
    case v1::Event::kWaitEnded:
      return ReadWaitEnd(message.wait_ended(), event);
    case v1::Event::kCallerReleased:
      event.kind = EventKind::kCallerReleased;
      return absl::OkStatus();
    case v1::Event::kCalledReleased:
      return ReadCalledReleased(message.called_released(), step, event);
    case v1::Event::kCallbackWanted:
      return ReadCallbackWanted(message.callback_wanted(), event);
    case v1::Event::KIND_NOT_SET:
      break;
  }
  return BadField("event",
                  absl::StrCat("says nothing that is known here; expected ", ExpectedEvents()));
}

absl::Status ReadEarlier(const google::protobuf::RepeatedPtrField<v1::AttemptResult>& messages,
                         Event& event) {
  constexpr int kMaxEarlier = 100;
  if (messages.size() > kMaxEarlier) {
    return BadField("earlier",
                    absl::StrCat("has ", messages.size(), " entries; at most ", kMaxEarlier));
  }
  for (int i = 0; i < messages.size(); ++i) {
    AttemptResult& result = event.earlier.emplace_back();
    absl::Status status = ReadEnd(messages[i], result);
    const bool has_failed =
        result.outcome != Outcome::kAnswered && result.outcome != Outcome::kCancelled;
    if (status.ok() && !has_failed) {
      status = BadField("outcome", "is not that of an attempt that failed, so nothing follows it");
    }
    if (!status.ok()) {
      return absl::Status(status.code(), absl::StrCat("earlier[", i, "].", status.message()));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<AttemptEnd> ReadAttemptEnd(const v1::AttemptResult& message) {
  absl::StatusOr<AttemptId> attempt = AttemptId::Parse(message.attempt_id());
  if (!attempt.ok()) return InField("attempt_id", attempt.status());
  AttemptResult result;
  if (absl::Status status = ReadEnd(message, result); !status.ok()) return status;
  return AttemptEnd{*attempt,
                    result.outcome,
                    result.sip_status,
                    result.q850_cause,
                    result.retry_after,
                    std::move(result.gateway),
                    std::move(result.failed_gateways)};
}

absl::string_view ExpectedEvents() {
  return "one of dial, digits, no_input, played, wait_ended, caller_released, "
         "called_released and callback_wanted";
}

void AddUnusedFields(const v1::Event& message, std::vector<std::string>& notes) {
  for (int i = 0; i < message.dial().results_size(); ++i) {
    const v1::AttemptResult& result = message.dial().results(i);
    if (!result.redirected_to().empty()) {
      notes.push_back(absl::StrCat("event.dial.results[", i, "].redirected_to is not used yet"));
    }
  }
}

}  // namespace libroute
