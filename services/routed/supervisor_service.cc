#include <grpcpp/grpcpp.h>

#include <utility>

#include "libroute/v1/supervisor.grpc.pb.h"
#include "services/routed/live_stream.h"
#include "services/routed/rpc_service.h"
#include "services/routed/unary_call.h"

namespace libroute {
namespace {

class SupervisorService : public RpcService, public v1::SupervisorService::CallbackService {
 public:
  SupervisorService(SupervisorHandler& handler, WatchFeeds& watches, const Callers& callers)
      : handler_(handler), watches_(watches), callers_(callers) {}

  grpc::Service* service() override { return this; }
  void Drain() override { streams_.Drain(); }

 private:
  grpc::ServerWriteReactor<v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                     const v1::WatchRequest* request) override {
    const absl::StatusOr<const Principal*> caller = callers_.Identify(*context);
    return WatchStream<v1::WatchRequest, v1::WatchResponse>::Begin(
        streams_, caller.status(),
        [&](StreamEnd stream) { return watches_.Connect(**caller, std::move(stream)); }, request);
  }

  grpc::ServerUnaryReactor* ListContacts(grpc::CallbackServerContext* context,
                                         const v1::ListContactsRequest* request,
                                         v1::ListContactsResponse* response) override {
    return AnswerUnary(callers_, context, [&](const Principal& caller) {
      return handler_.ListContacts(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* ChangeGroup(grpc::CallbackServerContext* context,
                                        const v1::ChangeGroupRequest* request,
                                        v1::ChangeGroupResponse* response) override {
    return AnswerUnary(callers_, context, [&](const Principal& caller) {
      return handler_.ChangeGroup(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* ChangeAgent(grpc::CallbackServerContext* context,
                                        const v1::ChangeAgentRequest* request,
                                        v1::ChangeAgentResponse* response) override {
    return AnswerUnary(callers_, context, [&](const Principal& caller) {
      return handler_.ChangeAgent(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* ChangeContact(grpc::CallbackServerContext* context,
                                          const v1::ChangeContactRequest* request,
                                          v1::ChangeContactResponse* response) override {
    return AnswerUnary(callers_, context, [&](const Principal& caller) {
      return handler_.ChangeContact(*request, caller, response);
    });
  }

  SupervisorHandler& handler_;
  WatchFeeds& watches_;
  const Callers& callers_;
  OpenStreams streams_;
};

}  // namespace

std::unique_ptr<RpcService> NewSupervisorService(SupervisorHandler& handler, WatchFeeds& watches,
                                                 const Callers& callers) {
  return std::make_unique<SupervisorService>(handler, watches, callers);
}

}  // namespace libroute
