// Who may do what: Unix users and certificates.

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

using grpc::StatusCode;
using testing::HasSubstr;

StatusCode RouteCode(Client& client) {
  v1::RouteResponse response;
  return client.Route(FirstQuestion("r"), &response).error_code();
}

StatusCode ExplainCode(Client& client, const std::string& called = "+3222000100") {
  v1::ExplainRequest request;
  *request.mutable_question() = FirstQuestion("r", called);
  v1::ExplainResponse response;
  return client.route().Explain(NewContext().get(), request, &response).error_code();
}

StatusCode MeetingCode(Client& client) {
  v1::SetSwitchRequest request;
  request.set_customer("customers/acme");
  request.set_switch_("meeting");
  request.set_state(v1::SWITCH_STATE_OFF);
  v1::SetSwitchResponse response;
  return client.status().SetSwitch(NewContext().get(), request, &response).error_code();
}

// Unix users.

class UnixSocket : public testing::Test {
 protected:
  UnixSocket() { directory_.Write("acme.yaml", kAcmePlan); }

  // A server whose configuration has this at its end.
  std::unique_ptr<RoutedProcess> Start(const std::string& more) {
    std::string config =
        directory_.Write("c.yaml", "listen: ['unix:x.sock']\nplans: acme.yaml\n" + more);
    auto routed = std::make_unique<RoutedProcess>(std::vector<std::string>{"--config", config});
    routed->AwaitLine(" ready");
    return routed;
  }
  std::string address() const { return "unix:" + directory_.Path("x.sock"); }

  TempDirectory directory_;
};

