// Callers who have hung up and keep their places.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/test_center.h"

namespace libroute::contact {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using State = ContactStanding::State;

void Promise(TestCenter& center, const std::string& contact,
             absl::Duration within = absl::Hours(4)) {
  center.Tell(PromiseCallback{center.Contact(contact), within});
}

void LetRest(TestCenter& center, const std::string& agent, absl::Duration by = absl::Minutes(5)) {
  center.Tell(Rest{center.Agent(agent), center.LastToken(agent), by});
}

ContactStanding LookAt(const TestCenter& center, const std::string& contact) {
  return *center.center().Look(center.Contact(contact));
}

GroupStanding Sales(const TestCenter& center) {
  return *center.center().Look(center.Group("sales"));
}

// It is kept at every instant.
void ExpectAllCounted(const GroupStanding& group, uint64_t in_hand) {
  EXPECT_EQ(group.entered,
            group.answered + group.abandoned + group.gave_up + group.moved + in_hand);
}

TEST(Callback, KeepsItsPlaceAmongCalls) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Arrive("talks", "sales");
  center.Answer("anna");
  center.Arrive("first", "sales");
  center.Arrive("second", "sales");
  Promise(center, "first");
  EXPECT_EQ(LookAt(center, "first").position, 1u);
  EXPECT_TRUE(LookAt(center, "first").is_callback);
  EXPECT_EQ(Sales(center).calls_waiting, 2u);
  EXPECT_EQ(Sales(center).callbacks_waiting, 1u);
  center.Forget();
  center.Finish("anna");
  EXPECT_THAT(center.Offered(), ElementsAre("anna"));
  EXPECT_EQ(LookAt(center, "first").state, State::kOffered);
  EXPECT_EQ(Sales(center).callbacks_waiting, 0u);
}

TEST(Callback, OutlastsItsGroupsTimeClosingAndEmptyDesks) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].max_wait = absl::Minutes(1);
  rules.groups[0].gives_up_without_agents = true;
  rules.groups[0].gives_up_with_none_ready = true;
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("talks", "sales");
  center.Answer("anna");
  center.Arrive("one", "sales");
  center.Arrive("other", "sales");
  Promise(center, "one");
  center.Forget();
  center.Tell(CloseGroup{center.Group("sales"), Closing::kEvict});
  EXPECT_THAT(center.News(), ElementsAre("closed sales", "gave_up other sales closed"));
  center.Tell(LogOut{center.Agent("anna")});
  center.Finish("anna");
  center.Forget();
  center.Wait(absl::Hours(3));
  EXPECT_THAT(center.News(), ElementsAre("ended other forgotten"));
  EXPECT_EQ(LookAt(center, "one").state, State::kWaiting);
  // Whoever is there next calls back, if only then.
  center.Start("anna");
  EXPECT_THAT(center.Offered(), ElementsAre("anna"));
}

TEST(Callback, GivesUpWhenItsOwnTimeIsOver) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Arrive("talks", "sales");
  center.Answer("anna");
  center.Arrive("one", "sales");
  Promise(center, "one", absl::Minutes(90));
  center.Forget();
  center.Wait(absl::Minutes(90) - absl::Microseconds(1));
  EXPECT_THAT(center.News(), IsEmpty());
  center.Wait(absl::Microseconds(1));
  EXPECT_THAT(center.News(), ElementsAre("gave_up one sales timeout"));
  ExpectAllCounted(Sales(center), 0);
}

