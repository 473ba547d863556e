#include "libroute/readers/document.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using Kind = DocumentNode::Kind;
using testing::HasSubstr;

struct Parsed {
  DocumentNode root;
  std::vector<Issue> issues;
};

Parsed Parse(absl::string_view text, const std::string& file = "f.yaml",
             const PlanLimits& limits = PlanLimits()) {
  IssueList issues(limits.max_issues);
  Parsed parsed;
  parsed.root = ParseDocument(text, file, limits, issues);
  parsed.issues = std::move(issues).Take();
  return parsed;
}

// The tree in one line: 'quoted', plain, ~, [..], {..}, ! for refused.
std::string Print(const DocumentNode& node) {
  std::string result;
  switch (node.kind) {
    case Kind::kNull:
      return "~";
    case Kind::kRefused:
      return "!";
    case Kind::kScalar:
      return node.is_quoted ? absl::StrCat("'", node.text, "'") : node.text;
    case Kind::kList:
      for (const DocumentNode& value : node.values) absl::StrAppend(&result, Print(value), ",");
      return absl::StrCat("[", result, "]");
    case Kind::kMap:
      for (size_t i = 0; i < node.keys.size(); ++i) {
        absl::StrAppend(&result, node.keys[i].text, ":", Print(node.values[i]), ",");
      }
      return absl::StrCat("{", result, "}");
  }
  return "?";
}

// What goes wrong first, "line:column code message".
std::string FirstIssue(const Parsed& parsed) {
  if (parsed.issues.empty()) return "none";
  const Issue& issue = parsed.issues[0];
  return absl::StrCat(issue.position.line, ":", issue.position.column, " ", issue.code, " ",
                      issue.message);
}

TEST(ParseDocument, ReadsYaml) {
  const std::pair<const char*, const char*> kTexts[] = {
      {"", "~"},
      {"# nothing\n", "~"},
      {"a: b", "{a:b,}"},
      {"a: 'b'\nc: \"d\"", "{a:'b',c:'d',}"},
      {"a:\n- 1\n- x: y\n  z: 0123", "{a:[1,{x:y,z:0123,},],}"},
      {"a: [no, on, 2026-01-01, 10:00, ~]", "{a:[no,on,2026-01-01,10:00,~,],}"},
      {"a:\nb: null\nc: {}", "{a:~,b:~,c:{},}"},
      {"a: |\n  x\n  y\nb: >\n  x\n  y\n", "{a:'x\ny\n',b:'x y\n',}"},
      {"a: x\n  y", "{a:x y,}"},
      {"---\na: b\n...\n", "{a:b,}"},
      {"%YAML 1.2\n---\na: b", "{a:b,}"},
      {"a: !!str 5\nb: !!int 5\nc: !!map {}\nd: !!seq []", "{a:'5',b:5,c:{},d:[],}"},
      {"? a\n: b", "{a:b,}"},
      {"a: \"\\u00e9\\x41\\U0001F600\"",
       "{a:'\xC3\xA9"
       "A\xF0\x9F\x98\x80',}"},
      {"\xEF\xBB\xBF"
       "a: b",
       "{a:b,}"},
      {"a: b\r\nc: d\r\n", "{a:b,c:d,}"},
      {"a: b\na: c", "{a:b,a:c,}"},
      {"# c\n{\"a\":1,\"b\":[true,null]}", "{a:1,b:[true,~,],}"},
  };
  for (const auto& [text, tree] : kTexts) {
    const Parsed parsed = Parse(text);
    EXPECT_EQ(FirstIssue(parsed), "none") << text;
    EXPECT_EQ(Print(parsed.root), tree) << text;
  }
}

