#include <memory>
#include <random>
#include <vector>

#include "bench/registration.h"
#include "benchmark/benchmark.h"
#include "libroute/schedule/schedule.h"

// Whether a schedule is open: from its timeline, and far beyond it.
namespace libroute::bench {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'795'424'400);

WrittenRecurrence Recurring(const char* rrule, absl::Duration duration) {
  return {.start = "1997-09-02T09:00:00", .duration = duration, .rrule = rrule};
}

// Office hours, the second Tuesday's evening, and lunch left out.
ScheduleRules Usual() {
  const OpeningHours office = {{9 * 60}, {17 * 60}};
  const OpeningHours lunch = {{12 * 60}, {13 * 60}};
  const WeekdaySet days = {absl::Weekday::monday, absl::Weekday::tuesday, absl::Weekday::wednesday,
                           absl::Weekday::thursday, absl::Weekday::friday};
  ScheduleRules rules = {.time_zone = "Europe/Brussels", .weekly = {{days, office}}};
  rules.recurrences = {Recurring("FREQ=MONTHLY;BYDAY=2TU;BYHOUR=18", absl::Hours(2))};
  rules.except = {{.closed = {*DateRange::Parse("2026-12-25..2027-01-01")}}};
  rules.except_schedules = {std::make_shared<const ScheduleRules>(
      ScheduleRules{.time_zone = "Europe/Brussels", .weekly = {{days, lunch}}})};
  return rules;
}

ScheduleRules EveryFiveMinutes() {
  ScheduleRules rules = {.time_zone = "Europe/Brussels"};
  rules.recurrences = {Recurring("FREQ=MINUTELY;INTERVAL=5", absl::Minutes(1))};
  return rules;
}

// Instants of a year from `first` on, in no order.
std::vector<int64_t> Instants(absl::Time first) {
  std::mt19937 random(1);
  std::vector<int64_t> instants(4096);
  for (int64_t& instant : instants) {
    instant = absl::ToUnixSeconds(first) + random() % (365 * 86400);
  }
  return instants;
}

void Look(benchmark::State& state, const ScheduleRules& rules, absl::Time first) {
  const std::shared_ptr<Schedule> schedule = *Schedule::Compile(rules, kNow);
  const std::vector<int64_t> instants = Instants(first);
  size_t next = 0;
  for (auto _ : state) {
    OpenState open = schedule->At(instants[next++ % instants.size()]);
    benchmark::DoNotOptimize(open);
  }
  state.counters["bytes"] = static_cast<double>(schedule->memory_bytes());
}

void CompileSchedule(benchmark::State& state) {
  const ScheduleRules rules = Usual();
  for (auto _ : state) {
    auto schedule = Schedule::Compile(rules, kNow);
    benchmark::DoNotOptimize(schedule);
  }
}

}  // namespace

void RegisterSchedules() {
  benchmark::RegisterBenchmark("Schedule/timeline", Look, Usual(), kNow);
  benchmark::RegisterBenchmark("Schedule/timeline_every_5_minutes", Look, EveryFiveMinutes(), kNow);
  benchmark::RegisterBenchmark("Schedule/in_40_years", Look, Usual(),
                               kNow + absl::Hours(40 * 365 * 24));
  benchmark::RegisterBenchmark("Schedule/compile", CompileSchedule);
}

}  // namespace libroute::bench
