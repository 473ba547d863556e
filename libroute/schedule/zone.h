#ifndef LIBROUTE_SCHEDULE_ZONE_H_
#define LIBROUTE_SCHEDULE_ZONE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace libroute {

// The IANA time zone of this name, e.g. "Europe/Brussels" or "UTC".
// InvalidArgument when the name has not the form of one (so that no path and
// no fixed offset reaches the loader), means another zone on another machine
// ("localtime"), counts leap seconds ("right/..."), or is not in the machine's
// zone data.
//
// The first load of a name reads the zone data; abseil then keeps it for the
// life of the process (a few dozen bytes for a name that does not exist), so
// new zone data is seen after a restart. Thread-safe.
absl::StatusOr<absl::TimeZone> LoadZone(absl::string_view name);

// What the zone says of 1970 to 2100, in 64 bits: differs when an offset or
// the time of a change differs. This is the version of the zone data as far as
// this zone is concerned, and the same on every machine that has the same
// data. Costs tens of microseconds.
uint64_t ZoneFingerprint(const absl::TimeZone& zone);

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_ZONE_H_
