#include <iostream>

#include "CLI/CLI.hpp"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"

// The command line of libroute: plans, calls and servers.
int main(int argc, char** argv) {
  CLI::App program("Checks, tests and shows plans of libroute, and asks what becomes of calls.",
                   "routectl");
  program.set_version_flag("--version", "routectl " LIBROUTE_VERSION);
  program.require_subcommand(0, 1);
  program.footer(
      "Examples:\n"
      "  routectl check plans/\n"
      "  routectl test acme.yaml\n"
      "  routectl route acme.yaml --called +3222000100 --events busy\n"
      "  routectl explain --server localhost:7070 --called +3222000100\n\n"
      "Exit code: 0 fine, 1 what was asked about is not fine, 2 usage or a file cannot be read,\n"
      "3 the server cannot be reached or refuses. `routectl COMMAND --help` says more.\n"
      "Colours only on a terminal, and not if NO_COLOR is set.");
  libroute::CommandAction action;
  libroute::AddCheckCommand(program, action);
  libroute::AddTestCommand(program, action);
  libroute::AddRouteCommand(program, action);
  libroute::AddExplainCommand(program, action);
  libroute::AddGraphCommand(program, action);
  libroute::AddShowCommand(program, action);
  libroute::AddScheduleCommand(program, action);
  libroute::AddConferenceCommand(program, action);
  libroute::AddAgentsCommands(program, action);
  libroute::AddSupervisorCommands(program, action);
  libroute::AddAgentCommand(program, action);
  libroute::AddSubmitEmailCommand(program, action);
  libroute::AddBenchCommand(program, action);
  libroute::AddCompletionCommand(program, action);
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& help) {
    program.exit(help, std::cout, std::cerr);
    return libroute::kOk;
  } catch (const CLI::ParseError& error) {
    program.exit(error, std::cout, std::cerr);
    return libroute::kUsage;
  }
  if (!action) {
    std::cerr << program.help();
    return libroute::kUsage;
  }
  return action();
}
