#include <algorithm>

#include "libroute/engine/center_turn.h"
#include "libroute/engine/emails.h"
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
contact::Event EndOf(std::optional<Outcome> outcome, contact::AgentId agent, contact::Token token) {
  if (outcome == Outcome::kNoAnswer || outcome == Outcome::kNotConfirmed) {
    return contact::NoAnswer{agent, token};
  }
  if (outcome == Outcome::kRejected) return contact::Decline{agent, token};
  return contact::PhoneFailed{agent, token, outcome == Outcome::kBusy};
}

}  // namespace

std::vector<int> Center::Seat::Dialled() const {
  std::vector<int> targets;
  for (const Offer& offer : offers) {
    if (!offer.at_desk && !offer.is_consultation) targets.push_back(offer.target);
  }
  if (const Outside* number = sent_out()) targets.push_back(number->target);
  return targets;
}

absl::Time Center::Seat::OffersEnd() const {
  absl::Time end = absl::InfinitePast();
  for (const Offer& offer : offers) end = std::max(end, offer.deadline);
  return end;
}

int Center::NewTarget() {
  const int target = next_target_;
  next_target_ = (next_target_ + 1) & (kTargets - 1);
  return target;
}

void Center::CloseOffer(Seat& seat, contact::Token token) {
  std::erase_if(seat.offers, [&](const Offer& offer) ABSL_NO_THREAD_SAFETY_ANALYSIS {
    if (offer.token == token) unheard_.erase({offer.deadline, token});
    return offer.token == token;
  });
}

void Center::CloseOffers(Seat& seat) {
  for (const Offer& offer : seat.offers) unheard_.erase({offer.deadline, offer.token});
  seat.offers.clear();
}

void Center::NoteTold(Offer& offer, uint32_t step) {
  offer.told_step = step;
  unheard_.erase({offer.deadline, offer.token});
}

void Center::Note(const contact::Effect& effect) {
  ++version_;
  if (effect.agent && floor_.Has(effect.agent)) {
    Touch(effect.agent);
  } else if (effect.agent) {
    // It is gone for good.
    TouchAll();
  }
  if (effect.kind == contact::Effect::Kind::kArrived && arriving_ != nullptr) {
    calls_[effect.contact] = *arriving_;
    seats_[*arriving_].contact = effect.contact;
    return;
  }
  const auto known = calls_.find(effect.contact);
  if (known == calls_.end()) return;
  const CallId call = known->second;
  if (effect.kind == contact::Effect::Kind::kEnded) calls_.erase(known);
  Seat* seat = FindSeat(call);
  if (seat == nullptr) return;
  if (effect.kind == contact::Effect::Kind::kEnded) {
    CloseOffers(*seat);
    NoteFinished(call, *seat);
    seat->consulted_token = 0;
    seat->contact = contact::ContactId();
    seat->owner_token = 0;
    // Who gave up and has not been told yet is told all the same.
    if (seat->gave_up.has_value()) {
      news_.emplace(seat->number, call);
    } else if (!seat->is_handed_over()) {
      Forget(call);
    }
    return;
  }
  if (NoteOfCall(effect, call, *seat)) news_.emplace(seat->number, call);
}

bool Center::NoteOfCall(const contact::Effect& effect, const CallId& call, Seat& seat) {
  switch (effect.kind) {
    case contact::Effect::Kind::kOffered:
      seat.offers.push_back({NewTarget(), effect.agent, effect.token, effect.deadline,
                             effect.at_desk, false, std::nullopt, seat.owner_token != 0,
                             effect.group});
      if (!effect.at_desk) unheard_[{effect.deadline, effect.token}] = effect.agent;
      return true;
    case contact::Effect::Kind::kConnect:
      for (Offer& offer : seat.offers) {
        if (offer.token != effect.token) continue;
        offer.at_desk = false;
        offer.is_accepted = true;
        offer.deadline = effect.deadline;
        unheard_[{offer.deadline, offer.token}] = offer.agent;
      }
      return true;
    case contact::Effect::Kind::kOfferEnded:
      CloseOffer(seat, effect.token);
      if (seat.offers.empty()) seat.is_reached_early = false;
      return true;
    case contact::Effect::Kind::kAnswered:
      if (seat.owner_token != 0) NoteConsulted(effect, seat);
      CloseOffers(seat);
      // Who is consulted does not have it.
      if (seat.owner_token != 0) return true;
      seat.owner = effect.agent;
      seat.owner_token = effect.token;
      seat.is_handed_on = false;
      seat.rests_unheard = false;
      // What the switch has not seen itself.
      if (seat.medium == contact::Medium::kCall) return false;
      emails_.NoteAgent(customer_, call.switch_name, call.reference, floor_.NameOf(effect.agent));
      return true;
    case contact::Effect::Kind::kHandedOver:
      seat.consulted_token = 0;
      seat.owner = effect.agent;
      seat.owner_token = effect.token;
      if (seat.medium == contact::Medium::kEmail) {
        emails_.NoteAgent(customer_, call.switch_name, call.reference, floor_.NameOf(effect.agent));
      }
      return true;
    case contact::Effect::Kind::kConsultEnded:
      seat.consulted_token = 0;
      seat.outside.reset();
      return true;
    case contact::Effect::Kind::kConsulting:
      return true;
    case contact::Effect::Kind::kWrapUp:
    case contact::Effect::Kind::kReleased:
      if (handing_on_ != nullptr && effect.token == handing_on_->token) {
        if (seat.owner_token == effect.token) NoteHandedOn(seat, handing_on_->group);
        return true;
      }
      return effect.token == seat.owner_token && NoteTakenBack(seat);
    case contact::Effect::Kind::kGaveUp:
      CloseOffers(seat);
      seat.gave_up = EventOf(effect.reason);
      // Who does not ask any more is not waited for.
      if (seat.medium == contact::Medium::kEmail) {
        LiveUntil(call, seat, effect.deadline + kEmailHold);
      }
      return true;
    default:
      return false;
  }
}

