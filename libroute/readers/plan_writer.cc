#include "libroute/readers/plan_writer.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"
#include "libroute/readers/enum_names.h"
#include "libroute/v1/plan.pb.h"

// A plan is made into a tree of YAML first, whose parts are then laid out by their size.
namespace libroute {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr size_t kColumns = 100;

// A scalar, a list, or a mapping, whose items have keys.
struct Yaml {
  enum class Kind { kScalar, kList, kMapping };

  Kind kind = Kind::kScalar;
  std::string text;
  struct Item;
  std::vector<Item> items;
};

// Of a list without a key.
struct Yaml::Item {
  Item(std::string key, Yaml value) : first(std::move(key)), second(std::move(value)) {}

  std::string first;
  Yaml second;
};

Yaml Scalar(std::string text) {
  Yaml yaml;
  yaml.text = std::move(text);
  return yaml;
}

// Whether `text` is the same string without quotes, wherever it may stand: a word that
// is no other kind of scalar.
bool IsPlain(absl::string_view text) {
  if (text.empty() || !absl::ascii_isalpha(text[0])) return false;
  const bool is_word = std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
  });
  if (!is_word) return false;
  const std::string lower = absl::AsciiStrToLower(text);
  for (absl::string_view other : {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}) {
    if (lower == other) return false;
  }
  return true;
}

// Double quotes, with the escapes that JSON has, too.
std::string QuotedText(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted.push_back('\\');
      quoted.push_back(c);
    } else if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppend(&quoted, "\\u", absl::Hex(byte, absl::kZeroPad4));
    } else {
      quoted.push_back(c);
    }
  }
  quoted.push_back('"');
  return quoted;
}

std::string TextOf(absl::string_view text) {
  return IsPlain(text) ? std::string(text) : QuotedText(text);
}

// Keys of maps; "*" and the like are quoted.
std::string KeyOf(absl::string_view key) {
  const bool is_name = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
  });
  const bool has_letter = std::any_of(key.begin(), key.end(), absl::ascii_isalpha);
  return is_name && has_letter && IsPlain(key) ? std::string(key) : QuotedText(key);
}

Yaml MessageYaml(const Message& message);

// A value of a field that is no list, or one of those of a list.
Yaml ValueYaml(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool listed = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = listed ? reflection.GetRepeatedString(message, &field, index)
                                      : reflection.GetString(message, &field);
      const bool is_bytes = field.type() == FieldDescriptor::TYPE_BYTES;
      return Scalar(is_bytes ? QuotedText(absl::Base64Escape(text)) : TextOf(text));
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = listed ? reflection.GetRepeatedEnumValue(message, &field, index)
                                : reflection.GetEnumValue(message, &field);
      const auto* value = field.enum_type()->FindValueByNumber(number);
      if (value == nullptr) return Scalar(absl::StrCat(number));
      const std::string name = ShortEnumName(*value);
      const bool is_read = FindEnumValue(*field.enum_type(), name) == value;
      return Scalar(is_read ? name : value->name());
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return Scalar((listed ? reflection.GetRepeatedBool(message, &field, index)
                            : reflection.GetBool(message, &field))
                        ? "true"
                        : "false");
    case FieldDescriptor::CPPTYPE_INT32:
      return Scalar(absl::StrCat(listed ? reflection.GetRepeatedInt32(message, &field, index)
                                        : reflection.GetInt32(message, &field)));
    case FieldDescriptor::CPPTYPE_INT64:
      return Scalar(absl::StrCat(listed ? reflection.GetRepeatedInt64(message, &field, index)
                                        : reflection.GetInt64(message, &field)));
    case FieldDescriptor::CPPTYPE_UINT32:
      return Scalar(absl::StrCat(listed ? reflection.GetRepeatedUInt32(message, &field, index)
                                        : reflection.GetUInt32(message, &field)));
    case FieldDescriptor::CPPTYPE_UINT64:
      return Scalar(absl::StrCat(listed ? reflection.GetRepeatedUInt64(message, &field, index)
                                        : reflection.GetUInt64(message, &field)));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageYaml(listed ? reflection.GetRepeatedMessage(message, &field, index)
                                : reflection.GetMessage(message, &field));
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      break;
  }
  return Scalar("\"\"");
}

