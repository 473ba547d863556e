#include "libroute/carrier/inventory.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/inventory_reader.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/inventory.pb.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

InventoryResult Make(absl::string_view text) {
  const InventoryReading read = ReadInventory(text, "inventory.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return CompileInventory(*read.inventory, 100);
}

std::vector<std::string> Words(const std::vector<Issue>& issues) {
  std::vector<std::string> words;
  for (const Issue& issue : issues) {
    words.push_back(absl::StrCat(SeverityName(issue.severity), " ", issue.code, " ", issue.path));
  }
  return words;
}

Service At(const InventoryResult& result, absl::string_view number, absl::string_view time) {
  absl::Time at;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, time, &at, &error)) << error;
  return result.inventory->ServiceOf(E164Number::Parse(number)->digits(), absl::ToUnixSeconds(at));
}

constexpr absl::string_view kNumbers = R"(
network: ours
time_zone: Europe/Brussels
entities: { branch: { leaves: "2027-01-01 00:00" }, shop: {} }
numbers:
  - { number: "+3222000100" }
  - number: "+3222000200"
    service:
      - { from: "2026-11-01 00:00", state: active }
      - { from: "2026-12-01 00:00", state: ported }
  - { number: "+3222000300", service: { state: suspended } }
  - { number: "+3222000400", entity: branch }
  - { number: "+3222000401", entity: branch, service: [{ state: active }, { from: "2027-02-01T00:00:00Z", state: suspended }] }
  - { number: "+322201*", service: [{ state: active }, { from: "2026-12-01 00:00", state: ended }] }
  - { number: "+3222010001", entity: shop }
)";

TEST(Inventory, KnowsTheStateOfANumberAtEachTime) {
  const InventoryResult result = Make(kNumbers);
  ASSERT_NE(result.inventory, nullptr);
  struct Row {
    const char* number;
    const char* at;
    ServiceState state;
    // When it changes, "" for never.
    const char* until;
  };
  constexpr Row kRows[] = {
      {"+3222000100", "2026-11-23T10:00:00Z", ServiceState::kActive, ""},
      {"+3222000999", "2026-11-23T10:00:00Z", ServiceState::kActive, ""},
      {"+3222000200", "2026-10-31T22:59:59Z", ServiceState::kPending, "2026-10-31T23:00:00Z"},
      {"+3222000200", "2026-10-31T23:00:00Z", ServiceState::kActive, "2026-11-30T23:00:00Z"},
      {"+3222000200", "2026-11-30T22:59:59Z", ServiceState::kActive, "2026-11-30T23:00:00Z"},
      {"+3222000200", "2026-11-30T23:00:00Z", ServiceState::kPorted, ""},
      {"+3222000300", "2026-11-23T10:00:00Z", ServiceState::kSuspended, ""},
      {"+3222000400", "2026-12-31T22:59:59Z", ServiceState::kActive, "2026-12-31T23:00:00Z"},
      {"+3222000400", "2026-12-31T23:00:00Z", ServiceState::kEnded, ""},
      {"+3222000401", "2027-03-01T00:00:00Z", ServiceState::kEnded, ""},
      {"+3222010000", "2026-12-01T00:00:00Z", ServiceState::kEnded, ""},
      {"+3222010001", "2026-12-01T00:00:00Z", ServiceState::kActive, ""},
  };
  for (const Row& row : kRows) {
    const Service service = At(result, row.number, row.at);
    EXPECT_EQ(service.state, row.state) << row.number << " " << row.at;
    const std::string until =
        service.until == Decision::kNoBoundary
            ? ""
            : absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixSeconds(service.until),
                               absl::UTCTimeZone());
    EXPECT_EQ(until, row.until) << row.number << " " << row.at;
  }
}

TEST(Inventory, ReportsAllThatIsWrong) {
  const InventoryResult result = Make(R"(
network: "our net"
time_zone: Mars/Olympus
entities: { a: { leaves: soon } }
numbers:
  - { number: "32" }
  - { number: "+3222000100", service: [{ from: x, state: active }, { from: "2026-12-01 00:00" }] }
  - { number: "+3222000100", entity: b, holder: "?" }
  - { number: "+3222000200", service: [{ from: "2026-12-02 00:00", state: active }, { from: "2026-12-01 00:00", state: ended }] }
barred_callers:
  - { name: x, numbers: [y], country: QQ }
  - { name: x }
barred_destinations:
  - { kind: premium, announce: "no way" }
)");
  EXPECT_EQ(result.inventory, nullptr);
  EXPECT_THAT(
      Words(result.issues),
      ElementsAre("error bad-name network", "error bad-time-zone time_zone",
                  "error bad-time entities.a.leaves", "error bad-number numbers[0].number",
                  "error bad-time numbers[1].service[0].from",
                  "error missing numbers[1].service[1].state",
                  "error bad-name numbers[2].holder", "error unknown-name numbers[2].entity",
                  "error bad-value numbers[3].service[1].from",
                  "error duplicate-number numbers[2].number",
                  "error bad-number barred_callers[0].numbers[0]",
                  "error unknown-name barred_callers[0].country[0]",
                  "error duplicate barred_callers[1].name", "error missing barred_callers[1]",
                  "error missing barred_destinations[0].name",
                  "error bad-name barred_destinations[0].announce"));
}

