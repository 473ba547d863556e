#include "libroute/tree/nodes/time_case.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// "open until Mon 2026-11-23 17:00", in the schedule's zone.
std::string StateText(const OpenState& state, const Schedule& schedule) {
  std::string text = state.open ? "open" : "closed";
  if (state.until == kNoChange) return absl::StrCat(text, ", no change known");
  return absl::StrCat(
      text, " until ",
      absl::FormatTime("%a %Y-%m-%d %H:%M", absl::FromUnixSeconds(state.until), schedule.zone()));
}

}  // namespace

TimeUse ReadTimeUse(int written, TimeUse absent, const std::string& path, NodeScope& scope) {
  switch (written) {
    case v1::TimeBranch::USE_UNSPECIFIED:
      return absent;
    case v1::TimeBranch::USE_ARRIVAL:
      return TimeUse::kArrival;
    case v1::TimeBranch::USE_NOW:
      return TimeUse::kNow;
    default:
      scope.Error(path, "bad-value", "the time to use is arrival or now");
      return absent;
  }
}

TimeCase TimeCase::Read(const v1::TimeBranch::Case& written, TimeUse use, const std::string& path,
                        NodeScope& scope) {
  TimeCase item;
  item.schedule_ = scope.FindSchedule(written.schedule(), path + ".schedule");
  item.name_ = scope.Text(written.schedule());
  item.use_ = ReadTimeUse(written.use(), use, path + ".use", scope);
  return item;
}

Comparison TimeCase::Words(Frame& frame) const {
  const int64_t time = TimeOf(frame);
  const OpenState state = schedule_->At(time);
  std::string moment =
      absl::FormatTime("%a %Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time), schedule_->zone());
  return {absl::StrCat(use_ == TimeUse::kNow ? "now " : "arrival ", moment),
          absl::StrCat("schedule ", frame.plan.text(name_)), state.open,
          StateText(state, *schedule_)};
}

}  // namespace libroute
