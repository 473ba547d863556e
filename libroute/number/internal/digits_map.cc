#include "libroute/number/internal/digits_map.h"

#include <algorithm>
#include <cassert>

namespace libroute::internal {
namespace {

// Of ten places seven may be taken: then one key in twelve is not in its own
// bucket.
constexpr size_t BucketsFor(size_t entries) {
  return (2 * entries + 6) / 7;
}
constexpr size_t RoomOf(size_t buckets) {
  return 7 * buckets / 2;
}

// More buckets than this in a row do not fill by chance (33 were the most among
// ten million).
constexpr size_t kMaxChain = 100;

}  // namespace

DigitsMap::DigitsMap(size_t entries, uint32_t seed_number)
    : bucket_count_(std::max<size_t>(BucketsFor(entries), 1)),
      seed_(seed_number * 0xA24BAED4963EE407),
      seed_number_(seed_number),
      room_(RoomOf(bucket_count_)) {
  buckets_ = std::make_unique<Bucket[]>(bucket_count_);
}

std::unique_ptr<DigitsMap> DigitsMap::Resized(size_t entries) const {
  assert(entries >= size_);
  // With the last seed, chains may have any length: many values of one key
  // make them long under every seed.
  for (uint32_t seed = std::min(seed_number_ + (crowded_ ? 1 : 0), kSeeds - 1);; ++seed) {
    std::unique_ptr<DigitsMap> map(new DigitsMap(entries, seed));
    if (map->InsertAllOf(*this)) return map;
  }
}

bool DigitsMap::InsertAllOf(const DigitsMap& other) {
  // With the same seed, both tables have their keys in the same order, so that
  // this reads and writes memory from front to back.
  for (size_t index = 0; index < other.bucket_count_; ++index) {
    const Bucket& bucket = other.buckets_[index];
    for (size_t i = 0; i < kPlaces; ++i) {
      const uint64_t key = bucket.keys[i].load(std::memory_order_relaxed);
      const uint32_t value = bucket.values[i].load(std::memory_order_relaxed);
      if (key == 0 || value == kNone) continue;
      if (!Insert(Digits::FromPacked(key), value)) return false;
    }
  }
  return true;
}

bool DigitsMap::Insert(Digits key, uint32_t value) {
  assert(!key.empty() && value != kNone);
  const size_t limit = seed_number_ + 1 < kSeeds ? kMaxChain : bucket_count_;
  size_t index = BucketOf(key);
  for (size_t chain = 0; chain < limit; ++chain, index = Next(index)) {
    Bucket& bucket = buckets_[index];
    for (size_t i = 0; i < kPlaces; ++i) {
      const uint64_t found = bucket.keys[i].load(std::memory_order_relaxed);
      const bool free = found == 0;
      if (free && used_ == room_) return false;
      const bool erased =
          found == key.packed() && bucket.values[i].load(std::memory_order_relaxed) == kNone;
      if (!free && !erased) continue;
      // The key last: who finds it finds its value.
      bucket.values[i].store(value, std::memory_order_release);
      if (free) bucket.keys[i].store(key.packed(), std::memory_order_release);
      ++size_;
      used_ += free ? 1 : 0;
      return true;
    }
    bucket.overflowed.store(1, std::memory_order_release);
  }
  crowded_ = true;
  return false;
}

void DigitsMap::InsertOrResize(std::unique_ptr<DigitsMap>& map, Digits key, uint32_t value) {
  while (!map->Insert(key, value)) {
    map = map->Resized(std::max(map->size() + map->size() / 2 + 1, map->room()));
  }
}

bool DigitsMap::Erase(Digits key, uint32_t value) {
  if (key.empty() || value == kNone) return false;
  for (size_t index = BucketOf(key);; index = Next(index)) {
    Bucket& bucket = buckets_[index];
    for (size_t i = 0; i < kPlaces; ++i) {
      if (bucket.keys[i].load(std::memory_order_relaxed) != key.packed()) continue;
      if (bucket.values[i].load(std::memory_order_relaxed) != value) continue;
      bucket.values[i].store(kNone, std::memory_order_release);
      --size_;
      return true;
    }
    if (bucket.overflowed.load(std::memory_order_relaxed) == 0) return false;
  }
}

}  // namespace libroute::internal
