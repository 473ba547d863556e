#ifndef LIBROUTE_SERVICES_ROUTED_OPEN_STREAMS_H_
#define LIBROUTE_SERVICES_ROUTED_OPEN_STREAMS_H_

#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "libroute/epoch/mutex.h"

namespace libroute {

// The streams of a service that are open: keeps each until it is done, and ends them when the
// server goes down. Thread-safe.
class OpenStreams {
 public:
  class Stream {
   public:
    virtual ~Stream() = default;
    // Takes nothing more; so it ends when what was begun is done.
    virtual void End(const absl::Status& status) = 0;
  };

  // An error when the server goes down: the stream is to end with it.
  absl::Status Add(std::shared_ptr<Stream> stream) ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    streams_.insert(std::move(stream));
    return is_draining_ ? GoingDown() : absl::OkStatus();
  }

  void Forget(const std::shared_ptr<Stream>& stream) ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    streams_.erase(stream);
  }

  void Drain() ABSL_LOCKS_EXCLUDED(mutex_) {
    std::vector<std::shared_ptr<Stream>> open;
    {
      MutexLock lock(mutex_);
      is_draining_ = true;
      open.assign(streams_.begin(), streams_.end());
    }
    for (const std::shared_ptr<Stream>& stream : open) stream->End(GoingDown());
  }

 private:
  static absl::Status GoingDown() {
    return absl::UnavailableError("the server goes down; ask another one");
  }

  Mutex mutex_;
  bool is_draining_ ABSL_GUARDED_BY(mutex_) = false;
  std::set<std::shared_ptr<Stream>> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_OPEN_STREAMS_H_
