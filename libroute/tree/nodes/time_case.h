#ifndef LIBROUTE_TREE_NODES_TIME_CASE_H_
#define LIBROUTE_TREE_NODES_TIME_CASE_H_

#include <cstdint>
#include <string>

#include "libroute/schedule/schedule.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class TimeBranch_Case;
}
class NodeScope;

// Which time of a call is meant.
enum class TimeUse : uint8_t { kArrival, kNow };

// `written` is a libroute.v1.TimeBranch.Use; `absent` if it says nothing.
TimeUse ReadTimeUse(int written, TimeUse absent, const std::string& path, NodeScope& scope);

// Whether a schedule is open. Immutable; thread-safe.
class TimeCase {
 public:
  // Reads and checks the case at `path`; `use` is meant where it says nothing.
  static TimeCase Read(const v1::TimeBranch_Case& written, TimeUse use, const std::string& path,
                       NodeScope& scope);

  bool Matches(Frame& frame) const {
    frame.decision.depends_on.Add(Dependence::kTime);
    frame.asks_now |= use_ == TimeUse::kNow;
    const OpenState state = schedule_->At(TimeOf(frame));
    frame.HoldUntil(state.until);
    return state.open;
  }
  // The same in words.
  Comparison Words(Frame& frame) const;

  // Null if there is none of the name.
  const Schedule* schedule() const { return schedule_; }
  TimeUse use() const { return use_; }
  // Index into the plan's texts.
  uint32_t name() const { return name_; }

 private:
  int64_t TimeOf(const Frame& frame) const {
    return use_ == TimeUse::kNow ? frame.now : frame.arrival;
  }

  // Held by the plan.
  const Schedule* schedule_ = nullptr;
  uint32_t name_ = 0;
  TimeUse use_ = TimeUse::kArrival;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_TIME_CASE_H_
