#include "libroute/engine/contacts.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"

namespace libroute {

Center& Contacts::CenterOf(uint32_t customer) {
  MutexLock lock(mutex_);
  std::unique_ptr<Center>& center = centers_[customer];
  if (center == nullptr) center = std::make_unique<Center>(customer, options_, index_, emails_);
  return *center;
}

Center* Contacts::FindCenter(uint32_t customer) const {
  MutexLock lock(mutex_);
  const auto found = centers_.find(customer);
  return found == centers_.end() ? nullptr : found->second.get();
}

std::vector<Center*> Contacts::Centers() const {
  std::vector<Center*> centers;
  MutexLock lock(mutex_);
  centers.reserve(centers_.size());
  for (const auto& [customer, center] : centers_) centers.push_back(center.get());
  return centers;
}

void Contacts::Configure(uint32_t customer, contact::CenterRules rules,
                         std::vector<GroupHours> hours, absl::TimeZone zone, absl::Time now) {
  if (rules.groups.empty() && rules.agents.empty() && FindCenter(customer) == nullptr) return;
  CenterOf(customer).Configure(std::move(rules), std::move(hours), zone, now);
}

absl::StatusOr<uint64_t> Contacts::Enter(const libroute::Enter& enter, absl::Time now) {
  Center& center = CenterOf(enter.customer);
  Center* before = index_.Find(enter.contact.call);
  if (before != nullptr && before != &center) before->Leave(enter.contact.call, now);
  return center.Enter(enter.contact, now);
}

std::optional<CallNews> Contacts::FindNews(const Call& call, uint64_t question, absl::Time now) {
  Center* center = index_.Find(call.id);
  return center == nullptr ? std::nullopt : center->FindNews(call, question, now);
}

void Contacts::Tell(const Call& call, const CallNews& news) {
  if (Center* center = index_.Find(call.id)) center->Tell(call, news);
}

std::optional<Center::Place> Contacts::FindPlace(const CallId& call) const {
  const Center* center = index_.Find(call);
  return center == nullptr ? std::nullopt : center->FindPlace(call);
}

std::shared_ptr<const ContactNow> Contacts::FindHandedOn(const CallId& call) const {
  const Center* center = index_.Find(call);
  return center == nullptr ? nullptr : center->FindHandedOn(call);
}

CallNow Contacts::TellAgents(const CallId& call) {
  Center* center = index_.Find(call);
  return center == nullptr ? CallNow() : center->TellAgents(call);
}

void Contacts::NoteConfirming(const CallId& call, const std::vector<int>& targets) {
  if (Center* center = index_.Find(call)) center->NoteConfirming(call, targets);
}

void Contacts::NoteAttempt(const CallId& call, const AttemptEnd& end, absl::Time now) {
  if (Center* center = index_.Find(call)) center->NoteAttempt(call, end, now);
}

std::optional<Center::EmailNow> Contacts::FindEmail(const CallId& email) const {
  const Center* center = index_.Find(email);
  return center == nullptr ? std::nullopt : center->FindEmail(email);
}

std::optional<uint32_t> Contacts::FindCustomer(const CallId& call) const {
  const Center* center = index_.Find(call);
  return center == nullptr ? std::nullopt : std::make_optional(center->customer());
}

void Contacts::Renew(const CallId& call, absl::Time now) {
  if (Center* center = index_.Find(call)) center->Renew(call, now);
}

void Contacts::Report(const CallReport& report, absl::Time now) {
  if (size() == 0) return;
  if (report.kind == ReportKind::kSwitchRestarted) {
    for (Center* center : Centers()) center->LeaveBefore(report.call, now);
  } else if (Center* center = index_.Find(report.call)) {
    center->Report(report, now);
  }
}

Ledger::Kept Contacts::KeepLive(absl::string_view switch_name, uint64_t epoch,
                                absl::Span<const std::string> references, absl::Time now) {
  const absl::flat_hash_set<absl::string_view> alive(references.begin(), references.end());
  Ledger::Kept kept;
  for (Center* center : Centers()) {
    center->KeepLive(switch_name, epoch, alive, now, kept.held, kept.given_back);
  }
  return kept;
}

void Contacts::Watched(absl::string_view switch_name, bool is_watched, absl::Time now) {
  for (Center* center : Centers()) center->Watched(switch_name, is_watched, now);
}

Contacts::News Contacts::TakeNews() {
  News news;
  for (Center* center : Centers()) {
    if (center->TakeNews(news.calls)) news.customers.push_back(center->customer());
  }
  return news;
}

std::vector<std::pair<uint32_t, CallId>> Contacts::Advance(absl::Time now) {
  std::vector<std::pair<uint32_t, CallId>> over;
  for (Center* center : Centers()) {
    if (center->NextDeadline() <= now) center->Advance(now, over);
  }
  return over;
}

absl::Time Contacts::NextDeadline() const {
  absl::Time next = absl::InfiniteFuture();
  MutexLock lock(mutex_);
  for (const auto& [customer, center] : centers_) next = std::min(next, center->NextDeadline());
  return next;
}

}  // namespace libroute
