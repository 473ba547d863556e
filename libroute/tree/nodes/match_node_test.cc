#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A match of `level` that says which case it took, after `before`.
std::string Level(absl::string_view cases) {
  return absl::StrCat("match: { attribute: level, cases: [", cases,
                      "], otherwise: { voicemail: { mailbox: other } } }");
}

std::string Case(absl::string_view condition, absl::string_view mailbox) {
  return absl::StrCat("{ ", condition, ", then: { voicemail: { mailbox: ", mailbox, " } } }");
}

std::string AfterSetting(absl::string_view value, absl::string_view match) {
  return absl::StrCat("set: { attributes: { level: \"", value, "\" }, then: { ", match, " } }");
}

std::string Enter(absl::string_view fields, absl::string_view match) {
  return absl::StrCat("collect: { message: ask, into: level, min_digits: 1, max_digits: 15, ",
                      fields, "then: { ", match, " }, otherwise: { release: {} } }");
}

struct MatchCase {
  const char* value;
  const char* condition;
  bool matches;
};

const MatchCase kMatches[] = {
    {"gold", "equals: gold", true},
    {"gold", "equals: [silver, gold]", true},
    {"gold", "equals: [silver, bronze]", false},
    {"Gold", "equals: gold", false},
    {"gold", "prefix: go", true},
    {"gold", "prefix: gold", true},
    {"gold", "prefix: golden", false},
    {"", "equals: \"\"", true},
    {"", "equals: gold", false},
    {"", "prefix: g", false},
    {"150", "range: { from: 100, to: 199 }", true},
    {"100", "range: { from: 100, to: 199 }", true},
    {"199", "range: { from: 100, to: 199 }", true},
    {"200", "range: { from: 100, to: 199 }", false},
    {"099", "range: { from: 100 }", false},
    {"0150", "range: { from: 100, to: 199 }", true},
    {"-5", "range: { to: 0 }", true},
    {"+5", "range: { from: 0 }", false},
    {" 5", "range: { from: 0 }", false},
    {"-+5", "range: { to: 0 }", false},
    {"5 ", "range: { from: 0 }", false},
    {"gold", "range: { to: 0 }", false},
    {"", "range: { to: 0 }", false},
    {"1234567890123456789", "range: { from: 1 }", false},
    {"gold", "pattern: \"g.*d\"", true},
    {"golden", "pattern: \"g.*d\"", false},
    {"Gold", "pattern: gold", false},
    {"Gold", "pattern: \"(?i)gold\"", true},
    {"", "pattern: \".*\"", true},
    {"", "pattern: \".+\"", false},
};

TEST(MatchNode, ComparesWhatIsSet) {
  for (const MatchCase& row : kMatches) {
    TestPlan plan(AfterSetting(row.value, Level(Case(row.condition, "found"))));
    EXPECT_EQ(TestCall(plan).Ask(), row.matches ? "voicemail found after unconditional"
                                                : "voicemail other after unconditional")
        << row.value << " " << row.condition;
  }
}

TEST(MatchNode, ComparesWhatIsEntered) {
  constexpr MatchCase kEntered[] = {
      {"0042", "equals: [\"1\", \"0042\"]", true},
      {"0042", "equals: \"42\"", false},
      {"42*", "equals: \"42*\"", true},
      {"0042", "prefix: \"00\"", true},
      {"0042", "range: { from: 42, to: 42 }", true},
      {"42*", "range: { from: 0 }", false},
      {"42", "equals: gold", false},
      {"0042", "pattern: \"0{2}[0-9]+\"", true},
      {"0042", "pattern: \"[1-9]+\"", false},
      {"42*", "pattern: \"[0-9]+\\\\*\"", true},
  };
  for (const MatchCase& row : kEntered) {
    TestPlan plan(Enter("", Level(Case(row.condition, "found"))));
    TestCall call(plan);
    call.Ask();
    EXPECT_EQ(
        call.Tell(absl::StrCat("digits:", row.value)),
        row.matches ? "voicemail found after unconditional" : "voicemail other after unconditional")
        << row.value << " " << row.condition;
  }
}

