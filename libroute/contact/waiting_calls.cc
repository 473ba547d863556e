#include "libroute/contact/waiting_calls.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace libroute {

absl::StatusOr<uint64_t> WaitingCalls::Enter(const ContactRequest& request, absl::Time now) {
  auto found = contacts_.find(request.call);
  if (found == contacts_.end()) {
    if (contacts_.size() >= kMaxContacts) {
      return absl::ResourceExhaustedError(
          absl::StrCat("more than ", kMaxContacts, " contacts are waiting for this customer"));
    }
    found = contacts_.emplace(request.call, Contact()).first;
    found->second.id = ++last_id_;
    found->second.arrived = now;
  }
  Contact& contact = found->second;
  contact.group = request.group;
  contact.priority = request.priority;
  contact.max_wait = request.max_wait;
  contact.deadline = now + request.max_wait + kGrace;
  return contact.id;
}

bool WaitingCalls::Leave(const CallId& call) {
  return contacts_.erase(call) != 0;
}

bool WaitingCalls::Renew(const CallId& call, absl::Time now) {
  auto found = contacts_.find(call);
  if (found == contacts_.end()) return false;
  found->second.deadline = now + found->second.max_wait + kGrace;
  return true;
}

std::vector<CallId> WaitingCalls::Expire(absl::Time now) {
  std::vector<std::pair<uint64_t, CallId>> over;
  for (const auto& [call, contact] : contacts_) {
    if (contact.deadline <= now) over.emplace_back(contact.id, call);
  }
  // In order of entering, whatever the order of the table.
  std::sort(over.begin(), over.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<CallId> calls;
  for (auto& [id, call] : over) {
    contacts_.erase(call);
    calls.push_back(std::move(call));
  }
  return calls;
}

absl::Time WaitingCalls::NextDeadline() const {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [call, contact] : contacts_) next = std::min(next, contact.deadline);
  return next;
}

}  // namespace libroute
