#include "libroute/readers/json_parser.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/utf8.h"

namespace libroute {
namespace {

// Recursive, as deep as the builder allows. Its functions say whether the
// text may be read on: false after a mistake, and when the builder stopped.
class JsonParser {
 public:
  JsonParser(absl::string_view text, DocumentBuilder& builder) : text_(text), builder_(builder) {}

  bool Document() {
    if (!Value()) return builder_.stopped();
    SkipSpace();
    return offset_ == text_.size() || Fail("something follows the end of the JSON text");
  }

 private:
  bool Value();
  bool Map();
  bool Entry();
  bool List();
  bool Number();
  bool Word(absl::string_view word);
  // The string that begins here.
  std::optional<std::string> String();
  // Appends what the escape that begins here stands for.
  bool Escape(std::string& text);
  bool UnicodeEscape(std::string& text);
  // The four hex digits after \u, which is here.
  std::optional<uint32_t> CodeUnit();
  void Digits();

  char Peek() const { return offset_ < text_.size() ? text_[offset_] : '\0'; }
  bool Take(char c) {
    if (Peek() != c) return false;
    ++offset_;
    return true;
  }
  void SkipSpace();
  bool Fail(absl::string_view message) { return FailAt(offset_, message); }
  bool FailAt(size_t offset, absl::string_view message) {
    builder_.Complain(offset, "syntax", std::string(message));
    return false;
  }

  const absl::string_view text_;
  DocumentBuilder& builder_;
  size_t offset_ = 0;
};

void JsonParser::SkipSpace() {
  while (Peek() == ' ' || Peek() == '\n' || Peek() == '\t' || Peek() == '\r') ++offset_;
}

bool JsonParser::Value() {
  SkipSpace();
  if (builder_.stopped()) return false;
  switch (Peek()) {
    case '{':
      return Map();
    case '[':
      return List();
    case '"': {
      const size_t start = offset_;
      std::optional<std::string> text = String();
      if (text) builder_.QuotedScalar(start, *std::move(text));
      return text.has_value() && !builder_.stopped();
    }
    case 't':
      return Word("true");
    case 'f':
      return Word("false");
    case 'n':
      return Word("null");
    default:
      return Number();
  }
}

bool JsonParser::Map() {
  builder_.BeginMap(offset_);
  if (builder_.stopped()) return false;
  ++offset_;
  SkipSpace();
  if (!Take('}')) {
    do {
      if (!Entry()) return false;
      SkipSpace();
    } while (Take(','));
    if (!Take('}')) return Fail("expected ',' or '}'");
  }
  builder_.End();
  return true;
}

bool JsonParser::Entry() {
  SkipSpace();
  if (Peek() != '"') return Fail("expected a name in double quotes");
  const size_t start = offset_;
  std::optional<std::string> name = String();
  if (!name) return false;
  builder_.QuotedScalar(start, *std::move(name));
  SkipSpace();
  if (!Take(':')) return Fail("expected ':'");
  return Value();
}

bool JsonParser::List() {
  builder_.BeginList(offset_);
  if (builder_.stopped()) return false;
  ++offset_;
  SkipSpace();
  if (!Take(']')) {
    do {
      if (!Value()) return false;
      SkipSpace();
    } while (Take(','));
    if (!Take(']')) return Fail("expected ',' or ']'");
  }
  builder_.End();
  return true;
}

bool JsonParser::Word(absl::string_view word) {
  if (!absl::StartsWith(text_.substr(offset_), word)) return Fail("expected a value");
  if (word == "null") {
    builder_.Null(offset_);
  } else {
    builder_.PlainScalar(offset_, std::string(word));
  }
  offset_ += word.size();
  return !builder_.stopped();
}

void JsonParser::Digits() {
  while (absl::ascii_isdigit(Peek())) ++offset_;
}

bool JsonParser::Number() {
  const size_t start = offset_;
  Take('-');
  if (!absl::ascii_isdigit(Peek())) return FailAt(start, "expected a value");
  if (!Take('0')) Digits();
  if (Take('.')) {
    if (!absl::ascii_isdigit(Peek())) return Fail("expected a digit");
    Digits();
  }
  if (Take('e') || Take('E')) {
    if (!Take('+')) Take('-');
    if (!absl::ascii_isdigit(Peek())) return Fail("expected a digit");
    Digits();
  }
  builder_.PlainScalar(start, std::string(text_.substr(start, offset_ - start)));
  return !builder_.stopped();
}

std::optional<std::string> JsonParser::String() {
  const size_t start = offset_++;
  std::string text;
  while (offset_ < text_.size()) {
    const char c = text_[offset_];
    if (c == '\\') {
      if (!Escape(text)) return std::nullopt;
      continue;
    }
    ++offset_;
    if (c == '"') return text;
    if (absl::ascii_iscntrl(c) && c != 0x7F) {
      FailAt(offset_ - 1, "a string goes on to the next line, or has a tab; write \\n or \\t");
      return std::nullopt;
    }
    text += c;
  }
  FailAt(start, "the string that begins here has no end");
  return std::nullopt;
}

bool JsonParser::Escape(std::string& text) {
  constexpr absl::string_view kEscapes = "\"\\/bfnrt";
  constexpr absl::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const char c = offset_ + 1 < text_.size() ? text_[offset_ + 1] : '\0';
  if (c == 'u') return UnicodeEscape(text);
  const size_t found = kEscapes.find(c);
  if (found == absl::string_view::npos) {
    return Fail("no such escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u");
  }
  text += kMeanings[found];
  offset_ += 2;
  return true;
}

bool JsonParser::UnicodeEscape(std::string& text) {
  const size_t start = offset_;
  const std::optional<uint32_t> first = CodeUnit();
  if (!first) return Fail("expected four hex digits after \\u");
  if (*first < 0xD800 || *first > 0xDFFF) {
    AppendUtf8(*first, text);
    return true;
  }
  const std::optional<uint32_t> second = *first < 0xDC00 ? CodeUnit() : std::nullopt;
  if (!second || *second < 0xDC00 || *second > 0xDFFF) {
    return FailAt(start, "half of a surrogate pair; both halves are needed");
  }
  AppendUtf8(0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00), text);
  return true;
}

std::optional<uint32_t> JsonParser::CodeUnit() {
  const absl::string_view escape = text_.substr(offset_, 6);
  if (escape.size() < 6 || !absl::StartsWith(escape, "\\u")) return std::nullopt;
  uint32_t unit = 0;
  for (const char c : escape.substr(2)) {
    if (!absl::ascii_isxdigit(c)) return std::nullopt;
    const int digit = absl::ascii_isdigit(c) ? c - '0' : absl::ascii_tolower(c) - 'a' + 10;
    unit = unit << 4 | digit;
  }
  offset_ += 6;
  return unit;
}

}  // namespace

bool ParseJson(absl::string_view text, DocumentBuilder& builder) {
  return JsonParser(text, builder).Document();
}

}  // namespace libroute
