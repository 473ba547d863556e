#ifndef LIBROUTE_NUMBER_REGIONS_H_
#define LIBROUTE_NUMBER_REGIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"

namespace libroute {

// What is known of the world's numbering plans (from libphonenumber, as
// installed). All functions are thread-safe. None is for the call path: each
// costs microseconds and allocates. (For the country and kind of a number see
// numbering_plans.h.)

// Reads "+" and 7 to 15 digits as E164Number::Parse does, and also refuses a
// country code that is not in use. InvalidArgument, saying what is wrong.
absl::StatusOr<E164Number> ParseNumber(absl::string_view text);

// Whether `region` is a country with a numbering plan, in capitals: "BE".
bool IsKnownRegion(absl::string_view region);

// All these, in order.
std::vector<std::string> KnownRegions();

// What is dialled in `region` for the emergency services: all such numbers of
// 2 to 6 digits, in order, always with 112; for an unknown region 112 alone.
// (Of six digits only 116xxx is looked at, the one block of that length that
// countries share for urgent services.) Costs about 0.2 s: call it once for
// each country and keep the answer.
std::vector<Digits> EmergencyNumbers(absl::string_view region);

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_REGIONS_H_
