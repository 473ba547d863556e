#include "tests/e2e/client.h"

#include <chrono>

#include "gtest/gtest.h"

namespace libroute {

const char kAcmePlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: chain }
  - { number: "+3222000101", tree: agents }
  - { number: "+3222000102", tree: menu }
sites: { north: {} }
destinations:
  front: { number: "+3222000111", site: north }
  back: { number: "+3222000112" }
switches: { meeting: {} }
groups: { desk: { agents: [ann] } }
agents: { ann: {} }
trees:
  chain:
    switch:
      cases: [{ switch: meeting, then: { voicemail: { mailbox: meeting } } }]
      otherwise:
        dial:
          to: front
          on_busy:
            dial:
              to: back
              on_no_answer: { voicemail: { mailbox: desk } }
              otherwise: { reject: { cause: busy } }
          otherwise: { voicemail: { mailbox: down } }
  agents: { agents: { group: desk, wait: 60s, otherwise: { voicemail: { mailbox: desk } } } }
  menu:
    menu:
      message: choose
      keys: { "1": { goto: chain } }
      otherwise: { voicemail: { mailbox: menu } }
)";

const char kAgentsConfig[] = R"(
listen: ["127.0.0.1:0"]
plans: [acme.yaml]
agents: true
)";

std::string MailboxPlan(const std::string& customer, const std::string& number,
                        const std::string& mailbox) {
  return "customer: " + customer + "\nnumbers: { number: '" + number +
         "', tree: t }\ntrees: { t: { voicemail: { mailbox: " + mailbox + " } } }\n";
}

std::unique_ptr<grpc::ClientContext> NewContext() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  return context;
}

Client::Client(const std::string& address, std::shared_ptr<grpc::ChannelCredentials> credentials) {
  grpc::ChannelArguments arguments;
  // Every client has a connection of its own.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  channel_ = grpc::CreateCustomChannel(address, credentials, arguments);
  route_ = v1::RouteService::NewStub(channel_);
  status_ = v1::StatusService::NewStub(channel_);
  agents_ = v1::AgentService::NewStub(channel_);
  contacts_ = v1::ContactService::NewStub(channel_);
  supervisors_ = v1::SupervisorService::NewStub(channel_);
}

grpc::Status Client::Route(const v1::RouteRequest& request, v1::RouteResponse* response) {
  return route_->Route(NewContext().get(), request, response);
}

v1::Decision Client::Ask(const v1::RouteRequest& request) {
  v1::RouteResponse response;
  grpc::Status status = Route(request, &response);
  EXPECT_TRUE(status.ok()) << status.error_code() << ": " << status.error_message() << "\n"
                           << request.ShortDebugString();
  EXPECT_EQ(response.request_id(), request.request_id());
  return response.decision();
}

grpc::Status Client::Fail(const v1::RouteRequest& request) {
  v1::RouteResponse response;
  grpc::Status status = Route(request, &response);
  EXPECT_FALSE(status.ok()) << response.ShortDebugString();
  return status;
}

v1::RouteRequest FirstQuestion(const std::string& reference, const std::string& called) {
  v1::RouteRequest request;
  request.mutable_call_id()->set_switch_("sbc-1");
  request.mutable_call_id()->set_epoch(1);
  request.mutable_call_id()->set_reference(reference);
  request.mutable_call()->set_called(called);
  request.mutable_call()->set_calling("+32470000000");
  return request;
}

v1::RouteRequest NextQuestion(const v1::RouteRequest& before, const v1::Decision& decision) {
  v1::RouteRequest request;
  *request.mutable_call_id() = before.call_id();
  request.set_step(before.step() + 1);
  request.set_continuation(decision.continuation());
  return request;
}

v1::RouteRequest AfterSip(const v1::RouteRequest& before, const v1::Decision& decision, int sip) {
  v1::RouteRequest request = NextQuestion(before, decision);
  v1::AttemptResult* result = request.mutable_event()->mutable_dial()->add_results();
  result->set_attempt_id(decision.dial().legs(0).attempt_id());
  result->set_sip_status(static_cast<uint32_t>(sip));
  return request;
}

}  // namespace libroute
