#include "services/route/call_message.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libroute/number/number_text.h"
#include "libroute/plan/issue.h"
#include "libroute/v1/route.pb.h"
#include "services/request/field.h"

namespace libroute {
namespace {

constexpr int kMaxDiversions = 20;
// How often a call may have been diverted.
constexpr uint32_t kMaxHops = 255;

static_assert(static_cast<int>(Direction::kOutbound) == v1::DIRECTION_OUTBOUND);
static_assert(static_cast<int>(Privacy::kUnavailable) == v1::PRIVACY_UNAVAILABLE);
static_assert(static_cast<int>(Verstat::kNoValidation) == v1::VERSTAT_NO_VALIDATION);
static_assert(static_cast<int>(Attestation::kC) == v1::ATTESTATION_C);
static_assert(static_cast<int>(DiversionReason::kUnknown) == v1::DIVERSION_REASON_UNKNOWN);

// Nearly all numbers are plain E.164, which no profile is needed for.
NumberText ReadNumber(absl::string_view text, ProfileSource numbers) {
  NumberText read;
  if (absl::StartsWith(text, "+")) {
    if (absl::StatusOr<E164Number> number = E164Number::Parse(text); number.ok()) {
      read.number = *number;
      return read;
    }
  }
  return ReadNumberText(text, numbers());
}

absl::Status NotReadable(absl::string_view field, absl::string_view text, UnknownReason reason) {
  return BadField(field, absl::StrCat(Quoted(text), " cannot be read (", UnknownReasonText(reason),
                                      "); expected an E.164 number, e.g. +3222000100, or one as "
                                      "dialled at the call's ingress"));
}

// For a call of `call.direction`: a line may dial more than numbers, and what it
// dialled is kept beside the number that it may be.
absl::Status ReadCalled(absl::string_view text, ProfileSource numbers, Call& call) {
  call.called = E164Number();
  call.routing_number = RoutingNumber();
  call.dialled = Digits();
  if (text.empty()) return BadField("call.called", "is missing; expected an E.164 number");
  const bool of_line = call.direction != Direction::kInbound;
  call.dialled = of_line ? ReadDialled(text) : ReadDialString(text);
  call.service_code = of_line ? ReadServiceCode(text) : ServiceCode();
  if (!of_line && !call.dialled.empty()) return absl::OkStatus();
  const NumberText read = ReadNumber(text, numbers);
  if (read.number.has_value()) {
    call.called = read.number;
    call.routing_number = read.routing_number;
    return absl::OkStatus();
  }
  if (call.dialled.empty()) call.dialled = ReadDialText(text, numbers());
  return call.dialled.empty() ? NotReadable("call.called", text, read.reason) : absl::OkStatus();
}

// A number that cannot be read is not known; a URI may say why.
void ReadCalling(absl::string_view text, ProfileSource numbers, Call& call) {
  call.calling = E164Number();
  call.calling_unreadable = false;
  call.calling_dialled = Digits();
  if (text.empty()) return;
  const NumberText read = ReadNumber(text, numbers);
  call.calling = read.number;
  call.calling_unreadable = !read.number.has_value() && read.reason != UnknownReason::kAnonymous &&
                            read.reason != UnknownReason::kUnavailable;
  if (call.calling_unreadable) call.calling_dialled = ReadDialText(text, numbers());
  if (read.number.has_value() || call.calling_privacy != Privacy::kAllowed) return;
  call.calling_privacy =
      read.reason == UnknownReason::kAnonymous ? Privacy::kRestricted : Privacy::kUnavailable;
}

absl::Status CheckEnums(const v1::Call& message) {
  if (!v1::Direction_IsValid(message.direction())) {
    return BadField("call.direction",
                    absl::StrCat(static_cast<int>(message.direction()),
                                 " is not known; expected inbound, internal or outbound"));
  }
  if (!v1::Privacy_IsValid(message.calling_privacy())) {
    return BadField("call.calling_privacy",
                    absl::StrCat(static_cast<int>(message.calling_privacy()),
                                 " is not known; expected allowed, restricted or unavailable"));
  }
  if (!v1::Verstat_IsValid(message.verstat())) {
    return BadField("call.verstat",
                    absl::StrCat(static_cast<int>(message.verstat()),
                                 " is not known; expected passed, failed or no_validation"));
  }
  if (!v1::Attestation_IsValid(message.attestation())) {
    return BadField("call.attestation", absl::StrCat(static_cast<int>(message.attestation()),
                                                     " is not known; expected a, b or c"));
  }
  return absl::OkStatus();
}

absl::Status CheckDiversion(const v1::PastDiversion& diversion) {
  if (!v1::DiversionReason_IsValid(diversion.reason())) {
    return BadField("reason",
                    absl::StrCat(static_cast<int>(diversion.reason()),
                                 " is not known; expected unconditional, busy, no_answer, "
                                 "unreachable, deflected or unknown"));
  }
  if (diversion.count() > kMaxHops) {
    return BadField("count",
                    absl::StrCat(diversion.count(), " is not between 1 and ", kMaxHops));
  }
  return absl::OkStatus();
}

absl::Status CheckDiversions(const v1::Call& message) {
  if (message.diversions_size() > kMaxDiversions) {
    return BadField("call.diversions", absl::StrCat("has ", message.diversions_size(),
                                                    " entries; at most ", kMaxDiversions));
  }
  for (int i = 0; i < message.diversions_size(); ++i) {
    absl::Status status = CheckDiversion(message.diversions(i));
    if (!status.ok()) {
      return absl::Status(status.code(),
                          absl::StrCat("call.diversions[", i, "].", status.message()));
    }
  }
  return absl::OkStatus();
}

// Of diversions that CheckDiversions has read.
void SetDiversions(const v1::Call& message, ProfileSource numbers, Call& call) {
  uint32_t hops = 0;
  for (const v1::PastDiversion& each : message.diversions()) hops += std::max(1u, each.count());
  call.diversions = static_cast<int>(std::min(hops, kMaxHops));
  call.diverted_by = E164Number();
  call.diverted_because = DiversionReason::kNone;
  call.diverted_before.clear();
  if (message.diversions().empty()) return;
  const v1::PastDiversion& last = *message.diversions().rbegin();
  call.diverted_because = static_cast<DiversionReason>(last.reason());
  if (!last.number().empty()) call.diverted_by = ReadNumber(last.number(), numbers).number;
  for (int i = message.diversions_size() - 2; i >= 0; --i) {
    if (message.diversions(i).number().empty()) continue;
    const E164Number number = ReadNumber(message.diversions(i).number(), numbers).number;
    if (number.has_value()) call.diverted_before.push_back(number);
  }
}

absl::Status ReadOriginatingLine(absl::string_view text, ProfileSource numbers, Call& call) {
  call.line = E164Number();
  call.internal_line = Digits();
  if (text.empty()) return absl::OkStatus();
  const NumberText read = ReadNumber(text, numbers);
  call.line = read.number;
  if (!call.line.has_value()) call.internal_line = ReadDialled(text);
  const bool is_read = call.line.has_value() || !call.internal_line.empty();
  return is_read ? absl::OkStatus() : NotReadable("call.originating_line", text, read.reason);
}

// Of what is not known, the defaults.
Direction DirectionOf(const v1::Call& message) {
  bool is_given = message.direction() != v1::DIRECTION_UNSPECIFIED &&
                  v1::Direction_IsValid(message.direction());
  return is_given ? static_cast<Direction>(message.direction()) : Direction::kInbound;
}

Privacy PrivacyOf(const v1::Call& message) {
  bool is_given = message.calling_privacy() != v1::PRIVACY_UNSPECIFIED &&
                  v1::Privacy_IsValid(message.calling_privacy());
  return is_given ? static_cast<Privacy>(message.calling_privacy()) : Privacy::kAllowed;
}

absl::Status ReadLocation(absl::string_view text, Call& call) {
  call.location = NetworkLocation();
  if (text.empty()) return absl::OkStatus();
  const std::optional<NetworkLocation> location = NetworkLocation::Parse(text);
  if (!location.has_value()) {
    return BadField("call.location", absl::StrCat(Quoted(text), " is no location: 1 to ",
                                                  NetworkLocation::kMaxLength,
                                                  " printable ASCII characters without spaces"));
  }
  call.location = *location;
  return absl::OkStatus();
}

absl::Status ReadCorrelation(absl::string_view text, Call& call) {
  call.correlation = CorrelationId();
  if (text.empty()) return absl::OkStatus();
  absl::StatusOr<CorrelationId> id = CorrelationId::Parse(text);
  if (!id.ok()) return InField("call.correlation_id", id.status());
  call.correlation = *id;
  return absl::OkStatus();
}

// Says of a number what became of it, if that is not what was written.
void AddReading(absl::string_view field, absl::string_view text, ProfileSource numbers,
                std::vector<std::string>& notes) {
  if (text.empty()) return;
  const NumberText read = ReadNumber(text, numbers);
  if (!read.number.has_value()) {
    notes.push_back(
        absl::StrCat(field, " cannot be read (", UnknownReasonText(read.reason), "): not known"));
  } else if (text != absl::string_view(read.number.ToString())) {
    notes.push_back(absl::StrCat(field, " is read as ", read.number.ToString()));
  }
}

}  // namespace

const NumberProfile& NoProfile() {
  static constexpr NumberProfile kProfile;
  return kProfile;
}

absl::Status ReadCall(const v1::Call& message, ProfileSource numbers, Call& call) {
  if (absl::Status status = CheckEnums(message); !status.ok()) return status;
  call.direction = DirectionOf(message);
  absl::Status status = ReadCalled(message.called(), numbers, call);
  if (!status.ok()) return status;
  call.calling_privacy = PrivacyOf(message);
  ReadCalling(message.calling(), numbers, call);
  if (!message.ingress().empty() && !IsName(message.ingress())) {
    return InField("call.ingress", CheckName(message.ingress()));
  }
  if (status = CheckDiversions(message); !status.ok()) return status;
  SetDiversions(message, numbers, call);
  call.verstat = static_cast<Verstat>(message.verstat());
  call.attestation = static_cast<Attestation>(message.attestation());
  if (status = ReadLocation(message.location(), call); !status.ok()) return status;
  status = ReadOriginatingLine(message.originating_line(), numbers, call);
  if (!status.ok()) return status;
  call.ingress = message.ingress();
  call.psap_callback = message.psap_callback();
  return ReadCorrelation(message.correlation_id(), call);
}

void ReadEmergencyCall(const v1::Call& message, Digits dialled, ProfileSource numbers, Call& call) {
  call.called = E164Number();
  call.routing_number = RoutingNumber();
  call.dialled = dialled;
  call.service_code = ServiceCode();
  call.direction = DirectionOf(message);
  ReadOriginatingLine(message.originating_line(), numbers, call).IgnoreError();
  call.calling_privacy = PrivacyOf(message);
  call.ingress = IsName(message.ingress()) ? message.ingress() : "";
  call.diversions = 0;
  call.diverted_by = E164Number();
  call.diverted_because = DiversionReason::kNone;
  call.diverted_before.clear();
  call.verstat = Verstat::kNone;
  call.attestation = Attestation::kNone;
  call.location = NetworkLocation();
  call.psap_callback = false;
  ReadCalling(message.calling(), numbers, call);
  ReadCorrelation(message.correlation_id(), call).IgnoreError();
}

void AddNotes(const v1::Call& message, ProfileSource numbers, std::vector<std::string>& notes) {
  if (ReadDialText(message.called(), numbers()).empty()) {
    AddReading("call.called", message.called(), numbers, notes);
  }
  // Explanations do not say who withholds a number.
  if (PrivacyOf(message) == Privacy::kAllowed) {
    AddReading("call.calling", message.calling(), numbers, notes);
  }
  for (int i = 0; i < message.diversions_size(); ++i) {
    AddReading(absl::StrCat("call.diversions[", i, "].number"), message.diversions(i).number(),
               numbers, notes);
  }
  if (message.diversions_size() > 1) {
    notes.push_back("of call.diversions origin branches see only the count and the last one");
  }
  if (!message.originating_line().empty() && DirectionOf(message) == Direction::kInbound) {
    notes.push_back("call.originating_line is not used for inbound calls");
  }
}

}  // namespace libroute