void Center::NoteConsulted(const contact::Effect& effect, Seat& seat) {
  for (const Offer& offer : seat.offers) {
    if (offer.token != effect.token) continue;
    seat.consulted = effect.agent;
    seat.consulted_token = effect.token;
    seat.consulted_target = offer.target;
  }
}

void Center::NoteFinished(const CallId& call, const Seat& seat) {
  if (seat.medium == contact::Medium::kEmail && seat.owner_token != 0) {
    emails_.NoteFinished(customer_, call.switch_name, call.reference, floor_.NameOf(seat.owner));
  }
}

bool Center::NoteTakenBack(Seat& seat) {
  const std::optional<contact::ContactStanding> standing = floor_.Look(seat.contact);
  using State = contact::ContactStanding::State;
  if (!standing.has_value() || standing->state == State::kActive ||
      standing->state == State::kWrapUp) {
    return false;
  }
  seat.owner_token = 0;
  return true;
}

void Center::NoteHandedOn(Seat& seat, const std::string& to_group) {
  seat.owner_token = 0;
  seat.is_handed_on = true;
  seat.group = to_group;
  // An e-mail waits until somebody takes it.
  if (seat.medium == contact::Medium::kEmail) {
    seat.max_wait = absl::InfiniteDuration();
    return;
  }
  const auto times = times_.find(seat.group);
  seat.max_wait = times == times_.end() ? contact::Wish().agent_wait : times->second.max_wait;
}

void Center::NoteResults(Seat& seat, const ContactRequest& request, absl::Time now) {
  if (request.results.empty()) return;
  const std::vector<Offer> offers = seat.offers;
  seat.told.clear();
  if (seat.sent_out() != nullptr) {
    const bool is_over =
        seat.outside->told_step.has_value() && *seat.outside->told_step + 1 == request.step;
    if (is_over) ReturnFromOutside(request.call, seat, now);
    return;
  }
  for (const Offer& offer : offers) {
    // Those of the decision that the question goes on from.
    if (!offer.told_step.has_value() || *offer.told_step + 1 != request.step) continue;
    std::optional<Outcome> outcome;
    for (const AttemptResult& one : request.results) {
      const bool is_it = one.target == AttemptResult::kNextLeg || one.target == offer.target;
      if (is_it) outcome = one.outcome;
    }
    // An offer that has ended meanwhile is not changed by that.
    Apply(EndOf(outcome, offer.agent, offer.token), now).IgnoreError();
  }
}

void Center::NoteAttempt(const CallId& call, const AttemptEnd& end, absl::Time now) {
  Turn turn(*this);
  // First what is due, which may end the contact.
  AdvanceTo(now);
  Seat* seat = FindSeat(call);
  if (seat == nullptr || NoteEndedOutside(call, *seat, end.attempt, now)) return;
  for (const Offer& offer : seat->offers) {
    if (offer.target != end.attempt.target || !offer.told_step.has_value()) continue;
    if (end.attempt.step > *offer.told_step) continue;
    Apply(EndOf(end.outcome, offer.agent, offer.token), now).IgnoreError();
    return;
  }
  // Who was consulted has hung up: the owner goes on alone.
  if (seat->consulted_token == 0 || seat->consulted_target != end.attempt.target) return;
  Apply(contact::Finish{seat->consulted, seat->consulted_token}, now).IgnoreError();
}

