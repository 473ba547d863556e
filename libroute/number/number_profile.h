#ifndef LIBROUTE_NUMBER_NUMBER_PROFILE_H_
#define LIBROUTE_NUMBER_NUMBER_PROFILE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"

namespace libroute {

// How numbers are written where calls come in.
struct NumberProfile {
  // What a number is that begins with neither of the prefixes below.
  enum class Unprefixed : uint8_t {
    // Perhaps a local number: it cannot be read.
    kLocal,
    // Of the profile's country (where there is no national prefix, as in Spain).
    kNational,
    // A country code and so on: E.164 that lacks its '+'.
    kInternational,
  };

  // The country code of national numbers ("32"); without it none is read.
  Digits country_code;
  // Before a national number, e.g. 0.
  Digits national_prefix;
  // Before a country code, e.g. 00.
  Digits international_prefix;
  // Comes before everything else and is taken away where it does.
  Digits routing_prefix;
  Unprefixed unprefixed = Unprefixed::kLocal;
};

// How numbers are dialled in `region` ("BE": 32, 0, 00), as libphonenumber
// knows it; where there is no national prefix, a number without any is national.
// Where several operators' prefixes come before a country code, as in Singapore,
// none is set. For an unknown region nothing is. Takes microseconds.
NumberProfile NationalProfile(absl::string_view region);

// InvalidArgument, beginning with the field, for what cannot be meant: a prefix
// that is not made of decimal digits, a country code that is not in use or is
// missing where it is needed, a prefix that hides another: also a routing prefix
// that would be taken away from numbers that begin with the national or the
// international prefix, or from 112, 911 and the country's emergency numbers
// (the main country's of its code). With a routing prefix it takes about 0.2 s.
absl::Status CheckNumberProfile(const NumberProfile& profile);

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_NUMBER_PROFILE_H_
