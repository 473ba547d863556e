#include "libroute/schedule/zone.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"

namespace libroute {
namespace {

constexpr size_t kLongestName = 64;

bool IsNamePart(absl::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '+';
  });
}

// Names in the zone directories of Unix machines that are not zones of the
// IANA database, and the loader's own names for fixed offsets.
bool IsForeignName(absl::string_view name) {
  static constexpr absl::string_view kNames[] = {"localtime", "posixrules", "Factory", "Local"};
  static constexpr absl::string_view kFolders[] = {"posix/", "right/", "Fixed/"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames) ||
         std::any_of(std::begin(kFolders), std::end(kFolders),
                     [name](absl::string_view folder) { return absl::StartsWith(name, folder); });
}

bool IsZoneName(absl::string_view name) {
  if (name.size() > kLongestName || IsForeignName(name)) return false;
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  return std::all_of(parts.begin(), parts.end(), IsNamePart);
}

// FNV-1a over the eight bytes of each number: written down here, so that the
// result is the same in every build.
class Fnv1a {
 public:
  void Add(int64_t number) {
    for (int shift = 0; shift < 64; shift += 8) {
      hash_ = (hash_ ^ ((static_cast<uint64_t>(number) >> shift) & 0xFF)) * 0x100000001B3;
    }
  }
  uint64_t hash() const { return hash_; }

 private:
  uint64_t hash_ = 0xCBF29CE484222325;
};

}  // namespace

absl::StatusOr<absl::TimeZone> LoadZone(absl::string_view name) {
  constexpr absl::string_view kExpected = "write an IANA name, e.g. \"Europe/Brussels\" or \"UTC\"";
  const std::string quoted = absl::StrCat("\"", absl::CEscape(name.substr(0, kLongestName)), "\"");
  if (name.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("there is no time zone; ", kExpected));
  }
  if (!IsZoneName(name)) {
    return absl::InvalidArgumentError(
        absl::StrCat(quoted, " is not the name of a time zone; ", kExpected));
  }
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(name, &zone)) {
    return absl::InvalidArgumentError(
        absl::StrCat("no time zone ", quoted, " in this machine's zone data; ", kExpected));
  }
  return zone;
}

uint64_t ZoneFingerprint(const absl::TimeZone& zone) {
  const absl::Time first = absl::FromCivil(absl::CivilDay(1970, 1, 1), absl::UTCTimeZone());
  const absl::Time last = absl::FromCivil(absl::CivilDay(2100, 1, 1), absl::UTCTimeZone());
  Fnv1a fnv;
  fnv.Add(zone.At(first).offset);
  absl::Time time = first;
  absl::TimeZone::CivilTransition change;
  while (zone.NextTransition(time, &change)) {
    time = zone.At(change.to).trans;
    if (time >= last) break;
    fnv.Add(absl::ToUnixSeconds(time));
    fnv.Add(zone.At(time).offset);
  }
  return fnv.hash();
}

}  // namespace libroute
