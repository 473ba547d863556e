#ifndef LIBROUTE_PLAN_REVISION_H_
#define LIBROUTE_PLAN_REVISION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace libroute {

namespace v1 {
class Plan;
}  // namespace v1

// A file that belongs to a revision, known by what was in it.
struct AttachmentRef {
  // Unique within the revision.
  std::string name;
  // SHA-256 of its original bytes, lower-case hex.
  std::string sha256;
};

// SHA-256 (FIPS 180-4) of `bytes`: 64 lower-case hex digits.
std::string Sha256Hex(absl::string_view bytes);

// Names a revision by its content: 64 lower-case hex digits.
//
// SHA-256 (FIPS 180-4) over everything in the plan, tests and descriptions
// included, and over the attachments by name and hash. The order of map
// entries and of `attachments` does not matter, nor whether the plan came as
// YAML, JSON or bytes; the order of lists does.
//
// The bytes hashed are, each preceded by its length as 8 bytes little-endian:
// the plan in protobuf's deterministic serialization, then name and hash of
// each attachment in order of name. Equal content gives equal hashes with one
// version of the schema and of protobuf; do not compare across versions.
//
// Thread-safe. Cost: a few nanoseconds per byte of the plan.
std::string RevisionHash(const v1::Plan& plan, std::vector<AttachmentRef> attachments = {});

}  // namespace libroute

#endif  // LIBROUTE_PLAN_REVISION_H_
