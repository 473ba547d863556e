#include "libroute/seal/sealer.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "libroute/seal/codec.h"
#include "libroute/seal/hmac.h"
#include "libroute/seal/secret_digits.h"

namespace libroute {

// What is made of a key beforehand.
struct PreparedKey {
  explicit PreparedKey(absl::string_view key) : seal(key), secrets(HmacKey(SubKey(seal))) {}

  HmacKey seal;
  SecretDigits secrets;

 private:
  static std::string SubKey(const HmacKey& key) {
    const Mac mac = key.Compute({"libroute secret digits"});
    return std::string(mac.begin(), mac.end());
  }
};

namespace {

constexpr uint8_t kVersion = 6;
constexpr size_t kMacBytes = 16;
constexpr size_t kRevisionDigits = 32;
constexpr size_t kMostAttributes = 64;
constexpr size_t kMostCollected = 64;

// A call's id as bytes that no other call has: lengths first.
class CallBytes {
 public:
  explicit CallBytes(const CallId& call) : call_(call), out_(absl::MakeSpan(room_)) {
    out_.Fixed64(call.epoch);
    out_.Byte(static_cast<uint8_t>(call.switch_name.size()));
    out_.Byte(static_cast<uint8_t>(call.reference.size()));
  }

  Mac MacWith(const HmacKey& key, absl::string_view body) const {
    return key.Compute({out_.bytes(), call_.switch_name, call_.reference, body});
  }
  std::string ToString() const {
    return absl::StrCat(out_.bytes(), call_.switch_name, call_.reference);
  }

 private:
  const CallId& call_;
  char room_[10];
  ByteWriter out_;
};

// What a secret is hidden with is of no use in another place: not for the same
// digits in another attribute, and not in a continuation of Explain, which
// whoever may explain a call can have as many of as there are codes.
std::string SecretContext(const CallId& call, Continuation::Purpose purpose, uint32_t name) {
  return absl::StrCat(static_cast<int>(purpose), " ", name, " ", CallBytes(call).ToString());
}

// Collected digits, the secret ones hidden.
void WriteCollected(const CallId& call, Continuation::Purpose purpose, const CallState& state,
                    const SecretDigits& secrets, ByteWriter& out) {
  out.Varint(state.collected.size());
  for (const CollectedDigits& collected : state.collected) {
    out.Varint(collected.name);
    out.Byte(collected.secret ? 1 : 0);
    if (!collected.secret) {
      out.Fixed64(collected.digits.packed());
      continue;
    }
    const HiddenDigits hidden =
        secrets.Hide(SecretContext(call, purpose, collected.name), collected.digits);
    out.Fixed64(hidden.tag);
    out.Fixed64(hidden.hidden);
  }
}

void ReadCollected(const SecretDigits& secrets, ByteReader& in, CallState& state) {
  const uint64_t count = in.Varint();
  for (uint64_t i = 0; in.ok() && i < count && i < kMostCollected; ++i) {
    CollectedDigits collected;
    collected.name = static_cast<uint32_t>(in.Varint());
    collected.secret = in.Byte() != 0;
    const uint64_t first = in.Fixed64();
    collected.digits =
        collected.secret ? secrets.Show({first, in.Fixed64()}) : Digits::FromPacked(first);
    state.collected.push_back(collected);
  }
}

// Who diverted the call before the last time: as many as there is room for, at
// the very end.
void WriteDiverters(const CallState& state, size_t kept_free, ByteWriter& out) {
  for (E164Number number : state.diverted_before) {
    if (out.room() < kept_free + sizeof(uint64_t)) return;
    out.Fixed64(number.digits().packed());
  }
}

void ReadDiverters(ByteReader& in, CallState& state) {
  while (in.ok() && !in.done()) {
    state.diverted_before.push_back(E164Number::FromDigits(Digits::FromPacked(in.Fixed64())));
  }
}

uint8_t HexValue(char c) {
  return static_cast<uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10);
}

// Lower-case hex digits, two in a byte.
void WriteHex(absl::string_view digits, ByteWriter& out) {
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    out.Byte(static_cast<uint8_t>(HexValue(digits[i]) << 4 | HexValue(digits[i + 1])));
  }
}

