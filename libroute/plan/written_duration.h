#ifndef LIBROUTE_PLAN_WRITTEN_DURATION_H_
#define LIBROUTE_PLAN_WRITTEN_DURATION_H_

#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"

namespace libroute {

// A duration as it is written, whatever it is: its range is for others to check.
inline absl::Duration WrittenDuration(const google::protobuf::Duration& written) {
  return absl::Seconds(written.seconds()) + absl::Nanoseconds(written.nanos());
}

}  // namespace libroute

#endif  // LIBROUTE_PLAN_WRITTEN_DURATION_H_
