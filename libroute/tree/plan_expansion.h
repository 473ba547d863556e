#ifndef LIBROUTE_TREE_PLAN_EXPANSION_H_
#define LIBROUTE_TREE_PLAN_EXPANSION_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libroute/plan/issue.h"

namespace libroute {

namespace v1 {
class Plan;
}

// A plan whose short forms, the lines, are written out as ordinary trees, numbers and
// destinations: what is compiled, and what people may look at to see what a line does.
// What it makes is a plan like any other, of which nothing is left to write out, and
// which decides the same.
//
//   PlanExpansion expansion(plan);
//   CompileResult result = ... expansion.plan() ...
//   expansion.Restore(result.issues);
class PlanExpansion {
 public:
  // Costs nothing where there is nothing to write out; then `written` must outlive it.
  explicit PlanExpansion(const v1::Plan& written);
  ~PlanExpansion();
  PlanExpansion(const PlanExpansion&) = delete;
  PlanExpansion& operator=(const PlanExpansion&) = delete;

  const v1::Plan& plan() const {
    if (expanded_ == nullptr) return written_;
    return *expanded_;
  }

  // What is wrong with the short forms themselves, at the paths of the plan as it was
  // written.
  const std::vector<Issue>& issues() const { return issues_; }

  // Has issues that were found in plan() say where that was written.
  void Restore(std::vector<Issue>& issues) const;

 private:
  friend class LineExpander;

  // What stands at `path` of plan() was made of what is written at `origin`; none:
  // it was only copied, and is looked at where it was written.
  void NoteOrigin(std::string path, std::string origin) {
    origins_.insert_or_assign(std::move(path), std::move(origin));
  }
  void Error(std::string path, absl::string_view code, std::string message);
  // Null if it was written so.
  const std::string* FindOrigin(absl::string_view path) const;
  void RestoreNumbers(std::string& message) const;

  const v1::Plan& written_;
  std::unique_ptr<v1::Plan> expanded_;
  std::vector<Issue> issues_;
  absl::flat_hash_map<std::string, std::string> origins_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_PLAN_EXPANSION_H_
