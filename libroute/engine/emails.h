#ifndef LIBROUTE_ENGINE_EMAILS_H_
#define LIBROUTE_ENGINE_EMAILS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/call.h"

namespace libroute {

// What an e-mail was told is known for so long after it was asked last.
inline constexpr absl::Duration kEmailHold = absl::Hours(24);

// The epoch of e-mails' names, which no restart of a switch ends.
inline constexpr uint64_t kEmailEpoch = UINT64_MAX;

// What names an e-mail: the connector in place of the switch, an epoch that no restart of
// a switch ends, and the customer with the Message-ID, or with what stands for a long one.
CallId EmailId(absl::string_view customer, absl::string_view connector,
               absl::string_view message_id);

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_EMAILS_H_
