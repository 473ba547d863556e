#include "libroute/readers/calendar_file.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libroute/readers/ical_event.h"
#include "libroute/readers/ical_lines.h"
#include "libroute/schedule/recurrence.h"
#include "libroute/schedule/recurrence_rule.h"
#include "libroute/schedule/zone.h"

namespace libroute {
namespace {

constexpr int kMostDates = kMaxCalendarDates;

// All times of an event in the form of its start: they speak of the same dates,
// however they are written.
std::string TextOf(absl::CivilDay day, TimeForm form) {
  const std::string date = absl::FormatCivilTime(day);
  return form == TimeForm::kDate ? date : date + "T00:00:00";
}

// The zone in which an event's rule is reckoned. One that is only defined in
// the file has midnights as well.
absl::TimeZone ZoneOf(const IcalDay& day) {
  const absl::StatusOr<absl::TimeZone> zone = LoadZone(day.zone);
  return day.zone.empty() || !zone.ok() ? absl::UTCTimeZone() : *zone;
}

std::vector<std::string> TextsOf(const std::vector<IcalDays>& lists, TimeForm form) {
  std::vector<std::string> texts;
  for (const IcalDays& list : lists) {
    for (const IcalDay& day : list.days) texts.push_back(TextOf(day.day, form));
  }
  return texts;
}

// Where "rdate[3]" stands.
int LineOfElement(absl::string_view field, const std::vector<IcalDays>& lists) {
  size_t index = 0;
  const size_t bracket = field.find('[');
  if (bracket == absl::string_view::npos ||
      !absl::SimpleAtoi(field.substr(bracket + 1, field.size() - bracket - 2), &index)) {
    return 0;
  }
  for (const IcalDays& list : lists) {
    if (index < list.days.size()) return list.line;
    index -= list.days.size();
  }
  return 0;
}

// The line with which Recurrence::Compile found fault.
int LineOf(const IcalEvent& event, const std::string& field) {
  int line = 0;
  if (absl::StartsWith(field, "rdate")) line = LineOfElement(field, event.rdates);
  if (absl::StartsWith(field, "exdate")) line = LineOfElement(field, event.exdates);
  const auto property = event.lines.find(field == "start" ? "DTSTART" : "RRULE");
  if (line == 0 && property != event.lines.end()) line = property->second;
  return line == 0 ? event.line : line;
}

// 0 if it says none, or is not understood.
int CountOf(const std::string& rrule) {
  const absl::StatusOr<RecurrenceRule> rule = RecurrenceRule::Parse(rrule);
  return rule.ok() ? rule->count.value_or(0) : 0;
}

// The dates of a calendar, while they are gathered.
class Dates {
 public:
  // The days from `first` on, as far as the calendar has them.
  void Add(absl::CivilDay first, int days) {
    for (absl::CivilDay day = first; day < first + days; ++day) {
      if (kFirstCalendarDay <= day && day <= kLastCalendarDay) days_.insert(day);
    }
  }
  size_t size() const { return days_.size(); }

  Calendar Take() const {
    Calendar calendar;
    for (absl::CivilDay day : days_) {
      std::vector<DateRange>& closed = calendar.closed;
      const bool goes_on = !closed.empty() && closed.back().last + 1 == day &&
                           closed.back().days() < DateRange::kMaxDays;
      if (!goes_on) closed.push_back({day, day});
      closed.back().last = day;
    }
    return calendar;
  }

 private:
  std::set<absl::CivilDay> days_;
};

// The reading of one file.
class CalendarReader {
 public:
  CalendarReader(absl::string_view text, const std::string& file, const AttachmentLimits& limits)
      : file_(file), lines_(text), issues_(limits.max_faults) {}

  CalendarFileReading Read() {
    ReadComponents();
    CheckZones();
    Replace();
    for (const IcalEvent& event : events_) Place(event);
    CalendarFileReading reading;
    if (dates_.size() == 0 && issues_.empty()) {
      Warn(1, "empty-file", "the calendar has no dates from 1970 to 2100");
    }
    reading.issues = std::move(issues_).Take();
    if (!HasErrors(reading.issues)) {
      reading.calendar = std::make_shared<const Calendar>(dates_.Take());
    }
    return reading;
  }

 private:
  // Component names within each other, and where they began.
  struct Open {
    std::string name;
    int line;
  };
  static constexpr size_t kMostNesting = 8;

  void ReadComponents() {
    while (const IcalLine* line = lines_.Next()) {
      if (!line->fault.empty()) {
        Error(line->line, "syntax", line->fault);
        // What is no calendar has a fault in most of its lines.
        if (open_.empty()) return;
      } else if (line->name == "BEGIN") {
        if (!Begin(*line)) return;
      } else if (line->name == "END") {
        if (!End(*line)) return;
      } else if (open_.empty()) {
        Error(line->line, "syntax", absl::StrCat("BEGIN:VCALENDAR is expected, not ", line->name));
        return;
      } else {
        AddProperty(*line);
      }
    }
    if (!open_.empty()) {
      Error(open_.back().line, "syntax",
            absl::StrCat("END:", open_.back().name, " is missing, the file ends before it"));
    } else if (!has_calendar_ && issues_.empty()) {
      Error(1, "syntax", "BEGIN:VCALENDAR is expected, the file is empty");
    }
  }

