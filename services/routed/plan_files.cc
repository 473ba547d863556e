#include "services/routed/plan_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

namespace fs = std::filesystem;

bool IsPlanName(const fs::path& path) {
  std::string extension = path.extension().string();
  return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

absl::Status SystemError(const std::error_code& error, const std::string& path) {
  return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot read ", path));
}

// Whether something is there, though not what: a link to nothing, or what may
// not be looked at.
bool IsOutOfSight(const fs::path& path, const std::error_code& error) {
  if (error != std::errc::no_such_file_or_directory) return true;
  std::error_code ignored;
  return fs::is_symlink(fs::symlink_status(path, ignored));
}

bool IsPlanFile(const fs::directory_entry& entry) {
  if (!IsPlanName(entry.path())) return false;
  std::error_code error;
  fs::file_status status = fs::status(entry.path(), error);
  return error ? IsOutOfSight(entry.path(), error) : fs::is_regular_file(status);
}

absl::StatusOr<std::vector<std::string>> FindBelow(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(directory, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (IsPlanFile(*entry)) files.push_back(entry->path().string());
  }
  if (error) return SystemError(error, directory);
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FindPlanFiles(const std::string& path) {
  std::error_code error;
  fs::file_status status = fs::status(path, error);
  if (error && !IsOutOfSight(path, error)) return SystemError(error, path);
  if (fs::is_directory(status)) return FindBelow(path);
  return std::vector<std::string>{path};
}

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  // Not to hang on a pipe.
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  absl::Cleanup close_file = [file] { close(file); };
  struct stat info;
  if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is not a plain file"));
  }
  std::string text;
  char buffer[1 << 16];
  ssize_t count;
  while ((count = read(file, buffer, sizeof(buffer))) > 0 && text.size() <= max_bytes) {
    text.append(buffer, static_cast<size_t>(count));
  }
  if (count < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
  if (text.size() > max_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is too large: more than ", max_bytes, " bytes"));
  }
  return text;
}

}  // namespace libroute
