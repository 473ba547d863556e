#include "libroute/readers/calendar_file.h"

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CalendarFileReading ReadCalendar(absl::string_view text) {
  return ReadCalendarFile(text, "be.ics", AttachmentLimits());
}

// A calendar with one event of these lines.
CalendarFileReading ReadEvent(absl::string_view lines) {
  return ReadCalendar(
      absl::StrCat("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", lines, "\nEND:VEVENT\nEND:VCALENDAR\n"));
}

// "line code" of each.
std::vector<std::string> Faults(const CalendarFileReading& reading) {
  std::vector<std::string> faults;
  for (const Issue& issue : reading.issues) {
    EXPECT_EQ(issue.position.file, "be.ics");
    faults.push_back(absl::StrCat(issue.position.line, " ", issue.code));
  }
  return faults;
}

// The dates from 2026-01-01 to the end of `last_year`.
std::string Dates(const CalendarFileReading& reading, int last_year = 2026) {
  for (const Issue& issue : reading.issues) ADD_FAILURE() << FormatIssue(issue);
  if (reading.calendar == nullptr) return "none";
  std::vector<std::string> dates;
  for (const DateRange& range : reading.calendar->closed) {
    for (absl::CivilDay day = range.first; day <= range.last; ++day) {
      if (day.year() >= 2026 && day.year() <= last_year) {
        dates.push_back(absl::FormatCivilTime(day));
      }
    }
  }
  return absl::StrJoin(dates, " ");
}

CalendarFileReading ReadExample(const std::string& name) {
  std::ifstream file(absl::StrCat(LIBROUTE_SOURCE_DIR, "/examples/plans/", name));
  std::stringstream text;
  text << file.rdbuf();
  return ReadCalendar(text.str());
}

TEST(ReadCalendarFile, ReadsPublishedHolidaysOfBelgium) {
  const CalendarFileReading reading = ReadExample("holidays-be.ics");
  EXPECT_EQ(Dates(reading, 2027),
            "2026-01-01 2026-04-06 2026-05-01 2026-05-14 2026-05-25 2026-07-21 2026-08-15 "
            "2026-11-01 2026-11-11 2026-12-25 "
            "2027-01-01 2027-03-29 2027-05-01 2027-05-06 2027-05-17 2027-07-21 2027-08-15 "
            "2027-11-01 2027-11-11 2027-12-25");
  EXPECT_EQ(reading.calendar->closed.back().last, absl::CivilDay(2100, 12, 25));
}

TEST(ReadCalendarFile, ReadsPublishedHolidaysOfFrance) {
  EXPECT_EQ(Dates(ReadExample("holidays-fr.ics")),
            "2026-01-01 2026-04-06 2026-05-01 2026-05-08 2026-05-14 2026-05-25 2026-07-14 "
            "2026-08-15 2026-11-01 2026-11-11 2026-12-25");
}

TEST(ReadCalendarFile, TakesWholeDaysHoweverTheyAreWritten) {
  const std::pair<const char*, const char*> kEvents[] = {
      {"DTSTART;VALUE=DATE:20261225", "2026-12-25"},
      {"DTSTART:20261225", "2026-12-25"},
      {"DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226", "2026-12-25"},
      // Not allowed, but written.
      {"DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261225", "2026-12-25"},
      {"DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
       "2026-12-24 2026-12-25 2026-12-26"},
      {"DTSTART;VALUE=DATE:20261230\nDURATION:P4D", "2026-12-30 2026-12-31"},
      {"DTSTART;VALUE=DATE:20261221\nDURATION:P1W",
       "2026-12-21 2026-12-22 2026-12-23 2026-12-24 2026-12-25 2026-12-26 2026-12-27"},
      {"DTSTART;VALUE=DATE:20251230\nDURATION:P4D", "2026-01-01 2026-01-02"},
      {"DTSTART;TZID=Europe/Brussels:20261225T000000\n"
       "DTEND;TZID=Europe/Brussels:20261226T000000",
       "2026-12-25"},
      {"DTSTART:20261225T000000\nDURATION:PT48H", "2026-12-25 2026-12-26"},
      // A year of 365 days, cut at the end of the year that is looked at.
      {"DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20271230", "2026-12-30 2026-12-31"},
      {"SUMMARY:a\\, b\nDTSTART;VALUE=DATE:2026\n 1225\nTRANSP:TRANSPARENT", "2026-12-25"},
      {"DTSTART;VALUE=DATE:20261225\nTRANSP:OPAQUE\nX-ANY;A=b:c\nBEGIN:VALARM\n"
       "DTSTART:20261225T120000Z\nTRIGGER:-PT1H\nEND:VALARM",
       "2026-12-25"},
  };
  for (const auto& [lines, expected] : kEvents) {
    EXPECT_EQ(Dates(ReadEvent(lines)), expected) << lines;
  }
}

