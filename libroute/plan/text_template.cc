#include "libroute/plan/text_template.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

constexpr int kNoName = -1;

absl::Status NoSuchName(absl::string_view name, absl::Span<const absl::string_view> names) {
  const std::vector<std::string> known(names.begin(), names.end());
  return absl::InvalidArgumentError(
      absl::StrCat("nothing is known as {", name, "}", DidYouMean(name, known), "; there are {",
                   absl::StrJoin(names, "}, {"), "}"));
}

}  // namespace

absl::StatusOr<TextTemplate> TextTemplate::Parse(absl::string_view text,
                                                 absl::Span<const absl::string_view> names) {
  TextTemplate made;
  std::string before;
  while (!text.empty()) {
    const size_t brace = text.find('{');
    absl::StrAppend(&before, text.substr(0, brace));
    if (brace == absl::string_view::npos) break;
    text.remove_prefix(brace + 1);
    if (!text.empty() && text.front() == '{') {
      before.push_back('{');
      text.remove_prefix(1);
      continue;
    }
    const size_t end = text.find('}');
    if (end == absl::string_view::npos) {
      return absl::InvalidArgumentError("a \"{\" is not closed; write \"{{\" for the brace itself");
    }
    const absl::string_view name = text.substr(0, end);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return NoSuchName(name, names);
    made.parts_.emplace_back(std::move(before), static_cast<int>(found - names.begin()));
    before.clear();
    text.remove_prefix(end + 1);
  }
  made.parts_.emplace_back(std::move(before), kNoName);
  return made;
}

std::string TextTemplate::Fill(absl::Span<const std::string> values) const {
  std::string text;
  for (const auto& [before, name] : parts_) {
    absl::StrAppend(&text, before, name == kNoName ? "" : values[static_cast<size_t>(name)]);
  }
  return text;
}

}  // namespace libroute
