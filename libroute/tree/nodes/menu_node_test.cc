#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kLeaves =
    "on_no_input: { voicemail: { mailbox: silent } }, on_bad_input: { voicemail: { mailbox: bad } "
    "}";

std::string Menu(absl::string_view fields) {
  return absl::StrCat(
      "menu: { message: choose, keys: { \"1\": { voicemail: { mailbox: one } }, \"12\": { "
      "voicemail: { mailbox: twelve } }, \"*\": { voicemail: { mailbox: star } }, \"#9\": { "
      "voicemail: { mailbox: hash } } }, ",
      fields, " }");
}

TEST(MenuNode, AnswersAndOffersItsKeys) {
  TestPlan plan(Menu(absl::StrCat("timeout: 8s, ", kLeaves)));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "menu choose #9 * 1 12 (3 tries)");
  const auto& menu = std::get<MenuDecision>(call.decision().action);
  EXPECT_EQ(menu.timeout, absl::Seconds(8));
  EXPECT_EQ(menu.max_digits, 2);
  EXPECT_TRUE(call.decision().answered);
  EXPECT_TRUE(call.decision().resumable);
  EXPECT_EQ(call.Way().back(), "trees.main.menu menu:  (plays menu choose)");
}

TEST(MenuNode, TakesTheBranchOfWhatIsPressed) {
  TestPlan plan(Menu(kLeaves));
  auto after = [&](absl::string_view event) {
    TestCall call(plan);
    call.Ask();
    return call.Tell(event);
  };
  EXPECT_EQ(after("digits:1"), "voicemail one after unconditional");
  EXPECT_EQ(after("digits:12"), "voicemail twelve after unconditional");
  EXPECT_EQ(after("digits:*"), "voicemail star after unconditional");
  EXPECT_EQ(after("digits:#9"), "voicemail hash after unconditional");
  EXPECT_EQ(after("digits:#"), "menu choose #9 * 1 12 (2 tries)");
}

TEST(MenuNode, SaysThatItsMessageIsPlayedToTheEnd) {
  TestPlan plan(Menu(absl::StrCat("to_the_end: true, ", kLeaves)));
  EXPECT_EQ(TestCall(plan).Ask(), "menu choose #9 * 1 12 (3 tries) to the end");
}

TEST(MenuNode, TakesTheLongestKeyThatDigitsBeginWith) {
  TestPlan plan(Menu(kLeaves));
  auto after = [&](absl::string_view event) {
    TestCall call(plan);
    call.Ask();
    return call.Tell(event);
  };
  EXPECT_EQ(after("digits:13"), "voicemail one after unconditional");
  EXPECT_EQ(after("digits:129"), "voicemail twelve after unconditional");
  EXPECT_EQ(after("digits:#98765432100000"), "voicemail hash after unconditional");
  EXPECT_EQ(after("digits:#8"), "menu choose #9 * 1 12 (2 tries)");
}

TEST(MenuNode, PlaysAgainAsOftenAsThePlanSays) {
  for (int retries : {0, 1, 2, 9}) {
    TestPlan plan(Menu(absl::StrCat("retries: ", retries, ", ", kLeaves)));
    TestCall call(plan);
    EXPECT_EQ(call.Ask(), absl::StrCat("menu choose #9 * 1 12 (", retries + 1, " tries)"));
    for (int left = retries; left > 0; --left) {
      EXPECT_EQ(call.Tell(left % 2 == 0 ? "no_input" : "digits:7"),
                absl::StrCat("menu choose #9 * 1 12 (", left, " tries)"));
    }
    TestCall silent = call;
    EXPECT_EQ(silent.Tell("no_input"), "voicemail silent after unconditional");
    EXPECT_EQ(call.Tell("digits:7"), "voicemail bad after unconditional");
  }
}

