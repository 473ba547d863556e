#include "services/route/remote_address.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/call/digits.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

constexpr size_t kMaxUri = 256;

bool IsUri(absl::string_view text) {
  for (absl::string_view scheme : {"sip:", "sips:", "tel:"}) {
    if (absl::StartsWithIgnoreCase(text, scheme)) {
      return text.size() > scheme.size() && text.size() <= kMaxUri &&
             std::all_of(text.begin(), text.end(), absl::ascii_isgraph);
    }
  }
  return false;
}

}  // namespace

absl::Status CheckRemoteAddress(absl::string_view text) {
  bool is_dial_string = !text.empty() && Digits::Parse(text).ok();
  if (is_dial_string || IsUri(text) || E164Number::Parse(text).ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      Quoted(text), " is not an address; expected +3222000100, sip:desk@example.net or digits"));
}

}  // namespace libroute
