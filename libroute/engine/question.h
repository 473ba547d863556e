#ifndef LIBROUTE_ENGINE_QUESTION_H_
#define LIBROUTE_ENGINE_QUESTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/claim.h"
#include "libroute/engine/engine.h"
#include "libroute/engine/state.h"
#include "libroute/facts/group_board.h"
#include "libroute/tree/feature_codes.h"
#include "libroute/tree/look_ahead.h"

namespace libroute {

// How a question was answered, for what comes after: sealing, entering.
struct Course {
  CallState state;
  NodeIndex position = 0;
  uint32_t customer = 0;
  // A plan decided, not the engine itself.
  bool by_plan = false;
  // The call waited for an agent until now.
  bool waited = false;
  // And does so on, at the same node.
  bool stays = false;
  // Or goes on without an agent, because the switch says so.
  bool gave_up = false;
  // Or waits on, but is called back from now on.
  bool promises = false;
  // What became of the agents' phones that it was to dial.
  absl::InlinedVector<AttemptResult, 2> results;
  // The call could not go on where it stood.
  bool stale = false;
  // What the decision claims.
  ClaimsOn claims;
  // What it switches on a line of the customer, and that line's name, which the
  // decision's plan has.
  FeatureChanges features;
  absl::string_view features_of;
};

// Tells different questions of one step apart.
uint64_t QuestionHash(const Call& call);
uint64_t QuestionHash(absl::string_view continuation, const Event& event);

// A question that is not answered now has nothing besides.
inline void Forget(const Besides& besides) {
  if (besides.ahead != nullptr) besides.ahead->Clear();
  if (besides.explanation != nullptr) *besides.explanation = Explanation();
}

// One question, answered: finds the plan, evaluates it, seals. Lives on the
// stack of the thread that asks.
class Engine::Question {
 public:
  Question(State& engine, absl::Time now, Decision& decision, Besides besides = {},
           Continuation::Purpose purpose = Continuation::Purpose::kRoute,
           const ContactNow* contact = nullptr, const EmailFacts* email = nullptr)
      : engine_(engine),
        now_(now),
        decision_(decision),
        explanation_(besides.explanation),
        ahead_(besides.ahead),
        purpose_(purpose),
        contact_(contact),
        email_(email),
        groups_(engine, now, purpose == Continuation::Purpose::kExplain) {}

  // The first question about a call, without sealing.
  absl::Status AskFirst(const Call& call, Course& course);

  // Whether the first question is about a call for help.
  bool IsEmergency(const Call& call) const;

  // A later one.
  absl::Status AskNext(const Continuation& continuation, const Event& event, Course& course);

  absl::Status Seal(const Call& call, const Course& course) const;

  // Has the ledger grant what the decision claims; asks again, with `ask`,
  // while something is refused. What must happen once for the step has
  // happened then, except what the answer says. `question` tells it from others.
  absl::StatusOr<Answer> Finish(const Call& call, uint64_t question, Course& course,
                                absl::FunctionRef<absl::Status()> ask);

  // The same for a call that goes on by itself in a step that has had an effect.
  absl::Status FinishFollowing(const Call& call, Course& course,
                               absl::FunctionRef<absl::Status()> ask);

  // The same without any effect: what the ledger would refuse now is refused.
  absl::Status FinishWithoutEffect(const Call& call, Course& course,
                                   absl::FunctionRef<absl::Status()> ask);

  // Seals what was made ahead, once the decision itself is finished.
  void FinishAhead(const Call& call) const;

  // What a decision leaves to be done by the owner of the contacts.
  Answer LeftToDo(const Call& call, uint64_t question, const Course& course) const;

 private:
  // What came of a decision's claims. kAnotherWay: something was refused, or it is
  // another turn: the question is evaluated again.
  enum class Settled { kGranted, kAnotherWay, kHeldBefore };

  // A line that calls, as far as it is known, and its customer.
  struct Line {
    uint32_t customer = 0;
    // Null if no customer with a live plan has it.
    const Revision* revision = nullptr;
    E164Number number;
  };

