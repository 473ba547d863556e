#include "libroute/rehearsal/expectation.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/written_duration.h"
#include "libroute/v1/decision.pb.h"
#include "libroute/wire/enum_name.h"

namespace libroute {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr absl::string_view kNothing = "nothing";

const Reflection& ReflectionOf(const Message& message) {
  return *message.GetReflection();
}

std::string MessageText(const Message& value) {
  const std::string& type = value.GetDescriptor()->full_name();
  if (type == google::protobuf::Duration::descriptor()->full_name()) {
    const auto& duration = static_cast<const google::protobuf::Duration&>(value);
    return absl::FormatDuration(WrittenDuration(duration));
  }
  if (type == google::protobuf::Timestamp::descriptor()->full_name()) {
    const auto& time = static_cast<const google::protobuf::Timestamp&>(value);
    return absl::FormatTime(absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos()),
                            absl::UTCTimeZone());
  }
  return absl::StrCat("{", value.ShortDebugString(), "}");
}

// Durations and times are compared as values, not field by field.
bool IsValue(const FieldDescriptor& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE ||
         field.message_type()->file()->package() == "google.protobuf";
}

std::string ScalarText(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = ReflectionOf(message);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(reflection.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(reflection.GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(reflection.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(reflection.GetUInt64(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, &field) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumName(*reflection.GetEnum(message, &field));
    case FieldDescriptor::CPPTYPE_STRING:
      return Quoted(reflection.GetString(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(reflection.GetMessage(message, &field));
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(reflection.GetDouble(message, &field));
  }
  return "";
}

std::string ElementText(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = ReflectionOf(message);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumName(*reflection.GetRepeatedEnum(message, &field, index));
    case FieldDescriptor::CPPTYPE_STRING:
      return Quoted(reflection.GetRepeatedString(message, &field, index));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageText(reflection.GetRepeatedMessage(message, &field, index));
    default:
      return "";
  }
}

// Walks two messages side by side.
class Comparer {
 public:
  void Compare(const std::string& path, const Message& expected, const Message& actual) {
    std::vector<const FieldDescriptor*> fields;
    ReflectionOf(expected).ListFields(expected, &fields);
    for (const FieldDescriptor* field : fields) {
      CompareField(FieldPath(path, field->name()), *field, {expected, actual});
    }
  }

  std::vector<FieldDifference> Take() && { return std::move(differences_); }

 private:
  struct Pair {
    const Message& expected;
    const Message& actual;
  };

  void CompareField(const std::string& path, const FieldDescriptor& field, Pair pair) {
    if (field.is_map()) return CompareMap(path, field, pair);
    if (field.is_repeated()) return CompareList(path, field, pair);
    const bool is_set = IsSet(field, pair.actual);
    if (IsValue(field)) {
      std::string expected = ScalarText(pair.expected, field);
      std::string actual = is_set ? ScalarText(pair.actual, field) : std::string(kNothing);
      if (expected != actual) Add(path, std::move(expected), std::move(actual));
      return;
    }
    const Message& expected = ReflectionOf(pair.expected).GetMessage(pair.expected, &field);
    if (!is_set && expected.ByteSizeLong() == 0) return Add(path, "{}", std::string(kNothing));
    Compare(path, expected, ReflectionOf(pair.actual).GetMessage(pair.actual, &field));
  }

  // ListFields gives the fields that are set: also for fields that have no
  // presence of their own.
  static bool IsSet(const FieldDescriptor& field, const Message& message) {
    return ReflectionOf(message).HasField(message, &field);
  }

  void CompareList(const std::string& path, const FieldDescriptor& field, Pair pair) {
    const int expected_size = ReflectionOf(pair.expected).FieldSize(pair.expected, &field);
    const int actual_size = ReflectionOf(pair.actual).FieldSize(pair.actual, &field);
    if (IsValue(field)) {
      std::string expected = ListText(pair.expected, field);
      std::string actual = ListText(pair.actual, field);
      if (expected != actual) Add(path, std::move(expected), std::move(actual));
      return;
    }
    if (expected_size != actual_size) {
      return Add(path, absl::StrCat(expected_size, " of them"), absl::StrCat(actual_size));
    }
    for (int i = 0; i < expected_size; ++i) {
      Compare(IndexPath(path, i),
              ReflectionOf(pair.expected).GetRepeatedMessage(pair.expected, &field, i),
              ReflectionOf(pair.actual).GetRepeatedMessage(pair.actual, &field, i));
    }
  }

  static std::string ListText(const Message& message, const FieldDescriptor& field) {
    std::vector<std::string> texts;
    for (int i = 0; i < ReflectionOf(message).FieldSize(message, &field); ++i) {
      texts.push_back(ElementText(message, field, i));
    }
    return absl::StrCat("[", absl::StrJoin(texts, ", "), "]");
  }

  void CompareMap(const std::string& path, const FieldDescriptor& field, Pair pair) {
    const std::map<std::string, std::string> actual = MapEntries(pair.actual, field);
    for (const auto& [key, value] : MapEntries(pair.expected, field)) {
      auto found = actual.find(key);
      std::string there = found == actual.end() ? std::string(kNothing) : found->second;
      if (there != value) Add(KeyPath(path, key), value, std::move(there));
    }
  }

  static std::map<std::string, std::string> MapEntries(const Message& message,
                                                       const FieldDescriptor& field) {
    std::map<std::string, std::string> entries;
    for (int i = 0; i < ReflectionOf(message).FieldSize(message, &field); ++i) {
      const Message& entry = ReflectionOf(message).GetRepeatedMessage(message, &field, i);
      entries[ReflectionOf(entry).GetString(entry, field.message_type()->map_key())] =
          ScalarText(entry, *field.message_type()->map_value());
    }
    return entries;
  }

  void Add(std::string path, std::string expected, std::string actual) {
    differences_.push_back({std::move(path), std::move(expected), std::move(actual)});
  }

  std::vector<FieldDifference> differences_;
};

// The field of `decision` that says what to do, null if none is set.
const FieldDescriptor* ActionField(const v1::Decision& decision) {
  return ReflectionOf(decision).GetOneofFieldDescriptor(
      decision, v1::Decision::descriptor()->FindOneofByName("action"));
}

std::string ActionText(const FieldDescriptor* field) {
  return field == nullptr ? std::string(kNothing) : field->name();
}

}  // namespace

std::vector<FieldDifference> Differences(const v1::Decision& expected, const v1::Decision& actual) {
  const FieldDescriptor* expected_action = ActionField(expected);
  const FieldDescriptor* actual_action = ActionField(actual);
  Comparer comparer;
  if (expected_action == nullptr || expected_action == actual_action) {
    comparer.Compare("", expected, actual);
    return std::move(comparer).Take();
  }
  // What another action looks like inside says nothing.
  v1::Decision rest = expected;
  ReflectionOf(rest).ClearField(&rest, expected_action);
  comparer.Compare("", rest, actual);
  std::vector<FieldDifference> differences = std::move(comparer).Take();
  differences.insert(differences.begin(),
                     {"action", ActionText(expected_action), ActionText(actual_action)});
  return differences;
}

}  // namespace libroute
