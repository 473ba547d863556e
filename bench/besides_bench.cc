#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/plans.h"
#include "bench/registration.h"
#include "bench/world.h"
#include "benchmark/benchmark.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

// What it costs to have the decisions that follow, and the reasons, beside a decision.
namespace libroute::bench {
namespace {

// Two people, a menu and a mailbox: more than eight decisions follow the first.
constexpr const char* kDesk = R"(
customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "$0", tree: desk }]
destinations: { front: { number: "+3222009001" }, back: { number: "+3222009002" } }
schedules: { office: { weekly: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }] } }
switches: { meeting: {} }
trees:
  desk:
    time:
      cases:
        - schedule: office
          then:
            dial:
              to: [front]
              on_busy: { dial: { to: [back], on_busy: { goto: message }, otherwise: { goto: menu } } }
              on_no_answer: { goto: menu }
              otherwise: { announce: { message: sorry, then: { goto: message } } }
      otherwise: { goto: message }
  menu:
    switch:
      cases: [{ switch: meeting, then: { goto: message } }]
      otherwise: { menu: { message: choose, keys: { "1": { goto: message }, "2": { release: {} } }, otherwise: { goto: message } } }
  message: { voicemail: { mailbox: desk } }
)";
constexpr int kSteps = 8;

std::unique_ptr<Engine> MakeDesk() {
  std::string text = kDesk;
  text.replace(text.find("$0"), 2, NumberAt(0).ToString());
  std::unique_ptr<Engine> engine = NewEngine();
  ExpectPublished(engine->Publish(*ReadPlan(text, "desk.yaml").plan, {}, BenchTime()));
  return engine;
}

// `steps` made ahead, or none; their continuations sealed, or as Decide leaves them.
void Ask(benchmark::State& state, int steps, bool sealed) {
  std::unique_ptr<Engine> engine = MakeDesk();
  const Call call = MakeCall(NumberAt(0));
  Decision decision;
  Ahead ahead;
  for (auto _ : state) {
    Ahead* follows = nullptr;
    if (steps > 0) {
      ahead.Begin(steps);
      follows = &ahead;
    }
    absl::StatusOr<Answer> answer = sealed ? engine->Route(call, BenchTime(), decision, {follows})
                                           : engine->Decide(call, BenchTime(), decision, {follows});
    benchmark::DoNotOptimize(answer);
  }
  if (static_cast<int>(ahead.steps().size()) != steps) state.SkipWithError("not so many steps");
}

// The tree of 20 nodes, with the reasons or without.
void AskWhy(benchmark::State& state, bool why) {
  const Engine& engine = World({TreeSize::kTwenty, Ending::kDial});
  const Call call = MakeCall(NumberAt(0));
  Decision decision;
  Explanation explanation;
  for (auto _ : state) {
    absl::StatusOr<Answer> answer =
        engine.Route(call, BenchTime(), decision, {nullptr, why ? &explanation : nullptr});
    benchmark::DoNotOptimize(answer);
  }
  if (explanation.visits.empty() == why) state.SkipWithError("the wrong reasons");
}

}  // namespace

void RegisterBesides() {
  for (int steps : {0, kSteps}) {
    for (bool sealed : {false, true}) {
      const std::string name =
          absl::StrCat("LookAhead/", steps, "_steps/", sealed ? "sealed" : "decide");
      benchmark::RegisterBenchmark(
          name.c_str(), [=](benchmark::State& state) { Ask(state, steps, sealed); });
    }
  }
  for (bool why : {false, true}) {
    benchmark::RegisterBenchmark(why ? "Why/with_reasons" : "Why/decision_alone",
                                 [=](benchmark::State& state) { AskWhy(state, why); });
  }
}

}  // namespace libroute::bench
