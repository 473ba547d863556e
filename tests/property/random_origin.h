#ifndef TESTS_PROPERTY_RANDOM_ORIGIN_H_
#define TESTS_PROPERTY_RANDOM_ORIGIN_H_

#include <random>
#include <string>

#include "libroute/call/call.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// What random origin branches name.
inline constexpr const char* kAreaNames[] = {"coast", "liege"};
inline constexpr const char* kIngressNames[] = {"trunk-1", "trunk-2"};

// Of the numbers that random calls come from and go to.
std::string RandomPattern(std::mt19937& random);

// A case with any of the criteria, without errors; `then` is not filled in.
void FillRandomOrigin(v1::OriginBranch::Case& item, std::mt19937& random);

// Who calls and how the call came.
void SetRandomOrigin(Call& call, std::mt19937& random);

}  // namespace libroute

#endif  // TESTS_PROPERTY_RANDOM_ORIGIN_H_
