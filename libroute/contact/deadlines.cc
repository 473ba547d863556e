#include "libroute/contact/deadlines.h"

namespace libroute::contact {

uint32_t& Deadlines::Position(Kind kind, uint32_t slot) {
  std::vector<uint32_t>& positions = positions_[static_cast<size_t>(kind)];
  if (slot >= positions.size()) positions.resize(slot + 1, kNowhere);
  return positions[slot];
}

Micros Deadlines::Of(Kind kind, uint32_t slot) const {
  const std::vector<uint32_t>& positions = positions_[static_cast<size_t>(kind)];
  if (slot >= positions.size() || positions[slot] == kNowhere) return kNever;
  return heap_[positions[slot]].at;
}

void Deadlines::Set(Kind kind, uint32_t slot, Micros at) {
  const uint32_t position = Position(kind, slot);
  const Entry entry{at, kind, slot};
  if (position == kNowhere) {
    if (at == kNever) return;
    heap_.emplace_back();
    MoveUp(entry, static_cast<uint32_t>(heap_.size() - 1));
  } else if (at == kNever) {
    Remove(position);
  } else if (at < heap_[position].at) {
    MoveUp(entry, position);
  } else if (at > heap_[position].at) {
    MoveDown(entry, position);
  }
}

std::optional<Deadlines::Entry> Deadlines::PopDue(Micros now) {
  if (next() > now || heap_.empty()) return std::nullopt;
  const Entry due = heap_.front();
  Remove(0);
  return due;
}

void Deadlines::Put(const Entry& entry, uint32_t position) {
  heap_[position] = entry;
  Position(entry.kind, entry.slot) = position;
}

void Deadlines::Remove(uint32_t position) {
  Position(heap_[position].kind, heap_[position].slot) = kNowhere;
  const Entry last = heap_.back();
  heap_.pop_back();
  if (position == heap_.size()) return;
  if (position > 0 && last < heap_[(position - 1) / 4]) {
    MoveUp(last, position);
  } else {
    MoveDown(last, position);
  }
}

void Deadlines::MoveUp(Entry entry, uint32_t position) {
  while (position > 0) {
    const uint32_t parent = (position - 1) / 4;
    if (!(entry < heap_[parent])) break;
    Put(heap_[parent], position);
    position = parent;
  }
  Put(entry, position);
}

void Deadlines::MoveDown(Entry entry, uint32_t position) {
  const uint32_t size = static_cast<uint32_t>(heap_.size());
  while (true) {
    uint32_t least = position;
    for (uint32_t child = 4 * position + 1; child <= 4 * position + 4 && child < size; ++child) {
      const Entry& least_entry = least == position ? entry : heap_[least];
      if (heap_[child] < least_entry) least = child;
    }
    if (least == position) break;
    Put(heap_[least], position);
    position = least;
  }
  Put(entry, position);
}

}  // namespace libroute::contact
