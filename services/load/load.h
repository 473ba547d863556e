#ifndef LIBROUTE_SERVICES_LOAD_LOAD_H_
#define LIBROUTE_SERVICES_LOAD_LOAD_H_

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/load/latency_histogram.h"

// Puts load on a gRPC server and measures it.
namespace libroute {

// How many digits the serial number of a question has.
inline constexpr size_t kSerialDigits = 12;

// A question as bytes, sent again and again: each time its serial number is
// written, as decimal digits, at each of `serials`.
struct QuestionTemplate {
  std::string bytes;
  std::vector<size_t> serials;
};

// What an answer was: the field number of its action in libroute.v1.Decision,
// kRefused, or kOther for what could not be understood.
using AnswerKind = int;
inline constexpr AnswerKind kOther = 0;
inline constexpr AnswerKind kRefused = 15;
inline constexpr size_t kAnswerKinds = 16;

// One answer found in a message.
struct AnswerSeen {
  AnswerKind kind = kOther;
  // Of its question; only in streams.
  int64_t serial = 0;
};
// Finds the answers in a message of the server.
using AnswerReader = std::function<void(absl::string_view bytes, std::vector<AnswerSeen>& seen)>;

struct LoadServer {
  // HOST:PORT or unix:PATH.
  std::string address;
  // Texts in PEM; TLS is used when any is given.
  std::string tls_ca;
  std::string tls_certificate;
  std::string tls_key;
};

// What is sent to whom.
struct LoadTarget {
  LoadServer server;
  // "/package.Service/Method".
  std::string method;
  // Taken in turn. Not empty.
  std::vector<QuestionTemplate> questions;
  AnswerReader read_answers;
  // In streams, questions go into field 1 of a message, so many in each; 0:
  // unary calls.
  int per_message = 0;
};

// How much, and for how long.
struct LoadShape {
  // Open loop: questions a second, sent when they are due, whether the server
  // keeps up or not. 0: closed loop, each answer brings on the next question.
  double rate = 0;
  // Closed loop: messages that are not answered yet, over all channels. Open
  // loop: how many there may be at most.
  int outstanding = 64;
  int channels = 4;
  absl::Duration warmup = absl::Seconds(1);
  absl::Duration duration = absl::Seconds(10);
};

// What was measured; questions of the warm-up are not counted.
struct LoadResult {
  int64_t answers = 0;
  int64_t errors = 0;
  // The first of the errors.
  std::string first_error;
  // Open loop: was as many as allowed outstanding at some time, so that
  // questions were sent late (which their latencies include)?
  bool fell_behind = false;
  absl::Duration measured;
  double answers_per_second = 0;
  // From the time when a question was due, to its answer.
  LatencyHistogram latencies;
  std::array<int64_t, kAnswerKinds> kinds = {};
  // Means.
  double request_bytes = 0;
  double response_bytes = 0;
};

// Told once a second.
struct LoadProgress {
  absl::Duration elapsed;
  bool warming_up = false;
  // In the last second.
  double answers_per_second = 0;
  LatencyHistogram latencies;
  int64_t errors = 0;
};
using ProgressListener = std::function<void(const LoadProgress& progress)>;

// Runs on the calling thread, which spins in an open loop, because timers are
// too coarse. Unavailable when the server cannot be reached in five seconds,
// or lets streams end; InvalidArgument for a shape or target without sense.
absl::StatusOr<LoadResult> RunLoad(const LoadTarget& target, const LoadShape& shape,
                                   const ProgressListener& listener);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LOAD_LOAD_H_
