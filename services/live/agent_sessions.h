#ifndef LIBROUTE_SERVICES_LIVE_AGENT_SESSIONS_H_
#define LIBROUTE_SERVICES_LIVE_AGENT_SESSIONS_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libroute/engine/engine.h"
#include "libroute/epoch/mutex.h"
#include "libroute/v1/agents.pb.h"
#include "services/access/principal.h"
#include "services/live/feed.h"

namespace libroute {

using AgentFeed = Feed<v1::AgentSessionRequest, v1::AgentSessionResponse>;

// AgentService.Session (agents.proto), without gRPC: desks that are told what their agents
// are doing. Thread-safe.
class AgentSessions {
 public:
  using Clock = std::function<absl::Time()>;

  // `engine` must outlive it and all feeds.
  AgentSessions(Engine& engine, Clock clock) : engine_(engine), clock_(std::move(clock)) {}

  // For a stream of `principal`, which outlives the feed.
  std::shared_ptr<AgentFeed> Connect(const Principal& principal, StreamEnd stream);

  // Something has changed at the customer's. Costs as much as agents have changed since
  // this was called last; nothing when no agent of the customer has a session. One thread at
  // a time.
  void Note(const std::string& customer) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  class Session;
  struct Desks {
    // By the agent's name.
    absl::flat_hash_map<std::string, std::shared_ptr<Session>> sessions;
    // Up to which changes are known.
    uint64_t version = 0;
  };

  // Returns who had it before; null if nobody.
  std::shared_ptr<Session> Put(const std::string& customer, const std::string& agent,
                               const std::shared_ptr<Session>& session) ABSL_LOCKS_EXCLUDED(mutex_);
  // Whether it was there still.
  bool Take(const std::string& customer, const std::string& agent, const Session* session)
      ABSL_LOCKS_EXCLUDED(mutex_);

  Engine& engine_;
  const Clock clock_;
  // Held while a session takes an agent over, or gives it up, and the engine is told so.
  Mutex turn_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);
  // Not held while an engine or a stream is called.
  Mutex mutex_;
  absl::flat_hash_map<std::string, Desks> customers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LIVE_AGENT_SESSIONS_H_
