#include "libroute/number/number_rewrite.h"

#include "absl/strings/str_cat.h"

namespace libroute {

bool NumberRewrite::AppliesTo(int length) const {
  const int kept = Kept(length);
  if (kept < 1 || kept > length) return false;
  const int size = add_.size() + kept;
  return size >= E164Number::kMinLength && size <= Digits::kMaxLength;
}

E164Number NumberRewrite::Apply(E164Number number) const {
  const Digits digits = number.digits();
  if (!AppliesTo(digits.size())) return E164Number();
  Digits made = add_;
  for (int i = digits.size() - Kept(digits.size()); i < digits.size(); ++i) {
    made = made.Append(digits.digit(i));
  }
  return E164Number::FromDigits(made);
}

std::string NumberRewrite::ToString() const {
  const int count = keep_ > 0 ? keep_ : strip_;
  return absl::StrCat("+", add_.ToString(), " and ", keep_ > 0 ? "the last " : "all but the first ",
                      count, count == 1 ? " digit" : " digits");
}

}  // namespace libroute
