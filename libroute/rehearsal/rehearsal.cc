#include "libroute/rehearsal/rehearsal.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "libroute/call/event.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/written_duration.h"
#include "libroute/tree/plan_tests.h"
#include "libroute/v1/explanation.pb.h"
#include "libroute/v1/plan.pb.h"
#include "libroute/wire/decision_wire.h"
#include "libroute/wire/explanation_wire.h"
#include "libroute/wire/line_features_wire.h"
#include "libroute/wire/look_ahead_wire.h"

namespace libroute {
namespace {

std::unique_ptr<Engine> MakeEngine() {
  EngineOptions options;
  options.keys.keys = {std::string(SealKeys::kKeyBytes, 'r')};
  options.rehearses_callbacks = true;
  return *Engine::Create(std::move(options));
}

absl::string_view GivenField(FactKind kind) {
  switch (kind) {
    case FactKind::kDestination:
      return "destinations";
    case FactKind::kSite:
      return "sites";
    case FactKind::kSwitch:
      return "switches";
    case FactKind::kGroup:
      return "groups";
    case FactKind::kConference:
      return "conferences";
    case FactKind::kLimit:
      return "limits";
    case FactKind::kGateway:
      return "gateways";
  }
  return "";
}

// States all facts of one kind.
template <typename Map>
absl::Status GiveAll(Engine& engine, absl::string_view customer, FactKind kind, const Map& facts) {
  for (const auto& [name, value] : facts) {
    const std::string path = KeyPath(GivenField(kind), name);
    if (value == 0) return absl::InvalidArgumentError(absl::StrCat(path, ": no state is given"));
    absl::Status status =
        engine.SetFact(customer, kind, name, static_cast<uint8_t>(value), absl::InfiniteFuture());
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat(path, ": ", status.message()));
  }
  return absl::OkStatus();
}

absl::Status GiveFigures(Engine& engine, absl::string_view customer, const v1::Given& given) {
  for (const auto& [name, written] : given.group_figures()) {
    const std::vector<FieldFault> faults = FaultsOf(written);
    if (!faults.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(
          KeyPath("group_figures", name), ".", faults.front().field, ": ", faults.front().message));
    }
    GroupFigures figures;
    figures.is_open = !written.has_open() || written.open();
    figures.logged_in = written.logged_in();
    figures.ready = written.ready();
    figures.free = written.free();
    figures.waiting = written.waiting();
    if (written.has_longest_wait()) figures.longest_wait = WrittenDuration(written.longest_wait());
    if (written.has_expected_wait())
      figures.expected_wait = WrittenDuration(written.expected_wait());
    absl::Status status = engine.SetGroupFigures(customer, name, figures);
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(KeyPath("group_figures", name), ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

void SetAt(absl::Time at, v1::Explanation& message) {
  const int64_t seconds = absl::ToUnixSeconds(at);
  message.mutable_at()->set_seconds(seconds);
  message.mutable_at()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(at - absl::FromUnixSeconds(seconds))));
}

}  // namespace

Rehearsal::Rehearsal() : engine_(MakeEngine()) {}
Rehearsal::~Rehearsal() = default;

Publication Rehearsal::Publish(const v1::Plan& plan, const Attachments& attachments,
                               absl::Time now) {
  return engine_->Publish(plan, attachments, now);
}

std::vector<Issue> Rehearsal::SetInventory(const v1::Inventory& inventory) {
  return engine_->SetInventory(inventory);
}

