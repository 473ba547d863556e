// Agents, supervisors and connectors who use the command line at a real server.

#include <stdio.h>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class DeskInTheTerminal : public testing::Test {
 protected:
  std::string Config() {
    directory_.Write("acme.yaml", R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {}, bob: {} }
groups:
  desk: { agents: [anna], without_agents: wait, with_none_ready: wait }
  second: { agents: [bob], without_agents: wait, with_none_ready: wait }
contact_center: { transfer_numbers: ["+32475*"] }
trees: { main: { agents: { group: desk, otherwise: { release: {} } } } }
)");
    return directory_.Write("routed.yaml", kAgentsConfig);
  }

  // What `routectl COMMAND --server ... REST` prints, errors too, and its exit code at the end.
  std::string Run(const std::string& command, const std::string& rest = "",
                  const std::string& input = "") {
    const std::string line =
        absl::StrCat(ROUTECTL, " ", command, " --server ", address_, " --customer acme ", rest,
                     " <", directory_.Write("input", input), " 2>&1; echo exit $?");
    FILE* pipe = popen(line.c_str(), "r");
    std::string output;
    char buffer[4096];
    while (size_t count = fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, count);
    pclose(pipe);
    return output;
  }
  v1::GroupStanding Group(int i) {
    v1::ListGroupsRequest request;
    request.set_customer("customers/acme");
    v1::ListGroupsResponse response;
    EXPECT_TRUE(client_.agents().ListGroups(NewContext().get(), request, &response).ok());
    return response.groups(i);
  }

  TempDirectory directory_;
  RoutedProcess routed_{{"--config", Config()}};
  std::string address_ = routed_.Address();
  Client client_{address_};
};

TEST_F(DeskInTheTerminal, IsAnAgentLineByLine) {
  ASSERT_TRUE(client_.Ask(FirstQuestion("a")).has_wait());
  const std::string told = Run("desk", "anna", "log-in +3222000201\nready\n\nnonsense\n");
  EXPECT_THAT(told,
              AllOf(HasSubstr("\"nonsense\" is none of log-in, log-out"), HasSubstr("exit 0")));
  EXPECT_THAT(told, HasSubstr("anna ready at +3222000201; offered 1 for desk from +32470000000"));
  EXPECT_THAT(Run("desk", "zoe"), AllOf(HasSubstr("no agent \"zoe\""), HasSubstr("exit 1")));
  EXPECT_THAT(Run("desk", "anna --output json"), HasSubstr("\"agent\":{\"agent\":\"anna\""));
}

TEST_F(DeskInTheTerminal, SupervisorsChangeAgentsAndMoveContacts) {
  Run("agent", "anna log-in +3222000201");
  Run("agent", "anna ready");
  const v1::RouteRequest first = FirstQuestion("a");
  ASSERT_EQ(client_.Ask(first).dial().legs(0).agent(), "anna");
  EXPECT_THAT(Run("change-agent", "anna --group desk --index 0"),
              AllOf(HasSubstr("group desk=0"), HasSubstr("exit 0")));
  EXPECT_EQ(client_.Ask(first).wait().group(), "desk");
  EXPECT_THAT(Run("change-contact", "sbc-1/1/a --to-group second"),
              AllOf(HasSubstr("waiting"), HasSubstr("second"), HasSubstr("exit 0")));
  EXPECT_EQ(client_.Ask(first).wait().group(), "second");
  EXPECT_THAT(Run("change-contact", "sbc-1/1/a --give-up"),
              AllOf(HasSubstr("between_groups"), HasSubstr("exit 0")));
  EXPECT_EQ(client_.Ask(first).action_case(), v1::Decision::kRelease);
  EXPECT_THAT(Run("agents"), HasSubstr("desk=0"));
  EXPECT_THAT(Run("change-agent", "anna --reset"),
              AllOf(Not(HasSubstr("desk=0")), HasSubstr("exit 0")));
}

TEST_F(DeskInTheTerminal, SaysWhatIsWrongWithAChange) {
  EXPECT_THAT(
      Run("change-agent", "anna --index 5"),
      AllOf(HasSubstr("say one of --skill NAME, --group NAME and --reset"), HasSubstr("exit 2")));
  EXPECT_THAT(Run("change-agent", "anna --group desk"),
              AllOf(HasSubstr("say with --index"), HasSubstr("exit 2")));
  EXPECT_THAT(Run("change-agent", "zoe --reset"),
              AllOf(HasSubstr("no agent \"zoe\""), HasSubstr("exit 1")));
  EXPECT_THAT(Run("change-contact", "sbc-1/1/a"),
              AllOf(HasSubstr("say where it goes"), HasSubstr("exit 2")));
  EXPECT_THAT(Run("change-contact", "sbc-1/1/a --give-up"),
              AllOf(HasSubstr("no contact is called \"sbc-1/1/a\""), HasSubstr("exit 1")));
}

