#include "services/live/watch_feeds.h"

#include <algorithm>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/agents/agent_message.h"
#include "services/agents/supervision.h"
#include "services/live/has_agents.h"
#include "services/request/field.h"

namespace libroute {

class WatchFeeds::Watch : public WatchFeed, public std::enable_shared_from_this<WatchFeeds::Watch> {
 public:
  Watch(WatchFeeds& owner, const Principal& principal, StreamEnd stream)
      : owner_(owner), principal_(principal), stream_(std::move(stream)) {}

  absl::Status Take(const v1::WatchRequest& request) override
      ABSL_LOCKS_EXCLUDED(mutex_, owner_.mutex_) {
    absl::StatusOr<Supervision> supervision = Supervision::Read(request.customer(), principal_);
    if (!supervision.ok()) return supervision.status();
    supervision_ = *std::move(supervision);
    absl::Status status = CheckHasAgents(owner_.engine_);
    if (status.ok()) status = ReadScope(request);
    if (!status.ok()) return status;
    const std::vector<std::string> parts = absl::StrSplit(request.resume_from(), '/');
    // Whom a supervisor has seen before is not known any more: all is told anew.
    const bool is_known =
        supervision_->sees_all() && parts.size() == 2 && parts[0] == owner_.instance_;
    if (is_known && !absl::SimpleAtoi(parts[1], &version_)) version_ = 0;
    customer_ = supervision_->customer();
    {
      MutexLock lock(owner_.mutex_);
      owner_.customers_[customer_].insert(shared_from_this());
    }
    Note();
    return absl::OkStatus();
  }

  bool Next(v1::WatchResponse& response) override ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      MutexLock lock(mutex_);
      if (!std::exchange(has_changed_, false)) return false;
    }
    response.Clear();
    absl::StatusOr<CenterChanges> changes = Changes(version_);
    // Who is not the supervisor's any more is to vanish from the picture.
    if (changes.ok() && HasLost(*changes)) changes = Changes(0);
    if (!changes.ok()) {
      stream_.end(changes.status());
      return false;
    }
    const bool is_full = changes->is_full || is_first_;
    // Who goes on from a position has the agents; groups are few.
    if (changes->is_full) {
      groups_.clear();
      seen_.clear();
    }
    is_first_ = false;
    version_ = changes->version;
    response.set_position(absl::StrCat(owner_.instance_, "/", version_));
    response.set_full(changes->is_full);
    for (const AgentNow& agent : changes->agents) {
      if (!all_ && !wanted_agents_.contains(agent.name)) continue;
      if (!supervision_->Sees(agent)) continue;
      if (!supervision_->sees_all()) seen_.insert(agent.name);
      WriteAgent(supervision_->Narrowed(agent), response.add_agents());
    }
    for (const GroupNow& group : changes->groups) {
      if (!all_ && !wanted_groups_.contains(group.name)) continue;
      if (!supervision_->SeesGroup(group.name)) continue;
      auto [known, is_new] = groups_.try_emplace(group.name, group.standing);
      if (!is_new && known->second == group.standing) continue;
      known->second = group.standing;
      WriteGroup(group, response.add_groups());
    }
    return is_full || response.agents_size() > 0 || response.groups_size() > 0;
  }

  void Close() override ABSL_LOCKS_EXCLUDED(owner_.mutex_) {
    // Its last owner may be what is erased.
    const std::shared_ptr<Watch> self = shared_from_this();
    MutexLock lock(owner_.mutex_);
    const auto found = owner_.customers_.find(customer_);
    if (found == owner_.customers_.end()) return;
    found->second.erase(self);
    if (found->second.empty()) owner_.customers_.erase(found);
  }

  void Note() ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      MutexLock lock(mutex_);
      has_changed_ = true;
    }
    stream_.wake();
  }

 private:
  absl::StatusOr<CenterChanges> Changes(uint64_t since) const {
    return owner_.engine_.ContactChanges(customer_, since, /*with_groups=*/true);
  }

  bool HasLost(const CenterChanges& changes) const {
    return std::any_of(changes.agents.begin(), changes.agents.end(), [&](const AgentNow& agent) {
      return seen_.contains(agent.name) && !supervision_->Sees(agent);
    });
  }

  absl::Status ReadScope(const v1::WatchRequest& request) {
    const std::string& customer = supervision_->customer();
    const absl::StatusOr<std::vector<GroupNow>> groups = owner_.engine_.Groups(customer);
    if (!groups.ok()) return groups.status();
    absl::flat_hash_set<std::string> known;
    for (const GroupNow& group : *groups) known.insert(group.name);
    for (int i = 0; i < request.groups_size(); ++i) {
      const absl::Status status = supervision_->CheckGroup(request.groups(i));
      if (!status.ok()) return InField(absl::StrCat("groups[", i, "]"), status);
      if (known.contains(request.groups(i))) continue;
      return absl::NotFoundError(
          absl::StrCat("groups[", i, "]: the live plan has no group \"", request.groups(i), "\""));
    }
    for (int i = 0; i < request.agents_size(); ++i) {
      const absl::StatusOr<AgentNow> agent = owner_.engine_.FindAgent(customer, request.agents(i));
      absl::Status status = supervision_->CheckAgent(request.agents(i), owner_.engine_);
      if (status.ok()) status = agent.status();
      if (!status.ok()) return InField(absl::StrCat("agents[", i, "]"), status);
    }
    wanted_groups_.insert(request.groups().begin(), request.groups().end());
    wanted_agents_.insert(request.agents().begin(), request.agents().end());
    all_ = wanted_groups_.empty() && wanted_agents_.empty();
    return absl::OkStatus();
  }

  WatchFeeds& owner_;
  const Principal& principal_;
  const StreamEnd stream_;
  // Of the thread that gives to Take, before the first Next.
  std::optional<Supervision> supervision_;
  std::string customer_;
  absl::flat_hash_set<std::string> wanted_groups_;
  absl::flat_hash_set<std::string> wanted_agents_;
  bool all_ = false;
  // Of the thread that asks for Next.
  uint64_t version_ = 0;
  bool is_first_ = true;
  absl::flat_hash_map<std::string, contact::GroupStanding> groups_;
  // Agents that a supervisor who does not see all was told of.
  absl::flat_hash_set<std::string> seen_;

  Mutex mutex_;
  bool has_changed_ ABSL_GUARDED_BY(mutex_) = false;
};

std::shared_ptr<WatchFeed> WatchFeeds::Connect(const Principal& principal, StreamEnd stream) {
  return std::make_shared<Watch>(*this, principal, std::move(stream));
}

void WatchFeeds::Note(const std::string& customer) {
  std::vector<std::shared_ptr<Watch>> watches;
  {
    MutexLock lock(mutex_);
    const auto found = customers_.find(customer);
    if (found == customers_.end()) return;
    watches.assign(found->second.begin(), found->second.end());
  }
  for (const std::shared_ptr<Watch>& watch : watches) watch->Note();
}

}  // namespace libroute
