#include "libroute/tree/nodes/time_node.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libroute/plan/issue.h"
#include "libroute/schedule/schedule.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
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

// The schedules of the cases so far.
class EarlierSchedules {
 public:
  // Adds one; `schedule` is nullptr if there is none of this name. Why it
  // leaves its case nothing, "" if it may.
  std::string Add(const std::string& name, const Schedule* schedule) {
    if (!names_.insert(name).second) {
      return absl::StrCat("this case never matches: an earlier case has schedule ", Quoted(name),
                          " already; remove one of them");
    }
    if (!always_open_.empty()) {
      return absl::StrCat("this case does not match in the next ",
                          absl::ToInt64Hours(Schedule::kAhead) / 24,
                          " days: an earlier case has schedule ", Quoted(always_open_),
                          ", which is open all the time; move this one up or remove it");
    }
    if (schedule != nullptr && schedule->AlwaysOpen()) always_open_ = name;
    return "";
  }

 private:
  absl::flat_hash_set<std::string> names_;
  // The first that does not close.
  std::string always_open_;
};

}  // namespace

TimeNode TimeNode::Compile(const v1::TimeBranch& written, NodeScope& scope) {
  TimeNode node;
  if (!v1::TimeBranch::Use_IsValid(written.use())) {
    scope.Error("use", "bad-value", "the time to use is arrival or now");
  }
  node.use_now_ = written.use() == v1::TimeBranch::USE_NOW;
  EarlierSchedules earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::TimeBranch::Case& item = written.cases(i);
    std::string path = CaseName(i);
    Case compiled;
    compiled.schedule = scope.FindSchedule(item.schedule(), path + ".schedule");
    compiled.name = scope.Text(item.schedule());
    std::string shadowed = earlier.Add(item.schedule(), compiled.schedule);
    if (!shadowed.empty()) scope.Warn(path, "never-matches", std::move(shadowed));
    compiled.then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back(compiled);
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex TimeNode::Evaluate(Frame& frame, Observer& observer) const {
  const int64_t time = use_now_ ? frame.now : frame.arrival;
  frame.decision.depends_on.Add(Dependence::kTime);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    const OpenState state = item.schedule->At(time);
    frame.HoldUntil(state.until);
    if constexpr (Observer::kRecords) {
      std::string moment = absl::FormatTime("%a %Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time),
                                            item.schedule->zone());
      observer.Compared({absl::StrCat(use_now_ ? "now " : "arrival ", moment),
                         absl::StrCat("schedule ", frame.plan.text(item.name)), state.open,
                         StateText(state, *item.schedule)});
    }
    if (!state.open) continue;
    if constexpr (Observer::kRecords) {
      observer.Took(CaseName(i), absl::StrCat(frame.plan.text(item.name), " is open"));
    }
    return item.then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no schedule is open");
  return otherwise_;
}

void TimeNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(TimeNode);

}  // namespace libroute
