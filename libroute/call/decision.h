#ifndef LIBROUTE_CALL_DECISION_H_
#define LIBROUTE_CALL_DECISION_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libroute/call/call.h"
#include "libroute/call/callback.h"
#include "libroute/call/claim.h"
#include "libroute/call/gateway.h"
#include "libroute/call/outcome.h"

// What a network switch is to do now. The structs mirror the messages of the
// same name in libroute.v1 (decision.proto), where every field is described;
// enum values are the same.
//
// Text in a decision is a view into the revision that made it, which the
// decision keeps alive (Decision::keep_alive): copy a decision freely, use it
// as long as you like, and reuse one object for many calls: then nothing is
// allocated.
namespace libroute {

enum class LegOrder : uint8_t { kInOrder = 1, kTogether };
enum class Trigger : uint8_t { kAllow = 1, kSuppress };
enum class RedirectPolicy : uint8_t { kReport = 1, kFollow };

// RFC 4458: why a call that last met `outcome` is sent on.
DiversionReason DiversionReasonFor(Outcome outcome);

// How the operator of a number is known. kNone: it is not.
enum class OperatorSource : uint8_t { kNone = 0, kPlan, kPortability, kAssumed, kRoutingNumber };

// What is known of a number that is dialled.
struct DialledNumberFacts {
  // As in libroute.v1.NumberKind; 0 for what is no number.
  uint8_t kind = 0;
  // ISO 3166-1; zeros for none.
  std::array<char, 2> country = {};
  absl::string_view operator_name;
  OperatorSource operator_source = OperatorSource::kNone;
};

// Whether it is a mobile number for certain.
inline bool IsMobileNumber(const DialledNumberFacts& facts) {
  constexpr uint8_t kMobile = 3;
  return facts.kind == kMobile;
}

// One thing to be dialled.
struct Leg {
  // Which target of the dial node; with the step it makes the attempt id.
  int target = 0;
  // Exactly one of number and uri is set.
  E164Number number;
  absl::string_view uri;
  absl::string_view destination;
  absl::string_view site;
  absl::Duration setup_timeout;
  absl::Duration ring_timeout;
  E164Number presented;
  Privacy presented_privacy = Privacy::kAllowed;
  absl::string_view presented_name;
  // Set when diverted_by has a value.
  E164Number diverted_by;
  DiversionReason diversion_reason = DiversionReason::kNone;
  Privacy diversion_privacy = Privacy::kAllowed;
  int diversion_count = 0;
  absl::string_view charge_to;
  E164Number charged_number;
  // For the network, if the number was ported.
  RoutingNumber routing_number;
  Trigger trigger = Trigger::kAllow;
  RedirectPolicy redirect_policy = RedirectPolicy::kReport;
  bool carrier_preselection_bypassed = true;
  bool record = false;
  // The message that asks who answers for a confirmation; empty: none is wanted.
  absl::string_view confirmation;
  // What the caller hears meanwhile; empty: ringing.
  absl::string_view ringback;
  // Of legs dialled together: after the first.
  absl::Duration start_after;
  // By which gateways; none: the network's own way.
  GatewayOrder gateways;
  // Whose phone it is; empty: no agent's.
  absl::string_view agent;
  // Of `number`, for the record.
  DialledNumberFacts facts;
};

struct DialDecision {
  absl::InlinedVector<Leg, 2> legs;
  LegOrder order = LegOrder::kInOrder;
  // For all that is dialled; infinite: as long as the legs take.
  absl::Duration total_timeout = absl::InfiniteDuration();
  // How often all may still be tried after these legs.
  int rounds_left = 0;
  // Dialled for the agent who has answered one of `legs`.
  std::optional<Leg> callback;
  // An agent has handed the call on to what is dialled: until that has answered, the contact
  // centre has the word.
  bool is_transfer = false;
};

struct AnnounceDecision {
  absl::string_view message;
  absl::Duration max_duration;
  bool interruptible = false;
};

struct MenuDecision {
  absl::string_view message;
  // Sorted.
  absl::Span<const std::string> keys;
  absl::Duration timeout;
  int max_digits = 1;
  int tries_left = 1;
  bool to_the_end = false;
};

struct CollectDecision {
  absl::string_view message;
  int min_digits = 1;
  int max_digits = 1;
  // "#", "*" or empty.
  absl::string_view terminator;
  absl::Duration timeout;
  int tries_left = 1;
  bool secret = false;
  bool to_the_end = false;
};

struct WaitDecision {
  // As in libroute.v1.WaitDecision.
  struct Announcement {
    // Empty: none, what is said alone.
    absl::string_view message;
    absl::Duration after;
    // 0: once.
    absl::Duration every;
    bool says_position = false;
    bool says_expected_wait = false;
  };
  static constexpr size_t kMostAnnouncements = 8;