TEST(MatchNode, KnowsAnAttributeThatIsNotSet) {
  TestPlan plan(
      absl::StrCat("caller: { cases: [{ caller_types: [vip], then: { release: {} } }], "
                   "otherwise: { ",
                   Level(Case("equals: \"\"", "unset")), " } }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail unset after unconditional");
  EXPECT_THAT(call.Comparisons(1),
              ElementsAre("attribute level (not set) | not set | matches | yes"));
}

TEST(MatchNode, TakesTheFirstCaseThatMatches) {
  TestPlan plan(AfterSetting(
      "150", Level(absl::StrCat(Case("equals: gold", "a"), ", ", Case("range: { from: 1 }", "b"),
                                ", ", Case("prefix: \"15\"", "c")))));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail b after unconditional");
  EXPECT_THAT(call.Comparisons(1),
              ElementsAre("attribute level 150 | gold | does not match | no",
                          "attribute level 150 | range 1 to 9223372036854775807 | matches | yes"));
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kCall));
}

TEST(MatchNode, ComparesASecretAndShowsItNowhere) {
  TestPlan plan(Enter("secret: true, ", Level(Case("equals: [\"4711\", \"0815\"]", "in"))));
  TestCall call(plan);
  call.Ask();
  TestCall wrong = call;
  EXPECT_EQ(wrong.Tell("digits:4712"), "voicemail other after unconditional");
  EXPECT_EQ(call.Tell("digits:0815"), "voicemail in after unconditional");
  EXPECT_THAT(call.Comparisons(1),
              ElementsAre("attribute level (secret) | secret values | matches | yes"));
  for (const std::string& visit : call.Way()) EXPECT_THAT(visit, Not(HasSubstr("0815")));
}

TEST(MatchNode, LooksAtWhatTheCallItselfHas) {
  struct OwnCase {
    const char* calling;
    const char* condition;
    bool matches;
  };
  constexpr OwnCase kOwn[] = {
      {"+32475000000", "attribute: call.calling, equals: \"+32475000000\"", true},
      {"+32475000000", "attribute: call.calling, equals: \"32475000000\"", false},
      {"+32475000000", "attribute: call.calling, prefix: \"+324\"", true},
      {"+32475000000", "attribute: call.calling, pattern: \".*0{6}\"", true},
      {"+32475000001", "attribute: call.calling, pattern: \".*0{6}\"", false},
      {"+999123456789012", "attribute: call.calling, equals: \"+999123456789012\"", true},
      {"", "attribute: call.calling, equals: \"\"", true},
      {"+32475000000", "attribute: call.called, equals: \"+3222000100\"", true},
      {"+32475000000", "attribute: call.caller_type, equals: \"\"", true},
      {"+32475000000", "attribute: call.direction, equals: inbound", true},
      {"+32475000000", "attribute: call.dialled, equals: \"\"", true},
      {"+32475000000", "attribute: call.diverted_by, prefix: \"+32470\"", true},
      {"+32475000000", "attribute: call.location, prefix: \"208\"", true},
      {"", "attribute: call.location, equals: \"\"", true},
  };
  for (const OwnCase& row : kOwn) {
    TestPlan plan(absl::StrCat("match: { cases: [", Case(row.condition, "found"),
                               "], otherwise: { voicemail: { mailbox: other } } }"));
    TestCall call(plan);
    call.LocatedAt("20801B").Diverted(1, "+32470000009", DiversionReason::kBusy);
    if (row.calling[0] == '\0') call.Withheld();
    if (row.calling[0] != '\0') call.From(row.calling);
    EXPECT_EQ(call.Ask(), row.matches ? "voicemail found after unconditional"
                                      : "voicemail other after unconditional")
        << row.calling << " " << row.condition;
  }
}

