#include "libroute/report/schedule_text.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/report/written_schedule.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::HasSubstr;

std::shared_ptr<const Schedule> Compiled(absl::string_view schedule,
                                         absl::string_view zone = "Europe/Brussels") {
  ReadResult read = ReadPlan(
      absl::StrCat("customer: acme\ntime_zone: ", zone, "\nschedules: { s: ", schedule,
                   " }\ncalendars: { holidays: { dates: \"2026-12-25\", special_days: "
                   "[{ date: \"2026-12-24\", hours: { from: \"08:15\", to: \"12:00\" } }] } }\n"),
      "test.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  auto compiled = WrittenSchedule(*read.plan, {}, "s", absl::FromUnixSeconds(1795424400));
  EXPECT_TRUE(compiled.ok()) << compiled.status();
  return *compiled;
}

constexpr absl::string_view kHours =
    R"({ weekly: { days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }, except: holidays })";

std::string Picture(const Schedule& schedule, absl::CivilDay first, int days) {
  return absl::StrCat("\n", DayPicture(schedule, {first, days}, Glyphs::kAscii));
}

std::string Spans(const Schedule& schedule, absl::CivilDay first, int days) {
  return absl::StrCat(
      "\n", SpansText(schedule.OpenSpans(SpanOf({first, days}, schedule.zone())), schedule.zone()));
}

TEST(DayPicture, ShowsALineForEachDayUnderARuler) {
  EXPECT_EQ(Picture(*Compiled(kHours), absl::CivilDay(2026, 12, 21), 7), R"(
                0     3     6     9     12    15    18    21    24
Mon 2026-12-21  ..................################..............
Tue 2026-12-22  ..................################..............
Wed 2026-12-23  ..................################..............
Thu 2026-12-24  ................+#######........................
Fri 2026-12-25  ................................................
Sat 2026-12-26  ................................................
Sun 2026-12-27  ................................................
)");
}

TEST(DayPicture, DrawsWithBlocksWhereTheScreenCan) {
  std::string picture =
      DayPicture(*Compiled(kHours), {absl::CivilDay(2026, 12, 24), 1}, Glyphs::kUnicode);
  EXPECT_THAT(picture, HasSubstr("Thu 2026-12-24  ················▒███████········"));
}

TEST(DayPicture, CarriesHoursPastMidnight) {
  EXPECT_EQ(Picture(*Compiled(R"({ weekly: { days: fri, from: "22:00", to: "06:00" } })"),
                    absl::CivilDay(2026, 11, 27), 2),
            R"(
                0     3     6     9     12    15    18    21    24
Fri 2026-11-27  ............................................####
Sat 2026-11-28  ############....................................
)");
}

TEST(DayPicture, LeavesOutWhatTheClockLeavesOut) {
  auto always = Compiled(R"({ weekly: { days: [sat, sun], from: "00:00", to: "24:00" } })");
  EXPECT_EQ(Picture(*always, absl::CivilDay(2026, 3, 29), 1), R"(
                0     3     6     9     12    15    18    21    24
Sun 2026-03-29  ####  ##########################################
)");
  EXPECT_EQ(Picture(*always, absl::CivilDay(2026, 10, 25), 1), R"(
                0     3     6     9     12    15    18    21    24
Sun 2026-10-25  ################################################
)");
}

TEST(SpansText, NamesTheDayAndTheHours) {
  EXPECT_EQ(Spans(*Compiled(kHours), absl::CivilDay(2026, 12, 23), 6), R"(
Wed 2026-12-23 09:00 - 17:00
Thu 2026-12-24 08:15 - 12:00
Mon 2026-12-28 09:00 - 17:00
)");
}

TEST(SpansText, ShowsWhatRunsIntoOtherDaysAndClockChanges) {
  EXPECT_EQ(Spans(*Compiled(R"({ weekly: [{ days: sat, from: "22:00", to: "06:00" },
                                          { days: tue, from: "20:00", to: "24:00" }] })"),
                  absl::CivilDay(2026, 10, 24), 7),
            R"(
Sat 2026-10-24 22:00 - Sun 2026-10-25 06:00 (the clock goes from +02:00 to +01:00)
Tue 2026-10-27 20:00 - 24:00
)");
}

TEST(SpansText, SaysThatItIsClosed) {
  EXPECT_EQ(Spans(*Compiled(kHours), absl::CivilDay(2026, 12, 26), 2), "\nclosed throughout\n");
}

TEST(StateText, SaysUntilWhen) {
  auto schedule = Compiled(kHours);
  const absl::Time open = absl::FromUnixSeconds(1795424400);
  EXPECT_EQ(StateText(schedule->At(open), schedule->zone()), "open until Mon 2026-11-23 17:00");
  EXPECT_EQ(StateText(schedule->At(open + absl::Hours(8)), schedule->zone()),
            "closed until Tue 2026-11-24 09:00");
  EXPECT_EQ(StateText({true, kNoChange}, schedule->zone()), "open, no change known");
}

TEST(WrittenSchedule, NamesTheNearestOfThoseThatThereAre) {
  v1::Plan plan;
  plan.set_customer("acme");
  plan.set_time_zone("Europe/Brussels");
  (*plan.mutable_schedules())["office-hours"];
  absl::Status status =
      WrittenSchedule(plan, {}, "ofice-hours", absl::FromUnixSeconds(1795424400)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "no schedule \"ofice-hours\"; did you mean \"office-hours\"?");
}

}  // namespace
}  // namespace libroute
