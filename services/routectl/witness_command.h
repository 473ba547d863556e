#ifndef LIBROUTE_SERVICES_ROUTECTL_WITNESS_COMMAND_H_
#define LIBROUTE_SERVICES_ROUTECTL_WITNESS_COMMAND_H_

#include <string>

#include "libroute/v1/plan.pb.h"

namespace libroute {

// The command line by which routectl plays the call or e-mail of `witness` on the plan in
// `file`, in one line that a shell takes as it is.
std::string WitnessCommand(const std::string& file, const v1::Test& witness);

// The same as JSON: `call` or `email`, `given` and `events` as a plan's test writes them, and
// the `command`.
std::string WitnessJson(const std::string& file, const v1::Test& witness);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_WITNESS_COMMAND_H_
