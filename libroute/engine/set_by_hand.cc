#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/engine/state.h"
#include "libroute/v1/plan.pb.h"

// Hand switches and recovery plans: how they are set, and stand.
namespace libroute {
namespace {

RecoverySetting OffSetting(const std::string& name) {
  RecoverySetting setting;
  setting.name = name;
  return setting;
}

// Index of the switch that is to be set so.
absl::StatusOr<int> FindSetting(const CompiledPlan& plan, absl::string_view customer,
                                const SwitchSetting& setting) {
  const std::vector<std::string>& names = plan.fact_names().switches;
  const auto found = std::find(names.begin(), names.end(), setting.name);
  if (found == names.end()) {
    return absl::NotFoundError(absl::StrCat("no switch ", Quoted(setting.name),
                                            " in the live plan of ", customer,
                                            DidYouMean(setting.name, names)));
  }
  const int index = static_cast<int>(found - names.begin());
  const std::vector<std::string>& values = plan.fact_names().ValuesOfSwitch(index);
  const auto value = std::find(values.begin(), values.end(), setting.value);
  if (value == values.end()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "value: switch ", Quoted(setting.name), " has no value ", Quoted(setting.value),
        DidYouMean(setting.value, values), "; it has ", absl::StrJoin(values, ", ")));
  }
  if (value == values.begin() && setting.until != absl::InfiniteFuture()) {
    return absl::InvalidArgumentError(absl::StrCat("until: switch ", Quoted(setting.name),
                                                   " goes back to ", Quoted(setting.value),
                                                   " by itself; it stays there until somebody says "
                                                   "otherwise"));
  }
  return index;
}