TEST(Inventory, CountsWhatIsTooMuchToTell) {
  v1::Inventory written;
  for (int i = 0; i < 50; ++i) written.add_numbers()->set_number("x");
  const InventoryResult result = CompileInventory(written, 3);
  ASSERT_EQ(result.issues.size(), 4u);
  EXPECT_EQ(result.issues.back().code, "more");
}

std::vector<std::string> Claims(absl::string_view inventory, absl::string_view numbers) {
  const ReadResult plan = ReadPlan(
      absl::StrCat("customer: acme\ntrees: { main: { release: {} } }\nnumbers: [", numbers, "]"),
      "plan.yaml");
  const InventoryResult result = Make(inventory);
  EXPECT_NE(result.inventory, nullptr);
  return Words(result.inventory->CheckClaims(*plan.plan));
}

constexpr absl::string_view kClaimed = R"(
network: ours
numbers:
  - { number: "+3222000100", network: ours }
  - { number: "+3222000101", network: theirs }
  - { number: "+3222000102", enterprise_office: true }
  - { number: "+3222000103", one_company_number: true }
  - { number: "+3222000104", cnip: true }
  - { number: "+3222000105", holder: bert }
  - { number: "+32470000000" }
  - { number: "+3222000106", kind: premium }
  - { number: "+32470000001", kind: fixed }
  - { number: "+322201*" }
  - { number: "+3222010005", enterprise_office: true, network: theirs }
)";

TEST(Inventory, SaysWhichNumbersAPlanMayNotClaim) {
  struct Row {
    const char* number;
    const char* issue;
  };
  constexpr Row kRows[] = {
      {"\"+3222000100\"", ""},
      {"\"+3222000101\"", "error not-own-network numbers[0].number"},
      {"\"+3222000102\"", "error enterprise-office numbers[0].number"},
      {"\"+3222000103\"", "error one-company-number numbers[0].number"},
      {"\"+3222000104\"", "warning loses-cnip numbers[0].number"},
      {"\"+3222000105\"", "error other-holder numbers[0].number"},
      {"\"+3222000105\", holder: bert", ""},
      {"\"+32470000000\"", "error not-geographic numbers[0].number"},
      {"\"+3222000106\"", "error not-geographic numbers[0].number"},
      {"\"+32470000001\"", ""},
      {"\"+3222000107\"", "error not-in-inventory numbers[0].number"},
      {"\"+3222010000-+3222010004\"", ""},
      {"\"+3222010006\"", ""},
  };
  for (const Row& row : kRows) {
    const std::vector<std::string> claims =
        Claims(kClaimed, absl::StrCat("{ number: ", row.number, ", tree: main }"));
    if (row.issue[0] == '\0') {
      EXPECT_THAT(claims, IsEmpty()) << row.number;
    } else {
      EXPECT_THAT(claims, ElementsAre(row.issue)) << row.number;
    }
  }
}

TEST(Inventory, LooksAtEveryEntryOfABlock) {
  EXPECT_THAT(Claims(kClaimed, "{ number: \"+322201*\", tree: main }"),
              ElementsAre("error not-own-network numbers[0].number",
                          "error enterprise-office numbers[0].number"));
  EXPECT_THAT(Claims(kClaimed,
                     "{ number: \"+3222000100\", tree: main }, "
                     "{ number: \"+3222000100-+3222000104\", tree: main }"),
              Contains("warning loses-cnip numbers[1].number"));
}

TEST(Inventory, ATimeZoneIsNoFileName) {
  for (const char* zone : {"../../etc/passwd", "/etc/localtime", "localtime"}) {
    const InventoryResult result = Make(absl::StrCat("network: n\ntime_zone: ", zone, "\n"));
    EXPECT_THAT(Words(result.issues), ElementsAre("error bad-time-zone time_zone")) << zone;
  }
}

}  // namespace
}  // namespace libroute
