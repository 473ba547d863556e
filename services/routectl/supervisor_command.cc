#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/report/text_lines.h"
#include "services/routectl/agent_client.h"
#include "services/routectl/agent_words.h"
#include "services/routectl/commands.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/terminal.h"

// The commands group, change-agent and change-contact: what supervisors do at a server.
namespace libroute {
namespace {

// What all of them have.
struct SupervisorOptions {
  ServerOptions server;
  std::string customer;
  OutputFormat output = OutputFormat::kText;

  std::string resource() const { return absl::StrCat("customers/", customer); }
};

constexpr char kExitCodes[] =
    "Exit code: 0 done, 1 it cannot be done now, or there is no such thing, 2 usage, 3 the server\n"
    "cannot be reached or refuses";

CLI::App* AddSupervisorCommand(CLI::App& program, const char* name, const char* what,
                               SupervisorOptions& options) {
  CLI::App* command = program.add_subcommand(name, what);
  AddServerOptions(*command, options.server);
  command->add_option("--customer", options.customer, "The customer whose plan it is")
      ->required()
      ->type_name("NAME");
  AddOutput(*command, options.output);
  return command;
}

template <class Message>
void ShowDone(const SupervisorOptions& options, const Message& message, const std::string& text) {
  const bool is_json = options.output == OutputFormat::kJson;
  Print(is_json ? absl::StrCat(JsonOf(message), "\n") : text);
}

// -- group

struct GroupOptions : SupervisorOptions {
  std::string group;
  std::string change;
  std::string waiting = "drain";
  std::string drain;
};

absl::Status ReadClose(const GroupOptions& options, v1::ChangeGroupRequest::Close* close) {
  using Close = v1::ChangeGroupRequest::Close;
  close->set_waiting(options.waiting == "evict"  ? Close::WAITING_EVICT
                     : options.waiting == "keep" ? Close::WAITING_KEEP
                                                 : Close::WAITING_DRAIN);
  if (options.drain.empty()) return absl::OkStatus();
  absl::Duration drain;
  if (!absl::ParseDuration(options.drain, &drain) || drain < absl::ZeroDuration()) {
    return absl::InvalidArgumentError("--drain: say for how long, such as 5m");
  }
  close->mutable_drain()->set_seconds(absl::ToInt64Seconds(drain));
  return absl::OkStatus();
}

int ChangeGroup(const GroupOptions& options) {
  absl::StatusOr<std::unique_ptr<AgentClient>> client = AgentClient::Create(options.server);
  v1::ChangeGroupRequest request;
  absl::Status usage = client.status();
  if (options.change == "open") {
    request.mutable_open();
  } else if (usage.ok()) {
    usage = ReadClose(options, request.mutable_close());
  }
  if (!usage.ok()) return Fail(usage, kUsage);
  request.set_customer(options.resource());
  request.set_group(options.group);
  const absl::StatusOr<v1::ChangeGroupResponse> done = (*client)->ChangeGroup(request);
  if (!done.ok()) return Fail(done.status(), ExitCodeOf(done.status()));
  ShowDone(options, done->group(), GroupsText({done->group()}));
  return kOk;
}

void AddGroupCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<GroupOptions>();
  CLI::App* command =
      AddSupervisorCommand(program, "group", "Open or close a group at a server", *options);
  command->add_option("GROUP", options->group, "The group's name in the plan")
      ->required()
      ->type_name("");
  command->add_option("CHANGE", options->change, "open or close")
      ->required()
      ->check(CLI::IsMember({"open", "close"}))
      ->type_name("");
  command
      ->add_option("--waiting", options->waiting,
                   "Of those who wait when it closes: drain (they may wait on for --drain), evict\n"
                   "(they go on without an agent now), keep (they wait as long as they may)")
      ->check(CLI::IsMember({"drain", "evict", "keep"}))
      ->capture_default_str()
      ->type_name("WHAT");
  command->add_option("--drain", options->drain, "For how long; 15m if not said")
      ->type_name("TIME");
  command->footer(absl::StrCat(
      "No calls come in while a group is closed. It stays so until it is opened, until its\n"
      "schedule changes next, or until the server is started again.\n\n"
      "Example:\n"
      "  routectl group --server localhost:7070 --customer acme desk close --drain 5m\n\n",
      kExitCodes));
  command->callback([options, &action] { action = [options] { return ChangeGroup(*options); }; });
}

// -- change-agent

struct AgentChangeOptions : SupervisorOptions {
  std::string agent;
  std::string skill;
  std::string group;
  int index = -1;
  bool resets = false;
};

absl::Status ReadAgentChange(const AgentChangeOptions& options, v1::ChangeAgentRequest& request) {
  const int wanted = !options.skill.empty() + !options.group.empty() + options.resets;
  if (wanted != 1) {
    return absl::InvalidArgumentError("say one of --skill NAME, --group NAME and --reset");
  }
  if (options.resets != (options.index < 0)) {
    return absl::InvalidArgumentError(
        options.resets ? "--index: nothing is set with --reset"
                       : "say with --index how good the agent is at it: 1 to 100, or 0 for not at "
                         "all");
  }
  const auto index = static_cast<uint32_t>(options.index);
  if (options.resets) {
    request.mutable_reset();
  } else if (!options.skill.empty()) {
    request.mutable_skill()->set_skill(options.skill);
    request.mutable_skill()->set_index(index);
  } else {
    request.mutable_membership()->set_group(options.group);
    request.mutable_membership()->set_index(index);
  }
  return absl::OkStatus();
}

int ChangeAgent(const AgentChangeOptions& options) {
  absl::StatusOr<std::unique_ptr<AgentClient>> client = AgentClient::Create(options.server);
  if (!client.ok()) return Fail(client.status(), kUsage);
  v1::ChangeAgentRequest request;
  const absl::Status usage = ReadAgentChange(options, request);
  if (!usage.ok()) return Fail(usage, kUsage);
  request.set_customer(options.resource());
  request.set_agent(options.agent);
  const absl::StatusOr<v1::ChangeAgentResponse> done = (*client)->ChangeAgent(request);
  if (!done.ok()) return Fail(done.status(), ExitCodeOf(done.status()));
  ShowDone(options, done->agent(), AgentsText({done->agent()}));
  return kOk;
}

void AddChangeAgentCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<AgentChangeOptions>();
  CLI::App* command = AddSupervisorCommand(
      program, "change-agent", "Change at a server how good an agent is at something", *options);
  command->add_option("AGENT", options->agent, "The agent's name in the plan")
      ->required()
      ->type_name("");
  command->add_option("--skill", options->skill, "A skill of the plan")->type_name("NAME");
  command->add_option("--group", options->group, "A group of the plan, as its member by name")
      ->type_name("NAME");
  command
      ->add_option("--index", options->index,
                   "How good the agent is at it: 1 to 100; 0 for not at all")
      ->check(CLI::Range(0, 100))
      ->type_name("NUMBER");
  command->add_flag("--reset", options->resets, "Everything as the plan says");
  command->footer(absl::StrCat(
      "The agent serves groups by it at once. It stays so, also when plans are published, until "
      "it is\nreset, until a plan is published that writes this very skill or index anew, or until "
      "the\n"
      "server is started again.\n\n"
      "Examples:\n"
      "  routectl change-agent --server localhost:7070 --customer acme anna --skill french --index "
      "60\n"
      "  routectl change-agent --server localhost:7070 --customer acme anna --group desk --index "
      "0\n"
      "  routectl change-agent --server localhost:7070 --customer acme anna --reset\n\n",
      kExitCodes));
  command->callback([options, &action] { action = [options] { return ChangeAgent(*options); }; });
}

