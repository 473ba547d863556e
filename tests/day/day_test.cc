// The days of examples/day: whatever is drawn by lot, every call ends once, no agent has two,
// nobody waits for nothing, and the figures add up.

#include "examples/day/day.h"

#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/day/days.h"

namespace center_day {
namespace {

using libroute::AgentNow;
using libroute::ContactEntry;
using libroute::GroupNow;
using testing::HasSubstr;
using Slot = libroute::contact::AgentStanding::Slot;

bool IsEmail(const libroute::ContactDetails& contact) {
  return contact.medium == libroute::contact::Medium::kEmail;
}

// Plays days, and looks after each step whether all is well.
class Player {
 public:
  explicit Player(Example example)
      : example_(std::move(example)), plan_(*example_.plan), day_(Begin(example_, log_)) {}

  void Play() {
    while (!testing::Test::HasFailure() && day_->Step()) Look();
    EXPECT_TRUE(day_->status().ok()) << day_->status();
    EXPECT_TRUE(day_->calls().calls().empty()) << "calls are left at midnight";
    // What nobody got round to waits for the next morning.
    const auto left = day_->engine().ListContacts(plan_.customer());
    ASSERT_TRUE(left.ok());
    EXPECT_EQ(left->size(), day_->mail().letters().size());
    for (const ContactEntry& contact : *left) {
      EXPECT_EQ(contact.details.medium, libroute::contact::Medium::kEmail);
      EXPECT_EQ(contact.agent, "");
    }
    CheckFigures();
    CheckLog();
  }

  std::string log() const { return log_.str(); }
  DayAtCenter& day() { return *day_; }
  // Besides all the rest: nobody waits while somebody is free who may take him. For days on
  // which all phones are answered.
  bool is_answered_always = false;

 private:
  static std::unique_ptr<DayAtCenter> Begin(const Example& example, std::ostream& log) {
    auto day = DayAtCenter::Begin(*example.plan, {}, example.script, log);
    EXPECT_TRUE(day.ok()) << day.status();
    return *std::move(day);
  }

  void Look() {
    SCOPED_TRACE(absl::FormatTime(day_->now()));
    LookAtAgents();
    LookAtGroups();
    if (is_answered_always) LookForFreeAgents();
  }

  void LookAtAgents() {
    std::map<std::string, std::string> talks;
    for (const auto& [number, call] : day_->calls().calls()) {
      for (const std::string& agent : {call.agent, call.consulted}) {
        if (agent.empty()) continue;
        EXPECT_TRUE(talks.emplace(agent, call.call.id.reference).second)
            << agent << " talks with two";
      }
    }
    const auto agents = day_->engine().Agents(plan_.customer());
    ASSERT_TRUE(agents.ok());
    std::map<std::string, int> emails;
    for (const AgentNow& agent : *agents) {
      std::string talks_with;
      for (size_t i = 0; i < agent.standing.slots.size(); ++i) {
        if (agent.standing.slots[i].state != Slot::State::kActive) continue;
        if (IsEmail(agent.contacts[i])) {
          ++emails[agent.name];
          continue;
        }
        EXPECT_EQ(talks_with, "") << agent.name;
        talks_with = agent.contacts[i].call.reference;
      }
      // The engine and the switch agree on who talks with whom.
      EXPECT_EQ(talks_with, talks[agent.name]) << agent.name;
    }
    // And so do the desks, on who has which e-mails.
    std::map<std::string, int> taken;
    for (const auto& [number, letter] : day_->mail().letters()) {
      if (!letter.agent.empty()) ++taken[letter.agent];
    }
    EXPECT_EQ(emails, taken);
  }

  void LookAtGroups() {
    std::map<std::string, uint64_t> seeking;
    for (const auto& [number, call] : day_->calls().calls()) {
      if (call.is_seeking) ++seeking[call.group];
    }
    for (const auto& [number, letter] : day_->mail().letters()) {
      if (letter.agent.empty()) ++seeking[letter.group];
    }
    for (const GroupNow& group : Groups()) {
      const auto& counts = group.standing;
      EXPECT_EQ(counts.entered, counts.answered + counts.abandoned + counts.gave_up + counts.moved +
                                    seeking[group.name])
          << group.name;
    }
  }

