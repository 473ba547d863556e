#ifndef LIBROUTE_NUMBER_DIRECTORY_H_
#define LIBROUTE_NUMBER_DIRECTORY_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "libroute/call/digits.h"
#include "libroute/epoch/epoch.h"
#include "libroute/number/internal/digits_map.h"
#include "libroute/number/pattern.h"

namespace libroute {

// Whose number is it: from patterns to the slots of customers, read while it
// is written.
//
//   EpochDomain domain;
//   NumberDirectory directory(domain);
//   directory.Add(*NumberPattern::Parse("+3222*"), slot);
//
//   ReadGuard guard(domain);
//   directory.ForEachCandidate(called, [&](uint32_t slot) { return Serves(slot, called); });
//
// It proposes, and the asker decides: patterns of several customers may match a
// number, because they overlap, because a publication is on its way, or
// because a range is kept as the prefixes that it is made of, which begin
// longer and shorter numbers too. So a candidate may decline, and the next is
// asked.
//
// Thread-compatible for writers (Add, Remove, Owner, size, memory_bytes: one
// thread at a time); readers (ForEachCandidate, Prefetch) may run beside them,
// without locks. A reader finds every entry that is there during the whole of
// its call; one that comes or goes meanwhile it may or may not find.
//
// At most 42 bytes per exact number, at any size above 100 and after any
// removals (20 for the first million, 46 during a growth); 175 per prefix, most
// of them the writer's. A million numbers are added in 0.1 s.
class NumberDirectory {
 public:
  // `domain` must outlive the directory; outgrown tables are retired to it.
  explicit NumberDirectory(EpochDomain& domain);
  // No reader may be inside.
  ~NumberDirectory();

  NumberDirectory(const NumberDirectory&) = delete;
  NumberDirectory& operator=(const NumberDirectory&) = delete;

  // Makes `slot`, less than 2^32 - 1, a candidate for the numbers of
  // `pattern`. False, and no change, if it is so already. Amortised O(1), and
  // up to 250 times that for a range; may call domain.Reclaim().
  bool Add(const NumberPattern& pattern, uint32_t slot);

  // Undoes Add. False if there is nothing to undo.
  bool Remove(const NumberPattern& pattern, uint32_t slot);

  // Who has added exactly this pattern: the lowest of their slots. (It is for
  // the publisher to refuse a second one; overlapping is no harm.)
  std::optional<uint32_t> Owner(const NumberPattern& pattern) const;

  // Calls visit(slot) for those who have a pattern that `number` matches, the
  // most specific first (the exact number, then the longest prefix; in no
  // certain order where that is equal), until that returns true; returns
  // whether it did. The calling thread must have a ReadGuard of the domain. An
  // exact number costs one cache miss.
  template <typename Visitor>
  bool ForEachCandidate(Digits number, Visitor&& visit) const {
    const internal::LengthSet lengths = block_lengths_.load(std::memory_order_acquire);
    const internal::DigitsMap& blocks = *blocks_.load(std::memory_order_acquire);
    // Their cache misses overlap with that of the exact number.
    internal::PrefetchPrefixes(blocks, lengths, number);
    if (exact_.load(std::memory_order_acquire)->ForEach(number, visit)) return true;
    return internal::ForEachPrefix(blocks, lengths, number,
                                   [&visit](int, uint32_t slot) { return visit(slot); });
  }

  // Begins to load what ForEachCandidate(number) reads; of use when other
  // numbers come in between. Under a ReadGuard, too.
  void Prefetch(Digits number) const {
    exact_.load(std::memory_order_acquire)->Prefetch(number);
    internal::PrefetchPrefixes(*blocks_.load(std::memory_order_acquire),
                               block_lengths_.load(std::memory_order_acquire), number);
  }

  // How many pairs of pattern and slot there are.
  size_t size() const;

  // Of what readers see and what the writer keeps; without what is retired.
  size_t memory_bytes() const;

 private:
  using Table = std::atomic<internal::DigitsMap*>;

  void Insert(Table& table, Digits key, uint32_t slot);
  bool Erase(Table& table, Digits key, uint32_t slot);
  void Resize(Table& table);

  bool AddBlock(const NumberPattern& pattern, uint32_t slot);
  bool RemoveBlock(const NumberPattern& pattern, uint32_t slot);

  EpochDomain& domain_;
  Table exact_;
  // Prefixes, and what ranges are made of. Not empty in the lengths of
  // `block_lengths_`.
  Table blocks_;
  std::atomic<internal::LengthSet> block_lengths_{0};

  // The rest is the writer's own: whose the prefixes and ranges are; in how
  // many of a slot's patterns an entry of `blocks_` has its reason; and how
  // many entries have each length.
  absl::flat_hash_map<NumberPattern, absl::InlinedVector<uint32_t, 2>> block_owners_;
  absl::flat_hash_map<std::pair<Digits, uint32_t>, uint32_t> block_uses_;
  std::array<size_t, Digits::kMaxLength + 1> block_counts_ = {};
  size_t block_pairs_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_DIRECTORY_H_
