#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_desk.h"

// Groups that open and close by the schedules of their plan.
namespace libroute {
namespace {

// The tests begin on a Monday at 9 UTC. `fields` are of the group.
std::string PlanWith(const std::string& fields) {
  return absl::StrCat(R"(
customer: acme
time_zone: UTC
numbers: [{ number: "+3222000100", tree: main }]
schedules:
  office: { weekly: { days: [mon, tue, wed, thu, fri], from: "08:00", to: "17:00" } }
  late: { weekly: { days: [mon, tue, wed, thu, fri], from: "12:00", to: "20:00" } }
agents: { anna: {} }
groups: { desk: { agents: [anna], without_agents: wait, with_none_ready: wait, )",
                      fields, R"( } }
trees:
  main:
    agents:
      group: desk
      wait: 60m
      on_timeout: { voicemail: { mailbox: late } }
      on_closed: { voicemail: { mailbox: closed } }
      otherwise: { release: {} }
)");
}

constexpr char kOffice[] = "schedule: office";
const absl::Time kClosing = kTestNow + absl::Hours(8);
const absl::Time kMorning = kTestNow + absl::Hours(23);

void GoTo(Desk& desk, absl::Time time) {
  desk.now = time;
  desk.engine().Advance(time);
}

void Change(Desk& desk, bool opens) {
  GroupAct act;
  act.group = "desk";
  act.opens = opens;
  EXPECT_TRUE(desk.engine().ChangeGroup("acme", act, desk.now).ok());
}

void Publish(Desk& desk, const std::string& fields) {
  EXPECT_TRUE(desk.engine().Publish(ReadTestPlan(PlanWith(fields)), {}, desk.now).changed);
}

TEST(GroupSchedules, OpenAndCloseToTheSecond) {
  Desk desk(PlanWith(kOffice));
  EXPECT_LE(desk.engine().NextDeadline(), kClosing);
  GoTo(desk, kClosing - absl::Microseconds(1));
  EXPECT_EQ(Caller(desk, "before").Told(), "wait desk 1");
  GoTo(desk, kClosing);
  EXPECT_EQ(Caller(desk, "after").Told(), "voicemail closed");
  EXPECT_FALSE(desk.Group("desk").standing.is_open);
  GoTo(desk, kMorning - absl::Microseconds(1));
  EXPECT_EQ(Caller(desk, "early").Told(), "voicemail closed");
  GoTo(desk, kMorning);
  EXPECT_EQ(Caller(desk, "morning").Told(), "wait desk 1");
}

TEST(GroupSchedules, OfWhichNobodyLetTimePassHoldForACall) {
  Desk desk(PlanWith(kOffice));
  desk.now = kClosing;
  EXPECT_EQ(Caller(desk, "after").Told(), "voicemail closed");
  desk.now = kMorning + absl::Hours(24 * 7);
  EXPECT_EQ(Caller(desk, "next week").Told(), "wait desk 1");
}

TEST(GroupSchedules, WhatIsClosedWhenItIsPublishedIsClosed) {
  Desk desk(PlanWith("schedule: late"));
  EXPECT_EQ(Caller(desk, "c1").Told(), "voicemail closed");
  GoTo(desk, kTestNow + absl::Hours(3));
  EXPECT_EQ(Caller(desk, "c2").Told(), "wait desk 1");
}

TEST(GroupSchedules, LetWhoWaitsDrain) {
  Desk desk(PlanWith("schedule: office, drain: 10m"));
  GoTo(desk, kClosing - absl::Minutes(1));
  Caller caller(desk);
  ASSERT_EQ(caller.Told(), "wait desk 1");
  GoTo(desk, kClosing + absl::Minutes(9));
  EXPECT_EQ(caller.Ask(), "wait desk 1");
  // An agent who comes takes who is left.
  GoTo(desk, kClosing + absl::Minutes(10));
  EXPECT_EQ(caller.Ask(), "voicemail closed");
}

TEST(GroupSchedules, BringWhoDrainsToAnAgent) {
  Desk desk(PlanWith(kOffice));
  GoTo(desk, kClosing - absl::Minutes(1));
  Caller caller(desk);
  GoTo(desk, kClosing + absl::Minutes(1));
  desk.Start("anna", "+3222000201");
  EXPECT_EQ(caller.Ask(), "dial anna +3222000201");
}

TEST(GroupSchedules, SendWhoWaitsAwayOrLetThemWait) {
  Desk evicting(PlanWith("schedule: office, at_closing: evict"));
  GoTo(evicting, kClosing - absl::Minutes(1));
  Caller evicted(evicting);
  ASSERT_EQ(evicted.Told(), "wait desk 1");
  GoTo(evicting, kClosing);
  EXPECT_EQ(evicted.Ask(), "voicemail closed");

  Desk keeping(PlanWith("schedule: office, at_closing: keep"));
  GoTo(keeping, kClosing - absl::Minutes(1));
  Caller kept(keeping);
  GoTo(keeping, kClosing + absl::Minutes(58));
  EXPECT_EQ(kept.Ask(), "wait desk 1");
  GoTo(keeping, kClosing + absl::Minutes(59));
  EXPECT_EQ(kept.Ask(), "voicemail late");
}

TEST(GroupSchedules, WhatIsDoneByHandHoldsUntilTheNextChange) {
  Desk desk(PlanWith(kOffice));
  Change(desk, false);
  EXPECT_EQ(Caller(desk, "meeting").Told(), "voicemail closed");
  // Publishing what leaves the hours as they are leaves it closed, too.
  Publish(desk, "schedule: office, max_waiting: 7");
  EXPECT_EQ(Caller(desk, "still").Told(), "voicemail closed");
  GoTo(desk, kMorning);
  EXPECT_EQ(Caller(desk, "morning").Told(), "wait desk 1");
  GoTo(desk, kMorning + absl::Hours(10));
  Change(desk, true);
  EXPECT_EQ(Caller(desk, "evening").Told(), "wait desk 1");
}

TEST(GroupSchedules, FollowThePlan) {
  Desk desk(PlanWith("schedule: late"));
  ASSERT_FALSE(desk.Group("desk").standing.is_open);
  Publish(desk, kOffice);
  EXPECT_TRUE(desk.Group("desk").standing.is_open);
  Publish(desk, "schedule: late, max_waiting: 5");
  EXPECT_FALSE(desk.Group("desk").standing.is_open);
  Publish(desk, "max_waiting: 5");
  EXPECT_TRUE(desk.Group("desk").standing.is_open);
  GoTo(desk, kMorning + absl::Hours(24 * 6));
  EXPECT_TRUE(desk.Group("desk").standing.is_open);
}

TEST(GroupSchedules, HoldForWhoComesWhereAgentsAreElsewhere) {
  auto engine = MakeEngine();
  MustPublish(*engine, PlanWith("schedule: late"));
  for (const auto& [hours, mailbox] : {std::pair(2, "closed"), std::pair(3, "")}) {
    const absl::Time now = kTestNow + absl::Hours(hours);
    Decision decision;
    const absl::StatusOr<Answer> answer =
        engine->Route(TestCall("+3222000100", absl::StrCat("c", hours)), now, decision);
    ASSERT_TRUE(answer.ok()) << answer.status();
    ASSERT_TRUE(std::holds_alternative<Enter>(*answer));
    ASSERT_TRUE(engine->Complete(std::get<Enter>(*answer), now, decision).ok());
    const auto* voicemail = std::get_if<VoicemailDecision>(&decision.action);
    EXPECT_EQ(voicemail == nullptr ? "" : voicemail->mailbox, mailbox);
    EXPECT_EQ(std::holds_alternative<WaitDecision>(decision.action), voicemail == nullptr);
  }
}

}  // namespace
}  // namespace libroute