  absl::string_view group;
  // Infinite: an e-mail waits until an agent takes it.
  absl::Duration max_wait;
  // Given by the contact centre: 0 until then.
  uint64_t contact = 0;
  // Which place the call takes among its equals, for the contact centre; 0: as it came.
  uint32_t wanted_position = 0;
  // How long its agent has for work after it, where that is something special.
  std::optional<absl::Duration> wrap_up;
  absl::Duration poll_after;
  absl::string_view message;
  // From 1; 0 if it is not known.
  uint32_t position = 0;
  // Infinite if it cannot be said.
  absl::Duration expected_wait = absl::InfiniteDuration();
  absl::Duration expected_wait_most = absl::InfiniteDuration();
  // 0 where no contact centre knows it.
  absl::Duration waited;
  // In the plan's order; no more than are kept in place.
  absl::InlinedVector<Announcement, kMostAnnouncements> announcements;
  // What a caller presses who wants to be called back, and from when on; 0: that is not
  // offered.
  char callback_key = 0;
  absl::Duration callback_after;
  // The caller has hung up, and is called back.
  std::optional<CallbackPromise> promise;
};

struct VoicemailDecision {
  absl::string_view mailbox;
  DiversionReason reason = DiversionReason::kUnconditional;
};

enum class ConferenceRole : uint8_t { kParticipant = 1, kListener };
// "participant", "listener".
absl::string_view ConferenceRoleName(ConferenceRole role);

struct ConferenceDecision {
  absl::string_view conference;
  // Without value, and 0 for the capacity: as the switch has it.
  std::optional<ConferenceRole> role;
  absl::string_view introduction;
  bool record = false;
  uint32_t capacity = 0;
};

struct RejectDecision {
  ResponseCode code;
};

struct MoreDigitsDecision {
  int min_digits = 0;
  int max_digits = Digits::kMaxLength;
};

enum class ReleaseReason : uint8_t {
  kPlan = 1,
  kAttemptsFailed,
  kNoMatch,
  kTooManyAttempts,
  kStale,
  kCancelled,
  kLoop = 70,
};

struct ReleaseDecision {
  // sip_status is 0 for a call that is answered already.
  ResponseCode code;
  ReleaseReason reason = ReleaseReason::kPlan;
};

enum class PassThroughReason : uint8_t {
  kNotSubscribed = 1,
  kEmergency,
  kPlan,
  kEmergencyCallBack,
  kNumberNotActive = 10,
  kOutbound,
  kUnknownNumber,
  kContinuityOff = 70,
};

// kNone: it is not said.
enum class ServiceState : uint8_t { kNone = 0, kPending, kActive, kSuspended, kEnded, kPorted };

// "pending", "active", ...; "none".
absl::string_view ServiceStateName(ServiceState state);

struct PassThroughDecision {
  PassThroughReason reason = PassThroughReason::kNotSubscribed;
  // For emergency calls; a view into the engine's options or the plan.
  absl::string_view place;
  // For kNumberNotActive.
  ServiceState service_state = ServiceState::kNone;
  // For emergency calls: the place may be another, where the network takes the
  // call, and who is called back.
  bool place_uncertain = false;
  // The line that calls always withholds its number.
  bool withhold_identity = false;
  RoutingNumber routing_number;
  E164Number call_back;
};

struct AutoReplyDecision {
  absl::string_view message;
};

struct ForwardEmailDecision {
  absl::string_view to;
};

enum class DiscardReason : uint8_t {
  kPlan = 1,
  kAutoSubmitted,
  kBulk,
  kList,
  kBounce,
  kSuppressed,
  kWithdrawn,
};
// "plan", "auto_submitted", ...
absl::string_view DiscardReasonName(DiscardReason reason);

struct DiscardDecision {
  DiscardReason reason = DiscardReason::kPlan;
};

struct AssignedDecision {
  absl::string_view agent;
  bool finished = false;
};

using Action =
    std::variant<std::monostate, DialDecision, AnnounceDecision, MenuDecision, WaitDecision,
                 VoicemailDecision, ConferenceDecision, RejectDecision, ReleaseDecision,
                 PassThroughDecision, CollectDecision, MoreDigitsDecision, AutoReplyDecision,
                 ForwardEmailDecision, DiscardDecision, AssignedDecision>;

// "dial", "announce", ...: the field of libroute.v1.Decision. "none" for a
// decision that was not made yet.
absl::string_view ActionName(const Action& action);

// What a decision was made from, as a set.
enum class Dependence : uint8_t { kCall = 1, kTime, kStatus, kLedger, kGroup };

class DependenceSet {
 public:
  constexpr void Add(Dependence dependence) { bits_ |= 1u << static_cast<int>(dependence); }
  constexpr bool Has(Dependence dependence) const {
    return (bits_ >> static_cast<int>(dependence)) & 1u;
  }

