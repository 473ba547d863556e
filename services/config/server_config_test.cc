#include "services/config/server_config.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> Complaints(absl::string_view text) {
  std::vector<std::string> lines;
  for (const Issue& issue : ReadConfig(text, "c.yaml").issues) lines.push_back(FormatIssue(issue));
  return lines;
}

TEST(ServerConfig, ReadsAllOfIt) {
  ConfigReading reading = ReadConfig(R"(
listen: ["127.0.0.1:7070", "unix:run/x.sock"]
plans: plans
inventory: carrier.yaml
ingresses:
  - { name: north, country: BE, place: "Gent, Kouter 1", customer: acme }
principals:
  - { certificate_san: sbc-1.example.net, switch: { name: sbc-1, ingresses: north } }
  - { unix_uid: 0, operator: {} }
  - { certificate_san: "spiffe://x/acme", customer: acme }
key_file: /etc/keys
tls: { certificate: c.pem, key: k.pem, client_ca: ca.pem, require_client_certificate: true }
limits: { max_message_bytes: 2048, max_attempts: 5, max_hops: 255, max_call_age: 1h30m, claim_lease: 2h }
records: { directory: calls, max_file: 1048576, keep: 30, daily: true }
)",
                                     "/etc/routed/c.yaml");
  EXPECT_THAT(reading.issues, IsEmpty());
  const ServerConfig& config = reading.config;
  ASSERT_EQ(config.listen.size(), 2u);
  EXPECT_EQ(config.listen[1].unix_path, "/etc/routed/run/x.sock");
  EXPECT_THAT(config.plans, ElementsAre("/etc/routed/plans"));
  EXPECT_EQ(config.inventory, "/etc/routed/carrier.yaml");
  ASSERT_EQ(config.ingresses.size(), 1u);
  EXPECT_EQ(config.ingresses[0].country, "BE");
  EXPECT_EQ(config.ingresses[0].customer, "acme");
  ASSERT_EQ(config.principals.size(), 3u);
  EXPECT_EQ(std::get<std::string>(config.principals[0].identity), "sbc-1.example.net");
  EXPECT_EQ(config.principals[0].principal.switch_name, "sbc-1");
  EXPECT_THAT(config.principals[0].principal.ingresses, ElementsAre("north"));
  EXPECT_EQ(std::get<uid_t>(config.principals[1].identity), 0u);
  EXPECT_TRUE(config.principals[1].principal.is_operator);
  EXPECT_EQ(config.principals[2].principal.customer, "acme");
  EXPECT_EQ(config.key_file, "/etc/keys");
  ASSERT_TRUE(config.tls.has_value());
  EXPECT_EQ(config.tls->client_ca, "/etc/routed/ca.pem");
  EXPECT_TRUE(config.tls->requires_client_certificate);
  EXPECT_EQ(config.max_message_bytes, 2048);
  EXPECT_EQ(config.max_attempts, 5);
  EXPECT_EQ(config.max_hops, 255);
  EXPECT_EQ(config.max_call_age, absl::Minutes(90));
  EXPECT_EQ(config.claim_lease, absl::Hours(2));
  ASSERT_TRUE(config.records.has_value());
  EXPECT_EQ(config.records->directory, "/etc/routed/calls");
  EXPECT_EQ(config.records->max_file, 1048576u);
  EXPECT_EQ(config.records->keep, 30);
  EXPECT_TRUE(config.records->daily);
}

TEST(ServerConfig, OfAnEmptyFileIsTheDefault) {
  ConfigReading reading = ReadConfig("{}", "c.yaml");
  EXPECT_THAT(reading.issues, IsEmpty());
  EXPECT_EQ(reading.config.max_attempts, 32);
  EXPECT_EQ(reading.config.max_hops, 10);
  EXPECT_FALSE(reading.config.tls.has_value());
  EXPECT_FALSE(reading.config.records.has_value());
}

TEST(ServerConfig, ListsEveryMistakeWithItsPlace) {
  EXPECT_THAT(
      Complaints("listen: [example.net]\n"
                 "ingresses:\n"
                 "  - { name: north }\n"
                 "  - { name: north }\n"
                 "principals:\n"
                 "  - { unix_uid: 7, switch: { name: 'a b', ingresses: [nort] } }\n"
                 "  - { unix_uid: 7, operator: {} }\n"
                 "  - { customer: acme }\n"
                 "  - { unix_uid: 8 }\n"
                 "limits: { max_attempts: 1001, max_call_age: 1s, max_message_bytes: 1, "
                 "claim_lease: 200h, max_hops: 256 }\n"),
      ElementsAre(
          "c.yaml:1:10: error: listen[0]: \"example.net\" is not an address to listen on: the port "
          "is missing; write 127.0.0.1:7070, [::1]:7070 or unix:/run/routed.sock",
          "c.yaml:4:7: error: ingresses[1].name: there is another ingress \"north\"",
          "c.yaml:6:30: error: principals[0].switch.name: \"a b\" is not a name: 1 to 64 letters, "
          "digits, '-', '_' and '.'",
          "c.yaml:6:55: error: principals[0].switch.ingresses[0]: no ingress \"nort\"; did you "
          "mean \"north\"?",
          "c.yaml:7:5: error: principals[1]: there is another principal for user 7",
          "c.yaml:8:5: error: principals[2]: how it is known is missing: certificate_san or "
          "unix_uid",
          "c.yaml:9:5: error: principals[3]: what it may do is missing: switch, operator, "
          "customer or supervisor",
          "c.yaml:10:49: error: limits.max_message_bytes: 1 is not between 1024 and 268435456",
          "c.yaml:10:11: error: limits.max_attempts: 1001 is not between 1 and 1000",
          "c.yaml:10:90: error: limits.max_hops: 256 is not between 1 and 255",
          "c.yaml:10:31: error: limits.max_call_age: 1s is not between 1 minute and 7 days",
          "c.yaml:10:71: error: limits.claim_lease: 200h is not between 1 minute and 7 days"));
}

