#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(AnnounceNode, PlaysEarlyAndReleasesWithoutMore) {
  TestPlan plan("announce: { message: closed }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "announce closed 30s");
  EXPECT_FALSE(call.decision().answered);
  EXPECT_TRUE(call.decision().resumable);
  EXPECT_EQ(call.Way().back(), "trees.main.announce announce:  (plays closed)");
  EXPECT_EQ(call.Tell("played"), "release 480/16 plan");
  EXPECT_THAT(call.Way(), ElementsAre("trees.main.announce announce: then (the message was played)",
                                      "release release:  (ends the call)"));
}

TEST(AnnounceNode, GoesOnWhenItWasPlayed) {
  TestPlan plan("announce: { message: hello, max_duration: 90s, then: { dial: { to: front } } }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "announce hello 1m30s");
  EXPECT_EQ(call.Tell("played"), "dial front");
  EXPECT_FALSE(call.decision().answered);
}

TEST(AnnounceNode, AnswersWhereThePlanSaysSo) {
  TestPlan plan("announce: { message: hello, answering: answer }");
  TestCall call(plan);
  call.Ask();
  EXPECT_TRUE(call.decision().answered);
  EXPECT_EQ(call.Tell("played"), "release 0/16 plan");
}

TEST(AnnounceNode, StaysAnsweredWhenPlayedEarlyLater) {
  TestPlan plan(
      "announce: { message: a, answering: answer, then: { announce: { message: b, "
      "answering: early } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("played"), "announce b 30s");
  EXPECT_TRUE(call.decision().answered);
}

TEST(AnnounceNode, IsEndedByAKeyOnceTheCallIsAnswered) {
  TestPlan plan(
      "announce: { message: a, interruptible: true, then: { announce: { message: b, "
      "answering: answer, interruptible: true, then: { announce: { message: c, interruptible: "
      "true, then: { announce: { message: d } } } } } } }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "announce a 30s");
  EXPECT_EQ(call.Tell("digits:1"),
            "INVALID_ARGUMENT: event: digits cannot follow announce; expected played");
  EXPECT_EQ(call.Tell("played"), "announce b 30s interruptible");
  EXPECT_EQ(call.Tell("no_input"),
            "INVALID_ARGUMENT: event: no_input cannot follow announce; expected played or digits");
  TestCall silent = call;
  EXPECT_EQ(silent.Tell("played"), "announce c 30s interruptible");
  // What is pressed passes over the next one, too; but not over one that is to be heard.
  EXPECT_EQ(call.Tell("digits:1"), "announce d 30s");
  EXPECT_THAT(call.Way(),
              ElementsAre(HasSubstr("announce: then (a key has ended the message)"),
                          HasSubstr("then (a key was pressed already: the message is not played)"),
                          HasSubstr("(plays d)")));
}

TEST(AnnounceNode, RefusesOtherEvents) {
  TestPlan plan("announce: { message: closed }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("busy"),
            "INVALID_ARGUMENT: event: dial result cannot follow announce; expected played");
  EXPECT_THAT(call.Tell("digits:1"), HasSubstr("INVALID_ARGUMENT"));
  EXPECT_EQ(call.Tell("hangup"), "release 487/16 cancelled");
}

TEST(AnnounceNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("announce: {}"), ElementsAre("error missing trees.main.announce.message"));
  EXPECT_THAT(IssuesOf("announce: { message: \"a/b\", max_duration: 121s, then: {} }"),
              ElementsAre("error bad-name trees.main.announce.message",
                          "error bad-value trees.main.announce.max_duration",
                          "error dead-end trees.main.announce.then"));
  EXPECT_THAT(IssuesOf("announce: { message: a, max_duration: 120s, answering: answer }"),
              IsEmpty());
}

TEST(AnnounceNode, TakesNoAnsweringThatItDoesNotKnow) {
  v1::Plan plan = ReadTestPlan("announce: { message: closed }");
  plan.mutable_trees()->at("main").mutable_announce()->set_answering(static_cast<v1::Answering>(3));
  EXPECT_THAT(IssuesOf(plan), testing::Contains("error bad-value trees.main.announce.answering"));
}

}  // namespace
}  // namespace libroute
