#ifndef LIBROUTE_SERVICES_ROUTED_PROGRAM_H_
#define LIBROUTE_SERVICES_ROUTED_PROGRAM_H_

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <vector>

#include "libroute/engine/engine.h"
#include "services/config/server_config.h"
#include "services/live/newsroom.h"
#include "services/route/route_handler.h"
#include "services/routed/plan_loader.h"
#include "services/routed/rpc_server.h"
#include "services/routed/unix_door.h"
#include "services/status/status_handler.h"

namespace libroute {

// The running server: its doors, signals, and the passing of time.
class Program {
 public:
  // `loader` has loaded the plans of `engine`, whose news `bell` rings for; all must outlive
  // the program.
  Program(const ServerConfig& config, Engine& engine, PlanLoader& loader, Bell& bell);

  // Listens everywhere it should. Errors say where it cannot.
  absl::Status Open();

  // Serves until it is told to stop by a signal, and stops in good order.
  void Run();

 private:
  absl::Status OpenTcp();
  absl::Status OpenUnix();
  absl::StatusOr<RpcServer*> AddServer(Callers callers, const RpcDoor& door);
  // Servers for those known by their Unix user, by user.
  absl::Status AddUserServers();
  void Admit(int descriptor, uid_t user);

  void AwaitSignal();
  void LetTimePass();
  void ReloadPlans();
  void Stop();

  const ServerConfig& config_;
  Engine& engine_;
  PlanLoader& loader_;
  InlineContactOwner contacts_;
  RouteHandler route_;
  StatusHandler status_;
  AgentHandler agents_;
  ContactHandler emails_;
  SupervisorHandler supervisors_;
  SwitchSessions switch_sessions_;
  AgentSessions agent_sessions_;
  WatchFeeds watches_;
  Newsroom newsroom_;
  boost::asio::io_context io_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer timer_;
  std::vector<std::unique_ptr<RpcServer>> servers_;
  std::map<uid_t, RpcServer*> user_servers_;
  // Gone before the servers that they bring connections to.
  std::vector<std::unique_ptr<UnixDoor>> unix_doors_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_PROGRAM_H_
