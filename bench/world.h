#ifndef LIBROUTE_BENCH_WORLD_H_
#define LIBROUTE_BENCH_WORLD_H_

#include <vector>

#include "bench/plans.h"
#include "libroute/engine/engine.h"

namespace libroute::bench {

// What an engine knows.
struct WorldShape {
  TreeSize size = TreeSize::kThree;
  Ending ending = Ending::kVoicemail;
  // Each customer has as many, and a plan of its own.
  int numbers = 1;
  int customers = 1;

  friend auto operator<=>(const WorldShape&, const WorldShape&) = default;
};

// An engine with these plans published. Made when first asked for, and kept:
// rounds of several benchmarks take turns on it. Not thread-safe.
const Engine& World(const WorldShape& shape);

// Prints what is wrong and ends the program unless `publication` is without
// errors.
void ExpectPublished(const Publication& publication);

// An engine without plans; `records` as in EngineOptions.
std::unique_ptr<Engine> NewEngine(RecordSink* records = nullptr);

// Which of a world's numbers are called one after the other.
enum class Calling {
  // Always the same.
  kOne,
  // All of them, in random order.
  kAtRandom,
};
std::vector<E164Number> NumbersCalled(const WorldShape& shape, Calling calling);

}  // namespace libroute::bench

#endif  // LIBROUTE_BENCH_WORLD_H_
