#include "services/route/call_message.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libroute/plan/issue.h"
#include "libroute/v1/route.pb.h"
#include "services/request/field.h"

namespace libroute {
namespace {

constexpr int kMaxDiversions = 20;

static_assert(static_cast<int>(Direction::kOutbound) == v1::DIRECTION_OUTBOUND);
static_assert(static_cast<int>(Privacy::kUnavailable) == v1::PRIVACY_UNAVAILABLE);
static_assert(static_cast<int>(Verstat::kNoValidation) == v1::VERSTAT_NO_VALIDATION);
static_assert(static_cast<int>(DiversionReason::kUnknown) == v1::DIVERSION_REASON_UNKNOWN);

absl::Status ReadCalled(absl::string_view text, Call& call) {
  call.called = E164Number();
  call.dialled = Digits();
  if (text.empty()) return BadField("call.called", "is missing; expected an E.164 number");
  call.dialled = ReadDialString(text);
  if (!call.dialled.empty()) return absl::OkStatus();
  absl::StatusOr<E164Number> number = E164Number::Parse(text);
  if (!number.ok()) return InField("call.called", number.status());
  call.called = *number;
  return absl::OkStatus();
}

absl::Status ReadCalling(absl::string_view text, Call& call) {
  call.calling = E164Number();
  if (text.empty()) return absl::OkStatus();
  absl::StatusOr<E164Number> number = E164Number::Parse(text);
  if (!number.ok()) return InField("call.calling", number.status());
  call.calling = *number;
  return absl::OkStatus();
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
  return absl::OkStatus();
}

absl::Status CheckDiversion(const v1::PastDiversion& diversion) {
  if (!diversion.number().empty()) {
    absl::StatusOr<E164Number> number = E164Number::Parse(diversion.number());
    if (!number.ok()) return InField("number", number.status());
  }
  if (!v1::DiversionReason_IsValid(diversion.reason())) {
    return BadField("reason",
                    absl::StrCat(static_cast<int>(diversion.reason()),
                                 " is not known; expected unconditional, busy, no_answer, "
                                 "unreachable, deflected or unknown"));
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
void SetLastDiversion(const v1::Call& message, Call& call) {
  call.diverted_by = E164Number();
  call.diverted_because = DiversionReason::kNone;
  if (message.diversions().empty()) return;
  const v1::PastDiversion& last = *message.diversions().rbegin();
  call.diverted_because = static_cast<DiversionReason>(last.reason());
  if (!last.number().empty()) call.diverted_by = *E164Number::Parse(last.number());
}

absl::Status CheckOriginatingLine(absl::string_view text) {
  if (text.empty() || E164Number::Parse(text).ok() || Digits::Parse(text).ok()) {
    return absl::OkStatus();
  }
  return BadField("call.originating_line",
                  absl::StrCat(Quoted(text), " is neither an E.164 number nor a dial string"));
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

absl::Status ReadCorrelation(absl::string_view text, Call& call) {
  call.correlation = CorrelationId();
  if (text.empty()) return absl::OkStatus();
  absl::StatusOr<CorrelationId> id = CorrelationId::Parse(text);
  if (!id.ok()) return InField("call.correlation_id", id.status());
  call.correlation = *id;
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadCall(const v1::Call& message, Call& call) {
  if (absl::Status status = CheckEnums(message); !status.ok()) return status;
  if (absl::Status status = ReadCalled(message.called(), call); !status.ok()) return status;
  if (absl::Status status = ReadCalling(message.calling(), call); !status.ok()) return status;
  if (!message.ingress().empty() && !IsName(message.ingress())) {
    return InField("call.ingress", CheckName(message.ingress()));
  }
  if (absl::Status status = CheckDiversions(message); !status.ok()) return status;
  call.diversions = message.diversions_size();
  SetLastDiversion(message, call);
  call.verstat = static_cast<Verstat>(message.verstat());
  if (absl::Status status = CheckOriginatingLine(message.originating_line()); !status.ok()) {
    return status;
  }
  call.direction = DirectionOf(message);
  call.calling_privacy = PrivacyOf(message);
  call.ingress = message.ingress();
  return ReadCorrelation(message.correlation_id(), call);
}

void ReadEmergencyCall(const v1::Call& message, Call& call) {
  call.called = E164Number();
  call.dialled = ReadDialString(message.called());
  call.direction = DirectionOf(message);
  call.calling_privacy = PrivacyOf(message);
  call.ingress = IsName(message.ingress()) ? message.ingress() : "";
  call.diversions = 0;
  call.diverted_by = E164Number();
  call.diverted_because = DiversionReason::kNone;
  call.verstat = Verstat::kNone;
  ReadCalling(message.calling(), call).IgnoreError();
  ReadCorrelation(message.correlation_id(), call).IgnoreError();
}

void AddUnusedFields(const v1::Call& message, std::vector<std::string>& notes) {
  if (message.diversions_size() > 1) {
    notes.push_back("of call.diversions only their count and the last one are used");
  }
  if (!message.originating_line().empty()) {
    notes.push_back("call.originating_line is not used yet");
  }
}

}  // namespace libroute
