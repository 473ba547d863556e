#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

// What follows a decision, made with it.
namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kAheadPlan[] = R"(
customer: acme
time_zone: Europe/Brussels
numbers:
  - { number: "+3222000100", tree: desk }
  - { number: "+3222000101", tree: menu }
  - { number: "+3222000102", tree: limited }
  - { number: "+3222000103", tree: agents }
  - { number: "+3222000104", tree: rounds }
  - { number: "+3222000105", tree: later }
  - { number: "+3222000106", tree: code }
  - { number: "+3222000107", tree: with-place }
  - { number: "+3222000108", tree: full-site }
  - { number: "+3222000109", tree: clock }
  - { number: "+3222000110", tree: survey }
  - { number: "+3222000111", tree: by-load }
destinations:
  front: { number: "+3222000200" }
  back: { number: "+3222000201" }
  down: { number: "+3222000202" }
  one: { number: "+3222000203", max_calls: 1 }
groups: { level-1: { agents: [anna] } }
agents: { anna: {} }
limits: { few: { calls: 1 } }
schedules: { hours: { weekly: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }] } }
trees:
  desk:
    dial:
      to: [front]
      on_busy: { dial: { to: [back], otherwise: { goto: mailbox } } }
      on_no_answer: { goto: mailbox }
      otherwise: { announce: { message: sorry, then: { goto: mailbox } } }
  mailbox: { voicemail: { mailbox: desk } }
  menu:
    menu:
      message: choose
      retries: 1
      keys: { "1": { goto: mailbox }, "2": { goto: mailbox }, "3": { release: {} } }
      on_no_input: { goto: mailbox }
      otherwise: { release: {} }
  limited: { dial: { to: [front], otherwise: { limit: { limit: few, then: { dial: { to: [back] } } } } } }
  agents: { dial: { to: [front], otherwise: { agents: { group: level-1 } } } }
  rounds: { dial: { to: [front, back], ring: 10s, rounds: 2 } }
  later:
    dial:
      to: [front]
      otherwise:
        time: { use: now, cases: [{ schedule: hours, then: { goto: mailbox } }], otherwise: { release: {} } }
  with-place: { limit: { limit: few, then: { dial: { to: [front], otherwise: { release: {} } } } } }
  full-site: { dial: { to: [one], otherwise: { goto: mailbox } } }
  clock: { announce: { message: wait, then: { dial: { to: [front, back], ring: 10s, total: 25s, otherwise: { goto: mailbox } } } } }
  by-load: { announce: { message: wait, then: { group: { cases: [{ group: level-1, waiting: { at_least: 3 }, then: { release: {} } }], otherwise: { goto: mailbox } } } } }
  survey: { agents: { group: level-1, after: { goto: menu }, otherwise: { goto: mailbox } } }
  code: { collect: { message: code, into: code, max_digits: 4, then: { goto: mailbox }, otherwise: { release: {} } } }
)";

class LookAheadTest : public ::testing::Test {
 protected:
  LookAheadTest() : engine_(MakeEngine()) { MustPublish(*engine_, kAheadPlan); }

  void Ask(const std::string& called, int steps) {
    call_ = TestCall(called, absl::StrCat("c", ++calls_));
    ahead_.Begin(steps);
    EXPECT_TRUE(engine_->Route(call_, kTestNow, decision_, {&ahead_}).ok());
  }

  // Each edge in words: "busy -> 1", "played ? too far".
  std::vector<std::string> Edges(AheadEdges which) const {
    std::vector<std::string> words;
    for (const AheadEdge& edge : ahead_.edges(which)) {
      std::vector<std::string> what;
      for (Outcome outcome : kFailedOutcomes) {
        if (edge.outcomes.Has(outcome)) what.emplace_back(OutcomeName(outcome));
      }
      if (!edge.digits.empty()) what.emplace_back(edge.digits);
      if (edge.happened == AheadEdge::Happened::kNoInput) what.emplace_back("no input");
      if (edge.happened == AheadEdge::Happened::kOtherDigits) what.emplace_back("others");
      if (edge.happened == AheadEdge::Happened::kPlayed) what.emplace_back("played");
      words.push_back(absl::StrCat(absl::StrJoin(what, ","), edge.step == 0 ? " ? " : " -> ",
                                   edge.step == 0 ? AskAgainName(edge.ask)
                                                  : absl::string_view(std::to_string(edge.step))));
    }
    return words;
  }
  const AheadStep& Step(size_t number) const { return ahead_.steps()[number - 1]; }

  std::unique_ptr<Engine> engine_;
  Call call_;
  Decision decision_;
  Ahead ahead_;
  int calls_ = 0;
};

TEST_F(LookAheadTest, HasEveryWayOnFromADial) {
  Ask("+3222000100", 8);
  EXPECT_THAT(
      Edges(ahead_.next()),
      ElementsAre("busy -> 1", "no_answer -> 2",
                  "unreachable,rejected,redirected,bad_number,congestion,failure -> 3"));
  EXPECT_EQ(OnlyLeg(Step(1).decision).destination, "back");
  EXPECT_EQ(OnlyLeg(Step(1).decision).diversion_reason, DiversionReason::kBusy);
  EXPECT_TRUE(Step(1).reason_by_outcome);
  EXPECT_EQ(Mailbox(Step(2).decision), "desk");
  EXPECT_EQ(ActionName(Step(3).decision.action), "announce");
  EXPECT_FALSE(Step(3).reason_by_outcome);
  EXPECT_THAT(Edges(Step(1).next),
              ElementsAre("busy,no_answer,unreachable,rejected,redirected,bad_number,congestion,"
                          "failure -> 4"));
  EXPECT_THAT(Edges(Step(2).next), IsEmpty());
  EXPECT_THAT(Edges(Step(3).next), ElementsAre("played -> 5"));
  EXPECT_EQ(ahead_.steps().size(), 5u);
}

