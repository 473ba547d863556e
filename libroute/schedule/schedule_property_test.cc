// Random rules in odd zones, against a reference that knows no timeline: it
// looks at the days around an instant, one by one.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "libroute/schedule/schedule.h"
#include "libroute/schedule/slow_recurrence.h"
#include "libroute/schedule/test_rules.h"
#include "libroute/schedule/zone.h"

namespace libroute {
namespace {

constexpr int kSeed = 5545;
constexpr int64_t kDay = 24 * 3600;
constexpr const char* kZones[] = {"Europe/Brussels",     "America/Sao_Paulo", "Asia/Beirut",
                                  "Australia/Lord_Howe", "America/St_Johns",  "Pacific/Apia",
                                  "Africa/Casablanca",   "Asia/Kathmandu"};

class Reference {
 public:
  // Its recurrences are known around `today`.
  Reference(const ScheduleRules& rules, absl::CivilDay today)
      : rules_(rules), zone_(*LoadZone(rules.time_zone)) {
    for (const WrittenRecurrence& written : rules.recurrences) {
      const int64_t length = absl::ToInt64Seconds(*written.duration);
      for (absl::CivilSecond start : SlowStarts(written, zone_, today - 100, today + 1500)) {
        const int64_t begin = absl::ToUnixSeconds(zone_.At(start).pre);
        occurrences_.push_back({absl::CivilDay(start), {begin, begin + length}});
      }
    }
    for (const auto& except : rules.except_schedules) except_.emplace_back(*except, today);
    for (const auto& only : rules.only_schedules) only_.emplace_back(*only, today);
  }

  bool IsOpen(int64_t seconds) const {
    const auto is_open = [seconds](const Reference& other) { return other.IsOpen(seconds); };
    return HasOpened(seconds) && std::none_of(except_.begin(), except_.end(), is_open) &&
           std::all_of(only_.begin(), only_.end(), is_open);
  }

 private:
  struct DatedOccurrence {
    absl::CivilDay date;
    TimeSpan span;
  };

  // By its own hours.
  bool HasOpened(int64_t seconds) const {
    const absl::CivilDay today(zone_.At(absl::FromUnixSeconds(seconds)).cs);
    for (absl::CivilDay day = today - 4; day <= today + 4; ++day) {
      for (const OpeningHours& hours : HoursThatBeginOn(day)) {
        const absl::CivilDay last = hours.to <= hours.from ? day + 1 : day;
        if (First(day, hours.from) <= seconds && seconds < First(last, hours.to)) return true;
      }
    }
    for (const DatedOccurrence& each : occurrences_) {
      if (each.span.Contains(seconds) && IsAllowed(each.date) && !IsListed(each.date)) return true;
    }
    return false;
  }

  static bool Lists(const Calendar& calendar, absl::CivilDay day) {
    for (const DateRange& dates : calendar.closed) {
      if (dates.Contains(day)) return true;
    }
    for (const SpecialDay& special : calendar.special_days) {
      if (special.dates.Contains(day)) return true;
    }
    return false;
  }

  bool IsAllowed(absl::CivilDay day) const {
    return std::all_of(rules_.only.begin(), rules_.only.end(),
                       [day](const Calendar& only) { return Lists(only, day); });
  }
  bool IsListed(absl::CivilDay day) const {
    return std::any_of(rules_.except.begin(), rules_.except.end(),
                       [day](const Calendar& except) { return Lists(except, day); });
  }

  std::vector<OpeningHours> HoursThatBeginOn(absl::CivilDay day) const {
    std::vector<OpeningHours> hours;
    if (!IsAllowed(day)) return hours;
    for (const Calendar& calendar : rules_.except) {
      for (const SpecialDay& special : calendar.special_days) {
        if (!special.dates.Contains(day)) continue;
        hours.insert(hours.end(), special.hours.begin(), special.hours.end());
      }
    }
    if (IsListed(day)) return hours;
    for (const WeeklyHours& weekly : rules_.weekly) {
      if (weekly.days.Contains(absl::GetWeekday(day))) hours.push_back(weekly.hours);
    }
    return hours;
  }

