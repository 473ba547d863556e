#include "libroute/seal/hmac.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

std::string Hex(const Mac& mac) {
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(mac.data()), mac.size()));
}

struct Vector {
  std::string key;
  std::string text;
  const char* mac;
};

// RFC 4231 section 4, those with a key of at most a block.
const Vector kVectors[] = {
    {std::string(20, '\x0b'), "Hi There",
     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {"Jefe", "what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {std::string(20, '\xaa'), std::string(50, '\xdd'),
     "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    {absl::HexStringToBytes("0102030405060708090a0b0c0d0e0f10111213141516171819"),
     std::string(50, '\xcd'), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
};

TEST(HmacKey, ComputesTheVectorsOfRfc4231) {
  for (const Vector& vector : kVectors) {
    const HmacKey key(vector.key);
    EXPECT_EQ(Hex(key.Compute({vector.text})), vector.mac);
    // Again: the key is not used up.
    EXPECT_EQ(Hex(key.Compute({vector.text})), vector.mac);
  }
}

TEST(HmacKey, TakesTheTextInParts) {
  const std::string text(200, 't');
  const HmacKey key(std::string(32, 'k'));
  const Mac whole = key.Compute({text});
  for (size_t cut : {size_t{0}, size_t{1}, size_t{63}, size_t{64}, size_t{65}, size_t{200}}) {
    const absl::string_view view = text;
    EXPECT_EQ(key.Compute({view.substr(0, cut), view.substr(cut)}), whole) << cut;
  }
}

}  // namespace
}  // namespace libroute
