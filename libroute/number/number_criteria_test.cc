#include "libroute/number/number_criteria.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace libroute {
namespace {

using Difference = NumberCriteria::Difference;

Difference Compare(const NumberCriteria& criteria, const char* text, int* lookups = nullptr) {
  const E164Number number = *E164Number::Parse(text);
  const NumberFacts facts = NumberingPlans::World().Find(number);
  return criteria.Compare(number.digits(), [&]() -> const NumberFacts& {
    if (lookups != nullptr) ++*lookups;
    return facts;
  });
}

NumberKindSet Kinds(NumberKind kind) {
  NumberKindSet kinds;
  kinds.Add(kind);
  return kinds;
}

TEST(NumberCriteria, AskForAllThatIsWritten) {
  const NumberCriteria criteria({*NumberPattern::Parse("+324*"), *NumberPattern::Parse("+33*")},
                                Kinds(NumberKind::kMobile), {*Country::FromCode("BE")});
  EXPECT_EQ(Compare(criteria, "+32470000000"), Difference::kNone);
  EXPECT_EQ(Compare(criteria, "+3222000100"), Difference::kNumber);
  EXPECT_EQ(Compare(criteria, "+3242000100"), Difference::kKind);
  EXPECT_EQ(Compare(criteria, "+33612345678"), Difference::kCountry);
  const NumberFacts facts = NumberingPlans::World().Find(*E164Number::Parse("+33612345678"));
  EXPECT_EQ(criteria.Words(facts), ", kind mobile, country FR");
}

TEST(NumberCriteria, LookOnlyAtWhatIsWritten) {
  int lookups = 0;
  const NumberCriteria by_number({*NumberPattern::Parse("+32*")}, NumberKindSet(), {});
  EXPECT_EQ(Compare(by_number, "+3222000100", &lookups), Difference::kNone);
  EXPECT_EQ(lookups, 0);
  EXPECT_FALSE(by_number.looks_closer());
  const NumberCriteria by_kind({}, Kinds(NumberKind::kFixed), {});
  EXPECT_EQ(Compare(by_kind, "+3222000100", &lookups), Difference::kNone);
  EXPECT_EQ(lookups, 1);
  EXPECT_TRUE(by_kind.looks_closer());
  const NumberCriteria any({}, NumberKindSet(), {});
  EXPECT_EQ(Compare(any, "+3222000100"), Difference::kNone);
}

}  // namespace
}  // namespace libroute
