#include "tests/e2e/temp_directory.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"

namespace libroute {

TempDirectory::TempDirectory() : path_(testing::TempDir() + "routed.XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "no directory " << path_;
}

TempDirectory::~TempDirectory() {
  std::filesystem::remove_all(path_);
}

std::string TempDirectory::Write(const std::string& name, const std::string& text) const {
  std::ofstream(Path(name)) << text;
  return Path(name);
}

void TempDirectory::Remove(const std::string& name) const {
  std::filesystem::remove(Path(name));
}

}  // namespace libroute
