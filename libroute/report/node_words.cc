#include "libroute/report/node_words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/duration.pb.h"
#include "libroute/plan/written_duration.h"
#include "libroute/report/text_lines.h"
#include "libroute/v1/plan.pb.h"
#include "libroute/wire/enum_name.h"

// Nodes are read by reflection, so that a new kind needs nothing here.
namespace libroute {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kShownOfList = 4;

const Reflection& ReflectionOf(const Message& message) {
  return *message.GetReflection();
}

bool IsNode(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type() == v1::Node::descriptor();
}

const v1::Node& AsNode(const Message& message) {
  return static_cast<const v1::Node&>(message);
}

std::string Spaced(absl::string_view field_name) {
  return absl::StrReplaceAll(field_name, {{"_", " "}});
}

std::vector<std::string> FieldTexts(const Message& message);

// "30s"; "(attribute level, equals gold)".
std::string MessageText(const Message& message) {
  if (message.GetDescriptor() != google::protobuf::Duration::descriptor()) {
    return absl::StrCat("(", absl::StrJoin(FieldTexts(message), ", "), ")");
  }
  const auto& duration = static_cast<const google::protobuf::Duration&>(message);
  return absl::FormatDuration(WrittenDuration(duration));
}

// The value of a field that is no list.
std::string ValueText(const Message& message, const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return Printable(ReflectionOf(message).GetString(message, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumName(*ReflectionOf(message).GetEnum(message, &field));
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(ReflectionOf(message).GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(ReflectionOf(message).GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(ReflectionOf(message).GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(ReflectionOf(message).GetMessage(message, &field));
    default:
      return "";
  }
}

std::string ElementText(const Message& message, const FieldDescriptor& field, int index) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    return EnumName(*ReflectionOf(message).GetRepeatedEnum(message, &field, index));
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return Printable(ReflectionOf(message).GetRepeatedString(message, &field, index));
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return MessageText(ReflectionOf(message).GetRepeatedMessage(message, &field, index));
  }
  return "";
}

std::string ListText(const Message& message, const FieldDescriptor& field) {
  const int size = ReflectionOf(message).FieldSize(message, &field);
  std::vector<std::string> texts;
  for (int i = 0; i < std::min(size, kShownOfList); ++i) {
    texts.push_back(ElementText(message, field, i));
  }
  std::string text = absl::StrJoin(texts, ", ");
  if (size > kShownOfList) absl::StrAppend(&text, " and ", size - kShownOfList, " more");
  return text;
}

// The entries of a map from text to text.
std::string MapText(const Message& message, const FieldDescriptor& field) {
  std::vector<std::string> texts;
  for (int i = 0; i < ReflectionOf(message).FieldSize(message, &field); ++i) {
    const Message& entry = ReflectionOf(message).GetRepeatedMessage(message, &field, i);
    texts.push_back(absl::StrCat(ValueText(entry, *field.message_type()->map_key()), "=",
                                 ValueText(entry, *field.message_type()->map_value())));
  }
  std::sort(texts.begin(), texts.end());
  return absl::StrJoin(texts, ", ");
}

bool LeadsToNodes(const FieldDescriptor& field) {
  if (IsNode(field) || field.name() == "cases") return true;
  return field.is_map() && IsNode(*field.message_type()->map_value());
}

// "ring 20s"; nothing for fields that lead on to other nodes.
std::string FieldText(const Message& message, const FieldDescriptor& field) {
  if (LeadsToNodes(field)) return "";
  const std::string name = Spaced(field.name());
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    return ReflectionOf(message).GetBool(message, &field) ? name : absl::StrCat("not ", name);
  }
  return absl::StrCat(name, " ",
                      field.is_map()        ? MapText(message, field)
                      : field.is_repeated() ? ListText(message, field)
                                            : ValueText(message, field));
}

std::vector<std::string> FieldTexts(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  ReflectionOf(message).ListFields(message, &fields);
  std::vector<std::string> texts;
  for (const FieldDescriptor* field : fields) {
    std::string text = FieldText(message, *field);
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

void AddCases(const Message& message, const FieldDescriptor& field,
              std::vector<WrittenBranch>& branches) {
  for (int i = 0; i < ReflectionOf(message).FieldSize(message, &field); ++i) {
    const Message& item = ReflectionOf(message).GetRepeatedMessage(message, &field, i);
    const FieldDescriptor* then = item.GetDescriptor()->FindFieldByName("then");
    branches.push_back({absl::StrJoin(FieldTexts(item), ", "),
                        &AsNode(ReflectionOf(item).GetMessage(item, then))});
  }
}

void AddKeys(const Message& message, const FieldDescriptor& field,
             std::vector<WrittenBranch>& branches) {
  const size_t first = branches.size();
  for (int i = 0; i < ReflectionOf(message).FieldSize(message, &field); ++i) {
    const Message& entry = ReflectionOf(message).GetRepeatedMessage(message, &field, i);
    branches.push_back(
        {absl::StrCat("press ", ValueText(entry, *field.message_type()->map_key())),
         &AsNode(ReflectionOf(entry).GetMessage(entry, field.message_type()->map_value()))});
  }
  std::sort(branches.begin() + static_cast<std::ptrdiff_t>(first), branches.end(),
            [](const WrittenBranch& a, const WrittenBranch& b) { return a.label < b.label; });
}

}  // namespace

const Message* KindMessage(const v1::Node& node) {
  const FieldDescriptor* kind = ReflectionOf(node).GetOneofFieldDescriptor(
      node, v1::Node::descriptor()->FindOneofByName("kind"));
  if (kind == nullptr || kind->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return nullptr;
  return &ReflectionOf(node).GetMessage(node, kind);
}

std::vector<std::string> NodeWords(const v1::Node& node) {
  const FieldDescriptor* kind = ReflectionOf(node).GetOneofFieldDescriptor(
      node, v1::Node::descriptor()->FindOneofByName("kind"));
  if (kind == nullptr) return {"nothing"};
  std::vector<std::string> words = {Spaced(kind->name())};
  const Message* message = KindMessage(node);
  if (message == nullptr) return words;
  for (std::string& text : FieldTexts(*message)) words.push_back(std::move(text));
  return words;
}

std::vector<WrittenBranch> WrittenBranches(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  ReflectionOf(message).ListFields(message, &fields);
  std::vector<WrittenBranch> branches;
  for (const FieldDescriptor* field : fields) {
    if (!LeadsToNodes(*field)) continue;
    if (field->is_map()) {
      AddKeys(message, *field, branches);
    } else if (field->is_repeated()) {
      AddCases(message, *field, branches);
    } else {
      branches.push_back({Spaced(absl::StripPrefix(field->name(), "on_")),
                          &AsNode(ReflectionOf(message).GetMessage(message, field))});
    }
  }
  return branches;
}

std::vector<WrittenBranch> WrittenBranches(const v1::Node& node) {
  const Message* message = KindMessage(node);
  return message == nullptr ? std::vector<WrittenBranch>() : WrittenBranches(*message);
}

}  // namespace libroute
