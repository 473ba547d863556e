#include "libroute/seal/secret_digits.h"

#include <bit>
#include <string>

#include "gtest/gtest.h"

namespace libroute {
namespace {

Digits DigitsOf(absl::string_view text) {
  return *Digits::Parse(text);
}

SecretDigits WithKey(char fill) {
  return SecretDigits(HmacKey(std::string(32, fill)));
}

TEST(SecretDigits, ShowsWhatItHid) {
  const SecretDigits secret = WithKey('k');
  for (absl::string_view text : {"1", "1234", "0000", "123456789012345", "*#"}) {
    EXPECT_EQ(secret.Show(secret.Hide("call-1", DigitsOf(text))), DigitsOf(text)) << text;
  }
}

TEST(SecretDigits, HidesTheSameInOneCallAndOtherwiseInAnother) {
  const SecretDigits secret = WithKey('k');
  const HiddenDigits first = secret.Hide("call-1", DigitsOf("1234"));
  EXPECT_EQ(secret.Hide("call-1", DigitsOf("1234")).hidden, first.hidden);
  EXPECT_NE(secret.Hide("call-2", DigitsOf("1234")).hidden, first.hidden);
  EXPECT_NE(secret.Hide("call-1", DigitsOf("1235")).tag, first.tag);
}

// Neighbouring codes must not look alike, nor like the digits themselves.
TEST(SecretDigits, LooksLikeNothing) {
  const SecretDigits secret = WithKey('k');
  const HiddenDigits a = secret.Hide("call-1", DigitsOf("1234"));
  const HiddenDigits b = secret.Hide("call-1", DigitsOf("1235"));
  EXPECT_GT(std::popcount(a.hidden ^ b.hidden), 10);
  EXPECT_GT(std::popcount(a.hidden ^ DigitsOf("1234").packed()), 10);
}

TEST(SecretDigits, NeedsTheKey) {
  const HiddenDigits hidden = WithKey('k').Hide("call-1", DigitsOf("1234"));
  EXPECT_NE(WithKey('l').Show(hidden), DigitsOf("1234"));
}

}  // namespace
}  // namespace libroute
