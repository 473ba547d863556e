#include "libroute/readers/message_reader.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/text_format.h"
#include "libroute/readers/document.h"
#include "libroute/readers/field_writer.h"
#include "libroute/readers/scalar_reader.h"

namespace libroute {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;

using Kind = DocumentNode::Kind;

bool IsTreeNode(const Descriptor& type) {
  return type.full_name() == "libroute.v1.Node";
}

const FieldDescriptor* FindField(const Descriptor& type, const std::string& name) {
  const FieldDescriptor* field = type.FindFieldByName(name);
  for (int i = 0; field == nullptr && i < type.field_count(); ++i) {
    if (type.field(i)->json_name() == name) field = type.field(i);
  }
  return field;
}

std::string Got(const DocumentNode& value) {
  switch (value.kind) {
    case Kind::kList:
      return "a list";
    case Kind::kMap:
      return "a map";
    case Kind::kScalar:
      return absl::StrCat("the text ", Quoted(value.text));
    default:
      return "nothing";
  }
}

// The key of a map's entry as text that is the same for equal keys.
std::string KeyText(const FieldDescriptor& key, const Message& entry) {
  if (key.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return entry.GetReflection()->GetString(entry, &key);
  }
  std::string text;
  google::protobuf::TextFormat::PrintFieldValueToString(entry, &key, -1, &text);
  return text;
}

// Where reading is.
struct Spot {
  // In the source map: the field, element or entry that is read, and where
  // that stands.
  SourceMap::Place place = SourceMap::kWhole;
  int line = 1;
  int column = 1;
  // Node messages around it in its tree.
  int nesting = 0;
};

// What a map gave so far for the fields of a message.
struct SeenFields {
  // Each with its name as written.
  std::map<const FieldDescriptor*, const DocumentNode::Key*> fields;
  std::map<const OneofDescriptor*, const DocumentNode::Key*> oneofs;
};

// Recursive, as deep as the document.
class Reader {
 public:
  Reader(std::string file, const PlanLimits& limits, IssueList& issues)
      : limits_(limits), source_(std::move(file)), issues_(issues) {}

  void ReadMessage(const DocumentNode& value, Spot spot, Message& message);

  SourceMap TakeSource() { return std::move(source_); }

 private:
  void ReadFields(const DocumentNode& map, Spot spot, Message& message);
  void ReadField(const DocumentNode& value, const FieldDescriptor& field, Spot spot,
                 Message& message);
  void ReadList(const DocumentNode& value, const FieldDescriptor& field, Spot spot,
                Message& message);
  void ReadMap(const DocumentNode& value, const FieldDescriptor& field, Spot spot,
               Message& message);
  // The key of a map's entry; false, with a complaint, if it cannot be read or
  // is one of `seen`.
  bool ReadKey(const DocumentNode::Key& key, Spot map, std::set<std::string>& seen, Message& entry);
  // One value, into a field that is not repeated or as one more element;
  // false, with a complaint, if there is none to write.
  bool ReadValue(const DocumentNode& value, const FieldDescriptor& field, Spot spot,
                 Message& message);

  // These complain and say no if it is not so.
  bool IsFirst(const DocumentNode::Key& key, const FieldDescriptor& field, Spot spot,
               SeenFields& seen);
  bool IsAloneInOneof(const DocumentNode::Key& key, const FieldDescriptor& field, Spot spot,
                      SeenFields& seen);
  bool IsShortEnough(const DocumentNode& value, Spot spot);

  void AddUnknownField(const DocumentNode::Key& key, const Descriptor& type, Spot parent);
  // Of the value at `spot`.
  void AddWrongType(const DocumentNode& value, absl::string_view expected, Spot spot);
  void AddIssue(Spot spot, std::string code, std::string message);
  void AddIssueAt(std::string path, Spot position, Issue issue);

  // What is called `segment` within `parent`.
  Spot Within(Spot parent, std::string segment, int line, int column) {
    return {source_.AddWithin(parent.place, std::move(segment), line, column), line, column,
            parent.nesting};
  }

