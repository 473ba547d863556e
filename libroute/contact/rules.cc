#include "libroute/contact/rules.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libroute/contact/skill_expression.h"
#include "libroute/plan/issue.h"

namespace libroute::contact {
namespace {

constexpr size_t kMostSteps = 8;
constexpr size_t kMostDispositions = 1000;
constexpr int kMostNameLength = 128;

// Checks one set of rules and keeps the first fault.
class RulesChecker {
 public:
  explicit RulesChecker(const CenterRules& rules) : rules_(rules), skill_names_(rules.skills) {}

  absl::Status Check() {
    CheckNames();
    CheckCenter();
    for (size_t i = 0; i < rules_.agents.size() && status_.ok(); ++i) {
      CheckAgent(rules_.agents[i], absl::StrCat("agents[", i, "]"));
    }
    for (size_t i = 0; i < rules_.groups.size() && status_.ok(); ++i) {
      CheckGroup(rules_.groups[i], absl::StrCat("groups[", i, "]"));
    }
    return status_;
  }

 private:
  using Names = absl::flat_hash_set<absl::string_view>;

  void Fault(absl::string_view where, absl::string_view what) {
    if (status_.ok()) status_ = absl::InvalidArgumentError(absl::StrCat(where, ": ", what));
  }

  void CheckRange(absl::string_view where, int64_t value, int64_t least, int64_t most) {
    if (value >= least && value <= most) return;
    Fault(where, absl::StrCat(value, " is not within ", least, " and ", most));
  }

  void CheckTime(absl::string_view where, absl::Duration value, absl::Duration least,
                 absl::Duration most) {
    if (value >= least && value <= most) return;
    Fault(where, absl::StrCat(absl::FormatDuration(value), " is not within ",
                              absl::FormatDuration(least), " and ", absl::FormatDuration(most)));
  }

  void AddName(const std::string& where, const std::string& name, Names& names) {
    if (name.empty()) Fault(where, "a name is wanted");
    if (name.size() > kMostNameLength) {
      Fault(where,
            absl::StrCat("a name of ", name.size(), " characters; at most ", kMostNameLength));
    }
    if (!names.insert(name).second) Fault(where, absl::StrCat("\"", name, "\" is here twice"));
  }

  void CheckKnown(absl::string_view where, absl::string_view kind, const std::string& name,
                  const Names& names) {
    if (!status_.ok() || names.contains(name)) return;
    const std::vector<std::string> known(names.begin(), names.end());
    Fault(where, absl::StrCat("no ", kind, " \"", name, "\"", DidYouMean(name, known)));
  }

  void CheckNames() {
    if (rules_.skills.size() > SkillNames::kMost) {
      Fault("skills", absl::StrCat("more than ", SkillNames::kMost));
    }
    for (size_t i = 0; i < rules_.skills.size(); ++i) {
      AddName(absl::StrCat("skills[", i, "]"), rules_.skills[i], skills_);
    }
    Names reasons;
    for (size_t i = 0; i < rules_.reasons.size(); ++i) {
      AddName(absl::StrCat("reasons[", i, "]"), rules_.reasons[i], reasons);
    }
    if (rules_.dispositions.size() > kMostDispositions) {
      Fault("dispositions", absl::StrCat("more than ", kMostDispositions));
    }
    Names dispositions;
    for (size_t i = 0; i < rules_.dispositions.size(); ++i) {
      AddName(absl::StrCat("dispositions[", i, "]"), rules_.dispositions[i], dispositions);
    }
    for (size_t i = 0; i < rules_.groups.size(); ++i) {
      AddName(absl::StrCat("groups[", i, "].name"), rules_.groups[i].name, groups_);
    }
    for (size_t i = 0; i < rules_.agents.size(); ++i) {
      AddName(absl::StrCat("agents[", i, "].name"), rules_.agents[i].name, agents_);
    }
  }

  void CheckCenter() {
    CheckRange("call_cost", rules_.call_cost, 1, 100);
    CheckRange("email_cost", rules_.email_cost, 1, 100);
    CheckTime("priority_step", rules_.priority_step, absl::ZeroDuration(), absl::Hours(24));
    CheckTime("email_delay", rules_.email_delay, absl::ZeroDuration(), absl::Hours(24 * 30));
    CheckTime("preference_step", rules_.preference_step, absl::ZeroDuration(), absl::Hours(24));
    CheckTime("refusal_rest", rules_.refusal_rest, absl::Seconds(1), absl::Hours(1));
    CheckTime("phone_rest", rules_.phone_rest, absl::Seconds(1), absl::Hours(1));
    CheckTime("grace", rules_.grace, absl::Seconds(1), absl::Hours(1));
  }

