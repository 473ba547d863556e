#ifndef LIBROUTE_BENCH_PLANS_H_
#define LIBROUTE_BENCH_PLANS_H_

#include <string>

#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/v1/plan.pb.h"

// The plans and the call that every benchmark uses.
namespace libroute::bench {

// Trees in which the call below is looked at by every node: each branch but
// the last leads on, each case that leads elsewhere is compared first.
enum class TreeSize {
  // time, caller, and the action.
  kThree,
  // 19 branches of all kinds, and the action; besides, one `goto` joins its
  // two parts, because a tree nests at most 16 deep.
  kTwenty,
};

// The action at the end.
enum class Ending { kVoicemail, kDial };

// A plan of `customer` with one tree and no numbers.
v1::Plan MakePlan(const std::string& customer, TreeSize size, Ending ending);

// The numbers first <= index < first + count.
struct NumberRange {
  int first = 0;
  int count = 1;
};
void AddNumbers(NumberRange range, v1::Plan& plan);

// The number of that index, 0 <= index < 10 million: spread over Belgian
// numbers, so that neighbours in order are not neighbours in number.
E164Number NumberAt(int index);

// A call to `called` from a caller whom no case knows.
Call MakeCall(E164Number called);

// A Monday morning at which the plans' office is open.
absl::Time BenchTime();

}  // namespace libroute::bench

#endif  // LIBROUTE_BENCH_PLANS_H_
