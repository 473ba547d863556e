#ifndef LIBROUTE_SERVICES_ROUTECTL_JSON_H_
#define LIBROUTE_SERVICES_ROUTECTL_JSON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace libroute {

// `text` as a JSON string, in quotes (RFC 8259). `text` is UTF-8.
std::string JsonString(absl::string_view text);

// A JSON object, written field by field in the order of adding.
class JsonObject {
 public:
  JsonObject& Add(absl::string_view name, absl::string_view text);
  JsonObject& Add(absl::string_view name, int64_t number);
  // `value` is JSON already.
  JsonObject& AddJson(absl::string_view name, absl::string_view value);

  std::string ToString() const;

 private:
  std::string fields_;
};

// The time in `zone` (RFC 3339), without quotes.
std::string JsonTime(absl::Time time, const absl::TimeZone& zone);

// A JSON array of values that are JSON already, one a line.
std::string JsonArray(const std::vector<std::string>& values);

// The canonical JSON of a message, on one line.
std::string JsonOf(const google::protobuf::Message& message);

// The same in the words of plans, as ReadMessage reads them: fields as they are called in the
// schema, "down" for STATUS_DOWN; what a map has in order of its keys, so that it is the same
// text each time.
std::string JsonAsWritten(const google::protobuf::Message& message);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_JSON_H_
