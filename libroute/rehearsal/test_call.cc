#include "libroute/rehearsal/test_call.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/number/number_text.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/plan_tests.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

absl::Status InField(absl::string_view field, const absl::Status& status) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", status.message()));
}

constexpr int kMaxDiversions = 20;
constexpr uint32_t kMaxHops = 255;

static_assert(static_cast<int>(Verstat::kNoValidation) == v1::VERSTAT_NO_VALIDATION);
static_assert(static_cast<int>(Attestation::kC) == v1::ATTESTATION_C);
static_assert(static_cast<int>(DiversionReason::kUnknown) == v1::DIVERSION_REASON_UNKNOWN);

// Who writes a test wants to hear of a number that is none.
absl::StatusOr<NumberText> ReadNumber(const std::string& text, const NumberProfile& numbers) {
  NumberText read;
  const absl::StatusOr<E164Number> plain = E164Number::Parse(text);
  if (!plain.ok()) read = ReadNumberText(text, numbers);
  if (plain.ok()) read.number = *plain;
  const bool is_known = read.number.has_value() || read.reason == UnknownReason::kAnonymous ||
                        read.reason == UnknownReason::kUnavailable;
  if (is_known) return read;
  return plain.status();
}

absl::Status SetLine(const v1::TestCall& written, Call& call) {
  if (written.direction() != v1::DIRECTION_UNSPECIFIED) {
    call.direction = static_cast<Direction>(written.direction());
  }
  if (written.line().empty()) return absl::OkStatus();
  absl::StatusOr<E164Number> number = E164Number::Parse(written.line());
  if (!number.ok()) return InField("line", number.status());
  call.line = *number;
  return absl::OkStatus();
}

absl::Status SetCalled(const std::string& text, const NumberProfile& numbers, Call& call) {
  const bool of_line = call.direction != Direction::kInbound;
  if (of_line) {
    call.dialled = ReadDialled(text);
    call.service_code = ReadServiceCode(text);
  }
  if (call.dialled.empty()) call.dialled = ReadDialText(text, numbers);
  if (of_line && !call.dialled.empty()) call.called = ReadNumberText(text, numbers).number;
  if (!call.dialled.empty()) return absl::OkStatus();
  absl::StatusOr<NumberText> read = ReadNumber(text, numbers);
  if (!read.ok()) return InField("called", read.status());
  if (!read->number.has_value()) {
    return InField("called", absl::InvalidArgumentError("a number is needed that can be called"));
  }
  call.called = read->number;
  call.routing_number = read->routing_number;
  return absl::OkStatus();
}

absl::Status SetCalling(const v1::TestCall& written, const NumberProfile& numbers, Call& call) {
  if (written.unavailable() || written.calling().empty()) {
    call.calling_privacy = Privacy::kUnavailable;
  }
  if (written.anonymous()) call.calling_privacy = Privacy::kRestricted;
  if (written.calling().empty()) return absl::OkStatus();
  absl::StatusOr<NumberText> read = ReadNumber(written.calling(), numbers);
  if (!read.ok()) return InField("calling", read.status());
  call.calling = read->number;
  if (read->number.has_value() || call.calling_privacy != Privacy::kAllowed) {
    return absl::OkStatus();
  }
  call.calling_privacy =
      read->reason == UnknownReason::kAnonymous ? Privacy::kRestricted : Privacy::kUnavailable;
  return absl::OkStatus();
}

absl::Status SetDiversions(const v1::TestCall& written, const NumberProfile& numbers, Call& call) {
  if (written.diversions_size() > kMaxDiversions) {
    return absl::InvalidArgumentError(absl::StrCat("diversions: has ", written.diversions_size(),
                                                   " entries; at most ", kMaxDiversions));
  }
  for (int i = 0; i < written.diversions_size(); ++i) {
    const v1::PastDiversion& diversion = written.diversions(i);
    const std::string path = IndexPath("diversions", i);
    if (!v1::DiversionReason_IsValid(diversion.reason())) {
      return InField(path + ".reason", absl::InvalidArgumentError("no such reason"));
    }
    if (diversion.count() > kMaxHops) {
      return InField(path + ".count", absl::InvalidArgumentError("is not between 1 and 255"));
    }
    call.diversions += static_cast<int>(std::max(1u, diversion.count()));
    if (call.diverted_by.has_value()) {
      call.diverted_before.insert(call.diverted_before.begin(), call.diverted_by);
    }
    call.diverted_because = static_cast<DiversionReason>(diversion.reason());
    call.diverted_by = E164Number();
    if (diversion.number().empty()) continue;
    absl::StatusOr<NumberText> read = ReadNumber(diversion.number(), numbers);
    if (!read.ok()) return InField(path + ".number", read.status());
    call.diverted_by = read->number;
  }
  call.diversions = std::min<int>(call.diversions, kMaxHops);
  return absl::OkStatus();
}

absl::Status SetIdentity(const v1::TestCall& written, Call& call) {
  if (!v1::Verstat_IsValid(written.verstat())) {
    return absl::InvalidArgumentError("verstat: expected passed, failed or no_validation");
  }
  if (!v1::Attestation_IsValid(written.attestation())) {
    return absl::InvalidArgumentError("attestation: expected a, b or c");
  }
  call.verstat = static_cast<Verstat>(written.verstat());
  call.attestation = static_cast<Attestation>(written.attestation());
  call.ingress = written.ingress();
  call.psap_callback = written.psap_callback();
  if (written.location().empty()) return absl::OkStatus();
  const std::optional<NetworkLocation> location = NetworkLocation::Parse(written.location());
  if (!location.has_value()) {
    return absl::InvalidArgumentError(
        "location: expected 1 to 31 printable ASCII characters without spaces");
  }
  call.location = *location;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Call> MakeCall(const v1::TestCall& written, const NumberProfile& numbers) {
  Call call;
  call.id.switch_name = "test";
  call.id.reference = written.reference().empty() ? "test" : written.reference();
  absl::Status status = SetLine(written, call);
  if (status.ok()) status = SetCalled(written.called(), numbers, call);
  if (status.ok()) status = SetCalling(written, numbers, call);
  if (status.ok()) status = SetDiversions(written, numbers, call);
  if (status.ok()) status = SetIdentity(written, call);
  if (!status.ok()) return status;
  return call;
}

absl::StatusOr<Email> MakeEmail(const v1::TestEmail& written) {
  const std::vector<FieldFault> faults = FaultsOf(written);
  if (!faults.empty()) {
    return InField(faults.front().field, absl::InvalidArgumentError(faults.front().message));
  }
  Email email;
  email.connector = "test";
  email.message_id = written.message_id().empty() ? "test" : written.message_id();
  email.sender = written.from();
  email.recipients = {written.to()};
  email.subject = written.subject();
  if (written.automatic()) email.auto_submitted = "auto-generated";
  return email;
}

absl::StatusOr<RehearsalStep> AskFirst(const v1::Test& test, absl::Time at, Rehearsal& rehearsal) {
  if (test.has_email()) {
    const absl::StatusOr<Email> email = MakeEmail(test.email());
    return email.ok() ? rehearsal.First(*email, at) : email.status();
  }
  const absl::StatusOr<Call> call = MakeCall(test.call());
  if (!call.ok()) return call.status();
  return rehearsal.First(*call, at);
}

}  // namespace libroute
