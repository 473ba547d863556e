#include <optional>
#include <utility>
#include <vector>

#include "libroute/record/open_record.h"

// What reports make of a record.
namespace libroute {
namespace {

// As long as it is not known.
void SetOnce(std::optional<absl::Time>& time, absl::Time value) {
  if (!time.has_value()) time = value;
}

void SetEarliest(std::optional<absl::Time>& time, absl::Time value) {
  if (!time.has_value() || value < *time) time = value;
}

// The kind of event that undoes it; itself if there is none.
ReportKind OppositeOf(ReportKind kind) {
  switch (kind) {
    case ReportKind::kHold:
      return ReportKind::kResumed;
    case ReportKind::kResumed:
      return ReportKind::kHold;
    case ReportKind::kRecordingStarted:
      return ReportKind::kRecordingStopped;
    case ReportKind::kRecordingStopped:
      return ReportKind::kRecordingStarted;
    default:
      return kind;
  }
}

bool IsSame(const EventRecord& a, const EventRecord& b) {
  auto number = [](const EventRecord& event) {
    const AttemptId attempt = event.attempt.value_or(AttemptId{0, -1});
    return std::make_pair(attempt.step, attempt.target);
  };
  return a.kind == b.kind && number(a) == number(b) && a.to == b.to && a.transfer == b.transfer;
}

// A report without a time repeats one to which nothing has happened since.
bool IsRepeated(const std::vector<EventRecord>& events, const EventRecord& event, bool has_time) {
  for (auto before = events.rbegin(); before != events.rend(); ++before) {
    const bool same = IsSame(*before, event);
    if (has_time && same && before->at == event.at) return true;
    if (has_time) continue;
    if (same) return true;
    if (before->kind == OppositeOf(event.kind) && before->kind != event.kind) return false;
  }
  return false;
}

}  // namespace

void OpenRecord::Note(const CallReport& report, absl::Time now) {
  const absl::Time at = report.at.value_or(now);
  switch (report.kind) {
    case ReportKind::kAlerting:
      return NoteAlerting(report, at);
    case ReportKind::kAnswered:
      return NoteAnswer(report, at);
    case ReportKind::kConfirmed:
      if (LegRecord* leg = LegOf(report)) SetOnce(leg->confirmed_at, at);
      return;
    case ReportKind::kReleased:
      return NoteReleased(report, at);
    case ReportKind::kSwitchRestarted:
      return;
    default:
      return AddEvent(report, at);
  }
}

void OpenRecord::NoteAlerting(const CallReport& report, absl::Time at) {
  SetEarliest(record_.alerting_at, at);
  if (LegRecord* leg = LegOf(report)) SetEarliest(leg->alerting_at, at);
}

void OpenRecord::NoteAnswer(const CallReport& report, absl::Time at) {
  LegRecord* leg = LegOf(report);
  // An agent who waits for the caller to be called back talks with nobody yet.
  if (!callback_.has_value()) SetOnce(record_.answered_at, at);
  if (leg == nullptr || leg->outcome.has_value()) return;
  if (!report.gateway.empty()) leg->gateway = report.gateway;
  End(*leg, Outcome::kAnswered, at);
  if (IsOfLastDial(*leg) && dial_order_ == LegOrder::kTogether) CancelOthers(at);
}

void OpenRecord::NoteReleased(const CallReport& report, absl::Time at) {
  record_.released_at = at;
  record_.released_by = report.by;
  record_.q850_cause = report.q850_cause;
  record_.ringing = report.ringing;
  record_.talking = report.talking;
  const bool talked = report.talking.value_or(absl::ZeroDuration()) > absl::ZeroDuration();
  const bool gave_up = report.by == ReleasedBy::kCaller && report.talking.has_value() && !talked;
  // A length that leads before all time is none to reckon by.
  if (talked && at - *report.talking >= absl::UnixEpoch()) {
    SetOnce(record_.answered_at, at - *report.talking);
  }
  for (const AttemptEnd& end : report.attempts) {
    LegRecord* leg = FindOrAddLeg(end.attempt);
    if (leg == nullptr) continue;
    const bool answered = end.outcome == Outcome::kAnswered;
    End(*leg, end.outcome, answered ? record_.answered_at.value_or(at) : at);
    leg->sip_status = end.sip_status;
    leg->q850_cause = end.q850_cause;
    NoteGateways(end, *leg);
  }
  if (!dials_) return;
  // Without more being said, the only leg that was left tells by whether the call
  // was answered.
  LegRecord* leg = OnlyUndecidedLeg();
  const bool answered = !talk_is_over_ && (talked || record_.answered_at.has_value());
  if (leg != nullptr && !leg->outcome.has_value() && answered) {
    End(*leg, Outcome::kAnswered, record_.answered_at.value_or(at));
  } else if (leg != nullptr && !answered && gave_up) {
    End(*leg, Outcome::kCancelled, at);
  }
  if (dial_order_ == LegOrder::kTogether && (answered || gave_up)) CancelOthers(at);
}

void OpenRecord::AddEvent(const CallReport& report, absl::Time at) {
  EventRecord event;
  event.kind = report.kind;
  event.at = at;
  event.attempt = report.attempt;
  event.to = report.to;
  event.transfer = report.transfer;
  if (IsRepeated(record_.events, event, report.at.has_value())) return;
  if (report.kind == ReportKind::kForwarded) {
    if (LegRecord* leg = LegOf(report)) leg->forwarded_to = report.to;
  }
  if (record_.events.size() == CallRecord::kMaxEntries) {
    ++record_.events_left_out;
  } else {
    record_.events.push_back(std::move(event));
  }
}

}  // namespace libroute
