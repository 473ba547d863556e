#ifndef LIBROUTE_CONTACT_WAITING_CALLS_H_
#define LIBROUTE_CONTACT_WAITING_CALLS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/contact/contact.h"

namespace libroute {

// The contacts of one customer that wait for agents: a deterministic state
// machine. Every contact has a deadline, so that none stays for ever when its
// call is not heard of again.
//
// Thread-compatible: one owner at a time. Reads no clock.
class WaitingCalls {
 public:
  // How many contacts a customer may have waiting.
  static constexpr size_t kMaxContacts = 100'000;
  // A contact is kept this long after its wait is over without news.
  static constexpr absl::Duration kGrace = absl::Seconds(64);

  // A call asks for an agent. A call that is here already stays the same
  // contact, with its age, also when it asks for another group; then its
  // deadline counts from now. Returns the contact's number, which grows from 1.
  // ResourceExhausted above kMaxContacts.
  absl::StatusOr<uint64_t> Enter(const ContactRequest& request, absl::Time now);

  // The call's contact, if it has one, is over. Whether it had one.
  bool Leave(const CallId& call);

  // News that the call is alive: moves its deadline, as Enter does. Whether it
  // has a contact.
  bool Renew(const CallId& call, absl::Time now);

  // Ends the contacts whose deadline has come and returns their calls.
  std::vector<CallId> Expire(absl::Time now);

  // When Expire has something to do; InfiniteFuture if there is no contact.
  // Linear in contacts.
  absl::Time NextDeadline() const;

  size_t size() const { return contacts_.size(); }

 private:
  struct Contact {
    uint64_t id = 0;
    std::string group;
    int32_t priority = 0;
    absl::Time arrived;
    absl::Duration max_wait;
    absl::Time deadline;
  };

  absl::flat_hash_map<CallId, Contact> contacts_;
  uint64_t last_id_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_CONTACT_WAITING_CALLS_H_