// What speaks against the numbers for which a recovery plan is to be on.
absl::Status CheckNumbers(const CompiledPlan& plan, int recovery,
                          const std::vector<std::string>& numbers) {
  const std::vector<std::string>& known = plan.recovery_numbers();
  const CompiledRecoveryPlan& compiled = plan.recovery_plans()[static_cast<size_t>(recovery)];
  absl::flat_hash_set<absl::string_view> own;
  for (uint32_t number : compiled.numbers) own.insert(known[number]);
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (own.contains(numbers[i])) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(IndexPath("numbers", static_cast<int>(i)), ": ", Quoted(numbers[i]),
                     " is no entry of the plan's `numbers` that recovery plan ",
                     Quoted(compiled.name), " is for; write it as it is written there"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Engine::State::SetSwitch(absl::string_view customer, const SwitchSetting& setting,
                                      const ChangedBy& by) {
  const std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr) return NoLivePlan(customer);
  const absl::StatusOr<int> index = FindSetting(*live->plan, customer, setting);
  if (!index.ok()) return index.status();
  ReadGuard guard(domain);
  customers.Find(customer)->facts.SetSwitch(setting.name,
                                            {by.at, setting.value, setting.until, by.name});
  NoteFactExpiry(FactCell::ExpiryOf(setting.until));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<SwitchStanding>> Engine::State::Switches(absl::string_view customer,
                                                                    absl::Time now) const {
  const std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr) return NoLivePlan(customer);
  ReadGuard guard(domain);
  const FactBoard& facts = customers.Find(customer)->facts;
  const FactNames& names = live->plan->fact_names();
  std::vector<SwitchStanding> standings;
  for (size_t i = 0; i < names.switches.size(); ++i) {
    const std::vector<std::string>& values = names.ValuesOfSwitch(static_cast<int>(i));
    FactBoard::Switch set = facts.SwitchAt(names.switches[i], absl::ToUnixSeconds(now));
    const bool is_known = set.value.has_value() &&
                          std::find(values.begin(), values.end(), *set.value) != values.end();
    standings.push_back({names.switches[i], is_known ? *set.value : values.front(),
                         is_known ? set.until : absl::InfiniteFuture(), std::move(set.history)});
  }
  return standings;
}

absl::Status Engine::State::CheckRecovery(const Revision& live, int recovery,
                                          const RecoverySetting& setting,
                                          int64_t now_seconds) const {
  const CompiledPlan& plan = *live.plan;
  const CompiledRecoveryPlan& compiled = plan.recovery_plans()[static_cast<size_t>(recovery)];
  if (setting.state == RecoveryState::kDrill && !compiled.has_drill) {
    return absl::FailedPreconditionError(
        absl::StrCat("recovery plan ", Quoted(setting.name),
                     " has no drill; write in the plan who takes part in one (drill_callers)"));
  }
  absl::Status status = CheckNumbers(plan, recovery, setting.numbers);
  if (!status.ok()) return status;
  const RecoveryNow* now = live.recovery.load(std::memory_order_seq_cst);
  if (now == nullptr || setting.state == RecoveryState::kOff) return absl::OkStatus();
  for (uint32_t number : NumbersOf(plan, recovery, setting.numbers)) {
    const RecoveryOn on = now->Find(number, now_seconds);
    if (on.plan == CallState::kNoRecovery || on.plan == recovery) continue;
    return absl::FailedPreconditionError(absl::StrCat(
        "recovery plan ", Quoted(plan.recovery_plans()[static_cast<size_t>(on.plan)].name),
        on.is_drill ? " has a drill" : " is on", " for ", plan.recovery_numbers()[number],
        " already; turn that one off first, or name other numbers"));
  }
  return absl::OkStatus();
}

absl::StatusOr<RecoveryStanding> Engine::State::SetRecovery(absl::string_view customer,
                                                            const RecoverySetting& setting,
                                                            const ChangedBy& by) {
  MutexLock lock(publish_mutex_);
  const std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr) return NoLivePlan(customer);
  const int recovery = FindRecoveryPlan(*live->plan, setting.name);
  if (recovery < 0) {
    std::vector<std::string> names;
    for (const CompiledRecoveryPlan& each : live->plan->recovery_plans()) {
      names.push_back(each.name);
    }
    return absl::NotFoundError(absl::StrCat("no recovery plan ", Quoted(setting.name),
                                            " in the live plan of ", customer,
                                            DidYouMean(setting.name, names)));
  }
  const int64_t now_seconds = absl::ToUnixSeconds(by.at);
  absl::Status status = CheckRecovery(*live, recovery, setting, now_seconds);
  if (!status.ok()) return status;
  ReadGuard guard(domain);
  Customer& owner = *customers.Find(customer);
  KnownRecovery& known = owner.recoveries[setting.name];
  // The one that was on first keeps a number that another revision gives both.
  if (!known.IsOn(now_seconds)) known.order = ++last_recovery_order_;
  known.setting = setting.state == RecoveryState::kOff ? OffSetting(setting.name) : setting;
  known.expires_seconds = FactCell::ExpiryOf(known.setting.until);
  known.history.Add(
      {by.at, std::string(RecoveryStateName(setting.state)), known.setting.until, by.name});
  ApplyRecovery(owner, *live, now_seconds);
  next_recovery_end_.store(std::min(next_recovery_end_.load(), known.expires_seconds));
  return RecoveryStanding{known.setting, known.history.List()};
}

absl::StatusOr<std::vector<RecoveryStanding>> Engine::State::Recovery(absl::string_view customer,
                                                                      absl::Time now) {
  MutexLock lock(publish_mutex_);
  const std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr) return NoLivePlan(customer);
  ReadGuard guard(domain);
  const KnownRecoveries& recoveries = customers.Find(customer)->recoveries;
  std::vector<RecoveryStanding> standings;
  for (const CompiledRecoveryPlan& plan : live->plan->recovery_plans()) {
    RecoveryStanding& standing = standings.emplace_back();
    standing.setting.name = plan.name;
    const auto known = recoveries.find(plan.name);
    if (known == recoveries.end()) continue;
    if (known->second.IsOn(absl::ToUnixSeconds(now))) standing.setting = known->second.setting;
    standing.history = known->second.history.List();
  }
  return standings;
}

void Engine::State::ApplyRecovery(const Customer& customer, const Revision& live,
                                  int64_t now_seconds) {
  const RecoveryNow* before = live.recovery.exchange(
      RecoveryNow::Make(*live.plan, customer.recoveries, now_seconds).release(),
      std::memory_order_seq_cst);
  if (before != nullptr) domain.Retire([before] { delete before; });
  domain.Reclaim();
}

