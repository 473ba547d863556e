#include "libroute/engine/contacts.h"

#include <algorithm>

namespace libroute {

absl::StatusOr<uint64_t> Contacts::Enter(const libroute::Enter& enter, absl::Time now) {
  MutexLock lock(mutex_);
  auto known = calls_.find(enter.contact.call);
  if (known != calls_.end() && known->second != enter.customer) Leave(enter.contact.call);
  absl::StatusOr<uint64_t> contact = waiting_[enter.customer].Enter(enter.contact, now);
  if (contact.ok()) calls_[enter.contact.call] = enter.customer;
  count_.store(calls_.size(), std::memory_order_relaxed);
  return contact;
}

std::optional<uint32_t> Contacts::FindCustomer(const CallId& call) const {
  if (size() == 0) return std::nullopt;
  MutexLock lock(mutex_);
  auto found = calls_.find(call);
  return found == calls_.end() ? std::nullopt : std::make_optional(found->second);
}

void Contacts::Renew(const CallId& call, absl::Time now) {
  if (size() == 0) return;
  MutexLock lock(mutex_);
  RenewHeld(call, now);
}

void Contacts::RenewHeld(const CallId& call, absl::Time now) {
  auto found = calls_.find(call);
  if (found != calls_.end()) waiting_[found->second].Renew(call, now);
}

void Contacts::Leave(const CallId& call) {
  auto found = calls_.find(call);
  if (found == calls_.end()) return;
  waiting_[found->second].Leave(call);
  calls_.erase(found);
  count_.store(calls_.size(), std::memory_order_relaxed);
}

template <typename Predicate>
void Contacts::LeaveWhere(Predicate is_over) {
  std::vector<CallId> over;
  for (const auto& [call, customer] : calls_) {
    if (is_over(call)) over.push_back(call);
  }
  for (const CallId& call : over) Leave(call);
}

void Contacts::Report(const CallReport& report, absl::Time now) {
  if (size() == 0) return;
  MutexLock lock(mutex_);
  if (report.kind == ReportKind::kSwitchRestarted) {
    LeaveWhere([&](const CallId& call) {
      return call.switch_name == report.call.switch_name && call.epoch < report.call.epoch;
    });
    return;
  }
  if (report.kind == ReportKind::kReleased) {
    Leave(report.call);
    return;
  }
  RenewHeld(report.call, now);
}

Ledger::Kept Contacts::KeepLive(absl::string_view switch_name, uint64_t epoch,
                                absl::Span<const std::string> references, absl::Time now) {
  absl::flat_hash_set<absl::string_view> alive(references.begin(), references.end());
  MutexLock lock(mutex_);
  Ledger::Kept kept;
  for (const auto& [call, customer] : calls_) {
    if (call.switch_name != switch_name || call.epoch != epoch) continue;
    const bool is_alive = alive.contains(call.reference);
    if (is_alive) waiting_[customer].Renew(call, now);
    (is_alive ? kept.held : kept.given_back).push_back(call.reference);
  }
  for (const std::string& reference : kept.given_back) {
    Leave({std::string(switch_name), epoch, reference});
  }
  return kept;
}

std::vector<std::pair<uint32_t, CallId>> Contacts::Expire(absl::Time now) {
  std::vector<std::pair<uint32_t, CallId>> over;
  MutexLock lock(mutex_);
  for (auto& [customer, center] : waiting_) {
    for (CallId& call : center.Expire(now)) {
      calls_.erase(call);
      over.emplace_back(customer, std::move(call));
    }
  }
  count_.store(calls_.size(), std::memory_order_relaxed);
  std::stable_sort(over.begin(), over.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return over;
}

absl::Time Contacts::NextDeadline() const {
  absl::Time next = absl::InfiniteFuture();
  if (size() == 0) return next;
  MutexLock lock(mutex_);
  for (const auto& [customer, center] : waiting_) next = std::min(next, center.NextDeadline());
  return next;
}

}  // namespace libroute
