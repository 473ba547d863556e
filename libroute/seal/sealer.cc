#include "libroute/seal/sealer.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <atomic>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "libroute/seal/codec.h"

namespace libroute {
namespace {

constexpr uint8_t kVersion = 1;
constexpr size_t kMacBytes = 16;
constexpr size_t kRevisionDigits = 32;
constexpr size_t kMostAttributes = 64;

using Mac = std::array<unsigned char, 32>;

struct FreeContext {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MAC_CTX, FreeContext>;

Context MakeContext(const std::string& key) {
  EVP_MAC* hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  if (hmac == nullptr) return nullptr;
  Context context(EVP_MAC_CTX_new(hmac));
  EVP_MAC_free(hmac);
  char digest[] = "SHA256";
  OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                         OSSL_PARAM_construct_end()};
  const auto* bytes = reinterpret_cast<const unsigned char*>(key.data());
  if (context == nullptr || EVP_MAC_init(context.get(), bytes, key.size(), params) != 1) {
    return nullptr;
  }
  return context;
}

// Attempts of state that are small numbers, in a fixed order.
void WriteState(const CallState& state, ByteWriter& out) {
  out.Fixed64(state.called.digits().packed());
  out.Fixed64(state.calling.digits().packed());
  out.Byte(static_cast<uint8_t>(state.calling_privacy));
  out.Signed(state.arrival_micros);
  out.Fixed64(state.correlation.high);
  out.Fixed64(state.correlation.low);
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

void ReadState(ByteReader& in, CallState& state) {
  state.called = E164Number::FromDigits(Digits::FromPacked(in.Fixed64()));
  state.calling = E164Number::FromDigits(Digits::FromPacked(in.Fixed64()));
  state.calling_privacy = static_cast<Privacy>(in.Byte());
  state.arrival_micros = in.Signed();
  state.correlation.high = in.Fixed64();
  state.correlation.low = in.Fixed64();
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

}  // namespace

// The keys, each with a context of its own for every thread that used it: a
// context is set up once and then only reset.
class Sealer::Keys {
 public:
  explicit Keys(std::vector<std::string> keys) : keys_(std::move(keys)), id_(NextId()) {}

  size_t size() const { return keys_.size(); }

  // HMAC of the call's id and `body`. False if the library fails.
  bool Compute(size_t key, const CallId& call, absl::string_view body, Mac& mac) const {
    EVP_MAC_CTX* context = ContextOf(key);
    size_t size = 0;
    return context != nullptr && EVP_MAC_init(context, nullptr, 0, nullptr) == 1 &&
           Update(context, CallPrefix(call)) && Update(context, call.switch_name) &&
           Update(context, call.reference) && Update(context, body) &&
           EVP_MAC_final(context, mac.data(), &size, mac.size()) == 1 && size == mac.size();
  }

 private:
  struct Cache {
    uint64_t id = 0;
    std::vector<Context> contexts;
  };

  static uint64_t NextId() {
    static std::atomic<uint64_t> next{1};
    return next.fetch_add(1, std::memory_order_relaxed);
  }

  static bool Update(EVP_MAC_CTX* context, absl::string_view bytes) {
    return EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(bytes.data()),
                          bytes.size()) == 1;
  }

  // Lengths first, so that no two calls give the same bytes.
  static std::string CallPrefix(const CallId& call) {
    std::string prefix;
    ByteWriter out(prefix);
    out.Fixed64(call.epoch);
    out.Byte(static_cast<uint8_t>(call.switch_name.size()));
    out.Byte(static_cast<uint8_t>(call.reference.size()));
    return prefix;
  }

  EVP_MAC_CTX* ContextOf(size_t key) const {
    thread_local Cache cache;
    if (cache.id != id_) {
      cache.id = id_;
      cache.contexts.clear();
      for (const std::string& bytes : keys_) cache.contexts.push_back(MakeContext(bytes));
    }
    return cache.contexts[key].get();
  }

  const std::vector<std::string> keys_;
  const uint64_t id_;
};

Sealer::Sealer(std::unique_ptr<Keys> keys) : keys_(std::move(keys)) {}
Sealer::~Sealer() = default;

absl::StatusOr<std::unique_ptr<Sealer>> Sealer::Create(const SealKeys& keys) {
  constexpr size_t kMostKeys = 8;
  if (keys.keys.empty() || keys.keys.size() > kMostKeys) {
    return absl::InvalidArgumentError(
        absl::StrCat("keys: 1 to ", kMostKeys, " are needed, not ", keys.keys.size()));
  }
  for (const std::string& key : keys.keys) {
    if (key.size() == SealKeys::kKeyBytes) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("keys: a key has ", SealKeys::kKeyBytes, " bytes, not ", key.size()));
  }
  return std::unique_ptr<Sealer>(new Sealer(std::make_unique<Keys>(keys.keys)));
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
  sealed.clear();
  sealed.reserve(kMaxBytes);
  ByteWriter out(sealed);
  out.Byte(kVersion);
  out.Text(place.customer);
  out.Raw(place.revision.substr(0, kRevisionDigits));
  out.Byte(static_cast<uint8_t>(place.purpose));
  out.Varint(place.position);
  out.Varint(place.step);
  WriteState(state, out);
  Mac mac;
  if (!keys_->Compute(0, call, sealed, mac)) {
    return absl::InternalError("the continuation could not be sealed: HMAC failed");
  }
  out.Raw(absl::string_view(reinterpret_cast<const char*>(mac.data()), kMacBytes));
  if (sealed.size() > kMaxBytes) {
    return absl::InternalError(
        absl::StrCat("the continuation has ", sealed.size(), " bytes, at most ", kMaxBytes));
  }
  return absl::OkStatus();
}

absl::StatusOr<Continuation> Sealer::Open(const CallId& call, absl::string_view sealed) const {
  if (sealed.size() > kMaxBytes || sealed.size() <= kMacBytes) {
    return NotGenuine("it has not the length of one");
  }
  absl::string_view body = sealed.substr(0, sealed.size() - kMacBytes);
  bool genuine = false;
  for (size_t key = 0; key < keys_->size() && !genuine; ++key) {
    Mac mac;
    genuine = keys_->Compute(key, call, body, mac) &&
              CRYPTO_memcmp(mac.data(), sealed.data() + body.size(), kMacBytes) == 0;
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
  ReadState(in, continuation.state);
  continuation.state.seed = CallSeed(call);
  if (!in.done()) return NotGenuine("it is damaged");
  return continuation;
}

}  // namespace libroute
