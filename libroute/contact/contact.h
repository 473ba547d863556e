#ifndef LIBROUTE_CONTACT_CONTACT_H_
#define LIBROUTE_CONTACT_CONTACT_H_

#include <optional>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/call/callback.h"
#include "libroute/call/event.h"
#include "libroute/contact/rules.h"

namespace libroute {

// What a question asks of the contact centre of a customer: an agent; to go on
// looking for one; or, when the call goes on without one, to forget the call.
struct ContactRequest {
  enum class Kind : uint8_t { kEnter, kStay, kLeave };

  Kind kind = Kind::kEnter;
  CallId call;
  uint32_t step = 0;
  // Tells apart different questions for the same step.
  uint64_t question = 0;
  std::string group;
  int32_t priority = 0;
  // As in contact::Wish.
  int position = 0;
  std::optional<absl::Duration> wrap_up;
  // Who is to be asked first; empty: nobody.
  std::string preferred_agent;
  // How long the call may wait in this group; infinite for an e-mail that may always.
  absl::Duration max_wait;
  contact::Medium medium = contact::Medium::kCall;
  // Of kLeave: the plan goes on without an agent, because the switch says so.
  bool has_given_up = false;
  // For people: who called whom. No calling number if it is not known or must not be shown.
  E164Number called;
  E164Number calling;
  // The same of an e-mail: the mailbox and who has sent it; and what it is about.
  std::string mailbox;
  std::string sender;
  std::string subject;
  std::string message_id;
  // The caller has hung up, and is called back.
  std::optional<CallbackPromise> promise;
  // And has hung up just now.
  bool promises = false;
  // How the phones of agents answered that the decision before has dialled.
  absl::InlinedVector<AttemptResult, 2> results;
};

}  // namespace libroute

#endif  // LIBROUTE_CONTACT_CONTACT_H_
