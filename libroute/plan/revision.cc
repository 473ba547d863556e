#include "libroute/plan/revision.h"

#include <openssl/sha.h>

#include <algorithm>
#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

std::string Serialize(const v1::Plan& plan) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    plan.SerializeToCodedStream(&output);
  }
  return bytes;
}

// Lengths keep two contents from running into the same bytes.
void AppendWithLength(absl::string_view part, std::string& bytes) {
  for (int shift = 0; shift < 64; shift += 8) {
    bytes.push_back(static_cast<char>(static_cast<uint64_t>(part.size()) >> shift));
  }
  bytes.append(part.data(), part.size());
}

}  // namespace

std::string Sha256Hex(absl::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), sizeof(digest)));
}

std::string RevisionHash(const v1::Plan& plan, std::vector<AttachmentRef> attachments) {
  std::sort(attachments.begin(), attachments.end(),
            [](const AttachmentRef& a, const AttachmentRef& b) { return a.name < b.name; });
  std::string bytes;
  AppendWithLength(Serialize(plan), bytes);
  for (const AttachmentRef& attachment : attachments) {
    AppendWithLength(attachment.name, bytes);
    AppendWithLength(attachment.sha256, bytes);
  }
  return Sha256Hex(bytes);
}

}  // namespace libroute
