// Rules that libical 3.0.16 gets wrong when it is given them as they stand,
// each with what it does; here they must be right.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libroute/schedule/test_recurrence.h"

namespace libroute {
namespace {

TEST(RecurrenceFaults, AreMendedHere) {
  const struct {
    const char* fault;
    const char* start;
    const char* rule;
    const char* dates;
  } kCases[] = {
      {"BYWEEKNO without BYDAY: refused, or wrong dates", "1997-09-02T09:00",
       "FREQ=YEARLY;BYWEEKNO=20", "1998-05-12 1999-05-18 2000-05-16"},
      {"the first week from the middle of a year: 1997-12-30, a Tuesday, and back to 12-29",
       "1997-09-02T09:00", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO",
       "1997-12-29 1999-01-04 2000-01-03 2001-01-01 2001-12-31"},
      {"weeks counted from the end: wrong in years of 53 weeks", "2021-04-04T09:00",
       "FREQ=YEARLY;BYWEEKNO=-2;BYDAY=SA", "2021-12-25 2022-12-24 2023-12-23 2024-12-21"},
      {"BYYEARDAY with BYMONTH: refused", "1997-09-02T09:00",
       "FREQ=YEARLY;BYYEARDAY=1,100;BYMONTH=4", "1998-04-10 1999-04-10 2000-04-09"},
      {"BYMONTHDAY with BYDAY: refused in a year", "1997-10-31T09:00",
       "FREQ=YEARLY;BYMONTHDAY=31;BYDAY=FR", "1997-10-31 1998-07-31 1999-12-31 2000-03-31"},
      {"BYMONTHDAY without BYMONTH: the start's month alone", "1997-09-13T09:00",
       "FREQ=YEARLY;BYMONTHDAY=13", "1997-09-13 1997-10-13 1997-11-13 1997-12-13 1998-01-13"},
      {"INTERVAL above 32767: read modulo 65536, 70000 as 4464", "1997-09-02T09:00",
       "FREQ=DAILY;INTERVAL=70000", "1997-09-02"},
      {"the last day of every seventh week: a week late", "1997-04-13T09:00",
       "FREQ=WEEKLY;INTERVAL=7;BYDAY=SU", "1997-04-13 1997-06-01 1997-07-20 1997-09-07"},
      {"INTERVAL with a WKST in the middle of the week: another week", "2003-04-10T09:00",
       "FREQ=WEEKLY;INTERVAL=5;WKST=FR;BYDAY=TH,FR", "2003-04-10 2003-05-09,15 2003-06-13,19"},
      {"a day of a leap year's last week, by number", "2003-01-01T09:00",
       "FREQ=YEARLY;BYYEARDAY=-366", "2004-01-01 2008-01-01 2012-01-01"},
  };
  for (const auto& test : kCases) {
    const std::vector<std::string> expected = DateList(test.dates);
    EXPECT_EQ(FirstOf(Recurring(test.start, test.rule), expected.size()), expected) << test.fault;
  }
}

// libical looks at every minute up to the year 2582 and comes back after hours.
TEST(RecurrenceFaults, ReturnWhereNothingOccurs) {
  EXPECT_THAT(FirstOf(Recurring("1997-09-02T09:00", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31"), 1),
              testing::ElementsAre(testing::HasSubstr("never occurs")));
}

}  // namespace
}  // namespace libroute
