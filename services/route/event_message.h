#ifndef LIBROUTE_SERVICES_ROUTE_EVENT_MESSAGE_H_
#define LIBROUTE_SERVICES_ROUTE_EVENT_MESSAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "libroute/call/event.h"
#include "libroute/call/report.h"

namespace libroute {

namespace v1 {
class AttemptResult;
class Event;
}  // namespace v1

// Takes over what a network switch says has happened, into `event`, as part
// of question number `step`. InvalidArgument names the field
// ("event.dial.results[0].sip_status"). Codes become outcomes by VerdictOf.
absl::Status ReadEvent(const v1::Event& message, uint32_t step, Event& event);

// How attempts of decisions that were made ahead ended, into `event`.
absl::Status ReadEarlier(const google::protobuf::RepeatedPtrField<v1::AttemptResult>& messages,
                         Event& event);

// How an attempt ended, as a report says it: of any step, and named.
// InvalidArgument names the field ("attempt_id").
absl::StatusOr<AttemptEnd> ReadAttemptEnd(const v1::AttemptResult& message);

// The kinds of event there are, for messages: "one of dial, digits, ...".
absl::string_view ExpectedEvents();

// Adds a note for each field that only informs.
void AddUnusedFields(const v1::Event& message, std::vector<std::string>& notes);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_EVENT_MESSAGE_H_
