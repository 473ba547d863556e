#ifndef LIBROUTE_READERS_DURATION_READER_H_
#define LIBROUTE_READERS_DURATION_READER_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace libroute {

// A duration as google.protobuf.Duration holds it: both of one sign.
struct SecondsAndNanos {
  int64_t seconds = 0;
  int32_t nanos = 0;
};

// Reads "1.5s" (protobuf's JSON form, up to nine decimals) or whole numbers of
// d, h, m, s, ms, us and ns, each at most once and the larger ones first:
// "8h30m", "500ms". A leading '-' applies to the whole. At most 315576000000 s
// (10000 years) either way. InvalidArgument says what is wrong and what would
// be right, without quoting `text`.
absl::StatusOr<SecondsAndNanos> ReadDuration(absl::string_view text);

}  // namespace libroute

#endif  // LIBROUTE_READERS_DURATION_READER_H_
