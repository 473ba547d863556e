#ifndef LIBROUTE_READERS_ENUM_NAMES_H_
#define LIBROUTE_READERS_ENUM_NAMES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace libroute {

// How a value is written by people: without its enum's prefix, in lower case
// (OUTCOME_BUSY of Outcome: busy). Without that prefix, its own name.
std::string ShortEnumName(const google::protobuf::EnumValueDescriptor& value);

// The short names that may be written: all but that of ..._UNSPECIFIED.
std::vector<std::string> ShortEnumNames(const google::protobuf::EnumDescriptor& type);

// The value that is called `text`, short or in full, or has that number; null
// if none.
const google::protobuf::EnumValueDescriptor* FindEnumValue(
    const google::protobuf::EnumDescriptor& type, absl::string_view text);

}  // namespace libroute

#endif  // LIBROUTE_READERS_ENUM_NAMES_H_
