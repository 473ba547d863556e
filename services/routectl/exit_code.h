#ifndef LIBROUTE_SERVICES_ROUTECTL_EXIT_CODE_H_
#define LIBROUTE_SERVICES_ROUTECTL_EXIT_CODE_H_

namespace libroute {

// What routectl tells the shell.
enum ExitCode {
  kOk = 0,
  // What was asked about is not fine: a plan has errors, a test failed, an
  // event does not fit.
  kNotFine = 1,
  // The command line is wrong, or a file that it names cannot be read.
  kUsage = 2,
  // The server cannot be reached, or refuses.
  kServer = 3,
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_EXIT_CODE_H_
