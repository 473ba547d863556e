#include <algorithm>
#include <utility>

#include "absl/container/btree_map.h"
#include "libroute/engine/center_turn.h"

// How contacts live and end: reports, lists of live calls, time.
namespace libroute {

void Center::Renew(const CallId& call, absl::Time now) {
  Turn turn(*this);
  Wake(call, now);
  if (Seat* seat = FindSeat(call)) Live(call, *seat, now);
}

void Center::Live(const CallId& call, Seat& seat, absl::Time now) {
  const bool is_with_somebody = seat.owner_token != 0 || seat.is_handed_over();
  absl::Time until = now + (is_with_somebody ? options_.lease : seat.max_wait + kGrace);
  if (seat.IsUnreached() && seat.owner_token == 0) until = seat.promise->until + kGrace;
  const bool is_email = seat.medium == contact::Medium::kEmail;
  if (is_email && seat.gave_up.has_value()) return;
  LiveUntil(call, seat,
            is_email ? absl::InfiniteFuture() : std::max(until, seat.OffersEnd() + kGrace));
}

void Center::LiveUntil(const CallId& call, Seat& seat, absl::Time until) {
  alive_.erase({seat.alive_until, seat.number});
  seat.alive_until = until;
  alive_.emplace(std::make_pair(seat.alive_until, seat.number), call);
}

void Center::Forget(const CallId& call) {
  const auto found = seats_.find(call);
  if (found == seats_.end()) return;
  CloseOffers(found->second);
  if (found->second.medium == contact::Medium::kEmail) --email_count_;
  alive_.erase({found->second.alive_until, found->second.number});
  news_.erase(found->second.number);
  seats_.erase(found);
  index_.Erase(call, this);
}

void Center::LeaveHeld(const CallId& call, absl::Time now, bool has_given_up) {
  const auto found = seats_.find(call);
  if (found == seats_.end()) return;
  const Seat seat = found->second;
  Forget(call);
  if (!seat.contact) return;
  NoteFinished(call, seat);
  // It is of nobody's interest how these end: the contact is there.
  const bool is_finished =
      seat.owner_token != 0 && Apply(contact::Finish{seat.owner, seat.owner_token}, now).ok();
  if (!is_finished) Apply(contact::HangUp{seat.contact, has_given_up}, now).IgnoreError();
  calls_.erase(seat.contact);
}

void Center::Leave(const CallId& call, absl::Time now) {
  Turn turn(*this);
  LeaveHeld(call, now);
}

void Center::LeaveBefore(const CallId& restarted, absl::Time now) {
  Turn turn(*this);
  // In the order in which they came: who becomes idle first is no accident.
  absl::btree_map<uint64_t, CallId> over;
  for (const auto& [call, seat] : seats_) {
    // The same report again changes nothing.
    const bool is_over = call.switch_name == restarted.switch_name &&
                         call.epoch < restarted.epoch && seat.outlasted_epoch < restarted.epoch;
    if (is_over) over.emplace(seat.number, call);
  }
  for (const auto& [number, call] : over) {
    if (!KeepsPromise(call, now, restarted.epoch)) LeaveHeld(call, now);
  }
}

void Center::Report(const CallReport& report, absl::Time now) {
  Turn turn(*this);
  if (report.kind == ReportKind::kReleased) return LeaveHeld(report.call, now);
  // First what is due, which may end the contact.
  AdvanceTo(now);
  Seat* seat = FindSeat(report.call);
  if (seat == nullptr) return;
  const bool is_callback = report.attempt.has_value() && report.attempt->target == kCallbackTarget;
  if (report.kind == ReportKind::kAnswered && is_callback) {
    NoteCalledBack(report.call, *report.attempt, now);
  } else if (report.kind == ReportKind::kAnswered || report.kind == ReportKind::kConfirmed) {
    NoteAnswered(*seat, report, now);
    seat = FindSeat(report.call);
    const bool is_reached = seat != nullptr && seat->is_reached_early && seat->owner_token != 0;
    if (is_reached) Reach(report.call, now);
  }
  seat = FindSeat(report.call);
  if (seat == nullptr) return;
  const bool holds = report.kind == ReportKind::kHold;
  if ((holds || report.kind == ReportKind::kResumed) && seat->owner_token != 0) {
    const contact::AgentId owner = seat->owner;
    Apply(contact::Hold{owner, seat->owner_token, holds}, now).IgnoreError();
    Touch(owner);
  }
  seat = FindSeat(report.call);
  if (seat != nullptr) Live(report.call, *seat, now);
}

void Center::KeepLive(absl::string_view switch_name, uint64_t epoch,
                      const absl::flat_hash_set<absl::string_view>& references, absl::Time now,
                      std::vector<std::string>& held, std::vector<std::string>& given_back) {
  Turn turn(*this);
  // As in LeaveBefore.
  absl::btree_map<uint64_t, CallId> over;
  for (auto& [call, seat] : seats_) {
    if (call.switch_name != switch_name || call.epoch != epoch) continue;
    const bool is_alive = references.contains(call.reference);
    if (is_alive) Live(call, seat, now);
    if (is_alive) {
      held.push_back(call.reference);
    } else {
      over.emplace(seat.number, call);
    }
  }
  for (const auto& [number, call] : over) {
    const bool stays = KeepsPromise(call, now);
    (stays ? held : given_back).push_back(call.reference);
    if (!stays) LeaveHeld(call, now);
  }
}

void Center::Watched(absl::string_view switch_name, bool is_watched, absl::Time now) {
  Turn turn(*this);
  std::vector<std::pair<uint64_t, CallId>> unheard;
  for (auto& [call, seat] : seats_) {
    if (call.switch_name != switch_name) continue;
    if (is_watched && seat.rests_unheard) unheard.emplace_back(seat.number, call);
    if (is_watched) {
      Live(call, seat, now);
      // Whatever it was told may not have come to it.
      news_.emplace(seat.number, call);
      ++version_;
    } else if (seat.owner_token == 0 && !seat.is_handed_over() && !seat.IsUnreached() &&
               seat.medium == contact::Medium::kCall) {
      LiveUntil(call, seat, std::min(seat.alive_until, now + kGrace));
    }
  }
  std::sort(unheard.begin(), unheard.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [number, call] : unheard) Wake(call, now);
}

void Center::Advance(absl::Time now, std::vector<std::pair<uint32_t, CallId>>& over) {
  Turn turn(*this);
  AdvanceTo(now);
  while (!alive_.empty() && alive_.begin()->first.first <= now) {
    const CallId call = alive_.begin()->second;
    const Seat* seat = FindSeat(call);
    // An agent waits for somebody who is not called any more.
    if (seat != nullptr && seat->owner_token != 0 && KeepsPromise(call, now)) continue;
    over.emplace_back(customer_, call);
    LeaveHeld(call, now);
  }
}

}  // namespace libroute