  // The first instant at which the clock shows this; where it never does, the
  // instant by the offset of the day before.
  int64_t First(absl::CivilDay day, TimeOfDay time) const {
    const absl::CivilSecond local(absl::CivilMinute(day) + time.minutes);
    const int64_t as_utc = local - absl::CivilSecond(1970, 1, 1);
    const auto offset = [this](int64_t at) { return zone_.At(absl::FromUnixSeconds(at)).offset; };
    const int64_t before = offset(as_utc - 2 * kDay + kDay / 4);
    const int64_t after = offset(as_utc + 2 * kDay - kDay / 4);
    for (int64_t at : {as_utc - std::max(before, after), as_utc - std::min(before, after)}) {
      if (zone_.At(absl::FromUnixSeconds(at)).cs == local) return at;
    }
    return as_utc - before;
  }

  const ScheduleRules& rules_;
  absl::TimeZone zone_;
  std::vector<DatedOccurrence> occurrences_;
  std::vector<Reference> except_;
  std::vector<Reference> only_;
};

class RandomRules {
 public:
  explicit RandomRules(std::mt19937& random) : random_(random) {}

  // With other schedules, in zones of their own, so deep as `depth` says.
  ScheduleRules Make(absl::CivilDay today, int depth = 2) {
    ScheduleRules rules;
    rules.time_zone = kZones[Below(std::size(kZones))];
    for (int count = Below(5); count > 0; --count) rules.weekly.push_back({Days(), AnyHours()});
    for (int count = Below(4); count > 0; --count) rules.except.push_back(AnyCalendar(today));
    for (int count = Below(4) == 0 ? 2 : 0; count > 0; --count) AddRecurrence(today, rules);
    if (Below(6) == 0) rules.only.push_back(WideCalendar(today));
    if (depth > 0 && Below(4) == 0) {
      rules.except_schedules.push_back(Inner(today, depth));
    }
    if (depth > 0 && Below(4) == 0) rules.only_schedules.push_back(Inner(today, depth));
    return rules;
  }

 private:
  int Below(int limit) { return static_cast<int>(random_() % limit); }

  std::shared_ptr<const ScheduleRules> Inner(absl::CivilDay today, int depth) {
    return std::make_shared<const ScheduleRules>(Make(today, depth - 1));
  }

  // One that can be compiled and does not begin by the minute.
  void AddRecurrence(absl::CivilDay today, ScheduleRules& rules) {
    const WrittenRecurrence written = RandomRecurrence(random_).Make(today);
    if (absl::StartsWith(written.rrule, "FREQ=MINUTELY")) return;
    const auto compiled = Recurrence::Compile(written, *LoadZone(rules.time_zone));
    if (compiled.ok() && compiled->most_starts() < 2000) rules.recurrences.push_back(written);
  }

  // Most dates.
  Calendar WideCalendar(absl::CivilDay today) {
    Calendar calendar = AnyCalendar(today);
    for (int i = -3; i < 30; ++i) {
      const absl::CivilDay first = today + 50 * i;
      calendar.closed.push_back({first, first + (30 + Below(25))});
    }
    return calendar;
  }

  WeekdaySet Days() {
    WeekdaySet days = {static_cast<absl::Weekday>(Below(7))};
    for (int count = Below(7); count > 0; --count) days.Add(static_cast<absl::Weekday>(Below(7)));
    return days;
  }

  // Often near midnight and the hours in which clocks change.
  OpeningHours AnyHours() {
    constexpr int kOdd[] = {0, 1, 30, 60, 90, 119, 120, 150, 179, 180, 1380, 1410, 1439};
    for (;;) {
      const TimeOfDay from = {Below(2) ? kOdd[Below(std::size(kOdd))] : Below(1440)};
      const TimeOfDay to = {Below(4) == 0   ? 1440
                            : Below(2) == 0 ? kOdd[Below(std::size(kOdd))]
                                            : Below(1441)};
      if (from != to) return {from, to};
    }
  }

  DateRange AnyDates(absl::CivilDay today) {
    const absl::CivilDay first = today + (Below(500) - 30);
    return {first, first + (Below(2) ? 0 : Below(20))};
  }

