#ifndef LIBROUTE_ENGINE_CENTER_TURN_H_
#define LIBROUTE_ENGINE_CENTER_TURN_H_

#include "libroute/engine/center.h"

// For center*.cc.
namespace libroute {

class ABSL_SCOPED_LOCKABLE Center::Turn {
 public:
  explicit Turn(Center& center) ABSL_EXCLUSIVE_LOCK_FUNCTION(center.mutex_) : center_(center) {
    center_.mutex_.Lock();
    version_ = center_.version_;
  }

  ~Turn() ABSL_UNLOCK_FUNCTION() {
    const bool has_changed = center_.version_ != version_;
    if (has_changed) center_.has_news_.store(true, std::memory_order_release);
    center_.next_deadline_.store(center_.NextDueNanos(), std::memory_order_relaxed);
    center_.mutex_.Unlock();
    if (has_changed && center_.options_.on_news) center_.options_.on_news();
  }

  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Center& center_;
  uint64_t version_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_CENTER_TURN_H_
