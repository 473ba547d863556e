#ifndef LIBROUTE_SERVICES_AGENTS_SUPERVISOR_HANDLER_H_
#define LIBROUTE_SERVICES_AGENTS_SUPERVISOR_HANDLER_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libroute/engine/engine.h"
#include "libroute/v1/supervisor.pb.h"
#include "services/access/principal.h"

namespace libroute {

// Answers the unary requests of SupervisorService (supervisor.proto), without gRPC.
// Thread-safe. `response` is filled when the result is OK.
class SupervisorHandler {
 public:
  using Clock = std::function<absl::Time()>;

  // `engine` must outlive the handler.
  SupervisorHandler(Engine& engine, Clock clock) : engine_(engine), clock_(std::move(clock)) {}

  absl::Status ListContacts(const v1::ListContactsRequest& request, const Principal& principal,
                            v1::ListContactsResponse* response) const;

  absl::Status ChangeGroup(const v1::ChangeGroupRequest& request, const Principal& principal,
                           v1::ChangeGroupResponse* response);

  absl::Status ChangeAgent(const v1::ChangeAgentRequest& request, const Principal& principal,
                           v1::ChangeAgentResponse* response);

  absl::Status ChangeContact(const v1::ChangeContactRequest& request, const Principal& principal,
                             v1::ChangeContactResponse* response);

 private:
  Engine& engine_;
  Clock clock_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_AGENTS_SUPERVISOR_HANDLER_H_
