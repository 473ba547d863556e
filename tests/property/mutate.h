#ifndef TESTS_PROPERTY_MUTATE_H_
#define TESTS_PROPERTY_MUTATE_H_

#include <random>

#include "google/protobuf/message.h"

namespace libroute {

// Drops, doubles and alters `changes` fields of a plan at random, anywhere in
// it.
void Mutate(google::protobuf::Message& message, std::mt19937& random, int changes);

}  // namespace libroute

#endif  // TESTS_PROPERTY_MUTATE_H_
