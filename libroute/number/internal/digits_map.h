#ifndef LIBROUTE_NUMBER_INTERNAL_DIGITS_MAP_H_
#define LIBROUTE_NUMBER_INTERNAL_DIGITS_MAP_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "libroute/call/digits.h"

namespace libroute::internal {

// A table from digits to numbers, with a limited room. A key may stand in it
// several times, with different values.
//
// One writer at a time; any number of readers at the same time, without locks.
// A reader sees an entry whole or not at all, and always sees one that stays.
// That is because a key, once written, keeps its place for the table's life: to
// erase an entry takes its value only, and the place serves the same key again.
//
// Five keys and their values share one cache line, so that a hit reads one
// line, seldom a second. Memory: 12.8 bytes a place, 18.3 per entry when full.
class DigitsMap {
 public:
  // Never a value.
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  // An empty table with room for `entries`.
  explicit DigitsMap(size_t entries) : DigitsMap(entries, 0) {}

  // A table with what is in this one, and room for `entries`, at least size().
  std::unique_ptr<DigitsMap> Resized(size_t entries) const;

  // Adds an entry; `key` is not empty and `value` is not kNone. Does nothing
  // and returns false when the table is full or this key's part of it too
  // crowded: then make it Resized.
  bool Insert(Digits key, uint32_t value);

  // Insert, and instead of refusing puts a Resized table in the place of `map`,
  // with half as much room again when it was full.
  static void InsertOrResize(std::unique_ptr<DigitsMap>& map, Digits key, uint32_t value);

  // Takes an entry away; false if it is not there.
  bool Erase(Digits key, uint32_t value);

  // Calls visit(value) for each entry of `key` until that returns true;
  // returns whether it did.
  template <typename Visitor>
  bool ForEach(Digits key, Visitor&& visit) const {
    // Free places look like it.
    if (key.empty()) return false;
    for (size_t index = BucketOf(key);; index = Next(index)) {
      const Bucket& bucket = buckets_[index];
      for (size_t i = 0; i < kPlaces; ++i) {
        if (bucket.keys[i].load(std::memory_order_acquire) != key.packed()) continue;
        const uint32_t value = bucket.values[i].load(std::memory_order_acquire);
        if (value != kNone && visit(value)) return true;
      }
      if (bucket.overflowed.load(std::memory_order_acquire) == 0) return false;
    }
  }

  // The value of an entry of `key`, kNone if there is none.
  uint32_t Find(Digits key) const {
    uint32_t found = kNone;
    ForEach(key, [&found](uint32_t value) {
      found = value;
      return true;
    });
    return found;
  }

  bool Has(Digits key, uint32_t value) const {
    return ForEach(key, [value](uint32_t other) { return other == value; });
  }

  // Begins to load what a look-up of `key` reads.
  void Prefetch(Digits key) const { __builtin_prefetch(&buckets_[BucketOf(key)]); }

  // Entries; and places taken, also by those that were erased. For the writer.
  size_t size() const { return size_; }
  size_t used() const { return used_; }
  // How many places may be taken.
  size_t room() const { return room_; }

  // Where a look-up of `key` begins.
  size_t BucketOf(Digits key) const {
    uint64_t hash = (key.packed() ^ seed_) * 0x9E3779B97F4A7C15;
    hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
    return ((hash >> 32) * bucket_count_) >> 32;
  }

  size_t memory_bytes() const { return sizeof(*this) + bucket_count_ * sizeof(Bucket); }

 private:
  static constexpr size_t kPlaces = 5;
  static constexpr uint32_t kSeeds = 4;

  struct alignas(64) Bucket {
    // 0 where the place is free; free places come last.
    std::array<std::atomic<uint64_t>, kPlaces> keys = {};
    std::array<std::atomic<uint32_t>, kPlaces> values = {};
    // Not 0: a key of this bucket was put into a later one.
    std::atomic<uint32_t> overflowed{0};
  };
  static_assert(sizeof(Bucket) == 64);

  // `seed_number` < kSeeds.
  DigitsMap(size_t entries, uint32_t seed_number);

  size_t Next(size_t index) const { return index + 1 == bucket_count_ ? 0 : index + 1; }

  bool InsertAllOf(const DigitsMap& other);

  std::unique_ptr<Bucket[]> buckets_;
  uint64_t bucket_count_;
  // Keys that were chosen to fall together under one seed do not under the
  // next, which is taken when a part of the table gets too crowded.
  uint64_t seed_;
  uint32_t seed_number_;
  bool crowded_ = false;
  size_t room_;
  size_t size_ = 0;
  size_t used_ = 0;
};

// A set of digit counts 0-15, as bits.
using LengthSet = uint32_t;

// The lengths in `lengths` that a prefix of `number` may have.
inline LengthSet LengthsWithin(LengthSet lengths, Digits number) {
  return lengths & ((LengthSet{2} << number.size()) - 1);
}

// The longest of `lengths`, not empty.
inline int LongestOf(LengthSet lengths) {
  return 31 - __builtin_clz(lengths);
}

// Begins to load what ForEachPrefix reads.
inline void PrefetchPrefixes(const DigitsMap& map, LengthSet lengths, Digits number) {
  for (lengths = LengthsWithin(lengths, number); lengths != 0; lengths &= lengths - 1) {
    map.Prefetch(number.Prefix(__builtin_ctz(lengths)));
  }
}

// Calls visit(length, value) for each entry of `map` that `number` begins with
// and whose length is in `lengths`, the longest first, until that returns
// true; returns whether it did.
template <typename Visitor>
bool ForEachPrefix(const DigitsMap& map, LengthSet lengths, Digits number, Visitor&& visit) {
  lengths = LengthsWithin(lengths, number);
  while (lengths != 0) {
    const int length = LongestOf(lengths);
    lengths ^= LengthSet{1} << length;
    if (map.ForEach(number.Prefix(length), [&](uint32_t value) { return visit(length, value); })) {
      return true;
    }
  }
  return false;
}

}  // namespace libroute::internal

#endif  // LIBROUTE_NUMBER_INTERNAL_DIGITS_MAP_H_