TEST_F(DeskInTheTerminal, HandsACallOn) {
  Run("agent", "anna log-in +3222000201");
  Run("agent", "anna ready");
  const v1::Decision offered = client_.Ask(FirstQuestion("a"));
  ASSERT_EQ(offered.dial().legs_size(), 1);
  EXPECT_THAT(Run("agent", "anna transfer second"),
              AllOf(HasSubstr("agent \"anna\" has nothing to transfer"), HasSubstr("exit 1")));
  v1::ReportRequest report;
  *report.add_reports()->mutable_call_id() = FirstQuestion("a").call_id();
  report.mutable_reports(0)->mutable_answered()->set_attempt_id(
      offered.dial().legs(0).attempt_id());
  v1::ReportResponse reported;
  EXPECT_TRUE(client_.route().Report(NewContext().get(), report, &reported).ok());
  EXPECT_THAT(Run("contacts"), AllOf(HasSubstr("sbc-1/1/a"), HasSubstr("active"), HasSubstr("anna"),
                                     HasSubstr("+32470000000")));
  EXPECT_THAT(Run("agent", "anna transfer"), HasSubstr("say to which group"));
  EXPECT_THAT(Run("agent", "anna transfer third"), HasSubstr("no group \"third\""));
  EXPECT_THAT(Run("agent", "anna transfer second"), HasSubstr("exit 0"));
  EXPECT_THAT(Run("contacts"), AllOf(HasSubstr("waiting"), HasSubstr("second")));
  EXPECT_EQ(client_.Ask(FirstQuestion("a")).wait().group(), "second");
}

TEST_F(DeskInTheTerminal, ConsultsANumberAndHandsACallOnToIt) {
  Run("agent", "anna log-in +3222000201");
  Run("agent", "anna ready");
  const v1::Decision offered = client_.Ask(FirstQuestion("a"));
  ASSERT_EQ(offered.dial().legs_size(), 1);
  v1::ReportRequest report;
  *report.add_reports()->mutable_call_id() = FirstQuestion("a").call_id();
  report.mutable_reports(0)->mutable_answered()->set_attempt_id(
      offered.dial().legs(0).attempt_id());
  v1::ReportResponse reported;
  EXPECT_TRUE(client_.route().Report(NewContext().get(), report, &reported).ok());
  EXPECT_THAT(Run("agent", "anna transfer --number +33140000000"),
              AllOf(HasSubstr("is none of the plan's `contact_center.transfer_numbers`: +32475*"),
                    HasSubstr("exit 1")));
  EXPECT_THAT(Run("agent", "anna consult --number +32475000001"),
              AllOf(HasSubstr("consults +32475000001"), HasSubstr("exit 0")));
  EXPECT_THAT(Run("contacts"), HasSubstr("+32475000001"));
  EXPECT_THAT(Run("agent", "anna cancel-consult"),
              AllOf(Not(HasSubstr("consults")), HasSubstr("exit 0")));
  EXPECT_THAT(Run("desk", "anna", "transfer +32475000002 1\n"), HasSubstr("ready"));
  EXPECT_THAT(Run("contacts"), AllOf(HasSubstr("outside"), HasSubstr("+32475000002")));
  const v1::Decision dial = client_.Ask(FirstQuestion("a"));
  ASSERT_EQ(dial.dial().legs_size(), 1);
  EXPECT_EQ(dial.dial().legs(0).number(), "+32475000002");
  report.mutable_reports(0)->mutable_answered()->set_attempt_id(dial.dial().legs(0).attempt_id());
  EXPECT_TRUE(client_.route().Report(NewContext().get(), report, &reported).ok());
  EXPECT_EQ(Group(0).transferred_out(), 1u);
  EXPECT_THAT(Run("contacts"), AllOf(HasSubstr("exit 0"), Not(HasSubstr("+32475000002"))));
}

TEST_F(DeskInTheTerminal, OpensAndClosesGroups) {
  ASSERT_TRUE(client_.Ask(FirstQuestion("a")).has_wait());
  EXPECT_THAT(Run("group", "desk close --waiting evict"),
              AllOf(HasSubstr("no"), HasSubstr("exit 0")));
  EXPECT_FALSE(Group(0).open());
  EXPECT_TRUE(client_.Ask(FirstQuestion("b")).has_release());
  EXPECT_THAT(Run("group", "desk open"), HasSubstr("exit 0"));
  EXPECT_TRUE(Group(0).open());
  EXPECT_THAT(Run("group", "third open"), AllOf(HasSubstr("no group"), HasSubstr("exit 1")));
  EXPECT_THAT(Run("group", "desk shut"), HasSubstr("exit 2"));
  EXPECT_THAT(Run("group", "desk close --drain soon"),
              AllOf(HasSubstr("--drain: say for how long"), HasSubstr("exit 2")));
}

}  // namespace
}  // namespace libroute
