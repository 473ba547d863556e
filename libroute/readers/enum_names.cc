#include "libroute/readers/enum_names.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

// "SwitchState" -> "SWITCH_STATE_".
std::string Prefix(const EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    if (absl::ascii_isupper(c) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(c);
  }
  return prefix + "_";
}

bool IsUnspecified(const EnumValueDescriptor& value) {
  return value.number() == 0 && absl::EndsWith(value.name(), "_UNSPECIFIED");
}

}  // namespace

std::string ShortEnumName(const EnumValueDescriptor& value) {
  absl::string_view name = value.name();
  const bool has_prefix = absl::ConsumePrefix(&name, Prefix(*value.type()));
  return has_prefix ? absl::AsciiStrToLower(name) : std::string(name);
}

std::vector<std::string> ShortEnumNames(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (!IsUnspecified(*type.value(i))) names.push_back(ShortEnumName(*type.value(i)));
  }
  return names;
}

const EnumValueDescriptor* FindEnumValue(const EnumDescriptor& type, absl::string_view text) {
  int number = 0;
  if (!text.empty() && (absl::ascii_isdigit(text[0]) || text[0] == '-')) {
    return absl::SimpleAtoi(text, &number) ? type.FindValueByNumber(number) : nullptr;
  }
  const EnumValueDescriptor* value = type.FindValueByName(std::string(text));
  if (value != nullptr) return value;
  if (absl::AsciiStrToLower(text) != text) return nullptr;
  value = type.FindValueByName(absl::StrCat(Prefix(type), absl::AsciiStrToUpper(text)));
  return value == nullptr || IsUnspecified(*value) ? nullptr : value;
}

}  // namespace libroute
