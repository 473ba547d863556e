#ifndef LIBROUTE_ENGINE_CUSTOMER_H_
#define LIBROUTE_ENGINE_CUSTOMER_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/engine/recovery.h"
#include "libroute/epoch/epoch.h"
#include "libroute/facts/counters.h"
#include "libroute/facts/facts.h"
#include "libroute/facts/group_board.h"
#include "libroute/number/pattern.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/dial_graph.h"

namespace libroute {

// A compiled plan with the facts that it reads and the counters that it claims
// on. Immutable, but for what is on of its recovery plans.
struct Revision {
  ~Revision() { delete recovery.load(std::memory_order_relaxed); }

  std::shared_ptr<const CompiledPlan> plan;
  FactView facts;
  CounterView counters;
  // For checking other plans; calls do not read it.
  std::shared_ptr<const DialGraph> dials = nullptr;
  // Null if nothing is on. Read it under a ReadGuard; it counts while this is live.
  mutable std::atomic<const RecoveryNow*> recovery{nullptr};
};

// What calls of one customer may follow. Immutable: replaced as a whole.
struct PublishedPlans {
  // Null after the plan was withdrawn.
  std::shared_ptr<const Revision> live;
  // Earlier ones that calls in progress may be on, latest first.
  std::vector<std::shared_ptr<const Revision>> kept;

  // The revision whose hash begins so; null if it is not held.
  const Revision* Find(absl::string_view hash_prefix) const;
};

// One customer's slot, which stays once it is made. `published` is the commit
// point of a publication: read it under a ReadGuard.
struct Customer {
  Customer(uint32_t slot, absl::string_view customer_name) : id(slot), name(customer_name) {}
  ~Customer() { delete published.load(); }

  const uint32_t id;
  const std::string name;
  std::atomic<const PublishedPlans*> published{nullptr};
  FactBoard facts;
  StatedFigures figures;
  CounterBoard counters;
  // The publisher's own: what the directory has for this customer.
  std::vector<NumberPattern> patterns;
  // And what the directory of mailboxes has.
  std::vector<std::string> mailboxes;
  // Likewise: what was set of recovery plans.
  KnownRecoveries recoveries;
};

// All customers, by slot and by name. Readers take no lock; one writer at a
// time. Customers are never removed.
class CustomerTable {
 public:
  explicit CustomerTable(EpochDomain& domain);
  ~CustomerTable();
  CustomerTable(const CustomerTable&) = delete;
  CustomerTable& operator=(const CustomerTable&) = delete;

  // `slot` must be one of a customer.
  Customer& at(uint32_t slot) const {
    return *chunks_[slot / kChunk].load(std::memory_order_acquire)->customers[slot % kChunk];
  }
  // Null if there is none. Under a ReadGuard.
  Customer* Find(absl::string_view name) const;

  // The writer's. Null when the table is full (4 million customers).
  Customer* FindOrAdd(absl::string_view name);
  uint32_t size() const { return size_.load(std::memory_order_acquire); }

 private:
  static constexpr uint32_t kChunk = 1024;
  static constexpr uint32_t kChunks = 4096;
  struct Chunk {
    std::array<std::unique_ptr<Customer>, kChunk> customers;
  };
  // Open addressing by the hash of the name; a power of two of cells, at most
  // half of them used.
  struct Index {
    explicit Index(size_t cell_count) : cells(cell_count) {}
    std::vector<std::atomic<Customer*>> cells;
  };

  static void Insert(Index& index, Customer* customer);
  void GrowIndex();

  EpochDomain& domain_;
  std::array<std::atomic<Chunk*>, kChunks> chunks_ = {};
  std::atomic<Index*> index_;
  std::atomic<uint32_t> size_{0};
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_CUSTOMER_H_
