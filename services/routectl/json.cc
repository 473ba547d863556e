#include "services/routectl/json.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"

namespace libroute {

std::string JsonString(absl::string_view text) {
  std::string json = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      json.push_back('\\');
      json.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      absl::StrAppend(&json, "\\u", absl::Hex(c, absl::kZeroPad4));
    } else {
      json.push_back(c);
    }
  }
  json.push_back('"');
  return json;
}

JsonObject& JsonObject::Add(absl::string_view name, absl::string_view text) {
  return AddJson(name, JsonString(text));
}

JsonObject& JsonObject::Add(absl::string_view name, int64_t number) {
  return AddJson(name, absl::StrCat(number));
}

JsonObject& JsonObject::AddJson(absl::string_view name, absl::string_view value) {
  absl::StrAppend(&fields_, fields_.empty() ? "" : ", ", JsonString(name), ": ", value);
  return *this;
}

std::string JsonObject::ToString() const {
  return absl::StrCat("{", fields_, "}");
}

std::string JsonTime(absl::Time time, const absl::TimeZone& zone) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", time, zone);
}

std::string JsonArray(const std::vector<std::string>& values) {
  if (values.empty()) return "[]";
  return absl::StrCat("[\n  ", absl::StrJoin(values, ",\n  "), "\n]");
}

std::string JsonOf(const google::protobuf::Message& message) {
  std::string json;
  // Fails only for Any and for numbers that JSON cannot have; we send neither.
  google::protobuf::util::Status status =
      google::protobuf::util::MessageToJsonString(message, &json);
  return status.ok() ? json : "null";
}

}  // namespace libroute
