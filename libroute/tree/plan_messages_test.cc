#include <deque>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr absl::string_view kMessages =
    "messages:\n"
    "  closed:\n"
    "    languages: { nl: closed-nl, fr: closed-fr, FR-ca: closed-quebec, zh-Hant: closed-zh }\n"
    "    otherwise: closed-en\n";

std::string In(absl::string_view language) {
  return absl::StrCat("set: { attributes: { language: \"", language,
                      "\" }, then: { announce: { message: closed } } }");
}

std::string Played(absl::string_view language) {
  TestPlan plan(In(language), kMessages);
  TestCall call(plan);
  return call.Ask();
}

TEST(PlanMessages, PlaysTheOneOfTheLanguageOfTheCall) {
  EXPECT_EQ(Played("nl"), "announce closed-nl 30s");
  EXPECT_EQ(Played("fr"), "announce closed-fr 30s");
  EXPECT_EQ(Played("NL"), "announce closed-nl 30s");
  EXPECT_EQ(Played("fr-CA"), "announce closed-quebec 30s");
}

TEST(PlanMessages, LeavesWhatFollowsTheLanguageOut) {
  EXPECT_EQ(Played("fr-BE"), "announce closed-fr 30s");
  EXPECT_EQ(Played("fr-CA-x-joual"), "announce closed-quebec 30s");
  EXPECT_EQ(Played("zh-Hant-TW"), "announce closed-zh 30s");
  EXPECT_EQ(Played("nl-BE-1996"), "announce closed-nl 30s");
}

TEST(PlanMessages, PlaysTheOtherOneWhereNoneFits) {
  for (absl::string_view language : {"", "de", "zh", "zh-Hans", "n", "nld", "-", "nl_BE", "--"}) {
    EXPECT_EQ(Played(language), "announce closed-en 30s") << language;
  }
  TestPlan plan("announce: { message: closed }", kMessages);
  EXPECT_EQ(TestCall(plan).Ask(), "announce closed-en 30s");
}

TEST(PlanMessages, GoByTheLanguageThatTheCallHasByThen) {
  v1::Plan written = ReadTestPlan(
      "menu: { message: closed, keys: { \"1\": { set: { attributes: { language: fr }, then: { "
      "announce: { message: closed } } } }, \"2\": { collect: { message: ask, into: language, "
      "max_digits: 1, then: { announce: { message: closed } } } } }, otherwise: { release: {} } }",
      kMessages);
  written.mutable_numbers(0)->set_language("nl");
  TestPlan plan(written);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "menu closed-nl 1 2 (3 tries)");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kCall));
  TestCall other = call;
  EXPECT_EQ(other.Tell("digits:27"), "announce closed-en 30s");
  EXPECT_EQ(call.Tell("digits:1"), "announce closed-fr 30s");
}

TEST(PlanMessages, GoByTheLanguageOfTheCallerType) {
  v1::Plan written = ReadTestPlan(
      "caller: { cases: [{ caller_types: vip, then: { announce: { message: closed } } }], "
      "otherwise: { release: {} } }",
      kMessages);
  (*written.mutable_caller_types()->at("vip").mutable_attributes())["language"] = "fr-BE";
  TestPlan plan(written);
  TestCall call(plan);
  EXPECT_EQ(call.From("+32475000001").Ask(), "announce closed-fr 30s");
}

TEST(PlanMessages, AreWhereverAMessageIsNamed) {
  const std::string french = "set: { attributes: { language: fr }, then: { ";
  std::deque<TestPlan> plans;
  auto ask = [&](absl::string_view node, absl::string_view more = "") {
    plans.emplace_back(absl::StrCat(french, node, " } }"), absl::StrCat(kMessages, more));
    TestCall call(plans.back());
    call.Ask();
    return call;
  };
  EXPECT_EQ(Words(ask("collect: { message: closed, into: a, max_digits: 1, then: { release: {} } }")
                      .decision()),
            "collect closed-fr 1-1 (3 tries)");
  EXPECT_EQ(std::get<WaitDecision>(
                ask("agents: { group: team, message: closed, otherwise: { release: {} } }")
                    .decision()
                    .action)
                .message,
            "closed-fr");
  const TestCall dial = ask("dial: { to: \"+32475000001\", confirm: closed, music: closed }");
  EXPECT_EQ(dial.leg(0).confirmation, "closed-fr");
  EXPECT_EQ(dial.leg(0).ringback, "closed-fr");
  TestCall access = ask(
      "conference_access: { message: closed, code_message: closed, greeting: closed, otherwise: { "
      "release: {} } }",
      "conferences: { room: { number: \"47\", introduction: closed, codes: [{ code: \"1234\" }] } "
      "}");
  EXPECT_EQ(Words(access.decision()), "announce closed-fr 1m interruptible");
  EXPECT_EQ(access.Tell("played"), "collect closed-fr 1-2# (3 tries)");
  EXPECT_EQ(access.Tell("digits:47"), "collect closed-fr 1-4# secret (3 tries)");
  EXPECT_EQ(access.Tell("digits:1234"), "conference room as participant of 25 after closed-fr");
}