  const PlanLimits limits_;
  SourceMap source_;
  IssueList& issues_;
};

// The spot of a value, for what is wrong with it. A missing value has none.
Spot At(const DocumentNode& value, Spot spot) {
  if (value.kind == Kind::kNull) return spot;
  return {spot.place, value.line, value.column, spot.nesting};
}

void Reader::ReadMessage(const DocumentNode& value, Spot spot, Message& message) {
  if (value.kind == Kind::kNull || value.kind == Kind::kRefused) return;
  const Descriptor& type = *message.GetDescriptor();
  if (value.kind != Kind::kMap) {
    return AddWrongType(
        value,
        absl::StrCat("a map with the fields of ", type.name(),
                     IsTreeNode(type) ? " (to go on at a tree: { goto: NAME })" : ""),
        spot);
  }
  if (IsTreeNode(type) && ++spot.nesting > limits_.max_nesting) {
    return AddIssue(
        spot, "too-deep",
        absl::StrCat("nested ", spot.nesting, " nodes deep, at most ", limits_.max_nesting,
                     "; give this subtree a name under trees and `goto` it"));
  }
  if (IsShortEnough(value, spot)) ReadFields(value, spot, message);
}

void Reader::ReadFields(const DocumentNode& map, Spot spot, Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  SeenFields seen;
  for (size_t i = 0; i < map.keys.size(); ++i) {
    const DocumentNode::Key& key = map.keys[i];
    const FieldDescriptor* field = FindField(type, key.text);
    if (field == nullptr) {
      AddUnknownField(key, type, spot);
      continue;
    }
    if (!IsFirst(key, *field, spot, seen)) continue;
    const Spot within = Within(spot, field->name(), key.line, key.column);
    if (IsAloneInOneof(key, *field, within, seen)) {
      ReadField(map.values[i], *field, within, message);
    } else {
      const std::unique_ptr<Message> unused(message.New());
      ReadField(map.values[i], *field, within, *unused);
    }
  }
}

bool Reader::IsFirst(const DocumentNode::Key& key, const FieldDescriptor& field, Spot spot,
                     SeenFields& seen) {
  const auto [it, is_new] = seen.fields.emplace(&field, &key);
  if (is_new) return true;
  const DocumentNode::Key& first = *it->second;
  Issue issue;
  issue.code = "duplicate-field";
  issue.message =
      first.text == key.text
          ? absl::StrCat(Quoted(key.text), " is given twice, first in line ", first.line)
          : absl::StrCat(Quoted(key.text), " is the same field as ", Quoted(first.text),
                         " in line ", first.line);
  issue.message += "; keep one";
  AddIssueAt(FieldPath(source_.Path(spot.place), field.name()),
             {spot.place, key.line, key.column, 0}, std::move(issue));
  return false;
}

bool Reader::IsAloneInOneof(const DocumentNode::Key& key, const FieldDescriptor& field, Spot spot,
                            SeenFields& seen) {
  const OneofDescriptor* oneof = field.real_containing_oneof();
  if (oneof == nullptr) return true;
  const auto [it, is_new] = seen.oneofs.emplace(oneof, &key);
  if (is_new) return true;
  AddIssue(spot, "oneof-conflict",
           absl::StrCat("both ", Quoted(it->second->text), " (line ", it->second->line, ") and ",
                        Quoted(key.text), " are given; only one of them can be"));
  return false;
}

void Reader::ReadField(const DocumentNode& value, const FieldDescriptor& field, Spot spot,
                       Message& message) {
  if (field.is_map()) return ReadMap(value, field, spot, message);
  if (field.is_repeated()) return ReadList(value, field, spot, message);
  ReadValue(value, field, spot, message);
}

bool Reader::ReadValue(const DocumentNode& value, const FieldDescriptor& field, Spot spot,
                       Message& message) {
  if (!IsScalarField(field)) {
    ReadMessage(value, spot, FieldWriter(field, message).WriteMessage());
    return true;
  }
  if (value.kind == Kind::kRefused) return false;
  if (value.kind != Kind::kScalar) {
    AddWrongType(value, ExpectedScalar(field), spot);
    return false;
  }
  std::optional<Issue> issue = ReadScalar(value, field, message);
  if (issue) AddIssueAt(source_.Path(spot.place), At(value, spot), *std::move(issue));
  return !issue;
}

void Reader::ReadList(const DocumentNode& value, const FieldDescriptor& field, Spot spot,
                      Message& message) {
  if (value.kind == Kind::kNull || !IsShortEnough(value, spot)) return;
  const bool is_one_value = value.kind != Kind::kList;
  const int count = is_one_value ? 1 : static_cast<int>(value.values.size());
  for (int i = 0; i < count; ++i) {
    const DocumentNode& element = is_one_value ? value : value.values[i];
    const Spot within = Within(spot, IndexSegment(i), element.line, element.column);
    if (element.kind == Kind::kNull && !IsScalarField(field)) {
      AddWrongType(element, absl::StrCat("the fields of ", field.message_type()->name()), within);
      FieldWriter(field, message).WriteDefault();
    } else if (!ReadValue(element, field, within, message)) {
      // Elements that follow keep their index.
      FieldWriter(field, message).WriteDefault();
    }
  }
}

void Reader::ReadMap(const DocumentNode& value, const FieldDescriptor& field, Spot spot,
                     Message& message) {
  if (value.kind == Kind::kNull || value.kind == Kind::kRefused) return;
  if (value.kind != Kind::kMap) {
    return AddWrongType(value, "a map, \"name: value\" for each", spot);
  }
  if (!IsShortEnough(value, spot)) return;
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  const FieldDescriptor& value_field = *field.message_type()->map_value();
  std::set<std::string> seen;
  for (size_t i = 0; i < value.keys.size(); ++i) {
    const DocumentNode::Key& key = value.keys[i];
    Message& entry = *reflection.AddMessage(&message, &field);
    if (ReadKey(key, spot, seen, entry)) {
      const Spot within = Within(spot, KeySegment(key.text), key.line, key.column);
      ReadValue(value.values[i], value_field, within, entry);
    } else {
      reflection.RemoveLast(&message, &field);
    }
  }
}

bool Reader::ReadKey(const DocumentNode::Key& key, Spot map, std::set<std::string>& seen,
                     Message& entry) {
  const FieldDescriptor& field = *entry.GetDescriptor()->map_key();
  DocumentNode scalar;
  scalar.kind = Kind::kScalar;
  scalar.text = key.text;
  std::optional<Issue> issue;
  if (key.text.size() > limits_.max_name) {
    issue.emplace();
    issue->code = "too-long";
    issue->message = absl::StrCat("a name of ", key.text.size(), " bytes, at most ",
                                  limits_.max_name, " are accepted");
  } else {
    issue = ReadScalar(scalar, field, entry);
  }
  if (!issue && !seen.insert(KeyText(field, entry)).second) {
    issue.emplace();
    issue->code = "duplicate-field";
    issue->message = absl::StrCat(Quoted(key.text), " is given twice in this map; keep one");
  }
  if (!issue) return true;
  std::string path = source_.Path(map.place);
  if (issue->code != "too-long") path = KeyPath(path, key.text);
  AddIssueAt(std::move(path), {map.place, key.line, key.column, 0}, *std::move(issue));
  return false;
}

bool Reader::IsShortEnough(const DocumentNode& value, Spot spot) {
  if (value.size <= limits_.max_list) return true;
  AddIssue(At(value, spot), "too-long",
           absl::StrCat(value.size, " entries in one ", value.kind == Kind::kMap ? "map" : "list",
                        ", at most ", limits_.max_list, "; split it"));
  return false;
}

void Reader::AddUnknownField(const DocumentNode::Key& key, const Descriptor& type, Spot parent) {
  constexpr size_t kMaxListed = 40;
  Issue issue;
  issue.code = "unknown-field";
  std::vector<std::string> names;
  for (int i = 0; !issues_.full() && i < type.field_count(); ++i) {
    names.push_back(type.field(i)->name());
  }
  std::string hint = DidYouMean(key.text, names);
  if (hint.empty() && !names.empty() && names.size() <= kMaxListed) {
    hint = absl::StrCat("; its fields are ", absl::StrJoin(names, ", "));
  }
  issue.message = absl::StrCat("no field ", Quoted(key.text), " in ", type.name(), hint);
  const absl::string_view name(key.text.data(), std::min(key.text.size(), limits_.max_name));
  AddIssueAt(KeyPath(source_.Path(parent.place), name), {parent.place, key.line, key.column, 0},
             std::move(issue));
}

void Reader::AddWrongType(const DocumentNode& value, absl::string_view expected, Spot spot) {
  AddIssue(At(value, spot), "wrong-type",
           value.kind == Kind::kNull ? absl::StrCat("has no value; expected ", expected)
                                     : absl::StrCat("expected ", expected, ", got ", Got(value)));
}

void Reader::AddIssue(Spot spot, std::string code, std::string message) {
  Issue issue;
  issue.code = std::move(code);
  issue.message = std::move(message);
  AddIssueAt(source_.Path(spot.place), spot, std::move(issue));
}

void Reader::AddIssueAt(std::string path, Spot position, Issue issue) {
  issue.path = std::move(path);
  issue.position = {source_.file(), position.line, position.column};
  issues_.Add(std::move(issue));
}

// In the order of the text; issues without a place come last.
void SortByPosition(std::vector<Issue>& issues) {
  std::stable_sort(issues.begin(), issues.end(), [](const Issue& a, const Issue& b) {
    if (a.position.line == 0 || b.position.line == 0) return b.position.line < a.position.line;
    return std::tie(a.position.line, a.position.column) <
           std::tie(b.position.line, b.position.column);
  });
}

}  // namespace

MessageReading ReadMessage(absl::string_view text, std::string file, const PlanLimits& limits,
                           Message& message) {
  IssueList issues(limits.max_issues);
  const DocumentNode root = ParseDocument(text, file, limits, issues);
  Reader reader(std::move(file), limits, issues);
  reader.ReadMessage(root, Spot(), message);
  MessageReading reading;
  reading.source = reader.TakeSource();
  reading.issues = std::move(issues).Take();
  SortByPosition(reading.issues);
  return reading;
}

}  // namespace libroute
