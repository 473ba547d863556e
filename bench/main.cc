#include <cstdlib>

#include "bench/registration.h"
#include "benchmark/benchmark.h"

// Runs the benchmarks of the engine; the options are those of Google Benchmark.
int main(int argc, char** argv) {
  // The zone of the plans, for those alternatives that ask the C library.
  setenv("TZ", "Europe/Brussels", /*overwrite=*/1);
  libroute::bench::RegisterDecisions();
  libroute::bench::RegisterBranches();
  libroute::bench::RegisterAlternatives();
  libroute::bench::RegisterSealing();
  libroute::bench::RegisterDirectory();
  libroute::bench::RegisterNumbers();
  libroute::bench::RegisterAttachments();
  libroute::bench::RegisterProofs();
  libroute::bench::RegisterRecords();
  libroute::bench::RegisterLimits();
  libroute::bench::RegisterBesides();
  libroute::bench::RegisterSchedules();
#ifdef LIBROUTE_BENCH_SERVICES
  libroute::bench::RegisterQuestions();
#endif
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
