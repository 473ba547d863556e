#include "libroute/readers/table_file.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

TableFileReading Read(absl::string_view text, const TableColumns& columns = {},
                      const AttachmentLimits& limits = AttachmentLimits()) {
  return ReadTableFile(text, "offices.csv", columns, limits);
}

// "line:column code" of each.
std::vector<std::string> Faults(const TableFileReading& reading) {
  std::vector<std::string> faults;
  for (const Issue& issue : reading.issues) {
    faults.push_back(
        absl::StrCat(issue.position.line, ":", issue.position.column, " ", issue.code));
  }
  return faults;
}

TEST(ReadTableFile, TakesTheColumnsThatAreMeant) {
  const char* kText = "name;zip;office\r\nAnn;1000;brussels\r\nBob;4000;\"li;ege\"\r\n";
  for (const TableColumns& columns :
       {TableColumns{"zip", "office"}, TableColumns{"ZIP", "3"}, TableColumns{"2", "Office"}}) {
    const TableFileReading reading = Read(kText, columns);
    EXPECT_THAT(reading.issues, IsEmpty());
    ASSERT_NE(reading.rows, nullptr);
    EXPECT_THAT(*reading.rows, ElementsAre(Pair("1000", "brussels"), Pair("4000", "li;ege")));
  }
  // Where none is named every line is a row.
  EXPECT_THAT(*Read("1000,brussels\n,nowhere\n").rows,
              ElementsAre(Pair("", "nowhere"), Pair("1000", "brussels")));
  EXPECT_THAT(*Read("1000,x,brussels\n", {"1", "3"}).rows, ElementsAre(Pair("1000", "brussels")));
}

TEST(ReadTableFile, SaysWhichColumnIsMissing) {
  const TableFileReading reading = Read("zip,office\n1000,brussels\n", {"zipp", "ofice"});
  EXPECT_EQ(reading.rows, nullptr);
  ASSERT_THAT(Faults(reading), ElementsAre("1:1 unknown-name", "1:1 unknown-name"));
  EXPECT_THAT(reading.issues[0].message, HasSubstr("did you mean \"zip\""));
  EXPECT_THAT(Faults(Read("1000\n")), ElementsAre("1:1 unknown-name"));
}

TEST(ReadTableFile, RefusesAFileWithBadRowsWhole) {
  const TableFileReading reading = Read(absl::StrCat(
      "1000,brussels\n"
      "1000,brussels\n"
      "1000,liege\n"
      "2000\n",
      std::string(33, '1'), ",x\n", "3000,", std::string(33, 'x'), "\n", "4000,li\xE8ge\n"));
  EXPECT_EQ(reading.rows, nullptr);
  EXPECT_THAT(Faults(reading), ElementsAre("1:1 bad-file", "3:1 bad-row", "4:1 bad-row",
                                           "5:1 bad-row", "6:6 bad-row", "7:6 bad-row"));
  EXPECT_THAT(reading.issues[0].message, HasSubstr("5 rows are wrong"));
  EXPECT_THAT(reading.issues[1].message, HasSubstr("\"brussels\" for \"1000\""));
}

TEST(ReadTableFile, WarnsOfRowsThatAreThereTwiceAndOfNone) {
  EXPECT_THAT(Faults(Read("1000,a\n1000,a\n")), ElementsAre("1:1 repeated-rows"));
  EXPECT_THAT(Faults(Read("zip,office\n", {"zip", "office"})), ElementsAre("1:1 empty-file"));
  EXPECT_THAT(Faults(Read("")), ElementsAre("1:1 empty-file"));
}

TEST(ReadTableFile, KeepsItsLimits) {
  AttachmentLimits limits;
  limits.max_rows = 2;
  EXPECT_NE(Read("1,a\n2,a\n", {}, limits).rows, nullptr);
  EXPECT_THAT(Faults(Read("1,a\n2,a\n3,a\n", {}, limits)), ElementsAre("1:1 too-long"));
}

}  // namespace
}  // namespace libroute
