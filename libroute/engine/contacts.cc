#include "libroute/engine/contacts.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

// A switch may learn of an offer as late as by its next poll, and a phone takes a while to
// ring at all. The switch says when a phone has rung for long enough; an offer ends by
// itself only so much later.
constexpr absl::Duration kSlack = absl::Seconds(20);
constexpr absl::Duration kLongestOffer = absl::Hours(1);

}  // namespace

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
      ApplyAt(center, contact::Decline{agent, due.second}, due.first - absl::Microseconds(1))
          .IgnoreError();
    } else if (center.next_day <= now) {
      const absl::Time day = center.next_day;
      center.next_day = center.zone.At(absl::ToCivilDay(now, center.zone) + 1).pre;
      ApplyAt(center, contact::NewDay{}, day).IgnoreError();
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
  return ApplyAt(center, event, now);
}

absl::Status Contacts::ApplyAt(Center& center, const contact::Event& event, absl::Time at) {
  effects_.clear();
  absl::Status status = center.floor.Apply(event, at, effects_);
  for (const contact::Effect& effect : effects_) Note(center, effect);
  return status;
}

absl::StatusOr<uint64_t> Contacts::Enter(const libroute::Enter& enter, absl::Time now) {
  const ContactRequest& request = enter.contact;
  MutexLock lock(mutex_);
  // First what is due, which may end the call's contact.
  AdvanceTo(CenterOf(enter.customer), now);
  const auto before = seats_.find(request.call);
  if (before != seats_.end()) NoteResults(before->second, request, now);
  const auto after = seats_.find(request.call);
  // Whoever has had the call is done with it: it comes anew.
  const bool is_anew = after != seats_.end() && after->second.owner_token != 0;
  if (request.kind == ContactRequest::Kind::kLeave || is_anew) {
    Leave(request.call, now, request.has_given_up);
  }
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
  const bool is_email = enter.contact.medium == contact::Medium::kEmail;
  if (is_email && center.emails >= kMaxEmails) {
    return absl::ResourceExhaustedError(
        absl::StrCat("more than ", kMaxEmails, " e-mails are waiting for this customer"));
  }
  if (known != seats_.end()) Leave(call, now);
  Seat& seat = seats_[call];
  seat.customer = enter.customer;
  seat.number = ++center.last_number;
  seat.medium = enter.contact.medium;
  seat.serial = ++last_serial_;
  ++center.seats;
  if (is_email) ++center.emails;
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
  // An e-mail that may wait for ever has no limit of its own, nor has its group one for it.
  if (request.max_wait != absl::InfiniteDuration()) wish.max_wait = request.max_wait;
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
                   contact::Arrive{absl::StrCat(request.call.ToString(), " ", seat.number),
                                   request.medium, std::clamp(request.priority, -100, 100), wish},
                   now);
    center.arriving = nullptr;
  }
  const auto found = seats_.find(request.call);
  if (status.ok() || found == seats_.end()) return;
  if (!wish.agent) {
    found->second.gave_up = EventKind::kGroupClosed;
    return;
  }
  // Who is wanted may be on the way out: then anybody will do.
  ContactRequest anybody = request;
  anybody.preferred_agent.clear();
  Wish(found->second, anybody, now);
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

std::optional<Contacts::EmailNow> Contacts::FindEmail(const CallId& email) const {
  MutexLock lock(mutex_);
  const auto found = seats_.find(email);
  if (found == seats_.end()) return std::nullopt;
  const Seat& seat = found->second;
  const Center* center = FindCenter(seat.customer);
  EmailNow now;
  if (seat.owner_token == 0 || center == nullptr) return now;
  const std::optional<contact::ContactStanding> standing = center->floor.Look(seat.contact);
  using State = contact::ContactStanding::State;
  if (!standing.has_value() ||
      (standing->state != State::kActive && standing->state != State::kWrapUp)) {
    return now;
  }
  now.agent = center->floor.NameOf(seat.owner);
  now.is_over = standing->state == State::kWrapUp;
  return now;
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
