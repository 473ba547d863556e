#ifndef LIBROUTE_TREE_TEST_TREE_H_
#define LIBROUTE_TREE_TEST_TREE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/call/call_state.h"
#include "libroute/call/decision.h"
#include "libroute/facts/counters.h"
#include "libroute/facts/facts.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compile.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/evaluate.h"
#include "libroute/tree/explanation.h"
#include "libroute/v1/plan.pb.h"

// Plans and calls in few words, for tests only.
//
//   TestPlan plan("dial: { to: front, on_busy: { voicemail: { mailbox: desk } } }");
//   TestCall call(plan);
//   EXPECT_EQ(call.Ask(), "dial front");
//   EXPECT_EQ(call.Tell("busy"), "voicemail desk after busy");
namespace libroute {

// The text of a plan of customer `acme` whose number +3222000100 (holder ann)
// follows tree `main`, written here in YAML flow style without the outermost
// braces. `more` is YAML of further sections; a further tree is written as
// "tree NAME: { ... }" at the beginning of its lines. There are destinations
// front (on site north), back and web (a URI), sites north and south, switches
// meeting and flood, groups team and crowd, schedules office (Mon-Fri, 09:00
// to 17:00), lunch (12:00 to 13:00 daily) and night (22:00 to 06:00 daily),
// caller types vip (+32475*, priority 10) and supplier (+3247*, priority -5).
std::string PlanText(absl::string_view main, absl::string_view more = "");

// The same as a message. What the reader complains about fails the test.
v1::Plan ReadTestPlan(absl::string_view main, absl::string_view more = "");
v1::Plan ReadWholePlan(absl::string_view text);

// Compiles at 2026-11-23 00:00 UTC, a Monday.
CompileResult CompileForTest(const v1::Plan& plan, const Attachments& attachments = {});

// What compiling finds, each "error CODE PATH" or "warning CODE PATH"; of the
// plan around `main` without the warnings about what it does not use.
std::vector<std::string> IssuesOf(const v1::Plan& plan);
std::vector<std::string> IssuesOf(absl::string_view main, absl::string_view more = "");

// The message of the first issue with this code; empty if there is none.
std::string MessageOf(const v1::Plan& plan, absl::string_view code);

// A tree that is fit for a plan.
inline constexpr absl::string_view kDesk =
    "dial: { to: front, otherwise: { voicemail: { mailbox: desk } } }";

// A branch that shows itself: "on_busy: { announce: { message: on_busy } }".
std::string On(absl::string_view branch);

// A plan without errors, and what is known about its world.
class TestPlan {
 public:
  explicit TestPlan(absl::string_view main, absl::string_view more = "");
  explicit TestPlan(const v1::Plan& plan, const Attachments& attachments = {});

  // State facts for ever.
  void SetConferenceFull(absl::string_view name);
  void SetLimit(absl::string_view name, LimitStatus status);
  void SetDestination(absl::string_view name, Status status);
  void SetSite(absl::string_view name, Status status);
  void SetGateway(absl::string_view name, Status status);
  void SetSwitch(absl::string_view name, bool on);
  void SetSwitchTo(absl::string_view name, absl::string_view value);
  void SetGroup(absl::string_view name, GroupState state);
  void SetLine(absl::string_view name, LineFeature feature, const FeatureSetting& setting);
  // How things stand in a group; nothing is known where this was not said.
  void SetFigures(absl::string_view group, const GroupFigures& figures);

  const CompiledPlan& plan() const { return *plan_; }
  const FactView& facts() const { return facts_; }
  const CounterView& counters() const { return counters_; }
  const GroupBoard& figures() const { return figures_; }
  // Takes the turns that a decision claims, as the ledger does when nobody else
  // asks.
  void TakeTurns(const Decision& decision) const;

 private:
  std::shared_ptr<const CompiledPlan> plan_;
  FactBoard board_;
  FactView facts_;
  StatedFigures figures_;
  CounterBoard counter_board_;
  CounterView counters_;
};

// One call, asked about step by step. Every question is evaluated with and
// without a recorder; that both decide the same is checked.
class TestCall {
 public:
  // To +3222000100 from +32470000000, at 2026-11-23 10:00 in Brussels.
  explicit TestCall(const TestPlan& plan);

