#include "libroute/call/routing_number.h"

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

constexpr char kHexDigits[] = "0123456789ABCDEF";

uint64_t ValueOf(char c) {
  const char upper = absl::ascii_toupper(c);
  return static_cast<uint64_t>(upper <= '9' ? upper - '0' : upper - 'A' + 10);
}

}  // namespace

RoutingNumber RoutingNumber::Parse(absl::string_view text) {
  const bool is_global = absl::ConsumePrefix(&text, "+");
  if (text.empty() || text.size() > static_cast<size_t>(kMaxLength)) return RoutingNumber();
  uint64_t packed = text.size();
  int shift = 60;
  for (char c : text) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return RoutingNumber();
    packed |= ValueOf(c) << shift;
    shift -= 4;
  }
  return FromPacked(packed, is_global);
}

std::string RoutingNumber::ToString() const {
  std::string text = is_global_ ? "+" : "";
  for (uint64_t i = 0; i < (packed_ & 0xF); ++i) {
    text.push_back(kHexDigits[packed_ >> (60 - 4 * i) & 0xF]);
  }
  return text;
}

}  // namespace libroute
