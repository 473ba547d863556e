#ifndef LIBROUTE_PROVE_SAMPLE_FIGURES_H_
#define LIBROUTE_PROVE_SAMPLE_FIGURES_H_

#include <vector>

#include "libroute/prove/call_set.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// Gives figures of the groups by which the cases match that are to, and those fail that are to
// fail, as far as such are found. Of a group of which no case is to match nothing is given: so
// all of its cases fail.
void GiveFigures(const std::vector<CallSet::OfGroup>& cases, v1::Given& given);

}  // namespace libroute

#endif  // LIBROUTE_PROVE_SAMPLE_FIGURES_H_
