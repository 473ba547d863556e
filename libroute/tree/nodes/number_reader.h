#ifndef LIBROUTE_TREE_NODES_NUMBER_READER_H_
#define LIBROUTE_TREE_NODES_NUMBER_READER_H_

#include <string>
#include <vector>

#include "google/protobuf/repeated_field.h"
#include "libroute/number/number_kind.h"
#include "libroute/number/pattern.h"

namespace libroute {

class NodeScope;

// The fields of a case that say which numbers are meant.
struct NumberFields {
  const google::protobuf::RepeatedPtrField<std::string>& numbers;
  const google::protobuf::RepeatedPtrField<std::string>& area;
  const google::protobuf::RepeatedPtrField<std::string>& country;
  const google::protobuf::RepeatedField<int>& kind;

  // None is written.
  bool empty() const { return numbers.empty() && area.empty() && country.empty() && kind.empty(); }
};

// The same, of a case of an origin or a destination branch.
template <typename Case>
NumberFields NumberFieldsOf(const Case& written) {
  return {written.numbers(), written.area(), written.country(), written.kind()};
}

// What they say.
struct WrittenNumbers {
  // Those of areas, too.
  std::vector<NumberPattern> numbers;
  NumberKindSet kinds;
  std::vector<Country> countries;
  // "+324*, area liege and kind fixed and country BE or FR".
  std::string text;
};

// Reads and checks the case at `path`; what is wrong is reported and left out.
WrittenNumbers ReadNumbers(const NumberFields& written, const std::string& path, NodeScope& scope);

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_NUMBER_READER_H_
