#include <utility>

#include "libroute/tree/plan_center.h"

// When groups take calls.
namespace libroute {
namespace {

const DurationRange kDrainRange = {absl::ZeroDuration(), absl::Hours(24), absl::Minutes(15)};

contact::Closing ClosingOf(v1::Group::Closing written) {
  switch (written) {
    case v1::Group::CLOSING_EVICT:
      return contact::Closing::kEvict;
    case v1::Group::CLOSING_KEEP:
      return contact::Closing::kKeep;
    default:
      return contact::Closing::kDrain;
  }
}

}  // namespace

void PlanCompiler::Center::CompileHours(const v1::Group& written, const std::string& path,
                                        const std::string& name) {
  GroupHours hours;
  hours.group = name;
  if (!v1::Group::Closing_IsValid(written.at_closing())) {
    return compiler_.Error(
        path + ".at_closing", "bad-value",
        "when a group closes, those who wait drain, are told to go (evict), or keep their "
        "places: drain, evict or keep");
  }
  hours.closing = ClosingOf(written.at_closing());
  hours.drain = compiler_.DurationIn(written.has_drain() ? &written.drain() : nullptr,
                                     path + ".drain", kDrainRange);
  if (written.has_drain() && hours.closing != contact::Closing::kDrain) {
    compiler_.Warn(path + ".drain", "no-effect",
                   "nobody drains here; write at_closing: drain, or leave this out");
  }
  if (written.schedule().empty()) {
    for (const auto& [is_written, field] :
         {std::pair(written.at_closing() != v1::Group::CLOSING_UNSPECIFIED, ".at_closing"),
          std::pair(written.has_drain(), ".drain")}) {
      if (!is_written) continue;
      compiler_.Warn(path + field, "no-effect",
                     "the group does not close by itself; say in `schedule` when it is open");
    }
    return;
  }
  const int index = compiler_.Lookup(compiler_.schedule_names_, "schedule", written.schedule(),
                                     path + ".schedule");
  if (index < 0) return;
  compiler_.used_schedules_.insert(index);
  hours.schedule = compiler_.schedules_[index];
  if (hours.schedule == nullptr) return;
  compiler_.group_schedules_.emplace(name, hours.schedule);
  compiler_.plan_->group_hours_.push_back(std::move(hours));
}

}  // namespace libroute
