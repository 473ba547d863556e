#ifndef LIBROUTE_ENGINE_MAILBOXES_H_
#define LIBROUTE_ENGINE_MAILBOXES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "libroute/epoch/mutex.h"

namespace libroute {

// Which customer has which mailbox: addresses and domains ("@acme.example") in lower case.
// As with numbers the customer's plan itself says whether it serves one. Thread-safe.
class MailboxDirectory {
 public:
  // Whose the address is: by its own entry, else by its domain's.
  std::optional<uint32_t> Find(absl::string_view address) const;
  // Who has this very entry.
  std::optional<uint32_t> Owner(absl::string_view entry) const;

  // An entry is one customer's: the first one's.
  void Add(absl::string_view entry, uint32_t customer);
  void Remove(absl::string_view entry, uint32_t customer);

 private:
  mutable Mutex mutex_;
  absl::flat_hash_map<std::string, uint32_t> owners_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_MAILBOXES_H_