  // customer_groups.cc
  // How things stand in the groups of the customer whose plan answers. Looks once for each
  // group that is asked for, so that the question hears the same of it each time, and not
  // at all for the others.
  class Groups final : public GroupBoard {
   public:
    Groups(const State& engine, absl::Time now, bool is_explained)
        : engine_(engine), now_(now), is_explained_(is_explained) {}

    // Whose groups are meant from now on.
    void SetCustomer(absl::string_view customer) { customer_ = customer; }
    std::optional<GroupFigures> Find(absl::string_view group) const override;
    GroupState StateOf(absl::string_view group) const override;
    bool IsPromised(E164Number number, uint64_t seed) const override;

   private:
    struct Known {
      std::string customer;
      std::string group;
      std::optional<GroupFigures> figures;
    };

    const State& engine_;
    const absl::Time now_;
    // Nobody comes: the question has no effect.
    const bool is_explained_;
    absl::string_view customer_;
    mutable std::vector<Known> known_;
  };

  // emergency.cc
  // Whether a call is one for help, who calls and from where.
  struct Emergency {
    bool is_one = false;
    // Its site decides that, not the ingress.
    bool by_site = false;
    // The country of the plan's lines does.
    bool by_plan = false;
    Line line;
    LinePlace at;
    // Place of the ingress; null if `dialled` is no emergency number there.
    const std::string* ingress = nullptr;
  };
  Emergency FindEmergency(const Call& call) const;
  Line LineInNeed(const Call& call) const;
  bool PassEmergency(const Call& call, Course& course);
  // Calls to this line are let through for a while.
  void Protect(E164Number line, Course& course);
  // Calls to this number are let through, if somebody has called for help there.
  bool PassCallBack(const Call& call, E164Number called);

  // effects.cc
  void NoteClaims(const Revision& revision, Course& course) const {
    for (const Claim& claim : decision_.claims) {
      if ((claim.counter & kCarriersCounter) != 0) continue;
      course.claims.push_back({claim, revision.counters.at(claim.counter)});
    }
  }
  absl::StatusOr<Settled> Settle(const Call& call, uint64_t question, const Course& course);
  // Under MutexOf(call).
  Settled GrantClaims(const Call& call, const Course& course);
  void Refuse(const Course& course, size_t claim);
  void SwitchFeatures(const Course& course);

  // carrier_layer.cc
  // What goes before any plan: a call back to who has called for help, and the
  // carrier's screening. `line` calls, if that is known; `called` without digits
  // too many.
  bool CarrierDecides(const Call& call, E164Number line, E164Number called, Course& course) {
    // Hardly ever is there anything to look at.
    if (CarriersInventory() == nullptr && !call.psap_callback && !engine_.ledger.protects_any()) {
      return false;
    }
    return PassCallBack(call, called) || ScreenedOut(call, line, called) ||
           TurnedAway(called, course);
  }
  bool ScreenedOut(const Call& call, E164Number line, E164Number called);
  // By the carrier's limits, of which the call claims its part.
  bool TurnedAway(E164Number called, Course& course);
  bool ClaimOfCarrier(const Claim& claim, Counter* counter, Course& course);
  // Null if there is none.
  const std::shared_ptr<const Inventory>* CarriersInventory() const { return engine_.inventory(); }
  const Screening* CarriersScreening() const {
    const std::shared_ptr<const Inventory>* inventory = CarriersInventory();
    return inventory == nullptr ? nullptr : &(*inventory)->screening();
  }
  // Whether the called number or the plan's customer is not active, says the
  // inventory: the call passes through then. There must be an inventory; `route`
  // is null for what is none of the plan's numbers.
  bool IsNotActive(const Call& call, const CompiledPlan& plan, const NumberRoute* route,
                   const CallState& state);
  // The decision stands only as long as the number's state does.
  void HoldWhile(const Service& service);
  // The called number or its customer, `whose` this is, is not active.
  void PassNotActive(const Call& call, absl::string_view whose, const Service& service);
  // Whose call it is that no plan decides; `route` may be null.
  void Tell(const CompiledPlan& plan, const NumberRoute* route, const CallState& state);
  // What the plan of the customer before reads for this number, beside what
  // the directory reads: where one plan has most numbers, the cache misses of
  // the two overlap.
  void PrefetchLikelyPlan(Digits number) const;
  bool DecidedBy(uint32_t slot, const Call& call, Course& course);
  // What is on for a number that a recovery plan may be on for.
  RecoveryOn FindRecovery(const Revision& revision, const NumberRoute& route) const {
    const RecoveryNow* now = revision.recovery.load(std::memory_order_seq_cst);
    return now == nullptr ? RecoveryOn() : now->Find(route.recovery, absl::ToUnixSeconds(now_));
  }
  // Evaluates the plan for a call that follows `route`.
  void Decide(const Call& call, const Revision& revision, const NumberRoute& route, Course& course);

