#ifndef LIBROUTE_SERVICES_LIVE_FEED_H_
#define LIBROUTE_SERVICES_LIVE_FEED_H_

#include <functional>

#include "absl/status/status.h"

namespace libroute {

// How a feed reaches its stream; both from any thread, also from within its own methods, and
// until the feed is closed.
struct StreamEnd {
  // There may be something for Next.
  std::function<void()> wake;
  // Nothing more comes.
  std::function<void(const absl::Status&)> end;
};

// What a stream of the server has to say: it is asked for the next message when there is
// room for one, so that who reads slowly gets the latest and costs no memory. Thread-safe;
// one thread at a time asks for Next, and one gives to Take.
template <class Request, class Response>
class Feed {
 public:
  virtual ~Feed() = default;

  // A message has come. The stream ends with an error.
  virtual absl::Status Take(const Request& request) = 0;
  // Fills the next message to be sent; false if there is none now.
  virtual bool Next(Response& response) = 0;
  // The stream is gone. Once.
  virtual void Close() = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LIVE_FEED_H_
