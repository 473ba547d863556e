#include <map>
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

// The commands agents, groups and contacts: who is logged in at a server, and what goes on.
namespace libroute {
namespace {

struct AgentsOptions {
  ServerOptions server;
  std::string customer;
  bool follows = false;
  OutputFormat output = OutputFormat::kText;

  std::string resource() const { return absl::StrCat("customers/", customer); }
};

template <class Message>
void Show(const AgentsOptions& options, const Message& message, const std::string& text) {
  const bool is_json = options.output == OutputFormat::kJson;
  Print(is_json ? absl::StrCat(JsonOf(message), "\n") : text);
}

// What there is, and then what changes, until somebody stops it.
int Follow(const AgentsOptions& options, AgentClient& client,
           absl::FunctionRef<bool(const v1::WatchResponse&)> show) {
  v1::WatchRequest request;
  request.set_customer(options.resource());
  const absl::Status status = client.Watch(request, show);
  return status.ok() ? static_cast<int>(kOk) : Fail(status, ExitCodeOf(status));
}

int ShowAgents(const AgentsOptions& options, AgentClient& client) {
  if (options.follows) {
    return Follow(options, client, [&](const v1::WatchResponse& response) {
      v1::WatchResponse agents = response;
      agents.clear_groups();
      if (agents.agents_size() > 0) {
        Show(options, agents, AgentsText({agents.agents().begin(), agents.agents().end()}));
      }
      return true;
    });
  }
  v1::ListAgentsRequest request;
  request.set_customer(options.resource());
  const absl::StatusOr<v1::ListAgentsResponse> response = client.ListAgents(request);
  if (!response.ok()) return Fail(response.status(), ExitCodeOf(response.status()));
  Show(options, *response, AgentsText({response->agents().begin(), response->agents().end()}));
  return kOk;
}

int ShowGroups(const AgentsOptions& options, AgentClient& client) {
  if (options.follows) {
    return Follow(options, client, [&](const v1::WatchResponse& response) {
      v1::WatchResponse groups = response;
      groups.clear_agents();
      if (groups.groups_size() > 0) {
        Show(options, groups, GroupsText({groups.groups().begin(), groups.groups().end()}));
      }
      return true;
    });
  }
  v1::ListGroupsRequest request;
  request.set_customer(options.resource());
  const absl::StatusOr<v1::ListGroupsResponse> response = client.ListGroups(request);
  if (!response.ok()) return Fail(response.status(), ExitCodeOf(response.status()));
  Show(options, *response, GroupsText({response->groups().begin(), response->groups().end()}));
  return kOk;
}

absl::StatusOr<v1::ListContactsResponse> ListContacts(const AgentsOptions& options,
                                                      AgentClient& client) {
  v1::ListContactsRequest request;
  request.set_customer(options.resource());
  return client.ListContacts(request);
}

// Those that are new, have changed, or are gone, whenever something has changed at all.
int FollowContacts(const AgentsOptions& options, AgentClient& client) {
  std::map<std::string, std::string> known;
  absl::Status failed;
  const int code = Follow(options, client, [&](const v1::WatchResponse&) {
    const absl::StatusOr<v1::ListContactsResponse> response = ListContacts(options, client);
    failed = response.status();
    if (!response.ok()) return false;
    v1::ListContactsResponse changed;
    std::map<std::string, std::string> now;
    for (const v1::ContactStanding& contact : response->contacts()) {
      std::string written = contact.SerializeAsString();
      const std::string call = contact.call_id().SerializeAsString();
      const auto before = known.find(call);
      if (before == known.end() || before->second != written) *changed.add_contacts() = contact;
      now.emplace(call, std::move(written));
    }
    for (const auto& [call, written] : known) {
      if (now.contains(call)) continue;
      v1::ContactStanding* gone = changed.add_contacts();
      gone->mutable_call_id()->ParseFromString(call);
    }
    known = std::move(now);
    if (changed.contacts_size() > 0) {
      Show(options, changed, ContactsText({changed.contacts().begin(), changed.contacts().end()}));
    }
    return true;
  });
  return failed.ok() ? code : Fail(failed, ExitCodeOf(failed));
}

int ShowContacts(const AgentsOptions& options, AgentClient& client) {
  if (options.follows) return FollowContacts(options, client);
  const absl::StatusOr<v1::ListContactsResponse> response = ListContacts(options, client);
  if (!response.ok()) return Fail(response.status(), ExitCodeOf(response.status()));
  Show(options, *response,
       ContactsText({response->contacts().begin(), response->contacts().end()}));
  return kOk;
}

void Add(CLI::App& program, CommandAction& action, const char* name, const char* what,
         int (*show)(const AgentsOptions&, AgentClient&)) {
  auto options = std::make_shared<AgentsOptions>();
  CLI::App* command = program.add_subcommand(name, what);
  AddServerOptions(*command, options->server);
  command->add_option("--customer", options->customer, "The customer whose plan it is")
      ->required()
      ->type_name("NAME");
  command->add_flag("--follow", options->follows,
                    "Then show what changes, as it happens, until stopped");
  AddOutput(*command, options->output);
  command->footer(absl::StrCat(
      "Figures are those of the server, since it was started. With --follow and --output json "
      "each\nline is one message.\n\nExamples:\n  routectl ",
      name, " --server localhost:7070 --customer acme\n  routectl ", name,
      " --server localhost:7070 --customer acme --follow\n\n"
      "Exit code: 0 shown, 1 the customer has no live plan, 2 usage, 3 the server cannot be "
      "reached\nor refuses"));
  command->callback([options, show, &action] {
    action = [options, show]() -> int {
      absl::StatusOr<std::unique_ptr<AgentClient>> client = AgentClient::Create(options->server);
      return client.ok() ? show(*options, **client) : Fail(client.status(), kUsage);
    };
  });
}

}  // namespace

void AddAgentsCommands(CLI::App& program, CommandAction& action) {
  Add(program, action, "agents", "Show the agents of a plan at a server, and what they do",
      ShowAgents);
  Add(program, action, "groups", "Show the groups of a plan at a server, and what goes on in them",
      ShowGroups);
  Add(program, action, "contacts",
      "Show who waits for the agents of a plan at a server, and who "
      "talks with them",
      ShowContacts);
}

}  // namespace libroute
