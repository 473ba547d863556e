#ifndef TESTS_PROPERTY_RANDOM_CENTER_H_
#define TESTS_PROPERTY_RANDOM_CENTER_H_

#include <random>

#include "libroute/v1/plan.pb.h"

namespace libroute {

// Gives a plan agents, skills and the groups of random plans, without errors.
void AddRandomCenter(v1::Plan& plan, std::mt19937& random);

}  // namespace libroute

#endif  // TESTS_PROPERTY_RANDOM_CENTER_H_
