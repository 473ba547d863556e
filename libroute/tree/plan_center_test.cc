#include <functional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/call/stable_hash.h"
#include "libroute/contact/rules.h"
#include "libroute/contact/strategy.h"
#include "libroute/tree/test_center_plan.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kBilingual = R"yaml(
customer: acme
numbers: [{ number: "+3222000100", tree: t }]
trees: { t: { agents: { group: french, otherwise: { release: {} } } } }
skills: { nl: { description: Dutch }, fr: {}, network: {} }
agents:
  odile: { skills: { fr: 100, network: 60 }, preferences: { french: 1, second: 2 } }
  ann: { skills: { nl: 90, fr: 40 }, reserve: true, emails_undisturbed: true }
  bob: {}
groups:
  french:
    agents: [bob, ann]
    index: { bob: 30 }
    skilled: "fr >= 60"
    strategy: highest_index
    least_index: 50
    steps: [{ after: 20s, least_index: 30 }, { after: 40s, add_group: second }]
    max_wait: 5m
    max_waiting: 20
    without_agents: wait
    with_none_ready: wait
    offer: accept_first
    answer_within: 15s
    connect_within: 30s
    confirm: press-one
    missed_limit: 0
    wrap_up: 20s
    wrap_up_most: 1m
    target_percent: 90
    answer_target: 10s
  second: { skilled: "network and fr", strategy: progressive_ring, ring_most: 3, ring_step: 5s }
contact_center:
  reasons: [lunch, training]
  dispositions: [sold, later]
  call_cost: 50
  email_cost: 20
  choice: service_level
  priority_step: 1m
  email_delay: 1h
  preference_step: 0s
  refusal_rest: 10s
  phone_rest: 20s
)yaml";

contact::CenterRules RulesOf(const v1::Plan& plan) {
  const CompileResult result = CompileForTest(plan);
  for (const Issue& issue : result.issues) ADD_FAILURE() << FormatIssue(issue);
  if (result.plan == nullptr || result.plan->center_rules() == nullptr) return {};
  return *result.plan->center_rules();
}

TEST(PlanCenter, MakesRulesOfARichPlan) {
  const contact::CenterRules rules = RulesOf(ReadWholePlan(kBilingual));
  contact::CenterRules expected;
  expected.skills = {"fr", "network", "nl"};
  expected.reasons = {"lunch", "training"};
  expected.dispositions = {"sold", "later"};
  expected.agents = {{"ann", {{"fr", 40}, {"nl", 90}}, {}, true, false},
                     {"bob", {}, {}, false, true},
                     {"odile", {{"fr", 100}, {"network", 60}}, {{"french", 1}, {"second", 2}}}};
  contact::GroupRules french;
  french.name = "french";
  french.members = {{"bob", 30}, {"ann", 100}};
  french.members_by_skill = "fr >= 60";
  french.strategy = contact::Strategy::kHighestIndex;
  french.least_index = 50;
  french.steps = {{absl::Seconds(20), 30, ""}, {absl::Seconds(40), 0, "second"}};
  french.max_wait = absl::Minutes(5);
  french.max_waiting = 20;
  french.gives_up_without_agents = false;
  french.gives_up_with_none_ready = false;
  french.offer.style = contact::OfferStyle::kAcceptFirst;
  french.offer.answer_within = absl::Seconds(15);
  french.offer.connect_within = absl::Seconds(30);
  french.offer.is_confirmed = true;
  french.offer.missed_limit = 0;
  french.wrap_up = {absl::Seconds(20), absl::Minutes(1)};
  french.service_level = {90, absl::Seconds(10)};
  contact::GroupRules second;
  second.name = "second";
  second.members_by_skill = "network and fr";
  second.strategy = contact::Strategy::kProgressiveRing;
  second.offer.ring_most = 3;
  second.offer.ring_step = absl::Seconds(5);
  expected.groups = {french, second};
  expected.call_cost = 50;
  expected.email_cost = 20;
  expected.choice = contact::ContactChoice::kServiceLevel;
  expected.priority_step = absl::Minutes(1);
  expected.email_delay = absl::Hours(1);
  expected.preference_step = absl::ZeroDuration();
  expected.refusal_rest = absl::Seconds(10);
  expected.phone_rest = absl::Seconds(20);
  expected.seed = StableHash("acme");
  EXPECT_EQ(rules.agents, expected.agents);
  EXPECT_EQ(rules.groups, expected.groups);
  EXPECT_EQ(rules, expected);
  EXPECT_TRUE(contact::CheckRules(rules).ok());
}