TEST(MenuNode, PlaysTwiceAgainIfNothingIsSaid) {
  TestPlan plan(Menu(kLeaves));
  TestCall call(plan);
  call.Ask();
  call.Tell("no_input");
  EXPECT_EQ(call.Tell("no_input"), "menu choose #9 * 1 12 (1 tries)");
  EXPECT_EQ(call.Tell("no_input"), "voicemail silent after unconditional");
}

TEST(MenuNode, FallsToOtherwiseAndThenToTheDefault) {
  auto after = [](absl::string_view fields, absl::string_view more, absl::string_view event) {
    TestPlan plan(Menu(absl::StrCat("retries: 0", fields)), more);
    TestCall call(plan);
    call.Ask();
    return call.Tell(event);
  };
  absl::string_view otherwise = ", otherwise: { voicemail: { mailbox: other } }";
  absl::string_view defaults = "default: { otherwise: { voicemail: { mailbox: default } } }";
  EXPECT_EQ(after(otherwise, defaults, "no_input"), "voicemail other after unconditional");
  EXPECT_EQ(after(otherwise, defaults, "digits:5"), "voicemail other after unconditional");
  EXPECT_EQ(after("", defaults, "digits:5"), "voicemail default after unconditional");
  EXPECT_EQ(after("", "", "no_input"), "release 0/31 no match");
}

TEST(MenuNode, CountsAfreshInAnotherMenu) {
  TestPlan plan(
      "menu: { message: a, retries: 1, keys: { \"1\": { menu: { message: b, retries: 1, "
      "keys: { \"1\": { release: {} } }, otherwise: { release: {} } } } }, otherwise: { "
      "release: {} } }");
  TestCall call(plan);
  call.Ask();
  call.Tell("no_input");
  EXPECT_EQ(call.Tell("digits:1"), "menu b 1 (2 tries)");
  EXPECT_EQ(call.Tell("no_input"), "menu b 1 (1 tries)");
  EXPECT_EQ(call.Tell("no_input"), "release 0/16 plan");
}

TEST(MenuNode, ExplainsWhatWasPressed) {
  TestPlan plan(Menu(absl::StrCat("retries: 1, ", kLeaves)));
  TestCall call(plan);
  call.Ask();
  call.Tell("no_input");
  EXPECT_EQ(call.Way().front(),
            "trees.main.menu menu:  (nothing was pressed; the menu is played again)");
  TestCall pressed = call;
  pressed.Tell("digits:*");
  EXPECT_EQ(pressed.Way().front(), "trees.main.menu menu: keys[\"*\"] (the caller pressed *)");
  call.Tell("digits:77");
  EXPECT_EQ(call.Way().front(),
            "trees.main.menu menu: on_bad_input (what was pressed leads "
            "nowhere; the last try is over)");
}

TEST(MenuNode, RefusesOtherEvents) {
  TestPlan plan(Menu(kLeaves));
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Tell("busy"),
              HasSubstr("event: dial result cannot follow menu; expected digits or no_input"));
  EXPECT_THAT(call.Tell("played"), HasSubstr("INVALID_ARGUMENT"));
  EXPECT_EQ(call.Tell("hangup"), "release 0/16 cancelled");
}

TEST(MenuNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("menu: {}"), ElementsAre("error missing trees.main.menu.message",
                                                "error missing trees.main.menu.keys"));
  EXPECT_THAT(
      IssuesOf("menu: { message: \"a b\", keys: { \"12345\": { release: {} }, \"a\": { "
               "release: {} }, \"1\": {} }, retries: 10, timeout: 61s }"),
      ElementsAre(
          "error bad-name trees.main.menu.message", "error bad-value trees.main.menu.timeout",
          "error bad-value trees.main.menu.retries", "error dead-end trees.main.menu.keys.1",
          "error bad-value trees.main.menu.keys.12345", "error bad-value trees.main.menu.keys.a"));
  EXPECT_THAT(IssuesOf(Menu("retries: 9, timeout: 60s")), IsEmpty());
}

}  // namespace
}  // namespace libroute
