#include "services/status/status_handler.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/wire/line_features_wire.h"
#include "services/request/customer.h"
#include "services/request/field.h"
#include "services/request/proto_time.h"

namespace libroute {
namespace {

constexpr absl::Duration kDefaultLease = absl::Minutes(5);
constexpr absl::Duration kMinLease = absl::Seconds(1);
constexpr absl::Duration kMaxLease = absl::Hours(7 * 24);
constexpr int kDefaultPage = 100;
constexpr int kMaxPage = 1000;

static_assert(static_cast<int>(Status::kDown) == v1::STATUS_DOWN);
static_assert(static_cast<int>(RecoveryState::kDrill) == v1::RECOVERY_STATE_DRILL);

// What is reported on.
struct Subject {
  FactKind kind = FactKind::kDestination;
  absl::string_view field;
  std::string name;
};

absl::StatusOr<Subject> ReadSubject(const v1::ReportStatusRequest& request) {
  switch (request.subject_case()) {
    case v1::ReportStatusRequest::kDestination:
      return Subject{FactKind::kDestination, "destination", request.destination()};
    case v1::ReportStatusRequest::kSite:
      return Subject{FactKind::kSite, "site", request.site()};
    case v1::ReportStatusRequest::kGateway:
      return Subject{FactKind::kGateway, "gateway", request.gateway()};
    case v1::ReportStatusRequest::SUBJECT_NOT_SET:
      break;
  }
  return BadField("subject", "is missing; expected destination, site or gateway");
}

absl::StatusOr<absl::Duration> ReadLease(const v1::ReportStatusRequest& request) {
  if (!request.has_lease()) return kDefaultLease;
  absl::StatusOr<absl::Duration> lease = ReadDuration(request.lease());
  if (!lease.ok()) return InField("lease", lease.status());
  if (*lease >= kMinLease && *lease <= kMaxLease) return lease;
  return BadField(
      "lease", absl::StrCat(absl::FormatDuration(*lease), " is not between 1 second and 7 days"));
}

// What the switch is to stand at.
absl::StatusOr<std::string> ReadSwitchValue(const v1::SetSwitchRequest& request) {
  const bool has_state = request.state() != v1::SWITCH_STATE_UNSPECIFIED;
  if (!request.value().empty()) {
    if (has_state) return BadField("state", "is not for a switch with values; leave it out");
    return request.value();
  }
  if (!has_state || !v1::SwitchState_IsValid(request.state())) {
    return BadField("state",
                    absl::StrCat(static_cast<int>(request.state()),
                                 " is not a state; expected off or on, or, of a switch with "
                                 "values, `value`"));
  }
  if (request.has_until() && request.state() == v1::SWITCH_STATE_OFF) {
    return BadField("until", "only with state on; off stays until somebody says otherwise");
  }
  return std::string(request.state() == v1::SWITCH_STATE_ON ? "on" : "off");
}

// Of anything that may go back by itself.
template <typename Request>
absl::StatusOr<absl::Time> ReadUntil(const Request& request, absl::Time now) {
  if (!request.has_until()) return absl::InfiniteFuture();
  absl::StatusOr<absl::Time> until = ReadTime(request.until());
  if (!until.ok()) return InField("until", until.status());
  if (*until > now) return until;
  return BadField("until",
                  absl::StrCat(absl::FormatTime(absl::RFC3339_sec, *until, absl::UTCTimeZone()),
                               " is not in the future"));
}

absl::StatusOr<RecoverySetting> ReadRecovery(const v1::SetRecoveryRequest& request,
                                             absl::Time now) {
  if (!IsName(request.recovery_plan())) {
    return InField("recovery_plan", CheckName(request.recovery_plan()));
  }
  if (!v1::RecoveryState_IsValid(request.state()) ||
      request.state() == v1::RECOVERY_STATE_UNSPECIFIED) {
    return BadField("state", absl::StrCat(static_cast<int>(request.state()),
                                          " is not a state; expected off, on or drill"));
  }
  const bool is_off = request.state() == v1::RECOVERY_STATE_OFF;
  if (is_off && request.has_until()) {
    return BadField("until",
                    "only with state on or drill; off stays until somebody says otherwise");
  }
  if (is_off && request.numbers_size() > 0) {
    return BadField("numbers", "only with state on or drill; off is for all of its numbers");
  }
  absl::StatusOr<absl::Time> until = ReadUntil(request, now);
  if (!until.ok()) return until.status();
  RecoverySetting setting;
  setting.name = request.recovery_plan();
  setting.state = static_cast<RecoveryState>(request.state());
  setting.numbers.assign(request.numbers().begin(), request.numbers().end());
  setting.until = *until;
  return setting;
}

// NotFound says what is not there; what else speaks against it names its field.
absl::Status InFieldIfNotFound(absl::string_view field, const absl::Status& status) {
  return status.code() == absl::StatusCode::kNotFound ? InField(field, status) : status;
}

template <typename Message>
void WriteUntil(absl::Time until, Message& message) {
  if (until != absl::InfiniteFuture()) WriteTime(until, message.mutable_until());
}

template <typename Message>
void WriteHistory(const std::vector<FactChange>& history, Message& message) {
  for (const FactChange& change : history) {
    v1::FactChange& written = *message.add_history();
    WriteTime(change.at, written.mutable_at());
    written.set_value(change.value);
    WriteUntil(change.until, written);
    written.set_by(change.by);
  }
}

// As in SetRecoveryResponse and in ListRecoveryResponse.
template <typename Message>
void WriteRecovery(const RecoverySetting& setting, Message& message) {
  message.set_state(static_cast<v1::RecoveryState>(setting.state));
  for (const std::string& number : setting.numbers) message.add_numbers(number);
  WriteUntil(setting.until, message);
}

}  // namespace

absl::Status StatusHandler::ReportStatus(const v1::ReportStatusRequest& request,
                                         const Principal& principal,
                                         v1::ReportStatusResponse* response) {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  absl::StatusOr<Subject> subject = ReadSubject(request);
  if (!subject.ok()) return subject.status();
  if (!IsName(subject->name)) return InField(subject->field, CheckName(subject->name));
  if (!v1::Status_IsValid(request.status()) || request.status() == v1::STATUS_UNSPECIFIED) {
    return BadField("status", absl::StrCat(static_cast<int>(request.status()),
                                           " is not a status; expected up, busy or down"));
  }
  absl::StatusOr<absl::Duration> lease = ReadLease(request);
  if (!lease.ok()) return lease.status();
  absl::Time expires = clock_() + *lease;
  absl::Status status = engine_.SetFact(*customer, subject->kind, subject->name,
                                        static_cast<uint8_t>(request.status()), expires);
  if (!status.ok()) return InField(subject->field, status);
  WriteTime(expires, response->mutable_expires());
  return absl::OkStatus();
}

absl::Status StatusHandler::SetSwitch(const v1::SetSwitchRequest& request,
                                      const Principal& principal, v1::SetSwitchResponse* response) {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  if (!IsName(request.switch_())) return InField("switch", CheckName(request.switch_()));
  const absl::StatusOr<std::string> value = ReadSwitchValue(request);
  if (!value.ok()) return value.status();
  const absl::Time now = clock_();
  const absl::StatusOr<absl::Time> until = ReadUntil(request, now);
  if (!until.ok()) return until.status();
  const absl::Status status =
      engine_.SetSwitch(*customer, {request.switch_(), *value, *until}, {principal.name, now});
  if (!status.ok()) return InFieldIfNotFound("switch", status);
  response->set_state(request.state());
  response->set_value(request.value());
  if (request.has_until()) *response->mutable_until() = request.until();
  return absl::OkStatus();
}

absl::Status StatusHandler::ListSwitches(const v1::ListSwitchesRequest& request,
                                         const Principal& principal,
                                         v1::ListSwitchesResponse* response) const {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  const absl::StatusOr<std::vector<SwitchStanding>> switches =
      engine_.Switches(*customer, clock_());
  if (!switches.ok()) return InField("customer", switches.status());
  for (const SwitchStanding& standing : *switches) {
    v1::ListSwitchesResponse::Switch& listed = *response->add_switches();
    listed.set_switch_(standing.name);
    listed.set_value(standing.value);
    WriteUntil(standing.until, listed);
    WriteHistory(standing.history, listed);
  }
  return absl::OkStatus();
}

absl::Status StatusHandler::SetRecovery(const v1::SetRecoveryRequest& request,
                                        const Principal& principal,
                                        v1::SetRecoveryResponse* response) {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  const absl::Time now = clock_();
  const absl::StatusOr<RecoverySetting> setting = ReadRecovery(request, now);
  if (!setting.ok()) return setting.status();
  const absl::StatusOr<RecoveryStanding> standing =
      engine_.SetRecovery(*customer, *setting, {principal.name, now});
  if (!standing.ok()) return InFieldIfNotFound("recovery_plan", standing.status());
  WriteRecovery(standing->setting, *response);
  return absl::OkStatus();
}

absl::Status StatusHandler::ListRecovery(const v1::ListRecoveryRequest& request,
                                         const Principal& principal,
                                         v1::ListRecoveryResponse* response) const {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  const absl::StatusOr<std::vector<RecoveryStanding>> standings =
      engine_.Recovery(*customer, clock_());
  if (!standings.ok()) return InField("customer", standings.status());
  for (const RecoveryStanding& standing : *standings) {
    v1::ListRecoveryResponse::RecoveryPlan& listed = *response->add_recovery_plans();
    listed.set_recovery_plan(standing.setting.name);
    WriteRecovery(standing.setting, listed);
    WriteHistory(standing.history, listed);
  }
  return absl::OkStatus();
}

absl::Status StatusHandler::ListLimits(const v1::ListLimitsRequest& request,
                                       const Principal& principal,
                                       v1::ListLimitsResponse* response) {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  const absl::StatusOr<std::vector<Engine::LimitState>> limits = engine_.Limits(*customer);
  if (!limits.ok()) return InField("customer", limits.status());
  for (const Engine::LimitState& limit : *limits) {
    v1::LimitState& state = *response->add_limits();
    state.set_name(limit.name);
    state.set_max_calls(limit.max_calls);
    state.set_calls(limit.calls);
    state.set_found_full(limit.found_full);
    state.set_came_too_fast(limit.came_too_fast);
    state.set_each(static_cast<v1::LimitEach>(limit.each));
  }
  return absl::OkStatus();
}

absl::Status StatusHandler::SetLineFeatures(const v1::SetLineFeaturesRequest& request,
                                            const Principal& principal,
                                            v1::SetLineFeaturesResponse* response) {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  if (!IsName(request.line())) return InField("line", CheckName(request.line()));
  const absl::StatusOr<LineSettings> settings = FromProto(request.features());
  if (!settings.ok()) return InField("features", settings.status());
  const absl::Status status = engine_.SetLineFeatures(*customer, request.line(), *settings);
  if (!status.ok()) {
    return InField(status.code() == absl::StatusCode::kInvalidArgument ? "features" : "line",
                   status);
  }
  ToProto(*settings, response->mutable_features());
  return absl::OkStatus();
}

absl::Status StatusHandler::ListLineFeatures(const v1::ListLineFeaturesRequest& request,
                                             const Principal& principal,
                                             v1::ListLineFeaturesResponse* response) const {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  if (request.page_size() < 0 || request.page_size() > kMaxPage) {
    return BadField("page_size",
                    absl::StrCat(request.page_size(), " is not between 1 and ", kMaxPage));
  }
  if (!request.page_token().empty() && !IsName(request.page_token())) {
    return BadField("page_token", "is none that was given");
  }
  const int most = request.page_size() == 0 ? kDefaultPage : request.page_size();
  absl::StatusOr<std::vector<SwitchedLine>> lines = engine_.LineFeatures(*customer);
  if (!lines.ok()) return InField("customer", lines.status());
  for (const SwitchedLine& line : *lines) {
    // A token is the last name of the page before.
    if (!request.page_token().empty() && line.line <= request.page_token()) continue;
    if (response->lines_size() == most) {
      response->set_next_page_token(response->lines(most - 1).line());
      break;
    }
    v1::ListLineFeaturesResponse::Line& listed = *response->add_lines();
    listed.set_line(line.line);
    ToProto(line.settings, listed.mutable_features());
  }
  return absl::OkStatus();
}

}  // namespace libroute
