#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// The issues of a plan of these sections alone, besides what it needs.
std::vector<std::string> IssuesOfSections(absl::string_view sections) {
  return IssuesOf(
      ReadWholePlan(absl::StrCat("customer: acme\nnumbers: [{ number: \"+3222000100\", tree: t }]\n"
                                 "trees: { t: { release: {} } }\n",
                                 sections)));
}

TEST(PlanSections, NeedsATimeZoneForSchedules) {
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

TEST(PlanSections, ABadZoneIsReportedOnce) {
  v1::Plan plan = ReadTestPlan(kDesk);
  plan.set_time_zone("Nowhere/City");
  std::vector<std::string> errors = IssuesOf(plan);
  std::erase_if(errors, [](const std::string& text) { return absl::StartsWith(text, "warning"); });
  EXPECT_THAT(errors, ElementsAre("error bad-time-zone time_zone"));
}

TEST(PlanSections, ChecksTheNamesOfAllSections) {
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

TEST(PlanSections, ChecksDestinations) {
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

TEST(PlanSections, ChecksSchedules) {
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

TEST(PlanSections, ChecksCalendars) {
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

TEST(PlanSections, KnowsOnlySevenDays) {
  v1::Plan plan = ReadTestPlan(kDesk);
  v1::Schedule::Weekly* weekly = (*plan.mutable_schedules())["office"].mutable_weekly(0);
  weekly->set_days(1, static_cast<v1::Weekday>(8));
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-value schedules.office.weekly[0].days"));
}

TEST(PlanSections, ChecksCallerTypes) {
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

TEST(PlanSections, ChecksGroups) {
  EXPECT_THAT(IssuesOfSections("agents: { ann: {} }\ngroups: { a: { agents: [ann, bob] }, b: {} }"),
              ElementsAre("error unknown-name groups.a.agents[1]", "warning empty-group groups.b"));
}

TEST(PlanSections, ChecksNumbers) {
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

TEST(PlanSections, ReportsNumbersServedTwice) {
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

TEST(PlanSections, ThePreferredAgentIsOneOfThePlan) {
  const auto issues = [](absl::string_view agent) {
    return IssuesOfSections(absl::StrCat(
        "agents: { ann: {} }\ncaller_types: { vip: { callers: \"+3222000199\", attributes: { "
        "preferred_agent: ",
        agent, " } } }\n"));
  };
  const std::string unknown = "error unknown-name caller_types.vip.attributes.preferred_agent";
  EXPECT_THAT(issues("anne"), Contains(unknown));
  EXPECT_THAT(issues("ann"), testing::Not(Contains(unknown)));
}

}  // namespace
}  // namespace libroute
