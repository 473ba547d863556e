#ifndef LIBROUTE_READERS_ATTACHMENT_READER_H_
#define LIBROUTE_READERS_ATTACHMENT_READER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/plan/attachments.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"

namespace libroute {

namespace v1 {
class Plan;
}  // namespace v1

// What a file is read for.
enum class FileKind { kCallers, kCalendar, kTable };

// The files that a plan names.
struct AttachmentReading {
  // Those without errors.
  Attachments attachments;
  // All that is wrong, by field path of the plan, and with the place where it
  // is about one in a file: what has none stands in the plan (SourceMap::Locate).
  std::vector<Issue> issues;
};

// The bytes of a file. An error says why there are none, for people; of more
// bytes than `max_bytes` it may return one more than that.
using ReadFileFunction =
    absl::FunctionRef<absl::StatusOr<std::string>(const std::string& path, size_t max_bytes)>;

// Reads and parses the files of caller types, calendars and tables of plans:
//
//   AttachmentReader reader;
//   ReadResult read = ReadPlan(text, "plans/acme.yaml");
//   AttachmentReading files = reader.Read(*read.plan, "plans", ReadFile);
//   if (!HasErrors(files.issues)) engine->Publish(*read.plan, files.attachments, now);
//
// What files may hold is said at ReadCallerFile, ReadCalendarFile and ReadTableFile. A file
// that has not changed since the last Read, and whose contents somebody still
// holds, is not parsed again: all revisions hold the same. Thread-compatible.
class AttachmentReader {
 public:
  explicit AttachmentReader(const AttachmentLimits& limits = AttachmentLimits())
      : limits_(limits) {}

  // `directory` is where the plan's names begin ("" for the present one);
  // `read_file` gets it with the name, and is asked once for each file. Names
  // that would leave it, and those that do not end as their kind of file does,
  // are errors and are not asked for.
  AttachmentReading Read(const v1::Plan& plan, absl::string_view directory,
                         ReadFileFunction read_file);

 private:
  class Reading;

  // What a file gave when it was last parsed.
  struct Known {
    std::string sha256;
    std::weak_ptr<const CallerList> callers;
    std::weak_ptr<const Calendar> calendar;
    std::weak_ptr<const TableRows> table;
    std::vector<Issue> issues;
  };
  // Path, columns, and what it was read for.
  using Key = std::tuple<std::string, std::string, FileKind>;

  void ForgetWhatNobodyHolds();

  const AttachmentLimits limits_;
  std::map<Key, Known> known_;
  size_t forget_at_ = 64;
};

// The directory part of a path, "" if it has none: where the files of the plan
// of that name are.
std::string DirectoryOf(absl::string_view path);

}  // namespace libroute

#endif  // LIBROUTE_READERS_ATTACHMENT_READER_H_
