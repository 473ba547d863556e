#ifndef LIBROUTE_WIRE_SAME_VALUE_H_
#define LIBROUTE_WIRE_SAME_VALUE_H_

namespace libroute {

// Enums of the call path and of messages are converted by a cast: their values are the same
// by construction, which is asserted of one or two of each.
template <typename Message, typename Value>
constexpr bool SameValue(Message message, Value value) {
  return static_cast<int>(message) == static_cast<int>(value);
}

}  // namespace libroute

#endif  // LIBROUTE_WIRE_SAME_VALUE_H_
