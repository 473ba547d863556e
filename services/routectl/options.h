#ifndef LIBROUTE_SERVICES_ROUTECTL_OPTIONS_H_
#define LIBROUTE_SERVICES_ROUTECTL_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/string_view.h"
#include "services/routectl/terminal.h"

namespace libroute {

// Options that several commands have.

// FILE|DIR...
CLI::Option* AddPlanPaths(CLI::App& command, std::vector<std::string>& paths);

// --output text|json
CLI::Option* AddOutput(CLI::App& command, OutputFormat& output);

// "1 plan", "2 plans".
std::string Counted(int64_t count, absl::string_view noun);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_OPTIONS_H_
