#ifndef LIBROUTE_CONTACT_REFERENCE_FLOOR_H_
#define LIBROUTE_CONTACT_REFERENCE_FLOOR_H_

#include <map>
#include <string>
#include <vector>

#include "libroute/contact/floor.h"
#include "libroute/contact/rules.h"

namespace libroute::contact {

// The same questions as Floor answers, answered slowly: from the rules as they
// are written (with what supervisors have changed) and from what each agent and contact is doing,
// by looking at all of them, without memberships, bands, levels, sets or counts. For tests.
class ReferenceFloor {
 public:
  ReferenceFloor(const Floor& floor, const CenterRules& rules);

  // What is not as it should be between events; empty if all is well.
  std::string Check() const;

  // Who would get a contact that came now to this group; kNobody if none.
  uint32_t PickFor(const std::string& group, Medium medium) const;
  // Which waiting contact this agent would get if able to take both media.
  uint32_t ChooseFor(uint32_t agent) const;
  // By which arrival a contact that comes now stands among the others.
  Micros ArrivalOf(const Arrive& arrive) const;

 private:
  struct Joined {
    std::string group;
    Micros entered = 0;
  };
  const GroupRules& RulesOf(const std::string& group) const { return *groups_.at(group); }
  // In the order of the skills.
  std::vector<SkillLevel> SkillsOf(const AgentRules& agent) const;
  // 0 if not a member.
  int IndexIn(const std::string& group, uint32_t agent) const;
  int LeastIndexAfter(const std::string& group, Micros waited) const;
  bool CanTake(uint32_t agent, Medium medium) const;
  bool IsExcluded(uint32_t contact, uint32_t agent) const;
  // Where a contact that waits may be served now.
  std::vector<Joined> GroupsOf(uint32_t contact) const;
  bool MayServe(uint32_t agent, uint32_t contact, Micros* preferred_arrival) const;
  // Rank and time of becoming idle, as written down in the agent's membership.
  bool IsBefore(const std::string& group, uint32_t a, uint32_t b) const;

  void CheckAgent(uint32_t agent, std::string& faults) const;
  void CheckContact(uint32_t contact, std::string& faults) const;
  void CheckGroup(uint32_t group, std::string& faults) const;
  void CheckAlarms(uint32_t group, std::string& faults) const;
  void CheckPairs(std::string& faults) const;

  const Floor& floor_;
  const CenterRules& rules_;
  std::map<std::string, const GroupRules*> groups_;
  std::map<std::string, const AgentRules*> agents_;
  // By group and agent.
  std::map<std::pair<std::string, uint32_t>, int> indices_;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_REFERENCE_FLOOR_H_
