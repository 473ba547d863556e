#include "services/live/switch_sessions.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/live/test_live.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SwitchSession : public testing::Test {
 protected:
  std::shared_ptr<SwitchFeed> Open(TestStream& stream, const std::string& name = "sw") {
    std::shared_ptr<SwitchFeed> feed = sessions_.Connect(principal_, stream.end());
    v1::ContactSessionRequest request;
    request.mutable_open()->set_switch_(name);
    const absl::Status status = feed->Take(request);
    EXPECT_TRUE(status.ok()) << status;
    return feed;
  }
  // What is sent now, once the news have come: "1 c1 dial anna".
  std::vector<std::string> Read(SwitchFeed& feed) {
    for (const CallId& call : live_.engine->TakeContactNews().calls) sessions_.Note(call);
    std::vector<std::string> read;
    while (feed.Next(update_)) read.push_back(ToText(update_));
    return read;
  }
  static std::string ToText(const v1::ContactUpdate& update) {
    std::string text = absl::StrCat(update.number(), " ", update.call_id().reference(), " ");
    if (update.has_consultation()) {
      const v1::Consultation& now = update.consultation();
      absl::StrAppend(&text, "with ", now.agent(), now.wanted() ? " who consults" : "");
      for (const v1::Leg& leg : now.legs()) absl::StrAppend(&text, " ", leg.agent());
      if (!now.consulted().empty()) absl::StrAppend(&text, " and talks with ", now.consulted());
    } else if (update.decision().has_dial()) {
      absl::StrAppend(&text, "dial ", update.decision().dial().legs(0).agent());
    } else if (update.decision().has_wait()) {
      absl::StrAppend(&text, "wait ", update.decision().wait().group());
    } else {
      absl::StrAppend(&text, update.decision().action_case());
    }
    return text;
  }
  AgentAct HandOn(AgentAct::Kind kind) {
    AgentAct act;
    act.kind = kind;
    act.agent = "anna";
    act.to_group = "second";
    act.token = live_.engine->FindAgent("acme", "anna")->standing.slots.at(0).token;
    return act;
  }

  AgentAct ToNumber(AgentAct::Kind kind) {
    AgentAct act = HandOn(kind);
    act.to_group.clear();
    act.to_number = "+32475000001";
    return act;
  }

  LiveEngine live_;
  Principal principal_ = Principal::WithAllRoles("test");
  SwitchSessions sessions_{*live_.engine, [this] { return live_.now; }};
  v1::ContactUpdate update_;
};

TEST_F(SwitchSession, TellsWhatThereIsAndWhatComes) {
  const CallId first = live_.Call("c1");
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  EXPECT_THAT(Read(*feed), ElementsAre("1 c1 wait desk"));
  EXPECT_THAT(Read(*feed), IsEmpty());
  const int wakes = stream.wakes;
  live_.Start("anna", "+3222000201");
  EXPECT_THAT(Read(*feed), ElementsAre("2 c1 dial anna"));
  EXPECT_GT(stream.wakes, wakes);
  live_.Report(first, ReportKind::kAnswered);
  EXPECT_THAT(Read(*feed), IsEmpty()) << "the switch knows that";
}

TEST_F(SwitchSession, ThatTimePassesIsNoNews) {
  live_.Call("c1");
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  EXPECT_THAT(Read(*feed), ElementsAre("1 c1 wait desk"));
  EXPECT_EQ(update_.decision().wait().waited().seconds(), 0);
  for (int i = 0; i < 3; ++i) {
    live_.now += absl::Seconds(10);
    live_.engine->Advance(live_.now);
    EXPECT_THAT(Read(*feed), IsEmpty());
  }
  // But with the next news it is told for how long it has waited.
  std::shared_ptr<SwitchFeed> again = Open(stream);
  EXPECT_THAT(Read(*again), ElementsAre("1 c1 wait desk"));
  EXPECT_EQ(update_.decision().wait().waited().seconds(), 30);
}

TEST_F(SwitchSession, TellsOfItsOwnCallsAlone) {
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  live_.Call("c1", "other");
  live_.Start("anna", "+3222000201");
  EXPECT_THAT(Read(*feed), IsEmpty());
}

