#include "services/record/record_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace libroute {
namespace {

constexpr absl::string_view kPrefix = "calls-";
constexpr absl::string_view kSuffix = ".jsonl";
constexpr absl::string_view kOpen = ".open";
constexpr size_t kNumberDigits = 10;

absl::Status SystemError(absl::string_view what, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat(what, " ", path));
}

int64_t DayOf(absl::Time time) {
  return absl::ToUnixSeconds(time) / (24 * 3600);
}

// The number in the name of one of our files; 0 if it is none.
uint64_t NumberOf(absl::string_view name) {
  absl::ConsumeSuffix(&name, kOpen);
  uint64_t number = 0;
  const bool is_ours = absl::ConsumePrefix(&name, kPrefix) && absl::ConsumeSuffix(&name, kSuffix) &&
                       name.size() > kNumberDigits && name[kNumberDigits] == '-' &&
                       absl::SimpleAtoi(name.substr(0, kNumberDigits), &number);
  return is_ours ? number : 0;
}

// The names of our files, by their numbers.
std::vector<std::string> FilesIn(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(directory, error), end; !error && at != end;
       at.increment(error)) {
    std::string name = at->path().filename().string();
    if (NumberOf(name) != 0) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Where the last whole line of a file ends; 0 if there is none, -1 as the system
// says.
off_t EndOfLines(int file) {
  std::array<char, 1 << 16> buffer;
  off_t end = lseek(file, 0, SEEK_END);
  while (end > 0) {
    const off_t begin = std::max<off_t>(0, end - static_cast<off_t>(buffer.size()));
    const ssize_t size = pread(file, buffer.data(), static_cast<size_t>(end - begin), begin);
    if (size != end - begin) return -1;
    for (ssize_t i = size; i > 0; --i) {
      if (buffer[static_cast<size_t>(i - 1)] == '\n') return begin + i;
    }
    end = begin;
  }
  return end;
}

}  // namespace

absl::Status CheckRecordDirectory(const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::is_directory(directory, error)) {
    return absl::FailedPreconditionError(
        absl::StrCat("records.directory: ", directory, " is not a directory; make it first"));
  }
  if (access(directory.c_str(), R_OK | W_OK | X_OK) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("records.directory: the server may not write to ", directory,
                     "; give it to the user that it runs as"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<RecordFiles>> RecordFiles::Open(RecordFileOptions options,
                                                               Complain complain) {
  absl::Status status = CheckRecordDirectory(options.directory);
  if (!status.ok()) return status;
  const int lock = open(options.directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0) return SystemError("records.directory: cannot open", options.directory);
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    close(lock);
    return absl::FailedPreconditionError(
        absl::StrCat("records.directory: another server writes to ", options.directory,
                     "; each needs one of its own"));
  }
  std::unique_ptr<RecordFiles> files(
      new RecordFiles(std::move(options), std::move(complain), lock));
  files->TakeOver();
  return files;
}

RecordFiles::RecordFiles(RecordFileOptions options, Complain complain, int lock)
    : options_(std::move(options)), complain_(std::move(complain)), lock_(lock) {}

RecordFiles::~RecordFiles() {
  Close();
  close(lock_);
}

void RecordFiles::TakeOver() {
  for (const std::string& name : FilesIn(options_.directory)) {
    next_number_ = std::max(next_number_, NumberOf(name) + 1);
    if (absl::EndsWith(name, kOpen)) CloseLeftover(name);
  }
  DeleteOldest();
}

void RecordFiles::CloseLeftover(const std::string& name) {
  const std::string path = PathOf(name);
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  const off_t end = file < 0 ? -1 : EndOfLines(file);
  if (end < 0 || ftruncate(file, end) != 0) {
    complain_(std::string(SystemError("cannot close what was left open:", path).message()));
    if (file >= 0) close(file);
    return;
  }
  if (end == 0) {
    close(file);
    unlink(path.c_str());
    return;
  }
  absl::Status status = Finish(file, path);
  if (!status.ok()) complain_(std::string(status.message()));
}

absl::Status RecordFiles::Append(absl::string_view line, absl::Time now) {
  CloseIfDue(now);
  if (file_ >= 0 && size_ + line.size() > options_.max_file) Close();
  if (file_ < 0) {
    absl::Status status = Begin(now);
    if (!status.ok()) return status;
  }
  const ssize_t written = write(file_, line.data(), line.size());
  if (written == static_cast<ssize_t>(line.size())) {
    size_ += line.size();
    return absl::OkStatus();
  }
  // No room for the rest is no error yet.
  if (written >= 0) errno = ENOSPC;
  absl::Status status = SystemError("cannot write to", path_);
  if (written > 0 && ftruncate(file_, static_cast<off_t>(size_)) != 0) {
    // What is torn stays at the end of a file.
    complain_(std::string(SystemError("a line that is not whole is left in", path_).message()));
    Close();
  }
  return status;
}

absl::Status RecordFiles::Begin(absl::Time now) {
  const std::string stamp = absl::FormatTime("%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone());
  path_ = PathOf(
      absl::StrCat(kPrefix, absl::StrFormat("%010d", next_number_), "-", stamp, kSuffix, kOpen));
  file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0640);
  if (file_ < 0) return SystemError("cannot make", path_);
  ++next_number_;
  size_ = 0;
  day_ = DayOf(now);
  return absl::OkStatus();
}

void RecordFiles::CloseIfDue(absl::Time now) {
  if (options_.daily && file_ >= 0 && DayOf(now) > day_) Close();
}

void RecordFiles::Close() {
  if (file_ < 0) return;
  absl::Status status = Finish(std::exchange(file_, -1), path_);
  if (!status.ok()) complain_(std::string(status.message()));
  DeleteOldest();
}

absl::Status RecordFiles::Finish(int file, const std::string& open_path) {
  absl::Status status;
  if (fsync(file) != 0) status = SystemError("cannot sync", open_path);
  close(file);
  if (!status.ok()) return status;
  const std::string path = open_path.substr(0, open_path.size() - kOpen.size());
  if (rename(open_path.c_str(), path.c_str()) != 0) return SystemError("cannot rename", open_path);
  if (fsync(lock_) != 0) return SystemError("cannot sync", options_.directory);
  return absl::OkStatus();
}

void RecordFiles::DeleteOldest() {
  if (options_.keep == 0) return;
  std::vector<std::string> closed = FilesIn(options_.directory);
  closed.erase(std::remove_if(closed.begin(), closed.end(),
                              [](const std::string& name) { return absl::EndsWith(name, kOpen); }),
               closed.end());
  const size_t keep = static_cast<size_t>(options_.keep);
  for (size_t i = 0; i + keep < closed.size(); ++i) {
    const std::string path = PathOf(closed[i]);
    if (unlink(path.c_str()) != 0) {
      complain_(std::string(SystemError("cannot delete", path).message()));
    }
  }
}

}  // namespace libroute
