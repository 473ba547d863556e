#ifndef LIBROUTE_CONTACT_EFFECT_H_
#define LIBROUTE_CONTACT_EFFECT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/contact/handle.h"

namespace libroute::contact {

// Something that the world outside has to do or to know. Which fields are set,
// besides those that say whom it concerns, stands with each kind.
struct Effect {
  enum class Kind : uint8_t {
    // contact: is here, by the name that the event gave it.
    kArrived,
    // contact, group or agent (whom it waits for alone): waits from now on; that
    // a consultation does, if there is a token (of the consulting agent's work).
    kWaiting,
    // contact, group: waits no more, why by `reason`; the tree goes on with that
    // branch, and Enter, HangUp or `deadline` follow.
    kGaveUp,
    // contact, agent, group, token, deadline: ring, or with `at_desk` show it there;
    // kConnect follows then when the agent accepts a call.
    kOffered,
    // contact, agent, token, deadline: the agent accepts, now dial the phone.
    kConnect,
    // contact, agent, group, token: is with the agent.
    kAnswered,
    // contact, agent, token, why by `reason`: stop ringing.
    kOfferEnded,
    // contact, agent, token: the e-mail rests while there is a call, and goes on.
    kInterrupted,
    kResumed,
    // contact, agent, token: kConsulting is for the agent who consults, when the
    // other one, or the number outside, has answered; kConsultEnded that he goes on
    // alone, why by `reason`: done, cancelled, or what it failed for.
    kConsulting,
    kConsultEnded,
    // contact, agent, token: after consulting, it is that agent's alone now.
    kHandedOver,
    // contact, agent, token: the agent's part is over; with a deadline, after
    // wrap-up until then (again when it is extended).
    kWrapUp,
    kReleased,
    // contact: ends, how by `reason`. The last effect of a contact, exactly once.
    kEnded,
    // agent, presence; `text` is the reason of a break, or the phone.
    kPresence,
    // group.
    kOpened,
    kClosed,
    // group; `text` is the AlarmKindName.
    kAlarmRaised,
    kAlarmCleared,
    // agent; `text` is like "skill french=60": a supervisor's change.
    kAdjusted,
    // contact, agent, group, token; `text` is what the agent has said of it in the end.
    kDisposed,
    // The rules are in force.
    kConfigured,
  };
  enum class Reason : uint8_t {
    kNone,
    // Why a contact gives up.
    kNoAgents,
    kNoneReady,
    kTimeout,
    kFull,
    kClosed,
    // How an offer ends. Missed is no answer and expired.
    kDeclined,
    kNoAnswer,
    kExpired,
    kPhoneBusy,
    kPhoneFailed,
    // The caller has hung up, or the agent may not have it any more.
    kWithdrawn,
    // Another offer of the same contact was answered.
    kRescinded,
    // How a contact ends.
    kDone,
    kAbandoned,
    // Nobody said how to go on after it gave up.
    kForgotten,
    // Why a consultation ended, besides those above.
    kCancelled,
  };
  enum class Presence : uint8_t {
    kLoggedOut,
    kNotReady,
    kReady,
    // When the contacts of now are done.
    kNotReadyPending,
    kLoggingOut,
  };

  // From 1, without gaps.
  uint64_t number = 0;
  Kind kind = Kind::kArrived;
  Reason reason = Reason::kNone;
  Presence presence = Presence::kLoggedOut;
  ContactId contact;
  AgentId agent;
  GroupId group;
  Token token = 0;
  // Of kOffered.
  bool at_desk = false;
  // InfiniteFuture where there is none.
  absl::Time deadline = absl::InfiniteFuture();
  std::string text;

  friend bool operator==(const Effect&, const Effect&) = default;
};
using Effects = std::vector<Effect>;
using Reason = Effect::Reason;
using Presence = Effect::Presence;

// "offered", "no_agents", "not_ready": words for logs and for the branches of a
// tree.
absl::string_view KindName(Effect::Kind kind);
absl::string_view ReasonName(Reason reason);
absl::string_view PresenceName(Presence presence);
// One line for logs: all that is set.
std::string ToString(const Effect& effect);

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_EFFECT_H_
