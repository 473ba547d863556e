#ifndef LIBROUTE_ENGINE_EMAIL_BOOK_H_
#define LIBROUTE_ENGINE_EMAIL_BOOK_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "libroute/epoch/mutex.h"

namespace libroute {

// What became of e-mails: who had them, and which were taken back. Of each customer the
// latest kMost are known, by connector and reference of their CallId, and who had one last
// also by its reference alone (connector ""), for as long as the engine lives. Thread-safe.
class EmailBook {
 public:
  // Each is there twice, once by its reference alone.
  static constexpr size_t kMost = 100'000;

  struct Entry {
    // Who has it, or had it last; empty: nobody.
    std::string agent;
    // The agent is done with it.
    bool is_finished = false;
    bool is_withdrawn = false;
  };

  void NoteAgent(uint32_t customer, absl::string_view connector, absl::string_view reference,
                 absl::string_view agent);
  void NoteFinished(uint32_t customer, absl::string_view connector, absl::string_view reference,
                    absl::string_view agent);
  void NoteWithdrawn(uint32_t customer, absl::string_view connector, absl::string_view reference);

  std::optional<Entry> Find(uint32_t customer, absl::string_view connector,
                            absl::string_view reference) const;

 private:
  struct Emails {
    absl::flat_hash_map<std::string, Entry> entries;
    // The oldest one first.
    std::deque<std::string> order;
  };

  Entry& EntryOf(uint32_t customer, absl::string_view connector, absl::string_view reference)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  absl::flat_hash_map<uint32_t, Emails> customers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_EMAIL_BOOK_H_
