#include "tests/property/reference_criteria.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

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

// The share that a hash falls in.
int Fallen(const std::vector<uint32_t>& weights, uint64_t hash) {
  uint32_t left = StableBelow(hash, std::accumulate(weights.begin(), weights.end(), 0u));
  int taken = 0;
  while (left >= weights[static_cast<size_t>(taken)]) left -= weights[static_cast<size_t>(taken++)];
  return taken;
}

// Whether all calls are there that may be.
bool IsFull(ReferenceWorld& world, const std::string& what, uint32_t most) {
  if (most == 0) return false;
  world.counted = true;
  return world.places[what].size() >= most;
}

// What branches look at: what is up and full is busy.
v1::Status SiteWithCalls(const v1::Plan& plan, ReferenceWorld& world, const std::string& site) {
  const v1::Status status = ReferenceSiteStatus(world, site);
  if (status != v1::STATUS_UP) return status;
  return IsFull(world, "site " + site, plan.sites().at(site).max_calls()) ? v1::STATUS_BUSY
                                                                          : status;
}

v1::Status DestinationWithCalls(const v1::Plan& plan, ReferenceWorld& world,
                                const std::string& name) {
  const v1::Status status = ReferenceDestinationStatus(plan, world, name);
  if (status == v1::STATUS_DOWN) return status;
  if (const v1::GatewayGroup* group = ReferenceGateways(plan, name)) {
    const std::optional<Outcome> none = ReferenceNoGateway(world, *group);
    if (none == Outcome::kUnreachable) return v1::STATUS_DOWN;
    if (none.has_value()) return v1::STATUS_BUSY;
  }
  if (status != v1::STATUS_UP) return status;
  const v1::Destination& to = plan.destinations().at(name);
  bool full = IsFull(world, "destination " + name, to.max_calls());
  if (!to.site().empty()) {
    full |= IsFull(world, "site " + to.site(), plan.sites().at(to.site()).max_calls());
  }
  return full ? v1::STATUS_BUSY : status;
}

// Whose turn it is, when the turns begin with 0: found by giving each turn to the
// share that must have it first, of those that are not ahead of their part.
int InTurn(const std::vector<uint32_t>& weights, uint64_t turn) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<int64_t> had(weights.size(), 0);
  int next = 0;
  for (uint64_t n = 0; n <= turn; ++n) {
    double first = 1e18;
    for (size_t i = 0; i < weights.size(); ++i) {
      const double part = weights[i] / total;
      if (weights[i] == 0 ||
          static_cast<double>(had[i]) >= static_cast<double>(n + 1) * part - 1e-9) {
        continue;
      }
      const double due = std::ceil(static_cast<double>(had[i] + 1) / part - 1e-9);
      if (due >= first) continue;
      first = due;
      next = static_cast<int>(i);
    }
    ++had[static_cast<size_t>(next)];
  }
  return next;
}

bool IsAvailable(const v1::Plan& plan, ReferenceWorld& world, const v1::ShareBranch::Case& item) {
  if (item.destination().empty() && item.site().empty()) return true;
  return std::any_of(item.destination().begin(), item.destination().end(),
                     [&](const std::string& name) {
                       return DestinationWithCalls(plan, world, name) == v1::STATUS_UP;
                     }) ||
         std::any_of(item.site().begin(), item.site().end(), [&](const std::string& name) {
           return SiteWithCalls(plan, world, name) == v1::STATUS_UP;
         });
}

}  // namespace

bool ReferenceMatches(const google::protobuf::RepeatedPtrField<std::string>& patterns,
                      E164Number number) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return Matches(pattern, number); });
}

bool ReferenceStandsSo(const ReferenceWorld& world, const v1::GroupBranch::Case& item) {
  const auto known = world.figures.find(item.group());
  if (known == world.figures.end()) return false;
  const v1::GroupFigures& figures = known->second;
  const auto is_count = [](const v1::GroupBranch::Count& count, uint32_t value) {
    return !(count.has_at_least() && value < count.at_least()) &&
           !(count.has_at_most() && value > count.at_most());
  };
  const auto in_order = [](const auto& first, const auto& second) {
    return std::pair(first.seconds(), first.nanos()) <= std::pair(second.seconds(), second.nanos());
  };
  const auto is_time = [&](const v1::GroupBranch::Time& time, const auto& value) {
    return (!time.has_at_least() || in_order(time.at_least(), value)) &&
           (!time.has_at_most() || in_order(value, time.at_most()));
  };
  if (item.has_open() && item.open() == (figures.has_open() && !figures.open())) return false;
  if (item.has_expected_wait() && !figures.has_expected_wait()) return false;
  return is_count(item.logged_in(), figures.logged_in()) &&
         is_count(item.ready(), figures.ready()) && is_count(item.free(), figures.free()) &&
         is_count(item.waiting(), figures.waiting()) &&
         is_time(item.longest_wait(), figures.longest_wait()) &&
         is_time(item.expected_wait(), figures.expected_wait());
}

