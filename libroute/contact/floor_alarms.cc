// Alarms of groups: raised and cleared as what they look at changes.

#include "libroute/contact/floor.h"

namespace libroute::contact {
namespace {

constexpr size_t PlaceOf(AlarmKind kind) {
  return static_cast<size_t>(kind);
}

}  // namespace

void Floor::NoteChanged(uint32_t slot) {
  Group& group = groups_[slot];
  if (!group.has_alarms || group.is_noted) return;
  group.is_noted = true;
  noted_.push_back(groups_.id(slot));
}

void Floor::CheckAlarms() {
  for (size_t i = 0; i < noted_.size(); ++i) {
    if (groups_.Get(noted_[i]) != nullptr) CheckAlarms(noted_[i]);
  }
  noted_.clear();
}

void Floor::CheckAlarms(GroupId id) {
  Group& group = groups_[id.slot];
  group.is_noted = false;
  const AlarmRules& rules = group.rules().alarms;
  const Micros longest = absl::ToInt64Microseconds(rules.longest_wait);
  const bool has_wait_due = longest > 0 && !group.entered.empty();
  const Micros wait_due = has_wait_due ? group.entered.first().first + longest : kNever;
  std::array<bool, kAlarms> is_raised{};
  if (!group.is_closed) {
    is_raised[PlaceOf(AlarmKind::kWaiting)] =
        rules.waiting > 0 && group.Waiting(Medium::kCall) >= rules.waiting;
    is_raised[PlaceOf(AlarmKind::kLongestWait)] = wait_due <= now_;
    is_raised[PlaceOf(AlarmKind::kReadyBelow)] = group.ready < rules.ready_below;
    is_raised[PlaceOf(AlarmKind::kAnsweredInTimeBelow)] =
        group.recent_in_time < int64_t{10'000} * rules.answered_in_time_below;
  }
  for (size_t kind = 0; kind < kAlarms; ++kind) {
    Micros& raised_at = group.alarms[kind];
    if (is_raised[kind] == (raised_at != kNever)) continue;
    raised_at = is_raised[kind] ? now_ : kNever;
    Effect& effect =
        Emit(is_raised[kind] ? Effect::Kind::kAlarmRaised : Effect::Kind::kAlarmCleared);
    effect.group = id;
    effect.text = std::string(AlarmKindName(static_cast<AlarmKind>(kind)));
  }
  group.alarm_at = !group.is_closed && wait_due > now_ ? wait_due : kNever;
  UpdateGroupDeadline(id.slot);
}

void Floor::UpdateGroupDeadline(uint32_t slot) {
  const Group& group = groups_[slot];
  deadlines_.Set(Deadlines::Kind::kGroup, slot, std::min(group.drain_at, group.alarm_at));
}

}  // namespace libroute::contact
