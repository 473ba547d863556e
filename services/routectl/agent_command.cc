#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "services/routectl/agent_acts.h"
#include "services/routectl/agent_client.h"
#include "services/routectl/agent_words.h"
#include "services/routectl/commands.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/terminal.h"

// The commands agent and desk: do at a server what an agent does.
namespace libroute {
namespace {

struct AgentOptions {
  ServerOptions server;
  std::string customer;
  std::string agent;
  AgentWords words;
  OutputFormat output = OutputFormat::kText;

  std::string resource() const { return absl::StrCat("customers/", customer); }
};

// The token that is meant: that of the only contact in the right state, if none is given.
absl::StatusOr<uint64_t> AskForToken(const AgentOptions& options, AgentClient& client) {
  if (!IsAboutContact(options.words) || options.words.token != 0) return options.words.token;
  v1::ListAgentsRequest request;
  request.set_customer(options.resource());
  const absl::StatusOr<v1::ListAgentsResponse> response = client.ListAgents(request);
  if (!response.ok()) return response.status();
  v1::AgentStanding nobody;
  nobody.set_agent(options.agent);
  const v1::AgentStanding* found = &nobody;
  for (const v1::AgentStanding& agent : response->agents()) {
    if (agent.agent() == options.agent) found = &agent;
  }
  return FindToken(options.words, *found);
}

int DoAct(const AgentOptions& options) {
  absl::StatusOr<std::unique_ptr<AgentClient>> client = AgentClient::Create(options.server);
  if (!client.ok()) return Fail(client.status(), kUsage);
  const absl::StatusOr<uint64_t> token = AskForToken(options, **client);
  if (!token.ok()) return Fail(token.status(), ExitCodeOf(token.status()));
  v1::ActRequest request;
  request.set_customer(options.resource());
  request.set_agent(options.agent);
  const absl::Status read = ReadAgentAct(options.words, *token, request);
  if (!read.ok()) return Fail(read, kUsage);
  const absl::StatusOr<v1::ActResponse> done = (*client)->Act(request);
  if (!done.ok()) return Fail(done.status(), ExitCodeOf(done.status()));
  const bool is_json = options.output == OutputFormat::kJson;
  Print(is_json ? absl::StrCat(JsonOf(done->agent()), "\n") : AgentsText({done->agent()}));
  return kOk;
}

// An agent's desk in a terminal: reads acts, and shows what the agent is doing.
class Desk {
 public:
  explicit Desk(const AgentOptions& options) : options_(options) {}

  // Fills in the next act that is typed; false at the end of the input.
  bool Next(v1::AgentSessionRequest& request) {
    v1::ActRequest& act = *request.mutable_act();
    act.set_customer(options_.resource());
    act.set_agent(options_.agent);
    // The first message says whose desk it is.
    if (!std::exchange(has_begun_, true)) return true;
    std::string line;
    while (std::getline(std::cin, line)) {
      if (absl::StripAsciiWhitespace(line).empty()) continue;
      const absl::Status status = Read(line, act);
      request.set_request_id("typed");
      if (status.ok()) return true;
      NoteError(status.message());
    }
    return false;
  }

  void Show(const v1::AgentSessionResponse& response) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      now_ = response.agent();
    }
    if (options_.output == OutputFormat::kJson) {
      Print(absl::StrCat(JsonOf(response), "\n"));
      return;
    }
    if (response.has_error()) NoteError(response.error().message());
    Print(absl::StrCat(AgentLine(response.agent()), "\n"));
  }

 private:
  absl::Status Read(const std::string& line, v1::ActRequest& act) {
    const absl::StatusOr<AgentWords> words = ReadAgentLine(line);
    if (!words.ok()) return words.status();
    v1::AgentStanding now;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      now = now_;
    }
    const absl::StatusOr<uint64_t> token = FindToken(*words, now);
    return token.ok() ? ReadAgentAct(*words, *token, act) : token.status();
  }

  const AgentOptions& options_;
  bool has_begun_ = false;
  std::mutex mutex_;
  v1::AgentStanding now_;
};

int RunDesk(const AgentOptions& options) {
  absl::StatusOr<std::unique_ptr<AgentClient>> client = AgentClient::Create(options.server);
  if (!client.ok()) return Fail(client.status(), kUsage);
  Desk desk(options);
  const absl::Status status =
      (*client)->Session([&](v1::AgentSessionRequest& request) { return desk.Next(request); },
                         [&](const v1::AgentSessionResponse& told) { desk.Show(told); });
  return status.ok() ? static_cast<int>(kOk) : Fail(status, ExitCodeOf(status));
}

CLI::App* AddFor(CLI::App& program, const char* name, const char* what,
                 const std::shared_ptr<AgentOptions>& options) {
  CLI::App* command = program.add_subcommand(name, what);
  AddServerOptions(*command, options->server);
  command->add_option("--customer", options->customer, "The customer whose plan it is")
      ->required()
      ->type_name("NAME");
  command->add_option("AGENT", options->agent, "The agent's name in the plan")
      ->required()
      ->type_name("");
  AddOutput(*command, options->output);
  return command;
}

void AddDeskCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<AgentOptions>();
  CLI::App* command =
      AddFor(program, "desk", "Be an agent at a server: type acts, see what happens", options);
  command->footer(absl::StrCat(
      "Reads one act from each line:\n", kAgentActs,
      ";\na number behind an act says which contact is meant, if there are several. Shows what the "
      "agent is\ndoing whenever that changes. At the end of the input the desk is gone: no "
      "contacts are\noffered then, and the agent is logged out after 64 s.\n\n"
      "Example:\n"
      "  routectl desk --server localhost:7070 --customer acme anna\n\n"
      "Exit code: 0 at the end of the input, 1 there is no such agent, or another desk has taken "
      "over,\n2 usage, 3 the server cannot be reached or refuses"));
  command->callback([options, &action] { action = [options] { return RunDesk(*options); }; });
}

}  // namespace

void AddAgentCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<AgentOptions>();
  CLI::App* command = AddFor(program, "agent", "Do at a server what an agent does", options);
  command->add_option("ACT", options->words.act, kAgentActs)
      ->required()
      ->check(CLI::IsMember(AgentActNames()))
      ->type_name("");
  command->add_option("VALUE", options->words.value, "What the act needs")->type_name("");
  command
      ->add_option("--token", options->words.token,
                   "Which contact, if there are several: as `routectl agents` shows it")
      ->type_name("NUMBER");
  command
      ->add_option("--to-agent", options->words.to_agent,
                   "Of transfer and consult: who is to have it, before anybody of the group")
      ->type_name("NAME");
  command
      ->add_option(
          "--number", options->words.to_number,
          "Of transfer and consult: a number outside, one of the plan's `transfer_numbers`")
      ->type_name("NUMBER");
  command->footer(
      "Shows what the agent is doing afterwards.\n\n"
      "Examples:\n"
      "  routectl agent --server localhost:7070 --customer acme anna log-in +3222000201\n"
      "  routectl agent --server localhost:7070 --customer acme anna ready\n"
      "  routectl agent --server localhost:7070 --customer acme anna not-ready lunch\n"
      "  routectl agent --server localhost:7070 --customer acme anna transfer second-level\n"
      "  routectl agent --server localhost:7070 --customer acme anna consult --number "
      "+3222000300\n\n"
      "Exit code: 0 done, 1 it cannot be done now, or there is no such agent, 2 usage, 3 the\n"
      "server cannot be reached or refuses");
  command->callback([options, &action] { action = [options] { return DoAct(*options); }; });
  AddDeskCommand(program, action);
}

}  // namespace libroute
