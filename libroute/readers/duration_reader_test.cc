#include "libroute/readers/duration_reader.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using testing::HasSubstr;

struct Good {
  const char* text;
  int64_t seconds;
  int32_t nanos;
};

TEST(ReadDuration, ReadsWhatPeopleAndProtobufWrite) {
  const Good kGood[] = {
      {"20s", 20, 0},
      {"0s", 0, 0},
      {"500ms", 0, 500'000'000},
      {"1500ms", 1, 500'000'000},
      {"8h30m", 30600, 0},
      {"1m30s", 90, 0},
      {"2d", 172800, 0},
      {"1d1h1m1s1ms1us1ns", 90061, 1'001'001},
      {"1.5s", 1, 500'000'000},
      {"0.000000001s", 0, 1},
      {"-1.5s", -1, -500'000'000},
      {"-0.5s", 0, -500'000'000},
      {"-1h30m", -5400, 0},
      {"1m1.25s", 61, 250'000'000},
      {"1.9s200ms", 2, 100'000'000},
      {"007s", 7, 0},
      {"315576000000s", 315'576'000'000, 0},
      {"-315576000000s", -315'576'000'000, 0},
      {"3652500d", 315'576'000'000, 0},
      {"3us", 0, 3000},
  };
  for (const Good& good : kGood) {
    const auto duration = ReadDuration(good.text);
    ASSERT_TRUE(duration.ok()) << good.text << ": " << duration.status();
    EXPECT_EQ(duration->seconds, good.seconds) << good.text;
    EXPECT_EQ(duration->nanos, good.nanos) << good.text;
  }
}

TEST(ReadDuration, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> kBad[] = {
      {"", "write a number and a unit"},
      {"-", "write a number and a unit"},
      {"s", "write a number and a unit"},
      {" 20s", "write a number and a unit"},
      {"20 s", "no unit"},
      {"20", "no unit; write 20s"},
      {"1h30", "no unit; write 30s"},
      {"20S", "units are"},
      {"20sec", "units are"},
      {"30m1h", "larger ones first"},
      {"1s1s", "larger ones first"},
      {"1.5h", "for seconds only"},
      {"1.5ms", "for seconds only"},
      {"1.s", "decimals"},
      {".5s", "write a number and a unit"},
      {"1.0000000001s", "nine decimals"},
      {"1..5s", "decimals"},
      {"--1s", "write a number and a unit"},
      {"1s-1ms", "write a number and a unit"},
      {"315576000001s", "too long"},
      {"315576000000.000000001s", "too long"},
      {"3652501d", "too long"},
      {"99999999999999999999999s", "too long"},
      {"3652500d1ns", "too long"},
  };
  for (const auto& [text, message] : kBad) {
    const auto duration = ReadDuration(text);
    ASSERT_FALSE(duration.ok()) << text;
    EXPECT_THAT(std::string(duration.status().message()), HasSubstr(message)) << text;
  }
}

}  // namespace
}  // namespace libroute
