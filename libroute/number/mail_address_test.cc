#include "libroute/number/mail_address.h"

#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

TEST(ParseMailPattern, ReadsAddressesAndDomainsInLowerCase) {
  const std::pair<const char*, const char*> kGood[] = {
      {"name@example.com", "name@example.com"},
      {"First.Last+tag@Example.COM", "first.last+tag@example.com"},
      {"@Example.com", "@example.com"},
      {"a@b", "a@b"},
      {"o'neil_{x}@xn--bcher-kva.example", "o'neil_{x}@xn--bcher-kva.example"},
  };
  for (const auto& [text, expected] : kGood) {
    const absl::StatusOr<std::string> read = ParseMailPattern(text);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, expected);
  }
}

TEST(ParseMailPattern, SaysWhatIsWrong) {
  const std::string long_local(65, 'a');
  std::string long_domain;
  for (int i = 0; i < 63; ++i) absl::StrAppend(&long_domain, "abc.");
  const std::pair<std::string, const char*> kBad[] = {
      {"", "no '@'"},
      {"example.com", "no '@'"},
      {"name@", "no domain"},
      {"@", "no domain"},
      {"a..b@example.com", "'.' stands between"},
      {".a@example.com", "'.' stands between"},
      {"a b@example.com", "' ' must not stand before"},
      {"a@b@example.com", "'@' must not stand before"},
      {"\"a b\"@example.com", "must not stand before"},
      {"name@-example.com", "'-' not at their ends"},
      {"name@example.com.", "1 to 63 characters"},
      {"name@[192.0.2.1]", "'[' must not stand in a domain"},
      {"name@b\xC3\xBC"
       "cher.example",
       "\\xc3"},
      {"name@" + std::string(64, 'a') + ".example", "1 to 63 characters"},
      {long_local + "@example.com", "64 bytes"},
      {"name@" + long_domain + "abc", "254 bytes"},
      {"@*.example.com", "'*' must not stand in a domain"},
  };
  for (const auto& [text, fault] : kBad) {
    const absl::StatusOr<std::string> read = ParseMailPattern(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_THAT(std::string(read.status().message()), HasSubstr(fault)) << text;
    EXPECT_THAT(std::string(read.status().message()), HasSubstr("name@example.com")) << text;
  }
}

TEST(ParseMailAddress, TakesOneAddressAndNoDomain) {
  EXPECT_EQ(*ParseMailAddress("Anna@Example.com"), "anna@example.com");
  EXPECT_EQ(ParseMailAddress("@example.com").status().message(),
            "\"@example.com\" is a domain; write an address there, e.g. name@example.com");
  EXPECT_EQ(ParseMailAddress("anna").status(), ParseMailPattern("anna").status());
}

TEST(MailAddressSet, FindsAddressesAndWholeDomains) {
  MailAddressSet set;
  EXPECT_FALSE(set.Contains("name@example.com"));
  EXPECT_TRUE(set.Insert("name@example.com"));
  EXPECT_FALSE(set.Insert("name@example.com"));
  EXPECT_TRUE(set.Insert("@firm.example"));
  EXPECT_EQ(set.size(), 2u);
  EXPECT_TRUE(set.Contains("name@example.com"));
  EXPECT_TRUE(set.Contains("NAME@Example.Com"));
  EXPECT_TRUE(set.Contains("anyone@FIRM.example"));
  EXPECT_FALSE(set.Contains("other@example.com"));
  EXPECT_FALSE(set.Contains("name@sub.firm.example"));
  EXPECT_FALSE(set.Contains("name@notfirm.example"));
  EXPECT_FALSE(set.Contains("@firm.example"));
  EXPECT_FALSE(set.Contains("firm.example"));
  EXPECT_FALSE(set.Contains(""));
  EXPECT_FALSE(set.Contains(std::string(300, 'a') + "@firm.example"));
}

TEST(MailAddressSet, AgreesWithASlowSet) {
  std::mt19937 random(20260102);
  const auto text = [&random] {
    const int kind = random() % 3;
    return absl::StrCat(kind == 0 ? "" : absl::StrCat("n", random() % 300), "@d", random() % 300,
                        ".example");
  };
  MailAddressSet set;
  std::set<std::string> slow;
  for (int i = 0; i < 5000; ++i) {
    const std::string inserted = text();
    EXPECT_EQ(set.Insert(inserted), slow.insert(inserted).second);
    const std::string asked = text();
    const bool expected =
        asked[0] != '@' && (slow.count(asked) + slow.count(asked.substr(asked.find('@')))) > 0;
    EXPECT_EQ(set.Contains(asked), expected) << asked;
  }
  EXPECT_EQ(set.size(), slow.size());
  set.Compact();
  for (const std::string& each : slow) {
    const bool is_domain = each[0] == '@';
    EXPECT_TRUE(set.Contains(is_domain ? "anyone" + each : each)) << each;
  }
  EXPECT_FALSE(set.Contains("n301@d301.example"));
  EXPECT_FALSE(set.Insert(*slow.begin()));
  EXPECT_TRUE(set.Insert("new@d1.example"));
}

TEST(MailAddressSet, StaysSmallWithManyAddresses) {
  MailAddressSet set;
  constexpr int kCount = 100'000;
  for (int i = 0; i < kCount; ++i) {
    set.Insert(absl::StrCat("firstname.lastname", i, "@company", i, ".example"));
  }
  set.Compact();
  EXPECT_EQ(set.size(), size_t{kCount});
  EXPECT_LE(set.memory_bytes(), 21u * kCount);
  for (int i = 0; i < 2 * kCount; ++i) {
    ASSERT_EQ(set.Contains(absl::StrCat("firstname.lastname", i, "@company", i, ".example")),
              i < kCount);
  }
  MailAddressSet empty;
  empty.Compact();
  EXPECT_FALSE(empty.Contains("a@b.example"));
}

}  // namespace
}  // namespace libroute
