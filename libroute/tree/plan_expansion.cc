#include "libroute/tree/plan_expansion.h"

#include <algorithm>
#include <utility>

#include "libroute/tree/line_expander.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

PlanExpansion::PlanExpansion(const v1::Plan& written) : written_(written) {
  if (written.lines().empty()) return;
  expanded_ = std::make_unique<v1::Plan>(written);
  LineExpander(written, *expanded_, *this).ExpandAll();
}

PlanExpansion::~PlanExpansion() = default;

void PlanExpansion::Error(std::string path, absl::string_view code, std::string message) {
  Issue issue;
  issue.code = std::string(code);
  issue.path = std::move(path);
  issue.message = std::move(message);
  issues_.push_back(std::move(issue));
}

const std::string* PlanExpansion::FindOrigin(absl::string_view path) const {
  while (!path.empty()) {
    const auto found = origins_.find(path);
    if (found != origins_.end()) return &found->second;
    const size_t end = path.find_last_of(".[");
    path = path.substr(0, end == absl::string_view::npos ? 0 : end);
  }
  return nullptr;
}

// Messages name numbers by their index; those of lines have none.
void PlanExpansion::RestoreNumbers(std::string& message) const {
  constexpr char kNumbers[] = "numbers[";
  for (size_t at = message.find(kNumbers); at != std::string::npos;
       at = message.find(kNumbers, at + 1)) {
    const size_t end = message.find(']', at);
    if (end == std::string::npos) return;
    const auto found = origins_.find(message.substr(at, end + 1 - at));
    if (found != origins_.end()) message.replace(at, end + 1 - at, found->second);
  }
}

void PlanExpansion::Restore(std::vector<Issue>& issues) const {
  if (expanded_ == nullptr) return;
  std::vector<Issue> restored;
  for (Issue& issue : issues) {
    const std::string* origin = FindOrigin(issue.path);
    if (origin != nullptr && origin->empty()) continue;
    if (origin != nullptr) issue.path = *origin;
    RestoreNumbers(issue.message);
    // Several nodes may have been made of one thing that is wrong.
    const bool is_new = std::none_of(restored.begin(), restored.end(), [&](const Issue& other) {
      return other.code == issue.code && other.path == issue.path && other.message == issue.message;
    });
    if (is_new) restored.push_back(std::move(issue));
  }
  issues = std::move(restored);
}

}  // namespace libroute
