#include "services/load/report.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

LoadResult Measured() {
  LoadResult result;
  result.answers = 4;
  result.measured = absl::Seconds(2);
  result.answers_per_second = 2;
  result.kinds[1] = 3;
  result.kinds[kRefused] = 1;
  result.errors = 1;
  result.first_error = "no \"route\"";
  for (int i = 1; i <= 4; ++i) result.latencies.Add(absl::Microseconds(100 * i));
  return result;
}

TEST(LoadReport, SaysWhatCameBack) {
  const std::string text = LoadText(LoadShape(), Measured());
  EXPECT_THAT(text, HasSubstr("closed loop, 64 messages outstanding on 4 channels"));
  EXPECT_THAT(text, HasSubstr("calls/s   2 (4 answers in 2.0 s)"));
  EXPECT_THAT(text, HasSubstr("answers   dial 3, refused 1\n"));
  EXPECT_THAT(text, HasSubstr("errors    1; the first: no \"route\"\n"));
  EXPECT_THAT(text, Not(HasSubstr("keep up")));
}

TEST(LoadReport, SaysThatTheServerFellBehind) {
  LoadShape shape;
  shape.rate = 5000;
  LoadResult result = Measured();
  result.fell_behind = true;
  EXPECT_THAT(LoadText(shape, result), HasSubstr("open loop, 5000 calls/s wanted"));
  EXPECT_THAT(LoadText(shape, result), HasSubstr("did not keep up"));
  EXPECT_THAT(LoadJson(shape, result), HasSubstr("\"fell_behind\":true"));
}

TEST(LoadReport, IsJsonForPrograms) {
  const std::string json = LoadJson(LoadShape(), Measured());
  EXPECT_THAT(json, HasSubstr("\"answers\":4,\"answers_per_second\":2.0,\"errors\":1"));
  EXPECT_THAT(json, HasSubstr("\"first_error\":\"no \\\"route\\\"\""));
  EXPECT_THAT(json, HasSubstr("\"kinds\":{\"dial\":3,\"refused\":1}"));
}

TEST(LoadReport, ShowsProgressOnOneLine) {
  LoadProgress progress;
  progress.elapsed = absl::Seconds(3);
  progress.warming_up = true;
  const std::string line = ProgressText(progress);
  EXPECT_THAT(line, HasSubstr("3 s"));
  EXPECT_THAT(line, HasSubstr("(warming up)"));
  EXPECT_THAT(line, Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace libroute
