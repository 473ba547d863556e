#include "libroute/rehearsal/expectation.h"

#include <ostream>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "libroute/v1/decision.pb.h"

namespace libroute {

void PrintTo(const FieldDifference& difference, std::ostream* out) {
  *out << difference.field << ": " << difference.expected << " / " << difference.actual;
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<FieldDifference> Compare(const std::string& expected, const std::string& actual) {
  v1::Decision expected_decision;
  v1::Decision actual_decision;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(expected, &expected_decision));
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(actual, &actual_decision));
  return Differences(expected_decision, actual_decision);
}

TEST(Expectation, IsMetByADecisionThatHasMore) {
  EXPECT_THAT(Compare(R"(dial { legs { destination: "desk" } })",
                      R"(dial { legs { destination: "desk" site: "north" number: "+3222000111" }
                                order: LEG_ORDER_IN_ORDER }
                         customer: "acme" answer_state: ANSWER_STATE_UNANSWERED)"),
              IsEmpty());
  EXPECT_THAT(Compare("dial {}", R"(dial { legs { destination: "desk" } })"), IsEmpty());
}

TEST(Expectation, NamesAnotherActionOnce) {
  EXPECT_THAT(Compare(R"(dial { legs { destination: "desk" } } customer: "acme")",
                      R"(reject { sip_status: 486 } customer: "acme")"),
              ElementsAre(FieldDifference{"action", "dial", "reject"}));
  EXPECT_THAT(Compare("dial {}", ""), ElementsAre(FieldDifference{"action", "dial", "nothing"}));
}

TEST(Expectation, NamesFieldsByTheirPathAndValuesInWords) {
  EXPECT_THAT(Compare(R"(dial { legs { destination: "desk" ring_timeout { seconds: 90 }
                                       trigger: TRIGGER_SUPPRESS priority: 3 } })",
                      R"(dial { legs { destination: "shop" ring_timeout { seconds: 20 }
                                       trigger: TRIGGER_ALLOW } })"),
              ElementsAre(FieldDifference{"dial.legs[0].destination", "\"desk\"", "\"shop\""},
                          FieldDifference{"dial.legs[0].ring_timeout", "1m30s", "20s"},
                          FieldDifference{"dial.legs[0].trigger", "suppress", "allow"},
                          FieldDifference{"dial.legs[0].priority", "3", "nothing"}));
}

TEST(Expectation, ComparesMessagesThatAreMissingFieldByField) {
  EXPECT_THAT(
      Compare(R"(dial { legs { diversion { number: "+3222000100" count: 1 } } })",
              "dial { legs {} }"),
      ElementsAre(FieldDifference{"dial.legs[0].diversion.number", "\"+3222000100\"", "nothing"},
                  FieldDifference{"dial.legs[0].diversion.count", "1", "nothing"}));
  EXPECT_THAT(Compare("dial { legs { diversion {} } }", "dial { legs {} }"),
              ElementsAre(FieldDifference{"dial.legs[0].diversion", "{}", "nothing"}));
}

TEST(Expectation, WantsListsOfTheSameLength) {
  EXPECT_THAT(Compare("dial { legs {} legs {} }", "dial { legs {} }"),
              ElementsAre(FieldDifference{"dial.legs", "2 of them", "1"}));
  EXPECT_THAT(Compare(R"(menu { keys: ["1", "2"] })", R"(menu { keys: ["1", "3", "4"] })"),
              ElementsAre(FieldDifference{"menu.keys", "[\"1\", \"2\"]", "[\"1\", \"3\", \"4\"]"}));
  EXPECT_THAT(
      Compare("depends_on: [DEPENDENCE_CALL]", "depends_on: [DEPENDENCE_CALL, DEPENDENCE_TIME]"),
      ElementsAre(FieldDifference{"depends_on", "[call]", "[call, time]"}));
}

TEST(Expectation, LooksAtTheEntriesOfAMapThatItNames) {
  const std::string actual = R"(attributes { key: "tier" value: "gold" }
                                attributes { key: "language" value: "fr" })";
  EXPECT_THAT(Compare(R"(attributes { key: "tier" value: "gold" })", actual), IsEmpty());
  EXPECT_THAT(Compare(R"(attributes { key: "tier" value: "silver" }
                         attributes { key: "account" value: "7" })",
                      actual),
              ElementsAre(FieldDifference{"attributes.account", "\"7\"", "nothing"},
                          FieldDifference{"attributes.tier", "\"silver\"", "\"gold\""}));
}

TEST(Expectation, ComparesTimesAsTimes) {
  EXPECT_THAT(Compare("use_if_unreachable_until { seconds: 1795424400 }",
                      "use_if_unreachable_until { seconds: 1795424460 }"),
              ElementsAre(FieldDifference{"use_if_unreachable_until", "2026-11-23T09:00:00+00:00",
                                          "2026-11-23T09:01:00+00:00"}));
}

}  // namespace
}  // namespace libroute
