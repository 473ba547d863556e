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
  // As it stands with what is changed.
  supervision.who_ = principal.name.substr(0, contact::kMostAuthor);
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
  const auto& changes = agent.standing.changes;
  return sees_all_ ||
         std::any_of(agent.groups.begin(), agent.groups.end(),
                     [this](const std::string& group) { return SeesGroup(group); }) ||
         std::any_of(changes.begin(), changes.end(), [this](const auto& change) {
           return groups_.contains(change.group) || change.by == who_;
         });
}

AgentNow Supervision::Narrowed(AgentNow agent) const {
  for (size_t i = 0; i < agent.contacts.size(); ++i) {
    if (agent.contacts[i].group.empty() || SeesGroup(agent.contacts[i].group)) continue;
    agent.contacts[i] = ContactDetails();
    agent.standing.slots[i].disposition.clear();
  }
  return agent;
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

absl::Status Supervision::CheckChange(const AgentChange& change, const Engine& engine) const {
  absl::Status status = CheckAgent(change.agent, engine);
  if (!status.ok() || sees_all_) return status;
  if (change.kind == AgentChange::Kind::kMembership) return CheckGroup(change.name);
  if (change.kind == AgentChange::Kind::kSkill) {
    const absl::StatusOr<std::vector<std::string>> groups =
        engine.GroupsBySkill(customer_, change.name);
    if (!groups.ok()) return groups.status();
    for (const std::string& group : *groups) status.Update(CheckGroup(group));
    return status;
  }
  const absl::StatusOr<AgentNow> agent = engine.FindAgent(customer_, change.agent);
  if (!agent.ok()) return agent.status();
  for (const contact::AgentStanding::Change& each : agent->standing.changes) {
    if (!each.group.empty()) status.Update(CheckGroup(each.group));
    if (each.group.empty() && each.by != who_) {
      status.Update(Denied("skill", each.skill));
    }
  }
  return status;
}

}  // namespace libroute
