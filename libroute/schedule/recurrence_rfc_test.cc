// Every example of RFC 5545, 3.8.5.3, with the dates that stand there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libroute/schedule/test_recurrence.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

struct Example {
  const char* what;
  const char* start;
  const char* rule;
  // The first ones where there is no end to them.
  const char* dates;
  bool is_endless = false;
};

constexpr const char* kEveryDayOfThreeJanuaries = "1998-01-01-31 1999-01-01-31 2000-01-01-31";
constexpr const char* kTuesdaysAndThursdays = "1997-09-02,04,09,11,16,18,23,25,30 1997-10-02";

const Example kExamples[] = {
    {"daily for 10 occurrences", "19970902T090000", "FREQ=DAILY;COUNT=10", "1997-09-02-11"},
    {"daily until December 24, 1997", "19970902T090000", "FREQ=DAILY;UNTIL=19971224T000000Z",
     "1997-09-02-30 1997-10-01-31 1997-11-01-30 1997-12-01-23"},
    {"every other day", "19970902T090000", "FREQ=DAILY;INTERVAL=2",
     "1997-09-02,04,06,08,10,12,14,16,18,20,22,24,26,28,30 "
     "1997-10-02,04,06,08,10,12,14,16,18,20,22,24,26,28,30 1997-11-01,03",
     true},
    {"every 10 days, 5 occurrences", "19970902T090000", "FREQ=DAILY;INTERVAL=10;COUNT=5",
     "1997-09-02,12,22 1997-10-02,12"},
    {"every day in January for 3 years", "19980101T090000",
     "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
     kEveryDayOfThreeJanuaries},
    {"every day in January for 3 years", "19980101T090000",
     "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", kEveryDayOfThreeJanuaries},
    {"weekly for 10 occurrences", "19970902T090000", "FREQ=WEEKLY;COUNT=10",
     "1997-09-02,09,16,23,30 1997-10-07,14,21,28 1997-11-04"},
    {"weekly until December 24, 1997", "19970902T090000", "FREQ=WEEKLY;UNTIL=19971224T000000Z",
     "1997-09-02,09,16,23,30 1997-10-07,14,21,28 1997-11-04,11,18,25 1997-12-02,09,16,23"},
    {"every other week", "19970902T090000", "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
     "1997-09-02,16,30 1997-10-14,28 1997-11-11,25 1997-12-09,23 1998-01-06,20 1998-02-03,17",
     true},
    {"Tuesdays and Thursdays for five weeks", "19970902T090000",
     "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", kTuesdaysAndThursdays},
    {"Tuesdays and Thursdays for five weeks", "19970902T090000",
     "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", kTuesdaysAndThursdays},
    {"Mondays, Wednesdays and Fridays of every other week", "19970901T090000",
     "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
     "1997-09-01,03,05,15,17,19,29 1997-10-01,03,13,15,17,27,29,31 1997-11-10,12,14,24,26,28 "
     "1997-12-08,10,12,22"},
    {"Tuesdays and Thursdays of every other week, 8 occurrences", "19970902T090000",
     "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
     "1997-09-02,04,16,18,30 1997-10-02,14,16"},
    {"first Friday of the month, 10 occurrences", "19970905T090000",
     "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
     "1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06 1998-03-06 1998-04-03 "
     "1998-05-01 1998-06-05"},
    {"first Friday of the month until December 24, 1997", "19970905T090000",
     "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
     "1997-09-05 1997-10-03 1997-11-07 1997-12-05"},
    {"first and last Sunday of every other month, 10 occurrences", "19970907T090000",
     "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
     "1997-09-07,28 1997-11-02,30 1998-01-04,25 1998-03-01,29 1998-05-03,31"},
    {"second-to-last Monday of the month for 6 months", "19970922T090000",
     "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
     "1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16"},
    {"third-to-the-last day of the month", "19970928T090000", "FREQ=MONTHLY;BYMONTHDAY=-3",
     "1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26", true},
    {"2nd and 15th of the month, 10 occurrences", "19970902T090000",
     "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
     "1997-09-02,15 1997-10-02,15 1997-11-02,15 1997-12-02,15 1998-01-02,15"},
    {"first and last day of the month, 10 occurrences", "19970930T090000",
     "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
     "1997-09-30 1997-10-01,31 1997-11-01,30 1997-12-01,31 1998-01-01,31 1998-02-01"},
    {"10th to 15th of every 18th month, 10 occurrences", "19970910T090000",
     "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
     "1997-09-10-15 1999-03-10-13"},
    {"Tuesdays of every other month", "19970902T090000", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
     "1997-09-02,09,16,23,30 1997-11-04,11,18,25 1998-01-06,13,20,27 1998-03-03,10,17,24,31", true},
    {"yearly in June and July, 10 occurrences", "19970610T090000",
     "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
     "1997-06-10 1997-07-10 1998-06-10 1998-07-10 1999-06-10 1999-07-10 2000-06-10 2000-07-10 "
     "2001-06-10 2001-07-10"},
    {"every other year in January, February and March, 10 occurrences", "19970310T090000",
     "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
     "1997-03-10 1999-01-10 1999-02-10 1999-03-10 2001-01-10 2001-02-10 2001-03-10 2003-01-10 "
     "2003-02-10 2003-03-10"},
    {"1st, 100th and 200th day of every third year, 10 occurrences", "19970101T090000",
     "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
     "1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 2003-01-01 2003-04-10 "
     "2003-07-19 2006-01-01"},
    {"20th Monday of the year", "19970519T090000", "FREQ=YEARLY;BYDAY=20MO",
     "1997-05-19 1998-05-18 1999-05-17", true},
    {"Monday of week 20", "19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
     "1997-05-12 1998-05-11 1999-05-17", true},
    {"Thursdays in March", "19970313T090000", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
     "1997-03-13,20,27 1998-03-05,12,19,26 1999-03-04,11,18,25", true},
    {"Thursdays in June, July and August", "19970605T090000", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
     "1997-06-05,12,19,26 1997-07-03,10,17,24,31 1997-08-07,14,21,28 1998-06-04,11,18,25 "
     "1998-07-02,09,16,23,30 1998-08-06,13,20,27 1999-06-03,10,17,24 1999-07-01,08,15,22,29 "
     "1999-08-05,12,19,26",
     true},
    {"first Saturday after the first Sunday of the month", "19970913T090000",
     "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
     "1997-09-13 1997-10-11 1997-11-08 1997-12-13 1998-01-10 1998-02-07 1998-03-07 1998-04-11 "
     "1998-05-09 1998-06-13",
     true},
    {"presidential election day", "19961105T090000",
     "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
     "1996-11-05 2000-11-07 2004-11-02", true},
    {"third of Tuesday, Wednesday or Thursday of the month, 3 months", "19970904T090000",
     "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04 1997-10-07 1997-11-06"},
    {"second-to-last weekday of the month", "19970929T090000",
     "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
     "1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29 1998-02-26 1998-03-30", true},
    {"weeks that begin on Monday", "19970805T090000",
     "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05,10,19,24"},
    {"weeks that begin on Sunday", "19970805T090000",
     "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05,17,19,31"},
    {"a date that does not exist is ignored", "20070115T090000",
     "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15,30 2007-02-15 2007-03-15,30"},
};

