#include "libroute/tree/nodes/time_node.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libroute/plan/issue.h"
#include "libroute/schedule/schedule.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/case_test.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// The schedules of the cases so far.
class EarlierSchedules {
 public:
  // Adds that of a case, whose schedule is called `name`. Why earlier ones leave
  // the case nothing, "" if they may.
  std::string Add(const std::string& name, const TimeCase& test) {
    if (!names_.emplace(name, test.use()).second) {
      return absl::StrCat("this case never matches: an earlier case has schedule ", Quoted(name),
                          " already; remove one of them");
    }
    if (!always_open_.empty()) {
      return absl::StrCat("this case does not match in the next ",
                          absl::ToInt64Hours(Schedule::kAhead) / 24,
                          " days: an earlier case has schedule ", Quoted(always_open_),
                          ", which is open all the time; move this one up or remove it");
    }
    if (test.schedule() != nullptr && test.schedule()->AlwaysOpen()) always_open_ = name;
    return "";
  }

 private:
  std::set<std::pair<std::string, TimeUse>> names_;
  // The first that does not close.
  std::string always_open_;
};

}  // namespace

TimeNode TimeNode::Compile(const v1::TimeBranch& written, NodeScope& scope) {
  TimeNode node;
  const TimeUse use = ReadTimeUse(written.use(), TimeUse::kArrival, "use", scope);
  EarlierSchedules earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::TimeBranch::Case& item = written.cases(i);
    const std::string path = CaseName(static_cast<size_t>(i));
    const TimeCase test = TimeCase::Read(item, use, path, scope);
    std::string shadowed = earlier.Add(item.schedule(), test);
    if (!shadowed.empty()) scope.Warn(path, "never-matches", std::move(shadowed));
    const NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({test, then});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex TimeNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kTime);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    if (!TestCase(item.test, frame, observer)) continue;
    if constexpr (Observer::kRecords) {
      observer.TookCase(i, cases_.size(),
                        absl::StrCat(frame.plan.text(item.test.name()), " is open"));
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