TEST_F(SwitchSession, ACallThatIsHandedOnIsToldSo) {
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  live_.Start("anna", "+3222000201");
  const CallId call = live_.Call("c1");
  Read(*feed);
  live_.Report(call, ReportKind::kAnswered);
  EXPECT_TRUE(live_.Do(HandOn(AgentAct::Kind::kTransfer)).ok());
  EXPECT_THAT(Read(*feed), ElementsAre("2 c1 wait second"));
  live_.Start("bob", "+3222000202");
  EXPECT_THAT(Read(*feed), ElementsAre("3 c1 dial bob"));
}

TEST_F(SwitchSession, AConsultationIsToldFromBeginningToEnd) {
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  live_.Start("anna", "+3222000201");
  const CallId call = live_.Call("c1");
  Read(*feed);
  live_.Report(call, ReportKind::kAnswered);
  live_.Start("bob", "+3222000202");
  EXPECT_TRUE(live_.Do(HandOn(AgentAct::Kind::kConsult)).ok());
  EXPECT_THAT(Read(*feed), ElementsAre("2 c1 with anna who consults bob"));
  const std::string attempt = update_.consultation().legs(0).attempt_id();
  // Bob's phone is busy.
  v1::ContactSessionRequest ended;
  *ended.mutable_ended()->mutable_call_id() = update_.call_id();
  ended.mutable_ended()->mutable_result()->set_attempt_id(attempt);
  ended.mutable_ended()->mutable_result()->set_outcome(v1::OUTCOME_BUSY);
  EXPECT_TRUE(feed->Take(ended).ok());
  EXPECT_THAT(Read(*feed), ElementsAre("3 c1 with anna who consults"));
  live_.now += absl::Minutes(1);
  live_.engine->Advance(live_.now);
  EXPECT_THAT(Read(*feed), ElementsAre("4 c1 with anna who consults bob"));
  CallReport answered;
  answered.call = call;
  answered.kind = ReportKind::kAnswered;
  answered.attempt = *AttemptId::Parse(update_.consultation().legs(0).attempt_id());
  EXPECT_TRUE(live_.engine->Report(answered, live_.now).ok());
  EXPECT_THAT(Read(*feed), ElementsAre("5 c1 with anna who consults and talks with bob"));
  EXPECT_TRUE(live_.Do(HandOn(AgentAct::Kind::kCompleteTransfer)).ok());
  EXPECT_THAT(Read(*feed), ElementsAre("6 c1 with bob"));
}

TEST_F(SwitchSession, ACallThatIsHandedOnToANumberIsToldSo) {
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  live_.Start("anna", "+3222000201");
  const CallId call = live_.Call("c1");
  Read(*feed);
  live_.Report(call, ReportKind::kAnswered);
  EXPECT_TRUE(live_.Do(ToNumber(AgentAct::Kind::kTransfer)).ok());
  EXPECT_THAT(Read(*feed), ElementsAre("2 c1 dial "));
  const v1::Leg leg = update_.decision().dial().legs(0);
  EXPECT_EQ(leg.number(), "+32475000001");
  EXPECT_THAT(update_.decision().report(),
              ElementsAre(v1::REPORT_KIND_ANSWERED, v1::REPORT_KIND_RELEASED));
  v1::ContactSessionRequest ended;
  *ended.mutable_ended()->mutable_call_id() = update_.call_id();
  ended.mutable_ended()->mutable_result()->set_attempt_id(leg.attempt_id());
  ended.mutable_ended()->mutable_result()->set_outcome(v1::OUTCOME_NO_ANSWER);
  EXPECT_TRUE(feed->Take(ended).ok());
  // Anna is still in wrap-up.
  EXPECT_THAT(Read(*feed), ElementsAre("3 c1 wait desk"));
}

