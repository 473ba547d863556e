#include "libroute/contact/rules.h"

#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/test_center.h"

namespace libroute::contact {
namespace {

std::string FaultOf(const std::function<void(CenterRules&)>& change) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}});
  rules.skills = {"french"};
  change(rules);
  return std::string(CheckRules(rules).message());
}

TEST(CheckRules, AcceptsWhatIsRight) {
  EXPECT_EQ(FaultOf([](CenterRules&) {}), "");
  EXPECT_TRUE(CheckRules(CenterRules()).ok());
}

TEST(CheckRules, SaysWhereWhatAndWhatWouldBeRight) {
  const struct {
    std::function<void(CenterRules&)> change;
    std::string fault;
  } kCases[] = {
      {[](CenterRules& rules) { rules.groups[0].members[1].agent = "ana"; },
       "groups[0].members[1].agent: no agent \"ana\"; did you mean \"anna\"?"},
      {[](CenterRules& rules) { rules.groups[0].members[1].index = 0; },
       "groups[0].members[1].index: 0 is not within 1 and 100"},
      {[](CenterRules& rules) { rules.agents[1].name = "anna"; },
       "agents[1].name: \"anna\" is here twice"},
      {[](CenterRules& rules) {
         rules.agents[0].skills.push_back({"frensh", 50});
       },
       "agents[0].skills[0]: no skill \"frensh\"; did you mean \"french\"?"},
      {[](CenterRules& rules) { rules.groups[0].members_by_skill = "french >"; },
       "groups[0].members_by_skill: \"french >\", character 9: an index of 1 to 100 was expected; "
       "here it ends"},
      {[](CenterRules& rules) { rules.groups[0].max_wait = absl::Hours(25); },
       "groups[0].max_wait: 25h is not within 1s and 24h"},
      {[](CenterRules& rules) {
         rules.groups[0].steps = {{absl::Seconds(5), 20, "x"}};
       },
       "groups[0].steps[0]: either least_index or add_group is wanted"},
      {[](CenterRules& rules) {
         rules.groups[0].steps = {{absl::Seconds(5), 1, ""}};
       },
       "groups[0].steps[0].least_index: 1 is not at least 1 and below the 1 before it"},
      {[](CenterRules& rules) {
         rules.groups[0].steps = {{absl::Seconds(5), 0, "sales"}};
       },
       "groups[0].steps[0].add_group: \"sales\" is here twice"},
      {[](CenterRules& rules) { rules.groups[0].wrap_up.time = absl::Minutes(11); },
       "groups[0].wrap_up.time: 11m is not within 0 and 10m"},
      {[](CenterRules& rules) { rules.email_cost = 101; },
       "email_cost: 101 is not within 1 and 100"},
  };
  for (const auto& each : kCases) EXPECT_EQ(FaultOf(each.change), each.fault);
}

TEST(CheckRules, ChangesNothingWhenRefused) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Forget();
  CenterRules wrong = OneGroup({{"bert"}});
  wrong.groups[0].least_index = 0;
  EXPECT_FALSE(center.Try(Configure{wrong}).ok());
  EXPECT_TRUE(center.News().empty());
  center.Arrive("c1", "sales");
  EXPECT_THAT(center.Offered(), testing::ElementsAre("anna"));
}

}  // namespace
}  // namespace libroute::contact
