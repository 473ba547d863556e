#ifndef LIBROUTE_TREE_NODES_MATCH_NODE_H_
#define LIBROUTE_TREE_NODES_MATCH_NODE_H_

#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class MatchBranch;
class MatchBranch_Case;
}  // namespace v1
class NodeScope;

// Chooses by the value of an attribute: the first case that it equals, begins
// like, or lies in the range of. What the caller entered as a secret is only
// compared for equality, in a time that does not depend on it.
class MatchNode {
 public:
  static MatchNode Compile(const v1::MatchBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  enum class By : uint8_t { kEquals, kPrefix, kRange };

  // A value that an attribute may equal.
  struct Value {
    // Index into the plan's texts.
    uint32_t text = 0;
    // The same if it is digits; none if it is not.
    Digits digits;
  };

  struct Case {
    By by = By::kEquals;
    std::vector<Value> values;
    std::string prefix;
    int64_t from = std::numeric_limits<int64_t>::min();
    int64_t to = std::numeric_limits<int64_t>::max();
    NodeIndex then = 0;
  };

  static Case CompileCase(const v1::MatchBranch_Case& written, absl::string_view path,
                          NodeScope& scope);
  static Case CompileCondition(const v1::MatchBranch_Case& written, absl::string_view path,
                               NodeScope& scope);
  // Warns of a case whose values are all in earlier ones, and adds its values.
  static void CheckNews(const v1::MatchBranch_Case& written, absl::string_view path,
                        std::set<std::string>& seen, NodeScope& scope);

  static bool Equals(const Frame& frame, const AttributeValue& value, const Case& item);
  static bool Matches(const Frame& frame, const AttributeValue& value, const Case& item);
  // For explanations.
  static std::string CaseText(const Frame& frame, const Case& item);
  std::string ValueText(const Frame& frame, const AttributeValue& value) const;

  // Index into the plan's texts.
  uint32_t attribute_ = 0;
  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_MATCH_NODE_H_
