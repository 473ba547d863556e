#ifndef LIBROUTE_SEAL_SEALER_H_
#define LIBROUTE_SEAL_SEALER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/call/call.h"
#include "libroute/call/call_state.h"
#include "libroute/seal/keys.h"

namespace libroute {

struct PreparedKey;

// Where a call stands between two questions.
struct Continuation {
  // What a question was asked for: that of a real call may only be followed by
  // questions of that call.
  enum class Purpose : uint8_t { kRoute, kExplain };

  std::string customer;
  // The first 16 bytes of the revision's hash, as text of 32 hex digits.
  std::string revision;
  // Node that the call goes on from.
  uint32_t position = 0;
  // The step that is to ask next.
  uint32_t step = 0;
  Purpose purpose = Purpose::kRoute;
  CallState state;
};

// Makes continuations that nobody else can make or change, and reads them
// back: HMAC-SHA-256 (RFC 2104, FIPS 180-4), cut to 16 bytes, over the
// continuation and the call's id. They can be read by everybody, except the
// secrets among CallState::collected (SecretDigits).
//
// A sealed continuation has at most kMaxBytes; it says which key sealed it by
// trying. Thread-safe; sealing costs about a quarter of a microsecond and takes
// no lock.
class Sealer {
 public:
  static constexpr size_t kMaxBytes = 512;

  // InvalidArgument unless there are 1 to 8 keys of 32 bytes.
  static absl::StatusOr<std::unique_ptr<Sealer>> Create(const SealKeys& keys);
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  // Replaces `sealed` (whose memory is reused). Internal if it would be longer
  // than kMaxBytes, which the limits of plans rule out.
  absl::Status Seal(const CallId& call, const Continuation& continuation,
                    std::string& sealed) const;

  // As Seal, without building a Continuation first: the hot path's form.
  struct Place {
    absl::string_view customer;
    // 64 hex digits, of which the first 32 are sealed.
    absl::string_view revision;
    uint32_t position = 0;
    uint32_t step = 0;
    Continuation::Purpose purpose = Continuation::Purpose::kRoute;
  };
  absl::Status Seal(const CallId& call, const Place& place, const CallState& state,
                    std::string& sealed) const;

  // InvalidArgument for what Seal did not make, for this call, with one of the
  // keys.
  absl::StatusOr<Continuation> Open(const CallId& call, absl::string_view sealed) const;

 private:
  explicit Sealer(std::vector<PreparedKey> keys);

  // Current first.
  const std::vector<PreparedKey> keys_;
};

}  // namespace libroute

#endif  // LIBROUTE_SEAL_SEALER_H_
