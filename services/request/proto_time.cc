#include "services/request/proto_time.h"

namespace libroute {
namespace {

// 0001-01-01 and 9999-12-31T23:59:59, and the limit of durations
// (timestamp.proto, duration.proto).
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;
constexpr int64_t kLongestSeconds = 315576000000;
constexpr int kNanosPerSecond = 1000000000;

bool AreNanos(int nanos) {
  return nanos >= 0 && nanos < kNanosPerSecond;
}

}  // namespace

absl::StatusOr<absl::Time> ReadTime(const google::protobuf::Timestamp& message) {
  if (message.seconds() < kFirstSecond || message.seconds() > kLastSecond ||
      !AreNanos(message.nanos())) {
    return absl::InvalidArgumentError("is not a time of the years 1 to 9999");
  }
  return absl::FromUnixSeconds(message.seconds()) + absl::Nanoseconds(message.nanos());
}

void WriteTime(absl::Time time, google::protobuf::Timestamp* message) {
  int64_t seconds = absl::ToUnixSeconds(time);
  message->set_seconds(seconds);
  message->set_nanos(
      static_cast<int>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

void WriteDuration(absl::Duration duration, google::protobuf::Duration* message) {
  absl::Duration rest;
  message->set_seconds(absl::IDivDuration(duration, absl::Seconds(1), &rest));
  message->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
}

absl::StatusOr<absl::Duration> ReadDuration(const google::protobuf::Duration& message) {
  if (message.seconds() < 0 || message.seconds() > kLongestSeconds || !AreNanos(message.nanos())) {
    return absl::InvalidArgumentError("is not a duration of 0 s or more");
  }
  return absl::Seconds(message.seconds()) + absl::Nanoseconds(message.nanos());
}

absl::Status CheckDuration(const google::protobuf::Duration& message) {
  return ReadDuration(message).status();
}

}  // namespace libroute
