#ifndef LIBROUTE_TREE_PLAN_CENTER_H_
#define LIBROUTE_TREE_PLAN_CENTER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libroute/contact/rules.h"
#include "libroute/contact/skill_expression.h"
#include "libroute/tree/plan_compiler.h"

namespace libroute {

// Compiles who takes contacts: what the contact centre goes by. Skills, agents and
// what holds for all groups are in plan_center.cc, groups in plan_groups.cc; what only
// shows when it is known who is in which group is checked in plan_memberships.cc.
class PlanCompiler::Center {
 public:
  explicit Center(PlanCompiler& compiler)
      : compiler_(compiler), written_(compiler.written_), skills_(compiler.skill_names_.names()) {}

  // Null if the plan has neither agents nor groups.
  std::shared_ptr<const contact::CenterRules> Compile();

 private:
  // plan_center.cc
  void CompileSkills();
  void CompileAgent(const std::string& name);
  void CompileShared();
  // The names of a list, such as the reasons, each of them a `kind`.
  std::vector<std::string> CompileNames(
      const google::protobuf::RepeatedPtrField<std::string>& written, const std::string& path,
      absl::string_view kind);
  // A number that is to be written within these bounds; `least` and an error for
  // any other.
  int Within(uint32_t value, int least, int most, const std::string& path);
  // The same for one that may be left out.
  int WithinOr(int absent, bool is_written, uint32_t value, int least, int most,
               const std::string& path);

  // plan_groups.cc
  void CompileGroup(const std::string& name);
  void CompileMembers(const v1::Group& written, const std::string& path,
                      contact::GroupRules& group);
  void CompileSkilled(const std::string& skilled, const std::string& path);
  void CompileSteps(const v1::Group& written, const std::string& path, contact::GroupRules& group);
  // What a step changes, besides those before it.
  void CompileStep(const v1::Group::Step& written, const std::string& path,
                   const contact::GroupRules& group, contact::RelaxationStep& step);
  void CompileWaiting(const v1::Group& written, const std::string& path,
                      contact::GroupRules& group);
  bool GivesUp(v1::Group::Unattended written, const std::string& path);
  void CompileOffer(const v1::Group& written, const std::string& path, contact::GroupRules& group);
  void WarnOfUnusedRinging(const v1::Group& written, const std::string& path,
                           const contact::GroupRules& group);
  void CompileWrapUp(const v1::Group& written, const std::string& path, contact::GroupRules& group);
  // plan_alarms.cc
  void CompileAlarms(const v1::Group& written, const std::string& path, contact::GroupRules& group);
  // plan_outside.cc
  void CompileTransferNumbers(const v1::ContactCenter& written);
  void CompileConfirmation(const v1::Group& written, const std::string& path,
                           contact::GroupRules& group);
  // plan_group_hours.cc
  void CompileHours(const v1::Group& written, const std::string& path, const std::string& name);

  // plan_memberships.cc
  struct Memberships;
  void CheckMemberships();
  void CheckGroup(size_t group, Memberships& known);
  // Of groups and agents there are more than can be put together.
  void RefuseSize(const std::string& path, Memberships& known);
  void WarnOfUnmetSkills(size_t group, Memberships& known);

  PlanCompiler& compiler_;
  const v1::Plan& written_;
  const contact::SkillNames skills_;
  contact::CenterRules rules_;
  // Of each group, if it has members by skill.
  std::vector<std::optional<contact::SkillExpression>> skilled_;
  // Those where contacts of other groups wait, too.
  std::set<std::string> added_groups_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_PLAN_CENTER_H_
