#ifndef LIBROUTE_RECORD_RECORD_H_
#define LIBROUTE_RECORD_RECORD_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/call/decision.h"
#include "libroute/call/event.h"
#include "libroute/call/outcome.h"
#include "libroute/call/report.h"

// What is known of a call when it is over. The structs mirror the messages of the
// same name in libroute.v1 (record.proto), where every field is described; enum
// values are the same. They own what they have, and nothing that a caller typed
// or withheld is in them.
namespace libroute {

enum class RecordEnd : uint8_t {
  kDecided = 1,
  kReleased,
  kSwitchRestarted,
  kNotLive,
  kLeaseOver,
  kStopped,
  kNoRoom,
};

struct DecisionRecord {
  uint32_t step = 0;
  absl::Time at;
  // EventKindName; empty for the first question. Both texts live for ever.
  absl::string_view after;
  // ActionName.
  absl::string_view action;
  std::string node;
  std::string subject;
  bool answers = false;
  ResponseCode code;
  // Of a release.
  std::optional<ReleaseReason> release_reason;
  // Empty if it is the record's.
  std::string revision;
};

struct LegRecord {
  // Of the step that gave it out last. The target of one in a partial record may
  // be AttemptResult::kNextLeg: it is not known.
  AttemptId attempt;
  uint32_t first_step = 0;
  E164Number number;
  std::string uri;
  std::string destination;
  std::string site;
  // As in libroute.v1.NumberKind; zeros of the country for none.
  uint8_t number_kind = 0;
  std::array<char, 2> country = {};
  std::string operator_name;
  OperatorSource operator_source = OperatorSource::kNone;
  RoutingNumber routing_number;
  // Without value unless its privacy is kAllowed.
  E164Number presented;
  Privacy presented_privacy = Privacy::kAllowed;
  E164Number diverted_by;
  DiversionReason diversion_reason = DiversionReason::kNone;
  int diversion_count = 0;
  std::string charge_to;
  E164Number charged_number;

  std::optional<Outcome> outcome;
  int sip_status = 0;
  int q850_cause = 0;
  std::optional<absl::Time> offered_at;
  std::optional<absl::Time> alerting_at;
  std::optional<absl::Time> answered_at;
  std::optional<absl::Time> confirmed_at;
  std::optional<absl::Time> ended_at;
  std::string forwarded_to;
  // Empty where it goes the network's own way.
  std::string gateway_group;
  // That it went by last, if that is known.
  std::string gateway;
  std::vector<GatewayFailure> failed_gateways;
};

struct EventRecord {
  ReportKind kind = ReportKind::kHold;
  absl::Time at;
  std::optional<AttemptId> attempt;
  std::string to;
  TransferKind transfer = TransferKind::kNone;
};

struct CallRecord {
  // Of each of decisions, legs and events; the rest is counted.
  static constexpr size_t kMaxEntries = 64;

  CallId call;
  CorrelationId correlation;
  RecordEnd end = RecordEnd::kDecided;
  absl::Time closed_at;
  bool partial = false;

  // Absent if it is not known.
  std::optional<Direction> direction;
  std::string ingress;
  Digits dialled;
  E164Number called;
  E164Number served;
  // Without value unless its privacy is kAllowed.
  E164Number calling;
  Privacy calling_privacy = Privacy::kUnavailable;

  std::string customer;
  std::string revision;
  std::string holder;
  std::string caller_type;
  std::string screened_by;
  std::string limited_by;
  std::string recovery_plan;
  bool recovery_drill = false;
  bool emergency = false;
  std::optional<PassThroughReason> pass_through_reason;
  ServiceState service_state = ServiceState::kNone;

  std::optional<absl::Time> arrived_at;
  std::optional<absl::Time> alerting_at;
  std::optional<absl::Time> answered_at;
  std::optional<absl::Time> released_at;
  ReleasedBy released_by = ReleasedBy::kNone;
  int q850_cause = 0;
  std::optional<absl::Duration> ringing;
  std::optional<absl::Duration> talking;

  std::vector<DecisionRecord> decisions;
  std::vector<LegRecord> legs;
  std::vector<EventRecord> events;
  uint32_t decisions_left_out = 0;
  uint32_t legs_left_out = 0;
  uint32_t events_left_out = 0;

  bool complete() const { return end == RecordEnd::kDecided || end == RecordEnd::kReleased; }
};

// Who gets records.
class RecordSink {
 public:
  virtual ~RecordSink() = default;

  // Called once for each record, by whichever thread closes it, which answers a
  // call at that time: it should be short and must not wait. No lock of the
  // engine's is held. Thread-safe.
  virtual void Write(const CallRecord& record) = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_RECORD_RECORD_H_
