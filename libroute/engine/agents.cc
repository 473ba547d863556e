#include "libroute/engine/agents.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/engine/contacts.h"
#include "libroute/engine/state.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/dial_address.h"

// The front door to contact centres.
namespace libroute {
namespace {

// The centre of a customer with a live plan that has agents or groups.
absl::StatusOr<Center*> CenterFor(const Contacts& contacts,
                                  const absl::StatusOr<uint32_t>& customer,
                                  absl::string_view customer_name) {
  if (!customer.ok()) return customer.status();
  Center* center = contacts.FindCenter(*customer);
  if (center != nullptr) return center;
  return absl::NotFoundError(
      absl::StrCat("the live plan of ", customer_name, " has no agents and no groups"));
}

absl::Status ElsewhereError() {
  return absl::FailedPreconditionError("agents are kept elsewhere (EngineOptions::has_agents)");
}

}  // namespace

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

absl::StatusOr<const Center*> Engine::State::LiveCenter(absl::string_view customer) const {
  const absl::StatusOr<uint32_t> known = WithLivePlan(customer);
  if (!known.ok()) return known.status();
  return contacts.FindCenter(*known);
}

absl::Status Engine::State::CheckPhone(absl::string_view customer, absl::string_view phone) const {
  const absl::StatusOr<DialAddress> address = ParseDialAddress(phone);
  // What is wrong with it is said where it is read.
  if (!address.ok() || !address->number.has_value()) return absl::OkStatus();
  const std::shared_ptr<const Revision> live = Live(customer);
  return CheckDialled(live.get(), address->number, "phone");
}

absl::Status Engine::State::CheckDialled(const Revision* live, E164Number number,
                                         absl::string_view field) const {
  const auto refuse = [&](absl::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat(field, ": ", number.ToString(), " ", why));
  };
  if (live != nullptr &&
      live->plan->allowed_destinations().Check(number) != AllowedDestinations::Refusal::kNone) {
    return refuse("is not among the plan's `allowed_destinations`");
  }
  ReadGuard guard(domain);
  const std::shared_ptr<const Inventory>* known = inventory();
  const Barring* barring =
      known == nullptr ? nullptr : (*known)->screening().FindDestination(number);
  return barring == nullptr
             ? absl::OkStatus()
             : refuse(absl::StrCat("is barred by the carrier (", barring->name, ")"));
}

bool Engine::has_agents() const {
  return state_->options.has_agents;
}

absl::StatusOr<AgentNow> Engine::Act(absl::string_view customer, const AgentAct& act,
                                     absl::Time now) {
  // Agents of a plan that was taken away may finish what they have.
  const absl::StatusOr<uint32_t> known = state_->FindCustomer(customer);
  if (!known.ok()) return known.status();
  if (!has_agents()) return ElsewhereError();
  if (act.kind == AgentAct::Kind::kLogIn) {
    const absl::Status status = state_->CheckPhone(customer, act.phone);
    if (!status.ok()) return status;
  }
  if (!act.to_number.empty()) {
    const absl::Status status = state_->CheckOutside(customer, act.to_number);
    if (!status.ok()) return status;
  }
  absl::StatusOr<Center*> center = CenterFor(state_->contacts, known, customer);
  return center.ok() ? (*center)->Act(act, now) : center.status();
}

absl::StatusOr<Center*> Engine::State::CenterToChange(absl::string_view customer) const {
  absl::StatusOr<Center*> center = CenterFor(contacts, WithLivePlan(customer), customer);
  if (!center.ok()) return center.status();
  if (!options.has_agents) return ElsewhereError();
  return *center;
}

absl::StatusOr<GroupNow> Engine::ChangeGroup(absl::string_view customer, const GroupAct& act,
                                             absl::Time now) {
  const absl::StatusOr<Center*> center = state_->CenterToChange(customer);
  return center.ok() ? (*center)->Change(act, now) : center.status();
}

