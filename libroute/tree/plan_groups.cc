#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/contact/strategy.h"
#include "libroute/tree/plan_center.h"

// Groups: who may be in them, and how contacts wait for these.
namespace libroute {
namespace {

constexpr int kHighestIndex = 100;
constexpr int kMostSteps = 8;
constexpr int kMostWaiting = 100'000;
constexpr int kMostMissed = 1000;
constexpr int kMostPhones = 64;

const DurationRange kWaitRange = {absl::Seconds(1), absl::Hours(24), absl::Minutes(10)};
const DurationRange kAnswerRange = {absl::Seconds(1), absl::Hours(1), absl::Seconds(20)};
const DurationRange kRingStepRange = {absl::Seconds(1), absl::Hours(1), absl::Seconds(10)};
const DurationRange kWrapUpRange = {absl::ZeroDuration(), absl::Hours(12), absl::ZeroDuration()};
const DurationRange kWrapUpMostRange = {absl::ZeroDuration(), absl::Hours(12), absl::Minutes(10)};
const DurationRange kTargetRange = {absl::Seconds(1), absl::Hours(24), absl::Seconds(20)};

contact::Strategy StrategyOf(v1::Group::Strategy written) {
  // Both are in the same order, and the plan's begin with none.
  static_assert(static_cast<int>(contact::Strategy::kProgressiveRing) + 1 ==
                v1::Group::STRATEGY_PROGRESSIVE_RING);
  static_assert(contact::kStrategies == v1::Group::STRATEGY_PROGRESSIVE_RING);
  return written == v1::Group::STRATEGY_UNSPECIFIED
             ? contact::Strategy::kLongestIdle
             : static_cast<contact::Strategy>(static_cast<int>(written) - 1);
}

// "longest_idle, highest_index, ...".
std::string StrategyNames() {
  std::string names;
  for (int i = 0; i < contact::kStrategies; ++i) {
    absl::StrAppend(&names, i == 0 ? "" : ", ",
                    contact::StrategyName(static_cast<contact::Strategy>(i)));
  }
  return names;
}

}  // namespace

void PlanCompiler::Center::CompileGroup(const std::string& name) {
  const v1::Group& written = written_.groups().at(name);
  const std::string path = KeyPath("groups", name);
  contact::GroupRules group;
  group.name = name;
  CompileMembers(written, path, group);
  group.members_by_skill = written.skilled();
  CompileSkilled(written.skilled(), path + ".skilled");
  if (written.agents().empty() && written.skilled().empty()) {
    compiler_.Warn(path, "empty-group",
                   absl::StrCat("group ", Quoted(name),
                                " has no agents, so nobody will take its calls; "
                                "list some in `agents`, or say in `skilled` what they know"));
  }
  if (v1::Group::Strategy_IsValid(written.strategy())) {
    group.strategy = StrategyOf(written.strategy());
  } else {
    compiler_.Error(path + ".strategy", "bad-value",
                    absl::StrCat("agents are chosen by one of ", StrategyNames()));
  }
  group.least_index = WithinOr(1, written.has_least_index(), written.least_index(), 1,
                               kHighestIndex, path + ".least_index");
  CompileSteps(written, path, group);
  CompileWaiting(written, path, group);
  CompileOffer(written, path, group);
  CompileWrapUp(written, path, group);
  CompileAlarms(written, path, group);
  CompileConfirmation(written, path, group);
  CompileHours(written, path, name);
  rules_.groups.push_back(std::move(group));
}

void PlanCompiler::Center::CompileMembers(const v1::Group& written, const std::string& path,
                                          contact::GroupRules& group) {
  // Where each of them is listed.
  std::map<std::string, int> listed;
  for (int i = 0; i < written.agents_size(); ++i) {
    const std::string& agent = written.agents(i);
    const std::string entry = IndexPath(path + ".agents", i);
    const auto [first, is_new] = listed.emplace(agent, i);
    if (!is_new) {
      compiler_.Error(entry, "duplicate",
                      absl::StrCat(Quoted(agent), " is in this group already, see ",
                                   IndexPath(path + ".agents", first->second)));
      continue;
    }
    if (compiler_.Lookup(compiler_.agent_names_, "agent", agent, entry) < 0) continue;
    const auto index = written.index().find(agent);
    const bool has_index = index != written.index().end();
    group.members.push_back(
        {agent, has_index ? Within(index->second, 1, kHighestIndex, KeyPath(path + ".index", agent))
                          : kHighestIndex});
  }
  if (written.index().empty()) return;
  const NameIndex names(listed);
  const NameIndex indexed(written.index());
  for (const std::string& agent : indexed.names()) {
    if (names.Find(agent) >= 0) continue;
    std::string hint;
    if (!compiler_.issues_.full() && compiler_.MayCompare(names)) {
      hint = DidYouMean(agent, names.names());
    }
    if (hint.empty()) {
      hint = "; list it there as well (those by skill have the index of their skills)";
    }
    compiler_.Error(KeyPath(path + ".index", agent), "unknown-name",
                    absl::StrCat(Quoted(agent), " is none of the group's `agents`", hint));
  }
}

void PlanCompiler::Center::CompileSkilled(const std::string& skilled, const std::string& path) {
  skilled_.emplace_back();
  if (skilled.empty()) return;
  using contact::SkillExpression;
  absl::StatusOr<SkillExpression> parsed =
      SkillExpression::Parse(skilled, skills_, SkillExpression::Hint::kNone);
  if (parsed.ok()) {
    skilled_.back() = *std::move(parsed);
    return;
  }
  // Looking for the nearest of many skills takes its time.
  if (!compiler_.issues_.full() && compiler_.MayCompare(compiler_.skill_names_)) {
    parsed = SkillExpression::Parse(skilled, skills_);
  }
  compiler_.Error(path, absl::IsNotFound(parsed.status()) ? "unknown-name" : "bad-value",
                  std::string(parsed.status().message()));
}

void PlanCompiler::Center::CompileSteps(const v1::Group& written, const std::string& path,
                                        contact::GroupRules& group) {
  if (written.steps_size() > kMostSteps) {
    compiler_.Error(
        path + ".steps", "too-many",
        absl::StrCat("a group has at most ", kMostSteps, " steps, not ", written.steps_size()));
    return;
  }
  for (int i = 0; i < written.steps_size(); ++i) {
    const v1::Group::Step& step = written.steps(i);
    const std::string place = IndexPath(path + ".steps", i);
    contact::RelaxationStep compiled;
    if (!step.has_after()) {
      compiler_.Error(place + ".after", "missing",
                      "say after how long a wait this step is taken, e.g. after: 20s");
    }
    const absl::Duration before =
        group.steps.empty() ? absl::ZeroDuration() : group.steps.back().after;
    compiled.after =
        compiler_.DurationIn(step.has_after() ? &step.after() : nullptr, place + ".after",
                             {absl::Seconds(1), absl::Hours(24), before});
    if (compiled.after < before) {
      compiler_.Error(place + ".after", "bad-value",
                      absl::StrCat("steps are in order of time, and the one before this one is "
                                   "taken after ",
                                   absl::FormatDuration(before), " already"));
    }
    CompileStep(step, place, group, compiled);
    group.steps.push_back(std::move(compiled));
  }
}

void PlanCompiler::Center::CompileStep(const v1::Group::Step& written, const std::string& path,
                                       const contact::GroupRules& group,
                                       contact::RelaxationStep& step) {
  const bool has_index = written.has_least_index();
  const bool has_group = !written.add_group().empty();
  if (has_index == has_group) {
    compiler_.Error(path, has_index ? "bad-value" : "missing",
                    has_index ? "a step has least_index or add_group; write two steps for both"
                              : "say what changes then: least_index or add_group");
    return;
  }
  int index = group.least_index;
  for (const contact::RelaxationStep& before : group.steps) {
    if (before.least_index != 0) index = before.least_index;
  }
  if (has_index && static_cast<int64_t>(written.least_index()) >= index) {
    compiler_.Error(path + ".least_index", "bad-value",
                    absl::StrCat(written.least_index(), " is not below ", index,
                                 ", which will do already; a step lowers the index"));
  } else if (has_index) {
    step.least_index = Within(written.least_index(), 1, kHighestIndex, path + ".least_index");
  } else {
    step.add_group = written.add_group();
    const std::string field = path + ".add_group";
    compiler_.Lookup(compiler_.group_names_, "group", step.add_group, field);
    if (step.add_group == group.name) {
      compiler_.Error(field, "bad-value", "contacts wait in the group itself from the beginning");
    }
    for (const contact::RelaxationStep& before : group.steps) {
      if (before.add_group != step.add_group) continue;
      compiler_.Error(field, "duplicate",
                      absl::StrCat("a step before this one adds ", Quoted(step.add_group)));
      break;
    }
  }
}

void PlanCompiler::Center::CompileWaiting(const v1::Group& written, const std::string& path,
                                          contact::GroupRules& group) {
  group.max_wait = compiler_.DurationIn(written.has_max_wait() ? &written.max_wait() : nullptr,
                                        path + ".max_wait", kWaitRange);
  if (written.has_max_waiting()) {
    group.max_waiting = static_cast<uint32_t>(
        Within(written.max_waiting(), 0, kMostWaiting, path + ".max_waiting"));
  }
  group.gives_up_without_agents = GivesUp(written.without_agents(), path + ".without_agents");
  group.gives_up_with_none_ready = GivesUp(written.with_none_ready(), path + ".with_none_ready");
  if (written.has_target_percent()) {
    group.service_level.percent =
        Within(written.target_percent(), 0, 100, path + ".target_percent");
  }
  group.service_level.within =
      compiler_.DurationIn(written.has_answer_target() ? &written.answer_target() : nullptr,
                           path + ".answer_target", kTargetRange);
}

bool PlanCompiler::Center::GivesUp(v1::Group::Unattended written, const std::string& path) {
  if (!v1::Group::Unattended_IsValid(written)) {
    compiler_.Error(path, "bad-value", "calls give_up or wait then");
  }
  return written != v1::Group::UNATTENDED_WAIT;
}

void PlanCompiler::Center::CompileOffer(const v1::Group& written, const std::string& path,
                                        contact::GroupRules& group) {
  contact::OfferRules& offer = group.offer;
  if (!v1::Group::Offer_IsValid(written.offer())) {
    compiler_.Error(path + ".offer", "bad-value", "agents are reached ring_first or accept_first");
  }
  if (written.offer() == v1::Group::OFFER_ACCEPT_FIRST) {
    offer.style = contact::OfferStyle::kAcceptFirst;
  }
  offer.answer_within =
      compiler_.DurationIn(written.has_answer_within() ? &written.answer_within() : nullptr,
                           path + ".answer_within", kAnswerRange);
  offer.connect_within =
      compiler_.DurationIn(written.has_connect_within() ? &written.connect_within() : nullptr,
                           path + ".connect_within", kAnswerRange);
  if (written.has_missed_limit()) {
    offer.missed_limit = Within(written.missed_limit(), 0, kMostMissed, path + ".missed_limit");
  }
  offer.ring_most = WithinOr(10, written.has_ring_most(), written.ring_most(), 1, kMostPhones,
                             path + ".ring_most");
  offer.ring_step = compiler_.DurationIn(written.has_ring_step() ? &written.ring_step() : nullptr,
                                         path + ".ring_step", kRingStepRange);
  WarnOfUnusedRinging(written, path, group);
}

void PlanCompiler::Center::WarnOfUnusedRinging(const v1::Group& written, const std::string& path,
                                               const contact::GroupRules& group) {
  if (written.has_connect_within() && group.offer.style != contact::OfferStyle::kAcceptFirst) {
    compiler_.Warn(path + ".connect_within", "no-effect",
                   "the phone is the offer here; answer_within says how long it rings, or write "
                   "offer: accept_first");
  }
  if (written.ring_most() != 0 && !contact::RingsSeveral(group.strategy)) {
    compiler_.Warn(path + ".ring_most", "no-effect",
                   "one phone rings at a time; more do with strategy: ring_all or "
                   "progressive_ring");
  }
  if (written.has_ring_step() && group.strategy != contact::Strategy::kProgressiveRing) {
    compiler_.Warn(path + ".ring_step", "no-effect",
                   "phones ring one after the other with strategy: progressive_ring alone");
  }
}

void PlanCompiler::Center::CompileWrapUp(const v1::Group& written, const std::string& path,
                                         contact::GroupRules& group) {
  const std::string field = path + ".wrap_up";
  group.wrap_up.time = compiler_.DurationIn(written.has_wrap_up() ? &written.wrap_up() : nullptr,
                                            field, kWrapUpRange);
  group.wrap_up.most =
      compiler_.DurationIn(written.has_wrap_up_most() ? &written.wrap_up_most() : nullptr,
                           path + ".wrap_up_most", kWrapUpMostRange);
  group.wrap_up.is_ended_by_agent = written.wrap_up_by_agent();
  if (written.wrap_up_by_agent() && written.has_wrap_up()) {
    compiler_.Error(field, "bad-value",
                    "does not go with wrap_up_by_agent: write wrap_up_most for the longest time");
  }
  if (group.wrap_up.time <= group.wrap_up.most) return;
  compiler_.Error(field, "bad-value",
                  absl::StrCat(absl::FormatDuration(group.wrap_up.time),
                               " is more than wrap_up_most, which is ",
                               absl::FormatDuration(group.wrap_up.most),
                               written.has_wrap_up_most() ? "" : " if it is not written"));
}

}  // namespace libroute
