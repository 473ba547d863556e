#ifndef LIBROUTE_ENGINE_STATE_H_
#define LIBROUTE_ENGINE_STATE_H_

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libroute/call/email.h"
#include "libroute/carrier/inventory.h"
#include "libroute/engine/contacts.h"
#include "libroute/engine/customer.h"
#include "libroute/engine/emails.h"
#include "libroute/engine/engine.h"
#include "libroute/engine/ingresses.h"
#include "libroute/engine/mailboxes.h"
#include "libroute/epoch/epoch.h"
#include "libroute/epoch/mutex.h"
#include "libroute/ledger/held_steps.h"
#include "libroute/ledger/ledger.h"
#include "libroute/number/directory.h"
#include "libroute/record/record_book.h"
#include "libroute/schedule/schedule_pool.h"
#include "libroute/seal/sealer.h"
#include "libroute/tree/compile.h"
#include "libroute/tree/dial_graph.h"
#include "libroute/tree/evaluate.h"

namespace libroute {

// The carrier's own side.
struct CarrierSide {
  std::shared_ptr<const Inventory> inventory;
  // Of each of its limits, in order: places, and how fast calls came; null for what
  // it does not have.
  std::vector<std::pair<Counter*, Counter*>> counters;
};

// All that an engine holds. Publishing is in publish.cc, what people set in
// set_by_hand.cc, the passing of time in advance.cc, calls in engine.cc.
class Engine::State {
 public:
  State(EngineOptions given, Ingresses known_ingresses, std::unique_ptr<Sealer> made_sealer)
      : options(std::move(given)),
        ingresses(std::move(known_ingresses)),
        sealer(std::move(made_sealer)),
        records(options.records == nullptr
                    ? nullptr
                    : std::make_unique<RecordBook>(*options.records, options.claim_lease,
                                                   options.max_open_records)),
        ledger(options.claim_lease),
        directory(domain),
        customers(domain),
        contacts({!options.has_agents, options.claim_lease, options.on_contact_news}) {}
  ~State() { delete carrier_.load(std::memory_order_relaxed); }

  // publish.cc
  Publication Publish(const v1::Plan& plan, const Attachments& attachments, absl::Time now);
  Publication Check(const v1::Plan& plan, const Attachments& attachments, absl::Time now);
  absl::Status Withdraw(absl::string_view customer);
  std::vector<Issue> SetInventory(const v1::Inventory& written);
  // Null if there is none. Under a ReadGuard.
  const CarrierSide* carrier() const { return carrier_.load(std::memory_order_seq_cst); }
  const std::shared_ptr<const Inventory>* inventory() const {
    const CarrierSide* side = carrier();
    return side == nullptr ? nullptr : &side->inventory;
  }
  // The live revision of a customer; null if there is none.
  std::shared_ptr<const Revision> Live(absl::string_view customer) const;

  // Pairs of pattern and customer, and the bytes that they take.
  std::pair<size_t, size_t> DirectorySize() {
    MutexLock lock(publish_mutex_);
    return {directory.size(), directory.memory_bytes()};
  }

  // effects.cc
  // The first decision of a step that had an effect; `decision` is it then. `is_over`, if
  // given: whether the call has ended since.
  std::optional<absl::StatusOr<Answer>> AnswerHeld(const Call& call, uint64_t question,
                                                   absl::Time now, Decision& decision,
                                                   bool* is_over = nullptr);
  // The same for a question that comes again: a call that waits goes on as far as it can.
  std::optional<absl::StatusOr<Answer>> AnswerAsBefore(const Call& call, uint64_t question,
                                                       absl::Time now, Decision& decision);
  // A decision was made: what is over holds no places.
  void SettlePlaces(const Call& call, absl::Time now, Decision& decision);
  // What a step does once is done under this.
  Mutex& MutexOf(const CallId& call) { return step_mutexes_[CallSeed(call) % kStepMutexes]; }
  // A waiting call is asked about once at a time. Before MutexOf.
  Mutex& WaitingMutexOf(const CallId& call) {
    return waiting_mutexes_[CallSeed(call) % kStepMutexes];
  }

  // agents.cc
  absl::StatusOr<uint32_t> FindCustomer(absl::string_view customer) const;
  absl::StatusOr<uint32_t> WithLivePlan(absl::string_view customer) const;
  // The centre of a customer with a live plan; null if that never had agents or groups.
  absl::StatusOr<const Center*> LiveCenter(absl::string_view customer) const;
  // Likewise, with agents, to be changed by supervisors; NotFound if the plan has neither
  // agents nor groups.
  absl::StatusOr<Center*> CenterToChange(absl::string_view customer) const;
  // InvalidArgument, in that field, for a number that neither plan nor carrier lets be dialled.
  absl::Status CheckDialled(const Revision* live, E164Number number, absl::string_view field) const;
  absl::Status CheckPhone(absl::string_view customer, absl::string_view phone) const;

