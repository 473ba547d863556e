#include "libroute/call/digits.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "libroute/call/service_code.h"

namespace libroute {
namespace {

constexpr char kCharacters[] = "0123456789*#";
constexpr size_t kMinDialString = 2;
constexpr size_t kMaxDialString = 6;

// `text` as a message may show it: short, and printable whatever came in.
std::string Shown(absl::string_view text) { return absl::CHexEscape(text.substr(0, 32)); }

// The digit that `c` stands for, -1 if none.
int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c == '*') return 10;
  return c == '#' ? 11 : -1;
}

absl::Status NotANumber(absl::string_view text, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", Shown(text), "\" is not an E.164 number: ", why,
                   "; write '+', the country code and the number, e.g. +3222000100"));
}

}  // namespace

absl::StatusOr<Digits> Digits::Parse(absl::string_view text) {
  if (text.size() > kMaxLength) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", Shown(text), "\" has more than ", kMaxLength, " digits"));
  }
  Digits digits;
  for (char c : text) {
    int digit = DigitOf(c);
    if (digit < 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", Shown(text), "\" has a character that is not a digit, '*' or '#'"));
    }
    digits = digits.Append(digit);
  }
  return digits;
}

std::string Digits::ToString() const {
  std::string text;
  text.reserve(size());
  for (int i = 0; i < size(); ++i) text.push_back(kCharacters[digit(i)]);
  return text;
}

Digits ReadDialString(absl::string_view text) {
  if (text.size() < kMinDialString || text.size() > kMaxDialString) return Digits();
  if (!std::all_of(text.begin(), text.end(), absl::ascii_isdigit)) return Digits();
  return *Digits::Parse(text);
}

Digits ReadDialled(absl::string_view text) {
  absl::StatusOr<Digits> digits = Digits::Parse(text);
  if (digits.ok()) return *digits;
  const ServiceCode code = ReadServiceCode(text);
  return code.has_value() ? code.Shortened() : Digits();
}

absl::StatusOr<E164Number> E164Number::Parse(absl::string_view text) {
  const absl::string_view shown = text;
  if (text.empty() || text[0] != '+') return NotANumber(shown, "it does not begin with '+'");
  text.remove_prefix(1);
  if (text.size() < kMinLength || text.size() > Digits::kMaxLength) {
    return NotANumber(shown, "it does not have 7 to 15 digits");
  }
  for (char c : text) {
    if (!absl::ascii_isdigit(c)) return NotANumber(shown, "it has a character that is not a digit");
  }
  if (text[0] == '0') return NotANumber(shown, "no country code begins with 0");
  return FromDigits(*Digits::Parse(text));
}

std::string E164Number::ToString() const {
  return has_value() ? absl::StrCat("+", digits_.ToString()) : std::string();
}

}  // namespace libroute
