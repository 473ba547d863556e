#include "libroute/engine/contacts.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/tree/dial_address.h"

namespace libroute {
namespace {

using contact::Reason;

// A switch may learn of an offer as late as by its next poll, and a phone takes a while to
// ring at all. The switch says when a phone has rung for long enough; an offer ends by
// itself only so much later.
constexpr absl::Duration kSlack = absl::Seconds(20);
constexpr absl::Duration kLongestOffer = absl::Hours(1);
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

Contacts::Center& Contacts::CenterOf(uint32_t customer) {
  std::unique_ptr<Center>& center = centers_[customer];
  if (center == nullptr) center = std::make_unique<Center>();
  return *center;
}

const Contacts::Center* Contacts::FindCenter(uint32_t customer) const {
  const auto found = centers_.find(customer);
  return found == centers_.end() ? nullptr : found->second.get();
}

void Contacts::Configure(uint32_t customer, contact::CenterRules rules, absl::TimeZone zone,
                         absl::Time now) {
  MutexLock lock(mutex_);
  if (rules.groups.empty() && rules.agents.empty() && FindCenter(customer) == nullptr) return;
  Center& center = CenterOf(customer);
  center.agents.clear();
  center.groups.clear();
  center.rings.clear();
  center.zone = zone;
  if (!waits_unattended_ && !rules.agents.empty()) {
    center.next_day = zone.At(absl::ToCivilDay(now, zone) + 1).pre;
  }
  for (const contact::AgentRules& agent : rules.agents) center.agents.push_back(agent.name);
  for (contact::GroupRules& group : rules.groups) {
    center.groups.push_back(group.name);
    contact::OfferRules& offer = group.offer;
    center.rings[group.name] = {offer.answer_within, offer.connect_within};
    offer.connect_within = std::min(offer.connect_within + kSlack, kLongestOffer);
    if (offer.style == contact::OfferStyle::kRingFirst) {
      offer.answer_within = std::min(offer.answer_within + kSlack, kLongestOffer);
    }
  }
  // What a plan's compiler lets through, a centre takes.
  Apply(center, contact::Configure{std::move(rules)}, now).IgnoreError();
}

void Contacts::AdvanceTo(Center& center, absl::Time now) {
  while (NextDeadline(center) <= now) {
    if (!center.unheard.empty() && center.unheard.begin()->first.first <= now) {
      // Whose phone was never dialled has missed nothing.
      const auto [due, agent] = *center.unheard.begin();
      center.unheard.erase(center.unheard.begin());
      effects_.clear();
      center.floor
          .Apply(contact::Decline{agent, due.second}, due.first - absl::Microseconds(1), effects_)
          .IgnoreError();
      for (const contact::Effect& effect : effects_) Note(center, effect);
    } else if (center.next_day <= now) {
      const absl::Time day = center.next_day;
      center.next_day = center.zone.At(absl::ToCivilDay(now, center.zone) + 1).pre;
      effects_.clear();
      center.floor.Apply(contact::NewDay{}, day, effects_).IgnoreError();
      for (const contact::Effect& effect : effects_) Note(center, effect);
    } else {
      break;
    }
  }
  effects_.clear();
  center.floor.Advance(now, effects_);
  for (const contact::Effect& effect : effects_) Note(center, effect);
}

absl::Time Contacts::NextDeadline(const Center& center) {
  const absl::Time unheard =
      center.unheard.empty() ? absl::InfiniteFuture() : center.unheard.begin()->first.first;
  return std::min({center.floor.NextDeadline(), center.next_day, unheard});
}

absl::Status Contacts::Apply(Center& center, const contact::Event& event, absl::Time now) {
  AdvanceTo(center, now);
  effects_.clear();
  absl::Status status = center.floor.Apply(event, now, effects_);
  for (const contact::Effect& effect : effects_) Note(center, effect);
  return status;
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
      return;
    case contact::Effect::Kind::kGaveUp:
      CloseOffers(center, seat);
      seat.gave_up = EventOf(effect.reason);
      break;
    case contact::Effect::Kind::kEnded:
      CloseOffers(center, seat);
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

absl::StatusOr<uint64_t> Contacts::Enter(const libroute::Enter& enter, absl::Time now) {
  const ContactRequest& request = enter.contact;
  MutexLock lock(mutex_);
  const auto before = seats_.find(request.call);
  if (before != seats_.end()) NoteResults(before->second, request, now);
  const auto after = seats_.find(request.call);
  // Whoever has had the call is done with it: it comes anew.
  const bool is_anew = after != seats_.end() && after->second.owner_token != 0;
  if (request.kind == ContactRequest::Kind::kLeave || is_anew) Leave(request.call, now);
  if (request.group.empty()) return 0;
  absl::StatusOr<Seat*> taken = Take(enter, now);
  if (!taken.ok()) return taken.status();
  Seat& seat = **taken;
  const bool stays = request.kind == ContactRequest::Kind::kStay && seat.contact;
  if (stays) {
    seat.step = request.step;
    seat.question = request.question;
  } else if (!IsSame(CenterOf(seat.customer), seat, request)) {
    Wish(seat, request, now);
  }
  // The centre may have been done with it.
  const auto found = seats_.find(request.call);
  if (found == seats_.end()) return 0;
  Live(request.call, found->second, now);
  return found->second.number;
}

absl::StatusOr<Contacts::Seat*> Contacts::Take(const libroute::Enter& enter, absl::Time now) {
  const CallId& call = enter.contact.call;
  const auto known = seats_.find(call);
  if (known != seats_.end() && known->second.customer == enter.customer) return &known->second;
  Center& center = CenterOf(enter.customer);
  if (center.seats >= kMaxContacts) {
    return absl::ResourceExhaustedError(
        absl::StrCat("more than ", kMaxContacts, " contacts are waiting for this customer"));
  }
  if (known != seats_.end()) Leave(call, now);
  Seat& seat = seats_[call];
  seat.customer = enter.customer;
  seat.number = ++center.last_number;
  seat.serial = ++last_serial_;
  ++center.seats;
  count_.store(seats_.size(), std::memory_order_relaxed);
  return &seat;
}

bool Contacts::IsSame(const Center& center, const Seat& seat, const ContactRequest& request) {
  if (!seat.contact || seat.step != request.step || seat.question != request.question ||
      seat.group != request.group) {
    return false;
  }
  const std::optional<contact::ContactStanding> standing = center.floor.Look(seat.contact);
  return standing.has_value() && standing->state != contact::ContactStanding::State::kBetweenGroups;
}

void Contacts::Wish(Seat& seat, const ContactRequest& request, absl::Time now) {
  Center& center = CenterOf(seat.customer);
  seat.gave_up.reset();
  seat.max_wait = request.max_wait;
  seat.step = request.step;
  seat.question = request.question;
  seat.group = request.group;
  // Its agents are kept elsewhere.
  if (waits_unattended_) return;
  const absl::StatusOr<contact::GroupId> group = center.floor.FindGroup(request.group);
  // The live plan does not have it any more.
  if (!group.ok()) {
    seat.gave_up = EventKind::kGroupClosed;
    news_.emplace(seat.serial, request.call);
    return;
  }
  contact::Wish wish;
  wish.group = *group;
  wish.max_wait = request.max_wait;
  if (!request.preferred_agent.empty()) {
    const auto agent = center.floor.FindAgent(request.preferred_agent);
    if (agent.ok()) wish.agent = *agent;
  }
  absl::Status status;
  if (seat.contact) {
    status = Apply(center, contact::Enter{seat.contact, wish}, now);
  } else {
    center.arriving = &request.call;
    status = Apply(
        center,
        contact::Arrive{absl::StrCat(request.call.ToString(), " ", seat.number),
                        contact::Medium::kCall, std::clamp(request.priority, -100, 100), wish},
        now);
    center.arriving = nullptr;
  }
  if (status.ok()) return;
  if (wish.agent) {
    // Who is wanted may be on the way out: then anybody will do.
    ContactRequest anybody = request;
    anybody.preferred_agent.clear();
    return Wish(seat, anybody, now);
  }
  const auto found = seats_.find(request.call);
  if (found != seats_.end()) found->second.gave_up = EventKind::kGroupClosed;
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
    const Rings rings = times == center.rings.end() ? Rings{kSlack, kSlack} : times->second;
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

std::optional<Contacts::News> Contacts::FindNews(const Call& call, uint64_t question,
                                                 absl::Time now) {
  if (size() == 0) return std::nullopt;
  MutexLock lock(mutex_);
  auto found = seats_.find(call.id);
  if (found == seats_.end()) return std::nullopt;
  Center& center = CenterOf(found->second.customer);
  AdvanceTo(center, now);
  found = seats_.find(call.id);
  if (found == seats_.end()) return std::nullopt;
  const Seat& seat = found->second;
  if (seat.step != call.step || seat.question != question) return std::nullopt;
  News news;
  if (seat.gave_up.has_value()) {
    news.event = *seat.gave_up;
    return news;
  }
  news.now = NowOf(center, seat);
  news.targets = seat.Dialled();
  // What was dialled for who has answered stays as it is.
  news.is_as_before = seat.owner_token != 0 || news.targets == seat.told;
  return news;
}

void Contacts::Tell(const Call& call, const News& news) {
  MutexLock lock(mutex_);
  const auto found = seats_.find(call.id);
  if (found == seats_.end()) return;
  Seat& seat = found->second;
  Center& center = CenterOf(seat.customer);
  seat.told = news.targets;
  for (Offer& offer : seat.offers) {
    if (std::find(news.targets.begin(), news.targets.end(), offer.target) == news.targets.end()) {
      continue;
    }
    offer.told_step = call.step;
    center.unheard.erase({offer.deadline, offer.token});
  }
  if (news.event == EventKind::kContactChanged) return;
  seat.gave_up.reset();
  // The centre has forgotten it already.
  if (!seat.contact) Forget(call.id);
}

bool Contacts::Has(const CallId& call) const {
  MutexLock lock(mutex_);
  return seats_.contains(call);
}

std::optional<uint32_t> Contacts::FindStep(const CallId& call) const {
  if (size() == 0) return std::nullopt;
  MutexLock lock(mutex_);
  const auto found = seats_.find(call);
  return found == seats_.end() ? std::nullopt : std::make_optional(found->second.step);
}

std::vector<CallId> Contacts::TakeNews() {
  if (size() == 0) return {};
  MutexLock lock(mutex_);
  std::vector<CallId> news;
  for (auto& [serial, call] : news_) news.push_back(std::move(call));
  news_.clear();
  return news;
}

std::optional<uint32_t> Contacts::FindCustomer(const CallId& call) const {
  if (size() == 0) return std::nullopt;
  MutexLock lock(mutex_);
  auto found = seats_.find(call);
  return found == seats_.end() ? std::nullopt : std::make_optional(found->second.customer);
}

}  // namespace libroute
