// Digits that are pressed before they are asked for.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

// A menu of which key 1 leads to `then`.
std::string MenuTo(absl::string_view then, absl::string_view message = "first") {
  return absl::StrCat("menu: { message: ", message, ", keys: { \"1\": { ", then,
                      " } }, retries: 1, on_bad_input: { voicemail: { mailbox: bad-", message,
                      " } } }");
}

std::string Mailbox(absl::string_view mailbox) {
  return absl::StrCat("voicemail: { mailbox: ", mailbox, " }");
}

constexpr absl::string_view kSecond =
    "menu: { message: second, keys: { \"2\": { voicemail: { mailbox: two } }, \"23\": { "
    "voicemail: { mailbox: twenty-three } } }, retries: 1, on_bad_input: { voicemail: { "
    "mailbox: bad-second } } }";

std::string AfterDigits(const TestPlan& plan, absl::string_view digits) {
  TestCall call(plan);
  call.Ask();
  return call.Tell(absl::StrCat("digits:", digits));
}

TEST(TypeAhead, CountsForTheMenuThatFollows) {
  TestPlan plan(MenuTo(kSecond));
  EXPECT_EQ(AfterDigits(plan, "1"), "menu second 2 23 (2 tries)");
  EXPECT_EQ(AfterDigits(plan, "12"), "voicemail two after unconditional");
  EXPECT_EQ(AfterDigits(plan, "123"), "voicemail twenty-three after unconditional");
  EXPECT_EQ(AfterDigits(plan, "129"), "voicemail two after unconditional");
}

TEST(TypeAhead, CountsAsIfTheMenuHadBeenPlayed) {
  TestPlan plan(MenuTo(kSecond));
  TestCall ahead(plan);
  ahead.Ask();
  // Bad input is a try; what follows it is forgotten.
  EXPECT_EQ(ahead.Tell("digits:192"), "menu second 2 23 (1 tries)");
  EXPECT_EQ(ahead.Tell("digits:9"), "voicemail bad-second after unconditional");
  TestCall one_by_one(plan);
  one_by_one.Ask();
  one_by_one.Tell("digits:1");
  EXPECT_EQ(one_by_one.Tell("digits:9"), "menu second 2 23 (1 tries)");
}

TEST(TypeAhead, CountsForWhatFollowsATryThatWasBad) {
  TestPlan plan(MenuTo(kSecond));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:912"), "menu first 1 (1 tries)");
  EXPECT_EQ(call.Tell("digits:12"), "voicemail two after unconditional");
}

TEST(TypeAhead, GoesThroughBranchesAndTreesAndKeepsAttributes) {
  TestPlan plan(MenuTo("set: { attributes: { language: nl }, then: { goto: more } }"),
                absl::StrCat("tree more: { switch: { cases: [{ switch: meeting, then: { ",
                             Mailbox("meeting"), " } }], otherwise: { ", kSecond, " } } }"));
  EXPECT_EQ(AfterDigits(plan, "12"), "voicemail two after unconditional");
}

TEST(TypeAhead, FillsCollectsOneAfterTheOther) {
  TestPlan plan(MenuTo(
      "collect: { message: account, into: account, min_digits: 2, max_digits: 4, terminator: "
      "\"#\", then: { collect: { message: pin, into: pin, max_digits: 4, secret: true, then: { "
      "menu: { message: last, keys: { \"5\": { voicemail: { mailbox: five } } } } } } } }"));
  EXPECT_EQ(AfterDigits(plan, "1"), "collect account 2-4# (3 tries)");
  EXPECT_EQ(AfterDigits(plan, "177#"), "collect pin 4-4 secret (3 tries)");
  EXPECT_EQ(AfterDigits(plan, "17#"), "collect account 2-4# (2 tries)");
  EXPECT_EQ(AfterDigits(plan, "17777"), "collect pin 4-4 secret (3 tries)");
  EXPECT_EQ(AfterDigits(plan, "17777#"), "collect pin 4-4 secret (3 tries)");
  EXPECT_EQ(AfterDigits(plan, "17777471"), "collect pin 4-4 secret (2 tries)");
  EXPECT_EQ(AfterDigits(plan, "177#4711"), "menu last 5 (3 tries)");
  EXPECT_EQ(AfterDigits(plan, "177774711"), "menu last 5 (3 tries)");
  EXPECT_EQ(AfterDigits(plan, "177#47115"), "voicemail five after unconditional");
}

