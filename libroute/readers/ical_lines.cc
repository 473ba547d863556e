#include "libroute/readers/ical_lines.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr absl::string_view kExpected =
    "a line NAME:value or NAME;PARAMETER=value:value is expected";

bool IsNameCharacter(char c) {
  return absl::ascii_isalnum(c) || c == '-';
}

// Takes a name off `content`.
std::string TakeName(absl::string_view& content) {
  const size_t size =
      std::find_if_not(content.begin(), content.end(), IsNameCharacter) - content.begin();
  std::string name = absl::AsciiStrToUpper(content.substr(0, size));
  content.remove_prefix(size);
  return name;
}

// Takes the value of a parameter off `content`: up to a ':' or ';' that is not
// in quotes, which are left out.
std::string TakeParameterValue(absl::string_view& content) {
  std::string value;
  bool is_quoted = false;
  size_t size = 0;
  for (; size < content.size(); ++size) {
    const char c = content[size];
    if (!is_quoted && (c == ':' || c == ';')) break;
    if (c == '"') {
      is_quoted = !is_quoted;
    } else {
      value.push_back(c);
    }
  }
  content.remove_prefix(size);
  return value;
}

}  // namespace

absl::string_view IcalLine::Parameter(absl::string_view parameter) const {
  for (const auto& [name, text] : parameters) {
    if (name == parameter) return text;
  }
  return "";
}

IcalLines::IcalLines(absl::string_view text) : text_(absl::StripPrefix(text, kByteOrderMark)) {}

absl::string_view IcalLines::NextPhysical() {
  const size_t end = std::min(text_.find('\n', next_), text_.size());
  const absl::string_view physical = text_.substr(next_, end - next_);
  next_ = std::min(end + 1, text_.size());
  ++line_number_;
  return absl::StripSuffix(physical, "\r");
}

bool IcalLines::GoesOn() const {
  return next_ < text_.size() && (text_[next_] == ' ' || text_[next_] == '\t');
}

const IcalLine* IcalLines::Next() {
  std::string content;
  do {
    if (next_ == text_.size()) return nullptr;
    line_.line = line_number_;
    const absl::string_view first = NextPhysical();
    content.assign(first.data(), first.size());
    while (GoesOn()) {
      const absl::string_view more = NextPhysical().substr(1);
      content.append(more.data(), more.size());
    }
  } while (content.empty());
  Parse(content);
  return &line_;
}

void IcalLines::Parse(absl::string_view content) {
  line_.parameters.clear();
  line_.value.clear();
  line_.fault.clear();
  line_.name = TakeName(content);
  while (!line_.name.empty() && absl::ConsumePrefix(&content, ";")) {
    std::string name = TakeName(content);
    if (name.empty() || !absl::ConsumePrefix(&content, "=")) {
      line_.fault = std::string(kExpected);
      return;
    }
    line_.parameters.emplace_back(std::move(name), TakeParameterValue(content));
  }
  if (line_.name.empty() || !absl::ConsumePrefix(&content, ":")) {
    line_.fault = std::string(kExpected);
    return;
  }
  line_.value = std::string(content);
}

std::string IcalText(absl::string_view value) {
  std::string text;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      text.push_back(value[i]);
      continue;
    }
    const char escaped = value[++i];
    text.push_back(escaped == 'n' || escaped == 'N' ? '\n' : escaped);
  }
  return text;
}

}  // namespace libroute
