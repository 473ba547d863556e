#include "libroute/tree/nodes/condition.h"

#include <set>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/case_test.h"
#include "libroute/tree/nodes/origin_reader.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using Fields = std::vector<const google::protobuf::FieldDescriptor*>;

Fields FieldsOf(const v1::Condition& written) {
  Fields fields;
  written.GetReflection()->ListFields(written, &fields);
  return fields;
}

void CheckFields(const Fields& fields, const std::string& path, NodeScope& scope) {
  if (fields.size() == 1) return;
  if (fields.empty()) {
    scope.Error(path, "missing",
                "a condition is one of all, any, not, time, origin, destination, caller, status, "
                "switch, match, group and line");
    return;
  }
  const std::string names = absl::StrJoin(
      fields, " and ", [](std::string* out, const auto* field) { out->append(field->name()); });
  scope.Error(path, "bad-value",
              absl::StrCat("one condition is written in one way, not by ", names,
                           "; put them together with `all` or `any`"));
}

// Whether one of `parts` is what another one denies.
template <typename Parts>
bool Contradict(const Parts& parts) {
  std::set<std::string> said;
  std::set<std::string> denied;
  for (const v1::Condition& part : parts) {
    (part.has_not_() ? denied : said)
        .insert(part.has_not_() ? part.not_().SerializeAsString() : part.SerializeAsString());
  }
  for (const std::string& text : denied) {
    if (said.contains(text)) return true;
  }
  return false;
}

template <typename Case>
void CheckLeadsNowhere(const Case& written, const std::string& path, NodeScope& scope) {
  if (!written.has_then()) return;
  scope.Error(path + ".then", "bad-value",
              "a condition leads nowhere by itself; write `then` beside the `if` of the case");
}

OriginCase ReadOrigin(const v1::OriginBranch::Case& written, const std::string& path,
                      NodeScope& scope) {
  WrittenOrigin origin = ReadOriginCase(written, path, scope);
  WarnOfContradiction(origin.calls, path, scope);
  return {std::move(origin.calls), std::move(origin.way), std::move(origin.text)};
}

MatchCase ReadMatch(const v1::MatchBranch::Case& written, const std::string& path,
                    NodeScope& scope) {
  if (written.attribute().empty()) {
    scope.Error(path + ".attribute", "missing", "say which attribute is meant");
  }
  return MatchCase::Read(written, MatchedValue(), path, scope);
}

}  // namespace

Condition Condition::Read(const v1::Condition& written, const std::string& path, int depth,
                          NodeScope& scope) {
  const Fields fields = FieldsOf(written);
  CheckFields(fields, path, scope);
  if (depth > kMaxDepth) {
    scope.Error(path, "too-deep",
                absl::StrCat("conditions nest at most ", kMaxDepth,
                             " deep; put a part of it into a `when` of its own"));
    return Condition(Group());
  }
  if (fields.empty()) return Condition(Group());
  const bool is_group = written.has_not_() || !written.all().empty() || !written.any().empty();
  if (is_group) return Condition(ReadGroup(written, path, depth, scope));
  const std::string field = absl::StrCat(path, ".", fields.front()->name());
  return Condition(ReadCase(written, field, scope));
}

Condition::Group Condition::ReadGroup(const v1::Condition& written, const std::string& path,
                                      int depth, NodeScope& scope) {
  Group group;
  group.path = path;
  if (written.has_not_()) {
    group.by = By::kNot;
    group.parts.push_back(Read(written.not_(), path + ".not", depth + 1, scope));
    return group;
  }
  group.by = written.all().empty() ? By::kAny : By::kAll;
  const auto& parts = group.by == By::kAll ? written.all() : written.any();
  const std::string field = absl::StrCat(path, group.by == By::kAll ? ".all" : ".any");
  for (int i = 0; i < parts.size(); ++i) {
    group.parts.push_back(Read(parts.Get(i), IndexPath(field, i), depth + 1, scope));
  }
  if (Contradict(parts)) {
    scope.Warn(field, group.by == By::kAll ? "never-matches" : "always-matches",
               group.by == By::kAll
                   ? "this never holds: one part denies what another one says; remove one"
                   : "this always holds: one part denies what another one says; remove one");
  }
  return group;
}

Condition::Test Condition::ReadCase(const v1::Condition& written, const std::string& path,
                                    NodeScope& scope) {
  if (written.has_time()) {
    CheckLeadsNowhere(written.time(), path, scope);
    return TimeCase::Read(written.time(), TimeUse::kArrival, path, scope);
  }
  if (written.has_origin()) {
    CheckLeadsNowhere(written.origin(), path, scope);
    return ReadOrigin(written.origin(), path, scope);
  }
  if (written.has_destination()) {
    CheckLeadsNowhere(written.destination(), path, scope);
    return DestinationCase(DestinationCase::Read(written.destination(), path, scope));
  }
  if (written.has_caller()) {
    CheckLeadsNowhere(written.caller(), path, scope);
    return CallerCase::Read(written.caller(), path, scope);
  }
  if (written.has_status()) {
    CheckLeadsNowhere(written.status(), path, scope);
    return StatusCase::Read(written.status(), path, scope);
  }
  if (written.has_switch_()) {
    CheckLeadsNowhere(written.switch_(), path, scope);
    return SwitchCase::Read(written.switch_(), path, scope);
  }
  if (written.has_group()) {
    CheckLeadsNowhere(written.group(), path, scope);
    return GroupCase::Read(written.group(), path, scope);
  }
  if (written.has_line()) return LineCase::Read(written.line(), path, scope);
  CheckLeadsNowhere(written.match(), path, scope);
  return ReadMatch(written.match(), path, scope);
}

std::string Condition::GroupText(const Group& group) {
  if (group.by == By::kNot) return "not";
  return absl::StrCat(group.by == By::kAll ? "all of " : "any of ", group.parts.size());
}

template <class Observer>
bool Condition::Holds(const Group& group, Frame& frame, Observer& observer) {
  // What one part says that settles the whole.
  const bool settles = group.by == By::kAny;
  bool holds = !settles;
  for (const Condition& part : group.parts) {
    const bool result = part.Holds(frame, observer);
    if (group.by == By::kNot) holds = !result;
    if (group.by == By::kNot || result != settles) continue;
    holds = settles;
    break;
  }
  if constexpr (Observer::kRecords) {
    observer.Compared({group.path, GroupText(group), holds, holds ? "holds" : "does not hold"});
  }
  return holds;
}

template <class Observer>
bool Condition::Holds(Frame& frame, Observer& observer) const {
  return std::visit(
      [&](const auto& test) {
        if constexpr (std::is_same_v<std::decay_t<decltype(test)>, Group>) {
          return Holds(test, frame, observer);
        } else {
          return TestCase(test, frame, observer);
        }
      },
      test_);
}

template bool Condition::Holds(Frame& frame, NoObserver&) const;
template bool Condition::Holds(Frame& frame, Recorder&) const;

}  // namespace libroute
