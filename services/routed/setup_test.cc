#include "services/routed/setup.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using testing::HasSubstr;

TEST(Configure, ListensOnLoopbackByDefault) {
  absl::StatusOr<ServerConfig> config = Configure(Options());
  ASSERT_TRUE(config.ok()) << config.status();
  ASSERT_EQ(config->listen.size(), 1u);
  EXPECT_EQ(config->listen[0].ToString(), "127.0.0.1:7070");
}

TEST(Configure, CommandLineIsHeard) {
  Options options;
  options.listen = {"unix:/run/x.sock", "127.0.0.1:0"};
  options.plans = {"plans"};
  options.key_file = "keys";
  absl::StatusOr<ServerConfig> config = Configure(options);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen.size(), 2u);
  EXPECT_EQ(config->plans, options.plans);
  EXPECT_EQ(config->key_file, "keys");
}

TEST(Configure, RefusesAnAddressThatIsNone) {
  Options options;
  options.listen = {"7070"};
  EXPECT_TRUE(absl::IsInvalidArgument(Configure(options).status()));
}

TEST(Configure, RefusesAFileThatIsNotThere) {
  Options options;
  options.config = "/nonexistent/routed.yaml";
  EXPECT_TRUE(absl::IsNotFound(Configure(options).status()));
}

TEST(CheckSecure, OthersReachEncryptedAddressesOnly) {
  Options options;
  options.listen = {"127.0.0.1:1", "0.0.0.0:7070"};
  ServerConfig config = *Configure(options);
  absl::Status status = CheckSecure(config, options);
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("0.0.0.0:7070"));
  config.tls = TlsFiles();
  EXPECT_TRUE(CheckSecure(config, options).ok());
  config.tls.reset();
  options.is_insecure = true;
  EXPECT_TRUE(CheckSecure(config, options).ok());
}

}  // namespace
}  // namespace libroute