// -- change-contact

struct ContactOptions : SupervisorOptions {
  std::string contact;
  std::string to_group;
  std::string to_agent;
  bool gives_up = false;
};

// The contact that is called so, as `routectl contacts` shows it.
absl::StatusOr<v1::CallId> FindContact(const ContactOptions& options, AgentClient& client) {
  v1::ListContactsRequest request;
  request.set_customer(options.resource());
  const absl::StatusOr<v1::ListContactsResponse> response = client.ListContacts(request);
  if (!response.ok()) return response.status();
  std::vector<const v1::ContactStanding*> found;
  for (const v1::ContactStanding& contact : response->contacts()) {
    const v1::CallId& call = contact.call_id();
    const bool is_id =
        absl::StrCat(call.switch_(), "/", call.epoch(), "/", call.reference()) == options.contact;
    if (is_id) return call;
    if (Printable(ContactName(contact)) == options.contact) found.push_back(&contact);
  }
  if (found.empty()) {
    return absl::NotFoundError(
        absl::StrCat("no contact is called ", Quoted(options.contact), "; see routectl contacts"));
  }
  if (found.size() == 1) return found[0]->call_id();
  // Two connectors may bring the same e-mail.
  return absl::FailedPreconditionError(
      absl::StrCat(found.size(), " contacts are called ", Quoted(options.contact),
                   "; say which by switch/epoch/reference (routectl contacts --output json)"));
}

