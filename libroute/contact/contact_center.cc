#include "libroute/contact/contact_center.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/contact/floor.h"

namespace libroute::contact {
namespace {

template <typename Slots>
auto FindByName(const Slots& slots, absl::string_view kind, absl::string_view name)
    -> absl::StatusOr<decltype(slots.Find(name))> {
  if (auto id = slots.Find(name)) return id;
  return absl::NotFoundError(absl::StrCat("no ", kind, " \"", name, "\""));
}

template <typename Slots, typename Id>
std::string NameIn(const Slots& slots, Id id) {
  return slots.Get(id) == nullptr ? std::string() : slots.name(id.slot);
}

// From 1970 on, with room for any wait in microseconds: until the year 3000.
bool IsInRange(absl::Time now) {
  return now >= absl::UnixEpoch() && now < absl::FromUnixSeconds(32'503'680'000);
}

ContactStanding::State StateOf(const Contact& contact) {
  using State = ContactStanding::State;
  if (contact.is_over) return State::kWrapUp;
  if (contact.owner != kNobody) return State::kActive;
  if (contact.outside == Outside::kSentOut) return State::kOutside;
  if (contact.is_connecting) return State::kConnecting;
  if (!contact.offers.empty()) return State::kOffered;
  if (contact.rests_until != kNever) return State::kRests;
  return contact.is_seeking ? State::kWaiting : State::kBetweenGroups;
}

}  // namespace

std::optional<double> GroupStanding::ServiceLevelOfAll() const {
  if (calls_entered == 0) return std::nullopt;
  return static_cast<double>(calls_answered_in_time) / static_cast<double>(calls_entered);
}

std::optional<double> GroupStanding::ServiceLevel() const {
  const uint64_t in_earnest = calls_entered - abandoned_early;
  if (in_earnest == 0) return std::nullopt;
  return static_cast<double>(calls_answered_in_time) / static_cast<double>(in_earnest);
}

ContactCenter::ContactCenter() : floor_(std::make_unique<Floor>()) {}
ContactCenter::~ContactCenter() = default;
ContactCenter::ContactCenter(ContactCenter&&) noexcept = default;
ContactCenter& ContactCenter::operator=(ContactCenter&&) noexcept = default;

absl::Status ContactCenter::Apply(const Event& event, absl::Time now, Effects& effects) {
  if (!IsInRange(now)) {
    return absl::InvalidArgumentError(
        absl::StrCat("now: ", absl::FormatTime(now, absl::UTCTimeZone()),
                     " is not within the years 1970 to 2999"));
  }
  return floor_->Apply(event, absl::ToUnixMicros(now), effects);
}

void ContactCenter::Advance(absl::Time now, Effects& effects) {
  if (IsInRange(now)) floor_->Advance(absl::ToUnixMicros(now), effects);
}

absl::Time ContactCenter::NextDeadline() const {
  const Micros next = floor_->deadlines().next();
  return next == kNever ? absl::InfiniteFuture() : absl::FromUnixMicros(next);
}

absl::StatusOr<AgentId> ContactCenter::FindAgent(absl::string_view name) const {
  return FindByName(floor_->agents(), "agent", name);
}

absl::StatusOr<GroupId> ContactCenter::FindGroup(absl::string_view name) const {
  return FindByName(floor_->groups(), "group", name);
}

absl::StatusOr<ContactId> ContactCenter::FindContact(absl::string_view name) const {
  return FindByName(floor_->contacts(), "contact", name);
}

std::string ContactCenter::NameOf(AgentId agent) const {
  return NameIn(floor_->agents(), agent);
}
std::string ContactCenter::NameOf(GroupId group) const {
  return NameIn(floor_->groups(), group);
}
std::string ContactCenter::NameOf(ContactId contact) const {
  return NameIn(floor_->contacts(), contact);
}

bool ContactCenter::Has(AgentId id) const {
  return floor_->agents().Get(id) != nullptr;
}

std::vector<GroupId> ContactCenter::GroupsBySkill(absl::string_view skill) const {
  const std::vector<std::string>& skills = floor_->rules().skills;
  const size_t place = std::find(skills.begin(), skills.end(), skill) - skills.begin();
  std::vector<GroupId> found;
  for (uint32_t slot = 0; slot < floor_->groups().slots(); ++slot) {
    if (!floor_->groups().used(slot)) continue;
    const auto& expression = floor_->groups()[slot].members_by_skill;
    if (!expression.has_value()) continue;
    const std::vector<uint16_t> named = expression->Skills();
    if (std::find(named.begin(), named.end(), place) == named.end()) continue;
    found.push_back(floor_->groups().id(slot));
  }
  return found;
}

std::optional<AgentStanding> ContactCenter::Look(AgentId id) const {
  const Agent* agent = floor_->agents().Get(id);
  if (agent == nullptr) return std::nullopt;
  AgentStanding standing;
  standing.presence = agent->presence;
  standing.reason = agent->reason;
  standing.phone = agent->phone;
  standing.line = agent->line;
  standing.contacts_today = agent->contacts_today;
  standing.talk_today = absl::Microseconds(agent->talk_today);
  standing.hold_today = absl::Microseconds(agent->hold_today);
  standing.wrap_up_today = absl::Microseconds(agent->wrap_up_today);
  Occupancy occupancy = agent->occupancy;
  if (agent->busy_since != kNever) occupancy.AddBusy(agent->busy_since, floor_->now());
  standing.occupancy_per_mille = std::min<uint32_t>(occupancy.PerMille(floor_->now()), 1000);
  for (const Work& work : agent->works) {
    standing.slots.push_back(
        {work.token, work.contact, static_cast<AgentStanding::Slot::State>(work.state),
         work.is_held(), work.is_interrupted, work.group,
         work.deadline == kNever ? absl::InfiniteFuture() : absl::FromUnixMicros(work.deadline),
         std::string(floor_->DispositionOf(work.token))});
  }
  for (const Membership& membership : agent->memberships) {
    if (membership.band == Group::kNoBand) continue;
    standing.groups.push_back(floor_->groups().id(membership.group));
  }
  for (const Adjustment& each : floor_->AdjustmentsOf(id.slot)) {
    standing.changes.push_back(
        {each.skill, each.group, each.index, each.by, absl::FromUnixMicros(each.at)});
  }
  return standing;
}

std::optional<Reason> ContactCenter::WhyNot(const Wish& wish, Medium medium) const {
  return floor_->WhyNot(wish, medium);
}

std::optional<GroupStanding> ContactCenter::LookBriefly(GroupId id) const {
  const Group* group = floor_->groups().Get(id);
  if (group == nullptr) return std::nullopt;
  GroupStanding standing;
  standing.is_open = !group->is_closed;
  standing.logged_in = group->logged_in;
  standing.ready = group->ready;
  standing.free_for_calls = group->Free(Medium::kCall);
  standing.free_for_emails = group->Free(Medium::kEmail);
  standing.calls_waiting = group->Waiting(Medium::kCall);
  standing.callbacks_waiting = group->callbacks;
  standing.emails_waiting = group->Waiting(Medium::kEmail);
  if (!group->entered.empty()) {
    standing.waiting_since = absl::FromUnixMicros(group->entered.first().first);
  }
  const AnswerRate& rate = group->rates[static_cast<size_t>(Medium::kCall)];
  if (!group->free(Medium::kCall, 0).empty() && standing.calls_waiting == 0) {
    standing.median_wait = standing.bound_wait = absl::ZeroDuration();
  } else if (auto expected = rate.At(standing.calls_waiting + 1, floor_->now())) {
    standing.median_wait = expected->median;
    standing.bound_wait = expected->bound;
  }
  standing.entered = group->counts.entered;
  standing.answered = group->counts.answered;
  standing.answered_in_time = group->counts.answered_in_time;
  standing.abandoned = group->counts.abandoned;
  standing.gave_up = group->counts.gave_up;
  standing.moved = group->counts.moved;
  standing.calls_entered = group->counts.calls_entered;
  standing.calls_answered_in_time = group->counts.calls_answered_in_time;
  standing.abandoned_early = group->counts.abandoned_early;
  standing.handled = group->handled.calls;
  standing.talk_time = absl::Microseconds(group->handled.talked);
  standing.hold_time = absl::Microseconds(group->handled.held);
  standing.wrap_up_time = absl::Microseconds(group->handled.wrapped_up);
  standing.transferred_out = group->counts.transferred_out;
  return standing;
}

std::optional<GroupStanding> ContactCenter::Look(GroupId id) const {
  std::optional<GroupStanding> found = LookBriefly(id);
  if (!found.has_value()) return found;
  GroupStanding& standing = *found;
  const Group* group = floor_->groups().Get(id);
  for (size_t kind = 0; kind < kAlarms; ++kind) {
    if (group->alarms[kind] == kNever) continue;
    standing.alarms.emplace_back(static_cast<AlarmKind>(kind),
                                 absl::FromUnixMicros(group->alarms[kind]));
  }
  standing.dispositions.assign(group->dispositions.begin(), group->dispositions.end());
  return found;
}

std::optional<ContactStanding> ContactCenter::Look(ContactId id) const {
  const Contact* contact = floor_->contacts().Get(id);
  if (contact == nullptr) return std::nullopt;
  const auto agent_id = [this](uint32_t slot) {
    return slot == kNobody ? AgentId() : floor_->agents().id(slot);
  };
  ContactStanding standing;
  standing.state = StateOf(*contact);
  standing.medium = contact->medium;
  standing.is_callback = contact->is_callback;
  if (contact->rests_until != kNever) {
    standing.rests_until = absl::FromUnixMicros(contact->rests_until);
  }
  standing.arrived = absl::FromUnixMicros(contact->arrived);
  standing.group = contact->home;
  standing.agent = agent_id(contact->owner != kNobody ? contact->owner : contact->wanted_agent);
  standing.is_consulting = contact->is_consulting();
  standing.consulted = agent_id(contact->consulted);
  const bool waits = contact->is_seeking && contact->rests_until == kNever;
  if (waits && contact->owner == kNobody) {
    standing.waited = absl::Microseconds(floor_->now() - contact->entered);
  }
  const Group* home = floor_->groups().Get(contact->home);
  if (home == nullptr || !contact->is_queued || contact->is_queued_for_agent) return standing;
  standing.position = home->Before(contact->medium, contact->key) + 1;
  if (auto expected =
          home->rates[static_cast<size_t>(contact->medium)].At(standing.position, floor_->now())) {
    standing.median_wait = expected->median;
    standing.bound_wait = expected->bound;
  }
  return standing;
}

size_t ContactCenter::agents() const {
  return floor_->agents().size();
}
size_t ContactCenter::groups() const {
  return floor_->groups().size();
}
size_t ContactCenter::contacts() const {
  return floor_->contacts().size();
}

}  // namespace libroute::contact