absl::StatusOr<AgentNow> Engine::ChangeAgent(absl::string_view customer, const AgentChange& change,
                                             absl::Time now) {
  const absl::StatusOr<Center*> center = state_->CenterToChange(customer);
  return center.ok() ? (*center)->Change(change, now) : center.status();
}

absl::StatusOr<ContactEntry> Engine::ChangeContact(absl::string_view customer,
                                                   const ContactAct& act, absl::Time now) {
  const absl::StatusOr<Center*> center = state_->CenterToChange(customer);
  if (!center.ok()) return center.status();
  // Not between what a question finds out and what it is told.
  MutexLock lock(state_->WaitingMutexOf(act.call));
  return (*center)->Change(act, now);
}

absl::StatusOr<AgentNow> Engine::FindAgent(absl::string_view customer,
                                           absl::string_view name) const {
  absl::StatusOr<Center*> center =
      CenterFor(state_->contacts, state_->FindCustomer(customer), customer);
  return center.ok() ? (*center)->FindAgent(name) : center.status();
}

absl::StatusOr<std::vector<AgentNow>> Engine::Agents(absl::string_view customer) const {
  const absl::StatusOr<const Center*> center = state_->LiveCenter(customer);
  if (!center.ok()) return center.status();
  return *center == nullptr ? std::vector<AgentNow>() : (*center)->Agents();
}

absl::StatusOr<std::vector<std::string>> Engine::GroupsBySkill(absl::string_view customer,
                                                               absl::string_view skill) const {
  const absl::StatusOr<const Center*> center = state_->LiveCenter(customer);
  if (!center.ok()) return center.status();
  return *center == nullptr ? std::vector<std::string>() : (*center)->GroupsBySkill(skill);
}

absl::StatusOr<std::vector<GroupNow>> Engine::Groups(absl::string_view customer) const {
  const absl::StatusOr<const Center*> center = state_->LiveCenter(customer);
  if (!center.ok()) return center.status();
  return *center == nullptr ? std::vector<GroupNow>() : (*center)->Groups();
}

absl::StatusOr<ContactEntry> Engine::FindContact(absl::string_view customer,
                                                 const CallId& call) const {
  absl::StatusOr<Center*> center =
      CenterFor(state_->contacts, state_->FindCustomer(customer), customer);
  return center.ok() ? (*center)->FindContact(call) : center.status();
}

absl::StatusOr<std::vector<ContactEntry>> Engine::ListContacts(absl::string_view customer) const {
  const absl::StatusOr<const Center*> center = state_->LiveCenter(customer);
  if (!center.ok()) return center.status();
  return *center == nullptr ? std::vector<ContactEntry>() : (*center)->ListContacts();
}

absl::StatusOr<CenterChanges> Engine::ContactChanges(absl::string_view customer, uint64_t since,
                                                     bool with_groups) const {
  const absl::StatusOr<const Center*> center = state_->LiveCenter(customer);
  if (!center.ok()) return center.status();
  if (*center != nullptr) return (*center)->ChangesSince(since, with_groups);
  CenterChanges nothing;
  nothing.is_full = true;
  return nothing;
}

Engine::ContactNews Engine::TakeContactNews() {
  Contacts::News news = state_->contacts.TakeNews();
  ContactNews named;
  named.calls = std::move(news.calls);
  for (uint32_t customer : news.customers) {
    named.customers.push_back(state_->customers.at(customer).name);
  }
  return named;
}

absl::StatusOr<std::optional<CallNow>> Engine::FollowUp(const CallId& call, absl::Time now,
                                                        Decision& decision) {
  return state_->FollowUp(call, now, decision);
}

void Engine::NoteAttempt(const CallId& call, const AttemptEnd& end, absl::Time now) {
  state_->contacts.NoteAttempt(call, end, now);
}

void Engine::WatchSwitch(absl::string_view switch_name, bool is_watched, absl::Time now) {
  state_->contacts.Watched(switch_name, is_watched, now);
}

}  // namespace libroute
