#ifndef LIBROUTE_READERS_MESSAGE_READER_H_
#define LIBROUTE_READERS_MESSAGE_READER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"

namespace libroute {

// What reading gave besides the message.
struct MessageReading {
  // An entry for every field, list element and map entry that was read.
  SourceMap source;
  // All that is wrong, each with its position. Empty if all is well.
  std::vector<Issue> issues;
};

// Reads `text`, YAML or JSON, into `message`, which must be empty.
//
// JSON is read strictly (RFC 8259) when `file` ends in ".json", and tried
// first when the text begins with '{' or '['; everything else is YAML 1.2
// without anchors, aliases, tags other than the core ones, and further
// documents. Text is UTF-8.
//
// Accepted are the canonical JSON mapping of protobuf (fields in lowerCamelCase
// or as in the schema) and what people write:
//   durations      20s, 1.5s, 500ms, 8h30m, 2d
//   enums          the value without its enum's prefix, in lower case: busy
//   booleans       true, false, yes, no, on, off
//   lists          one value, where a list of one is meant
//   no value       an empty message, map or list
// An unquoted scalar is text; what it means depends on the type of the field,
// so `on` or 0123 is text in a field of text.
//
// Issue codes: syntax, alias, unknown-field, duplicate-field, oneof-conflict,
// wrong-type, bad-value, too-deep (levels of a document, or nodes of a tree),
// too-large (a file), too-long (a list, a map or a name), more. After an error
// in one field reading goes on with the next; a syntax error ends the file.
// When there are errors, `message` holds what could be read.
//
// Thread-safe, reads no file (`file` is a name for positions). Cost: about two
// microseconds and 500 bytes per value, the message included.
MessageReading ReadMessage(absl::string_view text, std::string file, const PlanLimits& limits,
                           google::protobuf::Message& message);

}  // namespace libroute

#endif  // LIBROUTE_READERS_MESSAGE_READER_H_
