#ifndef LIBROUTE_NUMBER_DIALLING_H_
#define LIBROUTE_NUMBER_DIALLING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/number/number_kind.h"

namespace libroute {

// What may be dialled besides numbers of lines.
enum class SpecialKind : uint8_t {
  kNone,
  kEmergency,
  // Directory enquiries: what begins with 118 (ITU-T E.164.1; CEPT ECC/REC(05)).
  kDirectory,
  // Any other short number, as 3BPQ in France.
  kShort,
  // Numbers that are no line's: freephone, shared cost, premium (08 in France).
  kService,
};

// A set of them.
class SpecialKindSet {
 public:
  constexpr void Add(SpecialKind kind) { bits_ |= static_cast<uint8_t>(1u << Bit(kind)); }
  constexpr bool Has(SpecialKind kind) const { return (bits_ >> Bit(kind) & 1) != 0; }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  static constexpr int Bit(SpecialKind kind) { return static_cast<int>(kind); }

  uint8_t bits_ = 0;
};

// "none", "emergency", "directory", ...
absl::string_view SpecialKindName(SpecialKind kind);

// What lines of one country dial to reach something outside, as libphonenumber
// knows it. (Short numbers that only take text messages are left out.)
//
//   Dialling::Of(*Country::FromCode("FR")).Find(*Digits::Parse("3900"))  // kShort
//
// Immutable and thread-safe. The first Of() of a country makes its table (some
// ms, below 1 MB), which stays as long as the program runs.
class Dialling {
 public:
  // For a country that is not known, one where 112 alone is special.
  static const Dialling& Of(Country country);

  // kNone for all that is neither an emergency, a directory nor a short number.
  // Allocates nothing.
  SpecialKind Find(Digits dialled) const;

  // An internal number that somebody who dials digit by digit could not dial,
  // or could dial in place of something outside: both begin alike.
  struct Clash {
    Digits internal;
    // "the short number 3900", "numbers outside, which begin with 0".
    std::string with;
  };
  // The first one of `first` to `last`: decimal, of equal length, at most 9
  // digits; nothing if there is none. O(size of the table).
  std::optional<Clash> FindClash(Digits first, Digits last) const;

 private:
  class Builder;

  // What begins so leads outside.
  enum class Begins : uint8_t { kSpecial, kNational, kInternational };
  struct Outside {
    Digits digits;
    Begins begins;
    SpecialKind kind;
  };
  static std::string TextOf(const Outside& outside);

  Dialling() = default;
  std::optional<Clash> FindNationalClash(Digits first, Digits last) const;

  absl::flat_hash_map<Digits, SpecialKind> special_;
  std::vector<Outside> outside_;
  // Set where national numbers may be dialled without a prefix.
  Digits bare_calling_code_;
};

// kService for freephone, shared cost and premium numbers; kNone for others.
SpecialKind SpecialKindOf(NumberKind kind);

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_DIALLING_H_
