#ifndef LIBROUTE_TREE_NODES_CALL_VALUE_H_
#define LIBROUTE_TREE_NODES_CALL_VALUE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "libroute/call/call_state.h"
#include "libroute/call/digits.h"
#include "libroute/tree/frame.h"

namespace libroute {

class NodeScope;

// What a value has at one time of one call: at most one of `text`, `collected`,
// `number`, `dialled` and `name`. None: it is not set.
struct CallValue {
  // Room for a value that is no text of the plan: a '+' and 15 digits.
  using Room = std::array<char, 16>;

  // The value as text; in `room` if there is no other place for it. "" if it
  // is not set. Does not allocate.
  absl::string_view Text(const Frame& frame, Room& room) const;
  // Nobody may see it.
  bool is_secret() const { return collected != nullptr && collected->secret; }

  // Index into the plan's texts.
  std::optional<uint32_t> text;
  const CollectedDigits* collected = nullptr;
  E164Number number;
  Digits dialled;
  absl::string_view name;
};

// Something that nodes look at by its name: an attribute, or what the call itself
// has under a name that begins with kOwnPrefix.
class CallValueSource {
 public:
  static constexpr absl::string_view kOwnPrefix = "call.";

  // Checks `name`, which stands at `field`.
  static CallValueSource Read(const std::string& name, absl::string_view field, NodeScope& scope);

  CallValue Of(const Frame& frame) const;
  // For explanations: "attribute level gold", "call.called +3222000100",
  // "attribute pin (secret)", "attribute level (not set)".
  std::string Words(const Frame& frame, const CallValue& value) const;

 private:
  enum class Kind : uint8_t {
    kAttribute,
    kCalled,
    kCalling,
    kCallerType,
    kDialled,
    kDirection,
    kDivertedBy,
    kLocation,
    kMailbox,
    kSender,
    kSubject,
  };

  Kind kind_ = Kind::kAttribute;
  // Index into the plan's texts.
  uint32_t name_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_CALL_VALUE_H_
