#ifndef LIBROUTE_SERVICES_LIVE_WATCH_FEEDS_H_
#define LIBROUTE_SERVICES_LIVE_WATCH_FEEDS_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "libroute/engine/engine.h"
#include "libroute/epoch/mutex.h"
#include "libroute/v1/supervisor.pb.h"
#include "services/access/principal.h"
#include "services/live/feed.h"

namespace libroute {

// The one message that comes is the request.
using WatchFeed = Feed<v1::WatchRequest, v1::WatchResponse>;

// SupervisorService.Watch (supervisor.proto), without gRPC. Thread-safe.
class WatchFeeds {
 public:
  // `engine` must outlive it and all feeds. `instance` tells this server's positions from
  // those of another one, or of one that ran before.
  WatchFeeds(Engine& engine, std::string instance)
      : engine_(engine), instance_(std::move(instance)) {}

  // For a stream of `principal`, which outlives the feed.
  std::shared_ptr<WatchFeed> Connect(const Principal& principal, StreamEnd stream);

  // Something has changed at the customer's.
  void Note(const std::string& customer) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  class Watch;

  Engine& engine_;
  const std::string instance_;
  // Not held while an engine or a stream is called.
  Mutex mutex_;
  absl::flat_hash_map<std::string, absl::flat_hash_set<std::shared_ptr<Watch>>> customers_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LIVE_WATCH_FEEDS_H_
