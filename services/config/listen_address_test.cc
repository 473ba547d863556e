#include "services/config/listen_address.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(ListenAddress, ReadsWhatPeopleWrite) {
  struct Row {
    absl::string_view text;
    absl::string_view host;
    int port;
    absl::string_view path;
    bool is_local;
  };
  const Row kRows[] = {{"127.0.0.1:7070", "127.0.0.1", 7070, "", true},
                       {"127.8.9.1:0", "127.8.9.1", 0, "", true},
                       {"localhost:80", "localhost", 80, "", true},
                       {"[::1]:65535", "::1", 65535, "", true},
                       {"0.0.0.0:7070", "0.0.0.0", 7070, "", false},
                       {"[::]:7070", "::", 7070, "", false},
                       {"10.0.0.1:7070", "10.0.0.1", 7070, "", false},
                       {"unix:/run/x.sock", "", 0, "/run/x.sock", true}};
  for (const Row& row : kRows) {
    SCOPED_TRACE(std::string(row.text));
    absl::StatusOr<ListenAddress> address = ListenAddress::Parse(row.text);
    ASSERT_TRUE(address.ok()) << address.status();
    EXPECT_EQ(address->host, row.host);
    EXPECT_EQ(address->port, row.port);
    EXPECT_EQ(address->unix_path, row.path);
    EXPECT_EQ(address->is_local(), row.is_local);
    EXPECT_EQ(address->ToString(), row.text);
  }
}

TEST(ListenAddress, RefusesWhatIsNone) {
  for (absl::string_view text :
       {"", ":", "7070", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.1:80",
        "example.net:80", "::1:80", "[127.0.0.1]:80", "[::1:80", "127.0.0.1.evil.net:80",
        "unix:", "127.0.0.1:80x"}) {
    absl::StatusOr<ListenAddress> address = ListenAddress::Parse(text);
    ASSERT_FALSE(address.ok()) << text;
    EXPECT_THAT(std::string(address.status().message()),
                testing::HasSubstr("write 127.0.0.1:7070"));
  }
  EXPECT_FALSE(ListenAddress::Parse(absl::StrCat("unix:/", std::string(107, 'x'))).ok());
}

}  // namespace
}  // namespace libroute
