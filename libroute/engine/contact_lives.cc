#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "libroute/engine/contacts.h"

// How contacts live and end: reports, lists of live calls, time.
namespace libroute {

void Contacts::Renew(const CallId& call, absl::Time now) {
  if (size() == 0) return;
  MutexLock lock(mutex_);
  RenewHeld(call, now);
}

void Contacts::RenewHeld(const CallId& call, absl::Time now) {
  auto found = seats_.find(call);
  if (found != seats_.end()) Live(call, found->second, now);
}

void Contacts::Live(const CallId& call, Seat& seat, absl::Time now) {
  alive_.erase({seat.alive_until, seat.serial});
  seat.alive_until = now + (seat.owner_token != 0 ? lease_ : seat.max_wait + kGrace);
  seat.alive_until = std::max(seat.alive_until, seat.OffersEnd() + kGrace);
  if (seat.medium == contact::Medium::kEmail) seat.alive_until = absl::InfiniteFuture();
  alive_.emplace(std::make_pair(seat.alive_until, seat.serial), call);
}

void Contacts::Forget(const CallId& call) {
  const auto found = seats_.find(call);
  if (found == seats_.end()) return;
  Center& center = CenterOf(found->second.customer);
  CloseOffers(center, found->second);
  --center.seats;
  if (found->second.medium == contact::Medium::kEmail) --center.emails;
  alive_.erase({found->second.alive_until, found->second.serial});
  news_.erase(found->second.serial);
  seats_.erase(found);
  count_.store(seats_.size(), std::memory_order_relaxed);
}

void Contacts::Leave(const CallId& call, absl::Time now, bool has_given_up) {
  const auto found = seats_.find(call);
  if (found == seats_.end()) return;
  const Seat seat = found->second;
  Forget(call);
  if (!seat.contact) return;
  Center& center = CenterOf(seat.customer);
  // It is of nobody's interest how these end: the contact is there.
  NoteFinished(call, seat);
  if (seat.owner_token != 0) {
    Apply(center, contact::Finish{seat.owner, seat.owner_token}, now).IgnoreError();
  } else {
    Apply(center, contact::HangUp{seat.contact, has_given_up}, now).IgnoreError();
  }
  center.calls.erase(seat.contact);
}

void Contacts::LeaveAll(const std::vector<CallId>& calls, absl::Time now) {
  for (const CallId& call : calls) Leave(call, now);
}

void Contacts::Report(const CallReport& report, absl::Time now) {
  if (size() == 0) return;
  MutexLock lock(mutex_);
  if (report.kind == ReportKind::kSwitchRestarted) {
    std::vector<CallId> over;
    for (const auto& [call, seat] : seats_) {
      const bool is_over =
          call.switch_name == report.call.switch_name && call.epoch < report.call.epoch;
      if (is_over) over.push_back(call);
    }
    return LeaveAll(over, now);
  }
  if (report.kind == ReportKind::kReleased) return Leave(report.call, now);
  const auto found = seats_.find(report.call);
  if (found == seats_.end()) return;
  if (report.kind == ReportKind::kAnswered) NoteAnswered(found->second, report.attempt, now);
  RenewHeld(report.call, now);
}

Ledger::Kept Contacts::KeepLive(absl::string_view switch_name, uint64_t epoch,
                                absl::Span<const std::string> references, absl::Time now) {
  absl::flat_hash_set<absl::string_view> alive(references.begin(), references.end());
  MutexLock lock(mutex_);
  Ledger::Kept kept;
  for (auto& [call, seat] : seats_) {
    if (call.switch_name != switch_name || call.epoch != epoch) continue;
    const bool is_alive = alive.contains(call.reference);
    if (is_alive) Live(call, seat, now);
    (is_alive ? kept.held : kept.given_back).push_back(call.reference);
  }
  for (const std::string& reference : kept.given_back) {
    Leave({std::string(switch_name), epoch, reference}, now);
  }
  return kept;
}

std::vector<std::pair<uint32_t, CallId>> Contacts::Advance(absl::Time now) {
  std::vector<std::pair<uint32_t, CallId>> over;
  MutexLock lock(mutex_);
  for (auto& [customer, center] : centers_) {
    if (NextDeadline(*center) <= now) AdvanceTo(*center, now);
  }
  while (!alive_.empty() && alive_.begin()->first.first <= now) {
    const CallId call = alive_.begin()->second;
    over.emplace_back(seats_.at(call).customer, call);
    Leave(call, now);
  }
  std::stable_sort(over.begin(), over.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return over;
}

absl::Time Contacts::NextDeadline() const {
  MutexLock lock(mutex_);
  absl::Time next = alive_.empty() ? absl::InfiniteFuture() : alive_.begin()->first.first;
  for (const auto& [customer, center] : centers_) {
    next = std::min(next, NextDeadline(*center));
  }
  return next;
}

}  // namespace libroute
