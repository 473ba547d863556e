#include "libroute/tree/nodes/agents_node.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/contact/rules.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/automatic_email.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/tree/presented.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// How long a switch that polls plays before it asks again.
constexpr absl::Duration kPollAfter = absl::Seconds(10);
// And how long who has handed an e-mail in waits before that.
constexpr absl::Duration kEmailPollAfter = absl::Seconds(60);

constexpr uint32_t kMostPosition = 1000;

// How long an agent's phone may take to ring at all.
constexpr absl::Duration kPhoneSetup = absl::Seconds(6);
// And a number outside, which may be anywhere.
constexpr absl::Duration kOutsideSetup = absl::Seconds(10);

// A reason why a call goes on without an agent: as the switch reports it after
// waiting, and as it is known before, so that nobody waits. (kNoneFree: it is never
// known before.)
struct WayOut {
  absl::string_view branch;
  EventKind event;
  absl::string_view after_waiting;
  GroupState state;
  absl::string_view known;
  NotTaken not_taken;
  bool (v1::Agents::*is_written)() const;
  const v1::Node& (v1::Agents::*written)() const;
};

constexpr WayOut kWaysOut[] = {
    {"on_timeout", EventKind::kWaitTimeout, "nobody was free in time", GroupState::kNoneFree, "",
     NotTaken::kNoMatch, &v1::Agents::has_on_timeout, &v1::Agents::on_timeout},
    {"on_no_agents", EventKind::kNoAgents, "nobody is logged in any more", GroupState::kNoAgents,
     "nobody is logged in", NotTaken::kNoAgents, &v1::Agents::has_on_no_agents,
     &v1::Agents::on_no_agents},
    {"on_none_ready", EventKind::kNoneReady, "all agents have a break by now",
     GroupState::kNoneReady, "all agents have a break", NotTaken::kNoneReady,
     &v1::Agents::has_on_none_ready, &v1::Agents::on_none_ready},
    {"on_full", EventKind::kGroupFull, "as many wait as may", GroupState::kFull,
     "as many wait as may", NotTaken::kQueueFull, &v1::Agents::has_on_full, &v1::Agents::on_full},
    {"on_closed", EventKind::kGroupClosed, "the group was closed", GroupState::kClosed,
     "the group is closed", NotTaken::kClosed, &v1::Agents::has_on_closed, &v1::Agents::on_closed},
};

// 0: the call waits.
size_t WayOutKnown(GroupState state) {
  for (size_t i = 1; i < std::size(kWaysOut); ++i) {
    if (kWaysOut[i].state == state) return i;
  }
  return 0;
}

// The same for who comes now. An e-mail waits also while nobody could take it.
size_t WayOutAtOnce(GroupState state, bool is_call) {
  return is_call || state == GroupState::kFull ? WayOutKnown(state) : 0;
}

// Why that is so.
std::string WhyWaits(GroupState state) {
  const size_t known = WayOutKnown(state);
  return known == 0 ? "nobody is free"
                    : absl::StrCat(kWaysOut[known].known, ", but an e-mail waits on then");
}

}  // namespace

AgentsNode::Announcement AgentsNode::ReadAnnouncement(const v1::WaitAnnouncement& written,
                                                      const std::string& path, NodeScope& scope) {
  Announcement made;
  made.message = scope.MessageOrNone(written.message(), path + ".message");
  made.after = scope.DurationIn(written.has_after() ? &written.after() : nullptr, path + ".after",
                                {absl::ZeroDuration(), absl::Hours(4), absl::ZeroDuration()});
  made.every = scope.DurationIn(written.has_every() ? &written.every() : nullptr, path + ".every",
                                {absl::Seconds(5), absl::Hours(1), absl::ZeroDuration()});
  for (int i = 0; i < written.say_size(); ++i) {
    const std::string field = IndexPath(path + ".say", i);
    const int what = written.say(i);
    if (what != v1::WaitAnnouncement::SAY_POSITION &&
        what != v1::WaitAnnouncement::SAY_EXPECTED_WAIT) {
      scope.Error(field, "bad-value", "write position or expected_wait");
      continue;
    }
    bool& says =
        what == v1::WaitAnnouncement::SAY_POSITION ? made.says_position : made.says_expected_wait;
    if (says) scope.Error(field, "duplicate", "this is said already; remove one of the two");
    says = true;
  }
  if (written.message().empty() && written.say().empty()) {
    scope.Error(path, "missing", "an announcement needs a message, or something to say");
  }
  return made;
}

