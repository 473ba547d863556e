#include "services/status/status_handler.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::HasSubstr;

constexpr absl::string_view kPlan = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
sites: { north: { max_calls: 30 } }
gateways: { pstn: { gateways: [{ name: gw-1, uri: "sip:gw1.example.net" }] } }
destinations: { front: { number: "+3222000111", site: north, via: pstn } }
switches: { meeting: {} }
trees:
  main:
    switch:
      cases: [{ switch: meeting, then: { voicemail: { mailbox: meeting } } }]
      otherwise: { dial: { to: front, otherwise: { voicemail: { mailbox: main } } } }
)";

class StatusHandlers : public testing::Test {
 protected:
  StatusHandlers() : now_(absl::FromUnixSeconds(1790000000)) {
    EngineOptions options;
    options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
    engine_ = *Engine::Create(options);
    Publication publication = engine_->Publish(*ReadPlan(kPlan, "acme.yaml").plan, {}, now_);
    EXPECT_FALSE(HasErrors(publication.issues));
    handler_ = std::make_unique<StatusHandler>(*engine_, [this] { return now_; });
  }

  // What happens to a call now.
  std::string Action() {
    Call call;
    call.id = {"sw", 1, absl::StrCat(++calls_)};
    call.called = *E164Number::Parse("+3222000100");
    Decision decision;
    EXPECT_TRUE(engine_->Route(call, now_, decision).ok());
    auto* voicemail = std::get_if<VoicemailDecision>(&decision.action);
    if (voicemail == nullptr) return std::string(ActionName(decision.action));
    return std::string(voicemail->mailbox);
  }

  v1::ReportStatusRequest SiteDown() {
    v1::ReportStatusRequest request;
    request.set_customer("customers/acme");
    request.set_site("north");
    request.set_status(v1::STATUS_DOWN);
    return request;
  }
  v1::SetSwitchRequest MeetingOn() {
    v1::SetSwitchRequest request;
    request.set_customer("customers/acme");
    request.set_switch_("meeting");
    request.set_state(v1::SWITCH_STATE_ON);
    return request;
  }
  absl::Status Report(const v1::ReportStatusRequest& request) {
    return handler_->ReportStatus(request, principal_, &reported_);
  }
  absl::Status Set(const v1::SetSwitchRequest& request) {
    return handler_->SetSwitch(request, principal_, &set_);
  }

  absl::Time now_;
  int calls_ = 0;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<StatusHandler> handler_;
  Principal principal_ = Principal::WithAllRoles("test");
  v1::ReportStatusResponse reported_;
  v1::SetSwitchResponse set_;
};

TEST_F(StatusHandlers, SiteDownIsEffectiveForTheNextCallUntilTheLeaseEnds) {
  EXPECT_EQ(Action(), "dial");
  ASSERT_TRUE(Report(SiteDown()).ok());
  EXPECT_EQ(reported_.expires().seconds(), absl::ToUnixSeconds(now_) + 300);
  EXPECT_EQ(Action(), "main");
  now_ += absl::Minutes(6);
  EXPECT_EQ(Action(), "dial");
}

TEST_F(StatusHandlers, GatewayDownIsEffectiveForTheNextCall) {
  v1::ReportStatusRequest request = SiteDown();
  request.set_gateway("gw-1");
  ASSERT_TRUE(Report(request).ok());
  EXPECT_EQ(Action(), "main");
  request.set_status(v1::STATUS_UP);
  ASSERT_TRUE(Report(request).ok());
  EXPECT_EQ(Action(), "dial");
  request.set_gateway("gw-2");
  const absl::Status unknown = Report(request);
  EXPECT_TRUE(absl::IsNotFound(unknown));
  EXPECT_THAT(std::string(unknown.message()), HasSubstr("gateway: no gateway \"gw-2\""));
}

