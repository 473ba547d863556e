#include "services/config/key_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using testing::HasSubstr;

class KeyFile : public testing::Test {
 protected:
  KeyFile() : path_(absl::StrCat(testing::TempDir(), "keys.", getpid())) { unlink(path_.c_str()); }
  ~KeyFile() override { unlink(path_.c_str()); }

  void Write(const std::string& text) {
    std::ofstream(path_) << text;
    chmod(path_.c_str(), 0600);
  }
  std::string Complaint() {
    absl::StatusOr<SealKeys> keys = ReadKeyFile(path_);
    return keys.ok() ? "" : std::string(keys.status().message());
  }

  const std::string kHex = std::string(62, '0') + "fF";
  std::string path_;
};

TEST_F(KeyFile, MadeByUsIsReadBack) {
  ASSERT_TRUE(MakeKeyFile(path_).ok());
  absl::StatusOr<SealKeys> keys = ReadKeyFile(path_);
  ASSERT_TRUE(keys.ok()) << keys.status();
  ASSERT_EQ(keys->keys.size(), 1u);
  EXPECT_EQ(keys->keys[0].size(), 32u);
}

TEST_F(KeyFile, IsNeverOverwritten) {
  ASSERT_TRUE(MakeKeyFile(path_).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(MakeKeyFile(path_)));
}

TEST_F(KeyFile, HoldsCurrentAndPreviousKeysInOrder) {
  Write(absl::StrCat("# current\n", kHex, "\r\n\n  ", std::string(64, 'a'), "\n"));
  absl::StatusOr<SealKeys> keys = ReadKeyFile(path_);
  ASSERT_TRUE(keys.ok()) << keys.status();
  ASSERT_EQ(keys->keys.size(), 2u);
  EXPECT_EQ(keys->keys[0], std::string(31, '\0') + "\xff");
  EXPECT_EQ(keys->keys[1], std::string(32, '\xaa'));
}

TEST_F(KeyFile, IsRefusedWhenOthersMayReadIt) {
  Write(kHex);
  for (int mode : {0640, 0604, 0620, 0666}) {
    chmod(path_.c_str(), mode);
    EXPECT_THAT(Complaint(), HasSubstr("chmod 600")) << mode;
  }
}

TEST_F(KeyFile, ComplaintsNameTheLineAndHideTheKey) {
  Write(absl::StrCat(kHex, "\n", std::string(63, 'b'), "\n"));
  EXPECT_EQ(Complaint(), absl::StrCat(path_, ":2: a key has exactly 64 hex digits"));
  Write(std::string(64, 'g'));
  EXPECT_EQ(Complaint(), absl::StrCat(path_, ":1: a key has exactly 64 hex digits"));
  Write("# nothing\n");
  EXPECT_THAT(Complaint(), HasSubstr("no key in it"));
  std::string nine;
  for (int i = 0; i < 9; ++i) absl::StrAppend(&nine, kHex, "\n");
  Write(nine);
  EXPECT_THAT(Complaint(), HasSubstr(":9: at most 8 keys"));
}

TEST_F(KeyFile, MustExistAndBeAPlainFile) {
  EXPECT_TRUE(absl::IsNotFound(ReadKeyFile(path_).status()));
  EXPECT_FALSE(ReadKeyFile(testing::TempDir()).ok());
}

TEST(RandomKeys, DifferEachTime) {
  EXPECT_NE(RandomKeys()->keys, RandomKeys()->keys);
}

}  // namespace
}  // namespace libroute