TEST(MatchNode, MayLookAtAnotherAttributeInEachCase) {
  TestPlan plan(absl::StrCat(
      "set: { attributes: { a: x, b: y }, then: { match: { attribute: a, cases: [",
      Case("equals: y", "1"), ", ", Case("attribute: b, equals: x", "2"), ", ",
      Case("attribute: b, equals: y", "3"), "], otherwise: { release: {} } } } }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail 3 after unconditional");
  EXPECT_THAT(call.Comparisons(1),
              ElementsAre("attribute a x | y | does not match | no",
                          "attribute b y | x | does not match | no",
                          "attribute b y | y | matches | yes"));
}

TEST(MatchNode, QuotesWhatIsWrongWithAPattern) {
  const v1::Plan plan = ReadTestPlan(AfterSetting("a", Level(Case("pattern: \"a(b\"", "x"))));
  EXPECT_THAT(IssuesOf(plan),
              testing::Contains("error bad-pattern "
                                "trees.main.set.then.match.cases[0].pattern"));
  EXPECT_EQ(MessageOf(plan, "bad-pattern"), "\"a(b\" is no pattern: missing ): a(b");
}

TEST(MatchNode, HasABoundedNumberOfPatterns) {
  std::string cases;
  for (int i = 0; i < 256; ++i) absl::StrAppend(&cases, Case("pattern: a", "x"), ", ");
  EXPECT_THAT(IssuesOf(AfterSetting("a", Level(cases))), IsEmpty());
  absl::StrAppend(&cases, Case("pattern: a", "x"), ", ", Case("pattern: a", "x"));
  EXPECT_THAT(IssuesOf(AfterSetting("a", Level(cases))),
              ElementsAre("error too-long trees.main.set.then.match.cases[256].pattern"));
}

TEST(MatchNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("match: { cases: [{ equals: a, then: { release: {} } }, { attribute: b, "
                       "equals: a, then: { release: {} } }], otherwise: { release: {} } }"),
              testing::Contains("error missing trees.main.match.attribute"));
  EXPECT_THAT(IssuesOf("match: {}"), ElementsAre("error missing trees.main.match.attribute",
                                                 "error dead-end trees.main.match"));
  EXPECT_THAT(IssuesOf(Level("{ then: { release: {} } }, { equals: a, prefix: b }, { range: { "
                             "from: 2, to: 1 }, then: { release: {} } }")),
              ElementsAre("error missing trees.main.match.cases[0]",
                          "error bad-value trees.main.match.cases[1]",
                          "error dead-end trees.main.match.cases[1].then",
                          "error bad-value trees.main.match.cases[2].range"));
  EXPECT_THAT(
      IssuesOf(Level(absl::StrCat(Case("equals: [a, b]", "x"), ", ", Case("equals: [b, a]", "y")))),
      ElementsAre("warning never-matches trees.main.match.cases[1]"));
}

TEST(MatchNode, WarnsOfAnAttributeThatNothingSets) {
  EXPECT_THAT(IssuesOf("match: { attribute: levle, cases: [{ equals: a, then: { release: {} } }], "
                       "otherwise: { release: {} } }"),
              ElementsAre("warning never-set trees.main.match.attribute"));
}

TEST(MatchNode, OnlyComparesSecretsForEquality) {
  EXPECT_THAT(
      IssuesOf(Enter("secret: true, ", Level(absl::StrCat(Case("equals: \"1\"", "a"), ", ",
                                                          Case("prefix: \"1\"", "b"), ", ",
                                                          Case("range: { from: 1 }", "c"), ", ",
                                                          Case("pattern: \"1.*\"", "d"))))),
      ElementsAre(HasSubstr("error secret "), HasSubstr("error secret "),
                  HasSubstr("error secret ")));
  EXPECT_THAT(IssuesOf(Enter("secret: true, ", Level(Case("equals: \"1\"", "a")))), IsEmpty());
}

}  // namespace
}  // namespace libroute
