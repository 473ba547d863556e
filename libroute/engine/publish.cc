#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libroute/engine/state.h"
#include "libroute/tree/plan_expansion.h"
#include "libroute/v1/inventory.pb.h"
#include "libroute/v1/plan.pb.h"

// Publication: build aside, then swap one pointer. A new revision's numbers
// are added to the directory before the swap and those that it no longer has
// are removed after it; the compiled plan itself says what it serves. So a
// call sees all of the old plan or all of the new.
namespace libroute {
namespace {

// Of a plan that compiled: every pattern reads.
std::vector<NumberPattern> PatternsOf(const v1::Plan& plan) {
  std::vector<NumberPattern> patterns;
  patterns.reserve(plan.numbers_size());
  for (const v1::Number& number : plan.numbers()) {
    patterns.push_back(*NumberPattern::Parse(number.number()));
  }
  return patterns;
}

}  // namespace

std::shared_ptr<const Revision> Engine::State::Live(absl::string_view customer) const {
  ReadGuard guard(domain);
  const Customer* found = customers.Find(customer);
  if (found == nullptr) return nullptr;
  const PublishedPlans* published = found->published.load(std::memory_order_seq_cst);
  return published == nullptr ? nullptr : published->live;
}

void Engine::State::CheckOwners(const std::vector<NumberPattern>& patterns,
                                absl::string_view customer, std::vector<Issue>& issues) {
  ReadGuard guard(domain);
  for (size_t i = 0; i < patterns.size(); ++i) {
    std::optional<uint32_t> owner = directory.Owner(patterns[i]);
    Issue issue;
    issue.path = absl::StrCat(IndexPath("numbers", static_cast<int>(i)), ".number");
    if (owner.has_value() && customers.at(*owner).name != customer) {
      issue.code = "duplicate-number";
      issue.message = absl::StrCat(patterns[i].ToString(), " is served by customer ",
                                   Quoted(customers.at(*owner).name),
                                   " already; one of the two plans must give it up");
      issues.push_back(std::move(issue));
      continue;
    }
    directory.ForEachCandidate(patterns[i].first(), [&](uint32_t slot) {
      if (customers.at(slot).name == customer) return false;
      issue.severity = Severity::kWarning;
      issue.code = "within-block";
      issue.message =
          absl::StrCat(patterns[i].ToString(), " lies within a block of customer ",
                       Quoted(customers.at(slot).name), ", whose calls to it will come here");
      issues.push_back(issue);
      return true;
    });
  }
}

Publication Engine::State::Check(const v1::Plan& plan, const Attachments& attachments,
                                 absl::Time now) {
  Publication publication;
  publication.customer = plan.customer();
  publication.revision = RevisionHash(plan, attachments.files);
  CompileResult compiled = Compile(plan, {attachments, schedules, now, options.limits});
  publication.issues = std::move(compiled.issues);
  if (compiled.plan == nullptr) return publication;
  const PlanExpansion expansion(plan);
  const std::vector<NumberPattern> patterns = PatternsOf(expansion.plan());
  MutexLock lock(publish_mutex_);
  CheckOwners(patterns, plan.customer(), publication.issues);
  CheckMailboxOwners(*compiled.plan, publication.issues);
  CheckClaims(expansion.plan(), now, publication.issues);
  CheckLoops(compiled, patterns, publication.issues);
  CheckRecoveryKept(plan, now, publication.issues);
  expansion.Restore(publication.issues);
  return publication;
}

Publication Engine::State::Publish(const v1::Plan& plan, const Attachments& attachments,
                                   absl::Time now) {
  Publication publication;
  publication.customer = plan.customer();
  publication.revision = RevisionHash(plan, attachments.files);
  std::shared_ptr<const Revision> live = Live(plan.customer());
  if (live != nullptr && live->plan->revision() == publication.revision) {
    // What the carrier knows may have changed.
    const PlanExpansion expansion(plan);
    CheckClaims(expansion.plan(), now, publication.issues);
    expansion.Restore(publication.issues);
    return publication;
  }

  CompileResult compiled = Compile(plan, {attachments, schedules, now, options.limits});
  publication.issues = std::move(compiled.issues);
  if (compiled.plan == nullptr) return publication;
  const PlanExpansion expansion(plan);
  std::vector<NumberPattern> patterns = PatternsOf(expansion.plan());

  MutexLock lock(publish_mutex_);
  CheckOwners(patterns, plan.customer(), publication.issues);
  CheckMailboxOwners(*compiled.plan, publication.issues);
  CheckClaims(expansion.plan(), now, publication.issues);
  CheckLoops(compiled, patterns, publication.issues);
  CheckRecoveryKept(plan, now, publication.issues);
  expansion.Restore(publication.issues);
  if (HasErrors(publication.issues)) return publication;
  Customer* customer = customers.FindOrAdd(plan.customer());
  if (customer == nullptr) {
    Issue full;
    full.code = "too-many-customers";
    full.message = "this engine has no room for another customer";
    publication.issues.push_back(std::move(full));
    return publication;
  }
  auto revision = std::make_shared<Revision>();
  revision->facts = FactView(compiled.plan->fact_names(), customer->facts);
  revision->counters = CounterView(compiled.plan->counter_names(), customer->counters);
  revision->plan = std::move(compiled.plan);
  revision->dials = std::move(compiled.dials);
  ApplyRecoveryTo(*customer, *revision, now);
  customer->facts.KeepHistoryOf(revision->plan->fact_names().switches);
  const std::shared_ptr<const contact::CenterRules> agents = revision->plan->center_rules();
  absl::TimeZone zone = absl::UTCTimeZone();
  // Checked when it was compiled, if it is there.
  if (!plan.time_zone().empty()) absl::LoadTimeZone(plan.time_zone(), &zone);
  // First, so that no call comes to a group that is not known yet.
  contacts.Configure(customer->id, agents == nullptr ? contact::CenterRules() : *agents,
                     revision->plan->group_hours(), zone, now);
  Commit(*customer, std::move(revision), std::move(patterns));
  publication.changed = true;
  return publication;
}

void Engine::State::Commit(Customer& customer, std::shared_ptr<const Revision> revision,
                           std::vector<NumberPattern> patterns) {
  for (const NumberPattern& pattern : patterns) directory.Add(pattern, customer.id);
  absl::flat_hash_set<std::string> entries;
  if (revision != nullptr) {
    for (const auto& [entry, path] : revision->plan->mailboxes()) entries.insert(entry);
  }
  for (const std::string& entry : entries) mailboxes.Add(entry, customer.id);

  const PublishedPlans* before = customer.published.load(std::memory_order_relaxed);
  auto* after = new PublishedPlans();
  after->live = std::move(revision);
  NoteDialled(customer.id,
              before == nullptr || before->live == nullptr ? nullptr : before->live->dials.get(),
              after->live == nullptr ? nullptr : after->live->dials.get());
  if (before != nullptr) {
    if (before->live != nullptr) after->kept.push_back(before->live);
    after->kept.insert(after->kept.end(), before->kept.begin(), before->kept.end());
    size_t most = static_cast<size_t>(options.kept_revisions);
    if (after->kept.size() > most) after->kept.resize(most);
  }
  customer.published.store(after, std::memory_order_seq_cst);

  absl::flat_hash_set<NumberPattern> still(patterns.begin(), patterns.end());
  for (const NumberPattern& pattern : customer.patterns) {
    if (!still.contains(pattern)) directory.Remove(pattern, customer.id);
  }
  customer.patterns = std::move(patterns);
  for (const std::string& entry : customer.mailboxes) {
    if (!entries.contains(entry)) mailboxes.Remove(entry, customer.id);
  }
  customer.mailboxes.assign(entries.begin(), entries.end());
  if (before != nullptr) domain.Retire([before] { delete before; });
  domain.Reclaim();
}

void Engine::State::CheckClaims(const v1::Plan& plan, absl::Time now,
                                std::vector<Issue>& issues) const {
  ReadGuard guard(domain);
  const std::shared_ptr<const Inventory>* known = inventory();
  if (known == nullptr) return;
  std::vector<Issue> claims = (*known)->CheckClaims(ClaimsOf(plan), absl::ToUnixSeconds(now));
  std::move(claims.begin(), claims.end(), std::back_inserter(issues));
}

void Engine::State::CheckLivePlans(IssueList& issues) {
  // Whether a number is in service is told by every call to it.
  constexpr int64_t kFromEver = std::numeric_limits<int64_t>::min();
  ReadGuard guard(domain);
  const std::shared_ptr<const Inventory>* known = inventory();
  if (known == nullptr) return;
  for (uint32_t slot = 0; slot < customers.size(); ++slot) {
    const Customer& customer = customers.at(slot);
    const PublishedPlans* published = customer.published.load(std::memory_order_seq_cst);
    if (published == nullptr || published->live == nullptr) continue;
    const CompiledPlan& plan = *published->live->plan;
    std::vector<NumberClaim> claims;
    for (const NumberPattern& pattern : customer.patterns) {
      const NumberRoute* route = plan.FindNumber(pattern.first());
      claims.push_back(
          {pattern,
           std::string(plan.text(route == nullptr ? CompiledPlan::kCustomerText : route->holder))});
    }
    for (Issue& issue : (*known)->CheckClaims(claims, kFromEver)) {
      issue.severity = Severity::kWarning;
      issue.message = absl::StrCat("the live plan of ", Quoted(customer.name), ", ", issue.path,
                                   ": ", issue.message);
      issue.path.clear();
      issues.Add(std::move(issue));
    }
  }
}

std::vector<Issue> Engine::State::SetInventory(const v1::Inventory& written) {
  const bool empty = written.ByteSizeLong() == 0;
  InventoryResult result;
  if (!empty) result = CompileInventory(written, options.limits.max_issues);
  if (HasErrors(result.issues)) return std::move(result.issues);
  MutexLock lock(publish_mutex_);
  const CarrierSide* after = nullptr;
  if (!empty) {
    auto side = std::make_unique<CarrierSide>();
    side->inventory = std::move(result.inventory);
    for (const CarrierLimit& limit : side->inventory->screening().limits()) {
      auto counter = [&](bool is_there, absl::string_view what) {
        return is_there ? carrier_counters_.FindOrMake(absl::StrCat(what, limit.name)) : nullptr;
      };
      // Another rate begins anew.
      const std::string rate =
          absl::StrCat(limit.rate.calls, " in ", absl::FormatDuration(limit.rate.per), " of ");
      side->counters.emplace_back(counter(limit.calls > 0, "places of "),
                                  counter(limit.rate.calls > 0, rate));
    }
    after = side.release();
  }
  const auto* before = carrier_.exchange(after, std::memory_order_seq_cst);
  if (before != nullptr) domain.Retire([before] { delete before; });
  domain.Reclaim();
  IssueList issues(options.limits.max_issues);
  for (Issue& issue : result.issues) issues.Add(std::move(issue));
  CheckLivePlans(issues);
  return std::move(issues).Take();
}

absl::Status NoLivePlan(absl::string_view customer) {
  return absl::NotFoundError(absl::StrCat("customer ", Quoted(customer), " has no live plan"));
}

absl::Status Engine::State::Withdraw(absl::string_view name) {
  MutexLock lock(publish_mutex_);
  std::shared_ptr<const Revision> live = Live(name);
  if (live == nullptr) return NoLivePlan(name);
  ReadGuard guard(domain);
  Customer& customer = *customers.Find(name);
  Commit(customer, nullptr, {});
  // A centre's clock goes on from the last that it has seen.
  contacts.Configure(customer.id, contact::CenterRules(), {}, absl::UTCTimeZone(),
                     absl::UnixEpoch());
  return absl::OkStatus();
}

}  // namespace libroute
