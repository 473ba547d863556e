#include "conversation.h"

#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "libroute/report/decision_text.h"
#include "libroute/v1/decision.pb.h"
#include "libroute/v1/explanation.pb.h"
#include "libroute/wire/decision_wire.h"
#include "libroute/wire/explanation_wire.h"

namespace {

// The structs of the engine serve a switch; people read their messages.
void Print(const libroute::Explanation& explanation, const libroute::Decision& decision,
           uint32_t step) {
  libroute::v1::Explanation why;
  libroute::ToProto(explanation, &why);
  libroute::v1::Decision what;
  libroute::ToProto(decision, step, &what);
  std::cout << libroute::ExplanationText(why)
            << libroute::DecisionText(what, absl::UTCTimeZone()) << "\n";
}

// A call that waits for an agent is entered at the contact centre.
absl::Status Complete(libroute::Engine& engine, const absl::StatusOr<libroute::Answer>& answer,
                      absl::Time now, libroute::Decision& decision) {
  if (!answer.ok()) return answer.status();
  const auto* enter = std::get_if<libroute::Enter>(&*answer);
  return enter == nullptr ? absl::OkStatus() : engine.Complete(*enter, now, decision);
}

absl::StatusOr<libroute::Call> MakeCall(const std::string& called) {
  libroute::Call call;
  call.id.switch_name = "example";
  call.id.epoch = 1;
  call.id.reference = "call-1";
  absl::StatusOr<libroute::E164Number> number = libroute::E164Number::Parse(called);
  if (!number.ok()) return number.status();
  call.called = *number;
  return call;
}

}  // namespace

absl::StatusOr<std::unique_ptr<libroute::Engine>> MakeEngine() {
  libroute::EngineOptions options;
  // A real program keeps a secret key in a file, and may have several servers
  // that share it.
  options.keys.keys = {std::string(libroute::SealKeys::kKeyBytes, 'k')};
  return libroute::Engine::Create(std::move(options));
}

bool PublishPlan(libroute::Engine& engine, const libroute::v1::Plan& plan, absl::Time now) {
  const libroute::Publication publication = engine.Publish(plan, {}, now);
  for (const libroute::Issue& issue : publication.issues) {
    std::cerr << libroute::FormatIssue(issue) << "\n";
  }
  return !libroute::HasErrors(publication.issues);
}

absl::StatusOr<std::string> RouteBusyCall(libroute::Engine& engine, const std::string& called,
                                          absl::Time now) {
  absl::StatusOr<libroute::Call> made = MakeCall(called);
  if (!made.ok()) return made.status();
  libroute::Call call = *made;

  libroute::Decision decision;
  absl::StatusOr<libroute::Explanation> why = engine.Explain(call, now, decision);
  if (!why.ok()) return why.status();
  absl::Status done = Complete(engine, engine.Route(call, now, decision), now, decision);
  if (!done.ok()) return done;
  Print(*why, decision, call.step);

  const libroute::Event busy = *libroute::ParseEvent("busy");
  while (decision.resumable && std::holds_alternative<libroute::DialDecision>(decision.action)) {
    std::cout << "... busy\n\n";
    ++call.step;
    const std::string continuation = decision.continuation;
    why = engine.ExplainResume(call, continuation, busy, now, decision);
    if (!why.ok()) return why.status();
    done = Complete(engine, engine.Resume(call, continuation, busy, now, decision), now, decision);
    if (!done.ok()) return done;
    Print(*why, decision, call.step);
  }
  const absl::string_view action = libroute::ActionName(decision.action);
  return std::string(action.data(), action.size());
}