// Of one byte, which begins with verstat.
constexpr uint8_t kTwoBits = 3;
constexpr int kAttestationShift = 2;
constexpr int kIsPorted = 1 << 4;
constexpr int kIsGlobal = 1 << 5;
constexpr int kIsLocated = 1 << 6;
constexpr int kHasLooped = 1 << 7;

// What origin branches look at, besides the caller's number, and where the
// network sends the call.
void WriteOrigin(const CallState& state, ByteWriter& out) {
  out.Byte(static_cast<uint8_t>(
      static_cast<int>(state.verstat) | static_cast<int>(state.attestation) << kAttestationShift |
      (state.routing_number.has_value() ? kIsPorted : 0) |
      (state.routing_number.is_global() ? kIsGlobal : 0) |
      (state.location.has_value() ? kIsLocated : 0) | (state.looped ? kHasLooped : 0)));
  if (state.location.has_value()) out.Text(state.location.text());
  if (state.routing_number.has_value()) out.Fixed64(state.routing_number.packed());
  out.Signed(state.ingress);
  out.Byte(state.diversions);
  if (state.diversions == 0) return;
  out.Byte(static_cast<uint8_t>(state.diverted_because));
  out.Fixed64(state.diverted_by.digits().packed());
}

void ReadOrigin(ByteReader& in, CallState& state) {
  const uint8_t flags = in.Byte();
  state.verstat = static_cast<Verstat>(flags & kTwoBits);
  state.attestation = static_cast<Attestation>(flags >> kAttestationShift & kTwoBits);
  state.looped = (flags & kHasLooped) != 0;
  if ((flags & kIsLocated) != 0) {
    state.location = NetworkLocation::Parse(in.Text()).value_or(NetworkLocation());
  }
  if ((flags & kIsPorted) != 0) {
    state.routing_number = RoutingNumber::FromPacked(in.Fixed64(), (flags & kIsGlobal) != 0);
  }
  state.ingress = static_cast<int16_t>(in.Signed());
  state.diversions = in.Byte();
  if (state.diversions == 0) return;
  state.diverted_because = static_cast<DiversionReason>(in.Byte());
  state.diverted_by = E164Number::FromDigits(Digits::FromPacked(in.Fixed64()));
}

// Of one byte, which begins with the direction.
constexpr int kPrivacyShift = 2;
constexpr int kHasNumber = 1 << 4;
// Nearly every call has the correlation id that comes from its own id.
constexpr int kHasOwnCorrelation = 1 << 5;

// What was called, and who calls. Most calls are inbound and have a number.
void WriteParties(const CallState& state, ByteWriter& out) {
  const bool has_number = state.direction == Direction::kInbound || state.called.has_value();
  const bool is_own = state.correlation == NewCorrelation(state.seed);
  out.Byte(static_cast<uint8_t>(static_cast<int>(state.direction) |
                                static_cast<int>(state.calling_privacy) << kPrivacyShift |
                                (has_number ? kHasNumber : 0) | (is_own ? kHasOwnCorrelation : 0)));
  out.Fixed64(has_number ? state.called.digits().packed() : state.dialled.packed());
  if (state.direction != Direction::kInbound) out.Fixed64(state.line.digits().packed());
  out.Fixed64(state.calling.digits().packed());
  if (is_own) return;
  out.Fixed64(state.correlation.high);
  out.Fixed64(state.correlation.low);
}

// The seed must be there already.
void ReadParties(ByteReader& in, CallState& state) {
  const uint8_t flags = in.Byte();
  state.direction = static_cast<Direction>(flags & kTwoBits);
  state.calling_privacy = static_cast<Privacy>(flags >> kPrivacyShift & kTwoBits);
  const Digits called = Digits::FromPacked(in.Fixed64());
  if ((flags & kHasNumber) != 0) {
    state.called = E164Number::FromDigits(called);
  } else {
    state.dialled = called;
  }
  if (state.direction != Direction::kInbound) {
    state.line = E164Number::FromDigits(Digits::FromPacked(in.Fixed64()));
  }
  state.calling = E164Number::FromDigits(Digits::FromPacked(in.Fixed64()));
  state.correlation = NewCorrelation(state.seed);
  if ((flags & kHasOwnCorrelation) != 0) return;
  state.correlation.high = in.Fixed64();
  state.correlation.low = in.Fixed64();
}

