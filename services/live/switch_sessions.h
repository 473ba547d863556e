#ifndef LIBROUTE_SERVICES_LIVE_SWITCH_SESSIONS_H_
#define LIBROUTE_SERVICES_LIVE_SWITCH_SESSIONS_H_

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
#include "libroute/v1/contact.pb.h"
#include "services/access/principal.h"
#include "services/live/feed.h"

namespace libroute {

using SwitchFeed = Feed<v1::ContactSessionRequest, v1::ContactUpdate>;

// ContactService.Session (contact.proto), without gRPC: switches that are told of their
// waiting calls. Thread-safe.
class SwitchSessions {
 public:
  using Clock = std::function<absl::Time()>;
  // How many updates are sent ahead of `done`.
  static constexpr uint64_t kWindow = 1000;
  // How many calls may have news for who does not read them.
  static constexpr size_t kMaxPending = 100'000;

  // `engine` must outlive it and all feeds.
  SwitchSessions(Engine& engine, Clock clock) : engine_(engine), clock_(std::move(clock)) {}

  // For a stream of `principal`, which outlives the feed.
  std::shared_ptr<SwitchFeed> Connect(const Principal& principal, StreamEnd stream);

  // There may be something new for the call.
  void Note(const CallId& call) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  class Session;

  Engine& engine_;
  const Clock clock_;
  // Held while a session takes a switch over, or gives it up, and the engine is told so.
  Mutex turn_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);
  // Not held while an engine or a stream is called.
  Mutex mutex_;
  // By the switch's name.
  absl::flat_hash_map<std::string, std::shared_ptr<Session>> sessions_ ABSL_GUARDED_BY(mutex_);
  // What the last session of a switch that is gone has sent, and the switch has not said
  // that it has done.
  absl::flat_hash_map<std::string, std::vector<v1::ContactUpdate>> not_done_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LIVE_SWITCH_SESSIONS_H_