TEST(Callback, RestsAfterItsCallerWasNotReachedAndWaitsWithItsAge) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Arrive("one", "sales");
  Promise(center, "one");
  center.Answer("anna");
  EXPECT_EQ(LookAt(center, "one").state, State::kActive);
  center.Arrive("later", "sales");
  center.Forget();
  LetRest(center, "anna");
  EXPECT_EQ(LookAt(center, "one").state, State::kRests);
  EXPECT_EQ(LookAt(center, "one").rests_until, center.now() + absl::Minutes(5));
  EXPECT_EQ(LookAt(center, "later").state, State::kOffered) << "anna is free for another one";
  ExpectAllCounted(Sales(center), 2);
  EXPECT_EQ(Sales(center).calls_waiting, 0u) << "what rests does not wait";
  center.Answer("anna");
  center.Arrive("last", "sales");
  center.Wait(absl::Minutes(5));
  EXPECT_EQ(LookAt(center, "one").position, 1u) << "it is older";
  EXPECT_EQ(LookAt(center, "last").position, 2u);
  center.Finish("anna");
  EXPECT_EQ(LookAt(center, "one").state, State::kOffered);
}

TEST(Callback, RestsWithWrapUpAndTheAgentGetsItAgain) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].wrap_up.time = absl::Seconds(10);
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("one", "sales");
  Promise(center, "one");
  center.Answer("anna");
  center.Forget();
  LetRest(center, "anna", absl::Minutes(1));
  EXPECT_THAT(center.News(), ElementsAre("wrap_up one anna"));
  center.Wait(absl::Minutes(1));
  EXPECT_THAT(center.News(), ElementsAre("released one anna", "offered one anna sales"));
}

TEST(Callback, RestsNoLongerThanItIsPromised) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Arrive("one", "sales");
  Promise(center, "one", absl::Minutes(3));
  center.Answer("anna");
  LetRest(center, "anna", absl::Minutes(5));
  center.Forget();
  center.Wait(absl::Minutes(3));
  EXPECT_THAT(center.News(), ElementsAre("gave_up one sales timeout"));
}

TEST(Callback, RestsOnWhenRulesAreSetAnew) {
  CenterRules rules = OneGroup({{"anna"}});
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("one", "sales");
  Promise(center, "one");
  center.Answer("anna");
  LetRest(center, "anna", absl::Minutes(5));
  center.Forget();
  center.Configure(rules);
  EXPECT_THAT(center.Offered(), IsEmpty()) << "anna is free, but it is not its time";
  EXPECT_EQ(LookAt(center, "one").state, State::kRests);
  EXPECT_EQ(Sales(center).calls_waiting, 0u);
  center.Wait(absl::Minutes(5));
  EXPECT_EQ(LookAt(center, "one").state, State::kOffered);
}

TEST(Callback, RestsAlsoBeforeAnybodyHasTakenItUntilThatIsOver) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Arrive("one", "sales");
  EXPECT_EQ(center.Try(RestWaiting{center.Contact("one"), absl::Minutes(5)}).code(),
            absl::StatusCode::kFailedPrecondition);
  Promise(center, "one");
  center.Forget();
  center.Tell(RestWaiting{center.Contact("one"), absl::Minutes(5)});
  EXPECT_THAT(center.News(), ElementsAre("offer_ended one anna withdrawn"));
  EXPECT_EQ(LookAt(center, "one").state, State::kRests);
  EXPECT_EQ(LookAt(center, "one").rests_until, center.now() + absl::Minutes(5));
  center.Tell(RestWaiting{center.Contact("one"), absl::ZeroDuration()});
  EXPECT_THAT(center.Offered(), ElementsAre("anna"));
  center.Tell(RestWaiting{center.Contact("one"), absl::ZeroDuration()});
  EXPECT_EQ(LookAt(center, "one").state, State::kOffered) << "there is no rest to end";
  center.Tell(RestWaiting{center.Contact("one"), absl::Minutes(5)});
  center.Wait(absl::Minutes(5));
  EXPECT_EQ(LookAt(center, "one").state, State::kOffered);
  center.Answer("anna");
  EXPECT_FALSE(center.Try(RestWaiting{center.Contact("one"), absl::Minutes(5)}).ok());
}

