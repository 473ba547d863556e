#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "libroute/plan/written_duration.h"
#include "libroute/schedule/rules.h"
#include "libroute/schedule/zone.h"
#include "libroute/tree/plan_compiler.h"

// Schedules and the calendars that they name.
namespace libroute {
namespace {

constexpr absl::Weekday kWeekdays[] = {absl::Weekday::monday,    absl::Weekday::tuesday,
                                       absl::Weekday::wednesday, absl::Weekday::thursday,
                                       absl::Weekday::friday,    absl::Weekday::saturday,
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

// Whether the rules can still be compiled; what is wrong was reported.
bool PlanCompiler::NarrowBy(const std::string& name, const std::string& path,
                            std::vector<Calendar>& calendars,
                            std::vector<std::shared_ptr<const ScheduleRules>>& schedules) {
  const int calendar = calendar_names_.Find(name);
  const int schedule = schedule_names_.Find(name);
  if (calendar >= 0 && schedule >= 0) {
    Error(path, "ambiguous-name",
          absl::StrCat(Quoted(name), " is a calendar and a schedule; rename one of them"));
    return false;
  }
  if (calendar >= 0) return NarrowByCalendar(calendar, path, calendars);
  if (schedule < 0) {
    std::map<std::string, int> names;
    for (const std::string& each : calendar_names_.names()) names[each] = 0;
    for (const std::string& each : schedule_names_.names()) names[each] = 0;
    Lookup(NameIndex(names), "calendar or schedule", name, path);
    return false;
  }
  const auto open = std::find(open_schedules_.begin(), open_schedules_.end(), schedule);
  if (open != open_schedules_.end()) {
    std::string way;
    for (auto each = open; each != open_schedules_.end(); ++each) {
      absl::StrAppend(&way, schedule_names_.names()[*each], " -> ");
    }
    Error(path, "schedule-cycle", absl::StrCat("schedules must not name each other: ", way, name));
    return false;
  }
  used_schedules_.insert(schedule);
  std::shared_ptr<const ScheduleRules> rules = RulesOf(schedule);
  if (rules == nullptr) return false;
  schedules.push_back(std::move(rules));
  return true;
}

bool PlanCompiler::NarrowByCalendar(int index, const std::string& path,
                                    std::vector<Calendar>& calendars) {
  // Every schedule copies the dates of its calendars and looks them up.
  constexpr int64_t kMostDates = 1'000'000;
  // Said once.
  if (dates_ > kMostDates) return false;
  dates_ += DatesIn(calendars_[index]);
  if (dates_ > kMostDates) {
    Error(path, "too-long",
          absl::StrCat("with this schedule the calendars of all schedules have more than ",
                       kMostDates, " dates; let fewer schedules name long calendars"));
    return false;
  }
  calendars.push_back(calendars_[index]);
  return true;
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
  const auto file = context_.attachments.calendars.find(name);
  if (!written.ics().empty() && file != context_.attachments.calendars.end()) {
    const std::vector<DateRange>& closed = file->second->closed;
    calendar.closed.insert(calendar.closed.end(), closed.begin(), closed.end());
  }
  return calendar;
}

void PlanCompiler::CheckCalendar(const std::string& name) {
  const v1::Calendar& written = written_.calendars().at(name);
  std::string path = KeyPath("calendars", name);
  if (!written.ics().empty() && context_.attachments.calendars.count(name) == 0) {
    MissAttachment(written.ics(), path + ".ics");
  }
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
    schedules_.push_back(CompileSchedule(schedule_names_.Find(name)));
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

bool PlanCompiler::CompileRecurrence(const v1::Recurrence& recurrence, const std::string& path,
                                     ScheduleRules& rules) {
  WrittenRecurrence written = {
      .start = recurrence.start(),
      .end = recurrence.end(),
      .days = recurrence.days(),
      .rrule = recurrence.rrule(),
      .rdate = {recurrence.rdate().begin(), recurrence.rdate().end()},
      .exdate = {recurrence.exdate().begin(), recurrence.exdate().end()},
  };
  if (recurrence.has_duration()) {
    written.duration = WrittenDuration(recurrence.duration());
  }
  // A bad zone was reported, and says nothing of the recurrence.
  absl::StatusOr<absl::TimeZone> zone = LoadZone(rules.time_zone);
  absl::StatusOr<Recurrence> compiled =
      Recurrence::Compile(written, zone.ok() ? *zone : absl::UTCTimeZone(), recurrence_budget_);
  if (!compiled.ok()) {
    const std::string field = Recurrence::FieldOf(compiled.status());
    ++recurrences_;
    Error(field.empty() ? path : absl::StrCat(path, ".", field),
          recurrence_budget_.is_spent() ? "too-long" : "bad-recurrence",
          std::string(compiled.status().message()));
    return false;
  }
  // What begins often takes more room and time.
  recurrences_ += 1 + static_cast<int>(compiled->most_starts() / 2000);
  if (compiled->starts_outside_rule()) {
    Warn(path + ".start", "start-outside-rule",
         "its rule does not give the start, so it does not occur then; write a start that the rule "
         "gives");
  }
  rules.recurrences.push_back(std::move(written));
  rules.compiled.push_back(std::make_shared<const Recurrence>(*std::move(compiled)));
  return true;
}

// The plan's where the schedule has none or a bad one, which is reported.
std::string PlanCompiler::CompileZone(const std::string& path, const v1::Schedule& schedule) {
  if (schedule.time_zone().empty()) return written_.time_zone();
  absl::Status status = LoadZone(schedule.time_zone()).status();
  if (status.ok()) return schedule.time_zone();
  Error(path + ".time_zone", "bad-time-zone", std::string(status.message()));
  return written_.time_zone();
}

std::shared_ptr<const ScheduleRules> PlanCompiler::RulesOf(int index) {
  const auto known = schedule_rules_.find(index);
  if (known != schedule_rules_.end()) return known->second;
  open_schedules_.push_back(index);
  std::shared_ptr<const ScheduleRules> rules = CompileRules(index);
  open_schedules_.pop_back();
  schedule_rules_[index] = rules;
  return rules;
}

std::shared_ptr<const ScheduleRules> PlanCompiler::CompileRules(int index) {
  constexpr int kMostRecurrences = 1'000;
  const std::string& name = schedule_names_.names()[index];
  const v1::Schedule& schedule = written_.schedules().at(name);
  const std::string path = KeyPath("schedules", name);
  ScheduleRules rules;
  rules.time_zone = CompileZone(path, schedule);
  bool complete = !written_.time_zone().empty();
  for (int i = 0; i < schedule.except_size(); ++i) {
    complete &= NarrowBy(schedule.except(i), IndexPath(path + ".except", i), rules.except,
                         rules.except_schedules);
  }
  for (int i = 0; i < schedule.only_size(); ++i) {
    complete &=
        NarrowBy(schedule.only(i), IndexPath(path + ".only", i), rules.only, rules.only_schedules);
  }
  for (int i = 0; i < schedule.weekly_size(); ++i) {
    std::optional<WeeklyHours> weekly =
        CompileWeekly(schedule.weekly(i), IndexPath(path + ".weekly", i));
    if (weekly.has_value()) rules.weekly.push_back(*weekly);
    complete &= weekly.has_value();
  }
  for (int i = 0; i < schedule.recurrences_size(); ++i) {
    const std::string recurrence_path = IndexPath(path + ".recurrences", i);
    // Said once.
    if (recurrences_ > kMostRecurrences || recurrence_budget_.is_spent()) return nullptr;
    complete &= CompileRecurrence(schedule.recurrences(i), recurrence_path, rules);
    if (recurrences_ <= kMostRecurrences) continue;
    Error(recurrence_path, "too-long",
          absl::StrCat("the schedules have more than ", kMostRecurrences,
                       " recurrences, of which one that begins often counts for several (about "
                       "one more for every 2000 times in 400 days)"));
    return nullptr;
  }
  return complete ? std::make_shared<const ScheduleRules>(std::move(rules)) : nullptr;
}

std::shared_ptr<const Schedule> PlanCompiler::CompileSchedule(int index) {
  const std::shared_ptr<const ScheduleRules> rules = RulesOf(index);
  if (rules == nullptr) return nullptr;
  const std::string& name = schedule_names_.names()[index];
  const std::string path = KeyPath("schedules", name);
  absl::StatusOr<std::shared_ptr<const Schedule>> compiled =
      context_.schedules.Get(*rules, context_.now);
  if (!compiled.ok()) {
    // A bad zone is reported where it stands.
    if (LoadZone(rules->time_zone).ok()) {
      Error(path, "bad-schedule", std::string(compiled.status().message()));
    }
    return nullptr;
  }
  if ((*compiled)->NeverOpens()) {
    Warn(path, "never-open",
         absl::StrCat("schedule ", Quoted(name), " is not open once in the next ",
                      absl::ToInt64Hours(Schedule::kAhead) / 24, " days; ",
                      rules->weekly.empty() && rules->recurrences.empty()
                          ? "give it weekly hours or recurrences"
                          : "look at the dates of its hours and recurrences, and at what except "
                            "and only take away"));
  }
  return *std::move(compiled);
}

}  // namespace libroute
