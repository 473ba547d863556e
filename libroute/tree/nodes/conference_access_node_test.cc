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

constexpr absl::string_view kConferences = R"(
conferences:
  board: { number: "100", start: "2026-11-23T10:00:00", end: "2026-11-23T11:00:00", capacity: 3, introduction: rules, record: true, codes: [{ code: "4711" }, { code: "0815", role: listener }] }
  open: { number: "2000", codes: [{ code: "123456" }] }
)";

// Leaves that show themselves.
constexpr absl::string_view kCallerLeaves =
    "on_too_early: { voicemail: { mailbox: early } }, on_ended: { voicemail: { mailbox: ended } }, "
    "on_full: { voicemail: { mailbox: full } }, on_blocked: { voicemail: { mailbox: blocked } }, "
    "on_no_input: { voicemail: { mailbox: silent } }, on_bad_input: { voicemail: { mailbox: bad } "
    "}";

std::string Access(absl::string_view fields = "") {
  return absl::StrCat("conference_access: { message: number, code_message: code, ", fields,
                      fields.empty() ? "" : ", ", kCallerLeaves, " }");
}

TestPlan Conferences(absl::string_view fields = "") {
  return TestPlan(Access(fields), kConferences);
}

// What comes of a call that enters these one after the other.
std::string After(TestCall call, std::vector<std::string> events) {
  std::string words = call.Ask();
  for (const std::string& event : events) words = call.Tell(event);
  return words;
}

TEST(ConferenceAccessNode, AsksForNumberAndCode) {
  TestPlan plan = Conferences();
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "collect number 1-4# (3 tries)");
  EXPECT_TRUE(call.decision().answered);
  EXPECT_EQ(call.Tell("digits:100"), "collect code 1-4# secret (3 tries)");
  EXPECT_EQ(call.Tell("digits:4711#"), "conference board as participant of 3 after rules recorded");
  EXPECT_FALSE(call.decision().resumable);
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kLedger));
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kTime));
}

TEST(ConferenceAccessNode, TheCodeDecidesTheRole) {
  TestPlan plan = Conferences();
  EXPECT_THAT(After(TestCall(plan), {"digits:100", "digits:4711"}), HasSubstr("participant"));
  EXPECT_THAT(After(TestCall(plan), {"digits:100#", "digits:0815"}), HasSubstr("listener"));
  EXPECT_EQ(After(TestCall(plan), {"digits:2000", "digits:123456"}),
            "conference open as participant of 25");
  // Of another conference.
  EXPECT_THAT(After(TestCall(plan), {"digits:2000", "digits:4711"}), HasSubstr("collect code"));
}

TEST(ConferenceAccessNode, GreetsFirstIfItIsToldTo) {
  TestPlan plan = Conferences("greeting: hello");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "announce hello 1m interruptible");
  EXPECT_TRUE(call.decision().answered);
  EXPECT_THAT(call.Tell("no_input"), HasSubstr("expected played or digits"));
  EXPECT_EQ(call.Tell("played"), "collect number 1-4# (3 tries)");
}

TEST(ConferenceAccessNode, GreetsNobodyOfTheHouse) {
  TestPlan plan = Conferences("greeting: hello");
  TestCall call(plan);
  EXPECT_EQ(call.FromLine("+3222000100").Ask(), "collect number 1-4# (3 tries)");
}

TEST(ConferenceAccessNode, AsksAgainAsOftenAsThePlanSays) {
  TestPlan plan = Conferences("retries: 1");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("digits:999"), "collect number 1-4# (1 tries)");
  EXPECT_EQ(call.Way().back(),
            "trees.main.conference_access conference_access:  (no conference has the number that "
            "was entered; asks again)");
  TestCall silent = call;
  EXPECT_EQ(silent.Tell("no_input"), "voicemail silent after unconditional");
  // The code has tries of its own.
  EXPECT_EQ(call.Tell("digits:100"), "collect code 1-4# secret (2 tries)");
  EXPECT_EQ(call.Tell("digits:1111"), "collect code 1-4# secret (1 tries)");
  EXPECT_EQ(call.Tell("digits:1111"), "voicemail bad after unconditional");
}

TEST(ConferenceAccessNode, OpensALittleBeforeItsStartAndEndsForNewcomers) {
  TestPlan plan = Conferences();
  auto at = [&](absl::string_view local) {
    TestCall call(plan);
    call.At("2026-11-23 09:50");
    call.Ask();
    call.Tell("digits:100");
    return call.Now(local).Tell("digits:4711");
  };
  EXPECT_EQ(at("2026-11-23 09:54"), "voicemail early after unconditional");
  EXPECT_THAT(at("2026-11-23 09:55"), HasSubstr("conference board"));
  EXPECT_THAT(at("2026-11-23 10:59"), HasSubstr("conference board"));
  EXPECT_EQ(at("2026-11-23 11:00"), "voicemail ended after unconditional");
}

