#include "libroute/tree/compile.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/plan/limits.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr absl::string_view kDesk =
    "dial: { to: front, otherwise: { voicemail: { mailbox: desk } } }";

// The issues of a plan of these sections alone, besides what it needs.
std::vector<std::string> IssuesOfSections(absl::string_view sections) {
  return IssuesOf(
      ReadWholePlan(absl::StrCat("customer: acme\nnumbers: [{ number: \"+3222000100\", tree: t }]\n"
                                 "trees: { t: { release: {} } }\n",
                                 sections)));
}

// The message of the first issue with this code; empty if there is none.
std::string MessageOf(const v1::Plan& plan, absl::string_view code) {
  for (const Issue& issue : CompileForTest(plan).issues) {
    if (issue.code == code) return issue.message;
  }
  return "";
}

TEST(Compile, FindsNothingWrongWithAGoodPlan) {
  v1::Plan plan = ReadTestPlan(
      "time: { cases: [{ schedule: office, then: { goto: day } }, { schedule: lunch, then: { goto: "
      "day } }, { schedule: night, then: { release: {} } }], otherwise: { release: {} } }",
      "tree day: { dial: { to: front, otherwise: { goto: late } } }\n"
      "tree late: { voicemail: { mailbox: desk } }");
  CompileResult result = CompileForTest(plan);
  EXPECT_THAT(result.issues, IsEmpty());
  ASSERT_NE(result.plan, nullptr);
  EXPECT_EQ(result.plan->customer(), "acme");
  EXPECT_EQ(result.plan->revision(), RevisionHash(plan));
}

TEST(Compile, AWarningIsNoError) {
  CompileResult result = CompileForTest(ReadTestPlan(kDesk));
  EXPECT_FALSE(result.issues.empty());
  EXPECT_NE(result.plan, nullptr);
}

TEST(Compile, NeedsACustomer) {
  v1::Plan plan = ReadTestPlan(kDesk);
  plan.clear_customer();
  EXPECT_THAT(IssuesOf(plan), Contains("error missing customer"));
  plan.set_customer("acme & sons");
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-name customer"));
  plan.set_customer(std::string(65, 'a'));
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-name customer"));
  plan.set_customer(std::string(64, 'a'));
  EXPECT_THAT(IssuesOf(plan), Not(Contains(HasSubstr("customer"))));
}

TEST(Compile, NeedsATimeZoneForSchedules) {
  v1::Plan plan = ReadTestPlan(kDesk);
  plan.clear_time_zone();
  EXPECT_THAT(IssuesOf(plan), Contains("error missing time_zone"));
  plan.clear_schedules();
  EXPECT_THAT(IssuesOf(plan), IsEmpty());
  plan.set_time_zone("Europe/Brusels");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error bad-time-zone time_zone"));
  plan.set_time_zone("../../etc/passwd");
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error bad-time-zone time_zone"));
}

TEST(Compile, ABadZoneIsReportedOnce) {
  v1::Plan plan = ReadTestPlan(kDesk);
  plan.set_time_zone("Nowhere/City");
  std::vector<std::string> errors = IssuesOf(plan);
  std::erase_if(errors, [](const std::string& text) { return absl::StartsWith(text, "warning"); });
  EXPECT_THAT(errors, ElementsAre("error bad-time-zone time_zone"));
}

TEST(Compile, ChecksTheNamesOfAllSections) {
  EXPECT_THAT(
      IssuesOfSections(R"(
destinations: { "a b": { number: "+3222000111" } }
sites: { "": {} }
switches: { "-x": {} }
agents: { "ann,bob": {} }
groups: { "g!": { agents: ["ann,bob"] } }
calendars: { "h'": {} }
caller_types: { "c\n": { callers: ["+32475*"] } }
)"),
      UnorderedElementsAre("error bad-name destinations[\"a b\"]", "error missing sites[\"\"]",
                           "error bad-name switches.-x", "error bad-name agents[\"ann,bob\"]",
                           "error bad-name groups[\"g!\"]", "error bad-name calendars[\"h'\"]",
                           "error bad-name caller_types[\"c\\n\"]"));
}

