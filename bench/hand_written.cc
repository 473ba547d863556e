#include "bench/hand_written.h"

#include <cstddef>
#include <ctime>

#include "libroute/call/digits.h"

namespace libroute::bench {
namespace {

consteval Digits operator""_digits(const char* text, size_t size) {
  Digits digits;
  for (size_t i = 0; i < size; ++i) digits = digits.Append(text[i] - '0');
  return digits;
}

bool StartsWith(uint64_t number, Digits prefix) {
  return Digits::FromPacked(number).StartsWith(prefix);
}

bool WorkingDay(const LocalTime& time) {
  return time.weekday >= 1 && time.weekday <= 5 && time.date != 1225 && time.date != 101;
}

bool Between(const LocalTime& time, int from_hour, int to_hour) {
  return WorkingDay(time) && time.minute >= from_hour * 60 && time.minute < to_hour * 60;
}

bool AtNight(const LocalTime& time) {
  LocalTime yesterday = time;
  yesterday.weekday = (time.weekday + 6) % 7;
  return (WorkingDay(time) && time.minute >= 22 * 60) ||
         (WorkingDay(yesterday) && time.minute < 6 * 60);
}

bool Blocked(uint64_t calling) {
  return calling == "32475000001"_digits.packed() || calling == "32475000002"_digits.packed() ||
         StartsWith(calling, "881"_digits);
}

bool FirstTenReject(const HandWrittenCall& call, const LocalTime& time,
                    const HandWrittenFacts& facts) {
  return !Between(time, 9, 17) || StartsWith(call.calling, "33"_digits) ||
         StartsWith(call.calling, "49"_digits) || Blocked(call.calling) ||
         call.called == "3229000000"_digits.packed() || facts.down[HandWrittenFacts::kDesk] ||
         facts.on[HandWrittenFacts::kFlood] || Between(time, 12, 13) ||
         StartsWith(call.calling, "44"_digits) || facts.on[HandWrittenFacts::kMeeting];
}

bool LastTenReject(const HandWrittenCall& call, const LocalTime& time,
                   const HandWrittenFacts& facts) {
  return call.calling == "32475000003"_digits.packed() ||
         call.calling == "32475000004"_digits.packed() || facts.down[HandWrittenFacts::kBranch] ||
         facts.on[HandWrittenFacts::kStrike] || call.called == "3228000000"_digits.packed() ||
         AtNight(time) || StartsWith(call.calling, "31"_digits) ||
         StartsWith(call.calling, "352"_digits) || call.calling == "32475000005"_digits.packed() ||
         StartsWith(call.calling, "883"_digits) || facts.down[HandWrittenFacts::kDepot];
}

}  // namespace

LocalTime LocalTimeOf(int64_t unix_seconds) {
  const std::time_t time = unix_seconds;
  std::tm parts;
  localtime_r(&time, &parts);
  return {parts.tm_wday, parts.tm_hour * 60 + parts.tm_min,
          (parts.tm_mon + 1) * 100 + parts.tm_mday};
}

HandWrittenAction RouteByThree(const HandWrittenCall& call, const LocalTime& time) {
  if (!Between(time, 9, 17) || Blocked(call.calling)) return HandWrittenAction::kReject;
  return HandWrittenAction::kVoicemail;
}

HandWrittenAction RouteByTwenty(const HandWrittenCall& call, const LocalTime& time,
                                const HandWrittenFacts& facts) {
  if (FirstTenReject(call, time, facts)) return HandWrittenAction::kReject;
  // Both halves of either share lead on, as in the plan.
  if (LastTenReject(call, time, facts)) return HandWrittenAction::kReject;
  return call.seed % 2 == 0 ? HandWrittenAction::kVoicemail : HandWrittenAction::kVoicemail;
}

}  // namespace libroute::bench
