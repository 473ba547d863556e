#include "libroute/readers/plan_reader.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string Issues(const ReadResult& read) {
  return absl::StrJoin(read.issues, "\n", [](std::string* out, const Issue& issue) {
    absl::StrAppend(out, FormatIssue(issue));
  });
}

// "line:column code path" of each.
std::vector<std::string> Codes(const ReadResult& read) {
  std::vector<std::string> codes;
  for (const Issue& issue : read.issues) {
    codes.push_back(absl::StrCat(issue.position.line, ":", issue.position.column, " ", issue.code,
                                 " ", issue.path));
  }
  return codes;
}

void ExpectPlan(absl::string_view yaml, const std::string& expected) {
  const ReadResult read = ReadPlan(yaml, "f.yaml");
  EXPECT_EQ(Issues(read), "") << yaml;
  v1::Plan plan;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(expected, &plan)) << expected;
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*read.plan, plan))
      << yaml << "\ngave " << read.plan->ShortDebugString();
}

TEST(ReadPlan, ReadsWhatPeopleWrite) {
  const std::pair<const char*, const char*> kPlans[] = {
      {"customer: acme", "customer: 'acme'"},
      {"time_zone: a", "time_zone: 'a'"},
      {"timeZone: a", "time_zone: 'a'"},
      {"max_unanswered: 1m30s", "max_unanswered { seconds: 90 }"},
      {"maxUnanswered: '1.5s'", "max_unanswered { seconds: 1 nanos: 500000000 }"},
      {"trees: { a: { goto: b } }", "trees { key: 'a' value { goto: 'b' } }"},
      {"trees: { a: { release: } }", "trees { key: 'a' value { release {} } }"},
      {"trees: { a: { pass_through: {} } }", "trees { key: 'a' value { pass_through {} } }"},
      {"trees: { a: }", "trees { key: 'a' value {} }"},
      {"trees:\nnumbers:\ndefault:", "default {}"},
      {"sites: { 1: {}, on: , 'a b': }",
       "sites { key: '1' value {} } sites { key: 'on' value {} } sites { key: 'a b' value {} }"},
      {"switches: { flood: }", "switches { key: 'flood' value {} }"},
      {"tests: { given: { groups: { a: none_free, b: no_agents, c: GROUP_STATE_NO_AGENTS, d: 2 } } }",
       "tests { given { groups { key: 'a' value: GROUP_STATE_NONE_FREE }"
       " groups { key: 'b' value: GROUP_STATE_NO_AGENTS }"
       " groups { key: 'c' value: GROUP_STATE_NO_AGENTS }"
       " groups { key: 'd' value: GROUP_STATE_NO_AGENTS } } }"},
      {"tests: { given: { groups: { a: none_ready, b: full, c: closed } } }",
       "tests { given { groups { key: 'a' value: GROUP_STATE_NONE_READY }"
       " groups { key: 'b' value: GROUP_STATE_FULL }"
       " groups { key: 'c' value: GROUP_STATE_CLOSED } } }"},
      {"groups: { g: { agents: ann, index: { ann: 70 }, skilled: fr >= 60 and nl, strategy: "
       "lowest_sufficient_index, steps: { after: 20s, least_index: 40 }, max_waiting: 0, "
       "without_agents: wait, offer: accept_first, wrap_up: 1m30s } }",
       "groups { key: 'g' value { agents: 'ann' index { key: 'ann' value: 70 }"
       " skilled: 'fr >= 60 and nl' strategy: STRATEGY_LOWEST_SUFFICIENT_INDEX"
       " steps { after { seconds: 20 } least_index: 40 } max_waiting: 0"
       " without_agents: UNATTENDED_WAIT offer: OFFER_ACCEPT_FIRST wrap_up { seconds: 90 } } }"},
      {"agents: { ann: { skills: { fr: 90 }, preferences: { g: 2 }, reserve: yes } }",
       "agents { key: 'ann' value { skills { key: 'fr' value: 90 }"
       " preferences { key: 'g' value: 2 } reserve: true } }"},
      {"contact_center: { reasons: lunch, choice: service_level, email_delay: 12h }",
       "contact_center { reasons: 'lunch' choice: CHOICE_SERVICE_LEVEL"
       " email_delay { seconds: 43200 } }"},
      {"tests: { given: { switches: { a: on, b: night } } }",
       "tests { given { switches { key: 'a' value: 'on' } switches { key: 'b' value: 'night' } } }"},
      {"trees: { a: { time: { use: now } } }",
       "trees { key: 'a' value { time { use: USE_NOW } } }"},
      {"schedules: { s: { weekly: { days: mon } } }",
       "schedules { key: 's' value { weekly { days: WEEKDAY_MON } } }"},
      {"schedules: { s: { weekly: [{ days: [tue, WEEKDAY_WED, 4] }] } }",
       "schedules { key: 's' value { weekly { days: WEEKDAY_TUE days: WEEKDAY_WED"
       " days: WEEKDAY_THU } } }"},
      {"schedules: { s: { except: [] , weekly: } }", "schedules { key: 's' value {} }"},
      {"caller_types: { v: { callers: +32475123456, priority: -5 } }",
       "caller_types { key: 'v' value { callers: '+32475123456' priority: -5 } }"},
      {"caller_types: { v: { priority: '7', attributes: { a: 1, b: no, c: 010, d: 1.50 } } }",
       "caller_types { key: 'v' value { priority: 7 attributes { key: 'a' value: '1' }"
       " attributes { key: 'b' value: 'no' } attributes { key: 'c' value: '010' }"
       " attributes { key: 'd' value: '1.50' } } }"},
      {"calendars: { c: { dates: 2026-12-25 } }",
       "calendars { key: 'c' value { dates: '2026-12-25' } }"},
      {"tests: { call: { at: 2026-11-23T10:00:00+01:00, anonymous: Yes } }",
       "tests { call { at: '2026-11-23T10:00:00+01:00' anonymous: true } }"},
      {"tests: [{ call: { anonymous: on } }, { call: { anonymous: false } }]",
       "tests { call { anonymous: true } } tests { call { anonymous: false } }"},
      {"tests: { expect: { continuation: aGk=, use_if_unreachable_until: 2026-01-01T01:00:00.5Z } "
       "}",
       "tests { expect { continuation: 'hi'"
       " use_if_unreachable_until { seconds: 1767229200 nanos: 500000000 } } }"},
      {"tests: { expect: { continuation: _-8 } }",
       "tests { expect { continuation: '\\377\\357' } }"},
      {"trees: { a: { menu: { retries: 0, keys: { 1: { goto: b }, '*': { release: } } } } }",
       "trees { key: 'a' value { menu { retries: 0 keys { key: '1' value { goto: 'b' } }"
       " keys { key: '*' value { release {} } } } } }"},
      {"trees: { a: { share: { cases: [{ weight: 1e3 }, { weight: 2.0 }] } } }",
       "trees { key: 'a' value { share { cases { weight: 1000 } cases { weight: 2 } } } }"},
      {"", ""},
      {"{}", ""},
      {"~", ""},
  };
  for (const auto& [yaml, expected] : kPlans) ExpectPlan(yaml, expected);
}

