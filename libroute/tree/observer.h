#ifndef LIBROUTE_TREE_OBSERVER_H_
#define LIBROUTE_TREE_OBSERVER_H_

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libroute/tree/explanation.h"

// Those who watch an evaluation, as compile-time policies. Nodes build the
// words for an observer only `if constexpr (Observer::kRecords)`.
namespace libroute {

// Watches nothing and costs nothing.
struct NoObserver {
  static constexpr bool kRecords = false;
};

// Writes down every node, what was compared there and where it led.
class Recorder {
 public:
  static constexpr bool kRecords = true;

  explicit Recorder(Explanation& explanation) : explanation_(explanation) {}

  void Enter(absl::string_view path, absl::string_view kind) {
    explanation_.visits.push_back({std::string(path), std::string(kind), {}, "", ""});
  }
  void Compared(Comparison comparison) {
    visit().comparisons.push_back(std::move(comparison));
  }
  void Took(std::string branch, std::string why) {
    visit().branch = std::move(branch);
    visit().why = std::move(why);
  }
  // The node decides.
  void Decided(std::string why) { Took("", std::move(why)); }

 private:
  Visit& visit() { return explanation_.visits.back(); }

  Explanation& explanation_;
};

// "cases[3]".
inline std::string CaseName(size_t index) { return absl::StrCat("cases[", index, "]"); }

}  // namespace libroute

#endif  // LIBROUTE_TREE_OBSERVER_H_