TEST(ReadCalendarFile, FollowsRules) {
  const std::pair<const char*, const char*> kEvents[] = {
      {"DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY", "2026-12-25 2027-12-25"},
      {"DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY;COUNT=27", "2026-12-25"},
      {"DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY;UNTIL=20261225", "2026-12-25"},
      {"DTSTART;VALUE=DATE:20010528\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
       "2026-05-25 2027-05-31"},
      {"DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY", ""},
      {"DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20261225", "2027-12-25"},
      {"DTSTART;VALUE=DATE:20260406\nRDATE;VALUE=DATE:20270329,20280417\nRDATE:20260514",
       "2026-04-06 2026-05-14 2027-03-29"},
      {"DTSTART;VALUE=DATE:20260406\nEXDATE;VALUE=DATE:20260406", ""},
      {"DTSTART;TZID=America/New_York:20250704T000000\nDURATION:P1D\n"
       "RRULE:FREQ=YEARLY;UNTIL=20270101T000000Z\nEXDATE;TZID=America/New_York:20250704T000000",
       "2026-07-04"},
      {"DTSTART;VALUE=DATE:20260101\nDURATION:P3D\nRRULE:FREQ=DAILY;COUNT=2",
       "2026-01-01 2026-01-02 2026-01-03 2026-01-04"},
      {"DTSTART;VALUE=DATE:20251231\nDURATION:P2D\nRRULE:FREQ=YEARLY;COUNT=2",
       "2026-01-01 2026-12-31 2027-01-01"},
  };
  for (const auto& [lines, expected] : kEvents) {
    const CalendarFileReading reading = ReadEvent(lines);
    if (*expected == 0 && !reading.issues.empty()) {
      EXPECT_THAT(Faults(reading), ElementsAre("1 empty-file")) << lines;
      continue;
    }
    EXPECT_EQ(Dates(reading, 2027), expected) << lines;
  }
}

TEST(ReadCalendarFile, LeavesCancelledEventsOutAndMovesOccurrences) {
  EXPECT_EQ(Dates(ReadCalendar("BEGIN:VCALENDAR\n"
                       "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20261225\n"
                       "STATUS:CANCELLED\nEND:VEVENT\n"
                       "BEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20260101\n"
                       "STATUS:CONFIRMED\nRRULE:FREQ=MONTHLY;COUNT=4\nEND:VEVENT\n"
                       // Of these the second moves, the third falls away.
                       "BEGIN:VEVENT\nUID:b\nRECURRENCE-ID;VALUE=DATE:20260201\n"
                       "DTSTART;VALUE=DATE:20260202\nEND:VEVENT\n"
                       "BEGIN:VEVENT\nUID:b\nRECURRENCE-ID;VALUE=DATE:20260301\n"
                       "DTSTART;VALUE=DATE:20260301\nSTATUS:CANCELLED\nEND:VEVENT\n"
                       "END:VCALENDAR\n")),
            "2026-01-01 2026-02-02 2026-04-01");
}

TEST(ReadCalendarFile, TakesDatesAsTheyArePublished) {
  const std::pair<const char*, const char*> kEvents[] = {
      {"DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=YEARLY;UNTIL=20271231T235959Z",
       "2026-01-01 2027-01-01"},
      {"DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=YEARLY;UNTIL=20260101T000000", "2026-01-01"},
      {"DTSTART;TZID=Europe/Brussels:20250101T000000\nDURATION:P1D\n"
       "RRULE:FREQ=YEARLY;UNTIL=20260101",
       "2026-01-01"},
      {"DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY\nEXDATE:20270101T000000", "2026-01-01"},
      {"DTSTART;VALUE=DATE:18900501\nRRULE:FREQ=YEARLY", "2026-05-01 2027-05-01"},
      {"DTSTART;VALUE=DATE:16010101\nRRULE:FREQ=YEARLY;BYDAY=1MO;BYMONTH=1",
       "2026-01-05 2027-01-04"},
      {"DTSTART;VALUE=DATE:20260501\nDURATION:P1DT0H0M0S", "2026-05-01"},
      {"DTSTART;VALUE=DATE:20260501\nDURATION:P1DT24H", "2026-05-01 2026-05-02"},
  };
  for (const auto& [lines, expected] : kEvents) {
    EXPECT_EQ(Dates(ReadEvent(lines), 2027), expected) << lines;
  }
}

