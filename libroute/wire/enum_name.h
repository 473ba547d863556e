#ifndef LIBROUTE_WIRE_ENUM_NAME_H_
#define LIBROUTE_WIRE_ENUM_NAME_H_

#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace libroute {

// The word that people write for an enum value: lower case, without the
// prefix that is the enum's own name. OUTCOME_NO_ANSWER is "no_answer".
std::string EnumName(const google::protobuf::EnumValueDescriptor& value);

// The same for a value of a generated enum; its number if it has no name.
template <typename Enum>
std::string EnumName(Enum value) {
  const google::protobuf::EnumValueDescriptor* found =
      google::protobuf::GetEnumDescriptor<Enum>()->FindValueByNumber(value);
  return found == nullptr ? std::to_string(static_cast<int>(value)) : EnumName(*found);
}

}  // namespace libroute

#endif  // LIBROUTE_WIRE_ENUM_NAME_H_
