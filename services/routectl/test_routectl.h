#ifndef LIBROUTE_SERVICES_ROUTECTL_TEST_ROUTECTL_H_
#define LIBROUTE_SERVICES_ROUTECTL_TEST_ROUTECTL_H_

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

// Runs the program as a person would, on files of its own.
namespace libroute {

namespace fs = std::filesystem;

struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

inline std::string TextOf(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

inline constexpr char kPlan[] = R"yaml(customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "+3222000100", tree: desk }]
schedules:
  hours: { weekly: [{ days: [mon, tue], from: "09:00", to: "17:00" }] }
switches: { meeting: {} }
trees:
  desk:
    switch:
      cases: [{ switch: meeting, then: { voicemail: { mailbox: meeting } } }]
      otherwise:
        time:
          cases: [{ schedule: hours, then: { dial: { to: "+3222000111",
                                                     on_busy: { voicemail: { mailbox: desk } } } } }]
          otherwise: { reject: { cause: busy } }
tests:
  - name: open
    call: { called: "+3222000100", at: "2026-11-23 10:00" }
    expect: { dial: {} }
)yaml";

class RoutectlTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "routectl_test.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    directory_ = name;
  }
  void TearDown() override { fs::remove_all(directory_); }

  void Write(const std::string& name, const std::string& text) const {
    fs::create_directories((directory_ / name).parent_path());
    std::ofstream(directory_ / name, std::ios::binary) << text;
  }

  // Runs `routectl <arguments>`, words as the shell reads them, in the test's
  // directory.
  Outcome Run(const std::string& arguments) const { return Shell(ROUTECTL " " + arguments); }

  Outcome Shell(const std::string& command) const {
    const std::string line =
        absl::StrCat("cd '", directory_.string(), "' && { ", command, "; } >out 2>err </dev/null");
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, TextOf(directory_ / "out"),
            TextOf(directory_ / "err")};
  }

  fs::path directory_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_TEST_ROUTECTL_H_
