#ifndef LIBROUTE_CONTACT_TEST_CENTER_H_
#define LIBROUTE_CONTACT_TEST_CENTER_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/contact/contact_center.h"

namespace libroute::contact {

// A centre that is told things in few words and answers in words: "offered c1 anna
// sales", "presence anna not_ready missed". Offers are named by contact and agent.
// For tests.
class TestCenter {
 public:
  explicit TestCenter(CenterRules rules) { Configure(std::move(rules)); }

  void Configure(CenterRules rules) { Tell(contact::Configure{std::move(rules)}); }
  // Logs in at a phone of his own, and is ready.
  void Start(const std::string& agent) {
    Tell(LogIn{Agent(agent), absl::StrCat("phone of ", agent)});
    Tell(Ready{Agent(agent)});
  }
  void Arrive(const std::string& name, const std::string& group, Medium medium = Medium::kCall,
              int priority = 0) {
    Wish wish;
    wish.group = Group(group);
    Tell(contact::Arrive{name, medium, priority, wish});
  }
  void Answer(const std::string& agent) { Tell(contact::Answer{Agent(agent), LastToken(agent)}); }
  void Finish(const std::string& agent) { Tell(contact::Finish{Agent(agent), LastToken(agent)}); }
  void Decline(const std::string& agent) { Tell(contact::Decline{Agent(agent), LastToken(agent)}); }
  void Wait(absl::Duration time) {
    now_ += time;
    center_.Advance(now_, effects_);
  }

  // Must be accepted.
  void Tell(const Event& event) {
    const absl::Status status = Try(event);
    EXPECT_TRUE(status.ok()) << status;
  }
  absl::Status Try(const Event& event) { return center_.Apply(event, now_, effects_); }

  AgentId Agent(const std::string& name) const { return center_.FindAgent(name).value(); }
  GroupId Group(const std::string& name) const { return center_.FindGroup(name).value(); }
  ContactId Contact(const std::string& name) const { return center_.FindContact(name).value(); }
  // Of what the agent has, the one offered last.
  Token LastToken(const std::string& agent) const {
    const AgentStanding standing = *center_.Look(Agent(agent));
    return standing.slots.empty() ? 0 : standing.slots.back().token;
  }
  const ContactCenter& center() const { return center_; }
  absl::Time now() const { return now_; }

  // What happened since the last time that it was asked.
  std::vector<std::string> News() {
    std::vector<std::string> news;
    for (; told_ < effects_.size(); ++told_) news.push_back(InWords(effects_[told_]));
    return news;
  }
  void Forget() { News(); }
  // Who was offered contacts, one after the other.
  std::vector<std::string> Offered() {
    std::vector<std::string> offered;
    for (; told_ < effects_.size(); ++told_) {
      if (effects_[told_].kind == Effect::Kind::kArrived) InWords(effects_[told_]);
      if (effects_[told_].kind != Effect::Kind::kOffered) continue;
      offered.push_back(center_.NameOf(effects_[told_].agent));
    }
    return offered;
  }

 private:
  static std::string OrGone(const std::string& name) { return name.empty() ? "(gone)" : name; }
  std::string InWords(const Effect& effect) {
    std::string words(KindName(effect.kind));
    if (effect.kind == Effect::Kind::kArrived) names_[effect.contact] = effect.text;
    if (effect.contact) absl::StrAppend(&words, " ", names_[effect.contact]);
    if (effect.agent) absl::StrAppend(&words, " ", OrGone(center_.NameOf(effect.agent)));
    if (effect.group) absl::StrAppend(&words, " ", OrGone(center_.NameOf(effect.group)));
    if (effect.reason != Reason::kNone) absl::StrAppend(&words, " ", ReasonName(effect.reason));
    if (effect.kind == Effect::Kind::kPresence) {
      absl::StrAppend(&words, " ", PresenceName(effect.presence));
      if (!effect.text.empty()) absl::StrAppend(&words, " ", effect.text);
    }
    return words;
  }

  ContactCenter center_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  Effects effects_;
  size_t told_ = 0;
  absl::flat_hash_map<ContactId, std::string> names_;
};

// Agents by these names, and one group `sales` of all of them with these indices.
struct TestMember {
  std::string name;
  int index = 100;
};
inline CenterRules OneGroup(const std::vector<TestMember>& members) {
  CenterRules rules;
  GroupRules group;
  group.name = "sales";
  for (const TestMember& member : members) {
    AgentRules agent;
    agent.name = member.name;
    rules.agents.push_back(agent);
    group.members.push_back({member.name, member.index});
  }
  rules.groups.push_back(group);
  return rules;
}

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_TEST_CENTER_H_
