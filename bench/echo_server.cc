#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "bench/echo.grpc.pb.h"

// echo_server ADDRESS RESPONSE_BYTES: answers until it is killed. The address
// may have port 0; the one that is used is printed.
namespace {

class EchoService final : public libroute::bench::EchoService::CallbackService {
 public:
  explicit EchoService(std::string payload) : payload_(std::move(payload)) {}

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const libroute::bench::EchoRequest*,
                                 libroute::bench::EchoResponse* response) override {
    response->set_payload(payload_);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const std::string payload_;
};

}  // namespace

int main(int argc, char** argv) {
  const int response_bytes = argc == 3 ? std::atoi(argv[2]) : 0;
  if (response_bytes < 4) {
    std::fprintf(stderr, "usage: echo_server ADDRESS RESPONSE_BYTES (4 or more)\n");
    return 2;
  }
  // A tag and a length of one or two bytes come on top.
  const int overhead = response_bytes > 129 ? 3 : 2;
  EchoService service(std::string(response_bytes - overhead, 'x'));
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(argv[1], grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) {
    std::fprintf(stderr, "echo_server: cannot listen on %s\n", argv[1]);
    return 1;
  }
  std::printf("listening on port %d\n", port);
  std::fflush(stdout);
  server->Wait();
}
