#ifndef LIBROUTE_SERVICES_ROUTE_ROUTE_HANDLER_H_
#define LIBROUTE_SERVICES_ROUTE_ROUTE_HANDLER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
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
//   handler.Route(request, principal,
//                 [&](const RouteHandler::Response& response) { send(response.bytes); });
//
// Route and RouteMany answer by calling `done` exactly once: before they
// return, or later from another thread, when a contact owner takes its time.
// The request need not live that long. Answers are bytes, ready to be sent:
// most are never looked at here, and as messages they would cost more than the
// decision does.
//
// Thread-safe: any number of requests at the same time.
class RouteHandler {
 public:
  using Clock = std::function<absl::Time()>;

  // The answer to one question, until `done` returns or puts another one.
  struct Response {
    // Of a v1::RouteResponse.
    absl::string_view bytes;
    // What it says, if it is no decision but an error; else null.
    const v1::Error* error = nullptr;
  };
  using Done = std::function<void(const Response& response)>;
  // `bytes` are those of a v1::RouteStreamResponse, until it returns.
  using ManyDone = std::function<void(absl::string_view bytes)>;

  // How many questions, or reports, one message may carry.
  static constexpr int kMaxPerMessage = 1000;
  static constexpr int kMaxReferences = 100000;

  // `engine` and `contacts` must outlive the handler and all its answers.
  RouteHandler(Engine& engine, ContactOwner& contacts, Clock clock)
      : engine_(engine), contacts_(contacts), clock_(std::move(clock)) {}

  // One question. Every answer is in the response, refusals as its `error`.
  // Costs some 0.3 us more than the engine does.
  void Route(const v1::RouteRequest& request, const Principal& principal, Done done);

  // Many questions; the response has the answer of each, in the same order.
  // First questions are put to the engine together. OK, or InvalidArgument
  // when there are more than kMaxPerMessage: then `done` is not called.
  absl::Status RouteMany(const v1::RouteStreamRequest& request, const Principal& principal,
                         ManyDone done);

  absl::Status Report(const v1::ReportRequest& request, const Principal& principal);

  absl::Status Explain(const v1::ExplainRequest& request, const Principal& principal,
                       v1::ExplainResponse* response);

  absl::Status ListLiveCalls(const v1::ListLiveCallsRequest& request, const Principal& principal,
                             v1::ListLiveCallsResponse* response);

 private:
  class Answers;
  struct Chunk;
  struct Entering;

  // Where one answer goes.
  struct Reply {
    uint32_t step = 0;
    std::string request_id;
    Done done;
    // What goes with the decision; null: that is not asked for.
    const Ahead* ahead = nullptr;
    std::shared_ptr<Explanation> explanation;
  };

  // The questions from number `first` on, as many as a chunk has.
  void RouteChunk(const v1::RouteStreamRequest& request, int first, const Principal& principal,
                  Answers* answers);
  absl::Status ExplainEmail(const v1::ExplainRequest& request, const Principal& principal,
                            v1::ExplainResponse* response) const;
  absl::Status ReadAllowed(const v1::RouteRequest& request, const Principal& principal,
                           Question& question) const;
  // What goes with the decision comes into `reply`.
  absl::StatusOr<Answer> Ask(const Question& question, Decision& decision, Reply& reply);
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
