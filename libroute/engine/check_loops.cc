#include <memory>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "libroute/engine/loops.h"
#include "libroute/engine/state.h"

// Whether calls of a plan that is published, or about to be, come back to it
// through the plans of other customers.
namespace libroute {
namespace {

// Says whose plan a call to a number follows, with one plan in place of its
// customer's live one. Under a ReadGuard.
class Serving {
 public:
  Serving(const NumberDirectory& directory, const CustomerTable& customers, EpochDomain& domain,
          const ServingPlan& checked, const std::vector<NumberPattern>& patterns)
      : directory_(directory),
        customers_(customers),
        domain_(domain),
        checked_(checked),
        patterns_(patterns) {}

  std::optional<ServingPlan> Find(E164Number number) {
    const Customer* other = FindOther(directory_, number);
    if (checked_.plan->FindNumber(number.digits()) == nullptr) {
      return other == nullptr ? std::nullopt : std::optional(PlanOf(*other));
    }
    if (other == nullptr || IsCheckedFirst(*other, number)) return checked_;
    return PlanOf(*other);
  }

 private:
  // Patterns of the checked plan in `near_`; those of others are their slots.
  static constexpr uint32_t kChecked = UINT32_MAX - 1;

  static ServingPlan PlanOf(const Customer& customer) {
    const Revision& live = *customer.published.load(std::memory_order_acquire)->live;
    return {live.plan.get(), live.dials.get()};
  }

  bool Serves(uint32_t slot, E164Number number) const {
    const Customer& customer = customers_.at(slot);
    const PublishedPlans* published = customer.published.load(std::memory_order_acquire);
    return published != nullptr && published->live != nullptr &&
           customer.name != checked_.plan->customer() &&
           published->live->plan->FindNumber(number.digits()) != nullptr;
  }

  const Customer* FindOther(const NumberDirectory& directory, E164Number number) const {
    const Customer* found = nullptr;
    directory.ForEachCandidate(number.digits(), [&](uint32_t slot) {
      if (Serves(slot, number)) found = &customers_.at(slot);
      return found != nullptr;
    });
    return found;
  }

  // Both serve the number: as the directory would decide, were the plan live.
  bool IsCheckedFirst(const Customer& other, E164Number number) {
    if (near_ == nullptr) {
      near_ = std::make_unique<NumberDirectory>(domain_);
      for (const NumberPattern& pattern : patterns_) near_->Add(pattern, kChecked);
    }
    if (known_.insert(other.id).second) {
      for (const NumberPattern& pattern : other.patterns) near_->Add(pattern, other.id);
    }
    bool is_checked = false;
    near_->ForEachCandidate(number.digits(), [&](uint32_t slot) {
      is_checked = slot == kChecked;
      return is_checked || slot == other.id;
    });
    return is_checked;
  }

  const NumberDirectory& directory_;
  const CustomerTable& customers_;
  EpochDomain& domain_;
  const ServingPlan checked_;
  const std::vector<NumberPattern>& patterns_;
  // Of the checked plan, and of those that have numbers in common with it.
  std::unique_ptr<NumberDirectory> near_;
  absl::flat_hash_set<uint32_t> known_;
};

// What a plan dials; nothing for no plan.
std::vector<Digits> NumbersIn(const DialGraph* dials) {
  std::vector<Digits> numbers;
  if (dials == nullptr) return numbers;
  for (const DialGraph::Part& part : dials->parts) {
    for (const DialGraph::Dialled& dialled : part.dialled) {
      numbers.push_back(dialled.number.digits());
    }
  }
  return numbers;
}

}  // namespace

bool Engine::State::IsDialledByOthers(const std::vector<NumberPattern>& patterns,
                                      absl::string_view customer) const {
  for (const NumberPattern& pattern : patterns) {
    auto at = dialled_.lower_bound({pattern.first(), 0});
    for (; at != dialled_.end(); ++at) {
      const bool is_past = pattern.kind() == NumberPattern::Kind::kPrefix
                               ? !at->first.StartsWith(pattern.first())
                               : pattern.last() < at->first;
      if (is_past) break;
      if (pattern.Matches(at->first) && customers.at(at->second).name != customer) return true;
    }
  }
  return false;
}

void Engine::State::CheckLoops(const CompileResult& compiled,
                               const std::vector<NumberPattern>& patterns,
                               std::vector<Issue>& issues) {
  const ServingPlan checked = {compiled.plan.get(), compiled.dials.get()};
  ReadGuard guard(domain);
  Serving serving(directory, customers, domain, checked, patterns);
  const auto served_by = [&serving](E164Number number) { return serving.Find(number); };
  if (!DialsOthers(checked, served_by)) return;
  if (!IsDialledByOthers(patterns, checked.plan->customer())) return;
  for (Issue& issue : FindLoops(checked, served_by, options.limits.max_issues)) {
    issues.push_back(std::move(issue));
  }
}

void Engine::State::NoteDialled(uint32_t slot, const DialGraph* before, const DialGraph* after) {
  for (Digits number : NumbersIn(before)) dialled_.erase({number, slot});
  for (Digits number : NumbersIn(after)) dialled_.emplace(number, slot);
}

}  // namespace libroute