TEST_F(StatusHandlers, SwitchStaysOnUntilItsTime) {
  v1::SetSwitchRequest request = MeetingOn();
  request.mutable_until()->set_seconds(absl::ToUnixSeconds(now_) + 60);
  ASSERT_TRUE(Set(request).ok());
  EXPECT_EQ(set_.state(), v1::SWITCH_STATE_ON);
  EXPECT_EQ(set_.until().seconds(), request.until().seconds());
  EXPECT_EQ(Action(), "meeting");
  now_ += absl::Seconds(61);
  EXPECT_EQ(Action(), "dial");
}

TEST_F(StatusHandlers, SwitchGoesOffByHand) {
  v1::SetSwitchRequest request = MeetingOn();
  ASSERT_TRUE(Set(request).ok());
  EXPECT_EQ(Action(), "meeting");
  request.set_state(v1::SWITCH_STATE_OFF);
  ASSERT_TRUE(Set(request).ok());
  EXPECT_EQ(Action(), "dial");
}

TEST_F(StatusHandlers, CustomerActsForItselfOnly) {
  principal_ = Principal();
  principal_.name = "certificate acme";
  principal_.customer = "acme";
  EXPECT_TRUE(Report(SiteDown()).ok());
  EXPECT_TRUE(Set(MeetingOn()).ok());
  principal_.customer = "other";
  EXPECT_TRUE(absl::IsPermissionDenied(Report(SiteDown())));
  EXPECT_TRUE(absl::IsPermissionDenied(Set(MeetingOn())));
  // Nor is it told which customers there are.
  v1::SetSwitchRequest nobody = MeetingOn();
  nobody.set_customer("customers/nobody");
  EXPECT_TRUE(absl::IsPermissionDenied(Set(nobody)));
}

TEST_F(StatusHandlers, SwitchesOfTheNetworkMayNotReport) {
  principal_ = Principal();
  principal_.switch_name = "sbc-1";
  EXPECT_TRUE(absl::IsPermissionDenied(Report(SiteDown())));
}

TEST_F(StatusHandlers, UnknownNamesAreNotFound) {
  v1::ReportStatusRequest site = SiteDown();
  site.set_site("nort");
  EXPECT_TRUE(absl::IsNotFound(Report(site)));
  EXPECT_THAT(std::string(Report(site).message()), HasSubstr("did you mean \"north\"?"));
  v1::SetSwitchRequest meeting = MeetingOn();
  meeting.set_customer("customers/nobody");
  EXPECT_TRUE(absl::IsNotFound(Set(meeting)));
}

TEST_F(StatusHandlers, EveryFieldOfAStatusIsChecked) {
  auto complaint = [this](auto change) {
    v1::ReportStatusRequest request = SiteDown();
    change(request);
    absl::Status status = Report(request);
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
    return std::string(status.message());
  };
  using Request = v1::ReportStatusRequest;
  EXPECT_THAT(complaint([](Request& r) { r.set_customer("acme"); }),
              HasSubstr("customer: \"acme\" is not a customer; expected customers/acme"));
  EXPECT_THAT(complaint([](Request& r) { r.clear_site(); }), HasSubstr("subject: is missing"));
  EXPECT_THAT(complaint([](Request& r) { r.set_site(""); }), HasSubstr("site: \"\" is not a name"));
  EXPECT_THAT(complaint([](Request& r) { r.clear_status(); }), HasSubstr("status: 0"));
  EXPECT_THAT(complaint([](Request& r) { r.set_status(static_cast<v1::Status>(9)); }),
              HasSubstr("status: 9"));
  EXPECT_THAT(complaint([](Request& r) { r.mutable_lease(); }), HasSubstr("lease: 0"));
  EXPECT_THAT(complaint([](Request& r) { r.mutable_lease()->set_seconds(604801); }),
              HasSubstr("not between 1 second and 7 days"));
  EXPECT_THAT(complaint([](Request& r) { r.mutable_lease()->set_seconds(-5); }),
              HasSubstr("lease: "));
}