TEST(ReadCalendarFile, KeepsTheRestWhenAllOfAnEventIsMovedOrExcluded) {
  EXPECT_EQ(Dates(ReadCalendar("BEGIN:VCALENDAR\n"
                       "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260101\n"
                       "RRULE:FREQ=YEARLY;COUNT=2\nEND:VEVENT\n"
                       "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20260101\n"
                       "DTSTART;VALUE=DATE:20260102\nEND:VEVENT\n"
                       "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20270101T000000\n"
                       "DTSTART;VALUE=DATE:20270104\nEND:VEVENT\n"
                       "BEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20260301\n"
                       "RRULE:FREQ=YEARLY;COUNT=1\nEXDATE;VALUE=DATE:20260301\nEND:VEVENT\n"
                       "END:VCALENDAR\n"),
                  2027),
            "2026-01-02 2027-01-04");
}

TEST(ReadCalendarFile, WarnsOfAnOccurrenceThatIsNotThereToBeReplaced) {
  const CalendarFileReading reading = ReadCalendar(
      "BEGIN:VCALENDAR\n"
      "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY\nEND:VEVENT\n"
      "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20260102\n"
      "DTSTART;VALUE=DATE:20260103\nEND:VEVENT\n"
      "END:VCALENDAR\n");
  ASSERT_THAT(Faults(reading), ElementsAre("9 nothing-replaced"));
  EXPECT_THAT(reading.issues[0].message, HasSubstr("does not occur on 2026-01-02"));
  EXPECT_NE(reading.calendar, nullptr);
}

TEST(ReadCalendarFile, PassesOverWhatIsNoEvent) {
  EXPECT_EQ(Dates(ReadCalendar("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                       "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\n"
                       "DTSTART:16010101T000000\r\nRRULE:FREQ=YEARLY\r\nEND:STANDARD\r\n"
                       "END:VTIMEZONE\r\n"
                       "BEGIN:VTODO\r\nDUE:20260101T120000\r\nEND:VTODO\r\n"
                       "BEGIN:VEVENT\r\nDTSTART;TZID=Office:20261225T000000\r\n"
                       "DURATION:P1D\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
                       "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261226\r\n"
                       "END:VEVENT\r\nEND:VCALENDAR\r\n")),
            "2026-12-25 2026-12-26");
}

TEST(ReadCalendarFile, SaysWhichLineIsWrong) {
  struct Case {
    const char* lines;
    const char* fault;
    const char* words;
  };
  // The event begins in line 2, these in line 3.
  const Case kCases[] = {
      {"DTSTART:20261225T120000", "3 bad-calendar", "not the beginning of a day"},
      {"DTSTART:20261225T000000Z", "3 bad-calendar", "not the beginning of a day"},
      {"DTSTART;VALUE=DATE:20261232", "3 bad-calendar", "a date that exists"},
      {"DTSTART;VALUE=DATE:2026-12-25", "3 bad-calendar", "a date that exists"},
      {"DTSTART;VALUE=DATE:20261225T000000", "3 bad-calendar", "VALUE=DATE"},
      {"DTSTART;VALUE=PERIOD:20261225", "3 bad-calendar", "PERIOD"},
      {"SUMMARY:Noel", "2 missing", "event \"Noel\" has no DTSTART"},
      {"DTSTART:20261225\nDTSTART:20261226", "4 bad-calendar", "twice"},
      {"DTSTART:20261225\nDTEND:20261224", "2 bad-calendar", "ends before"},
      {"DTSTART:20261225\nDTEND:20281224", "2 bad-calendar", "at most 366"},
      {"DTSTART:20261225\nDTEND:20261226T000000", "2 bad-calendar", "same way"},
      {"DTSTART:20261225\nDTEND:20261226\nDURATION:P1D", "2 bad-calendar", "not both"},
      {"DTSTART:20261225T000000", "2 bad-calendar", "ends before"},
      {"DTSTART:20261225\nDURATION:PT12H", "4 bad-calendar", "whole days"},
      {"DTSTART:20261225\nDURATION:-P1D", "4 bad-calendar", "whole days"},
      {"DTSTART:20261225\nDURATION:P99999999999D", "4 bad-calendar", "whole days"},
      {"DTSTART:20261225\nRRULE:FREQ=YEARLY;BYMOON=1", "4 bad-recurrence", "BYMOON"},
      {"DTSTART:20261225\nRRULE:FREQ=HOURLY", "4 bad-recurrence", "HOURLY"},
      {"DTSTART:20261225\nRRULE:FREQ=DAILY;COUNT=100001", "4 too-long", "COUNT"},
      {"DTSTART:20261225\nRRULE:FREQ=YEARLY\nEXDATE:20271225\nEXDATE:20281225T120000",
       "6 bad-calendar", "not the beginning of a day"},
      {"DTSTART:20261225\nDURATION:P1DT1H", "4 bad-calendar", "whole days"},
      {"DTSTART:20261225\nDURATION:P24H", "4 bad-calendar", "whole days"},
      {"DTSTART:20261225\nDURATION:PT", "4 bad-calendar", "whole days"},
      {"DTSTART:20261225\nRECURRENCE-ID:20261224", "4 missing", "no UID"},
      {"DTSTART:20261225\nUID:a\nRECURRENCE-ID:20261224", "5 nothing-replaced", "UID \"a\""},
      {"DTSTART:20261225\nEXRULE:FREQ=YEARLY", "4 bad-calendar", "EXRULE"},
      {"DTSTART:20261225\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261225", "4 bad-calendar", "RANGE"},
      {"DTSTART;TZID=Mars/Base:20261225T000000\nDURATION:P1D", "3 bad-time-zone", "Mars/Base"},
      {"DTSTART:20261224\nRRULE:FREQ=YEARLY;BYMONTHDAY=25;BYMONTH=12", "3 start-outside-rule",
       "DTSTART"},
  };
  for (const Case& item : kCases) {
    const CalendarFileReading reading = ReadEvent(item.lines);
    ASSERT_THAT(Faults(reading), ElementsAre(item.fault)) << item.lines;
    EXPECT_THAT(reading.issues[0].message, HasSubstr(item.words)) << item.lines;
    EXPECT_EQ(reading.calendar == nullptr, HasErrors(reading.issues)) << item.lines;
  }
}

