// Random recurrences in odd zones, against a reference that knows neither
// libical nor a timeline: it looks at every date there is. With LIBROUTE_LONG=1
// in the environment at millions of instants.

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/schedule/schedule.h"
#include "libroute/schedule/test_long.h"
#include "libroute/schedule/test_rules.h"

namespace libroute {
namespace {

constexpr int kSeed = 5545;
constexpr const char* kDays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

// Dates of a rule by RFC 5545's table, one at a time.
class Reference {
 public:
  Reference(const RecurrenceRule& rule, absl::CivilSecond start) : rule_(rule), start_(start) {}

  // The starts on the dates from `first` to `last`.
  std::vector<absl::CivilSecond> Starts(absl::CivilDay first, absl::CivilDay last) const {
    std::map<int64_t, std::vector<absl::CivilSecond>> periods;
    // Whole periods, for positions.
    for (absl::CivilDay day = first - 366; day <= last + 366; ++day) {
      if (!Has(day)) continue;
      for (int hour : Or(rule_.hours, start_.hour())) {
        for (int minute : Or(rule_.minutes, start_.minute())) {
          periods[Period(day)].push_back(absl::CivilSecond(day) + hour * 3600 + minute * 60);
        }
      }
    }
    std::vector<absl::CivilSecond> starts;
    for (const auto& [period, times] : periods) {
      const int size = static_cast<int>(times.size());
      for (int i = 0; i < size; ++i) {
        const bool is_chosen = rule_.positions.empty() || Lists(rule_.positions, i + 1) ||
                               Lists(rule_.positions, i - size);
        const absl::CivilDay day(times[i]);
        if (is_chosen && times[i] >= start_ && first <= day && day <= last) {
          starts.push_back(times[i]);
        }
      }
    }
    return starts;
  }

 private:
  static bool Lists(const std::vector<int>& list, int number) {
    for (int listed : list) {
      if (listed == number) return true;
    }
    return false;
  }
  static std::vector<int> Or(const std::vector<int>& list, int otherwise) {
    return list.empty() ? std::vector<int>{otherwise} : list;
  }

  int64_t Period(absl::CivilDay day) const {
    switch (rule_.frequency) {
      case Frequency::kDaily:
        return day - absl::CivilDay();
      case Frequency::kWeekly: {
        while (absl::GetWeekday(day) != rule_.week_start) --day;
        return (day - absl::CivilDay()) / 7;
      }
      case Frequency::kMonthly:
        return day.year() * 12 + day.month();
      default:
        return day.year();
    }
  }

  // Which one of its weekday it is in the month or year, and from the end.
  static bool IsNth(absl::CivilDay day, int nth, bool in_month) {
    const auto is_within = [&](absl::CivilDay other) {
      return in_month ? absl::CivilMonth(other) == absl::CivilMonth(day)
                      : other.year() == day.year();
    };
    int count = 0;
    for (absl::CivilDay other = day; is_within(other); other -= nth > 0 ? 7 : -7) ++count;
    return count == std::abs(nth);
  }

  bool HasWeekday(absl::CivilDay day) const {
    const bool in_month = rule_.frequency == Frequency::kMonthly || !rule_.months.empty();
    for (const RuleDay& listed : rule_.days) {
      if (absl::GetWeekday(day) != listed.day) continue;
      if (listed.nth == 0 || IsNth(day, listed.nth, in_month)) return true;
    }
    return false;
  }

  bool Has(absl::CivilDay day) const {
    const absl::CivilDay start(start_);
    if ((Period(day) - Period(start)) % rule_.interval != 0) return false;
    if (!rule_.months.empty() && !Lists(rule_.months, day.month())) return false;
    const int from_month_end = static_cast<int>(day - absl::CivilDay(absl::CivilMonth(day) + 1));
    const int from_year_end = static_cast<int>(day - absl::CivilDay(absl::CivilYear(day) + 1));
    if (!rule_.month_days.empty() && !Lists(rule_.month_days, day.day()) &&
        !Lists(rule_.month_days, from_month_end)) {
      return false;
    }
    if (!rule_.year_days.empty() && !Lists(rule_.year_days, absl::GetYearDay(day)) &&
        !Lists(rule_.year_days, from_year_end)) {
      return false;
    }
    if (!rule_.days.empty()) return HasWeekday(day);
    if (!rule_.month_days.empty() || !rule_.year_days.empty()) return true;
    return HasDayOfStart(day, start);
  }

  // Where the rule says no day at all.
  bool HasDayOfStart(absl::CivilDay day, absl::CivilDay start) const {
    switch (rule_.frequency) {
      case Frequency::kDaily:
        return true;
      case Frequency::kWeekly:
        return absl::GetWeekday(day) == absl::GetWeekday(start);
      case Frequency::kMonthly:
        return day.day() == start.day();
      default:
        return day.day() == start.day() && (!rule_.months.empty() || day.month() == start.month());
    }
  }

  const RecurrenceRule rule_;
  const absl::CivilSecond start_;
};

class RandomRule {
 public:
  explicit RandomRule(std::mt19937& random) : random_(random) {}

