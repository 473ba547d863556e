#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A tree with one case that wants this of group team.
std::string OneCase(absl::string_view wanted) {
  return absl::StrCat("group: { cases: [{ group: team, ", wanted,
                      ", then: { voicemail: { mailbox: as-wanted } } }],"
                      " otherwise: { voicemail: { mailbox: otherwise } } }");
}

std::string MailboxFor(const TestPlan& plan) {
  TestCall call(plan);
  call.Ask();
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kGroup));
  return std::string(std::get<VoicemailDecision>(call.decision().action).mailbox);
}

bool Takes(absl::string_view wanted, const GroupFigures& figures) {
  TestPlan plan(OneCase(wanted));
  plan.SetFigures("team", figures);
  return MailboxFor(plan) == "as-wanted";
}

// The same, of a plan whose tree asks for the opposite in a condition.
bool TakesNot(absl::string_view wanted, const GroupFigures& figures) {
  TestPlan plan(absl::StrCat("when: { cases: [{ if: { not: { group: { group: team, ", wanted,
                             " } } }, then: { voicemail: { mailbox: otherwise } } }],"
                             " otherwise: { voicemail: { mailbox: as-wanted } } }"));
  plan.SetFigures("team", figures);
  return MailboxFor(plan) == "as-wanted";
}

TEST(GroupNode, GoesByEachFigure) {
  GroupFigures figures;
  figures.logged_in = 6;
  figures.ready = 4;
  figures.free = 2;
  figures.waiting = 12;
  figures.longest_wait = absl::Seconds(90);
  figures.expected_wait = absl::Minutes(5);
  const std::pair<absl::string_view, bool> rows[] = {
      {"open: true", true},
      {"open: false", false},
      {"logged_in: { at_least: 6 }", true},
      {"logged_in: { at_least: 7 }", false},
      {"ready: { at_most: 4 }", true},
      {"ready: { at_most: 3 }", false},
      {"free: { at_least: 2, at_most: 2 }", true},
      {"free: { at_most: 0 }", false},
      {"waiting: { at_least: 10 }", true},
      {"waiting: { at_least: 10, at_most: 11 }", false},
      {"longest_wait: { at_least: 90s }", true},
      {"longest_wait: { at_most: 89s }", false},
      {"expected_wait: { at_least: 300s }", true},
      {"expected_wait: { at_least: 301s }", false},
      {"waiting: { at_least: 10 }, ready: { at_most: 4 }", true},
      {"waiting: { at_least: 10 }, ready: { at_most: 3 }", false},
  };
  for (const auto& [wanted, takes] : rows) {
    EXPECT_EQ(Takes(wanted, figures), takes) << wanted;
    EXPECT_EQ(TakesNot(wanted, figures), takes) << wanted;
  }
  figures.is_open = false;
  EXPECT_TRUE(Takes("open: false", figures));
  EXPECT_FALSE(Takes("open: true", figures));
}

TEST(GroupNode, NoCaseMatchesWhereNothingIsKnown) {
  TestPlan plan(OneCase("waiting: { at_least: 0 }"));
  EXPECT_EQ(MailboxFor(plan), "otherwise");
  plan.SetFigures("crowd", GroupFigures());
  EXPECT_EQ(MailboxFor(plan), "otherwise") << "that is another group";
  plan.SetFigures("team", GroupFigures());
  EXPECT_EQ(MailboxFor(plan), "as-wanted");
}

TEST(GroupNode, AWaitThatCannotBeSaidIsNeitherLongNorShort) {
  GroupFigures figures;
  figures.expected_wait = absl::InfiniteDuration();
  EXPECT_FALSE(Takes("expected_wait: { at_least: 1s }", figures));
  EXPECT_FALSE(Takes("expected_wait: { at_least: 0s }", figures));
  EXPECT_FALSE(Takes("expected_wait: { at_most: 24h }", figures));
  figures.expected_wait = absl::ZeroDuration();
  EXPECT_TRUE(Takes("expected_wait: { at_most: 0s }", figures));
}

constexpr absl::string_view kTwoGroups =
    "group: { cases: ["
    "{ group: team, waiting: { at_least: 10 }, then: { voicemail: { mailbox: many } } },"
    " { group: crowd, open: true, free: { at_least: 1, at_most: 3 }, expected_wait: { at_most: 90s "
    "}"
    ", then: { voicemail: { mailbox: crowd } } }],"
    " otherwise: { voicemail: { mailbox: wait } } }";

