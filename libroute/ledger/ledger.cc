#include "libroute/ledger/ledger.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

bool CanBeRefused(Claim::Kind kind) {
  return kind == Claim::Kind::kPlace || kind == Claim::Kind::kUse || kind == Claim::Kind::kRoom ||
         kind == Claim::Kind::kPass || kind == Claim::Kind::kProbe;
}

HealthRule HealthRuleOf(const Claim& claim) {
  return {claim.limit, claim.span, WatchSubject::Unpack(claim.subject).longest};
}

void NoteFailedAttempt(Health& health, const Claim& claim, absl::Duration retry_after,
                       absl::Time now) {
  if (retry_after > absl::ZeroDuration()) {
    health.NoteAskedToWait(now, retry_after, HealthRuleOf(claim));
  } else {
    health.NoteFailed(now, HealthRuleOf(claim));
  }
}

// Whether it says how attempts have ended, or that others begin.
bool IsOfAttempts(const ClaimOn& claim) {
  return claim.claim.kind == Claim::Kind::kWatch || claim.claim.kind == Claim::Kind::kFailed ||
         claim.claim.kind == Claim::Kind::kReached;
}

bool ClaimsPlaceAt(absl::Span<const ClaimOn> claims, const Counter* counter) {
  return std::any_of(claims.begin(), claims.end(), [&](const ClaimOn& claim) {
    return claim.claim.kind == Claim::Kind::kPlace && claim.counter == counter;
  });
}

}  // namespace

Ledger::Granting Ledger::Grant(const CallId& call, absl::Span<const ClaimOn> claims, absl::Time now,
                               uint32_t step) {
  Granting granting;
  // Which ones were not the call's before, by index.
  Marks newly(claims.size(), false);
  for (size_t i = 0; i < claims.size(); ++i) {
    const Grants grants = GrantOne(call, claims[i], now);
    if (grants == Grants::kGranted) newly[i] = true;
    if (grants != Grants::kRefused) continue;
    UndoAll(call, claims, newly, now);
    claims[i].counter->NoteRefused(now);
    granting.refused = i;
    return granting;
  }
  TakeTurns(claims, granting);
  if (!granting.other_turns.empty()) {
    UndoAll(call, claims, newly, now);
    return granting;
  }
  // What was begun before has ended.
  if (std::any_of(claims.begin(), claims.end(), IsOfAttempts)) {
    watched_.Remove(call, [](const Watched&) {});
  }
  for (const ClaimOn& claim : claims) {
    if (claim.claim.kind == Claim::Kind::kWatch) {
      Watch(call, claim, now, step);
    } else if (!CanBeRefused(claim.claim.kind)) {
      NoteGranted(call, claim, claims, now);
    }
  }
  return granting;
}

void Ledger::Watch(const CallId& call, const ClaimOn& claim, absl::Time now, uint32_t step) {
  watched_.FindOrAdd(call, now + lease_, [&](Watched& watched, absl::Time& until) {
    until = now + lease_;
    watched.step = step;
    watched.claims.push_back(claim);
    return true;
  });
}

void Ledger::NoteGranted(const CallId& call, const ClaimOn& claim, absl::Span<const ClaimOn> claims,
                         absl::Time now) {
  switch (claim.claim.kind) {
    case Claim::Kind::kMark:
      return claim.counter->Raise(static_cast<uint32_t>(claim.claim.subject));
    case Claim::Kind::kFailed:
      return NoteFailedAttempt(
          claim.counter->health(), claim.claim,
          absl::Seconds(WatchSubject::Unpack(claim.claim.subject).retry_after_seconds), now);
    case Claim::Kind::kReached:
      return claim.counter->health().NoteReached();
    case Claim::Kind::kLeave:
      if (!ClaimsPlaceAt(claims, claim.counter)) GiveBackPlace(call, claim, now);
      return;
    default:
      return;
  }
}

void Ledger::TakeTurns(absl::Span<const ClaimOn> claims, Granting& granting) {
  bool is_other = false;
  for (size_t i = 0; i < claims.size(); ++i) {
    const Claim& claim = claims[i].claim;
    if (claim.kind != Claim::Kind::kTurn || claim.limit == 0) continue;
    const uint32_t turn = claims[i].counter->TakeTurn();
    granting.other_turns.emplace_back(i, turn);
    is_other |= turn != claim.subject;
  }
  // As they were taken for granted.
  if (!is_other) granting.other_turns.clear();
}

