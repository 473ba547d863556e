#include "libroute/contact/skill_expression.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"

namespace libroute::contact {
namespace {

bool IsSkillCharacter(char c) {
  return absl::ascii_isalnum(c) || c == '_' || c == '-';
}

}  // namespace

bool IsSkillName(absl::string_view name) {
  return !name.empty() && absl::ascii_isalpha(name[0]) && name != "and" && name != "or" &&
         std::all_of(name.begin(), name.end(), IsSkillCharacter);
}

SkillNames::SkillNames(absl::Span<const std::string> names) : names_(names) {
  places_.reserve(names.size());
  for (const std::string& name : names) places_.emplace(name, static_cast<int>(places_.size()));
}

// Recursive descent, one function a rule of the grammar.
class SkillExpressionParser {
 public:
  SkillExpressionParser(absl::string_view text, const SkillNames& skills,
                        SkillExpression::Hint hint)
      : text_(text), skills_(skills), hint_(hint) {
    Next();
  }

  absl::StatusOr<SkillExpression> Parse() {
    absl::Status status = ParseOr(0);
    if (!status.ok()) return status;
    if (!token_.empty()) return Error("\"and\", \"or\" or the end was expected");
    return std::move(expression_);
  }

 private:
  using Op = SkillExpression::Op;

  // Moves to the next word, number, comparison or parenthesis; empty at the end.
  void Next() {
    while (end_ < text_.size() && absl::ascii_isspace(text_[end_])) ++end_;
    start_ = end_;
    if (end_ == text_.size()) {
      token_ = absl::string_view();
      return;
    }
    const char first = text_[end_++];
    if (IsSkillCharacter(first)) {
      while (end_ < text_.size() && IsSkillCharacter(text_[end_])) ++end_;
    } else if ((first == '<' || first == '>') && end_ < text_.size() && text_[end_] == '=') {
      ++end_;
    }
    token_ = text_.substr(start_, end_ - start_);
  }

  absl::Status Error(absl::string_view what) const {
    return absl::InvalidArgumentError(absl::StrCat(
        Quoted(text_), ", character ", start_ + 1, ": ", what,
        token_.empty() ? absl::StrCat("; here it ends") : absl::StrCat(", not ", Quoted(token_))));
  }

  absl::Status ParseOr(int depth) {
    absl::Status status = ParseAnd(depth);
    while (status.ok() && token_ == "or") {
      Next();
      status = ParseAnd(depth);
      expression_.steps_.push_back({.op = Op::kOr});
    }
    return status;
  }

  absl::Status ParseAnd(int depth) {
    absl::Status status = ParseFactor(depth);
    while (status.ok() && token_ == "and") {
      Next();
      status = ParseFactor(depth);
      expression_.steps_.push_back({.op = Op::kAnd});
    }
    return status;
  }

  absl::Status ParseFactor(int depth) {
    if (token_ != "(") return ParseComparison();
    if (depth == SkillExpression::kMostDepth) {
      return Error(absl::StrCat("parentheses nest at most ", depth, " deep"));
    }
    Next();
    absl::Status status = ParseOr(depth + 1);
    if (!status.ok()) return status;
    if (token_ != ")") return Error("\"and\", \"or\" or \")\" was expected");
    Next();
    return absl::OkStatus();
  }

  absl::Status ParseComparison() {
    if (!IsSkillName(token_)) return Error("a skill or \"(\" was expected");
    const int known = skills_.Find(token_);
    if (known < 0) {
      const bool has_hint = hint_ == SkillExpression::Hint::kNearest;
      return absl::NotFoundError(absl::StrCat(
          Quoted(text_), ", character ", start_ + 1, ": no skill ", Quoted(token_),
          has_hint ? DidYouMean(token_, {skills_.names().begin(), skills_.names().end()}) : ""));
    }
    if (++comparisons_ > SkillExpression::kMostComparisons) {
      return Error(absl::StrCat("at most ", SkillExpression::kMostComparisons, " comparisons"));
    }
    SkillExpression::Step step;
    step.skill = static_cast<uint16_t>(known);
    Next();
    absl::Status status = ParseBounds(step);
    expression_.steps_.push_back(step);
    return status;
  }

  absl::Status ParseBounds(SkillExpression::Step& step) {
    const absl::string_view comparison = token_;
    if (comparison != ">=" && comparison != ">" && comparison != "=" && comparison != "<=" &&
        comparison != "<") {
      return absl::OkStatus();
    }
    Next();
    int index = 0;
    if (!absl::SimpleAtoi(token_, &index) || index < 1 || index > 100) {
      return Error("an index of 1 to 100 was expected");
    }
    // `> 100` and `< 1` are met by nobody: least is above most then.
    if (comparison[0] == '>') step.least = static_cast<uint8_t>(index + (comparison == ">"));
    if (comparison[0] == '<') step.most = static_cast<uint8_t>(index - (comparison == "<"));
    if (comparison == "=") step.least = step.most = static_cast<uint8_t>(index);
    Next();
    return absl::OkStatus();
  }

  absl::string_view text_;
  const SkillNames& skills_;
  SkillExpression::Hint hint_;
  absl::string_view token_;
  size_t start_ = 0;
  size_t end_ = 0;
  int comparisons_ = 0;
  SkillExpression expression_;
};

absl::StatusOr<SkillExpression> SkillExpression::Parse(absl::string_view text,
                                                       const SkillNames& skills, Hint hint) {
  return SkillExpressionParser(text, skills, hint).Parse();
}

std::vector<uint16_t> SkillExpression::Skills() const {
  std::vector<uint16_t> skills;
  for (const Step& step : steps_) {
    if (step.op == Op::kCompare) skills.push_back(step.skill);
  }
  std::sort(skills.begin(), skills.end());
  skills.erase(std::unique(skills.begin(), skills.end()), skills.end());
  return skills;
}

int SkillExpression::IndexOf(absl::Span<const SkillLevel> skills) const {
  std::array<uint8_t, kMostComparisons> stack;
  size_t size = 0;
  for (const Step& step : steps_) {
    if (step.op == Op::kCompare) {
      auto has = std::lower_bound(
          skills.begin(), skills.end(), step.skill,
          [](const SkillLevel& level, uint16_t skill) { return level.skill < skill; });
      const bool is_met = has != skills.end() && has->skill == step.skill &&
                          has->index >= step.least && has->index <= step.most;
      stack[size++] = is_met ? has->index : 0;
      continue;
    }
    --size;
    uint8_t& result = stack[size - 1];
    result = step.op == Op::kAnd ? std::min(result, stack[size]) : std::max(result, stack[size]);
  }
  return size == 0 ? 0 : stack[0];
}

}  // namespace libroute::contact
