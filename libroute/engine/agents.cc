#include "libroute/engine/agents.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/engine/contacts.h"
#include "libroute/engine/state.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/dial_address.h"

// What agents do, by their names.
namespace libroute {
namespace {

absl::StatusOr<contact::Event> EventFor(const AgentAct& act, contact::AgentId agent) {
  switch (act.kind) {
    case AgentAct::Kind::kLogIn: {
      const absl::StatusOr<DialAddress> address = ParseDialAddress(act.phone);
      if (!address.ok()) {
        return absl::InvalidArgumentError(absl::StrCat("phone: ", address.status().message()));
      }
      // As it is read, so that no phone has two names.
      return contact::LogIn{
          agent, address->number.has_value() ? address->number.ToString() : address->uri};
    }
    case AgentAct::Kind::kLogOut:
      return contact::LogOut{agent};
    case AgentAct::Kind::kReady:
      return contact::Ready{agent};
    case AgentAct::Kind::kNotReady:
      return contact::NotReady{agent, act.reason};
    case AgentAct::Kind::kPhoneIdle:
      return contact::SetLine{agent, contact::Line::kIdle};
    case AgentAct::Kind::kPhoneBusy:
      return contact::SetLine{agent, contact::Line::kBusy};
    case AgentAct::Kind::kPhoneUnreachable:
      return contact::SetLine{agent, contact::Line::kUnreachable};
    case AgentAct::Kind::kAccept:
      return contact::Answer{agent, act.token};
    case AgentAct::Kind::kDecline:
      return contact::Decline{agent, act.token};
    case AgentAct::Kind::kFinish:
      return contact::Finish{agent, act.token};
    case AgentAct::Kind::kEndWrapUp:
      return contact::EndWrapUp{agent, act.token};
    case AgentAct::Kind::kExtendWrapUp:
      return contact::ExtendWrapUp{agent, act.token, act.by};
  }
  return absl::InvalidArgumentError("kind: is not one of an agent's acts");
}

absl::Status NoAgent(absl::string_view name) {
  return absl::NotFoundError(absl::StrCat("the live plan has no agent ", Quoted(name)));
}

}  // namespace

AgentNow Contacts::NowOf(const Center& center, contact::AgentId agent) const {
  AgentNow now;
  now.name = center.floor.NameOf(agent);
  std::optional<contact::AgentStanding> standing = center.floor.Look(agent);
  if (standing.has_value()) now.standing = *std::move(standing);
  return now;
}

absl::StatusOr<AgentNow> Contacts::Act(uint32_t customer, const AgentAct& act, absl::Time now) {
  if (waits_unattended_) {
    return absl::FailedPreconditionError("agents are kept elsewhere (EngineOptions::has_agents)");
  }
  MutexLock lock(mutex_);
  if (FindCenter(customer) == nullptr) return NoAgent(act.agent);
  Center& center = CenterOf(customer);
  const absl::StatusOr<contact::AgentId> agent = center.floor.FindAgent(act.agent);
  if (!agent.ok()) return NoAgent(act.agent);
  const absl::StatusOr<contact::Event> event = EventFor(act, *agent);
  if (!event.ok()) return event.status();
  if (act.kind == AgentAct::Kind::kAccept && RingsAtPhone(center, *agent, act.token)) {
    return absl::FailedPreconditionError(absl::StrCat("contact ", act.token,
                                                      " rings at the phone of ", Quoted(act.agent),
                                                      ": it is accepted by answering there"));
  }
  const absl::Status status = Apply(center, *event, now);
  if (!status.ok()) return status;
  return NowOf(center, *agent);
}

bool Contacts::RingsAtPhone(const Center& center, contact::AgentId agent,
                            contact::Token token) const {
  const std::optional<contact::AgentStanding> standing = center.floor.Look(agent);
  if (!standing.has_value()) return false;
  for (const contact::AgentStanding::Slot& slot : standing->slots) {
    if (slot.token != token) continue;
    const auto call = center.calls.find(slot.contact);
    if (call == center.calls.end()) return false;
    for (const Offer& offer : seats_.at(call->second).offers) {
      if (offer.token == token) return !offer.at_desk;
    }
  }
  return false;
}

absl::StatusOr<AgentNow> Contacts::FindAgent(uint32_t customer, absl::string_view name) const {
  MutexLock lock(mutex_);
  const Center* center = FindCenter(customer);
  if (center == nullptr) return NoAgent(name);
  const absl::StatusOr<contact::AgentId> agent = center->floor.FindAgent(name);
  if (!agent.ok()) return NoAgent(name);
  return NowOf(*center, *agent);
}

std::vector<AgentNow> Contacts::Agents(uint32_t customer) const {
  std::vector<AgentNow> agents;
  MutexLock lock(mutex_);
  const Center* center = FindCenter(customer);
  if (center == nullptr) return agents;
  for (const std::string& name : center->agents) {
    const absl::StatusOr<contact::AgentId> agent = center->floor.FindAgent(name);
    if (agent.ok()) agents.push_back(NowOf(*center, *agent));
  }
  return agents;
}

std::vector<GroupNow> Contacts::Groups(uint32_t customer) const {
  std::vector<GroupNow> groups;
  MutexLock lock(mutex_);
  const Center* center = FindCenter(customer);
  if (center == nullptr) return groups;
  for (const std::string& name : center->groups) {
    const absl::StatusOr<contact::GroupId> group = center->floor.FindGroup(name);
    if (!group.ok()) continue;
    std::optional<contact::GroupStanding> standing = center->floor.Look(*group);
    if (standing.has_value()) groups.push_back({name, *std::move(standing)});
  }
  return groups;
}

absl::StatusOr<uint32_t> Engine::State::FindCustomer(absl::string_view customer) const {
  ReadGuard guard(domain);
  const Customer* known = customers.Find(customer);
  if (known == nullptr) return NoLivePlan(customer);
  return known->id;
}

absl::StatusOr<uint32_t> Engine::State::WithLivePlan(absl::string_view customer) const {
  if (Live(customer) == nullptr) return NoLivePlan(customer);
  return FindCustomer(customer);
}

absl::Status Engine::State::CheckPhone(absl::string_view customer, absl::string_view phone) const {
  const absl::StatusOr<DialAddress> address = ParseDialAddress(phone);
  // What is wrong with it is said where it is read.
  if (!address.ok() || !address->number.has_value()) return absl::OkStatus();
  const std::shared_ptr<const Revision> live = Live(customer);
  const auto refuse = [&](absl::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat("phone: ", phone, " ", why));
  };
  if (live != nullptr && live->plan->allowed_destinations().Check(address->number) !=
                             AllowedDestinations::Refusal::kNone) {
    return refuse("is not among the plan's `allowed_destinations`");
  }
  ReadGuard guard(domain);
  const std::shared_ptr<const Inventory>* known = inventory();
  const Barring* barring =
      known == nullptr ? nullptr : (*known)->screening().FindDestination(address->number);
  return barring == nullptr
             ? absl::OkStatus()
             : refuse(absl::StrCat("is barred by the carrier (", barring->name, ")"));
}

