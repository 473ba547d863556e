#ifndef LIBROUTE_CONTACT_NAMED_SLOTS_H_
#define LIBROUTE_CONTACT_NAMED_SLOTS_H_

#include <cassert>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "libroute/contact/handle.h"

namespace libroute::contact {

// Things by name and by handle, in pieces of 16. A thing does not move while it is here. What is
// used again after a removal is the slot removed last, so that the same adds and
// removals give the same handles. Thread-compatible.
template <typename Id, typename T>
class NamedSlots {
 public:
  NamedSlots() = default;
  // The index views the names in the slots.
  NamedSlots(const NamedSlots&) = delete;
  NamedSlots& operator=(const NamedSlots&) = delete;

  // Nobody if the name is unknown.
  Id Find(absl::string_view name) const {
    auto found = by_name_.find(name);
    return found == by_name_.end() ? Id() : id(found->second);
  }
  // Null if the handle is unknown or its thing was removed.
  T* Get(Id id) { return Has(id) ? &At(id.slot).value : nullptr; }
  const T* Get(Id id) const { return Has(id) ? &At(id.slot).value : nullptr; }

  // The name must be new.
  Id Add(absl::string_view name) {
    uint32_t slot;
    if (unused_.empty()) {
      slot = slots_++;
      if (slot % kPiece == 0) pieces_.push_back(std::make_unique<Slot[]>(kPiece));
    } else {
      slot = unused_.back();
      unused_.pop_back();
    }
    Slot& added = At(slot);
    added.name.assign(name.data(), name.size());
    added.used = true;
    ++added.generation;
    const bool is_new = by_name_.emplace(added.name, slot).second;
    assert(is_new);
    (void)is_new;
    return id(slot);
  }

  void Remove(uint32_t slot) {
    Slot& removed = At(slot);
    by_name_.erase(removed.name);
    removed.used = false;
    removed.value = T();
    unused_.push_back(slot);
  }

  // Of a slot in use.
  T& operator[](uint32_t slot) { return At(slot).value; }
  const T& operator[](uint32_t slot) const { return At(slot).value; }
  const std::string& name(uint32_t slot) const { return At(slot).name; }
  Id id(uint32_t slot) const { return {slot, At(slot).generation}; }
  bool used(uint32_t slot) const { return At(slot).used; }

  // Slots are 0 to slots() - 1, not all of them used.
  uint32_t slots() const { return slots_; }
  size_t size() const { return by_name_.size(); }

 private:
  static constexpr uint32_t kPiece = 16;
  struct Slot {
    uint32_t generation = 0;
    bool used = false;
    T value;
    std::string name;
  };

  bool Has(Id id) const {
    return id.slot < slots_ && At(id.slot).used && At(id.slot).generation == id.generation;
  }
  Slot& At(uint32_t slot) { return pieces_[slot / kPiece][slot % kPiece]; }
  const Slot& At(uint32_t slot) const { return pieces_[slot / kPiece][slot % kPiece]; }

  std::vector<std::unique_ptr<Slot[]>> pieces_;
  uint32_t slots_ = 0;
  std::vector<uint32_t> unused_;
  absl::flat_hash_map<absl::string_view, uint32_t> by_name_;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_NAMED_SLOTS_H_
