#ifndef LIBROUTE_SERVICES_ROUTED_OPTIONS_H_
#define LIBROUTE_SERVICES_ROUTED_OPTIONS_H_

#include <string>
#include <variant>
#include <vector>

namespace libroute {

// What the command line of `routed` says.
struct Options {
  std::string config;
  // These win over the configuration file when they are not empty.
  std::vector<std::string> plans;
  std::vector<std::string> listen;
  std::string inventory;
  std::string key_file;
  bool is_insecure = false;
  bool only_checks = false;
  // Makes a key file of this name and nothing else.
  std::string new_key_file;
};

// Exit codes of the program.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

// The options, or the exit code when there is nothing more to do: help and
// complaints are printed here.
std::variant<Options, int> ParseCommandLine(int argc, char** argv);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_OPTIONS_H_
