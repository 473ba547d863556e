#include <algorithm>
#include <array>
#include <atomic>
#include <bitset>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "services/request/field.h"
#include "services/route/route_handler.h"

namespace libroute {

// Calls `done` when as many as expected have arrived, and goes.
class RouteHandler::Join {
 public:
  Join(int expected, Done done) : missing_(expected), done_(std::move(done)) {}

  void Arrive() {
    if (missing_.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
    Done done = std::move(done_);
    delete this;
    done();
  }

 private:
  ~Join() = default;

  std::atomic<int> missing_;
  Done done_;
};

// Some of the questions of one message, answered together. Enough for cache
// misses to overlap, few enough for the answers to stay in the cache.
struct RouteHandler::Chunk {
  static constexpr int kSize = 32;

  enum class Way : uint8_t { kRefused, kTogether, kAlone };

  std::array<Question, kSize> questions;
  std::array<Decision, kSize> decisions;
  std::array<absl::StatusOr<Answer>, kSize> answers;
  // The questions put to the engine together, which of ours they are, and the
  // seeds of their calls.
  std::array<BatchItem, kSize> items;
  std::array<int, kSize> origins;
  std::array<uint64_t, kSize> seeds;
  int together = 0;

  // Whether the question may be put to the engine together with those before:
  // it wants first questions of different calls.
  bool MayJoin(int index) const {
    if (!questions[index].is_first()) return false;
    auto end = seeds.begin() + together;
    return std::find(seeds.begin(), end, CallSeed(questions[index].call().id)) == end;
  }

  void Add(int index) {
    seeds[together] = CallSeed(questions[index].call().id);
    origins[together] = index;
    items[together].call = &questions[index].call();
    items[together].decision = &decisions[index];
    ++together;
  }
};

void RouteHandler::RouteChunk(const v1::RouteStreamRequest& request, int first,
                              const Principal& principal, Replies replies) {
  thread_local Chunk chunk;
  chunk.together = 0;
  int size = std::min(Chunk::kSize, request.requests_size() - first);
  std::bitset<Chunk::kSize> alone;
  for (int i = 0; i < size; ++i) {
    absl::Status status = ReadAllowed(request.requests(first + i), principal, chunk.questions[i]);
    if (!status.ok()) {
      chunk.answers[i] = std::move(status);
    } else if (chunk.MayJoin(i)) {
      chunk.Add(i);
    } else {
      alone.set(i);
    }
  }
  engine_.RouteBatch(absl::MakeSpan(chunk.items.data(), chunk.together), clock_());
  for (int i = 0; i < chunk.together; ++i) {
    chunk.answers[chunk.origins[i]] = std::move(chunk.items[i].answer);
  }
  for (int i = 0; i < size; ++i) {
    if (alone[i]) chunk.answers[i] = Ask(chunk.questions[i], chunk.decisions[i]);
    Conclude(std::move(chunk.answers[i]), chunk.decisions[i],
             {request.requests(first + i).step(), replies.response->mutable_responses(first + i),
              [join = replies.join] { join->Arrive(); }});
  }
}

absl::Status RouteHandler::RouteMany(const v1::RouteStreamRequest& request,
                                     const Principal& principal, v1::RouteStreamResponse* response,
                                     Done done) {
  int count = request.requests_size();
  if (count > kMaxPerMessage) {
    return BadField("requests", absl::StrCat("has ", count, " entries; at most ", kMaxPerMessage));
  }
  for (const v1::RouteRequest& question : request.requests()) {
    response->add_responses()->set_request_id(question.request_id());
  }
  // One more than there are questions, so that `done` comes after all else
  // here is done: it may bring the next message on this thread.
  Join* join = new Join(count + 1, std::move(done));
  for (int first = 0; first < count; first += Chunk::kSize) {
    RouteChunk(request, first, principal, {response, join});
  }
  join->Arrive();
  return absl::OkStatus();
}

}  // namespace libroute
