#include "libroute/engine/email_book.h"

namespace libroute {

EmailBook::Entry& EmailBook::EntryOf(uint32_t customer, absl::string_view reference) {
  Emails& emails = customers_[customer];
  const auto known = emails.entries.find(reference);
  if (known != emails.entries.end()) return known->second;
  if (emails.order.size() == kMost) {
    emails.entries.erase(emails.order.front());
    emails.order.pop_front();
  }
  emails.order.emplace_back(reference);
  return emails.entries[reference];
}

void EmailBook::NoteAgent(uint32_t customer, absl::string_view reference, absl::string_view agent) {
  MutexLock lock(mutex_);
  Entry& entry = EntryOf(customer, reference);
  entry.agent = std::string(agent);
  entry.is_finished = false;
}

void EmailBook::NoteFinished(uint32_t customer, absl::string_view reference) {
  MutexLock lock(mutex_);
  EntryOf(customer, reference).is_finished = true;
}

void EmailBook::NoteWithdrawn(uint32_t customer, absl::string_view reference) {
  MutexLock lock(mutex_);
  EntryOf(customer, reference).is_withdrawn = true;
}

std::optional<EmailBook::Entry> EmailBook::Find(uint32_t customer,
                                                absl::string_view reference) const {
  MutexLock lock(mutex_);
  const auto emails = customers_.find(customer);
  if (emails == customers_.end()) return std::nullopt;
  const auto found = emails->second.entries.find(reference);
  return found == emails->second.entries.end() ? std::nullopt : std::make_optional(found->second);
}

}  // namespace libroute
