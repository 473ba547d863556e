#include "libroute/tree/nodes/switch_node.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/case_test.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// What the cases so far take of all values that switches may stand at.
class EarlierSwitchValues {
 public:
  explicit EarlierSwitchValues(const FactNames& names) : names_(names) {}

  // Adds a case about a switch of this name. Why those before leave it nothing, "" if
  // they may.
  std::string Add(const SwitchCase& test, absl::string_view name) {
    if (!whole_.empty()) return absl::StrCat("this case never matches: ", WhyNothingIsLeft());
    const size_t count = names_.ValuesOfSwitch(test.index()).size();
    uint32_t& taken = taken_[test.index()];
    const bool none_left = test.wanted() != 0 && (test.wanted() & ~taken) == 0;
    taken |= test.wanted();
    if (taken == (1u << count) - 1) whole_ = Quoted(name);
    if (!none_left) return "";
    return absl::StrCat("this case never matches: ",
                        names_.HasValues(test.index())
                            ? "earlier cases have these values of switch "
                            : "an earlier case has switch ",
                        Quoted(name), " already; remove one of them");
  }

  // Whether one of them matches, however switches stand.
  bool TakeAll() const { return !whole_.empty(); }
  std::string WhyNothingIsLeft() const {
    return absl::StrCat("earlier cases have all values of switch ", whole_,
                        ", at one of which it always stands; remove this one");
  }

 private:
  const FactNames& names_;
  // By the switch's index.
  std::map<int, uint32_t> taken_;
  // The first of which every value is taken, quoted.
  std::string whole_;
};

}  // namespace

SwitchNode SwitchNode::Compile(const v1::SwitchBranch& written, NodeScope& scope) {
  SwitchNode node;
  EarlierSwitchValues earlier(scope.fact_names());
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::SwitchBranch::Case& item = written.cases(i);
    std::string path = CaseName(static_cast<size_t>(i));
    const SwitchCase test = SwitchCase::Read(item, path, scope);
    if (!item.is().empty()) node.asks_for_on_ = false;
    if (test.index() >= 0) {
      std::string shadowed = earlier.Add(test, item.switch_());
      if (!shadowed.empty()) scope.Warn(path, "never-matches", std::move(shadowed));
    }
    NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({test, then});
  }
  const v1::Node* otherwise = written.has_otherwise() ? &written.otherwise() : nullptr;
  if (!earlier.TakeAll()) {
    node.otherwise_ = scope.Otherwise(otherwise);
    return node;
  }
  if (otherwise != nullptr) {
    scope.Warn("otherwise", "never-matches",
               absl::StrCat("no call comes here: ", earlier.WhyNothingIsLeft()));
  }
  node.otherwise_ = scope.ChildOr(otherwise, "otherwise", scope.release());
  return node;
}

template <class Observer>
NodeIndex SwitchNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kStatus);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    if (!TestCase(item.test, frame, observer)) continue;
    if constexpr (Observer::kRecords) {
      observer.TookCase(i, cases_.size(), item.test.Finding(frame));
    }
    return item.then;
  }
  if constexpr (Observer::kRecords) {
    observer.Took("otherwise", asks_for_on_ ? "no switch is on" : "no switch stands so");
  }
  return otherwise_;
}

void SwitchNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(SwitchNode);

}  // namespace libroute
