#ifndef LIBROUTE_SERVICES_STATUS_STATUS_HANDLER_H_
#define LIBROUTE_SERVICES_STATUS_STATUS_HANDLER_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libroute/engine/engine.h"
#include "libroute/v1/status.pb.h"
#include "services/access/principal.h"

namespace libroute {

// Answers the requests of StatusService (status.proto), without gRPC.
// Thread-safe. `response` is filled when the result is OK.
class StatusHandler {
 public:
  using Clock = std::function<absl::Time()>;

  // `engine` must outlive the handler.
  StatusHandler(Engine& engine, Clock clock) : engine_(engine), clock_(std::move(clock)) {}

  absl::Status ReportStatus(const v1::ReportStatusRequest& request, const Principal& principal,
                            v1::ReportStatusResponse* response);

  absl::Status SetSwitch(const v1::SetSwitchRequest& request, const Principal& principal,
                         v1::SetSwitchResponse* response);

  absl::Status ListSwitches(const v1::ListSwitchesRequest& request, const Principal& principal,
                            v1::ListSwitchesResponse* response) const;

  absl::Status SetRecovery(const v1::SetRecoveryRequest& request, const Principal& principal,
                           v1::SetRecoveryResponse* response);

  absl::Status ListRecovery(const v1::ListRecoveryRequest& request, const Principal& principal,
                            v1::ListRecoveryResponse* response) const;

  absl::Status ListLimits(const v1::ListLimitsRequest& request, const Principal& principal,
                          v1::ListLimitsResponse* response);

  absl::Status SetLineFeatures(const v1::SetLineFeaturesRequest& request,
                               const Principal& principal, v1::SetLineFeaturesResponse* response);

  absl::Status ListLineFeatures(const v1::ListLineFeaturesRequest& request,
                                const Principal& principal,
                                v1::ListLineFeaturesResponse* response) const;

 private:
  Engine& engine_;
  Clock clock_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_STATUS_STATUS_HANDLER_H_
