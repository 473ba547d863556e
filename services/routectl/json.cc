#include "services/routectl/json.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"
#include "libroute/readers/enum_names.h"

namespace libroute {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// An element of a repeated field, or, where `index` is -1, the value of another one.
std::string JsonOfValue(const Message& message, const FieldDescriptor& field, int index) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  const bool is_single = index < 0;
  const auto value_of = [&](auto single, auto repeated) {
    return is_single ? (reflection.*single)(message, &field)
                     : (reflection.*repeated)(message, &field, index);
  };
  using google::protobuf::Reflection;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return JsonAsWritten(is_single ? reflection.GetMessage(message, &field)
                                     : reflection.GetRepeatedMessage(message, &field, index));
    case FieldDescriptor::CPPTYPE_ENUM:
      return JsonString(
          ShortEnumName(*value_of(&Reflection::GetEnum, &Reflection::GetRepeatedEnum)));
    case FieldDescriptor::CPPTYPE_STRING:
      return JsonString(value_of(&Reflection::GetString, &Reflection::GetRepeatedString));
    case FieldDescriptor::CPPTYPE_BOOL:
      return value_of(&Reflection::GetBool, &Reflection::GetRepeatedBool) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(value_of(&Reflection::GetInt32, &Reflection::GetRepeatedInt32));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(value_of(&Reflection::GetInt64, &Reflection::GetRepeatedInt64));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(value_of(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(value_of(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return absl::StrCat(value_of(&Reflection::GetFloat, &Reflection::GetRepeatedFloat));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(value_of(&Reflection::GetDouble, &Reflection::GetRepeatedDouble));
  }
  return "null";
}

std::string JsonOfMap(const Message& message, const FieldDescriptor& field) {
  const FieldDescriptor& key = *field.message_type()->map_key();
  const FieldDescriptor& value = *field.message_type()->map_value();
  std::map<std::string, std::string> entries;
  const int size = message.GetReflection()->FieldSize(message, &field);
  for (int i = 0; i < size; ++i) {
    const Message& entry = message.GetReflection()->GetRepeatedMessage(message, &field, i);
    std::string name = JsonOfValue(entry, key, -1);
    // Names of JSON are texts.
    if (key.cpp_type() != FieldDescriptor::CPPTYPE_STRING) name = JsonString(name);
    entries.emplace(std::move(name), JsonOfValue(entry, value, -1));
  }
  return absl::StrCat("{", absl::StrJoin(entries, ", ", absl::PairFormatter(": ")), "}");
}

std::string JsonOfField(const Message& message, const FieldDescriptor& field) {
  if (field.is_map()) return JsonOfMap(message, field);
  if (!field.is_repeated()) return JsonOfValue(message, field, -1);
  std::vector<std::string> values;
  const int size = message.GetReflection()->FieldSize(message, &field);
  for (int i = 0; i < size; ++i) values.push_back(JsonOfValue(message, field, i));
  return absl::StrCat("[", absl::StrJoin(values, ", "), "]");
}

}  // namespace

std::string JsonString(absl::string_view text) {
  std::string json = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      json.push_back('\\');
      json.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      absl::StrAppend(&json, "\\u", absl::Hex(c, absl::kZeroPad4));
    } else {
      json.push_back(c);
    }
  }
  json.push_back('"');
  return json;
}

JsonObject& JsonObject::Add(absl::string_view name, absl::string_view text) {
  return AddJson(name, JsonString(text));
}

JsonObject& JsonObject::Add(absl::string_view name, int64_t number) {
  return AddJson(name, absl::StrCat(number));
}

JsonObject& JsonObject::AddJson(absl::string_view name, absl::string_view value) {
  absl::StrAppend(&fields_, fields_.empty() ? "" : ", ", JsonString(name), ": ", value);
  return *this;
}

std::string JsonObject::ToString() const {
  return absl::StrCat("{", fields_, "}");
}

std::string JsonTime(absl::Time time, const absl::TimeZone& zone) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", time, zone);
}

std::string JsonArray(const std::vector<std::string>& values) {
  if (values.empty()) return "[]";
  return absl::StrCat("[\n  ", absl::StrJoin(values, ",\n  "), "\n]");
}

std::string JsonOf(const google::protobuf::Message& message) {
  std::string json;
  // Fails only for Any and for numbers that JSON cannot have; we send neither.
  google::protobuf::util::Status status =
      google::protobuf::util::MessageToJsonString(message, &json);
  return status.ok() ? json : "null";
}

std::string JsonAsWritten(const Message& message) {
  // A time or a number of its own kind is one text.
  if (message.GetDescriptor()->file()->package() == "google.protobuf") return JsonOf(message);
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  JsonObject object;
  for (const FieldDescriptor* field : fields) {
    object.AddJson(field->name(), JsonOfField(message, *field));
  }
  return object.ToString();
}

}  // namespace libroute
