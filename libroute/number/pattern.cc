#include "libroute/number/pattern.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

constexpr int kMaxPrefixLength = 14;
constexpr size_t kMaxShown = 48;

absl::Status NotAPattern(absl::string_view text, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", absl::CHexEscape(text.substr(0, kMaxShown)), "\" is not a number pattern: ", why,
      "; write +3222000100 (one number), +3222* (all that begin so) or "
      "+3222000100-+3222000199 (first to last)"));
}

// What is wrong with `text`, '+' and then digits, whatever their number; empty
// if nothing.
std::string FaultOfDigits(absl::string_view text) {
  if (text.empty() || text[0] != '+') return "a number begins with '+' and the country code";
  for (char c : text.substr(1)) {
    if (absl::ascii_isdigit(c)) continue;
    return absl::StrCat("'", absl::CHexEscape(absl::string_view(&c, 1)),
                        "' stands where a digit should be");
  }
  if (text.size() > 1 && text[1] == '0') return "no country code begins with 0";
  return "";
}

std::string FaultOfNumber(absl::string_view text) {
  std::string fault = FaultOfDigits(text);
  if (!fault.empty()) return fault;
  const size_t size = text.size() - 1;
  if (size >= E164Number::kMinLength && size <= Digits::kMaxLength) return "";
  return absl::StrCat("a number has ", E164Number::kMinLength, " to ", Digits::kMaxLength,
                      " digits, this one has ", size);
}

Digits DigitsOf(absl::string_view number) {
  return *Digits::Parse(number.substr(1));
}

absl::StatusOr<NumberPattern> ParsePrefix(absl::string_view text) {
  absl::string_view prefix = absl::StripSuffix(text, "*");
  std::string fault = FaultOfDigits(prefix);
  if (!fault.empty()) return NotAPattern(text, fault);
  const size_t size = prefix.size() - 1;
  if (size >= 1 && size <= kMaxPrefixLength) return NumberPattern::Prefix(DigitsOf(prefix));
  return NotAPattern(
      text, absl::StrCat("a prefix has 1 to ", kMaxPrefixLength, " digits, this one has ", size));
}

absl::StatusOr<NumberPattern> ParseRange(absl::string_view text, size_t dash) {
  absl::string_view first_text = text.substr(0, dash);
  absl::string_view last_text = text.substr(dash + 1);
  std::string fault = FaultOfNumber(first_text);
  if (!fault.empty()) return NotAPattern(text, absl::StrCat("in the first number, ", fault));
  fault = FaultOfNumber(last_text);
  if (!fault.empty()) return NotAPattern(text, absl::StrCat("in the last number, ", fault));
  const Digits first = DigitsOf(first_text);
  const Digits last = DigitsOf(last_text);
  if (first.size() != last.size()) {
    return NotAPattern(text, absl::StrCat("its ends have ", first.size(), " and ", last.size(),
                                          " digits, which must be equal"));
  }
  if (last < first) return NotAPattern(text, "its last number is before its first");
  return NumberPattern::Range(first, last);
}

constexpr std::array<uint64_t, Digits::kMaxLength + 1> MakePowersOfTen() {
  std::array<uint64_t, Digits::kMaxLength + 1> powers = {1};
  for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}

constexpr std::array<uint64_t, Digits::kMaxLength + 1> kPowersOfTen = MakePowersOfTen();

uint64_t DecimalOf(Digits digits) {
  uint64_t decimal = 0;
  for (int i = 0; i < digits.size(); ++i) decimal = 10 * decimal + digits.digit(i);
  return decimal;
}

Digits FromDecimal(uint64_t decimal, int length) {
  Digits digits;
  for (int i = length - 1; i >= 0; --i) digits = digits.Append(decimal / kPowersOfTen[i] % 10);
  return digits;
}

}  // namespace

absl::StatusOr<NumberPattern> NumberPattern::Parse(absl::string_view text) {
  if (text.empty()) return NotAPattern(text, "it is empty");
  const size_t dash = text.find('-');
  if (dash != absl::string_view::npos) return ParseRange(text, dash);
  if (text.back() == '*') return ParsePrefix(text);
  std::string fault = FaultOfNumber(text);
  if (!fault.empty()) return NotAPattern(text, fault);
  return Exact(DigitsOf(text));
}

bool NumberPattern::Covers(const NumberPattern& other) const {
  if (kind_ != Kind::kPrefix && other.kind_ == Kind::kPrefix) return false;
  return Matches(other.first_) && Matches(other.last_);
}

bool NumberPattern::Overlaps(const NumberPattern& other) const {
  if (kind_ == Kind::kPrefix && other.kind_ == Kind::kPrefix) {
    return first_.StartsWith(other.first_) || other.first_.StartsWith(first_);
  }
  if (other.kind_ == Kind::kPrefix) return other.Overlaps(*this);
  if (kind_ != Kind::kPrefix) {
    return first_.size() == other.first_.size() && !(other.last_ < first_) &&
           !(last_ < other.first_);
  }
  const int length = first_.size();
  if (other.first_.size() < length) return false;
  return !(other.last_.Prefix(length) < first_) && !(first_ < other.first_.Prefix(length));
}

uint64_t NumberPattern::CountOfLength(int length) const {
  const int written = first_.size();
  if (kind_ == Kind::kPrefix) return length < written ? 0 : kPowersOfTen[length - written];
  return length == written ? DecimalOf(last_) - DecimalOf(first_) + 1 : 0;
}

std::vector<Digits> NumberPattern::Prefixes() const {
  if (kind_ != Kind::kRange) return {first_};
  std::vector<Digits> prefixes;
  const int length = first_.size();
  const uint64_t end = DecimalOf(last_) + 1;
  for (uint64_t next = DecimalOf(first_); next < end;) {
    // The largest block that begins here and does not go past the end.
    int free = 0;
    while (free + 1 < length && next % kPowersOfTen[free + 1] == 0 &&
           next + kPowersOfTen[free + 1] <= end) {
      ++free;
    }
    prefixes.push_back(FromDecimal(next, length).Prefix(length - free));
    next += kPowersOfTen[free];
  }
  return prefixes;
}

std::string NumberPattern::ToString() const {
  std::string text = absl::StrCat("+", first_.ToString());
  if (kind_ == Kind::kPrefix) absl::StrAppend(&text, "*");
  if (kind_ == Kind::kRange) absl::StrAppend(&text, "-+", last_.ToString());
  return text;
}

}  // namespace libroute
