#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/report/decision_text.h"
#include "libroute/wire/decision_wire.h"
#include "libroute/wire/explanation_wire.h"
#include "libroute/wire/look_ahead_wire.h"
#include "services/request/email.h"
#include "services/request/field.h"
#include "services/request/proto_time.h"
#include "services/route/event_message.h"
#include "services/route/route_handler.h"

namespace libroute {
namespace {

// Who asks about a call that does not exist need not name it.
constexpr absl::string_view kNoSwitch = "explain";

// `request` with a call id; one that was left out gets the name of the
// principal's switch.
absl::StatusOr<v1::RouteRequest> WithCallId(const v1::RouteRequest& request,
                                            const Principal& principal) {
  v1::RouteRequest named = request;
  if (request.has_call_id()) return named;
  if (request.step() > 0 || !request.continuation().empty()) {
    return BadField("call_id", "is missing; a continuation belongs to its call");
  }
  named.mutable_call_id()->set_switch_(principal.switch_name.empty() ? std::string(kNoSwitch)
                                                                     : principal.switch_name);
  named.mutable_call_id()->set_reference(std::string(kNoSwitch));
  return named;
}

// Customers are looked at when it is known whose call it is.
absl::Status CheckMayExplain(const Principal& principal, const Question& question) {
  if (principal.is_operator || !principal.customer.empty()) return absl::OkStatus();
  return CheckMayAsk(principal, question);
}

// Does not say whose call it is instead.
absl::Status CheckOwnCall(const Principal& principal, absl::string_view customer) {
  if (principal.customer.empty() || principal.customer == customer) return absl::OkStatus();
  return absl::PermissionDeniedError(
      absl::StrCat(principal.name, " may only ask about calls to its own numbers"));
}

absl::Status InQuestion(const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat("question.", status.message()));
}

void AddText(v1::Explanation* message) {
  message->set_text(absl::StrCat(ExplanationText(*message), "\n",
                                 DecisionText(message->decision(), absl::UTCTimeZone())));
}

// What is asked of a call cannot be asked of an e-mail.
absl::Status CheckAsksOfEmail(const v1::RouteRequest& question) {
  v1::RouteRequest others = question;
  others.clear_continuation();
  others.clear_event();
  if (others.ByteSizeLong() > 0) {
    return BadField("question",
                    "is about a call; with `email` it has continuation and event alone");
  }
  if (question.has_event() == !question.continuation().empty()) return absl::OkStatus();
  return BadField("question", "needs both continuation and event, or is left out");
}

// A customer learns nothing of mailboxes that are others'.
absl::Status CheckOwnMailbox(const Engine& engine, const Principal& principal, const Email& email) {
  const bool sees_all =
      principal.has_all_roles || principal.is_operator || !principal.switch_name.empty();
  if (sees_all) return absl::OkStatus();
  const absl::StatusOr<std::string> customer = engine.FindMailboxCustomer(email);
  if (customer.ok() && CheckCustomer(principal, *customer).ok()) return absl::OkStatus();
  if (absl::IsInvalidArgument(customer.status())) return InEmail(customer.status());
  return absl::PermissionDeniedError(
      absl::StrCat(principal.name, " may only ask about e-mails to its own mailboxes"));
}

}  // namespace

absl::Status RouteHandler::Explain(const v1::ExplainRequest& request, const Principal& principal,
                                   v1::ExplainResponse* response) {
  if (request.has_email()) return ExplainEmail(request, principal, response);
  if (!request.has_question()) return BadField("question", "is missing");
  absl::StatusOr<v1::RouteRequest> named = WithCallId(request.question(), principal);
  Question question;
  absl::Status status = named.ok() ? ReadQuestion(engine_, *named, question) : named.status();
  if (!status.ok()) {
    return InQuestion(status);
  }
  status = CheckMayExplain(principal, question);
  if (!status.ok()) return status;
  absl::StatusOr<absl::Time> at = clock_();
  if (request.has_at()) at = ReadTime(request.at());
  if (!at.ok()) return InField("at", at.status());
  Decision decision;
  Ahead ahead;
  ahead.Begin(question.look_ahead());
  absl::StatusOr<Explanation> explanation =
      question.is_first() ? engine_.Explain(question.call(), *at, decision, &ahead)
                          : engine_.ExplainResume(question.call(), question.continuation(),
                                                  question.event(), *at, decision, &ahead);
  if (!explanation.ok()) return explanation.status();
  status = CheckOwnCall(principal, decision.customer);
  if (!status.ok()) return status;
  const std::string& ingress = request.question().call().ingress();
  auto numbers = [&]() -> const NumberProfile& { return engine_.NumbersAt(ingress); };
  for (std::string& note : NotesOn(request.question(), numbers)) {
    explanation->notes.push_back(std::move(note));
  }
  v1::Explanation* message = response->mutable_explanation();
  ToProto(*explanation, message);
  ToProto(decision, question.call().step, message->mutable_decision());
  WriteTime(*at, message->mutable_at());
  if (question.look_ahead() > 0 && !ahead.empty()) {
    ToProto(ahead, question.call().step, message->mutable_look_ahead());
  }
  AddText(message);
  return absl::OkStatus();
}

absl::Status RouteHandler::ExplainEmail(const v1::ExplainRequest& request,
                                        const Principal& principal,
                                        v1::ExplainResponse* response) const {
  absl::Status status = CheckAsksOfEmail(request.question());
  if (!status.ok()) return status;
  Email email = ReadEmail(request.email());
  email.connector = principal.switch_name.empty() ? std::string(kNoSwitch) : principal.switch_name;
  status = CheckOwnMailbox(engine_, principal, email);
  if (!status.ok()) return status;
  absl::StatusOr<absl::Time> at = clock_();
  if (request.has_at()) at = ReadTime(request.at());
  if (!at.ok()) return InField("at", at.status());
  const v1::RouteRequest& question = request.question();
  const uint32_t step = question.has_event() ? 1 : 0;
  Event event;
  if (question.has_event()) status = ReadEvent(question.event(), step, event);
  if (!status.ok()) return InQuestion(status);
  Decision decision;
  const absl::StatusOr<Explanation> explanation =
      question.has_event()
          ? engine_.ExplainEmailResume(email, question.continuation(), event, *at, decision)
          : engine_.ExplainEmail(email, *at, decision);
  if (!explanation.ok()) {
    const absl::string_view what = explanation.status().message();
    const bool is_of_question =
        absl::StartsWith(what, "continuation") || absl::StartsWith(what, "event");
    return is_of_question ? InQuestion(explanation.status()) : InEmail(explanation.status());
  }
  v1::Explanation* message = response->mutable_explanation();
  ToProto(*explanation, message);
  EmailToProto(decision, message->mutable_decision());
  WriteTime(*at, message->mutable_at());
  AddText(message);
  return absl::OkStatus();
}

}  // namespace libroute
