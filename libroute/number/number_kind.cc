#include "libroute/number/number_kind.h"

#include <array>

#include "absl/strings/ascii.h"

namespace libroute {
namespace {

constexpr std::array<absl::string_view, kNumberKinds> kNames = {
    "unknown",     "fixed",     "mobile", "fixed_or_mobile", "premium",
    "shared_cost", "freephone", "voip",   "personal"};

}  // namespace

absl::string_view NumberKindName(NumberKind kind) {
  return kNames[static_cast<int>(kind)];
}

std::optional<NumberKind> NumberKindFromName(absl::string_view name) {
  for (int i = 0; i < kNumberKinds; ++i) {
    if (kNames[i] == name) return static_cast<NumberKind>(i);
  }
  return std::nullopt;
}

std::vector<std::string> NumberKindNames() {
  return std::vector<std::string>(kNames.begin(), kNames.end());
}

std::optional<Country> Country::FromCode(absl::string_view code) {
  if (code.size() != 2 || !absl::ascii_isupper(code[0]) || !absl::ascii_isupper(code[1])) {
    return std::nullopt;
  }
  Country country;
  country.first_ = code[0];
  country.second_ = code[1];
  return country;
}

std::string Country::ToString() const {
  return has_value() ? std::string{first_, second_} : std::string();
}

}  // namespace libroute