TEST(Callback, RestsForTheAgentWhomItWasForAlone) {
  TestCenter center(OneGroup({{"anna"}, {"bob"}}));
  center.Start("anna");
  center.Start("bob");
  center.Arrive("talks", "sales");
  center.Answer("anna");
  Wish wish;
  wish.agent = center.Agent("anna");
  center.Tell(Arrive{"one", Medium::kCall, 0, wish});
  Promise(center, "one");
  center.Finish("anna");
  center.Answer("anna");
  LetRest(center, "anna", absl::Minutes(5));
  EXPECT_EQ(LookAt(center, "one").state, State::kRests);
  center.Forget();
  center.Wait(absl::Minutes(5));
  EXPECT_THAT(center.Offered(), ElementsAre("anna")) << "and nobody else";
  center.Answer("anna");
  LetRest(center, "anna", absl::Hours(3));
  center.Wait(absl::Hours(3));
  EXPECT_EQ(LookAt(center, "one").state, State::kOffered) << "for as long as it is promised";
}

TEST(Callback, IsACallAsAnyOnceItsCallerIsReached) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].max_wait = absl::Minutes(1);
  rules.groups[0].gives_up_with_none_ready = false;
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("one", "sales");
  Promise(center, "one");
  EXPECT_FALSE(center.Try(CallbackReached{center.Contact("one")}).ok()) << "nobody has it";
  center.Answer("anna");
  center.Tell(CallbackReached{center.Contact("one")});
  EXPECT_FALSE(LookAt(center, "one").is_callback);
  EXPECT_FALSE(
      center.Try(Rest{center.Agent("anna"), center.LastToken("anna"), absl::Minutes(1)}).ok());
  center.Tell(NotReady{center.Agent("anna"), ""});
  Wish wish;
  wish.group = center.Group("sales");
  center.Tell(Transfer{center.Agent("anna"), center.LastToken("anna"), wish});
  center.Forget();
  center.Wait(absl::Minutes(1));
  EXPECT_THAT(center.News(), ElementsAre("gave_up one sales timeout"))
      << "the caller is there, and waits as long as the group says";
}

TEST(Callback, MayBePromisedToWhoHasJustGivenUp) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].max_wait = absl::Minutes(1);
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("talks", "sales");
  center.Answer("anna");
  center.Arrive("one", "sales");
  center.Wait(absl::Minutes(1));
  ASSERT_EQ(LookAt(center, "one").state, State::kBetweenGroups);
  Promise(center, "one");
  EXPECT_EQ(LookAt(center, "one").state, State::kWaiting);
  ExpectAllCounted(Sales(center), 1);
}

TEST(Callback, IsMovedAsACallAndKeepsItsPromise) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups.push_back(rules.groups[0]);
  rules.groups[1].name = "second";
  rules.groups[1].max_waiting = 0;
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("talks", "sales");
  center.Answer("anna");
  center.Arrive("one", "sales");
  Promise(center, "one");
  Wish wish;
  wish.group = center.Group("second");
  center.Tell(Enter{center.Contact("one"), wish});
  EXPECT_EQ(LookAt(center, "one").state, State::kWaiting) << "full is for who comes anew";
  EXPECT_EQ(center.center().Look(center.Group("second"))->callbacks_waiting, 1u);
  EXPECT_EQ(Sales(center).callbacks_waiting, 0u);
  center.Wait(absl::Hours(4));
  EXPECT_EQ(LookAt(center, "one").state, State::kBetweenGroups);
}

TEST(Callback, IsForCallsThatNobodyHas) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Arrive("mail", "sales", Medium::kEmail);
  EXPECT_EQ(center.Try(PromiseCallback{center.Contact("mail"), absl::Hours(1)}).code(),
            absl::StatusCode::kFailedPrecondition);
  center.Tell(HangUp{center.Contact("mail")});
  center.Start("anna");
  center.Arrive("one", "sales");
  EXPECT_EQ(center.Try(PromiseCallback{center.Contact("one"), absl::Hours(25)}).message(),
            "within: 25h is not within 1s and 24h");
  center.Answer("anna");
  EXPECT_EQ(center.Try(PromiseCallback{center.Contact("one"), absl::Hours(1)}).message(),
            "contact \"one\" is with agent \"anna\"");
}

}  // namespace
}  // namespace libroute::contact
