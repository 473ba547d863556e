#ifndef LIBROUTE_TREE_NODES_DESTINATION_CASE_H_
#define LIBROUTE_TREE_NODES_DESTINATION_CASE_H_

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "libroute/number/number_criteria.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/number_reader.h"

namespace libroute {

namespace v1 {
class DestinationBranch_Case;
}

// Which called numbers a case of a destination branch means. Immutable;
// thread-safe.
class DestinationCase {
 public:
  // Reads and checks the case at `path`.
  static WrittenNumbers Read(const v1::DestinationBranch_Case& written, const std::string& path,
                             NodeScope& scope);

  explicit DestinationCase(WrittenNumbers written)
      : numbers_(written.numbers, written.kinds, std::move(written.countries)),
        text_(std::move(written.text)) {}

  bool Matches(Frame& frame) const { return Compare(frame) == NumberCriteria::Difference::kNone; }
  // The same in words.
  Comparison Words(Frame& frame) const;
  absl::string_view text() const { return text_; }

 private:
  NumberCriteria::Difference Compare(Frame& frame) const {
    frame.decision.depends_on.Add(Dependence::kCall);
    return numbers_.Compare(frame.state.called.digits(),
                            [&]() -> const NumberFacts& { return frame.called_facts(); });
  }

  NumberCriteria numbers_;
  // As written, for Explain.
  std::string text_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_DESTINATION_CASE_H_