  Calendar AnyCalendar(absl::CivilDay today) {
    Calendar calendar;
    for (int count = Below(12); count > 0; --count) calendar.closed.push_back(AnyDates(today));
    for (int count = Below(8); count > 0; --count) {
      SpecialDay special = {AnyDates(today), {}};
      for (int hours = Below(4); hours > 0; --hours) special.hours.push_back(AnyHours());
      calendar.special_days.push_back(special);
    }
    return calendar;
  }

  std::mt19937& random_;
};

// The state now, unchanged up to `until`, and changed at it.
void ExpectRight(const Schedule& schedule, const Reference& reference, int64_t seconds) {
  const OpenState state = schedule.At(seconds);
  ASSERT_EQ(state.open, reference.IsOpen(seconds)) << Utc(seconds);
  ASSERT_EQ(state, schedule.ComputeAt(seconds)) << Utc(seconds);
  if (state.until == kNoChange) return;
  ASSERT_GT(state.until, seconds);
  ASSERT_NE(state.open, reference.IsOpen(state.until)) << Utc(seconds) << Utc(state.until);
  for (int64_t at : {state.until - 1, seconds + (state.until - seconds) / 2,
                     seconds + (state.until - seconds) / 3}) {
    ASSERT_EQ(state.open, reference.IsOpen(at)) << Utc(seconds) << " " << Utc(at);
  }
}

TEST(ScheduleProperty, AgreesWithTheSlowReference) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 250; ++round) {
    const absl::CivilDay today = absl::CivilDay(2011, 6, 1) + static_cast<int>(random() % 7000);
    const absl::Time now = absl::FromCivil(today, absl::UTCTimeZone());
    const auto schedule = *Schedule::Compile(RandomRules(random).Make(today), now);
    const Reference reference(schedule->rules(), today);
    SCOPED_TRACE("seed " + std::to_string(kSeed) + ", round " + std::to_string(round) + ", " +
                 schedule->rules().time_zone);
    const TimeSpan horizon = schedule->horizon();
    std::vector<int64_t> instants = {horizon.begin - 1, horizon.begin, horizon.end - 1,
                                     horizon.end};
    for (int count = 0; count < 12; ++count) {
      const int64_t any = horizon.begin + random() % (500 * kDay) - 30 * kDay;
      instants.push_back(any);
      const int64_t change = schedule->At(any).until;
      if (change == kNoChange) continue;
      instants.insert(instants.end(), {change - 1, change, change + 1});
    }
    // Around each change of the clock.
    absl::TimeZone::CivilTransition transition;
    absl::Time time = absl::FromUnixSeconds(horizon.begin);
    while (schedule->zone().NextTransition(time, &transition)) {
      time = schedule->zone().At(transition.to).trans;
      if (time > absl::FromUnixSeconds(horizon.end)) break;
      for (int count = 0; count < 6; ++count) {
        instants.push_back(absl::ToUnixSeconds(time) + static_cast<int>(random() % 14400) - 7200);
      }
    }
    for (int64_t seconds : instants)
      ASSERT_NO_FATAL_FAILURE(ExpectRight(*schedule, reference, seconds));
  }
}

// When it was compiled or extended does not change what it says.
TEST(ScheduleProperty, SaysTheSameWhereverItsHorizonIs) {
  std::mt19937 random(kSeed + 1);
  for (int round = 0; round < 200; ++round) {
    const absl::CivilDay today(2026, 11, 20);
    const absl::Time now = absl::FromCivil(today, absl::UTCTimeZone());
    const ScheduleRules rules = RandomRules(random).Make(today);
    const auto early = *Schedule::Compile(rules, now);
    const auto late = *Schedule::Compile(rules, now + absl::Hours(24 * (random() % 400)));
    const auto moved = *Schedule::Compile(rules, now);
    moved->Extend(now + absl::Hours(24 * (200 + random() % 300)));
    for (int count = 0; count < 20; ++count) {
      const int64_t seconds = early->horizon().begin + random() % (900 * kDay);
      ASSERT_EQ(early->At(seconds), late->At(seconds)) << round << " " << Utc(seconds);
      ASSERT_EQ(early->At(seconds), moved->At(seconds)) << round << " " << Utc(seconds);
    }
  }
}

}  // namespace
}  // namespace libroute