TEST_F(StatusHandlers, EveryFieldOfASwitchIsChecked) {
  auto complaint = [this](auto change) {
    v1::SetSwitchRequest request = MeetingOn();
    change(request);
    absl::Status status = Set(request);
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
    return std::string(status.message());
  };
  using Request = v1::SetSwitchRequest;
  EXPECT_THAT(complaint([](Request& r) { r.clear_switch_(); }), HasSubstr("switch: "));
  EXPECT_THAT(complaint([](Request& r) { r.clear_state(); }), HasSubstr("state: 0"));
  EXPECT_THAT(complaint([](Request& r) { r.mutable_until()->set_seconds(5); }),
              HasSubstr("until: 1970-01-01T00:00:05+00:00 is not in the future"));
  EXPECT_THAT(complaint([](Request& r) { r.mutable_until()->set_nanos(-1); }),
              HasSubstr("until: "));
  EXPECT_THAT(complaint([](Request& r) {
                r.set_state(v1::SWITCH_STATE_OFF);
                r.mutable_until()->set_seconds(1800000000);
              }),
              HasSubstr("until: only with state on"));
}

TEST_F(StatusHandlers, LimitsAreListed) {
  v1::ListLimitsRequest request;
  request.set_customer("customers/acme");
  v1::ListLimitsResponse response;
  ASSERT_TRUE(handler_->ListLimits(request, principal_, &response).ok());
  ASSERT_EQ(response.limits_size(), 1);
  EXPECT_EQ(response.limits(0).name(), "site north");
  EXPECT_EQ(response.limits(0).max_calls(), 30);
  EXPECT_EQ(response.limits(0).calls(), 0);
  EXPECT_EQ(Action(), "dial");
  response.Clear();
  ASSERT_TRUE(handler_->ListLimits(request, principal_, &response).ok());
  EXPECT_EQ(response.limits(0).calls(), 1);
  request.set_customer("customers/nobody");
  EXPECT_TRUE(absl::IsNotFound(handler_->ListLimits(request, principal_, &response)));
}

// With a line whose owner may switch it.
class LineFeatureHandlers : public StatusHandlers {
 protected:
  LineFeatureHandlers() {
    const std::string text = absl::StrCat(
        kPlan, "lines: { ann: { number: \"+3222000301\" }, bob: { number: \"+3222000302\" } }\n",
        "feature_codes: {}\n");
    EXPECT_TRUE(engine_->Publish(*ReadPlan(text, "acme.yaml").plan, {}, now_).changed);
  }

  v1::SetLineFeaturesRequest UndisturbedLine(const std::string& line) {
    v1::SetLineFeaturesRequest request;
    request.set_customer("customers/acme");
    request.set_line(line);
    request.mutable_features()->set_do_not_disturb(v1::SWITCH_STATE_ON);
    return request;
  }
  absl::Status SetFeatures(const v1::SetLineFeaturesRequest& request) {
    v1::SetLineFeaturesResponse response;
    return handler_->SetLineFeatures(request, principal_, &response);
  }
  // "ann bob > TOKEN".
  std::string ListLines(int page_size, const std::string& token) {
    v1::ListLineFeaturesRequest request;
    request.set_customer("customers/acme");
    request.set_page_size(page_size);
    request.set_page_token(token);
    v1::ListLineFeaturesResponse response;
    const absl::Status status = handler_->ListLineFeatures(request, principal_, &response);
    if (!status.ok()) return std::string(status.message());
    std::string text;
    for (const auto& line : response.lines()) absl::StrAppend(&text, line.line(), " ");
    return absl::StrCat(text, "> ", response.next_page_token());
  }
};

TEST_F(LineFeatureHandlers, SwitchesALineAndListsIt) {
  EXPECT_EQ(ListLines(0, ""), "> ");
  ASSERT_TRUE(SetFeatures(UndisturbedLine("ann")).ok());
  ASSERT_TRUE(SetFeatures(UndisturbedLine("bob")).ok());
  EXPECT_EQ(ListLines(0, ""), "ann bob > ");
  EXPECT_EQ(ListLines(1, ""), "ann > ann");
  EXPECT_EQ(ListLines(1, "ann"), "bob > ");
  v1::SetLineFeaturesRequest nothing = UndisturbedLine("ann");
  nothing.clear_features();
  ASSERT_TRUE(SetFeatures(nothing).ok());
  EXPECT_EQ(ListLines(0, ""), "bob > ");
}

