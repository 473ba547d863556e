#include "services/agents/agent_handler.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"
#include "services/agents/agent_message.h"

namespace libroute {
namespace {

using testing::HasSubstr;

constexpr absl::string_view kPlan = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {}, bob: {} }
contact_center: { reasons: [lunch, training], transfer_numbers: ["+32475*"] }
groups: { desk: { agents: [anna, bob], offer: accept_first, wrap_up: 20s } }
trees: { main: { agents: { group: desk, otherwise: { voicemail: { mailbox: main } } } } }
)";

class AgentHandlers : public testing::Test {
 protected:
  AgentHandlers() : now_(absl::FromUnixSeconds(1790000000)) {
    EngineOptions options;
    options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
    options.has_agents = true;
    engine_ = *Engine::Create(options);
    Publication publication = engine_->Publish(*ReadPlan(kPlan, "acme.yaml").plan, {}, now_);
    EXPECT_FALSE(HasErrors(publication.issues));
    handler_ = std::make_unique<AgentHandler>(*engine_, [this] { return now_; });
  }

  static v1::ActRequest Request(const std::string& agent) {
    v1::ActRequest request;
    request.set_customer("customers/acme");
    request.set_agent(agent);
    return request;
  }
  absl::StatusOr<v1::AgentStanding> Act(const v1::ActRequest& request) {
    v1::ActResponse response;
    absl::Status status = handler_->Act(request, Principal::WithAllRoles("test"), &response);
    if (!status.ok()) return status;
    return response.agent();
  }
  v1::AgentStanding Must(const v1::ActRequest& request) {
    absl::StatusOr<v1::AgentStanding> standing = Act(request);
    EXPECT_TRUE(standing.ok()) << standing.status();
    return standing.ok() ? *standing : v1::AgentStanding();
  }
  void Start(const std::string& agent, const std::string& phone) {
    v1::ActRequest log_in = Request(agent);
    log_in.mutable_log_in()->set_phone(phone);
    EXPECT_EQ(Must(log_in).presence(), v1::AgentStanding::PRESENCE_NOT_READY);
    v1::ActRequest ready = Request(agent);
    ready.mutable_ready();
    EXPECT_EQ(Must(ready).presence(), v1::AgentStanding::PRESENCE_READY);
  }
  // What a call is told.
  std::string Call(const std::string& reference) {
    libroute::Call call;
    call.id = {"sw", 1, reference};
    call.called = *E164Number::Parse("+3222000100");
    Decision decision;
    absl::StatusOr<Answer> answer = engine_->Route(call, now_, decision);
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (answer.ok() && std::holds_alternative<Enter>(*answer)) {
      EXPECT_TRUE(engine_->Complete(std::get<Enter>(*answer), now_, decision).ok());
    }
    return std::string(ActionName(decision.action));
  }

  absl::Time now_;
  Decision decision_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<AgentHandler> handler_;
};

TEST_F(AgentHandlers, AnAgentsDay) {
  Start("anna", "+3222000201");
  EXPECT_EQ(Call("c1"), "wait");
  v1::ListAgentsRequest list;
  list.set_customer("customers/acme");
  v1::ListAgentsResponse agents;
  ASSERT_TRUE(handler_->ListAgents(list, Principal::WithAllRoles("test"), &agents).ok());
  ASSERT_EQ(agents.agents_size(), 2);
  EXPECT_EQ(agents.agents(0).phone(), "+3222000201");
  EXPECT_EQ(agents.agents(1).presence(), v1::AgentStanding::PRESENCE_LOGGED_OUT);
  ASSERT_EQ(agents.agents(0).works_size(), 1);
  const uint64_t token = agents.agents(0).works(0).token();
  EXPECT_EQ(agents.agents(0).works(0).state(), v1::AgentStanding::Work::STATE_OFFERED);

  v1::ActRequest request = Request("anna");
  request.mutable_accept()->set_token(token);
  EXPECT_EQ(Must(request).works(0).state(), v1::AgentStanding::Work::STATE_CONNECTING);
  EXPECT_EQ(Call("c1"), "dial");
  CallReport answered;
  answered.kind = ReportKind::kAnswered;
  answered.call = {"sw", 1, "c1"};
  ASSERT_TRUE(engine_->Report(answered, now_).ok());
  now_ += absl::Minutes(2);
  request.mutable_finish()->set_token(token);
  EXPECT_EQ(Must(request).works(0).state(), v1::AgentStanding::Work::STATE_WRAP_UP);
  request.mutable_extend_wrap_up()->set_token(token);
  request.mutable_extend_wrap_up()->mutable_by()->set_seconds(30);
  EXPECT_EQ(Must(request).works_size(), 1);
  request.mutable_end_wrap_up()->set_token(token);
  const v1::AgentStanding free = Must(request);
  EXPECT_EQ(free.works_size(), 0);
  EXPECT_EQ(free.contacts_today(), 1u);
  EXPECT_EQ(free.talk_today().seconds(), 120);
}

