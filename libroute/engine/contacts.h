#ifndef LIBROUTE_ENGINE_CONTACTS_H_
#define LIBROUTE_ENGINE_CONTACTS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "libroute/engine/center.h"
#include "libroute/engine/seat_index.h"
#include "libroute/epoch/mutex.h"
#include "libroute/ledger/ledger.h"

namespace libroute {

// The contact centres of all customers, and which of them has which call.
//
// Thread-safe: a lock for each centre; what concerns a call that is no contact is one load
// when nobody is.
class Contacts {
 public:
  explicit Contacts(CenterOptions options) : options_(std::move(options)) {}

  // The groups and agents of the customer's live plan, and when groups are open; none if it
  // has none. Days begin by `zone`.
  void Configure(uint32_t customer, contact::CenterRules rules, std::vector<GroupHours> hours,
                 absl::TimeZone zone, absl::Time now);

  // Does what the question asks for. Returns the number of the call's contact, from
  // 1; 0 when it has left. ResourceExhausted when the customer has too many.
  absl::StatusOr<uint64_t> Enter(const libroute::Enter& enter, absl::Time now);

  // What there is for the call to do that waits by this question; nothing if it is no
  // contact, or waits by another one. The same again until Tell says that it was done.
  std::optional<CallNews> FindNews(const Call& call, uint64_t question, absl::Time now);
  // The call was told that, by the decision of its step.
  void Tell(const Call& call, const CallNews& news);
  // Whether it is a contact, by whichever question.
  bool Has(const CallId& call) const { return index_.Find(call) != nullptr; }
  // The question by which the call waits, if it does.
  std::optional<Center::Place> FindPlace(const CallId& call) const;
  // How it waits if an agent has handed it on and no other one has it yet; null otherwise.
  std::shared_ptr<const ContactNow> FindHandedOn(const CallId& call) const;
  // Whether its caller is still to be called back.
  bool IsUnreached(const CallId& call) const;
  // As Engine's.
  CallNow TellAgents(const CallId& call);
  void NoteConfirming(const CallId& call, const std::vector<int>& targets);
  void NoteAttempt(const CallId& call, const AttemptEnd& end, absl::Time now);
  // What becomes of an e-mail, if it is a contact; and what became of earlier ones.
  std::optional<Center::EmailNow> FindEmail(const CallId& email) const;
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
  // The switch is told of news as they come, or not any more.
  void Watched(absl::string_view switch_name, bool is_watched, absl::Time now);

  // Null if the customer never had a plan with agents or calls that waited.
  Center* FindCenter(uint32_t customer) const;

  // The calls and the customers of which there may be something new, since this was asked
  // last.
  struct News {
    std::vector<CallId> calls;
    std::vector<uint32_t> customers;
  };
  News TakeNews();

  // Lets time pass. Returns the calls whose contacts ended for want of news, with their
  // customers, in order of these.
  std::vector<std::pair<uint32_t, CallId>> Advance(absl::Time now);
  absl::Time NextDeadline() const;

  size_t size() const { return index_.size(); }

 private:
  Center& CenterOf(uint32_t customer);
  std::vector<Center*> Centers() const;

  const CenterOptions options_;
  SeatIndex index_;
  EmailBook emails_;
  // No other lock is taken under it. What is in here stays.
  mutable Mutex mutex_;
  absl::btree_map<uint32_t, std::unique_ptr<Center>> centers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_CONTACTS_H_
