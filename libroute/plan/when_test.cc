#include "libroute/plan/when.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using testing::HasSubstr;

absl::TimeZone Brussels() {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone("Europe/Brussels", &zone));
  return zone;
}

std::string Utc(absl::string_view text) {
  absl::StatusOr<absl::Time> time = ParseWhen(text, Brussels());
  if (!time.ok()) return std::string(time.status().message());
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", *time, absl::UTCTimeZone());
}

TEST(ParseWhen, ReadsTimesWithAnOffsetAndLocalOnes) {
  EXPECT_EQ(Utc("2026-11-23T10:00:00+01:00"), "2026-11-23 09:00:00");
  EXPECT_EQ(Utc("2026-11-23T10:00:00Z"), "2026-11-23 10:00:00");
  EXPECT_EQ(Utc("2026-11-23T10:00+01:00"), "2026-11-23 09:00:00");
  EXPECT_EQ(Utc("2026-11-23 10:00"), "2026-11-23 09:00:00");
  EXPECT_EQ(Utc("2026-07-23 10:00:30"), "2026-07-23 08:00:30");
  EXPECT_EQ(Utc("2026-11-23T10:00"), "2026-11-23 09:00:00");
}

TEST(ParseWhen, TakesTheOffsetBeforeAClockChange) {
  EXPECT_EQ(Utc("2026-03-29 02:30"), "2026-03-29 01:30:00");
  EXPECT_EQ(Utc("2026-10-25 02:30"), "2026-10-25 00:30:00");
}

TEST(ParseWhen, RefusesWhatIsNoTime) {
  for (const char* text : {"", "tomorrow", "infinite-future", " 2026-11-23 10:00",
                           "2026-11-23 10:00 ", "2026-02-30 10:00", "2026-11-23", "25:00"}) {
    EXPECT_THAT(Utc(text), HasSubstr("is not a time; write e.g.")) << text;
  }
}

}  // namespace
}  // namespace libroute