AgentsNode AgentsNode::Compile(const v1::Agents& written, NodeScope& scope) {
  AgentsNode node;
  node.group_ = scope.FindGroup(written.group(), "group");
  node.wait_ = scope.DurationIn(written.has_wait() ? &written.wait() : nullptr, "wait",
                                {absl::Seconds(1), absl::Hours(24 * 30), absl::Seconds(120)});
  node.has_wait_ = written.has_wait();
  node.position_ = written.position();
  if (written.has_position() && (node.position_ == 0 || node.position_ > kMostPosition)) {
    scope.Error("position", "bad-value",
                absl::StrCat(node.position_, " is out of range; 1 to ", kMostPosition));
  }
  if (written.has_wrap_up()) {
    node.wrap_up_ = scope.DurationIn(&written.wrap_up(), "wrap_up",
                                     {absl::ZeroDuration(), contact::kMostWrapUp, {}});
  }
  node.message_ = scope.MessageOrNone(written.message(), "message");
  constexpr int kMost = WaitDecision::kMostAnnouncements;
  if (written.announcements_size() > kMost) {
    scope.Error("announcements", "too-many",
                absl::StrCat("there are ", written.announcements_size(), ", at most ", kMost,
                             " are played"));
  }
  for (int i = 0; i < std::min(written.announcements_size(), kMost); ++i) {
    node.announcements_.push_back(
        ReadAnnouncement(written.announcements(i), IndexPath("announcements", i), scope));
  }
  if (written.has_callback()) node.callback_ = AgentsCallback::Read(written.callback(), scope);
  NodeIndex otherwise = scope.ChildOr(written.has_otherwise() ? &written.otherwise() : nullptr,
                                      "otherwise", scope.defaults().otherwise);
  static_assert(std::size(kWaysOut) == kReasons);
  for (size_t i = 0; i < kReasons; ++i) {
    const WayOut& way = kWaysOut[i];
    node.ways_out_[i] = scope.ChildOr(
        (written.*way.is_written)() ? &(written.*way.written)() : nullptr, way.branch, otherwise);
  }
  node.after_ = scope.ChildOr(written.has_after() ? &written.after() : nullptr, "after", kDecided);
  return node;
}

template <class Observer>
NodeIndex AgentsNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  if (DiscardAutomatic(frame, observer)) return kDecided;
  frame.decision.depends_on.Add(Dependence::kGroup);
  const std::string& group = frame.plan.fact_names().groups[group_];
  GroupState state = frame.facts.group(group_, frame.now);
  if constexpr (Observer::kRecords) {
    const GroupBoard* groups = frame.context.groups;
    if (state == GroupState::kNoneFree && groups != nullptr) state = groups->StateOf(group);
  }
  const bool is_call = frame.context.email == nullptr;
  const size_t way = WayOutAtOnce(state, is_call);
  if constexpr (Observer::kRecords) {
    observer.Compared({absl::StrCat("group ", group), is_call ? "takes calls" : "takes e-mails",
                       way == 0, way == 0 ? WhyWaits(state) : std::string(kWaysOut[way].known),
                       kWaysOut[way].not_taken});
  }
  if (way > 0) {
    if constexpr (Observer::kRecords)
      observer.Took(std::string(kWaysOut[way].branch), std::string(kWaysOut[way].known));
    return ways_out_[way];
  }
  if constexpr (Observer::kRecords) observer.Decided(absl::StrCat("waits for ", group));
  return Ask(frame);
}

