#ifndef LIBROUTE_ENGINE_CONTACTS_H_
#define LIBROUTE_ENGINE_CONTACTS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "libroute/call/contact_now.h"
#include "libroute/contact/contact_center.h"
#include "libroute/engine/agents.h"
#include "libroute/engine/email_book.h"
#include "libroute/engine/engine.h"
#include "libroute/epoch/mutex.h"
#include "libroute/ledger/ledger.h"

namespace libroute {

// The contact centres of all customers, and which of them has which call. A call is
// a contact there by its id and the contact's number; it is given back when nothing is
// heard of it for so long as it may wait and kGrace more, or for `lease` while an
// agent has it.
//
// Thread-safe, by one lock; what concerns a call that is no contact is one load when
// nobody is.
class Contacts {
 public:
  static constexpr absl::Duration kGrace = absl::Seconds(64);
  // How many contacts a customer may have.
  static constexpr size_t kMaxContacts = 100'000;
  // How many of them may be e-mails, so that a flood of these keeps no call away.
  static constexpr size_t kMaxEmails = kMaxContacts / 2;

  // What a waiting call has to do next.
  struct News {
    // Why it goes on without an agent; kContactChanged: `now` says who is to take it.
    EventKind event = EventKind::kContactChanged;
    std::shared_ptr<const ContactNow> now;
    // What Tell is told.
    std::vector<int> targets;
    // There is nothing new to do; `now` says how it waits.
    bool is_as_before = false;
  };

  // `waits_unattended`: agents are kept elsewhere, and calls wait without coming to a
  // centre, until the switch says how that has ended.
  Contacts(bool waits_unattended, absl::Duration lease)
      : waits_unattended_(waits_unattended), lease_(lease) {}

  // The groups and agents of the customer's live plan; none if it has none. Days begin by
  // `zone`.
  void Configure(uint32_t customer, contact::CenterRules rules, absl::TimeZone zone,
                 absl::Time now);

  // Does what the question asks for. Returns the number of the call's contact, from
  // 1; 0 when it has left. ResourceExhausted when the customer has too many.
  absl::StatusOr<uint64_t> Enter(const libroute::Enter& enter, absl::Time now);

  // What there is for the call to do that waits by this question; nothing if it is no
  // contact, or waits by another one. The same again until Tell says that it was done.
  std::optional<News> FindNews(const Call& call, uint64_t question, absl::Time now);
  // The call was told that, by the decision of its step.
  void Tell(const Call& call, const News& news);
  // Whether it is a contact, by whichever question.
  bool Has(const CallId& call) const;
  // The step of the question by which the call waits, if it does.
  std::optional<uint32_t> FindStep(const CallId& call) const;
  // The calls for which there are news, or may be, since this was asked last; in the order
  // of their coming.
  std::vector<CallId> TakeNews();

  // What became of e-mails, and what becomes of one that is a contact.
  struct EmailNow {
    // Who has it; empty: nobody.
    std::string agent;
    // The agent is done with it.
    bool is_over = false;
  };
  std::optional<EmailNow> FindEmail(const CallId& email) const;
  EmailBook& emails() { return emails_; }
  const EmailBook& emails() const { return emails_; }

  // Whose centre has the call, if any.
  std::optional<uint32_t> FindCustomer(const CallId& call) const;
  // News that the call is alive.
  void Renew(const CallId& call, absl::Time now);

  // Reports that end a call end its contact; that an attempt was answered answers the
  // agent's offer; the others renew it.
  void Report(const CallReport& report, absl::Time now);

  // As Ledger::KeepLive, for contacts.
  Ledger::Kept KeepLive(absl::string_view switch_name, uint64_t epoch,
                        absl::Span<const std::string> references, absl::Time now);

  // agents.cc: as Engine's.
  absl::StatusOr<AgentNow> Act(uint32_t customer, const AgentAct& act, absl::Time now);
  absl::StatusOr<AgentNow> FindAgent(uint32_t customer, absl::string_view name) const;
  std::vector<AgentNow> Agents(uint32_t customer) const;
  std::vector<GroupNow> Groups(uint32_t customer) const;

  // Lets time pass. Returns the calls whose contacts ended for want of news, with their
  // customers.
  std::vector<std::pair<uint32_t, CallId>> Advance(absl::Time now);
  absl::Time NextDeadline() const;

  size_t size() const { return count_.load(std::memory_order_relaxed); }

