#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/registration.h"
#include "bench/world.h"
#include "benchmark/benchmark.h"

// Questions to the engine: evaluation alone (Decide), and with all that a
// server does for it (Route, RouteBatch).
namespace libroute::bench {
namespace {

// The numbers called in turn, for ever.
class Caller {
 public:
  explicit Caller(std::vector<E164Number> numbers) : numbers_(std::move(numbers)) {}
  E164Number Next() {
    if (next_ == numbers_.size()) next_ = 0;
    return numbers_[next_++];
  }

 private:
  std::vector<E164Number> numbers_;
  size_t next_ = 0;
};

struct Workload {
  WorldShape shape;
  Calling calling = Calling::kOne;
};

template <class Action>
void CheckDecided(benchmark::State& state, const Decision& decision) {
  if (!std::holds_alternative<Action>(decision.action)) {
    state.SkipWithError("the tree was left before its end");
  }
}

void CheckEnd(benchmark::State& state, const WorldShape& shape, const Decision& decision) {
  if (shape.ending == Ending::kDial) {
    CheckDecided<DialDecision>(state, decision);
  } else {
    CheckDecided<VoicemailDecision>(state, decision);
  }
}

template <auto kAsk>
void Ask(benchmark::State& state, const Workload& workload) {
  const Engine& engine = World(workload.shape);
  Caller caller(NumbersCalled(workload.shape, workload.calling));
  Call call = MakeCall(caller.Next());
  const absl::Time now = BenchTime();
  Decision decision;
  for (auto _ : state) {
    call.called = caller.Next();
    absl::StatusOr<Answer> answer = (engine.*kAsk)(call, now, decision, {});
    benchmark::DoNotOptimize(answer);
  }
  CheckEnd(state, workload.shape, decision);
}

void AskBatch(benchmark::State& state, const Workload& workload, int size) {
  const Engine& engine = World(workload.shape);
  Caller caller(NumbersCalled(workload.shape, workload.calling));
  std::vector<Call> calls(size, MakeCall(caller.Next()));
  std::vector<Decision> decisions(size);
  std::vector<BatchItem> items(size);
  for (int i = 0; i < size; ++i) {
    items[i].call = &calls[i];
    items[i].decision = &decisions[i];
  }
  const absl::Time now = BenchTime();
  for (auto _ : state) {
    for (Call& call : calls) call.called = caller.Next();
    engine.RouteBatch(absl::MakeSpan(items), now);
    benchmark::ClobberMemory();
  }
  CheckEnd(state, workload.shape, decisions.back());
  state.SetItemsProcessed(state.iterations() * size);
}

std::string NameOf(const Workload& workload) {
  const WorldShape& shape = workload.shape;
  return absl::StrCat(shape.size == TreeSize::kThree ? "3" : "20", "_nodes/",
                      shape.ending == Ending::kDial ? "dial" : "voicemail", "/", shape.customers,
                      "_customers/", shape.numbers, "_numbers/",
                      workload.calling == Calling::kOne ? "one" : "at_random");
}

template <auto kAsk>
void Register(const char* name, const Workload& workload) {
  benchmark::RegisterBenchmark(absl::StrCat(name, "/", NameOf(workload)).c_str(),
                               [workload](benchmark::State& state) { Ask<kAsk>(state, workload); });
}

void RegisterBatch(const Workload& workload, int size) {
  benchmark::RegisterBenchmark(absl::StrCat("RouteBatch/", size, "/", NameOf(workload)).c_str(),
                               [=](benchmark::State& state) { AskBatch(state, workload, size); });
}

}  // namespace

void RegisterDecisions() {
  for (TreeSize size : {TreeSize::kThree, TreeSize::kTwenty}) {
    for (Ending ending : {Ending::kVoicemail, Ending::kDial}) {
      Register<&Engine::Decide>("Decide", {{size, ending}, Calling::kOne});
    }
    for (int numbers : {100'000, 1'000'000}) {
      for (Calling calling : {Calling::kOne, Calling::kAtRandom}) {
        Register<&Engine::Decide>("Decide", {{size, Ending::kVoicemail, numbers}, calling});
      }
    }
    Register<&Engine::Decide>("Decide",
                              {{size, Ending::kVoicemail, 1, 100'000}, Calling::kAtRandom});
  }
  // With sealing where another question follows.
  for (Ending ending : {Ending::kVoicemail, Ending::kDial}) {
    Register<&Engine::Route>("Route", {{TreeSize::kTwenty, ending}, Calling::kOne});
  }
  const Workload spread = {{TreeSize::kTwenty, Ending::kVoicemail, 1'000'000}, Calling::kAtRandom};
  const Workload customers = {{TreeSize::kTwenty, Ending::kVoicemail, 1, 100'000},
                              Calling::kAtRandom};
  for (const Workload& workload : {spread, customers}) {
    Register<&Engine::Route>("Route", workload);
    for (int size : {8, 32, 100}) RegisterBatch(workload, size);
  }
}

}  // namespace libroute::bench
