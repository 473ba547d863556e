// Callers who are called back, and what may get lost of that: switches, agents, messages that
// cross each other.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/contacts.h"
#include "libroute/engine/test_callback.h"
#include "libroute/engine/test_inventory.h"
#include "libroute/record/test_record.h"

namespace libroute {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// Two who are called back, and anna is free for them.
class LostCallback : public CallbackTest {
 protected:
  LostCallback() : one_(desk_, "c1"), two_(desk_, "c2") {
    one_.Tell("callback");
    two_.Tell("callback:+32475123457");
    Free();
  }
  State StateOf(const std::string& reference) { return Find(reference)->standing.state; }
  // Until an offer that nobody was told of has ended.
  void PassUnheard() { Pass(absl::Seconds(15 + 20)); }

  Caller one_;
  Caller two_;
};

TEST_F(LostCallback, ThoseOfASwitchThatIsAwayKeepNoAgentFromOthers) {
  EXPECT_EQ(StateOf("c1"), State::kOffered);
  PassUnheard();
  EXPECT_EQ(StateOf("c1"), State::kRests);
  EXPECT_EQ(StateOf("c2"), State::kRests) << "it is not tried by one after the other";
  EXPECT_THAT(Anna().slots, IsEmpty());
  EXPECT_EQ(Anna().presence, contact::Presence::kReady) << "she has missed nothing";
  Caller live(desk_, "c3");
  EXPECT_EQ(live.Told(), "dial anna +3222000201");
  Pass(absl::Seconds(1));
  live.Report(ReportKind::kReleased);
  Pass(absl::Minutes(5));
  EXPECT_EQ(StateOf("c1"), State::kOffered) << "from time to time";
}

TEST_F(LostCallback, ThoseRestNoLongerWhenTheirSwitchIsThere) {
  PassUnheard();
  EXPECT_EQ(one_.Ask(), "dial anna +3222000201") << "it asks";
  EXPECT_EQ(StateOf("c2"), State::kRests);
  desk_.engine().WatchSwitch("sw", true, desk_.now);
  EXPECT_EQ(StateOf("c2"), State::kWaiting) << "it has a session";
}

TEST_F(LostCallback, WhoWasNotReachedRestsAlsoIfTheSwitchWasAwayBefore) {
  PassUnheard();
  one_.Ask();
  one_.Answered();
  one_.Tell(NotReached());
  EXPECT_EQ(StateOf("c1"), State::kRests);
  one_.Ask();
  desk_.engine().WatchSwitch("sw", true, desk_.now);
  EXPECT_EQ(StateOf("c1"), State::kRests);
}

TEST_F(LostCallback, WhoWasToldOfIsNotTakenForLost) {
  EXPECT_EQ(one_.Ask(), "dial anna +3222000201");
  PassUnheard();
  EXPECT_NE(StateOf("c2"), State::kRests);
}

TEST_F(LostCallback, WhoIsNotDialledAnyMoreHasNotHungUp) {
  MustSet(desk_.engine(),
          "network: ours\nbarred_destinations: [{ name: fraud, numbers: \"+32475123456\" }]");
  EXPECT_EQ(one_.Ask(), "release");
  EXPECT_EQ(desk_.Group("desk").standing.abandoned, 0u);
  EXPECT_EQ(desk_.Group("desk").standing.gave_up, 1u);
}

TEST_F(CallbackTest, IsDialledAnewIfTheKeyCrossesADial) {
  Caller caller(desk_, "c1");
  const std::string waits = caller.decision().continuation;
  Free();
  ASSERT_TRUE(caller.Hear().has_value());
  ASSERT_EQ(caller.Told(), "dial anna +3222000201");
  EXPECT_FALSE(DialOf(caller).callback.has_value());
  desk_.engine().TakeContactNews();
  EXPECT_THAT(caller.TellAfter(waits, TestEvent("callback")), HasSubstr("wait desk"));
  EXPECT_TRUE(WaitOf(caller).promise.has_value()) << "the caller hears so first";
  EXPECT_THAT(desk_.engine().TakeContactNews().calls, Contains(caller.id()));
  ASSERT_TRUE(caller.Hear().has_value());
  ASSERT_EQ(caller.Told(), "dial anna +3222000201");
  EXPECT_TRUE(DialOf(caller).callback.has_value());
  caller.Answered();
  EXPECT_EQ(Find("c1")->standing.state, State::kActive);
}

TEST_F(CallbackTest, IsReleasedAtOnceIfItsContactIsGone) {
  Caller caller(desk_, "c1");
  Pass(absl::Seconds(100));
  desk_.engine().KeepLive("sw", 1, std::vector<std::string>{"other", "c1"}, desk_.now);
  // The centre has forgotten it, the call was not told so yet.
  Pass(absl::Seconds(30));
  ASSERT_EQ(Find("c1"), std::nullopt);
  EXPECT_EQ(caller.Tell("callback"), "release") << "nobody would call";
}

TEST_F(CallbackTest, OutlivesAStartOfTheSwitchThatIsReportedTwice) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Restart(2);
  Pass(absl::Seconds(10));
  Reach(caller);
  Restart(2);
  EXPECT_EQ(Find("c1")->standing.state, State::kActive) << "anna talks with the caller";
  Restart(3);
  EXPECT_EQ(Find("c1"), std::nullopt);
  EXPECT_EQ(Anna().slots.at(0).state, contact::AgentStanding::Slot::State::kWrapUp);
}

