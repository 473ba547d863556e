#include "services/agents/supervisor_handler.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/agents/agent_message.h"
#include "services/request/customer.h"
#include "services/request/field.h"
#include "services/request/proto_time.h"

namespace libroute {
namespace {

absl::Status ReadClose(const v1::ChangeGroupRequest::Close& close, GroupAct& act) {
  using Close = v1::ChangeGroupRequest::Close;
  act.opens = false;
  switch (close.waiting()) {
    case Close::WAITING_UNSPECIFIED:
    case Close::WAITING_DRAIN:
      break;
    case Close::WAITING_EVICT:
      act.closing = contact::Closing::kEvict;
      break;
    case Close::WAITING_KEEP:
      act.closing = contact::Closing::kKeep;
      break;
    default:
      return BadField("close.waiting",
                      absl::StrCat(static_cast<int>(close.waiting()),
                                   " is not known; expected drain, evict or keep"));
  }
  if (!close.has_drain()) return absl::OkStatus();
  absl::StatusOr<absl::Duration> drain = ReadDuration(close.drain());
  if (!drain.ok()) return InField("close.drain", drain.status());
  act.drain = *drain;
  return absl::OkStatus();
}

absl::Status ReadChange(const v1::ChangeGroupRequest& request, GroupAct& act) {
  if (request.group().empty()) return BadField("group", "is missing");
  act.group = request.group();
  switch (request.change_case()) {
    case v1::ChangeGroupRequest::kOpen:
      return absl::OkStatus();
    case v1::ChangeGroupRequest::kClose:
      return ReadClose(request.close(), act);
    case v1::ChangeGroupRequest::CHANGE_NOT_SET:
      break;
  }
  return BadField("change", "is missing; expected open or close");
}

}  // namespace

absl::Status SupervisorHandler::ListContacts(const v1::ListContactsRequest& request,
                                             const Principal& principal,
                                             v1::ListContactsResponse* response) const {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  const absl::StatusOr<std::vector<ContactEntry>> contacts = engine_.ListContacts(*customer);
  if (!contacts.ok()) return contacts.status();
  for (const ContactEntry& contact : *contacts) WriteContact(contact, response->add_contacts());
  return absl::OkStatus();
}

absl::Status SupervisorHandler::ChangeGroup(const v1::ChangeGroupRequest& request,
                                            const Principal& principal,
                                            v1::ChangeGroupResponse* response) {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  GroupAct act;
  absl::Status status = ReadChange(request, act);
  if (!status.ok()) return status;
  absl::StatusOr<GroupNow> group = engine_.ChangeGroup(*customer, act, clock_());
  if (!group.ok()) return group.status();
  WriteGroup(*group, response->mutable_group());
  return absl::OkStatus();
}

}  // namespace libroute