void Center::NoteAnswered(Seat& seat, const CallReport& report, absl::Time now) {
  const std::optional<AttemptId>& attempt = report.attempt;
  const bool is_confirmed = report.kind == ReportKind::kConfirmed;
  if (seat.outside.has_value()) {
    if (!is_confirmed) NoteAnsweredOutside(seat, attempt, now);
    return;
  }
  const Offer* answered = nullptr;
  for (const Offer& offer : seat.offers) {
    if (!offer.told_step.has_value()) continue;
    if (!attempt.has_value() && is_confirmed && !offer.is_confirming) continue;
    const bool is_meant =
        attempt.has_value() && attempt->target == offer.target && attempt->step <= *offer.told_step;
    if (attempt.has_value() && !is_meant) continue;
    // Which of several it was, nobody has said.
    if (answered != nullptr) return;
    answered = &offer;
  }
  // Who answers too late has no offer any more.
  if (answered == nullptr) return;
  // It may be a voicemail.
  if (answered->is_confirming && !is_confirmed) return;
  const contact::AgentId agent = answered->agent;
  const contact::Token token = answered->token;
  const contact::Event event = answered->is_accepted
                                   ? contact::Event(contact::Connected{agent, token})
                                   : contact::Event(contact::Answer{agent, token});
  Apply(event, now).IgnoreError();
}

std::optional<ContactNow::Phone> Center::PhoneOf(const Seat& seat, const Offer& offer) const {
  const std::optional<contact::AgentStanding> agent = floor_.Look(offer.agent);
  if (!agent.has_value()) return std::nullopt;
  // Logging in has read it.
  const absl::StatusOr<DialAddress> address = ParseDialAddress(agent->phone);
  if (!address.ok()) return std::nullopt;
  const auto found = times_.find(seat.group);
  const GroupTimes times = found == times_.end() ? GroupTimes() : found->second;
  return ContactNow::Phone{
      offer.target,
      floor_.NameOf(offer.agent),
      address->number,
      address->uri,
      std::clamp(offer.is_accepted ? times.connect_within : times.answer_within, kRingRange.min,
                 kRingRange.max),
      floor_.NameOf(offer.group)};
}

std::shared_ptr<const ContactNow> Center::NowOf(const Seat& seat) const {
  auto made = std::make_shared<ContactNow>(WaitOf(seat));
  for (const Offer& offer : seat.offers) {
    if (offer.at_desk || offer.is_consultation) continue;
    std::optional<ContactNow::Phone> phone = PhoneOf(seat, offer);
    if (phone.has_value()) made->phones.push_back(*std::move(phone));
  }
  if (const Outside* number = seat.sent_out()) made->phones.push_back(PhoneOf(*number));
  return made;
}

ContactNow Center::WaitOf(const Seat& seat) const {
  ContactNow now;
  if (seat.is_handed_on) {
    now.group = seat.group;
    now.max_wait = seat.max_wait;
  }
  now.is_called_back = seat.is_called_back;
  const std::optional<contact::ContactStanding> standing = floor_.Look(seat.contact);
  if (standing.has_value()) {
    now.position = static_cast<uint32_t>(standing->position);
    now.expected_wait = standing->median_wait;
    now.expected_wait_most = standing->bound_wait;
    now.waited = standing->waited;
    now.rests_until = standing->rests_until;
  }
  return now;
}

std::shared_ptr<const ContactNow> Center::FindHandedOn(const CallId& call) const {
  MutexLock lock(mutex_);
  const Seat* seat = FindSeat(call);
  if (seat == nullptr || !seat->is_handed_on || seat->owner_token != 0) return nullptr;
  // Whoever takes it is told next.
  return std::make_shared<ContactNow>(WaitOf(*seat));
}

void Center::NoteConfirming(const CallId& call, const std::vector<int>& targets) {
  MutexLock lock(mutex_);
  Seat* seat = FindSeat(call);
  if (seat == nullptr) return;
  for (Offer& offer : seat->offers) {
    offer.is_confirming |= std::find(targets.begin(), targets.end(), offer.target) != targets.end();
  }
}

CallNow Center::TellAgents(const CallId& call) {
  Turn turn(*this);
  CallNow now;
  Seat* seat = FindSeat(call);
  if (seat != nullptr) TellOutside(*seat, now);
  if (seat == nullptr || seat->owner_token == 0 || seat->is_handed_over()) return now;
  now.agent = floor_.NameOf(seat->owner);
  for (Offer& offer : seat->offers) {
    if (offer.at_desk) continue;
    std::optional<ContactNow::Phone> phone = PhoneOf(*seat, offer);
    if (!phone.has_value()) continue;
    now.phones.push_back(*std::move(phone));
    NoteTold(offer, seat->step);
  }
  const std::optional<contact::ContactStanding> standing = floor_.Look(seat->contact);
  if (!standing.has_value()) return now;
  now.consulted = floor_.NameOf(standing->consulted);
  now.consults = standing->is_consulting;
  return now;
}

}  // namespace libroute