void Ledger::UndoAll(const CallId& call, absl::Span<const ClaimOn> claims, const Marks& newly,
                     absl::Time now) {
  for (size_t i = 0; i < claims.size(); ++i) {
    if (newly[i]) Undo(call, claims[i], now);
  }
}

std::optional<size_t> Ledger::Examine(const CallId& call, absl::Span<const ClaimOn> claims,
                                      absl::Time now) {
  for (size_t i = 0; i < claims.size(); ++i) {
    const ClaimOn& claim = claims[i];
    if (!CanBeRefused(claim.claim.kind)) continue;
    if (!WouldGrant(call, claim, now)) return i;
  }
  return std::nullopt;
}

bool Ledger::WouldGrant(const CallId& call, const ClaimOn& claim, absl::Time now) {
  switch (claim.claim.kind) {
    case Claim::Kind::kPlace:
      return HasPlace(call, claim, now) || Taken(claim) < claim.claim.limit;
    case Claim::Kind::kPass:
      return MayPass(claim, now);
    case Claim::Kind::kProbe:
      return claim.counter->health().At(now, HealthRuleOf(claim.claim)) == Health::State::kMayProbe;
    default:
      return HasRoom(claim, now);
  }
}

Ledger::Grants Ledger::GrantOne(const CallId& call, const ClaimOn& claim, absl::Time now) {
  switch (claim.claim.kind) {
    case Claim::Kind::kPlace:
      return GrantPlace(call, claim, now);
    case Claim::Kind::kUse:
      return GrantUse(claim, now);
    case Claim::Kind::kRoom:
      return HasRoom(claim, now) ? Grants::kHadIt : Grants::kRefused;
    case Claim::Kind::kProtect:
      Protect(claim.claim, now);
      return Grants::kHadIt;
    case Claim::Kind::kPass:
      return GrantPass(claim, now);
    case Claim::Kind::kProbe:
      return claim.counter->health().TryProbe(now, HealthRuleOf(claim.claim)) ? Grants::kGranted
                                                                              : Grants::kRefused;
    // When nothing is refused.
    case Claim::Kind::kFailed:
    case Claim::Kind::kReached:
    case Claim::Kind::kWatch:
    case Claim::Kind::kTurn:
    case Claim::Kind::kMark:
    case Claim::Kind::kLeave:
      return Grants::kHadIt;
  }
  return Grants::kRefused;
}

Ledger::Grants Ledger::GrantUse(const ClaimOn& claim, absl::Time now) {
  const absl::Duration window = claim.claim.span;
  const absl::Time over = now + WindowCount::LongestSpan(window);
  auto use = [&](WindowCount& count, absl::Time& until) {
    if (count.Count(now, window) >= claim.claim.limit) return Grants::kRefused;
    count.Add(now, window);
    until = std::max(until, over);
    return Grants::kGranted;
  };
  return uses_.FindOrAdd({claim.counter, claim.claim.subject}, over, use)
      .value_or(Grants::kRefused);
}

bool Ledger::HasRoom(const ClaimOn& claim, absl::Time now) {
  return uses_
      .Find({claim.counter, claim.claim.subject}, now,
            [&](WindowCount& count, absl::Time&) {
              return count.Count(now, claim.claim.span) < claim.claim.limit;
            })
      .value_or(true);
}

void Ledger::Protect(const Claim& claim, absl::Time now) {
  protected_.FindOrAdd(claim.subject, now + claim.span, [&](Nothing, absl::Time& until) {
    until = std::max(until, now + claim.span);
    return true;
  });
}

void Ledger::Undo(const CallId& call, const ClaimOn& claim, absl::Time now) {
  if (claim.claim.kind == Claim::Kind::kUse) {
    uses_.Find({claim.counter, claim.claim.subject}, now, [&](WindowCount& count, absl::Time&) {
      count.Undo(now, claim.claim.span);
      return true;
    });
    return;
  }
  if (claim.claim.kind == Claim::Kind::kPass) return UndoPass(claim);
  if (claim.claim.kind == Claim::Kind::kProbe) return claim.counter->health().UndoProbe();
  GiveBackPlace(call, claim, now);
}

bool Ledger::IsProtected(E164Number line, absl::Time now) {
  auto is_there = [](Nothing, absl::Time&) { return true; };
  return protected_.Find(line.digits().packed(), now, is_there).value_or(false);
}

