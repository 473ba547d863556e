#include "libroute/tree/dial_address.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

TEST(DialAddress, ReadsNumbers) {
  absl::StatusOr<DialAddress> address = ParseDialAddress("+3222000100");
  ASSERT_TRUE(address.ok());
  EXPECT_EQ(address->number.ToString(), "+3222000100");
  EXPECT_EQ(address->uri, "");
}

TEST(DialAddress, ReadsSipUris) {
  for (absl::string_view uri :
       {"sip:desk@example.net", "sips:desk@example.net:5061;transport=tls", "SIP:example.net",
        "sip:+3222000100@[2001:db8::1]", "sip:a:secret@10.0.0.1", "sip:a@b@c"}) {
    absl::StatusOr<DialAddress> address = ParseDialAddress(uri);
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(address->uri, uri);
    EXPECT_FALSE(address->number.has_value());
  }
}

TEST(DialAddress, RefusesWhatIsNeither) {
  for (absl::string_view text :
       {"", "desk", "+", "+32", "+32220001000000000", "+32 22000100", "+9991234567",
        "tel:+3222000100", "http://example.net", "sip:", "sips:", "sip:@example.net", "sip:desk@",
        "sip:desk@;a", "sip:de sk@example.net", "sip:desk@example.net\n", "sip:\"x\"@example.net",
        "<sip:desk@example.net>", "sip:d\xC3\xA9sk@example.net"}) {
    EXPECT_EQ(ParseDialAddress(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(DialAddress, AUriHasAtMost255Bytes) {
  std::string longest = absl::StrCat("sip:", std::string(247, 'a'), "@b.c");
  ASSERT_EQ(longest.size(), 255u);
  EXPECT_TRUE(ParseDialAddress(longest).ok());
  EXPECT_THAT(ParseDialAddress(absl::StrCat(longest, "d")).status().ToString(),
              HasSubstr("longer than 255 bytes"));
}

TEST(DialAddress, MessagesShowHostileTextSafely) {
  std::string message(ParseDialAddress("x:\xff\x1b[31m\n").status().message());
  for (char c : message) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << message;
}

TEST(DialAddress, TellsAddressesFromNames) {
  EXPECT_TRUE(LooksLikeAddress("+3222000100"));
  EXPECT_TRUE(LooksLikeAddress("sip:x"));
  EXPECT_TRUE(LooksLikeAddress("http://x"));
  EXPECT_FALSE(LooksLikeAddress("front-desk.2"));
  EXPECT_FALSE(LooksLikeAddress("called"));
}

}  // namespace
}  // namespace libroute
