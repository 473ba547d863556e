#ifndef LIBROUTE_TESTS_E2E_CLIENT_H_
#define LIBROUTE_TESTS_E2E_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>

#include "libroute/v1/agents.grpc.pb.h"
#include "libroute/v1/contact.grpc.pb.h"
#include "libroute/v1/route.grpc.pb.h"
#include "libroute/v1/status.grpc.pb.h"
#include "libroute/v1/supervisor.grpc.pb.h"

namespace libroute {

// The plan of most tests: +3222000100 dials `front` (on site north), when it
// is busy `back`, then a mailbox, unless `meeting` is on; +3222000101 waits
// for agents; +3222000102 has a menu.
extern const char kAcmePlan[];

// The configuration of a server with agents, whose plan is acme.yaml beside it.
extern const char kAgentsConfig[];

// A plan of `customer` that sends calls to `number` to a mailbox.
std::string MailboxPlan(const std::string& customer, const std::string& number,
                        const std::string& mailbox);

// How long any call may take: far more than it does.
std::unique_ptr<grpc::ClientContext> NewContext();

// What a network switch has: stubs, and a call's way through questions.
class Client {
 public:
  explicit Client(
      const std::string& address,
      std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials());

  grpc::Status Route(const v1::RouteRequest& request, v1::RouteResponse* response);
  // The decision; a failure of the test if there is none.
  v1::Decision Ask(const v1::RouteRequest& request);
  // How `request` fails.
  grpc::Status Fail(const v1::RouteRequest& request);

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  v1::RouteService::Stub& route() { return *route_; }
  v1::StatusService::Stub& status() { return *status_; }
  v1::AgentService::Stub& agents() { return *agents_; }
  v1::ContactService::Stub& contacts() { return *contacts_; }
  v1::SupervisorService::Stub& supervisors() { return *supervisors_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::RouteService::Stub> route_;
  std::unique_ptr<v1::StatusService::Stub> status_;
  std::unique_ptr<v1::AgentService::Stub> agents_;
  std::unique_ptr<v1::ContactService::Stub> contacts_;
  std::unique_ptr<v1::SupervisorService::Stub> supervisors_;
};

// A first question of switch sbc-1.
v1::RouteRequest FirstQuestion(const std::string& reference,
                               const std::string& called = "+3222000100");

// The question after `before` was answered by `decision`, without its event.
v1::RouteRequest NextQuestion(const v1::RouteRequest& before, const v1::Decision& decision);

// The same, after a dial that ended with this SIP status.
v1::RouteRequest AfterSip(const v1::RouteRequest& before, const v1::Decision& decision, int sip);

}  // namespace libroute

#endif  // LIBROUTE_TESTS_E2E_CLIENT_H_
