#include "libroute/prove/flow.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"

// Branches: what comes to a node, and what of it falls in which case.
namespace libroute {
namespace {

using Want = Narrowing::Want;

// Of a suspect, so many sets of calls are kept.
constexpr size_t kMostCalls = 6;

bool IsNow(const CallSet& set) {
  return set.times != TimeSets::kNever;
}

bool AnyNow(const std::vector<CallSet>& sets) {
  return std::any_of(sets.begin(), sets.end(), IsNow);
}

// Those from which a call of the window can be made.
void AddExamples(const std::vector<CallSet>& sets, std::vector<CallSet>& calls) {
  for (const CallSet& set : sets) {
    if (calls.size() < kMostCalls && IsNow(set) && !set.stale) calls.push_back(set);
  }
}

// What comes to the node of a suspect.
void NoteWho(const std::vector<CallSet>& sets, Suspect& suspect) {
  for (const CallSet& set : sets) {
    if (IsNow(set)) (set.is_email() ? suspect.has_emails : suspect.has_calls) = true;
  }
}

void Join(std::vector<CallSet> more, std::vector<CallSet>& sets) {
  for (CallSet& set : more) sets.push_back(std::move(set));
}

}  // namespace

Flow::Flow(const v1::Plan& plan, const Attachments& attachments, const CompiledPlan& compiled,
           TimeSets& times, absl::Duration max_ringing)
    : plan_(plan),
      attachments_(attachments),
      times_(times),
      max_ringing_(max_ringing),
      exits_(plan),
      narrowing_(plan, times) {
  for (NodeIndex i = 0; i < compiled.node_count(); ++i) {
    const AnyNode& node = compiled.node(i);
    if (!IsNode<DialNode>(node)) continue;
    absl::Duration& longest = longest_[compiled.node_path(i)];
    VisitNode(node, [&](const auto& dial) {
      dial.VisitEdges([&](const Edge& edge) { longest = std::max(longest, edge.unanswered); });
    });
  }
}

std::vector<Suspect> Flow::Run() {
  Begin();
  for (const auto& [path, node] : exits_.roots()) {
    Visit({*node, path, exits_.IsDefault(path)},
          Simplified(std::move(arrivals_[path]), kMostSets, times_));
  }
  return std::move(suspects_);
}

CallSet Flow::Taking(const Place& place, const Exit& exit, CallSet set) {
  set.way = std::make_shared<const Step>(
      Step{std::move(set.way), place.KindPath(), exit.branch, "", "", 0, 0});
  return set;
}

Flow::Sets Flow::After(const Place& place, const Exit& exit, const std::string& event, Sets sets) {
  for (CallSet& set : sets) {
    set.way = std::make_shared<const Step>(
        Step{std::move(set.way), place.KindPath(), exit.branch, event, "", 0, 0});
    set.Act();
  }
  return sets;
}

void Flow::Send(const Place& place, const Exit& exit, Sets sets) {
  if (exit.node == nullptr || sets.empty()) return;
  if (!exit.root.empty()) {
    Join(std::move(sets), arrivals_[exit.root]);
  } else {
    Visit({*exit.node, exit.path, place.in_default},
          Simplified(std::move(sets), kMostSets, times_));
  }
}

template <class Branch, class NarrowCase>
void Flow::VisitCases(const Place& place, const Branch& branch, const char* criterion,
                      const Sets& sets, NarrowCase narrow) {
  Sets left = sets;
  for (int i = 0; i < branch.cases_size(); ++i) {
    const std::string name = IndexPath("cases", i);
    Case item;
    item.exit = Exits::Written(place, name, name + ".then", &branch.cases(i).then());
    Sets others;
    for (const CallSet& set : left) {
      Join(narrow(i, Want::kMatches, set), item.taken);
      Join(narrow(i, Want::kFails, set), others);
    }
    if (!AnyNow(item.taken)) {
      for (const CallSet& set : sets) Join(narrow(i, Want::kMatches, set), item.meant);
    }
    CheckCase(place, criterion, sets, item);
    for (CallSet& set : item.taken) set = Taking(place, item.exit, std::move(set));
    Send(place, item.exit, std::move(item.taken));
    left = Simplified(std::move(others), kMostSets, times_);
  }
  CheckOtherwise(place, criterion, sets, left);
  const Exit otherwise =
      exits_.OrDefault(place, "otherwise", branch.has_otherwise() ? &branch.otherwise() : nullptr);
  for (CallSet& set : left) set = Taking(place, otherwise, std::move(set));
  Send(place, otherwise, std::move(left));
}

void Flow::CheckCase(const Place& place, const char* criterion, const Sets& sets,
                     const Case& item) {
  // Where no call comes to the node, its own branch was found before.
  if (!AnyNow(sets) || AnyNow(item.taken)) return;
  Suspect suspect;
  suspect.kind = item.taken.empty() ? Suspect::Kind::kNeverMatches : Suspect::Kind::kNotReached;
  suspect.node = place.KindPath();
  suspect.criterion = criterion;
  suspect.branch = item.exit.branch;
  suspect.path = FieldPath(suspect.node, item.exit.branch);
  suspect.is_shadowed = AnyNow(item.meant);
  NoteWho(sets, suspect);
  AddExamples(item.meant, suspect.calls);
  AddExamples(sets, suspect.calls);
  suspects_.push_back(std::move(suspect));
}

void Flow::CheckOtherwise(const Place& place, const char* criterion, const Sets& sets,
                          const Sets& left) {
  // Values come from tables and callers, which change; there it is a safety net.
  if (place.node.has_match() || !AnyNow(sets) || AnyNow(left)) return;
  const google::protobuf::Message& node = place.node;
  const google::protobuf::FieldDescriptor* field =
      v1::Node::descriptor()->FindFieldByNumber(place.node.kind_case());
  const google::protobuf::Message& branch = node.GetReflection()->GetMessage(node, field);
  // Not written: nothing that could be in vain.
  if (!branch.GetReflection()->HasField(branch,
                                        branch.GetDescriptor()->FindFieldByName("otherwise"))) {
    return;
  }
  Suspect suspect;
  suspect.kind = left.empty() ? Suspect::Kind::kNeverMatches : Suspect::Kind::kNotReached;
  suspect.node = place.KindPath();
  suspect.criterion = criterion;
  suspect.branch = "otherwise";
  suspect.path = FieldPath(suspect.node, "otherwise");
  suspect.is_shadowed = true;
  NoteWho(sets, suspect);
  AddExamples(sets, suspect.calls);
  suspects_.push_back(std::move(suspect));
}

void Flow::VisitCaller(const Place& place, const Sets& sets) {
  const v1::CallerBranch& branch = place.node.caller();
  VisitCases(place, branch, "caller", sets, [&](int i, Want want, const CallSet& set) {
    if (want == Want::kFails) return narrowing_.InNone(branch.cases(i), set);
    Sets matching;
    for (Narrowing::OfType& found : narrowing_.InTypes(branch.cases(i), set)) {
      const auto type = plan_.caller_types().find(found.type);
      for (CallSet& each : found.sets) {
        if (type == plan_.caller_types().end()) {
          each.values.clear();
          continue;
        }
        each.values["call.caller_type"] = ValueSet::Some({found.type});
        for (const auto& [name, value] : type->second.attributes()) {
          each.values[name] = ValueSet::Some({value});
        }
      }
      Join(std::move(found.sets), matching);
    }
    return matching;
  });
}

// Which share a call falls in is as good as chance.
void Flow::VisitShare(const Place& place, const Sets& sets) {
  const v1::ShareBranch& share = place.node.share();
  for (const Exit& exit : exits_.All(place)) {
    const bool is_empty_share = [&] {
      for (int i = 0; i < share.cases_size(); ++i) {
        if (exit.branch == IndexPath("cases", i)) return share.cases(i).weight() == 0;
      }
      return false;
    }();
    if (is_empty_share) continue;
    Sets taking = sets;
    for (CallSet& set : taking) set = Taking(place, exit, std::move(set));
    Send(place, exit, std::move(taking));
  }
}

void Flow::VisitLookup(const Place& place, const Sets& sets) {
  constexpr size_t kMostRows = 1000;
  const v1::Lookup& lookup = place.node.lookup();
  const auto table = plan_.tables().find(lookup.table());
  ValueSet found;
  if (table != plan_.tables().end()) {
    std::set<std::string> values;
    for (const auto& [key, value] : table->second.rows()) values.insert(value);
    const auto file = attachments_.tables.find(lookup.table());
    const bool has_file = file != attachments_.tables.end();
    const size_t rows = has_file ? file->second->size() : 0;
    if (has_file && rows <= kMostRows) {
      for (const auto& [key, value] : *file->second) values.insert(value);
    }
    if (table->second.has_default_()) values.insert(table->second.default_());
    const bool knows_file = table->second.file().empty() || (has_file && rows <= kMostRows);
    if (knows_file && values.size() <= kMostRows) found = ValueSet::Some(std::move(values));
  }
  const Exit then = Exits::Written(place, "then", "then", &lookup.then());
  Sets taking = sets;
  for (CallSet& set : taking) {
    set = Taking(place, then, std::move(set));
    set.values[lookup.into()] = found;
  }
  std::erase_if(taking, [](const CallSet& set) { return set.empty(); });
  Send(place, then, std::move(taking));
  const Exit otherwise =
      exits_.OrDefault(place, "otherwise", lookup.has_otherwise() ? &lookup.otherwise() : nullptr);
  taking = sets;
  for (CallSet& set : taking) set = Taking(place, otherwise, std::move(set));
  Send(place, otherwise, std::move(taking));
}

void Flow::VisitSimple(const Place& place, const Sets& sets) {
  Sets taking = sets;
  if (place.node.kind_case() == v1::Node::kGoto) {
    Send(place, exits_.OfGoto(place), std::move(taking));
    return;
  }
  const v1::Set& written = place.node.set();
  const Exit then = Exits::Written(place, "then", "then", &written.then());
  for (CallSet& set : taking) {
    set = Taking(place, then, std::move(set));
    for (const auto& [name, value] : written.attributes()) {
      set.values[name] = ValueSet::Some({value});
    }
  }
  Send(place, then, std::move(taking));
}

void Flow::VisitLimit(const Place& place, const Sets& sets) {
  for (const Exit& exit : Exits::OfLimit(place)) {
    Sets taking = sets;
    for (CallSet& set : taking) set = Taking(place, exit, std::move(set));
    Send(place, exit, std::move(taking));
  }
}

void Flow::VisitUnknown(const Place& place, const Sets& sets) {
  for (const Exit& exit : exits_.All(place)) {
    if (!exit.is_unknown) continue;
    Sets taking = sets;
    for (CallSet& set : taking) {
      set = Taking(place, exit, std::move(set));
      set.Act();
      set.values.clear();
      set.restricted = set.unavailable = true;
    }
    Send(place, exit, std::move(taking));
  }
}

void Flow::Visit(const Place& place, Sets sets) {
  if (sets.empty()) return;
  VisitKind(place, sets);
  VisitUnknown(place, sets);
}

void Flow::VisitKind(const Place& place, const Sets& sets) {
  const v1::Node& node = place.node;
  switch (node.kind_case()) {
    case v1::Node::kTime:
      return VisitCases(
          place, node.time(), "time", sets, [&](int i, Want want, const CallSet& set) {
            return narrowing_.ByTime(node.time().cases(i), node.time().use(), want, set);
          });
    case v1::Node::kOrigin:
      return VisitCases(place, node.origin(), "origin", sets,
                        [&](int i, Want want, const CallSet& set) {
                          return narrowing_.ByOrigin(node.origin().cases(i), want, set);
                        });
    case v1::Node::kDestination:
      return VisitCases(place, node.destination(), "destination", sets,
                        [&](int i, Want want, const CallSet& set) {
                          return narrowing_.ByDestination(node.destination().cases(i), want, set);
                        });
    case v1::Node::kStatus:
      return VisitCases(place, node.status(), "status", sets,
                        [&](int i, Want want, const CallSet& set) {
                          return narrowing_.ByStatus(node.status().cases(i), want, set);
                        });
    case v1::Node::kSwitch:
      return VisitCases(place, node.switch_(), "switch", sets,
                        [&](int i, Want want, const CallSet& set) {
                          return narrowing_.BySwitch(node.switch_().cases(i), want, set);
                        });
    case v1::Node::kMatch:
      return VisitCases(
          place, node.match(), "match", sets, [&](int i, Want want, const CallSet& set) {
            return narrowing_.ByMatch(node.match().cases(i), node.match().attribute(), want, set);
          });
    case v1::Node::kGroup:
      return VisitCases(place, node.group(), "group", sets,
                        [&](int i, Want want, const CallSet& set) {
                          return Narrowing::ByGroup(node.group().cases(i), want, set);
                        });
    case v1::Node::kWhen:
      return VisitCases(place, node.when(), "when", sets,
                        [&](int i, Want want, const CallSet& set) {
                          return narrowing_.ByCondition(node.when().cases(i).if_(), want, set);
                        });
    case v1::Node::kCaller:
      return VisitCaller(place, sets);
    case v1::Node::kShare:
      return VisitShare(place, sets);
    case v1::Node::kLookup:
      return VisitLookup(place, sets);
    case v1::Node::kLimit:
      return VisitLimit(place, sets);
    case v1::Node::kGoto:
    case v1::Node::kSet:
      return VisitSimple(place, sets);
    case v1::Node::kDial:
      return VisitDial(place, sets);
    case v1::Node::kAnnounce: {
      const Exit then = Exits::Written(
          place, "then", "then", node.announce().has_then() ? &node.announce().then() : nullptr);
      return Send(place, then, After(place, then, "played", sets));
    }
    case v1::Node::kMenu:
      return VisitMenu(place, sets);
    case v1::Node::kCollect:
      return VisitCollect(place, sets);
    case v1::Node::kAgents:
      return VisitAgents(place, sets);
    case v1::Node::kConferenceAccess:
      return VisitConferenceAccess(place, sets);
    default:
      return;
  }
}

}  // namespace libroute