TEST_F(UnixSocket, OwnerMayDoEverythingWhenNobodyIsListed) {
  auto routed = Start("");
  struct stat info;
  ASSERT_EQ(stat(directory_.Path("x.sock").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  Client client(address());
  EXPECT_EQ(RouteCode(client), StatusCode::OK);
  EXPECT_EQ(ExplainCode(client), StatusCode::OK);
  EXPECT_EQ(MeetingCode(client), StatusCode::OK);
}

TEST_F(UnixSocket, UserHasTheRoleThatIsListed) {
  auto routed =
      Start("principals: [{ unix_uid: " + std::to_string(geteuid()) + ", operator: {} }]\n");
  Client client(address());
  EXPECT_EQ(RouteCode(client), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ExplainCode(client), StatusCode::OK);
  EXPECT_EQ(MeetingCode(client), StatusCode::OK);
}

TEST_F(UnixSocket, SupervisorSeesTheGroupsThatAreListed) {
  directory_.Write("acme.yaml", R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {}, bob: {} }
groups: { desk: { agents: [anna] }, second: { agents: [bob] } }
trees: { main: { agents: { group: desk } } }
)");
  auto routed = Start("agents: true\nprincipals: [{ unix_uid: " + std::to_string(geteuid()) +
                      ", supervisor: { customer: acme, groups: [second] } }]\n");
  Client client(address());
  v1::ListGroupsRequest groups;
  groups.set_customer("customers/acme");
  v1::ListGroupsResponse seen;
  ASSERT_TRUE(client.agents().ListGroups(NewContext().get(), groups, &seen).ok());
  ASSERT_EQ(seen.groups_size(), 1);
  EXPECT_EQ(seen.groups(0).group(), "second");
  EXPECT_EQ(RouteCode(client), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(ExplainCode(client), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(MeetingCode(client), StatusCode::PERMISSION_DENIED);
}

TEST_F(UnixSocket, UserWhoIsNotListedIsLeftOutside) {
  auto routed =
      Start("principals: [{ unix_uid: " + std::to_string(geteuid() + 1) + ", operator: {} }]\n");
  Client client(address());
  EXPECT_EQ(ExplainCode(client), StatusCode::UNAVAILABLE);
  routed->AwaitLine("closed: it is not among the principals");
}

TEST_F(UnixSocket, TakesThePlaceOfOneThatIsLeftOver) {
  Start("");  // Killed: its socket stays.
  struct stat info;
  ASSERT_EQ(stat(directory_.Path("x.sock").c_str(), &info), 0);
  auto routed = Start("");
  Client client(address());
  EXPECT_EQ(RouteCode(client), StatusCode::OK);
  RoutedProcess second({"--config", directory_.Path("c.yaml")});
  EXPECT_EQ(second.AwaitExit(), 1);
  EXPECT_THAT(second.output(), HasSubstr("another server listens there"));
  EXPECT_EQ(RouteCode(client), StatusCode::OK);
}

TEST_F(UnixSocket, LeavesFilesThatAreNoSocketsAlone) {
  directory_.Write("x.sock", "dear");
  directory_.Write("c.yaml", "listen: 'unix:x.sock'\n");
  RoutedProcess routed({"--config", directory_.Path("c.yaml")});
  EXPECT_EQ(routed.AwaitExit(), 1);
  EXPECT_THAT(routed.output(), HasSubstr("there is a file that is no socket"));
}

// Certificates.

std::string Contents(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Certificates made for one test program: authorities `ca` and `other`, and
// what they have issued.
class Certificates {
 public:
  Certificates() {
    MakeAuthority("ca");
    MakeAuthority("other");
    Issue("server", "ca", "IP:127.0.0.1,DNS:localhost");
    Issue("sbc", "ca", "DNS:sbc-1.example.net");
    Issue("acme", "ca", "URI:spiffe://example.net/acme");
    Issue("ops", "ca", "email:ops@example.net");
    Issue("stranger", "ca", "DNS:stranger.example.net");
    Issue("forged", "other", "DNS:sbc-1.example.net");
  }

  std::string Path(const std::string& name) const { return directory_.Path(name); }
  const TempDirectory& directory() const { return directory_; }

  // Of a client with the certificate `name`; none if empty.
  std::shared_ptr<grpc::ChannelCredentials> Client(const std::string& name) const {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = Contents(Path("ca.pem"));
    if (!name.empty()) {
      options.pem_cert_chain = Contents(Path(name + ".pem"));
      options.pem_private_key = Contents(Path(name + ".key"));
    }
    return grpc::SslCredentials(options);
  }

 private:
  void OpenSsl(const std::string& arguments) const {
    std::string command = "cd '" + directory_.Path("") + "' && openssl " + arguments;
    EXPECT_EQ(std::system((command + " >openssl.log 2>&1").c_str()), 0)
        << command << "\n"
        << Contents(Path("openssl.log"));
  }
  void MakeAuthority(const std::string& name) const {
    OpenSsl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=" +
            name + " -keyout " + name + ".key -out " + name + ".pem");
  }
  void Issue(const std::string& name, const std::string& authority, const std::string& san) const {
    OpenSsl("req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=" + name +
            " -keyout " + name + ".key -out " + name + ".csr");
    directory_.Write(name + ".ext", "subjectAltName=" + san + "\n");
    OpenSsl("x509 -req -in " + name + ".csr -CA " + authority + ".pem -CAkey " + authority +
            ".key -set_serial " + std::to_string(++serial_) + " -days 2 -extfile " + name +
            ".ext -out " + name + ".pem");
  }

  TempDirectory directory_;
  mutable int serial_ = 0;
};

class Tls : public testing::Test {
 protected:
  static void SetUpTestSuite() { certificates_ = new Certificates(); }
  static void TearDownTestSuite() { delete certificates_; }

  Tls() { certificates_->directory().Write("acme.yaml", kAcmePlan); }

  std::string Start(const std::string& tls) {
    std::string config = certificates_->directory().Write("c.yaml", R"(
listen: "127.0.0.1:0"
plans: acme.yaml
ingresses: [{ name: north }, { name: south }]
principals:
  - { certificate_san: sbc-1.example.net, switch: { name: sbc-1, ingresses: [north] } }
  - { certificate_san: "spiffe://example.net/acme", customer: acme }
  - { certificate_san: ops@example.net, operator: {} }
tls: { certificate: server.pem, key: server.key, client_ca: ca.pem)" + tls +
                                                                        " }\n");
    routed_ = std::make_unique<RoutedProcess>(std::vector<std::string>{"--config", config});
    return routed_->Address();
  }

  // How a question about a call by `ingress` goes.
  StatusCode RouteBy(Client& client, const std::string& ingress) {
    v1::RouteRequest request = FirstQuestion("r");
    request.mutable_call()->set_ingress(ingress);
    v1::RouteResponse response;
    return client.Route(request, &response).error_code();
  }

  static Certificates* certificates_;
  std::unique_ptr<RoutedProcess> routed_;
};

Certificates* Tls::certificates_ = nullptr;

TEST_F(Tls, SwitchIsKnownByItsCertificateAndBoundToItsIngresses) {
  Client client(Start(""), certificates_->Client("sbc"));
  EXPECT_EQ(RouteBy(client, "north"), StatusCode::OK);
  EXPECT_EQ(RouteBy(client, "south"), StatusCode::PERMISSION_DENIED);
  v1::RouteRequest another = FirstQuestion("r");
  another.mutable_call_id()->set_switch_("sbc-2");
  another.mutable_call()->set_ingress("north");
  EXPECT_EQ(client.Fail(another).error_code(), StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(MeetingCode(client), StatusCode::PERMISSION_DENIED);
}

TEST_F(Tls, CustomerSeesAndTurnsItsOwn) {
  Client client(Start(""), certificates_->Client("acme"));
  EXPECT_EQ(RouteBy(client, "north"), StatusCode::PERMISSION_DENIED);
  v1::ExplainRequest request;
  *request.mutable_question() = FirstQuestion("r");
  request.mutable_question()->mutable_call()->set_ingress("north");
  v1::ExplainResponse response;
  EXPECT_TRUE(client.route().Explain(NewContext().get(), request, &response).ok());
  request.mutable_question()->mutable_call()->set_called("+3290000000");
  EXPECT_EQ(client.route().Explain(NewContext().get(), request, &response).error_code(),
            StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(MeetingCode(client), StatusCode::OK);
}

TEST_F(Tls, OperatorIsKnownByMailAddress) {
  Client client(Start(""), certificates_->Client("ops"));
  EXPECT_EQ(MeetingCode(client), StatusCode::OK);
  EXPECT_EQ(RouteBy(client, "north"), StatusCode::PERMISSION_DENIED);
}

TEST_F(Tls, OthersAreRefused) {
  std::string address = Start("");
  Client nobody(address, certificates_->Client(""));
  EXPECT_EQ(RouteBy(nobody, "north"), StatusCode::UNAUTHENTICATED);
  Client stranger(address, certificates_->Client("stranger"));
  v1::RouteResponse response;
  grpc::Status status = stranger.Route(FirstQuestion("r"), &response);
  EXPECT_EQ(status.error_code(), StatusCode::PERMISSION_DENIED);
  EXPECT_THAT(status.error_message(), HasSubstr("\"stranger.example.net\""));
  Client forged(address, certificates_->Client("forged"));
  EXPECT_EQ(RouteBy(forged, "north"), StatusCode::UNAVAILABLE);
  Client open(address);
  EXPECT_EQ(RouteBy(open, "north"), StatusCode::UNAVAILABLE);
}

TEST_F(Tls, StreamsAreRefusedLikeCalls) {
  Client nobody(Start(""), certificates_->Client(""));
  std::unique_ptr<grpc::ClientContext> context = NewContext();
  auto stream = nobody.route().RouteStream(context.get());
  v1::RouteStreamResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), StatusCode::UNAUTHENTICATED);
}

TEST_F(Tls, CertificatesCanBeRequired) {
  std::string address = Start(", require_client_certificate: true");
  Client nobody(address, certificates_->Client(""));
  EXPECT_EQ(RouteBy(nobody, "north"), StatusCode::UNAVAILABLE);
  Client sbc(address, certificates_->Client("sbc"));
  EXPECT_EQ(RouteBy(sbc, "north"), StatusCode::OK);
}

TEST_F(Tls, MissingCertificateIsNamed) {
  std::string config = certificates_->directory().Write(
      "missing.yaml", "listen: '127.0.0.1:0'\ntls: { certificate: none.pem, key: server.key }\n");
  RoutedProcess routed({"--config", config});
  EXPECT_EQ(routed.AwaitExit(), 1);
  EXPECT_THAT(routed.output(), HasSubstr("none.pem"));
}

}  // namespace
}  // namespace libroute
