#ifndef LIBROUTE_TREE_PLAN_TESTS_H_
#define LIBROUTE_TREE_PLAN_TESTS_H_

#include <string>
#include <vector>

namespace libroute {

namespace v1 {
class GroupFigures;
class TestEmail;
}  // namespace v1

// What is wrong with a field of something made up: its name, the code of an issue, and what
// would be right.
struct FieldFault {
  std::string field;
  std::string code;
  std::string message;
};

// What nobody can ask about of an e-mail as a test or a command line describes it: addresses
// that are none, a Message-ID without anything in it, a field that no header has room for.
// `at` is not looked at.
std::vector<FieldFault> FaultsOf(const v1::TestEmail& email);

// The figures that no group has.
std::vector<FieldFault> FaultsOf(const v1::GroupFigures& figures);

}  // namespace libroute

#endif  // LIBROUTE_TREE_PLAN_TESTS_H_
