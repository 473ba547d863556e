#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "libroute/number/numbering_plans.h"
#include "tests/property/reference_question.h"
#include "tests/property/reference_written.h"

namespace libroute {
namespace {

std::string KeyField(const std::string& map, const std::string& key) {
  bool plain = std::all_of(key.begin(), key.end(), absl::ascii_isalnum);
  return plain ? absl::StrCat(map, ".", key) : absl::StrCat(map, "[\"", key, "\"]");
}

template <typename Prompt>
int Retries(const Prompt& prompt) {
  return prompt.has_retries() ? static_cast<int>(prompt.retries()) : 2;
}

}  // namespace

void ReferenceCall::Question::Do(const v1::Node& node, const std::string& path) {
  Leave();
  switch (node.kind_case()) {
    case v1::Node::kDial:
      return Dial(node, path);
    case v1::Node::kAnnounce:
      return Announce(node, path);
    case v1::Node::kMenu:
      if (const std::string typed = TakeTyped(node.menu().to_the_end()); !typed.empty()) {
        return TakeKey(node, path, typed);
      }
      return Play(node, path);
    case v1::Node::kCollect:
      if (const std::string typed = TakeTyped(node.collect().to_the_end()); !typed.empty()) {
        return TakeEntered(node, path, typed);
      }
      return Collect(node, path);
    case v1::Node::kAgents:
      return Wait(node, path);
    case v1::Node::kVoicemail:
      decision_.mutable_voicemail()->set_mailbox(node.voicemail().mailbox());
      decision_.mutable_voicemail()->set_reason(Reason());
      return End(path, true);
    case v1::Node::kConference:
      decision_.mutable_conference()->set_conference(node.conference().conference());
      return End(path, true);
    case v1::Node::kReject:
      return Reject(node.reject(), path);
    case v1::Node::kRelease:
      return Release({480, 16}, ReleaseReason::kPlan, path);
    default:
      decision_.mutable_pass_through()->set_reason(v1::PASS_THROUGH_REASON_PLAN);
      return End(path, false);
  }
}

void ReferenceCall::Question::Act(const v1::Node* node, const std::string& path, bool answers) {
  state_.answered |= answers;
  state_.node = node;
  state_.path = path;
  decision_.set_node(path);
  if (node == nullptr) return;
  decision_.set_ask_after(node->dial().has_after() || node->agents().has_after());
  for (const v1::Leg& leg : decision_.dial().legs()) {
    if (by_language_.count(leg.attempt_id()) > 0) depends_on_.insert(v1::DEPENDENCE_CALL);
  }
}

std::string ReferenceCall::Question::Message(const std::string& name) {
  if (plan_.messages().contains(name)) depends_on_.insert(v1::DEPENDENCE_CALL);
  return MessageText(name);
}

std::string ReferenceCall::Question::MessageText(const std::string& name) const {
  const auto message = plan_.messages().find(name);
  if (message == plan_.messages().end()) return name;
  const auto found = state_.attributes.find("language");
  std::string language =
      found == state_.attributes.end() ? "" : absl::AsciiStrToLower(found->second);
  while (!language.empty()) {
    for (const auto& [tag, known] : message->second.languages()) {
      if (absl::AsciiStrToLower(tag) == language) return known;
    }
    const size_t end = language.rfind('-');
    language.resize(end == std::string::npos ? 0 : end);
  }
  return message->second.otherwise();
}

// It counts as if the message had been played.
std::string ReferenceCall::Question::TakeTyped(bool to_the_end) {
  std::string typed;
  if (!to_the_end) typed = typed_;
  typed_.clear();
  if (!typed.empty()) ++state_.plays;
  return typed;
}

void ReferenceCall::Question::AfterTalk(const v1::Node& after, const std::string& path) {
  state_.answered = state_.talked = true;
  state_.failures.clear();
  state_.global_sip = 0;
  state_.looped = false;
  Visit(after, path + ".after");
}

void ReferenceCall::Question::Release(ResponseCode code, ReleaseReason reason,
                                      const std::string& path) {
  decision_.clear_action();
  decision_.mutable_release()->set_sip_status(state_.answered ? 0 : code.sip_status);
  decision_.mutable_release()->set_q850_cause(code.q850_cause);
  decision_.mutable_release()->set_reason(static_cast<v1::ReleaseReason>(reason));
  End(path, false);
}

void ReferenceCall::Question::Reject(const v1::Reject& reject, const std::string& path) {
  const std::map<int, ResponseCode> kCodes = {
      {v1::Reject::CAUSE_UNSPECIFIED, {403, 21}}, {v1::Reject::CAUSE_BUSY, {486, 17}},
      {v1::Reject::CAUSE_NO_ANSWER, {480, 19}},   {v1::Reject::CAUSE_UNREACHABLE, {480, 20}},
      {v1::Reject::CAUSE_REJECTED, {403, 21}},    {v1::Reject::CAUSE_DECLINED, {603, 21}},
      {v1::Reject::CAUSE_BAD_NUMBER, {404, 1}},   {v1::Reject::CAUSE_CONGESTION, {480, 42}},
      {v1::Reject::CAUSE_FAILURE, {500, 41}}};
  ResponseCode code = kCodes.at(reject.cause());
  if (state_.answered) return Release(code, ReleaseReason::kPlan, path);
  decision_.mutable_reject()->set_sip_status(code.sip_status);
  decision_.mutable_reject()->set_q850_cause(code.q850_cause);
  End(path, false);
}

void ReferenceCall::Question::Announce(const v1::Node& node, const std::string& path) {
  const v1::Announce& announce = node.announce();
  if (announce.interruptible() && !typed_.empty()) return AfterAnnounce(announce, path);
  v1::AnnounceDecision& out = *decision_.mutable_announce();
  out.set_message(Message(announce.message()));
  FromDuration(Written(announce, announce.has_max_duration(), 30, &v1::Announce::max_duration),
               out.mutable_max_duration());
  Act(&node, path, announce.answering() == v1::ANSWERING_ANSWER);
  out.set_interruptible(announce.interruptible() && state_.answered);
}

void ReferenceCall::Question::AfterAnnounce(const v1::Announce& announce, const std::string& path) {
  if (announce.has_then()) return Visit(announce.then(), path + ".then");
  Release({480, 16}, ReleaseReason::kPlan, "release");
}

bool ReferenceCall::Question::AnnounceEnded(const Event& event) {
  const v1::Announce& announce = state_.node->announce();
  const bool may_end = announce.interruptible() && state_.answered;
  if (may_end && event.kind == EventKind::kDigits) {
    typed_ = event.digits.ToString();
  } else if (event.kind != EventKind::kPlayed) {
    return false;
  }
  const std::string path = state_.path;
  AfterAnnounce(announce, path);
  return true;
}

void ReferenceCall::Question::Play(const v1::Node& node, const std::string& path) {
  const v1::Menu& menu = node.menu();
  ++state_.plays;
  v1::MenuDecision& out = *decision_.mutable_menu();
  out.set_message(Message(menu.message()));
  out.set_to_the_end(menu.to_the_end());
  std::set<std::string> keys;
  size_t longest = 1;
  for (const auto& [key, child] : menu.keys()) {
    keys.insert(key);
    longest = std::max(longest, key.size());
  }
  for (const std::string& key : keys) out.add_keys(key);
  out.set_max_digits(static_cast<uint32_t>(longest));
  out.set_tries_left(Retries(menu) + 2 - state_.plays);
  FromDuration(Written(menu, menu.has_timeout(), 5, &v1::Menu::timeout), out.mutable_timeout());
  Act(&node, path, true);
}

bool ReferenceCall::Question::MenuEnded(const Event& event) {
  if (event.kind != EventKind::kDigits && event.kind != EventKind::kNoInput) return false;
  const v1::Node& node = *state_.node;
  const std::string path = state_.path;
  if (event.kind == EventKind::kNoInput) {
    MenuFailed(node, path, true);
  } else {
    TakeKey(node, path, event.digits.ToString());
  }
  return true;
}

void ReferenceCall::Question::TakeKey(const v1::Node& node, const std::string& path,
                                      const std::string& pressed) {
  const v1::Menu& menu = node.menu();
  std::string longest;
  for (const auto& [key, child] : menu.keys()) {
    if (absl::StartsWith(pressed, key) && key.size() > longest.size()) longest = key;
  }
  if (longest.empty()) return MenuFailed(node, path, false);
  typed_ = pressed.substr(longest.size());
  Visit(menu.keys().at(longest), KeyField(path + ".keys", longest));
}

void ReferenceCall::Question::MenuFailed(const v1::Node& node, const std::string& path,
                                         bool silent) {
  if (state_.plays <= Retries(node.menu())) return Play(node, path);
  PromptFailed(node.menu(), silent, path);
}

void ReferenceCall::Question::Collect(const v1::Node& node, const std::string& path) {
  const v1::Collect& collect = node.collect();
  ++state_.plays;
  v1::CollectDecision& out = *decision_.mutable_collect();
  out.set_message(Message(collect.message()));
  out.set_to_the_end(collect.to_the_end());
  out.set_min_digits(collect.min_digits() == 0 ? collect.max_digits() : collect.min_digits());
  out.set_max_digits(collect.max_digits());
  out.set_terminator(collect.terminator());
  out.set_tries_left(Retries(collect) + 2 - state_.plays);
  out.set_secret(collect.secret());
  FromDuration(Written(collect, collect.has_timeout(), 5, &v1::Collect::timeout),
               out.mutable_timeout());
  Act(&node, path, true);
}

bool ReferenceCall::Question::CollectEnded(const Event& event) {
  if (event.kind != EventKind::kDigits && event.kind != EventKind::kNoInput) return false;
  const v1::Node& node = *state_.node;
  const std::string path = state_.path;
  if (event.kind == EventKind::kNoInput) {
    CollectFailed(node, path, true);
  } else {
    TakeEntered(node, path, event.digits.ToString());
  }
  return true;
}

void ReferenceCall::Question::TakeEntered(const v1::Node& node, const std::string& path,
                                          const std::string& pressed) {
  const v1::Collect& collect = node.collect();
  const std::string& end = collect.terminator();
  std::string entered;
  std::string rest = pressed;
  while (!rest.empty() && rest.substr(0, 1) != end && entered.size() < collect.max_digits()) {
    entered += rest.front();
    rest.erase(0, 1);
  }
  if (!rest.empty() && rest.substr(0, 1) == end) rest.erase(0, 1);
  const size_t least = collect.min_digits() == 0 ? collect.max_digits() : collect.min_digits();
  const bool has_pattern = collect.patterns().empty() ||
                           std::any_of(collect.patterns().begin(), collect.patterns().end(),
                                       [&](const std::string& text) {
                                         return std::regex_match(entered, std::regex(text));
                                       });
  if (entered.size() < least || !has_pattern) return CollectFailed(node, path, false);
  SetAttribute(collect.into(), entered);
  if (collect.secret()) state_.secrets.insert(collect.into());
  typed_ = rest;
  Visit(collect.then(), path + ".then");
}

void ReferenceCall::Question::CollectFailed(const v1::Node& node, const std::string& path,
                                            bool silent) {
  if (state_.plays <= Retries(node.collect())) return Collect(node, path);
  PromptFailed(node.collect(), silent, path);
}

void ReferenceCall::Question::Wait(const v1::Node& node, const std::string& path) {
  const v1::Agents& agents = node.agents();
  depends_on_.insert(v1::DEPENDENCE_GROUP);
  const auto known = world_.groups.find(agents.group());
  if (known != world_.groups.end() && known->second != v1::GROUP_STATE_NONE_FREE) {
    return NobodyComes(agents, known->second, path);
  }
  v1::WaitDecision& out = *decision_.mutable_wait();
  out.set_group(agents.group());
  out.set_message(Message(agents.message()));
  for (const v1::WaitAnnouncement& written : agents.announcements()) {
    v1::WaitDecision::Announcement& announcement = *out.add_announcements();
    announcement.set_message(Message(written.message()));
    *announcement.mutable_after() = written.after();
    if (written.has_every()) *announcement.mutable_every() = written.every();
    for (int what : written.say()) {
      if (what == v1::WaitAnnouncement::SAY_POSITION) announcement.set_says_position(true);
      if (what == v1::WaitAnnouncement::SAY_EXPECTED_WAIT) {
        announcement.set_says_expected_wait(true);
      }
    }
  }
  if (agents.has_callback()) {
    out.mutable_callback()->set_key(agents.callback().key());
    // It is there if it is 0, too.
    *out.mutable_callback()->mutable_after() = agents.callback().offer_after();
  }
  absl::Duration wait = Written(agents, agents.has_wait(), 120, &v1::Agents::wait);
  FromDuration(wait, out.mutable_max_wait());
  FromDuration(std::min(wait, absl::Seconds(10)), out.mutable_poll_after());
  Act(&node, path, true);
}

void ReferenceCall::Question::NobodyComes(const v1::Agents& agents, v1::GroupState why,
                                          const std::string& path) {
  if (why == v1::GROUP_STATE_NO_AGENTS && agents.has_on_no_agents()) {
    Visit(agents.on_no_agents(), path + ".on_no_agents");
  } else if (why == v1::GROUP_STATE_NONE_READY && agents.has_on_none_ready()) {
    Visit(agents.on_none_ready(), path + ".on_none_ready");
  } else if (why == v1::GROUP_STATE_FULL && agents.has_on_full()) {
    Visit(agents.on_full(), path + ".on_full");
  } else if (why == v1::GROUP_STATE_CLOSED && agents.has_on_closed()) {
    Visit(agents.on_closed(), path + ".on_closed");
  } else {
    Otherwise(agents, path);
  }
}

bool ReferenceCall::Question::MayCallBack(E164Number number) const {
  const NumberingPlans& world = NumberingPlans::World();
  const E164Number needed = world.WithoutExcess(number);
  const std::set<NumberKind> usual = {NumberKind::kFixed, NumberKind::kMobile,
                                      NumberKind::kFixedOrMobile};
  const bool says_where = !plan_.allowed_destinations().countries().empty();
  std::set<NumberKind> of_caller = {NumberKind::kVoip};
  if (says_where) of_caller.insert(NumberKind::kUnknown);
  const bool is_own = number == call_.call_.calling;
  const NumberKind kind = world.Find(needed).kind;
  if (usual.count(kind) == 0 && !(is_own && of_caller.count(kind) > 0)) return false;
  if (number == call_.call_.called) return false;
  const std::string country = world.Find(needed).country.ToString();
  const auto& allowed = plan_.allowed_destinations().countries();
  if (!allowed.empty()) return std::count(allowed.begin(), allowed.end(), country) > 0;
  return country == world.Find(call_.call_.called).country.ToString();
}

bool ReferenceCall::Question::CallbackWanted(const std::string& number) {
  const v1::Node& node = *state_.node;
  const v1::Callback& callback = node.agents().callback();
  if (!node.agents().has_callback() || state_.promise.has_value()) return false;
  if (number.empty() && Withheld()) return false;
  const absl::StatusOr<E164Number> read = E164Number::Parse(number);
  if (!number.empty() && !read.ok()) return false;
  const E164Number wanted = number.empty() ? call_.call_.calling : *read;
  if (!MayCallBack(wanted)) return false;
  const int64_t now = absl::ToUnixSeconds(now_);
  const int64_t within = callback.has_within() ? callback.within().seconds() : 4 * 3600;
  state_.promise = {wanted, absl::FromUnixSeconds(now + within)};
  depends_on_.insert(v1::DEPENDENCE_GROUP);
  v1::WaitDecision& out = *decision_.mutable_wait();
  out.set_group(node.agents().group());
  out.set_message(Message(callback.message()));
  out.mutable_max_wait()->set_seconds(within);
  out.mutable_poll_after()->set_seconds(10);
  v1::WaitDecision::CallbackPromise& promise = *out.mutable_promise();
  promise.set_number(wanted.ToString());
  promise.set_attempts_left(callback.attempts() == 0 ? 2 : callback.attempts());
  promise.mutable_until()->set_seconds(now + within);
  Act(&node, state_.path, true);
  return true;
}

bool ReferenceCall::Question::WaitEnded(const Event& event) {
  const v1::Agents& agents = state_.node->agents();
  std::string path = state_.path;
  if (event.kind == EventKind::kCallbackWanted) return CallbackWanted(event.callback_number);
  if (state_.promise.has_value()) {
    const std::set<EventKind> ends = {EventKind::kWaitTimeout, EventKind::kNoAgents,
                                      EventKind::kNoneReady, EventKind::kGroupFull,
                                      EventKind::kGroupClosed};
    if (ends.count(event.kind) == 0) return false;
    state_.promise.reset();
    depends_on_.insert(v1::DEPENDENCE_GROUP);
    Release({487, 16}, ReleaseReason::kPlan, path);
    return true;
  }
  if (event.kind == EventKind::kNoAgents) {
    NobodyComes(agents, v1::GROUP_STATE_NO_AGENTS, path);
  } else if (event.kind == EventKind::kNoneReady) {
    NobodyComes(agents, v1::GROUP_STATE_NONE_READY, path);
  } else if (event.kind == EventKind::kGroupFull) {
    NobodyComes(agents, v1::GROUP_STATE_FULL, path);
  } else if (event.kind == EventKind::kGroupClosed) {
    NobodyComes(agents, v1::GROUP_STATE_CLOSED, path);
  } else if (event.kind == EventKind::kCalledReleased && agents.has_after()) {
    AfterTalk(agents.after(), path);
  } else if (event.kind != EventKind::kWaitTimeout) {
    return false;
  } else if (agents.has_on_timeout()) {
    Visit(agents.on_timeout(), path + ".on_timeout");
  } else {
    Otherwise(agents, path);
  }
  return true;
}

}  // namespace libroute
