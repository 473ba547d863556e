#ifndef LIBROUTE_SERVICES_CONFIG_CONFIG_CHECKER_H_
#define LIBROUTE_SERVICES_CONFIG_CONFIG_CHECKER_H_

#include <set>
#include <string>
#include <vector>

#include "libroute/plan/issue.h"
#include "libroute/v1/config.pb.h"
#include "services/config/server_config.h"

namespace libroute {

// Turns a configuration message into a ServerConfig, part by part, and
// gathers what is wrong with it by field path.
class ConfigChecker {
 public:
  // `directory` is where relative paths start, with a '/' at its end; empty
  // for the working directory.
  explicit ConfigChecker(std::string directory) : directory_(std::move(directory)) {}

  ServerConfig Check(const v1::Config& message);

  std::vector<Issue> TakeIssues() && { return std::move(issues_); }

 private:
  void CheckListen(const v1::Config& message);
  void CheckIngresses(const v1::Config& message);
  void CheckPrincipals(const v1::Config& message);
  void CheckTls(const v1::Config& message);
  void CheckLimits(const v1::Config::Limits& limits);
  void CheckRecords(const v1::Config::Records& records);
  absl::Duration UpToAWeek(const google::protobuf::Duration& written, std::string path);

  NumberProfile CheckNumbers(const v1::Config::NumberFormat& format, const std::string& country,
                             const std::string& path);
  Digits CheckPrefix(const std::string& text, const std::string& path);
  PrincipalRule CheckPrincipal(const v1::Config::Principal& message, const std::string& path);
  void CheckIdentity(const v1::Config::Principal& message, const std::string& path,
                     PrincipalRule& rule);
  void CheckRole(const v1::Config::Principal& message, const std::string& path,
                 Principal& principal);
  void CheckSupervisorRole(const v1::Config::Principal::SupervisorRole& role,
                           const std::string& path, Principal& principal);
  void CheckSwitchRole(const v1::Config::Principal::SwitchRole& role, const std::string& path,
                       Principal& principal);

  // Complains unless `name` is a name.
  void CheckName(const std::string& name, const std::string& path);
  void Complain(std::string path, std::string code, std::string message);
  std::string Resolve(const std::string& path) const;

  std::string directory_;
  ServerConfig config_;
  std::set<std::string> identities_;
  std::vector<Issue> issues_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_CONFIG_CONFIG_CHECKER_H_
