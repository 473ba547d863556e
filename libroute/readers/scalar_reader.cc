#include "libroute/readers/scalar_reader.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "google/protobuf/util/time_util.h"
#include "libroute/readers/duration_reader.h"
#include "libroute/readers/enum_names.h"
#include "libroute/readers/field_writer.h"

namespace libroute {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What is wrong with a value. FailedPrecondition: it is of another type;
// anything else: it is not one of the values.
absl::Status WrongType(absl::string_view text) {
  return absl::FailedPreconditionError(absl::StrCat(Quoted(text), " is not "));
}

absl::Status BadValue(std::string message) {
  return absl::InvalidArgumentError(message);
}

bool IsDuration(const FieldDescriptor& field) {
  return field.message_type() != nullptr &&
         field.message_type()->full_name() == "google.protobuf.Duration";
}

bool IsTimestamp(const FieldDescriptor& field) {
  return field.message_type() != nullptr &&
         field.message_type()->full_name() == "google.protobuf.Timestamp";
}

// Whether strtod's many extras (hex, words, spaces) are out of play.
bool LooksLikeNumber(absl::string_view text) {
  return !text.empty() && (absl::ascii_isdigit(text[0]) || text[0] == '-') &&
         text.find_first_not_of("0123456789+-.eE") == absl::string_view::npos;
}

// "1e3" and "2.0" are whole numbers in JSON too; as digits only.
std::string WithoutExponent(absl::string_view text) {
  constexpr double kMaxExact = 9007199254740992;
  double number = 0;
  const bool is_whole = LooksLikeNumber(text) && text.find_first_of(".eE") != text.npos &&
                        absl::SimpleAtod(text, &number) && std::trunc(number) == number &&
                        std::abs(number) <= kMaxExact;
  return is_whole ? absl::StrCat(static_cast<int64_t>(number)) : std::string(text);
}

template <typename Integer>
std::string WholeNumber() {
  return absl::StrCat("a whole number from ", std::numeric_limits<Integer>::min(), " to ",
                      std::numeric_limits<Integer>::max());
}

template <typename Integer>
absl::StatusOr<Integer> ReadInteger(absl::string_view written) {
  const std::string text = WithoutExponent(written);
  const absl::string_view digits = absl::StripPrefix(text, "-");
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit)) {
    return WrongType(written);
  }
  if (digits.size() > 1 && digits[0] == '0') {
    return BadValue(
        absl::StrCat(Quoted(written), " is a number with leading zeros; leave them out"));
  }
  Integer value = 0;
  if (absl::SimpleAtoi(text, &value)) return value;
  return BadValue(absl::StrCat(Quoted(written), " is not ", WholeNumber<Integer>()));
}

template <typename Float>
absl::StatusOr<Float> ReadFloat(absl::string_view text) {
  constexpr Float kInfinity = std::numeric_limits<Float>::infinity();
  if (text == "NaN" || text == ".nan") return std::numeric_limits<Float>::quiet_NaN();
  if (text == "Infinity" || text == ".inf") return kInfinity;
  if (text == "-Infinity" || text == "-.inf") return -kInfinity;
  double value = 0;
  if (!LooksLikeNumber(text) || !absl::SimpleAtod(text, &value)) return WrongType(text);
  if (std::abs(value) <= std::numeric_limits<Float>::max()) return static_cast<Float>(value);
  return BadValue(absl::StrCat(Quoted(text), " is too large"));
}

absl::StatusOr<bool> ReadBool(const DocumentNode& scalar) {
  if (scalar.is_quoted) {
    return absl::FailedPreconditionError(absl::StrCat(Quoted(scalar.text), " in quotes is not "));
  }
  const std::string word = absl::AsciiStrToLower(scalar.text);
  if (word == "true" || word == "yes" || word == "on") return true;
  if (word == "false" || word == "no" || word == "off") return false;
  return WrongType(scalar.text);
}

absl::StatusOr<std::string> ReadBytes(absl::string_view text) {
  std::string bytes;
  if (absl::Base64Unescape(text, &bytes) || absl::WebSafeBase64Unescape(text, &bytes)) return bytes;
  return BadValue(absl::StrCat(Quoted(text), " is not base64"));
}