  // emails.cc
  // The first question about an e-mail.
  absl::Status AskForEmail(const Call& call, Course& course);
  void FollowMailbox(const Revision& revision, const NumberRoute& route, Course& course);
  // By the live plan, since its own is not held any more.
  void BeginEmailAnew(const Revision& live, Course& course);

  // line_calls.cc
  // The first question about an internal or outbound call.
  void AskForLine(const Call& call, Course& course);
  // The same for a line, or an ingress, of a customer with a live plan.
  void DecideForLine(const Call& call, const Line& line, Course& course);
  // What was dialled is one of the plan's feature codes.
  void DecideFeature(const Call& call, const Line& line, Course& course);
  // `number` is that of the line, if it is known.
  Line FindLine(const Call& call, E164Number number) const;
  Line LineOfIngress(const Call& call, E164Number line_number,
                     absl::string_view customer_name) const;
  // The number of a line that always withholds it is withheld; whether it does.
  bool Withhold(const CompiledPlan& plan, E164Number line, CallState& state);
  // Null if there is none.
  const Revision* LiveRevision(uint32_t slot) const;
  // The call leads outside, and the plan has no tree for that.
  void LeaveOutside(const Call& call, const CompiledPlan& plan, const CallState& state);
  static E164Number ReadDialledByLine(Digits dialled, const NumberProfile& profile);
  // What was dialled, by the plan's dial strings, internal numbers and country; and
  // why it passes through if the plan has no route for it.
  PassThroughReason SetDialled(const CompiledPlan& plan, const Call& call, CallState& state);

  // As if nothing had been asked yet.
  void Begin();
  // What is wanted besides is not to be had.
  void ForgetBesides() const { Forget({ahead_, explanation_}); }
  // What `state`, which is new, knows of a call that arrives.
  void Arrive(const Call& call, CallState& state) const;
  void PassThrough(const Call& call, PassThroughDecision pass_through);
  void Reject(const Call& call, ResponseCode code, std::string why);
  void KeepAlive(const std::shared_ptr<const CompiledPlan>& plan);
  // What follows the decision of a plan.
  void AddAhead(const EvaluationContext& context, const Course& course) {
    if (ahead_ != nullptr) LookAhead(context, course.position, course.state, decision_, *ahead_);
  }
  absl::StatusOr<NodeIndex> Next(const EvaluationContext& context, NodeIndex position,
                                 const Event& event, CallState& state);
  // The call cannot go on where it stood: the live plan's default, if there is
  // a live plan. What the state says in terms of the old revision is gone.
  absl::Status GoStale(const Revision* live, const Event& event, Course& course);
  EvaluationContext Context(const Revision& revision, const NumberRoute& route);
  void Note(std::string note);

  // Set in the index of a counter that is none of the plan's.
  static constexpr uint32_t kCarriersCounter = 1u << 31;

  State& engine_;
  const absl::Time now_;
  Decision& decision_;
  // Null: not wanted.
  Explanation* const explanation_;
  Ahead* const ahead_;
  const Continuation::Purpose purpose_;
  // How the call stands in its contact centre, if that is what is asked about.
  const ContactNow* const contact_;
  // The e-mail that is asked about; null: it is a call.
  const EmailFacts* const email_;
  SettledClaims settled_;
  Groups groups_;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_QUESTION_H_
