#ifndef LIBROUTE_TREE_NODES_CASE_TEST_H_
#define LIBROUTE_TREE_NODES_CASE_TEST_H_

#include "libroute/tree/frame.h"

namespace libroute {

// Whether a case of a branch node matches the call; whoever records is told
// what was compared. A case has Matches(frame), which notes in the decision
// what it looked at, and Words(frame), the same in words.
template <class Case, class Observer>
bool TestCase(const Case& item, Frame& frame, Observer& observer) {
  if constexpr (Observer::kRecords) observer.Compared(item.Words(frame));
  return item.Matches(frame);
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_CASE_TEST_H_
