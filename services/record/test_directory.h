#ifndef LIBROUTE_SERVICES_RECORD_TEST_DIRECTORY_H_
#define LIBROUTE_SERVICES_RECORD_TEST_DIRECTORY_H_

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace libroute {

// A directory of its own for a test, removed in the end.
class TestDirectory {
 public:
  TestDirectory() : path_(testing::TempDir() + "records.XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "no directory " << path_;
  }
  ~TestDirectory() { std::filesystem::remove_all(path_); }
  TestDirectory(const TestDirectory&) = delete;
  TestDirectory& operator=(const TestDirectory&) = delete;

  const std::string& path() const { return path_; }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  std::string Read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path_ + "/" + name).rdbuf();
    return text.str();
  }

  // All files, one after the other.
  std::string ReadAll() const {
    std::string text;
    for (const std::string& name : Names()) text += Read(name);
    return text;
  }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name) << text;
  }

 private:
  std::string path_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_RECORD_TEST_DIRECTORY_H_
