#include "libroute/plan/text_template.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using testing::HasSubstr;

constexpr absl::string_view kNames[] = {"code", "name"};

std::string Filled(absl::string_view text) {
  absl::StatusOr<TextTemplate> made = TextTemplate::Parse(text, kNames);
  if (!made.ok()) return std::string(made.status().message());
  return made->Fill(std::vector<std::string>{"4711", "Ann {name}"});
}

TEST(TextTemplate, FillsInWhatIsNamed) {
  EXPECT_EQ(Filled(""), "");
  EXPECT_EQ(Filled("no places"), "no places");
  EXPECT_EQ(Filled("{code}"), "4711");
  EXPECT_EQ(Filled("{name}: {code}, {code}#"), "Ann {name}: 4711, 4711#");
}

TEST(TextTemplate, TakesTwoBracesForOne) {
  EXPECT_EQ(Filled("{{code}"), "{code}");
  EXPECT_EQ(Filled("{{{code}}"), "{4711}");
  EXPECT_EQ(Filled("a } b"), "a } b");
}

TEST(TextTemplate, SaysWhatItDoesNotKnow) {
  EXPECT_THAT(Filled("{codes}"), HasSubstr("nothing is known as {codes}; did you mean \"code\"?"));
  EXPECT_THAT(Filled("{}"), HasSubstr("there are {code}, {name}"));
  EXPECT_THAT(Filled("{code"), HasSubstr("is not closed"));
  EXPECT_THAT(Filled("a {"), HasSubstr("is not closed"));
}

}  // namespace
}  // namespace libroute
