#ifndef LIBROUTE_SERVICES_CONFIG_SERVER_CONFIG_H_
#define LIBROUTE_SERVICES_CONFIG_SERVER_CONFIG_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/engine/engine.h"
#include "libroute/plan/issue.h"
#include "services/access/principal.h"
#include "services/config/listen_address.h"

// What the server `routed` is told at start: libroute.v1.Config
// (config.proto, where every field is described), checked and in the types
// that the server works with.
namespace libroute {

// One of those who may connect, known by the certificate's subject
// alternative name or the Unix user id.
struct PrincipalRule {
  std::variant<std::string, uid_t> identity;
  Principal principal;
};

// PEM files; client_ca may be empty.
struct TlsFiles {
  std::string certificate;
  std::string key;
  std::string client_ca;
  bool requires_client_certificate = false;
};

// Records of calls, in files.
struct RecordsConfig {
  std::string directory;
  uint64_t max_file = uint64_t{64} << 20;
  // 0: all closed files are kept.
  int keep = 0;
  bool daily = false;
};

struct ServerConfig {
  std::vector<ListenAddress> listen;
  std::vector<std::string> plans;
  // Empty: none.
  std::string inventory;
  // Empty: nobody knows who serves ported numbers.
  std::string portability;
  std::vector<Ingress> ingresses;
  std::vector<PrincipalRule> principals;
  // Empty: random keys.
  std::string key_file;
  std::optional<TlsFiles> tls;
  int max_message_bytes = 8 << 20;
  int max_attempts = 32;
  int max_hops = 10;
  absl::Duration max_call_age = absl::Hours(12);
  absl::Duration claim_lease = absl::Hours(6);
  bool has_agents = false;
  std::optional<RecordsConfig> records;
};

// A configuration as read from a file.
struct ConfigReading {
  // When there are errors, what could be read.
  ServerConfig config;
  // All that is wrong, each with its position.
  std::vector<Issue> issues;
};

// Reads a configuration from YAML or JSON text. Relative paths in it are
// taken from the directory of `file`. Reads no file itself; that the files
// named exist and countries are known is not checked here. Thread-safe.
ConfigReading ReadConfig(absl::string_view text, const std::string& file);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_CONFIG_SERVER_CONFIG_H_