TEST_F(LookAheadTest, GoesNoFartherThanItIsAsked) {
  Ask("+3222000100", 2);
  EXPECT_THAT(Edges(ahead_.next()),
              ElementsAre("busy -> 1", "no_answer -> 2",
                          "unreachable,rejected,redirected,bad_number,congestion,failure ? "
                          "too far"));
  EXPECT_EQ(ahead_.steps().size(), 2u);
  ahead_.Begin(0);
  EXPECT_TRUE(engine_->Route(TestCall("+3222000100", "other"), kTestNow, decision_, {&ahead_}).ok());
  EXPECT_THAT(ahead_.steps(), IsEmpty());
}

TEST_F(LookAheadTest, HasTheKeysOfAMenuAndWhatElseMayBePressed) {
  Ask("+3222000101", 8);
  EXPECT_THAT(Edges(ahead_.next()), ElementsAre("1 -> 1", "2 -> 1", "3 -> 2", "others -> 3",
                                                "no input -> 4"));
  EXPECT_EQ(std::get<MenuDecision>(Step(3).decision.action).tries_left, 1);
  EXPECT_THAT(Edges(Step(3).next), ElementsAre("1 -> 5", "2 -> 5", "3 -> 6", "others -> 7",
                                               "no input -> 8"));
  EXPECT_EQ(Mailbox(Step(8).decision), "desk");
}

TEST_F(LookAheadTest, SaysWhatIsToBeAskedFor) {
  struct Row {
    const char* called;
    const char* last_edge;
  };
  constexpr Row kRows[] = {
      {"+3222000102", " ? claim"},
      {"+3222000103", " ? queue"},
      {"+3222000104", " ? detail"},
      {"+3222000105", " ? time"},
      {"+3222000108", " ? claim"},
      {"+3222000109", " ? time"},
      {"+3222000110", " ? queue"},
      {"+3222000111", "played ? queue"},
      {"+3222000106", "others ? detail"},
  };
  for (const Row& row : kRows) {
    Ask(row.called, 8);
    EXPECT_THAT(Edges(ahead_.next()).back(), ::testing::EndsWith(row.last_edge)) << row.called;
  }
  EXPECT_THAT(Edges(ahead_.next()).front(), "no input -> 1");
}

// A switch that has gone on by itself asks from where it stands.
TEST_F(LookAheadTest, IsGoneOnFromWithWhatHasHappened) {
  Ask("+3222000100", 8);
  Call later = call_;
  later.step = 2;
  Event event = TestEvent("rejected");
  event.earlier.push_back({AttemptResult::kNextLeg, Outcome::kBusy});
  Decision decision;
  ASSERT_TRUE(
      engine_->Resume(later, Step(1).decision.continuation, event, kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "desk");
  EXPECT_EQ(std::get<VoicemailDecision>(decision.action).reason, DiversionReason::kDeflected);
  // At another step it does not fit.
  EXPECT_EQ(engine_->Resume(NextStep(call_), Step(1).decision.continuation, event, kTestNow,
                            decision)
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
}

// Whoever goes on without asking gives no place back, so the end is to be reported.
TEST_F(LookAheadTest, WantsToKnowOfTheEndWhileTheCallHasAPlace) {
  Ask("+3222000107", 8);
  ASSERT_EQ(OnlyLeg(decision_).destination, "front");
  ASSERT_EQ(ActionName(Step(1).decision.action), "release");
  EXPECT_TRUE(WantsRelease(Step(1).decision));
  Ask("+3222000101", 8);
  ASSERT_EQ(ActionName(Step(2).decision.action), "release");
  EXPECT_FALSE(WantsRelease(Step(2).decision));
}

// What could not be dialled is known beforehand, and comes after what is not.
TEST_F(LookAheadTest, KnowsWhatFailsWithoutBeingDialled) {
  MustPublish(*engine_, R"(
customer: other
numbers: [{ number: "+3222000300", tree: desk }]
destinations:
  front: { number: "+3222000400" }
  down: { number: "+3222000401" }
trees:
  desk: { dial: { to: [front], otherwise: { dial: { to: [down], otherwise: { voicemail: { mailbox: desk } } } } } }
)");
  ASSERT_TRUE(engine_
                  ->SetFact("other", FactKind::kDestination, "down",
                            static_cast<uint8_t>(Status::kDown), absl::InfiniteFuture())
                  .ok());
  Ask("+3222000300", 8);
  ASSERT_EQ(ahead_.steps().size(), 1u);
  EXPECT_EQ(std::get<VoicemailDecision>(Step(1).decision.action).reason,
            DiversionReason::kUnreachable);
  EXPECT_FALSE(Step(1).reason_by_outcome);
  EXPECT_TRUE(Step(1).state.failed.Has(Outcome::kUnreachable));
}

}  // namespace
}  // namespace libroute
