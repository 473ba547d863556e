#ifndef LIBROUTE_SERVICES_ROUTECTL_EMAIL_OPTIONS_H_
#define LIBROUTE_SERVICES_ROUTECTL_EMAIL_OPTIONS_H_

#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// The e-mail of `route` and `explain`, as written on the command line; nothing in it: they
// are about a call.
struct AskedEmail {
  std::string to;
  std::string from;
  std::string subject;
  std::string message_id;
  bool automatic = false;

  // Whether anything of it is written.
  bool is_asked() const {
    return automatic || !to.empty() || !from.empty() || !subject.empty() || !message_id.empty();
  }
};

// Adds the options of `email` to `command`.
void AddEmailOptions(CLI::App& command, AskedEmail& email);

// It as a plan's test has it. InvalidArgument, beginning with the option, where an address
// is missing or cannot be read.
absl::StatusOr<v1::TestEmail> WriteEmail(const AskedEmail& email);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_EMAIL_OPTIONS_H_