TEST_F(LineFeatureHandlers, SaysWhatIsWrong) {
  EXPECT_THAT(SetFeatures(UndisturbedLine("an")).message(), HasSubstr("line: no line \"an\""));
  EXPECT_THAT(SetFeatures(UndisturbedLine("")).message(), HasSubstr("line"));
  v1::SetLineFeaturesRequest request = UndisturbedLine("ann");
  request.mutable_features()->mutable_busy()->set_to("+3222000301");
  EXPECT_THAT(SetFeatures(request).message(), HasSubstr("features: forward_busy: a line cannot"));
  request.mutable_features()->mutable_busy()->set_to("12");
  EXPECT_THAT(SetFeatures(request).message(), HasSubstr("features: busy.to: "));
  EXPECT_THAT(ListLines(1001, ""), HasSubstr("page_size: 1001"));
  EXPECT_THAT(ListLines(1, "a b"), HasSubstr("page_token"));
}

// With recovery plans, and a switch that has values.
class HandHandlers : public StatusHandlers {
 protected:
  HandHandlers() {
    const std::string text = absl::StrCat(
        kPlan, "  lost: { voicemail: { mailbox: lost } }\n",
        "recovery_plans: { fire: { tree: lost, drill_callers: \"+32475*\" }, strike: { tree: main "
        "} }\n");
    v1::Plan plan = *ReadPlan(text, "acme.yaml").plan;
    for (const char* value : {"winter", "summer"}) {
      (*plan.mutable_switches())["season"].add_values(value);
    }
    EXPECT_TRUE(engine_->Publish(plan, {}, now_).changed);
  }

  v1::SetRecoveryRequest FireOn() {
    v1::SetRecoveryRequest request;
    request.set_customer("customers/acme");
    request.set_recovery_plan("fire");
    request.set_state(v1::RECOVERY_STATE_ON);
    return request;
  }
  absl::Status SetRecovery(const v1::SetRecoveryRequest& request) {
    recovery_.Clear();
    return handler_->SetRecovery(request, principal_, &recovery_);
  }
  v1::ListRecoveryResponse ListRecovery() {
    v1::ListRecoveryRequest request;
    request.set_customer("customers/acme");
    v1::ListRecoveryResponse response;
    EXPECT_TRUE(handler_->ListRecovery(request, principal_, &response).ok());
    return response;
  }

  v1::SetRecoveryResponse recovery_;
};

TEST_F(HandHandlers, RecoveryPlanTurnsTheNextCall) {
  EXPECT_EQ(Action(), "dial");
  v1::SetRecoveryRequest request = FireOn();
  request.add_numbers("+3222000100");
  request.mutable_until()->set_seconds(absl::ToUnixSeconds(now_) + 60);
  ASSERT_TRUE(SetRecovery(request).ok());
  EXPECT_EQ(recovery_.state(), v1::RECOVERY_STATE_ON);
  EXPECT_EQ(recovery_.numbers(0), "+3222000100");
  EXPECT_EQ(recovery_.until().seconds(), request.until().seconds());
  EXPECT_EQ(Action(), "lost");
  const v1::ListRecoveryResponse listed = ListRecovery();
  ASSERT_EQ(listed.recovery_plans_size(), 2);
  const v1::ListRecoveryResponse::RecoveryPlan& fire = listed.recovery_plans(0);
  EXPECT_EQ(fire.recovery_plan(), "fire");
  EXPECT_EQ(fire.state(), v1::RECOVERY_STATE_ON);
  EXPECT_EQ(fire.numbers_size(), 1);
  ASSERT_EQ(fire.history_size(), 1);
  EXPECT_EQ(fire.history(0).at().seconds(), absl::ToUnixSeconds(now_));
  EXPECT_EQ(fire.history(0).value(), "on");
  EXPECT_EQ(fire.history(0).until().seconds(), request.until().seconds());
  EXPECT_EQ(fire.history(0).by(), "test");
  EXPECT_EQ(listed.recovery_plans(1).state(), v1::RECOVERY_STATE_OFF);
  now_ += absl::Seconds(61);
  EXPECT_EQ(Action(), "dial");
  EXPECT_EQ(ListRecovery().recovery_plans(0).state(), v1::RECOVERY_STATE_OFF);
}

