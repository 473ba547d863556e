#include <string>

#include "absl/strings/str_cat.h"
#include "bench/plans.h"
#include "bench/registration.h"
#include "bench/world.h"
#include "benchmark/benchmark.h"
#include "libroute/readers/plan_reader.h"

// Each kind of branch alone: a tree of one that is looked at and leads to an
// action, beside the action alone.
namespace libroute::bench {
namespace {

struct Kind {
  const char* name;
  // The tree, in YAML flow style; ACTION stands for the action.
  const char* tree;
};

// Of all cases the last one, or otherwise, is taken.
constexpr Kind kKinds[] = {
    {"none", "ACTION"},
    {"time", "time: { cases: [{ schedule: office, then: { ACTION } }], otherwise: { release: {} } }"},
    {"origin_number",
     "origin: { cases: [{ numbers: [\"+33*\"], then: { release: {} } }], otherwise: { ACTION } }"},
    {"origin_kind_and_country",
     "origin: { cases: [{ kind: mobile, country: FR, then: { release: {} } }], otherwise: { ACTION } }"},
    {"origin_way",
     "origin: { cases: [{ verstat: failed, then: { release: {} } }, { diverted: {}, then: { release: "
     "{} } }], otherwise: { ACTION } }"},
    {"destination_number",
     "destination: { cases: [{ numbers: [\"+33*\"], then: { release: {} } }], otherwise: { ACTION } }"},
    {"destination_kind",
     "destination: { cases: [{ kind: mobile, then: { release: {} } }], otherwise: { ACTION } }"},
    {"caller",
     "caller: { cases: [{ caller_types: vip, then: { release: {} } }], otherwise: { ACTION } }"},
    {"share", "share: { cases: [{ weight: 1, then: { ACTION } }, { weight: 3, then: { ACTION } }] }"},
    {"status",
     "status: { cases: [{ site: north, is: down, then: { release: {} } }], otherwise: { ACTION } }"},
    {"switch", "switch: { cases: [{ switch: flood, then: { release: {} } }], otherwise: { ACTION } }"},
    {"match_equals",
     "match: { attribute: call.calling, cases: [{ equals: \"+3225\", then: { release: {} } }], "
     "otherwise: { ACTION } }"},
    {"match_pattern",
     "match: { attribute: call.calling, cases: [{ pattern: \".*[02468]{4}\", then: { release: {} } }], "
     "otherwise: { ACTION } }"},
    {"when",
     "when: { cases: [{ if: { all: [{ time: { schedule: office } }, { any: [{ switch: { switch: flood "
     "} }, { origin: { numbers: [\"+33*\"] } }] }] }, then: { release: {} } }], otherwise: { ACTION } "
     "}"},
    {"lookup",
     "lookup: { attribute: call.calling, table: offices, into: office, then: { ACTION }, otherwise: { "
     "release: {} } }"},
    {"set", "set: { attributes: { level: gold }, then: { ACTION } }"},
};

constexpr const char* kRest = R"(
customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "NUMBER", tree: main }]
sites: { north: {} }
switches: { flood: {} }
caller_types: { vip: { callers: ["+33*", "+3225*", "+31205550123"] } }
tables: { offices: { by: prefix, rows: { "+322": brussels, "+3243": liege }, default: brussels } }
schedules: { office: { weekly: [{ days: [mon, tue, wed, thu, fri], from: "08:00", to: "18:00" }] } }
)";

std::string Replaced(std::string text, const std::string& what, const std::string& by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

void Decide(benchmark::State& state, const Kind& kind) {
  const E164Number number = NumberAt(0);
  const std::string tree = Replaced(kind.tree, "ACTION", "voicemail: { mailbox: desk }");
  const std::string text = absl::StrCat(Replaced(kRest, "NUMBER", number.ToString()),
                                        "trees:\n  main: { ", tree, " }\n");
  const ReadResult read = ReadPlan(text, "bench.yaml");
  if (read.plan == nullptr || HasErrors(read.issues)) return state.SkipWithError("bad plan");
  const std::unique_ptr<Engine> engine = NewEngine();
  ExpectPublished(engine->Publish(*read.plan, {}, BenchTime()));
  const Call call = MakeCall(number);
  Decision decision;
  for (auto _ : state) {
    absl::StatusOr<Answer> answer = engine->Decide(call, BenchTime(), decision);
    benchmark::DoNotOptimize(answer);
  }
  if (!std::holds_alternative<VoicemailDecision>(decision.action)) {
    state.SkipWithError("the branch led elsewhere");
  }
}

}  // namespace

void RegisterBranches() {
  for (const Kind& kind : kKinds) {
    benchmark::RegisterBenchmark(absl::StrCat("Branch/", kind.name).c_str(),
                                 [&kind](benchmark::State& state) { Decide(state, kind); });
  }
}

}  // namespace libroute::bench
