#include "services/routectl/plan_files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

namespace fs = std::filesystem;

bool HasPlanName(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".yaml" || extension == ".yml" || extension == ".json";
}

absl::StatusOr<std::vector<std::string>> PlansBelow(const std::string& directory) {
  std::error_code error;
  std::vector<std::string> found;
  fs::recursive_directory_iterator entry(directory, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_regular_file(error) && HasPlanName(entry->path())) {
      found.push_back(entry->path().string());
    }
  }
  if (error) return absl::NotFoundError(absl::StrCat(directory, ": ", error.message()));
  if (found.empty()) {
    return absl::NotFoundError(
        absl::StrCat(directory, ": no plans (*.yaml, *.yml, *.json) in this directory"));
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FindPlanFiles(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  std::set<fs::path> seen;
  for (const std::string& path : paths) {
    std::error_code error;
    std::vector<std::string> found = {path};
    if (fs::is_directory(path, error)) {
      absl::StatusOr<std::vector<std::string>> below = PlansBelow(path);
      if (!below.ok()) return below.status();
      found = *std::move(below);
    } else if (!fs::exists(path, error)) {
      return absl::NotFoundError(absl::StrCat(path, ": no such file"));
    }
    for (std::string& file : found) {
      if (seen.insert(fs::weakly_canonical(file, error)).second) files.push_back(std::move(file));
    }
  }
  return files;
}

absl::StatusOr<std::string> ReadTextFile(const std::string& path, size_t max_bytes) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (file == nullptr) {
    return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  std::string text;
  char buffer[1 << 16];
  size_t count = 0;
  while (text.size() <= max_bytes && (count = std::fread(buffer, 1, sizeof(buffer), file.get())) > 0) {
    text.append(buffer, count);
  }
  text.resize(std::min(text.size(), max_bytes + 1));
  if (std::ferror(file.get()) != 0) {
    return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  return text;
}

}  // namespace libroute
