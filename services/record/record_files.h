#ifndef LIBROUTE_SERVICES_RECORD_RECORD_FILES_H_
#define LIBROUTE_SERVICES_RECORD_RECORD_FILES_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace libroute {

// As `records` in the configuration (config.proto).
struct RecordFileOptions {
  std::string directory;
  uint64_t max_file = uint64_t{64} << 20;
  // 0: all.
  int keep = 0;
  bool daily = false;
};

// FailedPrecondition, saying what would be right, unless `directory` is one that
// may be written to. Changes nothing.
absl::Status CheckRecordDirectory(const std::string& directory);

// Files of lines that follow one another in a directory:
//
//   calls-0000000001-20261123T090000Z.jsonl
//   calls-0000000002-20261123T103412Z.jsonl.open
//
// The last is being written. It is closed before it would be longer than max_file
// and, if `daily`, when the UTC day is over: synced, and renamed, so that what
// has its name is whole and on disk. A longer line has a file of its own. When
// there are more than `keep` closed files, the oldest are deleted.
//
// Thread-compatible. Calls the system, once for a line.
class RecordFiles {
 public:
  // What went wrong without anything being lost, for a log.
  using Complain = std::function<void(const std::string& text)>;

  // Closes what was left open when writing broke off, without a last line that
  // is not whole. Errors of CheckRecordDirectory; FailedPrecondition when
  // somebody else writes there.
  static absl::StatusOr<std::unique_ptr<RecordFiles>> Open(RecordFileOptions options,
                                                           Complain complain);
  // Closes.
  ~RecordFiles();
  RecordFiles(const RecordFiles&) = delete;
  RecordFiles& operator=(const RecordFiles&) = delete;

  // Adds `line`, which ends in '\n', as a whole. After an error, which is as the
  // system gives it, nothing of it is there; it may be tried again.
  absl::Status Append(absl::string_view line, absl::Time now);

  // Closes the file that is being written if its day is over.
  void CloseIfDue(absl::Time now);
  void Close();

 private:
  RecordFiles(RecordFileOptions options, Complain complain, int lock);

  void TakeOver();
  void CloseLeftover(const std::string& name);
  absl::Status Begin(absl::Time now);
  // Syncs an open file, closes it and gives it its name.
  absl::Status Finish(int file, const std::string& open_path);
  void DeleteOldest();
  std::string PathOf(const std::string& name) const { return options_.directory + "/" + name; }

  const RecordFileOptions options_;
  const Complain complain_;
  // The directory, locked for us.
  const int lock_;
  // Of the file that is begun next.
  uint64_t next_number_ = 1;
  // -1: none is being written.
  int file_ = -1;
  std::string path_;
  uint64_t size_ = 0;
  // Days since 1970.
  int64_t day_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_RECORD_RECORD_FILES_H_
