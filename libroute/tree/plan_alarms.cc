#include "libroute/tree/plan_center.h"

// Of what those who look after a group are told.
namespace libroute {
namespace {

constexpr int kMostAlarmCount = 100'000;
const DurationRange kLongestWaitRange = {absl::Seconds(1), absl::Hours(24), absl::ZeroDuration()};

}  // namespace

void PlanCompiler::Center::CompileAlarms(const v1::Group& written, const std::string& path,
                                         contact::GroupRules& group) {
  if (!written.has_alarms()) return;
  const v1::GroupAlarms& alarms = written.alarms();
  const std::string field = path + ".alarms";
  group.alarms.waiting = static_cast<uint32_t>(
      WithinOr(0, alarms.has_waiting(), alarms.waiting(), 1, kMostAlarmCount, field + ".waiting"));
  group.alarms.longest_wait =
      compiler_.DurationIn(alarms.has_longest_wait() ? &alarms.longest_wait() : nullptr,
                           field + ".longest_wait", kLongestWaitRange);
  group.alarms.ready_below =
      static_cast<uint32_t>(WithinOr(0, alarms.has_ready_below(), alarms.ready_below(), 1,
                                     kMostAlarmCount, field + ".ready_below"));
  group.alarms.answered_in_time_below =
      WithinOr(0, alarms.has_answered_in_time_below(), alarms.answered_in_time_below(), 1, 100,
               field + ".answered_in_time_below");
  // Guests, who came to another group first, are not counted there.
  if (group.alarms.waiting > group.max_waiting && !added_groups_.contains(group.name)) {
    compiler_.Warn(
        field + ".waiting", "no-effect",
        absl::StrCat("never raised: no more than ", group.max_waiting, " wait here (max_waiting)"));
  }
  if (group.alarms != contact::AlarmRules()) return;
  compiler_.Error(field, "missing",
                  "say what is to be told: waiting, longest_wait, ready_below or "
                  "answered_in_time_below");
}

}  // namespace libroute
