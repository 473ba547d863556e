#ifndef LIBROUTE_NUMBER_NUMBER_TEXT_H_
#define LIBROUTE_NUMBER_NUMBER_TEXT_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/call/routing_number.h"
#include "libroute/number/number_profile.h"

namespace libroute {

// Why a text gave no number.
enum class UnknownReason : uint8_t {
  // It gave one.
  kNone,
  // There is no text.
  kMissing,
  // The caller withholds it (RFC 3323 section 4.1.1.3).
  kAnonymous,
  // The network does not have it (3GPP TS 24.229 section 5.7.1.4).
  kUnavailable,
  // Something else is written there, e.g. a name.
  kNotANumber,
  // It only means something at some place: digits that are neither national
  // nor international.
  kLocal,
  // Fewer than 7 or more than 15 digits.
  kBadLength,
  // No country code begins it.
  kNoSuchCountry,
  // What is written can be read in one way only if that gives a number of the
  // country, and it does not.
  kNoSuchNumber,
};

// "anonymous", "local number", ...: for people.
absl::string_view UnknownReasonText(UnknownReason reason);

// What a network wrote where a number should be.
struct NumberText {
  // Without value: not known, because of `reason`.
  E164Number number;
  UnknownReason reason = UnknownReason::kNone;
  // Where the network sends calls to a number that was ported, as `rn` says.
  RoutingNumber routing_number;
  // The network has asked whether it was ported (`npdi`).
  bool portability_known = false;
};

// Reads a number as networks write it:
//
//   +32 2 200.01-00, 0032..., 02...     by the profile
//   tel:+32-2-200-01-00;npdi;rn=+32...  RFC 3966, RFC 4694
//   sip:022000100;rn=...@host;user=phone  RFC 3261 section 19.1.6, and sips:
//   "Bob" <sip:022000100@host>          RFC 3261 section 20.10, with any URI
//
// A number comes out the same with and without routing number, separators and
// parameters. What cannot be read is unknown, never guessed. A national number
// must be one that its country has: 01115512345678 of Argentina, with the 15
// that only its own people dial, and 01511987654321 of Brazil, with an
// operator's code, are unknown; one with '+' or an international prefix is taken
// as it is. "(0)" after a country code is left out, or kept where that alone
// gives a number ("+39 (0)6 ..."). A local number of a tel URI counts as national only where its
// `phone-context` is '+' and the profile's country code (a context is no prefix: RFC 3966
// section 5.1.5). In a SIP URI `user=` something other than phone says that it is no number.
//
// Thread-safe; texts may be hostile, and longer than 1024 bytes are no numbers.
// Costs about 0.2 us; the first call costs NumberingPlans::World().
NumberText ReadNumberText(absl::string_view text, const NumberProfile& profile);

// What `text` dials if its number is a dial string (ReadDialString): "112",
// "tel:112;phone-context=+32", "sip:112@host;user=phone", each perhaps after the
// profile's routing prefix; or "+112", which can be no number. No digits for any other
// text. It says nothing of what such a string means at some place. Thread-safe.
Digits ReadDialText(absl::string_view text, const NumberProfile& profile);

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_NUMBER_TEXT_H_