TEST(ConferenceAccessNode, ClaimsAPlaceAndThatTriesAreLeft) {
  TestPlan plan = Conferences();
  TestCall call(plan);
  After(call, {});
  call.Ask();
  call.Tell("digits:100");
  EXPECT_THAT(call.decision().claims, IsEmpty());
  call.Tell("digits:4711");
  ASSERT_EQ(call.decision().claims.size(), 3u);
  const Claim& caller = call.decision().claims[0];
  EXPECT_EQ(caller.kind, Claim::Kind::kRoom);
  EXPECT_EQ(caller.limit, 5u);
  EXPECT_EQ(caller.span, absl::Minutes(15));
  EXPECT_EQ(caller.subject, E164Number::Parse("+32470000000")->digits().packed());
  const Claim& conference = call.decision().claims[1];
  EXPECT_EQ(conference.kind, Claim::Kind::kRoom);
  EXPECT_EQ(conference.limit, 50u);
  EXPECT_EQ(conference.subject, 0u);
  const Claim& place = call.decision().claims[2];
  EXPECT_EQ(place.kind, Claim::Kind::kPlace);
  EXPECT_EQ(place.limit, 3u);
  EXPECT_EQ(plan.plan().counter_names()[place.counter], "conference board");
}

TEST(ConferenceAccessNode, AWrongCodeUsesUpATry) {
  TestPlan plan = Conferences("wrong_codes: { per_caller: 2, per_conference: 0, within: 1h }");
  TestCall call(plan);
  call.Ask();
  call.Tell("digits:100");
  call.Tell("digits:9999");
  ASSERT_EQ(call.decision().claims.size(), 1u);
  EXPECT_EQ(call.decision().claims[0].kind, Claim::Kind::kUse);
  EXPECT_EQ(call.decision().claims[0].limit, 2u);
  EXPECT_EQ(call.decision().claims[0].span, absl::Hours(1));
}

TEST(ConferenceAccessNode, LeavesWhenTriesAreUsedUpEvenWithTheRightCode) {
  for (absl::string_view counter : {"wrong codes of callers", "wrong codes of conference board"}) {
    TestPlan plan = Conferences();
    for (absl::string_view code : {"digits:4711", "digits:9999"}) {
      TestCall call(plan);
      call.Refuse(counter).Ask();
      call.Tell("digits:100");
      EXPECT_EQ(call.Tell(code), "voicemail blocked after unconditional") << counter << code;
      EXPECT_THAT(call.decision().claims, IsEmpty());
    }
  }
}

TEST(ConferenceAccessNode, CountsCallersWithoutNumberForTheConferenceAlone) {
  TestPlan plan = Conferences();
  TestCall call(plan);
  call.From("").Refuse("wrong codes of callers").Ask();
  call.Tell("digits:100");
  EXPECT_THAT(call.Tell("digits:4711"), HasSubstr("conference board"));
}

TEST(ConferenceAccessNode, LeavesWhenThereIsNoPlace) {
  TestPlan plan = Conferences();
  TestCall call(plan);
  call.Refuse("conference board").Ask();
  call.Tell("digits:100");
  EXPECT_EQ(call.Tell("digits:4711"), "voicemail full after unconditional");
  EXPECT_THAT(call.decision().claims, IsEmpty());
  EXPECT_EQ(call.Way().front(),
            "trees.main.conference_access conference_access: on_full (conference board has no free "
            "place)");
  TestPlan stated = Conferences();
  stated.SetConferenceFull("board");
  EXPECT_EQ(After(TestCall(stated), {"digits:100", "digits:4711"}),
            "voicemail full after unconditional");
  EXPECT_EQ(After(TestCall(stated), {"digits:2000", "digits:123456"}),
            "conference open as participant of 25");
}

TEST(ConferenceAccessNode, ShowsNoCode) {
  TestPlan plan = Conferences();
  TestCall call(plan);
  call.Ask();
  call.Tell("digits:100");
  for (absl::string_view code : {"digits:9876", "digits:4711"}) {
    call.Tell(code);
    for (const std::string& visit : call.Way()) {
      EXPECT_THAT(visit, Not(HasSubstr(code.substr(7))));
    }
    EXPECT_THAT(call.decision().collected, IsEmpty());
    EXPECT_TRUE(call.state().collected.empty());
  }
}

TEST(ConferenceAccessNode, MayBeForSomeConferences) {
  TestPlan plan = Conferences("conferences: [open]");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "collect number 1-4# (3 tries)");
  EXPECT_EQ(call.Tell("digits:100"), "collect number 1-4# (2 tries)");
  EXPECT_EQ(call.Tell("digits:2000"), "collect code 1-6# secret (3 tries)");
}

TEST(ConferenceAccessNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf(Access()), ElementsAre("error missing trees.main.conference_access"));
  EXPECT_THAT(
      IssuesOf(
          "conference_access: { conferences: [bord], wrong_codes: { per_caller: 10001, within: "
          "10s }, retries: 10, otherwise: { release: {} } }",
          kConferences),
      ElementsAre("error missing trees.main.conference_access.message",
                  "error bad-value trees.main.conference_access.retries",
                  "error missing trees.main.conference_access.code_message",
                  "error unknown-name trees.main.conference_access.conferences[0]",
                  "error bad-value trees.main.conference_access.wrong_codes",
                  "error bad-value trees.main.conference_access.wrong_codes.within"));
}

}  // namespace
}  // namespace libroute