bool Ledger::IsMeant(const ClaimOn& claim, const Attempt& attempt, const Watched& watched) {
  const WatchSubject subject = WatchSubject::Unpack(claim.claim.subject);
  const auto is_same = [&](const ClaimOn& other) {
    return WatchSubject::Unpack(other.claim.subject).target == subject.target;
  };
  const bool is_target = attempt.target.has_value()
                             ? subject.target == *attempt.target
                             : std::all_of(watched.claims.begin(), watched.claims.end(), is_same);
  if (!is_target || !subject.is_gateway) return is_target && !attempt.is_of_gateway_alone;
  return attempt.gateway.empty() ? subject.is_only_gateway
                                 : claim.counter->name() ==
                                       HealthCounterName(absl::StrCat("gateway ", attempt.gateway));
}

void Ledger::NoteAttempt(const CallId& call, const Attempt& attempt, absl::Time now) {
  if (attempt.reach == Reach::kUnknown) return;
  watched_.Find(call, now, [&](const Watched& watched, absl::Time&) {
    if (attempt.step.value_or(watched.step) != watched.step) return true;
    for (const ClaimOn& claim : watched.claims) {
      if (!IsMeant(claim, attempt, watched)) continue;
      Health& health = claim.counter->health();
      if (attempt.reach == Reach::kReached) {
        health.NoteReached();
      } else {
        NoteFailedAttempt(health, claim.claim, attempt.retry_after, now);
      }
    }
    return true;
  });
}

bool Ledger::Release(const CallId& call) {
  watched_.Remove(call, [](const Watched&) {});
  return holders_.Remove(call, [&](Places& places) { GiveBackAll(places); });
}

void Ledger::ReleaseBefore(absl::string_view switch_name, uint64_t epoch) {
  if (holders_.empty()) return;
  std::vector<CallId> over;
  holders_.ForEach([&](const CallId& call, Places&, absl::Time&) {
    if (call.switch_name == switch_name && call.epoch < epoch) over.push_back(call);
  });
  for (const CallId& call : over) Release(call);
}

bool Ledger::Holds(const CallId& call, absl::Time now) {
  return holders_.Find(call, now, [](const Places&, absl::Time&) { return true; }).value_or(false);
}

bool Ledger::WouldHold(const CallId& call, absl::Span<const ClaimOn> claims, absl::Time now) {
  const auto is_left = [&](const Place& place) {
    return std::any_of(claims.begin(), claims.end(), [&](const ClaimOn& claim) {
      return claim.claim.kind == Claim::Kind::kLeave && PlaceOf(claim) == place;
    });
  };
  return holders_
      .Find(call, now,
            [&](const Places& places, absl::Time&) {
              return !std::all_of(places.begin(), places.end(), is_left);
            })
      .value_or(false);
}

bool Ledger::Renew(const CallId& call, absl::Time now) {
  return holders_
      .Find(call, now,
            [&](const Places& places, absl::Time& until) {
              Prolong(places, until, now);
              return true;
            })
      .value_or(false);
}

Ledger::Kept Ledger::KeepLive(absl::string_view switch_name, uint64_t epoch,
                              absl::Span<const std::string> references, absl::Time now) {
  Kept kept;
  if (holders_.empty()) return kept;
  const absl::flat_hash_set<absl::string_view> alive(references.begin(), references.end());
  holders_.ForEach([&](const CallId& call, const Places& places, absl::Time& until) {
    if (call.switch_name != switch_name || call.epoch != epoch) return;
    const bool is_alive = alive.contains(call.reference);
    if (is_alive) Prolong(places, until, now);
    (is_alive ? kept.held : kept.given_back).push_back(call.reference);
  });
  for (const std::string& reference : kept.given_back) {
    Release({std::string(switch_name), epoch, reference});
  }
  return kept;
}

std::vector<CallId> Ledger::Expire(absl::Time now) {
  std::vector<CallId> over;
  holders_.Expire(now, [&](const CallId& call, Places& places) {
    GiveBackAll(places);
    over.push_back(call);
  });
  uses_.Expire(now, [](const auto&, const auto&) {});
  // After the calls that have them.
  places_of_each_.Expire(now, [](const auto&, const auto&) {});
  passes_of_each_.Expire(now, [](const auto&, const auto&) {});
  protected_.Expire(now, [](const auto&, const auto&) {});
  watched_.Expire(now, [](const auto&, const auto&) {});
  return over;
}

absl::Time Ledger::NextDeadline() const {
  return std::min({holders_.NextDeadline(), uses_.NextDeadline(), protected_.NextDeadline(),
                   watched_.NextDeadline(), places_of_each_.NextDeadline(),
                   passes_of_each_.NextDeadline()});
}

}  // namespace libroute
