#include <grpcpp/grpcpp.h>

#include <utility>

#include "libroute/v1/status.grpc.pb.h"
#include "services/routed/rpc_service.h"
#include "services/routed/unary_call.h"

namespace libroute {
namespace {

class StatusService : public RpcService, public v1::StatusService::CallbackService {
 public:
  StatusService(StatusHandler& handler, const Callers& callers)
      : handler_(handler), callers_(callers) {}

  grpc::Service* service() override { return this; }
  void Drain() override {}

 private:
  grpc::ServerUnaryReactor* ReportStatus(grpc::CallbackServerContext* context,
                                         const v1::ReportStatusRequest* request,
                                         v1::ReportStatusResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.ReportStatus(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* ListLimits(grpc::CallbackServerContext* context,
                                       const v1::ListLimitsRequest* request,
                                       v1::ListLimitsResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.ListLimits(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* SetSwitch(grpc::CallbackServerContext* context,
                                      const v1::SetSwitchRequest* request,
                                      v1::SetSwitchResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.SetSwitch(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* ListSwitches(grpc::CallbackServerContext* context,
                                         const v1::ListSwitchesRequest* request,
                                         v1::ListSwitchesResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.ListSwitches(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* SetRecovery(grpc::CallbackServerContext* context,
                                        const v1::SetRecoveryRequest* request,
                                        v1::SetRecoveryResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.SetRecovery(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* ListRecovery(grpc::CallbackServerContext* context,
                                         const v1::ListRecoveryRequest* request,
                                         v1::ListRecoveryResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.ListRecovery(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* SetLineFeatures(grpc::CallbackServerContext* context,
                                            const v1::SetLineFeaturesRequest* request,
                                            v1::SetLineFeaturesResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.SetLineFeatures(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* ListLineFeatures(grpc::CallbackServerContext* context,
                                             const v1::ListLineFeaturesRequest* request,
                                             v1::ListLineFeaturesResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.ListLineFeatures(*request, caller, response);
    });
  }

  template <typename Handle>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, Handle handle) {
    return AnswerUnary(callers_, context, std::move(handle));
  }

  StatusHandler& handler_;
  const Callers& callers_;
};

}  // namespace

std::unique_ptr<RpcService> NewStatusService(StatusHandler& handler, const Callers& callers) {
  return std::make_unique<StatusService>(handler, callers);
}

}  // namespace libroute
