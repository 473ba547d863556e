#include "libroute/plan/issue.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

Issue Error(std::string code) {
  Issue issue;
  issue.code = std::move(code);
  return issue;
}

Issue Warning(std::string code) {
  Issue issue = Error(std::move(code));
  issue.severity = Severity::kWarning;
  return issue;
}

TEST(Issue, IsPrintedWithPlacePathAndMessage) {
  Issue issue;
  issue.path = "trees.desk";
  issue.message = "no tree";
  issue.position = {"a.yaml", 3, 7};
  EXPECT_EQ(FormatIssue(issue), "a.yaml:3:7: error: trees.desk: no tree");
}

TEST(Issue, IsPrintedWithoutWhatIsNotKnown) {
  Issue issue = Warning("x");
  issue.message = "odd";
  EXPECT_EQ(FormatIssue(issue), "warning: odd");
  issue.position.file = "a.yaml";
  EXPECT_EQ(FormatIssue(issue), "a.yaml: warning: odd");
  issue.position = {"", 2, 1};
  issue.path = std::string("p");
  EXPECT_EQ(FormatIssue(issue), "2:1: warning: p: odd");
}

TEST(Issue, OnlyErrorsAreErrors) {
  EXPECT_FALSE(HasErrors({}));
  EXPECT_FALSE(HasErrors({Warning("a")}));
  EXPECT_TRUE(HasErrors({Warning("a"), Error("b")}));
}

TEST(IssueList, KeepsAllUpToItsMaximum) {
  IssueList list(2);
  EXPECT_TRUE(list.empty());
  list.Add(Error("a"));
  EXPECT_FALSE(list.full());
  list.Add(Error("b"));
  EXPECT_TRUE(list.full());
  EXPECT_EQ(std::move(list).Take().size(), 2u);
}

TEST(IssueList, CountsTheRest) {
  IssueList list(1);
  for (int i = 0; i < 4; ++i) list.Add(Error("a"));
  const std::vector<Issue> issues = std::move(list).Take();
  ASSERT_EQ(issues.size(), 2u);
  EXPECT_EQ(issues[1].code, "more");
  EXPECT_EQ(issues[1].message, "and 3 more problems");
}

TEST(IssueList, IsAsGraveAsTheGravestThatWasOnlyCounted) {
  IssueList warnings(1);
  warnings.Add(Warning("a"));
  warnings.Add(Warning("b"));
  EXPECT_FALSE(HasErrors(std::move(warnings).Take()));
  IssueList mixed(1);
  mixed.Add(Warning("a"));
  mixed.Add(Error("b"));
  mixed.Add(Warning("c"));
  EXPECT_TRUE(HasErrors(std::move(mixed).Take()));
}

TEST(Quoted, EscapesWhatCannotBeSeen) {
  EXPECT_EQ(Quoted("plain"), "\"plain\"");
  EXPECT_EQ(Quoted(""), "\"\"");
  EXPECT_EQ(Quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(Quoted("a\n\t\r\x1b[2J\x7f"), "\"a\\n\\t\\r\\x1b[2J\\x7f\"");
  EXPECT_EQ(Quoted(absl::string_view("\0", 1)), "\"\\x00\"");
  EXPECT_EQ(Quoted("caf\xC3\xA9"), "\"caf\xC3\xA9\"");
  EXPECT_EQ(Quoted("\xE2\x80\xAE"), "\"\\u202e\"");
  EXPECT_EQ(Quoted("\xC2\x9B"), "\"\\u009b\"");
  EXPECT_EQ(Quoted("\xF3\xA0\x80\x81"), "\"\\U000e0001\"");
  EXPECT_EQ(Quoted("a\xFF"
                   "b"),
            "\"a\\xff"
            "b\"");
}

TEST(Quoted, CutsLongText) {
  const std::string shown(80, 'x');
  EXPECT_EQ(Quoted(shown), absl::StrCat("\"", shown, "\""));
  EXPECT_EQ(Quoted(shown + "x"), absl::StrCat("\"", shown, "...\""));
}

TEST(FieldPaths, AreWrittenLikeFields) {
  EXPECT_EQ(FieldPath("", "trees"), "trees");
  EXPECT_EQ(FieldPath("trees", "desk"), "trees.desk");
  EXPECT_EQ(IndexPath("numbers", 3), "numbers[3]");
  EXPECT_EQ(KeyPath("trees", "desk-1_b"), "trees.desk-1_b");
  EXPECT_EQ(KeyPath("", "a"), "a");
  EXPECT_EQ(KeyPath("menu.keys", "*"), "menu.keys[\"*\"]");
  EXPECT_EQ(KeyPath("trees", "a.b"), "trees[\"a.b\"]");
  EXPECT_EQ(KeyPath("trees", ""), "trees[\"\"]");
  EXPECT_EQ(KeyPath("trees", "a\"]\n"), "trees[\"a\\\"]\\n\"]");
}

TEST(FieldPaths, DoNotCutLongKeys) {
  const std::string key(200, '*');
  EXPECT_EQ(KeyPath("trees", key), absl::StrCat("trees[\"", key, "\"]"));
}

}  // namespace
}  // namespace libroute
