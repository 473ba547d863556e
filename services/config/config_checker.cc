#include "services/config/config_checker.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/request/field.h"

namespace libroute {
namespace {

constexpr size_t kMaxPlace = 200;
constexpr size_t kMaxSan = 512;
constexpr int kMostGroups = 1000;
constexpr uint32_t kMinMessageBytes = 1024;
constexpr uint32_t kMaxMessageBytes = 256 << 20;
constexpr uint32_t kMaxAttempts = 1000;
constexpr uint32_t kMaxHops = 255;
constexpr uint64_t kMinRecordFile = 4096;
constexpr uint64_t kMaxRecordFile = uint64_t{1} << 40;
constexpr uint32_t kMaxKept = 1'000'000;

using Unprefixed = NumberProfile::Unprefixed;
static_assert(static_cast<int>(Unprefixed::kLocal) + 1 ==
              v1::Config::NumberFormat::UNPREFIXED_LOCAL);
static_assert(static_cast<int>(Unprefixed::kInternational) + 1 ==
              v1::Config::NumberFormat::UNPREFIXED_INTERNATIONAL);

std::vector<std::string> NamesOf(const std::vector<Ingress>& ingresses) {
  std::vector<std::string> names;
  for (const Ingress& ingress : ingresses) names.push_back(ingress.name);
  return names;
}

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

absl::Duration ToDuration(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

}  // namespace

ServerConfig ConfigChecker::Check(const v1::Config& message) {
  CheckListen(message);
  for (const std::string& path : message.plans()) config_.plans.push_back(Resolve(path));
  CheckIngresses(message);
  CheckPrincipals(message);
  config_.inventory = Resolve(message.inventory());
  config_.portability = Resolve(message.portability());
  config_.key_file = Resolve(message.key_file());
  if (message.has_tls()) CheckTls(message);
  CheckLimits(message.limits());
  if (message.has_records()) CheckRecords(message.records());
  config_.has_agents = message.agents();
  return std::move(config_);
}

void ConfigChecker::CheckListen(const v1::Config& message) {
  for (int i = 0; i < message.listen_size(); ++i) {
    absl::StatusOr<ListenAddress> address = ListenAddress::Parse(message.listen(i));
    if (!address.ok()) {
      Complain(IndexPath("listen", i), "bad-value", std::string(address.status().message()));
      continue;
    }
    if (address->is_unix()) address->unix_path = Resolve(address->unix_path);
    config_.listen.push_back(*std::move(address));
  }
}

void ConfigChecker::CheckIngresses(const v1::Config& message) {
  for (int i = 0; i < message.ingresses_size(); ++i) {
    const v1::Config::Ingress& ingress = message.ingresses(i);
    std::string path = IndexPath("ingresses", i);
    CheckName(ingress.name(), FieldPath(path, "name"));
    if (Contains(NamesOf(config_.ingresses), ingress.name())) {
      Complain(FieldPath(path, "name"), "duplicate-name",
               absl::StrCat("there is another ingress ", Quoted(ingress.name())));
    }
    if (ingress.place().size() > kMaxPlace) {
      Complain(FieldPath(path, "place"), "bad-value",
               absl::StrCat("has ", ingress.place().size(), " bytes; at most ", kMaxPlace));
    }
    if (!ingress.customer().empty()) CheckName(ingress.customer(), FieldPath(path, "customer"));
    NumberProfile numbers;
    if (ingress.has_numbers()) {
      numbers = CheckNumbers(ingress.numbers(), ingress.country(), FieldPath(path, "numbers"));
    }
    config_.ingresses.push_back(
        {ingress.name(), ingress.country(), ingress.place(), ingress.customer(), numbers});
  }
}

NumberProfile ConfigChecker::CheckNumbers(const v1::Config::NumberFormat& format,
                                          const std::string& country, const std::string& path) {
  NumberProfile profile = NationalProfile(country);
  const size_t complaints = issues_.size();
  if (format.has_country_code()) {
    profile.country_code = CheckPrefix(format.country_code(), FieldPath(path, "country_code"));
  }
  if (format.has_national_prefix()) {
    profile.national_prefix =
        CheckPrefix(format.national_prefix(), FieldPath(path, "national_prefix"));
  }
  if (format.has_international_prefix()) {
    profile.international_prefix =
        CheckPrefix(format.international_prefix(), FieldPath(path, "international_prefix"));
  }
  profile.routing_prefix = CheckPrefix(format.routing_prefix(), FieldPath(path, "routing_prefix"));
  if (!v1::Config::NumberFormat::Unprefixed_IsValid(format.unprefixed())) {
    Complain(FieldPath(path, "unprefixed"), "bad-value",
             "is not known; expected local, national or international");
  } else if (format.unprefixed() != v1::Config::NumberFormat::UNPREFIXED_UNSPECIFIED) {
    profile.unprefixed = static_cast<NumberProfile::Unprefixed>(format.unprefixed() - 1);
  }
  const absl::Status status = CheckNumberProfile(profile);
  if (complaints == issues_.size() && !status.ok()) {
    Complain(path, "bad-value", std::string(status.message()));
  }
  return profile;
}

Digits ConfigChecker::CheckPrefix(const std::string& text, const std::string& path) {
  absl::StatusOr<Digits> digits = Digits::Parse(text);
  if (digits.ok()) return *digits;
  Complain(path, "bad-value", std::string(digits.status().message()));
  return Digits();
}

void ConfigChecker::CheckPrincipals(const v1::Config& message) {
  for (int i = 0; i < message.principals_size(); ++i) {
    config_.principals.push_back(CheckPrincipal(message.principals(i), IndexPath("principals", i)));
  }
}

PrincipalRule ConfigChecker::CheckPrincipal(const v1::Config::Principal& message,
                                            const std::string& path) {
  PrincipalRule rule;
  CheckIdentity(message, path, rule);
  if (!rule.principal.name.empty() && !identities_.insert(rule.principal.name).second) {
    Complain(path, "duplicate-name",
             absl::StrCat("there is another principal for ", rule.principal.name));
  }
  CheckRole(message, path, rule.principal);
  return rule;
}

void ConfigChecker::CheckIdentity(const v1::Config::Principal& message, const std::string& path,
                                  PrincipalRule& rule) {
  switch (message.identity_case()) {
    case v1::Config::Principal::kCertificateSan:
      if (message.certificate_san().empty() || message.certificate_san().size() > kMaxSan) {
        Complain(FieldPath(path, "certificate_san"), "bad-value",
                 absl::StrCat("must have 1 to ", kMaxSan,
                              " bytes: a DNS name, a URI or an e-mail address"));
      }
      rule.identity = message.certificate_san();
      rule.principal.name = absl::StrCat("certificate ", message.certificate_san());
      return;
    case v1::Config::Principal::kUnixUid:
      rule.identity = static_cast<uid_t>(message.unix_uid());
      rule.principal.name = absl::StrCat("user ", message.unix_uid());
      return;
    case v1::Config::Principal::IDENTITY_NOT_SET:
      Complain(path, "missing-field", "how it is known is missing: certificate_san or unix_uid");
      return;
  }
}

void ConfigChecker::CheckRole(const v1::Config::Principal& message, const std::string& path,
                              Principal& principal) {
  switch (message.role_case()) {
    case v1::Config::Principal::kSwitch:
      CheckSwitchRole(message.switch_(), FieldPath(path, "switch"), principal);
      return;
    case v1::Config::Principal::kOperator:
      principal.is_operator = true;
      return;
    case v1::Config::Principal::kCustomer:
      CheckName(message.customer(), FieldPath(path, "customer"));
      principal.customer = message.customer();
      return;
    case v1::Config::Principal::kSupervisor:
      CheckSupervisorRole(message.supervisor(), FieldPath(path, "supervisor"), principal);
      return;
    case v1::Config::Principal::ROLE_NOT_SET:
      Complain(path, "missing-field",
               "what it may do is missing: switch, operator, customer or supervisor");
      return;
  }
}

void ConfigChecker::CheckSwitchRole(const v1::Config::Principal::SwitchRole& role,
                                    const std::string& path, Principal& principal) {
  CheckName(role.name(), FieldPath(path, "name"));
  principal.switch_name = role.name();
  std::vector<std::string> known = NamesOf(config_.ingresses);
  if (role.ingresses().empty() && !known.empty()) {
    Complain(path, "missing-field", "ingresses is missing: by which of them its calls come");
  }
  for (int i = 0; i < role.ingresses_size(); ++i) {
    const std::string& name = role.ingresses(i);
    if (!Contains(known, name)) {
      Complain(IndexPath(FieldPath(path, "ingresses"), i), "unknown-name",
               absl::StrCat("no ingress ", Quoted(name), DidYouMean(name, known)));
    }
    principal.ingresses.push_back(name);
  }
}

void ConfigChecker::CheckSupervisorRole(const v1::Config::Principal::SupervisorRole& role,
                                        const std::string& path, Principal& principal) {
  CheckName(role.customer(), FieldPath(path, "customer"));
  principal.supervised_customer = role.customer();
  if (role.groups().empty()) {
    Complain(path, "missing-field", "groups is missing: those that it looks after");
  }
  if (role.groups_size() > kMostGroups) {
    Complain(path, "too-many",
             absl::StrCat("groups has ", role.groups_size(), " names, at most ", kMostGroups,
                          " are allowed; a principal with `customer` looks after all"));
  }
  for (int i = 0; i < role.groups_size(); ++i) {
    const std::string field = IndexPath(FieldPath(path, "groups"), i);
    CheckName(role.groups(i), field);
    if (Contains(principal.groups, role.groups(i))) {
      Complain(field, "duplicate-name",
               absl::StrCat("group ", Quoted(role.groups(i)), " is there already"));
    }
    principal.groups.push_back(role.groups(i));
  }
}

void ConfigChecker::CheckTls(const v1::Config& message) {
  const v1::Config::Tls& tls = message.tls();
  if (tls.certificate().empty()) {
    Complain("tls", "missing-field", "certificate is missing: a PEM file");
  }
  if (tls.key().empty()) Complain("tls", "missing-field", "key is missing: a PEM file");
  bool knows_certificates = std::any_of(
      config_.principals.begin(), config_.principals.end(),
      [](const auto& rule) { return std::holds_alternative<std::string>(rule.identity); });
  if (tls.client_ca().empty() && (knows_certificates || tls.require_client_certificate())) {
    Complain("tls", "missing-field",
             "client_ca is missing: clients' certificates cannot be verified without it");
  }
  config_.tls = TlsFiles{Resolve(tls.certificate()), Resolve(tls.key()), Resolve(tls.client_ca()),
                         tls.require_client_certificate()};
}

void ConfigChecker::CheckLimits(const v1::Config::Limits& limits) {
  uint32_t bytes = limits.max_message_bytes();
  if (bytes != 0 && (bytes < kMinMessageBytes || bytes > kMaxMessageBytes)) {
    Complain("limits.max_message_bytes", "bad-value",
             absl::StrCat(bytes, " is not between 1024 and ", kMaxMessageBytes));
  } else if (bytes != 0) {
    config_.max_message_bytes = static_cast<int>(bytes);
  }
  uint32_t attempts = limits.max_attempts();
  if (attempts > kMaxAttempts) {
    Complain("limits.max_attempts", "bad-value",
             absl::StrCat(attempts, " is not between 1 and ", kMaxAttempts));
  } else if (attempts != 0) {
    config_.max_attempts = static_cast<int>(attempts);
  }
  if (limits.max_hops() > kMaxHops) {
    Complain("limits.max_hops", "bad-value",
             absl::StrCat(limits.max_hops(), " is not between 1 and ", kMaxHops));
  } else if (limits.max_hops() != 0) {
    config_.max_hops = static_cast<int>(limits.max_hops());
  }
  if (limits.has_max_call_age()) {
    config_.max_call_age = UpToAWeek(limits.max_call_age(), "limits.max_call_age");
  }
  if (limits.has_claim_lease()) {
    config_.claim_lease = UpToAWeek(limits.claim_lease(), "limits.claim_lease");
  }
}

void ConfigChecker::CheckRecords(const v1::Config::Records& records) {
  RecordsConfig& config = config_.records.emplace();
  if (records.directory().empty()) {
    Complain("records", "missing-field", "directory is missing: where the files are written");
  }
  config.directory = Resolve(records.directory());
  const uint64_t bytes = records.max_file();
  if (bytes != 0 && (bytes < kMinRecordFile || bytes > kMaxRecordFile)) {
    Complain("records.max_file", "bad-value",
             absl::StrCat(bytes, " is not between ", kMinRecordFile, " and ", kMaxRecordFile));
  } else if (bytes != 0) {
    config.max_file = bytes;
  }
  if (records.keep() > kMaxKept) {
    Complain("records.keep", "bad-value", absl::StrCat(records.keep(), " is more than ", kMaxKept));
  } else {
    config.keep = static_cast<int>(records.keep());
  }
  config.daily = records.daily();
}

absl::Duration ConfigChecker::UpToAWeek(const google::protobuf::Duration& written,
                                        std::string path) {
  const absl::Duration duration = ToDuration(written);
  if (duration < absl::Minutes(1) || duration > absl::Hours(7 * 24)) {
    Complain(std::move(path), "bad-value",
             absl::StrCat(absl::FormatDuration(duration), " is not between 1 minute and 7 days"));
  }
  return duration;
}

void ConfigChecker::CheckName(const std::string& name, const std::string& path) {
  absl::Status status = libroute::CheckName(name);
  if (!status.ok()) Complain(path, "bad-value", std::string(status.message()));
}

void ConfigChecker::Complain(std::string path, std::string code, std::string message) {
  issues_.push_back({Severity::kError, std::move(code), std::move(path), std::move(message), {}});
}

std::string ConfigChecker::Resolve(const std::string& path) const {
  return path.empty() || path[0] == '/' ? path : directory_ + path;
}

}  // namespace libroute
