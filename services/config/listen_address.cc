#include "services/config/listen_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

constexpr int kMaxPort = 65535;

absl::Status NotAnAddress(absl::string_view text, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(text), " is not an address to listen on: ", why,
                   "; write 127.0.0.1:7070, [::1]:7070 or unix:/run/routed.sock"));
}

bool IsIpAddress(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET, host.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

absl::StatusOr<ListenAddress> ParseUnix(absl::string_view text, absl::string_view path) {
  ListenAddress address;
  address.unix_path = std::string(path);
  if (path.empty()) return NotAnAddress(text, "the path is missing");
  if (path.size() >= sizeof(sockaddr_un::sun_path))
    return NotAnAddress(text, "the path is too long");
  if (path.find('\0') != absl::string_view::npos) return NotAnAddress(text, "the path has a NUL");
  return address;
}

}  // namespace

bool ListenAddress::is_local() const {
  return is_unix() || host == "localhost" || host == "::1" || absl::StartsWith(host, "127.");
}

absl::StatusOr<ListenAddress> ListenAddress::Parse(absl::string_view text) {
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, "unix:")) return ParseUnix(text, rest);
  size_t colon = rest.rfind(':');
  if (colon == absl::string_view::npos) return NotAnAddress(text, "the port is missing");
  ListenAddress address;
  absl::string_view host = rest.substr(0, colon);
  bool is_bracketed = absl::ConsumePrefix(&host, "[") && absl::ConsumeSuffix(&host, "]");
  address.host = std::string(host);
  bool is_v6 = host.find(':') != absl::string_view::npos;
  if (address.host != "localhost" && !IsIpAddress(address.host)) {
    return NotAnAddress(text, "the host is not an IP address");
  }
  if (is_v6 != is_bracketed) return NotAnAddress(text, "brackets are for IPv6 addresses");
  if (!absl::SimpleAtoi(rest.substr(colon + 1), &address.port) || address.port < 0 ||
      address.port > kMaxPort) {
    return NotAnAddress(text, "the port is not a number up to 65535");
  }
  return address;
}

std::string ListenAddress::ToString() const {
  if (is_unix()) return absl::StrCat("unix:", unix_path);
  bool is_v6 = absl::StrContains(host, ':');
  return absl::StrCat(is_v6 ? "[" : "", host, is_v6 ? "]" : "", ":", port);
}

}  // namespace libroute
