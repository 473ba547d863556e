#include "examples/day/alarms.h"

#include <utility>

namespace center_day {
namespace {

using libroute::contact::AlarmKind;

absl::string_view WordsFor(AlarmKind kind) {
  switch (kind) {
    case AlarmKind::kWaiting:
      return "many wait";
    case AlarmKind::kLongestWait:
      return "the first has waited for long";
    case AlarmKind::kReadyBelow:
      return "few are ready";
    case AlarmKind::kAnsweredInTimeBelow:
      return "few are answered in time";
  }
  return "";
}

}  // namespace

void Alarms::Look() {
  const auto groups = world_.engine.Groups(world_.customer);
  if (!groups.ok()) return world_.status.Update(groups.status());
  for (const libroute::GroupNow& group : *groups) {
    std::set<AlarmKind> now;
    for (const auto& [kind, since] : group.standing.alarms) now.insert(kind);
    std::set<AlarmKind>& before = raised_[group.name];
    for (AlarmKind kind : now) {
      if (!before.contains(kind)) world_.Say(group.name, absl::StrCat("alarm: ", WordsFor(kind)));
    }
    for (AlarmKind kind : before) {
      if (!now.contains(kind)) {
        world_.Say(group.name, absl::StrCat("the alarm is over: ", WordsFor(kind)));
      }
    }
    before = std::move(now);
  }
}

}  // namespace center_day
