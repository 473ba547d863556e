#include "libroute/report/tree_dot.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::HasSubstr;
using testing::Not;

v1::Plan PlanOf(absl::string_view text) {
  ReadResult read = ReadPlan(text, "test.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return *read.plan;
}

constexpr absl::string_view kPlan = R"yaml(
customer: acme
numbers: [{ number: "+3222000100", tree: desk }]
trees:
  desk:
    time:
      cases: [{ schedule: hours, then: { dial: { to: [front, "+32470000001"], ring: 20s,
                                                 on_no_answer: { goto: message } } } }]
      otherwise: { goto: message }
  message: { announce: { message: closed, then: { voicemail: { mailbox: desk } } } }
default: { on_busy: { goto: message }, otherwise: { release: } }
)yaml";

TEST(TreeDot, DrawsATreeAndTheTreesItGoesTo) {
  EXPECT_EQ(*TreeDot(PlanOf(kPlan), "desk"), R"dot(digraph "desk" {
  graph [rankdir=TB, compound=true, fontname="Helvetica"];
  node [fontname="Helvetica", fontsize=11];
  edge [fontname="Helvetica", fontsize=10];
  subgraph cluster_tree0 {
    label="desk";
    tree0 [label="desk\n+3222000100", shape=cds];
    n0 [label="time", shape=diamond];
    tree0 -> n0 [];
    n1 [label="dial\nto front, +32470000001\nring 20s", shape=box];
    n0 -> n1 [label="schedule hours"];
  }
  subgraph cluster_tree1 {
    label="message";
    tree1 [label="message", shape=cds];
    n2 [label="announce\nmessage closed", shape=box];
    tree1 -> n2 [];
    n3 [label="voicemail\nmailbox desk", shape=box, peripheries=2];
    n2 -> n3 [label="then"];
  }
  n1 -> tree1 [style=dashed, label="no answer"];
  n0 -> tree1 [style=dashed, label="otherwise"];
}
)dot");
}

TEST(TreeDot, NamesTheNearestTree) {
  absl::Status status = TreeDot(PlanOf(kPlan), "dsek").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "no tree \"dsek\"; did you mean \"desk\"?");
}

TEST(TreeDot, LabelsBranchesInThePlansWords) {
  std::string dot = *TreeDot(PlanOf(R"yaml(
customer: acme
trees:
  t:
    share:
      cases:
        - weight: 70
          then: { menu: { message: hello, keys: { "2": { release: }, "1": { release: } },
                          on_bad_input: { reject: { cause: busy } } } }
        - weight: 30
          then: { status: { cases: [{ site: north, is: [busy, down], then: { pass_through: } }] } }
        - weight: 0
          then: { origin: { cases: [{ numbers: ["+321*", "+322*", "+323*", "+324*", "+325*"],
                                      anonymous: true, then: { release: } }] } }
)yaml"),
                             "t");
  for (const char* label : {"label=\"weight 70\"", "label=\"press 1\"", "label=\"press 2\"",
                            "label=\"bad input\"", "label=\"site north, is busy, down\"",
                            "label=\"numbers +321*, +322*, +323*, +324* and 1 more, anonymous\"",
                            "label=\"reject\\ncause busy\"", "label=\"pass through\""}) {
    EXPECT_THAT(dot, HasSubstr(label));
  }
  EXPECT_LT(dot.find("press 1"), dot.find("press 2"));
}

TEST(TreeDot, SaysWhatIsWantedOfGroupsAndWhatCallersHear) {
  const std::string dot = *TreeDot(PlanOf(R"yaml(
customer: acme
trees:
  t:
    group:
      cases:
        - { group: desk, open: false, then: { release: } }
        - { group: desk, open: true, waiting: { at_least: 3 }, expected_wait: { at_most: 90s }, then: { release: } }
      otherwise: { agents: { group: desk, announcements: { message: busy, after: 30s, say: position } } }
)yaml"),
                                   "t");
  EXPECT_THAT(dot, HasSubstr("label=\"group desk, not open\""));
  EXPECT_THAT(dot,
              HasSubstr("label=\"group desk, open, waiting (at least 3), expected wait (at most "
                        "1m30s)\""));
  EXPECT_THAT(dot, HasSubstr("announcements (message busy, after 30s, say position)"));
}

TEST(TreeDot, EscapesWhatWouldEndALabel) {
  v1::Plan plan = PlanOf(kPlan);
  (*plan.mutable_trees())["desk"].mutable_announce()->set_message("a\"]; x [label=\"\\N\n");
  std::string dot = *TreeDot(plan, "desk");
  EXPECT_THAT(dot, HasSubstr(R"(label="announce\nmessage a\"]; x [label=\"\\N\\u000a")"));
}

TEST(TreeDot, ShowsATreeThatIsMissing) {
  v1::Plan plan = PlanOf(kPlan);
  plan.mutable_trees()->erase("message");
  EXPECT_THAT(*TreeDot(plan, "desk"), HasSubstr("label=\"no tree message\""));
}

TEST(PlanDot, DrawsEveryTreeOnceAndTheDefault) {
  std::string dot = PlanDot(PlanOf(kPlan));
  EXPECT_THAT(dot, HasSubstr("digraph \"acme\""));
  EXPECT_THAT(dot, HasSubstr("cluster_default"));
  EXPECT_THAT(dot, HasSubstr("default -> tree1 [style=dashed, label=\"busy\"];"));
  EXPECT_THAT(dot, HasSubstr("cluster_tree1"));
  EXPECT_THAT(dot, Not(HasSubstr("cluster_tree2")));
}

TEST(TreeDot, SaysWhichRecoveryPlansHaveATree) {
  EXPECT_THAT(*TreeDot(PlanOf("customer: acme\ntrees: { lost: { release: } }\n"
                              "recovery_plans: { fire: { tree: lost }, flood: { tree: other } }\n"),
                       "lost"),
              testing::HasSubstr("label=\"lost\\nrecovery plan fire\""));
}

}  // namespace
}  // namespace libroute
