#ifndef LIBROUTE_ENGINE_CENTER_H_
#define LIBROUTE_ENGINE_CENTER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "libroute/call/contact_now.h"
#include "libroute/contact/contact_center.h"
#include "libroute/engine/agents.h"
#include "libroute/engine/email_book.h"
#include "libroute/engine/engine.h"
#include "libroute/engine/group_schedules.h"
#include "libroute/engine/seat_index.h"
#include "libroute/epoch/mutex.h"
#include "libroute/facts/group_board.h"

namespace libroute {

// What a waiting call has to do next.
struct CallNews {
  // Why it goes on without an agent; kContactChanged: `now` says who is to take it.
  EventKind event = EventKind::kContactChanged;
  std::shared_ptr<const ContactNow> now;
  // What Tell is told.
  std::vector<int> targets;
  // Those of them that have to be confirmed.
  std::vector<int> confirming;
  // There is nothing new to do; `now` says how it waits.
  bool is_as_before = false;
};

// What holds for all centres.
struct CenterOptions {
  // Agents are kept elsewhere, and calls wait without coming to a centre, until the switch
  // says how that has ended.
  bool waits_unattended = false;
  absl::Duration lease;
  // Called, under no lock of a centre, when there may be something for TakeNews.
  std::function<void()> on_news;
};

// The contact centre of a customer, and the calls that are its contacts: each by its id
// and the contact's number. A call is given back when nothing is heard of it for so long
// as it may wait and kGrace more, or for `lease` while an agent has it. One whose caller is
// called back is kept for as long as that was promised, whatever becomes of the switch.
//
// Thread-safe, by one lock. What a call does comes from one thread at a time.
class Center {
 public:
  static constexpr absl::Duration kGrace = absl::Seconds(64);
  // How many contacts a customer may have.
  static constexpr size_t kMaxContacts = 100'000;
  // How many of them may be e-mails, so that a flood of these keeps no call away.
  static constexpr size_t kMaxEmails = kMaxContacts / 2;

  // A call and the question by which it waits.
  struct Place {
    uint32_t step = 0;
    uint64_t question = 0;
  };

  // What becomes of an e-mail that is a contact.
  struct EmailNow {
    // Who has it; empty: nobody.
    std::string agent;
    // The agent is done with it.
    bool is_over = false;
  };

  // All outlive the centre.
  Center(uint32_t customer, const CenterOptions& options, SeatIndex& index, EmailBook& emails)
      : customer_(customer), options_(options), index_(index), emails_(emails) {}

  uint32_t customer() const { return customer_; }

  // As Contacts::Configure.
  void Configure(contact::CenterRules rules, std::vector<GroupHours> hours, absl::TimeZone zone,
                 absl::Time now);

  // As those of Contacts, for a call that may be here.
  absl::StatusOr<uint64_t> Enter(const ContactRequest& request, absl::Time now);
  std::optional<CallNews> FindNews(const Call& call, uint64_t question, absl::Time now);
  void Tell(const Call& call, const CallNews& news);
  std::optional<Place> FindPlace(const CallId& call) const;
  std::optional<EmailNow> FindEmail(const CallId& email) const;
  std::shared_ptr<const ContactNow> FindHandedOn(const CallId& call) const;
  bool IsUnreached(const CallId& call) const;
  bool IsPromised(E164Number number, uint64_t seed) const;
  // What an agent who has the call wants done with it, but for the step; `agent` is empty while
  // nobody has.
  CallNow TellAgents(const CallId& call);
  // Of the phones that this has named, these have to be confirmed.
  void NoteConfirming(const CallId& call, const std::vector<int>& targets);
  void NoteAttempt(const CallId& call, const AttemptEnd& end, absl::Time now);
  void Renew(const CallId& call, absl::Time now);
  void Report(const CallReport& report, absl::Time now);
  void Leave(const CallId& call, absl::Time now);

  // center_lives.cc: those of a switch.
  void LeaveBefore(const CallId& restarted, absl::Time now);
  void KeepLive(absl::string_view switch_name, uint64_t epoch,
                const absl::flat_hash_set<absl::string_view>& references, absl::Time now,
                std::vector<std::string>& held, std::vector<std::string>& given_back);
  void Watched(absl::string_view switch_name, bool is_watched, absl::Time now);