Yaml MapYaml(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  Yaml yaml;
  yaml.kind = Yaml::Kind::kMapping;
  for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, &field, i);
    const FieldDescriptor& key = *field.message_type()->map_key();
    yaml.items.emplace_back(entry.GetReflection()->GetString(entry, &key),
                            ValueYaml(entry, *field.message_type()->map_value(), 0));
  }
  std::sort(yaml.items.begin(), yaml.items.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& item : yaml.items) item.first = KeyOf(item.first);
  return yaml;
}

Yaml ListYaml(const Message& message, const FieldDescriptor& field) {
  Yaml yaml;
  yaml.kind = Yaml::Kind::kList;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    yaml.items.emplace_back("", ValueYaml(message, field, i));
  }
  return yaml;
}

Yaml MessageYaml(const Message& message) {
  using google::protobuf::Duration;
  using google::protobuf::Timestamp;
  using google::protobuf::util::TimeUtil;
  if (message.GetDescriptor() == Duration::descriptor()) {
    return Scalar(TimeUtil::ToString(static_cast<const Duration&>(message)));
  }
  if (message.GetDescriptor() == Timestamp::descriptor()) {
    return Scalar(QuotedText(TimeUtil::ToString(static_cast<const Timestamp&>(message))));
  }
  Yaml yaml;
  yaml.kind = Yaml::Kind::kMapping;
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    yaml.items.emplace_back(field->name(), field->is_map()        ? MapYaml(message, *field)
                                           : field->is_repeated() ? ListYaml(message, *field)
                                                                  : ValueYaml(message, *field, 0));
  }
  return yaml;
}

// Appends it in one line, as long as there is room; whether there was.
bool AppendFlow(const Yaml& yaml, size_t room, std::string& out) {
  const size_t begin = out.size();
  const auto fits = [&] { return out.size() - begin <= room; };
  if (yaml.kind == Yaml::Kind::kScalar) {
    out += yaml.text;
    return fits();
  }
  const bool is_list = yaml.kind == Yaml::Kind::kList;
  if (yaml.items.empty()) {
    out += is_list ? "[]" : "{}";
    return fits();
  }
  out += is_list ? "[" : "{ ";
  for (size_t i = 0; i < yaml.items.size(); ++i) {
    if (i > 0) out += ", ";
    if (!is_list) absl::StrAppend(&out, yaml.items[i].first, ": ");
    if (!fits() || !AppendFlow(yaml.items[i].second, room - (out.size() - begin), out)) {
      return false;
    }
  }
  out += is_list ? "]" : " }";
  return fits();
}

void AppendBlock(const Yaml& yaml, size_t indent, std::string& out);

// What follows a key or a dash; `column` is where it would begin in the same line.
void AppendValue(const Yaml& yaml, size_t indent, size_t column, std::string& out) {
  std::string flow;
  const size_t room = column < kColumns ? kColumns - column : 0;
  const bool fits = AppendFlow(yaml, room, flow);
  if (yaml.kind == Yaml::Kind::kScalar || yaml.items.empty() || fits) {
    absl::StrAppend(&out, " ", flow, "\n");
    return;
  }
  out += "\n";
  AppendBlock(yaml, indent + 2, out);
}

void AppendBlock(const Yaml& yaml, size_t indent, std::string& out) {
  const std::string begin(indent, ' ');
  for (const auto& [key, value] : yaml.items) {
    if (yaml.kind == Yaml::Kind::kList) {
      const size_t item = out.size();
      absl::StrAppend(&out, begin, "-");
      AppendValue(value, indent, indent + 2, out);
      // What has no room in this line begins in it all the same.
      if (out[item + indent + 1] == '\n') out.replace(item, indent + 2 + indent + 2, begin + "- ");
    } else {
      absl::StrAppend(&out, begin, key, ":");
      AppendValue(value, indent, indent + key.size() + 2, out);
    }
  }
}

}  // namespace

std::string WritePlan(const v1::Plan& plan) {
  const Yaml yaml = MessageYaml(plan);
  if (yaml.items.empty()) return "{}\n";
  std::string out;
  AppendBlock(yaml, 0, out);
  return out;
}

}  // namespace libroute