TEST(PlanCenter, HasTheDefaultsOfTheRulesWhereNothingIsWritten) {
  const contact::CenterRules rules =
      RulesOf(WithCenter("agents: { ann: {} }\ngroups: { g: { agents: [ann] } }"));
  contact::CenterRules expected;
  expected.agents.emplace_back().name = "ann";
  expected.groups.emplace_back().name = "g";
  expected.groups[0].members = {{"ann", 100}};
  expected.seed = StableHash("acme");
  EXPECT_EQ(rules, expected);
}

TEST(PlanCenter, IsNoneWithoutAgentsAndGroups) {
  EXPECT_EQ(CompileForTest(WithCenter("")).plan->center_rules(), nullptr);
  EXPECT_THAT(IssuesWithCenter("contact_center: { reasons: [lunch] }"),
              ElementsAre("warning no-effect contact_center"));
  EXPECT_NE(CompileForTest(WithCenter("groups: { g: {} }")).plan->center_rules(), nullptr);
}

TEST(PlanCenter, IsTheSameForTheSamePlanInAnyOrder) {
  v1::Plan plan = WithCenter("");
  v1::Plan other = plan;
  for (int i = 0; i < 50; ++i) {
    const std::string name = absl::StrCat("n", i);
    const std::string backwards = absl::StrCat("n", 49 - i);
    for (const auto& [changed, key] : {std::pair(&plan, name), std::pair(&other, backwards)}) {
      (*changed->mutable_skills())[key];
      (*(*changed->mutable_agents())["ann"].mutable_skills())[key] = 7;
      (*changed->mutable_agents())[key];
      (*changed->mutable_groups())[key].add_agents("ann");
      (*changed->mutable_groups())[key].add_agents(key);
    }
  }
  EXPECT_EQ(RulesOf(plan), RulesOf(other));
  (*other.mutable_agents())["n7"].set_reserve(true);
  EXPECT_NE(RulesOf(plan), RulesOf(other));
}

TEST(PlanCenter, HasEveryStrategyByItsName) {
  for (int i = 0; i < contact::kStrategies; ++i) {
    const auto strategy = static_cast<contact::Strategy>(i);
    const v1::Plan plan =
        WithGroupOf(absl::StrCat("agents: [ann], strategy: ", contact::StrategyName(strategy)));
    EXPECT_EQ(RulesOf(plan).groups[0].strategy, strategy) << contact::StrategyName(strategy);
  }
}

TEST(PlanCenter, NamesWhatThePlanHas) {
  EXPECT_THAT(IssuesWithCenter(
                  "skills: { french: {} }\n"
                  "agents: { ann: { skills: { frensh: 50 }, preferences: { h: 1 } } }\n"
                  "groups: { g: { agents: [ann, bob], steps: [{ after: 1s, add_group: x }] } }"),
              ElementsAre("error unknown-name agents.ann.skills.frensh",
                          "error unknown-name agents.ann.preferences.h",
                          "error unknown-name groups.g.agents[1]",
                          "error unknown-name groups.g.steps[0].add_group"));
  const v1::Plan plan = WithGroupOf("agents: [ann], index: { bop: 3, bob: 4, ann: 5 }");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error unknown-name groups.g.index.bob",
                                          "error unknown-name groups.g.index.bop"));
  EXPECT_THAT(MessageOf(plan, "unknown-name"), HasSubstr("none of the group's `agents`"));
  EXPECT_THAT(MessageOf(WithGroupOf("agents: [ann, bob], index: { bbo: 3 }"), "unknown-name"),
              HasSubstr("did you mean \"bob\"?"));
}

