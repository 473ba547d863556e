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
skills: { french: {} }
agents: { anna: {} }
groups: { desk: { agents: [anna], without_agents: wait, alarms: { waiting: 1 } }, second: { agents: [anna], without_agents: wait } }
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
  absl::StatusOr<v1::AgentStanding> Change(v1::ChangeAgentRequest request) {
    request.set_customer("customers/acme");
    v1::ChangeAgentResponse response;
    Principal carla;
    carla.name = "user carla";
    carla.customer = "acme";
    absl::Status status = handler_->ChangeAgent(request, carla, &response);
    if (!status.ok()) return status;
    return response.agent();
  }
  absl::StatusOr<v1::ContactStanding> Change(v1::ChangeContactRequest request) {
    request.set_customer("customers/acme");
    v1::ChangeContactResponse response;
    absl::Status status =
        handler_->ChangeContact(request, Principal::WithAllRoles("test"), &response);
    if (!status.ok()) return status;
    return response.contact();
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

TEST_F(SupervisorHandlers, ChangesAgentsInTheNameOfWhoDoesIt) {
  v1::ChangeAgentRequest request;
  request.set_agent("anna");
  request.mutable_skill()->set_skill("french");
  request.mutable_skill()->set_index(60);
  ASSERT_TRUE(Change(request).ok());
  request.mutable_membership()->set_group("desk");
  request.mutable_membership()->set_index(0);
  const absl::StatusOr<v1::AgentStanding> anna = Change(request);
  ASSERT_TRUE(anna.ok()) << anna.status();
  ASSERT_EQ(anna->changes_size(), 2);
  EXPECT_EQ(anna->changes(0).skill(), "french");
  EXPECT_EQ(anna->changes(0).index(), 60u);
  EXPECT_EQ(anna->changes(0).by(), "user carla");
  EXPECT_EQ(anna->changes(0).at().seconds(), 1790000000);
  EXPECT_EQ(anna->changes(1).group(), "desk");
  request.mutable_reset();
  EXPECT_EQ(Change(request)->changes_size(), 0);
}

TEST_F(SupervisorHandlers, MovesContactsAndSendsThemOn) {
  Call("c1");
  EXPECT_EQ(Change(Close(v1::ChangeGroupRequest::Close::WAITING_KEEP))->alarms_size(), 0);
  v1::ChangeGroupRequest open = Close(v1::ChangeGroupRequest::Close::WAITING_KEEP);
  open.mutable_open();
  const v1::GroupStanding desk = *Change(open);
  ASSERT_EQ(desk.alarms_size(), 1);
  EXPECT_EQ(desk.alarms(0).kind(), v1::GroupAlarm::KIND_WAITING);
  EXPECT_EQ(desk.alarms(0).since().seconds(), 1790000000);
  EXPECT_EQ(desk.waiting_since().seconds(), 1790000000);
  v1::ChangeContactRequest request;
  *request.mutable_call_id() = List().contacts(0).call_id();
  request.mutable_move()->set_group("second");
  const absl::StatusOr<v1::ContactStanding> moved = Change(request);
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->group(), "second");
  EXPECT_EQ(moved->state(), v1::ContactStanding::STATE_WAITING);
  EXPECT_EQ(Change(open)->alarms_size(), 0);
  request.mutable_give_up();
  EXPECT_EQ(Change(request)->state(), v1::ContactStanding::STATE_BETWEEN_GROUPS);
}

TEST_F(SupervisorHandlers, SaysWhatIsWrongWithAChange) {
  v1::ChangeAgentRequest agent;
  EXPECT_THAT(Change(agent).status().message(), HasSubstr("agent: is missing"));
  agent.set_agent("anna");
  EXPECT_THAT(Change(agent).status().message(), HasSubstr("change: is missing"));
  agent.mutable_skill()->set_index(101);
  EXPECT_THAT(Change(agent).status().message(), HasSubstr("skill.skill: is missing"));
  agent.mutable_skill()->set_skill("french");
  EXPECT_THAT(Change(agent).status().message(), HasSubstr("skill.index: 101 is out of range"));
  v1::ChangeContactRequest contact;
  EXPECT_THAT(Change(contact).status().message(), HasSubstr("call_id: is missing"));
  contact.mutable_call_id()->set_switch_("sw");
  contact.mutable_call_id()->set_reference("c1");
  EXPECT_THAT(Change(contact).status().message(), HasSubstr("change: is missing"));
  contact.mutable_move();
  EXPECT_THAT(Change(contact).status().message(), HasSubstr("move: needs a group"));
  contact.mutable_give_up();
  EXPECT_EQ(Change(contact).status().code(), absl::StatusCode::kNotFound);
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
