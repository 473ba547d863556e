#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/routectl/agent_client.h"
#include "services/routectl/agent_words.h"
#include "services/routectl/commands.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/terminal.h"

// The commands agents and groups: who is logged in at a server, and what goes on.
namespace libroute {
namespace {

struct AgentsOptions {
  ServerOptions server;
  std::string customer;
  OutputFormat output = OutputFormat::kText;
};

int Failed(const absl::Status& status) {
  NoteError(status.message());
  return ExitCodeOf(status);
}

int ShowAgents(const AgentsOptions& options) {
  absl::StatusOr<std::unique_ptr<AgentClient>> client = AgentClient::Create(options.server);
  if (!client.ok()) return Failed(client.status());
  v1::ListAgentsRequest request;
  request.set_customer(absl::StrCat("customers/", options.customer));
  const absl::StatusOr<v1::ListAgentsResponse> response = (*client)->ListAgents(request);
  if (!response.ok()) return Failed(response.status());
  const bool is_json = options.output == OutputFormat::kJson;
  Print(is_json ? absl::StrCat(JsonOf(*response), "\n")
                : AgentsText({response->agents().begin(), response->agents().end()}));
  return kOk;
}

int ShowGroups(const AgentsOptions& options) {
  absl::StatusOr<std::unique_ptr<AgentClient>> client = AgentClient::Create(options.server);
  if (!client.ok()) return Failed(client.status());
  v1::ListGroupsRequest request;
  request.set_customer(absl::StrCat("customers/", options.customer));
  const absl::StatusOr<v1::ListGroupsResponse> response = (*client)->ListGroups(request);
  if (!response.ok()) return Failed(response.status());
  const bool is_json = options.output == OutputFormat::kJson;
  Print(is_json ? absl::StrCat(JsonOf(*response), "\n")
                : GroupsText({response->groups().begin(), response->groups().end()}));
  return kOk;
}

void Add(CLI::App& program, CommandAction& action, const char* name, const char* what,
         int (*show)(const AgentsOptions&)) {
  auto options = std::make_shared<AgentsOptions>();
  CLI::App* command = program.add_subcommand(name, what);
  AddServerOptions(*command, options->server);
  command->add_option("--customer", options->customer, "The customer whose plan it is")
      ->required()
      ->type_name("NAME");
  AddOutput(*command, options->output);
  command->footer(absl::StrCat(
      "Figures are those of the server, since it was started.\n\nExample:\n  routectl ", name,
      " --server localhost:7070 --customer acme\n\n"
      "Exit code: 0 shown, 1 the customer has no live plan, 2 usage, 3 the server cannot be "
      "reached\nor refuses"));
  command->callback(
      [options, show, &action] { action = [options, show] { return show(*options); }; });
}

}  // namespace

void AddAgentsCommands(CLI::App& program, CommandAction& action) {
  Add(program, action, "agents", "Show the agents of a plan at a server, and what they do",
      ShowAgents);
  Add(program, action, "groups", "Show the groups of a plan at a server, and what goes on in them",
      ShowGroups);
}

}  // namespace libroute
