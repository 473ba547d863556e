#include <cstdint>
#include <random>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/registration.h"
#include "benchmark/benchmark.h"
#include "libroute/number/number_set.h"
#include "libroute/number/number_text.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/number/pattern.h"

// What is known of a number, and whether it is one of a million.
namespace libroute::bench {
namespace {

constexpr size_t kNumbers = 1'000'000;
// Looked up in turn; a power of two.
constexpr size_t kLookedUp = 65536;

// Of the lengths and beginnings that callers have.
std::vector<E164Number> Callers(size_t count) {
  constexpr const char* kBeginnings[] = {"3247", "322",   "3242", "336",    "331",  "4915", "4930",
                                         "1201", "44207", "447",  "352621", "3906", "393"};
  std::mt19937_64 random(1);
  std::vector<E164Number> callers;
  callers.reserve(count);
  while (callers.size() < count) {
    const char* beginning = kBeginnings[random() % std::size(kBeginnings)];
    const std::string digits = absl::StrCat("+", beginning, 1000000 + random() % 9000000);
    callers.push_back(*E164Number::Parse(digits));
  }
  return callers;
}

void FindKind(benchmark::State& state) {
  const std::vector<E164Number> callers = Callers(kLookedUp);
  const NumberingPlans& world = NumberingPlans::World();
  size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(world.Find(callers[next++ % kLookedUp]));
  }
  state.counters["table_bytes"] = static_cast<double>(world.memory_bytes());
}

void FindAmongMillion(benchmark::State& state) {
  std::vector<NumberPattern> patterns;
  for (E164Number caller : Callers(kNumbers))
    patterns.push_back(NumberPattern::Exact(caller.digits()));
  const NumberSet set(patterns);
  // In no order that memory has.
  std::mt19937_64 random(2);
  std::vector<Digits> asked;
  for (size_t i = 0; i < kLookedUp; ++i) asked.push_back(patterns[random() % kNumbers].first());
  size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(set.Contains(asked[next++ % kLookedUp]));
  state.counters["bytes_per_number"] = static_cast<double>(set.memory_bytes()) / kNumbers;
}

void ReadText(benchmark::State& state, absl::string_view text) {
  const NumberProfile profile = {*Digits::Parse("32"), *Digits::Parse("0"), *Digits::Parse("00")};
  for (auto _ : state) benchmark::DoNotOptimize(ReadNumberText(text, profile));
}

}  // namespace

void RegisterNumbers() {
  benchmark::RegisterBenchmark("NumberKind/random_callers", FindKind);
  benchmark::RegisterBenchmark("NumberSet/1000000_numbers", FindAmongMillion);
  benchmark::RegisterBenchmark("NumberText/national",
                               [](benchmark::State& state) { ReadText(state, "02 200 01 00"); });
  benchmark::RegisterBenchmark("NumberText/tel_ported", [](benchmark::State& state) {
    ReadText(state, "tel:+32-2-200-01-00;npdi;rn=+32-9-800-0000");
  });
  benchmark::RegisterBenchmark("NumberText/sip", [](benchmark::State& state) {
    ReadText(state, "sip:+3222000100@trunk.example.net;user=phone");
  });
}

}  // namespace libroute::bench