// A plan with one mistake each, and what is said about it.
constexpr std::pair<const char*, const char*> kMistakes[] = {
    {"custmer: a",
     "f.yaml:1:1: error: custmer: no field \"custmer\" in Plan; did you mean "
     "\"customer\"?"},
    {"sites: { a: { x: 1 } }",
     "f.yaml:1:15: error: sites.a.x: no field \"x\" in Site; its "
     "fields are description"},
    {"customer: a\ncustomer: b",
     "f.yaml:2:1: error: customer: \"customer\" is given twice, "
     "first in line 1; keep one"},
    {"time_zone: a\ntimeZone: b",
     "f.yaml:2:1: error: time_zone: \"timeZone\" is the same field "
     "as \"time_zone\" in line 1; keep one"},
    {"sites: { a: , a: }",
     "f.yaml:1:15: error: sites.a: \"a\" is given twice in this map; keep one"},
    {"trees: { a: { goto: b, release: } }",
     "f.yaml:1:24: error: trees.a.release: both \"goto\" (line 1) and \"release\" are given; "
     "only one of them can be"},
    {"customer: [a]", "f.yaml:1:11: error: customer: expected text, got a list"},
    {"customer:", "f.yaml:1:1: error: customer: has no value; expected text"},
    {"trees: [a]",
     "f.yaml:1:8: error: trees: expected a map, \"name: value\" for each, got a "
     "list"},
    {"numbers: x",
     "f.yaml:1:10: error: numbers[0]: expected a map with the fields of Number, got "
     "the text \"x\""},
    {"numbers: [[]]",
     "f.yaml:1:11: error: numbers[0]: expected a map with the fields of Number, "
     "got a list"},
    {"numbers: [~]",
     "f.yaml:1:11: error: numbers[0]: has no value; expected the fields of "
     "Number"},
    {"trees: { a: message }",
     "f.yaml:1:13: error: trees.a: expected a map with the fields of Node (to go on at a tree: "
     "{ goto: NAME }), got the text \"message\""},
    {"max_unanswered: 20",
     "f.yaml:1:17: error: max_unanswered: \"20\" is not a duration: it has "
     "no unit; write 20s for seconds"},
    {"max_unanswered: { seconds: 20 }",
     "f.yaml:1:17: error: max_unanswered: expected a duration like 20s, got a map"},
    {"trees: { a: { dial: { order: togethr } } }",
     "f.yaml:1:30: error: trees.a.dial.order: \"togethr\" is not one of in_order, together; did "
     "you mean \"together\"?"},
    {"trees: { a: { dial: { order: unspecified } } }",
     "f.yaml:1:30: error: trees.a.dial.order: \"unspecified\" is not one of in_order, together"},
    {"trees: { a: { dial: { order: 3 } } }",
     "f.yaml:1:30: error: trees.a.dial.order: \"3\" is not one of in_order, together"},
    {"trees: { a: { dial: { order: Together } } }",
     "f.yaml:1:30: error: trees.a.dial.order: \"Together\" is not one of in_order, together; did "
     "you mean \"together\"?"},
    {"trees: { a: { menu: { retries: -1 } } }",
     "f.yaml:1:32: error: trees.a.menu.retries: \"-1\" is not a whole number from 0 to "
     "4294967295"},
    {"caller_types: { a: { priority: 2147483648 } }",
     "f.yaml:1:32: error: caller_types.a.priority: \"2147483648\" is not a whole number from "
     "-2147483648 to 2147483647"},
    {"caller_types: { a: { priority: 1.5 } }",
     "f.yaml:1:32: error: caller_types.a.priority: \"1.5\" is not a whole number from "
     "-2147483648 "
     "to 2147483647"},
    {"caller_types: { a: { priority: 010 } }",
     "f.yaml:1:32: error: caller_types.a.priority: \"010\" is a number with leading zeros; leave "
     "them out"},
    {"tests: { call: { anonymous: \"yes\" } }",
     "f.yaml:1:29: error: tests[0].call.anonymous: \"yes\" in quotes is not true or false"},
    {"tests: { call: { anonymous: maybe } }",
     "f.yaml:1:29: error: tests[0].call.anonymous: \"maybe\" is not true or false"},
    {"tests: { expect: { continuation: '%' } }",
     "f.yaml:1:34: error: tests[0].expect.continuation: \"%\" is not base64"},
    {"tests: { expect: { use_if_unreachable_until: 2026-02-30T00:00:00Z } }",
     "f.yaml:1:46: error: tests[0].expect.use_if_unreachable_until: \"2026-02-30T00:00:00Z\" is "
     "not a time like 2026-11-23T10:00:00+01:00"},
    {"\"a\\e[2J\": 1",
     "f.yaml:1:1: error: [\"a\\x1b[2J\"]: no field \"a\\x1b[2J\" in Plan; its "
     "fields are "},
    {"- a", "f.yaml:1:1: error: expected a map with the fields of Plan, got a list"},
};

