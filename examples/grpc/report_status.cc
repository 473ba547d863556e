// A client of StatusService, as a monitor of sites would be one: tells the server
// that a site works, has no free line, or is down.

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <iostream>
#include <string>

#include "libroute/v1/status.grpc.pb.h"

namespace {

// "down" -> STATUS_DOWN; STATUS_UNSPECIFIED for what is no status.
libroute::v1::Status StatusFromWord(std::string word) {
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  libroute::v1::Status status = libroute::v1::STATUS_UNSPECIFIED;
  libroute::v1::Status_Parse("STATUS_" + word, &status);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: report_status HOST:PORT CUSTOMER SITE up|busy|down\n";
    return 2;
  }
  const auto channel = grpc::CreateChannel(argv[1], grpc::InsecureChannelCredentials());
  const auto stub = libroute::v1::StatusService::NewStub(channel);

  libroute::v1::ReportStatusRequest request;
  request.set_customer(std::string("customers/") + argv[2]);
  request.set_site(argv[3]);
  request.set_status(StatusFromWord(argv[4]));
  // Nobody stays down because we went away: without another report the site
  // counts as up again.
  request.mutable_lease()->set_seconds(60);

  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  libroute::v1::ReportStatusResponse response;
  const grpc::Status status = stub->ReportStatus(&context, request, &response);
  if (!status.ok()) {
    std::cerr << "report_status: " << status.error_message() << "\n";
    return 1;
  }
  std::cout << "site " << argv[3] << " is " << argv[4] << "\n";
}
