#include "services/live/switch_sessions.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libroute/wire/decision_wire.h"
#include "services/agents/agent_message.h"
#include "services/live/has_agents.h"
#include "services/request/field.h"
#include "services/route/event_message.h"
#include "services/route/question.h"

namespace libroute {
namespace {

// The phones to dial for an agent who consults. `brought` is the decision by which the call
// came to him, if that is known.
void WriteConsultation(const CallNow& now, const Decision& brought, v1::Consultation* message) {
  message->set_agent(now.agent);
  message->set_wanted(now.consults);
  message->set_consulted(now.consulted);
  if (now.consulted_attempt.has_value()) {
    message->set_consulted_attempt_id(now.consulted_attempt->ToString());
  }
  Decision decision;
  DialDecision dial;
  dial.order = LegOrder::kTogether;
  for (const ContactNow::Phone& phone : now.phones) {
    Leg& leg = dial.legs.emplace_back();
    leg.target = phone.target;
    leg.number = phone.number;
    leg.uri = phone.uri;
    leg.agent = phone.agent;
    leg.ring_timeout = phone.rings;
    leg.setup_timeout = phone.rings;
    leg.trigger = Trigger::kSuppress;
    leg.confirmation = phone.confirmation;
    if (!phone.agent.empty()) continue;
    // A number outside sees, and the customer pays for, the number that was called.
    leg.trigger = phone.is_line ? Trigger::kSuppress : Trigger::kAllow;
    leg.presented = brought.number;
    if (brought.number.has_value()) leg.presented_privacy = Privacy::kAllowed;
    leg.charge_to = brought.holder;
    leg.charged_number = brought.number;
  }
  if (dial.legs.empty()) return;
  decision.action = std::move(dial);
  v1::Decision written;
  ToProto(decision, now.step, &written);
  message->mutable_legs()->Swap(written.mutable_dial()->mutable_legs());
}

}  // namespace

class SwitchSessions::Session : public SwitchFeed,
                                public std::enable_shared_from_this<SwitchSessions::Session> {
 public:
  Session(SwitchSessions& owner, const Principal& principal, StreamEnd stream)
      : owner_(owner), principal_(principal), stream_(std::move(stream)) {}

  absl::Status Take(const v1::ContactSessionRequest& request) override {
    if (switch_name_.empty() != request.has_open()) {
      return switch_name_.empty()
                 ? BadField("open", "is missing; the first message of a session opens it")
                 : BadField("open", "is of the first message of a session only");
    }
    switch (request.message_case()) {
      case v1::ContactSessionRequest::kOpen:
        return Open(request.open());
      case v1::ContactSessionRequest::kDone:
        return Done(request.done().number());
      case v1::ContactSessionRequest::kEnded:
        return Ended(request.ended());
      case v1::ContactSessionRequest::MESSAGE_NOT_SET:
        break;
    }
    return BadField("message", "is missing; expected done or ended");
  }

  bool Next(v1::ContactUpdate& update) override ABSL_LOCKS_EXCLUDED(mutex_) {
    for (;;) {
      CallId call;
      {
        MutexLock lock(mutex_);
        if (pending_.empty() || sent_ - done_ >= kWindow) return false;
        call = std::move(pending_.front());
        pending_.pop_front();
        is_pending_.erase(call);
      }
      if (Write(call, update)) return true;
    }
  }

  void Close() override ABSL_LOCKS_EXCLUDED(mutex_, owner_.mutex_) {
    MutexLock turn(owner_.turn_mutex_);
    {
      std::vector<v1::ContactUpdate> left = TakeNotDone();
      MutexLock lock(owner_.mutex_);
      const auto found = owner_.sessions_.find(switch_name_);
      // A newer one has it.
      if (found == owner_.sessions_.end() || found->second.get() != this) return;
      owner_.sessions_.erase(found);
      if (!left.empty()) owner_.not_done_[switch_name_] = std::move(left);
    }
    owner_.engine_.WatchSwitch(switch_name_, false, owner_.clock_());
  }

  void Note(const CallId& call) ABSL_LOCKS_EXCLUDED(mutex_) {
    bool is_full = false;
    {
      MutexLock lock(mutex_);
      if (!is_pending_.insert(call).second) return;
      pending_.push_back(call);
      is_full = pending_.size() > kMaxPending;
    }
    if (is_full) {
      stream_.end(absl::ResourceExhaustedError(
          absl::StrCat("more than ", kMaxPending, " calls have news that were not read")));
    }
    stream_.wake();
  }

  void End(const absl::Status& status) { stream_.end(status); }

 private:
  absl::Status Open(const v1::ContactSessionRequest::Open& open)
      ABSL_LOCKS_EXCLUDED(owner_.mutex_) {
    std::string name = open.switch_().empty() ? principal_.switch_name : open.switch_();
    if (name.empty()) return BadField("open.switch", "is missing; expected the switch's name");
    absl::Status status = CheckSwitch(principal_, name);
    if (status.ok()) status = CheckHasAgents(owner_.engine_);
    if (!status.ok()) return status;
    switch_name_ = name;
    std::shared_ptr<Session> before;
    {
      MutexLock turn(owner_.turn_mutex_);
      std::vector<v1::ContactUpdate> left;
      {
        MutexLock lock(owner_.mutex_);
        before = std::exchange(owner_.sessions_[name], shared_from_this());
        left = std::move(owner_.not_done_[name]);
        owner_.not_done_.erase(name);
      }
      if (before != nullptr) left = before->TakeNotDone();
      SayAgain(std::move(left));
      owner_.engine_.WatchSwitch(name, true, owner_.clock_());
    }
    if (before != nullptr) {
      before->End(absl::AbortedError(absl::StrCat("switch ", name, " has begun another session")));
    }
    return absl::OkStatus();
  }

  std::vector<v1::ContactUpdate> TakeNotDone() ABSL_LOCKS_EXCLUDED(mutex_) {
    std::vector<v1::ContactUpdate> left;
    MutexLock lock(mutex_);
    for (auto& [call, update] : said_before_) left.push_back(std::move(update));
    for (auto& [number, update] : not_done_) left.push_back(std::move(update));
    said_before_.clear();
    not_done_.clear();
    return left;
  }

  // What a session before has said, and perhaps was not heard.
  void SayAgain(std::vector<v1::ContactUpdate> updates) ABSL_LOCKS_EXCLUDED(mutex_) {
    MutexLock lock(mutex_);
    for (v1::ContactUpdate& update : updates) {
      CallId call;
      if (!ReadCallId(update.call_id(), call).ok()) continue;
      if (is_pending_.insert(call).second) pending_.push_back(call);
      said_before_[call] = std::move(update);
    }
  }

  absl::Status Done(uint64_t number) ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      MutexLock lock(mutex_);
      if (number > sent_) {
        return BadField("done.number",
                        absl::StrCat(number, " was not sent yet; the last was ", sent_));
      }
      done_ = std::max(done_, number);
      not_done_.erase(not_done_.begin(), not_done_.upper_bound(done_));
    }
    stream_.wake();
    return absl::OkStatus();
  }

  absl::Status Ended(const v1::ContactSessionRequest::Ended& ended) {
    CallId call;
    absl::Status status = ReadCallId(ended.call_id(), call);
    if (!status.ok()) return InField("ended.call_id", status);
    if (call.switch_name != switch_name_) {
      return BadField("ended.call_id.switch",
                      absl::StrCat("is not ", switch_name_, ", whose session this is"));
    }
    absl::StatusOr<AttemptEnd> end = ReadAttemptEnd(ended.result());
    if (!end.ok()) return InField("ended.result", end.status());
    if (end->outcome == Outcome::kAnswered) {
      return BadField("ended.result", "is answered; tell of that by Report");
    }
    owner_.engine_.NoteAttempt(call, *end, owner_.clock_());
    return absl::OkStatus();
  }

  // Whether there is something to say of it.
  bool Write(const CallId& call, v1::ContactUpdate& update) ABSL_LOCKS_EXCLUDED(mutex_) {
    Decision decision;
    absl::StatusOr<std::optional<CallNow>> now =
        owner_.engine_.FollowUp(call, owner_.clock_(), decision);
    MutexLock lock(mutex_);
    const auto before = said_before_.find(call);
    if (now.ok() && now->has_value()) {
      update.Clear();
      WriteCallId(call, update.mutable_call_id());
      update.set_step((*now)->step);
      if ((*now)->agent.empty() && !(*now)->consulted_attempt.has_value()) {
        ToProto(decision, (*now)->step, update.mutable_decision());
      } else {
        WriteConsultation(**now, decision, update.mutable_consultation());
      }
    } else if (before != said_before_.end()) {
      // It has left by that.
      update = std::move(before->second);
    } else {
      // What cannot be said here, the next question is answered with.
      return false;
    }
    if (before != said_before_.end()) said_before_.erase(before);
    update.set_number(++sent_);
    not_done_.emplace(sent_, update);
    return true;
  }

  SwitchSessions& owner_;
  const Principal& principal_;
  const StreamEnd stream_;
  // Of the thread that gives to Take; does not change once it is set.
  std::string switch_name_;

  Mutex mutex_;
  // In order of the news, each once.
  std::deque<CallId> pending_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<CallId> is_pending_ ABSL_GUARDED_BY(mutex_);
  // By number: those that may be lost yet; and those that a session before has lost.
  std::map<uint64_t, v1::ContactUpdate> not_done_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<CallId, v1::ContactUpdate> said_before_ ABSL_GUARDED_BY(mutex_);
  uint64_t sent_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t done_ ABSL_GUARDED_BY(mutex_) = 0;
};

std::shared_ptr<SwitchFeed> SwitchSessions::Connect(const Principal& principal, StreamEnd stream) {
  return std::make_shared<Session>(*this, principal, std::move(stream));
}

void SwitchSessions::Note(const CallId& call) {
  std::shared_ptr<Session> session;
  {
    MutexLock lock(mutex_);
    const auto found = sessions_.find(call.switch_name);
    if (found == sessions_.end()) return;
    session = found->second;
  }
  session->Note(call);
}

}  // namespace libroute
