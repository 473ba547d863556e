#include "libroute/carrier/screening.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace libroute {
namespace {

Barring Bar(std::string name, std::vector<NumberPattern> numbers, NumberKindSet kinds) {
  return {std::move(name), NumberCriteria(numbers, kinds, {}), ""};
}

template <typename... Barrings>
std::vector<Barring> List(Barrings... barrings) {
  std::vector<Barring> list;
  (list.push_back(std::move(barrings)), ...);
  return list;
}

NumberKindSet Kinds(NumberKind kind) {
  NumberKindSet kinds;
  kinds.Add(kind);
  return kinds;
}

TEST(Screening, FindsTheFirstBarringThatHasTheNumber) {
  const Screening screening(
      List(Bar("fraud", {*NumberPattern::Parse("+32470000*")}, NumberKindSet()),
           Bar("mobiles", {}, Kinds(NumberKind::kMobile))),
      List(Bar("premium", {}, Kinds(NumberKind::kPremium))));
  auto caller = [&](const char* number) {
    const Barring* found = screening.FindCaller(*E164Number::Parse(number));
    return found == nullptr ? std::string() : found->name;
  };
  EXPECT_EQ(caller("+32470000123"), "fraud");
  EXPECT_EQ(caller("+32475000123"), "mobiles");
  EXPECT_EQ(caller("+3222000100"), "");
  EXPECT_EQ(screening.FindDestination(*E164Number::Parse("+32470000123")), nullptr);
  EXPECT_EQ(screening.FindDestination(*E164Number::Parse("+3290212345"))->name, "premium");
}

TEST(Screening, HasNothingAgainstACallWithoutNumber) {
  const Screening screening(List(Bar("all", {}, NumberKindSet())), {});
  EXPECT_EQ(screening.FindCaller(E164Number()), nullptr);
  EXPECT_EQ(Screening().FindDestination(*E164Number::Parse("+3222000100")), nullptr);
}

}  // namespace
}  // namespace libroute
