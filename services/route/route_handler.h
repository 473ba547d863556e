#ifndef LIBROUTE_SERVICES_ROUTE_ROUTE_HANDLER_H_
#define LIBROUTE_SERVICES_ROUTE_ROUTE_HANDLER_H_

#include <cstdint>
#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/engine/engine.h"
#include "libroute/v1/route.pb.h"
#include "services/access/principal.h"
#include "services/route/contact_owner.h"
#include "services/route/question.h"

namespace libroute {

// Answers the requests of RouteService (route.proto), without gRPC.
//
//   RouteHandler handler(engine, contacts, absl::Now);
//   handler.Route(request, principal, &response, [&] { send(response); });
//
// Route and RouteMany answer by calling `done` exactly once, when the response
// is complete: before they return, or later from another thread, when a
// contact owner takes its time. Request and response must live until then.
//
// Thread-safe: any number of requests at the same time.
class RouteHandler {
 public:
  using Clock = std::function<absl::Time()>;
  using Done = std::function<void()>;

  // How many questions, or reports, one message may carry.
  static constexpr int kMaxPerMessage = 1000;
  static constexpr int kMaxReferences = 100000;

  // `engine` and `contacts` must outlive the handler and all its answers.
  RouteHandler(Engine& engine, ContactOwner& contacts, Clock clock)
      : engine_(engine), contacts_(contacts), clock_(std::move(clock)) {}

  // One question. Every answer is in the response, refusals as its `error`.
  // Costs less than a microsecond more than the engine does.
  void Route(const v1::RouteRequest& request, const Principal& principal,
             v1::RouteResponse* response, Done done);

  // Many questions; `response` has the answer of each, in the same order.
  // First questions are put to the engine together. OK, or InvalidArgument
  // when there are more than kMaxPerMessage: then `done` is not called.
  absl::Status RouteMany(const v1::RouteStreamRequest& request, const Principal& principal,
                         v1::RouteStreamResponse* response, Done done);

  absl::Status Report(const v1::ReportRequest& request, const Principal& principal);

  absl::Status Explain(const v1::ExplainRequest& request, const Principal& principal,
                       v1::ExplainResponse* response);

  absl::Status ListLiveCalls(const v1::ListLiveCallsRequest& request, const Principal& principal,
                             v1::ListLiveCallsResponse* response);

 private:
  class Join;
  struct Chunk;

  // Where one answer goes.
  struct Reply {
    uint32_t step = 0;
    v1::RouteResponse* response = nullptr;
    Done done;
  };
  struct Entering;

  // Where the answers of one message go.
  struct Replies {
    v1::RouteStreamResponse* response = nullptr;
    Join* join = nullptr;
  };

  // The questions from number `first` on, as many as a chunk has.
  void RouteChunk(const v1::RouteStreamRequest& request, int first, const Principal& principal,
                  Replies replies);
  absl::Status ReadAllowed(const v1::RouteRequest& request, const Principal& principal,
                           Question& question) const;
  absl::StatusOr<Answer> Ask(const Question& question, Decision& decision);
  void Conclude(absl::StatusOr<Answer> answer, Decision& decision, Reply reply);
  void EnterContact(Enter enter, Decision& decision, Reply reply);

  Engine& engine_;
  ContactOwner& contacts_;
  Clock clock_;
};

// Reads a question. Errors of Question::Read; of a call to an emergency number
// of its ingress, those of Question::ReadEmergency.
absl::Status ReadQuestion(const Engine& engine, const v1::RouteRequest& request,
                          Question& question);

// PermissionDenied unless the principal, a switch, may ask `question`. A call
// to an emergency number may come by any ingress.
absl::Status CheckMayAsk(const Principal& principal, const Question& question);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_ROUTE_HANDLER_H_
