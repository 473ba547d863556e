#ifndef LIBROUTE_TREE_NODES_GROUP_CASE_H_
#define LIBROUTE_TREE_NODES_GROUP_CASE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "libroute/facts/group_board.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class GroupBranch_Case;
}
class NodeScope;

// Whether things stand in a group of agents as is wanted. Where nothing is known of it,
// they do not. Immutable; thread-safe.
class GroupCase {
 public:
  static constexpr uint32_t kMostCount = 1'000'000;
  static constexpr absl::Duration kMostTime = absl::Hours(24);

  // Reads and checks the case at `path`.
  static GroupCase Read(const v1::GroupBranch_Case& written, const std::string& path,
                        NodeScope& scope);

  bool Matches(Frame& frame) const {
    frame.decision.depends_on.Add(Dependence::kGroup);
    frame.asks_groups = true;
    const std::optional<GroupFigures> figures = FiguresOf(frame);
    return figures.has_value() && AreAsWanted(*figures);
  }
  // The same in words.
  Comparison Words(Frame& frame) const;
  // Of one that matches: "group desk: 12 wait, at least 10 wanted".
  std::string Finding(const Frame& frame) const;

  // Index of the group, -1 if there is none of the name, or if nothing is wanted of it.
  int group() const { return group_; }
  // Whether this case matches whenever `other` does.
  bool Covers(const GroupCase& other) const;

  // What is wanted of a number of something. Not written: anything.
  struct Count {
    bool is_written = false;
    uint32_t at_least = 0;
    uint32_t at_most = UINT32_MAX;
  };
  // Of a time.
  struct Time {
    bool is_written = false;
    absl::Duration at_least;
    absl::Duration at_most = absl::InfiniteDuration();
  };

 private:
  std::optional<GroupFigures> FiguresOf(const Frame& frame) const;
  const std::string& NameIn(const Frame& frame) const;
  bool AreAsWanted(const GroupFigures& figures) const;
  // Of each number and time that something is wanted of: what is wanted, its figure, and
  // what it is called before and after it.
  template <class Visitor>
  void VisitWanted(const GroupFigures& figures, Visitor visit) const;
  // "open, at least 10 wait".
  std::string WantedText() const;
  // The figures that something is wanted of.
  std::string FiguresText(const GroupFigures& figures) const;

  int group_ = -1;
  std::optional<bool> open_;
  Count logged_in_;
  Count ready_;
  Count free_;
  Count waiting_;
  Time longest_wait_;
  Time expected_wait_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_GROUP_CASE_H_