NodeIndex AgentsNode::Ask(Frame& frame) const {
  const ContactNow* contact = frame.context.contact;
  const bool dials = contact != nullptr && !contact->phones.empty();
  if (dials) {
    DialPhones(frame);
  } else {
    Wait(frame);
  }
  return Asked(frame, dials ? kDialled : kWaiting);
}

NodeIndex AgentsNode::Asked(Frame& frame, uint32_t stage) const {
  frame.state.stage = stage;
  const bool is_call = frame.context.email == nullptr;
  frame.decision.ask_after = is_call && after_ != kDecided;
  return libroute::Ask(frame, is_call ? Answers::kYes : Answers::kNo);
}

void AgentsNode::Wait(Frame& frame) const {
  WaitDecision wait;
  wait.group = frame.plan.fact_names().groups[static_cast<size_t>(group_)];
  const bool is_call = frame.context.email == nullptr;
  wait.max_wait = is_call || has_wait_ ? wait_ : absl::InfiniteDuration();
  const ContactNow* contact = frame.context.contact;
  if (contact != nullptr && contact->max_wait > absl::ZeroDuration()) {
    wait.group = contact->group;
    wait.max_wait = contact->max_wait;
  }
  wait.wrap_up = wrap_up_;
  wait.poll_after = std::min(wait.max_wait, is_call ? kPollAfter : kEmailPollAfter);
  if (frame.state.callback.is_promised()) {
    // The caller hears nothing any more.
    wait.promise = callback_->PromiseOf(frame);
    wait.max_wait =
        std::max(absl::Seconds(1), absl::Seconds(frame.state.callback.until - frame.now));
    wait.poll_after = std::min(wait.max_wait, kPollAfter);
  } else if (is_call) {
    wait.wanted_position = position_;
    if (callback_.has_value() && frame.context.calls_back) {
      wait.callback_key = callback_->key();
      wait.callback_after = callback_->offer_after();
    }
    wait.message = MessageName(frame, message_);
    for (const Announcement& each : announcements_) {
      wait.announcements.push_back({MessageName(frame, each.message), each.after, each.every,
                                    each.says_position, each.says_expected_wait});
    }
  }
  frame.decision.action = std::move(wait);
}

void AgentsNode::DialPhones(Frame& frame) const {
  DialDecision dial;
  dial.order = LegOrder::kTogether;
  const PresentedIdentity identity = IdentityFor(Presented(), frame.state);
  // A number outside stands alone.
  dial.is_transfer = frame.context.contact->phones.front().agent.empty();
  for (const ContactNow::Phone& phone : frame.context.contact->phones) {
    Leg& leg = dial.legs.emplace_back();
    leg.target = phone.target;
    leg.number = phone.number;
    leg.uri = phone.uri;
    leg.agent = phone.agent;
    leg.ring_timeout = phone.rings;
    leg.setup_timeout = std::min(phone.rings, dial.is_transfer ? kOutsideSetup : kPhoneSetup);
    leg.presented = identity.number;
    leg.presented_privacy = identity.privacy;
    // The call is the agent's own: no line's, and nobody has diverted it. What it is handed on
    // to may have a plan of its own.
    const bool is_own = !dial.is_transfer || frame.plan.FindLine(phone.number) >= 0;
    leg.trigger = is_own ? Trigger::kSuppress : Trigger::kAllow;
    leg.charge_to = frame.plan.text(frame.holder);
    leg.charged_number = frame.route.is_own ? frame.state.called : frame.state.line;
    leg.facts = frame.plan.operators().FactsOf(phone.number);
    const MessageIndex confirm = frame.plan.ConfirmationOf(phone.group);
    if (confirm != kNoMessage && phone.number.has_value() &&
        frame.plan.IsElsewhere(phone.number, leg.facts)) {
      leg.confirmation = MessageName(frame, confirm);
    }
    if (frame.state.callback.is_promised()) {
      leg.presented = frame.state.callback.number;
      leg.presented_privacy = Privacy::kAllowed;
    } else {
      leg.ringback = MessageName(frame, message_);
    }
  }
  // Nobody is called back but by an agent who has answered.
  if (frame.state.callback.is_promised()) dial.callback = callback_->LegOf(frame);
  frame.decision.action = std::move(dial);
}