absl::StatusOr<AgentNow> Engine::Act(absl::string_view customer, const AgentAct& act,
                                     absl::Time now) {
  // Agents of a plan that was taken away may finish what they have.
  const absl::StatusOr<uint32_t> known = state_->FindCustomer(customer);
  if (!known.ok()) return known.status();
  if (act.kind == AgentAct::Kind::kLogIn) {
    const absl::Status status = state_->CheckPhone(customer, act.phone);
    if (!status.ok()) return status;
  }
  return state_->contacts.Act(*known, act, now);
}

absl::StatusOr<AgentNow> Engine::FindAgent(absl::string_view customer,
                                           absl::string_view name) const {
  const absl::StatusOr<uint32_t> known = state_->FindCustomer(customer);
  return known.ok() ? state_->contacts.FindAgent(*known, name) : known.status();
}

absl::StatusOr<std::vector<AgentNow>> Engine::Agents(absl::string_view customer) const {
  const absl::StatusOr<uint32_t> known = state_->WithLivePlan(customer);
  if (!known.ok()) return known.status();
  return state_->contacts.Agents(*known);
}

absl::StatusOr<std::vector<GroupNow>> Engine::Groups(absl::string_view customer) const {
  const absl::StatusOr<uint32_t> known = state_->WithLivePlan(customer);
  if (!known.ok()) return known.status();
  return state_->contacts.Groups(*known);
}

std::vector<CallId> Engine::TakeContactNews() {
  return state_->contacts.TakeNews();
}

}  // namespace libroute
