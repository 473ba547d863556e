#ifndef LIBROUTE_CONTACT_FLOOR_H_
#define LIBROUTE_CONTACT_FLOOR_H_

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libroute/contact/agent.h"
#include "libroute/contact/contact_state.h"
#include "libroute/contact/deadlines.h"
#include "libroute/contact/effect.h"
#include "libroute/contact/event.h"
#include "libroute/contact/group.h"
#include "libroute/contact/named_slots.h"

namespace libroute::contact {

// The floor of a contact centre: all its agents, groups and contacts, and what
// each event does to them. Inside the folder only; ContactCenter is the door.
//
// Between events (see reference_floor.h, which checks all of it slowly):
// - no contact waits that a free agent could take;
// - an agent stands in the free set of a group and medium exactly if he is able
//   to take such a contact, and a contact in the sets of its places exactly if it
//   may have one more offer;
// - everything that ends by itself has its deadline in `deadlines`.
//
// An event is checked first and then carried out: it changes contacts and agents,
// and notes whom that sets free (`Freed`) or who needs an agent again
// (`Returned`). Settle then brings them together.
class Floor {
 public:
  absl::Status Apply(const Event& event, Micros now, Effects& effects);
  // Does what is due by `now`.
  void Advance(Micros now, Effects& effects);

  // -- What is there (floor_match.cc). Read by the door and the tests.
  using Agents = NamedSlots<AgentId, Agent>;
  using Groups = NamedSlots<GroupId, Group>;
  using Contacts = NamedSlots<ContactId, Contact>;
  const Agents& agents() const { return agents_; }
  const Groups& groups() const { return groups_; }
  const Contacts& contacts() const { return contacts_; }
  const Deadlines& deadlines() const { return deadlines_; }
  const CenterRules& rules() const { return rules_; }
  Micros now() const { return now_; }

  // For which media the agent could be offered a contact now.
  Media AvailableMedia(const Agent& agent) const;
  // Whether this agent is not to be offered this contact.
  bool IsRefused(const Contact& contact, uint32_t contact_slot, uint32_t agent) const;
  // Whether the agent whom the contact wants first may still come to take it.
  bool MayWaitForAgent(uint32_t contact) const;
  struct Candidate {
    uint32_t agent = kNobody;
    // kNobody: for the agent alone.
    uint32_t group = kNobody;
  };
  // Who gets the contact. O(places * levels), and O(log n) to take the first.
  std::optional<Candidate> PickAgent(uint32_t contact) const;
  struct Choice {
    uint32_t contact = kNobody;
    uint32_t group = kNobody;
  };
  // Which contact the agent gets, of these media. O(groups of the agent).
  std::optional<Choice> ChooseContact(uint32_t agent, Media media) const;
  std::optional<Reason> ShouldGiveUp(uint32_t contact) const;
  // Why a contact that came by this wish would give up at once; nothing if it would not.
  std::optional<Reason> WhyNot(const Wish& wish, Medium medium) const;
  // How many offers a contact may have at once.
  size_t OffersWanted(const Contact& contact) const;
  // What the deadlines should be.
  Micros DeadlineOf(const Agent& agent) const;
  Micros DeadlineOf(const Contact& contact) const;
  uint64_t RankNow(uint32_t agent, const Membership& membership) const;
  const Work* FindWork(const Agent& agent, Token token) const;
  // What supervisors have changed of the agent.
  const std::vector<Adjustment>& AdjustmentsOf(uint32_t agent) const;
  // What the agent has said of the contact, "" if nothing.
  absl::string_view DispositionOf(Token token) const;

 private:
  // -- Events: rules (floor_rules.cc)
  absl::Status On(const Configure& event);
  absl::Status On(const OpenGroup& event);
  absl::Status On(const CloseGroup& event);
  absl::Status On(const NewDay& event);
  // -- what supervisors do (floor_adjust.cc)
  absl::Status On(const AdjustSkill& event);
  absl::Status On(const AdjustIndex& event);
  absl::Status On(const ResetAgent& event);
  // -- agents (floor_agents.cc)
  absl::Status On(const LogIn& event);
  absl::Status On(const LogOut& event);
  absl::Status On(const Ready& event);
  absl::Status On(const NotReady& event);
  absl::Status On(const SetLine& event);
  absl::Status On(const Disconnected& event);
  absl::Status On(const Reconnected& event);
  // -- contacts (floor_contacts.cc)
  absl::Status On(const Arrive& event);
  absl::Status On(const Enter& event);
  absl::Status On(const HangUp& event);
  absl::Status On(const SendOn& event);
  // -- callbacks (floor_callbacks.cc)
  absl::Status On(const PromiseCallback& event);
  absl::Status On(const CallbackReached& event);
  absl::Status On(const Rest& event);
  absl::Status On(const RestWaiting& event);
  // -- offers (floor_offers.cc)
  absl::Status On(const Answer& event);
  absl::Status On(const Connected& event);
  absl::Status On(const Decline& event);
  absl::Status On(const NoAnswer& event);
  absl::Status On(const PhoneFailed& event);
  // -- work (floor_work.cc)
  absl::Status On(const Hold& event);
  absl::Status On(const Finish& event);
  absl::Status On(const EndWrapUp& event);
  absl::Status On(const ExtendWrapUp& event);
  absl::Status On(const Dispose& event);
  absl::Status On(const Transfer& event);
  absl::Status On(const Consult& event);
  absl::Status On(const CompleteTransfer& event);
  absl::Status On(const CancelConsult& event);
  // -- numbers outside (floor_outside.cc)
  absl::Status On(const SendOut& event);
  absl::Status On(const ConsultOutside& event);
  absl::Status On(const AnsweredOutside& event);

