#include "libroute/tree/nodes/destination_case.h"

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
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

static_assert(static_cast<int>(SpecialKind::kDirectory) == v1::SPECIAL_NUMBER_DIRECTORY + 1);
static_assert(static_cast<int>(SpecialKind::kService) == v1::SPECIAL_NUMBER_SERVICE + 1);

SpecialKindSet ReadSpecial(const v1::DestinationBranch::Case& written, const std::string& path,
                           NodeScope& scope) {
  SpecialKindSet set;
  bool needs_country = false;
  for (int i = 0; i < written.special_size(); ++i) {
    const v1::SpecialNumber special = written.special(i);
    if (special == v1::SPECIAL_NUMBER_UNSPECIFIED || !v1::SpecialNumber_IsValid(special)) {
      scope.Error(IndexPath(path, i), "bad-value", "write directory, short or service");
      continue;
    }
    needs_country |= special != v1::SPECIAL_NUMBER_SERVICE;
    set.Add(static_cast<SpecialKind>(special + 1));
  }
  if (needs_country && !scope.has_country()) {
    scope.Error(path, "missing",
                "say in which country these are dialled: numbering: { country: FR }");
  }
  return set;
}

void AppendText(SpecialKindSet special, std::string& text) {
  for (SpecialKind kind : {SpecialKind::kDirectory, SpecialKind::kShort, SpecialKind::kService}) {
    if (!special.Has(kind)) continue;
    absl::StrAppend(&text, text.empty() ? "" : ", ", "any ", SpecialKindName(kind), " number");
  }
}

}  // namespace

WrittenDestination DestinationCase::Read(const v1::DestinationBranch::Case& written,
                                         const std::string& path, NodeScope& scope) {
  WrittenDestination read;
  const NumberFields fields = NumberFieldsOf(written);
  if (fields.empty() && written.special().empty()) {
    scope.Error(path, "missing",
                "a case of a destination branch needs numbers, area, kind, country or special");
  }
  read.names_numbers = !fields.empty();
  read.numbers = ReadNumbers(fields, path, scope);
  read.special = ReadSpecial(written, path + ".special", scope);
  AppendText(read.special, read.numbers.text);
  return read;
}

SpecialKind DestinationCase::SpecialOf(Frame& frame) {
  if (!frame.state.called.has_value()) return frame.plan.Special(frame.state.dialled);
  return SpecialKindOf(frame.called_facts().kind);
}

Comparison DestinationCase::Words(Frame& frame) const {
  const NumberCriteria::Difference difference =
      IsSpecial(frame) ? NumberCriteria::Difference::kNone : Compare(frame);
  std::string subject = absl::StrCat("called ", CalledText(frame.state));
  if (numbers_.looks_closer()) absl::StrAppend(&subject, numbers_.Words(frame.called_facts()));
  return {std::move(subject), text_, difference == NumberCriteria::Difference::kNone,
          std::string(DifferenceText(difference))};
}

}  // namespace libroute