TEST_F(HandHandlers, RecoveryPlansDoNotOverlap) {
  ASSERT_TRUE(SetRecovery(FireOn()).ok());
  v1::SetRecoveryRequest strike = FireOn();
  strike.set_recovery_plan("strike");
  const absl::Status status = SetRecovery(strike);
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(status.message(), HasSubstr("recovery plan \"fire\" is on for +3222000100 already"));
  v1::SetRecoveryRequest off = FireOn();
  off.set_state(v1::RECOVERY_STATE_OFF);
  ASSERT_TRUE(SetRecovery(off).ok());
  EXPECT_TRUE(SetRecovery(strike).ok());
  strike.set_state(v1::RECOVERY_STATE_DRILL);
  EXPECT_TRUE(absl::IsFailedPrecondition(SetRecovery(strike)));
}

TEST_F(HandHandlers, EveryFieldOfARecoveryPlanIsChecked) {
  auto complaint = [this](auto change) {
    v1::SetRecoveryRequest request = FireOn();
    change(request);
    return std::string(SetRecovery(request).message());
  };
  using Request = v1::SetRecoveryRequest;
  EXPECT_THAT(complaint([](Request& r) { r.clear_recovery_plan(); }), HasSubstr("recovery_plan: "));
  EXPECT_THAT(complaint([](Request& r) { r.set_recovery_plan("fir"); }),
              HasSubstr("recovery_plan: no recovery plan \"fir\""));
  EXPECT_THAT(complaint([](Request& r) { r.clear_state(); }), HasSubstr("state: 0"));
  EXPECT_THAT(complaint([](Request& r) { r.add_numbers("+1"); }), HasSubstr("numbers[0]: \"+1\""));
  EXPECT_THAT(complaint([](Request& r) { r.mutable_until()->set_seconds(5); }),
              HasSubstr("until: 1970-01-01T00:00:05+00:00 is not in the future"));
  EXPECT_THAT(complaint([](Request& r) {
                r.set_state(v1::RECOVERY_STATE_OFF);
                r.add_numbers("+3222000100");
              }),
              HasSubstr("numbers: only with state on or drill"));
  principal_ = Principal();
  principal_.customer = "other";
  EXPECT_TRUE(absl::IsPermissionDenied(SetRecovery(FireOn())));
  v1::ListRecoveryResponse listed;
  v1::ListRecoveryRequest request;
  request.set_customer("customers/acme");
  EXPECT_TRUE(absl::IsPermissionDenied(handler_->ListRecovery(request, principal_, &listed)));
}

TEST_F(HandHandlers, SwitchIsSetToAValueAndListed) {
  v1::SetSwitchRequest request = MeetingOn();
  request.set_switch_("season");
  EXPECT_THAT(Set(request).message(), HasSubstr("value: switch \"season\" has no value \"on\""));
  request.set_value("summer");
  EXPECT_THAT(Set(request).message(), HasSubstr("state: is not for a switch with values"));
  request.clear_state();
  ASSERT_TRUE(Set(request).ok());
  EXPECT_EQ(set_.value(), "summer");
  v1::ListSwitchesRequest list;
  list.set_customer("customers/acme");
  v1::ListSwitchesResponse listed;
  ASSERT_TRUE(handler_->ListSwitches(list, principal_, &listed).ok());
  ASSERT_EQ(listed.switches_size(), 2);
  EXPECT_EQ(listed.switches(0).switch_(), "meeting");
  EXPECT_EQ(listed.switches(0).value(), "off");
  EXPECT_EQ(listed.switches(1).value(), "summer");
  ASSERT_EQ(listed.switches(1).history_size(), 1);
  EXPECT_EQ(listed.switches(1).history(0).by(), "test");
  list.set_customer("customers/nobody");
  EXPECT_TRUE(absl::IsNotFound(handler_->ListSwitches(list, principal_, &listed)));
}

}  // namespace
}  // namespace libroute
