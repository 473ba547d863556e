#ifndef LIBROUTE_ENGINE_CONTACTS_H_
#define LIBROUTE_ENGINE_CONTACTS_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/types/span.h"
#include "libroute/contact/waiting_calls.h"
#include "libroute/engine/engine.h"
#include "libroute/epoch/mutex.h"
#include "libroute/ledger/ledger.h"

namespace libroute {

// The waiting calls of all customers, and which of them has which call.
// Thread-safe; what concerns a call that has no contact is one load when
// nobody has any.
class Contacts {
 public:
  absl::StatusOr<uint64_t> Enter(const Enter& enter, absl::Time now);

  // Whose centre the call waits in, if any.
  std::optional<uint32_t> FindCustomer(const CallId& call) const;
  // News that the call is alive.
  void Renew(const CallId& call, absl::Time now);

  // Reports that end a call end its contact, the others renew it.
  void Report(const CallReport& report, absl::Time now);

  // As Ledger::KeepLive, for contacts.
  Ledger::Kept KeepLive(absl::string_view switch_name, uint64_t epoch,
                        absl::Span<const std::string> references, absl::Time now);

  // The calls whose contacts ended for want of news, with their customers.
  std::vector<std::pair<uint32_t, CallId>> Expire(absl::Time now);
  absl::Time NextDeadline() const;

  size_t size() const { return count_.load(std::memory_order_relaxed); }

 private:
  void RenewHeld(const CallId& call, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Leave(const CallId& call) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  template <typename Predicate>
  void LeaveWhere(Predicate is_over) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  absl::flat_hash_map<uint32_t, WaitingCalls> waiting_ ABSL_GUARDED_BY(mutex_);
  // Whose centre has a call: one at most, Enter leaves the one before.
  absl::flat_hash_map<CallId, uint32_t> calls_ ABSL_GUARDED_BY(mutex_);
  std::atomic<size_t> count_{0};
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_CONTACTS_H_