TEST(TypeAhead, ShowsNothingOfASecretThatIsTypedAhead) {
  TestPlan plan(MenuTo(
      "collect: { message: account, into: account, max_digits: 2, then: { collect: { message: "
      "pin, into: pin, max_digits: 4, secret: true, retries: 1, then: { voicemail: { mailbox: "
      "in } } } } }"));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:1774711"), "voicemail in after unconditional");
  EXPECT_THAT(call.decision().collected, ElementsAre(Pair("account", *Digits::Parse("77"))));
  for (const std::string& visit : call.Way()) EXPECT_THAT(visit, Not(HasSubstr("4711")));
  EXPECT_THAT(call.Way(), Contains(HasSubstr("4 secret digits were entered")));
  TestCall wrong(plan);
  wrong.Ask();
  EXPECT_EQ(wrong.Tell("digits:177471"), "collect pin 4-4 secret (1 tries)");
  for (const std::string& visit : wrong.Way()) EXPECT_THAT(visit, Not(HasSubstr("471")));
}

TEST(TypeAhead, PassesOverMessagesThatAKeyEnds) {
  auto after = [](absl::string_view interruptible) {
    TestPlan plan(MenuTo(absl::StrCat("announce: { message: terms, interruptible: ", interruptible,
                                      ", then: { ", kSecond, " } }")));
    TestCall call(plan);
    call.Ask();
    return call.Tell("digits:12");
  };
  EXPECT_EQ(after("true"), "voicemail two after unconditional");
  EXPECT_EQ(after("false"), "announce terms 30s");
}

TEST(TypeAhead, IsForgottenByAMessageThatIsToBeHeard) {
  TestPlan plan(MenuTo(absl::StrCat("announce: { message: terms, then: { ", kSecond, " } }")));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:12"), "announce terms 30s");
  EXPECT_EQ(call.Tell("played"), "menu second 2 23 (2 tries)");
}

TEST(TypeAhead, IsForgottenByAnyOtherAction) {
  TestPlan plan(MenuTo(absl::StrCat("dial: { to: front, otherwise: { ", kSecond, " } }")));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:12"), "dial front");
  EXPECT_EQ(call.Tell("busy"), "menu second 2 23 (2 tries)");
}

TEST(TypeAhead, IsForgottenWhereTheMessageIsPlayedToTheEnd) {
  TestPlan menu(MenuTo(
      "menu: { message: second, to_the_end: true, keys: { \"2\": { voicemail: { mailbox: two } } "
      "}, otherwise: { release: {} } }"));
  EXPECT_EQ(AfterDigits(menu, "12"), "menu second 2 (3 tries) to the end");
  TestPlan collect(
      MenuTo("collect: { message: pin, into: pin, max_digits: 1, to_the_end: true, then: { "
             "voicemail: { mailbox: in } }, otherwise: { release: {} } }"));
  EXPECT_EQ(AfterDigits(collect, "12"), "collect pin 1-1 (3 tries) to the end");
}