  bool Begin(const IcalLine& line) {
    std::string name = absl::AsciiStrToUpper(line.value);
    if (open_.empty() && name != "VCALENDAR") {
      Error(line.line, "syntax", absl::StrCat("BEGIN:VCALENDAR is expected, not BEGIN:", name));
      return false;
    }
    if (open_.size() == kMostNesting) {
      Error(line.line, "too-deep", absl::StrCat("components nest at most ", kMostNesting, " deep"));
      return false;
    }
    has_calendar_ = true;
    if (open_.size() == 1 && name == "VEVENT") {
      events_.emplace_back();
      events_.back().line = line.line;
    }
    open_.push_back({std::move(name), line.line});
    return true;
  }

  bool End(const IcalLine& line) {
    const std::string name = absl::AsciiStrToUpper(line.value);
    if (open_.empty() || open_.back().name != name) {
      Error(line.line, "syntax",
            open_.empty() ? absl::StrCat("END:", name, " without its BEGIN")
                          : absl::StrCat("END:", open_.back().name, " is expected, not END:", name,
                                         "; it began in line ", open_.back().line));
      return false;
    }
    open_.pop_back();
    return true;
  }

  void AddProperty(const IcalLine& line) {
    if (open_.size() != 2) return;
    const std::string& component = open_.back().name;
    if (component == "VTIMEZONE" && line.name == "TZID") defined_zones_.insert(line.value);
    if (component != "VEVENT") return;
    IcalEvent& event = events_.back();
    const absl::Status added = event.Add(line);
    if (!added.ok()) {
      event.is_faulty = true;
      Error(line.line, "bad-calendar", std::string(added.message()));
    } else if (!line.Parameter("TZID").empty()) {
      named_zones_.emplace(std::string(line.Parameter("TZID")), line.line);
    }
  }

  void CheckZones() {
    for (const auto& [zone, line] : named_zones_) {
      if (defined_zones_.count(zone) > 0 || LoadZone(zone).ok()) continue;
      Error(line, "bad-time-zone",
            absl::StrCat("TZID ", Quoted(zone),
                         " is neither an IANA time zone nor that of a VTIMEZONE of this file"));
    }
  }

  // Takes from events the occurrences for which others stand.
  void Replace() {
    std::map<std::string, IcalEvent*> masters;
    for (IcalEvent& event : events_) {
      if (!event.replaces.has_value()) masters.emplace(event.uid, &event);
    }
    for (IcalEvent& event : events_) {
      if (event.replaces.has_value()) ReplaceBy(event, masters);
    }
  }

  void ReplaceBy(IcalEvent& event, const std::map<std::string, IcalEvent*>& masters) {
    const int line = event.lines.at("RECURRENCE-ID");
    if (event.uid.empty()) {
      event.is_faulty = true;
      return Error(line, "missing",
                   absl::StrCat(NameOf(event),
                                " has no UID, so what it replaces is unknown; write the UID of "
                                "the event that recurs"));
    }
    const auto master = masters.find(event.uid);
    if (master == masters.end()) {
      return Warn(line, "nothing-replaced",
                  absl::StrCat(NameOf(event), " replaces an occurrence of an event of UID ",
                               Quoted(event.uid), ", which the file has not; it is added"));
    }
    replaced_[master->second].push_back({line, event.replaces->day});
    master->second->exdates.push_back({line, {*event.replaces}});
  }

  // Says which of the replaced occurrences the event has not.
  void CheckReplaced(const IcalEvent& event, WrittenRecurrence written,
                     const absl::TimeZone& zone) {
    const auto replaced = replaced_.find(&event);
    if (replaced == replaced_.end()) return;
    written.exdate.clear();
    const absl::StatusOr<Recurrence> whole = Recurrence::Compile(written, zone, budget_);
    if (!whole.ok()) return;
    for (const auto& [line, day] : replaced->second) {
      const int64_t begin = absl::ToUnixSeconds(absl::FromCivil(day, zone));
      const std::vector<Occurrence> found = whole->Within({begin, begin + 1});
      const bool occurs = std::any_of(found.begin(), found.end(),
                                      [day = day](const auto& each) { return each.date == day; });
      if (!occurs) WarnNotReplaced(event, line, day);
    }
  }

  void WarnNotReplaced(const IcalEvent& event, int line, absl::CivilDay day) {
    Warn(line, "nothing-replaced",
         absl::StrCat(NameOf(event), " does not occur on ", absl::FormatCivilTime(day),
                      ", so that nothing is replaced"));
  }

