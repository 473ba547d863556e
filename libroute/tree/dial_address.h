#ifndef LIBROUTE_TREE_DIAL_ADDRESS_H_
#define LIBROUTE_TREE_DIAL_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/digits.h"
#include "libroute/tree/outcome_branches.h"

namespace libroute {

// How a plan writes the called line itself as a target.
inline constexpr absl::string_view kCalledLine = "called";

// What comes before the name of a site that calls are sent to.
inline constexpr absl::string_view kSitePrefix = "site:";

// What dial timers may be.
inline const DurationRange kSetupRange = {absl::Seconds(1), absl::Seconds(120), absl::Seconds(6)};
inline const DurationRange kRingRange = {absl::Seconds(1), absl::Seconds(300), absl::Seconds(20)};

// A number or a URI: one of them is set.
struct DialAddress {
  E164Number number;
  std::string uri;
};

// Whether `text` is meant as a number or a URI rather than as a name.
bool LooksLikeAddress(absl::string_view text);

// Reads "+3222000100", "sip:..." or "sips:..." (RFC 3261 section 19.1: a host
// part, no spaces or control characters, at most 255 bytes). InvalidArgument
// otherwise.
absl::StatusOr<DialAddress> ParseDialAddress(absl::string_view text);

}  // namespace libroute

#endif  // LIBROUTE_TREE_DIAL_ADDRESS_H_
