#ifndef LIBROUTE_NUMBER_INTERNAL_DECIMAL_DIGITS_H_
#define LIBROUTE_NUMBER_INTERNAL_DECIMAL_DIGITS_H_

#include <cstdint>

#include "libroute/call/digits.h"

namespace libroute::internal {

// 10^exponent, 0 <= exponent <= 15.
constexpr uint64_t PowerOfTen(int exponent) {
  uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// The number that decimal digits write.
constexpr uint64_t DecimalOf(Digits digits) {
  uint64_t decimal = 0;
  for (int i = 0; i < digits.size(); ++i) decimal = 10 * decimal + digits.digit(i);
  return decimal;
}

// `decimal` with `length` digits, the first ones 0 if need be.
constexpr Digits DecimalDigits(uint64_t decimal, int length) {
  Digits digits;
  for (uint64_t unit = PowerOfTen(length) / 10; unit > 0; unit /= 10) {
    digits = digits.Append(static_cast<int>(decimal / unit % 10));
  }
  return digits;
}

}  // namespace libroute::internal

#endif  // LIBROUTE_NUMBER_INTERNAL_DECIMAL_DIGITS_H_
