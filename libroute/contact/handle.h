#ifndef LIBROUTE_CONTACT_HANDLE_H_
#define LIBROUTE_CONTACT_HANDLE_H_

#include <cstdint>
#include <utility>

namespace libroute::contact {

// Names an agent, a group or a contact of one centre: eight bytes, the same on
// every replay, and never that of another one later. Made by the centre alone;
// one that was not is simply unknown to it. A value type.
template <typename Tag>
struct Handle {
  uint32_t slot = 0;
  // From 1; 0 is nobody.
  uint32_t generation = 0;

  explicit operator bool() const { return generation != 0; }
  friend bool operator==(Handle, Handle) = default;
  template <typename H>
  friend H AbslHashValue(H state, Handle handle) {
    return H::combine(std::move(state), handle.slot, handle.generation);
  }
};

using AgentId = Handle<struct AgentTag>;
using GroupId = Handle<struct GroupTag>;
using ContactId = Handle<struct ContactTag>;

// Names an offer, and the work that it becomes. Grows from 1: a token is never
// used again, so that what comes late for an old offer is told apart.
using Token = uint64_t;

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_HANDLE_H_
