#ifndef LIBROUTE_NUMBER_NUMBER_REWRITE_H_
#define LIBROUTE_NUMBER_NUMBER_REWRITE_H_

#include <string>

#include "libroute/call/digits.h"

namespace libroute {

// Makes a number of another: some of its digits, behind others.
//
//   NumberRewrite direct = NumberRewrite::KeepLast(*Digits::Parse("3225550"), 3);
//   direct.Apply(*E164Number::Parse("+3222000123"));  // +3225550123
//
// A value type; nothing allocates but ToString.
class NumberRewrite {
 public:
  // `add` and the number without its first `strip` digits; and `add` and its
  // last `keep` digits. 0 <= strip <= 15, 1 <= keep <= 15; `add` is decimal and
  // does not begin with 0.
  static NumberRewrite Strip(Digits add, int strip) { return {add, strip, 0}; }
  static NumberRewrite KeepLast(Digits add, int keep) { return {add, 0, keep}; }

  // Without value when no digit of `number` is left, when it has fewer digits
  // than are kept, or when 7 to 15 digits do not come out.
  E164Number Apply(E164Number number) const;

  // Whether Apply gives a value for numbers of `length` digits: nothing but
  // their length matters.
  bool AppliesTo(int length) const;

  // "+3225550 and the last 3 digits", "+3225550 and all but the first 2 digits".
  std::string ToString() const;

 private:
  NumberRewrite(Digits add, int strip, int keep) : add_(add), strip_(strip), keep_(keep) {}

  // How many digits of a number of `length` are kept; may be below 1.
  int Kept(int length) const { return keep_ > 0 ? keep_ : length - strip_; }

  Digits add_;
  int strip_;
  // 0: all but what is stripped.
  int keep_;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_NUMBER_REWRITE_H_
