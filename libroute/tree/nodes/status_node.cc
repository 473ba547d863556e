#include "libroute/tree/nodes/status_node.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr uint8_t Bit(int status) {
  return static_cast<uint8_t>(1u << status);
}

constexpr uint8_t kEveryStatus = Bit(v1::STATUS_UP) | Bit(v1::STATUS_BUSY) | Bit(v1::STATUS_DOWN);

std::string WantedText(uint8_t wanted) {
  std::string text;
  for (Status status : {Status::kUp, Status::kBusy, Status::kDown}) {
    if ((wanted & Bit(static_cast<int>(status))) == 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : " or ", StatusName(status));
  }
  return text;
}

// What the cases so far take of all that can be known.
class EarlierStatuses {
 public:
  // Adds a case about some statuses of `subject`, which is called `name`. Why
  // they leave the case nothing, "" if they may.
  std::string Add(std::pair<bool, int> subject, absl::string_view name, uint8_t wanted) {
    if (!whole_.empty()) return absl::StrCat("this case never matches: ", WhyNothingIsLeft());
    uint8_t& taken = taken_[subject];
    const bool none_left = wanted != 0 && (wanted & ~taken) == 0;
    taken |= wanted;
    if (taken == kEveryStatus) whole_ = Quoted(name);
    return none_left ? "this case never matches: earlier cases have these statuses already" : "";
  }

  // Whether one of them matches, whatever is known.
  bool TakeAll() const { return !whole_.empty(); }
  std::string WhyNothingIsLeft() const {
    return absl::StrCat("earlier cases have up, busy and down of ", whole_,
                        ", one of which it always is; remove this one");
  }

 private:
  // By whether it is a site, and its index.
  std::map<std::pair<bool, int>, uint8_t> taken_;
  // The first of which every status is taken, quoted.
  std::string whole_;
};

// The statuses that a case names, one bit each.
uint8_t ReadWanted(const v1::StatusBranch::Case& item, const std::string& field, NodeScope& scope) {
  uint8_t wanted = 0;
  for (int status : item.is()) {
    if (status < v1::STATUS_UP || status > v1::STATUS_DOWN) {
      scope.Error(field, "bad-value", "a status is up, busy or down");
      continue;
    }
    wanted |= Bit(status);
  }
  if (item.is().empty()) {
    scope.Error(field, "missing", "say which status is meant: up, busy or down");
  }
  return wanted;
}

}  // namespace

StatusNode StatusNode::Compile(const v1::StatusBranch& written, NodeScope& scope) {
  StatusNode node;
  EarlierStatuses earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::StatusBranch::Case& item = written.cases(i);
    std::string path = CaseName(i);
    Case compiled = {};
    compiled.subject = -1;
    compiled.is_site = item.subject_case() == v1::StatusBranch::Case::kSite;
    if (compiled.is_site) {
      compiled.subject = scope.FindSite(item.site(), path + ".site");
    } else if (item.subject_case() == v1::StatusBranch::Case::kDestination) {
      compiled.subject = scope.FindDestination(item.destination(), path + ".destination");
    } else {
      scope.Error(path, "missing", "a case of a status branch needs a destination or a site");
    }
    compiled.wanted = ReadWanted(item, path + ".is", scope);
    if (compiled.subject >= 0) {
      std::string shadowed =
          earlier.Add({compiled.is_site, compiled.subject},
                      compiled.is_site ? item.site() : item.destination(), compiled.wanted);
      if (!shadowed.empty()) scope.Warn(path, "never-matches", std::move(shadowed));
    }
    compiled.then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back(compiled);
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

Status StatusNode::StatusOf(const Frame& frame, const Case& item) {
  if (item.is_site) return frame.facts.site(item.subject, frame.now);
  return frame.plan.DestinationStatus(item.subject, frame.facts, frame.now);
}

absl::string_view StatusNode::SubjectName(const Frame& frame, const Case& item) {
  if (item.is_site) return frame.plan.fact_names().sites[item.subject];
  return frame.plan.destination(item.subject).name;
}

template <class Observer>
NodeIndex StatusNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kStatus);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    const Status status = StatusOf(frame, item);
    const bool matched = (item.wanted & Bit(static_cast<int>(status))) != 0;
    if constexpr (Observer::kRecords) {
      observer.Compared(
          {absl::StrCat(item.is_site ? "site " : "destination ", SubjectName(frame, item)),
           WantedText(item.wanted), matched, absl::StrCat("is ", StatusName(status))});
    }
    if (!matched) continue;
    if constexpr (Observer::kRecords) {
      observer.Took(CaseName(i),
                    absl::StrCat(SubjectName(frame, item), " is ", StatusName(status)));
    }
    return item.then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no case has such a status");
  return otherwise_;
}

void StatusNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(StatusNode);

}  // namespace libroute
