#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "bench/plans.h"
#include "bench/registration.h"
#include "benchmark/benchmark.h"
#include "libroute/prove/prove.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

// Proof before activation, of a plan as large as large customers have.
namespace libroute::bench {
namespace {

constexpr const char* kNames = R"(
customer: acme
time_zone: Europe/Brussels
calendars: { holidays: { dates: ["2026-12-25", "2027-01-01", "2027-12-25", "2028-01-01"] } }
sites: { north: {}, south: {} }
caller_types:
  vip: { callers: ["+33*", "+3225*", "+31205550123"], attributes: { level: gold } }
  partner: { callers: ["+324*", "+49*"], attributes: { level: silver } }
destinations:
  front: { number: "+3222009001", site: north, setup: 2s, ring: 5s }
  back: { number: "+3222009002", site: south, setup: 2s, ring: 5s }
groups: { team: { agents: [ann] } }
agents: { ann: {} }
)";

// 19 nodes, of which seven go on at the next tree: every call may come to every tree
// by many ways.
constexpr const char* kTree = R"(
  t$0:
    switch:
      cases: [{ switch: meeting-$0, then: { goto: t$1 } }]
      otherwise:
        time:
          cases:
            - schedule: lunch-$0
              then: { announce: { message: lunch, answering: answer, then: { goto: t$1 } } }
            - schedule: office-$0
              then:
                origin:
                  cases:
                    - { numbers: ["+32$2*", "+3$2*"], then: { set: { attributes: { desk: d$0 }, then: { goto: t$1 } } } }
                    - { kind: mobile, country: [BE, LU], then: { goto: t$1 } }
                  otherwise:
                    caller:
                      cases:
                        - { caller_types: vip, then: { agents: { group: team, otherwise: { goto: t$1 } } } }
                      otherwise:
                        status:
                          cases: [{ site: north, is: down, then: { voicemail: { mailbox: desk } } }]
                          otherwise:
                            dial:
                              to: [front, back]
                              on_busy: { announce: { message: busy, answering: answer, then: { goto: t$1 } } }
                              otherwise: { voicemail: { mailbox: desk } }
          otherwise: { goto: t$1 }
)";

std::string PlanText(int trees) {
  std::string schedules = "schedules:\n", switches = "switches:\n", text = "trees:\n";
  for (int i = 0; i < trees; ++i) {
    const int hour = 7 + i % 3;
    absl::StrAppend(
        &schedules, "  office-", i, ": { weekly: [{ days: [mon, tue, wed, thu, fri], from: \"0",
        hour, ":00\", to: \"17:30\" }], except: [holidays] }\n  lunch-", i,
        ": { weekly: [{ days: [mon, wed, fri], from: \"12:", 10 + i, "\", to: \"13:00\" }] }\n");
    absl::StrAppend(&switches, "  meeting-", i, ": {}\n");
    absl::StrAppend(&text, absl::Substitute(kTree, i, i + 1, i % 10));
  }
  absl::StrAppend(&text, "  t", trees,
                  ": { announce: { message: closed, then: { voicemail: { mailbox: desk } } } }\n");
  return absl::StrCat(kNames, "numbers: [{ number: \"", NumberAt(0).ToString(), "\", tree: t0 }]\n",
                      schedules, switches, text);
}

void ProvePlan(benchmark::State& state, int trees) {
  const ReadResult read = ReadPlan(PlanText(trees), "bench.yaml");
  if (read.plan == nullptr || HasErrors(read.issues)) return state.SkipWithError("bad plan");
  ProveOptions options;
  options.from = BenchTime();
  size_t found = 0;
  for (auto _ : state) {
    const absl::StatusOr<std::vector<Finding>> findings = Prove(*read.plan, {}, options);
    if (!findings.ok())
      return state.SkipWithError(std::string(findings.status().message()).c_str());
    found = findings->size();
  }
  state.counters["findings"] = static_cast<double>(found);
}

}  // namespace

void RegisterProofs() {
  benchmark::RegisterBenchmark("Prove/200_nodes",
                               [](benchmark::State& state) { ProvePlan(state, 11); });
}

}  // namespace libroute::bench
