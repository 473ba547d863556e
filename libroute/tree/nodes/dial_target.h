#ifndef LIBROUTE_TREE_NODES_DIAL_TARGET_H_
#define LIBROUTE_TREE_NODES_DIAL_TARGET_H_

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/decision.h"
#include "libroute/call/event.h"
#include "libroute/call/outcome.h"
#include "libroute/tree/compiled_message.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/presented.h"

namespace libroute {

namespace v1 {
class Dial;
}
class NodeScope;
struct Barring;
struct CompiledGatewayGroup;
struct CompiledLimit;
struct CompiledWatch;

// How a dial node has all its targets dialled, where they say nothing else.
struct DialManner {
  static DialManner Compile(const v1::Dial& written, NodeScope& scope);

  absl::Duration setup;
  absl::Duration ring;
  Presented present;
  RedirectPolicy redirects = RedirectPolicy::kReport;
  MessageIndex confirm = kNoMessage;
  MessageIndex music = kNoMessage;
  bool record = false;
  // Also what is known to be down or busy, or fails.
  bool even_if_down = false;
  // Lines follow their own rules.
  bool forwarding = false;
};

// One target of a dial node: a destination of the plan, a number or a URI that
// stands there, the called line itself, or the called number at a site.
class DialTarget {
 public:
  // `text` stands in `field` of the node. Timers are `manner`'s where the
  // destination has none.
  static DialTarget Compile(const std::string& text, absl::string_view field,
                            const DialManner& manner, NodeScope& scope);

  // Why it cannot be tried, or need not be.
  struct Obstacle {
    Outcome outcome = Outcome::kFailure;
    // Null if it is not the carrier's.
    const Barring* barring = nullptr;
    // The call was diverted as often as it may be, or by this target.
    bool goes_round = false;
    // All calls that may be there are there; null if that is not so.
    const CompiledLimit* full = nullptr;
    // It has failed too often; null if that is not so.
    const CompiledWatch* failing = nullptr;
    // It is a line that is not to be disturbed.
    bool undisturbed = false;
    // None of its gateways may be used; null if that is not so.
    const CompiledGatewayGroup* no_gateway = nullptr;

    NotTaken why() const;
  };
  // Nothing for one that may be tried.
  std::optional<Obstacle> FindObstacle(Frame& frame, const DialManner& manner) const;

  // What depends on more than the call.
  bool depends_on_status() const { return destination_ >= 0 || site_ >= 0; }

  // Whether only so many calls may be there at the same time.
  bool is_limited() const { return is_limited_; }
  // Whether something that others want is claimed while it is dialled.
  bool IsExclusive(const Frame& frame) const { return is_limited_ || MayTry(frame); }
  // Whether anything may have to be claimed.
  bool claims() const { return is_limited_ || is_watched_; }
  // What the call takes there by `leg`: places of a limited one, the try of one that was
  // down; and that the attempt is watched.
  void Claim(Frame& frame, const Leg& leg) const;
  // It was there, and is no more.
  void LeavePlaces(Frame& frame) const;
  // What an attempt showed of it, and of its gateways.
  void NoteResult(Frame& frame, const AttemptResult& result) const;
  // A gateway that `result` names and that is none of its; "" if there is none.
  std::string UnknownGateway(const Frame& frame, const AttemptResult& result) const;

  Leg MakeLeg(const Frame& frame, const DialManner& manner) const;

  // By all of its gateways.
  absl::Duration setup() const { return setup_ * ways_; }
  absl::Duration ring() const { return ring_; }
  // It is a mobile number that takes calls for its own voicemail, if it may ring for
  // so long: nobody is asked for a confirmation.
  bool may_meet_voicemail() const { return may_meet_voicemail_; }

  // For Explain: "destination front", and what speaks against trying it.
  std::string Text(const Frame& frame) const;
  std::string FindingText(const Frame& frame, const std::optional<Obstacle>& obstacle) const;
  // Those of its gateways that may not be used.
  std::vector<Comparison> LeftOutGateways(const Frame& frame) const;

 private:
  // What it is.
  void FindNamed(const std::string& text, absl::string_view field, const DialManner& manner,
                 NodeScope& scope);
  void SetDestination(absl::string_view field, const DialManner& manner, NodeScope& scope);
  void SetSite(const std::string& name, absl::string_view field, NodeScope& scope);
  void SetGateways(int gateways, const NodeScope& scope);

  // No number for a URI, and where none can be made of the called one.
  E164Number NumberOf(const Frame& frame) const;
  // The same, and for a URI the number within it: what the call is.
  E164Number NumberMeant(const Frame& frame) const;
  DialledNumberFacts FactsOf(const Frame& frame, E164Number number) const;
  std::optional<Outcome> KnownOutcome(const Frame& frame, const DialManner& manner) const;
  std::optional<Outcome> OutcomeOfStatus(const Frame& frame) const;
  // Null if it has none.
  const CompiledGatewayGroup* GatewaysOf(const Frame& frame) const;
  // Index of the site that it lies on; CompiledDestination::kNoSite.
  int SiteOf(const Frame& frame) const;
  // Of a limited one: its own limit and its site's; null for none.
  std::array<const CompiledLimit*, 2> LimitsOf(const Frame& frame) const;
  const CompiledLimit* FullLimit(const Frame& frame) const;
  // The same of what is watched.
  std::array<const CompiledWatch*, 2> WatchesOf(const Frame& frame) const;
  const CompiledWatch* FailingWatch(const Frame& frame) const;
  // It was down, and this call may try whether it still is.
  bool MayTry(const Frame& frame) const;
  // Whether a leg there would be one diversion too many, or send the call back to
  // who diverted it. A leg to the called line itself does not send it on.
  bool GoesRound(const Frame& frame) const;
  bool HasDivertedIt(const Frame& frame) const;
  // Index of the plan's line that just rings here; -1 if it is none.
  int LineOf(const Frame& frame) const;
  void SetDiversion(const Frame& frame, Leg& leg) const;
  // The message that asks for a confirmation; none: it is not asked for.
  MessageIndex ConfirmationOf(const Frame& frame, const DialManner& manner, const Leg& leg) const;

  // Index of the plan's destination, -1 for one that stands in the node.
  int destination_ = -1;
  // Index of the site at which the called number is dialled, -1 for none.
  int site_ = -1;
  // Index of the gateways by which it is reached, -1 for none, and how many they are.
  int gateways_ = -1;
  int ways_ = 1;
  bool may_meet_voicemail_ = false;
  bool is_limited_ = false;
  bool is_watched_ = false;
  // The called line itself.
  bool called_ = false;
  // A line that it is follows its own rules.
  bool forwarding_ = false;
  E164Number number_;
  std::string uri_;
  // The number within `uri_`, if there is one.
  E164Number in_uri_;
  absl::Duration setup_;
  absl::Duration ring_;
  // Of `number_` or `in_uri_`.
  DialledNumberFacts facts_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_DIAL_TARGET_H_
