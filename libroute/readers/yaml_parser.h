#ifndef LIBROUTE_READERS_YAML_PARSER_H_
#define LIBROUTE_READERS_YAML_PARSER_H_

#include "absl/strings/string_view.h"
#include "libroute/readers/document_builder.h"

namespace libroute {

// Reads `text`, valid UTF-8 without control characters, as one YAML document
// into `builder`; an empty text gives null. Complains about anchors, aliases
// and tags other than the core ones and goes on; a syntax error or a second
// document is the last thing that it complains about.
void ParseYaml(absl::string_view text, DocumentBuilder& builder);

}  // namespace libroute

#endif  // LIBROUTE_READERS_YAML_PARSER_H_
