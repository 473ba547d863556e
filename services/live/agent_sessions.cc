#include "services/live/agent_sessions.h"

#include <deque>

#include "absl/strings/str_cat.h"
#include "services/agents/agent_message.h"
#include "services/live/has_agents.h"
#include "services/request/customer.h"
#include "services/request/field.h"

namespace libroute {
namespace {

constexpr size_t kMaxRequestId = 64;
// Who sends more without reading what came of it is cut off.
constexpr size_t kMaxUnread = 64;

}  // namespace

class AgentSessions::Session : public AgentFeed,
                               public std::enable_shared_from_this<AgentSessions::Session> {
 public:
  Session(AgentSessions& owner, const Principal& principal, StreamEnd stream)
      : owner_(owner), principal_(principal), stream_(std::move(stream)) {}

  absl::Status Take(const v1::AgentSessionRequest& request) override ABSL_LOCKS_EXCLUDED(mutex_) {
    if (request.request_id().size() > kMaxRequestId) {
      return BadField("request_id", absl::StrCat("has more than ", kMaxRequestId, " bytes"));
    }
    if (agent_.empty()) {
      absl::Status status = Begin(request.act());
      if (!status.ok()) return status;
    }
    v1::AgentSessionResponse response;
    response.set_request_id(request.request_id());
    const absl::Status status = Act(request.act());
    if (!status.ok()) {
      response.mutable_error()->set_code(static_cast<int>(status.code()));
      response.mutable_error()->set_message(std::string(status.message()));
    }
    const bool is_answered = !status.ok() || !request.request_id().empty();
    {
      MutexLock lock(mutex_);
      if (answers_.size() >= kMaxUnread) {
        return absl::ResourceExhaustedError(
            absl::StrCat("more than ", kMaxUnread, " answers were not read"));
      }
      if (is_answered) answers_.push_back(std::move(response));
      has_changed_ = true;
    }
    stream_.wake();
    return absl::OkStatus();
  }

  bool Next(v1::AgentSessionResponse& response) override ABSL_LOCKS_EXCLUDED(mutex_) {
    response.Clear();
    {
      MutexLock lock(mutex_);
      if (answers_.empty() && !has_changed_) return false;
      if (!answers_.empty()) {
        response = std::move(answers_.front());
        answers_.pop_front();
      }
      has_changed_ = !answers_.empty();
    }
    const absl::StatusOr<AgentNow> now = owner_.engine_.FindAgent(customer_, agent_);
    if (!now.ok()) {
      stream_.end(now.status());
      return false;
    }
    WriteAgent(*now, response.mutable_agent());
    std::string agent = response.agent().SerializeAsString();
    // What it said last holds.
    if (response.request_id().empty() && !response.has_error() && agent == last_) return false;
    last_ = std::move(agent);
    return true;
  }

  void Close() override {
    if (agent_.empty()) return;
    MutexLock lock(owner_.turn_mutex_);
    if (owner_.Take(customer_, agent_, this)) Connect(AgentAct::Kind::kDisconnected);
  }

  void Note() ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      MutexLock lock(mutex_);
      has_changed_ = true;
    }
    stream_.wake();
  }

  void End(const absl::Status& status) { stream_.end(status); }

 private:
  absl::Status Begin(const v1::ActRequest& act) {
    absl::StatusOr<std::string> customer = ReadCustomer(act.customer(), principal_);
    if (!customer.ok()) return InField("act", customer.status());
    if (act.agent().empty()) return BadField("act.agent", "is missing");
    const absl::Status status = CheckHasAgents(owner_.engine_);
    if (!status.ok()) return status;
    const absl::StatusOr<AgentNow> agent = owner_.engine_.FindAgent(*customer, act.agent());
    if (!agent.ok()) return agent.status();
    customer_ = *std::move(customer);
    agent_ = agent->name;
    std::shared_ptr<Session> before;
    {
      MutexLock lock(owner_.turn_mutex_);
      before = owner_.Put(customer_, agent_, shared_from_this());
      Connect(AgentAct::Kind::kReconnected);
    }
    if (before != nullptr) {
      before->End(absl::AbortedError(absl::StrCat("agent ", agent_, " has begun another session")));
    }
    return absl::OkStatus();
  }

  // Refused when the agent is not logged in: there is nothing to say then.
  void Connect(AgentAct::Kind kind) {
    AgentAct act;
    act.kind = kind;
    act.agent = agent_;
    owner_.engine_.Act(customer_, act, owner_.clock_()).status().IgnoreError();
  }

  absl::Status Act(const v1::ActRequest& request) {
    if (!request.agent().empty() && request.agent() != agent_) {
      return BadField("act.agent", absl::StrCat("is not ", agent_, ", whose session this is"));
    }
    if (!request.customer().empty() &&
        request.customer() != absl::StrCat("customers/", customer_)) {
      return BadField("act.customer",
                      absl::StrCat("is not customers/", customer_, ", whose session this is"));
    }
    if (request.act_case() == v1::ActRequest::ACT_NOT_SET) return absl::OkStatus();
    AgentAct act;
    absl::Status status = ReadAct(request, act);
    if (!status.ok()) return InField("act", status);
    act.agent = agent_;
    return owner_.engine_.Act(customer_, act, owner_.clock_()).status();
  }

  AgentSessions& owner_;
  const Principal& principal_;
  const StreamEnd stream_;
  // Of the thread that gives to Take, until they are set.
  std::string customer_;
  std::string agent_;
  // Of the thread that asks for Next.
  std::string last_;

  Mutex mutex_;
  std::deque<v1::AgentSessionResponse> answers_ ABSL_GUARDED_BY(mutex_);
  bool has_changed_ ABSL_GUARDED_BY(mutex_) = false;
};

