#ifndef LIBROUTE_TREE_NODES_DESTINATION_CASE_H_
#define LIBROUTE_TREE_NODES_DESTINATION_CASE_H_

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "libroute/number/dialling.h"
#include "libroute/number/number_criteria.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/number_reader.h"

namespace libroute {

namespace v1 {
class DestinationBranch_Case;
}

// What a case of a destination branch says.
struct WrittenDestination {
  WrittenNumbers numbers;
  SpecialKindSet special;
  // There is something in `numbers`.
  bool names_numbers = false;
};

// Which called numbers a case of a destination branch means. Immutable;
// thread-safe.
class DestinationCase {
 public:
  // Reads and checks the case at `path`.
  static WrittenDestination Read(const v1::DestinationBranch_Case& written, const std::string& path,
                                 NodeScope& scope);

  explicit DestinationCase(WrittenDestination written)
      : names_numbers_(written.names_numbers),
        special_(written.special),
        numbers_(written.numbers.numbers, written.numbers.kinds,
                 std::move(written.numbers.countries)),
        text_(std::move(written.numbers.text)) {}

  bool Matches(Frame& frame) const {
    return IsSpecial(frame) || Compare(frame) == NumberCriteria::Difference::kNone;
  }
  // The same in words.
  Comparison Words(Frame& frame) const;
  absl::string_view text() const { return text_; }

 private:
  NumberCriteria::Difference Compare(Frame& frame) const {
    frame.decision.depends_on.Add(Dependence::kCall);
    const bool has_number = frame.context.email == nullptr;
    if (!names_numbers_ || !has_number) return NumberCriteria::Difference::kNumber;
    return numbers_.Compare(frame.state.called.digits(),
                            [&]() -> const NumberFacts& { return frame.called_facts(); });
  }
  bool IsSpecial(Frame& frame) const {
    return !special_.empty() && frame.context.email == nullptr && special_.Has(SpecialOf(frame));
  }
  static SpecialKind SpecialOf(Frame& frame);

  bool names_numbers_;
  SpecialKindSet special_;
  NumberCriteria numbers_;
  // As written, for Explain.
  std::string text_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_DESTINATION_CASE_H_