  // -- Rules, in the order in which Configure does it.
  void Remove(const CenterRules& rules);
  void RemoveGroup(uint32_t group);
  void RemoveAgent(uint32_t agent);
  void TakeRules(const CenterRules& rules);
  void AddAgents(const CenterRules& rules);
  void AddGroups(const CenterRules& rules);
  void AddMembers(const CenterRules& rules);
  void AddMembership(uint32_t agent, uint32_t group, int index, uint32_t place);
  // By group: which of several that are equal comes first does not depend on how the agent
  // came to them.
  static void SortMemberships(Agent& agent);
  void BringTogetherAnew();
  // Offers to an agent who may not have them any more.
  void WithdrawForbidden(uint32_t agent);
  void ReturnVisitors(uint32_t group);
  void OnGroupDue(uint32_t group);

  // -- What supervisors change (floor_adjust.cc)
  absl::StatusOr<uint32_t> AdjustableAgent(AgentId id) const;
  // Null if there is none.
  Adjustment* FindAdjustment(uint32_t agent, absl::string_view skill, absl::string_view group);
  void KeepAdjustment(uint32_t agent, Adjustment adjustment);
  void SetSkill(uint32_t agent, uint16_t skill, const AdjustSkill& event);
  void SetIndex(uint32_t agent, const AdjustIndex& event);
  // `change` alters the agent's memberships.
  template <typename Change>
  void Rejoin(uint32_t agent, Change change);
  void JoinBySkill(uint32_t agent, uint32_t group);
  void ReviewAdjustments(const CenterRules& rules);
  // Skills as they are changed instead of as they are written.
  void AdjustSkills(uint32_t agent, const SkillNames& skills);

  // -- Alarms (floor_alarms.cc)
  // Something has changed that alarms of the group may look at.
  void NoteChanged(uint32_t group);
  void CheckAlarms();
  void CheckAlarms(GroupId group);
  void UpdateGroupDeadline(uint32_t group);

  // -- Agents
  Agent* KnownAgent(AgentId id, absl::Status& status);
  void SetPresence(uint32_t agent, Presence presence, std::string text);
  void CountPresence(const Agent& agent, int by);
  void WithdrawOffers(uint32_t agent);
  // The agent's phone is no more at hand: calls that are offered or connected there are
  // not his.
  void EndCalls(uint32_t agent, Reason reason);
  // Who waits for the agent alone is looked at again.
  void ReturnWaiting(uint32_t agent);
  // An e-mail goes back to its group, with its age.
  void TakeBack(uint32_t agent, Token token);
  void Leave(uint32_t agent, Presence at_once, Presence pending, std::string text);
  // If a break or log-out was pending and nothing is left to do: now.
  void LeaveIfDone(uint32_t agent);
  // The agent's place among the idle is taken anew.
  void BecomeIdle(uint32_t agent);
  // The agent's ranks among the free are to be taken anew: out of the free sets until
  // UpdateFree does so.
  void Rerank(uint32_t agent);
  void TakeRanks(uint32_t agent);
  void NoteBusy(Agent& agent) const;
  // Takes the agent out of free sets, or puts him there.
  void UpdateFree(uint32_t agent);
  void TakeFromFree(uint32_t agent);
  void SetMedia(uint32_t agent, Membership& membership, Media media);
  void ResumeEmails(uint32_t agent);
  void InterruptEmails(uint32_t agent);
  void UpdateDeadline(uint32_t agent) {
    deadlines_.Set(Deadlines::Kind::kAgent, agent, DeadlineOf(agents_[agent]));
  }
  void OnAgentDue(uint32_t agent);

