#include "libroute/tree/nodes/switch_case.h"

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

SwitchCase SwitchCase::Read(const v1::SwitchBranch::Case& written, const std::string& path,
                            NodeScope& scope) {
  SwitchCase item;
  item.index_ = scope.FindSwitch(written.switch_(), path + ".switch");
  return item;
}

absl::string_view SwitchCase::Name(const Frame& frame) const {
  return frame.plan.fact_names().switches[static_cast<size_t>(index_)];
}

Comparison SwitchCase::Words(Frame& frame) const {
  const bool on = Matches(frame);
  return {absl::StrCat("switch ", Name(frame)), "on", on, absl::StrCat("is ", on ? "on" : "off")};
}

}  // namespace libroute
