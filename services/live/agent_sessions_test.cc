#include "services/live/agent_sessions.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/live/test_live.h"

namespace libroute {
namespace {

using testing::HasSubstr;

class AgentSession : public testing::Test {
 protected:
  std::shared_ptr<AgentFeed> Open(TestStream& stream, const std::string& agent = "anna") {
    std::shared_ptr<AgentFeed> feed = sessions_.Connect(principal_, stream.end());
    v1::AgentSessionRequest request;
    request.mutable_act()->set_customer("customers/acme");
    request.mutable_act()->set_agent(agent);
    const absl::Status status = feed->Take(request);
    EXPECT_TRUE(status.ok()) << status;
    return feed;
  }
  static v1::AgentSessionRequest LogIn(const std::string& phone) {
    v1::AgentSessionRequest request;
    request.set_request_id("1");
    request.mutable_act()->mutable_log_in()->set_phone(phone);
    return request;
  }
  static v1::AgentSessionRequest Ready() {
    v1::AgentSessionRequest request;
    request.mutable_act()->mutable_ready();
    return request;
  }
  // The last of what is sent now; nothing if there is none.
  std::optional<v1::AgentSessionResponse> Read(AgentFeed& feed) {
    for (const std::string& customer : live_.engine->TakeContactNews().customers) {
      sessions_.Note(customer);
    }
    std::optional<v1::AgentSessionResponse> last;
    v1::AgentSessionResponse response;
    while (feed.Next(response)) last = response;
    return last;
  }
  contact::Presence PresenceOf(const std::string& agent) {
    return live_.engine->FindAgent("acme", agent)->standing.presence;
  }

  LiveEngine live_;
  Principal principal_ = Principal::WithAllRoles("test");
  AgentSessions sessions_{*live_.engine, [this] { return live_.now; }};
};

TEST_F(AgentSession, TellsWhatTheAgentIsDoingAsItChanges) {
  TestStream stream;
  std::shared_ptr<AgentFeed> feed = Open(stream);
  std::optional<v1::AgentSessionResponse> told = Read(*feed);
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->agent().presence(), v1::AgentStanding::PRESENCE_LOGGED_OUT);
  EXPECT_FALSE(Read(*feed).has_value());
  EXPECT_TRUE(feed->Take(LogIn("+3222000201")).ok());
  told = Read(*feed);
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->agent().phone(), "+3222000201");
  EXPECT_TRUE(feed->Take(Ready()).ok());
  EXPECT_EQ(Read(*feed)->agent().presence(), v1::AgentStanding::PRESENCE_READY);
  const CallId call = live_.Call("c1");
  told = Read(*feed);
  ASSERT_TRUE(told.has_value());
  ASSERT_EQ(told->agent().works_size(), 1);
  const v1::AgentStanding::Work& work = told->agent().works(0);
  EXPECT_EQ(work.state(), v1::AgentStanding::Work::STATE_OFFERED);
  EXPECT_EQ(work.group(), "desk");
  EXPECT_EQ(work.calling(), "+32475123456");
  EXPECT_EQ(work.called(), "+3222000100");
  EXPECT_EQ(work.call_id().reference(), "c1");
  EXPECT_TRUE(work.has_deadline());
  live_.Report(call, ReportKind::kReleased);
  EXPECT_EQ(Read(*feed)->agent().works_size(), 0);
}

