#include <grpcpp/grpcpp.h>

#include <utility>

#include "libroute/v1/agents.grpc.pb.h"
#include "services/routed/live_stream.h"
#include "services/routed/rpc_service.h"
#include "services/routed/unary_call.h"

namespace libroute {
namespace {

class AgentService : public RpcService, public v1::AgentService::CallbackService {
 public:
  AgentService(AgentHandler& handler, AgentSessions& sessions, const Callers& callers)
      : handler_(handler), sessions_(sessions), callers_(callers) {}

  grpc::Service* service() override { return this; }
  void Drain() override { streams_.Drain(); }

 private:
  grpc::ServerBidiReactor<v1::AgentSessionRequest, v1::AgentSessionResponse>* Session(
      grpc::CallbackServerContext* context) override {
    const absl::StatusOr<const Principal*> caller = callers_.Identify(*context);
    return BidiStream<v1::AgentSessionRequest, v1::AgentSessionResponse>::Begin(
        streams_, caller.status(),
        [&](StreamEnd stream) { return sessions_.Connect(**caller, std::move(stream)); }, nullptr);
  }

  grpc::ServerUnaryReactor* Act(grpc::CallbackServerContext* context, const v1::ActRequest* request,
                                v1::ActResponse* response) override {
    return Answer(
        context, [&](const Principal& caller) { return handler_.Act(*request, caller, response); });
  }

  grpc::ServerUnaryReactor* ListAgents(grpc::CallbackServerContext* context,
                                       const v1::ListAgentsRequest* request,
                                       v1::ListAgentsResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.ListAgents(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* ListGroups(grpc::CallbackServerContext* context,
                                       const v1::ListGroupsRequest* request,
                                       v1::ListGroupsResponse* response) override {
    return Answer(context, [&](const Principal& caller) {
      return handler_.ListGroups(*request, caller, response);
    });
  }

  template <typename Handle>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, Handle handle) {
    return AnswerUnary(callers_, context, std::move(handle));
  }

  AgentHandler& handler_;
  AgentSessions& sessions_;
  const Callers& callers_;
  OpenStreams streams_;
};

}  // namespace

std::unique_ptr<RpcService> NewAgentService(AgentHandler& handler, AgentSessions& sessions,
                                            const Callers& callers) {
  return std::make_unique<AgentService>(handler, sessions, callers);
}

}  // namespace libroute
