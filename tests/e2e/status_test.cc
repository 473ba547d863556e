// What is said of the world counts for the next call.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

constexpr char kLinesPlan[] = R"(
customer: lines
numbers: [{ number: "+3222000300", tree: hotline }, { number: "+3222000302" }]
limits: { hotline: { calls: 1 } }
recovery_plans: { fire: { tree: fire, numbers: "+3222000302" } }
trees:
  hotline: { limit: { limit: hotline, then: { voicemail: { mailbox: in } } } }
  fire: { voicemail: { mailbox: fire } }
lines: { ann: { number: "+3222000301", voicemail: ann } }
feature_codes: {}
)";

class StatusOfTheWorld : public testing::Test {
 protected:
  grpc::Status ReportSite(const std::string& site, v1::Status status) {
    v1::ReportStatusRequest request;
    request.set_customer("customers/acme");
    request.set_site(site);
    request.set_status(status);
    v1::ReportStatusResponse response;
    return client_.status().ReportStatus(NewContext().get(), request, &response);
  }
  grpc::Status SetMeeting(v1::SwitchState state) {
    v1::SetSwitchRequest request;
    request.set_customer("customers/acme");
    request.set_switch_("meeting");
    request.set_state(state);
    v1::SetSwitchResponse response;
    return client_.status().SetSwitch(NewContext().get(), request, &response);
  }

  grpc::Status LeaveAnnAlone() {
    v1::SetLineFeaturesRequest request;
    request.set_customer("customers/lines");
    request.set_line("ann");
    request.mutable_features()->set_do_not_disturb(v1::SWITCH_STATE_ON);
    v1::SetLineFeaturesResponse response;
    return client_.status().SetLineFeatures(NewContext().get(), request, &response);
  }

  TempDirectory directory_;
  RoutedProcess routed_{{"--plan", directory_.Write("acme.yaml", kAcmePlan), "--plan",
                         directory_.Write("lines.yaml", kLinesPlan), "--listen", "127.0.0.1:0"}};
  Client client_{routed_.Address()};
};

TEST_F(StatusOfTheWorld, SiteThatIsDownIsNotDialled) {
  EXPECT_TRUE(client_.Ask(FirstQuestion("a")).has_dial());
  ASSERT_TRUE(ReportSite("north", v1::STATUS_DOWN).ok());
  EXPECT_EQ(client_.Ask(FirstQuestion("b")).voicemail().mailbox(), "down");
  ASSERT_TRUE(ReportSite("north", v1::STATUS_UP).ok());
  EXPECT_TRUE(client_.Ask(FirstQuestion("c")).has_dial());
}

TEST_F(StatusOfTheWorld, HandSwitchTurnsTheNextCall) {
  ASSERT_TRUE(SetMeeting(v1::SWITCH_STATE_ON).ok());
  EXPECT_EQ(client_.Ask(FirstQuestion("a")).voicemail().mailbox(), "meeting");
  ASSERT_TRUE(SetMeeting(v1::SWITCH_STATE_OFF).ok());
  EXPECT_TRUE(client_.Ask(FirstQuestion("b")).has_dial());
}

TEST_F(StatusOfTheWorld, LineIsSwitchedForTheNextCall) {
  const auto call_ann = [this](const std::string& reference) {
    return client_.Ask(FirstQuestion(reference, "+3222000301"));
  };
  EXPECT_TRUE(call_ann("a").has_dial());
  ASSERT_TRUE(LeaveAnnAlone().ok());
  EXPECT_EQ(call_ann("b").voicemail().mailbox(), "ann");
  v1::ListLineFeaturesRequest request;
  request.set_customer("customers/lines");
  v1::ListLineFeaturesResponse listed;
  ASSERT_TRUE(client_.status().ListLineFeatures(NewContext().get(), request, &listed).ok());
  ASSERT_EQ(listed.lines_size(), 1);
  EXPECT_EQ(listed.lines(0).line(), "ann");
}

