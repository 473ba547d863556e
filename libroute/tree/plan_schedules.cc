#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "libroute/schedule/rules.h"
#include "libroute/schedule/zone.h"
#include "libroute/tree/plan_compiler.h"

// Schedules and the calendars that they name.
namespace libroute {
namespace {

constexpr absl::Weekday kWeekdays[] = {
    absl::Weekday::monday, absl::Weekday::tuesday,  absl::Weekday::wednesday,
    absl::Weekday::thursday, absl::Weekday::friday, absl::Weekday::saturday,
    absl::Weekday::sunday};

// Hours as written (a message with `from` and `to`).
template <typename Written>
absl::StatusOr<OpeningHours> ReadHours(const Written& written) {
  absl::StatusOr<TimeOfDay> start = TimeOfDay::ParseStart(written.from());
  if (!start.ok()) return start.status();
  absl::StatusOr<TimeOfDay> end = TimeOfDay::ParseEnd(written.to());
  if (!end.ok()) return end.status();
  return OpeningHours::Make(*start, *end);
}

// A special date counts once for each of its hours.
int64_t DatesIn(const Calendar& calendar) {
  int64_t dates = 0;
  for (const DateRange& closed : calendar.closed) dates += closed.days();
  for (const SpecialDay& day : calendar.special_days) {
    dates += day.dates.days() * std::max<int64_t>(1, day.hours.size());
  }
  return dates;
}

// Which of the two fields is to blame when ReadHours fails.
template <typename Written>
absl::string_view WrongField(const Written& written) {
  return TimeOfDay::ParseStart(written.from()).ok() ? ".to" : ".from";
}

}  // namespace

std::vector<Calendar> PlanCompiler::CompileCalendars(const std::string& path,
                                                     const v1::Schedule& schedule) {
  // Every schedule copies the dates of its calendars and looks them up.
  constexpr int64_t kMostDates = 1'000'000;
  std::vector<Calendar> calendars;
  for (int i = 0; i < schedule.except_size(); ++i) {
    int index =
        Lookup(calendar_names_, "calendar", schedule.except(i), IndexPath(path + ".except", i));
    if (index < 0 || dates_ > kMostDates) continue;
    dates_ += DatesIn(calendars_[index]);
    if (dates_ <= kMostDates) {
      calendars.push_back(calendars_[index]);
      continue;
    }
    Error(path + ".except", "too-long",
          absl::StrCat("with this schedule the calendars of all schedules have more than ",
                       kMostDates, " dates; let fewer schedules name long calendars"));
  }
  return calendars;
}

// Errors are reported once, by CheckCalendars: what is wrong is left out here.
Calendar PlanCompiler::CompileCalendar(const std::string& name) {
  const v1::Calendar& written = written_.calendars().at(name);
  Calendar calendar;
  for (const std::string& text : written.dates()) {
    absl::StatusOr<DateRange> dates = DateRange::Parse(text);
    if (dates.ok()) calendar.closed.push_back(*dates);
  }
  for (const v1::Calendar::SpecialDay& written_day : written.special_days()) {
    absl::StatusOr<DateRange> dates = DateRange::Parse(written_day.date());
    if (!dates.ok()) continue;
    SpecialDay day = {*dates, {}};
    for (const v1::Hours& written_hours : written_day.hours()) {
      absl::StatusOr<OpeningHours> hours = ReadHours(written_hours);
      if (hours.ok()) day.hours.push_back(*hours);
    }
    calendar.special_days.push_back(std::move(day));
  }
  return calendar;
}

void PlanCompiler::CheckCalendar(const std::string& name) {
  const v1::Calendar& written = written_.calendars().at(name);
  std::string path = KeyPath("calendars", name);
  for (int i = 0; i < written.dates_size(); ++i) {
    absl::Status status = DateRange::Parse(written.dates(i)).status();
    if (!status.ok()) {
      Error(IndexPath(path + ".dates", i), "bad-date", std::string(status.message()));
    }
  }
  for (int i = 0; i < written.special_days_size(); ++i) {
    const v1::Calendar::SpecialDay& day = written.special_days(i);
    std::string day_path = IndexPath(path + ".special_days", i);
    absl::Status status = DateRange::Parse(day.date()).status();
    if (!status.ok()) Error(day_path + ".date", "bad-date", std::string(status.message()));
    for (int h = 0; h < day.hours_size(); ++h) {
      absl::Status hours = ReadHours(day.hours(h)).status();
      if (hours.ok()) continue;
      Error(absl::StrCat(IndexPath(day_path + ".hours", h), WrongField(day.hours(h))), "bad-time",
            std::string(hours.message()));
    }
  }
}

void PlanCompiler::CompileSchedules() {
  for (const std::string& name : calendar_names_.names()) {
    CheckCalendar(name);
    calendars_.push_back(CompileCalendar(name));
  }
  for (const std::string& name : schedule_names_.names()) {
    schedules_.push_back(CompileSchedule(name, written_.schedules().at(name)));
  }
}

std::optional<WeeklyHours> PlanCompiler::CompileWeekly(const v1::Schedule::Weekly& weekly,
                                                       const std::string& path) {
  absl::StatusOr<OpeningHours> hours = ReadHours(weekly);
  if (!hours.ok()) {
    Error(absl::StrCat(path, WrongField(weekly)), "bad-time",
          std::string(hours.status().message()));
  }
  WeekdaySet days;
  for (int day : weekly.days()) {
    if (day < v1::WEEKDAY_MON || day > v1::WEEKDAY_SUN) {
      Error(path + ".days", "bad-value", "a day is mon, tue, wed, thu, fri, sat or sun");
      return std::nullopt;
    }
    days.Add(kWeekdays[day - v1::WEEKDAY_MON]);
  }
  if (days.empty()) {
    Error(path, "missing", "weekly hours need days, e.g. days: [mon, tue]");
    return std::nullopt;
  }
  if (!hours.ok()) return std::nullopt;
  return WeeklyHours{days, *hours};
}

std::shared_ptr<const Schedule> PlanCompiler::CompileSchedule(const std::string& name,
                                                              const v1::Schedule& schedule) {
  std::string path = KeyPath("schedules", name);
  ScheduleRules rules;
  rules.time_zone = written_.time_zone();
  rules.except = CompileCalendars(path, schedule);
  for (int i = 0; i < schedule.weekly_size(); ++i) {
    std::optional<WeeklyHours> weekly =
        CompileWeekly(schedule.weekly(i), IndexPath(path + ".weekly", i));
    if (weekly.has_value()) rules.weekly.push_back(*weekly);
  }
  bool complete = static_cast<int>(rules.weekly.size()) == schedule.weekly_size();
  if (!complete || written_.time_zone().empty()) return nullptr;
  absl::StatusOr<std::shared_ptr<const Schedule>> compiled =
      context_.schedules.Get(std::move(rules), context_.now);
  if (!compiled.ok()) {
    // A bad zone is reported with the plan's time zone.
    if (LoadZone(written_.time_zone()).ok()) {
      Error(path, "bad-schedule", std::string(compiled.status().message()));
    }
    return nullptr;
  }
  if ((*compiled)->NeverOpens()) {
    Warn(path, "never-open",
         absl::StrCat("schedule ", Quoted(name), " is not open once in the next ",
                      absl::ToInt64Hours(Schedule::kAhead) / 24, " days; give it weekly hours"));
  }
  return *std::move(compiled);
}

}  // namespace libroute
