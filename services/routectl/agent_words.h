#ifndef LIBROUTE_SERVICES_ROUTECTL_AGENT_WORDS_H_
#define LIBROUTE_SERVICES_ROUTECTL_AGENT_WORDS_H_

#include <string>
#include <vector>

#include "libroute/v1/agents.pb.h"
#include "libroute/v1/supervisor.pb.h"

namespace libroute {

// What agents are doing, for people: a table with a line for each.
std::string AgentsText(const std::vector<v1::AgentStanding>& agents);

// What goes on in groups, likewise.
std::string GroupsText(const std::vector<v1::GroupStanding>& groups);

// What a contact is called: "sbc-1/1/c4711", or the Message-ID of an e-mail.
std::string ContactName(const v1::ContactStanding& contact);

// Who waits and who talks, likewise; one without a state is gone.
std::string ContactsText(const std::vector<v1::ContactStanding>& contacts);

// An agent on one line: "anna ready at +3222000201: offered 17 for desk from +32475123456".
std::string AgentLine(const v1::AgentStanding& agent);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_AGENT_WORDS_H_