  // center_agents.cc: as Engine's.
  absl::StatusOr<AgentNow> Act(const AgentAct& act, absl::Time now);
  absl::StatusOr<AgentNow> FindAgent(absl::string_view name) const;
  std::vector<AgentNow> Agents() const;
  std::vector<std::string> GroupsBySkill(absl::string_view skill) const;
  std::vector<GroupNow> Groups() const;
  // How things stand in a group, for who is about to send a call there: lets no time pass.
  // Nothing if it is none.
  std::optional<GroupFigures> FindFigures(absl::string_view group, absl::Time now) const;
  // What a call would be told that comes to the group at `at`, as far as that is known by now:
  // kNoneFree if it would wait or get an agent.
  GroupState StateOf(absl::string_view group, absl::Time at) const;
  absl::StatusOr<ContactEntry> FindContact(const CallId& call) const;
  std::vector<ContactEntry> ListContacts() const;
  CenterChanges ChangesSince(uint64_t version, bool with_groups) const;

  // center_supervisors.cc: as Engine's.
  absl::StatusOr<GroupNow> Change(const GroupAct& act, absl::Time now);
  absl::StatusOr<AgentNow> Change(const AgentChange& change, absl::Time now);
  absl::StatusOr<ContactEntry> Change(const ContactAct& act, absl::Time now);

  // Appends the calls for which there are news; whether anything has changed since this
  // was asked last. No lock if nothing has.
  bool TakeNews(std::vector<CallId>& calls);

  // Lets time pass. Appends the calls whose contacts ended for want of news.
  void Advance(absl::Time now, std::vector<std::pair<uint32_t, CallId>>& over);
  // No lock.
  absl::Time NextDeadline() const;

 private:
  // Holds the lock; what has come of it is told when it lets go.
  class Turn;

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
    // For the agent who has the call, not for the call.
    bool is_consultation = false;
    // For which the agent is to take it; nobody's, where it is wanted of the agent alone.
    contact::GroupId group;
    // That somebody answers is not enough: a person has to confirm it.
    bool is_confirming = false;
  };
  // A number outside, to which an agent hands the call on, or whom he consults.
  struct Outside {
    E164Number number;
    // As of an offer.
    int target = 0;
    std::optional<uint32_t> told_step;
    // Who has it on the line if it does not answer, and for which group.
    contact::AgentId agent;
    contact::GroupId group;
    // The owner consults it.
    bool is_consultation = false;
    bool has_answered = false;
    // The owner has handed the call over to it: it is no contact any more.
    bool is_handed_over = false;
  };
  // A contact that is taken from its agent; the group is empty where an agent alone is wanted.
  struct HandOn {
    contact::Token token = 0;
    std::string group;
  };
  // What groups say of their calls.
  struct GroupTimes {
    absl::Duration answer_within = absl::Seconds(20);
    absl::Duration connect_within = absl::Seconds(20);
    absl::Duration max_wait = absl::Minutes(10);
  };
  // A call that is a contact.
  struct Seat {
    // Of this centre's contacts, from 1.
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
    // Which one the question asked for.
    std::string asked_group;
    // An agent or a supervisor has handed it on, to `group`.
    bool is_handed_on = false;
    // While it waited: who waits for news has to hear of it.
    bool is_moved = false;
    // Why it goes on without an agent, and is to be told so.
    std::optional<EventKind> gave_up;
    // Who has it, by which token; 0: nobody.
    contact::AgentId owner;
    contact::Token owner_token = 0;
    // Whom the owner talks with, by which leg; the token is 0 if with nobody.
    contact::AgentId consulted;
    contact::Token consulted_token = 0;
    int consulted_target = 0;
    std::optional<Outside> outside;
    absl::Duration max_wait;
    absl::Time alive_until = absl::InfinitePast();
    // Its caller has hung up and is called back; and was reached.
    std::optional<CallbackPromise> promise;
    bool is_called_back = false;
    // Or was before the agent's phone was known to have answered.
    bool is_reached_early = false;
    // It rests because its switch was not heard of.
    bool rests_unheard = false;
    // The last start of its switch that it has outlasted.
    uint64_t outlasted_epoch = 0;
    // For people.
    E164Number called;
    E164Number calling;
    std::string mailbox;
    std::string sender;
    std::string subject;
    std::string message_id;

    // Its caller is still to be called back.
    bool IsUnreached() const { return promise.has_value() && !is_called_back; }
    std::vector<int> Dialled() const;
    // The number that is dialled for the call itself; null if there is none.
    const Outside* sent_out() const {
      return outside.has_value() && !outside->is_consultation ? &*outside : nullptr;
    }
    bool is_handed_over() const { return outside.has_value() && outside->is_handed_over; }
    // When the last of the offers is over; InfinitePast if there is none.
    absl::Time OffersEnd() const;
  };

