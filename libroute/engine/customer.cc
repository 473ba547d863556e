#include "libroute/engine/customer.h"

#include "absl/strings/match.h"
#include "libroute/call/stable_hash.h"

namespace libroute {

const Revision* PublishedPlans::Find(absl::string_view hash_prefix) const {
  if (live != nullptr && absl::StartsWith(live->plan->revision(), hash_prefix)) return live.get();
  for (const std::shared_ptr<const Revision>& revision : kept) {
    if (absl::StartsWith(revision->plan->revision(), hash_prefix)) return revision.get();
  }
  return nullptr;
}

CustomerTable::CustomerTable(EpochDomain& domain) : domain_(domain), index_(new Index(64)) {}

CustomerTable::~CustomerTable() {
  for (std::atomic<Chunk*>& chunk : chunks_) delete chunk.load();
  delete index_.load();
}

Customer* CustomerTable::Find(absl::string_view name) const {
  const Index& index = *index_.load(std::memory_order_acquire);
  const size_t mask = index.cells.size() - 1;
  for (size_t i = StableHash(name) & mask;; i = (i + 1) & mask) {
    Customer* customer = index.cells[i].load(std::memory_order_acquire);
    if (customer == nullptr || customer->name == name) return customer;
  }
}

void CustomerTable::Insert(Index& index, Customer* customer) {
  const size_t mask = index.cells.size() - 1;
  size_t i = StableHash(customer->name) & mask;
  while (index.cells[i].load(std::memory_order_relaxed) != nullptr) i = (i + 1) & mask;
  index.cells[i].store(customer, std::memory_order_release);
}

void CustomerTable::GrowIndex() {
  Index* old = index_.load(std::memory_order_relaxed);
  auto* grown = new Index(old->cells.size() * 2);
  for (uint32_t slot = 0; slot < size(); ++slot) Insert(*grown, &at(slot));
  index_.store(grown, std::memory_order_seq_cst);
  domain_.Retire([old] { delete old; });
}

Customer* CustomerTable::FindOrAdd(absl::string_view name) {
  if (Customer* found = Find(name)) return found;
  const uint32_t slot = size();
  if (slot == kChunk * kChunks) return nullptr;
  if (2 * (slot + 1) > index_.load(std::memory_order_relaxed)->cells.size()) GrowIndex();
  std::atomic<Chunk*>& chunk = chunks_[slot / kChunk];
  if (chunk.load(std::memory_order_relaxed) == nullptr) {
    chunk.store(new Chunk(), std::memory_order_release);
  }
  std::unique_ptr<Customer>& place =
      chunk.load(std::memory_order_relaxed)->customers[slot % kChunk];
  place = std::make_unique<Customer>(slot, name);
  size_.store(slot + 1, std::memory_order_release);
  Insert(*index_.load(std::memory_order_relaxed), place.get());
  return place.get();
}

}  // namespace libroute
