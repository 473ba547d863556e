#include "libroute/readers/ical_event.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

absl::Status Fault(std::string what) {
  return absl::InvalidArgumentError(what);
}

absl::StatusOr<IcalDay> ReadDay(absl::string_view text, const IcalLine& property) {
  const absl::string_view type = property.Parameter("VALUE");
  if (!type.empty() && !absl::EqualsIgnoreCase(type, "DATE") &&
      !absl::EqualsIgnoreCase(type, "DATE-TIME")) {
    return Fault(absl::StrCat(property.name, " of the type ", Quoted(type),
                              " is not read; a DATE is expected"));
  }
  // What plans may write besides.
  const bool is_plain = text.find_first_of("-:") == absl::string_view::npos;
  const absl::StatusOr<WrittenTime> time =
      is_plain ? WrittenTime::Parse(text) : absl::InvalidArgumentError("");
  if (!time.ok()) {
    return Fault(absl::StrCat(property.name, " has ", Quoted(text),
                              "; a date that exists is expected, such as 20261225"));
  }
  if (absl::EqualsIgnoreCase(type, "DATE") && time->form != TimeForm::kDate) {
    return Fault(absl::StrCat(property.name, " says VALUE=DATE but has the time ", Quoted(text)));
  }
  const absl::CivilDay day(time->time);
  if (time->form == TimeForm::kUtc || time->time != absl::CivilSecond(day)) {
    return Fault(absl::StrCat(
        property.name, " has ", Quoted(text),
        ", which is not the beginning of a day; a calendar closes whole days (VALUE=DATE): write "
        "hours into `special_days` of the plan or into a schedule"));
  }
  IcalDay read;
  read.form = time->form;
  read.day = day;
  if (read.form == TimeForm::kLocal) read.zone = std::string(property.Parameter("TZID"));
  return read;
}

absl::StatusOr<IcalDays> ReadDays(const IcalLine& property) {
  IcalDays list;
  list.line = property.line;
  for (absl::string_view text : absl::StrSplit(property.value, ',')) {
    absl::StatusOr<IcalDay> day = ReadDay(text, property);
    if (!day.ok()) return day.status();
    list.days.push_back(*std::move(day));
  }
  return list;
}

int64_t SecondsOf(char unit) {
  switch (unit) {
    case 'W':
      return 7 * 24 * 3600;
    case 'D':
      return 24 * 3600;
    case 'H':
      return 3600;
    case 'M':
      return 60;
    default:
      return 1;
  }
}

// Whole days of a DURATION (3.3.6): P3D, P1W, PT24H, P1DT0H0M0S.
absl::StatusOr<int> ReadDays(absl::string_view text) {
  const absl::Status fault = Fault(
      absl::StrCat("DURATION has ", Quoted(text), "; whole days are expected, such as P1D or P1W"));
  constexpr int64_t kMostDays = 1'000'000;
  absl::string_view rest = text;
  absl::ConsumePrefix(&rest, "+");
  if (!absl::ConsumePrefix(&rest, "P") || rest.empty()) return fault;
  int64_t seconds = 0;
  // Each may come once, in this order.
  absl::string_view units = "WDTHMS";
  while (!rest.empty()) {
    size_t digits = 0;
    while (digits < rest.size() && absl::ascii_isdigit(rest[digits])) ++digits;
    if (digits == rest.size()) return fault;
    const size_t unit = units.find(rest[digits]);
    if (unit == absl::string_view::npos) return fault;
    const char name = units[unit];
    units.remove_prefix(unit + 1);
    int count = 0;
    const bool is_number = absl::SimpleAtoi(rest.substr(0, digits), &count);
    rest.remove_prefix(digits + 1);
    if (name == 'T') {
      if (digits > 0 || rest.empty()) return fault;
      continue;
    }
    const bool is_clock = name == 'H' || name == 'M' || name == 'S';
    if (!is_number || count > kMostDays || (is_clock && !absl::StrContains(text, 'T'))) {
      return fault;
    }
    seconds += count * SecondsOf(name);
  }
  const int64_t days = seconds / (24 * 3600);
  if (seconds % (24 * 3600) != 0 || days > kMostDays) return fault;
  return static_cast<int>(days);
}

