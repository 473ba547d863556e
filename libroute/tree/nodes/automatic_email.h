#ifndef LIBROUTE_TREE_NODES_AUTOMATIC_EMAIL_H_
#define LIBROUTE_TREE_NODES_AUTOMATIC_EMAIL_H_

#include "absl/strings/str_cat.h"
#include "libroute/call/email.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/acting.h"

namespace libroute {

// An e-mail that no person has written gets neither agent nor answer: it is discarded.
// Whether that is so.
template <class Observer>
bool DiscardAutomatic(Frame& frame, Observer& observer) {
  const EmailFacts* email = frame.context.email;
  if (email == nullptr || !email->automatic.has_value()) return false;
  frame.decision.depends_on.Add(Dependence::kCall);
  frame.decision.action = DiscardDecision{*email->automatic};
  if constexpr (Observer::kRecords) {
    observer.Decided(
        absl::StrCat("no person has written the e-mail: ", DiscardReasonName(*email->automatic)));
  }
  End(frame, Answers::kNo);
  return true;
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_AUTOMATIC_EMAIL_H_
