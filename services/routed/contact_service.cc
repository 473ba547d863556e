#include <grpcpp/grpcpp.h>

#include <utility>

#include "libroute/v1/contact.grpc.pb.h"
#include "services/routed/live_stream.h"
#include "services/routed/rpc_service.h"

namespace libroute {
namespace {

class ContactService : public RpcService, public v1::ContactService::CallbackService {
 public:
  ContactService(SwitchSessions& sessions, const Callers& callers)
      : sessions_(sessions), callers_(callers) {}

  grpc::Service* service() override { return this; }
  void Drain() override { streams_.Drain(); }

 private:
  grpc::ServerBidiReactor<v1::ContactSessionRequest, v1::ContactUpdate>* Session(
      grpc::CallbackServerContext* context) override {
    const absl::StatusOr<const Principal*> caller = callers_.Identify(*context);
    return BidiStream<v1::ContactSessionRequest, v1::ContactUpdate>::Begin(
        streams_, caller.status(),
        [&](StreamEnd stream) { return sessions_.Connect(**caller, std::move(stream)); }, nullptr);
  }

  SwitchSessions& sessions_;
  const Callers& callers_;
  LiveStreams streams_;
};

}  // namespace

std::unique_ptr<RpcService> NewContactService(SwitchSessions& sessions, const Callers& callers) {
  return std::make_unique<ContactService>(sessions, callers);
}

}  // namespace libroute
