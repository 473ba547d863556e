#include "libroute/wire/enum_name.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

// "ReleaseReason" -> "release_reason_".
std::string Prefix(const std::string& type_name) {
  std::string prefix;
  for (char c : type_name) {
    if (absl::ascii_isupper(c) && !prefix.empty()) prefix.push_back('_');
    prefix.push_back(absl::ascii_tolower(c));
  }
  prefix.push_back('_');
  return prefix;
}

}  // namespace

std::string EnumName(const google::protobuf::EnumValueDescriptor& value) {
  const std::string name = absl::AsciiStrToLower(value.name());
  return std::string(absl::StripPrefix(name, Prefix(value.type()->name())));
}

}  // namespace libroute