  void LookForFreeAgents() {
    std::map<std::string, size_t> free;
    for (const GroupNow& group : Groups()) free[group.name] = group.standing.free_for_calls;
    const auto contacts = day_->engine().ListContacts(plan_.customer());
    ASSERT_TRUE(contacts.ok());
    for (const ContactEntry& contact : *contacts) {
      if (IsEmail(contact.details)) continue;
      // Who has no place waits for one agent; a phone may have rung for too long.
      const PhoneCall& call = day_->calls().calls().at(std::stoi(contact.details.call.reference));
      if (contact.standing.position == 0 || call.has_rung) continue;
      const std::string& group = contact.details.group;
      // With steps not everybody will do from the beginning.
      if (plan_.groups().at(group).steps_size() > 0) {
        EXPECT_EQ(FreeFromTheBeginning(group), "") << call.name() << " waits in " << group;
      } else {
        EXPECT_EQ(free[group], 0u) << call.name() << " waits in " << group;
      }
      ++looked_at_;
    }
  }
  // Of a group that is for the skill of its name, who is free and good enough before any step.
  std::string FreeFromTheBeginning(const std::string& group) {
    const auto agents = day_->engine().Agents(plan_.customer());
    if (!agents.ok()) return agents.status().ToString();
    for (const AgentNow& agent : *agents) {
      const auto& skills = plan_.agents().at(agent.name).skills();
      const auto skill = skills.find(group);
      if (skill == skills.end() || skill->second < plan_.groups().at(group).least_index()) continue;
      const bool is_free = agent.standing.presence == libroute::contact::Presence::kReady &&
                           agent.standing.slots.empty();
      if (is_free) return agent.name;
    }
    return "";
  }

  void CheckFigures() {
    for (const GroupNow& group : Groups()) {
      const auto& counts = group.standing;
      uint64_t waiting = 0;
      for (const auto& [number, letter] : day_->mail().letters()) {
        if (letter.agent.empty() && letter.group == group.name) ++waiting;
      }
      EXPECT_EQ(counts.entered,
                counts.answered + counts.abandoned + counts.gave_up + counts.moved + waiting);
      // What callers have seen is what the engine has counted.
      const std::vector<absl::Duration>& waits = day_->figures().AnsweredWaits(group.name);
      EXPECT_EQ(waits.size(), counts.answered) << group.name;
      const auto& rules = plan_.groups().at(group.name);
      const absl::Duration target = rules.has_answer_target()
                                        ? absl::Seconds(rules.answer_target().seconds())
                                        : absl::Seconds(20);
      uint64_t in_time = 0;
      for (absl::Duration wait : waits) in_time += wait <= target ? 1 : 0;
      EXPECT_EQ(counts.answered_in_time, in_time) << group.name;
    }
    if (!is_answered_always) return;
    EXPECT_GT(looked_at_, 0) << "nobody has waited";
  }

  // Every call comes once and ends once, in this order, and nothing happens to it afterwards.
  void CheckLog() {
    std::set<std::string> lives;
    std::set<std::string> over;
    for (absl::string_view line : absl::StrSplit(log_.str(), '\n')) {
      if (!absl::StrContains(line, "  call ")) continue;
      const std::string call(line.substr(10, 10));
      EXPECT_FALSE(over.contains(call)) << line;
      if (absl::StrContains(line, " comes from ")) {
        EXPECT_TRUE(lives.insert(call).second) << line;
      }
      EXPECT_TRUE(lives.contains(call)) << line;
      if (absl::StrContains(line, " ends: ")) over.insert(call);
    }
    EXPECT_EQ(lives.size(), over.size());
    EXPECT_EQ(lives.size(), static_cast<size_t>(day_->figures().came()));
  }

  std::vector<GroupNow> Groups() {
    const auto groups = day_->engine().Groups(plan_.customer());
    EXPECT_TRUE(groups.ok()) << groups.status();
    return groups.ok() ? *groups : std::vector<GroupNow>();
  }