  // outside.cc
  // Whether agents may transfer calls there, and such a number may be dialled now.
  absl::Status CheckOutside(absl::string_view customer, const std::string& number) const;
  // What a decision would say of phones that none dials: those that an agent consults.
  // `decision` is the one by which the call came to him, or nothing.
  void Equip(const CallId& call, const Decision& decision, CallNow& now);

  // effects.cc
  // What a switch says of a call that goes on.
  void ReportAlive(const CallReport& report, absl::Time now);

  // waiting.cc
  absl::Status Complete(const Enter& enter, absl::Time now, Decision& decision);
  absl::StatusOr<std::optional<CallNow>> FollowUp(const CallId& call, absl::Time now,
                                                  Decision& decision);

  // callbacks.cc
  // Whether an agent has hung up before the caller was reached, which `event` says then.
  bool AgentLeft(const CallId& call, const Continuation& stands, Event& event) const;

  // emails.cc
  // The mailbox that an e-mail comes to.
  struct Delivery {
    uint32_t customer = 0;
    std::string mailbox;
  };
  absl::StatusOr<Delivery> FindDelivery(const Email& email) const;
  absl::Status Submit(const Email& email, absl::Time now, Decision& decision);
  // Of an e-mail that waits: where it stands, and how that ends.
  struct EmailWaited {
    absl::string_view continuation;
    const Event& event;
  };
  // `waited` is null for the first question.
  absl::StatusOr<Explanation> ExplainEmail(const Email& email, const EmailWaited* waited,
                                           absl::Time at, Decision& decision);
  absl::StatusOr<bool> WithdrawEmail(absl::string_view customer, absl::string_view connector,
                                     absl::string_view message_id, absl::Time now);

  // line_features.cc
  absl::Status SetLineFeatures(absl::string_view customer, absl::string_view line,
                               const LineSettings& settings);
  absl::StatusOr<std::vector<SwitchedLine>> LineFeatures(absl::string_view customer) const;

  // set_by_hand.cc
  absl::Status SetSwitch(absl::string_view customer, const SwitchSetting& setting,
                         const ChangedBy& by);
  absl::StatusOr<std::vector<SwitchStanding>> Switches(absl::string_view customer,
                                                       absl::Time now) const;
  absl::StatusOr<RecoveryStanding> SetRecovery(absl::string_view customer,
                                               const RecoverySetting& setting, const ChangedBy& by);
  absl::StatusOr<std::vector<RecoveryStanding>> Recovery(absl::string_view customer,
                                                         absl::Time now);

  // customer_groups.cc
  absl::Status SetGroupFigures(absl::string_view customer, absl::string_view group,
                               const GroupFigures& figures);
  absl::Status ClearGroupFigures(absl::string_view customer, absl::string_view group);
  // Whether figures of the group may be stated.
  absl::Status CheckStatedGroup(absl::string_view customer, absl::string_view group) const;
  // How things stand in a group of the customer's: as its contact centre knows, or, where
  // agents are kept elsewhere, as was stated.
  std::optional<GroupFigures> FindFigures(absl::string_view customer, absl::string_view group,
                                          absl::Time now) const;
  // What a call would be told that comes to the group at `at`, as far as that is known by now.
  GroupState FindGroupState(absl::string_view customer, absl::string_view group,
                            absl::Time at) const;

  // advance.cc
  absl::Status SetFact(absl::string_view customer, FactKind kind, absl::string_view name,
                       uint8_t value, absl::Time until);
  absl::StatusOr<std::vector<LimitState>> Limits(absl::string_view customer) const;
  std::vector<Effect> Advance(absl::Time now);
  absl::Time NextDeadline();

  const EngineOptions options;
  const Ingresses ingresses;
  const std::unique_ptr<Sealer> sealer;
  // Null if none are kept.
  const std::unique_ptr<RecordBook> records;

  // Readers of the directory, the customers and what is published hold a
  // ReadGuard of it.
  Ledger ledger;
  mutable EpochDomain domain;
  NumberDirectory directory;
  MailboxDirectory mailboxes;
  CustomerTable customers;
  SchedulePool schedules;
  HeldSteps held;
  // Those of e-mails are held for a day, and must not fill the table of calls.
  HeldSteps held_emails;
  HeldSteps& HeldFor(const CallId& call) { return call.epoch == kEmailEpoch ? held_emails : held; }
  Contacts contacts;