  // -- Contacts
  absl::Status CheckWish(const Wish& wish) const;
  void Seek(uint32_t contact, const Wish& wish);
  // Where it stands in `group`, by the position that was wished for.
  void TakePosition(Contact& contact, const Group& group, int position);
  void Queue(uint32_t contact);
  void QueueInGroups(uint32_t contact);
  void Unqueue(uint32_t contact);
  void OfferToFree(uint32_t contact);
  // Gives up, or waits on.
  void WaitOn(uint32_t contact);
  // Emits kWaiting if it waits, and that is news.
  void TellWaiting(uint32_t contact);
  void GiveUp(uint32_t contact, Reason reason);
  void StopSeeking(uint32_t contact);
  void WithdrawContact(uint32_t contact, Reason reason);
  void NoteRefusal(uint32_t contact, uint32_t agent);
  void EndContact(uint32_t contact, Reason reason);
  void UpdateContactDeadline(uint32_t contact) {
    deadlines_.Set(Deadlines::Kind::kContact, contact, DeadlineOf(contacts_[contact]));
  }
  void OnContactDue(uint32_t contact);
  // Who has the contact, or has accepted it and is being connected.
  const std::string& HolderOf(const Contact& contact) const;
  // A call of the group was answered or lost.
  void NoteServed(uint32_t group, bool is_in_time);
  // Of those that seek as its first (not to consult) in a group.
  GroupCounts* CountsOf(const Contact& contact);

  // -- Callbacks (floor_callbacks.cc)
  // It waits until its own time is over.
  void KeepPromise(Contact& contact) const;
  // Whether it rests on; it begins to wait if it does not any more.
  bool RestsOn(uint32_t contact);
  void CountCallback(const Contact& contact, int by);

  // -- Offers
  void Offer(uint32_t contact, Candidate to);
  struct Found {
    uint32_t agent = kNobody;
    Work* work = nullptr;
  };
  absl::Status Find(AgentId id, Token token, std::initializer_list<Work::State> states,
                    absl::string_view wanted, Found& found);
  void EndOffer(uint32_t agent, Token token, Reason reason);
  void PunishMissed(uint32_t agent, const Work& work);
  void RescindOthers(uint32_t contact, uint32_t winner);
  void Activate(uint32_t agent, Work& work);
  void RemoveWork(uint32_t agent, Token token);

  // -- Work
  // The agent's part in an active contact is over.
  void WrapUp(uint32_t agent, Token token);
  void SetHeld(Work& work, bool is_held) const;
  Micros WrapUpTime(const Agent& agent, const Work& work) const;
  // The agent is done with it altogether.
  void NoteHandled(uint32_t agent, const Work& work);
  void Release(uint32_t agent, Token token);
  // What the agent has said of it is counted.
  void NoteDisposition(uint32_t agent, const Work& work);
  void EndConsultation(uint32_t contact, Reason reason);
  // The consulted agent's part is over, as any other work.
  void EndConsulted(uint32_t contact);
  Work* WorkOn(uint32_t agent, ContactId contact);
  absl::Status FindOwned(AgentId id, Token token, Found& found);
  // The same of a call that may go outside for so long.
  absl::Status FindOwnedCall(AgentId id, Token token, absl::Duration within, Found& found);
  // The number outside that the owner consults has the contact; it is done.
  void HandOut(uint32_t contact);

  // -- Bringing together (floor_match.cc)
  void Freed(uint32_t agent) { freed_.push_back(agents_.id(agent)); }
  void Returned(uint32_t contact) { returned_.push_back(contacts_.id(contact)); }
  void Settle();
  void Serve(uint32_t agent);
  void CheckEmptied();
  Effect& Emit(Effect::Kind kind);
  Effect& EmitWork(Effect::Kind kind, uint32_t agent, const Work& work);
  absl::Time ToTime(Micros at) const { return absl::FromUnixMicros(at); }

  // But for its groups and agents.
  CenterRules rules_;
  // What rules_ says, as the matching needs it.
  int call_cost_ = 100;
  int email_cost_ = 30;
  Micros preference_step_ = 0;

  Agents agents_;
  Groups groups_;
  Contacts contacts_;
  absl::flat_hash_map<std::string, uint32_t> phones_;
  // Who waits for one agent, by medium.
  absl::flat_hash_map<uint32_t, std::array<absl::btree_set<WaitKey>, kMedia>> waiting_for_agent_;
  Deadlines deadlines_;
  // By agent.
  absl::btree_map<uint32_t, std::vector<Adjustment>> adjustments_;
  // Of works that are here.
  absl::flat_hash_map<Token, std::string> dispositions_;

  Micros now_ = 0;
  uint64_t effects_made_ = 0;
  uint64_t tokens_ = 0;
  uint64_t arrivals_ = 0;
  uint64_t idle_sequence_ = 0;
  Effects* effects_ = nullptr;

  // To be settled.
  std::vector<AgentId> freed_;
  std::vector<ContactId> returned_;
  std::vector<GroupId> emptied_;
  // Whose alarms are to be looked at.
  std::vector<GroupId> noted_;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_FLOOR_H_
