#ifndef LIBROUTE_CONTACT_EVENT_H_
#define LIBROUTE_CONTACT_EVENT_H_

#include <optional>
#include <string>
#include <variant>

#include "absl/time/time.h"
#include "libroute/contact/handle.h"
#include "libroute/contact/rules.h"

// What happens to a contact centre, to be given to ContactCenter::Apply. Plain
// values: a list of them with their times is the whole history.
namespace libroute::contact {

// -- Rules

// New rules, all or nothing. Those who wait, wait by the new rules at once;
// contacts of a removed group give up (kClosed) and offers of it are withdrawn;
// removed agents finish what they have. Agents and groups stay the same by name.
struct Configure {
  CenterRules rules;
};
// Lets a group take contacts again. Groups are open at first.
struct OpenGroup {
  GroupId group;
};
// What becomes of those who wait when a group closes. E-mails wait and come in
// all the same.
enum class Closing : uint8_t { kDrain, kEvict, kKeep };
// No more calls from now on.
struct CloseGroup {
  GroupId group;
  Closing closing = Closing::kDrain;
  // Those who still wait then give up. 0 to 24 h.
  absl::Duration drain = absl::Minutes(15);
};
// The counts of a day begin anew.
struct NewDay {};

// -- What supervisors do

// Of `by`.
inline constexpr size_t kMostAuthor = 128;

// From now on the agent is so good at a skill, whatever the rules say, and serves groups
// by it: until ResetAgent, or until rules come that write this very skill otherwise than
// those before.
struct AdjustSkill {
  AgentId agent;
  std::string skill;
  // 1 to 100; 0: the agent does not have it.
  int index = 0;
  // Who does it, for people; up to 128 bytes.
  std::string by;
};
// Likewise how good the agent is as a member of a group by name.
struct AdjustIndex {
  AgentId agent;
  GroupId group;
  // 1 to 100; 0: not a member by name (but perhaps by skills).
  int index = 0;
  std::string by;
};
// Everything as the rules say.
struct ResetAgent {
  AgentId agent;
};
// A contact that waits, or is offered, gives up as if its time were over.
struct SendOn {
  ContactId contact;
};

// -- Agents

// At a phone, not ready at first. Who is logged in elsewhere is moved; who was
// at that phone is logged out and told.
struct LogIn {
  AgentId agent;
  std::string phone;
};
// At once, or when the last contact is done.
struct LogOut {
  AgentId agent;
};
struct Ready {
  AgentId agent;
};
// At once, or when the last contact is done; pending offers are withdrawn.
struct NotReady {
  AgentId agent;
  std::string reason;
};
enum class Line : uint8_t { kIdle, kBusy, kUnreachable };
// What the agent's phone does by itself: a direct call takes all capacity; an
// unreachable phone gets no calls.
struct SetLine {
  AgentId agent;
  Line line = Line::kIdle;
};
// The agent's desk is not heard of. No offers; after CenterRules::grace logged out.
struct Disconnected {
  AgentId agent;
};
struct Reconnected {
  AgentId agent;
};

// -- Contacts

// Where a contact is to wait. At least one of group and agent.
struct Wish {
  GroupId group;
  // Only for this agent, who need not be a member: who had the caller last, or
  // is meant. If there is a group as well, it takes over after `agent_wait`, or
  // at once when the agent is not there or not ready. 1 s to 24 h.
  AgentId agent;
  absl::Duration agent_wait = absl::Seconds(30);
  // In all, from now on. Zero: as the group says; without group, `agent_wait`.
  // Else 1 s to 366 days.
  absl::Duration max_wait;
  // Of `group`: to stand there, now, among those of the same medium and priority, as if the
  // contact had come a microsecond before the one at this position; but behind all of a higher
  // priority that are before it as it came. 1 to 1000; 0, or where so many do not wait, or where
  // it would stand before that one anyway: as it came.
  int position = 0;
  // How long wrap-up after this contact takes, instead of what its agents and groups have, up
  // to WrapUpRules::most; 0 to 12 h. As before if there is none.
  std::optional<absl::Duration> wrap_up;
  // What was wished for before counts no more, also if there is no `wrap_up` here.
  bool forgets_wrap_up = false;
};
// A contact comes: an answer to it is the effect kArrived with its handle.
struct Arrive {
  // The caller's or e-mail's own name, that of no other contact of now.
  std::string name;
  Medium medium = Medium::kCall;
  // -100 to 100; more comes first.
  int priority = 0;
  Wish wish;
};
// A contact that waits, or has given up, goes to another group (or agent); it
// keeps its age.
struct Enter {
  ContactId contact;
  Wish wish;
};
// The caller has hung up, or the e-mail is taken back: at any moment.
struct HangUp {
  ContactId contact;
  // Whoever sends the contact has given up waiting by himself: it is none of those who
  // were abandoned.
  bool has_given_up = false;
};

// -- Callbacks (floor_callbacks.cc)

// The caller has hung up, and is called back: a call that waits, is offered, or has given up
// keeps its place and age, and waits until `within` is over, also while its group is closed
// or nobody is there.
struct PromiseCallback {
  ContactId contact;
  // From now on; 1 s to 24 h.
  absl::Duration within;
};
// The caller has been reached by the agent who has the contact: it is a call as any.
struct CallbackReached {
  ContactId contact;
};
// The caller has not: the agent's part is over, and the contact waits again, with its age,
// when it has rested.
struct Rest {
  AgentId agent;
  Token token = 0;
  // 1 s to 24 h.
  absl::Duration by;
};
// A callback that waits, or is offered, rests as after `Rest`: whoever has an offer of it has
// missed nothing.
struct RestWaiting {
  ContactId contact;
  // Up to 24 h; zero: the rest is over, if it is one.
  absl::Duration by;
};

// -- Offers, and what becomes of them. The token is that of the effect kOffered.

// Accepted: by the phone, or at the desk.
struct Answer {
  AgentId agent;
  Token token = 0;
};
// Accept-first: the phone is connected with the caller.
struct Connected {
  AgentId agent;
  Token token = 0;
};
struct Decline {
  AgentId agent;
  Token token = 0;
};
// The switch gave up ringing: a missed offer.
struct NoAnswer {
  AgentId agent;
  Token token = 0;
};
// The phone could not be reached: not a missed offer.
struct PhoneFailed {
  AgentId agent;
  Token token = 0;
  bool is_busy = false;
};

// -- Work

struct Hold {
  AgentId agent;
  Token token = 0;
  bool is_held = true;
};
// The agent's part is over: the call has ended, the e-mail is answered.
struct Finish {
  AgentId agent;
  Token token = 0;
};
struct EndWrapUp {
  AgentId agent;
  Token token = 0;
};
// More time, up to WrapUpRules::most in all.
struct ExtendWrapUp {
  AgentId agent;
  Token token = 0;
  absl::Duration by;
};
// What has come of the contact: one of CenterRules::dispositions, while the agent has it or
// in wrap-up. The last word counts.
struct Dispose {
  AgentId agent;
  Token token = 0;
  std::string disposition;
};
// Handed on, blind: the agent is done with it, the contact keeps its age.
struct Transfer {
  AgentId agent;
  Token token = 0;
  Wish wish;
};
// The same to a number outside: a call alone. It is with nobody until AnsweredOutside, Enter
// or HangUp, for `within` at most (1 s to 1 h); then it ends.
struct SendOut {
  AgentId agent;
  Token token = 0;
  absl::Duration within = absl::Minutes(2);
};
// Somebody else is called while the contact is held. Without success the agent
// goes on (kConsultEnded).
struct Consult {
  AgentId agent;
  Token token = 0;
  Wish wish;
};
// The same for a number outside: a call alone. When the number does not answer, or hangs up,
// CancelConsult is due; the agent goes on by himself if it has not answered `within` (1 s to
// 1 h).
struct ConsultOutside {
  AgentId agent;
  Token token = 0;
  absl::Duration within = absl::Minutes(2);
};
// The number outside has answered: it talks with who consults it (kConsulting), or has the
// contact, which ends as done.
struct AnsweredOutside {
  ContactId contact;
};
// After consulting: the other agent goes on with the contact alone, or the number outside,
// and the contact is done.
struct CompleteTransfer {
  AgentId agent;
  Token token = 0;
};
// After or while consulting: the first agent goes on alone.
struct CancelConsult {
  AgentId agent;
  Token token = 0;
};

using Event =
    std::variant<Configure, OpenGroup, CloseGroup, NewDay, AdjustSkill, AdjustIndex, ResetAgent,
                 SendOn, LogIn, LogOut, Ready, NotReady, SetLine, Disconnected, Reconnected, Arrive,
                 Enter, HangUp, Answer, Connected, Decline, NoAnswer, PhoneFailed, Hold, Finish,
                 EndWrapUp, ExtendWrapUp, Dispose, Transfer, Consult, CompleteTransfer,
                 CancelConsult, PromiseCallback, CallbackReached, Rest, RestWaiting, SendOut,
                 ConsultOutside, AnsweredOutside>;

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_EVENT_H_
