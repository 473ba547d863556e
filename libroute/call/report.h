#ifndef LIBROUTE_CALL_REPORT_H_
#define LIBROUTE_CALL_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/call/event.h"

namespace libroute {

// What a network switch reports of a call besides the outcomes of attempts.
// Values as in libroute.v1.ReportKind, with one more.
enum class ReportKind : uint8_t {
  kAlerting = 1,
  kForwarded,
  kAnswered,
  kConfirmed,
  kHold,
  kResumed,
  kTransferRequested,
  kTransferred,
  kRecordingStarted,
  kRecordingStopped,
  kReleased,
  kSwitchRestarted,
};

// Values of the two enums below are those of the enums in libroute.v1
// (route.proto). kNone: it is not said.
enum class ReleasedBy : uint8_t { kNone = 0, kCaller, kCalled, kNetwork };
enum class TransferKind : uint8_t { kNone = 0, kBlind, kConsult };

// How an attempt ended that no question told of.
struct AttemptEnd {
  AttemptId attempt;
  Outcome outcome = Outcome::kFailure;
  // As the network gave it; 0 if it did not.
  int sip_status = 0;
  int q850_cause = 0;
  // As in AttemptResult.
  absl::Duration retry_after = {};
  std::string gateway = {};
  std::vector<GatewayFailure> failed_gateways = {};
};

// One report. The engine acts by `kind` and `call`; the rest is for the call's
// record.
struct CallReport {
  ReportKind kind = ReportKind::kReleased;
  // Of kSwitchRestarted only switch_name and epoch (the new one) count.
  CallId call;
  // When it happened, by the switch's clock; when it is reported if absent.
  std::optional<absl::Time> at;
  // Of kAlerting, kForwarded, kAnswered and kConfirmed, if the switch says.
  std::optional<AttemptId> attempt;
  // By which of its leg's gateways, if the switch says.
  std::string gateway;
  // Of kForwarded, kTransferRequested and kTransferred: where to, as the switch
  // writes it.
  std::string to;
  TransferKind transfer = TransferKind::kNone;
  // Of kReleased. The cause is one of Q.850's, 0 if it is not known; `ringing` is
  // from arrival to answer, `talking` from there to the release.
  ReleasedBy by = ReleasedBy::kNone;
  int q850_cause = 0;
  std::optional<absl::Duration> ringing;
  std::optional<absl::Duration> talking;
  std::vector<AttemptEnd> attempts;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_REPORT_H_