TEST(PlanMessages, AreThoseOfDestinationsToo) {
  v1::Plan written = ReadTestPlan(
      "set: { attributes: { language: nl }, then: { dial: { to: front } } }", kMessages);
  written.mutable_destinations()->at("front").set_confirm("closed");
  TestPlan plan(written);
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.leg(0).confirmation, "closed-nl");
}

TEST(PlanMessages, OfOtherNamesAreKnownToTheSwitch) {
  TestPlan plan(
      "set: { attributes: { language: fr }, then: { announce: { message: welcome, "
      "then: { announce: { message: closed } } } } }",
      kMessages);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "announce welcome 30s");
  EXPECT_FALSE(call.decision().depends_on.Has(Dependence::kCall));
  EXPECT_EQ(call.Tell("played"), "announce closed-fr 30s");
}

TEST(PlanMessages, AreChecked) {
  EXPECT_THAT(IssuesOf(In("nl"), "messages: { closed: {} }"),
              ElementsAre("error missing messages.closed.otherwise",
                          "error missing messages.closed.languages"));
  EXPECT_THAT(
      IssuesOf(In("nl"),
               "messages: { closed: { otherwise: \"a b\", languages: { nl: \"\", \"n\": x, "
               "\"dutch!\": x, fr: x, FR: x, x-own: x, en-toolongasubtag: x, es-419: x } } }"),
      UnorderedElementsAre("error bad-name messages.closed.otherwise",
                           "error duplicate messages.closed.languages.fr",
                           "error bad-value messages.closed.languages[\"dutch!\"]",
                           "error bad-value messages.closed.languages.en-toolongasubtag",
                           "error bad-value messages.closed.languages.n",
                           "error missing messages.closed.languages.nl"));
  EXPECT_THAT(IssuesOf(In("nl"), "messages: { \"a b\": { otherwise: x, languages: { nl: y } } }"),
              ElementsAre("error bad-name messages[\"a b\"]", "warning unused messages[\"a b\"]"));
}

TEST(PlanMessages, ThatNobodyUsesAreWarnedOf) {
  EXPECT_THAT(
      IssuesOf(In("nl"), absl::StrCat(kMessages,
                                      "  holiday: { languages: { nl: holiday-nl }, otherwise: "
                                      "holiday }\n")),
      ElementsAre("warning unused messages.holiday"));
}

TEST(PlanMessages, OfALanguageThatNothingSetsAreWarnedOf) {
  EXPECT_THAT(IssuesOf("announce: { message: closed }", kMessages),
              ElementsAre("warning never-set messages"));
}

TEST(PlanMessages, ThatAreNearlyNamedAreWarnedOf) {
  const std::string near = absl::StrCat(
      "set: { attributes: { language: fr }, then: { announce: { message: closd, then: { announce: "
      "{ message: closed, then: { announce: { message: closd } } } } } } }");
  EXPECT_THAT(IssuesOf(near, kMessages),
              ElementsAre("warning near-name trees.main.set.then.announce.message"));
  EXPECT_THAT(MessageOf(ReadTestPlan(near, kMessages), "near-name"), HasSubstr("\"closed\""));
  // What the plan itself says that the switch knows is no slip.
  EXPECT_THAT(IssuesOf("set: { attributes: { language: fr }, then: { announce: { message: "
                       "closed-fr, then: { announce: { message: closed } } } } }",
                       kMessages),
              IsEmpty());
  EXPECT_THAT(IssuesOf("announce: { message: closd }"), IsEmpty());
}

}  // namespace
}  // namespace libroute
