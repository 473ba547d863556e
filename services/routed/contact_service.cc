#include <grpcpp/grpcpp.h>

#include <utility>

#include "libroute/v1/contact.grpc.pb.h"
#include "services/routed/live_stream.h"
#include "services/routed/rpc_service.h"
#include "services/routed/unary_call.h"

namespace libroute {
namespace {

class ContactService : public RpcService, public v1::ContactService::CallbackService {
 public:
  ContactService(ContactHandler& handler, SwitchSessions& sessions, const Callers& callers)
      : handler_(handler), sessions_(sessions), callers_(callers) {}

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

  grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context,
                                   const v1::SubmitRequest* request,
                                   v1::SubmitResponse* response) override {
    return AnswerUnary(callers_, context, [&](const Principal& caller) {
      return handler_.Submit(*request, caller, response);
    });
  }

  grpc::ServerUnaryReactor* Withdraw(grpc::CallbackServerContext* context,
                                     const v1::WithdrawRequest* request,
                                     v1::WithdrawResponse* response) override {
    return AnswerUnary(callers_, context, [&](const Principal& caller) {
      return handler_.Withdraw(*request, caller, response);
    });
  }

  ContactHandler& handler_;
  SwitchSessions& sessions_;
  const Callers& callers_;
  OpenStreams streams_;
};

}  // namespace

std::unique_ptr<RpcService> NewContactService(ContactHandler& handler, SwitchSessions& sessions,
                                              const Callers& callers) {
  return std::make_unique<ContactService>(handler, sessions, callers);
}

}  // namespace libroute
