#ifndef LIBROUTE_READERS_SCALAR_READER_H_
#define LIBROUTE_READERS_SCALAR_READER_H_

#include <optional>
#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "libroute/plan/issue.h"
#include "libroute/readers/document.h"

namespace libroute {

// Whether `field` is written as one scalar: numbers, text, bytes, booleans,
// enums, google.protobuf.Duration and Timestamp.
bool IsScalarField(const google::protobuf::FieldDescriptor& field);

// What is written in such a field, with an example: "a duration like 20s".
std::string ExpectedScalar(const google::protobuf::FieldDescriptor& field);

// Reads `scalar` into `field` of `message`, adding to it when it is repeated.
// Gives code (wrong-type or bad-value) and message of what is wrong, if
// something is; then `message` stays as it was.
std::optional<Issue> ReadScalar(const DocumentNode& scalar,
                                const google::protobuf::FieldDescriptor& field,
                                google::protobuf::Message& message);

}  // namespace libroute

#endif  // LIBROUTE_READERS_SCALAR_READER_H_
