#ifndef EXAMPLES_DAY_SCRIPT_H_
#define EXAMPLES_DAY_SCRIPT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/digits.h"
#include "libroute/plan/issue.h"

namespace libroute::v1 {
class Plan;
}  // namespace libroute::v1

namespace center_day {

// What day.proto says, as read: with times and numbers.
struct Flow {
  absl::Time from;
  absl::Time to;
  double per_hour = 0;
};

struct Traffic {
  libroute::E164Number called;
  std::vector<Flow> flows;
};

struct Mailing {
  std::string to;
  std::vector<Flow> flows;
};

struct Break {
  absl::Time at;
  absl::Duration lasts;
  std::string reason;
};

struct AgentDay {
  std::string name;
  std::string phone;
  absl::Time from;
  absl::Time to;
  std::vector<Break> breaks;
};

struct HandOn {
  double share = 0;
  std::string to;
  absl::Duration after;
  double consulted = 0;
};

struct GroupWork {
  absl::Duration talk;
  std::vector<HandOn> hands_on;
  absl::Duration email;
};

struct KnownCallers {
  uint64_t first = 0;
  uint64_t last = 0;
  double share = 0;
};

struct Script {
  absl::TimeZone zone;
  absl::CivilDay date;
  uint64_t seed = 0;
  std::vector<Traffic> calls;
  std::vector<Mailing> emails;
  // In order of their names.
  std::vector<AgentDay> agents;
  // All groups of the plan.
  std::map<std::string, GroupWork> groups;
  absl::Duration patience;
  std::vector<KnownCallers> known;
  absl::Duration answered_after;
  double not_answered = 0;
  double busy = 0;
  absl::Duration back_after;
};

struct ScriptReading {
  Script script;
  // All that is wrong with it, with its place.
  std::vector<libroute::Issue> issues;
};

// Reads a day (day.proto, as YAML or JSON) for `plan`: its agents and groups are those of the
// plan.
ScriptReading ReadScript(absl::string_view text, const std::string& file,
                         const libroute::v1::Plan& plan);

}  // namespace center_day

#endif  // EXAMPLES_DAY_SCRIPT_H_
