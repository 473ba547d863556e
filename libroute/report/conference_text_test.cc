#include "libroute/report/conference_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr absl::string_view kConferencePlan = R"yaml(
customer: acme
time_zone: Europe/Brussels
numbers:
  - { number: "+3222000100", tree: desk }
  - { number: "+3222000101", tree: board-only }
  - { number: "+3222000102", tree: nothing }
conferences:
  meeting:
    number: "100"
    start: "2026-12-01T14:00:00"
    end: "2026-12-01T16:00:00"
    codes: [{ code: "602214", name: speakers }, { code: "314159", role: listener }]
  night:
    number: "101"
    start: "2026-12-01T22:00:00Z"
    end: "2026-12-02T01:30:00Z"
    time_zone: America/New_York
    description: Hand-over
    confirmation: "{description} {conference} {start}/{end} {role} {name}: {access}, {number}, {code}"
    codes: [{ code: "1234", name: Ann }]
  board: { number: "200", codes: [{ code: "271828" }] }
trees:
  desk: { menu: { message: choose, keys: { "1": { goto: rooms } }, otherwise: { release: {} } } }
  rooms: { conference_access: { message: m, code_message: c, conferences: [meeting, night],
                                otherwise: { goto: desk } } }
  board-only: { conference_access: { message: m, code_message: c, conferences: [board, meeting],
                                     otherwise: { release: {} } } }
  nothing: { release: {} }
)yaml";

v1::Plan ConferencePlan() {
  ReadResult read = ReadPlan(kConferencePlan, "test.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return *read.plan;
}

TEST(ConferenceText, SaysWhenWhereAndWithWhichCode) {
  const auto invitation = InviteTo(ConferencePlan(), "meeting");
  ASSERT_TRUE(invitation.ok()) << invitation.status();
  EXPECT_EQ(invitation->number, "100");
  EXPECT_THAT(invitation->access, ElementsAre("+3222000100", "+3222000101"));
  ASSERT_EQ(invitation->confirmations.size(), 2u);
  EXPECT_EQ(invitation->confirmations[0].text,
            "You are invited to the conference meeting.\n\n"
            "When   Tue 2026-12-01 14:00 to 16:00 (Europe/Brussels)\n"
            "Call   +3222000100 or +3222000101\n"
            "Enter  100#, then your code 602214#\n");
  EXPECT_THAT(invitation->confirmations[1].text,
              HasSubstr("code 314159#\n\nYou will hear the others, they will not hear you.\n"));
  EXPECT_EQ(invitation->confirmations[1].role, "listener");
}

TEST(ConferenceText, IsAsThePlanWordsIt) {
  const auto invitation = InviteTo(ConferencePlan(), "night");
  ASSERT_TRUE(invitation.ok()) << invitation.status();
  ASSERT_EQ(invitation->confirmations.size(), 1u);
  EXPECT_EQ(invitation->confirmations[0].text,
            "Hand-over night 2026-12-01 17:00/2026-12-01 20:30 participant Ann: +3222000100, 101, "
            "1234\n");
}

TEST(ConferenceText, SaysThatAConferenceIsAlwaysOpen) {
  const auto invitation = InviteTo(ConferencePlan(), "board");
  ASSERT_TRUE(invitation.ok()) << invitation.status();
  EXPECT_FALSE(invitation->start.has_value());
  EXPECT_THAT(invitation->confirmations[0].text, HasSubstr("When   at any time\nCall   +3222000101\n"));
}

TEST(ConferenceText, DoesNotKnowOthers) {
  EXPECT_THAT(std::string(InviteTo(ConferencePlan(), "meetin").status().message()),
              HasSubstr("no conference \"meetin\"; did you mean \"meeting\"?"));
  EXPECT_EQ(InviteTo(v1::Plan(), "x").status().code(), absl::StatusCode::kNotFound);
}

TEST(ConferenceText, HasNoNumberWhereNoneLeadsThere) {
  v1::Plan plan = ConferencePlan();
  plan.mutable_numbers()->DeleteSubrange(0, 2);
  EXPECT_THAT(InviteTo(plan, "board")->access, IsEmpty());
}

}  // namespace
}  // namespace libroute
