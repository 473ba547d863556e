#include "libroute/tree/nodes/status_node.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr uint8_t Bit(int status) { return static_cast<uint8_t>(1u << status); }

std::string WantedText(uint8_t wanted) {
  std::string text;
  for (Status status : {Status::kUp, Status::kBusy, Status::kDown}) {
    if ((wanted & Bit(static_cast<int>(status))) == 0) continue;
    absl::StrAppend(&text, text.empty() ? "" : " or ", StatusName(status));
  }
  return text;
}

}  // namespace

StatusNode StatusNode::Compile(const v1::StatusBranch& written, NodeScope& scope) {
  StatusNode node;
  std::map<std::pair<bool, int>, uint8_t> seen;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::StatusBranch::Case& item = written.cases(i);
    std::string path = CaseName(i);
    Case compiled = {};
    compiled.is_site = item.subject_case() == v1::StatusBranch::Case::kSite;
    if (compiled.is_site) {
      compiled.subject = scope.FindSite(item.site(), path + ".site");
    } else if (item.subject_case() == v1::StatusBranch::Case::kDestination) {
      compiled.subject = scope.FindDestination(item.destination(), path + ".destination");
    } else {
      scope.Error(path, "missing", "a case of a status branch needs a destination or a site");
    }
    for (int status : item.is()) {
      if (status < v1::STATUS_UP || status > v1::STATUS_DOWN) {
        scope.Error(path + ".is", "bad-value", "a status is up, busy or down");
        continue;
      }
      compiled.wanted |= Bit(status);
    }
    if (item.is().empty()) {
      scope.Error(path + ".is", "missing", "say which status is meant: up, busy or down");
    }
    uint8_t& earlier = seen[{compiled.is_site, compiled.subject}];
    if (compiled.wanted != 0 && (compiled.wanted & ~earlier) == 0) {
      scope.Warn(path, "never-matches",
                 "this case never matches: earlier cases have these statuses already");
    }
    earlier |= compiled.wanted;
    compiled.then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back(compiled);
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
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
      observer.Compared({absl::StrCat(item.is_site ? "site " : "destination ",
                                      SubjectName(frame, item)),
                         WantedText(item.wanted), matched,
                         absl::StrCat("is ", StatusName(status))});
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
