#ifndef LIBROUTE_SERVICES_ROUTED_RPC_SERVICE_H_
#define LIBROUTE_SERVICES_ROUTED_RPC_SERVICE_H_

#include <memory>

#include "services/agents/agent_handler.h"
#include "services/agents/supervisor_handler.h"
#include "services/contacts/contact_handler.h"
#include "services/live/agent_sessions.h"
#include "services/live/switch_sessions.h"
#include "services/live/watch_feeds.h"
#include "services/route/route_handler.h"
#include "services/routed/callers.h"
#include "services/status/status_handler.h"

namespace grpc {
class Service;
}  // namespace grpc

namespace libroute {

// A service as gRPC wants it: finds out who calls and hands the request to a
// handler. Must outlive the gRPC server that it is registered with.
class RpcService {
 public:
  virtual ~RpcService() = default;

  // Owned by this object.
  virtual grpc::Service* service() = 0;

  // The server goes down: ends streams when what was asked is answered, and
  // new ones at once. Thread-safe.
  virtual void Drain() = 0;
};

// What they are given must outlive the services.
std::unique_ptr<RpcService> NewRouteService(RouteHandler& handler, const Callers& callers);
std::unique_ptr<RpcService> NewAgentService(AgentHandler& handler, AgentSessions& sessions,
                                            const Callers& callers);
std::unique_ptr<RpcService> NewContactService(ContactHandler& handler, SwitchSessions& sessions,
                                              const Callers& callers);
std::unique_ptr<RpcService> NewStatusService(StatusHandler& handler, const Callers& callers);
std::unique_ptr<RpcService> NewSupervisorService(SupervisorHandler& handler, WatchFeeds& watches,
                                                 const Callers& callers);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_RPC_SERVICE_H_
