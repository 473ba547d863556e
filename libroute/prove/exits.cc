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

std::string FailedBranch(Outcome outcome) {
  return absl::StrCat("on_", OutcomeName(outcome));
}

}  // namespace

std::string Place::KindPath() const {
  const auto* field = v1::Node::descriptor()->FindFieldByNumber(node.kind_case());
  return field == nullptr ? path : FieldPath(path, field->name());
}

std::string Exits::TreePath(const std::string& tree) {
  return KeyPath("trees", tree);
}

Exits::Exits(const v1::Plan& plan) : plan_(plan) {
  std::set<std::string> seen;
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

void Exits::VisitRoot(const std::string& path, const v1::Node& node, std::set<std::string>& seen) {
  if (!seen.insert(path).second) return;
  VisitBelow({node, path, IsDefault(path)}, seen);
  roots_.emplace_back(path, &node);
}

void Exits::VisitBelow(const Place& place, std::set<std::string>& seen) {
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

// Without those that are known already.
void Exits::AddUnknown(const Place& place, const google::protobuf::Message& message,
                       const std::string& field, std::vector<Exit>& exits) const {
  if (const auto* node = dynamic_cast<const v1::Node*>(&message)) {
    const bool is_known = std::any_of(exits.begin(), exits.end(),
                                      [&](const Exit& exit) { return exit.node == node; });
    if (is_known) return;
    exits.push_back(Written(place, field, field, node));
    exits.back().is_unknown = true;
    return;
  }
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const google::protobuf::FieldDescriptor* each : fields) {
    // The keys of a menu are known; entries of maps are copies of them.
    if (each->is_map() && place.node.has_menu()) continue;
    if (each->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const std::string name = FieldPath(field, each->name());
    if (!each->is_repeated()) {
      AddUnknown(place, reflection.GetMessage(message, each), name, exits);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, each); ++i) {
      AddUnknown(place, reflection.GetRepeatedMessage(message, each, i), IndexPath(name, i), exits);
    }
  }
}

std::vector<Exit> Exits::All(const Place& place) const {
  std::vector<Exit> exits = Known(place);
  const auto* kind = v1::Node::descriptor()->FindFieldByNumber(place.node.kind_case());
  if (kind == nullptr || kind->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
    return exits;
  }
  const google::protobuf::Message& node = place.node;
  AddUnknown(place, node.GetReflection()->GetMessage(node, kind), "", exits);
  return exits;
}

template <class Branch>
std::vector<Exit> Exits::Cases(const Place& place, const Branch& branch) const {
  std::vector<Exit> exits;
  for (int i = 0; i < branch.cases_size(); ++i) {
    const std::string name = IndexPath("cases", i);
    exits.push_back(Written(place, name, name + ".then", ThenOf(branch.cases(i))));
  }
  exits.push_back(OrDefault(place, "otherwise", OtherwiseOf(branch)));
  return exits;
}

template <class Prompt>
std::vector<Exit> Exits::Faults(const Place& place, const Prompt& prompt) const {
  const v1::Node* otherwise = OtherwiseOf(prompt);
  return {OrOtherwise(place, "on_no_input",
                      prompt.has_on_no_input() ? &prompt.on_no_input() : nullptr, otherwise),
          OrOtherwise(place, "on_bad_input",
                      prompt.has_on_bad_input() ? &prompt.on_bad_input() : nullptr, otherwise)};
}

std::vector<Exit> Exits::OfBranch(const Place& place) const {
  const v1::Node& node = place.node;
  std::vector<Exit> exits;
  switch (node.kind_case()) {
    case v1::Node::kTime:
      return Cases(place, node.time());
    case v1::Node::kOrigin:
      return Cases(place, node.origin());
    case v1::Node::kDestination:
      return Cases(place, node.destination());
    case v1::Node::kCaller:
      return Cases(place, node.caller());
    case v1::Node::kShare:
      exits = Cases(place, node.share());
      // Without `otherwise` no call is left, or check says so.
      if (!node.share().has_otherwise()) exits.pop_back();
      return exits;
    case v1::Node::kStatus:
      return Cases(place, node.status());
    case v1::Node::kSwitch:
      return Cases(place, node.switch_());
    case v1::Node::kMatch:
      return Cases(place, node.match());
    case v1::Node::kGroup:
      return Cases(place, node.group());
    case v1::Node::kWhen:
      return Cases(place, node.when());
    case v1::Node::kLimit:
      return OfLimit(place);
    case v1::Node::kGoto:
      return {OfGoto(place)};
    case v1::Node::kSet:
      return {Written(place, "then", "then", ThenOf(node.set()))};
    case v1::Node::kLookup:
      return {Written(place, "then", "then", ThenOf(node.lookup())),
              OrDefault(place, "otherwise", OtherwiseOf(node.lookup()))};
    default:
      return OfUnknown(place);
  }
}

// Without a branch of its own a call that is turned away is rejected.
std::vector<Exit> Exits::OfLimit(const Place& place) {
  const v1::LimitBranch& limit = place.node.limit();
  std::vector<Exit> exits = {Written(place, "then", "then", ThenOf(limit))};
  if (limit.has_on_full()) {
    exits.push_back(Written(place, "on_full", "on_full", &limit.on_full()));
  }
  if (limit.has_on_gapped()) {
    exits.push_back(Written(place, "on_gapped", "on_gapped", &limit.on_gapped()));
  }
  return exits;
}

// Perhaps it goes on by the default, whatever it came to.
std::vector<Exit> Exits::OfUnknown(const Place& place) const {
  std::vector<Exit> exits;
  for (Outcome outcome : kFailedOutcomes) {
    exits.push_back(Default(place, std::string(OutcomeName(outcome)), &outcome));
    exits.back().is_unknown = true;
  }
  return exits;
}

template <class Action>
void Exits::AddAfter(const Place& place, const Action& action, std::vector<Exit>& exits) {
  if (action.has_after()) exits.push_back(Written(place, "after", "after", &action.after()));
}

std::vector<Exit> Exits::OfAgents(const Place& place) const {
  const v1::Agents& agents = place.node.agents();
  const v1::Node* otherwise = OtherwiseOf(agents);
  std::vector<Exit> exits = {
      OrOtherwise(place, "on_timeout", agents.has_on_timeout() ? &agents.on_timeout() : nullptr,
                  otherwise),
      OrOtherwise(place, "on_no_agents",
                  agents.has_on_no_agents() ? &agents.on_no_agents() : nullptr, otherwise),
      OrOtherwise(place, "on_none_ready",
                  agents.has_on_none_ready() ? &agents.on_none_ready() : nullptr, otherwise),
      OrOtherwise(place, "on_full", agents.has_on_full() ? &agents.on_full() : nullptr, otherwise),
      OrOtherwise(place, "on_closed", agents.has_on_closed() ? &agents.on_closed() : nullptr,
                  otherwise)};
  AddAfter(place, agents, exits);
  return exits;
}

std::vector<Exit> Exits::OfConferenceAccess(const Place& place) const {
  const v1::ConferenceAccess& access = place.node.conference_access();
  const v1::Node* otherwise = OtherwiseOf(access);
  std::vector<Exit> exits = Faults(place, access);
  const auto add = [&](const char* branch, bool is_written, const v1::Node& written) {
    exits.push_back(OrOtherwise(place, branch, is_written ? &written : nullptr, otherwise));
  };
  add("on_too_early", access.has_on_too_early(), access.on_too_early());
  add("on_ended", access.has_on_ended(), access.on_ended());
  add("on_full", access.has_on_full(), access.on_full());
  add("on_blocked", access.has_on_blocked(), access.on_blocked());
  return exits;
}

std::vector<Exit> Exits::Known(const Place& place) const {
  const v1::Node& node = place.node;
  std::vector<Exit> exits;
  switch (node.kind_case()) {
    case v1::Node::kDial:
      for (Outcome outcome : kFailedOutcomes) exits.push_back(OfDial(place, outcome));
      AddAfter(place, node.dial(), exits);
      return exits;
    case v1::Node::kAnnounce:
      return {Written(place, "then", "then", ThenOf(node.announce()))};
    case v1::Node::kMenu:
      exits = Faults(place, node.menu());
      for (const auto& [key, child] : node.menu().keys()) {
        const std::string name = KeyPath("keys", key);
        exits.push_back(Written(place, name, name, &child));
      }
      return exits;
    case v1::Node::kCollect:
      exits = Faults(place, node.collect());
      exits.push_back(Written(place, "then", "then", ThenOf(node.collect())));
      return exits;
    case v1::Node::kConferenceAccess:
      return OfConferenceAccess(place);
    case v1::Node::kAgents:
      return OfAgents(place);
    case v1::Node::kVoicemail:
    case v1::Node::kConference:
    case v1::Node::kReject:
    case v1::Node::kRelease:
    case v1::Node::kPassThrough:
    case v1::Node::kAutoReply:
    case v1::Node::kForwardEmail:
    case v1::Node::kDiscard:
    case v1::Node::KIND_NOT_SET:
      return exits;
    default:
      return OfBranch(place);
  }
}

}  // namespace libroute