 private:
  void CheckOwners(const std::vector<NumberPattern>& patterns, absl::string_view customer,
                   std::vector<Issue>& issues) ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);
  // mailboxes.cc
  void CheckMailboxOwners(const CompiledPlan& plan, std::vector<Issue>& issues) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);
  void Commit(Customer& customer, std::shared_ptr<const Revision> revision,
              std::vector<NumberPattern> patterns) ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);

  // set_by_hand.cc
  absl::Status CheckRecovery(const Revision& live, int recovery, const RecoverySetting& setting,
                             int64_t now_seconds) const;
  // What was set of the customer's recovery plans holds for the next call.
  void ApplyRecovery(const Customer& customer, const Revision& live, int64_t now_seconds)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);
  // The same for a revision that is about to be live. What it does not have is off.
  void ApplyRecoveryTo(Customer& customer, Revision& revision, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);
  // Warns where a recovery plan is on that `plan` does not have.
  void CheckRecoveryKept(const v1::Plan& plan, absl::Time now, std::vector<Issue>& issues) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);
  // Turns off what is over.
  void EndRecoveries(absl::Time now, std::vector<Effect>& effects);

  // advance.cc
  void NoteFactExpiry(int64_t expires_seconds);

  // waiting.cc
  // Complete, for a call that may be an e-mail. Under WaitingMutexOf.
  absl::Status EnterAndFollow(const Call& call, const Enter& enter, absl::Time now,
                              Decision& decision);
  // Goes on from `decision`, by which the call waits, for as long as the contact centre
  // has something new. Under WaitingMutexOf.
  absl::Status Follow(const Call& call, uint64_t question, absl::Time now, Decision& decision);
  // The same for a question that comes again.
  absl::Status FollowAgain(const Call& call, uint64_t question, absl::Time now, Decision& decision);
  absl::Status FollowOnce(const Call& call, uint64_t question, const CallNews& news, absl::Time now,
                          Decision& decision);

  // emails.cc
  EmailFacts FactsOf(const Email& email, const Delivery& delivery) const;
  // Under WaitingMutexOf.
  absl::Status AskAboutEmail(const Call& call, uint32_t customer, absl::Time now,
                             Decision& decision);
  // It is no contact any more.
  void TakeOut(const CallId& email, absl::Time now);
  // Whether an agent has the e-mail, or it is over: `decision` says so then.
  bool IsSettled(const Call& call, uint32_t customer, Decision& decision);

  // check_loops.cc
  // Ways on which calls come back to the plan's numbers through others' plans.
  void CheckLoops(const CompileResult& compiled, const std::vector<NumberPattern>& patterns,
                  std::vector<Issue>& issues) ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);
  // Whether the live plan of another customer dials one of these.
  bool IsDialledByOthers(const std::vector<NumberPattern>& patterns,
                         absl::string_view customer) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);
  void NoteDialled(uint32_t slot, const DialGraph* before, const DialGraph* after)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);

  // What the carrier has against the numbers of a plan that compiled.
  void CheckClaims(const v1::Plan& plan, absl::Time now, std::vector<Issue>& issues) const;
  // The same of all live plans, as warnings.
  void CheckLivePlans(IssueList& issues) ABSL_EXCLUSIVE_LOCKS_REQUIRED(publish_mutex_);

  static constexpr size_t kStepMutexes = 64;

  std::array<Mutex, kStepMutexes> step_mutexes_;
  std::array<Mutex, kStepMutexes> waiting_mutexes_;
  Mutex publish_mutex_;
  // What live plans dial, and whose.
  std::set<std::pair<Digits, uint32_t>> dialled_ ABSL_GUARDED_BY(publish_mutex_);
  std::atomic<const CarrierSide*> carrier_{nullptr};
  CounterBoard carrier_counters_;
  Mutex facts_mutex_;
  // Unix seconds; the earliest time at which a fact stops being known.
  std::atomic<int64_t> next_fact_expiry_{FactCell::kForever};
  // The same for the next recovery plan whose time is over; 0 if there is something to
  // tell of one now.
  std::atomic<int64_t> next_recovery_end_{FactCell::kForever};
  std::vector<Effect> pending_effects_ ABSL_GUARDED_BY(publish_mutex_);
  uint64_t last_recovery_order_ ABSL_GUARDED_BY(publish_mutex_) = 0;
};

// NotFound: what is asked of a customer needs one.
absl::Status NoLivePlan(absl::string_view customer);

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_STATE_H_
