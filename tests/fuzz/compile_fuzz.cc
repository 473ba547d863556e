// Fuzz target: the text of a plan, a zero byte, and choices. Publishing the
// plan ends without harm; if it is accepted, every call to its numbers is
// answered by an action, whatever events follow, and within the limits.

#include <memory>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/engine/engine.h"
#include "libroute/number/pattern.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"
#include "tests/fuzz/fuzz_input.h"

namespace libroute {
namespace {

constexpr int kCalls = 4;
// More than any call may take: attempts and menus are limited.
constexpr int kMaxSteps = 4000;

absl::Time Start() {
  return absl::FromUnixSeconds(1'790'000'000);
}

std::unique_ptr<Engine> MakeEngine() {
  EngineOptions options;
  options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
  return *Engine::Create(options);
}

Event EventFrom(const Decision& decision, FuzzInput& input) {
  static constexpr absl::string_view kEvents[] = {
      "busy",        "no_answer",  "not_confirmed", "unreachable",  "rejected",  "redirected",
      "bad_number",  "congestion", "failure",       "answered",     "digits:1",  "digits:*",
      "digits:1234", "no_input",   "played",        "timeout",      "no_agents", "none_ready",
      "full",        "closed",     "hangup",        "called_hangup"};
  // Mostly what fits, so that calls get somewhere.
  absl::string_view text;
  if (input.Below(8) == 7) {
    text = kEvents[input.Below(std::size(kEvents))];
  } else if (decision.ask_after && input.Below(4) == 3) {
    text = "called_hangup";
  } else if (std::holds_alternative<DialDecision>(decision.action)) {
    text = kEvents[input.Below(9)];
  } else if (std::holds_alternative<MenuDecision>(decision.action) ||
             std::holds_alternative<CollectDecision>(decision.action)) {
    text = kEvents[10 + input.Below(4)];
  } else if (std::holds_alternative<WaitDecision>(decision.action)) {
    text = kEvents[15 + input.Below(5)];
  } else {
    const auto* announce = std::get_if<AnnounceDecision>(&decision.action);
    const bool may_end = announce != nullptr && announce->interruptible;
    text = may_end && input.Below(2) == 1 ? "digits:1234" : "played";
  }
  return *ParseEvent(text);
}

void CheckDecision(const Decision& decision) {
  if (std::holds_alternative<std::monostate>(decision.action)) {
    FuzzFailure("no action", decision.node);
  }
  if (decision.resumable == decision.continuation.empty()) {
    FuzzFailure("resumable and continuation disagree", decision.node);
  }
}

void Complete(Engine& engine, const Answer& answer, absl::Time now, Decision& decision) {
  const auto* enter = std::get_if<Enter>(&answer);
  if (enter != nullptr && !engine.Complete(*enter, now, decision).ok()) {
    FuzzFailure("a contact is refused", enter->contact.group);
  }
}

// Follows a call to its end.
void RunCall(Engine& engine, Call call, FuzzInput& input) {
  absl::Time now = Start() + absl::Minutes(input.Below(1 << 20));
  Decision decision;
  absl::StatusOr<Answer> answer = engine.Route(call, now, decision);
  if (!answer.ok()) FuzzFailure("Route fails", answer.status().ToString());
  Complete(engine, *answer, now, decision);
  CheckDecision(decision);
  while (decision.resumable) {
    if (call.step > kMaxSteps) FuzzFailure("a call does not end", decision.node);
    // Without choices left every dial is busy, every menu gets no input.
    const Event event = EventFrom(decision, input);
    now += absl::Seconds(input.Below(256));
    ++call.step;
    const std::string continuation = decision.continuation;
    Decision next;
    answer = engine.Resume(call, continuation, event, now, next);
    if (absl::IsInvalidArgument(answer.status())) {
      // An event that does not fit; the call stays where it was.
      --call.step;
      if (input.empty()) return;
      continue;
    }
    if (!answer.ok()) FuzzFailure("Resume fails", answer.status().ToString());
    Complete(engine, *answer, now, next);
    CheckDecision(next);
    decision = next;
  }
}

void RunPlan(const v1::Plan& plan, FuzzInput& input) {
  const std::unique_ptr<Engine> engine = MakeEngine();
  const Publication publication = engine->Publish(plan, {}, Start());
  if (publication.changed == HasErrors(publication.issues)) {
    FuzzFailure("published despite errors, or not without", publication.customer);
  }
  if (!publication.changed || plan.numbers().empty()) return;
  if (engine->Publish(plan, {}, Start()).changed) FuzzFailure("published twice", plan.customer());
  for (int i = 0; i < kCalls; ++i) {
    const auto& number = plan.numbers(static_cast<int>(input.Below(65536) % plan.numbers_size()));
    Call call;
    call.id = {"fuzz", 1, absl::StrCat("call-", i)};
    const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(number.number());
    if (!pattern.ok()) FuzzFailure("a pattern was published that is none", number.number());
    Digits called = pattern->last();
    while (called.size() < E164Number::kMinLength) called = called.Append(0);
    call.called = E164Number::FromDigits(called);
    if (input.Below(2) == 1) call.calling = call.called;
    call.calling_privacy = static_cast<Privacy>(1 + input.Below(3));
    RunCall(*engine, call, input);
  }
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const size_t end = bytes.find('\0');
  const libroute::ReadResult read = libroute::ReadPlan(bytes.substr(0, end), "fuzz");
  if (libroute::HasErrors(read.issues)) return 0;
  libroute::FuzzInput input(end == absl::string_view::npos ? "" : bytes.substr(end + 1));
  libroute::RunPlan(*read.plan, input);
  return 0;
}