TEST(Compile, ChecksDestinations) {
  EXPECT_THAT(
      IssuesOfSections(R"(
destinations:
  called: { number: "+3222000111" }
  empty: {}
  local: { number: "022000111" }
  number-as-uri: { uri: "+3222000111" }
  uri-as-number: { number: "sip:x@example.net" }
  web: { uri: "http://example.net" }
  off-site: { number: "+3222000111", site: nort }
  slow: { number: "+3222000111", setup: 121s, ring: 0.5s }
sites: { north: {} }
)"),
      UnorderedElementsAre(
          "error bad-name destinations.called", "error missing destinations.empty",
          "error bad-number destinations.local.number",
          "error bad-address destinations.number-as-uri.uri",
          "error bad-address destinations.uri-as-number.number",
          "error bad-address destinations.web.uri", "error unknown-name destinations.off-site.site",
          "error bad-value destinations.slow.setup", "error bad-value destinations.slow.ring"));
}

TEST(Compile, ChecksSchedules) {
  std::vector<std::string> issues = IssuesOfSections(R"(
time_zone: Europe/Brussels
schedules:
  times: { weekly: [{ days: [mon], from: "9:00", to: "17:00" }, { days: [mon], from: "09:00", to: "24:01" }] }
  empty: { weekly: [{ days: [mon], from: "09:00", to: "09:00" }] }
  dayless: { weekly: [{ days: [], from: "09:00", to: "17:00" }] }
  except: { weekly: [{ days: [mon], from: "09:00", to: "17:00" }], except: [holdays, holidays] }
  never: {}
calendars: { holidays: { dates: ["2026-12-25"] } }
)");
  std::erase_if(issues, [](const std::string& t) { return absl::StartsWith(t, "warning unused"); });
  EXPECT_THAT(issues, UnorderedElementsAre("error bad-time schedules.times.weekly[0].from",
                                           "error bad-time schedules.times.weekly[1].to",
                                           "error bad-time schedules.empty.weekly[0].to",
                                           "error missing schedules.dayless.weekly[0]",
                                           "error unknown-name schedules.except.except[0]",
                                           "warning never-open schedules.never"));
}

TEST(Compile, ChecksCalendars) {
  EXPECT_THAT(IssuesOfSections(R"(
calendars:
  year:
    dates: ["2026-12-25", "25/12/2026", "2026-02-29", "2026-12-31..2026-12-24"]
    special_days:
      - { date: "2026-13-01" }
      - { date: "2026-12-24", hours: [{ from: "09:00", to: "12:00" }, { from: "noon", to: "18:00" }, { from: "09:00", to: "25:00" }] }
)"),
              ElementsAre("error bad-date calendars.year.dates[1]",
                          "error bad-date calendars.year.dates[2]",
                          "error bad-date calendars.year.dates[3]",
                          "error bad-date calendars.year.special_days[0].date",
                          "error bad-time calendars.year.special_days[1].hours[1].from",
                          "error bad-time calendars.year.special_days[1].hours[2].to"));
}

TEST(Compile, KnowsOnlySevenDays) {
  v1::Plan plan = ReadTestPlan(kDesk);
  v1::Schedule::Weekly* weekly = (*plan.mutable_schedules())["office"].mutable_weekly(0);
  weekly->set_days(1, static_cast<v1::Weekday>(8));
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-value schedules.office.weekly[0].days"));
}

TEST(Compile, ChecksCallerTypes) {
  EXPECT_THAT(IssuesOfSections(R"(
caller_types:
  nobody: {}
  bad: { callers: ["+32475*", "0475"], priority: 101, attributes: { "a b": x, c: "123456789012345678901234567890123" } }
  low: { callers: ["+32475*"], priority: -101 }
  good: { callers: ["+32475*"], priority: -100 }
)"),
              UnorderedElementsAre("error missing caller_types.nobody",
                                   "error bad-number caller_types.bad.callers[1]",
                                   "error bad-value caller_types.bad.priority",
                                   "error bad-name caller_types.bad.attributes[\"a b\"]",
                                   "error too-long caller_types.bad.attributes.c",
                                   "error bad-value caller_types.low.priority"));
}

TEST(Compile, ChecksGroups) {
  EXPECT_THAT(IssuesOfSections("agents: { ann: {} }\ngroups: { a: { agents: [ann, bob] }, b: {} }"),
              ElementsAre("error unknown-name groups.a.agents[1]", "warning empty-group groups.b"));
}

