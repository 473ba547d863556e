// Fuzz target: whatever the bytes are, reading them ends without harm, and a
// plan that is read without issues comes back the same through JSON.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

[[noreturn]] void Fail(const char* what, const std::string& detail) {
  std::fprintf(stderr, "%s\n%s\n", what, detail.c_str());
  std::abort();
}

// Every issue has a place in the file, and names one that can be found again.
void CheckIssues(const ReadResult& read) {
  for (const Issue& issue : read.issues) {
    if (issue.code == "more") continue;
    if (issue.code.empty() || issue.message.empty() || issue.position.line < 1 ||
        issue.position.column < 1) {
      Fail("an issue says too little", FormatIssue(issue));
    }
    read.source.Find(issue.path);
  }
}

void CheckRoundTrip(const v1::Plan& plan) {
  std::string json;
  const auto printed = google::protobuf::util::MessageToJsonString(plan, &json);
  if (!printed.ok()) Fail("the plan cannot be printed", printed.ToString());
  const ReadResult again = ReadPlan(json, "again.json");
  if (!again.issues.empty()) Fail(FormatIssue(again.issues[0]).c_str(), json);
  if (!google::protobuf::util::MessageDifferencer::Equals(plan, *again.plan)) {
    Fail("the plan came back another", json);
  }
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const libroute::ReadResult read = libroute::ReadPlan(text, "fuzz");
  libroute::CheckIssues(read);
  if (read.issues.empty()) libroute::CheckRoundTrip(*read.plan);
  return 0;
}
