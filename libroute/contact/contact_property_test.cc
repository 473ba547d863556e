// Random events against invariants, against what is looked up slowly, and
// against themselves again.

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/contact/floor.h"
#include "libroute/contact/random_floor.h"
#include "libroute/contact/reference_floor.h"
#include "libroute/schedule/test_long.h"

namespace libroute::contact {
namespace {

constexpr Micros kBeginning = 1'800'000'000'000'000;

// What effects promise about each other.
class LifeChecker {
 public:
  // Empty if all is well.
  std::string Add(const Effect& effect) {
    if (effect.number != ++numbers_) return "a gap in the numbers";
    const auto contact = std::make_pair(effect.contact.slot, effect.contact.generation);
    switch (effect.kind) {
      case Effect::Kind::kArrived:
        return contacts_.emplace(contact, true).second ? "" : "arrives twice";
      case Effect::Kind::kOffered:
        if (effect.token <= last_token_) return "an old token";
        last_token_ = effect.token;
        offers_[effect.token] = effect.agent;
        return contacts_.contains(contact) && contacts_[contact] ? "" : "offered after its end";
      case Effect::Kind::kAnswered:
      case Effect::Kind::kOfferEnded: {
        auto offer = offers_.find(effect.token);
        if (offer == offers_.end()) return "the offer had ended";
        const bool is_his = offer->second == effect.agent;
        offers_.erase(offer);
        return is_his ? "" : "another agent's offer";
      }
      case Effect::Kind::kEnded:
        if (!contacts_[contact]) return "ends twice";
        contacts_[contact] = false;
        return "";
      default:
        return "";
    }
  }
  size_t ended() const {
    return std::count_if(contacts_.begin(), contacts_.end(),
                         [](const auto& contact) { return !contact.second; });
  }
  size_t live() const { return contacts_.size() - ended(); }
  size_t live_offers() const { return offers_.size(); }

 private:
  uint64_t numbers_ = 0;
  Token last_token_ = 0;
  std::map<std::pair<uint32_t, uint32_t>, bool> contacts_;
  std::map<Token, AgentId> offers_;
};

struct Timed {
  Micros at = 0;
  Event event;
};

// Keeps what supervisors change in a simple way: as rules that are written otherwise.
class Supervisor {
 public:
  // Of agent and group.
  using Names = std::pair<std::string, std::string>;
  static Names NamesIn(const Event& event, const Floor& floor) {
    Names names;
    const auto note = [&](AgentId agent) {
      if (floor.agents().Get(agent) != nullptr) names.first = floor.agents().name(agent.slot);
    };
    if (const auto* skill = std::get_if<AdjustSkill>(&event)) note(skill->agent);
    if (const auto* reset = std::get_if<ResetAgent>(&event)) note(reset->agent);
    if (const auto* index = std::get_if<AdjustIndex>(&event)) {
      note(index->agent);
      if (floor.groups().Get(index->group) != nullptr) {
        names.second = floor.groups().name(index->group.slot);
      }
    }
    return names;
  }

  void Publish(const CenterRules& rules) {
    std::erase_if(changes_, [&](const auto& change) {
      return Written(written_, change.first) != Written(rules, change.first);
    });
    written_ = rules;
  }

  void Hear(const Event& event, const Names& names) {
    if (const auto* skill = std::get_if<AdjustSkill>(&event)) {
      changes_[{names.first, skill->skill, ""}] = skill->index;
    }
    if (const auto* index = std::get_if<AdjustIndex>(&event)) {
      changes_[{names.first, "", names.second}] = index->index;
    }
    if (std::holds_alternative<ResetAgent>(event)) {
      std::erase_if(changes_,
                    [&](const auto& change) { return change.first.agent == names.first; });
    }
    std::erase_if(changes_, [&](const auto& change) {
      return Written(written_, change.first) == change.second;
    });
  }

  CenterRules Rules() const {
    CenterRules rules = written_;
    for (const auto& [what, index] : changes_) {
      for (AgentRules& agent : rules.agents) {
        if (agent.name != what.agent || what.skill.empty()) continue;
        std::erase_if(agent.skills,
                      [&](const AgentSkill& skill) { return skill.skill == what.skill; });
        if (index > 0) agent.skills.push_back({what.skill, index});
      }
      for (GroupRules& group : rules.groups) {
        if (group.name != what.group) continue;
        std::erase_if(group.members,
                      [&](const Member& member) { return member.agent == what.agent; });
        if (index > 0) group.members.push_back({what.agent, index});
      }
    }
    return rules;
  }

