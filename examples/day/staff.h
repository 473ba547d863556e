#ifndef EXAMPLES_DAY_STAFF_H_
#define EXAMPLES_DAY_STAFF_H_

#include <map>
#include <string>

#include "examples/day/figures.h"
#include "examples/day/mail.h"
#include "examples/day/world.h"
#include "libroute/engine/agents.h"

namespace center_day {

// The agents and their desks: they come, have breaks and go as the script says. What they do in
// between is seen as any desk sees it, by what the engine says has changed.
class Staff {
 public:
  Staff(World& world, Mail& mail) : world_(world), mail_(mail) {}

  // Enters the working day of everybody in the agenda.
  void Begin();
  // There is something new of some agents.
  void Follow();
  // Time is counted up to now.
  void Close();

 private:
  struct Member {
    Doing doing = Doing::kAway;
    absl::Time since;
    // Of the break that the script has now.
    absl::Time break_ends = absl::InfinitePast();
  };

  void Come(const AgentDay& day);
  void HaveBreak(const std::string& name, const Break& one);
  // Is ready again.
  void ComeBack(const std::string& name);
  void Follow(const libroute::AgentNow& agent);
  std::string WordsFor(const libroute::AgentNow& agent, const Member& member, Doing doing);
  void Act(libroute::AgentAct::Kind kind, const std::string& name, const std::string& phone = "",
           const std::string& reason = "");
  void Count(const std::string& name, Member& member);

  World& world_;
  Mail& mail_;
  std::map<std::string, Member> members_;
  uint64_t version_ = 0;
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_STAFF_H_