  // Lets the centre's time pass.
  void AdvanceTo(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Time NextUnheard() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // When AdvanceTo has something to do.
  absl::Time NextDue() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // That, or when a lease ends, in nanoseconds since 1970.
  int64_t NextDueNanos() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Lets time pass, gives the event to the floor and takes note of what comes of it.
  absl::Status Apply(const contact::Event& event, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The same without letting pass what AdvanceTo looks after.
  absl::Status ApplyAt(const contact::Event& event, absl::Time at)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // A group opens or closes by schedule.
  void OpenOrClose(const GroupSchedules::Change& change, absl::Time at)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // center_offers.cc
  void Note(const contact::Effect& effect) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether the call has to hear of it.
  bool NoteOfCall(const contact::Effect& effect, const CallId& call, Seat& seat)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The offer of somebody to be consulted was answered.
  void NoteConsulted(const contact::Effect& effect, Seat& seat)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // An e-mail is over: whether its agent was done with it.
  void NoteFinished(const CallId& call, const Seat& seat) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The floor has taken it from an agent who is not there any more; whether it has.
  bool NoteTakenBack(Seat& seat) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteHandedOn(Seat& seat, const std::string& to_group) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CloseOffer(Seat& seat, contact::Token token) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CloseOffers(Seat& seat) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteResults(Seat& seat, const ContactRequest& request, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteAnswered(Seat& seat, const CallReport& report, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Names the leg of an offer, or of a number outside.
  int NewTarget() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::shared_ptr<const ContactNow> NowOf(const Seat& seat) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The same without phones.
  ContactNow WaitOf(const Seat& seat) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Nothing if the agent has no phone.
  std::optional<ContactNow::Phone> PhoneOf(const Seat& seat, const Offer& offer) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteTold(Offer& offer, uint32_t step) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // A call becomes a contact, if it was none.
  absl::StatusOr<Seat*> Take(const ContactRequest& request) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void GiveUpClosed(Seat& seat, const CallId& call) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Wish(Seat& seat, const ContactRequest& request, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether it waits by that very question already.
  bool IsSame(const Seat& seat, const ContactRequest& request) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Null if it is not here.
  Seat* FindSeat(const CallId& call) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  const Seat* FindSeat(const CallId& call) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // callbacks.cc
  void NotePromise(const CallId& call, const CallbackPromise& promise, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The caller was not reached by the agent who has the call: whether it rests now.
  bool LetRest(const CallId& call, absl::Duration by, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether it stays though the switch does not have the call any more: its caller is
  // called back all the same. If an agent has waited for that, later. `epoch`: of the switch
  // that has started anew.
  bool KeepsPromise(const CallId& call, absl::Time now, uint64_t epoch = 0)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The leg to the caller has answered.
  void NoteCalledBack(const CallId& call, const AttemptId& attempt, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Reach(const CallId& call, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // What it was told to dial it was told for a caller who was there.
  void ForgetTold(Seat& seat) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // No phone was dialled for this offer. If it is of a callback, all those of its switch that
  // wait rest, lest they keep agents from others while the switch is away: whether it is.
  bool RestUnheard(contact::AgentId agent, contact::Token token, absl::Time at)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Its switch is heard of: that rest is over.
  void Wake(const CallId& call, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // That which the agent has by this token, if its caller was not reached yet; else null.
  const Seat* UnreachedOf(contact::AgentId agent, contact::Token token) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // center_lives.cc
  void Live(const CallId& call, Seat& seat, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void LiveUntil(const CallId& call, Seat& seat, absl::Time until)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Forget(const CallId& call) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Who has the call is done with it, or it is gone.
  void LeaveHeld(const CallId& call, absl::Time now, bool has_given_up = false)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // center_agents.cc
  // What the act means to the floor.
  absl::StatusOr<contact::Event> EventFor(const AgentAct& act, contact::AgentId agent) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<contact::Wish> ReadWish(const AgentAct& act, contact::AgentId agent) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // What the agent has by that token; for which group, nobody's if it is none.
  std::optional<contact::AgentStanding::Slot> SlotOf(contact::AgentId agent,
                                                     contact::Token token) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  contact::GroupId GroupOf(contact::AgentId agent, contact::Token token) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // `own_group` is that of the contact.
  absl::StatusOr<contact::Wish> ReadWish(const std::string& to_group, const std::string& to_agent,
                                         contact::ContactId contact,
                                         contact::GroupId own_group) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Does what the act says.
  absl::Status Carry(const AgentAct& act, contact::AgentId agent, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status HandOnBy(const contact::Transfer& transfer, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether it is offered to the agent by the phone.
  bool RingsAtPhone(contact::AgentId agent, contact::Token token) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  AgentNow NowOf(contact::AgentId agent) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // `standing` is that of the contact, if it is there.
  ContactDetails DetailsOf(contact::ContactId contact, contact::GroupId group,
                           const std::optional<contact::ContactStanding>& standing) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Nothing if it has ended.
  std::optional<ContactEntry> EntryOf(contact::ContactId contact) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<AgentNow> AgentsHeld() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<GroupNow> GroupsHeld() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // center_outside.cc
  // Transfers to a number outside, or consults it; `act` has one that may be dialled.
  absl::Status GoOutside(const AgentAct& act, contact::AgentId agent, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status CompleteBy(const contact::CompleteTransfer& complete, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The call that the agent has by that token; null if it is none.
  const CallId* CallOf(contact::AgentId agent, contact::Token token) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  static ContactNow::Phone PhoneOf(const Outside& outside);
  void NoteAnsweredOutside(Seat& seat, const std::optional<AttemptId>& attempt, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The leg to the number outside, if there is one, has ended by that attempt: whether it was
  // this one.
  bool NoteEndedOutside(const CallId& call, Seat& seat, const AttemptId& attempt, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // The call goes back to who has sent it there, or to the group.
  void ReturnFromOutside(const CallId& call, Seat& seat, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // What the owner's consultation of it, or what came of that, means to the call.
  void TellOutside(Seat& seat, CallNow& now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // center_supervisors.cc
  // Whether the contact is in a state for it.
  absl::Status CheckReachable(const ContactAct& act, const Seat& seat,
                              const std::optional<contact::ContactStanding>& standing) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether a contact could wait there, or would be sent on at once.
  absl::Status CheckTarget(const contact::Wish& wish, contact::Medium medium) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status Move(const ContactAct& act, Seat& seat, const contact::ContactStanding& standing,
                    absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status MoveWaiting(const CallId& call, Seat& seat, const contact::Wish& wish,
                           absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // Who looks for what has changed sees it.
  void Touch(contact::AgentId agent) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void TouchAll() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const uint32_t customer_;
  const CenterOptions& options_;
  SeatIndex& index_;
  EmailBook& emails_;

  mutable Mutex mutex_;
  contact::ContactCenter floor_ ABSL_GUARDED_BY(mutex_);
  // The names that it has, as they are written down.
  std::vector<std::string> agents_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> groups_ ABSL_GUARDED_BY(mutex_);
  // By name of the group.
  absl::flat_hash_map<std::string, GroupTimes> times_ ABSL_GUARDED_BY(mutex_);
  absl::TimeZone zone_ ABSL_GUARDED_BY(mutex_) = absl::UTCTimeZone();
  GroupSchedules schedules_ ABSL_GUARDED_BY(mutex_);
  absl::Time next_day_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();

  absl::flat_hash_map<CallId, Seat> seats_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<contact::ContactId, CallId> calls_ ABSL_GUARDED_BY(mutex_);
  size_t email_count_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t last_number_ ABSL_GUARDED_BY(mutex_) = 0;
  int next_target_ ABSL_GUARDED_BY(mutex_) = 0;
  // Who comes now, until the floor has said its name for it.
  const CallId* arriving_ ABSL_GUARDED_BY(mutex_) = nullptr;
  // By which work a contact is handed on now, and to which group; null if none is.
  const HandOn* handing_on_ ABSL_GUARDED_BY(mutex_) = nullptr;
  // Phones that nobody was told to dial yet, by when their offers end.
  absl::btree_map<std::pair<absl::Time, contact::Token>, contact::AgentId> unheard_
      ABSL_GUARDED_BY(mutex_);
  // By Seat::alive_until, and by Seat::number.
  absl::btree_map<std::pair<absl::Time, uint64_t>, CallId> alive_ ABSL_GUARDED_BY(mutex_);
  // Of seats that are there, by Seat::number.
  absl::btree_map<uint64_t, CallId> news_ ABSL_GUARDED_BY(mutex_);

  // Grows with all that changes; which agent has changed last by which version, and the
  // other way round.
  uint64_t version_ ABSL_GUARDED_BY(mutex_) = 1;
  // Who has seen less has to look at everything.
  uint64_t full_version_ ABSL_GUARDED_BY(mutex_) = 1;
  absl::flat_hash_map<contact::AgentId, uint64_t> versions_ ABSL_GUARDED_BY(mutex_);
  absl::btree_map<uint64_t, contact::AgentId> changed_ ABSL_GUARDED_BY(mutex_);
  contact::Effects effects_ ABSL_GUARDED_BY(mutex_);

  // Something has changed that TakeNews has not told of.
  std::atomic<bool> has_news_{false};
  // NextDueNanos.
  std::atomic<int64_t> next_deadline_{INT64_MAX};
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_CENTER_H_
