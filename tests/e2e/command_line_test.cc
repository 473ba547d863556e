// What the program says and refuses before it serves anybody.

#include <sys/stat.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct Ending {
  int exit_code = -1;
  std::string output;
};

Ending RunToEnd(std::vector<std::string> arguments) {
  RoutedProcess routed(std::move(arguments));
  int exit_code = routed.AwaitExit();
  return {exit_code, routed.output()};
}

TEST(CommandLine, HelpShowsExamplesAndExitCodes) {
  Ending ending = RunToEnd({"--help"});
  EXPECT_EQ(ending.exit_code, 0);
  EXPECT_THAT(ending.output,
              AllOf(HasSubstr("Examples:"), HasSubstr("Exit codes:"), HasSubstr("--plan")));
}

TEST(CommandLine, WrongUseExitsWithTwo) {
  EXPECT_EQ(RunToEnd({"--bogus"}).exit_code, 2);
  EXPECT_EQ(RunToEnd({"--plan"}).exit_code, 2);
  EXPECT_EQ(RunToEnd({"stray"}).exit_code, 2);
}

TEST(CommandLine, OneGoodPlanIsNeeded) {
  TempDirectory directory;
  std::string bad = directory.Write("bad.yaml", "customer: a\nnumbrs: []\n");
  Ending ending = RunToEnd({"--plan", bad, "--listen", "127.0.0.1:0"});
  EXPECT_EQ(ending.exit_code, 1);
  EXPECT_THAT(ending.output,
              AllOf(HasSubstr("bad.yaml:2:1: error: numbrs: "), HasSubstr("not one plan is good")));
  EXPECT_EQ(RunToEnd({"--plan", directory.Path("none.yaml")}).exit_code, 1);
}

TEST(CommandLine, StartsWithTheGoodPlansAndShowsTheBadOnes) {
  TempDirectory directory;
  RoutedProcess routed({"--plan", directory.Write("bad.yaml", "customer: [\n"), "--plan",
                        directory.Write("acme.yaml", kAcmePlan), "--listen", "127.0.0.1:0"});
  EXPECT_TRUE(Client(routed.Address()).Ask(FirstQuestion("r")).has_dial());
  EXPECT_THAT(routed.output(), HasSubstr("plan refused: "));
  EXPECT_THAT(routed.output(), HasSubstr("plan published: customer acme, revision "));
}

TEST(CommandLine, RefusesACustomerWithSeveralPlans) {
  TempDirectory directory;
  directory.Write("1.yaml", MailboxPlan("a", "+3222000101", "one"));
  directory.Write("2.yaml", MailboxPlan("a", "+3222000102", "two"));
  directory.Write("b.yaml", MailboxPlan("b", "+3222000100", "three"));
  RoutedProcess routed({"--plan", directory.Path(""), "--listen", "127.0.0.1:0"});
  Client client(routed.Address());
  EXPECT_EQ(client.Ask(FirstQuestion("r")).voicemail().mailbox(), "three");
  EXPECT_TRUE(client.Ask(FirstQuestion("s", "+3222000101")).has_pass_through());
  EXPECT_THAT(routed.output(), HasSubstr("customer \"a\" has several plans, none of which is "));
}

TEST(CommandLine, CheckTellsGoodFromBad) {
  TempDirectory directory;
  std::string good = directory.Write("good.yaml", kAcmePlan);
  std::string config = directory.Write("c.yaml", "plans: good.yaml\n");
  EXPECT_EQ(RunToEnd({"--check-config", "--config", config}).exit_code, 0);
  std::string bad = directory.Write("bad.yaml", "customer: b\nnumbrs: []\n");
  EXPECT_EQ(RunToEnd({"--check-config", "--plan", good, "--plan", bad}).exit_code, 1);
  EXPECT_EQ(RunToEnd({"--check-config", "--plan", good, "--plan", "no-such-file"}).exit_code, 1);
  const std::string no_key = directory.Write(
      "tls.yaml", "tls: { certificate: no-such.pem, key: no-such.key, client_ca: no-such.pem }\n");
  const Ending no_tls = RunToEnd({"--check-config", "--config", no_key});
  EXPECT_EQ(no_tls.exit_code, 1);
  EXPECT_THAT(no_tls.output, HasSubstr("no-such.pem"));
  std::string wrong = directory.Write("wrong.yaml", "listen: here\nplns: x\n");
  Ending ending = RunToEnd({"--check-config", "--config", wrong});
  EXPECT_EQ(ending.exit_code, 1);
  EXPECT_THAT(ending.output, HasSubstr("wrong.yaml:2:1: error: plns: "));
}

TEST(CommandLine, OthersMayNotReachAnOpenPort) {
  Ending ending = RunToEnd({"--listen", "0.0.0.0:0"});
  EXPECT_EQ(ending.exit_code, 1);
  EXPECT_THAT(ending.output, HasSubstr("--insecure"));
  RoutedProcess insecure({"--listen", "0.0.0.0:0", "--insecure"});
  EXPECT_THAT(insecure.AwaitLine("may do everything"), HasSubstr("nothing is encrypted"));
}

TEST(CommandLine, KeysOpenToOthersAreRefused) {
  TempDirectory directory;
  std::string keys = directory.Path("keys");
  EXPECT_EQ(RunToEnd({"--make-key", keys}).exit_code, 0);
  EXPECT_EQ(RunToEnd({"--make-key", keys}).exit_code, 1);
  struct stat info;
  ASSERT_EQ(stat(keys.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_EQ(RunToEnd({"--check-config", "--key-file", keys}).exit_code, 0);
  chmod(keys.c_str(), 0644);
  Ending ending = RunToEnd({"--listen", "127.0.0.1:0", "--key-file", keys});
  EXPECT_EQ(ending.exit_code, 1);
  EXPECT_THAT(ending.output, HasSubstr("chmod 600"));
}

TEST(CommandLine, PortOfAnotherServerIsNotShared) {
  RoutedProcess first({"--listen", "127.0.0.1:0"});
  Ending second = RunToEnd({"--listen", first.Address()});
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.output, HasSubstr("cannot listen on 127.0.0.1:"));
}

}  // namespace
}  // namespace libroute
