#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/engine/state.h"

// Facts, and what comes about because time passes.
namespace libroute {
namespace {

const std::vector<std::string>& NamesOf(const FactNames& names, FactKind kind) {
  switch (kind) {
    case FactKind::kDestination:
      return names.destinations;
    case FactKind::kSite:
      return names.sites;
    case FactKind::kSwitch:
      return names.switches;
    case FactKind::kGroup:
      return names.groups;
    case FactKind::kConference:
      return names.conferences;
    case FactKind::kLimit:
      return names.limits;
    case FactKind::kGateway:
      return names.gateways;
  }
  return names.groups;
}

// What comes about when a fact expires.
std::string ExpiredText(const Customer& customer, FactKind kind, const std::string& name) {
  const PublishedPlans* published = customer.published.load(std::memory_order_seq_cst);
  if (kind == FactKind::kSwitch && published != nullptr && published->live != nullptr) {
    const FactNames& names = published->live->plan->fact_names();
    const auto found = std::find(names.switches.begin(), names.switches.end(), name);
    if (found != names.switches.end()) {
      const int index = static_cast<int>(found - names.switches.begin());
      return absl::StrCat("switch ", name, " is ", names.ValuesOfSwitch(index).front(),
                          " again: its time is over");
    }
  }
  return absl::StrCat(FactKindName(kind), " ", name, " is not known any more");
}

}  // namespace

void Engine::State::NoteFactExpiry(int64_t expires_seconds) {
  MutexLock lock(facts_mutex_);
  if (expires_seconds < next_fact_expiry_.load()) next_fact_expiry_.store(expires_seconds);
}

absl::Status Engine::State::SetFact(absl::string_view customer, FactKind kind,
                                    absl::string_view name, uint8_t value, absl::Time until) {
  if (kind == FactKind::kSwitch) {
    return absl::InvalidArgumentError("a switch is set by SetSwitch, which says who has set it");
  }
  std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr) return NoLivePlan(customer);
  const std::vector<std::string>& names = NamesOf(live->plan->fact_names(), kind);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    return absl::NotFoundError(absl::StrCat("no ", FactKindName(kind), " ", Quoted(name),
                                            " in the live plan of ", customer,
                                            DidYouMean(name, names)));
  }
  const int64_t expires = FactCell::ExpiryOf(until);
  ReadGuard guard(domain);
  customers.Find(customer)->facts.Set(kind, name, value, expires);
  NoteFactExpiry(expires);
  return absl::OkStatus();
}

std::vector<Effect> Engine::State::Advance(absl::Time now) {
  std::vector<Effect> effects;
  if (now >= schedules.NextMaintenance()) {
    schedules.Extend(now);
    effects.push_back({Effect::Kind::kHorizonMoved, "", "schedules look farther ahead"});
  }
  int64_t now_seconds = absl::ToUnixSeconds(now);
  if (now_seconds >= next_fact_expiry_.load()) {
    ReadGuard guard(domain);
    MutexLock lock(facts_mutex_);
    int64_t next = FactCell::kForever;
    for (uint32_t slot = 0; slot < customers.size(); ++slot) {
      Customer& customer = customers.at(slot);
      for (const auto& [kind, name] : customer.facts.Expire(now_seconds)) {
        effects.push_back(
            {Effect::Kind::kFactExpired, customer.name, ExpiredText(customer, kind, name)});
      }
      next = std::min(next, customer.facts.NextExpiry(now_seconds));
    }
    next_fact_expiry_.store(next);
  }
  if (now_seconds >= next_recovery_end_.load()) EndRecoveries(now, effects);
  for (const auto& [slot, call] : contacts.Advance(now)) {
    effects.push_back({Effect::Kind::kContactExpired, customers.at(slot).name,
                       absl::StrCat("call ", call.ToString(), " was not heard of any more")});
  }
  for (const CallId& call : ledger.Expire(now)) {
    effects.push_back({Effect::Kind::kLeaseEnded, "",
                       absl::StrCat("call ", call.ToString(),
                                    " was not heard of any more: its places are free")});
  }
  held.Expire(now);
  held_emails.Expire(now);
  if (records != nullptr) records->Expire(now);
  domain.Reclaim();
  return effects;
}

absl::Time Engine::State::NextDeadline() {
  absl::Time next = std::min(schedules.NextMaintenance(), contacts.NextDeadline());
  next = std::min({next, held.NextDeadline(), held_emails.NextDeadline(), ledger.NextDeadline()});
  if (records != nullptr) next = std::min(next, records->NextDeadline());
  const int64_t fact = std::min(next_fact_expiry_.load(), next_recovery_end_.load());
  if (fact != FactCell::kForever) next = std::min(next, absl::FromUnixSeconds(fact));
  return next;
}

}  // namespace libroute