 private:
  struct What {
    std::string agent;
    std::string skill;
    std::string group;
    friend auto operator<=>(const What&, const What&) = default;
  };

  // 0: not at all; -1: there is no such agent or group.
  static int Written(const CenterRules& rules, const What& what) {
    const AgentRules* known = nullptr;
    for (const AgentRules& agent : rules.agents) {
      if (agent.name == what.agent) known = &agent;
    }
    if (known == nullptr) return -1;
    if (what.group.empty()) {
      for (const AgentSkill& skill : known->skills) {
        if (skill.skill == what.skill) return skill.index;
      }
      return 0;
    }
    for (const GroupRules& group : rules.groups) {
      if (group.name != what.group) continue;
      for (const Member& member : group.members) {
        if (member.agent == what.agent) return member.index;
      }
      return 0;
    }
    return -1;
  }

  CenterRules written_;
  std::map<What, int> changes_;
};

class PropertyRun {
 public:
  explicit PropertyRun(uint64_t seed) : seed_(seed), random_(seed) {}

  // Whether all went well; else it is printed.
  bool Run(int events) {
    Configure(random_.Rules());
    for (int i = 0; i < events; ++i) {
      now_ += random_.Pause();
      if (random_.Below(2000) == 0) Configure(random_.Rules());
      if (!Step()) return false;
    }
    return CheckReplay();
  }
  size_t ended() const { return life_.ended(); }
  size_t refused() const { return refused_; }
  size_t outside() const { return outside_; }

 private:
  void Configure(CenterRules rules) {
    supervisor_.Publish(rules);
    EXPECT_TRUE(Apply(contact::Configure{std::move(rules)}).ok());
  }

  absl::Status Apply(Event event) {
    history_.push_back({now_, event});
    // The event may be about those whom it lets go.
    const Supervisor::Names names = Supervisor::NamesIn(event, floor_);
    const absl::Status status = floor_.Apply(event, now_, effects_);
    if (!status.ok()) ++refused_;
    if (status.ok()) supervisor_.Hear(event, names);
    if (status.ok() && std::holds_alternative<AnsweredOutside>(event)) ++outside_;
    return status;
  }

  bool Step() {
    floor_.Advance(now_, effects_);
    const Event event = random_.Next(floor_);
    const CenterRules before = supervisor_.Rules();
    const ReferenceFloor reference(floor_, before);
    const uint32_t expected = ExpectedAgent(reference, event);
    const uint32_t chosen = ExpectedContact(reference, event);
    const Arrive* arrive = std::get_if<Arrive>(&event);
    const bool has_place = arrive != nullptr && floor_.groups().Get(arrive->wish.group) != nullptr;
    const Micros arrival = has_place ? reference.ArrivalOf(*arrive) : 0;
    const size_t from = effects_.size();
    const absl::flat_hash_set<ContactId> promised = Promised();
    const absl::Status status = Apply(event);
    const CenterRules after = supervisor_.Rules();
    std::string fault = ReferenceFloor(floor_, after).Check();
    if (!status.ok() && effects_.size() != from) fault += "a refused event had effects\n";
    if (status.ok()) CheckChoice(expected, chosen, from, fault);
    if (status.ok() && has_place) {
      const ContactId come = floor_.contacts().Find(arrive->name);
      if (floor_.contacts()[come.slot].key.arrival != arrival) fault += "has another's place\n";
    }
    for (; checked_ < effects_.size(); ++checked_) {
      fault += life_.Add(effects_[checked_]);
      const Effect& effect = effects_[checked_];
      // Whatever becomes of agents, and of its group as long as there is one.
      if (effect.kind == Effect::Kind::kGaveUp && promised.contains(effect.contact) &&
          floor_.groups().Get(effect.group) != nullptr &&
          effect.reason != Reason::kTimeout && effect.reason != Reason::kForgotten) {
        absl::StrAppend(&fault, "a callback gives up: ", ReasonName(effect.reason), "\n");
      }
    }
    if (life_.live() != floor_.contacts().size()) fault += "contacts lost\n";
    return fault.empty() ? true : Fail(fault);
  }

  absl::flat_hash_set<ContactId> Promised() const {
    absl::flat_hash_set<ContactId> promised;
    for (uint32_t slot = 0; slot < floor_.contacts().slots(); ++slot) {
      if (floor_.contacts().used(slot) && floor_.contacts()[slot].keeps_promise()) {
        promised.insert(floor_.contacts().id(slot));
      }
    }
    return promised;
  }

