#include <malloc.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "libroute/contact/contact_center.h"
#include "libroute/contact/floor.h"

// What a contact costs, from its arrival until its agent is ready for another,
// and what agents, memberships and contacts that wait take of memory.
namespace libroute::contact {
namespace {

constexpr Micros kStart = 1'800'000'000'000'000;

// `agents` agents, each in `groups_of_agent` of `groups` groups, all of them ready.
CenterRules MakeRules(int agents, int groups, int groups_of_agent) {
  CenterRules rules;
  rules.groups.resize(groups);
  for (int i = 0; i < groups; ++i) {
    rules.groups[i].name = absl::StrCat("group-", i);
    rules.groups[i].wrap_up.time = absl::Seconds(30);
    rules.groups[i].max_wait = absl::Hours(24);
    rules.groups[i].gives_up_without_agents = false;
    rules.groups[i].gives_up_with_none_ready = false;
  }
  rules.agents.resize(agents);
  for (int i = 0; i < agents; ++i) {
    rules.agents[i].name = absl::StrCat("agent-", i);
    for (int k = 0; k < groups_of_agent; ++k) {
      const int group = static_cast<int>((i + int64_t{k} * 7919) % groups);
      rules.groups[group].members.push_back({rules.agents[i].name, 1 + (i * 31 + k) % 100});
    }
  }
  return rules;
}

// A floor on which time goes on by a little with each event.
class BusyFloor {
 public:
  BusyFloor(int agents, int groups, int groups_of_agent) : agents_(agents), groups_(groups) {
    Tell(Configure{MakeRules(agents, groups, groups_of_agent)});
    for (int i = 0; i < agents; ++i) {
      const AgentId agent = floor_.agents().id(i);
      Tell(LogIn{agent, absl::StrCat("+32", 20000000 + i)});
      Tell(Ready{agent});
    }
  }

  void Tell(const Event& event) {
    effects_.clear();
    now_ += 10;
    if (!floor_.Apply(event, now_, effects_).ok()) ++refused_;
    ++events_;
  }
  // Answers what was offered by the last event, if anything was.
  bool AnswerOffer() {
    for (const Effect& effect : effects_) {
      if (effect.kind != Effect::Kind::kOffered) continue;
      last_ = effect;
      Tell(Answer{last_.agent, last_.token});
      return true;
    }
    return false;
  }
  void ArriveAt(uint32_t group) {
    arrive_.name.clear();
    absl::StrAppend(&arrive_.name, "call ", ++calls_);
    arrive_.wish.group = floor_.groups().id(group);
    Tell(arrive_);
  }
  // The agent's contact ends, and so does the wrap-up.
  void Free(AgentId agent, Token token) {
    Tell(Finish{agent, token});
    Tell(EndWrapUp{agent, token});
  }
  // Everybody has a contact, and so many wait.
  void Fill(int waiting) {
    std::mt19937 random(1);
    for (uint32_t agent = 0; agent < agents_; ++agent) {
      Wish wish;
      wish.agent = floor_.agents().id(agent);
      wish.group = floor_.groups().id(floor_.agents()[agent].memberships[0].group);
      Tell(Arrive{absl::StrCat("first ", agent), Medium::kCall, 0, wish});
      AnswerOffer();
    }
    for (int i = 0; i < waiting; ++i) ArriveAt(random() % groups_);
  }

  Floor& floor() { return floor_; }
  const Effect& last() const { return last_; }
  size_t refused() const { return refused_; }

 private:
  Floor floor_;
  const uint32_t agents_;
  const uint32_t groups_;
  Effects effects_;
  Effect last_;
  Arrive arrive_;
  Micros now_ = kStart;
  uint64_t calls_ = 0;
  size_t refused_ = 0;
  uint64_t events_ = 0;
};

// Agents are free; four events a cycle.
void BM_CycleWithFreeAgents(benchmark::State& state) {
  BusyFloor floor(static_cast<int>(state.range(0)), 1, 1);
  for (auto _ : state) {
    floor.ArriveAt(0);
    floor.AnswerOffer();
    floor.Free(floor.last().agent, floor.last().token);
  }
  if (floor.refused() != 0) state.SkipWithError("events were refused");
}
BENCHMARK(BM_CycleWithFreeAgents)->Arg(1000)->Arg(100'000);

// Nobody is free and 10,000 wait: each comes to the end of the queue, an agent at
// random becomes free and takes the first.
void BM_CycleWithBusyAgents(benchmark::State& state) {
  const uint32_t agents = static_cast<uint32_t>(state.range(0));
  BusyFloor floor(static_cast<int>(agents), 1, 1);
  floor.Fill(10'000);
  std::mt19937 random(2);
  for (auto _ : state) {
    floor.ArriveAt(0);
    const uint32_t agent = random() % agents;
    floor.Free(floor.floor().agents().id(agent), floor.floor().agents()[agent].works[0].token);
    floor.AnswerOffer();
  }
  if (floor.refused() != 0) state.SkipWithError("events were refused");
}
BENCHMARK(BM_CycleWithBusyAgents)->Arg(1000)->Arg(100'000);

// 100,000 agents, each in 5 of 50,000 groups; at least 10,000 wait.
void BM_CycleInManyGroups(benchmark::State& state) {
  constexpr uint32_t kAgents = 100'000;
  constexpr uint32_t kGroups = 50'000;
  BusyFloor floor(kAgents, kGroups, 5);
  floor.Fill(10'000);
  std::mt19937 random(3);
  for (auto _ : state) {
    floor.ArriveAt(random() % kGroups);
    floor.AnswerOffer();
    uint32_t agent = random() % kAgents;
    while (floor.floor().agents()[agent].works.empty()) agent = random() % kAgents;
    floor.Free(floor.floor().agents().id(agent), floor.floor().agents()[agent].works[0].token);
    floor.AnswerOffer();
  }
  if (floor.refused() != 0) state.SkipWithError("events were refused");
}
BENCHMARK(BM_CycleInManyGroups);

// Who would be next, alone.
void BM_PickAgent(benchmark::State& state) {
  BusyFloor floor(static_cast<int>(state.range(0)), 1, 1);
  floor.ArriveAt(0);
  for (auto _ : state) benchmark::DoNotOptimize(floor.floor().PickAgent(0));
}
BENCHMARK(BM_PickAgent)->Arg(1000)->Arg(100'000);

double BytesInUse() {
  const struct mallinfo2 info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

// Not a time: what is in use after, less what was before.
void BM_Memory(benchmark::State& state) {
  constexpr int kAgents = 100'000;
  constexpr int kGroups = 1000;
  constexpr int kWaiting = 100'000;
  for (auto _ : state) {
    double before = BytesInUse();
    auto alone = std::make_unique<BusyFloor>(kAgents, kGroups, 0);
    const double agents = BytesInUse() - before;
    alone.reset();
    before = BytesInUse();
    auto floor = std::make_unique<BusyFloor>(kAgents, kGroups, 5);
    const double members = BytesInUse() - before;
    for (int i = 0; i < kAgents; ++i) {
      floor->Tell(NotReady{floor->floor().agents().id(i), ""});
    }
    before = BytesInUse();
    for (int i = 0; i < kWaiting; ++i) floor->ArriveAt(i % kGroups);
    const double contacts = BytesInUse() - before;
    state.counters["bytes/agent"] = agents / kAgents;
    state.counters["bytes/membership"] = (members - agents) / (5.0 * kAgents);
    state.counters["bytes/contact"] = contacts / kWaiting;
  }
}
BENCHMARK(BM_Memory)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace libroute::contact

BENCHMARK_MAIN();
