#ifndef LIBROUTE_TREE_EXPLANATION_H_
#define LIBROUTE_TREE_EXPLANATION_H_

#include <string>
#include <vector>

namespace libroute {

// Something that a node looked at. The structs here are those of
// explanation.proto, where each field is described.
struct Comparison {
  std::string subject;
  std::string against;
  bool matched = false;
  std::string finding;
};

// A node that was visited.
struct Visit {
  std::string path;
  std::string kind;
  std::vector<Comparison> comparisons;
  std::string branch;
  std::string why;
};

// Why a decision is what it is: every node on its way.
struct Explanation {
  std::vector<Visit> visits;
  std::vector<std::string> notes;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_EXPLANATION_H_
