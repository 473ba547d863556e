#include "libroute/engine/email_book.h"

#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

// Neither part has spaces.
std::string KeyOf(absl::string_view connector, absl::string_view reference) {
  return absl::StrCat(connector, " ", reference);
}

}  // namespace

EmailBook::Entry& EmailBook::EntryOf(uint32_t customer, absl::string_view connector,
                                     absl::string_view reference) {
  Emails& emails = customers_[customer];
  std::string key = KeyOf(connector, reference);
  const auto known = emails.entries.find(key);
  if (known != emails.entries.end()) return known->second;
  if (emails.order.size() == 2 * kMost) {
    emails.entries.erase(emails.order.front());
    emails.order.pop_front();
  }
  emails.order.push_back(key);
  return emails.entries[std::move(key)];
}

void EmailBook::NoteAgent(uint32_t customer, absl::string_view connector,
                          absl::string_view reference, absl::string_view agent) {
  MutexLock lock(mutex_);
  EntryOf(customer, "", reference).agent = std::string(agent);
  Entry& entry = EntryOf(customer, connector, reference);
  entry.agent = std::string(agent);
  entry.is_finished = false;
}

void EmailBook::NoteFinished(uint32_t customer, absl::string_view connector,
                             absl::string_view reference, absl::string_view agent) {
  MutexLock lock(mutex_);
  Entry& entry = EntryOf(customer, connector, reference);
  entry.agent = std::string(agent);
  entry.is_finished = true;
}

void EmailBook::NoteWithdrawn(uint32_t customer, absl::string_view connector,
                              absl::string_view reference) {
  MutexLock lock(mutex_);
  EntryOf(customer, connector, reference).is_withdrawn = true;
}

std::optional<EmailBook::Entry> EmailBook::Find(uint32_t customer, absl::string_view connector,
                                                absl::string_view reference) const {
  MutexLock lock(mutex_);
  const auto emails = customers_.find(customer);
  if (emails == customers_.end()) return std::nullopt;
  const auto found = emails->second.entries.find(KeyOf(connector, reference));
  return found == emails->second.entries.end() ? std::nullopt : std::make_optional(found->second);
}

}  // namespace libroute
