#include "libroute/report/schedule_ics.h"

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(SpansIcs, WritesAnEventForEachSpan) {
  EXPECT_EQ(SpansIcs({{1795424400, 1795449600}, {1795510800, 1795536000}}, "desk"),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//libroute//schedule//EN\r\n"
            "BEGIN:VEVENT\r\nUID:20261123T090000Z-desk@libroute\r\nDTSTAMP:20261123T090000Z\r\n"
            "DTSTART:20261123T090000Z\r\nDTEND:20261123T160000Z\r\nSUMMARY:desk\r\nEND:VEVENT\r\n"
            "BEGIN:VEVENT\r\nUID:20261124T090000Z-desk@libroute\r\nDTSTAMP:20261124T090000Z\r\n"
            "DTSTART:20261124T090000Z\r\nDTEND:20261124T160000Z\r\nSUMMARY:desk\r\nEND:VEVENT\r\n"
            "END:VCALENDAR\r\n");
}

TEST(SpansIcs, EscapesAndFoldsWhatIsLong) {
  std::string name = "a,b;c\\";
  for (int i = 0; i < 60; ++i) name += "\u00e9";
  const std::string text = SpansIcs({{0, 60}}, name);
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(text, "\r\n"))) {
    EXPECT_LE(line.size(), 75u);
    // No character is cut in two.
    if (line.size() <= 1) continue;
    EXPECT_NE(line[line[0] == ' ' ? 1 : 0] & 0xC0, 0x80);
  }
  EXPECT_THAT(text, testing::HasSubstr("\r\nSUMMARY:a\\,b\\;c\\\\\u00e9"));
}

}  // namespace
}  // namespace libroute
