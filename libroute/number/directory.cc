#include "libroute/number/directory.h"

#include <algorithm>
#include <cassert>
#include <memory>

namespace libroute {
namespace {

using internal::DigitsMap;
using internal::LengthSet;

constexpr size_t kMinRoom = 16;

// What a flat_hash_map holds: its slots and a control byte for each.
template <typename Map>
size_t MapBytes(const Map& map) {
  return map.capacity() * (sizeof(typename Map::value_type) + 1);
}

}  // namespace

NumberDirectory::NumberDirectory(EpochDomain& domain)
    : domain_(domain), exact_(new DigitsMap(kMinRoom)), blocks_(new DigitsMap(kMinRoom)) {}

NumberDirectory::~NumberDirectory() {
  delete exact_.load(std::memory_order_relaxed);
  delete blocks_.load(std::memory_order_relaxed);
}

bool NumberDirectory::Add(const NumberPattern& pattern, uint32_t slot) {
  assert(slot != DigitsMap::kNone);
  if (pattern.kind() != NumberPattern::Kind::kExact) return AddBlock(pattern, slot);
  if (exact_.load(std::memory_order_relaxed)->Has(pattern.first(), slot)) return false;
  Insert(exact_, pattern.first(), slot);
  return true;
}

bool NumberDirectory::Remove(const NumberPattern& pattern, uint32_t slot) {
  if (pattern.kind() != NumberPattern::Kind::kExact) return RemoveBlock(pattern, slot);
  return Erase(exact_, pattern.first(), slot);
}

bool NumberDirectory::AddBlock(const NumberPattern& pattern, uint32_t slot) {
  auto& owners = block_owners_[pattern];
  if (std::find(owners.begin(), owners.end(), slot) != owners.end()) return false;
  owners.push_back(slot);
  ++block_pairs_;
  for (Digits prefix : pattern.Prefixes()) {
    if (block_uses_[{prefix, slot}]++ > 0) continue;
    Insert(blocks_, prefix, slot);
    if (block_counts_[prefix.size()]++ > 0) continue;
    block_lengths_.fetch_or(LengthSet{1} << prefix.size(), std::memory_order_release);
  }
  return true;
}

bool NumberDirectory::RemoveBlock(const NumberPattern& pattern, uint32_t slot) {
  auto found = block_owners_.find(pattern);
  if (found == block_owners_.end()) return false;
  auto& owners = found->second;
  auto owner = std::find(owners.begin(), owners.end(), slot);
  if (owner == owners.end()) return false;
  owners.erase(owner);
  if (owners.empty()) block_owners_.erase(found);
  --block_pairs_;
  for (Digits prefix : pattern.Prefixes()) {
    auto uses = block_uses_.find({prefix, slot});
    if (--uses->second > 0) continue;
    block_uses_.erase(uses);
    if (--block_counts_[prefix.size()] == 0) {
      block_lengths_.fetch_and(~(LengthSet{1} << prefix.size()), std::memory_order_release);
    }
    Erase(blocks_, prefix, slot);
  }
  return true;
}

std::optional<uint32_t> NumberDirectory::Owner(const NumberPattern& pattern) const {
  uint32_t lowest = DigitsMap::kNone;
  if (pattern.kind() == NumberPattern::Kind::kExact) {
    exact_.load(std::memory_order_relaxed)->ForEach(pattern.first(), [&lowest](uint32_t slot) {
      lowest = std::min(lowest, slot);
      return false;
    });
  } else if (auto found = block_owners_.find(pattern); found != block_owners_.end()) {
    lowest = *std::min_element(found->second.begin(), found->second.end());
  }
  if (lowest == DigitsMap::kNone) return std::nullopt;
  return lowest;
}

void NumberDirectory::Insert(Table& table, Digits key, uint32_t slot) {
  while (!table.load(std::memory_order_relaxed)->Insert(key, slot)) Resize(table);
}

bool NumberDirectory::Erase(Table& table, Digits key, uint32_t slot) {
  DigitsMap& map = *table.load(std::memory_order_relaxed);
  if (!map.Erase(key, slot)) return false;
  // Places of erased entries serve their own key only; past a third of all
  // they are worth a new table.
  if (map.used() > 4 * kMinRoom && 3 * map.size() < 2 * map.used()) Resize(table);
  return true;
}

void NumberDirectory::Resize(Table& table) {
  DigitsMap* old = table.load(std::memory_order_relaxed);
  // Half as much again: with twice as much, the old table and the new one
  // would together be 55 bytes per number.
  const size_t room = std::max(kMinRoom, old->size() + old->size() / 2);
  table.store(old->Resized(room).release(), std::memory_order_release);
  domain_.Retire([old] { delete old; });
  domain_.Reclaim();
}

size_t NumberDirectory::size() const {
  return exact_.load(std::memory_order_relaxed)->size() + block_pairs_;
}

size_t NumberDirectory::memory_bytes() const {
  return sizeof(*this) + exact_.load(std::memory_order_relaxed)->memory_bytes() +
         blocks_.load(std::memory_order_relaxed)->memory_bytes() + MapBytes(block_owners_) +
         MapBytes(block_uses_);
}

}  // namespace libroute