bool ReferenceStands(const v1::Plan& plan, const ReferenceWorld& world,
                     const v1::SwitchBranch::Case& item) {
  const auto& written = plan.switches().at(item.switch_()).values();
  std::vector<std::string> values(written.begin(), written.end());
  if (values.empty()) values = {"off", "on"};
  const auto set = world.switches.find(item.switch_());
  const bool is_known = set != world.switches.end() &&
                        std::find(values.begin(), values.end(), set->second) != values.end();
  const std::string stands_at = is_known ? set->second : values.front();
  if (item.is().empty()) return stands_at == "on";
  return std::find(item.is().begin(), item.is().end(), stands_at) != item.is().end();
}

std::set<std::string> ReferenceRecoveryNumbers(const v1::Plan& plan,
                                               const v1::RecoveryPlan& recovery) {
  std::set<std::string> numbers;
  for (const v1::Number& number : plan.numbers()) {
    const bool is_own =
        recovery.numbers().empty() ||
        std::any_of(recovery.numbers().begin(), recovery.numbers().end(), [&](const auto& text) {
          return NumberPattern::Parse(text)->Covers(*NumberPattern::Parse(number.number()));
        });
    if (is_own) numbers.insert(number.number());
  }
  return numbers;
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
  if (plan.destinations().at(destination).disabled()) return v1::STATUS_DOWN;
  auto known = world.destinations.find(destination);
  return known == world.destinations.end() ? v1::STATUS_UP : known->second;
}

std::string ReferenceSite(const v1::Plan& plan, const std::string& target) {
  if (target.rfind("site:", 0) == 0) return target.substr(5);
  return plan.destinations().contains(target) || !plan.sites().contains(target) ? "" : target;
}

const v1::GatewayGroup* ReferenceGateways(const v1::Plan& plan, const std::string& target) {
  std::string site = ReferenceSite(plan, target);
  std::string group;
  const auto destination = plan.destinations().find(target);
  if (destination != plan.destinations().end() && destination->second.uri().empty()) {
    group = destination->second.via();
    site = destination->second.site();
  }
  if (group.empty() && !site.empty()) group = plan.sites().at(site).via();
  return group.empty() ? nullptr : &plan.gateways().at(group);
}

v1::Status ReferenceGatewayStatus(const ReferenceWorld& world,
                                  const v1::GatewayGroup::Gateway& gateway) {
  if (gateway.disabled()) return v1::STATUS_DOWN;
  const auto known = world.gateways.find(gateway.name());
  return known == world.gateways.end() ? v1::STATUS_UP : known->second;
}

std::optional<Outcome> ReferenceNoGateway(const ReferenceWorld& world,
                                          const v1::GatewayGroup& group) {
  std::set<v1::Status> statuses;
  for (const auto& gateway : group.gateways()) {
    statuses.insert(ReferenceGatewayStatus(world, gateway));
  }
  if (statuses.count(v1::STATUS_UP) > 0) return std::nullopt;
  return statuses.count(v1::STATUS_BUSY) > 0 ? Outcome::kCongestion : Outcome::kUnreachable;
}

bool ReferenceHasStatus(const v1::Plan& plan, ReferenceWorld& world,
                        const v1::StatusBranch::Case& item) {
  v1::Status status = v1::STATUS_UP;
  if (item.has_site()) status = SiteWithCalls(plan, world, item.site());
  if (item.has_destination()) status = DestinationWithCalls(plan, world, item.destination());
  for (const auto& [name, group] : plan.gateways()) {
    for (const v1::GatewayGroup::Gateway& gateway : group.gateways()) {
      if (gateway.name() == item.gateway()) status = ReferenceGatewayStatus(world, gateway);
    }
  }
  return std::find(item.is().begin(), item.is().end(), status) != item.is().end();
}

std::optional<int> ReferenceShare(const v1::Plan& plan, const v1::ShareBranch& share,
                                  const Call& call, const std::string& path,
                                  ReferenceWorld& world) {
  const bool is_known = call.calling.has_value() && call.calling_privacy == Privacy::kAllowed;
  const bool by_caller = share.by() == v1::ShareBranch::BY_CALLER && is_known;
  const uint64_t hash =
      StableMix((by_caller ? StableMix(call.calling.digits().packed()) : CallSeed(call.id)) ^
                StableHash(path));
  std::vector<uint32_t> weights;
  for (const auto& item : share.cases()) weights.push_back(item.weight());
  int taken = 0;
  if (share.exact()) {
    const uint32_t turn = world.turns[path]++;
    taken = InTurn(weights, turn);
  } else {
    taken = Fallen(weights, hash);
  }
  if (share.unavailable() == v1::ShareBranch::UNAVAILABLE_STRICT) return taken;
  if (IsAvailable(plan, world, share.cases(taken))) return taken;
  if (share.unavailable() == v1::ShareBranch::UNAVAILABLE_OVERFLOW) return std::nullopt;
  for (int i = 0; i < share.cases_size(); ++i) {
    if (!IsAvailable(plan, world, share.cases(i))) weights[static_cast<size_t>(i)] = 0;
  }
  if (std::accumulate(weights.begin(), weights.end(), 0u) == 0) return std::nullopt;
  return Fallen(weights, StableMix(hash + 1));
}

}  // namespace libroute