// Of one byte. Few calls go by a recovery plan.
constexpr uint8_t kIsAnswered = 1;
constexpr uint8_t kIsRecovered = 2;
constexpr uint8_t kIsDrill = 4;
constexpr uint8_t kHasTalked = 8;
constexpr uint8_t kFailureIsOpen = 16;
constexpr uint8_t kIsCalledBack = 32;
constexpr uint8_t kIsReached = 64;

bool WasReached(const Callback& callback) {
  return !callback.is_promised() && callback.until != 0;
}

// What comes soon after that takes few bytes.
int64_t ArrivalSeconds(const CallState& state) {
  return state.arrival_micros / 1'000'000;
}

void WriteCourse(const CallState& state, ByteWriter& out) {
  const bool is_recovered = state.recovery != CallState::kNoRecovery;
  out.Byte(
      static_cast<uint8_t>((state.answered ? kIsAnswered : 0) | (is_recovered ? kIsRecovered : 0) |
                           (state.recovery_drill ? kIsDrill : 0) | (state.talked ? kHasTalked : 0) |
                           (state.failure_open ? kFailureIsOpen : 0) |
                           (state.callback.is_promised() ? kIsCalledBack : 0) |
                           (WasReached(state.callback) ? kIsReached : 0)));
  if (is_recovered) out.Signed(state.recovery);
  if (WasReached(state.callback)) out.Signed(state.callback.until - ArrivalSeconds(state));
  if (!state.callback.is_promised()) return;
  out.Fixed64(state.callback.number.digits().packed());
  out.Signed(state.callback.until);
  out.Byte(state.callback.tried);
}

void ReadCourse(ByteReader& in, CallState& state) {
  const uint8_t flags = in.Byte();
  state.answered = (flags & kIsAnswered) != 0;
  state.recovery_drill = (flags & kIsDrill) != 0;
  state.talked = (flags & kHasTalked) != 0;
  state.failure_open = (flags & kFailureIsOpen) != 0;
  if ((flags & kIsRecovered) != 0) state.recovery = static_cast<int16_t>(in.Signed());
  if ((flags & kIsReached) != 0) state.callback.until = ArrivalSeconds(state) + in.Signed();
  if ((flags & kIsCalledBack) == 0) return;
  state.callback.number = E164Number::FromDigits(Digits::FromPacked(in.Fixed64()));
  state.callback.until = in.Signed();
  state.callback.tried = in.Byte();
}

// The state in a fixed order; what is mostly small takes few bytes.
void WriteState(const CallState& state, ByteWriter& out) {
  WriteParties(state, out);
  out.Signed(state.arrival_micros);
  WriteCourse(state, out);
  WriteOrigin(state, out);
  out.Varint(state.failed.bits());
  out.Varint(state.global_sip);
  out.Byte(static_cast<uint8_t>(state.last_failure));
  out.Varint(state.attempts);
  out.Varint(state.tried_targets);
  out.Varint(state.node_failed.bits());
  out.Byte(state.prompt_plays);
  // As written, and no time that matters, are a byte each.
  out.Varint(state.target_order.packed() ^ TargetOrder().packed());
  out.Varint(static_cast<uint64_t>(state.node_began));
  out.Varint(state.stage);
  out.Signed(state.caller_type);
  out.Signed(state.priority);
  out.Varint(state.attributes.size());
  for (const auto& [name, value] : state.attributes) {
    out.Varint(name);
    out.Varint(value);
  }
}

// The seed must be there already.
void ReadState(ByteReader& in, CallState& state) {
  ReadParties(in, state);
  state.arrival_micros = in.Signed();
  ReadCourse(in, state);
  ReadOrigin(in, state);
  state.failed = OutcomeSet::FromBits(static_cast<uint16_t>(in.Varint()));
  state.global_sip = static_cast<uint16_t>(in.Varint());
  state.last_failure = static_cast<Outcome>(in.Byte());
  state.attempts = static_cast<uint16_t>(in.Varint());
  state.tried_targets = static_cast<uint32_t>(in.Varint());
  state.node_failed = OutcomeSet::FromBits(static_cast<uint16_t>(in.Varint()));
  state.prompt_plays = in.Byte();
  state.target_order = TargetOrder::FromPacked(in.Varint() ^ TargetOrder().packed());
  state.node_began = static_cast<int64_t>(in.Varint());
  state.stage = static_cast<uint32_t>(in.Varint());
  state.caller_type = static_cast<int16_t>(in.Signed());
  state.priority = static_cast<int32_t>(in.Signed());
  uint64_t attributes = in.Varint();
  for (uint64_t i = 0; in.ok() && i < attributes && i < kMostAttributes; ++i) {
    uint32_t name = static_cast<uint32_t>(in.Varint());
    state.attributes.emplace_back(name, static_cast<uint32_t>(in.Varint()));
  }
}

