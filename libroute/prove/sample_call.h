#ifndef LIBROUTE_PROVE_SAMPLE_CALL_H_
#define LIBROUTE_PROVE_SAMPLE_CALL_H_

#include <optional>

#include "absl/time/time.h"
#include "libroute/prove/call_set.h"
#include "libroute/prove/time_sets.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// A number of `side`, valid in its country if possible, that begins with `begin`
// if possible; nothing where none is found. Which one, `variant` says. Takes below
// a millisecond.
std::optional<E164Number> SampleNumber(const NumberSide& side, Digits begin, int variant);

// A call or an e-mail that should be one of `set`, with the states that it needs, as a test
// without events. Whether it is, evaluating it shows. Nothing where none is found.
std::optional<v1::Test> SampleCall(const CallSet& set, const v1::Plan& plan, const TimeSets& times,
                                   absl::TimeZone zone, int variant);

}  // namespace libroute

#endif  // LIBROUTE_PROVE_SAMPLE_CALL_H_
