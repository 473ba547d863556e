#ifndef LIBROUTE_WIRE_LINE_FEATURES_WIRE_H_
#define LIBROUTE_WIRE_LINE_FEATURES_WIRE_H_

#include "absl/status/statusor.h"
#include "libroute/facts/line_features.h"

namespace libroute {

namespace v1 {
class LineFeatures;
}  // namespace v1

// What is switched on a line. InvalidArgument, naming the field, for a state or a number
// that is none. Whether calls may be forwarded there is checked elsewhere. Thread-safe.
absl::StatusOr<LineSettings> FromProto(const v1::LineFeatures& message);

// The same, replacing what `message` has. A number of what is off is kept.
void ToProto(const LineSettings& settings, v1::LineFeatures* message);

}  // namespace libroute

#endif  // LIBROUTE_WIRE_LINE_FEATURES_WIRE_H_