TEST_F(SwitchSession, ANumberThatIsConsultedIsToldFromBeginningToEnd) {
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  live_.Start("anna", "+3222000201");
  const CallId call = live_.Call("c1");
  Read(*feed);
  live_.Report(call, ReportKind::kAnswered);
  EXPECT_TRUE(live_.Do(ToNumber(AgentAct::Kind::kConsult)).ok());
  EXPECT_THAT(Read(*feed), ElementsAre("2 c1 with anna who consults "));
  const v1::Leg leg = update_.consultation().legs(0);
  EXPECT_EQ(leg.number(), "+32475000001");
  EXPECT_EQ(leg.charged_number(), "+3222000100");
  EXPECT_EQ(leg.charge_to(), "acme");
  EXPECT_EQ(leg.presented().number(), "+3222000100");
  EXPECT_EQ(leg.trigger(), v1::TRIGGER_ALLOW);
  CallReport answered;
  answered.call = call;
  answered.kind = ReportKind::kAnswered;
  answered.attempt = *AttemptId::Parse(leg.attempt_id());
  EXPECT_TRUE(live_.engine->Report(answered, live_.now).ok());
  EXPECT_THAT(Read(*feed), ElementsAre("3 c1 with anna who consults"));
  EXPECT_EQ(update_.consultation().consulted_attempt_id(), leg.attempt_id());
  EXPECT_TRUE(live_.Do(HandOn(AgentAct::Kind::kCompleteTransfer)).ok());
  EXPECT_THAT(Read(*feed), ElementsAre("4 c1 with "));
  EXPECT_EQ(update_.consultation().consulted_attempt_id(), leg.attempt_id());
  // A switch that has lost its session hears of it again.
  TestStream again;
  EXPECT_THAT(Read(*Open(again)), ElementsAre("1 c1 with "));
  EXPECT_EQ(update_.consultation().consulted_attempt_id(), leg.attempt_id());
  live_.Report(call, ReportKind::kReleased);
  EXPECT_EQ(live_.engine->GetStatistics().held_contacts, 0);
}

TEST_F(SwitchSession, WhoComesBackIsToldEverythingAnew) {
  live_.Call("c1");
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  Read(*feed);
  feed->Close();
  live_.now += absl::Seconds(30);
  live_.Start("anna", "+3222000201");
  for (const CallId& call : live_.engine->TakeContactNews().calls) sessions_.Note(call);
  TestStream again;
  feed = Open(again);
  EXPECT_THAT(Read(*feed), ElementsAre("1 c1 dial anna"));
}

TEST_F(SwitchSession, WhatWasSaidLastIsSaidAgainUntilItIsDone) {
  live_.Call("c1");
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  Read(*feed);
  v1::ContactSessionRequest done;
  done.mutable_done()->set_number(1);
  EXPECT_TRUE(feed->Take(done).ok());
  live_.CloseDesk();
  const std::vector<std::string> said = Read(*feed);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_TRUE(update_.decision().has_voicemail()) << said[0];
  // The stream breaks on the way, and again.
  TestStream streams[2];
  for (TestStream& again : streams) {
    feed->Close();
    feed = Open(again);
    ASSERT_EQ(Read(*feed).size(), 1u);
    EXPECT_TRUE(update_.decision().has_voicemail());
    EXPECT_EQ(update_.number(), 1u);
  }
  EXPECT_TRUE(feed->Take(done).ok());
  feed->Close();
  TestStream last;
  EXPECT_THAT(Read(*Open(last)), IsEmpty());
}

TEST_F(SwitchSession, WhoDoesNotComeBackHasNoWaitingCallsAnyMore) {
  live_.Call("c1");
  TestStream stream;
  Open(stream)->Close();
  live_.now += absl::Seconds(64);
  live_.engine->Advance(live_.now);
  EXPECT_THAT(*live_.engine->ListContacts("acme"), IsEmpty());
}

constexpr absl::string_view kCallbackPlan = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {} }
groups: { desk: { agents: [anna], without_agents: wait } }
trees: { main: { agents: { group: desk, callback: { key: "1" }, otherwise: { voicemail: { mailbox: main } } } } }
)";

TEST_F(SwitchSession, CallbacksOutliveItAndTheSwitch) {
  ASSERT_FALSE(HasErrors(
      live_.engine->Publish(*ReadPlan(kCallbackPlan, "acme.yaml").plan, {}, live_.now).issues));
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  Call call;
  call.id = live_.Call("c1");
  live_.Call("c2");
  TestStream again;
  feed = Open(again);
  EXPECT_THAT(Read(*feed), ElementsAre("1 c1 wait desk", "2 c2 wait desk"));
  v1::ContactSessionRequest done;
  done.mutable_done()->set_number(2);
  EXPECT_TRUE(feed->Take(done).ok());
  Decision decision;
  const std::optional<CallNow> now = *live_.engine->FollowUp(call.id, live_.now, decision);
  ASSERT_TRUE(now.has_value());
  call.step = 1;
  const std::string continuation = decision.continuation;
  absl::StatusOr<Answer> answer =
      live_.engine->Resume(call, continuation, *ParseEvent("callback"), live_.now, decision);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_TRUE(live_.engine->Complete(std::get<Enter>(*answer), live_.now, decision).ok());
  feed->Close();
  live_.now += absl::Seconds(65);
  live_.engine->Advance(live_.now);
  CallReport restarted;
  restarted.kind = ReportKind::kSwitchRestarted;
  restarted.call = {"sw", 2, ""};
  EXPECT_TRUE(live_.engine->Report(restarted, live_.now).ok());
  TestStream last;
  feed = Open(last);
  EXPECT_THAT(Read(*feed), ElementsAre("1 c1 wait desk")) << "who waited himself is gone";
  EXPECT_EQ(update_.call_id().epoch(), 1u);
  EXPECT_EQ(update_.decision().wait().promise().number(), "+32475123456");
  EXPECT_FALSE(update_.decision().continuation().empty());
  live_.Start("anna", "+3222000201");
  EXPECT_THAT(Read(*feed), ElementsAre("2 c1 dial anna"));
  EXPECT_EQ(update_.decision().dial().callback().number(), "+32475123456");
}

