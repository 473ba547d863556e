#include <array>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/hand_written.h"
#include "bench/lua_script.h"
#include "bench/plans.h"
#include "bench/registration.h"
#include "benchmark/benchmark.h"
#include "libroute/call/stable_hash.h"

// What one would use instead of an engine: the same trees as C++ and as a
// script.
namespace libroute::bench {
namespace {

constexpr size_t kCalls = 64;

std::array<HandWrittenCall, kCalls> HandWrittenCalls() {
  std::array<HandWrittenCall, kCalls> calls;
  for (size_t i = 0; i < kCalls; ++i) {
    const Call call = MakeCall(NumberAt(static_cast<int>(i)));
    calls[i] = {call.called.digits().packed(), call.calling.digits().packed(), StableMix(i)};
  }
  return calls;
}

enum class Clock { kAsked, kGiven };

void RouteByHand(benchmark::State& state, TreeSize size, Clock clock) {
  const auto calls = HandWrittenCalls();
  HandWrittenFacts facts;
  benchmark::DoNotOptimize(facts);
  int64_t now = absl::ToUnixSeconds(BenchTime());
  LocalTime time = LocalTimeOf(now);
  HandWrittenAction action = HandWrittenAction::kReject;
  size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(now);
    benchmark::DoNotOptimize(time);
    if (clock == Clock::kAsked) time = LocalTimeOf(now);
    const HandWrittenCall& call = calls[next++ % kCalls];
    action = size == TreeSize::kThree ? RouteByThree(call, time) : RouteByTwenty(call, time, facts);
    benchmark::DoNotOptimize(action);
  }
  if (action != HandWrittenAction::kVoicemail) state.SkipWithError("left before its end");
}

void RouteByScript(benchmark::State& state, TreeSize size, Clock clock) {
  LuaScript script;
  std::array<std::string, kCalls> called;
  for (size_t i = 0; i < kCalls; ++i) called[i] = NumberAt(static_cast<int>(i)).ToString();
  const int64_t now = absl::ToUnixSeconds(BenchTime());
  const LocalTime time = LocalTimeOf(now);
  const std::string function = absl::StrCat(size == TreeSize::kThree ? "three" : "twenty",
                                            clock == Clock::kGiven ? "_given" : "");
  absl::string_view mailbox;
  size_t next = 0;
  for (auto _ : state) {
    const LuaScript::Question question = {called[next % kCalls], "+32475123456",
                                          static_cast<double>(next)};
    ++next;
    mailbox = clock == Clock::kGiven ? script.RouteGiven(function.c_str(), question, time)
                                     : script.RouteAt(function.c_str(), question, now);
    benchmark::DoNotOptimize(mailbox);
  }
  if (mailbox != "desk") state.SkipWithError("left before its end");
}

}  // namespace

void RegisterAlternatives() {
  for (TreeSize size : {TreeSize::kThree, TreeSize::kTwenty}) {
    for (Clock clock : {Clock::kAsked, Clock::kGiven}) {
      const std::string name = absl::StrCat(size == TreeSize::kThree ? "3" : "20", "_nodes/",
                                            clock == Clock::kAsked ? "calendar" : "weekday_given");
      benchmark::RegisterBenchmark(
          absl::StrCat("HandWritten/", name).c_str(),
          [=](benchmark::State& state) { RouteByHand(state, size, clock); });
      benchmark::RegisterBenchmark(
          absl::StrCat("LuaJIT/", name).c_str(),
          [=](benchmark::State& state) { RouteByScript(state, size, clock); });
    }
  }
}

}  // namespace libroute::bench
