#ifndef LIBROUTE_SERVICES_ROUTED_RPC_SERVER_H_
#define LIBROUTE_SERVICES_ROUTED_RPC_SERVER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/config/listen_address.h"
#include "services/config/server_config.h"
#include "services/routed/callers.h"
#include "services/routed/rpc_service.h"

namespace libroute {

// The handlers that a server serves; they must outlive it.
struct Handlers {
  RouteHandler& route;
  StatusHandler& status;
  AgentHandler& agents;
  ContactHandler& contacts;
  SupervisorHandler& supervisors;
  SwitchSessions& switch_sessions;
  AgentSessions& agent_sessions;
  WatchFeeds& watches;
};

// Which door of the program a server is.
struct RpcDoor {
  // TCP addresses; none for a server that is given connections.
  std::vector<ListenAddress> addresses;
  // Without: not encrypted.
  std::optional<TlsFiles> tls;
  int max_message_bytes = 0;
};

// A gRPC server with all services, health and reflection. All who come in by
// it are known in the same way. Thread-safe.
class RpcServer {
 public:
  // Listens. Errors say which address or file is not as it should be.
  static absl::StatusOr<std::unique_ptr<RpcServer>> Start(Handlers handlers, Callers callers,
                                                          const RpcDoor& door);
  // Whether the files can be read; whether key and certificate belong together
  // shows when they are used.
  static absl::Status CheckTls(const std::optional<TlsFiles>& tls);
  // Without Shutdown, cuts every call.
  ~RpcServer();

  // Where it listens, with the ports that the system chose.
  const std::vector<ListenAddress>& addresses() const;

  // Serves a connection that was accepted elsewhere, not encrypted. Takes over
  // the file descriptor, which must not block.
  void AddConnection(int descriptor);

  // Ends streams when what was asked is answered. Does not wait.
  void Drain();

  // Takes nothing new, and waits until all is answered, but not longer than
  // until `deadline`; then cuts what is left.
  void Shutdown(absl::Time deadline);

 private:
  struct Parts;
  explicit RpcServer(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_RPC_SERVER_H_
