#include "libroute/call/digits.h"

#include <algorithm>
#include <random>
#include <string>

#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(Digits, ReadsAndWritesWhatIsDialled) {
  for (const char* text : {"", "0", "112", "*44", "#21#", "501410", "123456789012345"}) {
    absl::StatusOr<Digits> digits = Digits::Parse(text);
    ASSERT_TRUE(digits.ok()) << text;
    EXPECT_EQ(digits->ToString(), text);
    EXPECT_EQ(digits->size(), static_cast<int>(std::string(text).size()));
  }
}

TEST(Digits, RefusesWhatCannotBeDialled) {
  for (const char* text : {"1234567890123456", "+32", "12a", "1 2", "1-2", "\xff"}) {
    EXPECT_FALSE(Digits::Parse(text).ok()) << text;
  }
}

std::string RandomDigits(std::mt19937& random, int max_size) {
  std::string text(random() % (max_size + 1), '0');
  for (char& c : text) c = "0123456789*#"[random() % 12];
  return text;
}

TEST(Digits, ArePartedAnywhere) {
  const std::string text = "12*#56789012345";
  const Digits digits = *Digits::Parse(text);
  for (int i = 0; i <= digits.size(); ++i) {
    EXPECT_EQ(digits.Prefix(i).ToString() + digits.After(i).ToString(), text) << i;
    EXPECT_EQ(digits.After(i), *Digits::Parse(text.substr(static_cast<size_t>(i)))) << i;
  }
  EXPECT_TRUE(Digits().After(0).empty());
}

TEST(Digits, PrefixesAndOrderAreThoseOfTheText) {
  std::mt19937 random(7);
  const auto order = [](const std::string& a, const std::string& b) {
    // '*' and '#' come after the digits.
    auto rank = [](char c) { return c == '*' ? 10 : c == '#' ? 11 : c - '0'; };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [&](char x, char y) { return rank(x) < rank(y); });
  };
  for (int i = 0; i < 20000; ++i) {
    std::string a = RandomDigits(random, 15);
    std::string b = i % 2 == 0 ? RandomDigits(random, 15) : a.substr(0, random() % (a.size() + 1));
    Digits da = *Digits::Parse(a), db = *Digits::Parse(b);
    EXPECT_EQ(da.StartsWith(db), a.compare(0, b.size(), b) == 0) << a << " " << b;
    EXPECT_EQ(da < db, order(a, b)) << a << " " << b;
    EXPECT_EQ(da == db, a == b);
    size_t length = random() % (a.size() + 1);
    EXPECT_EQ(da.Prefix(length).ToString(), a.substr(0, length));
    EXPECT_EQ(Digits::FromPacked(da.packed()), da);
  }
}

TEST(ReadDialString, TakesTwoToSixDecimalDigits) {
  for (const char* text : {"00", "18", "112", "501410", "999999"}) {
    EXPECT_EQ(ReadDialString(text).ToString(), text);
  }
  for (const char* text : {"", "1", "1234567", "*44", "11#", "+32", "1 2", "12a", "1\xff"}) {
    EXPECT_TRUE(ReadDialString(text).empty()) << text;
  }
}

TEST(ReadDialled, TakesWhatTelephonesCanDial) {
  for (const char* text : {"9", "*44", "#21#", "501410", "0562070410", "123456789012345"}) {
    EXPECT_EQ(ReadDialled(text).ToString(), text);
  }
  for (const char* text : {"", "+33562070410", "5 0", "1234567890123456", "desk", "\xff"}) {
    EXPECT_TRUE(ReadDialled(text).empty()) << text;
  }
}

TEST(E164Number, ReadsNumbers) {
  absl::StatusOr<E164Number> number = E164Number::Parse("+3222000100");
  ASSERT_TRUE(number.ok());
  EXPECT_EQ(number->ToString(), "+3222000100");
  EXPECT_TRUE(number->has_value());
  EXPECT_FALSE(E164Number().has_value());
  EXPECT_EQ(E164Number().ToString(), "");
}

TEST(E164Number, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> rows[] = {
      {"", "does not begin with '+'"},       {"3222000100", "does not begin with '+'"},
      {"+322200", "7 to 15 digits"},         {"+1234567890123456", "7 to 15 digits"},
      {"+32 2200100", "not a digit"},        {"+0222000100", "begins with 0"},
      {"+322200010*", "not a digit"}};
  for (const auto& [text, why] : rows) {
    absl::Status status = E164Number::Parse(text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(std::string(status.message()).find(why), std::string::npos) << status;
  }
}

TEST(E164Number, ShowsBytesThatAreNoTextEscaped) {
  std::string message(E164Number::Parse("\xff\x01").status().message());
  for (char c : message) EXPECT_TRUE(c >= ' ' && c < 127) << message;
}

}  // namespace
}  // namespace libroute
