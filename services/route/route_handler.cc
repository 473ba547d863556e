#include "services/route/route_handler.h"

#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libroute/number/number_text.h"
#include "libroute/wire/decision_wire.h"
#include "libroute/wire/explanation_wire.h"
#include "libroute/wire/look_ahead_wire.h"
#include "libroute/wire/message_writer.h"
#include "services/request/field.h"
#include "services/route/report_message.h"

namespace libroute {
namespace {

// What is used again from one question to the next on the same thread. Nothing
// in it refers to a revision between questions.
struct Scratch {
  Question question;
  Decision decision;
  Ahead ahead;
  MessageWriter response;
};

Scratch& ThreadScratch() {
  thread_local Scratch scratch;
  return scratch;
}

// `decision` is what ABORTED comes with.
v1::Error ToError(const absl::Status& status, const Decision& decision, uint32_t step) {
  v1::Error error;
  error.set_code(static_cast<int>(status.code()));
  error.set_message(std::string(status.message()));
  if (absl::IsAborted(status)) ToProto(decision, step, error.mutable_decision());
  return error;
}

absl::Status CheckCount(absl::string_view field, int count, int max) {
  if (count <= max) return absl::OkStatus();
  return BadField(field, absl::StrCat("has ", count, " entries; at most ", max));
}

// What dials 112 whatever is dialled for it: the emergency services as RFC 5031
// names them, "urn:service:sos" and "urn:service:sos.fire".
bool IsEmergencyUrn(absl::string_view text) {
  constexpr absl::string_view kUrn = "urn:service:sos";
  if (!absl::StartsWithIgnoreCase(text, kUrn)) return false;
  return text.size() == kUrn.size() || text[kUrn.size()] == '.';
}

// What the first question `request` may dial for help, if its called number is
// read by `profile`; else empty.
Digits ShortDialled(absl::string_view called, const NumberProfile& profile) {
  if (IsEmergencyUrn(called)) return *Digits::Parse("112");
  return ReadDialText(called, profile);
}

// Whether `request` is the first question about a call for help, which `question`
// has taken over then.
bool ReadEmergency(const Engine& engine, const v1::RouteRequest& request, ProfileSource numbers,
                   Question& question) {
  const std::string& called = request.call().called();
  if (request.step() != 0 || called.empty()) return false;
  // As it is written first: a routing prefix may begin it by chance.
  Digits dialled = ShortDialled(called, NumberProfile());
  auto is_emergency = [&] {
    return !dialled.empty() && question.ReadEmergency(request, dialled, numbers).ok() &&
           engine.IsEmergency(question.call());
  };
  if (is_emergency()) return true;
  if (called[0] == '+') return false;
  dialled = ShortDialled(called, numbers());
  return is_emergency();
}

}  // namespace

// A question that waits for the owner of its contact.
struct RouteHandler::Entering {
  Enter enter;
  Decision decision;
  Reply reply;
};

absl::Status ReadQuestion(const Engine& engine, const v1::RouteRequest& request,
                          Question& question) {
  const std::string& ingress = request.call().ingress();
  auto numbers = [&]() -> const NumberProfile& { return engine.NumbersAt(ingress); };
  return ReadEmergency(engine, request, numbers, question) ? absl::OkStatus()
                                                           : question.Read(request, numbers);
}

absl::Status CheckMayAsk(const Principal& principal, const Question& question) {
  const Call& call = question.call();
  absl::Status status = CheckSwitch(principal, call.id.switch_name);
  // What comes later is bound to its first question by the continuation.
  if (!status.ok() || !question.is_first() || question.is_emergency()) return status;
  return CheckIngress(principal, call.ingress);
}

absl::Status RouteHandler::ReadAllowed(const v1::RouteRequest& request, const Principal& principal,
                                       Question& question) const {
  absl::Status status = ReadQuestion(engine_, request, question);
  return status.ok() ? CheckMayAsk(principal, question) : status;
}

void RouteHandler::Route(const v1::RouteRequest& request, const Principal& principal, Done done) {
  Scratch& scratch = ThreadScratch();
  Reply reply{request.step(), request.request_id(), std::move(done)};
  absl::Status status = ReadAllowed(request, principal, scratch.question);
  if (!status.ok()) {
    Conclude(std::move(status), scratch.decision, std::move(reply));
  } else {
    absl::StatusOr<Answer> answer = Ask(scratch.question, scratch.decision, reply);
    Conclude(std::move(answer), scratch.decision, std::move(reply));
  }
}

absl::StatusOr<Answer> RouteHandler::Ask(const Question& question, Decision& decision,
                                         Reply& reply) {
  absl::Time now = clock_();
  Besides besides;
  if (question.look_ahead() > 0) {
    besides.ahead = &ThreadScratch().ahead;
    besides.ahead->Begin(question.look_ahead());
    reply.ahead = besides.ahead;
  }
  if (question.explain()) {
    reply.explanation = std::make_shared<Explanation>();
    besides.explanation = reply.explanation.get();
  }
  if (question.is_first()) return engine_.Route(question.call(), now, decision, besides);
  return engine_.Resume(question.call(), question.continuation(), question.event(), now, decision,
                        besides);
}

// Ends with `reply.done`, which may ask the next question on this thread: after
// it `decision` belongs to that one.
void RouteHandler::Conclude(absl::StatusOr<Answer> answer, Decision& decision, Reply reply) {
  if (answer.ok() && std::holds_alternative<Enter>(*answer)) {
    EnterContact(std::get<Enter>(*std::move(answer)), decision, std::move(reply));
    return;
  }
  MessageWriter& out = ThreadScratch().response;
  out.Clear();
  out.Text(v1::RouteResponse::kRequestIdFieldNumber, reply.request_id);
  if (answer.ok()) {
    out.Message(v1::RouteResponse::kDecisionFieldNumber,
                [&] { WriteDecision(decision, reply.step, out); });
    if (reply.ahead != nullptr && !reply.ahead->empty()) {
      out.Message(v1::RouteResponse::kLookAheadFieldNumber,
                  [&] { WriteLookAhead(*reply.ahead, reply.step, out); });
    }
    if (reply.explanation != nullptr) {
      v1::Explanation message;
      ToProto(*reply.explanation, &message);
      out.Bytes(v1::RouteResponse::kExplanationFieldNumber, message.SerializeAsString());
    }
    decision.keep_alive.reset();
    reply.done({out.bytes()});
    return;
  }
  const v1::Error error = ToError(answer.status(), decision, reply.step);
  out.Bytes(v1::RouteResponse::kErrorFieldNumber, error.SerializeAsString());
  decision.keep_alive.reset();
  reply.done({out.bytes(), &error});
}

void RouteHandler::EnterContact(Enter enter, Decision& decision, Reply reply) {
  // Of a call that waits nothing follows, and the thread's next question needs the room.
  reply.ahead = nullptr;
  const size_t action = decision.action.index();
  auto entering =
      std::make_shared<Entering>(Entering{std::move(enter), std::move(decision), std::move(reply)});
  decision = Decision();
  contacts_.Complete(entering->enter, clock_(), entering->decision,
                     [entering, action, this](const absl::Status& status) {
                       // It explains the decision before the contact centre had its say.
                       if (entering->decision.action.index() != action) {
                         entering->reply.explanation = nullptr;
                       }
                       absl::StatusOr<Answer> answer = Finished();
                       if (!status.ok()) answer = status;
                       Conclude(std::move(answer), entering->decision, std::move(entering->reply));
                     });
}

absl::Status RouteHandler::Report(const v1::ReportRequest& request, const Principal& principal) {
  absl::Status status = CheckCount("reports", request.reports_size(), kMaxPerMessage);
  if (!status.ok()) return status;
  std::vector<CallReport> reports;
  for (int i = 0; i < request.reports_size(); ++i) {
    absl::StatusOr<CallReport> report = ReadReport(request.reports(i));
    if (!report.ok()) {
      return absl::Status(report.status().code(),
                          absl::StrCat("reports[", i, "].", report.status().message()));
    }
    status = CheckSwitch(principal, report->call.switch_name);
    if (!status.ok()) return status;
    reports.push_back(*std::move(report));
  }
  absl::Time now = clock_();
  for (const CallReport& report : reports) {
    status = engine_.Report(report, now);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status RouteHandler::ListLiveCalls(const v1::ListLiveCallsRequest& request,
                                         const Principal& principal,
                                         v1::ListLiveCallsResponse* response) {
  absl::Status status = CheckName(request.switch_());
  if (!status.ok()) return InField("switch", status);
  status = CheckCount("references", request.references_size(), kMaxReferences);
  if (!status.ok()) return status;
  for (int i = 0; i < request.references_size(); ++i) {
    status = CheckReference(request.references(i));
    if (!status.ok()) return InField(absl::StrCat("references[", i, "]"), status);
  }
  status = CheckSwitch(principal, request.switch_());
  if (!status.ok()) return status;
  std::vector<std::string> references(request.references().begin(), request.references().end());
  Engine::LiveCalls live =
      engine_.KeepLive(request.switch_(), request.epoch(), references, clock_());
  response->set_held(static_cast<uint32_t>(live.held));
  response->set_given_back(static_cast<uint32_t>(live.given_back));
  return absl::OkStatus();
}

}  // namespace libroute