TEST(GroupNode, ExplainsWhatWasCompared) {
  TestPlan plan(kTwoGroups);
  GroupFigures crowd;
  crowd.free = 2;
  crowd.expected_wait = absl::Milliseconds(45'800);
  plan.SetFigures("crowd", crowd);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail crowd after unconditional");
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("group team | at least 10 wait | nothing is known of it | no",
                          "group crowd | open, 1 to 3 free, expected wait at most 1m30s | open, 2 "
                          "free, expected wait 45s | yes"));
  EXPECT_EQ(call.Way().front(),
            "trees.main.group group: cases[1] (group crowd: open; 2 free, 1 to 3 wanted; expected "
            "wait 45s, at most 1m30s wanted)");
  GroupFigures team;
  team.waiting = 12;
  plan.SetFigures("team", team);
  TestCall other(plan);
  other.Ask();
  EXPECT_THAT(other.Comparisons(0), ElementsAre("group team | at least 10 wait | 12 wait | yes"));
  EXPECT_EQ(other.Way().front(),
            "trees.main.group group: cases[0] (group team: 12 wait, at least 10 wanted)");
  crowd.expected_wait = absl::InfiniteDuration();
  plan.SetFigures("crowd", crowd);
  team.waiting = 9;
  plan.SetFigures("team", team);
  TestCall last(plan);
  last.Ask();
  EXPECT_EQ(last.Comparisons(0).back(),
            "group crowd | open, 1 to 3 free, expected wait at most 1m30s | open, 2 free, expected "
            "wait not known | no");
  EXPECT_EQ(last.Way().front(),
            "trees.main.group group: otherwise (no group stands as a case wants it)");
}

TEST(GroupNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("group: { cases: [{ group: teem, open: true, then: { release: {} } },"
                       " { group: team, then: { release: {} } },"
                       " { group: team, waiting: {}, then: { release: {} } },"
                       " { group: team, free: { at_least: 3, at_most: 2 }, then: { release: {} } },"
                       " { group: team, ready: { at_least: 1000001 }, then: { release: {} } },"
                       " { group: team, longest_wait: { at_least: 25h }, then: { release: {} } },"
                       " { group: team, expected_wait: { at_least: 2s, at_most: 1s } },"
                       " { open: false, then: { release: {} } }] }"),
              ElementsAre("error unknown-name trees.main.group.cases[0].group",
                          "error missing trees.main.group.cases[1]",
                          "error missing trees.main.group.cases[2].waiting",
                          "error bad-value trees.main.group.cases[3].free",
                          "error bad-value trees.main.group.cases[4].ready.at_least",
                          "error bad-value trees.main.group.cases[5].longest_wait.at_least",
                          "error bad-value trees.main.group.cases[6].expected_wait",
                          "error dead-end trees.main.group.cases[6].then",
                          "error missing trees.main.group.cases[7].group",
                          "error dead-end trees.main.group"));
  EXPECT_THAT(MessageOf(ReadTestPlan("group: { cases: [{ group: teem, open: true, then: { release: "
                                     "{} } }], otherwise: { release: {} } }"),
                        "unknown-name"),
              HasSubstr("did you mean \"team\"?"));
  EXPECT_THAT(IssuesOf("when: { cases: [{ if: { group: { group: team, open: true, then: { release: "
                       "{} } } }, then: { release: {} } },"
                       " { if: { group: { group: team } }, then: { release: {} } }],"
                       " otherwise: { release: {} } }"),
              ElementsAre("error bad-value trees.main.when.cases[0].if.group.then",
                          "error missing trees.main.when.cases[1].if.group"));
}

