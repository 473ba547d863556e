#include "libroute/wire/explanation_wire.h"

#include "gtest/gtest.h"
#include "libroute/v1/explanation.pb.h"

namespace libroute {
namespace {

Explanation TwoVisits() {
  Explanation explanation;
  explanation.visits.push_back({"trees.desk", "time", {}, "otherwise", "no case matches"});
  explanation.visits[0].comparisons.push_back({"arrival", "hours", false, "closed"});
  explanation.visits[0].comparisons.push_back({"arrival", "night", true, "open"});
  explanation.visits[0].comparisons.push_back(
      {"destination front", "can be tried", false, "full", NotTaken::kAtLimit});
  explanation.visits[0].later = {"cases[2]", "cases[3]"};
  explanation.visits.push_back({"trees.desk.time.otherwise", "reject", {}, "", "the plan says so"});
  explanation.notes = {"call.originating_line is not used yet"};
  return explanation;
}

TEST(ExplanationWire, WritesVisitsComparisonsAndNotesInOrder) {
  v1::Explanation message;
  ToProto(TwoVisits(), &message);
  ASSERT_EQ(message.visits_size(), 2);
  EXPECT_EQ(message.visits(0).path(), "trees.desk");
  EXPECT_EQ(message.visits(0).kind(), "time");
  EXPECT_EQ(message.visits(0).branch(), "otherwise");
  EXPECT_EQ(message.visits(0).why(), "no case matches");
  ASSERT_EQ(message.visits(0).comparisons_size(), 3);
  EXPECT_EQ(message.visits(0).comparisons(0).subject(), "arrival");
  EXPECT_EQ(message.visits(0).comparisons(0).against(), "hours");
  EXPECT_EQ(message.visits(0).comparisons(0).finding(), "closed");
  EXPECT_FALSE(message.visits(0).comparisons(0).matched());
  EXPECT_EQ(message.visits(0).comparisons(0).not_taken(), v1::NOT_TAKEN_NO_MATCH);
  EXPECT_TRUE(message.visits(0).comparisons(1).matched());
  EXPECT_EQ(message.visits(0).comparisons(1).not_taken(), v1::NOT_TAKEN_UNSPECIFIED);
  EXPECT_EQ(message.visits(0).comparisons(2).not_taken(), v1::NOT_TAKEN_AT_LIMIT);
  ASSERT_EQ(message.visits(0).later_size(), 2);
  EXPECT_EQ(message.visits(0).later(1), "cases[3]");
  EXPECT_EQ(message.visits(1).later_size(), 0);
  EXPECT_EQ(message.visits(1).kind(), "reject");
  ASSERT_EQ(message.notes_size(), 1);
  EXPECT_EQ(message.notes(0), "call.originating_line is not used yet");
}

// The numbers of one are those of the other.
TEST(ExplanationWire, HasEveryReasonOfTheEngine) {
  EXPECT_EQ(static_cast<int>(NotTaken::kClosed), v1::NotTaken_MAX);
  EXPECT_EQ(static_cast<int>(NotTaken::kLaterInOrder), v1::NOT_TAKEN_LATER_IN_ORDER);
  EXPECT_EQ(static_cast<int>(NotTaken::kTried), v1::NOT_TAKEN_TRIED);
  EXPECT_EQ(static_cast<int>(NotTaken::kBusy), v1::NOT_TAKEN_BUSY);
  EXPECT_EQ(static_cast<int>(NotTaken::kDown), v1::NOT_TAKEN_DOWN);
  EXPECT_EQ(static_cast<int>(NotTaken::kBarred), v1::NOT_TAKEN_BARRED);
  EXPECT_EQ(static_cast<int>(NotTaken::kLoop), v1::NOT_TAKEN_LOOP);
  EXPECT_EQ(static_cast<int>(NotTaken::kNoAttemptLeft), v1::NOT_TAKEN_NO_ATTEMPT_LEFT);
  EXPECT_EQ(static_cast<int>(NotTaken::kNoNumber), v1::NOT_TAKEN_NO_NUMBER);
  EXPECT_EQ(static_cast<int>(NotTaken::kAnotherShare), v1::NOT_TAKEN_ANOTHER_SHARE);
}

TEST(ExplanationWire, LeavesTheOtherFieldsToTheCaller) {
  v1::Explanation message;
  message.set_text("text");
  message.add_notes("old");
  message.mutable_decision()->set_node("trees.desk");
  ToProto(TwoVisits(), &message);
  EXPECT_EQ(message.text(), "text");
  EXPECT_EQ(message.notes_size(), 1);
  EXPECT_EQ(message.decision().node(), "trees.desk");
}

}  // namespace
}  // namespace libroute
