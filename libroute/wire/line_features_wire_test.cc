#include "libroute/wire/line_features_wire.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

TEST(LineFeaturesWire, GoesThereAndBack) {
  v1::LineFeatures message;
  message.set_do_not_disturb(v1::SWITCH_STATE_OFF);
  message.mutable_always()->set_to("+32470000001");
  message.mutable_busy()->set_state(v1::SWITCH_STATE_OFF);
  message.mutable_no_answer()->set_state(v1::SWITCH_STATE_OFF);
  message.mutable_no_answer()->set_to("+32470000002");
  const absl::StatusOr<LineSettings> settings = FromProto(message);
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ((*settings)[LineFeature::kForwardAlways].state, FeatureSetting::State::kOn);
  EXPECT_EQ((*settings)[LineFeature::kForwardUnreachable], FeatureSetting());
  v1::LineFeatures back;
  ToProto(*settings, &back);
  message.mutable_always()->set_state(v1::SWITCH_STATE_ON);
  EXPECT_EQ(back.ShortDebugString(), message.ShortDebugString());
}

TEST(LineFeaturesWire, NamesWhatIsWrong) {
  v1::LineFeatures message;
  message.mutable_busy();
  EXPECT_THAT(FromProto(message).status().message(), HasSubstr("busy.to: is missing"));
  message.mutable_busy()->set_to("0470");
  EXPECT_THAT(FromProto(message).status().message(), HasSubstr("busy.to: \"0470\""));
  message.mutable_busy()->set_state(static_cast<v1::SwitchState>(7));
  EXPECT_THAT(FromProto(message).status().message(), HasSubstr("busy.state: 7"));
  message.set_do_not_disturb(static_cast<v1::SwitchState>(9));
  EXPECT_THAT(FromProto(message).status().message(), HasSubstr("do_not_disturb: 9"));
}

}  // namespace
}  // namespace libroute
