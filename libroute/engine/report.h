#ifndef LIBROUTE_ENGINE_REPORT_H_
#define LIBROUTE_ENGINE_REPORT_H_

#include <cstdint>
#include <string>

#include "libroute/call/call.h"

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

// One report.
struct CallReport {
  ReportKind kind = ReportKind::kReleased;
  // Of kSwitchRestarted only switch_name and epoch (the new one) count.
  CallId call;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_REPORT_H_