  // For a contact that comes: who has to be offered it first.
  uint32_t ExpectedAgent(const ReferenceFloor& reference, const Event& event) const {
    const Arrive* arrive = std::get_if<Arrive>(&event);
    if (arrive == nullptr || arrive->wish.agent) return kAnything;
    const Group* group = floor_.groups().Get(arrive->wish.group);
    if (group == nullptr || (group->is_closed && arrive->medium == Medium::kCall)) return kAnything;
    return reference.PickFor(floor_.groups().name(arrive->wish.group.slot), arrive->medium);
  }

  // For an agent who comes back with nothing to do: which contact comes first.
  uint32_t ExpectedContact(const ReferenceFloor& reference, const Event& event) const {
    const Ready* ready = std::get_if<Ready>(&event);
    if (ready == nullptr || supervisor_.Rules().choice == ContactChoice::kServiceLevel)
      return kAnything;
    const Agent* agent = floor_.agents().Get(ready->agent);
    if (agent == nullptr || agent->presence != Presence::kNotReady || !agent->works.empty()) {
      return kAnything;
    }
    if (agent->line != Line::kIdle || agent->phone_rest_until != kNever) return kAnything;
    if (agent->disconnected_until != kNever || agent->is_removed) return kAnything;
    return reference.ChooseFor(ready->agent.slot);
  }

  void CheckChoice(uint32_t agent, uint32_t contact, size_t from, std::string& fault) const {
    const auto offer = std::find_if(effects_.begin() + from, effects_.end(), [](const Effect& e) {
      return e.kind == Effect::Kind::kOffered;
    });
    const bool has_offer = offer != effects_.end();
    if (agent != kAnything && agent != (has_offer ? offer->agent.slot : kNobody)) {
      absl::StrAppend(&fault, "agent slot ", agent, " should have been chosen\n");
    }
    if (contact != kAnything && contact != (has_offer ? offer->contact.slot : kNobody)) {
      absl::StrAppend(&fault, "contact slot ", contact, " should have been chosen\n");
    }
  }

  bool CheckReplay() const {
    Floor again;
    Effects effects;
    for (const Timed& each : history_) (void)again.Apply(each.event, each.at, effects);
    for (size_t i = 0; i < std::max(effects.size(), effects_.size()); ++i) {
      if (i < effects_.size() && i < effects.size() && effects[i] == effects_[i]) continue;
      ADD_FAILURE() << "seed " << seed_ << ": another replay from effect " << i + 1;
      return false;
    }
    return true;
  }

  bool Fail(const std::string& fault) const {
    std::string last;
    for (size_t i = history_.size() - std::min<size_t>(history_.size(), 20); i < history_.size();
         ++i) {
      absl::StrAppend(&last, "event ", i, " at ", history_[i].at - kBeginning, ": kind ",
                      history_[i].event.index(), "\n");
    }
    for (size_t i = effects_.size() - std::min<size_t>(effects_.size(), 20); i < effects_.size();
         ++i) {
      absl::StrAppend(&last, ToString(effects_[i]), "\n");
    }
    ADD_FAILURE() << "seed " << seed_ << "\n" << fault << last;
    return false;
  }

  static constexpr uint32_t kAnything = kNobody - 1;

  const uint64_t seed_;
  RandomFloor random_;
  Floor floor_;
  Supervisor supervisor_;
  Micros now_ = kBeginning;
  Effects effects_;
  size_t checked_ = 0;
  size_t refused_ = 0;
  size_t outside_ = 0;
  LifeChecker life_;
  std::vector<Timed> history_;
};

TEST(ContactProperty, KeepsItsPromisesWhateverComes) {
  const int runs = IsLongRun() ? 2000 : 40;
  size_t ended = 0;
  size_t refused = 0;
  size_t outside = 0;
  for (int i = 0; i < runs; ++i) {
    PropertyRun run(1000 + i);
    if (!run.Run(5000)) return;
    ended += run.ended();
    refused += run.refused();
    outside += run.outside();
  }
  // The events were such that something went on.
  EXPECT_GT(ended, static_cast<size_t>(runs) * 200);
  EXPECT_GT(refused, static_cast<size_t>(runs) * 50);
  EXPECT_GT(outside, static_cast<size_t>(runs));
}

}  // namespace
}  // namespace libroute::contact
