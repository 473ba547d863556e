#ifndef LIBROUTE_SERVICES_REQUEST_FIELD_H_
#define LIBROUTE_SERVICES_REQUEST_FIELD_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// What services say about single fields of a request.
namespace libroute {

// 1-64 letters, digits, '-', '_' and '.': what things are named by.
bool IsName(absl::string_view text);

// InvalidArgument, saying what a name is, unless IsName(text).
absl::Status CheckName(absl::string_view text);

// `status` with the field that it is about: "call.called: ...". The same code;
// OK stays OK.
absl::Status InField(absl::string_view path, const absl::Status& status);

// InvalidArgument about a field.
absl::Status BadField(absl::string_view path, absl::string_view message);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_REQUEST_FIELD_H_
