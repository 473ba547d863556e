#ifndef LIBROUTE_BENCH_HAND_WRITTEN_H_
#define LIBROUTE_BENCH_HAND_WRITTEN_H_

#include <array>
#include <cstdint>

// The trees of plans.h as a programmer would write them for one customer: no
// plan, no explanation, nothing that can be changed without compiling. What
// any general engine is measured against.
namespace libroute::bench {

// A moment in the customer's zone.
struct LocalTime {
  // 0: Sunday.
  int weekday = 0;
  int minute = 0;
  // 100 * month + day, from January = 1.
  int date = 0;
};

// By localtime_r, in the zone of the process.
LocalTime LocalTimeOf(int64_t unix_seconds);

struct HandWrittenCall {
  // Digits of Digits::packed().
  uint64_t called = 0;
  uint64_t calling = 0;
  uint64_t seed = 0;
};

struct HandWrittenFacts {
  enum Place { kDesk, kBranch, kDepot };
  enum Switch { kFlood, kMeeting, kStrike };
  std::array<bool, 3> down = {};
  std::array<bool, 3> on = {};
};

enum class HandWrittenAction { kReject, kVoicemail };

HandWrittenAction RouteByThree(const HandWrittenCall& call, const LocalTime& time);
HandWrittenAction RouteByTwenty(const HandWrittenCall& call, const LocalTime& time,
                                const HandWrittenFacts& facts);

}  // namespace libroute::bench

#endif  // LIBROUTE_BENCH_HAND_WRITTEN_H_
