#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libroute/plan/issue.h"
#include "services/routectl/agent_client.h"
#include "services/routectl/agent_words.h"
#include "services/routectl/commands.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/terminal.h"

// The command agent: does at a server what an agent does.
namespace libroute {
namespace {

using WorkState = v1::AgentStanding::Work;

struct AgentOptions {
  ServerOptions server;
  std::string customer;
  std::string agent;
  std::string act;
  // What the act needs: a phone, a reason, a state, a time.
  std::string value;
  uint64_t token = 0;
  OutputFormat output = OutputFormat::kText;
};

constexpr const char* kActs[] = {"log-in", "log-out", "ready",  "not-ready",   "phone",
                                 "accept", "decline", "finish", "end-wrap-up", "extend-wrap-up"};

// In which state something is that can be accepted, and so on; none for other acts.
WorkState::State StateFor(const std::string& act) {
  if (act == "accept" || act == "decline") return WorkState::STATE_OFFERED;
  if (act == "finish") return WorkState::STATE_ACTIVE;
  if (act == "end-wrap-up" || act == "extend-wrap-up") return WorkState::STATE_WRAP_UP;
  return WorkState::STATE_UNSPECIFIED;
}

// The token that is meant: that of the only thing in the right state, if none is given.
absl::StatusOr<uint64_t> FindToken(const AgentOptions& options, AgentClient& client) {
  const WorkState::State state = StateFor(options.act);
  if (state == WorkState::STATE_UNSPECIFIED || options.token != 0) return options.token;
  v1::ListAgentsRequest request;
  request.set_customer(absl::StrCat("customers/", options.customer));
  const absl::StatusOr<v1::ListAgentsResponse> response = client.ListAgents(request);
  if (!response.ok()) return response.status();
  std::vector<uint64_t> found;
  for (const v1::AgentStanding& agent : response->agents()) {
    if (agent.agent() != options.agent) continue;
    for (const WorkState& work : agent.works()) {
      if (work.state() == state) found.push_back(work.token());
    }
  }
  if (found.size() == 1) return found.front();
  return absl::FailedPreconditionError(absl::StrCat(
      "agent ", Quoted(options.agent), " has ", found.empty() ? "nothing" : "several contacts",
      " to ", options.act, found.empty() ? "" : "; say which with --token (routectl agents)"));
}

absl::Status ReadPhone(const std::string& value, v1::ActRequest& request) {
  if (value == "idle") {
    request.set_phone(v1::ActRequest::PHONE_IDLE);
  } else if (value == "busy") {
    request.set_phone(v1::ActRequest::PHONE_BUSY);
  } else if (value == "unreachable") {
    request.set_phone(v1::ActRequest::PHONE_UNREACHABLE);
  } else {
    return absl::InvalidArgumentError("phone: say idle, busy or unreachable");
  }
  return absl::OkStatus();
}

absl::Status ReadAct(const AgentOptions& options, uint64_t token, v1::ActRequest& request) {
  request.set_customer(absl::StrCat("customers/", options.customer));
  request.set_agent(options.agent);
  const std::string& act = options.act;
  if (act == "log-in") {
    request.mutable_log_in()->set_phone(options.value);
  } else if (act == "log-out") {
    request.mutable_log_out();
  } else if (act == "ready") {
    request.mutable_ready();
  } else if (act == "not-ready") {
    request.mutable_not_ready()->set_reason(options.value);
  } else if (act == "phone") {
    return ReadPhone(options.value, request);
  } else if (act == "accept") {
    request.mutable_accept()->set_token(token);
  } else if (act == "decline") {
    request.mutable_decline()->set_token(token);
  } else if (act == "finish") {
    request.mutable_finish()->set_token(token);
  } else if (act == "end-wrap-up") {
    request.mutable_end_wrap_up()->set_token(token);
  } else {
    absl::Duration by;
    if (!absl::ParseDuration(options.value, &by) || by <= absl::ZeroDuration()) {
      return absl::InvalidArgumentError("extend-wrap-up: say by how much, such as 30s");
    }
    request.mutable_extend_wrap_up()->set_token(token);
    google::protobuf::Duration& written = *request.mutable_extend_wrap_up()->mutable_by();
    absl::Duration rest;
    written.set_seconds(absl::IDivDuration(by, absl::Seconds(1), &rest));
    written.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
  }
  return absl::OkStatus();
}

int Failed(const absl::Status& status, int exit_code) {
  NoteError(status.message());
  return exit_code;
}

int DoAct(const AgentOptions& options) {
  absl::StatusOr<std::unique_ptr<AgentClient>> client = AgentClient::Create(options.server);
  if (!client.ok()) return Failed(client.status(), kUsage);
  const absl::StatusOr<uint64_t> token = FindToken(options, **client);
  if (!token.ok()) return Failed(token.status(), ExitCodeOf(token.status()));
  v1::ActRequest request;
  const absl::Status read = ReadAct(options, *token, request);
  if (!read.ok()) return Failed(read, kUsage);
  const absl::StatusOr<v1::ActResponse> done = (*client)->Act(request);
  if (!done.ok()) return Failed(done.status(), ExitCodeOf(done.status()));
  const bool is_json = options.output == OutputFormat::kJson;
  Print(is_json ? absl::StrCat(JsonOf(done->agent()), "\n") : AgentsText({done->agent()}));
  return kOk;
}

}  // namespace

void AddAgentCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<AgentOptions>();
  CLI::App* command = program.add_subcommand("agent", "Do at a server what an agent does");
  AddServerOptions(*command, options->server);
  command->add_option("--customer", options->customer, "The customer whose plan it is")
      ->required()
      ->type_name("NAME");
  command->add_option("AGENT", options->agent, "The agent's name in the plan")
      ->required()
      ->type_name("");
  command
      ->add_option(
          "ACT", options->act,
          "log-in PHONE, log-out, ready, not-ready [REASON], phone idle|busy|unreachable,\n"
          "accept, decline, finish, end-wrap-up, extend-wrap-up TIME")
      ->required()
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(kActs), std::end(kActs))))
      ->type_name("");
  command->add_option("VALUE", options->value, "What the act needs")->type_name("");
  command
      ->add_option("--token", options->token,
                   "Which contact, if there are several: as `routectl agents` shows it")
      ->type_name("NUMBER");
  AddOutput(*command, options->output);
  command->footer(
      "Shows what the agent is doing afterwards.\n\n"
      "Examples:\n"
      "  routectl agent --server localhost:7070 --customer acme anna log-in +3222000201\n"
      "  routectl agent --server localhost:7070 --customer acme anna ready\n"
      "  routectl agent --server localhost:7070 --customer acme anna not-ready lunch\n\n"
      "Exit code: 0 done, 1 it cannot be done now, or there is no such agent, 2 usage, 3 the\n"
      "server cannot be reached or refuses");
  command->callback([options, &action] { action = [options] { return DoAct(*options); }; });
}

}  // namespace libroute