TEST(TypeAhead, CountsBehindAMessageThatWasEndedByAKey) {
  TestPlan plan(
      absl::StrCat("announce: { message: hello, answering: answer, interruptible: true, then: { ",
                   MenuTo(kSecond), " } }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "announce hello 30s interruptible");
  EXPECT_EQ(call.Tell("digits:12"), "voicemail two after unconditional");
}

constexpr absl::string_view kConferences =
    "conferences:\n"
    "  board: { number: \"4711\", codes: [{ code: \"602214\" }] }\n"
    "  team: { number: \"47\", codes: [{ code: \"1234\" }] }\n";

std::string Access(absl::string_view fields) {
  return absl::StrCat(
      "conference_access: { message: which, code_message: code, retries: 1, on_bad_input: { "
      "voicemail: { mailbox: bad } }, on_ended: { release: {} }, otherwise: { menu: { message: "
      "full, keys: { \"9\": { voicemail: { mailbox: nine } } } } }, ",
      fields, " }");
}

TEST(TypeAhead, JoinsAConference) {
  TestPlan plan(MenuTo(Access("greeting: hello")), kConferences);
  EXPECT_EQ(AfterDigits(plan, "1"), "announce hello 1m interruptible");
  EXPECT_EQ(AfterDigits(plan, "14711"), "collect code 1-6# secret (2 tries)");
  EXPECT_EQ(AfterDigits(plan, "14711#"), "collect code 1-6# secret (2 tries)");
  EXPECT_EQ(AfterDigits(plan, "14711602214"), "conference board as participant of 25");
  EXPECT_EQ(AfterDigits(plan, "147#1234#"), "conference team as participant of 25");
  EXPECT_EQ(AfterDigits(plan, "14711602215"), "collect code 1-6# secret (1 tries)");
  EXPECT_EQ(AfterDigits(plan, "14712602214"), "collect which 1-4# (1 tries)");
}

TEST(TypeAhead, EndsTheGreetingOfConferences) {
  TestPlan plan(Access("greeting: hello"), kConferences);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "announce hello 1m interruptible");
  TestCall heard = call;
  EXPECT_EQ(heard.Tell("played"), "collect which 1-4# (2 tries)");
  EXPECT_EQ(call.Tell("digits:47#1234"), "conference team as participant of 25");
  for (const std::string& visit : call.Way()) EXPECT_THAT(visit, Not(HasSubstr("1234")));
}

TEST(TypeAhead, KeepsWhatTheCallHasClaimedBeforeItIsTurnedAway) {
  TestPlan plan(
      MenuTo(absl::StrCat("limit: { limit: desk, then: { ", Access("timeout: 4s"), " } }")),
      absl::StrCat(kConferences, "limits: { desk: { calls: 3 } }"));
  plan.SetConferenceFull("board");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:147116022149"), "voicemail nine after unconditional");
  ASSERT_EQ(call.decision().claims.size(), 1u);
  EXPECT_EQ(call.decision().claims[0].kind, Claim::Kind::kPlace);
}

TEST(TypeAhead, WarnsOfMessagesThatNoKeyCanEnd) {
  const std::string early = "announce: { message: hello, interruptible: true, then: { ";
  const std::string answered =
      "announce: { message: hello, answering: answer, interruptible: true, then: { ";
  const std::string warning = "warning no-effect trees.main.announce.interruptible";
  EXPECT_THAT(IssuesOf(early + MenuTo("release: {}") + " } }"), ElementsAre(warning));
  EXPECT_THAT(IssuesOf(answered + MenuTo("release: {}") + " } }"), IsEmpty());
  // Answered by what comes before it.
  EXPECT_THAT(IssuesOf(MenuTo(early + kSecond.data() + " } }")), IsEmpty());
}

TEST(TypeAhead, WarnsOfMessagesBehindWhichDigitsCountForNothing) {
  const std::string answered =
      "announce: { message: hello, answering: answer, interruptible: true, then: { ";
  const std::string warning = "warning no-effect trees.main.announce.interruptible";
  EXPECT_THAT(IssuesOf("announce: { message: hello, answering: answer, interruptible: true }"),
              ElementsAre(warning));
  EXPECT_THAT(
      IssuesOf(answered + "dial: { to: front, otherwise: { " + MenuTo("release: {}") + " } } } }"),
      ElementsAre(warning));
  EXPECT_THAT(IssuesOf(answered + "announce: { message: more, then: { " + MenuTo("release: {}") +
                       " } } } }"),
              ElementsAre(warning));
  EXPECT_THAT(IssuesOf(answered + "announce: { message: more, interruptible: true, then: { goto: "
                                  "choose } } } }",
                       "tree choose: { set: { attributes: { a: b }, then: { " +
                           MenuTo("release: {}") + " } } }"),
              IsEmpty());
  EXPECT_THAT(IssuesOf(answered + "menu: { message: m, to_the_end: true, keys: { \"1\": { "
                                  "release: {} } }, otherwise: { release: {} } } } }"),
              ElementsAre(warning));
}

}  // namespace
}  // namespace libroute
