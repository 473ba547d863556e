#include "services/agents/supervision.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "services/request/customer.h"

namespace libroute {

absl::StatusOr<Supervision> Supervision::Read(absl::string_view resource,
                                              const Principal& principal) {
  absl::StatusOr<std::string> customer = ReadCustomerName(resource);
  if (!customer.ok()) return customer.status();
  Supervision supervision;
  supervision.who_ = principal.name;
  if (principal.supervised_customer == *customer) {
    supervision.groups_.insert(principal.groups.begin(), principal.groups.end());
  } else {
    const absl::Status status = CheckCustomer(principal, *customer);
    if (!status.ok()) return status;
  }
  // Who acts for the customer or for all sees all, whatever else he is.
  supervision.sees_all_ = CheckCustomer(principal, *customer).ok();
  supervision.customer_ = *std::move(customer);
  return supervision;
}

absl::Status Supervision::Denied(absl::string_view kind, absl::string_view name) const {
  return absl::PermissionDeniedError(absl::StrCat(
      who_, " does not look after ", kind, " ", Quoted(name), " of customer ", Quoted(customer_)));
}

bool Supervision::SeesGroup(absl::string_view group) const {
  return sees_all_ || groups_.contains(group);
}

bool Supervision::Sees(const AgentNow& agent) const {
  return sees_all_ || std::any_of(agent.groups.begin(), agent.groups.end(),
                                  [this](const std::string& group) { return SeesGroup(group); });
}

bool Supervision::Sees(const ContactEntry& contact, const Engine& engine) const {
  if (sees_all_) return true;
  if (!contact.details.group.empty()) return SeesGroup(contact.details.group);
  const absl::StatusOr<AgentNow> agent = engine.FindAgent(customer_, contact.agent);
  return agent.ok() && Sees(*agent);
}

absl::Status Supervision::CheckGroup(absl::string_view group) const {
  return SeesGroup(group) ? absl::OkStatus() : Denied("group", group);
}

absl::Status Supervision::CheckAgent(absl::string_view name, const Engine& engine) const {
  if (sees_all_) return absl::OkStatus();
  const absl::StatusOr<AgentNow> agent = engine.FindAgent(customer_, name);
  // Whether there is such an agent is nobody else's business.
  return agent.ok() && Sees(*agent) ? absl::OkStatus() : Denied("agent", name);
}

absl::Status Supervision::CheckContact(const CallId& contact, const Engine& engine) const {
  if (sees_all_) return absl::OkStatus();
  const absl::StatusOr<ContactEntry> entry = engine.FindContact(customer_, contact);
  return entry.ok() && Sees(*entry, engine) ? absl::OkStatus()
                                            : Denied("contact", contact.ToString());
}

}  // namespace libroute
