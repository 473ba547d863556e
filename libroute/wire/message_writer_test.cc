#include "libroute/wire/message_writer.h"

#include <string>

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "libroute/v1/decision.pb.h"

namespace libroute {
namespace {

template <typename Message>
Message Parsed(const MessageWriter& out) {
  Message message;
  const absl::string_view bytes = out.bytes();
  EXPECT_TRUE(message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
  return message;
}

TEST(MessageWriter, WritesNothingOfWhatIsEmptyOrZero) {
  MessageWriter out;
  out.Text(1, "");
  out.Unsigned(2, 0);
  out.Signed(3, 0);
  out.Packed(4, {});
  out.Number(5, E164Number());
  EXPECT_EQ(out.bytes(), "");
}

TEST(MessageWriter, WritesWhatProtobufReads) {
  MessageWriter out;
  out.Text(v1::Leg::kSiteFieldNumber, "north");
  out.Bytes(v1::Leg::kUriFieldNumber, "");
  out.Signed(v1::Leg::kPriorityFieldNumber, -100);
  out.Unsigned(v1::Leg::kFreeFieldNumber, true);
  out.Enum(v1::Leg::kTriggerFieldNumber, v1::TRIGGER_SUPPRESS);
  out.Number(v1::Leg::kChargedNumberFieldNumber, *E164Number::Parse("+3222000100"));
  out.Message(v1::Leg::kPresentedFieldNumber, [] {});
  const auto leg = Parsed<v1::Leg>(out);
  EXPECT_EQ(leg.site(), "north");
  EXPECT_EQ(leg.address_case(), v1::Leg::kUri);
  EXPECT_EQ(leg.priority(), -100);
  EXPECT_TRUE(leg.free());
  EXPECT_EQ(leg.trigger(), v1::TRIGGER_SUPPRESS);
  EXPECT_EQ(leg.charged_number(), "+3222000100");
  EXPECT_TRUE(leg.has_presented());
}

TEST(MessageWriter, WritesListsOfEnums) {
  MessageWriter out;
  out.Packed(v1::Decision::kDependsOnFieldNumber, {v1::DEPENDENCE_CALL, v1::DEPENDENCE_GROUP});
  const auto decision = Parsed<v1::Decision>(out);
  ASSERT_EQ(decision.depends_on_size(), 2);
  EXPECT_EQ(decision.depends_on(0), v1::DEPENDENCE_CALL);
  EXPECT_EQ(decision.depends_on(1), v1::DEPENDENCE_GROUP);
}

TEST(MessageWriter, WritesDurations) {
  for (absl::Duration duration : {absl::ZeroDuration(), absl::Milliseconds(1500), absl::Hours(9000),
                                  -absl::Seconds(3), -absl::Milliseconds(1500)}) {
    MessageWriter out;
    out.Duration(v1::Leg::kRingTimeoutFieldNumber, duration);
    const auto leg = Parsed<v1::Leg>(out);
    ASSERT_TRUE(leg.has_ring_timeout());
    EXPECT_EQ(
        absl::Seconds(leg.ring_timeout().seconds()) + absl::Nanoseconds(leg.ring_timeout().nanos()),
        duration);
  }
}

// Around the sizes at which a length takes another byte.
TEST(MessageWriter, GivesMessagesOfAnyLengthTheirLength) {
  for (size_t size :
       {0, 1, 120, 123, 124, 125, 126, 127, 128, 16378, 16379, 16380, 16381, 16384, 70000}) {
    MessageWriter out;
    const std::string text(size, 'x');
    out.Message(v1::Decision::kDialFieldNumber, [&] {
      out.Message(v1::DialDecision::kLegsFieldNumber,
                  [&] { out.Text(v1::Leg::kSiteFieldNumber, text); });
      out.Enum(v1::DialDecision::kOrderFieldNumber, v1::LEG_ORDER_TOGETHER);
    });
    out.Text(v1::Decision::kNodeFieldNumber, "trees.desk");
    v1::Decision expected;
    expected.mutable_dial()->add_legs()->set_site(text);
    expected.mutable_dial()->set_order(v1::LEG_ORDER_TOGETHER);
    expected.set_node("trees.desk");
    EXPECT_EQ(out.bytes(), expected.SerializeAsString()) << size;
  }
}

TEST(MessageWriter, BeginsAnewWhenCleared) {
  MessageWriter out;
  out.Text(1, std::string(5000, 'x'));
  out.Clear();
  EXPECT_EQ(out.bytes(), "");
  out.Text(v1::Leg::kSiteFieldNumber, "north");
  EXPECT_EQ(Parsed<v1::Leg>(out).site(), "north");
}

}  // namespace
}  // namespace libroute
