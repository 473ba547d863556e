#include "libroute/tree/nodes/match_case.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// Digits with or without a minus before them; "+3222000100" is no whole number
// but that of a telephone.
bool IsInRange(absl::string_view text, int64_t from, int64_t to) {
  // Whatever is longer might not fit.
  constexpr size_t kMaxDigits = 18;
  absl::string_view digits = text;
  absl::ConsumePrefix(&digits, "-");
  int64_t number = 0;
  return digits.size() <= kMaxDigits &&
         std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit) &&
         absl::SimpleAtoi(text, &number) && from <= number && number <= to;
}

}  // namespace

MatchCase MatchCase::Read(const v1::MatchBranch::Case& written, const MatchedValue& of_branch,
                          const std::string& path, NodeScope& scope) {
  const int tests =
      static_cast<int>(!written.equals().empty()) + static_cast<int>(!written.prefix().empty()) +
      static_cast<int>(written.has_range()) + static_cast<int>(!written.pattern().empty());
  if (tests != 1) {
    scope.Error(path, tests == 0 ? "missing" : "bad-value",
                "a case of a match needs one of equals, prefix, range and pattern");
  }
  MatchCase item;
  const bool has_own = !written.attribute().empty();
  const std::string& name = has_own ? written.attribute() : of_branch.name;
  item.source_ =
      has_own ? CallValueSource::Read(name, path + ".attribute", scope) : of_branch.source;
  if (written.has_range()) scope.NoteRead(name, path + ".range");
  if (!written.prefix().empty()) scope.NoteRead(name, path + ".prefix");
  if (!written.pattern().empty()) scope.NoteRead(name, path + ".pattern");
  item.ReadTest(written, path, scope);
  return item;
}

void MatchCase::ReadTest(const v1::MatchBranch::Case& written, const std::string& path,
                         NodeScope& scope) {
  for (int i = 0; i < written.equals_size(); ++i) {
    const std::string& text = written.equals(i);
    const absl::StatusOr<Digits> digits = Digits::Parse(text);
    values_.push_back({scope.AttributeValue(text, IndexPath(path + ".equals", i)),
                       digits.ok() ? *digits : Digits()});
  }
  if (!written.prefix().empty()) {
    by_ = By::kPrefix;
    prefix_ = written.prefix();
  }
  if (written.has_range()) {
    by_ = By::kRange;
    if (written.range().has_from()) from_ = written.range().from();
    if (written.range().has_to()) to_ = written.range().to();
    if (from_ > to_) {
      scope.Error(path + ".range", "bad-value",
                  absl::StrCat("from ", from_, " to ", to_, " there is no number"));
    }
  }
  if (!written.pattern().empty()) {
    by_ = By::kPattern;
    pattern_ = scope.Pattern(written.pattern(), path + ".pattern");
  }
}

// Looks at all values, so that the time does not tell which one it was.
bool MatchCase::Equals(const Frame& frame, const CallValue& value) const {
  CallValue::Room room;
  const bool by_text = !value.text.has_value() && value.collected == nullptr;
  const absl::string_view text = by_text ? value.Text(frame, room) : "";
  bool equal = false;
  for (const Value& wanted : values_) {
    if (value.collected != nullptr) {
      equal |= value.collected->digits == wanted.digits;
    } else if (value.text.has_value()) {
      equal |= *value.text == wanted.text;
    } else {
      equal |= frame.plan.text(wanted.text) == text;
    }
  }
  return equal;
}

bool MatchCase::Matches(Frame& frame) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  const CallValue value = source_.Of(frame);
  if (by_ == By::kEquals) return Equals(frame, value);
  CallValue::Room room;
  const absl::string_view text = value.Text(frame, room);
  if (by_ == By::kPrefix) return absl::StartsWith(text, prefix_);
  if (by_ == By::kPattern) return pattern_->Matches(text);
  return IsInRange(text, from_, to_);
}

std::string MatchCase::TestText(const Frame& frame) const {
  if (by_ == By::kPrefix) return absl::StrCat("prefix ", prefix_);
  if (by_ == By::kRange) return absl::StrCat("range ", from_, " to ", to_);
  if (by_ == By::kPattern) return absl::StrCat("pattern ", pattern_->text());
  return absl::StrJoin(values_, ", ", [&](std::string* out, const Value& value) {
    const absl::string_view text = frame.plan.text(value.text);
    absl::StrAppend(out, text.empty() ? "not set" : text);
  });
}

std::string MatchCase::Subject(const Frame& frame) const {
  return source_.Words(frame, source_.Of(frame));
}

Comparison MatchCase::Words(Frame& frame) const {
  const bool matched = Matches(frame);
  const bool secret = source_.Of(frame).is_secret();
  return {Subject(frame), secret ? "secret values" : TestText(frame), matched,
          matched ? "matches" : "does not match"};
}

}  // namespace libroute
