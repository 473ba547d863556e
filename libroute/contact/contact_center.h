#ifndef LIBROUTE_CONTACT_CONTACT_CENTER_H_
#define LIBROUTE_CONTACT_CONTACT_CENTER_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/contact/effect.h"
#include "libroute/contact/event.h"
#include "libroute/contact/handle.h"
#include "libroute/contact/rules.h"

namespace libroute::contact {

class Floor;

// What an agent is doing.
struct AgentStanding {
  // What the agent's slots are taken by, in order of the offers.
  struct Slot {
    enum class State { kOffered, kConnecting, kActive, kWrapUp };
    Token token = 0;
    // Not in the centre any more, perhaps, when in wrap-up.
    ContactId contact;
    State state = State::kOffered;
    bool is_held = false;
    bool is_interrupted = false;
    // Which it was offered for; nobody's, where it was for this agent alone.
    GroupId group;
    // Of an offer and of wrap-up; InfiniteFuture if there is none.
    absl::Time deadline = absl::InfiniteFuture();
    // What the agent has said of it.
    std::string disposition;

    friend bool operator==(const Slot&, const Slot&) = default;
  };
  Presence presence = Presence::kLoggedOut;
  // Of a break.
  std::string reason;
  std::string phone;
  Line line = Line::kIdle;
  std::vector<Slot> slots;
  uint32_t contacts_today = 0;
  // Of calls that are over for the agent; talking includes what callers were on hold.
  absl::Duration talk_today;
  absl::Duration hold_today;
  absl::Duration wrap_up_today;
  // The share of the last 30 minutes that the agent was busy, by whole five minutes, in parts
  // of a thousand.
  uint32_t occupancy_per_mille = 0;
  // What a supervisor has changed, and is not as the rules say.
  struct Change {
    // One of the two.
    std::string skill;
    std::string group;
    // 0: not at all.
    int index = 0;
    std::string by;
    absl::Time at;

    friend bool operator==(const Change&, const Change&) = default;
  };
  std::vector<Change> changes;
  // Of which the agent is a member now, also by skills: at their last step at the latest.
  std::vector<GroupId> groups;

  friend bool operator==(const AgentStanding&, const AgentStanding&) = default;
};

// What goes on in a group.
struct GroupStanding {
  bool is_open = true;
  // Members that may come to serve it (at the last step at the latest): logged
  // in, and ready, with a contact or without.
  size_t logged_in = 0;
  size_t ready = 0;
  // Ready to be offered one now.
  size_t free_for_calls = 0;
  size_t free_for_emails = 0;
  // Those that wait here as well as in their own group are counted here, too.
  size_t calls_waiting = 0;
  // Of these: callbacks. Those that rest do not wait.
  size_t callbacks_waiting = 0;
  size_t emails_waiting = 0;
  // When the call of those came here that has waited longest; InfiniteFuture if none waits.
  absl::Time waiting_since = absl::InfiniteFuture();
  // Of a call that comes now: half of them wait less, and nine of ten
  // (expected_wait.h); InfiniteDuration if it cannot be said. 0 while an agent is free
  // who need not wait for a step, and no call waits.
  absl::Duration median_wait = absl::InfiniteDuration();
  absl::Duration bound_wait = absl::InfiniteDuration();
  // entered = answered + abandoned + gave_up + moved + those that wait or are
  // offered or rest, at every instant. Consultations do not count; a callback that was
  // answered, and whose caller was not reached, enters again.
  uint64_t entered = 0;
  uint64_t answered = 0;
  // Within ServiceLevel::within.
  uint64_t answered_in_time = 0;
  uint64_t abandoned = 0;
  uint64_t gave_up = 0;
  // Went on to another group or agent.
  uint64_t moved = 0;
  // The same of calls alone; and of calls that were abandoned, within 5 s.
  uint64_t calls_entered = 0;
  uint64_t calls_answered_in_time = 0;
  uint64_t abandoned_early = 0;
  // How many calls agents are done with that they had for the group, and the time that it
  // took them. The average handle time is the sum of these by `handled`. Each agent's part
  // counts: also of who was consulted, and of who has waited in vain for a caller to be called
  // back.
  uint64_t handled = 0;
  absl::Duration talk_time;
  absl::Duration hold_time;
  absl::Duration wrap_up_time;
  // Of those that agents had for it: a number outside has them now.
  uint64_t transferred_out = 0;
  // Those that are raised, and since when.
  std::vector<std::pair<AlarmKind, absl::Time>> alarms;
  // What agents have said of its contacts, by name, and how often.
  std::vector<std::pair<std::string, uint64_t>> dispositions;

  // The share of the calls that were answered in time, of all that came and of those whose
  // callers have waited for 5 s at least; 0 to 1, nothing while there are none.
  std::optional<double> ServiceLevelOfAll() const;
  std::optional<double> ServiceLevel() const;

