#include "libroute/report/written_schedule.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr absl::Weekday kWeekdays[] = {absl::Weekday::monday,    absl::Weekday::tuesday,
                                       absl::Weekday::wednesday, absl::Weekday::thursday,
                                       absl::Weekday::friday,    absl::Weekday::saturday,
                                       absl::Weekday::sunday};

// Of a message with `from` and `to`.
template <typename Written>
absl::StatusOr<OpeningHours> HoursOf(const Written& written) {
  absl::StatusOr<TimeOfDay> from = TimeOfDay::ParseStart(written.from());
  if (!from.ok()) return from.status();
  absl::StatusOr<TimeOfDay> to = TimeOfDay::ParseEnd(written.to());
  if (!to.ok()) return to.status();
  return OpeningHours::Make(*from, *to);
}

absl::StatusOr<WeeklyHours> WeeklyOf(const v1::Schedule::Weekly& written) {
  WeeklyHours weekly;
  absl::StatusOr<OpeningHours> hours = HoursOf(written);
  if (!hours.ok()) return hours.status();
  weekly.hours = *hours;
  for (int day : written.days()) {
    if (v1::Weekday_IsValid(day) && day != v1::WEEKDAY_UNSPECIFIED) {
      weekly.days.Add(kWeekdays[day - v1::WEEKDAY_MON]);
    }
  }
  return weekly;
}

absl::StatusOr<SpecialDay> SpecialDayOf(const v1::Calendar::SpecialDay& written) {
  absl::StatusOr<DateRange> dates = DateRange::Parse(written.date());
  if (!dates.ok()) return dates.status();
  SpecialDay day;
  day.dates = *dates;
  for (const v1::Hours& written_hours : written.hours()) {
    absl::StatusOr<OpeningHours> hours = HoursOf(written_hours);
    if (!hours.ok()) return hours.status();
    day.hours.push_back(*hours);
  }
  return day;
}

absl::StatusOr<Calendar> CalendarOf(const v1::Calendar& written) {
  Calendar calendar;
  for (const std::string& text : written.dates()) {
    absl::StatusOr<DateRange> dates = DateRange::Parse(text);
    if (!dates.ok()) return dates.status();
    calendar.closed.push_back(*dates);
  }
  for (const v1::Calendar::SpecialDay& written_day : written.special_days()) {
    absl::StatusOr<SpecialDay> day = SpecialDayOf(written_day);
    if (!day.ok()) return day.status();
    calendar.special_days.push_back(*std::move(day));
  }
  return calendar;
}

absl::StatusOr<ScheduleRules> RulesOf(const v1::Plan& plan, const v1::Schedule& written) {
  ScheduleRules rules;
  rules.time_zone = plan.time_zone();
  for (const v1::Schedule::Weekly& written_weekly : written.weekly()) {
    absl::StatusOr<WeeklyHours> weekly = WeeklyOf(written_weekly);
    if (!weekly.ok()) return weekly.status();
    rules.weekly.push_back(*weekly);
  }
  for (const std::string& name : written.except()) {
    auto found = plan.calendars().find(name);
    if (found == plan.calendars().end()) {
      return absl::InvalidArgumentError(absl::StrCat("no calendar ", Quoted(name)));
    }
    absl::StatusOr<Calendar> calendar = CalendarOf(found->second);
    if (!calendar.ok()) return calendar.status();
    rules.except.push_back(*std::move(calendar));
  }
  return rules;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Schedule>> WrittenSchedule(const v1::Plan& plan,
                                                                absl::string_view name,
                                                                absl::Time now) {
  auto found = plan.schedules().find(std::string(name));
  if (found == plan.schedules().end()) {
    std::vector<std::string> names;
    for (const auto& [other, schedule] : plan.schedules()) names.push_back(other);
    std::sort(names.begin(), names.end());
    return absl::NotFoundError(absl::StrCat("no schedule ", Quoted(name), DidYouMean(name, names)));
  }
  absl::StatusOr<ScheduleRules> rules = RulesOf(plan, found->second);
  if (!rules.ok()) return rules.status();
  return Schedule::Compile(*std::move(rules), now);
}

}  // namespace libroute
