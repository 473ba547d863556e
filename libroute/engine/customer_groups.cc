#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/engine/question.h"
#include "libroute/engine/state.h"

// How things stand in groups, for plans that choose by it.
namespace libroute {

std::optional<GroupFigures> Engine::Question::Groups::Find(absl::string_view group) const {
  for (const Known& known : known_) {
    if (known.group == group && known.customer == customer_) return known.figures;
  }
  known_.push_back(
      {std::string(customer_), std::string(group), engine_.FindFigures(customer_, group, now_)});
  return known_.back().figures;
}

std::optional<GroupFigures> Engine::State::FindFigures(absl::string_view customer,
                                                       absl::string_view group,
                                                       absl::Time now) const {
  ReadGuard guard(domain);
  const Customer* known = customers.Find(customer);
  if (known == nullptr) return std::nullopt;
  if (!options.has_agents) return known->figures.Find(group);
  const Center* center = contacts.FindCenter(known->id);
  return center == nullptr ? std::nullopt : center->FindFigures(group, now);
}

GroupState Engine::Question::Groups::StateOf(absl::string_view group) const {
  return is_explained_ ? engine_.FindGroupState(customer_, group, now_) : GroupState::kNoneFree;
}

GroupState Engine::State::FindGroupState(absl::string_view customer, absl::string_view group,
                                         absl::Time at) const {
  ReadGuard guard(domain);
  const Customer* known = customers.Find(customer);
  const Center* center = known == nullptr ? nullptr : contacts.FindCenter(known->id);
  return center == nullptr ? GroupState::kNoneFree : center->StateOf(group, at);
}

absl::Status Engine::State::CheckStatedGroup(absl::string_view customer,
                                             absl::string_view group) const {
  if (options.has_agents) {
    return absl::FailedPreconditionError(
        "agents log in here, so how things stand in their groups is not stated");
  }
  const std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr) return NoLivePlan(customer);
  const std::vector<std::string>& names = live->plan->fact_names().groups;
  if (std::find(names.begin(), names.end(), group) != names.end()) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("no group ", Quoted(group), " in the live plan of ",
                                          customer, DidYouMean(group, names)));
}

absl::Status Engine::State::SetGroupFigures(absl::string_view customer, absl::string_view group,
                                            const GroupFigures& figures) {
  absl::Status status = CheckStatedGroup(customer, group);
  if (!status.ok()) return status;
  ReadGuard guard(domain);
  customers.Find(customer)->figures.Set(group, figures);
  return absl::OkStatus();
}

absl::Status Engine::State::ClearGroupFigures(absl::string_view customer, absl::string_view group) {
  absl::Status status = CheckStatedGroup(customer, group);
  if (!status.ok()) return status;
  ReadGuard guard(domain);
  customers.Find(customer)->figures.Clear(group);
  return absl::OkStatus();
}

}  // namespace libroute
