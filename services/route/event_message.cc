#include "services/route/event_message.h"

#include "absl/strings/str_cat.h"
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

absl::Status CheckCodes(const v1::AttemptResult& message) {
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

absl::Status CheckInformation(const v1::AttemptResult& message) {
  if (message.has_retry_after()) {
    absl::Status status = CheckDuration(message.retry_after());
    if (!status.ok()) return InField("retry_after", status);
  }
  if (message.redirected_to().empty()) return absl::OkStatus();
  return InField("redirected_to", CheckRemoteAddress(message.redirected_to()));
}

// From the codes, or whatever else tells how the attempt ended.
absl::Status ReadOutcome(const v1::AttemptResult& message, AttemptResult& result) {
  result.sip_status = static_cast<int>(message.sip_status());
  result.q850_cause = static_cast<int>(message.q850_cause());
  if (message.outcome() != v1::OUTCOME_UNSPECIFIED) {
    result.outcome = static_cast<Outcome>(message.outcome());
    return absl::OkStatus();
  }
  NetworkResponse response;
  response.sip_status = result.sip_status;
  response.q850_cause = result.q850_cause;
  response.alerted = message.alerted();
  response.released_by_caller = message.released_by_caller();
  response.expired = static_cast<LegTimer>(message.expired());
  bool tells_the_end = response.sip_status != 0 || response.q850_cause != 0 ||
                       response.released_by_caller || response.expired != LegTimer::kNone;
  if (!tells_the_end) {
    return BadField("outcome", "is missing; give it, or sip_status or q850_cause");
  }
  result.outcome = VerdictOf(response).outcome;
  return absl::OkStatus();
}

// All but which attempt it was.
absl::Status ReadEnd(const v1::AttemptResult& message, AttemptResult& result) {
  if (absl::Status status = CheckCodes(message); !status.ok()) return status;
  if (absl::Status status = CheckInformation(message); !status.ok()) return status;
  return ReadOutcome(message, result);
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
    default:
      return BadField("event.wait_ended", absl::StrCat(static_cast<int>(end),
                                                       " is not known; expected timeout or "
                                                       "no_agents"));
  }
}

}  // namespace

absl::Status ReadEvent(const v1::Event& message, uint32_t step, Event& event) {
  event.results.clear();
  event.digits = Digits();
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
    case v1::Event::KIND_NOT_SET:
      break;
  }
  return BadField("event",
                  absl::StrCat("says nothing that is known here; expected ", ExpectedEvents()));
}

absl::StatusOr<AttemptEnd> ReadAttemptEnd(const v1::AttemptResult& message) {
  absl::StatusOr<AttemptId> attempt = AttemptId::Parse(message.attempt_id());
  if (!attempt.ok()) return InField("attempt_id", attempt.status());
  AttemptResult result;
  if (absl::Status status = ReadEnd(message, result); !status.ok()) return status;
  return AttemptEnd{*attempt, result.outcome, result.sip_status, result.q850_cause};
}

absl::string_view ExpectedEvents() {
  return "one of dial, digits, no_input, played, wait_ended, caller_released and "
         "called_released";
}

void AddUnusedFields(const v1::Event& message, std::vector<std::string>& notes) {
  for (int i = 0; i < message.dial().results_size(); ++i) {
    const v1::AttemptResult& result = message.dial().results(i);
    if (result.has_retry_after()) {
      notes.push_back(absl::StrCat("event.dial.results[", i, "].retry_after is not used yet"));
    }
    if (!result.redirected_to().empty()) {
      notes.push_back(absl::StrCat("event.dial.results[", i, "].redirected_to is not used yet"));
    }
  }
}

}  // namespace libroute
