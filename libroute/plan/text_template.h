#ifndef LIBROUTE_PLAN_TEXT_TEMPLATE_H_
#define LIBROUTE_PLAN_TEXT_TEMPLATE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace libroute {

// A text with places to be filled in: "Enter {code} and #". "{{" is a brace.
class TextTemplate {
 public:
  // InvalidArgument, with the nearest name, for a place that is none of `names`,
  // and for a brace that is not closed.
  static absl::StatusOr<TextTemplate> Parse(absl::string_view text,
                                            absl::Span<const absl::string_view> names);

  // With the value of each name, in the order of Parse's `names`.
  std::string Fill(absl::Span<const std::string> values) const;

 private:
  // A text, and the index of the name behind it; the last has none.
  std::vector<std::pair<std::string, int>> parts_;
};

}  // namespace libroute

#endif  // LIBROUTE_PLAN_TEXT_TEMPLATE_H_
