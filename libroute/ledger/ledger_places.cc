#include <algorithm>

#include "libroute/ledger/ledger.h"

// Places and rates, of all calls together and of numbers by themselves.
namespace libroute {
namespace {

Pace PaceOf(const Claim& claim) {
  return {claim.span / claim.limit, static_cast<uint32_t>(claim.subject)};
}

}  // namespace

bool Ledger::HasPlace(const CallId& call, const ClaimOn& claim, absl::Time now) {
  return holders_
      .Find(call, now,
            [&](Places& places, absl::Time&) {
              return std::find(places.begin(), places.end(), PlaceOf(claim)) != places.end();
            })
      .value_or(false);
}

// What is over counts until it is dropped, as with all calls together.
uint32_t Ledger::Taken(const ClaimOn& claim) {
  if (claim.claim.each == 0) return claim.counter->taken();
  return places_of_each_
      .Find({claim.counter, claim.claim.each}, absl::InfinitePast(),
            [](uint32_t taken, absl::Time&) { return taken; })
      .value_or(0);
}

bool Ledger::TakePlace(const ClaimOn& claim, absl::Time now) {
  if (claim.claim.each == 0) return claim.counter->TryTake(claim.claim.limit);
  auto take = [&](uint32_t& taken, absl::Time& until) {
    if (taken >= claim.claim.limit) return false;
    ++taken;
    until = std::max(until, now + lease_);
    return true;
  };
  const bool is_taken =
      places_of_each_.FindOrAdd({claim.counter, claim.claim.each}, now + lease_, take)
          .value_or(false);
  // Those of all numbers together are only to be told.
  if (is_taken) claim.counter->TryTake(UINT32_MAX);
  return is_taken;
}

void Ledger::GiveBack(const Place& place) {
  place.counter->GiveBack();
  if (place.each == 0) return;
  places_of_each_.RemoveIf({place.counter, place.each},
                           [](uint32_t& taken) { return taken == 0 || --taken == 0; });
}

void Ledger::GiveBackAll(Places& places) {
  for (const Place& place : places) GiveBack(place);
  places.clear();
}

void Ledger::Prolong(const Places& places, absl::Time& until, absl::Time now) {
  until = std::max(until, now + lease_);
  for (const Place& place : places) {
    if (place.each == 0) continue;
    places_of_each_.Find({place.counter, place.each}, absl::InfinitePast(),
                         [&](uint32_t, absl::Time& kept) {
                           kept = std::max(kept, now + lease_);
                           return true;
                         });
  }
}

bool Ledger::MayPass(const ClaimOn& claim, absl::Time now) {
  const Pace pace = PaceOf(claim.claim);
  if (claim.claim.each == 0) return claim.counter->MayPass(now, pace);
  auto may_pass = [&](int64_t empty_at, absl::Time&) {
    return EmptyAfter(empty_at, now, pace).has_value();
  };
  return passes_of_each_.Find({claim.counter, claim.claim.each}, now, may_pass).value_or(true);
}

Ledger::Grants Ledger::GrantPass(const ClaimOn& claim, absl::Time now) {
  const Pace pace = PaceOf(claim.claim);
  if (claim.claim.each == 0) {
    return claim.counter->TryPass(now, pace) ? Grants::kGranted : Grants::kRefused;
  }
  auto pass = [&](int64_t& empty_at, absl::Time& until) {
    const std::optional<int64_t> after = EmptyAfter(empty_at, now, pace);
    if (!after.has_value()) return Grants::kRefused;
    empty_at = *after;
    until = std::max(until, absl::FromUnixNanos(*after));
    return Grants::kGranted;
  };
  return passes_of_each_.FindOrAdd({claim.counter, claim.claim.each}, now + pace.interval, pass)
      .value_or(Grants::kRefused);
}

void Ledger::UndoPass(const ClaimOn& claim) {
  const Pace pace = PaceOf(claim.claim);
  if (claim.claim.each == 0) return claim.counter->UndoPass(pace);
  passes_of_each_.Find({claim.counter, claim.claim.each}, absl::InfinitePast(),
                       [&](int64_t& empty_at, absl::Time&) {
                         empty_at -= absl::ToInt64Nanoseconds(pace.interval);
                         return true;
                       });
}

Ledger::Grants Ledger::GrantPlace(const CallId& call, const ClaimOn& claim, absl::Time now) {
  if (HasPlace(call, claim, now)) {
    Renew(call, now);
    return Grants::kHadIt;
  }
  if (!TakePlace(claim, now)) return Grants::kRefused;
  const Place place = PlaceOf(claim);
  return *holders_.FindOrAdd(call, now + lease_, [&](Places& places, absl::Time& until) {
    Prolong(places, until, now);
    if (std::find(places.begin(), places.end(), place) != places.end()) {
      // The same call has asked twice at the same time.
      GiveBack(place);
      return Grants::kHadIt;
    }
    places.push_back(place);
    return Grants::kGranted;
  });
}

void Ledger::GiveBackPlace(const CallId& call, const ClaimOn& claim, absl::Time now) {
  const bool is_last = holders_
                           .Find(call, now,
                                 [&](Places& places, absl::Time&) {
                                   auto own =
                                       std::find(places.begin(), places.end(), PlaceOf(claim));
                                   if (own == places.end()) return false;
                                   GiveBack(*own);
                                   places.erase(own);
                                   return places.empty();
                                 })
                           .value_or(false);
  if (is_last) Release(call);
}

}  // namespace libroute
