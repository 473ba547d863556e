#include "libroute/prove/exits.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/outcome_branches.h"

namespace libroute {
namespace {

template <class Message>
const v1::Node* ThenOf(const Message& message) {
  return message.has_then() ? &message.then() : nullptr;
}

template <class Message>
const v1::Node* OtherwiseOf(const Message& message) {
  return message.has_otherwise() ? &message.otherwise() : nullptr;
}

std::string FailedBranch(Outcome outcome) { return absl::StrCat("on_", OutcomeName(outcome)); }

}  // namespace

std::string Place::KindPath() const {
  const auto* field = v1::Node::descriptor()->FindFieldByNumber(node.kind_case());
  return field == nullptr ? path : FieldPath(path, field->name());
}

std::string Exits::TreePath(const std::string& tree) { return KeyPath("trees", tree); }

Exits::Exits(const v1::Plan& plan) : plan_(plan) {
  std::vector<std::string> seen;
  const std::map<std::string, const v1::Node*> trees = [&] {
    std::map<std::string, const v1::Node*> sorted;
    for (const auto& [name, node] : plan.trees()) sorted[name] = &node;
    return sorted;
  }();
  for (const auto& [name, node] : trees) VisitRoot(TreePath(name), *node, seen);
  for (Outcome outcome : kFailedOutcomes) {
    const v1::Node* node = WrittenBranch(plan.default_(), outcome);
    if (node != nullptr) VisitRoot(absl::StrCat("default.", FailedBranch(outcome)), *node, seen);
  }
  if (plan.default_().has_otherwise()) {
    VisitRoot("default.otherwise", plan.default_().otherwise(), seen);
  }
  std::reverse(roots_.begin(), roots_.end());
}

void Exits::VisitRoot(const std::string& path, const v1::Node& node,
                      std::vector<std::string>& seen) {
  if (std::find(seen.begin(), seen.end(), path) != seen.end()) return;
  seen.push_back(path);
  VisitBelow({node, path, IsDefault(path)}, seen);
  roots_.emplace_back(path, &node);
}

void Exits::VisitBelow(const Place& place, std::vector<std::string>& seen) {
  for (const Exit& exit : All(place)) {
    if (exit.node == nullptr) continue;
    if (exit.root.empty()) {
      VisitBelow({*exit.node, exit.path, place.in_default}, seen);
    } else {
      VisitRoot(exit.root, *exit.node, seen);
    }
  }
}

Exit Exits::Default(const Place& place, std::string branch, const Outcome* outcome) const {
  Exit exit;
  exit.branch = std::move(branch);
  const v1::Default& written = plan_.default_();
  const auto lead = [&](const v1::Node* node, const std::string& field) {
    if (node == nullptr || exit.node != nullptr) return;
    exit.node = node;
    exit.root = exit.path = absl::StrCat("default.", field);
  };
  if (!place.in_default) {
    if (outcome != nullptr) {
      lead(WrittenBranch(written, *outcome), FailedBranch(*outcome));
      const std::optional<Outcome> parent = ParentOutcome(*outcome);
      if (parent.has_value()) lead(WrittenBranch(written, *parent), FailedBranch(*parent));
    }
    lead(OtherwiseOf(written), "otherwise");
  }
  exit.ends = exit.node == nullptr;
  return exit;
}

Exit Exits::Written(const Place& place, std::string branch, std::string field,
                    const v1::Node* written) {
  Exit exit;
  exit.branch = std::move(branch);
  exit.node = written;
  exit.path = absl::StrCat(place.KindPath(), ".", field);
  return exit;
}

Exit Exits::OrDefault(const Place& place, std::string branch, const v1::Node* written) const {
  if (written == nullptr) return Default(place, std::move(branch), nullptr);
  return Written(place, branch, branch, written);
}

Exit Exits::OrOtherwise(const Place& place, std::string branch, const v1::Node* written,
                        const v1::Node* otherwise) const {
  if (written != nullptr) return Written(place, branch, branch, written);
  if (otherwise != nullptr) return Written(place, branch, "otherwise", otherwise);
  return Default(place, std::move(branch), nullptr);
}

Exit Exits::OfDial(const Place& place, Outcome outcome) const {
  const v1::Dial& dial = place.node.dial();
  const std::optional<Outcome> parent = ParentOutcome(outcome);
  for (const std::optional<Outcome>& each : {std::optional<Outcome>(outcome), parent}) {
    const v1::Node* node = each.has_value() ? WrittenBranch(dial, *each) : nullptr;
    if (node != nullptr) return Written(place, FailedBranch(*each), FailedBranch(*each), node);
  }
  if (dial.has_otherwise()) return Written(place, "otherwise", "otherwise", &dial.otherwise());
  return Default(place, "default", &outcome);
}

Exit Exits::OfGoto(const Place& place) const {
  Exit exit;
  exit.branch = "goto";
  const auto tree = plan_.trees().find(place.node.goto_());
  if (tree == plan_.trees().end()) return exit;
  exit.node = &tree->second;
  exit.root = exit.path = TreePath(tree->first);
  return exit;
}

std::vector<Exit> Exits::All(const Place& place) const {
  std::vector<Exit> exits;
  const v1::Node& node = place.node;
  const auto add_cases = [&](const auto& branch) {
    for (int i = 0; i < branch.cases_size(); ++i) {
      const std::string name = IndexPath("cases", i);
      exits.push_back(Written(place, name, name + ".then", ThenOf(branch.cases(i))));
    }
    exits.push_back(OrDefault(place, "otherwise", OtherwiseOf(branch)));
  };
  const auto add = [&](std::string branch, const v1::Node* written, const v1::Node* otherwise) {
    exits.push_back(OrOtherwise(place, std::move(branch), written, otherwise));
  };
  const auto add_prompt = [&](const auto& prompt) {
    add("on_no_input", prompt.has_on_no_input() ? &prompt.on_no_input() : nullptr,
        OtherwiseOf(prompt));
    add("on_bad_input", prompt.has_on_bad_input() ? &prompt.on_bad_input() : nullptr,
        OtherwiseOf(prompt));
  };
  switch (node.kind_case()) {
    case v1::Node::kTime:
      add_cases(node.time());
      break;
    case v1::Node::kOrigin:
      add_cases(node.origin());
      break;
    case v1::Node::kDestination:
      add_cases(node.destination());
      break;
    case v1::Node::kCaller:
      add_cases(node.caller());
      break;
    case v1::Node::kShare:
      add_cases(node.share());
      // Without `otherwise` no call is left, or check says so.
      if (!node.share().has_otherwise()) exits.pop_back();
      break;
    case v1::Node::kStatus:
      add_cases(node.status());
      break;
    case v1::Node::kSwitch:
      add_cases(node.switch_());
      break;
    case v1::Node::kMatch:
      add_cases(node.match());
      break;
    case v1::Node::kWhen:
      add_cases(node.when());
      break;
    case v1::Node::kDial:
      for (Outcome outcome : kFailedOutcomes) exits.push_back(OfDial(place, outcome));
      break;
    case v1::Node::kAnnounce:
      exits.push_back(Written(place, "then", "then", ThenOf(node.announce())));
      break;
    case v1::Node::kMenu:
      for (const auto& [key, child] : node.menu().keys()) {
        const std::string name = KeyPath("keys", key);
        exits.push_back(Written(place, name, name, &child));
      }
      add_prompt(node.menu());
      break;
    case v1::Node::kCollect:
      exits.push_back(Written(place, "then", "then", ThenOf(node.collect())));
      add_prompt(node.collect());
      break;
    case v1::Node::kConferenceAccess: {
      const v1::ConferenceAccess& access = node.conference_access();
      const v1::Node* otherwise = OtherwiseOf(access);
      add("on_too_early", access.has_on_too_early() ? &access.on_too_early() : nullptr, otherwise);
      add("on_ended", access.has_on_ended() ? &access.on_ended() : nullptr, otherwise);
      add("on_full", access.has_on_full() ? &access.on_full() : nullptr, otherwise);
      add("on_blocked", access.has_on_blocked() ? &access.on_blocked() : nullptr, otherwise);
      add_prompt(access);
      break;
    }
    case v1::Node::kAgents:
      add("on_timeout", node.agents().has_on_timeout() ? &node.agents().on_timeout() : nullptr,
          OtherwiseOf(node.agents()));
      add("on_no_agents",
          node.agents().has_on_no_agents() ? &node.agents().on_no_agents() : nullptr,
          OtherwiseOf(node.agents()));
      break;
    case v1::Node::kGoto:
      exits.push_back(OfGoto(place));
      break;
    case v1::Node::kSet:
      exits.push_back(Written(place, "then", "then", ThenOf(node.set())));
      break;
    case v1::Node::kLookup:
      exits.push_back(Written(place, "then", "then", ThenOf(node.lookup())));
      exits.push_back(OrDefault(place, "otherwise", OtherwiseOf(node.lookup())));
      break;
    default:
      break;
  }
  return exits;
}

}  // namespace libroute
