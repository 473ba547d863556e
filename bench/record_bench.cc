#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "bench/registration.h"
#include "bench/world.h"
#include "benchmark/benchmark.h"
#include "libroute/record/record.h"

// What records cost: calls that are asked about and reported as released, with
// and without somebody who gets their records.
namespace libroute::bench {
namespace {

// A call begins every so often: so many are remembered as 64 s have.
constexpr absl::Duration kBetweenCalls = absl::Microseconds(200);
// Time passes by so many calls at once.
constexpr uint64_t kCallsPerAdvance = 4096;

class CountedRecords : public RecordSink {
 public:
  void Write(const CallRecord& record) override { legs_ += record.legs.size() + 1; }
  uint64_t legs() const { return legs_; }

 private:
  uint64_t legs_ = 0;
};

void FollowCalls(benchmark::State& state, Ending ending, bool has_records) {
  CountedRecords records;
  std::unique_ptr<Engine> engine = NewEngine(has_records ? &records : nullptr);
  v1::Plan plan = MakePlan("customer", TreeSize::kTwenty, ending);
  AddNumbers({0, 1}, plan);
  ExpectPublished(engine->Publish(plan, {}, BenchTime()));
  Call call = MakeCall(NumberAt(0));
  CallReport released;
  released.by = ReleasedBy::kCaller;
  released.talking = absl::Seconds(60);
  absl::Time now = BenchTime();
  uint64_t count = 0;
  Decision decision;
  for (auto _ : state) {
    now += kBetweenCalls;
    call.id.reference.clear();
    absl::StrAppend(&call.id.reference, ++count);
    absl::StatusOr<Answer> answer = engine->Route(call, now, decision);
    benchmark::DoNotOptimize(answer);
    released.call = call.id;
    absl::Status reported = engine->Report(released, now);
    benchmark::DoNotOptimize(reported);
    if (count % kCallsPerAdvance == 0) engine->Advance(now);
  }
  if (has_records && records.legs() < count) state.SkipWithError("a call has no record");
}

void Register(Ending ending, bool has_records) {
  benchmark::RegisterBenchmark(
      absl::StrCat("Call/20_nodes/", ending == Ending::kDial ? "dial" : "voicemail", "/",
                   has_records ? "records" : "no_records")
          .c_str(),
      [=](benchmark::State& state) { FollowCalls(state, ending, has_records); });
}

}  // namespace

void RegisterRecords() {
  for (Ending ending : {Ending::kVoicemail, Ending::kDial}) {
    for (bool has_records : {false, true}) Register(ending, has_records);
  }
}

}  // namespace libroute::bench
