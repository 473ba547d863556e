#ifndef LIBROUTE_CALL_NETWORK_LOCATION_H_
#define LIBROUTE_CALL_NETWORK_LOCATION_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace libroute {

// Where the network says that a mobile caller is: a cell or an area, in the
// network's own words (the cell of P-Access-Network-Info, RFC 7315 section 5.4: "208011D9E03A"). A
// value type of 32 bytes that allocates nothing; thread-safe.
class NetworkLocation {
 public:
  static constexpr size_t kMaxLength = 31;

  // Not known.
  constexpr NetworkLocation() = default;

  // Nothing unless `text` is 1 to 31 printable ASCII characters without spaces.
  static std::optional<NetworkLocation> Parse(absl::string_view text) {
    NetworkLocation location;
    if (text.empty() || text.size() > kMaxLength) return std::nullopt;
    const bool is_printable =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
    if (!is_printable) return std::nullopt;
    std::copy(text.begin(), text.end(), location.text_.begin());
    location.size_ = static_cast<uint8_t>(text.size());
    return location;
  }

  bool has_value() const { return size_ > 0; }
  absl::string_view text() const { return {text_.data(), size_}; }

  friend bool operator==(const NetworkLocation& a, const NetworkLocation& b) {
    return a.text() == b.text();
  }

 private:
  std::array<char, kMaxLength> text_ = {};
  uint8_t size_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_NETWORK_LOCATION_H_