TEST_F(StatusOfTheWorld, ACodeThatIsDialledOnALineSwitchesIt) {
  v1::RouteRequest question = FirstQuestion("a");
  v1::Call& call = *question.mutable_call();
  call.set_direction(v1::DIRECTION_OUTBOUND);
  call.set_originating_line("+3222000301");
  // Longer than any number.
  call.set_called("*21*0032470000001#");
  EXPECT_EQ(client_.Ask(question).announce().message(), "feature-accepted");
  EXPECT_EQ(client_.Ask(FirstQuestion("b", "+3222000301")).dial().legs(0).number(), "+32470000001");
}

TEST_F(StatusOfTheWorld, LimitsAreTold) {
  const v1::Decision first = client_.Ask(FirstQuestion("a", "+3222000300"));
  EXPECT_TRUE(first.has_voicemail());
  EXPECT_THAT(first.report(), testing::ElementsAre(v1::REPORT_KIND_RELEASED));
  const v1::Decision second = client_.Ask(FirstQuestion("b", "+3222000300"));
  EXPECT_EQ(second.reject().sip_status(), 486);
  EXPECT_EQ(second.limited_by(), "limit hotline");
  v1::ListLimitsRequest request;
  request.set_customer("customers/lines");
  v1::ListLimitsResponse listed;
  ASSERT_TRUE(client_.status().ListLimits(NewContext().get(), request, &listed).ok());
  ASSERT_EQ(listed.limits_size(), 1);
  EXPECT_EQ(listed.limits(0).calls(), 1);
  EXPECT_EQ(listed.limits(0).found_full(), 1);
}

TEST_F(StatusOfTheWorld, UnknownNamesAreRefusedWithTheNearest) {
  grpc::Status status = ReportSite("nort", v1::STATUS_DOWN);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(status.error_message(), testing::HasSubstr("did you mean \"north\"?"));
  EXPECT_EQ(SetMeeting(v1::SWITCH_STATE_UNSPECIFIED).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(StatusOfTheWorld, RecoveryPlanTurnsTheNextCall) {
  const auto set = [this](v1::RecoveryState state) {
    v1::SetRecoveryRequest request;
    request.set_customer("customers/lines");
    request.set_recovery_plan("fire");
    request.set_state(state);
    v1::SetRecoveryResponse response;
    return client_.status().SetRecovery(NewContext().get(), request, &response);
  };
  EXPECT_EQ(client_.Ask(FirstQuestion("a", "+3222000302")).pass_through().reason(),
            v1::PASS_THROUGH_REASON_CONTINUITY_OFF);
  ASSERT_TRUE(set(v1::RECOVERY_STATE_ON).ok());
  const v1::Decision on = client_.Ask(FirstQuestion("b", "+3222000302"));
  EXPECT_EQ(on.voicemail().mailbox(), "fire");
  EXPECT_EQ(on.recovery_plan(), "fire");
  v1::ListRecoveryRequest request;
  request.set_customer("customers/lines");
  v1::ListRecoveryResponse listed;
  ASSERT_TRUE(client_.status().ListRecovery(NewContext().get(), request, &listed).ok());
  ASSERT_EQ(listed.recovery_plans_size(), 1);
  EXPECT_EQ(listed.recovery_plans(0).state(), v1::RECOVERY_STATE_ON);
  EXPECT_EQ(listed.recovery_plans(0).history(0).value(), "on");
  ASSERT_TRUE(set(v1::RECOVERY_STATE_OFF).ok());
  EXPECT_TRUE(client_.Ask(FirstQuestion("c", "+3222000302")).has_pass_through());
}

TEST_F(StatusOfTheWorld, SwitchesAreListed) {
  ASSERT_TRUE(SetMeeting(v1::SWITCH_STATE_ON).ok());
  v1::ListSwitchesRequest request;
  request.set_customer("customers/acme");
  v1::ListSwitchesResponse listed;
  ASSERT_TRUE(client_.status().ListSwitches(NewContext().get(), request, &listed).ok());
  ASSERT_EQ(listed.switches_size(), 1);
  EXPECT_EQ(listed.switches(0).value(), "on");
  EXPECT_EQ(listed.switches(0).history_size(), 1);
}

}  // namespace
}  // namespace libroute
