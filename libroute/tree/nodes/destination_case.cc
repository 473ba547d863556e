#include "libroute/tree/nodes/destination_case.h"

#include "absl/strings/str_cat.h"
#include "libroute/tree/node_scope.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

absl::string_view DifferenceText(NumberCriteria::Difference difference) {
  switch (difference) {
    case NumberCriteria::Difference::kNone:
      return "matches";
    case NumberCriteria::Difference::kKind:
      return "is of another kind";
    case NumberCriteria::Difference::kCountry:
      return "is of another country";
    case NumberCriteria::Difference::kNumber:
      break;
  }
  return "does not match";
}

}  // namespace

WrittenNumbers DestinationCase::Read(const v1::DestinationBranch::Case& written,
                                     const std::string& path, NodeScope& scope) {
  const NumberFields fields = NumberFieldsOf(written);
  if (fields.empty()) {
    scope.Error(path, "missing",
                "a case of a destination branch needs numbers, area, kind or country");
  }
  return ReadNumbers(fields, path, scope);
}

Comparison DestinationCase::Words(Frame& frame) const {
  const NumberCriteria::Difference difference = Compare(frame);
  std::string subject = absl::StrCat("called ", frame.state.called.ToString());
  if (numbers_.looks_closer()) absl::StrAppend(&subject, numbers_.Words(frame.called_facts()));
  return {std::move(subject), text_, difference == NumberCriteria::Difference::kNone,
          std::string(DifferenceText(difference))};
}

}  // namespace libroute
