#include "libroute/readers/duration_reader.h"

#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

constexpr int64_t kMaxSeconds = 315'576'000'000;
constexpr int64_t kNanosPerSecond = 1'000'000'000;

struct Unit {
  absl::string_view name;
  // One of these is not 0.
  int64_t seconds;
  int64_t nanos;
};

// The larger ones first.
constexpr Unit kUnits[] = {{"d", 86400, 0},    {"h", 3600, 0},  {"m", 60, 0}, {"s", 1, 0},
                           {"ms", 0, 1000000}, {"us", 0, 1000}, {"ns", 0, 1}};

absl::Status Bad(absl::string_view message) {
  return absl::InvalidArgumentError(message);
}

// The first of the units from `first` that is called `name`; std::end(kUnits)
// if none is.
const Unit* FindUnit(const Unit* first, absl::string_view name) {
  while (first != std::end(kUnits) && first->name != name) ++first;
  return first;
}

// Takes a text apart, a number with its unit at a time.
class DurationParts {
 public:
  explicit DurationParts(absl::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  // The next one. There are decimals in `nanos`, or what ms, us or ns say.
  absl::StatusOr<SecondsAndNanos> Take();

 private:
  absl::string_view TakeDigits() { return TakeWhile(absl::ascii_isdigit); }
  absl::string_view TakeWhile(bool (*accepts)(unsigned char));
  // The unit that follows a number, which is `digits`.
  absl::StatusOr<const Unit*> TakeUnit(absl::string_view digits);
  // Billionths, from ".5" and the like; 0 if there are no decimals.
  absl::StatusOr<int32_t> TakeDecimals();

  absl::string_view rest_;
  // The largest unit that may still come.
  const Unit* next_unit_ = std::begin(kUnits);
};

absl::string_view DurationParts::TakeWhile(bool (*accepts)(unsigned char)) {
  size_t size = 0;
  while (size < rest_.size() && accepts(rest_[size])) ++size;
  const absl::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

absl::StatusOr<int32_t> DurationParts::TakeDecimals() {
  if (!absl::ConsumePrefix(&rest_, ".")) return 0;
  const absl::string_view decimals = TakeDigits();
  if (decimals.empty() || decimals.size() > 9) return Bad("after '.' come one to nine decimals");
  int32_t nanos = 0;
  for (size_t i = 0; i < 9; ++i) nanos = nanos * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  return nanos;
}

absl::StatusOr<const Unit*> DurationParts::TakeUnit(absl::string_view digits) {
  const absl::string_view name = TakeWhile(absl::ascii_isalpha);
  if (name.empty()) return Bad(absl::StrCat("it has no unit; write ", digits, "s for seconds"));
  const Unit* unit = FindUnit(next_unit_, name);
  if (unit != std::end(kUnits)) {
    next_unit_ = unit + 1;
    return unit;
  }
  return FindUnit(std::begin(kUnits), name) == std::end(kUnits)
             ? Bad("units are d, h, m, s, ms, us and ns")
             : Bad("write each unit once, the larger ones first, like 1h30m");
}

absl::StatusOr<SecondsAndNanos> DurationParts::Take() {
  const absl::string_view digits = TakeDigits();
  if (digits.empty()) return Bad("write a number and a unit, like 20s, 500ms or 8h30m");
  int64_t count = 0;
  if (!absl::SimpleAtoi(digits, &count) || count > kMaxSeconds) return Bad("it is too long");
  const bool has_decimals = absl::StartsWith(rest_, ".");
  const absl::StatusOr<int32_t> decimals = TakeDecimals();
  if (!decimals.ok()) return decimals.status();
  const absl::StatusOr<const Unit*> unit = TakeUnit(digits);
  if (!unit.ok()) return unit.status();
  const Unit& of = **unit;
  if (has_decimals && of.seconds != 1) return Bad("decimals are for seconds only, like 1.5s");
  if (of.seconds > 0) {
    if (count > kMaxSeconds / of.seconds) return Bad("it is too long");
    return SecondsAndNanos{count * of.seconds, *decimals};
  }
  const int64_t per_second = kNanosPerSecond / of.nanos;
  return SecondsAndNanos{count / per_second, static_cast<int32_t>(count % per_second * of.nanos)};
}

}  // namespace

absl::StatusOr<SecondsAndNanos> ReadDuration(absl::string_view text) {
  const int sign = absl::ConsumePrefix(&text, "-") ? -1 : 1;
  DurationParts parts(text);
  int64_t seconds = 0;
  int64_t nanos = 0;
  do {
    const absl::StatusOr<SecondsAndNanos> part = parts.Take();
    if (!part.ok()) return part.status();
    seconds += part->seconds;
    nanos += part->nanos;
  } while (!parts.at_end());
  seconds += nanos / kNanosPerSecond;
  nanos %= kNanosPerSecond;
  if (seconds > kMaxSeconds || (seconds == kMaxSeconds && nanos > 0)) return Bad("it is too long");
  return SecondsAndNanos{sign * seconds, static_cast<int32_t>(sign * nanos)};
}

}  // namespace libroute
