#include "services/agents/supervision.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"
#include "services/agents/agent_handler.h"
#include "services/agents/supervisor_handler.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr absl::string_view kTwoDesks = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: french }
  - { number: "+3222000101", tree: dutch }
skills: { french: {}, dutch: {} }
agents: { anna: { skills: { french: 80 } }, bob: {}, carl: {} }
groups:
  french: { skilled: french >= 50, agents: [bob], without_agents: wait, with_none_ready: wait }
  dutch: { skilled: dutch, agents: [bob, carl], without_agents: wait, with_none_ready: wait }
trees:
  french: { agents: { group: french, otherwise: { voicemail: { mailbox: main } } } }
  dutch: { agents: { group: dutch, otherwise: { voicemail: { mailbox: main } } } }
)";

// Somebody who looks after the group `french` alone.
Principal French() {
  Principal principal;
  principal.name = "user fleur";
  principal.supervised_customer = "acme";
  principal.groups = {"french", "unheard-of"};
  return principal;
}

class Supervisors : public testing::Test {
 protected:
  Supervisors() {
    EngineOptions options;
    options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
    options.has_agents = true;
    engine_ = *Engine::Create(options);
    engine_->Publish(*ReadPlan(kTwoDesks, "acme.yaml").plan, {}, now_);
    const auto clock = [this] { return now_; };
    supervisors_ = std::make_unique<SupervisorHandler>(*engine_, clock);
    agents_ = std::make_unique<AgentHandler>(*engine_, clock);
  }

  CallId Call(const std::string& reference, const std::string& called) {
    libroute::Call call;
    call.id = {"sw", 1, reference};
    call.called = *E164Number::Parse(called);
    Decision decision;
    absl::StatusOr<Answer> answer = engine_->Route(call, now_, decision);
    EXPECT_TRUE(answer.ok()) << answer.status();
    EXPECT_TRUE(engine_->Complete(std::get<Enter>(*answer), now_, decision).ok());
    return call.id;
  }
  absl::Status LogIn(const std::string& agent, const Principal& by) {
    v1::ActRequest request;
    request.set_customer("customers/acme");
    request.set_agent(agent);
    request.mutable_log_in()->set_phone(agent == "bob" ? "+3222000201" : "+3222000202");
    v1::ActResponse response;
    return agents_->Act(request, by, &response);
  }
  absl::Status Ready(const std::string& agent, const Principal& by) {
    v1::ActRequest request;
    request.set_customer("customers/acme");
    request.set_agent(agent);
    request.mutable_ready();
    v1::ActResponse response;
    return agents_->Act(request, by, &response);
  }
  absl::Status Move(const CallId& call, const std::string& group, const std::string& agent) {
    v1::ChangeContactRequest request;
    request.set_customer("customers/acme");
    request.mutable_call_id()->set_switch_(call.switch_name);
    request.mutable_call_id()->set_epoch(call.epoch);
    request.mutable_call_id()->set_reference(call.reference);
    request.mutable_move()->set_group(group);
    request.mutable_move()->set_agent(agent);
    v1::ChangeContactResponse response;
    return supervisors_->ChangeContact(request, French(), &response);
  }
  absl::Status Change(v1::ChangeAgentRequest request, const Principal& by) {
    request.set_customer("customers/acme");
    v1::ChangeAgentResponse response;
    return supervisors_->ChangeAgent(request, by, &response);
  }

  absl::Time now_ = absl::FromUnixSeconds(1790000000);
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<SupervisorHandler> supervisors_;
  std::unique_ptr<AgentHandler> agents_;
  const Principal all_ = Principal::WithAllRoles("test");
};

