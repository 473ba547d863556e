#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
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
      return Play(node, path);
    case v1::Node::kCollect:
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
  decision_.mutable_announce()->set_message(announce.message());
  FromDuration(Written(announce, announce.has_max_duration(), 30, &v1::Announce::max_duration),
               decision_.mutable_announce()->mutable_max_duration());
  Act(&node, path, announce.answering() == v1::ANSWERING_ANSWER);
}

bool ReferenceCall::Question::AnnounceEnded(const Event& event) {
  if (event.kind != EventKind::kPlayed) return false;
  const v1::Announce& announce = state_.node->announce();
  if (announce.has_then()) {
    Visit(announce.then(), state_.path + ".then");
  } else {
    Release({480, 16}, ReleaseReason::kPlan, "release");
  }
  return true;
}

void ReferenceCall::Question::Play(const v1::Node& node, const std::string& path) {
  const v1::Menu& menu = node.menu();
  ++state_.plays;
  v1::MenuDecision& out = *decision_.mutable_menu();
  out.set_message(menu.message());
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
  const v1::Menu& menu = node.menu();
  std::string path = state_.path;
  std::string pressed = event.digits.ToString();
  bool silent = event.kind == EventKind::kNoInput;
  if (!silent && menu.keys().count(pressed) > 0) {
    Visit(menu.keys().at(pressed), KeyField(path + ".keys", pressed));
  } else if (state_.plays <= Retries(menu)) {
    Play(node, path);
  } else {
    PromptFailed(menu, silent, path);
  }
  return true;
}

void ReferenceCall::Question::Collect(const v1::Node& node, const std::string& path) {
  const v1::Collect& collect = node.collect();
  ++state_.plays;
  v1::CollectDecision& out = *decision_.mutable_collect();
  out.set_message(collect.message());
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
  const v1::Collect& collect = node.collect();
  std::string path = state_.path;
  std::string entered = event.kind == EventKind::kDigits ? event.digits.ToString() : "";
  const std::string& end = collect.terminator();
  if (!end.empty() && !entered.empty() && entered.back() == end[0]) entered.pop_back();
  size_t most = collect.max_digits();
  size_t least = collect.min_digits() == 0 ? most : collect.min_digits();
  bool good = entered.size() >= least && entered.size() <= most &&
              (end.empty() || entered.find(end) == std::string::npos);
  if (good) {
    SetAttribute(collect.into(), entered);
    if (collect.secret()) state_.secrets.insert(collect.into());
    Visit(collect.then(), path + ".then");
  } else if (state_.plays <= Retries(collect)) {
    Collect(node, path);
  } else {
    PromptFailed(collect, event.kind == EventKind::kNoInput, path);
  }
  return true;
}

void ReferenceCall::Question::Wait(const v1::Node& node, const std::string& path) {
  const v1::Agents& agents = node.agents();
  depends_on_.insert(v1::DEPENDENCE_GROUP);
  if (world_.groups_away.count(agents.group()) > 0) return NoAgents(agents, path);
  v1::WaitDecision& out = *decision_.mutable_wait();
  out.set_group(agents.group());
  out.set_message(agents.message());
  absl::Duration wait = Written(agents, agents.has_wait(), 120, &v1::Agents::wait);
  FromDuration(wait, out.mutable_max_wait());
  FromDuration(std::min(wait, absl::Seconds(10)), out.mutable_poll_after());
  Act(&node, path, true);
}

void ReferenceCall::Question::NoAgents(const v1::Agents& agents, const std::string& path) {
  if (agents.has_on_no_agents()) return Visit(agents.on_no_agents(), path + ".on_no_agents");
  Otherwise(agents, path);
}

bool ReferenceCall::Question::WaitEnded(const Event& event) {
  const v1::Agents& agents = state_.node->agents();
  std::string path = state_.path;
  if (event.kind == EventKind::kNoAgents) {
    NoAgents(agents, path);
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
