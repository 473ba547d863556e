#include "libroute/tree/nodes/origin_node.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/number/regions.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/nodes/pattern_cases.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

static_assert(static_cast<int>(NumberKind::kUnknown) + 1 == v1::NUMBER_KIND_UNKNOWN);
static_assert(static_cast<int>(NumberKind::kPersonal) + 1 == v1::NUMBER_KIND_PERSONAL);
static_assert(kNumberKinds == v1::NumberKind_MAX);

// Nothing, and an error at `path`, for what is no country.
std::optional<Country> ReadCountry(const std::string& text, absl::string_view path,
                                   NodeScope& scope) {
  const std::optional<Country> country = Country::FromCode(text);
  if (country.has_value() && NumberingPlans::World().CallingCodeOf(*country) != 0) return country;
  const std::string capitals = absl::AsciiStrToUpper(text);
  std::string hint = IsKnownRegion(capitals) ? absl::StrCat("; did you mean \"", capitals, "\"?")
                                             : "; write its ISO 3166-1 code, e.g. BE";
  scope.Error(path, "unknown-name",
              absl::StrCat("no country ", Quoted(text), " has a numbering plan", hint));
  return std::nullopt;
}

NumberKindSet ReadKinds(const v1::OriginBranch::Case& written, const std::string& path,
                        NodeScope& scope) {
  NumberKindSet kinds;
  for (int i = 0; i < written.kind_size(); ++i) {
    const int value = written.kind(i);
    if (v1::NumberKind_IsValid(value) && value != v1::NUMBER_KIND_UNSPECIFIED) {
      kinds.Add(static_cast<NumberKind>(value - 1));
    } else {
      scope.Error(IndexPath(path + ".kind", i), "bad-value",
                  absl::StrCat(value, " is no kind of number; expected ",
                               absl::StrJoin(NumberKindNames(), ", ")));
    }
  }
  return kinds;
}

OriginCalls ReadCalls(const v1::OriginBranch::Case& written, const std::string& path,
                      NodeScope& scope) {
  OriginCalls calls;
  const Mobiles mobiles = written.kind().empty() ? Mobiles::kWarn : Mobiles::kMeant;
  calls.numbers = scope.Patterns(written.numbers(), path + ".numbers", mobiles);
  for (int i = 0; i < written.area_size(); ++i) {
    const auto area = scope.Area(written.area(i), IndexPath(path + ".area", i), mobiles);
    calls.numbers.insert(calls.numbers.end(), area.begin(), area.end());
  }
  calls.kinds = ReadKinds(written, path, scope);
  for (int i = 0; i < written.country_size(); ++i) {
    const auto country = ReadCountry(written.country(i), IndexPath(path + ".country", i), scope);
    if (country.has_value()) calls.countries.push_back(*country);
  }
  calls.known = !calls.numbers.empty() || !calls.kinds.empty() || !calls.countries.empty();
  calls.restricted = written.restricted() || written.anonymous();
  calls.unavailable = written.unavailable() || written.anonymous();
  return calls;
}

std::string KindsText(NumberKindSet kinds) {
  std::vector<absl::string_view> names;
  for (int i = 0; i < kNumberKinds; ++i) {
    const auto kind = static_cast<NumberKind>(i);
    if (kinds.Has(kind)) names.push_back(NumberKindName(kind));
  }
  return absl::StrJoin(names, " or ");
}

// "+324*, area liege and kind fixed and country BE or FR, anonymous".
std::string CaseText(const v1::OriginBranch::Case& written, const OriginCalls& calls) {
  std::vector<NumberPattern> patterns = calls.numbers;
  std::string who;
  if (written.area().empty()) {
    who = PatternsText(patterns);
  } else {
    who =
        absl::StrCat(absl::StrJoin(written.numbers(), ", "), written.numbers().empty() ? "" : ", ",
                     "area ", absl::StrJoin(written.area(), " or "));
  }
  std::vector<std::string> conditions;
  if (!who.empty()) conditions.push_back(std::move(who));
  if (!calls.kinds.empty()) conditions.push_back("kind " + KindsText(calls.kinds));
  if (!calls.countries.empty()) {
    conditions.push_back("country " + absl::StrJoin(written.country(), " or "));
  }
  std::vector<std::string> either;
  if (!conditions.empty()) either.push_back(absl::StrJoin(conditions, " and "));
  if (calls.restricted && calls.unavailable) either.emplace_back("anonymous");
  if (calls.restricted && !calls.unavailable) either.emplace_back("restricted");
  if (!calls.restricted && calls.unavailable) either.emplace_back("unavailable");
  return absl::StrJoin(either, ", ");
}

bool IsEmpty(const v1::OriginBranch::Case& written) {
  return written.numbers().empty() && written.area().empty() && written.kind().empty() &&
         written.country().empty() && !written.anonymous() && !written.restricted() &&
         !written.unavailable();
}

void CheckCalls(const OriginCalls& calls, const std::string& path, OriginCoverage& earlier,
                NodeScope& scope) {
  if (ContradictsItself(calls) && !calls.restricted && !calls.unavailable) {
    scope.Warn(path, "never-matches",
               "this case never matches: none of its numbers is of its kind and country; change "
               "or remove it");
  } else if (earlier.AddAndTestShadowed(calls)) {
    scope.Warn(path, "never-matches",
               "this case never matches: earlier cases have all of its callers; move it up or "
               "remove it");
  }
}

}  // namespace

OriginNode OriginNode::Compile(const v1::OriginBranch& written, NodeScope& scope) {
  OriginNode node;
  OriginCoverage earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::OriginBranch::Case& item = written.cases(i);
    const std::string path = CaseName(i);
    if (IsEmpty(item)) {
      scope.Error(path, "missing",
                  "a case of an origin branch needs numbers, area, kind, country, or anonymous, "
                  "restricted or unavailable: true");
    }
    OriginCalls calls = ReadCalls(item, path, scope);
    CheckCalls(calls, path, earlier, scope);
    const NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    std::string text = CaseText(item, calls);
    node.cases_.push_back({OriginCase(std::move(calls), std::move(text)), then});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex OriginNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const OriginCase& calls = cases_[i].calls;
    const OriginCase::Difference difference = calls.Compare(frame);
    const bool matched = difference == OriginCase::Difference::kNone;
    if constexpr (Observer::kRecords) {
      observer.Compared({calls.Subject(frame), std::string(calls.text()), matched,
                         std::string(DifferenceText(difference))});
    }
    if (!matched) continue;
    if constexpr (Observer::kRecords) {
      observer.Took(CaseName(i), absl::StrCat("the caller is one of ", calls.text()));
    }
    return cases_[i].then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no case has this caller");
  return otherwise_;
}

void OriginNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(OriginNode);

}  // namespace libroute
