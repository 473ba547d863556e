#include "libroute/call/service_code.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

constexpr int kStar = 10;
constexpr int kHash = 11;
constexpr size_t kLeastCode = 2;
constexpr size_t kMostCode = 4;

// The decimal digits at the beginning of `text`, taken off it.
absl::string_view TakeDecimals(absl::string_view& text) {
  size_t size = 0;
  while (size < text.size() && absl::ascii_isdigit(text[size])) ++size;
  const absl::string_view taken = text.substr(0, size);
  text.remove_prefix(size);
  return taken;
}

// What is dialled before the code; kRegister is told from kActivate later.
ServiceCode::Procedure TakeProcedure(absl::string_view& text) {
  if (absl::ConsumePrefix(&text, "##")) return ServiceCode::Procedure::kErase;
  if (absl::ConsumePrefix(&text, "#")) return ServiceCode::Procedure::kDeactivate;
  if (absl::ConsumePrefix(&text, "**")) return ServiceCode::Procedure::kRegister;
  if (absl::ConsumePrefix(&text, "*")) return ServiceCode::Procedure::kActivate;
  return ServiceCode::Procedure::kNone;
}

}  // namespace

Digits ServiceCode::Shortened() const {
  const bool is_off = procedure == Procedure::kDeactivate || procedure == Procedure::kErase;
  Digits digits = Digits().Append(is_off ? kHash : kStar);
  for (int i = 0; i < code.size(); ++i) digits = digits.Append(code.digit(i));
  return digits.Append(procedure == Procedure::kRegister ? kStar : kHash);
}

ServiceCode ReadServiceCode(absl::string_view text) {
  ServiceCode read;
  read.procedure = TakeProcedure(text);
  if (!read.has_value()) return {};
  const absl::string_view code = TakeDecimals(text);
  if (code.size() < kLeastCode || code.size() > kMostCode) return {};
  read.code = *Digits::Parse(code);
  const bool is_on = read.procedure == ServiceCode::Procedure::kActivate ||
                     read.procedure == ServiceCode::Procedure::kRegister;
  if (is_on && absl::ConsumePrefix(&text, "*")) {
    read.procedure = ServiceCode::Procedure::kRegister;
    read.is_international = absl::ConsumePrefix(&text, "+");
    absl::StatusOr<Digits> number = Digits::Parse(TakeDecimals(text));
    if (!number.ok() || number->empty()) return {};
    read.number = *number;
  } else if (read.procedure == ServiceCode::Procedure::kRegister) {
    return {};
  }
  absl::ConsumePrefix(&text, "#");
  return text.empty() ? read : ServiceCode();
}

}  // namespace libroute
