#ifndef LIBROUTE_READERS_JSON_PARSER_H_
#define LIBROUTE_READERS_JSON_PARSER_H_

#include "absl/strings/string_view.h"
#include "libroute/readers/document_builder.h"

namespace libroute {

// Reads `text`, valid UTF-8, as one JSON value (RFC 8259) into `builder`.
// Strings are quoted scalars; numbers, true and false are plain ones, as
// written. False if it is not JSON: the builder got one complaint. True, too,
// if the builder stopped it.
//
// Exists beside the YAML parser because yaml-cpp does not know all of JSON:
// surrogate pairs, names over 1024 characters, a line end before ':'.
bool ParseJson(absl::string_view text, DocumentBuilder& builder);

}  // namespace libroute

#endif  // LIBROUTE_READERS_JSON_PARSER_H_
