#ifndef LIBROUTE_REPORT_LOOK_AHEAD_TEXT_H_
#define LIBROUTE_REPORT_LOOK_AHEAD_TEXT_H_

#include <string>

namespace libroute {

namespace v1 {
class LookAhead;
}  // namespace v1

// What follows a decision for a person to read: where each thing that may happen leads
// ("->"), then each of these steps, by number, with what is to be done there. Empty if
// nothing follows. Thread-safe.
//
//   busy, no_answer  -> 1
//   unreachable      -> ask again (claim)
//   1  voicemail  desk (busy)
std::string LookAheadText(const v1::LookAhead& ahead);

}  // namespace libroute

#endif  // LIBROUTE_REPORT_LOOK_AHEAD_TEXT_H_
