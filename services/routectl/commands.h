#ifndef LIBROUTE_SERVICES_ROUTECTL_COMMANDS_H_
#define LIBROUTE_SERVICES_ROUTECTL_COMMANDS_H_

#include <functional>

#include "CLI/CLI.hpp"

namespace libroute {

// What the command that was chosen does; its result is the exit code.
using CommandAction = std::function<int()>;

// Each adds one command to `program`; when it is the one chosen, parsing sets
// `action`. `action` must outlive `program`.
void AddCheckCommand(CLI::App& program, CommandAction& action);
void AddTestCommand(CLI::App& program, CommandAction& action);
void AddRouteCommand(CLI::App& program, CommandAction& action);
void AddExplainCommand(CLI::App& program, CommandAction& action);
void AddGraphCommand(CLI::App& program, CommandAction& action);
void AddShowCommand(CLI::App& program, CommandAction& action);
void AddScheduleCommand(CLI::App& program, CommandAction& action);
void AddConferenceCommand(CLI::App& program, CommandAction& action);
// agents, groups and contacts.
void AddAgentsCommands(CLI::App& program, CommandAction& action);
// group, change-agent and change-contact.
void AddSupervisorCommands(CLI::App& program, CommandAction& action);
void AddAgentCommand(CLI::App& program, CommandAction& action);
void AddSubmitEmailCommand(CLI::App& program, CommandAction& action);
void AddBenchCommand(CLI::App& program, CommandAction& action);
void AddCompletionCommand(CLI::App& program, CommandAction& action);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_COMMANDS_H_
