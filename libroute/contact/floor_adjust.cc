// What supervisors change of an agent, beside the rules.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/contact/floor.h"
#include "libroute/contact/skill_expression.h"
#include "libroute/plan/issue.h"

namespace libroute::contact {
namespace {

absl::Status CheckAdjusted(int index, const std::string& by) {
  if (index < 0 || index > 100) {
    return absl::InvalidArgumentError(
        absl::StrCat("index: ", index, " is not within 0 and 100 (0: not at all)"));
  }
  if (by.size() > kMostAuthor) {
    return absl::InvalidArgumentError(
        absl::StrCat("by: at most ", kMostAuthor, " bytes are wanted, not ", by.size()));
  }
  return absl::OkStatus();
}

int WrittenIndex(const std::vector<AgentSkill>& skills, const std::string& name) {
  for (const AgentSkill& skill : skills) {
    if (skill.skill == name) return skill.index;
  }
  return 0;
}

int WrittenIndex(const std::vector<Member>& members, const std::string& agent) {
  for (const Member& member : members) {
    if (member.agent == agent) return member.index;
  }
  return 0;
}

}  // namespace

Adjustment* Floor::FindAdjustment(uint32_t agent, absl::string_view skill,
                                  absl::string_view group) {
  auto own = adjustments_.find(agent);
  if (own == adjustments_.end()) return nullptr;
  for (Adjustment& each : own->second) {
    if (each.skill == skill && each.group == group) return &each;
  }
  return nullptr;
}

void Floor::KeepAdjustment(uint32_t agent, Adjustment adjustment) {
  Emit(Effect::Kind::kAdjusted).agent = agents_.id(agent);
  effects_->back().text = absl::StrCat(adjustment.group.empty() ? "skill " : "group ",
                                       adjustment.skill, adjustment.group, "=", adjustment.index);
  std::vector<Adjustment>& own = adjustments_[agent];
  std::erase_if(own, [&](const Adjustment& each) {
    return each.skill == adjustment.skill && each.group == adjustment.group;
  });
  if (adjustment.index != adjustment.written) own.push_back(std::move(adjustment));
  if (own.empty()) adjustments_.erase(agent);
}

// Whom the change gives to groups, and takes from them, is brought together with
// contacts as if he had come and gone.
template <typename Change>
void Floor::Rejoin(uint32_t slot, Change change) {
  Agent& agent = agents_[slot];
  TakeFromFree(slot);
  CountPresence(agent, -1);
  change(agent);
  SortMemberships(agent);
  CountPresence(agent, +1);
  Rerank(slot);
  UpdateFree(slot);
  WithdrawForbidden(slot);
  Freed(slot);
}

void Floor::JoinBySkill(uint32_t slot, uint32_t group_slot) {
  const Group& group = groups_[group_slot];
  if (!group.members_by_skill.has_value()) return;
  const int index = group.members_by_skill->IndexOf(agents_[slot].skills);
  if (index > 0) AddMembership(slot, group_slot, index, kBySkill + agents_[slot].place);
}

absl::StatusOr<uint32_t> Floor::AdjustableAgent(AgentId id) const {
  const Agent* agent = agents_.Get(id);
  if (agent == nullptr || agent->is_removed) {
    return absl::NotFoundError("there is no such agent, or not any more");
  }
  return id.slot;
}

absl::Status Floor::On(const AdjustSkill& event) {
  absl::StatusOr<uint32_t> slot = AdjustableAgent(event.agent);
  if (!slot.ok()) return slot.status();
  const auto& skills = rules_.skills;
  const auto found = std::find(skills.begin(), skills.end(), event.skill);
  if (found == skills.end()) {
    return absl::NotFoundError(
        absl::StrCat("skill: no skill ", Quoted(event.skill), DidYouMean(event.skill, skills)));
  }
  if (absl::Status status = CheckAdjusted(event.index, event.by); !status.ok()) return status;
  SetSkill(*slot, static_cast<uint16_t>(found - skills.begin()), event);
  return absl::OkStatus();
}

void Floor::SetSkill(uint32_t slot, uint16_t skill, const AdjustSkill& event) {
  std::vector<SkillLevel>& levels = agents_[slot].skills;
  auto level =
      std::lower_bound(levels.begin(), levels.end(), skill,
                       [](const SkillLevel& a, uint16_t wanted) { return a.skill < wanted; });
  const bool has = level != levels.end() && level->skill == skill;
  const Adjustment* earlier = FindAdjustment(slot, event.skill, "");
  const int written = earlier != nullptr ? earlier->written : has ? level->index : 0;
  KeepAdjustment(slot, {event.skill, "", event.index, written, 0, event.by, now_});
  if (event.index == 0) {
    if (has) levels.erase(level);
  } else if (has) {
    level->index = static_cast<uint8_t>(event.index);
  } else {
    levels.insert(level, {skill, static_cast<uint8_t>(event.index)});
  }
  Rejoin(slot, [&](Agent& agent) {
    std::erase_if(agent.memberships,
                  [](const Membership& membership) { return membership.place >= kBySkill; });
    std::vector<uint32_t> by_name;
    for (const Membership& membership : agent.memberships) by_name.push_back(membership.group);
    for (uint32_t group = 0; group < groups_.slots(); ++group) {
      if (!groups_.used(group)) continue;
      // They are sorted.
      if (!std::binary_search(by_name.begin(), by_name.end(), group)) JoinBySkill(slot, group);
    }
  });
}

absl::Status Floor::On(const AdjustIndex& event) {
  absl::StatusOr<uint32_t> slot = AdjustableAgent(event.agent);
  if (!slot.ok()) return slot.status();
  if (groups_.Get(event.group) == nullptr) {
    return absl::NotFoundError("there is no such group, or not any more");
  }
  if (absl::Status status = CheckAdjusted(event.index, event.by); !status.ok()) return status;
  SetIndex(*slot, event);
  return absl::OkStatus();
}

void Floor::SetIndex(uint32_t slot, const AdjustIndex& event) {
  const uint32_t group = event.group.slot;
  Adjustment adjustment{"", groups_.name(group), event.index, 0, 0, event.by, now_};
  const std::vector<Membership>& memberships = agents_[slot].memberships;
  if (const Adjustment* earlier = FindAdjustment(slot, "", adjustment.group)) {
    adjustment.written = earlier->written;
    adjustment.place = earlier->place;
  } else {
    const auto membership = std::find_if(
        memberships.begin(), memberships.end(),
        [&](const Membership& each) { return each.group == group && each.place < kByHand; });
    if (membership != memberships.end()) {
      adjustment.written = membership->index;
      adjustment.place = membership->place;
    }
  }
  const uint32_t place = adjustment.written > 0 ? adjustment.place : kByHand + agents_[slot].place;
  KeepAdjustment(slot, std::move(adjustment));
  Rejoin(slot, [&](Agent& agent) {
    std::erase_if(agent.memberships,
                  [&](const Membership& membership) { return membership.group == group; });
    if (event.index > 0) {
      AddMembership(slot, group, event.index, place);
    } else {
      JoinBySkill(slot, group);
    }
  });
}

absl::Status Floor::On(const ResetAgent& event) {
  absl::StatusOr<uint32_t> slot = AdjustableAgent(event.agent);
  if (!slot.ok()) return slot.status();
  const auto own = adjustments_.find(*slot);
  if (own == adjustments_.end()) return absl::OkStatus();
  const std::vector<Adjustment> adjustments = own->second;
  for (const Adjustment& each : adjustments) {
    if (each.group.empty()) {
      const auto& skills = rules_.skills;
      const auto skill = std::find(skills.begin(), skills.end(), each.skill) - skills.begin();
      SetSkill(*slot, static_cast<uint16_t>(skill), {event.agent, each.skill, each.written, ""});
    } else {
      SetIndex(*slot, {event.agent, groups_.Find(each.group), each.written, ""});
    }
  }
  return absl::OkStatus();
}

// Those stay whose very skill or index the new rules write as the old ones did.
void Floor::ReviewAdjustments(const CenterRules& rules) {
  if (adjustments_.empty()) return;
  absl::flat_hash_map<absl::string_view, const AgentRules*> agents;
  absl::flat_hash_map<absl::string_view, const GroupRules*> groups;
  for (const AgentRules& agent : rules.agents) agents.emplace(agent.name, &agent);
  for (const GroupRules& group : rules.groups) groups.emplace(group.name, &group);
  const SkillNames skills(rules.skills);
  const auto is_over = [&](const std::string& agent, const Adjustment& each) {
    const auto written = agents.find(agent);
    if (written == agents.end()) return true;
    if (each.group.empty()) {
      return skills.Find(each.skill) < 0 ||
             WrittenIndex(written->second->skills, each.skill) != each.written;
    }
    const auto group = groups.find(each.group);
    return group == groups.end() || WrittenIndex(group->second->members, agent) != each.written;
  };
  for (auto own = adjustments_.begin(); own != adjustments_.end();) {
    const std::string& agent = agents_.name(own->first);
    std::erase_if(own->second, [&](const Adjustment& each) { return is_over(agent, each); });
    own = own->second.empty() ? adjustments_.erase(own) : std::next(own);
  }
}

void Floor::AdjustSkills(uint32_t slot, const SkillNames& skills) {
  const auto own = adjustments_.find(slot);
  if (own == adjustments_.end()) return;
  for (const Adjustment& each : own->second) {
    if (!each.group.empty()) continue;
    const auto skill = static_cast<uint16_t>(skills.Find(each.skill));
    std::vector<SkillLevel>& levels = agents_[slot].skills;
    std::erase_if(levels, [&](const SkillLevel& level) { return level.skill == skill; });
    if (each.index > 0) levels.push_back({skill, static_cast<uint8_t>(each.index)});
  }
}

const std::vector<Adjustment>& Floor::AdjustmentsOf(uint32_t agent) const {
  static const std::vector<Adjustment> kNone;
  const auto own = adjustments_.find(agent);
  return own == adjustments_.end() ? kNone : own->second;
}

}  // namespace libroute::contact
