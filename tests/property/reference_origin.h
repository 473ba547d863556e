#ifndef TESTS_PROPERTY_REFERENCE_ORIGIN_H_
#define TESTS_PROPERTY_REFERENCE_ORIGIN_H_

#include "libroute/call/call.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// Whether a case of an origin branch means the call. Kinds and countries are
// what libphonenumber says of the number.
bool ReferenceOrigin(const v1::Plan& plan, const v1::OriginBranch::Case& item, const Call& call);

// Whether the called number is one that the case is about.
bool ReferenceDestination(const v1::Plan& plan, const v1::DestinationBranch::Case& item,
                          const Call& call);

// Whether the plan does not take every calling number.
bool ReferenceScreens(const v1::Plan& plan);

// What the plan's caller_identity makes of the call.
v1::CallerIdentity::Treatment ReferenceTreatment(const v1::Plan& plan, const Call& call);

// The call without its number where the plan does not want to know it.
Call ReferenceScreened(const v1::Plan& plan, Call call);

}  // namespace libroute

#endif  // TESTS_PROPERTY_REFERENCE_ORIGIN_H_
