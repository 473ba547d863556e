#ifndef LIBROUTE_SERVICES_ROUTECTL_AGENT_ACTS_H_
#define LIBROUTE_SERVICES_ROUTECTL_AGENT_ACTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/v1/agents.pb.h"

namespace libroute {

// What an agent does, in words: "log-in +3222000201", "accept", "transfer second",
// "consult +3222000300".
struct AgentWords {
  std::string act;
  // What the act needs: a phone, a reason, a state, a time, a group, or a number outside.
  std::string value;
  // Of transfer and consult: who is to have it first.
  std::string to_agent;
  // And the number outside, if it is not said as `value`.
  std::string to_number;
  // Which contact is meant; 0: the only one in the right state.
  uint64_t token = 0;
};

// All of them, for people, and their names.
inline constexpr char kAgentActs[] =
    "log-in PHONE, log-out, ready, not-ready [REASON], phone idle|busy|unreachable,\n"
    "accept, decline, finish, end-wrap-up, extend-wrap-up TIME, hold, unhold,\n"
    "transfer GROUP|NUMBER, consult GROUP|NUMBER, complete-transfer, cancel-consult, disposition "
    "CODE";
const std::vector<std::string>& AgentActNames();

// "accept", "accept 17", "transfer second 17", as somebody types it. InvalidArgument for what
// is not such an act.
absl::StatusOr<AgentWords> ReadAgentLine(absl::string_view line);

// Whether the act is done with a contact.
bool IsAboutContact(const AgentWords& words);

// Which contact of the agent the act is about; 0 for other acts. FailedPrecondition where
// several could be meant, or none.
absl::StatusOr<uint64_t> FindToken(const AgentWords& words, const v1::AgentStanding& now);

// InvalidArgument when something is missing.
absl::Status ReadAgentAct(const AgentWords& words, uint64_t token, v1::ActRequest& request);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_AGENT_ACTS_H_