absl::StatusOr<const google::protobuf::EnumValueDescriptor*> ReadEnum(const FieldDescriptor& field,
                                                                      absl::string_view text) {
  const auto* value = FindEnumValue(*field.enum_type(), text);
  if (value != nullptr) return value;
  return BadValue(absl::StrCat(Quoted(text), " is not ", ExpectedScalar(field),
                               DidYouMean(text, ShortEnumNames(*field.enum_type()))));
}

absl::StatusOr<SecondsAndNanos> ReadTimeField(const FieldDescriptor& field,
                                              const std::string& text) {
  if (IsDuration(field)) {
    absl::StatusOr<SecondsAndNanos> duration = ReadDuration(text);
    if (duration.ok()) return duration;
    return BadValue(
        absl::StrCat(Quoted(text), " is not a duration: ", duration.status().message()));
  }
  google::protobuf::Timestamp time;
  if (google::protobuf::util::TimeUtil::FromString(text, &time)) {
    return SecondsAndNanos{time.seconds(), time.nanos()};
  }
  return BadValue(absl::StrCat(Quoted(text), " is not ", ExpectedScalar(field)));
}

// Writes what was read, or says why nothing was.
template <typename Value>
absl::Status Store(const absl::StatusOr<Value>& value, FieldWriter writer) {
  if (value.ok()) writer.Write(*value);
  return value.status();
}

absl::Status ReadInto(const DocumentNode& scalar, const FieldDescriptor& field,
                      FieldWriter writer) {
  const std::string& text = scalar.text;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Store(ReadInteger<int32_t>(text), writer);
    case FieldDescriptor::CPPTYPE_INT64:
      return Store(ReadInteger<int64_t>(text), writer);
    case FieldDescriptor::CPPTYPE_UINT32:
      return Store(ReadInteger<uint32_t>(text), writer);
    case FieldDescriptor::CPPTYPE_UINT64:
      return Store(ReadInteger<uint64_t>(text), writer);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Store(ReadFloat<double>(text), writer);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Store(ReadFloat<float>(text), writer);
    case FieldDescriptor::CPPTYPE_BOOL:
      return Store(ReadBool(scalar), writer);
    case FieldDescriptor::CPPTYPE_ENUM:
      return Store(ReadEnum(field, text), writer);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Store(ReadTimeField(field, text), writer);
    case FieldDescriptor::CPPTYPE_STRING:
      break;
  }
  if (field.type() == FieldDescriptor::TYPE_BYTES) return Store(ReadBytes(text), writer);
  writer.Write(text);
  return absl::OkStatus();
}

}  // namespace

bool IsScalarField(const FieldDescriptor& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || IsDuration(field) ||
         IsTimestamp(field);
}

std::string ExpectedScalar(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return WholeNumber<int32_t>();
    case FieldDescriptor::CPPTYPE_INT64:
      return WholeNumber<int64_t>();
    case FieldDescriptor::CPPTYPE_UINT32:
      return WholeNumber<uint32_t>();
    case FieldDescriptor::CPPTYPE_UINT64:
      return WholeNumber<uint64_t>();
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return "a number";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return absl::StrCat("one of ", absl::StrJoin(ShortEnumNames(*field.enum_type()), ", "));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return IsDuration(field) ? "a duration like 20s" : "a time like 2026-11-23T10:00:00+01:00";
    case FieldDescriptor::CPPTYPE_STRING:
      break;
  }
  return field.type() == FieldDescriptor::TYPE_BYTES ? "bytes in base64" : "text";
}

std::optional<Issue> ReadScalar(const DocumentNode& scalar, const FieldDescriptor& field,
                                Message& message) {
  const absl::Status status = ReadInto(scalar, field, FieldWriter(field, message));
  if (status.ok()) return std::nullopt;
  Issue issue;
  const bool is_wrong_type = absl::IsFailedPrecondition(status);
  issue.code = is_wrong_type ? "wrong-type" : "bad-value";
  issue.message = std::string(status.message());
  if (is_wrong_type) issue.message += ExpectedScalar(field);
  return issue;
}

}  // namespace libroute
