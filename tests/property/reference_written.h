#ifndef TESTS_PROPERTY_REFERENCE_WRITTEN_H_
#define TESTS_PROPERTY_REFERENCE_WRITTEN_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "libroute/call/outcome.h"
#include "libroute/v1/plan.pb.h"

// How fields of a plan are read that many nodes have.
namespace libroute {

inline absl::Duration ToDuration(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

inline void FromDuration(absl::Duration duration, google::protobuf::Duration* out) {
  out->set_seconds(absl::ToInt64Seconds(duration));
  out->set_nanos(
      static_cast<int32_t>((duration - absl::Seconds(out->seconds())) / absl::Nanoseconds(1)));
}

// The duration in a field; `seconds` if it is not written.
template <typename Message>
absl::Duration Written(const Message& message, bool has, int seconds,
                       const google::protobuf::Duration& (Message::*field)() const) {
  return has ? ToDuration((message.*field)()) : absl::Seconds(seconds);
}

// A message's on_<outcome> field; nullptr if it is not written.
template <typename Message>
const v1::Node* OnOutcome(const Message& message, Outcome outcome) {
  const auto* field = message.GetDescriptor()->FindFieldByName(
      absl::StrCat("on_", std::string(OutcomeName(outcome))));
  if (field == nullptr || !message.GetReflection()->HasField(message, field)) return nullptr;
  return static_cast<const v1::Node*>(&message.GetReflection()->GetMessage(message, field));
}

}  // namespace libroute

#endif  // TESTS_PROPERTY_REFERENCE_WRITTEN_H_