TEST(ReadPlan, NamesEveryProblem) {
  for (const auto& [yaml, issue] : kMistakes) {
    EXPECT_THAT(Issues(ReadPlan(yaml, "f.yaml")), testing::StartsWith(issue)) << yaml;
    EXPECT_EQ(ReadPlan(yaml, "f.yaml").issues.size(), 1u) << yaml;
  }
}

TEST(ReadPlan, HasStableCodes) {
  const ReadResult read = ReadPlan(
      "custmer: a\n"
      "time_zone: [x]\n"
      "timeZone: x\n"
      "max_unanswered: x\n"
      "trees:\n"
      "  a: { goto: b, release: , menu: &m { retries: no } }\n"
      "  b: *m\n"
      "c: d: e\n",
      "f.yaml");
  EXPECT_THAT(Codes(read),
              ElementsAre("1:1 unknown-field custmer", "2:12 wrong-type time_zone",
                          "3:1 duplicate-field time_zone", "4:17 bad-value max_unanswered",
                          "6:17 oneof-conflict trees.a.release", "6:28 oneof-conflict trees.a.menu",
                          "6:34 alias ", "6:48 wrong-type trees.a.menu.retries", "7:6 alias ",
                          "8:1 unknown-field c", "8:5 syntax "));
}

TEST(ReadPlan, GoesOnAfterAnError) {
  const ReadResult read =
      ReadPlan("customer: [x]\ntime_zone: z\nnumbers: [{ number: [] }, { tree: t }]", "f.yaml");
  EXPECT_EQ(read.issues.size(), 2u);
  EXPECT_EQ(read.plan->time_zone(), "z");
  ASSERT_EQ(read.plan->numbers_size(), 2);
  EXPECT_EQ(read.plan->numbers(1).tree(), "t");
}

