#ifndef LIBROUTE_SERVICES_ROUTECTL_CALL_ORIGIN_H_
#define LIBROUTE_SERVICES_ROUTECTL_CALL_ORIGIN_H_

#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// Who calls and how the call came, as written on the command line.
struct OriginOptions {
  std::string calling;
  bool anonymous = false;
  bool unavailable = false;
  std::string verstat;
  std::string attestation;
  std::string ingress;
  std::string location;
  // "NUMBER" or "NUMBER:REASON"; the number may be empty.
  std::vector<std::string> diversions;
};

// Adds the options of `options` to `command`.
void AddOriginOptions(CLI::App& command, OriginOptions& options);

// Takes them over into `call`. InvalidArgument, beginning with the option, for a
// diversion that cannot be read.
absl::Status WriteOrigin(const OriginOptions& options, v1::TestCall& call);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_CALL_ORIGIN_H_
