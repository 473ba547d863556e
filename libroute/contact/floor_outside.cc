// Numbers outside: where agents send calls to, and whom they consult.

#include "absl/strings/str_cat.h"
#include "libroute/contact/floor.h"

namespace libroute::contact {
namespace {

constexpr absl::Duration kMostOutside = absl::Hours(1);

absl::Status CheckWithin(absl::Duration within) {
  if (within >= absl::Seconds(1) && within <= kMostOutside) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("within: ", absl::FormatDuration(within),
                                                 " is not within 1s and ",
                                                 absl::FormatDuration(kMostOutside)));
}

}  // namespace

absl::Status Floor::FindOwnedCall(AgentId id, Token token, absl::Duration within, Found& found) {
  absl::Status status = FindOwned(id, token, found);
  if (!status.ok()) return status;
  if (found.work->medium == Medium::kCall) return CheckWithin(within);
  return absl::FailedPreconditionError(
      absl::StrCat("token ", token, ": is an e-mail, which no number outside takes"));
}

absl::Status Floor::On(const SendOut& event) {
  Found found;
  absl::Status status = FindOwnedCall(event.agent, event.token, event.within, found);
  if (!status.ok()) return status;
  const uint32_t slot = found.work->contact.slot;
  Contact& contact = contacts_[slot];
  if (contact.is_consulting()) EndConsultation(slot, Reason::kCancelled);
  contact.home = found.work->group;
  contact.owner = kNobody;
  contact.outside = Outside::kSentOut;
  contact.forget_at = now_ + absl::ToInt64Microseconds(event.within);
  UpdateContactDeadline(slot);
  WrapUp(found.agent, event.token);
  return absl::OkStatus();
}

absl::Status Floor::On(const ConsultOutside& event) {
  Found found;
  absl::Status status = FindOwnedCall(event.agent, event.token, event.within, found);
  if (!status.ok()) return status;
  const uint32_t slot = found.work->contact.slot;
  Contact& contact = contacts_[slot];
  if (contact.is_consulting()) {
    return absl::FailedPreconditionError(
        absl::StrCat("token ", event.token, ": a consultation is going on"));
  }
  contact.outside = Outside::kCalled;
  contact.forget_at = now_ + absl::ToInt64Microseconds(event.within);
  UpdateContactDeadline(slot);
  SetHeld(*found.work, true);
  return absl::OkStatus();
}

absl::Status Floor::On(const AnsweredOutside& event) {
  Contact* contact = contacts_.Get(event.contact);
  if (contact == nullptr) return absl::NotFoundError("there is no such contact, or not any more");
  const uint32_t slot = event.contact.slot;
  if (contact->outside == Outside::kCalled) {
    contact->outside = Outside::kConsulted;
    UpdateContactDeadline(slot);
    EmitWork(Effect::Kind::kConsulting, contact->owner, *WorkOn(contact->owner, event.contact));
    return absl::OkStatus();
  }
  if (contact->outside != Outside::kSentOut) {
    return absl::FailedPreconditionError(
        absl::StrCat("contact \"", contacts_.name(slot), "\": no number outside is called for it",
                     contact->outside == Outside::kConsulted ? " any more; it has answered" : ""));
  }
  if (Group* group = groups_.Get(contact->home)) ++group->counts.transferred_out;
  EndContact(slot, Reason::kDone);
  return absl::OkStatus();
}

void Floor::HandOut(uint32_t slot) {
  Contact& contact = contacts_[slot];
  const Work& work = *WorkOn(contact.owner, contacts_.id(slot));
  if (Group* group = groups_.Get(work.group)) ++group->counts.transferred_out;
  contact.outside = Outside::kNone;
  contact.is_over = true;
  WrapUp(contact.owner, work.token);
}

}  // namespace libroute::contact