TEST_F(Supervisors, SeeTheirOwnGroupsAgentsAndContacts) {
  Call("c1", "+3222000100");
  Call("c2", "+3222000101");
  v1::ListGroupsRequest groups;
  groups.set_customer("customers/acme");
  v1::ListGroupsResponse seen_groups;
  ASSERT_TRUE(agents_->ListGroups(groups, French(), &seen_groups).ok());
  ASSERT_EQ(seen_groups.groups_size(), 1);
  EXPECT_EQ(seen_groups.groups(0).group(), "french");
  v1::ListAgentsRequest agents;
  agents.set_customer("customers/acme");
  v1::ListAgentsResponse seen_agents;
  ASSERT_TRUE(agents_->ListAgents(agents, French(), &seen_agents).ok());
  ASSERT_EQ(seen_agents.agents_size(), 2);
  EXPECT_EQ(seen_agents.agents(0).agent(), "anna");
  EXPECT_THAT(seen_agents.agents(0).groups(), ElementsAre("french"));
  EXPECT_THAT(seen_agents.agents(1).groups(), ElementsAre("dutch", "french"));
  v1::ListContactsRequest contacts;
  contacts.set_customer("customers/acme");
  v1::ListContactsResponse seen_contacts;
  ASSERT_TRUE(supervisors_->ListContacts(contacts, French(), &seen_contacts).ok());
  ASSERT_EQ(seen_contacts.contacts_size(), 1);
  EXPECT_EQ(seen_contacts.contacts(0).call_id().reference(), "c1");
}

TEST_F(Supervisors, ChangeTheirOwnGroupsAlone) {
  v1::ChangeGroupRequest request;
  request.set_customer("customers/acme");
  request.set_group("dutch");
  request.mutable_close();
  v1::ChangeGroupResponse response;
  EXPECT_EQ(supervisors_->ChangeGroup(request, French(), &response),
            absl::PermissionDeniedError(
                "user fleur does not look after group \"dutch\" of customer \"acme\""));
  EXPECT_TRUE(engine_->Groups("acme")->at(0).standing.is_open);
  request.set_group("french");
  EXPECT_TRUE(supervisors_->ChangeGroup(request, French(), &response).ok());
  // One that the plan does not have is not found.
  request.set_group("unheard-of");
  EXPECT_TRUE(absl::IsNotFound(supervisors_->ChangeGroup(request, French(), &response)));
}

TEST_F(Supervisors, MoveTheirOwnContactsAmongTheirOwnGroups) {
  const CallId own = Call("c1", "+3222000100");
  const CallId other = Call("c2", "+3222000101");
  EXPECT_TRUE(absl::IsPermissionDenied(Move(other, "french", "")));
  EXPECT_TRUE(absl::IsPermissionDenied(Move(own, "dutch", "")));
  EXPECT_TRUE(absl::IsPermissionDenied(Move(own, "french", "carl")));
  EXPECT_TRUE(absl::IsPermissionDenied(Move({"sw", 1, "unheard-of"}, "french", "")));
  EXPECT_EQ(engine_->FindContact("acme", own)->details.group, "french");
  EXPECT_TRUE(Move(own, "french", "bob").ok());
}

TEST_F(Supervisors, ChangeTheirOwnAgents) {
  v1::ChangeAgentRequest request;
  request.set_agent("carl");
  request.mutable_skill()->set_skill("french");
  request.mutable_skill()->set_index(60);
  EXPECT_EQ(Change(request, French()).message(),
            "user fleur does not look after agent \"carl\" of customer \"acme\"");
  request.set_agent("unheard-of");
  EXPECT_TRUE(absl::IsPermissionDenied(Change(request, French())));
  request.set_agent("bob");
  EXPECT_TRUE(Change(request, French()).ok());
  request.mutable_membership()->set_group("dutch");
  EXPECT_TRUE(absl::IsPermissionDenied(Change(request, French())));
  ASSERT_TRUE(Change(request, all_).ok());
  // What others have changed for their group stays.
  request.mutable_reset();
  EXPECT_THAT(Change(request, French()).message(), HasSubstr("group \"dutch\""));
  EXPECT_EQ(engine_->FindAgent("acme", "bob")->standing.changes.size(), 2u);
  EXPECT_TRUE(Change(request, all_).ok());
  request.mutable_skill()->set_skill("french");
  request.mutable_skill()->set_index(60);
  ASSERT_TRUE(Change(request, all_).ok());
  request.mutable_reset();
  EXPECT_THAT(Change(request, French()).message(), HasSubstr("skill \"french\""));
  // By a skill the agent would come to another group.
  request.mutable_skill()->set_skill("dutch");
  request.mutable_skill()->set_index(60);
  EXPECT_THAT(Change(request, French()).message(), HasSubstr("group \"dutch\""));
}