TEST(ParseDocument, ReadsJson) {
  const std::pair<const char*, const char*> kTexts[] = {
      {"{}", "{}"},
      {" [ ] ", "[]"},
      {"{\"a\"\n:\t1 , \"b\" : [ -1.5e+3, true, false, null, \"x\" ] }",
       "{a:1,b:[-1.5e+3,true,false,~,'x',],}"},
      {"[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "['\"\\/\b\f\n\r\t',]"},
      {"[\"\\u00e9\\u20AC\\ud83d\\ude00\"]", "['\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80',]"},
      {"[\"\x7F\"]", "['\x7F',]"},
      {"{\"a\":{\"a\":{}},\"a\":[[]]}", "{a:{a:{},},a:[[],],}"},
  };
  for (const auto& [text, tree] : kTexts) {
    for (const char* file : {"f.json", "f.yaml"}) {
      const Parsed parsed = Parse(text, file);
      EXPECT_EQ(FirstIssue(parsed), "none") << text;
      EXPECT_EQ(Print(parsed.root), tree) << text;
    }
  }
}

TEST(ParseDocument, ReadsJsonNamesOfAnyLength) {
  const std::string name(2000, 'n');
  EXPECT_EQ(Print(Parse(absl::StrCat("{\"", name, "\":1}")).root), absl::StrCat("{", name, ":1,}"));
}

TEST(ParseDocument, ReadsFlowStyleThatIsNotJsonAsYaml) {
  const Parsed parsed = Parse("{a: [b, 'c',], \"d\":e} # comment");
  EXPECT_EQ(FirstIssue(parsed), "none");
  EXPECT_EQ(Print(parsed.root), "{a:[b,'c',],d:e,}");
}

TEST(ParseDocument, IsStrictAboutJsonInJsonFiles) {
  const std::pair<const char*, const char*> kTexts[] = {
      {"", "1:1 syntax expected a value"},
      {"a: b", "1:1 syntax expected a value"},
      {"{a: 1}", "1:2 syntax expected a name in double quotes"},
      {"{\"a\" 1}", "1:6 syntax expected ':'"},
      {"{\"a\":1,}", "1:8 syntax expected a name in double quotes"},
      {"{\"a\":1", "1:7 syntax expected ',' or '}'"},
      {"[1,]", "1:4 syntax expected a value"},
      {"[1 2]", "1:4 syntax expected ',' or ']'"},
      {"[1]]", "1:4 syntax something follows the end"},
      {"[01]", "1:3 syntax expected ',' or ']'"},
      {"[1.]", "1:4 syntax expected a digit"},
      {"[1e]", "1:4 syntax expected a digit"},
      {"[+1]", "1:2 syntax expected a value"},
      {"[tru]", "1:2 syntax expected a value"},
      {"[\"a]", "1:2 syntax the string that begins here has no end"},
      {"[\"a\nb\"]", "1:4 syntax a string goes on"},
      {"[\"\\x41\"]", "1:3 syntax no such escape"},
      {"[\"\\", "1:3 syntax no such escape"},
      {"[\"\\u12g4\"]", "1:3 syntax expected four hex digits"},
      {"[\"\\ud83d\"]", "1:3 syntax half of a surrogate pair"},
      {"[\"\\ude00\\ud83d\"]", "1:3 syntax half of a surrogate pair"},
      {"[\"\\ud83d\\u0041\"]", "1:3 syntax half of a surrogate pair"},
      {"[1] // x", "1:5 syntax something follows the end"},
  };
  for (const auto& [text, issue] : kTexts) {
    const Parsed parsed = Parse(text, "f.JSON");
    EXPECT_THAT(FirstIssue(parsed), testing::StartsWith(issue)) << text;
    EXPECT_EQ(parsed.issues.size(), 1u);
  }
}

TEST(ParseDocument, SaysWhereYamlIsWrong) {
  const std::pair<const char*, const char*> kTexts[] = {
      {"a: b: c", "1:5 syntax there is no place for a ':' here"},
      {"a: b\n  c: d", "2:4 syntax there is no place for a ':' here"},
      {"a: b\n c", "none"},
      {"a: [1, 2\nb: 3", "2:2 syntax expected ',' or ']'"},
      {"a: {b: 1", "1:9 syntax expected ',' or '}'"},
      {"a: b\n- c", "2:1 syntax expected another \"name: value\""},
      {"a: b}\nc: ]", "2:4 syntax a ']' or '}'"},
      {"a: \"b", "1:6 syntax a text in quotes has no end"},
      {"a: \"b\nc: d\n", "3:1 syntax a text in quotes before has no end"},
      {"a: 'b\nc: d\n", "3:1 syntax a text in quotes before has no end"},
      {"a: 'it''s\n\n", "3:1 syntax a text in quotes before has no end"},
      {"a: @b", "1:4 syntax a text does not begin with this character"},
      {"a: - b", "1:4 syntax a list with"},
      {"a: \"\\q\"", "1:7 syntax no such escape"},
      {"a: \"\\ud83d\\ude00\"", "1:11 syntax not a character"},
      {"a: \"x\\_y\"", "1:4 syntax the escapes \\N and \\_ are not accepted"},
      {"\"\\N\": y", "1:1 syntax the escapes"},
      {"a: b\n---\nc: d", "2:1 syntax something follows the end of the document"},
      {"[] []", "1:4 syntax something follows the end of the document"},
      {"- a\nb: c", "2:1 syntax something follows the end of the document"},
      {",", "1:1 syntax something follows the end of the document"},
      {": b", "1:1 syntax a name is missing"},
      {"? [a]\n: b", "1:3 syntax a name is missing"},
      {"{a: b, , c: d}", "1:8 syntax a name is missing"},
      {"\xC3\xA9: {", "1:5 syntax expected ',' or '}'"},
  };
  for (const auto& [text, issue] : kTexts) {
    EXPECT_THAT(FirstIssue(Parse(text)), testing::StartsWith(issue)) << text;
  }
}

TEST(ParseDocument, RefusesAnchorsAliasesAndTagsAndGoesOn) {
  const Parsed parsed = Parse("a: &x 1\nb: *x\nc: !mine 2\n*x : 4\nd: 3\n<<: *x\ne: !!map []");
  EXPECT_EQ(Print(parsed.root), "{a:1,b:!,c:!,d:3,<<:!,e:[],}");
  std::vector<std::string> codes;
  for (const Issue& issue : parsed.issues) {
    codes.push_back(absl::StrCat(issue.position.line, " ", issue.code));
  }
  EXPECT_THAT(codes, testing::ElementsAre("1 alias", "2 alias", "3 syntax", "4 alias", "6 alias",
                                          "7 syntax"));
}

TEST(ParseDocument, RefusesAnAliasOfNothing) {
  EXPECT_THAT(FirstIssue(Parse("a: *x")), HasSubstr("1:4 alias"));
}

TEST(ParseDocument, SaysOneThingOfAListWithoutEnd) {
  for (const char* text : {"a: [[", "a: [{b: [", "# c\n{a: {b: [c, {d"}) {
    EXPECT_EQ(Parse(text).issues.size(), 1u) << text;
  }
}

TEST(ParseDocument, SkipsValuesOfNamesThatAreNoText) {
  EXPECT_EQ(Print(Parse("? {a: {b: c}}\n: {d: [e]}\nf: g").root), "{f:g,}");
}

TEST(ParseDocument, KnowsPositions) {
  const Parsed parsed = Parse("a:\n  - \xC3\xA9: x\n    k: [1, 22]\n");
  const DocumentNode& entry = parsed.root.values[0].values[0];
  EXPECT_EQ(parsed.root.keys[0].line, 1);
  EXPECT_EQ(entry.line, 2);
  EXPECT_EQ(entry.column, 5);
  EXPECT_EQ(entry.values[0].column, 8);
  EXPECT_EQ(entry.keys[1].line, 3);
  EXPECT_EQ(entry.keys[1].column, 5);
  EXPECT_EQ(entry.values[1].values[1].column, 12);
}

TEST(ParseDocument, KeepsWhatCameBeforeAMistake) {
  EXPECT_EQ(Print(Parse("a: 1\nb: [x, y]\nc: @").root), "{a:1,b:[x,y,],c:!,}");
}

TEST(ParseDocument, KeepsWithinLimits) {
  PlanLimits limits;
  limits.max_document_depth = 3;
  limits.max_list = 2;
  limits.max_values = 9;
  limits.max_bytes = 40;
  for (const char* file : {"f.yaml", "f.json"}) {
    EXPECT_EQ(FirstIssue(Parse("[[[1]]]", file, limits)), "none");
    EXPECT_THAT(FirstIssue(Parse("[[[[1]]]]", file, limits)), HasSubstr("1:4 too-deep"));
    EXPECT_EQ(FirstIssue(Parse("[[1,2],[3,4],[5]]", file, limits)), "none");
    EXPECT_EQ(Parse("[[1,2],[3,4],[5]]", file, limits).root.size, 3);
    EXPECT_EQ(Parse("[[1,2],[3,4],[5]]", file, limits).root.values.size(), 2u);
    EXPECT_EQ(Parse("{\"a\":1,\"b\":{},\"c\":{\"d\":[1]}}", file, limits).root.values.size(), 2u);
    EXPECT_THAT(FirstIssue(Parse("[1,2,3,4,5,6,7,8,9]", file, limits)), HasSubstr("too-large"));
    EXPECT_EQ(FirstIssue(Parse(absl::StrCat("[1]", std::string(37, ' ')), file, limits)), "none");
    EXPECT_THAT(FirstIssue(Parse(absl::StrCat("[1]", std::string(38, ' ')), file, limits)),
                HasSubstr("1:1 too-large 41 bytes, at most 40"));
  }
}

TEST(ParseDocument, RefusesWhatIsNotText) {
  EXPECT_THAT(FirstIssue(Parse("a: b\nc: \xFFz")), HasSubstr("2:4 syntax not UTF-8"));
  EXPECT_THAT(FirstIssue(Parse(absl::string_view("a: \0b", 5))),
              HasSubstr("1:4 syntax control character \\x00"));
  EXPECT_THAT(FirstIssue(Parse("a: \x04")), HasSubstr("1:4 syntax control character \\x04"));
  EXPECT_THAT(FirstIssue(Parse("[\"\x1B\"]", "f.json")), HasSubstr("1:3 syntax control"));
  EXPECT_THAT(FirstIssue(Parse(absl::string_view("\xFF\xFE"
                                                 "a\0",
                                                 4))),
              HasSubstr("not UTF-8"));
}

}  // namespace
}  // namespace libroute
