#ifndef LIBROUTE_TESTS_E2E_TEMP_DIRECTORY_H_
#define LIBROUTE_TESTS_E2E_TEMP_DIRECTORY_H_

#include <string>

namespace libroute {

// A directory of its own, removed in the end.
class TempDirectory {
 public:
  TempDirectory();
  ~TempDirectory();
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  std::string Path(const std::string& name) const { return path_ + "/" + name; }

  // Writes a file and returns its path.
  std::string Write(const std::string& name, const std::string& text) const;
  void Remove(const std::string& name) const;

 private:
  std::string path_;
};

}  // namespace libroute

#endif  // LIBROUTE_TESTS_E2E_TEMP_DIRECTORY_H_
