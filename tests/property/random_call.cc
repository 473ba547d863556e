#include "tests/property/random_call.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/property/random_origin.h"

namespace libroute {
namespace {

AttemptResult RandomResult(int target, std::mt19937& random) {
  AttemptResult result;
  result.target = target;
  if (random() % 6 == 0) {
    constexpr int kCodes[] = {404, 480, 486, 500, 503, 600, 603, 607, 608};
    NetworkResponse response;
    response.sip_status = kCodes[random() % std::size(kCodes)];
    result.sip_status = response.sip_status;
    result.outcome = VerdictOf(response).outcome;
    return result;
  }
  result.outcome = kFailedOutcomes[random() % kFailedOutcomes.size()];
  if (random() % 80 == 0) result.outcome = Outcome::kCancelled;
  if (random() % 80 == 0) result.outcome = Outcome::kAnswered;
  return result;
}

// Which target of its node a leg is.
int TargetOf(const v1::Leg& leg) {
  return AttemptId::Parse(leg.attempt_id())->target;
}

Event RandomDialResult(const v1::DialDecision& dial, std::mt19937& random) {
  Event event;
  event.kind = EventKind::kDialResult;
  bool named = random() % 2 == 0;
  int results = random() % 2 == 0 ? 1 : 1 + static_cast<int>(random() % dial.legs_size());
  if (!named && dial.order() == v1::LEG_ORDER_TOGETHER) results = 1;
  for (int i = 0; i < results; ++i) {
    int target = named ? TargetOf(dial.legs(i)) : AttemptResult::kNextLeg;
    if (random() % 60 == 0) target = static_cast<int>(random() % 20);
    event.results.push_back(RandomResult(target, random));
  }
  return event;
}

// More than was asked for.
void TypeAhead(Event& event, std::mt19937& random) {
  if (event.kind != EventKind::kDigits || random() % 2 == 0) return;
  constexpr const char* kAhead[] = {"1", "2", "12", "1*", "#9", "11#", "12#0", "*2", "0000#", "7"};
  const Digits more = *Digits::Parse(kAhead[random() % std::size(kAhead)]);
  for (int i = 0; i < more.size() && event.digits.size() < Digits::kMaxLength; ++i) {
    event.digits = event.digits.Append(more.digit(i));
  }
}

// Of a dial or a wait; of which leg is said or not.
Event RandomEnd(const v1::Decision& decision, std::mt19937& random) {
  Event event;
  event.kind = EventKind::kCalledReleased;
  if (!decision.has_dial() || random() % 2 == 0) return event;
  AttemptResult& answered = event.results.emplace_back();
  answered.outcome = Outcome::kAnswered;
  const int legs = decision.dial().legs_size();
  answered.target = random() % 10 == 0
                        ? static_cast<int>(random() % 20)
                        : TargetOf(decision.dial().legs(static_cast<int>(random() % legs)));
  return event;
}

// Mostly a number that may be called.
Event RandomCallback(std::mt19937& random) {
  constexpr const char* kNumbers[] = {
      "",      "", "+3223456789", "+32475123456", "+3290212345", "+33142345678", "+3222000100",
      "nobody"};
  Event event;
  event.kind = EventKind::kCallbackWanted;
  event.callback_number = kNumbers[random() % std::size(kNumbers)];
  return event;
}

Event RandomInput(const v1::MenuDecision& menu, std::mt19937& random) {
  Event event;
  event.kind = random() % 3 == 0 ? EventKind::kNoInput : EventKind::kDigits;
  if (event.kind == EventKind::kNoInput) return event;
  bool good = random() % 2 == 0;
  event.digits =
      *Digits::Parse(good ? menu.keys(static_cast<int>(random() % menu.keys_size())) : "77");
  return event;
}

// Digits that fit, or are too few or too many, with or without their end.
Event RandomDigits(const v1::CollectDecision& collect, std::mt19937& random) {
  Event event;
  event.kind = random() % 4 == 0 ? EventKind::kNoInput : EventKind::kDigits;
  if (event.kind == EventKind::kNoInput) return event;
  int size = static_cast<int>(collect.min_digits() +
                              random() % (collect.max_digits() - collect.min_digits() + 1));
  if (random() % 4 == 0) size += random() % 2 == 0 ? 1 : -1;
  while (event.digits.size() < std::min(size, Digits::kMaxLength)) {
    event.digits = event.digits.Append(static_cast<int>(random() % (random() % 9 == 0 ? 12 : 10)));
  }
  bool ends = !collect.terminator().empty() && random() % 2 == 0;
  if (ends && event.digits.size() < Digits::kMaxLength) {
    event.digits = event.digits.Append(collect.terminator() == "*" ? 10 : 11);
  }
  if (event.digits.empty()) event.kind = EventKind::kNoInput;
  return event;
}

}  // namespace

Call RandomCall(std::mt19937& random, int reference) {
  constexpr const char* kCalled[] = {"+3222000100", "+3222000101", "+32220001999", "+32220001",
                                     "+3222000200", "+3222000201", "+3222000249",  "+3222000300"};
  Call call;
  call.id = {"switch", random() % 3, absl::StrCat("call-", reference)};
  call.called = *E164Number::Parse(kCalled[random() % std::size(kCalled)]);
  SetRandomOrigin(call, random);
  return call;
}

absl::Time RandomArrival(std::mt19937& random) {
  absl::Time first = absl::FromCivil(absl::CivilDay(2026, 11, 23), absl::UTCTimeZone());
  // Often the full hour, where schedules begin and end.
  int64_t seconds = random() % (60 * 24 * 3600);
  if (random() % 3 == 0) seconds -= seconds % 3600;
  return first + absl::Seconds(seconds);
}

Event RandomEvent(const v1::Decision& decision, std::mt19937& random) {
  Event event;
  if (random() % 40 == 0) {
    event.kind = static_cast<EventKind>(1 + random() % 7);
    if (event.kind == EventKind::kCallerReleased) event.kind = EventKind::kCalledReleased;
    if (event.kind == EventKind::kDigits) event.digits = *Digits::Parse("1");
    return event;
  }
  const bool may_be_called_back = decision.wait().has_callback() || decision.wait().has_promise();
  if (may_be_called_back && random() % 3 == 0) return RandomCallback(random);
  if (decision.ask_after() && random() % 3 == 0) return RandomEnd(decision, random);
  if (decision.has_dial()) return RandomDialResult(decision.dial(), random);
  if (decision.has_menu() || decision.has_collect()) {
    event = decision.has_menu() ? RandomInput(decision.menu(), random)
                                : RandomDigits(decision.collect(), random);
    TypeAhead(event, random);
    return event;
  }
  if (decision.announce().interruptible() && random() % 2 == 0) {
    event.kind = EventKind::kDigits;
    event.digits = *Digits::Parse(random() % 2 == 0 ? "1" : "12");
    TypeAhead(event, random);
    return event;
  }
  constexpr EventKind kWaitEnds[] = {EventKind::kWaitTimeout, EventKind::kNoAgents,
                                     EventKind::kNoneReady, EventKind::kGroupFull,
                                     EventKind::kGroupClosed};
  event.kind =
      decision.has_announce() ? EventKind::kPlayed : kWaitEnds[random() % std::size(kWaitEnds)];
  return event;
}

}  // namespace libroute
