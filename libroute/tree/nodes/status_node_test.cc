#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

constexpr absl::string_view kByStatus =
    "status: { cases: [{ destination: front, is: [down], then: { voicemail: { mailbox: down } } },"
    " { destination: front, is: [busy], then: { voicemail: { mailbox: busy } } },"
    " { site: south, is: [busy, down], then: { voicemail: { mailbox: south } } }],"
    " otherwise: { voicemail: { mailbox: up } } }";

std::string MailboxOf(const TestPlan& plan) {
  TestCall call(plan);
  call.Ask();
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kStatus));
  return std::string(std::get<VoicemailDecision>(call.decision().action).mailbox);
}

TEST(StatusNode, TakesNothingKnownForUp) {
  TestPlan plan(kByStatus);
  EXPECT_EQ(MailboxOf(plan), "up");
}

TEST(StatusNode, TakesTheFirstCaseWithTheStatus) {
  TestPlan plan(kByStatus);
  plan.SetSite("south", Status::kBusy);
  EXPECT_EQ(MailboxOf(plan), "south");
  plan.SetDestination("front", Status::kBusy);
  EXPECT_EQ(MailboxOf(plan), "busy");
  plan.SetDestination("front", Status::kDown);
  EXPECT_EQ(MailboxOf(plan), "down");
  plan.SetDestination("front", Status::kUp);
  plan.SetSite("south", Status::kUp);
  EXPECT_EQ(MailboxOf(plan), "up");
}

TEST(StatusNode, ADestinationIsDownWhenItsSiteIs) {
  TestPlan plan(kByStatus);
  plan.SetDestination("front", Status::kUp);
  plan.SetSite("north", Status::kDown);
  EXPECT_EQ(MailboxOf(plan), "down");
  plan.SetSite("north", Status::kBusy);
  EXPECT_EQ(MailboxOf(plan), "up") << "a busy site says nothing about its destinations";
}

TEST(StatusNode, ExplainsWhatIsKnown) {
  TestPlan plan(kByStatus);
  plan.SetSite("south", Status::kDown);
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Comparisons(0), ElementsAre("destination front | down | is up | no",
                                               "destination front | busy | is up | no",
                                               "site south | busy or down | is down | yes"));
  EXPECT_EQ(call.Way().front(), "trees.main.status status: cases[2] (south is down)");
}

TEST(StatusNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(
      IssuesOf("status: { cases: [{ is: [up], then: { release: {} } }, { destination: fromt, is: "
               "[up], then: { release: {} } }, { site: nort, is: [up], then: { release: {} } },"
               " { site: north }] }"),
      ElementsAre("error missing trees.main.status.cases[0]",
                  "error unknown-name trees.main.status.cases[1].destination",
                  "error unknown-name trees.main.status.cases[2].site",
                  "error missing trees.main.status.cases[3].is",
                  "error dead-end trees.main.status.cases[3].then",
                  "error dead-end trees.main.status"));
}

TEST(StatusNode, WarnsOfCasesThatNeverMatch) {
  EXPECT_THAT(IssuesOf("status: { cases: [{ site: north, is: [down], then: { release: {} } },"
                       " { site: north, is: [down, busy], then: { release: {} } },"
                       " { site: north, is: [busy], then: { release: {} } },"
                       " { site: south, is: [busy], then: { release: {} } }],"
                       " otherwise: { release: {} } }"),
              ElementsAre("warning never-matches trees.main.status.cases[2]"));
}

TEST(StatusNode, NothingIsLeftBehindAllStatusesOfOneThing) {
  constexpr absl::string_view kNorth =
      "{ site: north, is: [up], then: { release: {} } },"
      " { site: north, is: [busy, down], then: { release: {} } }";
  auto issues = [&](absl::string_view more, absl::string_view otherwise) {
    return IssuesOf(absl::StrCat("status: { cases: [", kNorth, more, "]", otherwise, " }"));
  };
  constexpr absl::string_view kOtherwise = ", otherwise: { release: {} }";
  EXPECT_THAT(issues(", { destination: front, is: [up], then: { release: {} } },"
                     " { site: south, is: [down], then: { release: {} } }",
                     kOtherwise),
              ElementsAre("warning never-matches trees.main.status.cases[2]",
                          "warning never-matches trees.main.status.cases[3]",
                          "warning never-matches trees.main.status.otherwise"));
  EXPECT_THAT(issues("", ""), ElementsAre()) << "no `otherwise` is wanted";
  EXPECT_EQ(
      MessageOf(ReadTestPlan(absl::StrCat("status: { cases: [", kNorth, "]", kOtherwise, " }")),
                "never-matches"),
      "no call comes here: earlier cases have up, busy and down of \"north\", one of which "
      "it always is; remove this one");
}

TEST(StatusNode, StatusesOfDifferentThingsLeaveSomething) {
  EXPECT_THAT(IssuesOf("status: { cases: [{ site: north, is: [up, busy], then: { release: {} } },"
                       " { site: south, is: [down], then: { release: {} } },"
                       " { destination: front, is: [down], then: { release: {} } }],"
                       " otherwise: { release: {} } }"),
              ElementsAre());
  EXPECT_THAT(IssuesOf("status: { cases: [{ site: a, is: [up, busy, down], then: { release: {} } },"
                       " { site: b, is: [up], then: { release: {} } },"
                       " { is: [up, busy, down], then: { release: {} } }],"
                       " otherwise: { release: {} } }"),
              ElementsAre("error unknown-name trees.main.status.cases[0].site",
                          "error unknown-name trees.main.status.cases[1].site",
                          "error missing trees.main.status.cases[2]"))
      << "names that are wrong take nothing";
}

TEST(StatusNode, TakesNoStatusThatItDoesNotKnow) {
  v1::Plan plan = ReadTestPlan(kByStatus);
  v1::StatusBranch* status = plan.mutable_trees()->at("main").mutable_status();
  status->mutable_cases(0)->set_is(0, v1::STATUS_UNSPECIFIED);
  status->mutable_cases(1)->add_is(static_cast<v1::Status>(-7));
  status->mutable_cases(2)->add_is(static_cast<v1::Status>(4));
  EXPECT_THAT(IssuesOf(plan),
              testing::IsSupersetOf({"error bad-value trees.main.status.cases[0].is",
                                     "error bad-value trees.main.status.cases[1].is",
                                     "error bad-value trees.main.status.cases[2].is"}));
}

}  // namespace
}  // namespace libroute