TEST_F(AgentSession, AnswersEachRequestByItsName) {
  TestStream stream;
  std::shared_ptr<AgentFeed> feed = Open(stream);
  v1::AgentSessionRequest request = Ready();
  request.set_request_id("early");
  EXPECT_TRUE(feed->Take(request).ok()) << "what is refused does not end the session";
  v1::AgentSessionResponse response;
  ASSERT_TRUE(feed->Next(response));
  EXPECT_EQ(response.request_id(), "early");
  EXPECT_EQ(response.error().code(), static_cast<int>(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(response.agent().agent(), "anna");
  EXPECT_TRUE(feed->Take(LogIn("+3222000201")).ok());
  ASSERT_TRUE(feed->Next(response));
  EXPECT_EQ(response.request_id(), "1");
  EXPECT_FALSE(response.has_error());
  EXPECT_EQ(response.agent().presence(), v1::AgentStanding::PRESENCE_NOT_READY);
}

TEST_F(AgentSession, WhatOthersDoIsNoNews) {
  TestStream stream;
  std::shared_ptr<AgentFeed> feed = Open(stream);
  Read(*feed);
  const int wakes = stream.wakes;
  live_.Start("bob", "+3222000202");
  EXPECT_FALSE(Read(*feed).has_value());
  EXPECT_EQ(stream.wakes, wakes);
}

TEST_F(AgentSession, ALostDeskGetsNoOffersAndIsLoggedOutAfterAWhile) {
  TestStream stream;
  std::shared_ptr<AgentFeed> feed = Open(stream);
  feed->Take(LogIn("+3222000201")).IgnoreError();
  feed->Take(Ready()).IgnoreError();
  feed->Close();
  live_.Call("c1");
  EXPECT_TRUE(live_.engine->FindAgent("acme", "anna")->standing.slots.empty());
  EXPECT_EQ(PresenceOf("anna"), contact::Presence::kReady);
  live_.now += absl::Seconds(30);
  TestStream again;
  feed = Open(again);
  EXPECT_EQ(live_.engine->FindAgent("acme", "anna")->standing.slots.size(), 1u) << "back in time";
  feed->Close();
  live_.now += absl::Seconds(64);
  live_.engine->Advance(live_.now);
  EXPECT_EQ(PresenceOf("anna"), contact::Presence::kLoggedOut);
}

TEST_F(AgentSession, ANewerSessionEndsTheOlderAndIsNotEndedByIt) {
  TestStream first;
  std::shared_ptr<AgentFeed> old = Open(first);
  old->Take(LogIn("+3222000201")).IgnoreError();
  TestStream second;
  std::shared_ptr<AgentFeed> feed = Open(second);
  ASSERT_TRUE(first.ended.has_value());
  EXPECT_EQ(first.ended->code(), absl::StatusCode::kAborted);
  old->Close();
  live_.now += absl::Minutes(2);
  live_.engine->Advance(live_.now);
  EXPECT_EQ(PresenceOf("anna"), contact::Presence::kNotReady);
}

TEST_F(AgentSession, WhoLosesThePhoneToSomebodyElseIsTold) {
  TestStream first;
  std::shared_ptr<AgentFeed> anna = Open(first);
  anna->Take(LogIn("+3222000201")).IgnoreError();
  Read(*anna);
  TestStream second;
  std::shared_ptr<AgentFeed> bob = Open(second, "bob");
  bob->Take(LogIn("+3222000201")).IgnoreError();
  EXPECT_EQ(Read(*anna)->agent().presence(), v1::AgentStanding::PRESENCE_LOGGED_OUT);
}

TEST_F(AgentSession, RefusesWhatIsNotAsItShouldBe) {
  TestStream stream;
  std::shared_ptr<AgentFeed> feed = sessions_.Connect(principal_, stream.end());
  v1::AgentSessionRequest request;
  EXPECT_THAT(feed->Take(request).message(), HasSubstr("customer"));
  request.mutable_act()->set_customer("customers/acme");
  EXPECT_THAT(feed->Take(request).message(), HasSubstr("act.agent: is missing"));
  request.mutable_act()->set_agent("zoe");
  EXPECT_EQ(feed->Take(request).code(), absl::StatusCode::kNotFound);
  request.mutable_act()->set_agent("anna");
  request.set_request_id(std::string(65, 'x'));
  EXPECT_THAT(feed->Take(request).message(), HasSubstr("more than 64 bytes"));
  request.set_request_id("7");
  EXPECT_TRUE(feed->Take(request).ok());
  request.mutable_act()->set_agent("bob");
  EXPECT_TRUE(feed->Take(request).ok());
  v1::AgentSessionResponse response;
  ASSERT_TRUE(feed->Next(response));
  ASSERT_TRUE(feed->Next(response));
  EXPECT_THAT(response.error().message(), HasSubstr("act.agent: is not anna"));
  request.mutable_act()->clear_agent();
  request.mutable_act()->mutable_transfer()->set_token(1);
  EXPECT_TRUE(feed->Take(request).ok());
  ASSERT_TRUE(feed->Next(response));
  EXPECT_THAT(response.error().message(), HasSubstr("act: transfer: needs a group, an agent"));
}

TEST_F(AgentSession, IsForThoseWhoActForTheCustomer) {
  Principal stranger;
  stranger.name = "certificate x";
  stranger.customer = "other";
  TestStream stream;
  v1::AgentSessionRequest request;
  request.mutable_act()->set_customer("customers/acme");
  request.mutable_act()->set_agent("anna");
  EXPECT_EQ(sessions_.Connect(stranger, stream.end())->Take(request).code(),
            absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace libroute