absl::Status Rehearsal::GiveSwitches(absl::string_view customer, const v1::Given& given) {
  for (const auto& [name, state] : given.switches()) {
    absl::Status status = engine_->SetSwitch(customer, {name, state}, {"rehearsal", {}});
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(KeyPath("switches", name), ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

absl::Status Rehearsal::GiveRecovery(absl::string_view customer, const v1::Given& given) {
  // What is off makes room for others.
  for (const bool is_off : {true, false}) {
    for (const auto& [name, state] : given.recovery_plans()) {
      if ((state == v1::RECOVERY_STATE_OFF) != is_off) continue;
      const std::string path = KeyPath("recovery_plans", name);
      if (state == v1::RECOVERY_STATE_UNSPECIFIED) {
        return absl::InvalidArgumentError(absl::StrCat(path, ": no state is given"));
      }
      RecoverySetting setting;
      setting.name = name;
      setting.state = static_cast<RecoveryState>(state);
      absl::Status status = engine_->SetRecovery(customer, setting, {"rehearsal", {}}).status();
      if (!status.ok()) {
        return absl::InvalidArgumentError(absl::StrCat(path, ": ", status.message()));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status Rehearsal::GiveLines(absl::string_view customer, const v1::Given& given) {
  for (const auto& [name, features] : given.lines()) {
    const std::string path = KeyPath("lines", name);
    absl::StatusOr<LineSettings> settings = FromProto(features);
    absl::Status status = settings.status();
    if (status.ok()) status = engine_->SetLineFeatures(customer, name, *settings);
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat(path, ": ", status.message()));
  }
  return absl::OkStatus();
}

absl::Status Rehearsal::ForgetFigures(absl::string_view customer, absl::string_view group) {
  return engine_->ClearGroupFigures(customer, group);
}

absl::Status Rehearsal::Give(absl::string_view customer, const v1::Given& given) {
  absl::Status status = GiveAll(*engine_, customer, FactKind::kDestination, given.destinations());
  if (status.ok()) status = GiveAll(*engine_, customer, FactKind::kSite, given.sites());
  if (status.ok()) status = GiveAll(*engine_, customer, FactKind::kGateway, given.gateways());
  if (status.ok()) status = GiveSwitches(customer, given);
  if (status.ok()) status = GiveAll(*engine_, customer, FactKind::kGroup, given.groups());
  if (status.ok()) status = GiveFigures(*engine_, customer, given);
  if (status.ok()) {
    status = GiveAll(*engine_, customer, FactKind::kConference, given.conferences());
  }
  if (status.ok()) status = GiveAll(*engine_, customer, FactKind::kLimit, given.limits());
  if (status.ok()) status = GiveLines(customer, given);
  if (status.ok()) status = GiveRecovery(customer, given);
  return status;
}

absl::StatusOr<std::string> Rehearsal::CustomerOf(const Call& call, absl::Time at) const {
  Decision decision;
  absl::StatusOr<Explanation> explanation = engine_->Explain(call, at, decision);
  if (!explanation.ok()) return explanation.status();
  return std::string(decision.customer);
}

absl::StatusOr<std::string> Rehearsal::CustomerOf(const Email& email) const {
  return engine_->FindMailboxCustomer(email);
}

absl::StatusOr<RehearsalStep> Rehearsal::First(const Email& email, absl::Time at) {
  call_ = Call();
  email_ = email;
  at_ = at;
  decision_.reset();
  auto decision = std::make_unique<Decision>();
  const absl::StatusOr<Explanation> explanation = engine_->ExplainEmail(email, at, *decision);
  if (!explanation.ok()) return explanation.status();
  return Told(*explanation, std::move(decision));
}

absl::StatusOr<RehearsalStep> Rehearsal::First(const Call& call, absl::Time at) {
  call_ = call;
  email_.reset();
  at_ = at;
  decision_.reset();
  ahead_.Begin(look_ahead_);
  // Explained first: afterwards the step may have had its effect.
  auto decision = std::make_unique<Decision>();
  absl::StatusOr<Explanation> explanation = engine_->Explain(call_, at_, *decision);
  absl::StatusOr<Answer> answer = engine_->Route(call_, at_, *decision, {&ahead_});
  return Finish(answer, std::move(explanation), std::move(decision));
}

absl::StatusOr<RehearsalStep> Rehearsal::Next(absl::string_view event) {
  absl::StatusOr<Event> parsed = ParseEvent(event);
  if (!parsed.ok()) return parsed.status();
  if (decision_ == nullptr || decision_->continuation.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "nothing comes of the event ", Quoted(event), ": ",
        decision_ == nullptr ? "nothing was asked about yet"
                             : absl::StrCat(ActionName(decision_->action), " is the end of it")));
  }
  if (email_.has_value()) return NextOfEmail(event, *parsed);
  ++call_.step;
  ahead_.Begin(look_ahead_);
  const std::string& continuation = decision_->continuation;
  auto decision = std::make_unique<Decision>();
  absl::StatusOr<Explanation> explanation =
      engine_->ExplainResume(call_, continuation, *parsed, at_, *decision);
  absl::StatusOr<Answer> answer =
      engine_->Resume(call_, continuation, *parsed, at_, *decision, {&ahead_});
  absl::StatusOr<RehearsalStep> step = Finish(answer, std::move(explanation), std::move(decision));
  if (step.ok()) {
    step->event = std::string(event);
  } else {
    --call_.step;
  }
  return step;
}

absl::StatusOr<RehearsalStep> Rehearsal::NextOfEmail(absl::string_view event, const Event& parsed) {
  auto decision = std::make_unique<Decision>();
  const absl::StatusOr<Explanation> explanation =
      engine_->ExplainEmailResume(*email_, decision_->continuation, parsed, at_, *decision);
  if (!explanation.ok()) return explanation.status();
  ++call_.step;
  RehearsalStep step = Told(*explanation, std::move(decision));
  step.event = std::string(event);
  return step;
}

absl::StatusOr<RehearsalStep> Rehearsal::Finish(const absl::StatusOr<Answer>& answer,
                                                absl::StatusOr<Explanation> explanation,
                                                std::unique_ptr<Decision> decision) {
  if (!answer.ok()) return answer.status();
  if (!explanation.ok()) return explanation.status();
  if (const Enter* enter = std::get_if<Enter>(&*answer)) {
    absl::Status status = engine_->Complete(*enter, at_, *decision);
    if (!status.ok()) return status;
  }
  return Told(*explanation, std::move(decision));
}

RehearsalStep Rehearsal::Told(const Explanation& explanation, std::unique_ptr<Decision> decision) {
  auto message = std::make_shared<v1::Explanation>();
  ToProto(explanation, message.get());
  if (email_.has_value()) {
    EmailToProto(*decision, message->mutable_decision());
  } else {
    ToProto(*decision, call_.step, message->mutable_decision());
  }
  if (!email_.has_value() && look_ahead_ > 0 && !ahead_.empty()) {
    ToProto(ahead_, call_.step, message->mutable_look_ahead());
  }
  SetAt(at_, *message);
  decision_ = std::move(decision);
  return RehearsalStep{"", std::move(message)};
}

}  // namespace libroute