TEST(RecurrenceRfc, GivesTheDatesOfTheExamples) {
  for (const Example& example : kExamples) {
    SCOPED_TRACE(std::string(example.what) + ": " + example.rule);
    const std::vector<std::string> expected = DateList(example.dates);
    const size_t count = example.is_endless ? expected.size() : expected.size() + 10;
    EXPECT_EQ(FirstOf(Recurring(example.start, example.rule), count), expected);
  }
}

TEST(RecurrenceRfc, LeavesOutTheStartOfEveryFridayThe13th) {
  WrittenRecurrence written = Recurring("19970902T090000", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13");
  written.exdate = {"19970902T090000"};
  EXPECT_THAT(FirstOf(written, 5),
              ElementsAre("1998-02-13", "1998-03-13", "1998-11-13", "1999-08-13", "2000-10-13"));
}

// The RFC's UNTIL, 17:00 in UTC, is 13:00 there and leaves out 15:00, which it
// lists: erratum 3883. Both readings.
TEST(RecurrenceRfc, CountsHours) {
  EXPECT_THAT(
      FirstOf(Recurring("19970902T090000", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z"), 10),
      ElementsAre("1997-09-02", "1997-09-02T12:00", "1997-09-02T15:00"));
  EXPECT_THAT(
      FirstOf(Recurring("19970902T090000", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z"), 10),
      ElementsAre("1997-09-02", "1997-09-02T12:00"));
}

TEST(RecurrenceRfc, CountsMinutes) {
  EXPECT_THAT(FirstOf(Recurring("19970902T090000", "FREQ=MINUTELY;INTERVAL=15;COUNT=6"), 10),
              ElementsAre("1997-09-02", "1997-09-02T09:15", "1997-09-02T09:30", "1997-09-02T09:45",
                          "1997-09-02T10:00", "1997-09-02T10:15"));
  EXPECT_THAT(
      FirstOf(Recurring("19970902T090000", "FREQ=MINUTELY;INTERVAL=90;COUNT=4"), 10),
      ElementsAre("1997-09-02", "1997-09-02T10:30", "1997-09-02T12:00", "1997-09-02T13:30"));
}

TEST(RecurrenceRfc, HasTwoWaysToSayEveryTwentyMinutes) {
  const std::vector<std::string> daily = FirstOf(
      Recurring("19970902T090000", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40"),
      60);
  EXPECT_EQ(daily, FirstOf(Recurring("19970902T090000",
                                     "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"),
                           60));
  ASSERT_EQ(daily.size(), 60u);
  EXPECT_EQ(daily[1], "1997-09-02T09:20");
  EXPECT_EQ(daily[23], "1997-09-02T16:40");
  EXPECT_EQ(daily[24], "1997-09-03");
}

}  // namespace
}  // namespace libroute
