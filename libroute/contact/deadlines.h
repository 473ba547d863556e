#ifndef LIBROUTE_CONTACT_DEADLINES_H_
#define LIBROUTE_CONTACT_DEADLINES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace libroute::contact {

// Microseconds since 1970: what time is inside the centre.
using Micros = int64_t;
inline constexpr Micros kNever = INT64_MAX;

// When something has to be looked at again: one instant for each agent, group
// and contact, in a heap that knows where each of them stands. O(log n) to set,
// the earliest at once. Equal instants come in order of kind and slot, so that
// replays agree. Thread-compatible.
class Deadlines {
 public:
  enum class Kind : uint8_t { kGroup, kAgent, kContact };
  struct Entry {
    Micros at = kNever;
    Kind kind = Kind::kGroup;
    uint32_t slot = 0;
    friend bool operator<(const Entry& a, const Entry& b) {
      if (a.at != b.at) return a.at < b.at;
      if (a.kind != b.kind) return a.kind < b.kind;
      return a.slot < b.slot;
    }
  };

  // kNever takes it away.
  void Set(Kind kind, uint32_t slot, Micros at);
  Micros Of(Kind kind, uint32_t slot) const;

  Micros next() const { return heap_.empty() ? kNever : heap_.front().at; }
  // Takes the earliest away if its time has come.
  std::optional<Entry> PopDue(Micros now);

 private:
  static constexpr uint32_t kNowhere = UINT32_MAX;

  uint32_t& Position(Kind kind, uint32_t slot);
  void Put(const Entry& entry, uint32_t position);
  void Remove(uint32_t position);
  void MoveUp(Entry entry, uint32_t position);
  void MoveDown(Entry entry, uint32_t position);

  std::vector<Entry> heap_;
  std::array<std::vector<uint32_t>, 3> positions_;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_DEADLINES_H_