absl::Status Set(absl::StatusOr<IcalDay> read, std::optional<IcalDay>& field) {
  if (!read.ok()) return read.status();
  field = *std::move(read);
  return absl::OkStatus();
}

absl::Status Append(absl::StatusOr<IcalDays> read, std::vector<IcalDays>& field) {
  if (!read.ok()) return read.status();
  field.push_back(*std::move(read));
  return absl::OkStatus();
}

bool IsOnce(absl::string_view name) {
  return name == "DTSTART" || name == "DTEND" || name == "DURATION" || name == "RRULE" ||
         name == "RECURRENCE-ID" || name == "UID";
}

}  // namespace

std::string WithUntilAs(TimeForm form, absl::string_view rrule) {
  std::vector<std::string> parts = absl::StrSplit(rrule, ';');
  for (std::string& part : parts) {
    if (!absl::StartsWithIgnoreCase(part, "UNTIL=")) continue;
    const absl::StatusOr<WrittenTime> until = WrittenTime::Parse(part.substr(6));
    if (!until.ok()) continue;
    const std::string date = absl::FormatTime(
        "%Y%m%d", absl::FromCivil(absl::CivilDay(until->time), absl::UTCTimeZone()),
        absl::UTCTimeZone());
    if (form == TimeForm::kDate) part = absl::StrCat("UNTIL=", date);
    if (form == TimeForm::kLocal && until->form == TimeForm::kDate) {
      part = absl::StrCat("UNTIL=", date, "T000000");
    }
  }
  return absl::StrJoin(parts, ";");
}

absl::Status IcalEvent::Add(const IcalLine& property) {
  const std::string& name = property.name;
  if (!lines.emplace(name, property.line).second && IsOnce(name)) {
    return Fault(absl::StrCat(name, " is there twice in one event"));
  }
  if (name == "UID") uid = property.value;
  if (name == "SUMMARY") summary = IcalText(property.value);
  if (name == "STATUS") is_cancelled = absl::EqualsIgnoreCase(property.value, "CANCELLED");
  if (name == "RRULE") rrule = property.value;
  if (name == "EXRULE") return Fault("EXRULE is not read (RFC 5545 has it no more); use EXDATE");
  if (name == "DTSTART") return Set(ReadDay(property.value, property), start);
  if (name == "DTEND") return Set(ReadDay(property.value, property), end);
  if (name == "RDATE") return Append(ReadDays(property), rdates);
  if (name == "EXDATE") return Append(ReadDays(property), exdates);
  if (name == "DURATION") {
    absl::StatusOr<int> read = ReadDays(absl::string_view(property.value));
    if (!read.ok()) return read.status();
    days = *read;
  }
  if (name == "RECURRENCE-ID") {
    if (!property.Parameter("RANGE").empty()) {
      return Fault("RECURRENCE-ID with RANGE is not read; write an event of its own");
    }
    return Set(ReadDay(property.value, property), replaces);
  }
  return absl::OkStatus();
}

absl::StatusOr<int> IcalEvent::CountDays() const {
  if (end.has_value() && days.has_value()) return Fault("an event has DTEND or DURATION, not both");
  const bool is_date = start->form == TimeForm::kDate;
  int64_t count = is_date ? 1 : 0;
  if (days.has_value()) count = *days;
  if (end.has_value()) {
    if (end->form != start->form) return Fault("DTEND is not written in the same way as DTSTART");
    count = end->day - start->day;
    // Forbidden, but often written for one day.
    if (count == 0 && is_date) count = 1;
  }
  if (count < 1)
    return Fault("it ends before it has lasted a day; DTEND is the day after its last");
  constexpr int kMost = 366;
  if (count > kMost)
    return Fault(absl::StrCat("it lasts ", count, " days; at most 366 are possible"));
  return static_cast<int>(count);
}

}  // namespace libroute
