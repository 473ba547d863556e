#include "libroute/schedule/written_time.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

// '0' stands for any digit.
constexpr absl::string_view kDateForms[] = {"0000-00-00", "00000000"};
constexpr absl::string_view kTimeForms[] = {"0000-00-00T00:00:00", "0000-00-00T00:00",
                                            "00000000T000000"};

bool HasForm(absl::string_view text, absl::string_view form) {
  return std::equal(text.begin(), text.end(), form.begin(), form.end(), [](char c, char f) {
    return f == '0' ? absl::ascii_isdigit(static_cast<unsigned char>(c)) : c == f;
  });
}

template <size_t count>
bool HasAnyForm(absl::string_view text, const absl::string_view (&forms)[count]) {
  return std::any_of(std::begin(forms), std::end(forms),
                     [text](absl::string_view form) { return HasForm(text, form); });
}

// The number that these of the digits in `text` make.
int DigitsAt(const std::string& digits, size_t position, size_t length) {
  int value = 0;
  for (char c : digits.substr(position, length)) value = value * 10 + (c - '0');
  return value;
}

std::string DigitsOf(absl::string_view text) {
  std::string digits;
  for (unsigned char c : text) {
    if (absl::ascii_isdigit(c)) digits.push_back(static_cast<char>(c));
  }
  // A date's time is midnight; seconds that are left out are zero.
  digits.resize(14, '0');
  return digits;
}

absl::Status NoSuchTime(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", absl::CEscape(text.substr(0, 40)),
      "\" is not a time; write 2026-12-25T09:00:00, 2026-12-25T09:00:00Z for UTC, or 2026-12-25 "
      "for a date, one that exists"));
}

}  // namespace

absl::StatusOr<WrittenTime> WrittenTime::Parse(absl::string_view text) {
  absl::string_view local = text;
  const bool is_utc = absl::ConsumeSuffix(&local, "Z");
  const bool is_date = !is_utc && HasAnyForm(local, kDateForms);
  if (!is_date && !HasAnyForm(local, kTimeForms)) return NoSuchTime(text);
  const std::string digits = DigitsOf(local);
  const int year = DigitsAt(digits, 0, 4);
  const int month = DigitsAt(digits, 4, 2);
  const int day = DigitsAt(digits, 6, 2);
  const int hour = DigitsAt(digits, 8, 2);
  const int minute = DigitsAt(digits, 10, 2);
  const int second = DigitsAt(digits, 12, 2);
  const absl::CivilSecond time(year, month, day, hour, minute, second);
  // A time that does not exist is normalised to another one.
  const bool exists = year > 0 && time.month() == month && time.day() == day &&
                      time.hour() == hour && time.minute() == minute && time.second() == second;
  if (!exists) return NoSuchTime(text);
  return WrittenTime{time, is_date ? TimeForm::kDate : is_utc ? TimeForm::kUtc : TimeForm::kLocal};
}

}  // namespace libroute
