#include "tests/e2e/routed_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gtest/gtest.h"

namespace libroute {
namespace {

constexpr int kPatienceMillis = 30000;

// In the child: never returns.
[[noreturn]] void Become(std::vector<std::string>& arguments, int output) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(argv[0], argv.data());
  _exit(127);
}

}  // namespace

RoutedProcess::RoutedProcess(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), ROUTED_PROGRAM);
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    ADD_FAILURE() << "no pipe";
    return;
  }
  output_end_ = ends[0];
  pid_ = fork();
  if (pid_ == 0) Become(arguments, ends[1]);
  close(ends[1]);
}

RoutedProcess::~RoutedProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close(output_end_);
}

bool RoutedProcess::ReadMore() {
  pollfd readable = {output_end_, POLLIN, 0};
  if (poll(&readable, 1, kPatienceMillis) <= 0) {
    ADD_FAILURE() << "routed prints nothing more; so far:\n" << output_;
    return false;
  }
  char buffer[4096];
  ssize_t size = read(output_end_, buffer, sizeof(buffer));
  if (size <= 0) return false;
  output_.append(buffer, static_cast<size_t>(size));
  return true;
}

std::string RoutedProcess::AwaitLine(const std::string& text) {
  while (true) {
    size_t found = output_.find(text, waited_for_);
    size_t end = output_.find('\n', found);
    if (found != std::string::npos && end != std::string::npos) {
      size_t newline = output_.rfind('\n', found);
      size_t begin = newline == std::string::npos ? 0 : newline + 1;
      waited_for_ = end;
      return output_.substr(begin, end - begin);
    }
    if (!ReadMore()) {
      ADD_FAILURE() << "routed did not print \"" << text << "\":\n" << output_;
      return "";
    }
  }
}

std::string RoutedProcess::Address() {
  const std::string kWords = "listening on ";
  AwaitLine(" ready");
  for (size_t at = output_.find(kWords); at != std::string::npos;
       at = output_.find(kWords, at + 1)) {
    size_t begin = at + kWords.size();
    std::string address = output_.substr(begin, output_.find_first_of(" \n", begin) - begin);
    if (address.rfind("unix:", 0) != 0) return address;
  }
  ADD_FAILURE() << "routed does not listen:\n" << output_;
  return "";
}

void RoutedProcess::Signal(int number) {
  kill(pid_, number);
}

int RoutedProcess::AwaitExit() {
  while (ReadMore()) {
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace libroute
