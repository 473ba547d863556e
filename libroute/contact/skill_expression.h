#ifndef LIBROUTE_CONTACT_SKILL_EXPRESSION_H_
#define LIBROUTE_CONTACT_SKILL_EXPRESSION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace libroute::contact {

// A skill, by its place in the centre's list, and how well somebody has it.
struct SkillLevel {
  uint16_t skill = 0;
  uint8_t index = 1;
};

// Who belongs to a group by skills: `french >= 60 and (network >= 30 or linux)`.
//
//   expression = term { "or" term }
//   term       = factor { "and" factor }
//   factor     = "(" expression ")" | skill [ (">=" | ">" | "=" | "<=" | "<") index ]
//
// A skill is a name of letters, digits, `-` and `_` that starts with a letter;
// alone it means that the person has it at all. Indices are 1 to 100. Who does
// not have a skill meets no comparison with it, not even `<`.
//
// A value type, immutable once parsed. Matching is linear in the expression.
class SkillExpression {
 public:
  static constexpr int kMostComparisons = 64;
  static constexpr int kMostDepth = 16;

  // InvalidArgument says what is wrong and at which character (from 1), and for
  // an unknown skill which one is meant, perhaps.
  static absl::StatusOr<SkillExpression> Parse(absl::string_view text,
                                               absl::Span<const std::string> skills);

  // The index in the group of a person with these skills (sorted by skill); 0 if
  // not a member. A chain is as strong as its weakest link: the least of what
  // `and` joins, the best of what `or` joins.
  int IndexOf(absl::Span<const SkillLevel> skills) const;

 private:
  friend class SkillExpressionParser;

  enum class Op : uint8_t { kCompare, kAnd, kOr };
  // In postfix order.
  struct Step {
    Op op = Op::kCompare;
    uint8_t least = 1;
    uint8_t most = 100;
    uint16_t skill = 0;
  };
  std::vector<Step> steps_;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_SKILL_EXPRESSION_H_