TEST(PlanCenter, ListsAnAgentAndAReasonOnce) {
  const v1::Plan plan = WithGroupOf("agents: [ann, bob, ann]");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error duplicate groups.g.agents[2]"));
  EXPECT_THAT(MessageOf(plan, "duplicate"), HasSubstr("see groups.g.agents[0]"));
  EXPECT_THAT(IssuesWithCenter(absl::StrCat(kAround, "groups: { h: { agents: [ann, bob] } }\n",
                                            "contact_center: { reasons: [lunch, \"a b\", lunch], "
                                            "dispositions: [sold, sold] }")),
              ElementsAre("error bad-name contact_center.reasons[1]",
                          "error duplicate contact_center.reasons[2]",
                          "error duplicate contact_center.dispositions[1]"));
}

TEST(PlanCenter, HasNamesOfSkillsThatExpressionsCanSay) {
  EXPECT_THAT(IssuesWithCenter("skills: { fr-be_2: {}, 2nd: {}, fr.be: {}, and: {}, \"or\": {}, "
                               "\"a b\": {} }"),
              ElementsAre("error bad-name skills[\"a b\"]", "error bad-name skills.2nd",
                          "error bad-name skills.and", "error bad-name skills[\"fr.be\"]",
                          "error bad-name skills.or"));
}

TEST(PlanCenter, KeepsIndicesWithinOneToAHundred) {
  const auto issues = [](int value) {
    return IssuesWithCenter(absl::StrCat(
        "skills: { fr: {} }\nagents: { ann: { skills: { fr: ", value, " }, preferences: { g: ",
        value, " } } }\n", "groups: { g: { agents: [ann], index: { ann: ", value, " } } }"));
  };
  EXPECT_THAT(issues(1), IsEmpty());
  EXPECT_THAT(issues(100), IsEmpty());
  for (int bad : {0, 101}) {
    EXPECT_THAT(issues(bad), ElementsAre("error bad-value agents.ann.skills.fr",
                                         "error bad-value agents.ann.preferences.g",
                                         "error bad-value groups.g.index.ann"))
        << bad;
  }
}

TEST(PlanCenter, KeepsWhatHoldsForAllGroupsWithinItsBounds) {
  const struct {
    const char* field;
    std::vector<const char*> good;
    const char* bad;
  } kFields[] = {
      {"call_cost", {"1", "100"}, "101"},        {"email_cost", {"1", "100"}, "101"},
      {"priority_step", {"0s", "24h"}, "25h"},   {"email_delay", {"0s", "720h"}, "721h"},
      {"preference_step", {"0s", "24h"}, "25h"}, {"refusal_rest", {"1s", "1h"}, "0s"},
      {"phone_rest", {"1s", "1h"}, "61m"},
  };
  const std::string center =
      absl::StrCat(kAround, "groups: { h: { agents: [ann, bob] } }\ncontact_center: { ");
  for (const auto& [field, good, bad] : kFields) {
    for (const char* value : good) {
      EXPECT_THAT(IssuesWithCenter(absl::StrCat(center, field, ": ", value, " }")), IsEmpty())
          << field << value;
    }
    EXPECT_THAT(IssuesWithCenter(absl::StrCat(center, field, ": ", bad, " }")),
                ElementsAre(absl::StrCat("error bad-value contact_center.", field)));
  }
}

TEST(PlanCenter, HasNoOtherValuesThanThoseOfItsEnumerations) {
  v1::Plan plan = WithGroupOf("agents: [ann, bob]");
  v1::Group& group = plan.mutable_groups()->at("g");
  group.set_strategy(static_cast<v1::Group::Strategy>(13));
  group.set_without_agents(static_cast<v1::Group::Unattended>(3));
  group.set_with_none_ready(static_cast<v1::Group::Unattended>(-1));
  group.set_offer(static_cast<v1::Group::Offer>(3));
  group.set_at_closing(static_cast<v1::Group::Closing>(4));
  plan.mutable_contact_center()->set_choice(static_cast<v1::ContactCenter::Choice>(3));
  EXPECT_THAT(
      IssuesOf(plan),
      ElementsAre("error bad-value contact_center.choice", "error bad-value groups.g.strategy",
                  "error bad-value groups.g.without_agents",
                  "error bad-value groups.g.with_none_ready", "error bad-value groups.g.offer",
                  "error bad-value groups.g.at_closing"));
}

}  // namespace
}  // namespace libroute
