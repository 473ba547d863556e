#include "libroute/tree/nodes/menu_node.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/call/digits.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr int kMaxKeyDigits = 4;
constexpr int kDefaultRetries = 2;
constexpr int kMaxRetries = 9;

bool IsKey(const std::string& text) {
  absl::StatusOr<Digits> digits = Digits::Parse(text);
  return digits.ok() && !digits->empty() && digits->size() <= kMaxKeyDigits;
}

}  // namespace

MenuNode MenuNode::Compile(const v1::Menu& written, NodeScope& scope) {
  MenuNode node;
  scope.CheckName(written.message(), "message");
  node.message_ = written.message();
  node.timeout_ = scope.DurationIn(written.has_timeout() ? &written.timeout() : nullptr, "timeout",
                                   {absl::Seconds(1), absl::Seconds(60), absl::Seconds(5)});
  node.retries_ = written.has_retries() ? static_cast<int>(std::min<uint32_t>(
                                              written.retries(), kMaxRetries + 1))
                                        : kDefaultRetries;
  if (node.retries_ > kMaxRetries) {
    scope.Error("retries", "bad-value", absl::StrCat("a menu is played again at most ",
                                                     kMaxRetries, " times"));
  }
  if (written.keys().empty()) {
    scope.Error("keys", "missing", "a menu needs at least one key, e.g. keys: {\"1\": {...}}");
  }
  // In order of the keys, so that the same plan compiles the same.
  std::map<std::string, const v1::Node*> keys;
  for (const auto& [key, child] : written.keys()) keys[key] = &child;
  for (const auto& [key, child] : keys) {
    if (!IsKey(key)) {
      scope.Error(KeyPath("keys", key), "bad-value",
                  absl::StrCat(Quoted(key), " cannot be pressed: 1 to 4 of 0-9, * and #"));
    }
    node.max_digits_ = std::max(node.max_digits_, static_cast<int>(key.size()));
    node.keys_.push_back(key);
    node.targets_.push_back(scope.Child(child, KeyPath("keys", key)));
  }
  NodeIndex otherwise = scope.ChildOr(written.has_otherwise() ? &written.otherwise() : nullptr,
                                      "otherwise", scope.defaults().otherwise);
  node.on_no_input_ = scope.ChildOr(written.has_on_no_input() ? &written.on_no_input() : nullptr,
                                    "on_no_input", otherwise);
  node.on_bad_input_ = scope.ChildOr(
      written.has_on_bad_input() ? &written.on_bad_input() : nullptr, "on_bad_input", otherwise);
  return node;
}

NodeIndex MenuNode::Play(Frame& frame) const {
  ++frame.state.menu_plays;
  MenuDecision menu;
  menu.message = message_;
  menu.keys = keys_;
  menu.timeout = timeout_;
  menu.max_digits = max_digits_;
  menu.tries_left = retries_ + 2 - frame.state.menu_plays;
  frame.decision.action = menu;
  return Ask(frame, Answers::kYes);
}

NodeIndex MenuNode::Retry(Frame& frame, NodeIndex branch) const {
  if (frame.state.menu_plays <= retries_) return Play(frame);
  return Leave(frame, branch);
}

template <class Observer>
NodeIndex MenuNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  if constexpr (Observer::kRecords) observer.Decided(absl::StrCat("plays menu ", message_));
  return Play(frame);
}

template <class Observer>
absl::StatusOr<NodeIndex> MenuNode::Resume(Frame& frame, const Event& event,
                                           Observer& observer) const {
  if (event.kind != EventKind::kDigits && event.kind != EventKind::kNoInput) {
    return UnexpectedEvent(event, "menu", "digits or no_input");
  }
  const bool silent = event.kind == EventKind::kNoInput;
  if (!silent) {
    std::string pressed = event.digits.ToString();
    auto key = std::lower_bound(keys_.begin(), keys_.end(), pressed);
    if (key != keys_.end() && *key == pressed) {
      if constexpr (Observer::kRecords) {
        observer.Took(KeyPath("keys", pressed), absl::StrCat("the caller pressed ", pressed));
      }
      return Leave(frame, targets_[key - keys_.begin()]);
    }
  }
  NodeIndex next = Retry(frame, silent ? on_no_input_ : on_bad_input_);
  if constexpr (Observer::kRecords) {
    absl::string_view what = silent ? "nothing was pressed" : "what was pressed leads nowhere";
    observer.Took(next == kDecided ? "" : silent ? "on_no_input" : "on_bad_input",
                  absl::StrCat(what, next == kDecided ? "; the menu is played again"
                                                      : "; the last try is over"));
  }
  return next;
}

void MenuNode::VisitEdges(EdgeVisitor visit) const {
  for (NodeIndex target : targets_) {
    visit({target, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
  }
  visit({on_no_input_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
  visit({on_bad_input_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
}

LIBROUTE_INSTANTIATE_EVALUATE(MenuNode);
LIBROUTE_INSTANTIATE_RESUME(MenuNode);

}  // namespace libroute
