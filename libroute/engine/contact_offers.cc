#include <algorithm>

#include "libroute/engine/contacts.h"
#include "libroute/tree/dial_address.h"

// Offers of contacts to agents: what the centre says of them, and what became of the phones.
namespace libroute {
namespace {

using contact::Reason;

// Targets of legs are numbered by the centre, so that an answer that comes late is not
// taken for another one's.
constexpr int kTargets = 1 << 20;

EventKind EventOf(Reason reason) {
  switch (reason) {
    case Reason::kNoAgents:
      return EventKind::kNoAgents;
    case Reason::kNoneReady:
      return EventKind::kNoneReady;
    case Reason::kFull:
      return EventKind::kGroupFull;
    case Reason::kClosed:
      return EventKind::kGroupClosed;
    default:
      return EventKind::kWaitTimeout;
  }
}

// What became of a phone that was dialled for an offer.
contact::Event EndOf(const AttemptResult* result, contact::AgentId agent, contact::Token token) {
  if (result != nullptr && result->outcome == Outcome::kNoAnswer) {
    return contact::NoAnswer{agent, token};
  }
  if (result != nullptr && result->outcome == Outcome::kRejected) {
    return contact::Decline{agent, token};
  }
  return contact::PhoneFailed{agent, token, result != nullptr && result->outcome == Outcome::kBusy};
}

}  // namespace

std::vector<int> Contacts::Seat::Dialled() const {
  std::vector<int> targets;
  for (const Offer& offer : offers) {
    if (!offer.at_desk) targets.push_back(offer.target);
  }
  return targets;
}

absl::Time Contacts::Seat::OffersEnd() const {
  absl::Time end = absl::InfinitePast();
  for (const Offer& offer : offers) end = std::max(end, offer.deadline);
  return end;
}

void Contacts::CloseOffer(Center& center, Seat& seat, contact::Token token) {
  std::erase_if(seat.offers, [&](const Offer& offer) {
    if (offer.token == token) center.unheard.erase({offer.deadline, token});
    return offer.token == token;
  });
}

void Contacts::CloseOffers(Center& center, Seat& seat) {
  for (const Offer& offer : seat.offers) center.unheard.erase({offer.deadline, offer.token});
  seat.offers.clear();
}

void Contacts::Note(Center& center, const contact::Effect& effect) {
  if (effect.kind == contact::Effect::Kind::kArrived && center.arriving != nullptr) {
    center.calls[effect.contact] = *center.arriving;
    seats_[*center.arriving].contact = effect.contact;
    return;
  }
  const auto known = center.calls.find(effect.contact);
  if (known == center.calls.end()) return;
  const CallId call = known->second;
  const auto found = seats_.find(call);
  if (effect.kind == contact::Effect::Kind::kEnded) center.calls.erase(known);
  if (found == seats_.end()) return;
  Seat& seat = found->second;
  switch (effect.kind) {
    case contact::Effect::Kind::kOffered:
      seat.offers.push_back(
          {center.next_target++, effect.agent, effect.token, effect.deadline, effect.at_desk});
      center.next_target &= kTargets - 1;
      if (!effect.at_desk) {
        center.unheard[{effect.deadline, effect.token}] = effect.agent;
      }
      break;
    case contact::Effect::Kind::kConnect:
      for (Offer& offer : seat.offers) {
        if (offer.token != effect.token) continue;
        offer.at_desk = false;
        offer.is_accepted = true;
        offer.deadline = effect.deadline;
        center.unheard[{offer.deadline, offer.token}] = offer.agent;
      }
      break;
    case contact::Effect::Kind::kOfferEnded:
      CloseOffer(center, seat, effect.token);
      break;
    case contact::Effect::Kind::kAnswered:
      CloseOffers(center, seat);
      seat.owner = effect.agent;
      seat.owner_token = effect.token;
      // What the switch has not seen itself.
      if (seat.medium == contact::Medium::kCall) return;
      emails_.NoteAgent(seat.customer, call.reference, center.floor.NameOf(effect.agent));
      break;
    case contact::Effect::Kind::kGaveUp:
      CloseOffers(center, seat);
      seat.gave_up = EventOf(effect.reason);
      break;
    case contact::Effect::Kind::kEnded:
      CloseOffers(center, seat);
      NoteFinished(call, seat);
      seat.contact = contact::ContactId();
      seat.owner_token = 0;
      // Who gave up and has not been told yet is told all the same.
      if (!seat.gave_up.has_value()) Forget(call);
      return;
    default:
      return;
  }
  news_.emplace(seat.serial, call);
}

void Contacts::NoteFinished(const CallId& call, const Seat& seat) {
  if (seat.medium == contact::Medium::kEmail && seat.owner_token != 0) {
    emails_.NoteFinished(seat.customer, call.reference);
  }
}

void Contacts::NoteResults(Seat& seat, const ContactRequest& request, absl::Time now) {
  if (request.results.empty()) return;
  Center& center = CenterOf(seat.customer);
  const std::vector<Offer> offers = seat.offers;
  seat.told.clear();
  for (const Offer& offer : offers) {
    // Those of the decision that the question goes on from.
    if (!offer.told_step.has_value() || *offer.told_step + 1 != request.step) continue;
    const AttemptResult* result = nullptr;
    for (const AttemptResult& one : request.results) {
      if (one.target == AttemptResult::kNextLeg || one.target == offer.target) result = &one;
    }
    // An offer that has ended meanwhile is not changed by that.
    Apply(center, EndOf(result, offer.agent, offer.token), now).IgnoreError();
  }
}

void Contacts::NoteAnswered(Seat& seat, const std::optional<AttemptId>& attempt, absl::Time now) {
  const Offer* answered = nullptr;
  for (const Offer& offer : seat.offers) {
    if (!offer.told_step.has_value()) continue;
    const bool is_meant =
        attempt.has_value() && attempt->target == offer.target && attempt->step == *offer.told_step;
    if (attempt.has_value() && !is_meant) continue;
    // Which of several it was, nobody has said.
    if (answered != nullptr) return;
    answered = &offer;
  }
  // Who answers too late has no offer any more.
  if (answered == nullptr) return;
  const contact::AgentId agent = answered->agent;
  const contact::Token token = answered->token;
  const contact::Event event = answered->is_accepted
                                   ? contact::Event(contact::Connected{agent, token})
                                   : contact::Event(contact::Answer{agent, token});
  Apply(CenterOf(seat.customer), event, now).IgnoreError();
}

std::shared_ptr<const ContactNow> Contacts::NowOf(const Center& center, const Seat& seat) const {
  auto made = std::make_shared<ContactNow>();
  for (const Offer& offer : seat.offers) {
    if (offer.at_desk) continue;
    const std::optional<contact::AgentStanding> agent = center.floor.Look(offer.agent);
    if (!agent.has_value()) continue;
    // Logging in has read it.
    const absl::StatusOr<DialAddress> address = ParseDialAddress(agent->phone);
    if (!address.ok()) continue;
    const auto times = center.rings.find(seat.group);
    const Rings rings = times == center.rings.end() ? Rings() : times->second;
    made->phones.push_back(
        {offer.target, center.floor.NameOf(offer.agent), address->number, address->uri,
         std::clamp(offer.is_accepted ? rings.connect_within : rings.answer_within, kRingRange.min,
                    kRingRange.max)});
  }
  const std::optional<contact::ContactStanding> standing = center.floor.Look(seat.contact);
  if (standing.has_value()) {
    made->position = static_cast<uint32_t>(standing->position);
    made->expected_wait = standing->median_wait;
    made->expected_wait_most = standing->bound_wait;
  }
  return made;
}

}  // namespace libroute
