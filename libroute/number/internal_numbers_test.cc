#include "libroute/number/internal_numbers.h"

#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

InternalBlock Block(absl::string_view first, uint32_t count, absl::string_view number) {
  return {*Digits::Parse(first), count, *E164Number::Parse(number)};
}

std::vector<std::string> ConflictsOf(const std::vector<InternalBlock>& blocks) {
  std::vector<std::string> texts;
  for (const InternalNumbers::Conflict& conflict : InternalNumbers::Conflicts(blocks)) {
    texts.push_back(
        absl::StrCat(conflict.first, " ", conflict.second, " ", conflict.digits.ToString()));
  }
  return texts;
}

TEST(InternalNumbers, ResolveToTheLinesOfBothSites) {
  const InternalNumbers numbers(
      {Block("502411", 89, "+33223280411"), Block("501410", 90, "+33562070410")});
  struct Case {
    absl::string_view dialled;
    absl::string_view number;
  };
  for (const Case& each : std::initializer_list<Case>{{"501410", "+33562070410"},
                                                      {"501411", "+33562070411"},
                                                      {"501499", "+33562070499"},
                                                      {"502411", "+33223280411"},
                                                      {"501409", ""},
                                                      {"501500", ""},
                                                      {"502410", ""},
                                                      {"50141", ""},
                                                      {"5014100", ""},
                                                      {"501*10", ""},
                                                      {"*44", ""},
                                                      {"", ""},
                                                      {"000000", ""},
                                                      {"999999999999999", ""}}) {
    EXPECT_EQ(numbers.Find(*Digits::Parse(each.dialled)).ToString(), each.number) << each.dialled;
  }
  EXPECT_FALSE(InternalNumbers().Find(*Digits::Parse("501410")).has_value());
}

TEST(InternalNumbers, ConflictWhenTheyAreTheSameOrBeginAlike) {
  const InternalBlock toulouse = Block("501410", 90, "+33562070410");
  EXPECT_THAT(ConflictsOf({toulouse, Block("501500", 100, "+33223280500")}), IsEmpty());
  EXPECT_THAT(ConflictsOf({toulouse, Block("501499", 10, "+33223280499")}),
              ElementsAre("0 1 501499"));
  EXPECT_THAT(ConflictsOf({Block("501499", 10, "+33223280499"), toulouse}),
              ElementsAre("0 1 501499"));
  // 50 and 1410 begins with 5, 0, 1, 410 and the like.
  EXPECT_THAT(ConflictsOf({toulouse, Block("5014105", 1, "+33223281410")}),
              ElementsAre("0 1 501410"));
  EXPECT_THAT(ConflictsOf({toulouse, Block("50200", 5, "+33223281410"), toulouse, toulouse}),
              ElementsAre("0 2 501410", "0 3 501410"));
}

TEST(InternalNumbers, FindWhatALookThroughAllFinds) {
  std::mt19937 random(20261121);
  for (int round = 0; round < 200; ++round) {
    std::vector<InternalBlock> blocks;
    for (int i = 0; i < 8; ++i) {
      InternalBlock block =
          Block(absl::StrCat(500 + random() % 60, random() % 3 == 0 ? "" : "0"), 1 + random() % 10,
                absl::StrCat("+3356207", 1000 + random() % 8000));
      blocks.push_back(block);
      if (!InternalNumbers::Conflicts(blocks).empty()) blocks.pop_back();
    }
    std::map<std::string, std::string> all;
    for (const InternalBlock& block : blocks) {
      for (uint32_t i = 0; i < block.count; ++i) {
        const std::string dialled =
            absl::StrCat(std::stoll(block.first.ToString()) + static_cast<long long>(i));
        const std::string number = absl::StrCat(
            "+", std::stoll(block.number.digits().ToString()) + static_cast<long long>(i));
        ASSERT_TRUE(all.emplace(dialled, number).second) << dialled;
      }
    }
    const InternalNumbers numbers(blocks);
    for (int i = 0; i < 6000; ++i) {
      const std::string dialled = absl::StrCat(i);
      const auto found = all.find(dialled);
      ASSERT_EQ(numbers.Find(*Digits::Parse(dialled)).ToString(),
                found == all.end() ? "" : found->second)
          << dialled;
    }
  }
}

}  // namespace
}  // namespace libroute
