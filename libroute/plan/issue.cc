#include "libroute/plan/issue.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libroute/plan/utf8.h"

namespace libroute {
namespace {

// Characters that would not be seen, or would change how the text around them
// is seen.
bool IsInvisible(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xE0000 && code <= 0xE0FFF);
}

std::string EscapedCharacter(char32_t code) {
  switch (code) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      break;
  }
  if (code < 0x80) return absl::StrFormat("\\x%02x", static_cast<uint32_t>(code));
  if (code < 0x10000) return absl::StrFormat("\\u%04x", static_cast<uint32_t>(code));
  return absl::StrFormat("\\U%08x", static_cast<uint32_t>(code));
}

std::string QuotedUpTo(absl::string_view text, size_t max_bytes) {
  std::string result = "\"";
  size_t offset = 0;
  while (offset < text.size()) {
    if (offset >= max_bytes) return result + "...\"";
    const Utf8Character character = FirstCharacter(text.substr(offset));
    const int length = std::max(character.length, 1);
    if (character.length == 0) {
      absl::StrAppendFormat(&result, "\\x%02x", static_cast<unsigned char>(text[offset]));
    } else if (IsInvisible(character.code)) {
      result += EscapedCharacter(character.code);
    } else {
      if (character.code == '"' || character.code == '\\') result += '\\';
      absl::StrAppend(&result, text.substr(offset, length));
    }
    offset += length;
  }
  return result + "\"";
}

bool IsPlainName(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_';
  });
}

}  // namespace

absl::string_view SeverityName(Severity severity) {
  return severity == Severity::kWarning ? "warning" : "error";
}

std::string FormatIssue(const Issue& issue) {
  std::string result;
  if (!issue.position.file.empty()) absl::StrAppend(&result, issue.position.file, ":");
  if (issue.position.line > 0) {
    absl::StrAppend(&result, issue.position.line, ":", issue.position.column, ":");
  }
  if (!result.empty()) result += " ";
  absl::StrAppend(&result, SeverityName(issue.severity), ": ");
  if (!issue.path.empty()) absl::StrAppend(&result, issue.path, ": ");
  return result + issue.message;
}

bool HasErrors(const std::vector<Issue>& issues) {
  return std::any_of(issues.begin(), issues.end(),
                     [](const Issue& issue) { return issue.severity == Severity::kError; });
}

void IssueList::Add(Issue issue) {
  if (!full()) {
    issues_.push_back(std::move(issue));
    return;
  }
  ++more_;
  more_severity_ = std::max(more_severity_, issue.severity);
}

std::vector<Issue> IssueList::Take() && {
  if (more_ > 0) {
    Issue issue;
    issue.severity = more_severity_;
    issue.code = "more";
    issue.message = absl::StrCat("and ", more_, " more ", more_ == 1 ? "problem" : "problems");
    issue.position.file = issues_.back().position.file;
    issues_.push_back(std::move(issue));
  }
  return std::move(issues_);
}

std::string FieldPath(absl::string_view path, absl::string_view name) {
  return path.empty() ? std::string(name) : absl::StrCat(path, ".", name);
}

std::string IndexSegment(int index) {
  return absl::StrCat("[", index, "]");
}

std::string KeySegment(absl::string_view key) {
  if (IsPlainName(key)) return std::string(key);
  return absl::StrCat("[", QuotedUpTo(key, key.size()), "]");
}

std::string IndexPath(absl::string_view path, int index) {
  return absl::StrCat(path, IndexSegment(index));
}

std::string KeyPath(absl::string_view path, absl::string_view key) {
  const std::string segment = KeySegment(key);
  return segment[0] == '[' ? absl::StrCat(path, segment) : FieldPath(path, segment);
}

std::string Quoted(absl::string_view text) {
  constexpr size_t kMaxShown = 80;
  return QuotedUpTo(text, kMaxShown);
}

}  // namespace libroute
