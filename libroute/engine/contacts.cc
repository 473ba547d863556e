#include "libroute/engine/contacts.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/tree/dial_address.h"

namespace libroute {
namespace {

using contact::Reason;

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

Contacts::Center& Contacts::CenterOf(uint32_t customer) {
  std::unique_ptr<Center>& center = centers_[customer];
  if (center == nullptr) center = std::make_unique<Center>();
  return *center;
}

const Contacts::Center* Contacts::FindCenter(uint32_t customer) const {
  const auto found = centers_.find(customer);
  return found == centers_.end() ? nullptr : found->second.get();
}

void Contacts::Configure(uint32_t customer, contact::CenterRules rules, absl::Time now) {
  MutexLock lock(mutex_);
  if (rules.groups.empty() && rules.agents.empty() && FindCenter(customer) == nullptr) return;
  Center& center = CenterOf(customer);
  center.agents.clear();
  center.groups.clear();
  for (const contact::AgentRules& agent : rules.agents) center.agents.push_back(agent.name);
  for (contact::GroupRules& group : rules.groups) {
    center.groups.push_back(group.name);
    if (!waits_unattended_) continue;
    group.gives_up_without_agents = false;
    group.gives_up_with_none_ready = false;
  }
  // What a plan's compiler lets through, a centre takes.
  const absl::Status status = Apply(center, contact::Configure{std::move(rules)}, now);
  (void)status;
}

absl::Status Contacts::Apply(Center& center, const contact::Event& event, absl::Time now) {
  effects_.clear();
  absl::Status status = center.floor.Apply(event, now, effects_);
  for (const contact::Effect& effect : effects_) Note(center, effect);
  return status;
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
          {seat.next_target++, effect.agent, effect.token, effect.deadline, effect.at_desk});
      break;
    case contact::Effect::Kind::kConnect:
      for (Offer& offer : seat.offers) {
        if (offer.token != effect.token) continue;
        offer.at_desk = false;
        offer.is_accepted = true;
        offer.deadline = effect.deadline;
      }
      break;
    case contact::Effect::Kind::kOfferEnded:
      std::erase_if(seat.offers, [&](const Offer& o) { return o.token == effect.token; });
      break;
    case contact::Effect::Kind::kAnswered:
      seat.offers.clear();
      seat.owner = effect.agent;
      seat.owner_token = effect.token;
      return;
    case contact::Effect::Kind::kGaveUp:
      seat.offers.clear();
      seat.gave_up = EventOf(effect.reason);
      break;
    case contact::Effect::Kind::kEnded:
      seat.offers.clear();
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
  if (request.kind == ContactRequest::Kind::kLeave) {
    const auto found = seats_.find(request.call);
    if (found != seats_.end()) NoteResults(found->second, request.results, now);
    Leave(request.call, now);
    return 0;
  }
  absl::StatusOr<Seat*> taken = Take(enter, now);
  if (!taken.ok()) return taken.status();
  Seat& seat = **taken;
  if (request.kind == ContactRequest::Kind::kStay) {
    seat.step = request.step;
    seat.question = request.question;
    NoteResults(seat, request.results, now);
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
  if (center.floor.contacts() >= kMaxContacts) {
    return absl::ResourceExhaustedError(
        absl::StrCat("more than ", kMaxContacts, " contacts are waiting for this customer"));
  }
  if (known != seats_.end()) Leave(call, now);
  Seat& seat = seats_[call];
  seat.customer = enter.customer;
  seat.number = ++center.last_number;
  seat.serial = ++last_serial_;
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
    status = Apply(center,
                   contact::Arrive{request.call.ToString(), contact::Medium::kCall,
                                   std::clamp(request.priority, -100, 100), wish},
                   now);
    center.arriving = nullptr;
  }
  if (status.ok()) return;
  const auto found = seats_.find(request.call);
  if (found != seats_.end()) found->second.gave_up = EventKind::kGroupClosed;
}

void Contacts::NoteResults(Seat& seat, absl::Span<const AttemptResult> results, absl::Time now) {
  if (results.empty() || seat.told.empty()) return;
  Center& center = CenterOf(seat.customer);
  const std::vector<Offer> offers = seat.offers;
  const std::vector<int> told = std::move(seat.told);
  seat.told.clear();
  for (const Offer& offer : offers) {
    if (std::find(told.begin(), told.end(), offer.target) == told.end()) continue;
    const AttemptResult* result = nullptr;
    for (const AttemptResult& one : results) {
      if (one.target == AttemptResult::kNextLeg || one.target == offer.target) result = &one;
    }
    // An offer that has ended meanwhile is not changed by that.
    Apply(center, EndOf(result, offer.agent, offer.token), now).IgnoreError();
  }
}

void Contacts::NoteAnswered(Seat& seat, const std::optional<AttemptId>& attempt, absl::Time now) {
  for (const Offer& offer : seat.offers) {
    if (offer.at_desk || (attempt.has_value() && attempt->target != offer.target)) continue;
    // As above: who answers too late has no offer any more.
    const contact::AgentId agent = offer.agent;
    const contact::Token token = offer.token;
    const contact::Event event = offer.is_accepted
                                     ? contact::Event(contact::Connected{agent, token})
                                     : contact::Event(contact::Answer{agent, token});
    Apply(CenterOf(seat.customer), event, now).IgnoreError();
    return;
  }
}

std::shared_ptr<const ContactNow> Contacts::NowOf(const Center& center, const Seat& seat,
                                                  absl::Time now) const {
  auto made = std::make_shared<ContactNow>();
  for (const Offer& offer : seat.offers) {
    if (offer.at_desk) continue;
    const std::optional<contact::AgentStanding> agent = center.floor.Look(offer.agent);
    if (!agent.has_value()) continue;
    // Logging in has read it.
    const absl::StatusOr<DialAddress> address = ParseDialAddress(agent->phone);
    if (!address.ok()) continue;
    const absl::Duration left = absl::Ceil(offer.deadline - now, absl::Seconds(1));
    made->phones.push_back({offer.target, center.floor.NameOf(offer.agent), address->number,
                            address->uri, std::clamp(left, kRingRange.min, kRingRange.max)});
  }
  const std::optional<contact::ContactStanding> standing = center.floor.Look(seat.contact);
  if (standing.has_value()) {
    made->position = static_cast<uint32_t>(standing->position);
    made->expected_wait = standing->median_wait;
    made->expected_wait_most = standing->bound_wait;
  }
  return made;
}

std::optional<Contacts::News> Contacts::FindNews(const CallId& call, absl::Time now) {
  if (size() == 0) return std::nullopt;
  MutexLock lock(mutex_);
  auto found = seats_.find(call);
  if (found == seats_.end()) return std::nullopt;
  Center& center = CenterOf(found->second.customer);
  effects_.clear();
  center.floor.Advance(now, effects_);
  for (const contact::Effect& effect : effects_) Note(center, effect);
  found = seats_.find(call);
  if (found == seats_.end()) return std::nullopt;
  const Seat& seat = found->second;
  News news;
  if (seat.gave_up.has_value()) {
    news.event = *seat.gave_up;
    return news;
  }
  news.now = NowOf(center, seat, now);
  news.targets = seat.Dialled();
  // What was dialled for who has answered stays as it is.
  news.is_as_before = seat.owner_token != 0 || news.targets == seat.told;
  return news;
}

void Contacts::Tell(const CallId& call, const News& news) {
  MutexLock lock(mutex_);
  const auto found = seats_.find(call);
  if (found == seats_.end()) return;
  Seat& seat = found->second;
  seat.told = news.targets;
  if (news.event == EventKind::kContactChanged) return;
  seat.gave_up.reset();
  // The centre has forgotten it already.
  if (!seat.contact) Forget(call);
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
