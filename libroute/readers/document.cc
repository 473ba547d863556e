#include "libroute/readers/document.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "libroute/plan/utf8.h"
#include "libroute/readers/document_builder.h"
#include "libroute/readers/json_parser.h"
#include "libroute/readers/text_positions.h"
#include "libroute/readers/yaml_parser.h"

namespace libroute {
namespace {

Issue IssueAt(const std::string& file, LineColumn place, std::string code, std::string message) {
  Issue issue;
  issue.code = std::move(code);
  issue.message = std::move(message);
  issue.position = {file, place.line, place.column};
  return issue;
}

bool IsControl(char c) {
  return c >= 0 && c < ' ' && c != '\n' && c != '\t' && c != '\r';
}

// Whether `text` is text at all. yaml-cpp takes byte 4 for the end of the
// text, and a text with NULs for UTF-16.
bool IsText(absl::string_view text, const std::string& file, IssueList& issues) {
  const size_t invalid = FindInvalidUtf8(text);
  if (invalid < text.size()) {
    issues.Add(IssueAt(file, TextPositions(text).At(invalid), "syntax",
                       "not UTF-8; save the file in UTF-8"));
    return false;
  }
  const auto control = std::find_if(text.begin(), text.end(), IsControl);
  if (control == text.end()) return true;
  issues.Add(IssueAt(file, TextPositions(text).At(control - text.begin()), "syntax",
                     absl::StrFormat("control character \\x%02x; write it as an escape, in double "
                                     "quotes",
                                     static_cast<unsigned char>(*control))));
  return false;
}

bool LooksLikeJson(absl::string_view text) {
  const size_t start = text.find_first_not_of(" \t\r\n");
  return start != absl::string_view::npos && (text[start] == '{' || text[start] == '[');
}

}  // namespace

DocumentNode ParseDocument(absl::string_view text, const std::string& file,
                           const PlanLimits& limits, IssueList& issues) {
  if (text.size() > limits.max_bytes) {
    issues.Add(IssueAt(file, LineColumn(), "too-large",
                       absl::StrCat(text.size(), " bytes, at most ", limits.max_bytes,
                                    " are read from one file")));
    return {};
  }
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  if (!IsText(text, file, issues)) return {};
  const bool must_be_json = absl::EndsWithIgnoreCase(file, ".json");
  if (must_be_json || LooksLikeJson(text)) {
    IssueList json_issues(limits.max_issues);
    DocumentBuilder builder(text, file, limits, json_issues);
    if (ParseJson(text, builder) || must_be_json) {
      for (Issue& issue : std::move(json_issues).Take()) issues.Add(std::move(issue));
      return builder.TakeRoot();
    }
  }
  DocumentBuilder builder(text, file, limits, issues);
  ParseYaml(text, builder);
  return builder.TakeRoot();
}

}  // namespace libroute