template <class Observer>
absl::StatusOr<NodeIndex> AgentsNode::Resume(Frame& frame, const Event& event,
                                             Observer& observer) const {
  const bool has_after = after_ != kDecided;
  if (event.kind == EventKind::kCallbackWanted) return PromiseCallback(frame, event, observer);
  const bool is_called_back =
      (event.kind == EventKind::kCalledReleased && frame.state.stage == kDialled) ||
      (frame.context.contact != nullptr && frame.context.contact->is_called_back);
  Callback& callback = frame.state.callback;
  if (is_called_back && callback.is_promised()) callback = Callback::ReachedAt(frame.now);
  const bool has_dialled = frame.state.stage == kDialled;
  const bool is_answered =
      std::any_of(event.results.begin(), event.results.end(),
                  [](const AttemptResult& result) { return result.outcome == Outcome::kAnswered; });
  if (has_dialled && event.kind == EventKind::kDialResult && is_answered) {
    return absl::InvalidArgumentError(
        "event: an answered attempt needs no further decision; tell of it by Report");
  }
  if (callback.is_promised()) return ResumeCallback(frame, event, observer);
  if (has_after && event.kind == EventKind::kCalledReleased) {
    if constexpr (Observer::kRecords) observer.Took("after", "the agent has ended the call");
    return LeaveTalked(frame, after_);
  }
  // The phones that were dialled did not answer, or others are to be dialled.
  if (event.kind == EventKind::kContactChanged ||
      (has_dialled && event.kind == EventKind::kDialResult)) {
    if constexpr (Observer::kRecords) {
      const bool rings = frame.context.contact != nullptr && !frame.context.contact->phones.empty();
      const bool goes_out = rings && frame.context.contact->phones.front().agent.empty();
      observer.Decided(goes_out ? "an agent has handed the call on to a number"
                       : rings  ? "an agent is to take the call"
                                : "the call waits on");
    }
    frame.decision.depends_on.Add(Dependence::kGroup);
    return Ask(frame);
  }
  for (size_t i = 0; i < kReasons; ++i) {
    const WayOut& way = kWaysOut[i];
    if (event.kind != way.event) continue;
    if constexpr (Observer::kRecords)
      observer.Took(std::string(way.branch), std::string(way.after_waiting));
    return Leave(frame, ways_out_[i]);
  }
  if (has_dialled) {
    return UnexpectedEvent(event, "dial", has_after ? "dial or called_released" : "dial");
  }
  return UnexpectedEvent(event, "wait", has_after ? "wait_ended or called_released" : "wait_ended");
}

bool AgentsNode::EndsWaiting(EventKind kind) {
  return std::any_of(std::begin(kWaysOut), std::end(kWaysOut),
                     [&](const WayOut& way) { return way.event == kind; });
}

void AgentsNode::VisitEdges(EdgeVisitor visit) const {
  for (size_t i = 0; i < kReasons; ++i) {
    const GroupState state = kWaysOut[i].state;
    // An e-mail waits also where nobody could take it.
    const bool is_for_calls = state == GroupState::kNoAgents || state == GroupState::kNoneReady;
    visit({.to = ways_out_[i], .answers = true, .acts = true, .is_for_calls = is_for_calls});
    // Nobody has waited where the reason is known before.
    if (state != GroupState::kNoneFree) {
      visit({.to = ways_out_[i], .is_for_calls = is_for_calls});
    }
  }
  if (after_ != kDecided)
    visit({.to = after_, .answers = true, .acts = true, .is_for_calls = true});
}

LIBROUTE_INSTANTIATE_EVALUATE(AgentsNode);
LIBROUTE_INSTANTIATE_RESUME(AgentsNode);

}  // namespace libroute
