#include "services/route/report_message.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "libroute/call/event.h"
#include "libroute/v1/route.pb.h"
#include "services/request/field.h"
#include "services/request/proto_time.h"
#include "services/route/question.h"
#include "services/route/remote_address.h"

namespace libroute {
namespace {

static_assert(static_cast<int>(ReportKind::kReleased) == v1::REPORT_KIND_RELEASED);

constexpr absl::string_view kExpectedEvents =
    "alerting, forwarded, answered, confirmed, hold, resumed, transfer_requested, transferred, "
    "recording_started, recording_stopped, released or switch_restarted";

// What is known of an event before its own fields are looked at.
std::optional<ReportKind> KindOf(const v1::CallReport& message) {
  switch (message.event_case()) {
    case v1::CallReport::kAlerting:
      return ReportKind::kAlerting;
    case v1::CallReport::kForwarded:
      return ReportKind::kForwarded;
    case v1::CallReport::kAnswered:
      return ReportKind::kAnswered;
    case v1::CallReport::kConfirmed:
      return ReportKind::kConfirmed;
    case v1::CallReport::kHold:
      return ReportKind::kHold;
    case v1::CallReport::kResumed:
      return ReportKind::kResumed;
    case v1::CallReport::kTransferRequested:
      return ReportKind::kTransferRequested;
    case v1::CallReport::kTransferred:
      return ReportKind::kTransferred;
    case v1::CallReport::kRecordingStarted:
      return ReportKind::kRecordingStarted;
    case v1::CallReport::kRecordingStopped:
      return ReportKind::kRecordingStopped;
    case v1::CallReport::kReleased:
      return ReportKind::kReleased;
    case v1::CallReport::kSwitchRestarted:
      return ReportKind::kSwitchRestarted;
    case v1::CallReport::EVENT_NOT_SET:
      break;
  }
  return std::nullopt;
}

// Of something that was not dialled there is none.
absl::Status CheckAttempt(const std::string& id) {
  if (id.empty()) return absl::OkStatus();
  return InField("attempt_id", AttemptId::Parse(id).status());
}

absl::Status CheckForwarded(const v1::CallReport::Forwarded& message) {
  if (absl::Status status = CheckAttempt(message.attempt_id()); !status.ok()) return status;
  return InField("to", CheckRemoteAddress(message.to()));
}

absl::Status CheckTransfer(const v1::CallReport::Transfer& message) {
  if (message.kind() != v1::CallReport::Transfer::KIND_BLIND &&
      message.kind() != v1::CallReport::Transfer::KIND_CONSULT) {
    return BadField("kind", absl::StrCat(static_cast<int>(message.kind()),
                                         " is not known; expected blind or consult"));
  }
  return InField("to", CheckRemoteAddress(message.to()));
}

absl::Status CheckReleased(const v1::CallReport::Released& message) {
  if (!v1::ReleasedBy_IsValid(message.by()) || message.by() == v1::RELEASED_BY_UNSPECIFIED) {
    return BadField("by", absl::StrCat(static_cast<int>(message.by()),
                                       " is not known; expected caller, called or network"));
  }
  if (message.q850_cause() > 127) {
    return BadField("q850_cause",
                    absl::StrCat(message.q850_cause(), " is not a Q.850 cause: 1 to 127"));
  }
  if (absl::Status status = CheckDuration(message.ringing()); !status.ok()) {
    return InField("ringing", status);
  }
  return InField("talking", CheckDuration(message.talking()));
}

// Of the event's own fields, named from the report on.
absl::Status CheckEvent(const v1::CallReport& message) {
  auto within = [](absl::string_view event, const absl::Status& status) {
    return status.ok() ? status
                       : absl::Status(status.code(), absl::StrCat(event, ".", status.message()));
  };
  switch (message.event_case()) {
    case v1::CallReport::kAlerting:
      return within("alerting", CheckAttempt(message.alerting().attempt_id()));
    case v1::CallReport::kAnswered:
      return within("answered", CheckAttempt(message.answered().attempt_id()));
    case v1::CallReport::kConfirmed:
      return within("confirmed", CheckAttempt(message.confirmed().attempt_id()));
    case v1::CallReport::kForwarded:
      return within("forwarded", CheckForwarded(message.forwarded()));
    case v1::CallReport::kTransferRequested:
      return within("transfer_requested", CheckTransfer(message.transfer_requested()));
    case v1::CallReport::kTransferred:
      return within("transferred", CheckTransfer(message.transferred()));
    case v1::CallReport::kReleased:
      return within("released", CheckReleased(message.released()));
    default:
      return absl::OkStatus();
  }
}

absl::Status ReadWhose(const v1::CallReport& message, CallReport& report) {
  if (report.kind == ReportKind::kSwitchRestarted) {
    report.call.switch_name = message.switch_restarted().switch_();
    report.call.epoch = message.switch_restarted().epoch();
    return InField("switch_restarted.switch", CheckName(report.call.switch_name));
  }
  if (!message.has_call_id()) return BadField("call_id", "is missing");
  absl::Status status = ReadCallId(message.call_id(), report.call);
  return status.ok() ? status
                     : absl::Status(status.code(), absl::StrCat("call_id.", status.message()));
}

}  // namespace

absl::StatusOr<CallReport> ReadReport(const v1::CallReport& message) {
  std::optional<ReportKind> kind = KindOf(message);
  if (!kind.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("event: says nothing that is known here; expected ", kExpectedEvents));
  }
  CallReport report;
  report.kind = *kind;
  if (absl::Status status = ReadWhose(message, report); !status.ok()) return status;
  if (message.has_at()) {
    absl::StatusOr<absl::Time> at = ReadTime(message.at());
    if (!at.ok()) return InField("at", at.status());
  }
  if (absl::Status status = CheckEvent(message); !status.ok()) return status;
  return report;
}

}  // namespace libroute
