#include "libroute/tree/nodes/menu_node.h"

#include <algorithm>
#include <map>
#include <utility>

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

bool IsKey(const std::string& text) {
  absl::StatusOr<Digits> digits = Digits::Parse(text);
  return digits.ok() && !digits->empty() && digits->size() <= kMaxKeyDigits;
}

}  // namespace

MenuNode MenuNode::Compile(const v1::Menu& written, NodeScope& scope) {
  MenuNode node;
  node.prompt_ = Prompt::Compile(written, scope);
  node.to_the_end_ = written.to_the_end();
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
  return node;
}

NodeIndex MenuNode::Play(Frame& frame) const {
  MenuDecision menu;
  menu.message = MessageName(frame, prompt_.message());
  menu.keys = keys_;
  menu.timeout = prompt_.timeout();
  menu.max_digits = max_digits_;
  menu.tries_left = prompt_.Play(frame.state);
  menu.to_the_end = to_the_end_;
  frame.decision.action = menu;
  return Ask(frame, Answers::kYes);
}

template <class Observer>
NodeIndex MenuNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  const Digits typed = std::exchange(frame.typed, Digits());
  if (!typed.empty() && takes_typed()) {
    prompt_.Skip(frame.state);
    return Take(frame, typed, observer);
  }
  if constexpr (Observer::kRecords) {
    observer.Decided(absl::StrCat("plays menu ", MessageName(frame, prompt_.message())));
  }
  return Play(frame);
}

template <class Observer>
absl::StatusOr<NodeIndex> MenuNode::Resume(Frame& frame, const Event& event,
                                           Observer& observer) const {
  if (event.kind != EventKind::kDigits && event.kind != EventKind::kNoInput) {
    return UnexpectedEvent(event, "menu", "digits or no_input");
  }
  if (event.kind == EventKind::kNoInput) return Fault(frame, event.kind, observer);
  return Take(frame, event.digits, observer);
}

int MenuNode::FindKey(absl::string_view pressed) const {
  for (size_t length = std::min<size_t>(pressed.size(), kMaxKeyDigits); length > 0; --length) {
    const absl::string_view begin = pressed.substr(0, length);
    const auto key =
        std::lower_bound(keys_.begin(), keys_.end(), begin,
                         [](absl::string_view a, absl::string_view b) { return a < b; });
    if (key != keys_.end() && *key == begin) return static_cast<int>(key - keys_.begin());
  }
  return -1;
}

template <class Observer>
NodeIndex MenuNode::Take(Frame& frame, Digits pressed, Observer& observer) const {
  const int index = FindKey(pressed.ToString());
  if (index < 0) return Fault(frame, EventKind::kDigits, observer);
  const std::string& key = keys_[static_cast<size_t>(index)];
  frame.typed = pressed.After(static_cast<int>(key.size()));
  if constexpr (Observer::kRecords) {
    observer.Took(KeyPath("keys", key), absl::StrCat("the caller pressed ", key));
  }
  return Leave(frame, targets_[static_cast<size_t>(index)]);
}

template <class Observer>
NodeIndex MenuNode::Fault(Frame& frame, EventKind kind, Observer& observer) const {
  const NodeIndex next = prompt_.AfterFault(frame.state, kind);
  const bool is_again = next == kDecided;
  if constexpr (Observer::kRecords) {
    const absl::string_view what =
        kind == EventKind::kNoInput ? "nothing was pressed" : "what was pressed leads nowhere";
    observer.Took(
        is_again ? "" : std::string(Prompt::FaultBranch(kind)),
        absl::StrCat(what, is_again ? "; the menu is played again" : "; the last try is over"));
  }
  return is_again ? Play(frame) : Leave(frame, next);
}

NodeIndex MenuNode::AfterFault(Frame& frame, EventKind kind) const {
  NoObserver observer;
  return Fault(frame, kind, observer);
}

void MenuNode::VisitEdges(EdgeVisitor visit) const {
  for (NodeIndex target : targets_) {
    visit({target, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
  }
  prompt_.VisitEdges(visit);
}

LIBROUTE_INSTANTIATE_EVALUATE(MenuNode);
LIBROUTE_INSTANTIATE_RESUME(MenuNode);

}  // namespace libroute