int ChangeContact(const ContactOptions& options) {
  absl::StatusOr<std::unique_ptr<AgentClient>> client = AgentClient::Create(options.server);
  if (!client.ok()) return Fail(client.status(), kUsage);
  const bool moves = !options.to_group.empty() || !options.to_agent.empty();
  if (moves == options.gives_up) {
    return Fail(absl::InvalidArgumentError(
                    "say where it goes (--to-group NAME, --to-agent NAME, or both), or --give-up"),
                kUsage);
  }
  const absl::StatusOr<v1::CallId> call = FindContact(options, **client);
  if (!call.ok()) return Fail(call.status(), ExitCodeOf(call.status()));
  v1::ChangeContactRequest request;
  request.set_customer(options.resource());
  *request.mutable_call_id() = *call;
  if (moves) {
    request.mutable_move()->set_group(options.to_group);
    request.mutable_move()->set_agent(options.to_agent);
  } else {
    request.mutable_give_up();
  }
  const absl::StatusOr<v1::ChangeContactResponse> done = (*client)->ChangeContact(request);
  if (!done.ok()) return Fail(done.status(), ExitCodeOf(done.status()));
  ShowDone(options, done->contact(), ContactsText({done->contact()}));
  return kOk;
}

void AddChangeContactCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<ContactOptions>();
  CLI::App* command = AddSupervisorCommand(
      program, "change-contact", "Move a call or an e-mail at a server, or take it out", *options);
  command
      ->add_option("CONTACT", options->contact,
                   "As `routectl contacts` shows it: switch/epoch/reference of a call, the\n"
                   "Message-ID of an e-mail")
      ->required()
      ->type_name("");
  command->add_option("--to-group", options->to_group, "The group that is to have it")
      ->type_name("NAME");
  command
      ->add_option("--to-agent", options->to_agent,
                   "The agent who is to have it, before anybody of the group")
      ->type_name("NAME");
  command->add_flag("--give-up", options->gives_up,
                    "It goes on through the plan as if nobody had been free in time");
  command->footer(absl::StrCat(
      "What is moved keeps its age, and is not moved where it could not wait. Who has it is done\n"
      "with it; but what an agent has cannot be told to give up.\n\n"
      "Examples:\n"
      "  routectl change-contact --server localhost:7070 --customer acme sbc-1/1/c4711 \\\n"
      "    --to-group second\n"
      "  routectl change-contact --server localhost:7070 --customer acme sbc-1/1/c4711 --give-up"
      "\n\n",
      kExitCodes));
  command->callback([options, &action] { action = [options] { return ChangeContact(*options); }; });
}

}  // namespace

void AddSupervisorCommands(CLI::App& program, CommandAction& action) {
  AddGroupCommand(program, action);
  AddChangeAgentCommand(program, action);
  AddChangeContactCommand(program, action);
}

}  // namespace libroute