  void CheckAgent(const AgentRules& agent, const std::string& where) {
    CheckTime(where + ".wrap_up", agent.wrap_up.value_or(absl::ZeroDuration()),
              absl::ZeroDuration(), kMostWrapUp);
    Names skills;
    for (size_t i = 0; i < agent.skills.size(); ++i) {
      const std::string place = absl::StrCat(where, ".skills[", i, "]");
      AddName(place, agent.skills[i].skill, skills);
      CheckKnown(place, "skill", agent.skills[i].skill, skills_);
      CheckRange(place + ".index", agent.skills[i].index, 1, 100);
    }
    Names groups;
    for (size_t i = 0; i < agent.preferences.size(); ++i) {
      const std::string place = absl::StrCat(where, ".preferences[", i, "]");
      AddName(place, agent.preferences[i].group, groups);
      CheckKnown(place, "group", agent.preferences[i].group, groups_);
      CheckRange(place + ".preference", agent.preferences[i].preference, 1, 100);
    }
  }

  void CheckGroup(const GroupRules& group, const std::string& where) {
    Names members;
    for (size_t i = 0; i < group.members.size(); ++i) {
      const std::string place = absl::StrCat(where, ".members[", i, "]");
      AddName(place + ".agent", group.members[i].agent, members);
      CheckKnown(place + ".agent", "agent", group.members[i].agent, agents_);
      CheckRange(place + ".index", group.members[i].index, 1, 100);
    }
    if (!group.members_by_skill.empty() && status_.ok()) {
      auto parsed = SkillExpression::Parse(group.members_by_skill, skill_names_);
      if (!parsed.ok()) Fault(where + ".members_by_skill", parsed.status().message());
    }
    CheckRange(where + ".strategy", static_cast<int>(group.strategy), 0, kStrategies - 1);
    CheckRange(where + ".least_index", group.least_index, 1, 100);
    CheckTime(where + ".max_wait", group.max_wait, absl::Seconds(1), absl::Hours(24));
    CheckSteps(group, where);
    CheckOffer(group.offer, where + ".offer");
    CheckTime(where + ".wrap_up.most", group.wrap_up.most, absl::ZeroDuration(), kMostWrapUp);
    CheckTime(where + ".wrap_up.time", group.wrap_up.time, absl::ZeroDuration(),
              group.wrap_up.most);
    CheckRange(where + ".service_level.percent", group.service_level.percent, 0, 100);
    CheckTime(where + ".service_level.within", group.service_level.within, absl::Seconds(1),
              absl::Hours(24));
    CheckAlarms(group.alarms, where + ".alarms");
  }

  void CheckAlarms(const AlarmRules& alarms, const std::string& where) {
    CheckRange(where + ".waiting", alarms.waiting, 0, 100'000);
    CheckTime(where + ".longest_wait", alarms.longest_wait, absl::ZeroDuration(), absl::Hours(24));
    CheckRange(where + ".ready_below", alarms.ready_below, 0, 100'000);
    CheckRange(where + ".answered_in_time_below", alarms.answered_in_time_below, 0, 100);
  }

  void CheckSteps(const GroupRules& group, const std::string& where) {
    if (group.steps.size() > kMostSteps) {
      Fault(where + ".steps", absl::StrCat("more than ", kMostSteps));
    }
    Names added;
    added.insert(group.name);
    int index = group.least_index;
    absl::Duration after;
    for (size_t i = 0; i < group.steps.size(); ++i) {
      const RelaxationStep& step = group.steps[i];
      const std::string place = absl::StrCat(where, ".steps[", i, "]");
      CheckTime(place + ".after", step.after, std::max(after, absl::Seconds(1)), absl::Hours(24));
      after = step.after;
      if ((step.least_index != 0) == !step.add_group.empty()) {
        Fault(place, "either least_index or add_group is wanted");
      } else if (step.least_index != 0) {
        if (step.least_index < 1 || step.least_index >= index) {
          Fault(place + ".least_index",
                absl::StrCat(step.least_index, " is not at least 1 and below the ", index,
                             " before it"));
        }
        index = step.least_index;
      } else {
        CheckKnown(place + ".add_group", "group", step.add_group, groups_);
        AddName(place + ".add_group", step.add_group, added);
      }
    }
  }

  void CheckOffer(const OfferRules& offer, const std::string& where) {
    CheckTime(where + ".answer_within", offer.answer_within, absl::Seconds(1), absl::Hours(1));
    CheckTime(where + ".connect_within", offer.connect_within, absl::Seconds(1), absl::Hours(1));
    CheckTime(where + ".ring_step", offer.ring_step, absl::Seconds(1), absl::Hours(1));
    CheckRange(where + ".missed_limit", offer.missed_limit, 0, 1000);
    CheckRange(where + ".ring_most", offer.ring_most, 1, 64);
  }

  const CenterRules& rules_;
  const SkillNames skill_names_;
  absl::Status status_;
  Names skills_;
  Names groups_;
  Names agents_;
};

}  // namespace

absl::string_view AlarmKindName(AlarmKind kind) {
  constexpr absl::string_view kNames[kAlarms] = {"waiting", "longest_wait", "ready_below",
                                                 "answered_in_time_below"};
  return kNames[static_cast<size_t>(kind)];
}

absl::Status CheckRules(const CenterRules& rules) {
  return RulesChecker(rules).Check();
}

}  // namespace libroute::contact
