#include "libroute/tree/plan_center.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/call/stable_hash.h"
#include "libroute/plan/written_name.h"

// Skills, agents, and what holds for all groups.
namespace libroute {
namespace {

constexpr int kBestIndex = 100;
constexpr int kMostNames = 1000;

const DurationRange kStepRange = {absl::ZeroDuration(), absl::Hours(24), absl::ZeroDuration()};
const DurationRange kEmailDelayRange = {absl::ZeroDuration(), absl::Hours(24 * 30), absl::Hours(4)};
const DurationRange kRestRange = {absl::Seconds(1), absl::Hours(1), absl::Seconds(30)};

// What agents say of skills or groups, in the order of these.
template <typename Map>
std::map<std::string, uint32_t> InOrder(const Map& map) {
  std::map<std::string, uint32_t> sorted;
  for (const auto& [name, value] : map) sorted[name] = value;
  return sorted;
}

DurationRange WithDefault(DurationRange range, absl::Duration absent) {
  range.absent = absent;
  return range;
}

}  // namespace

void PlanCompiler::CompileCenter() {
  plan_->center_rules_ = Center(*this).Compile();
}

std::shared_ptr<const contact::CenterRules> PlanCompiler::Center::Compile() {
  const size_t errors_before = compiler_.errors_;
  rules_.seed = StableHash(written_.customer());
  CompileSkills();
  CompileShared();
  for (const std::string& name : compiler_.agent_names_.names()) CompileAgent(name);
  for (const auto& [name, group] : written_.groups()) {
    for (const v1::Group::Step& step : group.steps()) added_groups_.insert(step.add_group());
  }
  for (const std::string& name : compiler_.group_names_.names()) CompileGroup(name);
  if (rules_.agents.empty() && rules_.groups.empty()) {
    if (written_.has_contact_center()) {
      compiler_.Warn("contact_center", "no-effect",
                     "the plan has neither agents nor groups that this could hold for");
    }
    return nullptr;
  }
  // What is said of half of it would be wrong.
  if (compiler_.errors_ == errors_before) CheckMemberships();
  if (compiler_.errors_ == 0) {
    const absl::Status status = contact::CheckRules(rules_);
    if (!status.ok()) compiler_.Error("contact_center", "bad-value", std::string(status.message()));
  }
  return std::make_shared<const contact::CenterRules>(std::move(rules_));
}

int PlanCompiler::Center::Within(uint32_t value, int least, int most, const std::string& path) {
  if (static_cast<int64_t>(value) >= least && static_cast<int64_t>(value) <= most) {
    return static_cast<int>(value);
  }
  compiler_.Error(path, "bad-value",
                  absl::StrCat(value, " is out of range; ", least, " to ", most));
  return least;
}

int PlanCompiler::Center::WithinOr(int absent, bool is_written, uint32_t value, int least, int most,
                                   const std::string& path) {
  return is_written ? Within(value, least, most, path) : absent;
}

void PlanCompiler::Center::CompileSkills() {
  rules_.skills = compiler_.skill_names_.names();
  if (rules_.skills.size() > contact::SkillNames::kMost) {
    compiler_.Error("skills", "too-many",
                    absl::StrCat("a plan has at most ", contact::SkillNames::kMost, " skills, not ",
                                 rules_.skills.size()));
  }
  for (const std::string& name : rules_.skills) {
    // What is no name at all was reported.
    if (!CheckWrittenName(name).ok() || contact::IsSkillName(name)) continue;
    compiler_.Error(KeyPath("skills", name), "bad-name",
                    absl::StrCat(Quoted(name),
                                 " could not stand in `skilled` of a group: the name of a skill "
                                 "begins with a letter, has letters, digits, '-' and '_', and is "
                                 "neither \"and\" nor \"or\""));
  }
}

void PlanCompiler::Center::CompileAgent(const std::string& name) {
  const v1::Agent& written = written_.agents().at(name);
  const std::string path = KeyPath("agents", name);
  contact::AgentRules agent;
  agent.name = name;
  for (const auto& [skill, index] : InOrder(written.skills())) {
    const std::string entry = KeyPath(path + ".skills", skill);
    compiler_.Lookup(compiler_.skill_names_, "skill", skill, entry);
    agent.skills.push_back({skill, Within(index, 1, kBestIndex, entry)});
  }
  for (const auto& [group, preference] : InOrder(written.preferences())) {
    const std::string entry = KeyPath(path + ".preferences", group);
    compiler_.Lookup(compiler_.group_names_, "group", group, entry);
    agent.preferences.push_back({group, Within(preference, 1, 100, entry)});
  }
  agent.is_reserve = written.reserve();
  agent.calls_interrupt_emails = !written.emails_undisturbed();
  if (written.has_wrap_up()) {
    agent.wrap_up = compiler_.DurationIn(&written.wrap_up(), path + ".wrap_up",
                                         {absl::ZeroDuration(), contact::kMostWrapUp, {}});
  }
  rules_.agents.push_back(std::move(agent));
}

void PlanCompiler::Center::CompileShared() {
  const v1::ContactCenter& written = written_.contact_center();
  const std::string path = "contact_center";
  rules_.reasons = CompileNames(written.reasons(), path + ".reasons", "reason");
  rules_.dispositions = CompileNames(written.dispositions(), path + ".dispositions", "disposition");
  CompileTransferNumbers(written);
  rules_.call_cost =
      WithinOr(100, written.has_call_cost(), written.call_cost(), 1, 100, path + ".call_cost");
  rules_.email_cost =
      WithinOr(30, written.has_email_cost(), written.email_cost(), 1, 100, path + ".email_cost");
  if (!v1::ContactCenter::Choice_IsValid(written.choice())) {
    compiler_.Error(path + ".choice", "bad-value",
                    "contacts are chosen by oldest or service_level");
  }
  rules_.choice = written.choice() == v1::ContactCenter::CHOICE_SERVICE_LEVEL
                      ? contact::ContactChoice::kServiceLevel
                      : contact::ContactChoice::kOldest;
  rules_.priority_step =
      compiler_.DurationIn(written.has_priority_step() ? &written.priority_step() : nullptr,
                           path + ".priority_step", WithDefault(kStepRange, absl::Seconds(30)));
  rules_.email_delay =
      compiler_.DurationIn(written.has_email_delay() ? &written.email_delay() : nullptr,
                           path + ".email_delay", kEmailDelayRange);
  rules_.preference_step =
      compiler_.DurationIn(written.has_preference_step() ? &written.preference_step() : nullptr,
                           path + ".preference_step", WithDefault(kStepRange, absl::Minutes(5)));
  rules_.refusal_rest =
      compiler_.DurationIn(written.has_refusal_rest() ? &written.refusal_rest() : nullptr,
                           path + ".refusal_rest", kRestRange);
  rules_.phone_rest = compiler_.DurationIn(
      written.has_phone_rest() ? &written.phone_rest() : nullptr, path + ".phone_rest", kRestRange);
}

std::vector<std::string> PlanCompiler::Center::CompileNames(
    const google::protobuf::RepeatedPtrField<std::string>& written, const std::string& path,
    absl::string_view kind) {
  std::vector<std::string> names;
  if (written.size() > kMostNames) {
    compiler_.Error(path, "too-many",
                    absl::StrCat("at most ", kMostNames, " ", kind, "s, not ", written.size()));
    return names;
  }
  std::map<std::string, int> first;
  for (int i = 0; i < written.size(); ++i) {
    const std::string entry = IndexPath(path, i);
    const auto [known, is_new] = first.emplace(written[i], i);
    if (!is_new) {
      compiler_.Error(entry, "duplicate",
                      absl::StrCat("the ", kind, " ", Quoted(written[i]), " is there already, see ",
                                   IndexPath(path, known->second)));
    } else if (compiler_.IsName(written[i], entry)) {
      names.push_back(written[i]);
    }
  }
  return names;
}

}  // namespace libroute
