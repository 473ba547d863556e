// Fuzz target: whatever the bytes are, reading them as a list of callers and as
// the rows of a table ends without harm, says where each fault is, and takes
// the file whole or not at all. The first line is the column, the rest the file.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/readers/caller_file.h"
#include "libroute/readers/table_file.h"

namespace libroute {
namespace {

[[noreturn]] void Fail(const char* what, const std::string& detail) {
  std::fprintf(stderr, "%s\n%s\n", what, detail.c_str());
  std::abort();
}

void CheckIssues(const std::vector<Issue>& issues, bool is_taken, int lines) {
  for (const Issue& issue : issues) {
    if (issue.code == "more") continue;
    if (issue.code.empty() || issue.message.empty() || issue.position.line < 1 ||
        issue.position.line > lines || issue.position.column < 1) {
      Fail("an issue says too little", FormatIssue(issue));
    }
  }
  if (HasErrors(issues) == is_taken) {
    Fail("a file is neither taken nor refused", "");
  }
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t line_end = std::min(input.find('\n'), input.size());
  const absl::string_view text = input.substr(std::min(line_end + 1, input.size()));
  const absl::string_view column = input.substr(0, line_end);
  const int lines = 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  const libroute::AttachmentLimits limits;
  const libroute::CallerFileReading callers =
      libroute::ReadCallerFile(text, "fuzz.csv", column, limits);
  libroute::CheckIssues(callers.issues, callers.callers != nullptr, lines);
  const libroute::TableFileReading table =
      libroute::ReadTableFile(text, "fuzz.csv", {column, ""}, limits);
  libroute::CheckIssues(table.issues, table.rows != nullptr, lines);
  return 0;
}