TEST(Compile, ChecksNumbers) {
  auto issues = [](absl::string_view numbers) {
    return IssuesOf(ReadWholePlan(absl::StrCat(
        "customer: acme\ntrees: { desk: { release: {} } }\nnumbers: [", numbers, "]")));
  };
  EXPECT_THAT(issues(R"({ number: "+3222000100", tree: desk }, { number: "02", tree: desk },
                        { number: "+9991234567", tree: desk }, { tree: desk },
                        { number: "+3222000101" }, { number: "+3222000102", tree: dest },
                        { number: "+3222000103", tree: desk, holder: "ann & bob" })"),
              UnorderedElementsAre(
                  "error bad-number numbers[1].number", "error bad-number numbers[2].number",
                  "error bad-number numbers[3].number", "error missing numbers[4].tree",
                  "error unknown-name numbers[5].tree", "error bad-name numbers[6].holder"));
  EXPECT_THAT(issues(""), ElementsAre("warning no-numbers numbers"));
}

TEST(Compile, ReportsNumbersServedTwice) {
  auto issues = [](absl::string_view first, absl::string_view second) {
    return IssuesOf(ReadWholePlan(
        absl::StrCat("customer: acme\ntrees: { desk: { release: {} } }\nnumbers: [{ number: \"",
                     first, "\", tree: desk }, { number: \"", second, "\", tree: desk }]")));
  };
  auto duplicate = ElementsAre("error duplicate-number numbers[1].number");
  EXPECT_THAT(issues("+3222000100", "+3222000100"), duplicate);
  EXPECT_THAT(issues("+3222000*", "+3222000*"), duplicate);
  EXPECT_THAT(issues("+3222000100-+3222000150", "+3222000150-+3222000200"), duplicate);
  EXPECT_THAT(issues("+3222000100-+3222000150", "+3222000151-+3222000200"), IsEmpty());
}

TEST(Compile, TheMoreSpecificNumberWins) {
  TestPlan plan(ReadWholePlan(R"(
customer: acme
trees: { all: { voicemail: { mailbox: all } }, one: { voicemail: { mailbox: one } } }
numbers: [{ number: "+3222000*", tree: all }, { number: "+3222000100", tree: one }]
)"));
  EXPECT_EQ(TestCall(plan).To("+3222000100").Ask(), "voicemail one after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222000101").Ask(), "voicemail all after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222001100").Ask(), "not served");
}

TEST(Compile, ReportsNodesThatLeadNowhere) {
  EXPECT_THAT(IssuesOf(""), ElementsAre("error dead-end trees.main"));
  EXPECT_THAT(IssuesOf("dial: { to: front, on_busy: {} }"),
              ElementsAre("error dead-end trees.main.dial.on_busy"));
  EXPECT_THAT(IssuesOf("dial: { to: front }", "default: { otherwise: {} }"),
              ElementsAre("error dead-end default.otherwise"));
}

TEST(Compile, ADefaultIsTheOtherwiseOfABranch) {
  constexpr absl::string_view kNoOtherwise =
      "switch: { cases: [{ switch: flood, then: { release: {} } }] }";
  EXPECT_THAT(IssuesOf(kNoOtherwise), ElementsAre("error dead-end trees.main.switch"));
  EXPECT_THAT(IssuesOf(kNoOtherwise, "default: { on_busy: { release: {} } }"),
              ElementsAre("error dead-end trees.main.switch"));
  EXPECT_THAT(IssuesOf(kNoOtherwise, "default: { otherwise: { voicemail: { mailbox: d } } }"),
              IsEmpty());
  TestPlan plan(kNoOtherwise, "default: { otherwise: { voicemail: { mailbox: d } } }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail d after unconditional");
  EXPECT_EQ(call.decision().node, "default.otherwise.voicemail");
}