TEST_F(CallbackTest, ANumberIsPromisedOnce) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Caller again(desk_, "c2");
  Call call = TestCall("+3222000100", "c2");
  call.step = 1;
  Decision decision;
  const auto refused = desk_.engine().Resume(call, again.decision().continuation,
                                             TestEvent("callback"), desk_.now, decision);
  EXPECT_EQ(refused.status().message(),
            "event.callback_wanted.number: \"+32475123456\" is to be called back already, for "
            "another call");
  EXPECT_THAT(caller.Ask(), HasSubstr("wait desk")) << "that is its own";
  caller.Report(ReportKind::kReleased);
  EXPECT_THAT(again.Tell("callback"), HasSubstr("wait desk"));
  EXPECT_TRUE(WaitOf(again).promise.has_value());
}

// Contacts without an engine: one that comes with what was promised before.
TEST(CallbackContacts, RestsIfItComesWithAPromiseThatDoes) {
  Contacts contacts(
      CenterOptions{.waits_unattended = false, .lease = absl::Hours(1), .on_news = {}});
  contact::CenterRules rules;
  rules.agents.emplace_back().name = "anna";
  contact::GroupRules& group = rules.groups.emplace_back();
  group.name = "desk";
  group.members.push_back({"anna", 100});
  contacts.Configure(0, rules, {}, absl::UTCTimeZone(), kTestNow);
  Center& center = *contacts.FindCenter(0);
  AgentAct act;
  act.agent = "anna";
  act.kind = AgentAct::Kind::kLogIn;
  act.phone = "+3222000201";
  ASSERT_TRUE(center.Act(act, kTestNow).ok());
  act.kind = AgentAct::Kind::kReady;
  ASSERT_TRUE(center.Act(act, kTestNow).ok());
  Enter enter;
  enter.contact.call = {"sw", 1, "c1"};
  enter.contact.group = "desk";
  enter.contact.max_wait = absl::Hours(1);
  enter.contact.promise =
      CallbackPromise{*E164Number::Parse("+32475123456"), 1, kTestNow + absl::Hours(1),
                      kTestNow + absl::Minutes(5), absl::Minutes(5)};
  ASSERT_TRUE(contacts.Enter(enter, kTestNow).ok());
  const std::vector<ContactEntry> entries = center.ListContacts();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].standing.state, contact::ContactStanding::State::kRests);
  EXPECT_EQ(entries[0].standing.rests_until, kTestNow + absl::Minutes(5));
}

KeptRecords& RecordsOfCallbacks() {
  static KeptRecords records;
  return records;
}

EngineOptions RecordingOptions() {
  EngineOptions options = TestOptions();
  options.records = &RecordsOfCallbacks();
  return options;
}

class RecordedCallback : public CallbackTest {
 protected:
  RecordedCallback() : CallbackTest(kCallbackPlan, RecordingOptions()) {
    RecordsOfCallbacks().Take();
  }
  static std::vector<CallRecord> Of(const std::string& reference) {
    std::vector<CallRecord> records = RecordsOfCallbacks().Take();
    std::erase_if(records,
                  [&](const CallRecord& each) { return each.call.reference != reference; });
    return records;
  }
};

TEST_F(RecordedCallback, HasOneRecordWhateverBecomesOfTheSwitch) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Restart(2);
  EXPECT_THAT(Of("c1"), IsEmpty());
  Pass(absl::Seconds(10));
  Reach(caller);
  Restart(2);
  EXPECT_THAT(Of("c1"), IsEmpty());
  caller.Report(ReportKind::kReleased);
  const std::vector<CallRecord> records = Of("c1");
  ASSERT_EQ(records.size(), 1u);
  EXPECT_FALSE(records[0].partial);
  ASSERT_EQ(records[0].legs.size(), 2u) << "anna, and the caller";
  EXPECT_EQ(records[0].legs[1].attempt.target, kCallbackTarget);
}

TEST(CallbackRecord, IsOpenForAsLongAsThatIsPromised) {
  std::string plan = kCallbackPlan;
  plan.replace(plan.find("within: 2h"), 10, "within: 20h");
  KeptRecords kept;
  EngineOptions options = TestOptions();
  options.records = &kept;
  Desk desk(plan, options);
  desk.Start("anna", "+3222000201");
  Caller other(desk, "other");
  other.Answered();
  Caller caller(desk, "c1");
  caller.Tell("callback");
  desk.Do(AgentAct::Kind::kNotReady, "anna");
  desk.now += absl::Hours(13);
  desk.engine().Advance(desk.now);
  for (const CallRecord& record : kept.Take()) EXPECT_EQ(record.call.reference, "other");
  caller.Report(ReportKind::kReleased);
  const std::vector<CallRecord> records = kept.Take();
  ASSERT_EQ(records.size(), 1u);
  EXPECT_FALSE(records[0].partial);
}

}  // namespace
}  // namespace libroute
