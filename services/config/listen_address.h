#ifndef LIBROUTE_SERVICES_CONFIG_LISTEN_ADDRESS_H_
#define LIBROUTE_SERVICES_CONFIG_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace libroute {

// Where a server listens.
struct ListenAddress {
  // A path for a Unix socket; empty for TCP.
  std::string unix_path;
  // For TCP. The host is an IP address, without brackets, or "localhost".
  std::string host;
  // 0: the system chooses one.
  int port = 0;

  bool is_unix() const { return !unix_path.empty(); }
  // Only this machine can connect.
  bool is_local() const;

  // Reads "127.0.0.1:7070", "[::1]:7070", "localhost:0" or
  // "unix:/run/routed.sock". InvalidArgument, showing these forms, for
  // anything else; so a path longer than a socket's may be (107 bytes).
  static absl::StatusOr<ListenAddress> Parse(absl::string_view text);

  // As Parse reads it.
  std::string ToString() const;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_CONFIG_LISTEN_ADDRESS_H_