  std::string Make() {
    constexpr const char* kFrequencies[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    const int frequency = Below(4);
    std::string rule = absl::StrCat("FREQ=", kFrequencies[frequency]);
    if (Below(2)) absl::StrAppend(&rule, ";INTERVAL=", 1 + Below(7));
    if (Below(3) == 0) absl::StrAppend(&rule, ";WKST=", kDays[Below(7)]);
    bool has_part = false;
    const auto add = [&](const char* name, const std::string& values) {
      absl::StrAppend(&rule, ";", name, "=", values);
      has_part = true;
    };
    if (Below(3) == 0) add("BYMONTH", Numbers(1, 12, 0));
    if (frequency == 3 && Below(4) == 0) add("BYYEARDAY", Numbers(1, 366, 3));
    if (frequency != 1 && Below(3) == 0) add("BYMONTHDAY", Numbers(1, 31, 3));
    if (Below(2)) add("BYDAY", Weekdays(frequency >= 2));
    if (Below(3) == 0) add("BYHOUR", Numbers(0, 23, 0));
    if (Below(5) == 0) add("BYMINUTE", Numbers(0, 59, 0));
    if (has_part && Below(4) == 0) add("BYSETPOS", Numbers(1, 4, 2));
    return rule;
  }

  int Below(int limit) { return static_cast<int>(random_() % limit); }

 private:
  // One in `negatives` of them is negative.
  std::string Numbers(int first, int last, int negatives) {
    std::string text;
    for (int count = 1 + Below(4); count > 0; --count) {
      const bool is_negative = negatives > 0 && Below(negatives) == 0;
      absl::StrAppend(&text, text.empty() ? "" : ",", is_negative ? "-" : "",
                      first + Below(last - first + 1));
    }
    return text;
  }

  std::string Weekdays(bool may_count) {
    constexpr const char* kNth[] = {"", "", "1", "2", "-1", "5", "-3"};
    std::string text;
    for (int count = 1 + Below(3); count > 0; --count) {
      absl::StrAppend(&text, text.empty() ? "" : ",", may_count ? kNth[Below(7)] : "",
                      kDays[Below(7)]);
    }
    return text;
  }

  std::mt19937& random_;
};

// The spans in which it must be open, those that begin on these dates.
std::vector<TimeSpan> ReferenceSpans(const Reference& reference, const absl::TimeZone& zone,
                                     absl::CivilDay first, absl::CivilDay last, int64_t seconds) {
  std::vector<TimeSpan> spans;
  for (absl::CivilSecond start : reference.Starts(first, last)) {
    const int64_t begin = absl::ToUnixSeconds(zone.At(start).pre);
    spans.push_back({begin, begin + seconds});
  }
  return MergeSpans(std::move(spans));
}

bool IsOpen(const std::vector<TimeSpan>& spans, int64_t seconds) {
  auto after = std::upper_bound(spans.begin(), spans.end(), seconds,
                                [](int64_t at, const TimeSpan& span) { return at < span.begin; });
  return after != spans.begin() && std::prev(after)->Contains(seconds);
}

TEST(RecurrenceProperty, AgreesWithTheSlowReference) {
  std::mt19937 random(kSeed);
  RandomRule rules(random);
  const int64_t wanted = IsLongRun() ? 4'000'000 : 40'000;
  int64_t instants = 0;
  for (int round = 0; instants < wanted; ++round) {
    const absl::CivilSecond start = absl::CivilSecond(2015, 1, 1) +
                                    int64_t{rules.Below(4000)} * 86400 + rules.Below(24) * 3600 +
                                    rules.Below(4) * 900;
    const std::string text = rules.Make();
    ScheduleRules written = {.time_zone = kOddZones[rules.Below(std::size(kOddZones))]};
    written.recurrences = {
        {.start = absl::FormatCivilTime(start), .duration = absl::Seconds(60), .rrule = text}};
    const absl::CivilDay today = absl::CivilDay(2016, 1, 1) + rules.Below(3650);
    const auto schedule = Schedule::Compile(written, absl::FromCivil(today, absl::UTCTimeZone()));
    // Some never occur.
    if (!schedule.ok()) continue;
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, ", round ", round, ": ", written.time_zone, " ",
                              absl::FormatCivilTime(start), " ", text));
    const Reference reference(*RecurrenceRule::Parse(text), start);
    const std::vector<TimeSpan> spans =
        ReferenceSpans(reference, (*schedule)->zone(), today - 10, today + 420, 60);
    const TimeSpan horizon = (*schedule)->horizon();
    std::vector<int64_t> times;
    for (const TimeSpan& span : spans) {
      times.insert(times.end(), {span.begin - 1, span.begin, span.end - 1, span.end});
    }
    for (int count = 0; count < 200; ++count) {
      times.push_back(horizon.begin + random() % (horizon.end - horizon.begin));
    }
    for (int64_t time : times) {
      if (!horizon.Contains(time)) continue;
      ASSERT_EQ((*schedule)->At(time).open, IsOpen(spans, time)) << Utc(time);
      ++instants;
    }
    for (size_t i = 0; i < times.size(); i += 97) {
      ASSERT_EQ((*schedule)->ComputeAt(times[i]).open, IsOpen(spans, times[i])) << Utc(times[i]);
    }
  }
}

}  // namespace
}  // namespace libroute