TEST(ReadCalendarFile, SaysWhatIsNoCalendar) {
  const std::pair<const char*, const char*> kTexts[] = {
      {"", "1 syntax"},
      {"<html>\n<p>\n", "1 syntax"},
      {"VERSION:2.0\n", "1 syntax"},
      {"BEGIN:VEVENT\nEND:VEVENT\n", "1 syntax"},
      {"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "2 syntax"},
      {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\nEND:VCALENDAR\n", "4 syntax"},
      {"BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n", "3 syntax"},
      {"BEGIN:VCALENDAR\nnothing\nEND:VCALENDAR\n", "2 syntax"},
      {"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "1 empty-file"},
      {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:19650101\nEND:VEVENT\nEND:VCALENDAR\n",
       "1 empty-file"},
  };
  for (const auto& [text, fault] : kTexts) {
    EXPECT_THAT(Faults(ReadCalendar(text)), testing::Contains(fault)) << text;
  }
}

TEST(ReadCalendarFile, TellsEveryFaultAndCountsThoseBeyondItsLimit) {
  std::string text = "BEGIN:VCALENDAR\n";
  for (int i = 0; i < 150; ++i) {
    absl::StrAppend(&text, "BEGIN:VEVENT\nDTSTART:2026\nDTEND:1\nEND:VEVENT\n");
  }
  const CalendarFileReading reading = ReadCalendar(text + "END:VCALENDAR\n");
  ASSERT_THAT(reading.issues, SizeIs(101));
  EXPECT_EQ(reading.issues[1].position.line, 4);
  EXPECT_EQ(reading.issues[100].message, "and 200 more problems");
}

TEST(ReadCalendarFile, BoundsWhatItTakes) {
  std::string nested = "BEGIN:VCALENDAR\n";
  for (int i = 0; i < 100; ++i) nested += "BEGIN:X\n";
  EXPECT_THAT(Faults(ReadCalendar(nested)), testing::Contains("9 too-deep"));
  std::string recurring = "BEGIN:VCALENDAR\n";
  for (int i = 0; i < 1000; ++i) {
    recurring += "BEGIN:VEVENT\nDTSTART:20261225\nRRULE:FREQ=YEARLY\nEND:VEVENT\n";
  }
  EXPECT_THAT(Faults(ReadCalendar(recurring + "END:VCALENDAR\n")), ElementsAre("802 too-long"));
}

TEST(ReadCalendarFile, JoinsDatesThatFollowEachOther) {
  const CalendarFileReading reading =
      ReadEvent("DTSTART:20000101\nRRULE:FREQ=DAILY;UNTIL=20011231");
  EXPECT_THAT(reading.issues, IsEmpty());
  ASSERT_THAT(reading.calendar->closed, SizeIs(2));
  EXPECT_EQ(reading.calendar->closed[0].days(), 366);
  EXPECT_EQ(reading.calendar->closed[1].last, absl::CivilDay(2001, 12, 31));
}

}  // namespace
}  // namespace libroute
