#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libroute/call/event.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/when.h"
#include "libroute/rehearsal/test_call.h"
#include "libroute/v1/explanation.pb.h"
#include "libroute/v1/route.pb.h"
#include "services/routectl/dialogues.h"
#include "services/routectl/route_client.h"

namespace libroute {
namespace {

void FillDialResult(const Event& event, v1::DialResult& message) {
  for (const AttemptResult& result : event.results) {
    v1::AttemptResult& added = *message.add_results();
    added.set_outcome(static_cast<v1::Outcome>(result.outcome));
    added.set_sip_status(static_cast<uint32_t>(result.sip_status));
    added.set_q850_cause(static_cast<uint32_t>(result.q850_cause));
  }
}

void FillEvent(const Event& event, v1::Event& message) {
  switch (event.kind) {
    case EventKind::kDialResult:
      return FillDialResult(event, *message.mutable_dial());
    case EventKind::kDigits:
      return message.set_digits(event.digits.ToString());
    case EventKind::kNoInput:
      message.mutable_no_input();
      return;
    case EventKind::kPlayed:
      message.mutable_played();
      return;
    case EventKind::kWaitTimeout:
      return message.set_wait_ended(v1::WAIT_END_TIMEOUT);
    case EventKind::kNoAgents:
      return message.set_wait_ended(v1::WAIT_END_NO_AGENTS);
    case EventKind::kNoneReady:
      return message.set_wait_ended(v1::WAIT_END_NONE_READY);
    case EventKind::kGroupFull:
      return message.set_wait_ended(v1::WAIT_END_FULL);
    case EventKind::kGroupClosed:
      return message.set_wait_ended(v1::WAIT_END_CLOSED);
    case EventKind::kContactChanged:
      // No switch says so.
      return;
    case EventKind::kCallerReleased:
      message.mutable_caller_released();
      return;
    case EventKind::kCalledReleased:
      message.mutable_called_released();
      return;
    case EventKind::kCallbackWanted:
      message.mutable_callback_wanted()->set_number(event.callback_number);
      return;
  }
}

// Asks by Explain: no effect on the server. Questions about e-mails have no steps.
class ExplainDialogue : public Dialogue {
 public:
  ExplainDialogue(std::unique_ptr<RouteClient> client, v1::ExplainRequest request)
      : client_(std::move(client)), request_(std::move(request)) {}

  absl::StatusOr<RehearsalStep> First() override { return Ask(""); }

  absl::StatusOr<RehearsalStep> Next(absl::string_view event) override {
    absl::StatusOr<Event> parsed = ParseEvent(event);
    if (!parsed.ok()) return parsed.status();
    v1::RouteRequest& question = *request_.mutable_question();
    if (question.continuation().empty()) {
      return absl::FailedPreconditionError(
          absl::StrCat("nothing comes of the event ", event, ": no question follows"));
    }
    if (!request_.has_email()) question.set_step(question.step() + 1);
    question.clear_event();
    FillEvent(*parsed, *question.mutable_event());
    question.clear_call();
    return Ask(event);
  }

  absl::TimeZone zone() const override { return absl::LocalTimeZone(); }

 protected:
  virtual absl::StatusOr<v1::Explanation> Answer() {
    absl::StatusOr<v1::ExplainResponse> response = client_->Explain(request_);
    if (!response.ok()) return response.status();
    return std::move(*response->mutable_explanation());
  }

  RouteClient& client() { return *client_; }
  const v1::RouteRequest& question() const { return request_.question(); }

 private:
  absl::StatusOr<RehearsalStep> Ask(absl::string_view event) {
    absl::StatusOr<v1::Explanation> answer = Answer();
    if (!answer.ok()) return answer.status();
    auto explanation = std::make_shared<v1::Explanation>(*std::move(answer));
    request_.mutable_question()->set_continuation(explanation->decision().continuation());
    return RehearsalStep{std::string(event), std::move(explanation)};
  }

  std::unique_ptr<RouteClient> client_;
  v1::ExplainRequest request_;
};

// Asks by Route, as a switch does, and reports the end of the call.
class RouteDialogue final : public ExplainDialogue {
 public:
  using ExplainDialogue::ExplainDialogue;

  ~RouteDialogue() override {
    if (!report_wanted_) return;
    v1::ReportRequest request;
    v1::CallReport& report = *request.add_reports();
    *report.mutable_call_id() = question().call_id();
    report.mutable_released()->set_by(v1::RELEASED_BY_CALLER);
    // A server that does not hear of it lets go of the call by itself, later.
    client().Report(request).IgnoreError();
  }

