#include <grpcpp/grpcpp.h>

#include "libroute/v1/contact.grpc.pb.h"
#include "services/routed/rpc_service.h"
#include "services/routed/unary_call.h"

namespace libroute {
namespace {

class ContactService : public RpcService, public v1::ContactService::CallbackService {
 public:
  ContactService(ContactHandler& handler, const Callers& callers)
      : handler_(handler), callers_(callers) {}

  grpc::Service* service() override { return this; }
  void Drain() override {}

 private:
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
  const Callers& callers_;
};

}  // namespace

std::unique_ptr<RpcService> NewContactService(ContactHandler& handler, const Callers& callers) {
  return std::make_unique<ContactService>(handler, callers);
}

}  // namespace libroute