 private:
  uint8_t bits_ = 0;
};

// See libroute.v1.GapDirective.
struct GapDirective {
  E164Number number;
  CallRate rate;
  // What calls beyond it are rejected with.
  ResponseCode code;
  absl::Duration lasts = absl::Seconds(30);
};

struct Decision {
  // Seconds since 1970 that no schedule reaches: no time boundary.
  static constexpr int64_t kNoBoundary = INT64_MAX;

  Action action;
  // Whether the call is answered once this action is carried out.
  bool answered = false;
  // Whether another question follows; then the engine seals a continuation.
  bool resumable = false;
  DependenceSet depends_on;
  int32_t priority = 0;
  // Unix seconds, or kNoBoundary.
  int64_t use_if_unreachable_until = kNoBoundary;
  absl::string_view customer;
  absl::string_view revision;
  // The number that was called and served.
  E164Number number;
  absl::string_view holder;
  absl::string_view caller_type;
  // What the carrier's screening bars, if it applied.
  std::string screened_by;
  // The last limit of the plan that sent the call another way.
  absl::string_view limited_by;
  // The recovery plan by which the call goes.
  absl::string_view recovery_plan;
  bool recovery_drill = false;
  // That the called side ends the call after it has answered is asked about.
  bool ask_after = false;
  // What the switch may turn down by itself, if calls have come too fast for long.
  std::optional<GapDirective> gap;
  // Path of the node that decided.
  absl::string_view node;
  // Names to values, in the order of their being set.
  absl::InlinedVector<std::pair<absl::string_view, absl::string_view>, 4> attributes;
  // Attributes that the caller entered, by name; no secret ones.
  absl::InlinedVector<std::pair<absl::string_view, Digits>, 2> collected;
  CorrelationId correlation;
  // What it uses up. The ledger has granted it when the engine gives a decision
  // out; not for Explain and Decide, which use nothing up.
  Claims claims;
  // The call has places from earlier decisions.
  bool holds_places = false;
  // Whoever made the call's last decision does not know whether it comes to this one.
  bool made_ahead = false;
  // A record is kept of the call: its end is to be reported, whatever it ends in.
  bool recorded = false;
  // Sealed; at most 512 bytes; empty when no question follows.
  std::string continuation;
  // The revision that the views above point into.
  std::shared_ptr<const void> keep_alive;
  // The same of legs to agents' phones, and of the agent who has an e-mail.
  std::shared_ptr<const void> keep_phones;

  // As new, but keeps the memory of what can be reused, and keep_alive.
  void Clear();
};

// Whether the switch is to report the end of the call: of what is dialled, and of
// what holds a contact or a place; if a record is kept, of every call that does
// not end with the decision itself. So a call costs one report at most.
bool WantsRelease(const Decision& decision);

// Whether what is dialled are the phones of agents who are to take the call, or a number
// outside to which one of them has handed it on.
bool DialsAgents(const Decision& decision);

// Whether the call ends with the decision itself: it is rejected or released.
bool EndsCall(const Decision& decision);

}  // namespace libroute

#endif  // LIBROUTE_CALL_DECISION_H_