  friend bool operator==(const GroupStanding&, const GroupStanding&) = default;
};

struct ContactStanding {
  enum class State {
    kBetweenGroups,
    kWaiting,
    kOffered,
    kConnecting,
    kActive,
    kWrapUp,
    // On its way to a number outside.
    kOutside,
    // A callback, after the caller was not reached.
    kRests,
  };
  State state = State::kBetweenGroups;
  Medium medium = Medium::kCall;
  // The caller is called back, and was not reached yet.
  bool is_callback = false;
  // Of kRests; else InfinitePast.
  absl::Time rests_until = absl::InfinitePast();
  absl::Time arrived;
  // Where it waits, or waited last. Nobody's: for an agent alone.
  GroupId group;
  // Whose it is, or who is wanted first.
  AgentId agent;
  // Whether that agent wants to consult somebody, and who is consulted; nobody, where that is
  // a number outside.
  bool is_consulting = false;
  AgentId consulted;
  // Among those that wait in its group, from 1; 0 when it does not wait there.
  size_t position = 0;
  // Half of those at this position wait less than `median`, nine of ten less
  // than `bound` (expected_wait.h); InfiniteDuration if it cannot be said.
  absl::Duration median_wait = absl::InfiniteDuration();
  absl::Duration bound_wait = absl::InfiniteDuration();
  // For how long nobody has it since it came to its group, or to its agent, by the latest
  // time seen; 0 when somebody has it.
  absl::Duration waited;
};

// The contact centre of a customer: brings calls and e-mails together with the
// agents who can take them. A deterministic state machine: events and the time
// go in, effects come out; it reads no clock and does nothing by itself.
//
//   ContactCenter center;
//   Effects effects;
//   center.Apply(Configure{rules}, now, effects);
//   center.Apply(LogIn{*center.FindAgent("anna"), "+3225551234"}, now, effects);
//   ...
//   center.Apply(Arrive{.name = "call 1", .wish = {.group = sales}}, now, effects);
//   // effects: arrived, offered to anna with a token and a deadline
//   center.Apply(Answer{anna, effects.back().token}, now, effects);
//
// The same events at the same times give the same effects, byte for byte, in
// any other centre. (What a centre knows is the list of its events.)
//
// Promises:
// - a contact ends exactly once, by kEnded;
// - an agent has an offer only with a deadline, and a contact one offer, or with
//   ring-all and progressive ring several, of which one wins;
// - what an agent has costs no more than the capacity of 100;
// - no contact waits while an agent is free who may have it;
// - equals are served in the order in which they came, whatever happens between.
//
// Costs: O(log n) in agents and contacts, O(groups of the agent) in groups. NewDay is
//   linear, and so are opening and closing a group, its last agent's leaving and a wish for
//   a position in it, in the contacts that wait. Configure is linear but for what it
//   removes: each such agent and group is looked for in all contacts.
//
// Not here: two calls for one agent at a time. Nor can its state be saved but as the list of
//   its events.
//
// Thread-compatible: one owner at a time.
class ContactCenter {
 public:
  ContactCenter();
  ~ContactCenter();
  ContactCenter(ContactCenter&&) noexcept;
  ContactCenter& operator=(ContactCenter&&) noexcept;

  // Does first what is due by `now`, as Advance, then what the event says; adds
  // the effects of both. Time does not go back: an earlier `now` means the
  // latest seen. When the event is refused, it has changed nothing:
  //   NotFound            no such agent, group or contact, or not any more
  //   FailedPrecondition  not in a state for it; the message says in which one
  //   InvalidArgument     what is wrong with it, and what would be right; `now` is
  //                       within the years 1970 to 2999
  //   AlreadyExists       a contact of that name is here
  //   ResourceExhausted   too many contacts
  absl::Status Apply(const Event& event, absl::Time now, Effects& effects);

  // Does what is due by `now`, each at its own time; nothing at a time that Apply
  // refuses.
  void Advance(absl::Time now, Effects& effects);
  // When there will be something to do; InfiniteFuture if there is not. O(1).
  absl::Time NextDeadline() const;

  // NotFound suggests nothing and lists nothing: names are somebody's business.
  absl::StatusOr<AgentId> FindAgent(absl::string_view name) const;
  absl::StatusOr<GroupId> FindGroup(absl::string_view name) const;
  absl::StatusOr<ContactId> FindContact(absl::string_view name) const;
  // "" if it is not here any more.
  std::string NameOf(AgentId agent) const;
  std::string NameOf(GroupId group) const;
  std::string NameOf(ContactId contact) const;

  bool Has(AgentId agent) const;
  // Those of which agents are members by a skill of this name, among others.
  std::vector<GroupId> GroupsBySkill(absl::string_view skill) const;
  // Why a contact that came by this wish would give up at once, instead of waiting or being
  // offered; nothing if it would not.
  std::optional<Reason> WhyNot(const Wish& wish, Medium medium) const;
  // Empty if it is not here any more.
  std::optional<AgentStanding> Look(AgentId agent) const;
  std::optional<GroupStanding> Look(GroupId group) const;
  // The same without alarms and dispositions. O(levels of the group).
  std::optional<GroupStanding> LookBriefly(GroupId group) const;
  std::optional<ContactStanding> Look(ContactId contact) const;

  size_t agents() const;
  size_t groups() const;
  size_t contacts() const;

 private:
  std::unique_ptr<Floor> floor_;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_CONTACT_CENTER_H_
