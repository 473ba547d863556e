#include "libroute/tree/nodes/caller_case.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/call/email.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

CallerCase CallerCase::Read(const v1::CallerBranch::Case& written, const std::string& path,
                            NodeScope& scope) {
  CallerCase item;
  if (written.caller_types().empty()) {
    scope.Error(path, "missing", "a case of a caller branch needs caller_types");
  }
  for (int i = 0; i < written.caller_types_size(); ++i) {
    item.caller_types_.push_back(
        scope.FindCallerType(written.caller_types(i), IndexPath(path + ".caller_types", i)));
  }
  return item;
}

int CallerCase::FindType(Frame& frame) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  if (const EmailFacts* email = frame.context.email; email != nullptr) {
    const absl::string_view sender = email->sender;
    const auto found = std::find_if(caller_types_.begin(), caller_types_.end(), [&](int type) {
      return frame.plan.caller_type(type).Has(sender);
    });
    return found == caller_types_.end() ? -1 : *found;
  }
  if (frame.caller_withheld()) return -1;
  const Digits calling = frame.state.calling.digits();
  for (int type : caller_types_) {
    if (frame.plan.caller_type(type).Has(calling)) return type;
  }
  return -1;
}

Comparison CallerCase::Words(Frame& frame) const {
  const bool matched = Matches(frame);
  const std::string names = absl::StrJoin(caller_types_, ", ", [&](std::string* out, int type) {
    absl::StrAppend(out, frame.plan.caller_type(type).name);
  });
  const EmailFacts* email = frame.context.email;
  return {email != nullptr          ? absl::StrCat("sender ", email->sender)
          : frame.caller_withheld() ? "calling number withheld or not known"
                                    : absl::StrCat("calling ", frame.state.calling.ToString()),
          absl::StrCat("caller types ", names), matched,
          matched ? "is one of them" : "is none of them"};
}

}  // namespace libroute
