#ifndef LIBROUTE_TREE_NODES_TEXT_PATTERN_H_
#define LIBROUTE_TREE_NODES_TEXT_PATTERN_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace re2 {
class RE2;
}

namespace libroute {

// A regular expression that a text matches as a whole, in RE2's syntax: the time
// that it takes is linear in the text, whatever the pattern. Immutable; copies
// share one program. Thread-safe.
class TextPattern {
 public:
  static constexpr size_t kMaxBytes = 256;

  // InvalidArgument, with RE2's words and the fragment that is wrong, for what
  // is no pattern; for one longer than kMaxBytes; and for one whose program
  // would not fit the memory that a pattern may take, 128 KiB.
  static absl::StatusOr<TextPattern> Parse(const std::string& pattern);

  // RE2 works its automaton out as texts come: a text that leads to a state
  // where none led before may cost memory, within that bound, and a lock.
  // Where the whole of a short text is decided by one way through the pattern,
  // as in "[0-9]{4}", there is no such table.
  bool Matches(absl::string_view text) const;

  // A few texts of at most `most` bytes that it matches, if any are found.
  std::vector<std::string> Examples(size_t most) const;

  const std::string& text() const;

 private:
  explicit TextPattern(std::shared_ptr<const re2::RE2> program) : program_(std::move(program)) {}

  std::shared_ptr<const re2::RE2> program_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_TEXT_PATTERN_H_
