#include "libroute/engine/center.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/engine/center_turn.h"

namespace libroute {
namespace {

// A switch may learn of an offer as late as by its next poll, and a phone takes a while to
// ring at all. The switch says when a phone has rung for long enough; an offer ends by
// itself only so much later.
constexpr absl::Duration kSlack = absl::Seconds(20);
// Who has answered hears first what to press.
constexpr absl::Duration kConfirming = absl::Seconds(15);
constexpr absl::Duration kLongestOffer = absl::Hours(1);

}  // namespace

void Center::Configure(contact::CenterRules rules, std::vector<GroupHours> hours,
                       absl::TimeZone zone, absl::Time now) {
  Turn turn(*this);
  agents_.clear();
  groups_.clear();
  times_.clear();
  zone_ = zone;
  if (!options_.waits_unattended && !rules.agents.empty()) {
    next_day_ = zone.At(absl::ToCivilDay(now, zone) + 1).pre;
  }
  for (const contact::AgentRules& agent : rules.agents) agents_.push_back(agent.name);
  for (contact::GroupRules& group : rules.groups) {
    groups_.push_back(group.name);
    contact::OfferRules& offer = group.offer;
    times_[group.name] = {offer.answer_within, offer.connect_within, group.max_wait};
    const absl::Duration slack = kSlack + (offer.is_confirmed ? kConfirming : absl::ZeroDuration());
    offer.connect_within = std::min(offer.connect_within + slack, kLongestOffer);
    if (offer.style == contact::OfferStyle::kRingFirst) {
      offer.answer_within = std::min(offer.answer_within + slack, kLongestOffer);
    }
  }
  // What a plan's compiler lets through, a floor takes.
  Apply(contact::Configure{std::move(rules)}, now).IgnoreError();
  for (const GroupSchedules::Change& change : schedules_.Replace(std::move(hours), now)) {
    OpenOrClose(change, now);
  }
  TouchAll();
}

void Center::OpenOrClose(const GroupSchedules::Change& change, absl::Time at) {
  const absl::StatusOr<contact::GroupId> group = floor_.FindGroup(change.group);
  if (!group.ok()) return;
  if (change.opens) {
    ApplyAt(contact::OpenGroup{*group}, at).IgnoreError();
  } else {
    ApplyAt(contact::CloseGroup{*group, change.closing, change.drain}, at).IgnoreError();
  }
}

void Center::AdvanceTo(absl::Time now) {
  for (;;) {
    const absl::Time unheard = NextUnheard();
    const absl::Time due = std::min({unheard, schedules_.NextDue(), next_day_});
    if (due > now) break;
    if (due == unheard) {
      // Whose phone was never dialled has missed nothing.
      const auto [end, agent] = *unheard_.begin();
      unheard_.erase(unheard_.begin());
      const absl::Time at = due - absl::Microseconds(1);
      const bool rests = RestUnheard(agent, end.second, at);
      if (!rests) ApplyAt(contact::Decline{agent, end.second}, at).IgnoreError();
    } else if (due == schedules_.NextDue()) {
      const std::optional<GroupSchedules::Change> change = schedules_.TakeNext();
      if (change.has_value()) OpenOrClose(*change, due);
    } else {
      next_day_ = zone_.At(absl::ToCivilDay(now, zone_) + 1).pre;
      ApplyAt(contact::NewDay{}, due).IgnoreError();
      TouchAll();
    }
  }
  // Something may change that no effect tells of.
  if (floor_.NextDeadline() <= now) ++version_;
  effects_.clear();
  floor_.Advance(now, effects_);
  for (const contact::Effect& effect : effects_) Note(effect);
}

absl::Time Center::NextUnheard() const {
  return unheard_.empty() ? absl::InfiniteFuture() : unheard_.begin()->first.first;
}

absl::Time Center::NextDue() const {
  return std::min({floor_.NextDeadline(), schedules_.NextDue(), next_day_, NextUnheard()});
}

int64_t Center::NextDueNanos() const {
  const absl::Time lease = alive_.empty() ? absl::InfiniteFuture() : alive_.begin()->first.first;
  const absl::Time due = std::min(NextDue(), lease);
  const int64_t nanos = absl::ToUnixNanos(due);
  // Never before it, lest somebody comes for nothing.
  return nanos < INT64_MAX && absl::FromUnixNanos(nanos) < due ? nanos + 1 : nanos;
}

absl::Time Center::NextDeadline() const {
  const int64_t nanos = next_deadline_.load(std::memory_order_relaxed);
  return nanos == INT64_MAX ? absl::InfiniteFuture() : absl::FromUnixNanos(nanos);
}

absl::Status Center::Apply(const contact::Event& event, absl::Time now) {
  AdvanceTo(now);
  return ApplyAt(event, now);
}

absl::Status Center::ApplyAt(const contact::Event& event, absl::Time at) {
  effects_.clear();
  absl::Status status = floor_.Apply(event, at, effects_);
  for (const contact::Effect& effect : effects_) Note(effect);
  if (status.ok()) ++version_;
  return status;
}

Center::Seat* Center::FindSeat(const CallId& call) {
  const auto found = seats_.find(call);
  return found == seats_.end() ? nullptr : &found->second;
}

const Center::Seat* Center::FindSeat(const CallId& call) const {
  const auto found = seats_.find(call);
  return found == seats_.end() ? nullptr : &found->second;
}

absl::StatusOr<uint64_t> Center::Enter(const ContactRequest& request, absl::Time now) {
  Turn turn(*this);
  // First what is due, which may end the call's contact.
  AdvanceTo(now);
  Wake(request.call, now);
  Seat* seat = FindSeat(request.call);
  if (seat != nullptr) NoteResults(*seat, request, now);
  seat = FindSeat(request.call);
  if (seat != nullptr) seat->is_reached_early = false;
  // Who was reached wants to be called back once more.
  if (seat != nullptr && request.promises) seat->is_called_back = false;
  if (request.kind == ContactRequest::Kind::kStay && seat != nullptr &&
      (seat->contact || seat->gave_up.has_value())) {
    const bool is_new_question = seat->step != request.step || seat->question != request.question;
    seat->step = request.step;
    seat->question = request.question;
    // What was told before was for who has handed it on.
    if (seat->is_handed_on && is_new_question) seat->told.clear();
    if (request.promises) ForgetTold(*seat);
    const uint64_t number = seat->number;
    if (request.promise.has_value()) NotePromise(request.call, *request.promise, now);
    seat = FindSeat(request.call);
    if (seat == nullptr) return number;
    // Whoever has it already is dialled by another decision.
    if (!seat->offers.empty() && request.promises) news_.emplace(seat->number, request.call);
    Live(request.call, *seat, now);
    return number;
  }
  // Whoever has had the call is done with it: it comes anew.
  const bool is_anew = seat != nullptr && seat->owner_token != 0;
  if (request.kind == ContactRequest::Kind::kLeave || is_anew) {
    LeaveHeld(request.call, now, request.has_given_up);
  }
  if (request.group.empty()) return 0;
  absl::StatusOr<Seat*> taken = Take(request);
  if (!taken.ok()) return taken.status();
  if (!IsSame(**taken, request)) Wish(**taken, request, now);
  if (request.promise.has_value()) NotePromise(request.call, *request.promise, now);
  // The floor may have been done with it.
  seat = FindSeat(request.call);
  if (seat == nullptr) return 0;
  Live(request.call, *seat, now);
  return seat->number;
}

absl::StatusOr<Center::Seat*> Center::Take(const ContactRequest& request) {
  const CallId& call = request.call;
  Seat* known = FindSeat(call);
  if (known != nullptr) return known;
  if (seats_.size() >= kMaxContacts) {
    return absl::ResourceExhaustedError(
        absl::StrCat("more than ", kMaxContacts, " contacts are waiting for this customer"));
  }
  const bool is_email = request.medium == contact::Medium::kEmail;
  if (is_email && email_count_ >= kMaxEmails) {
    return absl::ResourceExhaustedError(
        absl::StrCat("more than ", kMaxEmails, " e-mails are waiting for this customer"));
  }
  if (is_email) ++email_count_;
  Seat& seat = seats_[call];
  seat.medium = request.medium;
  seat.number = ++last_number_;
  index_.Put(call, this);
  return &seat;
}

bool Center::IsSame(const Seat& seat, const ContactRequest& request) const {
  if (!seat.contact || seat.step != request.step || seat.question != request.question ||
      seat.asked_group != request.group) {
    return false;
  }
  const std::optional<contact::ContactStanding> standing = floor_.Look(seat.contact);
  return standing.has_value() && standing->state != contact::ContactStanding::State::kBetweenGroups;
}

void Center::GiveUpClosed(Seat& seat, const CallId& call) {
  seat.gave_up = EventKind::kGroupClosed;
  news_.emplace(seat.number, call);
}

void Center::Wish(Seat& seat, const ContactRequest& request, absl::Time now) {
  seat.gave_up.reset();
  seat.max_wait = request.max_wait;
  seat.step = request.step;
  seat.question = request.question;
  seat.group = request.group;
  seat.asked_group = request.group;
  seat.is_handed_on = false;
  seat.outside.reset();
  if (!request.mailbox.empty()) {
    seat.mailbox = request.mailbox;
    seat.sender = request.sender;
    seat.subject = request.subject;
    seat.message_id = request.message_id;
  }
  if (request.called.has_value()) seat.called = request.called;
  if (request.calling.has_value()) seat.calling = request.calling;
  // Its agents are kept elsewhere: all that is known here is when it is closed.
  if (options_.waits_unattended) {
    if (!schedules_.IsOpen(request.group)) GiveUpClosed(seat, request.call);
    return;
  }
  const absl::StatusOr<contact::GroupId> group = floor_.FindGroup(request.group);
  // The live plan does not have it any more.
  if (!group.ok()) {
    GiveUpClosed(seat, request.call);
    return;
  }
  contact::Wish wish;
  wish.group = *group;
  wish.position = request.position;
  wish.wrap_up = request.wrap_up;
  // That of the question before was for that one alone.
  wish.forgets_wrap_up = true;
  // An e-mail that may wait for ever has no limit of its own, nor has its group one for it.
  if (request.max_wait != absl::InfiniteDuration()) {
    // That of e-mails passes while somebody may be there to read them.
    wish.max_wait = request.medium == contact::Medium::kEmail
                        ? schedules_.InOpenHours(request.group, request.max_wait, now)
                        : request.max_wait;
  }
  if (!request.preferred_agent.empty()) {
    const auto agent = floor_.FindAgent(request.preferred_agent);
    if (agent.ok()) wish.agent = *agent;
  }
  absl::Status status;
  if (seat.contact) {
    status = Apply(contact::Enter{seat.contact, wish}, now);
  } else {
    arriving_ = &request.call;
    status = Apply(contact::Arrive{absl::StrCat(request.call.ToString(), " ", seat.number),
                                   request.medium, std::clamp(request.priority, -100, 100), wish},
                   now);
    arriving_ = nullptr;
  }
  Seat* left = FindSeat(request.call);
  if (status.ok() || left == nullptr) return;
  if (!wish.agent) {
    left->gave_up = EventKind::kGroupClosed;
    return;
  }
  // Who is wanted may be on the way out: then anybody will do.
  ContactRequest anybody = request;
  anybody.preferred_agent.clear();
  Wish(*left, anybody, now);
}

std::optional<CallNews> Center::FindNews(const Call& call, uint64_t question, absl::Time now) {
  Turn turn(*this);
  AdvanceTo(now);
  const Seat* seat = FindSeat(call.id);
  if (seat == nullptr || seat->step != call.step || seat->question != question) {
    return std::nullopt;
  }
  CallNews news;
  if (seat->gave_up.has_value()) {
    news.event = *seat->gave_up;
    // Its caller is there.
    if (seat->is_called_back) news.now = std::make_shared<ContactNow>(WaitOf(*seat));
    return news;
  }
  news.now = NowOf(*seat);
  news.targets = seat->Dialled();
  // What was dialled for who has answered stays as it is.
  news.is_as_before = seat->owner_token != 0 || seat->is_handed_over() ||
                      (news.targets == seat->told && !seat->is_moved);
  return news;
}

void Center::Tell(const Call& call, const CallNews& news) {
  Turn turn(*this);
  Seat* seat = FindSeat(call.id);
  if (seat == nullptr) return;
  seat->told = news.targets;
  seat->is_moved = false;
  const auto has = [](const std::vector<int>& targets, int target) {
    return std::find(targets.begin(), targets.end(), target) != targets.end();
  };
  for (Offer& offer : seat->offers) {
    if (has(news.targets, offer.target)) NoteTold(offer, call.step);
    offer.is_confirming |= has(news.confirming, offer.target);
  }
  if (seat->sent_out() != nullptr && has(news.targets, seat->outside->target)) {
    seat->outside->told_step = call.step;
  }
  if (news.event == EventKind::kContactChanged) return;
  seat->gave_up.reset();
  // The floor has forgotten it already.
  if (!seat->contact) Forget(call.id);
}

std::optional<Center::Place> Center::FindPlace(const CallId& call) const {
  MutexLock lock(mutex_);
  const Seat* seat = FindSeat(call);
  return seat == nullptr ? std::nullopt : std::make_optional(Place{seat->step, seat->question});
}

std::optional<Center::EmailNow> Center::FindEmail(const CallId& email) const {
  MutexLock lock(mutex_);
  const Seat* seat = FindSeat(email);
  if (seat == nullptr) return std::nullopt;
  EmailNow now;
  if (seat->owner_token == 0) return now;
  const std::optional<contact::ContactStanding> standing = floor_.Look(seat->contact);
  now.agent = floor_.NameOf(seat->owner);
  now.is_over = standing.has_value() && standing->state == contact::ContactStanding::State::kWrapUp;
  return now;
}

bool Center::TakeNews(std::vector<CallId>& calls) {
  if (!has_news_.exchange(false, std::memory_order_acquire)) return false;
  MutexLock lock(mutex_);
  for (auto& [number, call] : news_) calls.push_back(std::move(call));
  news_.clear();
  return true;
}

}  // namespace libroute
