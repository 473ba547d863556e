#ifndef LIBROUTE_CONTACT_SKILL_EXPRESSION_H_
#define LIBROUTE_CONTACT_SKILL_EXPRESSION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace libroute::contact {

// A skill, by its place in the centre's list, and how well somebody has it.
struct SkillLevel {
  uint16_t skill = 0;
  uint8_t index = 1;
};

// Whether expressions can name a skill so: letters, digits, '-' and '_', a letter
// first, and neither "and" nor "or".
bool IsSkillName(absl::string_view name);

// The skills of a centre, which outlive this, found by name.
class SkillNames {
 public:
  static constexpr size_t kMost = 10'000;

  explicit SkillNames(absl::Span<const std::string> names);

  // The place of a skill in the list; -1 if there is none of that name.
  int Find(absl::string_view name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? -1 : found->second;
  }
  absl::Span<const std::string> names() const { return names_; }

 private:
  absl::Span<const std::string> names_;
  absl::flat_hash_map<absl::string_view, int> places_;
};

// Who belongs to a group by skills: `french >= 60 and (network >= 30 or linux)`.
//
//   expression = term { "or" term }
//   term       = factor { "and" factor }
//   factor     = "(" expression ")" | skill [ (">=" | ">" | "=" | "<=" | "<") index ]
//
// A skill alone (IsSkillName) means that the person has it at all. Indices are 1 to 100. Who does
// not have a skill meets no comparison with it, not even `<`.
//
// A value type, immutable once parsed. Matching is linear in the expression.
class SkillExpression {
 public:
  static constexpr int kMostComparisons = 64;
  static constexpr int kMostDepth = 16;

  // Whether an error says which skill may be meant, which takes some 2 us for each
  // that there is.
  enum class Hint { kNone, kNearest };

  // InvalidArgument says what is wrong and at which character (from 1), NotFound
  // which skill there is not.
  static absl::StatusOr<SkillExpression> Parse(absl::string_view text, const SkillNames& skills,
                                               Hint hint = Hint::kNearest);
  static absl::StatusOr<SkillExpression> Parse(absl::string_view text,
                                               absl::Span<const std::string> skills) {
    return Parse(text, SkillNames(skills));
  }

  // The index in the group of a person with these skills (sorted by skill); 0 if
  // not a member. A chain is as strong as its weakest link: the least of what
  // `and` joins, the best of what `or` joins.
  int IndexOf(absl::Span<const SkillLevel> skills) const;

  // The places of the skills that it names, in order.
  std::vector<uint16_t> Skills() const;
  // How many steps a match takes.
  size_t size() const { return steps_.size(); }

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
