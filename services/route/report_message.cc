#include "services/route/report_message.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "libroute/call/event.h"
#include "libroute/v1/route.pb.h"
#include "services/request/field.h"
#include "services/request/proto_time.h"
#include "services/route/event_message.h"
#include "services/route/question.h"
#include "services/route/remote_address.h"

namespace libroute {
namespace {

static_assert(static_cast<int>(ReportKind::kReleased) == v1::REPORT_KIND_RELEASED);
static_assert(static_cast<int>(ReleasedBy::kNetwork) == v1::RELEASED_BY_NETWORK);
static_assert(static_cast<int>(TransferKind::kConsult) == v1::CallReport::Transfer::KIND_CONSULT);

// As many as a switch may tell of that has gone on by itself.
constexpr int kMaxAttempts = 100;

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
absl::Status ReadAttemptId(const std::string& id, CallReport& report) {
  if (id.empty()) return absl::OkStatus();
  absl::StatusOr<AttemptId> attempt = AttemptId::Parse(id);
  if (!attempt.ok()) return InField("attempt_id", attempt.status());
  report.attempt = *attempt;
  return absl::OkStatus();
}

absl::Status ReadAttempt(const v1::CallReport::Attempt& message, CallReport& report) {
  report.gateway = message.gateway();
  if (!report.gateway.empty() && !IsName(report.gateway)) {
    return InField("gateway", CheckName(report.gateway));
  }
  return ReadAttemptId(message.attempt_id(), report);
}

absl::Status ReadAddress(const std::string& to, CallReport& report) {
  report.to = to;
  return InField("to", CheckRemoteAddress(to));
}

absl::Status ReadForwarded(const v1::CallReport::Forwarded& message, CallReport& report) {
  absl::Status status = ReadAttemptId(message.attempt_id(), report);
  return status.ok() ? ReadAddress(message.to(), report) : status;
}

absl::Status ReadTransfer(const v1::CallReport::Transfer& message, CallReport& report) {
  if (message.kind() != v1::CallReport::Transfer::KIND_BLIND &&
      message.kind() != v1::CallReport::Transfer::KIND_CONSULT) {
    return BadField("kind", absl::StrCat(static_cast<int>(message.kind()),
                                         " is not known; expected blind or consult"));
  }
  report.transfer = static_cast<TransferKind>(message.kind());
  return ReadAddress(message.to(), report);
}

// "ringing" or "talking", if it is there.
absl::Status ReadLength(absl::string_view field, bool is_there,
                        const google::protobuf::Duration& message,
                        std::optional<absl::Duration>& length) {
  if (!is_there) return absl::OkStatus();
  absl::StatusOr<absl::Duration> read = ReadDuration(message);
  if (!read.ok()) return InField(field, read.status());
  length = *read;
  return absl::OkStatus();
}

absl::Status ReadAttempts(const v1::CallReport::Released& message, CallReport& report) {
  if (message.attempts_size() > kMaxAttempts) {
    return BadField("attempts", absl::StrCat("has ", message.attempts_size(), " entries; at most ",
                                             kMaxAttempts));
  }
  for (int i = 0; i < message.attempts_size(); ++i) {
    absl::StatusOr<AttemptEnd> end = ReadAttemptEnd(message.attempts(i));
    if (!end.ok()) {
      return absl::Status(end.status().code(),
                          absl::StrCat("attempts[", i, "].", end.status().message()));
    }
    report.attempts.push_back(*end);
  }
  return absl::OkStatus();
}

absl::Status ReadReleased(const v1::CallReport::Released& message, CallReport& report) {
  if (!v1::ReleasedBy_IsValid(message.by()) || message.by() == v1::RELEASED_BY_UNSPECIFIED) {
    return BadField("by", absl::StrCat(static_cast<int>(message.by()),
                                       " is not known; expected caller, called or network"));
  }
  if (message.q850_cause() > 127) {
    return BadField("q850_cause",
                    absl::StrCat(message.q850_cause(), " is not a Q.850 cause: 1 to 127"));
  }
  report.by = static_cast<ReleasedBy>(message.by());
  report.q850_cause = static_cast<int>(message.q850_cause());
  absl::Status status =
      ReadLength("ringing", message.has_ringing(), message.ringing(), report.ringing);
  if (!status.ok()) return status;
  status = ReadLength("talking", message.has_talking(), message.talking(), report.talking);
  return status.ok() ? ReadAttempts(message, report) : status;
}

// The event's own fields; errors name them from the report on.
absl::Status ReadEvent(const v1::CallReport& message, CallReport& report) {
  auto within = [](absl::string_view event, const absl::Status& status) {
    return status.ok() ? status
                       : absl::Status(status.code(), absl::StrCat(event, ".", status.message()));
  };
  switch (message.event_case()) {
    case v1::CallReport::kAlerting:
      return within("alerting", ReadAttempt(message.alerting(), report));
    case v1::CallReport::kAnswered:
      return within("answered", ReadAttempt(message.answered(), report));
    case v1::CallReport::kConfirmed:
      return within("confirmed", ReadAttempt(message.confirmed(), report));
    case v1::CallReport::kForwarded:
      return within("forwarded", ReadForwarded(message.forwarded(), report));
    case v1::CallReport::kTransferRequested:
      return within("transfer_requested", ReadTransfer(message.transfer_requested(), report));
    case v1::CallReport::kTransferred:
      return within("transferred", ReadTransfer(message.transferred(), report));
    case v1::CallReport::kReleased:
      return within("released", ReadReleased(message.released(), report));
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
    report.at = *at;
  }
  if (absl::Status status = ReadEvent(message, report); !status.ok()) return status;
  return report;
}

}  // namespace libroute
