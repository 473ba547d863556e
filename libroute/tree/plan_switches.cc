#include <set>

#include "absl/strings/str_cat.h"
#include "libroute/tree/plan_compiler.h"

// Hand switches and what they can be set to.
namespace libroute {
namespace {

constexpr int kLeastValues = 2;
constexpr int kMostValues = 16;
constexpr size_t kMostValueBytes = 40;

}  // namespace

void PlanCompiler::CompileSwitches() {
  for (const std::string& name : switch_names_.names()) {
    plan_->fact_names_.switch_values.push_back(
        CompileSwitchValues(written_.switches().at(name), KeyPath("switches", name) + ".values"));
  }
}

std::vector<std::string> PlanCompiler::CompileSwitchValues(const v1::Switch& written,
                                                           const std::string& path) {
  if (written.values().empty()) return {};
  if (written.values_size() < kLeastValues || written.values_size() > kMostValues) {
    Error(path, "bad-value",
          absl::StrCat("a switch has ", kLeastValues, " to ", kMostValues, " values, not ",
                       written.values_size(), "; without any it is off or on"));
    // What names them is looked at all the same.
    if (written.values_size() > kMostValues) return {};
  }
  std::set<std::string> seen;
  for (int i = 0; i < written.values_size(); ++i) {
    const std::string& value = written.values(i);
    const std::string entry = IndexPath(path, i);
    if (!IsName(value, entry)) continue;
    if (value.size() > kMostValueBytes) {
      Error(entry, "too-long",
            absl::StrCat("the value of a switch has at most ", kMostValueBytes, " characters, not ",
                         value.size()));
    }
    if (!seen.insert(value).second) {
      Error(entry, "duplicate",
            absl::StrCat(Quoted(value), " is one of its values already; remove one of them"));
    }
  }
  return {written.values().begin(), written.values().end()};
}

}  // namespace libroute
