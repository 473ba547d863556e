#include "services/routed/rpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_posix.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/routed/plan_files.h"

namespace libroute {
namespace {

constexpr size_t kMaxPemBytes = 1 << 20;
constexpr int kMaxConcurrentStreams = 1000;

absl::Status ReadPem(const std::string& path, std::string& text) {
  if (path.empty()) return absl::OkStatus();
  absl::StatusOr<std::string> read = ReadFile(path, kMaxPemBytes);
  if (!read.ok()) return read.status();
  text = *std::move(read);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> Credentials(
    const std::optional<TlsFiles>& tls) {
  if (!tls.has_value()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options;
  grpc::SslServerCredentialsOptions::PemKeyCertPair& pair =
      options.pem_key_cert_pairs.emplace_back();
  if (absl::Status s = ReadPem(tls->certificate, pair.cert_chain); !s.ok()) return s;
  if (absl::Status s = ReadPem(tls->key, pair.private_key); !s.ok()) return s;
  if (absl::Status s = ReadPem(tls->client_ca, options.pem_root_certs); !s.ok()) return s;
  if (!tls->client_ca.empty()) {
    options.client_certificate_request =
        tls->requires_client_certificate
            ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
            : GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return grpc::SslServerCredentials(options);
}

absl::Status CannotListen(const RpcDoor& door, const std::vector<int>& ports) {
  std::string where;
  for (size_t i = 0; i < door.addresses.size(); ++i) {
    if (ports[i] <= 0)
      absl::StrAppend(&where, where.empty() ? "" : ", ", door.addresses[i].ToString());
  }
  return absl::UnavailableError(absl::StrCat(
      "cannot listen on ", where.empty() ? "any address" : where, ": it is in use or not ours",
      door.tls.has_value() ? ", or certificate and key are not good" : ""));
}

void RegisterPlugins() {
  static const bool done = [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace

// In this order, so that what is used goes after what uses it.
struct RpcServer::Parts {
  explicit Parts(Callers who) : callers(std::move(who)) {}

  Callers callers;
  std::unique_ptr<RpcService> route;
  std::unique_ptr<RpcService> status;
  std::unique_ptr<RpcService> agents;
  std::unique_ptr<RpcService> contacts;
  std::unique_ptr<RpcService> supervisors;
  std::vector<ListenAddress> addresses;
  std::unique_ptr<grpc::Server> server;
};

RpcServer::RpcServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

RpcServer::~RpcServer() {
  Shutdown(absl::InfinitePast());
}

absl::Status RpcServer::CheckTls(const std::optional<TlsFiles>& tls) {
  return Credentials(tls).status();
}

absl::StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(Handlers handlers, Callers callers,
                                                            const RpcDoor& door) {
  RegisterPlugins();
  absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> credentials = Credentials(door.tls);
  if (!credentials.ok()) return credentials.status();
  auto parts = std::make_unique<Parts>(std::move(callers));
  parts->route = NewRouteService(handlers.route, parts->callers);
  parts->status = NewStatusService(handlers.status, parts->callers);
  parts->agents = NewAgentService(handlers.agents, handlers.agent_sessions, parts->callers);
  parts->contacts = NewContactService(handlers.contacts, handlers.switch_sessions, parts->callers);
  parts->supervisors = NewSupervisorService(handlers.supervisors, handlers.watches, parts->callers);
  parts->addresses = door.addresses;
  grpc::ServerBuilder builder;
  // Two servers on one port would share its calls out by chance.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(door.max_message_bytes);
  // Calls and streams of one connection at a time; a client waits with more.
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxConcurrentStreams);
  // What nobody looks at here: counters of every call for channelz, tracing, and
  // the compression of answers, which are short.
  for (const char* feature : {GRPC_ARG_ENABLE_CHANNELZ, GRPC_ARG_ENABLE_CENSUS,
                              GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION}) {
    builder.AddChannelArgument(feature, 0);
  }
  builder.RegisterService(parts->route->service());
  builder.RegisterService(parts->status->service());
  for (const auto* service : {&parts->agents, &parts->contacts, &parts->supervisors}) {
    builder.RegisterService((*service)->service());
  }
  std::vector<int> ports(door.addresses.size());
  for (size_t i = 0; i < ports.size(); ++i) {
    builder.AddListeningPort(door.addresses[i].ToString(), *credentials, &ports[i]);
  }
  parts->server = builder.BuildAndStart();
  if (parts->server == nullptr) return CannotListen(door, ports);
  for (size_t i = 0; i < ports.size(); ++i) parts->addresses[i].port = ports[i];
  return std::unique_ptr<RpcServer>(new RpcServer(std::move(parts)));
}

const std::vector<ListenAddress>& RpcServer::addresses() const {
  return parts_->addresses;
}

void RpcServer::AddConnection(int descriptor) {
  grpc::AddInsecureChannelFromFd(parts_->server.get(), descriptor);
}

void RpcServer::Drain() {
  for (const auto* service :
       {&parts_->route, &parts_->agents, &parts_->contacts, &parts_->supervisors}) {
    (*service)->Drain();
  }
}

void RpcServer::Shutdown(absl::Time deadline) {
  parts_->server->Shutdown(absl::ToChronoTime(deadline));
}

}  // namespace libroute