std::shared_ptr<AgentFeed> AgentSessions::Connect(const Principal& principal, StreamEnd stream) {
  return std::make_shared<Session>(*this, principal, std::move(stream));
}

std::shared_ptr<AgentSessions::Session> AgentSessions::Put(
    const std::string& customer, const std::string& agent,
    const std::shared_ptr<Session>& session) {
  MutexLock lock(mutex_);
  return std::exchange(customers_[customer].sessions[agent], session);
}

bool AgentSessions::Take(const std::string& customer, const std::string& agent,
                         const Session* session) {
  MutexLock lock(mutex_);
  const auto desks = customers_.find(customer);
  if (desks == customers_.end()) return false;
  const auto found = desks->second.sessions.find(agent);
  // A newer one has it.
  if (found == desks->second.sessions.end() || found->second.get() != session) return false;
  desks->second.sessions.erase(found);
  if (desks->second.sessions.empty()) customers_.erase(desks);
  return true;
}

void AgentSessions::Note(const std::string& customer) {
  uint64_t version = 0;
  {
    MutexLock lock(mutex_);
    const auto desks = customers_.find(customer);
    if (desks == customers_.end()) return;
    version = desks->second.version;
  }
  const absl::StatusOr<CenterChanges> changes =
      engine_.ContactChanges(customer, version, /*with_groups=*/false);
  std::vector<std::shared_ptr<Session>> changed;
  {
    MutexLock lock(mutex_);
    const auto desks = customers_.find(customer);
    if (desks == customers_.end()) return;
    if (changes.ok()) desks->second.version = changes->version;
    const auto& sessions = desks->second.sessions;
    if (!changes.ok() || changes->is_full) {
      for (const auto& [agent, session] : sessions) changed.push_back(session);
    } else {
      for (const AgentNow& agent : changes->agents) {
        const auto found = sessions.find(agent.name);
        if (found != sessions.end()) changed.push_back(found->second);
      }
    }
  }
  for (const std::shared_ptr<Session>& session : changed) session->Note();
}

}  // namespace libroute
