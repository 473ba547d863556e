// What protobuf prints as JSON, and what is written as YAML, is read back as the same
// message.

#include <functional>
#include <random>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "libroute/readers/field_writer.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/readers/plan_writer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Fills messages at random, with all that their types allow.
class Filler {
 public:
  explicit Filler(uint32_t seed) : random_(seed) {}

  // Fills `message`, going at most `depth` messages down.
  void Fill(Message& message, int depth) {
    const Descriptor& type = *message.GetDescriptor();
    types_.insert(type.full_name());
    if (type.full_name() == "google.protobuf.Duration") {
      return FillTime(message, static_cast<int64_t>(random_() % 1000000) - 500000);
    }
    if (type.full_name() == "google.protobuf.Timestamp") return FillTime(message, random_());
    std::set<const google::protobuf::OneofDescriptor*> chosen;
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field((i + offset_) % type.field_count());
      const auto* oneof = field.real_containing_oneof();
      if (oneof != nullptr && !chosen.insert(oneof).second) continue;
      const int count = field.is_repeated() ? random_() % 3 : random_() % 4 == 0 ? 0 : 1;
      for (int j = 0; j < count; ++j) FillField(field, message, depth);
      if (type.full_name() == "libroute.v1.Node") ++offset_;
    }
  }

  const std::set<std::string>& types() const { return types_; }

 private:
  void FillTime(Message& message, int64_t seconds) {
    const Descriptor& type = *message.GetDescriptor();
    const int32_t nanos = random_() % 2 ? random_() % 1'000'000'000 : 0;
    message.GetReflection()->SetInt64(&message, type.field(0), seconds);
    message.GetReflection()->SetInt32(&message, type.field(1), seconds < 0 ? -nanos : nanos);
  }

  void FillField(const FieldDescriptor& field, Message& message, int depth) {
    FieldWriter writer(field, message);
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return writer.Write(static_cast<int32_t>(random_()));
      case FieldDescriptor::CPPTYPE_INT64:
        return writer.Write(static_cast<int64_t>(random_()) * 1'000'003);
      case FieldDescriptor::CPPTYPE_UINT32:
        return writer.Write(static_cast<uint32_t>(random_()));
      case FieldDescriptor::CPPTYPE_BOOL:
        return writer.Write(random_() % 2 == 0);
      case FieldDescriptor::CPPTYPE_ENUM:
        return writer.Write(field.enum_type()->value(random_() % field.enum_type()->value_count()));
      case FieldDescriptor::CPPTYPE_STRING:
        return writer.Write(Text(field.type() == FieldDescriptor::TYPE_BYTES));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (field.is_map()) return FillEntry(writer.WriteMessage(), depth);
        if (depth > 0) Fill(writer.WriteMessage(), depth - 1);
        return;
      default:
        FAIL() << field.full_name() << " has a type that is not filled";
    }
  }

  // Equal keys would not come back twice.
  void FillEntry(Message& entry, int depth) {
    const Descriptor& type = *entry.GetDescriptor();
    FieldWriter(*type.map_key(), entry).Write(absl::StrCat(Text(false), ++keys_));
    if (type.map_value()->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      return FillField(*type.map_value(), entry, depth);
    }
    Message& value = FieldWriter(*type.map_value(), entry).WriteMessage();
    if (depth > 0) Fill(value, depth - 1);
  }

  std::string Text(bool is_bytes) {
    const char* const kTexts[] = {"",
                                  "a",
                                  "null",
                                  "~",
                                  "0123",
                                  "+32",
                                  "no",
                                  "# x",
                                  ": ",
                                  "- a",
                                  "\"'\\/",
                                  "\n\t\r",
                                  "\xC3\xA9",
                                  "*a",
                                  "{}",
                                  "\xE2\x80\xA8",
                                  "\xF0\x9F\x98\x80",
                                  "<\x7F>",
                                  "\x01\x1F",
                                  "2026-01-01"};
    if (is_bytes && random_() % 2) return "\xFF\xFE\xFB";
    return kTexts[random_() % 20];
  }

  std::mt19937 random_;
  std::set<std::string> types_;
  int offset_ = 0;
  int keys_ = 0;
};

void ExpectReadBack(const v1::Plan& plan, const google::protobuf::util::JsonPrintOptions& options) {
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(plan, &json, options).ok());
  // Flow style YAML knows no surrogate pairs, which protobuf does not print.
  for (const auto& [text, file] :
       {std::make_pair(json, "f.json"), {json, "f.yaml"}, {"# flow style\n" + json, "f.yaml"}}) {
    const ReadResult read = ReadPlan(text, file);
    ASSERT_EQ(read.issues.size(), 0u) << FormatIssue(read.issues[0]) << "\n" << json;
    ASSERT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*read.plan, plan)) << json;
  }
}

void ExpectReadBackFromYaml(const v1::Plan& plan) {
  const std::string text = WritePlan(plan);
  const ReadResult read = ReadPlan(text, "f.yaml");
  ASSERT_EQ(read.issues.size(), 0u) << FormatIssue(read.issues[0]) << "\n" << text;
  ASSERT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*read.plan, plan)) << text;
}

TEST(RoundTrip, GivesTheSamePlanThroughJsonAndYaml) {
  std::set<std::string> types;
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Filler filler(seed);
    v1::Plan plan;
    filler.Fill(plan, 7);
    google::protobuf::util::JsonPrintOptions options;
    ExpectReadBack(plan, options);
    options.preserve_proto_field_names = true;
    options.always_print_enums_as_ints = seed % 2 == 0;
    options.add_whitespace = true;
    ExpectReadBack(plan, options);
    ExpectReadBackFromYaml(plan);
    types.insert(filler.types().begin(), filler.types().end());
    if (HasFatalFailure()) return;
  }

  // All messages of the plan's schema took part.
  const std::function<void(const Descriptor&)> expect_used = [&](const Descriptor& type) {
    if (!type.options().map_entry()) {
      EXPECT_EQ(types.count(type.full_name()), 1u) << type.full_name();
    }
    for (int i = 0; i < type.nested_type_count(); ++i) expect_used(*type.nested_type(i));
  };
  for (int i = 0; i < v1::Plan::descriptor()->file()->message_type_count(); ++i) {
    expect_used(*v1::Plan::descriptor()->file()->message_type(i));
  }
}

}  // namespace
}  // namespace libroute