absl::Status NotGenuine(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(
      "continuation: ", why, "; send back, unchanged, the one of the decision before"));
}

}  // namespace

Sealer::Sealer(std::vector<PreparedKey> keys) : keys_(std::move(keys)) {}
Sealer::~Sealer() = default;

absl::StatusOr<std::unique_ptr<Sealer>> Sealer::Create(const SealKeys& keys) {
  constexpr size_t kMostKeys = 8;
  if (keys.keys.empty() || keys.keys.size() > kMostKeys) {
    return absl::InvalidArgumentError(
        absl::StrCat("keys: 1 to ", kMostKeys, " are needed, not ", keys.keys.size()));
  }
  std::vector<PreparedKey> prepared;
  for (const std::string& key : keys.keys) {
    if (key.size() != SealKeys::kKeyBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat("keys: a key has ", SealKeys::kKeyBytes, " bytes, not ", key.size()));
    }
    prepared.emplace_back(key);
  }
  return std::unique_ptr<Sealer>(new Sealer(std::move(prepared)));
}

absl::Status Sealer::Seal(const CallId& call, const Continuation& continuation,
                          std::string& sealed) const {
  return Seal(call,
              {continuation.customer, continuation.revision, continuation.position,
               continuation.step, continuation.purpose},
              continuation.state, sealed);
}

absl::Status Sealer::Seal(const CallId& call, const Place& place, const CallState& state,
                          std::string& sealed) const {
  char room[kMaxBytes];
  ByteWriter out(absl::MakeSpan(room));
  out.Byte(kVersion);
  out.Text(place.customer);
  WriteHex(place.revision.substr(0, kRevisionDigits), out);
  out.Byte(static_cast<uint8_t>(place.purpose));
  out.Varint(place.position);
  out.Varint(place.step);
  WriteState(state, out);
  WriteCollected(call, place.purpose, state, keys_[0].secrets, out);
  WriteDiverters(state, kMacBytes, out);
  const Mac mac = CallBytes(call).MacWith(keys_[0].seal, out.bytes());
  out.Raw(absl::string_view(reinterpret_cast<const char*>(mac.data()), kMacBytes));
  if (!out.ok()) {
    return absl::InternalError(
        absl::StrCat("the continuation would have more than ", kMaxBytes, " bytes"));
  }
  sealed.assign(out.bytes().data(), out.bytes().size());
  return absl::OkStatus();
}

absl::StatusOr<Continuation> Sealer::Open(const CallId& call, absl::string_view sealed) const {
  if (sealed.size() > kMaxBytes || sealed.size() <= kMacBytes) {
    return NotGenuine("it has not the length of one");
  }
  absl::string_view body = sealed.substr(0, sealed.size() - kMacBytes);
  const CallBytes call_bytes(call);
  auto key = std::find_if(keys_.begin(), keys_.end(), [&](const PreparedKey& known) {
    const Mac mac = call_bytes.MacWith(known.seal, body);
    return CRYPTO_memcmp(mac.data(), sealed.data() + body.size(), kMacBytes) == 0;
  });
  if (key == keys_.end()) return NotGenuine("it was not made here for this call");
  ByteReader in(body);
  Continuation continuation;
  if (in.Byte() != kVersion) return NotGenuine("it is of another version");
  absl::string_view customer = in.Text();
  continuation.customer.assign(customer.data(), customer.size());
  continuation.revision = absl::BytesToHexString(in.Raw(kRevisionDigits / 2));
  continuation.purpose = static_cast<Continuation::Purpose>(in.Byte());
  continuation.position = static_cast<uint32_t>(in.Varint());
  continuation.step = static_cast<uint32_t>(in.Varint());
  continuation.state.seed = CallSeed(call);
  ReadState(in, continuation.state);
  ReadCollected(key->secrets, in, continuation.state);
  ReadDiverters(in, continuation.state);
  if (!in.done()) return NotGenuine("it is damaged");
  return continuation;
}

}  // namespace libroute
