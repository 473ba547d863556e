#ifndef EXAMPLES_DAY_ALARMS_H_
#define EXAMPLES_DAY_ALARMS_H_

#include <map>
#include <set>
#include <string>

#include "examples/day/world.h"

namespace center_day {

// Who looks after the groups, and is told when one of their alarms is raised.
class Alarms {
 public:
  explicit Alarms(World& world) : world_(world) {}

  // Says what has been raised and cleared since.
  void Look();

 private:
  World& world_;
  // By group.
  std::map<std::string, std::set<libroute::contact::AlarmKind>> raised_;
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_ALARMS_H_
