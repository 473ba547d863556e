#include "tests/property/reference_criteria.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/time/civil_time.h"
#include "libroute/call/stable_hash.h"
#include "libroute/number/pattern.h"

namespace libroute {
namespace {

bool Matches(const std::string& pattern, E164Number number) {
  return NumberPattern::Parse(pattern)->Matches(number.digits());
}

// Exact numbers before ranges before prefixes, longer prefixes before shorter.
int Specificity(const std::string& pattern) {
  if (pattern.back() == '*') return static_cast<int>(pattern.size());
  return absl::StrContains(pattern, '-') ? 100 : 1000;
}

absl::CivilMinute At(absl::CivilDay day, const std::string& time) {
  int hour = (time[0] - '0') * 10 + (time[1] - '0');
  int minute = (time[3] - '0') * 10 + (time[4] - '0');
  return absl::CivilMinute(day) + 60 * hour + minute;
}

// Whether hours that begin on `day` are open at `now`.
bool Covers(const std::string& from, const std::string& to, absl::CivilDay day,
            absl::CivilSecond now) {
  absl::CivilDay last = to <= from ? day + 1 : day;
  return absl::CivilSecond(At(day, from)) <= now && now < absl::CivilSecond(At(last, to));
}

bool HasDate(const std::string& dates, absl::CivilDay day) {
  std::string text = absl::FormatCivilTime(day);
  return dates.substr(0, 10) <= text && text <= dates.substr(dates.size() - 10);
}

// Whether `calendar` says something of `day`.
bool Lists(const v1::Calendar& calendar, absl::CivilDay day) {
  const auto has_date = [day](const std::string& dates) { return HasDate(dates, day); };
  return std::any_of(calendar.dates().begin(), calendar.dates().end(), has_date) ||
         std::any_of(calendar.special_days().begin(), calendar.special_days().end(),
                     [&](const auto& special) { return has_date(special.date()); });
}

// Whether hours of the schedule that begin on `day` cover `now`.
bool OpenSince(const v1::Plan& plan, const v1::Schedule& schedule, absl::CivilDay day,
               absl::CivilSecond now) {
  const auto covers = [&](const auto& hours) { return Covers(hours.from(), hours.to(), day, now); };
  for (const std::string& name : schedule.only()) {
    auto calendar = plan.calendars().find(name);
    if (calendar != plan.calendars().end() && !Lists(calendar->second, day)) return false;
  }
  bool listed = false;
  for (const std::string& name : schedule.except()) {
    auto calendar = plan.calendars().find(name);
    if (calendar == plan.calendars().end()) continue;
    listed |= Lists(calendar->second, day);
    for (const v1::Calendar::SpecialDay& special : calendar->second.special_days()) {
      if (!HasDate(special.date(), day)) continue;
      if (std::any_of(special.hours().begin(), special.hours().end(), covers)) return true;
    }
  }
  if (listed) return false;
  const int weekday = static_cast<int>(absl::GetWeekday(day)) + v1::WEEKDAY_MON;
  for (const v1::Schedule::Weekly& weekly : schedule.weekly()) {
    const auto& days = weekly.days();
    if (std::find(days.begin(), days.end(), weekday) != days.end() && covers(weekly)) return true;
  }
  return false;
}

}  // namespace

bool ReferenceMatches(const google::protobuf::RepeatedPtrField<std::string>& patterns,
                      E164Number number) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return Matches(pattern, number); });
}

const v1::Number* ReferenceServing(const v1::Plan& plan, E164Number number) {
  const v1::Number* best = nullptr;
  for (const v1::Number& written : plan.numbers()) {
    if (!Matches(written.number(), number)) continue;
    if (best == nullptr || Specificity(written.number()) > Specificity(best->number())) {
      best = &written;
    }
  }
  return best;
}

bool ReferenceOpen(const v1::Plan& plan, const v1::Schedule& schedule, absl::Time at) {
  // Names that are calendars are asked by day, above.
  const auto is_open = [&](const std::string& name) {
    return ReferenceOpen(plan, plan.schedules().at(name), at);
  };
  for (const std::string& name : schedule.except()) {
    if (!plan.calendars().contains(name) && is_open(name)) return false;
  }
  for (const std::string& name : schedule.only()) {
    if (!plan.calendars().contains(name) && !is_open(name)) return false;
  }
  absl::TimeZone zone;
  absl::LoadTimeZone(schedule.time_zone().empty() ? plan.time_zone() : schedule.time_zone(), &zone);
  const absl::CivilSecond now = absl::ToCivilSecond(at, zone);
  const absl::CivilDay today(now);
  return OpenSince(plan, schedule, today - 1, now) || OpenSince(plan, schedule, today, now);
}

v1::Status ReferenceSiteStatus(const ReferenceWorld& world, const std::string& site) {
  auto known = world.sites.find(site);
  return known == world.sites.end() ? v1::STATUS_UP : known->second;
}

v1::Status ReferenceDestinationStatus(const v1::Plan& plan, const ReferenceWorld& world,
                                      const std::string& destination) {
  const std::string& site = plan.destinations().at(destination).site();
  if (!site.empty() && ReferenceSiteStatus(world, site) == v1::STATUS_DOWN) return v1::STATUS_DOWN;
  auto known = world.destinations.find(destination);
  return known == world.destinations.end() ? v1::STATUS_UP : known->second;
}

bool ReferenceHasStatus(const v1::Plan& plan, const ReferenceWorld& world,
                        const v1::StatusBranch::Case& item) {
  v1::Status status = item.subject_case() == v1::StatusBranch::Case::kSite
                          ? ReferenceSiteStatus(world, item.site())
                          : ReferenceDestinationStatus(plan, world, item.destination());
  return std::find(item.is().begin(), item.is().end(), status) != item.is().end();
}

int ReferenceShare(const v1::ShareBranch& share, const CallId& call, const std::string& path) {
  uint32_t total = 0;
  for (const auto& item : share.cases()) total += item.weight();
  uint64_t hash = StableMix(CallSeed(call) ^ StableHash(path));
  uint32_t left = StableBelow(hash, total);
  int taken = 0;
  while (left >= share.cases(taken).weight()) left -= share.cases(taken++).weight();
  return taken;
}

}  // namespace libroute
