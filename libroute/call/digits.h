#ifndef LIBROUTE_CALL_DIGITS_H_
#define LIBROUTE_CALL_DIGITS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace libroute {

// Up to 15 dialled digits (0-9, '*', '#'), packed into one integer: a value
// type, 8 bytes, trivially copyable. Comparing, hashing and testing a prefix
// are single integer operations.
//
//   Digits called = *Digits::Parse("3222000100");
//   called.StartsWith(*Digits::Parse("322"));  // true
//
// The first digit is in the top four bits, the number of digits in the lowest
// four. Order is by digits, left to right ("12" < "123" < "13").
class Digits {
 public:
  static constexpr int kMaxLength = 15;

  // No digits.
  constexpr Digits() = default;

  // Reads `text`; InvalidArgument when it is longer than 15 or has any other
  // character. Empty text gives no digits.
  static absl::StatusOr<Digits> Parse(absl::string_view text);

  // The inverse of packed(); the caller vouches for the value.
  static constexpr Digits FromPacked(uint64_t packed) {
    Digits digits;
    digits.packed_ = packed;
    return digits;
  }

  constexpr uint64_t packed() const { return packed_; }
  constexpr int size() const { return static_cast<int>(packed_ & 0xF); }
  constexpr bool empty() const { return packed_ == 0; }

  // The digit at `index`, 0 <= index < size(): 0-9, 10 for '*', 11 for '#'.
  constexpr int digit(int index) const {
    return static_cast<int>(packed_ >> (60 - 4 * index)) & 0xF;
  }

  // The first `length` digits, 0 <= length <= size().
  constexpr Digits Prefix(int length) const {
    if (length == 0) return Digits();
    return FromPacked((packed_ & Mask(length)) | static_cast<uint64_t>(length));
  }

  // What follows the first `length` digits, 0 <= length <= size().
  constexpr Digits After(int length) const {
    if (length >= size()) return Digits();
    return FromPacked(((packed_ & ~uint64_t{0xF}) << (4 * length)) |
                      static_cast<uint64_t>(size() - length));
  }

  constexpr bool StartsWith(Digits prefix) const {
    return size() >= prefix.size() &&
           ((packed_ ^ prefix.packed_) & Mask(prefix.size())) == 0;
  }

  // These digits and one more; size() < kMaxLength, 0 <= digit <= 11.
  constexpr Digits Append(int digit) const {
    return FromPacked((packed_ | (static_cast<uint64_t>(digit) << (60 - 4 * size()))) + 1);
  }

  std::string ToString() const;

  friend constexpr bool operator==(Digits a, Digits b) { return a.packed_ == b.packed_; }
  friend constexpr bool operator!=(Digits a, Digits b) { return a.packed_ != b.packed_; }
  friend constexpr bool operator<(Digits a, Digits b) { return a.packed_ < b.packed_; }

  template <typename H>
  friend H AbslHashValue(H state, Digits digits) {
    return H::combine(std::move(state), digits.packed_);
  }

 private:
  // The bits of the first `length` digits.
  static constexpr uint64_t Mask(int length) {
    return length == 0 ? 0 : ~uint64_t{0} << (64 - 4 * length);
  }

  uint64_t packed_ = 0;
};

// What `text` dials if it is a dial string: 2 to 6 decimal digits, e.g. an
// emergency number (112) or a number within a company (501410). No digits for
// any other text: nothing that Parse of E164Number accepts is one.
Digits ReadDialString(absl::string_view text);

// What a line dialled, whatever it may mean: 1 to 15 of 0-9, '*' and '#'; of a service
// code (service_code.h) with more, that without the number. No digits for any other
// text.
Digits ReadDialled(absl::string_view text);

// An international public telephone number (ITU-T E.164): a country code and
// a national number, 7 to 15 digits in all, written with a leading '+'.
class E164Number {
 public:
  static constexpr int kMinLength = 7;

  // No number; has_value() is false.
  constexpr E164Number() = default;

  // Reads "+" and 7 to 15 digits of which the first is not 0. Separators are
  // not accepted. InvalidArgument otherwise, saying what is wrong.
  static absl::StatusOr<E164Number> Parse(absl::string_view text);

  // `digits` must be a number that Parse accepts, without the '+'.
  static constexpr E164Number FromDigits(Digits digits) {
    E164Number number;
    number.digits_ = digits;
    return number;
  }

  constexpr bool has_value() const { return !digits_.empty(); }
  constexpr Digits digits() const { return digits_; }

  // "+3222000100"; "" for no number.
  std::string ToString() const;

  friend constexpr bool operator==(E164Number a, E164Number b) { return a.digits_ == b.digits_; }
  friend constexpr bool operator!=(E164Number a, E164Number b) { return a.digits_ != b.digits_; }
  friend constexpr bool operator<(E164Number a, E164Number b) { return a.digits_ < b.digits_; }

 private:
  Digits digits_;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_DIGITS_H_