TEST_F(SwitchSession, ANewerSessionEndsTheOlderAndIsNotEndedByIt) {
  live_.Call("c1");
  TestStream first;
  std::shared_ptr<SwitchFeed> old = Open(first);
  TestStream second;
  std::shared_ptr<SwitchFeed> feed = Open(second);
  ASSERT_TRUE(first.ended.has_value());
  EXPECT_EQ(first.ended->code(), absl::StatusCode::kAborted);
  old->Close();
  live_.now += absl::Seconds(65);
  live_.engine->Advance(live_.now);
  EXPECT_THAT(Read(*feed), ElementsAre("1 c1 wait desk"));
}

TEST_F(SwitchSession, NoMoreIsSentAheadThanTheWindow) {
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = Open(stream);
  for (uint64_t i = 0; i < SwitchSessions::kWindow + 5; ++i) live_.Call(absl::StrCat("c", i));
  // What was told in the answer to the question is no news: somebody closes the group.
  live_.CloseDesk();
  EXPECT_EQ(Read(*feed).size(), SwitchSessions::kWindow);
  v1::ContactSessionRequest done;
  done.mutable_done()->set_number(3);
  EXPECT_TRUE(feed->Take(done).ok());
  EXPECT_EQ(Read(*feed).size(), 3u);
  done.mutable_done()->set_number(SwitchSessions::kWindow + 100);
  EXPECT_THAT(feed->Take(done).message(), HasSubstr("was not sent yet"));
}

TEST_F(SwitchSession, RefusesWhatIsNotAsItShouldBe) {
  TestStream stream;
  std::shared_ptr<SwitchFeed> feed = sessions_.Connect(principal_, stream.end());
  EXPECT_THAT(feed->Take({}).message(), HasSubstr("the first message of a session opens it"));
  v1::ContactSessionRequest request;
  request.mutable_open();
  EXPECT_THAT(feed->Take(request).message(), HasSubstr("open.switch: is missing"));
  request.mutable_open()->set_switch_("sw");
  EXPECT_TRUE(feed->Take(request).ok());
  EXPECT_THAT(feed->Take(request).message(), HasSubstr("the first message of a session only"));
  EXPECT_THAT(feed->Take({}).message(), HasSubstr("expected done or ended"));
  request.mutable_ended()->mutable_call_id()->set_switch_("other");
  request.mutable_ended()->mutable_call_id()->set_reference("c1");
  EXPECT_THAT(feed->Take(request).message(), HasSubstr("is not sw"));
  request.mutable_ended()->mutable_call_id()->set_switch_("sw");
  EXPECT_THAT(feed->Take(request).message(), HasSubstr("ended.result"));
}

TEST_F(SwitchSession, IsForTheSwitchItself) {
  Principal other;
  other.name = "certificate sw2";
  other.switch_name = "sw2";
  TestStream stream;
  v1::ContactSessionRequest request;
  request.mutable_open()->set_switch_("sw");
  EXPECT_EQ(sessions_.Connect(other, stream.end())->Take(request).code(),
            absl::StatusCode::kPermissionDenied);
  request.mutable_open()->clear_switch_();
  EXPECT_TRUE(sessions_.Connect(other, stream.end())->Take(request).ok());
  LiveEngine without(/*has_agents=*/false);
  SwitchSessions sessions(*without.engine, [&] { return without.now; });
  EXPECT_THAT(sessions.Connect(other, stream.end())->Take(request).message(),
              HasSubstr("agents: true"));
}

}  // namespace
}  // namespace libroute
