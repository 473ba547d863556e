#ifndef LIBROUTE_TESTS_E2E_ROUTED_PROCESS_H_
#define LIBROUTE_TESTS_E2E_ROUTED_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace libroute {

// A `routed` of its own process, with what it prints. Killed in the end,
// unless it has ended. Whatever takes longer than half a minute fails the
// test.
//
//   RoutedProcess routed({"--plan", plan, "--listen", "127.0.0.1:0"});
//   Client client(routed.Address());
class RoutedProcess {
 public:
  explicit RoutedProcess(std::vector<std::string> arguments);
  ~RoutedProcess();
  RoutedProcess(const RoutedProcess&) = delete;
  RoutedProcess& operator=(const RoutedProcess&) = delete;

  // Waits until it is ready, and tells where it listens by TCP.
  std::string Address();

  // Waits for a line with `text`, after those that were waited for before.
  std::string AwaitLine(const std::string& text);

  void Signal(int number);

  // Waits for its end and returns the exit code; 128 and the signal if one
  // killed it.
  int AwaitExit();

  // All that was read of what it printed.
  const std::string& output() const { return output_; }

 private:
  // False at the end of what it prints.
  bool ReadMore();

  pid_t pid_ = -1;
  int output_end_ = -1;
  std::string output_;
  size_t waited_for_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TESTS_E2E_ROUTED_PROCESS_H_
