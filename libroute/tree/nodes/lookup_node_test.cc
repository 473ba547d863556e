#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr absl::string_view kTables = R"(
tables: {
  cities: { rows: { "1000": brussels, "4000": liege, "": nowhere } },
  zones: { by: prefix, rows: { "+322": brussels, "+32470": mobile, "+32": belgium } },
  towns: { rows: { "1000": brussels }, default: elsewhere }
}
)";

std::string Lookup(absl::string_view attribute, absl::string_view table) {
  return absl::StrCat("lookup: { attribute: ", attribute, ", table: ", table,
                      ", into: city, then: { voicemail: { mailbox: found } }");
}

std::string OrElse(absl::string_view lookup) {
  return absl::StrCat(lookup, ", otherwise: { voicemail: { mailbox: none } } }");
}

std::string After(absl::string_view code, absl::string_view lookup) {
  return absl::StrCat("set: { attributes: { code: \"", code, "\" }, then: { ", lookup, " } }");
}

std::string CityOf(const TestCall& call) {
  for (const auto& [name, value] : call.decision().attributes) {
    if (name == "city") return std::string(value.data(), value.size());
  }
  return "(not set)";
}

TEST(LookupNode, SetsWhatTheTableGives) {
  struct Row {
    const char* code;
    const char* city;
  };
  constexpr Row kRows[] = {{"1000", "brussels"},
                           {"4000", "liege"},
                           {"10000", "(not set)"},
                           {"100", "(not set)"},
                           {"", "nowhere"}};
  for (const Row& row : kRows) {
    TestPlan plan(After(row.code, OrElse(Lookup("code", "cities"))), kTables);
    TestCall call(plan);
    const std::string words = call.Ask();
    EXPECT_EQ(CityOf(call), row.city) << row.code;
    EXPECT_EQ(words,
              absl::StrCat("voicemail ", std::string(row.city) == "(not set)" ? "none" : "found",
                           " after unconditional"));
  }
}

TEST(LookupNode, TakesTheDefaultWhereThereIsNoRow) {
  TestPlan plan(After("9999", Lookup("code", "towns") + " }"), kTables);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail found after unconditional");
  EXPECT_EQ(CityOf(call), "elsewhere");
}

TEST(LookupNode, LooksUpWhatTheCallItselfHas) {
  TestPlan plan(OrElse(Lookup("call.calling", "zones")), kTables);
  TestCall mobile(plan);
  mobile.From("+32470000000").Ask();
  EXPECT_EQ(CityOf(mobile), "mobile");
  EXPECT_THAT(mobile.Comparisons(0),
              ElementsAre("call.calling +32470000000 | table zones | gives \"mobile\" | yes"));
  TestCall belgian(plan);
  belgian.From("+3243000000").Ask();
  EXPECT_EQ(CityOf(belgian), "belgium");
  TestCall french(plan);
  EXPECT_EQ(french.From("+33123456789").Ask(), "voicemail none after unconditional");
  EXPECT_THAT(french.Comparisons(0),
              ElementsAre("call.calling +33123456789 | table zones | has no row | no"));
  TestPlan called(OrElse(Lookup("call.called", "zones")), kTables);
  TestCall call(called);
  call.Ask();
  EXPECT_EQ(CityOf(call), "brussels");
}

TEST(LookupNode, DoesNotKnowACallerWhoWithholdsTheNumber) {
  TestPlan plan(OrElse(Lookup("call.calling", "zones")), kTables);
  TestCall call(plan);
  EXPECT_EQ(call.From("+32470000000").Withheld().Ask(), "voicemail none after unconditional");
  for (const std::string& comparison : call.Comparisons(0)) {
    EXPECT_EQ(comparison, "call.calling (not set) | table zones | has no row | no");
  }
}

TEST(LookupNode, LooksUpTheCallerType) {
  TestPlan plan(absl::StrCat("caller: { cases: [{ caller_types: [vip], then: { ",
                             OrElse(Lookup("call.caller_type", "types")), " } }], otherwise: { ",
                             OrElse(Lookup("call.caller_type", "types")), " } }"),
                "tables: { types: { rows: { vip: gold } } }");
  TestCall vip(plan);
  vip.From("+32475000000").Ask();
  EXPECT_EQ(CityOf(vip), "gold");
  TestCall other(plan);
  other.From("+33123456789").Ask();
  EXPECT_EQ(CityOf(other), "(not set)");
}

TEST(LookupNode, LooksUpWhatTheCallerEntered) {
  TestPlan plan(absl::StrCat("collect: { message: ask, into: code, max_digits: 4, then: { ",
                             OrElse(Lookup("code", "cities")), " }, otherwise: { release: {} } }"),
                kTables);
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:4000"), "voicemail found after unconditional");
  EXPECT_EQ(CityOf(call), "liege");
}

TEST(LookupNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(
      IssuesOf("lookup: {}"),
      ElementsAre("error missing trees.main.lookup.attribute",
                  "error missing trees.main.lookup.table", "error missing trees.main.lookup.into",
                  "error dead-end trees.main.lookup.then", "error dead-end trees.main.lookup"));
  EXPECT_THAT(IssuesOf(After("1", OrElse(Lookup("code", "citys"))), kTables),
              Contains("error unknown-name trees.main.set.then.lookup.table"));
  EXPECT_THAT(IssuesOf(OrElse(Lookup("call.caled", "zones")), kTables),
              Contains("error unknown-name trees.main.lookup.attribute"));
  EXPECT_THAT(IssuesOf(After("1", OrElse(Lookup("code", "towns"))), kTables),
              Contains("warning never-matches trees.main.set.then.lookup.otherwise"));
  EXPECT_THAT(IssuesOf("set: { attributes: { call.called: x }, then: { release: {} } }"),
              ElementsAre(StartsWith("error bad-name trees.main.set.attributes")));
  EXPECT_THAT(
      IssuesOf(absl::StrCat("collect: { message: ask, into: code, max_digits: 4, secret: "
                            "true, then: { ",
                            OrElse(Lookup("code", "cities")), " }, otherwise: { release: {} } }"),
               kTables),
      Contains("error secret trees.main.collect.then.lookup.attribute"));
}

TEST(LookupNode, ReportsTablesThatCannotBeMeant) {
  const std::string long_text(33, 'x');
  EXPECT_THAT(IssuesOf(OrElse(Lookup("call.called", "t")),
                       absl::StrCat("tables: { t: { by: prefix, rows: { \"\": a, ", long_text,
                                    ": b, c: ", long_text, " } }, e: {} }")),
              ElementsAre("error missing tables.e", "error bad-value tables.t.rows[\"\"]",
                          "error too-long tables.t.rows.c",
                          absl::StrCat("error too-long tables.t.rows.", long_text),
                          "warning unused tables.e"));
}

TEST(LookupNode, IsNoPlaceWhereACallCouldBeLost) {
  EXPECT_THAT(IssuesOf(After("1", Lookup("code", "cities") + " }"), kTables),
              Contains("error dead-end trees.main.set.then.lookup"));
  EXPECT_THAT(IssuesOf(After("1", OrElse(Lookup("code", "cities"))),
                       "tables: { cities: { rows: { \"1\": a } } }"),
              IsEmpty());
}

}  // namespace
}  // namespace libroute