TEST_F(AgentHandlers, BreaksAndPhones) {
  Start("anna", "sip:anna@desk.example.net");
  v1::ActRequest request = Request("anna");
  request.mutable_not_ready()->set_reason("lunch");
  v1::AgentStanding standing = Must(request);
  EXPECT_EQ(standing.presence(), v1::AgentStanding::PRESENCE_NOT_READY);
  EXPECT_EQ(standing.reason(), "lunch");
  request.mutable_not_ready()->set_reason("golf");
  EXPECT_EQ(Act(request).status().code(), absl::StatusCode::kInvalidArgument);
  request.set_phone(v1::ActRequest::PHONE_BUSY);
  EXPECT_EQ(Must(request).line(), v1::ActRequest::PHONE_BUSY);
  request.set_phone(v1::ActRequest::PHONE_IDLE);
  EXPECT_EQ(Must(request).line(), v1::ActRequest::PHONE_IDLE);
  request.mutable_log_out();
  EXPECT_EQ(Must(request).presence(), v1::AgentStanding::PRESENCE_LOGGED_OUT);
}

TEST_F(AgentHandlers, GroupsAreCounted) {
  Start("anna", "+3222000201");
  Start("bob", "+3222000202");
  EXPECT_EQ(Call("c1"), "wait");
  EXPECT_EQ(Call("c2"), "wait");
  EXPECT_EQ(Call("c3"), "wait");
  v1::ListGroupsRequest request;
  request.set_customer("customers/acme");
  v1::ListGroupsResponse groups;
  ASSERT_TRUE(handler_->ListGroups(request, Principal::WithAllRoles("test"), &groups).ok());
  ASSERT_EQ(groups.groups_size(), 1);
  const v1::GroupStanding& desk = groups.groups(0);
  EXPECT_EQ(desk.group(), "desk");
  EXPECT_TRUE(desk.open());
  EXPECT_EQ(desk.logged_in(), 2u);
  EXPECT_EQ(desk.ready(), 2u);
  EXPECT_EQ(desk.free(), 0u);
  EXPECT_EQ(desk.calls_waiting(), 1u);
  EXPECT_EQ(desk.entered(), 3u);
}

TEST_F(AgentHandlers, BadRequestsSayWhatIsWrong) {
  struct Case {
    void (*change)(v1::ActRequest&);
    absl::StatusCode code;
    const char* message;
  };
  for (const Case& c : std::initializer_list<Case>{
           {[](v1::ActRequest& r) { r.set_customer("acme"); }, absl::StatusCode::kInvalidArgument,
            "customer: \"acme\" is not a customer"},
           {[](v1::ActRequest& r) { r.clear_agent(); }, absl::StatusCode::kInvalidArgument,
            "agent: is missing"},
           {[](v1::ActRequest& r) { r.clear_act(); }, absl::StatusCode::kInvalidArgument,
            "act: is missing; expected log_in"},
           {[](v1::ActRequest& r) { r.mutable_log_in(); }, absl::StatusCode::kInvalidArgument,
            "phone: "},
           {[](v1::ActRequest& r) { r.set_phone(v1::ActRequest::PHONE_UNSPECIFIED); },
            absl::StatusCode::kInvalidArgument, "phone: 0 is not known"},
           {[](v1::ActRequest& r) { r.mutable_extend_wrap_up()->mutable_by()->set_seconds(-1); },
            absl::StatusCode::kInvalidArgument, "extend_wrap_up.by: "},
           {[](v1::ActRequest& r) { r.set_agent("ana"); }, absl::StatusCode::kNotFound,
            "no agent \"ana\""},
           {[](v1::ActRequest& r) { r.set_customer("customers/other"); },
            absl::StatusCode::kNotFound, "no live plan"},
           {[](v1::ActRequest& r) { r.mutable_finish()->set_token(77); },
            absl::StatusCode::kFailedPrecondition, ""},
           {[](v1::ActRequest& r) { r.mutable_transfer(); }, absl::StatusCode::kInvalidArgument,
            "transfer: needs a group, an agent, or both; or a number"},
           {[](v1::ActRequest& r) {
              r.mutable_consult()->set_number("+32475000001");
              r.mutable_consult()->set_group("desk");
            },
            absl::StatusCode::kInvalidArgument, "consult.number: stands alone"},
           {[](v1::ActRequest& r) { r.mutable_transfer()->set_number("+33140000000"); },
            absl::StatusCode::kInvalidArgument,
            "number: +33140000000 is none of the plan's `contact_center.transfer_numbers`"},
           {[](v1::ActRequest& r) { r.mutable_transfer()->set_number("112"); },
            absl::StatusCode::kInvalidArgument, "number: "},
           {[](v1::ActRequest& r) { r.mutable_transfer()->set_number("+32475000001"); },
            absl::StatusCode::kFailedPrecondition, "agent \"anna\" is not logged in"},
       }) {
    v1::ActRequest request = Request("anna");
    request.mutable_ready();
    c.change(request);
    const absl::Status status = Act(request).status();
    EXPECT_EQ(status.code(), c.code) << status << request.DebugString();
    EXPECT_THAT(std::string(status.message()), HasSubstr(c.message));
  }
}

