#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

TEST(VoicemailNode, IsTheEndOfTheTree) {
  TestPlan plan("voicemail: { mailbox: desk }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail desk after unconditional");
  EXPECT_TRUE(call.decision().answered);
  EXPECT_FALSE(call.decision().resumable);
  EXPECT_EQ(call.Way().back(), "trees.main.voicemail voicemail:  (mailbox desk)");
  EXPECT_EQ(call.Tell("played"), "nothing follows");
}

TEST(VoicemailNode, SaysWhyTheCallComesThere) {
  TestPlan plan("dial: { to: front, otherwise: { voicemail: { mailbox: desk } } }");
  auto after = [&](absl::string_view outcome) {
    TestCall call(plan);
    call.Ask();
    return call.Tell(outcome);
  };
  EXPECT_EQ(after("busy"), "voicemail desk after busy");
  EXPECT_EQ(after("no_answer"), "voicemail desk after no answer");
  EXPECT_EQ(after("not_confirmed"), "voicemail desk after no answer");
  EXPECT_EQ(after("unreachable"), "voicemail desk after unreachable");
  EXPECT_EQ(after("congestion"), "voicemail desk after unreachable");
  EXPECT_EQ(after("rejected"), "voicemail desk after deflected");
  EXPECT_EQ(after("bad_number"), "voicemail desk after unknown");
}

TEST(VoicemailNode, TheLastFailureCounts) {
  TestPlan plan("dial: { to: [front, back], otherwise: { voicemail: { mailbox: desk } } }");
  TestCall call(plan);
  call.Ask();
  call.Tell("no_answer");
  EXPECT_EQ(call.Tell("busy"), "voicemail desk after busy");
}

TEST(VoicemailNode, NeedsAMailbox) {
  EXPECT_THAT(IssuesOf("voicemail: {}"), ElementsAre("error missing trees.main.voicemail.mailbox"));
  EXPECT_THAT(IssuesOf("voicemail: { mailbox: \"-x\" }"),
              ElementsAre("error bad-name trees.main.voicemail.mailbox"));
}

}  // namespace
}  // namespace libroute
