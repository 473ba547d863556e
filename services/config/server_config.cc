#include "services/config/server_config.h"

#include <utility>

#include "libroute/readers/message_reader.h"
#include "services/config/config_checker.h"

namespace libroute {
namespace {

// With the '/' at its end; empty for a bare file name.
std::string DirectoryOf(const std::string& file) {
  size_t slash = file.rfind('/');
  return slash == std::string::npos ? "" : file.substr(0, slash + 1);
}

}  // namespace

ConfigReading ReadConfig(absl::string_view text, const std::string& file) {
  v1::Config message;
  MessageReading reading = ReadMessage(text, file, PlanLimits(), message);
  ConfigReading result;
  result.issues = std::move(reading.issues);
  // A file that ends early lacks what follows: to complain of that would
  // mislead.
  if (!HasErrors(result.issues)) {
    ConfigChecker checker(DirectoryOf(file));
    result.config = checker.Check(message);
    for (Issue& issue : std::move(checker).TakeIssues()) result.issues.push_back(std::move(issue));
  }
  reading.source.Locate(result.issues);
  return result;
}

}  // namespace libroute
