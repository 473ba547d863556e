#ifndef LIBROUTE_REPORT_DECISION_TEXT_H_
#define LIBROUTE_REPORT_DECISION_TEXT_H_

#include <string>

#include "absl/time/time.h"

namespace libroute {

namespace v1 {
class Decision;
class Explanation;
}  // namespace v1

// A decision for a person to read: what is to be done, then what else is known
// of it, one thing a line, labels and values aligned. Times are shown in
// `zone`. Control characters are escaped. Thread-safe.
//
//   dial         +3222000111 (front, site north), setup 6s, ring 20s
//   then         +32470000001, setup 6s, ring 20s
//   call         unanswered, caller type vip, priority 10
//   decided by   trees.desk.time.cases[0].then of acme, revision 5d41402abc4b
//   made from    call, time
//   holds until  Mon 2026-11-23 17:00:00 CET
std::string DecisionText(const v1::Decision& decision, absl::TimeZone zone);

// What is to be done alone: the first of these lines.
std::string ActionText(const v1::Decision& decision);

// The way of a question for a person to read: each node that was visited, what
// was compared there ('+' what matched, '-' what did not), the branch taken or
// ("=>") what the node decided, and why; then the notes. The decision itself
// is not shown. Thread-safe.
//
//   time    trees.desk
//             - arrival Sun 2026-11-22 10:00:00, schedule hours: closed until Mon 2026-11-23 09:00
//             -> otherwise: no schedule is open
//   reject  trees.desk.time.otherwise
//             => refuses with 480/20
std::string ExplanationText(const v1::Explanation& explanation);

}  // namespace libroute

#endif  // LIBROUTE_REPORT_DECISION_TEXT_H_
