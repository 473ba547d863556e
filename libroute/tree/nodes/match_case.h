#ifndef LIBROUTE_TREE_NODES_MATCH_CASE_H_
#define LIBROUTE_TREE_NODES_MATCH_CASE_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/call_value.h"
#include "libroute/tree/nodes/text_pattern.h"

namespace libroute {

namespace v1 {
class MatchBranch_Case;
}
class NodeScope;

// What the cases of a branch look at that do not say so themselves.
struct MatchedValue {
  std::string name;
  CallValueSource source;
};

// One test of a value of the call: that it equals one of some, begins like one,
// lies in a range, or matches a pattern. What the caller entered as a secret is
// only compared for equality, in a time that does not depend on it.
class MatchCase {
 public:
  // Reads and checks the case at `path`.
  static MatchCase Read(const v1::MatchBranch_Case& written, const MatchedValue& of_branch,
                        const std::string& path, NodeScope& scope);

  bool Matches(Frame& frame) const;
  // The same in words.
  Comparison Words(Frame& frame) const;
  // "attribute level gold".
  std::string Subject(const Frame& frame) const;

 private:
  enum class By : uint8_t { kEquals, kPrefix, kRange, kPattern };

  // A value that an attribute may equal.
  struct Value {
    // Index into the plan's texts.
    uint32_t text = 0;
    // The same if it is digits; none if it is not.
    Digits digits;
  };

  void ReadTest(const v1::MatchBranch_Case& written, const std::string& path, NodeScope& scope);
  bool Equals(const Frame& frame, const CallValue& value) const;
  std::string TestText(const Frame& frame) const;

  CallValueSource source_;
  By by_ = By::kEquals;
  std::vector<Value> values_;
  std::string prefix_;
  int64_t from_ = std::numeric_limits<int64_t>::min();
  int64_t to_ = std::numeric_limits<int64_t>::max();
  std::optional<TextPattern> pattern_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_MATCH_CASE_H_