  TestCall& From(absl::string_view number);
  // A line of the customer calls.
  TestCall& FromLine(absl::string_view number);
  // The caller withholds the number.
  TestCall& Withheld();
  // Something came as the calling number that is none.
  TestCall& Unreadable();
  // A dial string stands where the caller's number should.
  TestCall& UnreadableAs(absl::string_view dialled, bool is_short_at_ingress);
  TestCall& To(absl::string_view number);
  TestCall& Verified(Verstat verstat);
  TestCall& Attested(Attestation attestation);
  // Where the network sends the called number.
  TestCall& Ported(absl::string_view routing_number);
  TestCall& By(absl::string_view ingress);
  TestCall& LocatedAt(absl::string_view location);
  TestCall& Diverted(int times, absl::string_view by, DiversionReason reason);
  // Before the last time.
  TestCall& DivertedBefore(absl::string_view by);
  // Local time in Brussels: when the call arrives, and is asked about.
  TestCall& At(absl::string_view local);
  // Local time in Brussels: from here on questions are asked then.
  TestCall& Now(absl::string_view local);
  // Its id, by which shares are drawn.
  TestCall& Id(absl::string_view reference);
  TestCall& MaxAttempts(int most);
  TestCall& MaxHops(int most);
  // This recovery plan is on for the called number.
  TestCall& Recovered(absl::string_view recovery_plan, bool is_drill = false);
  // How the call stands in the contact centre, which must outlive it.
  TestCall& Stands(const ContactNow& contact);
  // The ledger gives the call this turn at what the plan has under this name.
  TestCall& GiveTurn(absl::string_view counter, uint32_t turn);
  // The ledger refuses claims on what the plan has under this name.
  TestCall& Refuse(absl::string_view counter);

  // The first question. The answer in words, see Words().
  std::string Ask();
  // A later one: `event` as ParseEvent reads it. "InvalidArgument: ..." for
  // one that does not fit; the call then stands where it stood.
  std::string Tell(absl::string_view event);
  std::string Tell(const Event& event);

  const Decision& decision() const { return decision_; }
  const CallState& state() const { return state_; }
  const Leg& leg(int index) const;

  // Of the last question: "PATH kind: BRANCH (why)" for every visit.
  std::vector<std::string> Way() const;
  // Of the last question and the visit at `index`, from the end if negative:
  // "subject | against | finding | yes".
  std::vector<std::string> Comparisons(int index = -1) const;
  // Why those of them are not taken that did not match.
  std::vector<NotTaken> WhyNot(int index = -1) const;
  // The cases that come later in order than the one taken there.
  const std::vector<std::string>& Later(int index = -1) const { return VisitAt(index).later; }

 private:
  const Visit& VisitAt(int index) const;
  uint32_t CounterIndex(absl::string_view counter) const;
  EvaluationContext Context(const NumberRoute& route) const;
  std::string Answer(absl::StatusOr<NodeIndex> position, const CallState& state,
                     const Decision& decision, const Explanation& explanation);

  const TestPlan& plan_;
  CallState state_;
  int64_t now_ = 0;
  int max_attempts_ = 32;
  int max_hops_ = 10;
  RecoveryOn recovery_;
  const ContactNow* contact_ = nullptr;
  SettledClaims settled_;
  NodeIndex position_ = 0;
  Decision decision_;
  Explanation explanation_;
};

// A decision's action: "dial front, +3222000111 together", "announce closed",
// "menu main 1 2 # (3 tries)", "wait team 1m", "voicemail desk after busy",
// "conference room", "reject 486/17", "release 480/31 no match",
// "pass_through", "collect ask 4-8# secret (3 tries)", "more_digits 10-11". What may be
// ended by a key says "interruptible", what not "to the end"; what asks again when the
// called side ends the call "asks after".
std::string Words(const Decision& decision);

// A result of a dial event: which target, how it ended, and the SIP status.
Event DialEvent(std::initializer_list<AttemptResult> results);

}  // namespace libroute

#endif  // LIBROUTE_TREE_TEST_TREE_H_
