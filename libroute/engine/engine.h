#ifndef LIBROUTE_ENGINE_ENGINE_H_
#define LIBROUTE_ENGINE_ENGINE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libroute/call/ahead.h"
#include "libroute/call/call.h"
#include "libroute/call/decision.h"
#include "libroute/call/email.h"
#include "libroute/call/event.h"
#include "libroute/call/report.h"
#include "libroute/contact/contact.h"
#include "libroute/engine/agents.h"
#include "libroute/engine/effect.h"
#include "libroute/engine/standing.h"
#include "libroute/facts/facts.h"
#include "libroute/facts/group_board.h"
#include "libroute/facts/portability.h"
#include "libroute/number/number_profile.h"
#include "libroute/plan/attachments.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"
#include "libroute/seal/keys.h"
#include "libroute/tree/explanation.h"

namespace libroute {

class RecordSink;

namespace v1 {
class Inventory;
class Plan;
}  // namespace v1

// Where calls come in.
struct Ingress {
  std::string name;
  // ISO 3166 code of the country whose emergency numbers apply; empty: 112
  // and 911.
  std::string country;
  // For emergency calls: where the callers are.
  std::string place;
  // Whose calls alone come in here, if so: by it the customer of internal and
  // outbound calls is found; inbound calls do not need it.
  std::string customer;
  // How numbers are written here; as made, only those are read that need no
  // more.
  NumberProfile numbers;
};

struct EngineOptions {
  // Calls name one of these. With none, calls need not name any.
  std::vector<Ingress> ingresses;
  // Seal continuations; at least one. The same keys must be
  // given again for calls to survive a restart.
  SealKeys keys;
  // How often a call may dial before it is released. 1-1000.
  int max_attempts = 32;
  // How often a call may be diverted in all: as often as the switch says that it
  // was, and by each leg to another number than the called one. A call that was
  // diverted so often goes on through its plan and is not sent on again (a leg
  // that would do so has failed). 1-255. ISUP counts to 5 (Q.763 section 3.45),
  // exchanges within companies allow 4 to 12: what is right for nobody ends
  // here, and a loop after seconds.
  int max_hops = 10;
  // A place that a call holds is free again when nothing was heard of the call
  // for so long (no report, and no list of live calls names it). 1 min to
  // 7 days.
  absl::Duration claim_lease = absl::Hours(6);
  // How long a call may go on: an older continuation gets the live plan's
  // default. 1 min to 7 days.
  absl::Duration max_call_age = absl::Hours(12);
  // Revisions of a customer that calls in progress may still follow, besides
  // the live one. 0-1000.
  int kept_revisions = 8;
  PlanLimits limits;
  // Who serves ported numbers, for the record of what is dialled; it must outlive
  // the engine and its decisions. Null if nobody knows.
  const PortabilityTable* portability = nullptr;
  // Who gets the record of every call that is over; it must outlive the engine.
  // Null: no records are kept, which costs nothing.
  RecordSink* records = nullptr;
  // So many calls may have a record that is not finished, each of some 1.5 KB;
  // those of more are closed at once, and say so. At least 1.
  size_t max_open_records = 1'000'000;
  // Whether the agents of plans log in here (Act). Without it calls wait for them all the
  // same, until the switch says how that has ended: as for agents who are kept elsewhere.
  bool has_agents = false;
  // Callers are offered to be called back also where agents are kept elsewhere: of use where
  // calls are only rehearsed, since nobody calls them.
  bool rehearses_callbacks = false;
  // Called when there may be something for TakeContactNews, from whatever thread has
  // brought it about, which may be in the middle of something: it must return soon, and not
  // call the engine. Empty: nobody wants to know.
  std::function<void()> on_contact_news;
};

// What came of Engine::Publish.
struct Publication {
  std::string customer;
  // Content hash of the plan given.
  std::string revision;
  // False when that revision was live already, or when there are errors.
  bool changed = false;
  // Everything found; with an error among them nothing was published.
  std::vector<Issue> issues;
};

// A line of which something is switched.
struct SwitchedLine {
  std::string line;
  LineSettings settings;
};

// A decision that is final as it stands.
struct Finished {};

// A decision by which a call enters the contact centre of a customer, or
// leaves it: give it to Engine::Complete, from whichever thread owns that
// customer's contacts.
struct Enter {
  // Index of the customer, stable while the engine lives.
  uint32_t customer = 0;
  ContactRequest contact;
};

using Answer = std::variant<Finished, Enter>;

// What is wanted besides a decision.
struct Besides {
  // What follows, as far as that can be made beforehand (libroute.v1.LookAhead): Begin
  // was called on it. Of use while the decision is. Nothing follows where the step was
  // held already.
  Ahead* ahead = nullptr;
  // Why it is what it is; empty where the step was held already. Costs ten times as much
  // as the decision.
  Explanation* explanation = nullptr;
};

// A batch's question, and room for its answer.
struct BatchItem {
  const Call* call = nullptr;
  Decision* decision = nullptr;
  absl::StatusOr<Answer> answer = Finished();
};

// The front door: published plans, facts, contacts. Routes calls.
//
//   EngineOptions options;
//   options.keys = ...;
//   std::unique_ptr<Engine> engine = *Engine::Create(options);
//   Publication publication = engine->Publish(plan, {}, now);
//   Decision decision;
//   absl::StatusOr<Answer> answer = engine->Route(call, now, decision);
//   ... the switch dials, the line is busy ...
//   answer = engine->Resume(next, decision.continuation, event, now, decision);
//
// The engine reads no clock, file, socket or random device and starts no
// thread: time comes in by `now` everywhere. `now` may stand still between
// calls, and concurrent calls need not agree on it; it should not go back by
// more than seconds.
//
// Thread-safe. Route, Resume, Explain may run in any number of threads. They
// take no lock while no step of any call is held; while some are, Route and
// Resume look theirs up under one of 64 locks, for less than a microsecond; where
// records are kept they do so for the call's record, too.
// Publish of different customers takes turns.
class Engine {
 public:
  // InvalidArgument, naming the option, when one is out of range, an ingress
  // is named twice, or its country is not known or its numbers cannot be
  // written so.
  static absl::StatusOr<std::unique_ptr<Engine>> Create(EngineOptions options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Checks and compiles `plan`; without errors it is live for the next call.
  // An identical plan is a no-op, but its numbers are checked against the inventory
  // once more; a bad one changes nothing. An entry of
  // `numbers` that another customer's live plan has, too, is an error; one that
  // lies within a block of another customer is a warning, and takes that
  // block's calls to it (longest match). Numbers that lead back to themselves
  // through the plans of other customers are warnings, too. Costs as much as the
  // plan is long, whatever else is published, unless plans of others dial its
  // numbers and it dials theirs: then also as much as what can be come to by that.
  // `attachments` are the files that the plan names, parsed, and belong to the
  // revision by the hash of their bytes: an edited one makes another revision.
  Publication Publish(const v1::Plan& plan, const Attachments& attachments, absl::Time now);

  // As Publish, but changes nothing.
  Publication Check(const v1::Plan& plan, const Attachments& attachments, absl::Time now) const;

  // Checks what the carrier knows of its numbers, and its screening
  // (inventory.proto); without errors it holds for the next question of every
  // call, and for every plan that is published or checked from then on. An
  // inventory with errors changes nothing; one with nothing in it takes the one
  // before away. Returns everything found; what it has against the numbers of live
  // plans, which go on, is among it as warnings.
  std::vector<Issue> SetInventory(const v1::Inventory& inventory);

  // Takes a customer's plan away: its numbers pass through. NotFound when the
  // customer has none. Calls in progress finish on their revision.
  absl::Status Withdraw(absl::string_view customer);

  // Names of customers with a live plan, sorted, and their live revision ("" if
  // none).
  std::vector<std::string> Customers() const;
  std::string LiveRevision(absl::string_view customer) const;

  // The first question about a call. Fills `decision`, whose memory is reused.
  // InvalidArgument: no called number, an ingress that is not known, a step
  // other than 0. A number that nobody holds, or a line that nobody has, is a
  // decision (pass_through).
  // Aborted: this step had an effect with another question; `decision` is the
  // first one.
  absl::StatusOr<Answer> Route(const Call& call, absl::Time now, Decision& decision,
                               Besides besides = {}) const;

  // As Route, but leaves the continuation empty and claims nothing (all that is
  // claimed is taken as granted): for those who will not ask on (what-if
  // questions, counting). Sealing costs several times as much as the decision.
  absl::StatusOr<Answer> Decide(const Call& call, absl::Time now, Decision& decision,
                                Besides besides = {}) const;

  // Whether what `call` dials is an emergency number at the site of the line that
  // calls, or where that is not known at its ingress (one that is not known has 112
  // and 911): such a call passes whatever else is wrong with it.
  bool IsEmergency(const Call& call) const;

  // How numbers are written at that ingress, for ReadNumberText; a profile that
  // says nothing for one that is not known. Lives as long as the engine.
  const NumberProfile& NumbersAt(absl::string_view ingress) const;

  // Answers many first questions; cheaper than one by one, because their
  // cache misses overlap. The items' calls must differ.
  void RouteBatch(absl::Span<BatchItem> items, absl::Time now) const;

  // The next question: what `event` leads to. Of `call` only id and step are
  // read, the rest is in the continuation. InvalidArgument: a continuation
  // that is forged, damaged, of another call or step, or an event that does
  // not fit the last decision. A genuine one that is too old, or whose
  // revision is no longer held, gets the live plan's default.
  // Aborted as in Route.
  absl::StatusOr<Answer> Resume(const Call& call, absl::string_view continuation,
                                const Event& event, absl::Time now, Decision& decision,
                                Besides besides = {}) const;

  // Completes a decision by which a call enters or leaves a contact centre, or stays
  // there; fills in the contact. Where an agent is free, or nobody will come, the decision
  // becomes what follows from that: who asks the same question again later is told what
  // there is to do by then (an agent's phone to dial, or how the plan goes on). One thread at a
  // time for one customer (the engine has a lock of its own, so that more are only slower).
  // `decision` is the one that came with `enter`. ResourceExhausted when the customer holds too
  // many contacts. Aborted as in Route, when another question was first.
  absl::Status Complete(const Enter& enter, absl::Time now, Decision& decision);

  // EngineOptions::has_agents.
  bool has_agents() const;

  // What an agent does. NotFound when the customer has no such agent;
  // FailedPrecondition, saying in which state the agent is, when it cannot be done now,
  // or when this engine has no agents; InvalidArgument for a phone that cannot or must not
  // be dialled, and for a reason that the plan does not have. Agents who are not in the
  // live plan any more finish what they have. Returns what the agent is doing then.
  absl::StatusOr<AgentNow> Act(absl::string_view customer, const AgentAct& act, absl::Time now);
  // NotFound as Act.
  absl::StatusOr<AgentNow> FindAgent(absl::string_view customer, absl::string_view name) const;
  // Those of the live plan, by name. NotFound if the customer has none.
  absl::StatusOr<std::vector<AgentNow>> Agents(absl::string_view customer) const;
  absl::StatusOr<std::vector<GroupNow>> Groups(absl::string_view customer) const;
  // Those whose members are found by this skill, among others.
  absl::StatusOr<std::vector<std::string>> GroupsBySkill(absl::string_view customer,
                                                         absl::string_view skill) const;
  // NotFound if the customer has no such contact, or not any more.
  absl::StatusOr<ContactEntry> FindContact(absl::string_view customer, const CallId& call) const;
  // Contacts that have not ended, by the time of their coming. NotFound as Agents.
  absl::StatusOr<std::vector<ContactEntry>> ListContacts(absl::string_view customer) const;
  // What has changed since `since`, a version that this has said before, or 0 for
  // everything; costs as much as agents have changed, and as there are groups, which may be
  // left out. NotFound as Agents.
  absl::StatusOr<CenterChanges> ContactChanges(absl::string_view customer, uint64_t since,
                                               bool with_groups) const;
  // Opens or closes a group. NotFound when the live plan does not have it;
  // InvalidArgument for a time that is out of range. Returns how it is then.
  absl::StatusOr<GroupNow> ChangeGroup(absl::string_view customer, const GroupAct& act,
                                       absl::Time now);
  // Changes an agent. NotFound when the live plan does not have the agent, the skill or the
  // group; InvalidArgument for an index that is out of range. Returns how it is then.
  absl::StatusOr<AgentNow> ChangeAgent(absl::string_view customer, const AgentChange& change,
                                       absl::Time now);
  // Moves a contact, or sends it on. NotFound when it is none; FailedPrecondition when an
  // agent has it who may not be disturbed so, or when it is over. Returns how it is then.
  absl::StatusOr<ContactEntry> ChangeContact(absl::string_view customer, const ContactAct& act,
                                             absl::Time now);

  // The calls and the customers of whose contacts there may be something new since this was
  // asked last. For those who are told of things as they happen: FollowUp says what such a
  // call has to do now, ContactChanges what a customer's agents do. One thread at a time.
  struct ContactNews {
    std::vector<CallId> calls;
    std::vector<std::string> customers;
  };
  ContactNews TakeContactNews();
  // As asking once more the question by which the call waits, or came to its agent: what it
  // has to do now. Nothing if it is no contact. `decision` counts where nobody has the call.
  absl::StatusOr<std::optional<CallNow>> FollowUp(const CallId& call, absl::Time now,
                                                  Decision& decision);
  // How one of several phones of agents ended that were dialled together, while others ring, or of
  // one that is to be consulted. (How all of them ended is the event of the next question.)
  void NoteAttempt(const CallId& call, const AttemptEnd& end, absl::Time now);
  // Whether a switch is told of news as they come. When it is not any more, its waiting
  // calls are given back after 64 s, unless they ask; when it is again, there are news of
  // all of them. Linear in the contacts of all customers.
  void WatchSwitch(absl::string_view switch_name, bool is_watched, absl::Time now);

  // Hands an e-mail in, or asks again what becomes of it: `decision` is wait, assigned,
  // auto_reply, forward_email or discard, or release where the plan has nothing for it. It
  // is one e-mail by its customer, connector and Message-ID, whatever else it says; once
  // more has no second effect. It has no lease: it waits until an agent takes it, the plan
  // gives it up or it is withdrawn; who has handed it in asks again, or is told by
  // TakeContactNews. What it was told is known for a day after it was asked last, who had it
  // of the last 100,000. No record is kept.
  // InvalidArgument, naming the field; NotFound: no live plan has a mailbox for any
  // recipient; FailedPrecondition: it would wait, and this engine has no agents;
  // ResourceExhausted as Complete.
  absl::Status Submit(const Email& email, absl::Time now, Decision& decision);
  // The customer whose mailbox it comes to. Errors as Submit.
  absl::StatusOr<std::string> FindMailboxCustomer(const Email& email) const;
  // Takes back an e-mail that waits, or that an agent has: whether it does. NotFound if there
  // is no such customer.
  absl::StatusOr<bool> WithdrawEmail(absl::string_view customer, absl::string_view connector,
                                     absl::string_view message_id, absl::Time now);

  // Something that happened to a call besides. Idempotent. What it has besides kind
  // and call is for the call's record.
  absl::Status Report(const CallReport& report, absl::Time now);

  // The calls of a switch that are alive: renews what is held for them, and
  // gives back what is held for its others.
  struct LiveCalls {
    int held = 0;
    int given_back = 0;
  };
  LiveCalls KeepLive(absl::string_view switch_name, uint64_t epoch,
                     absl::Span<const std::string> references, absl::Time now);

  // As Route and Resume, with the reasons, and without any effect: contacts
  // are not entered, `decision` has no contact.
  absl::StatusOr<Explanation> Explain(const Call& call, absl::Time at, Decision& decision,
                                      Ahead* ahead = nullptr) const;
  absl::StatusOr<Explanation> ExplainResume(const Call& call, absl::string_view continuation,
                                            const Event& event, absl::Time at, Decision& decision,
                                            Ahead* ahead = nullptr) const;

  // As Submit, with the reasons, without any effect, and as if the e-mail had not been handed
  // in before: where it would wait, no agent is asked. Then what becomes of it when its
  // waiting ends so; `continuation` is that of the decision before. InvalidArgument also for
  // an event that is no end of waiting, or where the e-mail does not wait.
  absl::StatusOr<Explanation> ExplainEmail(const Email& email, absl::Time at,
                                           Decision& decision) const;
  absl::StatusOr<Explanation> ExplainEmailResume(const Email& email, absl::string_view continuation,
                                                 const Event& event, absl::Time at,
                                                 Decision& decision) const;

  // States a fact: `value` is a Status for destinations and sites, a GroupState for
  // groups. InvalidArgument for switches, which SetSwitch sets. From `now` on, until `until`
  // (absl::InfiniteFuture(): for ever). NotFound, with the nearest name, when
  // the customer's live plan has no such name.
  absl::Status SetFact(absl::string_view customer, FactKind kind, absl::string_view name,
                       uint8_t value, absl::Time until);

  // States how things stand in a group whose agents are kept elsewhere, for `group`
  // branches, until it is stated anew or cleared. NotFound as SetFact; FailedPrecondition
  // when the agents log in here, so that the engine knows it.
  absl::Status SetGroupFigures(absl::string_view customer, absl::string_view group,
                               const GroupFigures& figures);

  // Forgets what was stated of the group, if anything: nothing is known of it any more,
  // which is not the same as that nobody is there. Errors as SetGroupFigures.
  absl::Status ClearGroupFigures(absl::string_view customer, absl::string_view group);

  // Sets a hand switch, for the next question. NotFound, with the nearest name, when the
  // customer's live plan has no such switch; InvalidArgument, naming the field, for a
  // value that it does not have, or a time until which it is to stand where it always
  // goes back to.
  absl::Status SetSwitch(absl::string_view customer, const SwitchSetting& setting,
                         const ChangedBy& by);
  // How those of the live plan stand, by name, and how they came to as far as this engine
  // has seen it. NotFound if the customer has no live plan.
  absl::StatusOr<std::vector<SwitchStanding>> Switches(absl::string_view customer,
                                                       absl::Time now) const;

  // Turns a recovery plan on or off, or to a drill, for the next call; what was said of it
  // before is replaced. It stays so when other revisions are published that have it; with
  // one that does not it is off, which Advance tells. NotFound, with the nearest name,
  // when the live plan has no such recovery plan; InvalidArgument for numbers that it is
  // not for; FailedPrecondition when another one is on, or has a drill, for one of them,
  // or it has no drill. May wait for a publication.
  absl::StatusOr<RecoveryStanding> SetRecovery(absl::string_view customer,
                                               const RecoverySetting& setting, const ChangedBy& by);
  // How those of the live plan stand, as Switches.
  absl::StatusOr<std::vector<RecoveryStanding>> Recovery(absl::string_view customer,
                                                         absl::Time now) const;

  // How a limit of a plan stands.
  struct LimitState {
    // "limit hotline", "site brussels", "destination front".
    std::string name;
    // How many calls may be there, 0 for any number; and how many are.
    uint32_t max_calls = 0;
    uint32_t calls = 0;
    // For what `max_calls` are by itself; `calls` are those of all of them.
    LimitEach each = LimitEach::kTogether;
    // How many calls found it full, and how many came too fast, since the engine was
    // made.
    uint64_t found_full = 0;
    uint64_t came_too_fast = 0;
  };
  // Those of the live plan: its `limits`, then sites, then destinations, each by
  // name. NotFound if the customer has none.
  absl::StatusOr<std::vector<LimitState>> Limits(absl::string_view customer) const;

  // Switches forwarding and do-not-disturb of a line, as its owner does by feature codes:
  // all of them, for ever. NotFound, with the nearest name, when the customer's live plan
  // has no such line; FailedPrecondition when it has no feature codes; InvalidArgument,
  // naming the feature, for a number that calls cannot be forwarded to.
  absl::Status SetLineFeatures(absl::string_view customer, absl::string_view line,
                               const LineSettings& settings);
  // Lines of the customer's live plan of which something is switched, by name.
  absl::StatusOr<std::vector<SwitchedLine>> LineFeatures(absl::string_view customer) const;

  // Time passes: horizons of schedules move, leases end. Call it at
  // NextDeadline() or later, from one thread.
  std::vector<Effect> Advance(absl::Time now);

  // Hands over the records of all calls that are not over, as they are: when the
  // engine is to be stopped, and nothing is asked any more.
  void CloseRecords(absl::Time now);

  // When Advance has something to do; absl::InfiniteFuture() if nothing is
  // due.
  absl::Time NextDeadline() const;

  // Figures for those who operate the engine. Approximate while it is busy.
  struct Statistics {
    int64_t customers = 0;
    int64_t numbers = 0;
    int64_t directory_bytes = 0;
    int64_t held_contacts = 0;
    // Calls that hold places.
    int64_t place_holders = 0;
    // Calls that have a record that is not finished; records handed over, and how
    // many of them because too many were open; reports of calls without a record.
    int64_t open_records = 0;
    int64_t written_records = 0;
    int64_t no_room_records = 0;
    int64_t unknown_reports = 0;
  };
  Statistics GetStatistics() const;

 private:
  class Question;
  class State;
  explicit Engine(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_ENGINE_H_