TEST(GroupNode, WritesBoundsAsTheyAreWritten) {
  TestPlan plan(OneCase("longest_wait: { at_least: 1.5s }, expected_wait: { at_most: 90.25s }"));
  GroupFigures figures;
  figures.longest_wait = absl::Milliseconds(1'700);
  figures.expected_wait = absl::Milliseconds(90'100);
  plan.SetFigures("team", figures);
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("group team | longest wait at least 1.5s, expected wait at most 1m30.25s "
                          "| longest wait 1s, expected wait 1m30s | yes"));
  EXPECT_EQ(call.Way().front(),
            "trees.main.group group: cases[0] (group team: longest wait 1s, at least 1.5s wanted; "
            "expected wait 1m30s, at most 1m30.25s wanted)");
}

TEST(GroupNode, WarnsOfWhatIsAlwaysOrNeverSo) {
  const auto issues = [](absl::string_view wanted) { return IssuesOf(OneCase(wanted)); };
  for (absl::string_view name : {"logged_in", "ready", "free", "waiting", "longest_wait"}) {
    const absl::string_view unit = name == "longest_wait" ? "s" : "";
    EXPECT_THAT(issues(absl::StrCat("open: true, ", name, ": { at_least: 0", unit, " }")),
                ElementsAre(absl::StrCat("warning no-effect trees.main.group.cases[0].", name)));
    EXPECT_THAT(issues(absl::StrCat(name, ": { at_least: 0", unit, ", at_most: 1", unit, " }")),
                IsEmpty());
  }
  EXPECT_THAT(issues("expected_wait: { at_least: 0s }"), IsEmpty()) << "unless it cannot be said";
  for (absl::string_view never : {"longest_wait: { at_least: 1s }, waiting: { at_most: 0 }",
                                  "free: { at_least: 2 }, ready: { at_most: 1 }",
                                  "ready: { at_least: 2 }, logged_in: { at_most: 1 }",
                                  "free: { at_least: 2 }, logged_in: { at_most: 1 }"}) {
    EXPECT_THAT(issues(never), ElementsAre("warning never-matches trees.main.group.cases[0]"))
        << never;
  }
  for (absl::string_view sound :
       {"longest_wait: { at_most: 1s }, waiting: { at_most: 0 }",
        "longest_wait: { at_least: 1s }, waiting: { at_most: 1 }",
        "free: { at_least: 1 }, ready: { at_most: 1 }, logged_in: { at_most: 1 }"}) {
    EXPECT_THAT(issues(sound), IsEmpty()) << sound;
  }
}

TEST(GroupNode, AFaultyCaseTakesNothingFromLaterOnes) {
  for (absl::string_view faulty :
       {"waiting: {}", "free: { at_least: 3, at_most: 2 }", "longest_wait: { at_least: 25h }"}) {
    EXPECT_THAT(IssuesOf(absl::StrCat("group: { cases: [{ group: team, ", faulty,
                                      ", then: { release: {} } }, { group: team, waiting: { "
                                      "at_least: 3 }, free: { at_least: 3, at_most: 3 }, "
                                      "longest_wait: { at_least: 1h }, then: { release: {} } }], "
                                      "otherwise: { release: {} } }")),
                ElementsAre(testing::StartsWith("error ")))
        << faulty;
  }
}

TEST(GroupNode, WarnsOfCasesThatEarlierOnesHave) {
  const auto issues = [](absl::string_view first, absl::string_view second) {
    return IssuesOf(absl::StrCat("group: { cases: [{ group: team, ", first,
                                 ", then: { release: {} } }, { group: ", second,
                                 ", then: { release: {} } }], otherwise: { release: {} } }"));
  };
  const auto shadowed = ElementsAre("warning never-matches trees.main.group.cases[1]");
  EXPECT_THAT(issues("waiting: { at_least: 10 }", "team, waiting: { at_least: 10 }"), shadowed);
  EXPECT_THAT(issues("waiting: { at_least: 10 }", "team, waiting: { at_least: 20 }, open: true"),
              shadowed);
  EXPECT_THAT(issues("expected_wait: { at_most: 60s }", "team, expected_wait: { at_most: 30s }"),
              shadowed);
  EXPECT_THAT(issues("waiting: { at_least: 10 }", "team, waiting: { at_least: 9 }"), IsEmpty());
  EXPECT_THAT(issues("waiting: { at_least: 10 }", "crowd, waiting: { at_least: 10 }"), IsEmpty());
  EXPECT_THAT(issues("open: true", "team, open: false"), IsEmpty());
  EXPECT_THAT(issues("expected_wait: { at_least: 0s }", "team, waiting: { at_least: 1 }"),
              IsEmpty())
      << "it may be that the wait cannot be said";
}

}  // namespace
}  // namespace libroute
