// Rules: taken over all or not at all, and groups that open and close.

#include <algorithm>
#include <variant>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libroute/contact/floor.h"
#include "libroute/contact/skill_expression.h"

namespace libroute::contact {
namespace {

uint8_t PreferenceFor(const Agent& agent, uint32_t group) {
  for (const auto& [preferred, preference] : agent.preferences) {
    if (preferred == group) return preference;
  }
  return 1;
}

}  // namespace

absl::Status Floor::Apply(const Event& event, Micros now, Effects& effects) {
  Advance(now, effects);
  effects_ = &effects;
  absl::Status status = std::visit([this](const auto& one) { return On(one); }, event);
  Settle();
  effects_ = nullptr;
  return status;
}

void Floor::Advance(Micros now, Effects& effects) {
  // Time does not go back.
  const Micros end = std::max(now, now_);
  effects_ = &effects;
  while (deadlines_.next() <= end) {
    // Each at its own time, so that it does not matter how often one looks; all of one
    // instant together, so that those they concern are served in their order.
    now_ = std::max(now_, deadlines_.next());
    while (const std::optional<Deadlines::Entry> due = deadlines_.PopDue(now_)) {
      if (due->kind == Deadlines::Kind::kGroup) OnGroupDue(due->slot);
      if (due->kind == Deadlines::Kind::kAgent) OnAgentDue(due->slot);
      if (due->kind == Deadlines::Kind::kContact) OnContactDue(due->slot);
    }
    Settle();
  }
  now_ = end;
  effects_ = nullptr;
}

absl::Status Floor::On(const Configure& event) {
  absl::Status status = CheckRules(event.rules);
  if (!status.ok()) return status;
  Emit(Effect::Kind::kConfigured);
  for (uint32_t slot = 0; slot < contacts_.slots(); ++slot) {
    if (contacts_.used(slot)) Unqueue(slot);
  }
  ReviewAdjustments(event.rules);
  Remove(event.rules);
  TakeRules(event.rules);
  AddGroups(event.rules);
  AddAgents(event.rules);
  AddMembers(event.rules);
  BringTogetherAnew();
  return absl::OkStatus();
}

void Floor::Remove(const CenterRules& rules) {
  absl::flat_hash_set<absl::string_view> agents;
  absl::flat_hash_set<absl::string_view> groups;
  for (const AgentRules& agent : rules.agents) agents.insert(agent.name);
  for (const GroupRules& group : rules.groups) groups.insert(group.name);
  for (uint32_t slot = 0; slot < groups_.slots(); ++slot) {
    if (groups_.used(slot) && !groups.contains(groups_.name(slot))) RemoveGroup(slot);
  }
  for (uint32_t slot = 0; slot < agents_.slots(); ++slot) {
    if (!agents_.used(slot)) continue;
    TakeFromFree(slot);
    CountPresence(agents_[slot], -1);
    agents_[slot].memberships.clear();
    if (!agents.contains(agents_.name(slot)) && !agents_[slot].is_removed) RemoveAgent(slot);
  }
  // Looked at by BringTogetherAnew.
  emptied_.clear();
  for (uint32_t slot = 0; slot < groups_.slots(); ++slot) {
    if (!groups_.used(slot) || groups.contains(groups_.name(slot))) continue;
    deadlines_.Set(Deadlines::Kind::kGroup, slot, kNever);
    groups_.Remove(slot);
  }
}

void Floor::RemoveGroup(uint32_t group) {
  const GroupId id = groups_.id(group);
  for (uint32_t slot = 0; slot < contacts_.slots(); ++slot) {
    if (!contacts_.used(slot) || !contacts_[slot].is_seeking || contacts_[slot].home != id)
      continue;
    WithdrawContact(slot, Reason::kWithdrawn);
    GiveUp(slot, Reason::kClosed);
  }
}

void Floor::RemoveAgent(uint32_t agent) {
  for (uint32_t slot = 0; slot < contacts_.slots(); ++slot) {
    if (!contacts_.used(slot) || !contacts_[slot].is_seeking) continue;
    if (contacts_[slot].wanted_agent != agent) continue;
    if (groups_.Get(contacts_[slot].home) != nullptr) {
      contacts_[slot].wanted_agent = kNobody;
    } else {
      WithdrawContact(slot, Reason::kWithdrawn);
      GiveUp(slot, Reason::kNoAgents);
    }
  }
  agents_[agent].is_removed = true;
  if (agents_[agent].presence == Presence::kLoggedOut) {
    agents_.Remove(agent);
  } else {
    Leave(agent, Presence::kLoggedOut, Presence::kLoggingOut, "removed");
    Freed(agent);
  }
}

void Floor::TakeRules(const CenterRules& rules) {
  // Agents and groups keep what is theirs.
  rules_ = rules;
  rules_.agents = {};
  rules_.groups = {};
  call_cost_ = rules.call_cost;
  email_cost_ = rules.email_cost;
  preference_step_ = absl::ToInt64Microseconds(rules.preference_step);
  absl::erase_if(dispositions_, [&](const auto& said) {
    return absl::c_find(rules.dispositions, said.second) == rules.dispositions.end();
  });
}

void Floor::AddGroups(const CenterRules& rules) {
  const SkillNames skills(rules.skills);
  for (const GroupRules& written : rules.groups) {
    GroupId id = groups_.Find(written.name);
    if (!id) id = groups_.Add(written.name);
    Group& group = groups_[id.slot];
    group.SetRules(written);
    group.members_by_skill.reset();
    if (!written.members_by_skill.empty()) {
      group.members_by_skill = *SkillExpression::Parse(written.members_by_skill, skills);
    }
    // What the rules do not have any more is counted no more.
    absl::erase_if(group.dispositions, [&](const auto& count) {
      return absl::c_find(rules.dispositions, count.first) == rules.dispositions.end();
    });
  }
}

void Floor::AddAgents(const CenterRules& rules) {
  const SkillNames skills(rules.skills);
  for (size_t i = 0; i < rules.agents.size(); ++i) {
    const AgentRules& written = rules.agents[i];
    AgentId id = agents_.Find(written.name);
    if (!id) id = agents_.Add(written.name);
    Agent& agent = agents_[id.slot];
    agent.is_removed = false;
    agent.is_reserve = written.is_reserve;
    agent.calls_interrupt_emails = written.calls_interrupt_emails;
    agent.wrap_up =
        written.wrap_up.has_value() ? absl::ToInt64Microseconds(*written.wrap_up) : kNever;
    agent.place = static_cast<uint32_t>(i);
    agent.preferences.clear();
    for (const GroupPreference& preference : written.preferences) {
      agent.preferences.emplace_back(groups_.Find(preference.group).slot,
                                     static_cast<uint8_t>(preference.preference));
    }
    agent.skills.clear();
    for (const AgentSkill& skill : written.skills) {
      agent.skills.push_back(
          {static_cast<uint16_t>(skills.Find(skill.skill)), static_cast<uint8_t>(skill.index)});
    }
    AdjustSkills(id.slot, skills);
    std::sort(agent.skills.begin(), agent.skills.end(),
              [](const SkillLevel& a, const SkillLevel& b) { return a.skill < b.skill; });
  }
}

void Floor::AddMembership(uint32_t agent, uint32_t group, int index, uint32_t place) {
  Membership membership;
  membership.group = group;
  membership.place = place;
  membership.index = static_cast<uint8_t>(index);
  membership.preference = PreferenceFor(agents_[agent], group);
  membership.band = groups_[group].BandOf(index);
  agents_[agent].memberships.push_back(membership);
}

void Floor::SortMemberships(Agent& agent) {
  std::sort(agent.memberships.begin(), agent.memberships.end(),
            [](const Membership& a, const Membership& b) { return a.group < b.group; });
}

void Floor::AddMembers(const CenterRules& rules) {
  // What supervisors have changed, by group.
  absl::flat_hash_map<absl::string_view, std::vector<std::pair<uint32_t, Adjustment*>>> adjusted;
  for (auto& [agent, adjustments] : adjustments_) {
    for (Adjustment& each : adjustments) {
      if (!each.group.empty()) adjusted[each.group].emplace_back(agent, &each);
    }
  }
  for (const GroupRules& written : rules.groups) {
    const uint32_t group = groups_.Find(written.name).slot;
    // Whoever is a member by name, or by hand, is none by skill.
    absl::flat_hash_map<uint32_t, Adjustment*> by_hand;
    if (auto found = adjusted.find(written.name); found != adjusted.end()) {
      by_hand.insert(found->second.begin(), found->second.end());
    }
    absl::flat_hash_set<uint32_t> by_name;
    for (size_t i = 0; i < written.members.size(); ++i) {
      const uint32_t agent = agents_.Find(written.members[i].agent).slot;
      const auto place = static_cast<uint32_t>(i);
      int index = written.members[i].index;
      if (auto found = by_hand.find(agent); found != by_hand.end()) {
        index = found->second->index;
        found->second->place = place;
      }
      if (index == 0) continue;
      by_name.insert(agent);
      AddMembership(agent, group, index, place);
    }
    for (const auto& [agent, adjustment] : by_hand) {
      if (adjustment->written > 0 || adjustment->index == 0) continue;
      by_name.insert(agent);
      AddMembership(agent, group, adjustment->index, kByHand + agents_[agent].place);
    }
    if (!groups_[group].members_by_skill.has_value()) continue;
    for (const AgentRules& candidate : rules.agents) {
      const uint32_t agent = agents_.Find(candidate.name).slot;
      if (!by_name.contains(agent)) JoinBySkill(agent, group);
    }
  }
}

// Everybody stands where the new rules say, then those who wait are served in
// their order.
void Floor::BringTogetherAnew() {
  for (uint32_t slot = 0; slot < agents_.slots(); ++slot) {
    if (!agents_.used(slot)) continue;
    Agent& agent = agents_[slot];
    agent.memberships.shrink_to_fit();
    SortMemberships(agent);
    CountPresence(agent, +1);
    Rerank(slot);
    ResumeEmails(slot);
    UpdateFree(slot);
  }
  for (uint32_t slot = 0; slot < agents_.slots(); ++slot) {
    if (agents_.used(slot)) WithdrawForbidden(slot);
  }
  std::vector<WaitKey> seeking;
  for (uint32_t slot = 0; slot < contacts_.slots(); ++slot) {
    if (!contacts_.used(slot) || !contacts_[slot].is_seeking) continue;
    Contact& contact = contacts_[slot];
    const Group* home = groups_.Get(contact.home);
    if (!contact.has_own_wait && home != nullptr && contact.medium == Medium::kCall) {
      contact.give_up_at = contact.entered + absl::ToInt64Microseconds(home->rules().max_wait);
    }
    seeking.push_back(contact.key);
  }
  std::sort(seeking.begin(), seeking.end());
  for (const WaitKey& key : seeking) {
    const Contact& contact = contacts_[key.contact];
    if (contact.offers.size() < OffersWanted(contact)) Queue(key.contact);
    UpdateContactDeadline(key.contact);
  }
  for (const WaitKey& key : seeking) Returned(key.contact);
  for (uint32_t slot = 0; slot < groups_.slots(); ++slot) {
    if (!groups_.used(slot)) continue;
    NoteChanged(slot);
    // Rules without alarms raise none.
    if (!groups_[slot].has_alarms) CheckAlarms(groups_.id(slot));
  }
}

void Floor::WithdrawForbidden(uint32_t slot) {
  const Agent& agent = agents_[slot];
  const auto serves = [&](GroupId group) {
    return groups_.Get(group) != nullptr &&
           std::any_of(agent.memberships.begin(), agent.memberships.end(),
                       [&](const Membership& membership) {
                         return membership.group == group.slot && membership.band != Group::kNoBand;
                       });
  };
  const auto is_forbidden = [&](const Work& work) {
    if (work.state != Work::State::kOffered || !work.group) return false;
    const Contact& contact = contacts_[work.contact.slot];
    // Whoever is wanted himself need not be a member.
    const bool is_wanted = contact.wanted_agent == slot && now_ < contact.agent_until;
    return !is_wanted && !serves(work.group);
  };
  for (Token token : TokensOf(agent, is_forbidden)) EndOffer(slot, token, Reason::kWithdrawn);
}

absl::Status Floor::On(const OpenGroup& event) {
  Group* group = groups_.Get(event.group);
  if (group == nullptr) return absl::NotFoundError("there is no such group, or not any more");
  group->is_closed = false;
  group->drain_until = kNever;
  group->drain_at = kNever;
  UpdateGroupDeadline(event.group.slot);
  NoteChanged(event.group.slot);
  Emit(Effect::Kind::kOpened).group = event.group;
  ReturnVisitors(event.group.slot);
  return absl::OkStatus();
}

absl::Status Floor::On(const CloseGroup& event) {
  Group* group = groups_.Get(event.group);
  if (group == nullptr) return absl::NotFoundError("there is no such group, or not any more");
  if (event.drain < absl::ZeroDuration() || event.drain > absl::Hours(24)) {
    return absl::InvalidArgumentError(
        absl::StrCat("drain: ", absl::FormatDuration(event.drain), " is not within 0 and 24h"));
  }
  group->is_closed = true;
  group->drain_until = kNever;
  if (event.closing == Closing::kDrain) {
    group->drain_until = now_ + absl::ToInt64Microseconds(event.drain);
  }
  if (event.closing == Closing::kEvict) group->drain_until = now_;
  Emit(Effect::Kind::kClosed).group = event.group;
  group->drain_at = group->drain_until;
  UpdateGroupDeadline(event.group.slot);
  NoteChanged(event.group.slot);
  if (group->drain_until <= now_) OnGroupDue(event.group.slot);
  ReturnVisitors(event.group.slot);
  return absl::OkStatus();
}

// Those of other groups come here as well only while it is open.
void Floor::ReturnVisitors(uint32_t group) {
  std::vector<WaitKey> visitors;
  for (uint32_t slot = 0; slot < contacts_.slots(); ++slot) {
    if (!contacts_.used(slot) || !contacts_[slot].is_queued) continue;
    const Group* home = groups_.Get(contacts_[slot].home);
    if (home == nullptr) continue;
    const std::vector<RelaxationStep>& steps = home->rules().steps;
    if (std::any_of(steps.begin(), steps.end(), [&](const RelaxationStep& step) {
          return step.add_group == groups_.name(group);
        })) {
      visitors.push_back(contacts_[slot].key);
    }
  }
  std::sort(visitors.begin(), visitors.end());
  for (const WaitKey& key : visitors) Returned(key.contact);
}

// Those who entered here and still wait go; those who only came here as well stay
// in their own groups.
void Floor::OnGroupDue(uint32_t slot) {
  Group& group = groups_[slot];
  if (group.alarm_at <= now_) {
    group.alarm_at = kNever;
    NoteChanged(slot);
  }
  const bool is_drained = group.drain_at <= now_;
  if (is_drained) group.drain_at = kNever;
  UpdateGroupDeadline(slot);
  if (!is_drained) return;
  for (uint8_t level = 0; level < group.levels(); ++level) {
    group.waiting(Medium::kCall, level).ForEach([this](const WaitKey& key) {
      Returned(key.contact);
    });
  }
  // Also those who wait for one agent before.
  for (const auto& [agent, waiting] : waiting_for_agent_) {
    for (const WaitKey& key : waiting[static_cast<size_t>(Medium::kCall)]) {
      if (contacts_[key.contact].home == groups_.id(slot)) Returned(key.contact);
    }
  }
}

absl::Status Floor::On(const NewDay&) {
  for (uint32_t slot = 0; slot < agents_.slots(); ++slot) {
    if (!agents_.used(slot)) continue;
    Agent& agent = agents_[slot];
    agent.contacts_today = 0;
    agent.talk_today = 0;
    agent.hold_today = 0;
    agent.wrap_up_today = 0;
    Rerank(slot);
    UpdateFree(slot);
  }
  return absl::OkStatus();
}

}  // namespace libroute::contact