TEST(Compile, NothingButTheEndIsBehindTheDefault) {
  TestPlan plan(
      "dial: { to: front }",
      "default: { on_busy: { dial: { to: back } }, otherwise: { voicemail: { mailbox: d } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("busy"), "dial back");
  EXPECT_EQ(call.Tell("no_answer"), "release 480/19 attempts failed");
}

TEST(Compile, ReportsEveryCycle) {
  std::vector<std::string> issues =
      IssuesOf("dial: { to: front, otherwise: { goto: a } }",
               "tree a: { switch: { cases: [{ switch: flood, then: { goto: b } }], otherwise: { "
               "goto: main } } }\n"
               "tree b: { goto: a }\n"
               "tree self: { goto: self }");
  EXPECT_THAT(issues, UnorderedElementsAre(testing::StartsWith("error goto-cycle trees."),
                                           "error goto-cycle trees.self.goto",
                                           "warning unused trees.self"));
}

TEST(Compile, NamesTheWayRoundACycle) {
  v1::Plan plan = ReadTestPlan("dial: { to: front, otherwise: { goto: a } }",
                               "tree a: { set: { attributes: { x: y }, then: { goto: main } } }");
  EXPECT_EQ(
      MessageOf(plan, "goto-cycle"),
      "this leads back to itself (trees.a.set.then.goto -> "
      "trees.main.dial.otherwise.goto), so a call could go round for ever; let one of them end "
      "elsewhere");
}

TEST(Compile, ShowsTheBeginningOfALongCycle) {
  v1::Plan plan = ReadTestPlan("goto: t0");
  for (int i = 0; i < 5000; ++i) {
    (*plan.mutable_trees())[absl::StrCat("t", i)].set_goto_(absl::StrCat("t", (i + 1) % 5000));
  }
  EXPECT_THAT(MessageOf(plan, "goto-cycle"),
              HasSubstr(" -> trees.t4.goto -> ... -> trees.t4999.goto), so a call"));
}

TEST(Compile, FindsCyclesThroughTheDefault) {
  EXPECT_THAT(IssuesOf("dial: { to: front }", "default: { on_busy: { goto: main } }"),
              ElementsAre("error goto-cycle default.on_busy.goto"));
}

TEST(Compile, CyclesHideNoOtherProblems) {
  EXPECT_THAT(IssuesOf("dial: { to: \"+3222000100\", otherwise: { goto: main } }",
                       "tree lost: { release: {} }"),
              UnorderedElementsAre("error goto-cycle trees.main.dial.otherwise.goto",
                                   "warning own-number trees.main.dial.to[0]",
                                   "warning unused trees.lost"));
}

TEST(Compile, BoundsTheTimeUnanswered) {
  // 6 s and 20 s for each of three targets, then 12 s of early announcement.
  constexpr absl::string_view kLong =
      "dial: { to: [\"+3222000301\", \"+3222000302\", \"+3222000303\"], otherwise: { announce: { "
      "message: sorry, max_duration: 13s } } }";
  v1::Plan plan = ReadTestPlan(kLong);
  plan.clear_max_unanswered();
  EXPECT_THAT(IssuesOf(plan), Contains("error unanswered-too-long trees.main.dial"));
  EXPECT_THAT(MessageOf(plan, "unanswered-too-long"),
              HasSubstr("for 1m31s, at most 1m30s are allowed (trees.main.dial 1m18s, then "
                        "trees.main.dial.otherwise.announce 13s)"));
  plan.mutable_max_unanswered()->set_seconds(91);
  EXPECT_THAT(IssuesOf(plan), Not(Contains(HasSubstr("unanswered"))));
  plan.mutable_max_unanswered()->set_seconds(301);
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-value max_unanswered"));
}

// Whether a call of the plan may stay unanswered for more than a minute.
bool TooLong(absl::string_view main, absl::string_view more = "") {
  v1::Plan plan = ReadTestPlan(main, more);
  plan.mutable_max_unanswered()->set_seconds(60);
  return !MessageOf(plan, "unanswered-too-long").empty();
}

TEST(Compile, CountsTimeUnansweredThroughGotoAndDefault) {
  // Each `web` takes 26 s.
  EXPECT_FALSE(TooLong("dial: { to: web, otherwise: { dial: { to: web } } }"));
  EXPECT_TRUE(TooLong(
      "dial: { to: web, otherwise: { dial: { to: web, otherwise: { dial: { to: web } } } } }"));
  EXPECT_TRUE(TooLong("dial: { to: web, on_busy: { goto: a } }",
                      "tree a: { dial: { to: web, on_no_answer: { goto: b } } }\n"
                      "tree b: { dial: { to: web } }"));
  EXPECT_TRUE(TooLong("dial: { to: web, otherwise: { dial: { to: web } } }",
                      "default: { on_rejected: { announce: { message: sorry } } }"));
}

TEST(Compile, CountsTheLongestOfThoseDialledTogether) {
  EXPECT_FALSE(TooLong("dial: { to: [front, back, web], order: together }"));
  EXPECT_TRUE(TooLong("dial: { to: [front, web, \"+3222000301\"] }"));
}

TEST(Compile, CountsNoTimeAfterAnAnswer) {
  constexpr absl::string_view kChain =
      "dial: { to: web, otherwise: { dial: { to: web, otherwise: { dial: { to: web } } } } }";
  EXPECT_FALSE(TooLong(
      absl::StrCat("announce: { message: hello, answering: answer, then: { ", kChain, " } }")));
  EXPECT_TRUE(TooLong(absl::StrCat("announce: { message: hello, then: { ", kChain, " } }")));
  EXPECT_FALSE(TooLong(absl::StrCat("agents: { group: team, on_timeout: { ", kChain, " } }")));
  EXPECT_TRUE(TooLong(absl::StrCat("agents: { group: team, on_no_agents: { ", kChain, " } }")));
  EXPECT_FALSE(TooLong(absl::StrCat("menu: { message: m, keys: { \"1\": { ", kChain, " } } }")));
}

TEST(Compile, WarnsOfADestinationThatLeadsBack) {
  EXPECT_THAT(IssuesOf("dial: { to: [\"+3222000100\", called] }"),
              ElementsAre("warning own-number trees.main.dial.to[0]"));
  EXPECT_THAT(IssuesOf("dial: { to: \"+3222000250\" }"),
              ElementsAre("warning own-number trees.main.dial.to[0]"))
      << "a number of a block";
  EXPECT_THAT(IssuesOf("dial: { to: \"+3222000300\" }"), IsEmpty()) << "not of this plan";
}

TEST(Compile, WarnsOfWaysBackThroughOtherNumbers) {
  v1::Plan plan = ReadTestPlan("dial: { to: \"+3222000401\" }",
                               "tree one: { goto: two }\n"
                               "tree two: { dial: { to: \"+3222000402\" } }\n"
                               "tree three: { voicemail: { mailbox: desk } }");
  auto serve = [&](absl::string_view number, absl::string_view tree) {
    v1::Number* served = plan.add_numbers();
    served->set_number(std::string(number));
    served->set_tree(std::string(tree));
  };
  serve("+3222000401", "one");
  serve("+3222000402", "three");
  EXPECT_THAT(IssuesOf(plan), Not(Contains(HasSubstr("own-number"))));
  plan.mutable_numbers(3)->set_tree("main");
  EXPECT_THAT(IssuesOf(plan), testing::IsSupersetOf({"warning own-number trees.main.dial.to[0]",
                                                     "warning own-number trees.two.dial.to[0]"}));
}

TEST(Compile, WarnsOfWhatNobodyUses) {
  EXPECT_THAT(IssuesOf(kDesk, "tree a: { goto: b }\ntree b: { release: {} }"),
              ElementsAre("warning unused trees.a", "warning unused trees.b"));
  EXPECT_THAT(
      IssuesOf(ReadTestPlan(kDesk)),
      UnorderedElementsAre("warning unused schedules.office", "warning unused schedules.lunch",
                           "warning unused schedules.night"));
  EXPECT_THAT(IssuesOf("dial: { to: front }",
                       "default: { on_busy: { goto: b } }\ntree b: { "
                       "release: {} }"),
              IsEmpty());
}

TEST(Compile, WarnsOfFixedPrefixesThatCoverMobiles) {
  auto issues = [](absl::string_view prefix) {
    return IssuesOf(absl::StrCat("origin: { cases: [{ numbers: [\"", prefix,
                                 "\"], then: { release: {} } }], otherwise: { release: {} } }"));
  };
  auto warned = ElementsAre("warning prefix-covers-mobiles trees.main.origin.cases[0].numbers[0]");
  EXPECT_THAT(issues("+324*"), warned);
  EXPECT_THAT(issues("+32475*"), IsEmpty()) << "mobiles only";
  EXPECT_THAT(issues("+322*"), IsEmpty()) << "fixed lines only";
  EXPECT_THAT(issues("+32*"), IsEmpty()) << "a country";
  EXPECT_THAT(issues("+3*"), IsEmpty()) << "several countries";
  EXPECT_THAT(issues("+1202*"), IsEmpty()) << "where numbers do not tell";
}

// A tree of `depth` nodes: sets within each other, the last one a release.
v1::Node NestedSets(int depth) {
  v1::Node node;
  node.mutable_release();
  for (int i = 1; i < depth; ++i) {
    v1::Node outer;
    outer.mutable_set()->mutable_attributes()->insert({"a", "b"});
    *outer.mutable_set()->mutable_then() = std::move(node);
    node = std::move(outer);
  }
  return node;
}

TEST(Compile, NestsSixteenNodesDeep) {
  v1::Plan plan = ReadTestPlan("release: {}");
  (*plan.mutable_trees())["main"] = NestedSets(16);
  TestPlan compiled(plan);
  EXPECT_EQ(TestCall(compiled).Ask(), "release 480/16 plan");
  (*plan.mutable_trees())["main"] = NestedSets(17);
  EXPECT_THAT(IssuesOf(plan), Contains(testing::StartsWith("error too-deep trees.main.set.then.")));
  EXPECT_THAT(MessageOf(plan, "too-deep"), HasSubstr("`goto` it"));
}

TEST(Compile, TheDefaultNestsSixteenNodesDeepToo) {
  v1::Plan plan = ReadTestPlan("dial: { to: front }");
  *plan.mutable_default_()->mutable_on_busy() = NestedSets(16);
  EXPECT_FALSE(HasErrors(CompileForTest(plan).issues));
  *plan.mutable_default_()->mutable_on_busy() = NestedSets(17);
  EXPECT_THAT(IssuesOf(plan), Contains(testing::StartsWith("error too-deep default.on_busy.")));
}

TEST(Compile, ReportsAllProblemsAtOnce) {
  EXPECT_THAT(
      IssuesOf(ReadWholePlan(R"(
customer: "?"
time_zone: Mars/Olympus
max_unanswered: 0s
numbers: [{ number: "1", tree: x }, { number: "+3222000100", tree: t }, { number: "+3222000100", tree: t }]
sites: { "s s": {} }
destinations: { d: { number: x } }
calendars: { c: { dates: [x] } }
schedules: { h: { weekly: [{ days: [mon], from: x, to: y }] } }
caller_types: { v: { callers: [x] } }
groups: { g: { agents: [x] } }
default: { on_busy: {} }
trees:
  t: { time: { cases: [{ schedule: x }] } }
  u: { dial: { to: [x, "+1"], on_busy: { goto: x } } }
)")),
      UnorderedElementsAre(
          "error bad-name customer", "error bad-time-zone time_zone",
          "error bad-value max_unanswered", "error bad-name sites[\"s s\"]",
          "error bad-number destinations.d.number", "error bad-date calendars.c.dates[0]",
          "error bad-time schedules.h.weekly[0].from", "error bad-number caller_types.v.callers[0]",
          "error unknown-name groups.g.agents[0]", "error dead-end default.on_busy",
          "error unknown-name trees.t.time.cases[0].schedule",
          "error dead-end trees.t.time.cases[0].then", "error dead-end trees.t.time",
          "error unknown-name trees.u.dial.to[0]", "error bad-address trees.u.dial.to[1]",
          "error unknown-name trees.u.dial.on_busy.goto", "error unknown-name numbers[0].tree",
          "error bad-number numbers[0].number", "error duplicate-number numbers[2].number",
          "warning unused trees.u", "warning unused schedules.h"));
}

TEST(Compile, WordsOnlyAsManyIssuesAsAreRead) {
  v1::Plan plan = ReadTestPlan("release: {}");
  for (int i = 0; i < 5000; ++i) {
    (*plan.mutable_trees())[absl::StrCat("tree", i)].set_goto_(absl::StrCat("missing", i));
  }
  CompileResult result = CompileForTest(plan);
  EXPECT_EQ(result.plan, nullptr);
  ASSERT_EQ(static_cast<int>(result.issues.size()), PlanLimits().max_issues + 1);
  EXPECT_EQ(result.issues.back().code, "more");
  EXPECT_EQ(result.issues.back().severity, Severity::kError);
}

TEST(Compile, KeepsTheLimitsThatItIsGiven) {
  v1::Plan plan = ReadTestPlan("dial: { to: front, otherwise: { dial: { to: back } } }");
  SchedulePool pool;
  CompileContext context = {{}, pool, absl::FromUnixSeconds(1795392000)};
  EXPECT_NE(Compile(plan, context).plan, nullptr);
  context.limits.max_nesting = 1;
  context.limits.max_issues = 1;
  CompileResult result = Compile(plan, context);
  EXPECT_EQ(result.plan, nullptr);
  ASSERT_EQ(result.issues.size(), 2u);
  EXPECT_EQ(result.issues[0].code, "too-deep");
  EXPECT_EQ(result.issues[1].code, "more");
}

TEST(Compile, ErrorsThatAreOnlyCountedAreErrors) {
  v1::Plan plan = ReadTestPlan("dial: { to: front, on_busy: { goto: nowhere } }");
  for (int i = 0; i < 300; ++i) (*plan.mutable_groups())[absl::StrCat("empty", i)];
  CompileResult result = CompileForTest(plan);
  EXPECT_EQ(result.plan, nullptr);
  EXPECT_TRUE(HasErrors(result.issues));
}

}  // namespace
}  // namespace libroute
