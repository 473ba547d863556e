#include <sys/wait.h>

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

// `routectl bench` as a person meets it when something is wrong. What it does
// with a server is tested in services/load.
namespace {

using testing::HasSubstr;

struct BenchOutcome {
  int exit_code = -1;
  // Both of standard output and standard error.
  std::string text;
};

BenchOutcome Bench(const std::string& arguments) {
  BenchOutcome outcome;
  const std::string command = absl::StrCat(ROUTECTL " bench ", arguments, " 2>&1 </dev/null");
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return outcome;
  char buffer[4096];
  while (size_t size = fread(buffer, 1, sizeof buffer, pipe)) outcome.text.append(buffer, size);
  const int status = pclose(pipe);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

TEST(BenchCommand, SaysThatTheServerCannotBeReached) {
  const BenchOutcome outcome = Bench("--server unix:/nonexistent/socket --called +3222000100");
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.text, HasSubstr("cannot reach unix:/nonexistent/socket"));
}

TEST(BenchCommand, NeedsServerAndNumbers) {
  EXPECT_EQ(Bench("--called +3222000100").exit_code, 2);
  EXPECT_EQ(Bench("--server localhost:1").exit_code, 2);
}

TEST(BenchCommand, SaysWhichNumberIsWrong) {
  const BenchOutcome outcome = Bench("--server localhost:1 --called +3222000100,0475");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.text, HasSubstr("\"0475\""));
}

TEST(BenchCommand, KeepsManyQuestionsAMessageForStreams) {
  const BenchOutcome outcome = Bench("--server localhost:1 --called +3222000100 --per-message 10");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.text, HasSubstr("--stream"));
}

TEST(BenchCommand, ExplainsItself) {
  const BenchOutcome outcome = Bench("--help");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.text, HasSubstr("open loop"));
}

}  // namespace