  const Example example_;
  const libroute::v1::Plan& plan_;
  std::ostringstream log_;
  std::unique_ptr<DayAtCenter> day_;
  int looked_at_ = 0;
};

class Days : public testing::TestWithParam<const char*> {};

TEST_P(Days, EveryCallEndsOnceAndNoAgentHasTwo) {
  Example example = ReadExample(GetParam());
  for (uint64_t seed = 1; seed <= 5 && !HasFailure(); ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    example.script.seed = seed;
    Player player(example);
    player.Play();
    EXPECT_GT(player.day().figures().came(), 250);
  }
}

TEST_P(Days, NobodyWaitsWhileSomebodyIsFree) {
  Example example = ReadExample(GetParam());
  example.script.not_answered = 0;
  example.script.busy = 0;
  Player player(example);
  player.is_answered_always = true;
  player.Play();
}

TEST_P(Days, AreTheSameForTheSameSeed) {
  Example example = ReadExample(GetParam());
  Player first(example);
  first.Play();
  Player second(example);
  second.Play();
  EXPECT_EQ(first.log(), second.log());
  ++example.script.seed;
  Player other(example);
  other.Play();
  EXPECT_NE(first.log(), other.log());
}

INSTANTIATE_TEST_SUITE_P(Examples, Days, testing::Values("two-level-desk", "bilingual-centre"),
                         [](const auto& info) {
                           return std::string(info.param) == "two-level-desk" ? "TwoLevelDesk"
                                                                              : "BilingualCentre";
                         });

TEST(TwoLevelDesk, CallsAreHandedOnBlindAndAfterConsulting) {
  Player player(ReadExample("two-level-desk"));
  player.Play();
  const std::string log = player.log();
  for (const char* what :
       {"hands it on to network-experts", "hands it on to software-experts",
        "while the caller waits", "hands it over to eva", "hands it over to finn",
        "in network-experts\n", "in first-level for bruno", "does not answer", "'s phone is busy",
        "has a break until 12:45: lunch", "has missed a call, and has a break",
        "hears the message \"closed\"", "has left a message in mailbox \"desk\""}) {
    EXPECT_THAT(log, HasSubstr(what));
  }
}

TEST(BilingualCentre, OthersHelpOutWhenItTakesLong) {
  Player player(ReadExample("bilingual-centre"));
  player.Play();
  const std::string log = player.log();
  for (const char* what : {"boris (everybody) answers", "is not answered in ",
                           "waits in everybody, place 1", "rosa answers"}) {
    EXPECT_THAT(log, HasSubstr(what));
  }
}

TEST(BilingualCentre, WhoWaitsHearsAtWhichPlace) {
  Player player(ReadExample("bilingual-centre"));
  player.Play();
  EXPECT_THAT(player.log(), HasSubstr("hears \"patience-fr\", place 1"));
}

TEST(BilingualCentre, EmailsAreAnsweredBetweenCalls) {
  Player player(ReadExample("bilingual-centre"));
  player.Play();
  const std::string log = player.log();
  for (const char* what : {"  email 1   comes from customer-", " takes it after ",
                           "  email 1   ends: is answered by "}) {
    EXPECT_THAT(log, HasSubstr(what));
  }
  EXPECT_GT(player.day().figures().emails(), 30);
  EXPECT_LT(player.day().mail().letters().size(), 5u);
}

TEST(BilingualCentre, AlarmsAreToldWhenTheyAreRaisedAndCleared) {
  Player player(ReadExample("bilingual-centre"));
  player.Play();
  const std::string log = player.log();
  for (const char* what : {"alarm: many wait", "the alarm is over: many wait",
                           "alarm: the first has waited for long"}) {
    EXPECT_THAT(log, HasSubstr(what));
  }
}

// What the two examples do not have: menus, digits, outside numbers, several phones at once,
// surveys.
TEST(OtherPlans, ArePlayedAsWell) {
  const char* plan = R"(
customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {}, bob: {} }
destinations: { mobile: { number: "+32475000001", ring: 15s, confirm: press-one } }
groups: { desk: { agents: [anna, bob], strategy: ring_all, missed_limit: 0, max_waiting: 1 } }
mailboxes: [{ addresses: ["desk@acme.example"], tree: mail }, { addresses: ["info@acme.example"], tree: told }, { addresses: ["old@acme.example"], tree: gone }]
trees:
  mail: { agents: { group: desk, wait: 5m, on_timeout: { forward_email: { to: "boss@example.com" } } } }
  told: { auto_reply: { message: soon } }
  gone: { discard: {} }
  main: { menu: { message: which, keys: { "1": { goto: desk }, "2": { goto: code } }, otherwise: { goto: out } } }
  code: { collect: { message: code, into: code, max_digits: 4, then: { goto: out }, otherwise: { goto: out } } }
  out: { dial: { to: mobile, otherwise: { goto: desk } } }
  desk: { agents: { group: desk, wait: 30s, after: { announce: { message: survey } }, otherwise: { reject: { cause: busy } } } }
)";
  const char* day = R"(
date: "2026-11-24"
seed: 3
calls: [{ called: "+3222000100", flows: { from: "09:00", to: "12:00", per_hour: 40 } }]
emails:
  - { to: "desk@acme.example", flows: { from: "08:00", to: "12:00", per_hour: 6 } }
  - { to: "info@acme.example", flows: { from: "08:00", to: "12:00", per_hour: 2 } }
  - { to: "old@acme.example", flows: { from: "08:00", to: "12:00", per_hour: 2 } }
phones: { not_answered: 30, busy: 20 }
agents:
  anna: { phone: "+3222000201", from: "08:55", to: "11:30" }
  bob: { phone: "+3222000202", from: "09:30", to: "12:00", breaks: { at: "10:00", lasts: 10m } }
groups: { desk: { talk: 2m } }
)";
  Player player(MakeExample(plan, day));
  player.Play();
  for (const char* what :
       {"presses 1", "presses 2", "types 4 digits", "rings at mobile", "mobile answers",
        "mobile does not answer", "rings at bob", "does not ring at bob any more",
        "does not ring at anna any more", "hangs up\n", "ends: is sent on to boss@example.com",
        "ends: is answered automatically by soon", "ends: is discarded",
        "hears the message \"survey\"", "ends: is released"}) {
    EXPECT_THAT(player.log(), HasSubstr(what));
  }
}

}  // namespace
}  // namespace center_day
