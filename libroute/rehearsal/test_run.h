#ifndef LIBROUTE_REHEARSAL_TEST_RUN_H_
#define LIBROUTE_REHEARSAL_TEST_RUN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libroute/rehearsal/expectation.h"
#include "libroute/rehearsal/rehearsal.h"

namespace libroute {

namespace v1 {
class Plan;
}  // namespace v1

// What came of one of a plan's own tests.
struct TestResult {
  // As written; its path if it has no name.
  std::string name;
  // In the plan: "tests[3]".
  std::string path;
  bool passed = false;
  // The way of the call or e-mail, as far as it got.
  std::vector<RehearsalStep> steps;
  // How the last decision differs from what was expected.
  std::vector<FieldDifference> differences;
  // Why the test could not be carried out, with the path of the field; empty
  // if it could.
  std::string problem;
};

// Carries out the tests of `plan`, in order, each in a world of its own. A
// result for each of them. InvalidArgument when the plan has errors (check it
// first: Engine::Check). Thread-safe; costs a compilation for each test.
absl::StatusOr<std::vector<TestResult>> RunTests(const v1::Plan& plan,
                                                 const Attachments& attachments = {});

}  // namespace libroute

#endif  // LIBROUTE_REHEARSAL_TEST_RUN_H_
