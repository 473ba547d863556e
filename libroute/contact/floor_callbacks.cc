// Callbacks: callers who have hung up and keep their places.

#include "absl/strings/str_cat.h"
#include "libroute/contact/floor.h"

namespace libroute::contact {
namespace {

constexpr absl::Duration kMostPromise = absl::Hours(24);

absl::Status CheckPromise(absl::string_view field, absl::Duration time) {
  if (time >= absl::Seconds(1) && time <= kMostPromise) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", absl::FormatDuration(time),
                                                 " is not within 1s and ",
                                                 absl::FormatDuration(kMostPromise)));
}

}  // namespace

void Floor::KeepPromise(Contact& contact) const {
  contact.has_own_wait = true;
  contact.give_up_at = contact.callback_until;
}

void Floor::CountCallback(const Contact& contact, int by) {
  if (!contact.keeps_promise()) return;
  for (const Place& place : contact.places) groups_[place.group].callbacks += by;
}

bool Floor::RestsOn(uint32_t slot) {
  Contact& contact = contacts_[slot];
  if (contact.rests_until == kNever) return false;
  if (contact.rests_until > now_) return true;
  contact.rests_until = kNever;
  contact.entered = now_;
  return false;
}

absl::Status Floor::On(const PromiseCallback& event) {
  Contact* contact = contacts_.Get(event.contact);
  if (contact == nullptr) return absl::NotFoundError("there is no such contact, or not any more");
  const uint32_t slot = event.contact.slot;
  const std::string& name = contacts_.name(slot);
  if (contact->medium != Medium::kCall) {
    return absl::FailedPreconditionError(
        absl::StrCat("contact \"", name, "\" is an e-mail, which nobody calls back"));
  }
  if (contact->owner != kNobody) {
    return absl::FailedPreconditionError(absl::StrCat("contact \"", name, "\" is with agent \"",
                                                      agents_.name(contact->owner), "\""));
  }
  if (!contact->is_seeking && groups_.Get(contact->home) == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat("contact \"", name, "\" waits nowhere, and its group is not there any more"));
  }
  absl::Status status = CheckPromise("within", event.within);
  if (!status.ok()) return status;
  const bool is_counted = contact->is_queued && !contact->is_queued_for_agent;
  if (is_counted) CountCallback(*contact, -1);
  contact->is_callback = true;
  contact->callback_until = now_ + absl::ToInt64Microseconds(event.within);
  if (is_counted) CountCallback(*contact, +1);
  if (!contact->is_seeking) {
    Wish wish;
    wish.group = contact->home;
    Seek(slot, wish);
    return absl::OkStatus();
  }
  KeepPromise(*contact);
  if (groups_.Get(contact->home) == nullptr) contact->agent_until = contact->give_up_at;
  UpdateContactDeadline(slot);
  return absl::OkStatus();
}

absl::Status Floor::On(const CallbackReached& event) {
  Contact* contact = contacts_.Get(event.contact);
  if (contact == nullptr) return absl::NotFoundError("there is no such contact, or not any more");
  if (!contact->is_callback || contact->owner == kNobody || contact->is_over) {
    return absl::FailedPreconditionError(
        absl::StrCat("contact \"", contacts_.name(event.contact.slot),
                     "\" is not being called back by an agent who has it"));
  }
  contact->is_callback = false;
  contact->callback_until = kNever;
  return absl::OkStatus();
}

absl::Status Floor::On(const Rest& event) {
  Found found;
  absl::Status status = FindOwned(event.agent, event.token, found);
  if (status.ok()) status = CheckPromise("by", event.by);
  if (!status.ok()) return status;
  const ContactId id = found.work->contact;
  Contact& contact = contacts_[id.slot];
  if (!contact.is_callback) {
    return absl::FailedPreconditionError(
        absl::StrCat("contact \"", contacts_.name(id.slot), "\" is no callback"));
  }
  if (contact.is_consulting()) EndConsultation(id.slot, Reason::kCancelled);
  Wish wish;
  wish.group = groups_.Get(found.work->group) != nullptr ? found.work->group : contact.home;
  contact.owner = kNobody;
  contact.rests_until = now_ + absl::ToInt64Microseconds(event.by);
  WrapUp(found.agent, event.token);
  if (groups_.Get(wish.group) == nullptr) {
    // It was for this agent alone, and is again.
    wish.group = GroupId();
    wish.agent = event.agent;
  }
  const Agent* wanted = agents_.Get(wish.agent);
  if (wish.group || (wanted != nullptr && !wanted->is_removed)) {
    Seek(id.slot, wish);
  } else {
    contact.home = GroupId();
    GiveUp(id.slot, Reason::kNoAgents);
  }
  return absl::OkStatus();
}

absl::Status Floor::On(const RestWaiting& event) {
  Contact* contact = contacts_.Get(event.contact);
  if (contact == nullptr) return absl::NotFoundError("there is no such contact, or not any more");
  const uint32_t slot = event.contact.slot;
  if (!contact->keeps_promise() || !contact->is_seeking) {
    return absl::FailedPreconditionError(absl::StrCat("contact \"", contacts_.name(slot),
                                                      "\" is no callback that waits for an agent"));
  }
  if (event.by == absl::ZeroDuration()) {
    if (contact->rests_until == kNever) return absl::OkStatus();
    contact->rests_until = now_;
    Returned(slot);
    return absl::OkStatus();
  }
  absl::Status status = CheckPromise("by", event.by);
  if (!status.ok()) return status;
  WithdrawContact(slot, Reason::kWithdrawn);
  contact->rests_until = now_ + absl::ToInt64Microseconds(event.by);
  UpdateContactDeadline(slot);
  return absl::OkStatus();
}

}  // namespace libroute::contact
