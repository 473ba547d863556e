#ifndef LIBROUTE_SERVICES_ROUTECTL_AGENT_WORDS_H_
#define LIBROUTE_SERVICES_ROUTECTL_AGENT_WORDS_H_

#include <string>
#include <vector>

#include "libroute/v1/agents.pb.h"

namespace libroute {

// What agents are doing, for people: a table with a line for each.
std::string AgentsText(const std::vector<v1::AgentStanding>& agents);

// What goes on in groups, likewise.
std::string GroupsText(const std::vector<v1::GroupStanding>& groups);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_AGENT_WORDS_H_
