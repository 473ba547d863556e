#include "services/agents/supervisor_handler.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::HasSubstr;

constexpr absl::string_view kDeskWithoutAgents = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {} }
groups: { desk: { agents: [anna], without_agents: wait } }
trees: { main: { agents: { group: desk, otherwise: { voicemail: { mailbox: main } } } } }
)";

class SupervisorHandlers : public testing::Test {
 protected:
  SupervisorHandlers() {
    EngineOptions options;
    options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
    options.has_agents = true;
    engine_ = *Engine::Create(options);
    engine_->Publish(*ReadPlan(kDeskWithoutAgents, "acme.yaml").plan, {}, now_);
    handler_ = std::make_unique<SupervisorHandler>(*engine_, [this] { return now_; });
  }

  void Call(const std::string& reference) {
    libroute::Call call;
    call.id = {"sw", 1, reference};
    call.called = *E164Number::Parse("+3222000100");
    call.calling = *E164Number::Parse("+32475123456");
    Decision decision;
    absl::StatusOr<Answer> answer = engine_->Route(call, now_, decision);
    ASSERT_TRUE(answer.ok()) << answer.status();
    ASSERT_TRUE(engine_->Complete(std::get<Enter>(*answer), now_, decision).ok());
  }
  static v1::ChangeGroupRequest Close(v1::ChangeGroupRequest::Close::Waiting waiting) {
    v1::ChangeGroupRequest request;
    request.set_customer("customers/acme");
    request.set_group("desk");
    request.mutable_close()->set_waiting(waiting);
    return request;
  }
  absl::StatusOr<v1::GroupStanding> Change(const v1::ChangeGroupRequest& request) {
    v1::ChangeGroupResponse response;
    absl::Status status =
        handler_->ChangeGroup(request, Principal::WithAllRoles("test"), &response);
    if (!status.ok()) return status;
    return response.group();
  }
  v1::ListContactsResponse List() {
    v1::ListContactsRequest request;
    request.set_customer("customers/acme");
    v1::ListContactsResponse response;
    EXPECT_TRUE(handler_->ListContacts(request, Principal::WithAllRoles("test"), &response).ok());
    return response;
  }

  absl::Time now_ = absl::FromUnixSeconds(1790000000);
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<SupervisorHandler> handler_;
};

TEST_F(SupervisorHandlers, ListsWhoWaits) {
  Call("c1");
  Call("c2");
  const v1::ListContactsResponse response = List();
  ASSERT_EQ(response.contacts_size(), 2);
  const v1::ContactStanding& second = response.contacts(1);
  EXPECT_EQ(second.call_id().reference(), "c2");
  EXPECT_EQ(second.state(), v1::ContactStanding::STATE_WAITING);
  EXPECT_EQ(second.group(), "desk");
  EXPECT_EQ(second.position(), 2u);
  EXPECT_EQ(second.calling(), "+32475123456");
  EXPECT_EQ(second.arrived().seconds(), 1790000000);
}

TEST_F(SupervisorHandlers, ClosesAndOpensGroups) {
  Call("c1");
  absl::StatusOr<v1::GroupStanding> group =
      Change(Close(v1::ChangeGroupRequest::Close::WAITING_KEEP));
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_FALSE(group->open());
  EXPECT_EQ(group->calls_waiting(), 1u);
  v1::ChangeGroupRequest open = Close(v1::ChangeGroupRequest::Close::WAITING_KEEP);
  open.mutable_open();
  EXPECT_TRUE(Change(open)->open());
  v1::ChangeGroupRequest drain = Close(v1::ChangeGroupRequest::Close::WAITING_UNSPECIFIED);
  drain.mutable_close()->mutable_drain()->set_seconds(60);
  EXPECT_EQ(Change(drain)->calls_waiting(), 1u);
  now_ += absl::Seconds(60);
  engine_->Advance(now_);
  EXPECT_EQ(List().contacts(0).state(), v1::ContactStanding::STATE_BETWEEN_GROUPS);
  EXPECT_TRUE(Change(open)->open());
  Call("c2");
  EXPECT_EQ(Change(Close(v1::ChangeGroupRequest::Close::WAITING_EVICT))->calls_waiting(), 0u);
}

TEST_F(SupervisorHandlers, SaysWhatIsWrong) {
  v1::ChangeGroupRequest request;
  request.set_customer("customers/acme");
  EXPECT_THAT(Change(request).status().message(), HasSubstr("group: is missing"));
  request.set_group("desk");
  EXPECT_THAT(Change(request).status().message(), HasSubstr("change: is missing"));
  request.mutable_close()->mutable_drain()->set_seconds(100'000);
  EXPECT_THAT(Change(request).status().message(), HasSubstr("is not within 0"));
  request.mutable_close()->set_waiting(static_cast<v1::ChangeGroupRequest::Close::Waiting>(9));
  EXPECT_THAT(Change(request).status().message(), HasSubstr("close.waiting: 9 is not known"));
  request.mutable_open();
  request.set_group("third");
  EXPECT_EQ(Change(request).status().code(), absl::StatusCode::kNotFound);
  Principal stranger;
  stranger.customer = "other";
  v1::ListContactsRequest list;
  list.set_customer("customers/acme");
  v1::ListContactsResponse response;
  EXPECT_EQ(handler_->ListContacts(list, stranger, &response).code(),
            absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace libroute
