#include "libroute/readers/caller_file.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CallerFileReading Read(absl::string_view text, absl::string_view column = "",
                       const AttachmentLimits& limits = AttachmentLimits()) {
  return ReadCallerFile(text, "vip.csv", column, limits);
}

// "file:line:column: code" of each.
std::vector<std::string> Faults(const CallerFileReading& reading) {
  std::vector<std::string> faults;
  for (const Issue& issue : reading.issues) {
    faults.push_back(absl::StrCat(issue.position.file, ":", issue.position.line, ":",
                                  issue.position.column, " ", issue.code));
  }
  return faults;
}

bool Has(const CallerFileReading& reading, absl::string_view number) {
  return reading.callers->numbers.Contains(*Digits::Parse(number));
}

TEST(ReadCallerFile, TakesNumbersPatternsAndAddresses) {
  const CallerFileReading reading =
      Read("+32475123456\r\n+3223456*\r\n+3222000100-+3222000199\r\nAnn@Example.com\r\n");
  EXPECT_THAT(Faults(reading), IsEmpty());
  EXPECT_TRUE(Has(reading, "32475123456"));
  EXPECT_TRUE(Has(reading, "322345699"));
  EXPECT_TRUE(Has(reading, "3222000150"));
  EXPECT_FALSE(Has(reading, "32475123457"));
  EXPECT_TRUE(reading.callers->addresses.Contains("ann@example.com"));
}

TEST(ReadCallerFile, FindsTheColumn) {
  const char* kHeader = "name;Number;since\n";
  const char* kRow = "Ann;+32475123456;2020\n";
  for (const char* column : {"number", "Number", "2"}) {
    const CallerFileReading reading = Read(absl::StrCat(kHeader, kRow), column);
    EXPECT_THAT(Faults(reading), IsEmpty()) << column;
    EXPECT_TRUE(Has(reading, "32475123456")) << column;
  }
  EXPECT_TRUE(Has(Read(kRow, "2"), "32475123456"));
  EXPECT_TRUE(Has(Read("number\n+32475123456"), "32475123456"));
  EXPECT_TRUE(Has(Read("\xEF\xBB\xBFnumber\n+32475123456", "number"), "32475123456"));
}

TEST(ReadCallerFile, TellsAHeaderFromACaller) {
  for (const char* header :
       {"e164", "number", "Phone 1", "msisdn_2", "N\xC2\xB0", "Num\xC3\xA9ro"}) {
    const CallerFileReading reading = Read(absl::StrCat(header, "\n+32475123456\n"));
    EXPECT_THAT(Faults(reading), IsEmpty()) << header;
    ASSERT_NE(reading.callers, nullptr) << header;
    EXPECT_TRUE(Has(reading, "32475123456")) << header;
  }
  for (const std::string& caller :
       {std::string("O475123456"), std::string("0475 12 34 56"), std::string("\0\x01", 2),
        std::string("+alice"), std::string("32475*"), std::string("alice@")}) {
    const CallerFileReading reading = Read(absl::StrCat(caller, "\n+32475123456\n"));
    EXPECT_EQ(reading.callers, nullptr) << testing::PrintToString(caller);
  }
}

TEST(ReadCallerFile, NamesTheColumnsNearestName) {
  const CallerFileReading reading = Read("name,number\nAnn,+32475123456\n", "numbr");
  EXPECT_EQ(reading.callers, nullptr);
  ASSERT_THAT(Faults(reading), ElementsAre("vip.csv:1:1 unknown-name"));
  EXPECT_THAT(reading.issues[0].message, HasSubstr("did you mean \"number\""));
  for (const char* column : {"0", "2", "99999999999999"}) {
    const CallerFileReading numbered = Read("+32475123456\n", column);
    EXPECT_THAT(Faults(numbered), ElementsAre("vip.csv:1:1 unknown-name")) << column;
    EXPECT_THAT(numbered.issues[0].message, HasSubstr("its first line has 1 cell"));
  }
}

TEST(ReadCallerFile, RefusesAFileWithBadRowsWholeAndSaysWhere) {
  const CallerFileReading reading = Read(
      "name,number\n"
      "Ann,+32475123456\n"
      "Bob,0475123456\n"
      "Cid,\n"
      "Dan,+32475123457,x\n"
      "Eve,\"+32475\"123458\n"
      "Flo,flo@\n"
      "Gil\n",
      "number");
  EXPECT_EQ(reading.callers, nullptr);
  EXPECT_THAT(Faults(reading),
              ElementsAre("vip.csv:1:1 bad-file", "vip.csv:3:5 bad-row", "vip.csv:4:5 bad-row",
                          "vip.csv:5:1 bad-row", "vip.csv:6:13 bad-row", "vip.csv:7:5 bad-row",
                          "vip.csv:8:1 bad-row"));
  EXPECT_THAT(reading.issues[0].message, HasSubstr("6 rows are wrong"));
  EXPECT_THAT(reading.issues[1].message, HasSubstr("begins with '+'"));
  EXPECT_THAT(reading.issues[2].message, HasSubstr("+3222000100"));
  EXPECT_THAT(reading.issues[3].message, HasSubstr("3 cells, the first one has 2"));
}

