#ifndef LIBROUTE_TREE_NODES_CONDITION_H_
#define LIBROUTE_TREE_NODES_CONDITION_H_

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/caller_case.h"
#include "libroute/tree/nodes/destination_case.h"
#include "libroute/tree/nodes/group_case.h"
#include "libroute/tree/nodes/line_case.h"
#include "libroute/tree/nodes/match_case.h"
#include "libroute/tree/nodes/origin_case.h"
#include "libroute/tree/nodes/status_case.h"
#include "libroute/tree/nodes/switch_case.h"
#include "libroute/tree/nodes/time_case.h"

namespace libroute {

namespace v1 {
class Condition;
}
class NodeScope;

// What a call must fulfil: the case of a branch node, or conditions put together
// by all, any and not. Its parts are looked at in order as far as the result is
// still open; a decision depends on, and holds as long as, what was looked at.
// Always has a result; costs no more than its cases. Immutable; thread-safe.
class Condition {
 public:
  // A case is 1 deep, what is made of it one more.
  static constexpr int kMaxDepth = 4;

  // Reads and checks the condition at `path`.
  static Condition Read(const v1::Condition& written, const std::string& path, NodeScope& scope) {
    return Read(written, path, 1, scope);
  }

  // Whoever records is told of each case that was compared, and of each result
  // of all, any and not.
  template <class Observer>
  bool Holds(Frame& frame, Observer& observer) const;

 private:
  enum class By { kAll, kAny, kNot };

  struct Group {
    By by = By::kAll;
    std::vector<Condition> parts;
    // Where it is written, for Explain.
    std::string path;
  };
  using Test = std::variant<Group, TimeCase, OriginCase, DestinationCase, CallerCase, StatusCase,
                            SwitchCase, MatchCase, GroupCase, LineCase>;

  explicit Condition(Test test) : test_(std::move(test)) {}

  static Condition Read(const v1::Condition& written, const std::string& path, int depth,
                        NodeScope& scope);
  static Test ReadCase(const v1::Condition& written, const std::string& path, NodeScope& scope);
  static Group ReadGroup(const v1::Condition& written, const std::string& path, int depth,
                         NodeScope& scope);

  template <class Observer>
  static bool Holds(const Group& group, Frame& frame, Observer& observer);
  static std::string GroupText(const Group& group);

  Test test_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_CONDITION_H_