 private:
  struct Offer {
    // Names its leg, in all decisions of the call.
    int target = 0;
    contact::AgentId agent;
    contact::Token token = 0;
    absl::Time deadline;
    // In the desk's hands: no phone is dialled yet.
    bool at_desk = false;
    // The desk has accepted it, now the phone is dialled.
    bool is_accepted = false;
    // By the decision of which step the call was told to dial it; it was not if nothing.
    std::optional<uint32_t> told_step;
  };
  // How long the phones of a group ring.
  struct Rings {
    absl::Duration answer_within = absl::Seconds(20);
    absl::Duration connect_within = absl::Seconds(20);
  };
  // A call that is a contact.
  struct Seat {
    uint32_t customer = 0;
    uint64_t number = 0;
    contact::ContactId contact;
    // An e-mail has no lease.
    contact::Medium medium = contact::Medium::kCall;
    // Those that are open.
    std::vector<Offer> offers;
    // Those that the call was told to dial.
    std::vector<int> told;
    // By which question it waits, and for which group.
    uint32_t step = 0;
    uint64_t question = 0;
    std::string group;
    // Why it goes on without an agent, and is to be told so.
    std::optional<EventKind> gave_up;
    // Who has it, by which token; 0: nobody.
    contact::AgentId owner;
    contact::Token owner_token = 0;
    absl::Duration max_wait;
    absl::Time alive_until = absl::InfinitePast();
    // Of this engine's contacts.
    uint64_t serial = 0;

    std::vector<int> Dialled() const;
    // When the last of the offers is over; InfinitePast if there is none.
    absl::Time OffersEnd() const;
  };
  struct Center {
    contact::ContactCenter floor;
    // The names that it has, as they are written down.
    std::vector<std::string> agents;
    std::vector<std::string> groups;
    absl::flat_hash_map<contact::ContactId, CallId> calls;
    uint64_t last_number = 0;
    size_t seats = 0;
    size_t emails = 0;
    // By name of the group.
    absl::flat_hash_map<std::string, Rings> rings;
    // Phones that nobody was told to dial yet, by when their offers end.
    absl::btree_map<std::pair<absl::Time, contact::Token>, contact::AgentId> unheard;
    absl::TimeZone zone = absl::UTCTimeZone();
    absl::Time next_day = absl::InfiniteFuture();
    int next_target = 0;
    // Who comes now, until the centre has said its name for it.
    const CallId* arriving = nullptr;
  };

  Center& CenterOf(uint32_t customer) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  const Center* FindCenter(uint32_t customer) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Lets the centre's time pass.
  void AdvanceTo(Center& center, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  static absl::Time NextDeadline(const Center& center);
  void CloseOffer(Center& center, Seat& seat, contact::Token token)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CloseOffers(Center& center, Seat& seat) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Lets time pass, gives the event to the centre and takes note of what comes of it.
  absl::Status Apply(Center& center, const contact::Event& event, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The same without letting pass what AdvanceTo looks after.
  absl::Status ApplyAt(Center& center, const contact::Event& event, absl::Time at)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Note(Center& center, const contact::Effect& effect) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // A call becomes a contact, if it was none.
  absl::StatusOr<Seat*> Take(const libroute::Enter& enter, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Wish(Seat& seat, const ContactRequest& request, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether it waits by that very question already.
  static bool IsSame(const Center& center, const Seat& seat, const ContactRequest& request);
  // An e-mail is over: whether its agent was done with it.
  void NoteFinished(const CallId& call, const Seat& seat);
  void NoteResults(Seat& seat, const ContactRequest& request, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteAnswered(Seat& seat, const std::optional<AttemptId>& attempt, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::shared_ptr<const ContactNow> NowOf(const Center& center, const Seat& seat) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void RenewHeld(const CallId& call, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Live(const CallId& call, Seat& seat, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Forget(const CallId& call) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Who has the call is done with it, or it is gone.
  void Leave(const CallId& call, absl::Time now, bool has_given_up = false)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void LeaveAll(const std::vector<CallId>& calls, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether it is offered to the agent by the phone.
  bool RingsAtPhone(const Center& center, contact::AgentId agent, contact::Token token) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  AgentNow NowOf(const Center& center, contact::AgentId agent) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const bool waits_unattended_;
  const absl::Duration lease_;
  mutable Mutex mutex_;
  absl::flat_hash_map<uint32_t, std::unique_ptr<Center>> centers_ ABSL_GUARDED_BY(mutex_);
  // In one centre each: Enter leaves the one before.
  absl::flat_hash_map<CallId, Seat> seats_ ABSL_GUARDED_BY(mutex_);
  // By Seat::alive_until, and by Seat::serial.
  absl::btree_map<std::pair<absl::Time, uint64_t>, CallId> alive_ ABSL_GUARDED_BY(mutex_);
  uint64_t last_serial_ ABSL_GUARDED_BY(mutex_) = 0;
  // Of seats that are there, by Seat::serial.
  absl::btree_map<uint64_t, CallId> news_ ABSL_GUARDED_BY(mutex_);
  contact::Effects effects_ ABSL_GUARDED_BY(mutex_);
  std::atomic<size_t> count_{0};
  EmailBook emails_;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_CONTACTS_H_
