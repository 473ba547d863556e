#include <algorithm>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

TEST(NearestName, FindsMisspellings) {
  const std::vector<std::string> names = {"night", "office-hours", "holidays", "vip"};
  EXPECT_EQ(NearestName("office-hour", names), "office-hours");
  EXPECT_EQ(NearestName("ofifce-hours", names), "office-hours");
  EXPECT_EQ(NearestName("Office-Hours", names), "office-hours");
  EXPECT_EQ(NearestName("nihgt", names), "night");
  EXPECT_EQ(NearestName("vp", names), "vip");
}

TEST(NearestName, FindsNothingFarAway) {
  EXPECT_EQ(NearestName("lunch", {"night", "vip"}), "");
  EXPECT_EQ(NearestName("vip", {}), "");
  EXPECT_EQ(NearestName("", {"a"}), "");
  EXPECT_EQ(NearestName("ab", {"cd"}), "");
  EXPECT_EQ(NearestName(std::string(65, 'a'), {std::string(65, 'a')}), "");
}

TEST(NearestName, AllowsAThirdOfTheLength) {
  EXPECT_EQ(NearestName("abcdef", {"abcdxy"}), "abcdxy");
  EXPECT_EQ(NearestName("abcdef", {"abcxyz"}), "");
  EXPECT_EQ(NearestName("a", {"b"}), "b");
}

TEST(NearestName, PrefersTheNearestThenTheFirst) {
  EXPECT_EQ(NearestName("abcdef", {"abcdxy", "abcdex"}), "abcdex");
  EXPECT_EQ(NearestName("abcdef", {"abcdey", "abcdex"}), "abcdey");
}

TEST(NearestName, IsPutIntoMessages) {
  EXPECT_EQ(DidYouMean("nihgt", {"night"}), "; did you mean \"night\"?");
  EXPECT_EQ(DidYouMean("lunch", {"night"}), "");
}

// Optimal string alignment, straight from its definition.
int SlowDistance(absl::string_view a, absl::string_view b) {
  if (a.empty() || b.empty()) return static_cast<int>(a.size() + b.size());
  const auto shorter = [](absl::string_view s, int by) { return s.substr(0, s.size() - by); };
  const int same = a.back() == b.back() ? 0 : 1;
  int distance = std::min({SlowDistance(shorter(a, 1), b) + 1, SlowDistance(a, shorter(b, 1)) + 1,
                           SlowDistance(shorter(a, 1), shorter(b, 1)) + same});
  if (a.size() > 1 && b.size() > 1 && a.back() == b[b.size() - 2] && a[a.size() - 2] == b.back()) {
    distance = std::min(distance, SlowDistance(shorter(a, 2), shorter(b, 2)) + 1);
  }
  return distance;
}

TEST(NearestName, AgreesWithTheDefinition) {
  std::mt19937 random(20261123);
  const auto word = [&random](int max) {
    std::string text(1 + random() % max, ' ');
    for (char& c : text) c = static_cast<char>('a' + random() % 3);
    return text;
  };
  for (int i = 0; i < 400; ++i) {
    const std::string text = word(6);
    const std::vector<std::string> names = {word(6), word(6), word(6)};
    const int limit = std::max(static_cast<int>(text.size()) / 3, 1);
    std::string expected;
    int best = limit + 1;
    for (const std::string& name : names) {
      const int distance = SlowDistance(text, name);
      if (distance < best) expected = name;
      best = std::min(best, distance);
    }
    EXPECT_EQ(NearestName(text, names), expected) << text << ": " << testing::PrintToString(names);
  }
}

}  // namespace
}  // namespace libroute