TEST_F(Supervisors, MayUndoWhatTheyHaveDone) {
  v1::ChangeAgentRequest request;
  request.set_agent("anna");
  request.mutable_skill()->set_skill("french");
  request.mutable_skill()->set_index(0);
  EXPECT_TRUE(Change(request, French()).ok());
  EXPECT_THAT(engine_->FindAgent("acme", "anna")->groups, IsEmpty());
  request.mutable_reset();
  EXPECT_TRUE(Change(request, French()).ok());
  EXPECT_THAT(engine_->FindAgent("acme", "anna")->groups, ElementsAre("french"));
  request.set_agent("bob");
  request.mutable_membership()->set_group("french");
  ASSERT_TRUE(Change(request, French()).ok());
  EXPECT_THAT(engine_->FindAgent("acme", "bob")->groups, ElementsAre("dutch"));
  request.mutable_membership()->set_index(70);
  EXPECT_TRUE(Change(request, French()).ok());
  EXPECT_THAT(engine_->FindAgent("acme", "bob")->groups, ElementsAre("dutch", "french"));
}

TEST_F(Supervisors, SeeOfContactsForOtherGroupsThatTheyAreThere) {
  ASSERT_TRUE(LogIn("bob", all_).ok());
  ASSERT_TRUE(Ready("bob", all_).ok());
  Call("c1", "+3222000101");
  v1::ListAgentsRequest request;
  request.set_customer("customers/acme");
  v1::ListAgentsResponse seen;
  ASSERT_TRUE(agents_->ListAgents(request, French(), &seen).ok());
  ASSERT_EQ(seen.agents(1).works_size(), 1);
  EXPECT_EQ(seen.agents(1).works(0).state(), v1::AgentStanding::Work::STATE_OFFERED);
  EXPECT_EQ(seen.agents(1).works(0).group(), "");
  EXPECT_FALSE(seen.agents(1).works(0).has_call_id());
  seen.Clear();
  ASSERT_TRUE(agents_->ListAgents(request, all_, &seen).ok());
  EXPECT_EQ(seen.agents(1).works(0).group(), "dutch");
}

TEST_F(Supervisors, KeepTheirContactWhileItsAgentConsultsAnotherGroup) {
  ASSERT_TRUE(LogIn("bob", all_).ok());
  ASSERT_TRUE(Ready("bob", all_).ok());
  const CallId call = Call("c1", "+3222000100");
  const uint64_t token = engine_->FindAgent("acme", "bob")->standing.slots.at(0).token;
  CallReport answered;
  answered.kind = ReportKind::kAnswered;
  answered.call = call;
  ASSERT_TRUE(engine_->Report(answered, now_).ok());
  AgentAct consult;
  consult.kind = AgentAct::Kind::kConsult;
  consult.agent = "bob";
  consult.token = token;
  consult.to_group = "dutch";
  ASSERT_TRUE(engine_->Act("acme", consult, now_).ok());
  EXPECT_EQ(engine_->FindContact("acme", call)->details.group, "french");
}

TEST_F(Supervisors, SayWhetherTheirAgentsAreReadyAndNothingElse) {
  ASSERT_TRUE(LogIn("bob", all_).ok());
  ASSERT_TRUE(LogIn("carl", all_).ok());
  EXPECT_TRUE(Ready("bob", French()).ok());
  EXPECT_TRUE(absl::IsPermissionDenied(Ready("carl", French())));
  EXPECT_THAT(LogIn("anna", French()).message(),
              HasSubstr("is a supervisor, who may say ready, not_ready and log_out"));
}

TEST_F(Supervisors, AreNobodyElsewhere) {
  EXPECT_TRUE(absl::IsPermissionDenied(Supervision::Read("customers/other", French()).status()));
  EXPECT_TRUE(absl::IsPermissionDenied(CheckCustomer(French(), "acme")));
  EXPECT_TRUE(absl::IsPermissionDenied(Supervision::Read("customers/acme", Principal()).status()));
  EXPECT_EQ(Supervision::Read("acme", French()).status().code(),
            absl::StatusCode::kInvalidArgument);
  // Who may do more sees more.
  Principal both = French();
  both.is_operator = true;
  EXPECT_TRUE(Supervision::Read("customers/acme", both)->sees_all());
}

}  // namespace
}  // namespace libroute
