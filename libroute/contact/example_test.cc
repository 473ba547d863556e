// The example of README.md.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/contact_center.h"

namespace libroute::contact {
namespace {

// [example
std::vector<std::string> AnswerOneCall(absl::Time now) {
  CenterRules rules;
  rules.skills = {"french", "network"};
  rules.agents = {{.name = "anna", .skills = {{"french", 80}, {"network", 40}}},
                  {.name = "bert", .skills = {{"french", 60}}}};
  GroupRules desk;
  desk.name = "desk";
  desk.members_by_skill = "french >= 60";
  desk.strategy = Strategy::kHighestIndex;
  desk.least_index = 70;                       // anna alone at first,
  desk.steps = {{absl::Seconds(20), 60, ""}};  // after 20 s bert as well
  desk.wrap_up.time = absl::Seconds(30);
  rules.groups = {desk};

  ContactCenter center;
  Effects effects;  // to be carried out, in order
  absl::Status status = center.Apply(Configure{rules}, now, effects);
  const AgentId bert = *center.FindAgent("bert");
  status.Update(center.Apply(LogIn{bert, "+3225551234"}, now, effects));
  status.Update(center.Apply(Ready{bert}, now, effects));

  Arrive call{.name = "switch-1/1/4711", .wish = {.group = *center.FindGroup("desk")}};
  status.Update(center.Apply(call, now, effects));  // waits: bert is not good enough yet
  center.Advance(center.NextDeadline(), effects);   // 20 s later it is offered to bert
  const Effect offer = effects.back();
  now = offer.deadline - absl::Seconds(5);  // who answers in time
  status.Update(center.Apply(Answer{offer.agent, offer.token}, now, effects));
  status.Update(center.Apply(Finish{offer.agent, offer.token}, now, effects));
  center.Advance(center.NextDeadline(), effects);  // the wrap-up is over

  std::vector<std::string> lines = {status.ToString()};
  for (const Effect& effect : effects) lines.push_back(ToString(effect));
  return lines;
}
// example]

TEST(Example, ComesToItsEnd) {
  const std::vector<std::string> lines = AnswerOneCall(absl::FromUnixSeconds(1'800'000'000));
  ASSERT_EQ(lines.size(), 11u);
  EXPECT_EQ(lines[0], "OK");
  EXPECT_EQ(lines[5], "5 waiting contact=0.1 group=0.1");
  EXPECT_EQ(lines[6],
            "6 offered contact=0.1 agent=1.1 group=0.1 token=1 "
            "deadline=2027-01-15T08:00:40+00:00");
  EXPECT_EQ(lines[10], "10 ended contact=0.1 reason=done");
}

}  // namespace
}  // namespace libroute::contact
