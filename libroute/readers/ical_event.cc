#include "libroute/readers/ical_event.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
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

// Whole days of a DURATION (3.3.6): P3D, P1W, PT24H.
absl::StatusOr<int> ReadDays(absl::string_view text) {
  const absl::Status fault = Fault(
      absl::StrCat("DURATION has ", Quoted(text), "; whole days are expected, such as P1D or P1W"));
  absl::string_view rest = text;
  absl::ConsumePrefix(&rest, "+");
  if (!absl::ConsumePrefix(&rest, "P")) return fault;
  const bool is_time = absl::ConsumePrefix(&rest, "T");
  if (rest.empty()) return fault;
  const char unit = rest.back();
  rest.remove_suffix(1);
  int count = 0;
  constexpr int kMost = 1'000'000;
  if (rest.empty() || !absl::ascii_isdigit(rest[0]) || !absl::SimpleAtoi(rest, &count) ||
      count > kMost) {
    return fault;
  }
  if (!is_time && unit == 'D') return count;
  if (!is_time && unit == 'W') return 7 * count;
  if (is_time && unit == 'H' && count % 24 == 0) return count / 24;
  return fault;
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
