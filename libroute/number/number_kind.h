#ifndef LIBROUTE_NUMBER_NUMBER_KIND_H_
#define LIBROUTE_NUMBER_NUMBER_KIND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace libroute {

// What a number is used for. (kFixedOrMobile: the plan of that country does not
// tell, as in North America. kUnknown is also what numbers are that are not
// valid in their country, and pagers, voicemail accesses and the numbers of
// companies ("universal access").)
enum class NumberKind : uint8_t {
  kUnknown,
  kFixed,
  kMobile,
  kFixedOrMobile,
  kPremium,
  kSharedCost,
  kFreephone,
  kVoip,
  kPersonal,
};

inline constexpr int kNumberKinds = 9;

// A set of kinds.
class NumberKindSet {
 public:
  constexpr NumberKindSet() = default;
  // The kinds whose bits are set, kUnknown the lowest.
  static constexpr NumberKindSet FromBits(uint16_t bits) {
    NumberKindSet set;
    set.bits_ = bits;
    return set;
  }

  constexpr void Add(NumberKind kind) {
    bits_ |= static_cast<uint16_t>(1u << static_cast<int>(kind));
  }
  constexpr bool Has(NumberKind kind) const { return (bits_ >> static_cast<int>(kind) & 1) != 0; }
  constexpr bool HasAnyOf(NumberKindSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr uint16_t bits() const { return bits_; }

 private:
  uint16_t bits_ = 0;
};

// "unknown", "fixed", "fixed_or_mobile", ...
absl::string_view NumberKindName(NumberKind kind);
std::optional<NumberKind> NumberKindFromName(absl::string_view name);
// All names, in the order of the enum.
std::vector<std::string> NumberKindNames();

// A country or territory by its ISO 3166-1 code of two capitals, "BE" (and
// those codes that numbering plans use besides: AC, TA, XK). A value type of
// two bytes; thread-safe.
class Country {
 public:
  // No country.
  constexpr Country() = default;

  // Nothing unless `code` is two letters A-Z. Whether such a country has a
  // numbering plan, IsKnownRegion says.
  static std::optional<Country> FromCode(absl::string_view code);

  constexpr bool has_value() const { return first_ != 0; }
  // "BE"; "" for none.
  std::string ToString() const;

  friend constexpr bool operator==(Country a, Country b) {
    return a.first_ == b.first_ && a.second_ == b.second_;
  }
  friend constexpr bool operator!=(Country a, Country b) { return !(a == b); }
  friend constexpr bool operator<(Country a, Country b) {
    return a.first_ != b.first_ ? a.first_ < b.first_ : a.second_ < b.second_;
  }

 private:
  char first_ = 0;
  char second_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_NUMBER_KIND_H_
