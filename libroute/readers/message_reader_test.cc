#include "libroute/readers/message_reader.h"

#include <memory>

#include "gmock/gmock.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using testing::HasSubstr;

// A message with what the plan does not have: every kind of number, and maps
// by numbers.
constexpr char kSchema[] = R"pb(
  name: "all.proto"
  package: "t"
  syntax: "proto3"
  message_type {
    name: "All"
    field { name: "i32" number: 1 type: TYPE_SINT32 label: LABEL_OPTIONAL }
    field { name: "i64" number: 2 type: TYPE_INT64 label: LABEL_OPTIONAL }
    field { name: "u32" number: 3 type: TYPE_FIXED32 label: LABEL_OPTIONAL }
    field { name: "u64" number: 4 type: TYPE_UINT64 label: LABEL_OPTIONAL }
    field { name: "d" number: 5 type: TYPE_DOUBLE label: LABEL_OPTIONAL }
    field { name: "f" number: 6 type: TYPE_FLOAT label: LABEL_REPEATED }
    field { name: "b" number: 7 type: TYPE_BOOL label: LABEL_REPEATED }
    field {
      name: "by_number"
      number: 8
      type: TYPE_MESSAGE
      label: LABEL_REPEATED
      type_name: ".t.All.ByNumberEntry"
    }
    field {
      name: "by_bool"
      number: 9
      type: TYPE_MESSAGE
      label: LABEL_REPEATED
      type_name: ".t.All.ByBoolEntry"
    }
    nested_type {
      name: "ByNumberEntry"
      field { name: "key" number: 1 type: TYPE_INT64 label: LABEL_OPTIONAL }
      field { name: "value" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL }
      options { map_entry: true }
    }
    nested_type {
      name: "ByBoolEntry"
      field { name: "key" number: 1 type: TYPE_BOOL label: LABEL_OPTIONAL }
      field { name: "value" number: 2 type: TYPE_MESSAGE label: LABEL_OPTIONAL type_name: ".t.All" }
      options { map_entry: true }
    }
  })pb";

class ReadMessageTest : public testing::Test {
 protected:
  ReadMessageTest() {
    google::protobuf::FileDescriptorProto file;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kSchema, &file));
    const auto* built = pool_.BuildFile(file);
    message_.reset(factory_.GetPrototype(built->message_type(0))->New());
  }

  // The message in text format, or what is wrong with it.
  std::string Read(absl::string_view text) {
    message_->Clear();
    const MessageReading reading = ReadMessage(text, "f", PlanLimits(), *message_);
    if (!reading.issues.empty())
      return reading.issues[0].code + " " + FormatIssue(reading.issues[0]);
    return message_->ShortDebugString();
  }

  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_{&pool_};
  std::unique_ptr<google::protobuf::Message> message_;
};

TEST_F(ReadMessageTest, ReadsNumbersToTheirEnds) {
  EXPECT_EQ(Read("i32: -2147483648"), "i32: -2147483648");
  EXPECT_EQ(Read("i64: -9223372036854775808"), "i64: -9223372036854775808");
  EXPECT_EQ(Read("i64: \"9223372036854775807\""), "i64: 9223372036854775807");
  EXPECT_EQ(Read("u32: 4294967295"), "u32: 4294967295");
  EXPECT_EQ(Read("u64: 18446744073709551615"), "u64: 18446744073709551615");
  EXPECT_EQ(Read("i64: 9007199254740992.0"), "i64: 9007199254740992");
  EXPECT_EQ(Read("d: 1.5e300\nf: [-5e-1, 3, NaN, -Infinity]"),
            "d: 1.5e+300 f: -0.5 f: 3 f: nan f: -inf");
}

TEST_F(ReadMessageTest, RefusesNumbersBeyondTheirEnds) {
  EXPECT_THAT(Read("i32: 2147483648"), HasSubstr("bad-value f:1:6: error: i32: "));
  EXPECT_THAT(Read("i64: 9223372036854775808"), HasSubstr("bad-value"));
  EXPECT_THAT(Read("u64: 18446744073709551616"), HasSubstr("bad-value"));
  EXPECT_THAT(Read("u32: -1"), HasSubstr("bad-value"));
  EXPECT_THAT(Read("f: 1e39"), HasSubstr("bad-value f:1:4: error: f[0]: \"1e39\" is too large"));
}

TEST_F(ReadMessageTest, RefusesWhatOnlyLooksLikeANumber) {
  for (const char* text : {"0x10", "1_000", "+5", " ", "--1", "1e", "e5", "inf", "1,5", ".", "-"}) {
    EXPECT_THAT(Read("i32: '" + std::string(text) + "'"), HasSubstr("wrong-type")) << text;
    EXPECT_THAT(Read("d: '" + std::string(text) + "'"), HasSubstr("wrong-type")) << text;
  }
}

TEST_F(ReadMessageTest, ReadsBooleans) {
  EXPECT_EQ(Read("b: [true, false, yes, no, on, off, TRUE, Off]"),
            "b: true b: false b: true b: false b: true b: false b: true b: false");
  EXPECT_THAT(Read("b: 1"), HasSubstr("wrong-type"));
}

TEST_F(ReadMessageTest, ReadsKeysThatAreNumbersAndBooleans) {
  EXPECT_EQ(Read("byNumber: { -1: a, '2': b }"),
            "by_number { key: -1 value: \"a\" } by_number { key: 2 value: \"b\" }");
  EXPECT_EQ(Read("by_bool: { yes: { u32: 1 }, false: }"),
            "by_bool { key: false value { } } by_bool { key: true value { u32: 1 } }");
}

TEST_F(ReadMessageTest, FindsEqualKeysInAnySpelling) {
  EXPECT_THAT(Read("by_number: { 1: a, 1.0: b }"), HasSubstr("duplicate-field f:1:20: error: "));
  EXPECT_THAT(Read("by_bool: { on: {}, true: {} }"), HasSubstr("duplicate-field"));
  EXPECT_THAT(Read("by_number: { x: a }"), HasSubstr("wrong-type f:1:14: error: by_number.x: "));
}

}  // namespace
}  // namespace libroute
