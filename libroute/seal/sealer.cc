#include "libroute/seal/sealer.h"

#include <openssl/crypto.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "libroute/seal/codec.h"
#include "libroute/seal/hmac.h"

namespace libroute {
namespace {

constexpr uint8_t kVersion = 2;
constexpr size_t kMacBytes = 16;
constexpr size_t kRevisionDigits = 32;
constexpr size_t kMostAttributes = 64;

// Nearly every call has the correlation id that comes from its own id.
void WriteCorrelation(const CallState& state, ByteWriter& out) {
  const bool is_own = state.correlation == NewCorrelation(state.seed);
  out.Byte(is_own ? 1 : 0);
  if (is_own) return;
  out.Fixed64(state.correlation.high);
  out.Fixed64(state.correlation.low);
}

void ReadCorrelation(ByteReader& in, CallState& state) {
  const bool is_own = in.Byte() != 0;
  state.correlation = NewCorrelation(state.seed);
  if (is_own) return;
  state.correlation.high = in.Fixed64();
  state.correlation.low = in.Fixed64();
}

// The state in a fixed order; what is mostly small takes few bytes.
void WriteState(const CallState& state, ByteWriter& out) {
  out.Fixed64(state.called.digits().packed());
  out.Fixed64(state.calling.digits().packed());
  out.Byte(static_cast<uint8_t>(state.calling_privacy));
  out.Signed(state.arrival_micros);
  WriteCorrelation(state, out);
  out.Byte(state.answered ? 1 : 0);
  out.Byte(state.diversions);
  out.Varint(state.failed.bits());
  out.Varint(state.global_sip);
  out.Byte(static_cast<uint8_t>(state.last_failure));
  out.Varint(state.attempts);
  out.Varint(state.tried_targets);
  out.Varint(state.node_failed.bits());
  out.Byte(state.menu_plays);
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
  state.called = E164Number::FromDigits(Digits::FromPacked(in.Fixed64()));
  state.calling = E164Number::FromDigits(Digits::FromPacked(in.Fixed64()));
  state.calling_privacy = static_cast<Privacy>(in.Byte());
  state.arrival_micros = in.Signed();
  ReadCorrelation(in, state);
  state.answered = in.Byte() != 0;
  state.diversions = in.Byte();
  state.failed = OutcomeSet::FromBits(static_cast<uint16_t>(in.Varint()));
  state.global_sip = static_cast<uint16_t>(in.Varint());
  state.last_failure = static_cast<Outcome>(in.Byte());
  state.attempts = static_cast<uint16_t>(in.Varint());
  state.tried_targets = static_cast<uint32_t>(in.Varint());
  state.node_failed = OutcomeSet::FromBits(static_cast<uint16_t>(in.Varint()));
  state.menu_plays = in.Byte();
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

// The MAC of the call's id and `body`.
Mac MacOf(const HmacKey& key, const CallId& call, absl::string_view body) {
  // Lengths first, so that no two calls give the same bytes.
  char room[10];
  ByteWriter prefix(absl::MakeSpan(room));
  prefix.Fixed64(call.epoch);
  prefix.Byte(static_cast<uint8_t>(call.switch_name.size()));
  prefix.Byte(static_cast<uint8_t>(call.reference.size()));
  return key.Compute({prefix.bytes(), call.switch_name, call.reference, body});
}

}  // namespace

Sealer::Sealer(std::vector<HmacKey> keys) : keys_(std::move(keys)) {}
Sealer::~Sealer() = default;

absl::StatusOr<std::unique_ptr<Sealer>> Sealer::Create(const SealKeys& keys) {
  constexpr size_t kMostKeys = 8;
  if (keys.keys.empty() || keys.keys.size() > kMostKeys) {
    return absl::InvalidArgumentError(
        absl::StrCat("keys: 1 to ", kMostKeys, " are needed, not ", keys.keys.size()));
  }
  std::vector<HmacKey> prepared;
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
  out.Raw(place.revision.substr(0, kRevisionDigits));
  out.Byte(static_cast<uint8_t>(place.purpose));
  out.Varint(place.position);
  out.Varint(place.step);
  WriteState(state, out);
  const Mac mac = MacOf(keys_[0], call, out.bytes());
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
  bool genuine = false;
  for (size_t key = 0; key < keys_.size() && !genuine; ++key) {
    const Mac mac = MacOf(keys_[key], call, body);
    genuine = CRYPTO_memcmp(mac.data(), sealed.data() + body.size(), kMacBytes) == 0;
  }
  if (!genuine) return NotGenuine("it was not made here for this call");
  ByteReader in(body);
  Continuation continuation;
  if (in.Byte() != kVersion) return NotGenuine("it is of another version");
  absl::string_view customer = in.Text();
  continuation.customer.assign(customer.data(), customer.size());
  absl::string_view revision = in.Raw(kRevisionDigits);
  continuation.revision.assign(revision.data(), revision.size());
  continuation.purpose = static_cast<Continuation::Purpose>(in.Byte());
  continuation.position = static_cast<uint32_t>(in.Varint());
  continuation.step = static_cast<uint32_t>(in.Varint());
  continuation.state.seed = CallSeed(call);
  ReadState(in, continuation.state);
  if (!in.done()) return NotGenuine("it is damaged");
  return continuation;
}

}  // namespace libroute
