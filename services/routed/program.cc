#include "services/routed/program.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/routed/inventory_file.h"
#include "spdlog/spdlog.h"

namespace libroute {
namespace {

// How long calls in progress may take to end when the server stops.
constexpr absl::Duration kStopTime = absl::Seconds(10);
// Deadlines may come nearer while one waits for them.
constexpr absl::Duration kMaxWait = absl::Seconds(1);
constexpr absl::Duration kMinWait = absl::Milliseconds(10);

// The role in which a principal comes, for the log.
std::string RoleOf(const Principal& principal) {
  if (principal.has_all_roles) return "may do everything";
  if (principal.is_operator) return "is an operator";
  if (!principal.customer.empty()) return absl::StrCat("acts for customer ", principal.customer);
  if (!principal.supervised_customer.empty()) {
    return absl::StrCat("looks after groups ", absl::StrJoin(principal.groups, ", "),
                        " of customer ", principal.supervised_customer);
  }
  return absl::StrCat("is switch ", principal.switch_name);
}

// Of this run of the server alone.
std::string NameInstance() {
  std::random_device random;
  return absl::StrCat(absl::Hex(random(), absl::kZeroPad8), absl::Hex(random(), absl::kZeroPad8));
}

}  // namespace

Program::Program(const ServerConfig& config, Engine& engine, PlanLoader& loader, Bell& bell)
    : config_(config),
      engine_(engine),
      loader_(loader),
      contacts_(engine),
      route_(engine, contacts_, absl::Now),
      status_(engine, absl::Now),
      agents_(engine, absl::Now),
      emails_(engine, absl::Now),
      supervisors_(engine, absl::Now),
      switch_sessions_(engine, absl::Now),
      agent_sessions_(engine, absl::Now),
      watches_(engine, NameInstance()),
      newsroom_(engine, bell, switch_sessions_, agent_sessions_, watches_),
      signals_(io_, SIGTERM, SIGINT, SIGHUP),
      timer_(io_) {
  signal(SIGPIPE, SIG_IGN);
}

absl::Status Program::Open() {
  absl::Status status = OpenTcp();
  return status.ok() ? OpenUnix() : status;
}

absl::StatusOr<RpcServer*> Program::AddServer(Callers callers, const RpcDoor& door) {
  absl::StatusOr<std::unique_ptr<RpcServer>> server =
      RpcServer::Start({route_, status_, agents_, emails_, supervisors_, switch_sessions_,
                        agent_sessions_, watches_},
                       std::move(callers), door);
  if (!server.ok()) return server.status();
  servers_.push_back(*std::move(server));
  return servers_.back().get();
}

absl::Status Program::OpenTcp() {
  RpcDoor door;
  std::copy_if(config_.listen.begin(), config_.listen.end(), std::back_inserter(door.addresses),
               [](const ListenAddress& address) { return !address.is_unix(); });
  if (door.addresses.empty()) return absl::OkStatus();
  door.tls = config_.tls;
  door.max_message_bytes = config_.max_message_bytes;
  bool is_open = !config_.tls.has_value();
  absl::StatusOr<RpcServer*> server = AddServer(
      is_open ? Callers(Principal::WithAllRoles("whoever connects")) : Callers(config_.principals),
      door);
  if (!server.ok()) return server.status();
  for (const ListenAddress& address : (*server)->addresses()) {
    spdlog::info("listening on {}{}", address.ToString(), is_open ? "" : " with TLS");
    if (is_open) {
      spdlog::warn("whoever connects to {} may do everything{}", address.ToString(),
                   address.is_local() ? "" : ", and nothing is encrypted");
    }
  }
  return absl::OkStatus();
}

absl::Status Program::AddUserServers() {
  RpcDoor door;
  door.max_message_bytes = config_.max_message_bytes;
  std::map<uid_t, Principal> users;
  for (const PrincipalRule& rule : config_.principals) {
    if (const uid_t* user = std::get_if<uid_t>(&rule.identity)) users[*user] = rule.principal;
  }
  if (users.empty()) {
    users[geteuid()] = Principal::WithAllRoles(absl::StrCat("user ", geteuid()));
  }
  for (const auto& [user, principal] : users) {
    absl::StatusOr<RpcServer*> server = AddServer(Callers(principal), door);
    if (!server.ok()) return server.status();
    user_servers_[user] = *server;
    spdlog::info("{} {} through Unix sockets", principal.name, RoleOf(principal));
  }
  return absl::OkStatus();
}

absl::Status Program::OpenUnix() {
  for (const ListenAddress& address : config_.listen) {
    if (!address.is_unix()) continue;
    if (user_servers_.empty()) {
      absl::Status status = AddUserServers();
      if (!status.ok()) return status;
    }
    bool is_for_others = user_servers_.size() > 1 || user_servers_.count(geteuid()) == 0;
    absl::StatusOr<std::unique_ptr<UnixDoor>> door =
        UnixDoor::Open(io_, address.unix_path,
                       is_for_others ? UnixDoor::Access::kEverybody : UnixDoor::Access::kOwner);
    if (!door.ok()) return door.status();
    unix_doors_.push_back(*std::move(door));
    unix_doors_.back()->Accept([this](int descriptor, uid_t user) { Admit(descriptor, user); });
    spdlog::info("listening on {}", address.ToString());
  }
  return absl::OkStatus();
}

void Program::Admit(int descriptor, uid_t user) {
  auto server = user_servers_.find(user);
  if (server == user_servers_.end()) {
    spdlog::warn("connection of user {} closed: it is not among the principals", user);
    close(descriptor);
    return;
  }
  server->second->AddConnection(descriptor);
}

void Program::Run() {
  AwaitSignal();
  LetTimePass();
  spdlog::info("ready");
  io_.run();
  Stop();
}

void Program::AwaitSignal() {
  signals_.async_wait([this](const boost::system::error_code& error, int number) {
    if (error) return;
    if (number != SIGHUP) {
      spdlog::info("stopping: told to by signal {}", number);
      io_.stop();
      return;
    }
    ReloadPlans();
    AwaitSignal();
  });
}

void Program::ReloadPlans() {
  if (!config_.inventory.empty()) {
    absl::Status status = LoadInventory(config_.inventory, engine_);
    if (!status.ok()) spdlog::error("{}; the one before stays", std::string(status.message()));
  }
  LoadSummary summary = loader_.Load(absl::Now());
  spdlog::info("plans read again: {} published, {} unchanged, {} bad, {} withdrawn",
               summary.published, summary.unchanged, summary.bad, summary.withdrawn);
}

void Program::LetTimePass() {
  absl::Time now = absl::Now();
  if (engine_.NextDeadline() <= now) {
    for (const Effect& effect : engine_.Advance(now)) {
      spdlog::info("{}{}{}", effect.customer, effect.customer.empty() ? "" : ": ", effect.text);
    }
  }
  absl::Duration wait = std::clamp(engine_.NextDeadline() - now, kMinWait, kMaxWait);
  timer_.expires_after(absl::ToChronoMilliseconds(wait));
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) LetTimePass();
  });
}

void Program::Stop() {
  unix_doors_.clear();
  absl::Time deadline = absl::Now() + kStopTime;
  for (const auto& server : servers_) server->Drain();
  for (const auto& server : servers_) server->Shutdown(deadline);
  servers_.clear();
  spdlog::info("stopped");
}

}  // namespace libroute
