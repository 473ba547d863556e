#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/schedule/schedule_pool.h"
#include "libroute/tree/compile.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/v1/plan.pb.h"

// Schedules as a person writes them in a plan.
namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const absl::Time kNow = absl::FromCivil(absl::CivilDay(2026, 11, 23), absl::UTCTimeZone());

// A plan with these sections, compiled, and the issues that there are: those of
// the text, else those of the plan, but for schedules that no tree uses.
struct Compiled {
  explicit Compiled(absl::string_view sections) {
    ReadResult read = ReadPlan(absl::StrCat("customer: acme\ntime_zone: America/New_York\n"
                                            "numbers: [{ number: \"+3222000100\", tree: main }]\n"
                                            "trees: { main: { voicemail: { mailbox: desk } } }\n",
                                            sections),
                               "test.yaml");
    CompileResult result = Compile(*read.plan, {{}, pool, kNow});
    for (const Issue& issue : HasErrors(read.issues) ? read.issues : result.issues) {
      if (issue.code == "unused") continue;
      issues.push_back(absl::StrCat(issue.code, " ", issue.path));
      messages.push_back(issue.message);
    }
    plan = result.plan;
  }

  // When it opens and closes in the two days from 1997-09-02 on, its time.
  std::string Spans(absl::string_view schedule) const {
    std::string text;
    const auto found = plan->FindSchedule(schedule);
    const int64_t begin =
        absl::ToUnixSeconds(absl::FromCivil(absl::CivilDay(1997, 9, 2), found->zone()));
    for (const TimeSpan& span : found->OpenSpans({begin, begin + 2 * 86400})) {
      for (int64_t seconds : {span.begin, span.end}) {
        absl::StrAppend(
            &text, absl::FormatTime("%d %H:%M ", absl::FromUnixSeconds(seconds), found->zone()));
      }
    }
    return text;
  }

  SchedulePool pool;
  std::vector<std::string> issues;
  std::vector<std::string> messages;
  std::shared_ptr<const CompiledPlan> plan;
};

TEST(PlanSchedules, TakesEverythingTogether) {
  const Compiled compiled(R"(
calendars: { holidays: { dates: "1997-09-03" }, term: { dates: "1997-09-01..1997-12-20" } }
schedules:
  lunch: { weekly: { days: [mon, tue, wed], from: "12:00", to: "13:00" } }
  # 08:00 to 20:00 in New York.
  paris: { time_zone: Europe/Paris, weekly: { days: [tue, wed], from: "14:00", to: "02:00" } }
  late:
    weekly: { days: wed, from: "11:00", to: "14:00" }
    recurrences:
      - { start: "1997-09-02T07:00:00", duration: 6h30m, rrule: "FREQ=DAILY;COUNT=10",
          rdate: ["1997-09-02T19:00:00"], exdate: ["1997-09-05T07:00:00"] }
    except: [lunch]
    only: [paris, term]
  rest: { weekly: { days: [tue, wed], from: "09:00", to: "10:00" }, except: holidays }
)");
  EXPECT_THAT(compiled.issues, UnorderedElementsAre("never-open schedules.late"));
  ASSERT_NE(compiled.plan, nullptr);
  EXPECT_EQ(compiled.Spans("late"),
            "02 08:00 02 12:00 02 13:00 02 13:30 02 19:00 02 20:00 03 08:00 03 12:00 "
            "03 13:00 03 14:00 ");
  EXPECT_EQ(compiled.Spans("rest"), "02 09:00 02 10:00 ");
}

TEST(PlanSchedules, ReadsTheThreeLengths) {
  const Compiled compiled(R"(
schedules:
  d: { recurrences: { start: "1997-09-02", rrule: "FREQ=WEEKLY" } }
  e: { recurrences: { start: "1997-09-02T09:00", end: "1997-09-02T10:30", rrule: "FREQ=WEEKLY" } }
  n: { recurrences: { start: "1997-09-02T09:00", days: 1, rrule: "FREQ=WEEKLY" } }
)");
  EXPECT_THAT(compiled.issues, IsEmpty());
  EXPECT_EQ(compiled.Spans("d"), "02 00:00 03 00:00 ");
  EXPECT_EQ(compiled.Spans("e"), "02 09:00 02 10:30 ");
  EXPECT_EQ(compiled.Spans("n"), "02 09:00 03 09:00 ");
}