void Engine::State::ApplyRecoveryTo(Customer& customer, Revision& revision, absl::Time now) {
  const int64_t now_seconds = absl::ToUnixSeconds(now);
  std::unique_ptr<const RecoveryNow> on =
      RecoveryNow::Make(*revision.plan, customer.recoveries, now_seconds);
  for (auto entry = customer.recoveries.begin(); entry != customer.recoveries.end();) {
    const int index = FindRecoveryPlan(*revision.plan, entry->first);
    const bool is_left =
        index >= 0 && !NumbersOf(*revision.plan, index, entry->second.setting.numbers).empty();
    if (entry->second.IsOn(now_seconds) && !is_left) {
      entry->second.setting = OffSetting(entry->first);
      entry->second.history.Add({now, "off", absl::InfiniteFuture(), ""});
      pending_effects_.push_back(
          {Effect::Kind::kRecoveryOff, customer.name,
           absl::StrCat(
               "recovery plan ", entry->first, " is off: the plan that is live now ",
               index < 0 ? "does not have it" : "has none of the numbers that it was on for")});
      next_recovery_end_.store(0);
    }
    entry = index < 0 ? customer.recoveries.erase(entry) : std::next(entry);
  }
  revision.recovery.store(on.release(), std::memory_order_seq_cst);
}

void Engine::State::CheckRecoveryKept(const v1::Plan& plan, absl::Time now,
                                      std::vector<Issue>& issues) const {
  ReadGuard guard(domain);
  const Customer* customer = customers.Find(plan.customer());
  if (customer == nullptr) return;
  absl::flat_hash_set<absl::string_view> numbers;
  for (const v1::Number& number : plan.numbers()) numbers.insert(number.number());
  for (const auto& [name, known] : customer->recoveries) {
    if (!known.IsOn(absl::ToUnixSeconds(now))) continue;
    std::string what = " is on, and this plan does not have it";
    if (plan.recovery_plans().contains(name)) {
      const auto& on = known.setting.numbers;
      const auto gone = std::find_if(on.begin(), on.end(), [&](const std::string& number) {
        return !numbers.contains(number);
      });
      if (gone == on.end()) continue;
      what = absl::StrCat(" is on for ", Quoted(*gone), ", and this plan has no such entry of numbers");
    }
    Issue issue;
    issue.severity = Severity::kWarning;
    issue.code = "recovery-ends";
    issue.path = "recovery_plans";
    issue.message = absl::StrCat("recovery plan ", Quoted(name), what,
                                 ": once it is live, calls go by the trees of their numbers again");
    issues.push_back(std::move(issue));
  }
}

void Engine::State::EndRecoveries(absl::Time now, std::vector<Effect>& effects) {
  MutexLock lock(publish_mutex_);
  for (Effect& effect : pending_effects_) effects.push_back(std::move(effect));
  pending_effects_.clear();
  const int64_t now_seconds = absl::ToUnixSeconds(now);
  int64_t next = FactCell::kForever;
  for (uint32_t slot = 0; slot < customers.size(); ++slot) {
    Customer& customer = customers.at(slot);
    bool has_ended = false;
    for (auto& [name, known] : customer.recoveries) {
      if (known.setting.state == RecoveryState::kOff) continue;
      if (known.IsOn(now_seconds)) {
        next = std::min(next, known.expires_seconds);
        continue;
      }
      known.setting = OffSetting(name);
      known.expires_seconds = FactCell::kForever;
      has_ended = true;
      effects.push_back({Effect::Kind::kRecoveryOff, customer.name,
                         absl::StrCat("recovery plan ", name, " is off: its time is over")});
    }
    if (!has_ended) continue;
    ReadGuard guard(domain);
    const PublishedPlans* published = customer.published.load(std::memory_order_seq_cst);
    const bool is_live = published != nullptr && published->live != nullptr;
    if (is_live) ApplyRecovery(customer, *published->live, now_seconds);
  }
  next_recovery_end_.store(next);
}

}  // namespace libroute
