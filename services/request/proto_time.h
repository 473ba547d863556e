#ifndef LIBROUTE_SERVICES_REQUEST_PROTO_TIME_H_
#define LIBROUTE_SERVICES_REQUEST_PROTO_TIME_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace libroute {

// The time of a timestamp; InvalidArgument outside of the years 1 to 9999 or
// with bad nanoseconds.
absl::StatusOr<absl::Time> ReadTime(const google::protobuf::Timestamp& message);

// The time in a timestamp; must lie in the years 1 to 9999.
void WriteTime(absl::Time time, google::protobuf::Timestamp* message);

// Whole nanoseconds; a finite one.
void WriteDuration(absl::Duration duration, google::protobuf::Duration* message);

// The length of a duration; InvalidArgument when it is negative, longer than
// 10000 years, or has bad nanoseconds.
absl::StatusOr<absl::Duration> ReadDuration(const google::protobuf::Duration& message);

// The same without the result.
absl::Status CheckDuration(const google::protobuf::Duration& message);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_REQUEST_PROTO_TIME_H_