TEST(ReadCallerFile, WordsTheFirstHundredFaultsAndCountsAll) {
  std::string text;
  for (int i = 0; i < 1234; ++i) absl::StrAppend(&text, "12\n");
  const CallerFileReading reading = Read(text);
  ASSERT_THAT(reading.issues, SizeIs(102));
  EXPECT_THAT(reading.issues[0].message, HasSubstr("1234 rows are wrong"));
  EXPECT_EQ(reading.issues[100].position.line, 100);
  EXPECT_EQ(reading.issues[101].message, "and 1134 more problems");
}

TEST(ReadCallerFile, WarnsOfCallersThatAreThereTwice) {
  const CallerFileReading reading =
      Read("+32475123456\n+32475123457\n+32475123456\na@b.example\nA@B.example\n");
  ASSERT_NE(reading.callers, nullptr);
  ASSERT_THAT(Faults(reading), ElementsAre("vip.csv:1:1 repeated-callers"));
  EXPECT_EQ(reading.issues[0].severity, Severity::kWarning);
  EXPECT_THAT(reading.issues[0].message, HasSubstr("repeats 2 callers"));
}

TEST(ReadCallerFile, WarnsOfAFileWithoutCallers) {
  for (const char* text : {"", "number\n", "\xEF\xBB\xBF"}) {
    const CallerFileReading reading = Read(text);
    ASSERT_NE(reading.callers, nullptr);
    EXPECT_THAT(Faults(reading), ElementsAre("vip.csv:1:1 empty-file"));
  }
}

TEST(ReadCallerFile, KeepsItsLimits) {
  AttachmentLimits limits;
  limits.max_callers = 2;
  EXPECT_NE(Read("+32475123456\n+32475123457\n", "", limits).callers, nullptr);
  EXPECT_THAT(Faults(Read("+32475123456\n+32475123457\n+32475123458\n", "", limits)),
              ElementsAre("vip.csv:1:1 too-long"));
}

TEST(ReadCallerFile, SaysThatUtf16IsNotRead) {
  EXPECT_THAT(Faults(Read("\xFF\xFE+\0"
                          "3\0")),
              ElementsAre("vip.csv:1:1 bad-file"));
}

TEST(ReadCallerFile, AMillionCallersTakeAtMost24BytesEach) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) absl::StrAppend(&text, "+32", 470'000'000 + 7 * i, "\n");
  const CallerFileReading reading = Read(text);
  ASSERT_NE(reading.callers, nullptr);
  EXPECT_LE(reading.callers->numbers.memory_bytes(), 24u * 1'000'000);
  EXPECT_TRUE(Has(reading, "32470000007"));
  EXPECT_FALSE(Has(reading, "32470000008"));
}

TEST(ReadCallerFile, RangesAndAddressesTakeAtMost24BytesEach) {
  std::string ranges;
  std::string addresses;
  constexpr int kCount = 200'000;
  for (int i = 0; i < kCount; ++i) {
    const int first = 470'000'000 + 10 * i;
    absl::StrAppend(&ranges, "+32", first, "-+32", first + 5, "\n");
    absl::StrAppend(&addresses, "name", i, "@firm", i, ".example\n");
  }
  const CallerFileReading of_ranges = Read(ranges);
  ASSERT_NE(of_ranges.callers, nullptr);
  EXPECT_LE(of_ranges.callers->numbers.memory_bytes(), 24u * kCount);
  EXPECT_TRUE(Has(of_ranges, "32470000005"));
  EXPECT_FALSE(Has(of_ranges, "32470000006"));
  const CallerFileReading of_addresses = Read(addresses);
  ASSERT_NE(of_addresses.callers, nullptr);
  EXPECT_LE(of_addresses.callers->addresses.memory_bytes(), 24u * kCount);
  EXPECT_TRUE(of_addresses.callers->addresses.Contains("name7@firm7.example"));
}

TEST(CallerFile, IsUtf8AlsoWhereNobodyLooks) {
  EXPECT_THAT(Faults(Read("+32475123456;caf\xe9\n")),
              ElementsAre("vip.csv:1:1 bad-file", "vip.csv:1:14 bad-row"));
  EXPECT_THAT(Faults(Read("\xff\n+32475123456\n")),
              ElementsAre("vip.csv:1:1 bad-file", "vip.csv:1:1 bad-row"));
  EXPECT_THAT(Faults(Read("+32475123456;caf\xc3\xa9\n")), IsEmpty());
}

}  // namespace
}  // namespace libroute
