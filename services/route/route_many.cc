#include <algorithm>
#include <array>
#include <atomic>
#include <bitset>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "libroute/wire/message_writer.h"
#include "services/request/field.h"
#include "services/route/route_handler.h"

namespace libroute {

// The answers to the questions of one message. Calls `done` when all of them
// are here, and goes.
class RouteHandler::Answers {
 public:
  // One more is awaited than there are questions, so that `done` comes after
  // all else is done with the message: it may bring the next one on this
  // thread.
  Answers(int count, ManyDone done)
      : responses_(static_cast<size_t>(count)), missing_(count + 1), done_(std::move(done)) {}

  void Put(int index, absl::string_view response) {
    responses_[static_cast<size_t>(index)].assign(response.data(), response.size());
    Arrive();
  }

  void Arrive() {
    if (missing_.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
    MessageWriter out;
    for (const std::string& response : responses_) {
      out.Bytes(v1::RouteStreamResponse::kResponsesFieldNumber, response);
    }
    ManyDone done = std::move(done_);
    delete this;
    done(out.bytes());
  }

 private:
  ~Answers() = default;

  // Bytes of v1::RouteResponse, in the order of their questions.
  std::vector<std::string> responses_;
  std::atomic<int> missing_;
  ManyDone done_;
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
    if (!questions[index].is_first() || questions[index].look_ahead() > 0 ||
        questions[index].explain()) {
      return false;
    }
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
                              const Principal& principal, Answers* answers) {
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
    const v1::RouteRequest& question = request.requests(first + i);
    Reply reply{question.step(), question.request_id(),
                [answers, index = first + i](const Response& response) {
                  answers->Put(index, response.bytes);
                }};
    if (alone[i]) chunk.answers[i] = Ask(chunk.questions[i], chunk.decisions[i], reply);
    Conclude(std::move(chunk.answers[i]), chunk.decisions[i], std::move(reply));
  }
}

absl::Status RouteHandler::RouteMany(const v1::RouteStreamRequest& request,
                                     const Principal& principal, ManyDone done) {
  int count = request.requests_size();
  if (count > kMaxPerMessage) {
    return BadField("requests", absl::StrCat("has ", count, " entries; at most ", kMaxPerMessage));
  }
  auto* answers = new Answers(count, std::move(done));
  for (int first = 0; first < count; first += Chunk::kSize) {
    RouteChunk(request, first, principal, answers);
  }
  answers->Arrive();
  return absl::OkStatus();
}

}  // namespace libroute
