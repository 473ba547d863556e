#include "libroute/epoch/epoch.h"

#include <iterator>
#include <utility>

namespace libroute {

EpochDomain::~EpochDomain() {
  // What is freed may retire more.
  while (Reclaim() > 0) {
  }
}

void EpochDomain::Retire(std::function<void()> free) {
  MutexLock lock(mutex_);
  retired_.push_back(std::move(free));
}

size_t EpochDomain::Reclaim() {
  std::vector<std::function<void()>> unseen;
  {
    MutexLock lock(mutex_);
    // Twice, so that what was retired after an old batch need not wait for the
    // next call once that batch is done.
    for (int round = 0; round < 2; ++round) {
      if (batch_.empty()) {
        batch_.swap(retired_);
        for (auto& phase : quiet_) phase.reset();
      }
      if (batch_.empty() || !NobodySeesBatch()) break;
      std::move(batch_.begin(), batch_.end(), std::back_inserter(unseen));
      batch_.clear();
    }
  }
  for (std::function<void()>& free : unseen) free();
  MutexLock lock(mutex_);
  return batch_.size() + retired_.size();
}

bool EpochDomain::NobodySeesBatch() {
  for (int phase = 0; phase < kPhases; ++phase) {
    for (int stripe = 0; stripe < kStripes; ++stripe) {
      if (quiet_[phase][stripe]) continue;
      // An addition of nothing, not a load: a reader that comes in later then
      // continues from this write, and so sees that the batch is out of reach
      // whatever order the shared pointers are read with.
      quiet_[phase][stripe] =
          stripes_[stripe].readers[phase].fetch_add(0, std::memory_order_seq_cst) == 0;
    }
  }
  const uint32_t open = phase_.load(std::memory_order_seq_cst);
  const uint32_t other = 1 - open;
  if (quiet_[open].all()) return quiet_[other].all();
  // Readers may overlap for ever in the open phase; sent to the other one,
  // they let it run empty.
  if (quiet_[other].all()) phase_.store(other, std::memory_order_seq_cst);
  return false;
}

uint32_t EpochDomain::NextStripe() {
  static std::atomic<uint32_t> threads{0};
  return threads.fetch_add(1, std::memory_order_relaxed) % kStripes;
}

}  // namespace libroute
