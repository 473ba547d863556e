#include "libroute/tree/nodes/switch_case.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr uint32_t kOnBit = 2;

// The values that a case names, a bit each.
uint32_t ReadValues(const v1::SwitchBranch::Case& written, const std::vector<std::string>& values,
                    const std::string& path, NodeScope& scope) {
  uint32_t wanted = 0;
  for (int i = 0; i < written.is_size(); ++i) {
    const auto found = std::find(values.begin(), values.end(), written.is(i));
    if (found == values.end()) {
      scope.Error(IndexPath(path, i), "unknown-name",
                  absl::StrCat("switch ", Quoted(written.switch_()), " has no value ",
                               Quoted(written.is(i)), DidYouMean(written.is(i), values),
                               "; it has ", absl::StrJoin(values, ", ")));
      continue;
    }
    wanted |= 1u << (found - values.begin());
  }
  return wanted;
}

absl::string_view ValueName(const Frame& frame, int index, int value) {
  return frame.plan.fact_names().ValuesOfSwitch(index)[static_cast<size_t>(value)];
}

}  // namespace

SwitchCase SwitchCase::Read(const v1::SwitchBranch::Case& written, const std::string& path,
                            NodeScope& scope) {
  SwitchCase item;
  item.index_ = scope.FindSwitch(written.switch_(), path + ".switch");
  if (item.index_ < 0) return item;
  const FactNames& names = scope.fact_names();
  const std::vector<std::string>& values = names.ValuesOfSwitch(item.index_);
  if (!written.is().empty()) {
    item.wanted_ = ReadValues(written, values, path + ".is", scope);
  } else if (names.HasValues(item.index_)) {
    scope.Error(path + ".is", "missing",
                absl::StrCat("say at which of its values switch ", Quoted(written.switch_()),
                             " must stand: ", absl::StrJoin(values, ", ")));
  } else {
    item.wanted_ = kOnBit;
  }
  return item;
}

std::string SwitchCase::Finding(const Frame& frame) const {
  return absl::StrCat(frame.plan.fact_names().switches[static_cast<size_t>(index_)], " is ",
                      ValueName(frame, index_, frame.facts.switch_value(index_, frame.now)));
}

Comparison SwitchCase::Words(Frame& frame) const {
  const std::vector<std::string>& values = frame.plan.fact_names().ValuesOfSwitch(index_);
  std::string wanted;
  for (size_t i = 0; i < values.size(); ++i) {
    if ((wanted_ >> i & 1) != 0) absl::StrAppend(&wanted, wanted.empty() ? "" : " or ", values[i]);
  }
  const int value = frame.facts.switch_value(index_, frame.now);
  return {absl::StrCat("switch ", frame.plan.fact_names().switches[static_cast<size_t>(index_)]),
          std::move(wanted), Matches(frame), absl::StrCat("is ", ValueName(frame, index_, value))};
}

}  // namespace libroute
