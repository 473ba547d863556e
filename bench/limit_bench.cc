#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/registration.h"
#include "bench/world.h"
#include "benchmark/benchmark.h"

// What limits cost: the tree of 20 nodes that dials, as it is and behind a limit of
// calls and of their rate, to a destination with so many places that is watched.
namespace libroute::bench {
namespace {

constexpr absl::Duration kBetweenCalls = absl::Microseconds(200);
constexpr uint64_t kCallsPerAdvance = 4096;
constexpr uint32_t kMany = 1'000'000;

void AddLimit(const std::string& name, v1::Plan& plan) {
  v1::Limit& limit = (*plan.mutable_limits())[name];
  limit.set_calls(kMany);
  limit.mutable_rate()->set_calls(kMany);
  limit.mutable_rate()->mutable_per()->set_seconds(1);
  limit.mutable_rate()->set_burst(10'000);
  v1::LimitBranch& branch = *(*plan.mutable_trees())[absl::StrCat("by-", name)].mutable_limit();
  branch.set_limit(name);
  branch.mutable_then()->set_goto_("main");
}

// One number for each limit.
v1::Plan LimitedPlan(int limits) {
  v1::Plan plan = MakePlan("customer", TreeSize::kTwenty, Ending::kDial);
  AddNumbers({0, limits}, plan);
  for (int i = 0; i < limits; ++i) {
    const std::string name = absl::StrCat("limit-", i);
    AddLimit(name, plan);
    plan.mutable_numbers(i)->set_tree(absl::StrCat("by-", name));
  }
  v1::Destination& desk = plan.mutable_destinations()->at("desk");
  desk.set_max_calls(kMany);
  desk.mutable_watch();
  return plan;
}

std::unique_ptr<Engine> EngineWith(const v1::Plan& plan) {
  std::unique_ptr<Engine> engine = NewEngine();
  ExpectPublished(engine->Publish(plan, {}, BenchTime()));
  return engine;
}

std::unique_ptr<Engine> MakeEngine(bool limited) {
  v1::Plan plan = MakePlan("customer", TreeSize::kTwenty, Ending::kDial);
  AddNumbers({0, 1}, plan);
  return EngineWith(limited ? LimitedPlan(1) : plan);
}

void Decide(benchmark::State& state, bool limited) {
  std::unique_ptr<Engine> engine = MakeEngine(limited);
  const Call call = MakeCall(NumberAt(0));
  Decision decision;
  for (auto _ : state) {
    absl::StatusOr<Answer> answer = engine->Decide(call, BenchTime(), decision);
    benchmark::DoNotOptimize(answer);
  }
  if (decision.claims.empty() == limited) state.SkipWithError("the wrong claims");
}

// A call that is asked about and ends, on this thread. The engine is there when all
// threads have begun.
void FollowCalls(benchmark::State& state, const std::unique_ptr<Engine>& engine,
                 E164Number called) {
  Call call = MakeCall(called);
  call.id.epoch = static_cast<uint64_t>(state.thread_index()) + 1;
  CallReport released;
  absl::Time now = BenchTime();
  uint64_t count = 0;
  Decision decision;
  for (auto _ : state) {
    now += kBetweenCalls;
    call.id.reference.clear();
    absl::StrAppend(&call.id.reference, ++count);
    absl::StatusOr<Answer> answer = engine->Route(call, now, decision);
    if (!answer.ok()) state.SkipWithError("no answer");
    released.call = call.id;
    absl::Status reported = engine->Report(released, now);
    benchmark::DoNotOptimize(reported);
    if (count % kCallsPerAdvance == 0 && state.thread_index() == 0) engine->Advance(now);
  }
  if (!std::holds_alternative<DialDecision>(decision.action)) {
    state.SkipWithError("the call was turned away");
  }
}

void Follow(benchmark::State& state, bool limited) {
  std::unique_ptr<Engine> engine = MakeEngine(limited);
  FollowCalls(state, engine, NumberAt(0));
}

// Several threads, all of whose calls are to one number, or each to its own.
void Together(benchmark::State& state, bool hot) {
  static std::unique_ptr<Engine> engine;
  if (state.thread_index() == 0) engine = EngineWith(LimitedPlan(4));
  FollowCalls(state, engine, NumberAt(hot ? 0 : state.thread_index()));
}

}  // namespace

void RegisterLimits() {
  for (bool limited : {false, true}) {
    const char* what = limited ? "limited" : "plain";
    benchmark::RegisterBenchmark(absl::StrCat("Limit/decide/", what).c_str(),
                                 [=](benchmark::State& state) { Decide(state, limited); });
    benchmark::RegisterBenchmark(absl::StrCat("Limit/call/", what).c_str(),
                                 [=](benchmark::State& state) { Follow(state, limited); });
  }
  for (bool hot : {false, true}) {
    benchmark::RegisterBenchmark(hot ? "Limit/hot" : "Limit/cold", [=](benchmark::State& state) {
      Together(state, hot);
    })->Threads(2);
  }
}

}  // namespace libroute::bench
