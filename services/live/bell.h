#ifndef LIBROUTE_SERVICES_LIVE_BELL_H_
#define LIBROUTE_SERVICES_LIVE_BELL_H_

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace libroute {

// Wakes one thread that waits for something to do. Thread-safe; to ring costs a lock that
// nobody holds for long.
class Bell {
 public:
  void Ring() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      has_rung_ = true;
    }
    condition_.notify_one();
  }

  // Until it rings, or has rung since this was done last.
  void Wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    condition_.wait(lock, [this] { return has_rung_; });
    has_rung_ = false;
  }

  // The same, but no longer than until `end`.
  void WaitUntil(std::chrono::steady_clock::time_point end) {
    std::unique_lock<std::mutex> lock(mutex_);
    condition_.wait_until(lock, end, [this] { return has_rung_; });
    has_rung_ = false;
  }

 private:
  std::mutex mutex_;
  std::condition_variable condition_;
  bool has_rung_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LIVE_BELL_H_
