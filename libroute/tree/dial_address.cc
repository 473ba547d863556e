#include "libroute/tree/dial_address.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/regions.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

constexpr size_t kMaxUriBytes = 255;

absl::Status NotAUri(absl::string_view text, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(
      Quoted(text), " is not a SIP URI: ", why, "; write e.g. sip:desk@example.net"));
}

}  // namespace

bool LooksLikeAddress(absl::string_view text) {
  return absl::StartsWith(text, "+") || absl::StrContains(text, ":");
}

absl::StatusOr<DialAddress> ParseDialAddress(absl::string_view text) {
  if (absl::StartsWith(text, "+")) {
    absl::StatusOr<E164Number> number = ParseNumber(text);
    if (!number.ok()) return number.status();
    return DialAddress{*number, ""};
  }
  bool sip = absl::StartsWithIgnoreCase(text, "sip:");
  if (!sip && !absl::StartsWithIgnoreCase(text, "sips:")) {
    return NotAUri(text, "it begins neither with sip: nor with sips:");
  }
  if (text.size() > kMaxUriBytes) return NotAUri(text, "it is longer than 255 bytes");
  for (char c : text) {
    if (!absl::ascii_isgraph(c) || c == '"' || c == '<' || c == '>') {
      return NotAUri(text, "it has a character that may not be in one");
    }
  }
  absl::string_view rest = text.substr(sip ? 4 : 5);
  size_t at = rest.rfind('@');
  absl::string_view host = at == absl::string_view::npos ? rest : rest.substr(at + 1);
  if (host.empty() || at == 0 || !(absl::ascii_isalnum(host[0]) || host[0] == '[')) {
    return NotAUri(text, "it has no host");
  }
  return DialAddress{E164Number(), std::string(text)};
}

}  // namespace libroute
