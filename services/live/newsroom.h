#ifndef LIBROUTE_SERVICES_LIVE_NEWSROOM_H_
#define LIBROUTE_SERVICES_LIVE_NEWSROOM_H_

#include <atomic>
#include <thread>

#include "libroute/engine/engine.h"
#include "services/live/agent_sessions.h"
#include "services/live/bell.h"
#include "services/live/switch_sessions.h"
#include "services/live/watch_feeds.h"

namespace libroute {

// Tells streams of what is new in contact centres: a thread that sleeps while nothing
// happens. Switches and desks hear of things at once, those who watch ten times a second.
class Newsroom {
 public:
  // `bell` rings by the engine's on_contact_news. All outlive it; where `engine` has no agents
  // nothing ever happens.
  Newsroom(Engine& engine, Bell& bell, SwitchSessions& switches, AgentSessions& agents,
           WatchFeeds& watches);
  ~Newsroom();
  Newsroom(const Newsroom&) = delete;
  Newsroom& operator=(const Newsroom&) = delete;

 private:
  void Run();

  Engine& engine_;
  Bell& bell_;
  SwitchSessions& switches_;
  AgentSessions& agents_;
  WatchFeeds& watches_;
  std::atomic<bool> is_stopping_{false};
  std::thread thread_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LIVE_NEWSROOM_H_
