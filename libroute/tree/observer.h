#ifndef LIBROUTE_TREE_OBSERVER_H_
#define LIBROUTE_TREE_OBSERVER_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libroute/tree/explanation.h"

// Those who watch an evaluation, as compile-time policies. Nodes build the
// words for an observer only `if constexpr (Observer::kRecords)`.
namespace libroute {

// "cases[3]".
inline std::string CaseName(size_t index) {
  return absl::StrCat("cases[", index, "]");
}

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
    Visit& visit = explanation_.visits.emplace_back();
    visit.path = std::string(path);
    visit.kind = std::string(kind);
  }
  void Compared(Comparison comparison) { visit().comparisons.push_back(std::move(comparison)); }
  void Took(std::string branch, std::string why) {
    visit().branch = std::move(branch);
    visit().why = std::move(why);
  }
  // The first of `cases` that matches, the one at `index`.
  void TookCase(size_t index, size_t cases, std::string why) {
    Took(CaseName(index), std::move(why));
    for (size_t i = index + 1; i < cases; ++i) visit().later.push_back(CaseName(i));
  }
  // The node decides.
  void Decided(std::string why) { Took("", std::move(why)); }

 private:
  Visit& visit() { return explanation_.visits.back(); }

  Explanation& explanation_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_OBSERVER_H_
