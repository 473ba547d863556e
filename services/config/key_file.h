#ifndef LIBROUTE_SERVICES_CONFIG_KEY_FILE_H_
#define LIBROUTE_SERVICES_CONFIG_KEY_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libroute/seal/keys.h"

// The keys that seal continuations, in a file: a key of 64 hex digits a line,
// the current one first, then previous ones; empty lines and lines that begin
// with '#' do not count.
namespace libroute {

// Reads a key file. Errors name the file and line, and never show a key:
// NotFound or PermissionDenied as the system says; FailedPrecondition when
// anybody but its owner may read or write it; InvalidArgument for what is in
// it.
absl::StatusOr<SealKeys> ReadKeyFile(const std::string& path);

// Writes a new key file with one random key, which only its owner may read.
// AlreadyExists when there is such a file.
absl::Status MakeKeyFile(const std::string& path);

// One random key. Internal when the system gives no randomness.
absl::StatusOr<SealKeys> RandomKeys();

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_CONFIG_KEY_FILE_H_
