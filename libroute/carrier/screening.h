#ifndef LIBROUTE_CARRIER_SCREENING_H_
#define LIBROUTE_CARRIER_SCREENING_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "libroute/call/claim.h"
#include "libroute/call/digits.h"
#include "libroute/number/number_criteria.h"

namespace libroute {

// Numbers that the carrier does not let through.
struct Barring {
  std::string name;
  NumberCriteria numbers;
  // Message to be played; empty: the call is rejected.
  std::string announce;
};

// Numbers with all of whose calls together there may be too much.
struct CarrierLimit {
  std::string name;
  NumberCriteria numbers;
  // At the same time; any number if 0.
  uint32_t calls = 0;
  CallRate rate;
};

// The carrier's own screening, above every plan. Immutable; thread-safe.
class Screening {
 public:
  Screening() = default;
  Screening(std::vector<Barring> callers, std::vector<Barring> destinations,
            std::vector<CarrierLimit> limits = {})
      : callers_(std::move(callers)),
        destinations_(std::move(destinations)),
        limits_(std::move(limits)) {}

  // The first barring that has the number; null if none has. No number is not
  // barred. Linear in the barrings; kind and country are looked up at most
  // once.
  const Barring* FindCaller(E164Number calling) const { return Find(callers_, calling); }
  // A costly number with digits too many is barred as that number is.
  const Barring* FindDestination(E164Number called) const;

  // All that have a number apply to it.
  const std::vector<CarrierLimit>& limits() const { return limits_; }

 private:
  static const Barring* Find(const std::vector<Barring>& barrings, E164Number number);

  std::vector<Barring> callers_;
  std::vector<Barring> destinations_;
  std::vector<CarrierLimit> limits_;
};

}  // namespace libroute

#endif  // LIBROUTE_CARRIER_SCREENING_H_
