#ifndef LIBROUTE_TREE_NUMBER_WORDS_H_
#define LIBROUTE_TREE_NUMBER_WORDS_H_

#include <string>

#include "absl/status/statusor.h"
#include "libroute/number/number_kind.h"

// What plans say of numbers besides their digits, as words become types.
namespace libroute {

// A country that has a numbering plan, by its ISO 3166-1 code. InvalidArgument,
// with what was probably meant.
absl::StatusOr<Country> ReadCountry(const std::string& code);

// A value of v1.NumberKind. InvalidArgument, with all kinds.
absl::StatusOr<NumberKind> ReadNumberKind(int value);

// "fixed or mobile".
std::string KindsText(NumberKindSet kinds);

}  // namespace libroute

#endif  // LIBROUTE_TREE_NUMBER_WORDS_H_
