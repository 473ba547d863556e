#include "libroute/engine/mailboxes.h"

#include "absl/strings/str_cat.h"
#include "libroute/engine/state.h"
#include "libroute/plan/issue.h"

namespace libroute {

std::optional<uint32_t> MailboxDirectory::Find(absl::string_view address) const {
  const std::optional<uint32_t> own = Owner(address);
  const size_t at = address.rfind('@');
  return own.has_value() || at == absl::string_view::npos ? own : Owner(address.substr(at));
}

std::optional<uint32_t> MailboxDirectory::Owner(absl::string_view entry) const {
  MutexLock lock(mutex_);
  const auto found = owners_.find(entry);
  return found == owners_.end() ? std::nullopt : std::make_optional(found->second);
}

void MailboxDirectory::Add(absl::string_view entry, uint32_t customer) {
  MutexLock lock(mutex_);
  owners_.emplace(entry, customer);
}

void MailboxDirectory::Remove(absl::string_view entry, uint32_t customer) {
  MutexLock lock(mutex_);
  const auto found = owners_.find(entry);
  if (found != owners_.end() && found->second == customer) owners_.erase(found);
}

void Engine::State::CheckMailboxOwners(const CompiledPlan& plan, std::vector<Issue>& issues) const {
  ReadGuard guard(domain);
  for (const auto& [entry, path] : plan.mailboxes()) {
    const std::optional<uint32_t> owner = mailboxes.Owner(entry);
    const std::optional<uint32_t> taken_from = mailboxes.Find(entry);
    Issue issue;
    issue.path = path;
    if (owner.has_value() && customers.at(*owner).name != plan.customer()) {
      issue.code = "duplicate-address";
      issue.message =
          absl::StrCat(entry, " is a mailbox of customer ", Quoted(customers.at(*owner).name),
                       " already; one of the two plans must give it up");
      issues.push_back(std::move(issue));
    } else if (taken_from.has_value() && customers.at(*taken_from).name != plan.customer()) {
      issue.severity = Severity::kWarning;
      issue.code = "within-domain";
      issue.message = absl::StrCat(entry, " lies within a domain of customer ",
                                   Quoted(customers.at(*taken_from).name),
                                   ", whose e-mails to it will come here");
      issues.push_back(std::move(issue));
    }
  }
}

}  // namespace libroute
