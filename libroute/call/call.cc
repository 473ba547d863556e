#include "libroute/call/call.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libroute/call/stable_hash.h"

namespace libroute {

absl::string_view DirectionName(Direction direction) {
  constexpr absl::string_view kNames[] = {"unknown", "inbound", "internal", "outbound"};
  return kNames[static_cast<size_t>(direction)];
}

absl::string_view VerstatName(Verstat verstat) {
  constexpr absl::string_view kNames[] = {"none", "passed", "failed", "no_validation"};
  return kNames[static_cast<int>(verstat)];
}

absl::string_view AttestationName(Attestation attestation) {
  constexpr absl::string_view kNames[] = {"none", "a", "b", "c"};
  return kNames[static_cast<int>(attestation)];
}

absl::string_view DiversionReasonName(DiversionReason reason) {
  constexpr absl::string_view kNames[] = {"none",        "unconditional", "busy",   "no_answer",
                                          "unreachable", "deflected",     "unknown"};
  return kNames[static_cast<int>(reason)];
}

namespace {

// Tells the two halves of a correlation id apart from the seed and each other.
constexpr uint64_t kHighHalf = 0x636F7272656C2D31ULL;
constexpr uint64_t kLowHalf = 0x636F7272656C2D32ULL;

}  // namespace

std::string CallId::ToString() const {
  return absl::StrCat(switch_name, "/", epoch, "/", reference);
}

std::string CorrelationId::ToString() const {
  return absl::StrCat(absl::Hex(high, absl::kZeroPad16), absl::Hex(low, absl::kZeroPad16));
}

absl::StatusOr<CorrelationId> CorrelationId::Parse(absl::string_view text) {
  CorrelationId id;
  if (text.size() != 32 || !absl::SimpleHexAtoi(text.substr(0, 16), &id.high) ||
      !absl::SimpleHexAtoi(text.substr(16), &id.low) || !id.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat("\"", absl::CHexEscape(text.substr(0, 40)),
                                                   "\" is not a correlation id: 32 hex digits"));
  }
  for (char c : text) {
    if (!absl::ascii_isxdigit(c)) {
      return absl::InvalidArgumentError("a correlation id has hex digits only");
    }
  }
  return id;
}

uint64_t CallSeed(const CallId& id) {
  return StableHash(id.reference, StableHash(id.switch_name, id.epoch));
}

CorrelationId NewCorrelation(uint64_t call_seed) {
  return {StableMix(call_seed ^ kHighHalf), StableMix(call_seed ^ kLowHalf) | 1};
}

}  // namespace libroute
