#include "libroute/tree/nodes/match_node.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// A value as text; `room` holds what is no text of the plan.
absl::string_view TextOf(const Frame& frame, const AttributeValue& value, std::string& room) {
  if (value.text.has_value()) return frame.plan.text(*value.text);
  if (value.collected != nullptr) room = value.collected->digits.ToString();
  return room;
}

bool IsSecret(const AttributeValue& value) {
  return value.collected != nullptr && value.collected->secret;
}

bool IsInRange(absl::string_view text, int64_t from, int64_t to) {
  // Whatever is longer might not fit.
  constexpr size_t kMaxDigits = 18;
  int64_t number = 0;
  return text.size() <= kMaxDigits && absl::SimpleAtoi(text, &number) && from <= number &&
         number <= to;
}

}  // namespace

MatchNode MatchNode::Compile(const v1::MatchBranch& written, NodeScope& scope) {
  MatchNode node;
  node.attribute_ = scope.MatchedName(written.attribute(), "attribute");
  std::set<std::string> seen;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::MatchBranch::Case& item = written.cases(i);
    const std::string path = CaseName(static_cast<size_t>(i));
    if (item.has_range()) scope.NoteRead(written.attribute(), path + ".range");
    if (!item.prefix().empty()) scope.NoteRead(written.attribute(), path + ".prefix");
    CheckNews(item, path, seen, scope);
    node.cases_.push_back(CompileCase(item, path, scope));
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

MatchNode::Case MatchNode::CompileCase(const v1::MatchBranch::Case& written, absl::string_view path,
                                       NodeScope& scope) {
  const int conditions = static_cast<int>(!written.equals().empty()) +
                         static_cast<int>(!written.prefix().empty()) +
                         static_cast<int>(written.has_range());
  if (conditions != 1) {
    scope.Error(path, conditions == 0 ? "missing" : "bad-value",
                "a case of a match needs one of equals, prefix and range");
  }
  Case item = CompileCondition(written, path, scope);
  item.then =
      scope.Child(written.has_then() ? &written.then() : nullptr, absl::StrCat(path, ".then"));
  return item;
}

MatchNode::Case MatchNode::CompileCondition(const v1::MatchBranch::Case& written,
                                            absl::string_view path, NodeScope& scope) {
  Case item;
  for (int i = 0; i < written.equals_size(); ++i) {
    const std::string& text = written.equals(i);
    const absl::StatusOr<Digits> digits = Digits::Parse(text);
    item.values.push_back({scope.AttributeValue(text, absl::StrCat(path, ".equals[", i, "]")),
                           digits.ok() ? *digits : Digits()});
  }
  if (!written.prefix().empty()) {
    item.by = By::kPrefix;
    item.prefix = written.prefix();
  }
  if (written.has_range()) {
    item.by = By::kRange;
    if (written.range().has_from()) item.from = written.range().from();
    if (written.range().has_to()) item.to = written.range().to();
    if (item.from > item.to) {
      scope.Error(absl::StrCat(path, ".range"), "bad-value",
                  absl::StrCat("from ", item.from, " to ", item.to, " there is no number"));
    }
  }
  return item;
}

void MatchNode::CheckNews(const v1::MatchBranch::Case& written, absl::string_view path,
                          std::set<std::string>& seen, NodeScope& scope) {
  bool has_news = written.equals().empty();
  for (const std::string& text : written.equals()) has_news |= seen.insert(text).second;
  if (has_news) return;
  scope.Warn(path, "never-matches",
             "this case never matches: earlier cases have all of its values; remove it");
}

// Looks at all values, so that the time does not tell which one it was.
bool MatchNode::Equals(const Frame& frame, const AttributeValue& value, const Case& item) {
  bool equal = false;
  for (const Value& wanted : item.values) {
    if (value.collected != nullptr) {
      equal |= value.collected->digits == wanted.digits;
    } else if (value.text.has_value()) {
      equal |= *value.text == wanted.text;
    } else {
      equal |= frame.plan.text(wanted.text).empty();
    }
  }
  return equal;
}

bool MatchNode::Matches(const Frame& frame, const AttributeValue& value, const Case& item) {
  if (item.by == By::kEquals) return Equals(frame, value, item);
  std::string room;
  const absl::string_view text = TextOf(frame, value, room);
  if (item.by == By::kPrefix) return absl::StartsWith(text, item.prefix);
  return IsInRange(text, item.from, item.to);
}

std::string MatchNode::CaseText(const Frame& frame, const Case& item) {
  if (item.by == By::kPrefix) return absl::StrCat("prefix ", item.prefix);
  if (item.by == By::kRange) return absl::StrCat("range ", item.from, " to ", item.to);
  return absl::StrJoin(item.values, ", ", [&](std::string* out, const Value& value) {
    const absl::string_view text = frame.plan.text(value.text);
    absl::StrAppend(out, text.empty() ? "not set" : text);
  });
}

std::string MatchNode::ValueText(const Frame& frame, const AttributeValue& value) const {
  std::string room;
  const absl::string_view text = IsSecret(value) ? "(secret)" : TextOf(frame, value, room);
  return absl::StrCat("attribute ", frame.plan.text(attribute_), " ",
                      text.empty() ? "(not set)" : text);
}

template <class Observer>
NodeIndex MatchNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  const AttributeValue value = FindAttribute(frame.state, attribute_);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const bool matches = Matches(frame, value, cases_[i]);
    if constexpr (Observer::kRecords) {
      observer.Compared({ValueText(frame, value),
                         IsSecret(value) ? "secret values" : CaseText(frame, cases_[i]), matches,
                         matches ? "matches" : "does not match"});
    }
    if (!matches) continue;
    if constexpr (Observer::kRecords) {
      observer.Took(CaseName(i), absl::StrCat(ValueText(frame, value), " matches"));
    }
    return cases_[i].then;
  }
  if constexpr (Observer::kRecords) {
    observer.Took("otherwise", absl::StrCat(ValueText(frame, value), " matches no case"));
  }
  return otherwise_;
}

void MatchNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(MatchNode);

}  // namespace libroute
