#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(SetNode, SetsAttributesForTheRestOfTheCall) {
  TestPlan plan(
      "set: { attributes: { language: nl, line: \"\" }, then: { dial: { to: front, otherwise: "
      "{ voicemail: { mailbox: desk } } } } }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front");
  auto set = ElementsAre(Pair("language", "nl"), Pair("line", ""));
  EXPECT_THAT(call.decision().attributes, set);
  call.Tell("busy");
  EXPECT_THAT(call.decision().attributes, set);
}

TEST(SetNode, ALaterValueReplacesAnEarlierOne) {
  TestPlan plan(
      "set: { attributes: { a: \"1\", b: \"2\" }, then: { set: { attributes: { c: \"4\", a: "
      "\"3\" }, then: { release: {} } } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.decision().attributes,
              ElementsAre(Pair("a", "3"), Pair("b", "2"), Pair("c", "4")));
}

TEST(SetNode, ExplainsWhatItSets) {
  TestPlan plan("set: { attributes: { a: x, b: \"\" }, then: { release: {} } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("attribute a | x | set | yes", "attribute b | \"\" | set | yes"));
  EXPECT_EQ(call.Way().front(), "trees.main.set set: then (attributes are set)");
}

TEST(SetNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("set: {}"), ElementsAre("error missing trees.main.set.attributes",
                                               "error dead-end trees.main.set.then"));
  EXPECT_THAT(IssuesOf(absl::StrCat("set: { attributes: { \"a b\": x, c: \"", std::string(33, 'x'),
                                    "\" }, then: { release: {} } }")),
              ElementsAre("error bad-name trees.main.set.attributes[\"a b\"]",
                          "error too-long trees.main.set.attributes.c"));
  EXPECT_THAT(IssuesOf(absl::StrCat("set: { attributes: { c: \"", std::string(32, 'x'),
                                    "\" }, then: { release: {} } }")),
              IsEmpty());
}

TEST(SetNode, APlanHasAtMost24Attributes) {
  auto set = [](int names) {
    std::string text = "set: { attributes: { ";
    for (int i = 0; i < names; ++i) absl::StrAppend(&text, i == 0 ? "a" : ", a", i, ": x");
    return absl::StrCat(text, " }, then: { release: {} } }");
  };
  // Two more are those of the caller types.
  EXPECT_THAT(IssuesOf(set(22)), IsEmpty());
  EXPECT_THAT(IssuesOf(set(23)), Contains(testing::HasSubstr("error too-many-attributes")));
}

}  // namespace
}  // namespace libroute