  void Place(const IcalEvent& event) {
    if (event.is_cancelled || event.is_faulty || dates_.size() > kMostDates) return;
    if (!event.start.has_value()) {
      return Error(event.line, "missing", absl::StrCat(NameOf(event), " has no DTSTART"));
    }
    const absl::StatusOr<int> days = event.CountDays();
    if (!days.ok()) {
      return Error(event.line, "bad-calendar",
                   absl::StrCat(NameOf(event), ": ", std::string(days.status().message())));
    }
    if (!event.rrule.empty() || !event.rdates.empty()) {
      PlaceRecurring(event, *days);
    } else {
      if (!IsExcluded(event)) dates_.Add(event.start->day, *days);
      for (const auto& [line, day] : replaced_[&event]) {
        if (day != event.start->day) WarnNotReplaced(event, line, day);
      }
    }
    if (dates_.size() <= kMostDates) return;
    Error(event.line, "too-long",
          absl::StrCat("with this event the calendar has more than ", kMostDates, " dates"));
  }

  // Of one that occurs once.
  static bool IsExcluded(const IcalEvent& event) {
    for (const IcalDays& list : event.exdates) {
      for (const IcalDay& day : list.days) {
        if (day.day == event.start->day) return true;
      }
    }
    return false;
  }

  void PlaceRecurring(const IcalEvent& event, int days) {
    if (++recurring_ > kMaxRecurringEvents) {
      // Said once.
      if (recurring_ > kMaxRecurringEvents + 1) return;
      return Error(event.line, "too-long",
                   absl::StrCat("more than ", kMaxRecurringEvents, " events of the file recur"));
    }
    WrittenRecurrence written;
    const TimeForm form = event.start->form;
    written.start = TextOf(event.start->day, form);
    // It may overlap itself: a date that is closed twice is closed.
    written.days = 1;
    written.rrule = WithUntilAs(form, event.rrule);
    written.rdate = TextsOf(event.rdates, form);
    written.exdate = TextsOf(event.exdates, form);
    counted_ += CountOf(event.rrule);
    if (counted_ > kMostDates) {
      return Error(LineOf(event, "rrule"), "too-long",
                   absl::StrCat("the COUNT of all rules of the file is more than ", kMostDates));
    }
    const absl::TimeZone zone = ZoneOf(*event.start);
    const absl::StatusOr<Recurrence> recurrence = Recurrence::Compile(written, zone, budget_);
    CheckReplaced(event, written, zone);
    // All of it was moved, cancelled or excluded.
    if (absl::IsNotFound(recurrence.status())) return;
    if (!recurrence.ok()) {
      return Error(LineOf(event, Recurrence::FieldOf(recurrence.status())), "bad-recurrence",
                   absl::StrCat(NameOf(event), ": ", std::string(recurrence.status().message())));
    }
    if (recurrence->starts_outside_rule()) {
      Warn(LineOf(event, "start"), "start-outside-rule",
           absl::StrCat(NameOf(event), ": RRULE does not give DTSTART, which so is no date of it"));
    }
    AddOccurrences(*recurrence, zone, days);
  }

  void AddOccurrences(const Recurrence& recurrence, const absl::TimeZone& zone, int days) {
    // Some years at a time, so that what has too many dates is not all listed.
    constexpr int kYears = 10;
    for (int64_t year = kFirstCalendarDay.year() - 1; year <= kLastCalendarDay.year();
         year += kYears) {
      const TimeSpan window = {
          absl::ToUnixSeconds(absl::FromCivil(absl::CivilYear(year), zone)),
          absl::ToUnixSeconds(absl::FromCivil(absl::CivilYear(year + kYears), zone))};
      for (const Occurrence& occurrence : recurrence.Within(window)) {
        dates_.Add(occurrence.date, days);
      }
      if (dates_.size() > kMostDates) return;
    }
  }

  static std::string NameOf(const IcalEvent& event) {
    return event.summary.empty() ? "the event" : absl::StrCat("event ", Quoted(event.summary));
  }

  void Add(Severity severity, int line, absl::string_view code, std::string message) {
    issues_.Add({severity, std::string(code), "", std::move(message), {file_, line, 1}});
  }
  void Error(int line, absl::string_view code, std::string message) {
    Add(Severity::kError, line, code, std::move(message));
  }
  void Warn(int line, absl::string_view code, std::string message) {
    Add(Severity::kWarning, line, code, std::move(message));
  }

  const std::string& file_;
  IcalLines lines_;
  IssueList issues_;
  std::vector<Open> open_;
  bool has_calendar_ = false;
  std::vector<IcalEvent> events_;
  std::set<std::string> defined_zones_;
  // With the first line that names them.
  std::map<std::string, int> named_zones_;
  // The line and date of each occurrence that another event replaces.
  std::map<const IcalEvent*, std::vector<std::pair<int, absl::CivilDay>>> replaced_;
  int recurring_ = 0;
  int64_t counted_ = 0;
  RecurrenceBudget budget_;
  Dates dates_;
};

}  // namespace

CalendarFileReading ReadCalendarFile(absl::string_view text, const std::string& file,
                                     const AttachmentLimits& limits) {
  return CalendarReader(text, file, limits).Read();
}

}  // namespace libroute
