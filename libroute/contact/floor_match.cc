// Who gets what: the choice of an agent for a contact and of a contact for an
// agent, and bringing them together after an event.

#include <algorithm>
#include <cassert>

#include "libroute/call/stable_hash.h"
#include "libroute/contact/floor.h"

namespace libroute::contact {

Effect& Floor::Emit(Effect::Kind kind) {
  Effect& effect = effects_->emplace_back();
  effect.number = ++effects_made_;
  effect.kind = kind;
  return effect;
}

Effect& Floor::EmitWork(Effect::Kind kind, uint32_t agent, const Work& work) {
  Effect& effect = Emit(kind);
  effect.contact = work.contact;
  effect.agent = agents_.id(agent);
  effect.token = work.token;
  return effect;
}

Media Floor::AvailableMedia(const Agent& agent) const {
  if (agent.presence != Presence::kReady || agent.line == Line::kBusy ||
      agent.disconnected_until != kNever) {
    return 0;
  }
  int cost = 0;
  int cost_for_calls = 0;
  bool has_call = false;
  bool has_interrupted = false;
  for (const Work& work : agent.works) {
    const bool gives_way = agent.calls_interrupt_emails && work.medium == Medium::kEmail &&
                           work.state == Work::State::kActive;
    cost += work.cost_now();
    cost_for_calls += gives_way ? 0 : work.cost_now();
    has_call |= work.medium == Medium::kCall && work.state != Work::State::kWrapUp;
    has_interrupted |= work.is_interrupted;
  }
  Media media = 0;
  if (!has_call && agent.line == Line::kIdle && agent.phone_rest_until == kNever &&
      cost_for_calls + call_cost_ <= kCapacity) {
    media |= MediumBit(Medium::kCall);
  }
  // What was interrupted goes on before anything new.
  if (!has_interrupted && cost + email_cost_ <= kCapacity) media |= MediumBit(Medium::kEmail);
  return media;
}

// Both sides remember the last few, so that a search passes by no more than these.
bool Floor::IsRefused(const Contact& contact, uint32_t contact_slot, uint32_t agent) const {
  if (contact.owner == agent) return true;
  // A reserve agent does not ring beside others.
  if (!contact.offers.empty() && agents_[agent].is_reserve) return true;
  for (uint32_t offered : contact.offers) {
    if (offered == agent) return true;
  }
  if (contact.refusals_until == kNever) return false;
  const auto& by = contact.refused_by;
  const auto& refused = agents_[agent].refused;
  return std::find(by.begin(), by.end(), agent) != by.end() &&
         std::find(refused.begin(), refused.end(), contacts_.id(contact_slot)) != refused.end();
}

std::optional<Floor::Candidate> Floor::PickAgent(uint32_t slot) const {
  const Contact& contact = contacts_[slot];
  if (contact.is_queued_for_agent) {
    const uint32_t wanted = contact.wanted_agent;
    const bool can = (AvailableMedia(agents_[wanted]) & MediumBit(contact.medium)) != 0 &&
                     !IsRefused(contact, slot, wanted);
    return can ? std::optional<Candidate>({wanted, kNobody}) : std::nullopt;
  }
  std::optional<Candidate> reserve;
  for (const Place& place : contact.places) {
    const Group& group = groups_[place.group];
    const FreeAgent* best = nullptr;
    for (uint8_t band = 0; band <= place.level; ++band) {
      for (const FreeAgent& free : group.free(contact.medium, band)) {
        if (best != nullptr && !(free < *best)) break;
        // They do not ring beside others.
        if (!contact.offers.empty() && free.is_reserve()) break;
        if (IsRefused(contact, slot, free.agent)) continue;
        best = &free;
        break;
      }
    }
    if (best == nullptr) continue;
    if (!best->is_reserve()) return Candidate{best->agent, place.group};
    if (!reserve.has_value()) reserve = {best->agent, place.group};
  }
  return reserve;
}

std::optional<Floor::Choice> Floor::ChooseContact(uint32_t slot, Media media) const {
  auto own = waiting_for_agent_.find(slot);
  for (int medium = 0; medium < kMedia && own != waiting_for_agent_.end(); ++medium) {
    if ((media & (1 << medium)) == 0) continue;
    for (const WaitKey& key : own->second[medium]) {
      if (!IsRefused(contacts_[key.contact], key.contact, slot))
        return Choice{key.contact, kNobody};
    }
  }
  std::optional<Choice> choice;
  std::pair<int64_t, WaitKey> best;
  for (const Membership& membership : agents_[slot].memberships) {
    if (membership.band == Group::kNoBand) continue;
    const Group& group = groups_[membership.group];
    const WaitKey* first = nullptr;
    for (int medium = 0; medium < kMedia; ++medium) {
      if ((media & (1 << medium)) == 0) continue;
      for (uint8_t level = membership.band; level < group.levels(); ++level) {
        const WaitKey* key =
            group.waiting(static_cast<Medium>(medium), level)
                .FirstWhere([&](const WaitKey& waiting) {
                  return !IsRefused(contacts_[waiting.contact], waiting.contact, slot);
                });
        if (key != nullptr && (first == nullptr || *key < *first)) first = key;
      }
    }
    if (first == nullptr) continue;
    std::pair<int64_t, WaitKey> rank{0, *first};
    rank.second.arrival += (membership.preference - 1) * preference_step_;
    // E-mails have no service level.
    const bool is_call = contacts_[first->contact].medium == Medium::kCall;
    if (is_call && rules_.choice == ContactChoice::kServiceLevel) {
      rank.first = -group.Shortfall(now_ - contacts_[first->contact].entered);
    }
    if (!choice.has_value() || rank < best) {
      best = rank;
      choice = {first->contact, membership.group};
    }
  }
  return choice;
}

size_t Floor::OffersWanted(const Contact& contact) const {
  if (!contact.is_seeking) return 0;
  if (contact.is_connecting || contact.rests_until != kNever) return 0;
  const Group* home = groups_.Get(contact.home);
  // Who waits for one agent rings there alone.
  if (home == nullptr || (contact.wanted_agent != kNobody && now_ < contact.agent_until)) return 1;
  const GroupRules& rules = home->rules();
  if (rules.strategy == Strategy::kRingAll) return rules.offer.ring_most;
  if (rules.strategy != Strategy::kProgressiveRing) return 1;
  return std::min<size_t>(contact.ring_allowed, rules.offer.ring_most);
}

uint64_t Floor::RankNow(uint32_t slot, const Membership& membership) const {
  const Agent& agent = agents_[slot];
  const Group& group = groups_[membership.group];
  IdleAgent idle;
  idle.index = membership.index;
  idle.contacts_today = agent.contacts_today;
  idle.talk_today = agent.talk_today;
  idle.occupancy_per_mille = agent.occupancy.PerMille(now_);
  idle.last_offer = agent.last_offer;
  idle.place = membership.place;
  idle.turn = group.turn;
  idle.lot = StableMix(rules_.seed + agent.idle_sequence * 0x9E3779B97F4A7C15ULL);
  return RankOf(group.strategy(), idle) | (agent.is_reserve ? kReserveRank : 0);
}

void Floor::Rerank(uint32_t slot) {
  TakeFromFree(slot);
  agents_[slot].has_old_ranks = true;
}

void Floor::TakeRanks(uint32_t slot) {
  Agent& agent = agents_[slot];
  for (Membership& membership : agent.memberships) membership.rank = RankNow(slot, membership);
  agent.has_old_ranks = false;
}

void Floor::BecomeIdle(uint32_t slot) {
  Rerank(slot);
  agents_[slot].idle_sequence = ++idle_sequence_;
  Freed(slot);
}

void Floor::SetMedia(uint32_t slot, Membership& membership, Media media) {
  const Media changed = membership.listed ^ media;
  if (changed == 0) return;
  Group& group = groups_[membership.group];
  const Agent& agent = agents_[slot];
  const FreeAgent entry{membership.rank, agent.idle_sequence, slot, agent.load};
  for (int medium = 0; medium < kMedia; ++medium) {
    if ((changed & (1 << medium)) == 0) continue;
    Group::FreeSet& free = group.free(static_cast<Medium>(medium), membership.band);
    if ((media & (1 << medium)) != 0) {
      free.insert(entry);
    } else {
      free.erase(entry);
    }
  }
  membership.listed = media;
}

void Floor::TakeFromFree(uint32_t slot) {
  for (Membership& membership : agents_[slot].memberships) SetMedia(slot, membership, 0);
}

void Floor::UpdateFree(uint32_t slot) {
  Agent& agent = agents_[slot];
  const Media media = AvailableMedia(agent);
  int load = 0;
  for (const Work& work : agent.works) load += work.cost;
  if (load != agent.load) {
    Rerank(slot);
    agent.load = static_cast<uint8_t>(std::min(load, int{UINT8_MAX}));
  }
  if (media != 0 && agent.has_old_ranks) TakeRanks(slot);
  for (Membership& membership : agent.memberships) {
    if (membership.band != Group::kNoBand) SetMedia(slot, membership, media);
  }
}

void Floor::Serve(uint32_t slot) {
  while (const Media media = AvailableMedia(agents_[slot])) {
    const std::optional<Choice> choice = ChooseContact(slot, media);
    if (!choice.has_value()) break;
    Offer(choice->contact, {slot, choice->group});
  }
  // Among the free only for what is left.
  UpdateFree(slot);
}

void Floor::OfferToFree(uint32_t slot) {
  while (contacts_[slot].offers.size() < OffersWanted(contacts_[slot])) {
    const std::optional<Candidate> candidate = PickAgent(slot);
    if (!candidate.has_value()) return;
    Offer(slot, *candidate);
  }
}

void Floor::CheckEmptied() {
  for (size_t i = 0; i < emptied_.size(); ++i) {
    const Group* group = groups_.Get(emptied_[i]);
    if (group == nullptr || group->ready > 0) continue;
    for (int medium = 0; medium < kMedia; ++medium) {
      for (uint8_t level = 0; level < group->levels(); ++level) {
        group->waiting(static_cast<Medium>(medium), level).ForEach([this](const WaitKey& key) {
          if (ShouldGiveUp(key.contact)) Returned(key.contact);
        });
      }
    }
  }
  emptied_.clear();
}

// Whoever comes back first looks at those who are free already; who becomes free
// then chooses among all that wait. Offers set nobody free, so this ends.
void Floor::Settle() {
  CheckEmptied();
  // In the order in which they wait, whatever sent them back.
  std::vector<WaitKey> returned;
  for (const ContactId& contact : returned_) {
    if (const Contact* here = contacts_.Get(contact)) returned.push_back(here->key);
  }
  returned_.clear();
  std::sort(returned.begin(), returned.end());
  for (const WaitKey& key : returned) WaitOn(key.contact);
  assert(returned_.empty());
  for (size_t i = 0; i < freed_.size(); ++i) {
    if (agents_.Get(freed_[i]) == nullptr) continue;
    const uint32_t agent = freed_[i].slot;
    if (agents_[agent].is_removed && agents_[agent].presence == Presence::kLoggedOut) {
      agents_.Remove(agent);
      continue;
    }
    ResumeEmails(agent);
    Serve(agent);
    UpdateDeadline(agent);
  }
  freed_.clear();
  assert(returned_.empty() && emptied_.empty());
  CheckAlarms();
}

}  // namespace libroute::contact