TEST(ServerConfig, ReadsHowNumbersAreWritten) {
  const ConfigReading reading = ReadConfig(
      "ingresses:\n"
      "  - { name: a, country: BE }\n"
      "  - { name: b, country: BE, numbers: {} }\n"
      "  - { name: c, country: ES, numbers: { routing_prefix: '99' } }\n"
      "  - { name: d, country: FR, numbers: { national_prefix: '', unprefixed: national } }\n"
      "  - { name: e, numbers: { country_code: '1', international_prefix: '011',\n"
      "                          unprefixed: international } }\n",
      "c.yaml");
  EXPECT_THAT(reading.issues, IsEmpty());
  std::vector<std::string> read;
  for (const Ingress& ingress : reading.config.ingresses) {
    const NumberProfile& numbers = ingress.numbers;
    read.push_back(
        absl::StrCat(numbers.country_code.ToString(), "/", numbers.national_prefix.ToString(), "/",
                     numbers.international_prefix.ToString(), "/",
                     numbers.routing_prefix.ToString(), "/", static_cast<int>(numbers.unprefixed)));
  }
  EXPECT_THAT(read, ElementsAre("////0", "32/0/00//0", "34//00/99/1", "33//00//1", "1//011//2"));
}

TEST(ServerConfig, RefusesNumbersThatCannotBeWrittenSo) {
  EXPECT_THAT(Complaints("ingresses:\n"
                         "  - { name: a, numbers: { national_prefix: '0' } }\n"
                         "  - { name: b, numbers: { country_code: '999' } }\n"
                         "  - { name: c, country: BE, numbers: { national_prefix: '00' } }\n"
                         "  - { name: d, country: BE, numbers: { routing_prefix: 9x } }\n"),
              ElementsAre(testing::HasSubstr("c.yaml:2:16: error: ingresses[0].numbers: "
                                             "country_code: is missing"),
                          testing::HasSubstr("ingresses[1].numbers: country_code: \"999\" is no"),
                          testing::HasSubstr("ingresses[2].numbers: national_prefix: \"00\""),
                          testing::HasSubstr("c.yaml:5:40: error: "
                                             "ingresses[3].numbers.routing_prefix: \"9x\"")));
}

TEST(ServerConfig, RefusesACustomerOfAnIngressThatIsNoName) {
  EXPECT_THAT(Complaints("ingresses: { name: north, customer: 'a b' }\n"),
              ElementsAre("c.yaml:1:27: error: ingresses[0].customer: \"a b\" is not a name: 1 to "
                          "64 letters, digits, '-', '_' and '.'"));
}

TEST(ServerConfig, ReadsWhichGroupsASupervisorLooksAfter) {
  const ConfigReading reading = ReadConfig(
      "principals: { unix_uid: 7, supervisor: { customer: acme, groups: [desk, second] } }\n",
      "c.yaml");
  EXPECT_THAT(reading.issues, IsEmpty());
  ASSERT_EQ(reading.config.principals.size(), 1u);
  const Principal& principal = reading.config.principals[0].principal;
  EXPECT_EQ(principal.supervised_customer, "acme");
  EXPECT_THAT(principal.groups, ElementsAre("desk", "second"));
}

TEST(ServerConfig, RefusesASupervisorOfNoGroupsOrOfOneTwice) {
  EXPECT_THAT(
      Complaints("principals:\n"
                 "  - { unix_uid: 7, supervisor: { customer: acme } }\n"
                 "  - { unix_uid: 8, supervisor: { customer: 'a b', groups: ['c d', x, x] } }\n"),
      ElementsAre(
          HasSubstr("principals[0].supervisor: groups is missing: those that it looks after"),
          HasSubstr("principals[1].supervisor.customer: \"a b\" is not a name"),
          HasSubstr("principals[1].supervisor.groups[0]: \"c d\" is not a name"),
          HasSubstr("principals[1].supervisor.groups[2]: group \"x\" is there already")));
}

TEST(ServerConfig, CannotKnowCertificatesWithoutAnAuthority) {
  EXPECT_THAT(Complaints("principals: { certificate_san: a.example.net, operator: {} }\n"
                         "tls: { certificate: c.pem, key: k.pem }\n"),
              ElementsAre("c.yaml:2:1: error: tls: client_ca is missing: clients' certificates "
                          "cannot be verified without it"));
}

TEST(ServerConfig, RefusesRecordsThatCannotBeKeptSo) {
  EXPECT_THAT(Complaints("records: { max_file: 4095, keep: 1000001 }\n"),
              ElementsAre("c.yaml:1:1: error: records: directory is missing: where the files are "
                          "written",
                          "c.yaml:1:12: error: records.max_file: 4095 is not between 4096 and "
                          "1099511627776",
                          "c.yaml:1:28: error: records.keep: 1000001 is more than 1000000"));
}

TEST(ServerConfig, RefusesUnknownFieldsByName) {
  EXPECT_THAT(Complaints("listne: ['127.0.0.1:1']\n"),
              ElementsAre(testing::AllOf(testing::HasSubstr("c.yaml:1:1: error: listne"),
                                         testing::HasSubstr("did you mean \"listen\"?"))));
}

}  // namespace
}  // namespace libroute