TEST_F(AgentHandlers, ANumberThatIsConsultedIsShown) {
  Start("anna", "+3222000201");
  EXPECT_EQ(Call("c1"), "wait");
  v1::ActRequest accept = Request("anna");
  const uint64_t token = engine_->FindAgent("acme", "anna")->standing.slots.at(0).token;
  accept.mutable_accept()->set_token(token);
  Must(accept);
  ASSERT_TRUE(engine_->FollowUp({"sw", 1, "c1"}, now_, decision_).ok());
  CallReport answered;
  answered.call = {"sw", 1, "c1"};
  answered.kind = ReportKind::kAnswered;
  ASSERT_TRUE(engine_->Report(answered, now_).ok());
  v1::ActRequest consult = Request("anna");
  consult.mutable_consult()->set_token(token);
  consult.mutable_consult()->set_number("+32475000001");
  const v1::AgentStanding standing = Must(consult);
  ASSERT_EQ(standing.works_size(), 1);
  EXPECT_EQ(standing.works(0).consulted_number(), "+32475000001");
  EXPECT_TRUE(standing.works(0).held());
  v1::ActRequest transfer = Request("anna");
  transfer.mutable_transfer()->set_token(token);
  transfer.mutable_transfer()->set_number("+32475000002");
  EXPECT_EQ(Must(transfer).works(0).consulted_number(), "");
  v1::ContactStanding contact;
  WriteContact(engine_->ListContacts("acme")->at(0), &contact);
  EXPECT_EQ(contact.state(), v1::ContactStanding::STATE_OUTSIDE);
  EXPECT_EQ(contact.outside_number(), "+32475000002");
  ASSERT_TRUE(engine_->FollowUp({"sw", 1, "c1"}, now_, decision_).ok());
  ASSERT_TRUE(engine_->Report(answered, now_).ok());
  v1::GroupStanding group;
  WriteGroup(engine_->Groups("acme")->at(0), &group);
  EXPECT_EQ(group.transferred_out(), 1u);
}

TEST_F(AgentHandlers, OthersMayNotAct) {
  Principal other;
  other.name = "somebody else";
  other.customer = "other";
  v1::ActRequest act = Request("anna");
  act.mutable_ready();
  v1::ActResponse acted;
  EXPECT_EQ(handler_->Act(act, other, &acted).code(), absl::StatusCode::kPermissionDenied);
  v1::ListAgentsRequest agents;
  agents.set_customer("customers/acme");
  v1::ListAgentsResponse listed;
  EXPECT_EQ(handler_->ListAgents(agents, other, &listed).code(),
            absl::StatusCode::kPermissionDenied);
  v1::ListGroupsRequest groups;
  groups.set_customer("customers/acme");
  v1::ListGroupsResponse of_groups;
  EXPECT_EQ(handler_->ListGroups(groups, other, &of_groups).code(),
            absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace libroute
