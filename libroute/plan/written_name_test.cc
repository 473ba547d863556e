#include "libroute/plan/written_name.h"

#include <string>

#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(WrittenName, IsMadeOfLettersDigitsAndAFewSigns) {
  for (const char* name : {"a", "9", "desk", "site-2", "a_b.c-d", "A9."}) {
    EXPECT_TRUE(CheckWrittenName(name).ok()) << name;
  }
  EXPECT_TRUE(CheckWrittenName(std::string(64, 'x')).ok());
  for (const char* name : {"-a", ".", "_x", "a b", "a/b", "caf\xC3\xA9"}) {
    const absl::Status status = CheckWrittenName(name);
    EXPECT_EQ(NameIssueCode(status), "bad-name") << name;
  }
  EXPECT_EQ(NameIssueCode(CheckWrittenName(std::string(65, 'x'))), "bad-name");
  EXPECT_EQ(NameIssueCode(CheckWrittenName("")), "missing");
}

}  // namespace
}  // namespace libroute