TEST(ReadPlan, KeepsTheIndexOfElementsThatFollowABadOne) {
  const ReadResult read =
      ReadPlan("schedules: { s: { except: [[], b], weekly: { days: [noday, tue] } } }", "f.yaml");
  EXPECT_EQ(read.issues.size(), 2u);
  const v1::Schedule& schedule = read.plan->schedules().at("s");
  EXPECT_THAT(schedule.except(), ElementsAre("", "b"));
  EXPECT_EQ(schedule.weekly(0).days(1), v1::WEEKDAY_TUE);
}

TEST(ReadPlan, KnowsWhereEveryFieldStands) {
  const ReadResult read = ReadPlan(
      "maxUnanswered: 20s\n"
      "trees:\n"
      "  desk:\n"
      "    time:\n"
      "      cases:\n"
      "        - schedule: s\n"
      "          then: { goto: x }\n"
      "  \"a.b\":\n"
      "    menu: { keys: { \"*\": { goto: y } } }\n"
      "calendars: { c: { dates: 2026-12-25 } }\n",
      "f.yaml");
  ASSERT_EQ(Issues(read), "");
  const auto at = [&](absl::string_view path) {
    const SourcePosition found = read.source.Find(path);
    return absl::StrCat(found.file, ":", found.line, ":", found.column);
  };
  EXPECT_EQ(at("max_unanswered"), "f.yaml:1:1");
  EXPECT_EQ(at("trees"), "f.yaml:2:1");
  EXPECT_EQ(at("trees.desk"), "f.yaml:3:3");
  EXPECT_EQ(at("trees.desk.time.cases"), "f.yaml:5:7");
  EXPECT_EQ(at("trees.desk.time.cases[0]"), "f.yaml:6:11");
  EXPECT_EQ(at("trees.desk.time.cases[0].schedule"), "f.yaml:6:11");
  EXPECT_EQ(at("trees.desk.time.cases[0].then.goto"), "f.yaml:7:19");
  EXPECT_EQ(at(KeyPath(FieldPath(KeyPath("trees", "a.b"), "menu.keys"), "*")), "f.yaml:9:21");
  EXPECT_EQ(at("calendars.c.dates"), "f.yaml:10:19");
  EXPECT_EQ(at("calendars.c.dates[0]"), "f.yaml:10:26");
  EXPECT_EQ(at("trees.desk.time.otherwise"), "f.yaml:4:5");
}

TEST(ReadPlan, CountsWhatIsTooMuchToSay) {
  std::string yaml;
  for (int i = 0; i < 250; ++i) absl::StrAppend(&yaml, "unknown", i, ": x\n");
  const ReadResult read = ReadPlan(yaml, "f.yaml");
  ASSERT_EQ(read.issues.size(), 201u);
  EXPECT_EQ(read.issues.back().message, "and 50 more problems");
}

TEST(ReadPlan, RefusesLongNames) {
  const std::string name(256, 'n');
  EXPECT_EQ(Issues(ReadPlan(absl::StrCat("sites: { ", name, ": }"), "f.yaml")), "");
  EXPECT_EQ(Issues(ReadPlan(absl::StrCat("sites: { ", name, "n: }"), "f.yaml")),
            "f.yaml:1:10: error: sites: a name of 257 bytes, at most 256 are accepted");
}

TEST(ReadPlan, ReadsTheSameFromYamlAndJson) {
  const ReadResult yaml = ReadPlan(
      "customer: acme\n"
      "max_unanswered: 1m30s\n"
      "numbers: { number: +3222000100, tree: t }\n"
      "trees:\n"
      "  t:\n"
      "    dial:\n"
      "      to: [+3222000101]\n"
      "      order: in_order\n"
      "      on_busy: { release: }\n",
      "f.yaml");
  const ReadResult json = ReadPlan(
      R"({"customer": "acme", "maxUnanswered": "90s",
          "numbers": [{"number": "+3222000100", "tree": "t"}],
          "trees": {"t": {"dial": {"to": ["+3222000101"], "order": "ORDER_IN_ORDER",
                                   "onBusy": {"release": {}}}}}})",
      "f.json");
  EXPECT_EQ(Issues(yaml), "");
  EXPECT_EQ(Issues(json), "");
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*yaml.plan, *json.plan));
}

}  // namespace
}  // namespace libroute
