#include <memory>
#include <string>

#include "bench/plans.h"
#include "bench/registration.h"
#include "benchmark/benchmark.h"
#include "libroute/seal/sealer.h"

// What a continuation costs, once per answer that another question follows.
namespace libroute::bench {
namespace {

// A call that was once diverted after busy.
CallState StateOf(const Call& call) {
  CallState state;
  state.called = call.called;
  state.calling = call.calling;
  state.arrival_micros = absl::ToUnixMicros(BenchTime());
  state.seed = CallSeed(call.id);
  state.correlation = NewCorrelation(state.seed);
  state.attempts = 1;
  state.failed.Add(Outcome::kBusy);
  return state;
}

struct Sealed {
  Sealed()
      : call(MakeCall(NumberAt(1))),
        state(StateOf(call)),
        revision(64, 'a'),
        sealer(*Sealer::Create({{std::string(SealKeys::kKeyBytes, 'k')}})) {}

  bool Seal() { return sealer->Seal(call.id, {"customer-1", revision, 20, 1}, state, text).ok(); }

  const Call call;
  const CallState state;
  const std::string revision;
  const std::unique_ptr<Sealer> sealer;
  std::string text;
};

void Seal(benchmark::State& state) {
  Sealed sealed;
  bool ok = true;
  for (auto _ : state) {
    ok = sealed.Seal() && ok;
    benchmark::DoNotOptimize(sealed.text);
  }
  if (!ok) state.SkipWithError("was not sealed");
  state.counters["bytes"] = static_cast<double>(sealed.text.size());
}

void Open(benchmark::State& state) {
  Sealed sealed;
  bool ok = sealed.Seal();
  for (auto _ : state) {
    absl::StatusOr<Continuation> continuation = sealed.sealer->Open(sealed.call.id, sealed.text);
    ok = continuation.ok() && ok;
    benchmark::DoNotOptimize(continuation);
  }
  if (!ok) state.SkipWithError("was not opened");
}

}  // namespace

void RegisterSealing() {
  benchmark::RegisterBenchmark("Seal", Seal);
  benchmark::RegisterBenchmark("Open", Open);
}

}  // namespace libroute::bench
