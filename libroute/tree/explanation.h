#ifndef LIBROUTE_TREE_EXPLANATION_H_
#define LIBROUTE_TREE_EXPLANATION_H_

#include <cstdint>
#include <string>
#include <vector>

namespace libroute {

// As in explanation.proto, without what stands for nothing.
enum class NotTaken : uint8_t {
  kNoMatch = 1,
  kLaterInOrder,
  kTried,
  kBusy,
  kDown,
  kAtLimit,
  kBarred,
  kLoop,
  kNoAttemptLeft,
  kNoNumber,
  kAnotherShare,
  kNoAgents,
  kNoneReady,
  kQueueFull,
  kClosed,
};

// Something that a node looked at. The structs here are those of
// explanation.proto, where each field is described.
struct Comparison {
  std::string subject;
  std::string against;
  bool matched = false;
  std::string finding;
  // If it has not matched.
  NotTaken not_taken = NotTaken::kNoMatch;
};

// A node that was visited.
struct Visit {
  std::string path;
  std::string kind;
  std::vector<Comparison> comparisons;
  std::string branch;
  std::string why;
  std::vector<std::string> later;
};

// Why a decision is what it is: every node on its way.
struct Explanation {
  std::vector<Visit> visits;
  std::vector<std::string> notes;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_EXPLANATION_H_
