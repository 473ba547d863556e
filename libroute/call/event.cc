#include "libroute/call/event.h"

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

struct PlainEvent {
  absl::string_view text;
  EventKind kind;
};

constexpr PlainEvent kPlainEvents[] = {{"no_input", EventKind::kNoInput},
                                       {"played", EventKind::kPlayed},
                                       {"timeout", EventKind::kWaitTimeout},
                                       {"no_agents", EventKind::kNoAgents},
                                       {"none_ready", EventKind::kNoneReady},
                                       {"full", EventKind::kGroupFull},
                                       {"closed", EventKind::kGroupClosed},
                                       {"hangup", EventKind::kCallerReleased},
                                       {"called_hangup", EventKind::kCalledReleased},
                                       {"callback", EventKind::kCallbackWanted}};

absl::Status UnknownEvent(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", absl::CHexEscape(text.substr(0, 40)),
      "\" is not an event; write an outcome (answered, busy, no_answer, not_confirmed, "
      "unreachable, rejected, redirected, bad_number, congestion, failure, cancelled), sip:486, "
      "q850:17, digits:1, no_input, played, timeout, no_agents, none_ready, full, "
      "closed, hangup, called_hangup, callback or callback:+3222000100"));
}

Event DialEvent(const AttemptResult& result) {
  Event event;
  event.kind = EventKind::kDialResult;
  event.results.push_back(result);
  return event;
}

// "sip:486" and "q850:17", after the colon.
absl::StatusOr<Event> CodeEvent(absl::string_view text, absl::string_view number, int max,
                                int NetworkResponse::*field) {
  int code = 0;
  if (!absl::SimpleAtoi(number, &code) || code < 1 || code > max ||
      (field == &NetworkResponse::sip_status && code < 200)) {
    return UnknownEvent(text);
  }
  NetworkResponse response;
  response.*field = code;
  return DialEvent({AttemptResult::kNextLeg, VerdictOf(response).outcome, response.sip_status,
                    response.q850_cause});
}

absl::StatusOr<Event> DigitsEvent(absl::string_view text, absl::string_view pressed) {
  absl::StatusOr<Digits> digits = Digits::Parse(pressed);
  if (!digits.ok()) return digits.status();
  if (digits->empty()) return UnknownEvent(text);
  Event event;
  event.kind = EventKind::kDigits;
  event.digits = *digits;
  return event;
}

absl::StatusOr<Event> CallbackEvent(absl::string_view text, absl::string_view number) {
  if (number.empty() || number.size() > Event::kMostCallbackNumber) return UnknownEvent(text);
  Event event;
  event.kind = EventKind::kCallbackWanted;
  event.callback_number = std::string(number);
  return event;
}

std::string ResultText(const AttemptResult& result) {
  std::string text(OutcomeName(result.outcome));
  if (result.sip_status != 0) absl::StrAppend(&text, " (sip ", result.sip_status, ")");
  if (result.q850_cause != 0) absl::StrAppend(&text, " (q850 ", result.q850_cause, ")");
  if (!result.gateway.empty()) absl::StrAppend(&text, " by ", result.gateway);
  for (const GatewayFailure& failed : result.failed_gateways) {
    absl::StrAppend(&text, ", before that ", OutcomeName(failed.outcome), " by ", failed.gateway);
  }
  return text;
}

}  // namespace

std::string AttemptId::ToString() const {
  return absl::StrCat(step, ".", target);
}

absl::StatusOr<AttemptId> AttemptId::Parse(absl::string_view text) {
  std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  AttemptId id;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &id.step) ||
      !absl::SimpleAtoi(parts[1], &id.target) || id.target < 0 || id.ToString() != text) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", absl::CHexEscape(text.substr(0, 40)),
                     "\" is not an attempt id; send back the one of the leg"));
  }
  return id;
}

absl::string_view EventKindName(EventKind kind) {
  switch (kind) {
    case EventKind::kDialResult:
      return "dial result";
    case EventKind::kDigits:
      return "digits";
    case EventKind::kNoInput:
      return "no_input";
    case EventKind::kPlayed:
      return "played";
    case EventKind::kWaitTimeout:
      return "timeout";
    case EventKind::kNoAgents:
      return "no_agents";
    case EventKind::kNoneReady:
      return "none_ready";
    case EventKind::kGroupFull:
      return "full";
    case EventKind::kGroupClosed:
      return "closed";
    case EventKind::kContactChanged:
      return "contact changed";
    case EventKind::kCallerReleased:
      return "hangup";
    case EventKind::kCalledReleased:
      return "called_hangup";
    case EventKind::kCallbackWanted:
      return "callback_wanted";
  }
  return "unknown";
}

std::string Event::ToString() const {
  if (kind == EventKind::kDigits) return absl::StrCat("digits:", digits.ToString());
  if (kind == EventKind::kCallbackWanted) {
    return absl::StrCat("callback", callback_number.empty() ? "" : ":", callback_number);
  }
  if (kind != EventKind::kDialResult) return std::string(EventKindName(kind));
  std::string text;
  for (const AttemptResult& result : results) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", ResultText(result));
  }
  return text;
}

absl::StatusOr<Event> ParseEvent(absl::string_view text) {
  for (const PlainEvent& plain : kPlainEvents) {
    if (plain.text != text) continue;
    Event event;
    event.kind = plain.kind;
    return event;
  }
  if (std::optional<Outcome> outcome = OutcomeFromName(text)) {
    return DialEvent({AttemptResult::kNextLeg, *outcome});
  }
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, "digits:")) return DigitsEvent(text, rest);
  if (absl::ConsumePrefix(&rest, "callback:")) return CallbackEvent(text, rest);
  if (absl::ConsumePrefix(&rest, "sip:")) {
    return CodeEvent(text, rest, 699, &NetworkResponse::sip_status);
  }
  if (absl::ConsumePrefix(&rest, "q850:")) {
    return CodeEvent(text, rest, 127, &NetworkResponse::q850_cause);
  }
  return UnknownEvent(text);
}

}  // namespace libroute
