#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/tree/plan_center.h"

// What only shows when it is known who is in which group: nothing here is an error.
namespace libroute {
namespace {

// Steps of expressions that are gone through in all, some 10 ns each, and members of all
// groups together, some 24 bytes each in the contact centre.
constexpr size_t kMostSkillSteps = 50'000'000;
constexpr size_t kMostMembers = 2'000'000;

}  // namespace

// Who is in which group, as far as it was looked at.
struct PlanCompiler::Center::Memberships {
  explicit Memberships(const contact::CenterRules& rules)
      : levels(rules.agents.size()),
        is_member(rules.agents.size()),
        group_of(rules.agents.size()),
        is_had(rules.skills.size()),
        preferred_by(rules.groups.size()) {}

  // By index of the agent.
  std::vector<std::vector<contact::SkillLevel>> levels;
  // Of any group; and the last one seen, counted from 1.
  std::vector<bool> is_member;
  std::vector<size_t> group_of;
  // By index of the skill: whether an agent has it, or it was told that nobody has.
  std::vector<bool> is_had;
  // By index of the group: agents that have written a preference for it.
  std::vector<std::vector<size_t>> preferred_by;
  size_t skill_steps = 0;
  size_t members = 0;
  // There are not too many of them.
  bool is_complete = true;
};

void PlanCompiler::Center::CheckMemberships() {
  Memberships known(rules_);
  for (size_t i = 0; i < rules_.agents.size(); ++i) {
    for (const contact::AgentSkill& skill : rules_.agents[i].skills) {
      // Both are in the order of names, as IndexOf wants it.
      const int place = skills_.Find(skill.skill);
      known.levels[i].push_back({static_cast<uint16_t>(place), static_cast<uint8_t>(skill.index)});
      known.is_had[static_cast<size_t>(place)] = true;
    }
    for (const contact::GroupPreference& preference : rules_.agents[i].preferences) {
      const int group = compiler_.group_names_.Find(preference.group);
      known.preferred_by[static_cast<size_t>(group)].push_back(i);
    }
  }
  for (size_t i = 0; i < rules_.groups.size() && known.is_complete; ++i) CheckGroup(i, known);
  if (!known.is_complete) return;
  for (size_t i = 0; i < rules_.agents.size(); ++i) {
    if (known.is_member[i]) continue;
    compiler_.Warn(
        KeyPath("agents", rules_.agents[i].name), "unused",
        absl::StrCat(Quoted(rules_.agents[i].name), " is in no group, and will get no calls"));
  }
}

void PlanCompiler::Center::CheckGroup(size_t group, Memberships& known) {
  const contact::GroupRules& rules = rules_.groups[group];
  const std::string path = KeyPath("groups", rules.name);
  const size_t mark = group + 1;
  int best = 0;
  auto join = [&](size_t agent, int index) {
    known.is_member[agent] = true;
    known.group_of[agent] = mark;
    ++known.members;
    best = std::max(best, index);
  };
  for (const contact::Member& member : rules.members) {
    const size_t agent = static_cast<size_t>(compiler_.agent_names_.Find(member.agent));
    join(agent, member.index);
    const std::optional<absl::Duration> wrap_up = rules_.agents[agent].wrap_up;
    if (!wrap_up.has_value()) continue;
    compiler_.WarnOfWrapUp(*wrap_up, rules, KeyPath("agents", member.agent) + ".wrap_up");
  }
  if (skilled_[group].has_value()) {
    WarnOfUnmetSkills(group, known);
    known.skill_steps += skilled_[group]->size() * rules_.agents.size();
    if (known.skill_steps > kMostSkillSteps) return RefuseSize(path + ".skilled", known);
    for (size_t agent = 0; agent < rules_.agents.size(); ++agent) {
      const int index = skilled_[group]->IndexOf(known.levels[agent]);
      if (index > 0 && known.group_of[agent] != mark) join(agent, index);
    }
  }
  if (known.members > kMostMembers) return RefuseSize(path, known);
  for (size_t agent : known.preferred_by[group]) {
    if (known.group_of[agent] == mark) continue;
    const std::string& name = rules_.agents[agent].name;
    compiler_.Warn(KeyPath(KeyPath("agents", name) + ".preferences", rules.name), "no-effect",
                   absl::StrCat(Quoted(name), " is not in group ", Quoted(rules.name)));
  }
  if (best == 0 && skilled_[group].has_value()) {
    compiler_.Warn(
        path + ".skilled", "empty-group",
        absl::StrCat("no agent has these skills, so nobody will take the calls of group ",
                     Quoted(rules.name), "; see `skills` of the agents"));
  }
  int least = rules.least_index;
  for (const contact::RelaxationStep& step : rules.steps) {
    if (!step.add_group.empty()) return;
    least = step.least_index;
  }
  if (best == 0 || best >= least) return;
  compiler_.Warn(
      path + ".least_index", "empty-group",
      absl::StrCat("the best of group ", Quoted(rules.name), " has an index of ", best,
                   ", and no step goes below ", least, ", so nobody will take its calls"));
}

void PlanCompiler::WarnOfWrapUp(absl::Duration wrap_up, const contact::GroupRules& group,
                                const std::string& path) {
  if (group.wrap_up.is_ended_by_agent) {
    Warn(path, "no-effect",
         absl::StrCat("does not count for group ", Quoted(group.name),
                      ", where wrap-up lasts until the agent ends it (wrap_up_by_agent)"));
    return;
  }
  // What is out of range is told of already.
  if (wrap_up <= group.wrap_up.most || wrap_up > contact::kMostWrapUp) return;
  Warn(path, "no-effect",
       absl::StrCat(absl::FormatDuration(wrap_up), " is more than wrap_up_most of group ",
                    Quoted(group.name), ", so wrap-up takes ",
                    absl::FormatDuration(group.wrap_up.most),
                    " there; write more for wrap_up_most"));
}

void PlanCompiler::Center::RefuseSize(const std::string& path, Memberships& known) {
  known.is_complete = false;
  compiler_.Error(path, "too-long",
                  absl::StrCat("up to this group the plan's groups have more than ", kMostMembers,
                               " members in all, or it takes more than ", kMostSkillSteps,
                               " comparisons of skills to find them; have fewer groups, or list "
                               "their agents"));
}

void PlanCompiler::Center::WarnOfUnmetSkills(size_t group, Memberships& known) {
  for (const uint16_t skill : skilled_[group]->Skills()) {
    if (known.is_had[skill]) continue;
    // Once is enough.
    known.is_had[skill] = true;
    compiler_.Warn(KeyPath("groups", rules_.groups[group].name) + ".skilled", "unmet-skill",
                   absl::StrCat("no agent has the skill ", Quoted(rules_.skills[skill]),
                                "; give it to those who do, in their `skills`"));
  }
}

}  // namespace libroute