TEST(PlanSchedules, RefusesTwoLengths) {
  EXPECT_THAT(
      Compiled("schedules: { s: { recurrences: { start: \"2026-11-23T09:00\", duration: 1h, end: "
               "\"2026-11-23T10:00\" } } }")
          .issues,
      Contains(HasSubstr("oneof-conflict")));
}

TEST(PlanSchedules, SaysWhichFieldOfARecurrenceIsWrong) {
  const Compiled compiled(R"(
schedules:
  s:
    recurrences:
      - { start: "2026-11-23T09:00", duration: 1h, rrule: "FREQ=DAILY;UNTIL=20270101T000000Z;COUNT=3" }
      - { duration: 1h }
      - { start: "2026-11-23T09:00", duration: 0s }
      - { start: "2026-11-23T09:00", duration: 2h, rrule: "FREQ=HOURLY" }
      - { start: "2026-11-23T09:00", duration: 1h, rdate: [x] }
      - { start: "2026-11-23T09:00", duration: 1h, rrule: "FREQ=SECONDLY" }
      - { start: "2026-11-24", rrule: "FREQ=WEEKLY;BYDAY=MO" }
)");
  EXPECT_THAT(compiled.issues,
              UnorderedElementsAre("bad-recurrence schedules.s.recurrences[0].rrule",
                                   "bad-recurrence schedules.s.recurrences[1]",
                                   "bad-recurrence schedules.s.recurrences[2].duration",
                                   "bad-recurrence schedules.s.recurrences[3]",
                                   "bad-recurrence schedules.s.recurrences[4].rdate[0]",
                                   "bad-recurrence schedules.s.recurrences[5].rrule",
                                   "start-outside-rule schedules.s.recurrences[6].start"));
}

TEST(PlanSchedules, FindsSchedulesThatNameEachOther) {
  const Compiled compiled(R"(
schedules:
  a: { weekly: { days: mon, from: "09:00", to: "17:00" }, except: [b] }
  b: { weekly: { days: mon, from: "09:00", to: "17:00" }, only: [c] }
  c: { weekly: { days: mon, from: "09:00", to: "17:00" }, except: [a, c] }
)");
  EXPECT_THAT(compiled.issues, UnorderedElementsAre("schedule-cycle schedules.c.except[0]",
                                                    "schedule-cycle schedules.c.except[1]"));
  EXPECT_THAT(compiled.messages, Contains(HasSubstr("each other: a -> b -> c -> a")));
  EXPECT_THAT(compiled.messages, Contains(HasSubstr("each other: c -> c")));
}

TEST(PlanSchedules, FindsNamesThatMeanTwoThingsOrNothing) {
  const Compiled compiled(R"(
calendars: { holidays: { dates: "2026-12-25" }, both: { dates: "2026-12-25" } }
schedules:
  both: { weekly: { days: mon, from: "09:00", to: "17:00" } }
  s: { weekly: { days: mon, from: "09:00", to: "17:00" }, except: [both, holiday], only: bot }
  z: { weekly: { days: mon, from: "09:00", to: "17:00" }, time_zone: Europe/Bruxelles }
)");
  EXPECT_THAT(compiled.issues, UnorderedElementsAre("ambiguous-name schedules.s.except[0]",
                                                    "unknown-name schedules.s.except[1]",
                                                    "unknown-name schedules.s.only[0]",
                                                    "bad-time-zone schedules.z.time_zone"));
  EXPECT_THAT(compiled.messages,
              Contains("no calendar or schedule \"holiday\"; did you mean \"holidays\"?"));
}

}  // namespace
}  // namespace libroute
