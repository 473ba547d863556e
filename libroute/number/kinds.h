#ifndef LIBROUTE_NUMBER_KINDS_H_
#define LIBROUTE_NUMBER_KINDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"

namespace libroute {

// What is known of the world's numbering plans (from libphonenumber, as
// installed). All functions are thread-safe. None is for the call path: each
// costs microseconds and allocates.

// What a number is used for. (kFixedOrMobile: the plan of that country does not
// tell, as in North America.)
enum class NumberKind {
  kUnknown,
  kFixed,
  kMobile,
  kFixedOrMobile,
  kPremium,
  kSharedCost,
  kFreephone,
  kVoip,
  kPersonal,
};

// Reads "+" and 7 to 15 digits as E164Number::Parse does, and also refuses a
// country code that is not in use. InvalidArgument, saying what is wrong.
absl::StatusOr<E164Number> ParseNumber(absl::string_view text);

// kUnknown also for numbers that are not valid in their country.
NumberKind KindOf(E164Number number);

// The country (ISO 3166-1, "BE") that `number` belongs to: of those that share
// its country code the one in whose plan it is valid. "" for none, and for
// codes of no country (+800).
std::string RegionOf(E164Number number);

// Whether `region` is a country with a numbering plan, in capitals: "BE".
bool IsKnownRegion(absl::string_view region);

// Which kinds of geographic and mobile numbers begin in some way. A number
// that may be either counts as both.
struct PrefixKinds {
  bool fixed = false;
  bool mobile = false;
};

// The kinds of the valid numbers that begin with `prefix` (country code first,
// no '+'; a part of a country code will do). Found by trying the next one to
// three digits (two where the country has many lengths) in the lengths that it
// uses: a kind that only shows after more digits may be missed. Up to 20 ms.
PrefixKinds KindsUnderPrefix(Digits prefix);

// What is dialled in `region` for the emergency services: all such numbers of
// 2 to 6 digits, in order, always with 112; for an unknown region 112 alone.
// (Of six digits only 116xxx is looked at, the one block of that length that
// countries share for urgent services.) Costs about 0.2 s: call it once for
// each country and keep the answer.
std::vector<Digits> EmergencyNumbers(absl::string_view region);

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_KINDS_H_
