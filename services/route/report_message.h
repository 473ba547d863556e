#ifndef LIBROUTE_SERVICES_ROUTE_REPORT_MESSAGE_H_
#define LIBROUTE_SERVICES_ROUTE_REPORT_MESSAGE_H_

#include "absl/status/statusor.h"
#include "libroute/call/report.h"

namespace libroute {

namespace v1 {
class CallReport;
}  // namespace v1

// What a network switch reports, in the engine's words. InvalidArgument names
// the field within the report ("released.q850_cause"); every field is checked,
// and is in what is returned.
absl::StatusOr<CallReport> ReadReport(const v1::CallReport& message);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_REPORT_MESSAGE_H_
