#include "bench/world.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"

namespace libroute::bench {
namespace {

std::unique_ptr<Engine> MakeWorld(const WorldShape& shape) {
  std::unique_ptr<Engine> engine = NewEngine();
  for (int customer = 0; customer < shape.customers; ++customer) {
    v1::Plan plan = MakePlan(absl::StrCat("customer-", customer), shape.size, shape.ending);
    AddNumbers({customer * shape.numbers, shape.numbers}, plan);
    ExpectPublished(engine->Publish(plan, {}, BenchTime()));
  }
  return engine;
}

}  // namespace

void ExpectPublished(const Publication& publication) {
  if (publication.changed) return;
  for (const Issue& issue : publication.issues) {
    std::fprintf(stderr, "%s: %s\n", issue.path.c_str(), issue.message.c_str());
  }
  std::abort();
}

std::unique_ptr<Engine> NewEngine(RecordSink* records) {
  EngineOptions options;
  options.records = records;
  options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
  return *Engine::Create(std::move(options));
}

const Engine& World(const WorldShape& shape) {
  static auto& worlds = *new std::map<WorldShape, std::unique_ptr<Engine>>();
  std::unique_ptr<Engine>& engine = worlds[shape];
  if (engine == nullptr) engine = MakeWorld(shape);
  return *engine;
}

std::vector<E164Number> NumbersCalled(const WorldShape& shape, Calling calling) {
  const int count = shape.numbers * shape.customers;
  if (calling == Calling::kOne) return {NumberAt(count / 2)};
  std::vector<E164Number> numbers;
  numbers.reserve(count);
  for (int index = 0; index < count; ++index) numbers.push_back(NumberAt(index));
  std::shuffle(numbers.begin(), numbers.end(), std::mt19937(1));
  return numbers;
}

}  // namespace libroute::bench
