#include <memory>
#include <vector>

#include "bench/registration.h"
#include "bench/world.h"
#include "benchmark/benchmark.h"
#include "libroute/epoch/epoch.h"
#include "libroute/number/directory.h"
#include "libroute/number/pattern.h"

// A million numbers: how long they take to take in, how much room they need.
namespace libroute::bench {
namespace {

constexpr int kNumbers = 1'000'000;

// The shared directory alone.
void BuildDirectory(benchmark::State& state) {
  std::vector<NumberPattern> patterns;
  patterns.reserve(kNumbers);
  for (int i = 0; i < kNumbers; ++i) patterns.push_back(NumberPattern::Exact(NumberAt(i).digits()));
  for (auto _ : state) {
    EpochDomain domain;
    NumberDirectory directory(domain);
    for (const NumberPattern& pattern : patterns) directory.Add(pattern, 7);
    state.counters["bytes_per_number"] = static_cast<double>(directory.memory_bytes()) / kNumbers;
  }
}

// From the plan's text of each number to the next call: reading, checking,
// the plan's own table, the directory.
void PublishMillion(benchmark::State& state) {
  v1::Plan plan = MakePlan("customer-0", TreeSize::kTwenty, Ending::kVoicemail);
  AddNumbers({0, kNumbers}, plan);
  for (auto _ : state) {
    std::unique_ptr<Engine> engine = NewEngine();
    ExpectPublished(engine->Publish(plan, {}, BenchTime()));
    state.counters["bytes_per_number"] =
        static_cast<double>(engine->GetStatistics().directory_bytes) / kNumbers;
    state.PauseTiming();
    engine.reset();
    state.ResumeTiming();
  }
}

// One customer's plan of 20 nodes and ten numbers, among a million others.
void PublishOne(benchmark::State& state) {
  std::unique_ptr<Engine> engine = NewEngine();
  v1::Plan others = MakePlan("others", TreeSize::kThree, Ending::kVoicemail);
  AddNumbers({1000, kNumbers}, others);
  ExpectPublished(engine->Publish(others, {}, BenchTime()));
  v1::Plan plan = MakePlan("customer-0", TreeSize::kTwenty, Ending::kVoicemail);
  AddNumbers({0, 10}, plan);
  int64_t edition = 0;
  for (auto _ : state) {
    plan.set_description(edition++ % 2 == 0 ? "odd" : "even");
    ExpectPublished(engine->Publish(plan, {}, BenchTime()));
  }
}

}  // namespace

void RegisterDirectory() {
  benchmark::RegisterBenchmark("BuildDirectory/1000000_numbers", BuildDirectory)
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("Publish/1000000_numbers", PublishMillion)
      ->Unit(benchmark::kMillisecond)
      ->Iterations(1);
  benchmark::RegisterBenchmark("Publish/20_nodes/10_numbers", PublishOne)
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace libroute::bench