 protected:
  absl::StatusOr<v1::Explanation> Answer() override {
    absl::StatusOr<v1::RouteResponse> response = client().Route(question());
    if (!response.ok()) return response.status();
    v1::Explanation answer;
    answer.mutable_decision()->Swap(response->mutable_decision());
    if (response->has_look_ahead())
      answer.mutable_look_ahead()->Swap(response->mutable_look_ahead());
    for (int kind : answer.decision().report()) {
      report_wanted_ |= kind == v1::REPORT_KIND_RELEASED;
    }
    return answer;
  }

 private:
  bool report_wanted_ = false;
};

// A server does not say in which zone its plans are: a local time would be
// ours, not the plan's.
absl::StatusOr<absl::Time> ReadInstant(absl::string_view text) {
  absl::StatusOr<absl::Time> here = ParseWhen(text, absl::UTCTimeZone());
  absl::StatusOr<absl::Time> elsewhere = ParseWhen(text, absl::FixedTimeZone(3600));
  if (here.ok() && elsewhere.ok() && *here == *elsewhere) return here;
  return absl::InvalidArgumentError(
      absl::StrCat("--at: ", Quoted(text),
                   here.ok() ? " is a local time, but a server does not tell the plan's time zone"
                             : " is not a time",
                   "; write it with its offset, e.g. \"2026-11-23T10:00:00+01:00\""));
}

absl::Status WriteOrigin(const OriginOptions& options, v1::Call& call) {
  v1::TestCall written;
  absl::Status status = WriteOrigin(options, written);
  if (!status.ok()) return status;
  call.set_calling(written.calling());
  if (options.unavailable) call.set_calling_privacy(v1::PRIVACY_UNAVAILABLE);
  if (options.anonymous) call.set_calling_privacy(v1::PRIVACY_RESTRICTED);
  call.set_verstat(written.verstat());
  call.set_location(written.location());
  call.set_attestation(written.attestation());
  call.set_ingress(written.ingress());
  call.mutable_diversions()->Swap(written.mutable_diversions());
  return absl::OkStatus();
}

absl::StatusOr<v1::RouteRequest> FirstQuestion(const CallOptions& options, absl::Time now) {
  v1::RouteRequest question;
  question.set_look_ahead(static_cast<uint32_t>(options.look_ahead));
  v1::CallId& id = *question.mutable_call_id();
  id.set_switch_(options.server.switch_name);
  // Another run is another call, also with the same reference.
  id.set_epoch(static_cast<uint64_t>(absl::ToUnixMicros(now)));
  id.set_reference(options.reference.empty() ? "routectl" : options.reference);
  v1::Call& call = *question.mutable_call();
  call.set_called(options.called);
  absl::Status status = WriteOrigin(options.origin, call);
  if (!status.ok()) return status;
  call.set_direction(DirectionOf(options));
  call.set_originating_line(options.line);
  return question;
}

absl::Status WriteTime(const CallOptions& options, v1::ExplainRequest& request) {
  if (options.at.empty()) return absl::OkStatus();
  const absl::StatusOr<absl::Time> at = ReadInstant(options.at);
  if (at.ok()) request.mutable_at()->set_seconds(absl::ToUnixSeconds(*at));
  return at.status();
}

absl::StatusOr<std::unique_ptr<Dialogue>> EmailDialogue(const CallOptions& options) {
  const absl::StatusOr<v1::TestEmail> written = WriteEmail(options.email);
  if (!written.ok()) return written.status();
  const absl::StatusOr<Email> email = MakeEmail(*written);
  if (!email.ok()) return email.status();
  v1::ExplainRequest request;
  v1::Email& message = *request.mutable_email();
  message.set_message_id(email->message_id);
  message.set_sender(email->sender);
  message.add_recipients(written->to());
  message.set_subject(email->subject);
  message.set_auto_submitted(email->auto_submitted);
  absl::Status status = WriteTime(options, request);
  if (!status.ok()) return status;
  absl::StatusOr<std::unique_ptr<RouteClient>> client = RouteClient::Create(options.server);
  if (!client.ok()) return client.status();
  return std::make_unique<ExplainDialogue>(*std::move(client), std::move(request));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Dialogue>> ServerDialogue(const CallOptions& options, AskMode mode,
                                                         absl::Time now) {
  if (options.email.is_asked()) return EmailDialogue(options);
  absl::StatusOr<v1::RouteRequest> question = FirstQuestion(options, now);
  if (!question.ok()) return question.status();
  absl::StatusOr<std::unique_ptr<RouteClient>> client = RouteClient::Create(options.server);
  if (!client.ok()) return client.status();
  v1::ExplainRequest request;
  *request.mutable_question() = *std::move(question);
  if (mode == AskMode::kRoute) {
    return std::make_unique<RouteDialogue>(*std::move(client), std::move(request));
  }
  absl::Status status = WriteTime(options, request);
  if (!status.ok()) return status;
  return std::make_unique<ExplainDialogue>(*std::move(client), std::move(request));
}

}  // namespace libroute
