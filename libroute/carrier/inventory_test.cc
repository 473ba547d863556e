#include "libroute/carrier/inventory.h"

#include <algorithm>
#include <random>
#include <set>
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
limits:
  - { name: mass-call, numbers: ["+32*"] }
  - { name: mass-call, calls: 2000000 }
  - { numbers: ["+32*"], rate: { calls: 1 } }
)");
  EXPECT_EQ(result.inventory, nullptr);
  EXPECT_THAT(
      Words(result.issues),
      ElementsAre(
          "error bad-name network", "error bad-time-zone time_zone",
          "error bad-time entities.a.leaves", "error bad-number numbers[0].number",
          "error bad-time numbers[1].service[0].from", "error missing numbers[1].service[1].state",
          "error bad-name numbers[2].holder", "error unknown-name numbers[2].entity",
          "error bad-value numbers[3].service[1].from", "error duplicate-number numbers[2].number",
          "error bad-number barred_callers[0].numbers[0]",
          "error unknown-name barred_callers[0].country[0]",
          "error duplicate barred_callers[1].name", "error missing barred_callers[1]",
          "error missing barred_destinations[0].name",
          "error bad-name barred_destinations[0].announce", "error missing limits[0]",
          "error duplicate limits[1].name", "error missing limits[1]",
          "error bad-value limits[1].calls", "error missing limits[2].name",
          "error missing limits[2].rate.per"));
}

TEST(Inventory, CountsWhatIsTooMuchToTell) {
  v1::Inventory written;
  for (int i = 0; i < 50; ++i) written.add_numbers()->set_number("x");
  const InventoryResult result = CompileInventory(written, 3);
  ASSERT_EQ(result.issues.size(), 4u);
  EXPECT_EQ(result.issues.back().code, "more");
}

// 2026-11-23.
constexpr int64_t kClaimedAt = 1795424400;

std::vector<std::string> Claims(absl::string_view inventory, absl::string_view numbers) {
  const ReadResult plan = ReadPlan(
      absl::StrCat("customer: acme\ntrees: { main: { release: {} } }\nnumbers: [", numbers, "]"),
      "plan.yaml");
  const InventoryResult result = Make(inventory);
  EXPECT_NE(result.inventory, nullptr);
  return Words(result.inventory->CheckClaims(ClaimsOf(*plan.plan), kClaimedAt));
}

constexpr absl::string_view kClaimed = R"(
network: ours
numbers:
  - { number: "+3222000100", network: ours }
  - { number: "+3222000101", network: theirs }
  - { number: "+3222000102", enterprise_office: true }
  - { number: "+3222000103", one_company_number: true }
  - { number: "+3222000104", cnip: displayed }
  - { number: "+3222000108", cnip: declined }
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
      {"\"+3222000108\"", "error keeps-cnip numbers[0].number"},
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

TEST(Inventory, HasEveryNumberOfABlockOrRefusesIt) {
  constexpr absl::string_view kParts = R"(
network: ours
numbers:
  - { number: "+3222000100-+3222000149" }
  - { number: "+3222000150-+3222000198" }
  - { number: "+32220005*" }
  - { number: "+322200060*" }
  - { number: "+322200061*" }
)";
  auto claim = [&](absl::string_view numbers) {
    return Claims(kParts, absl::StrCat("{ number: \"", numbers, "\", tree: main }"));
  };
  for (const char* all : {"+3222000100-+3222000198", "+3222000120-+3222000170",
                          "+3222000510-+3222000619", "+322200055*", "+3222000500-+3222000599"}) {
    EXPECT_THAT(claim(all), IsEmpty()) << all;
  }
  for (const char* some : {"+3222000100-+3222000199", "+3222000099-+3222000120", "+32220006*",
                           "+322200*", "+3222000610-+3222000620", "+32220001*", "+32990*"}) {
    EXPECT_THAT(claim(some), ElementsAre("error not-in-inventory numbers[0].number")) << some;
  }
}

// Against a slow look at every number.
TEST(Inventory, CoversABlockIfItCoversEachOfItsNumbers) {
  std::mt19937 random(7);
  auto pick = [&](int below) { return static_cast<int>(random() % static_cast<uint32_t>(below)); };
  auto number = [](int end) { return absl::StrCat("+3222000", absl::Dec(end, absl::kZeroPad3)); };
  auto pattern = [&] {
    const int first = pick(1000);
    if (pick(3) == 0) return number(first);
    if (pick(2) == 0) return absl::StrCat(number(first).substr(0, 8 + pick(3)), "*");
    const int last = std::min(999, first + pick(120));
    return first == last ? number(first) : absl::StrCat(number(first), "-", number(last));
  };
  int covered = 0;
  for (int round = 0; round < 1000; ++round) {
    v1::Inventory written;
    written.set_network("ours");
    for (int i = 1 + pick(8); i > 0; --i) {
      v1::InventoryNumber* entry = written.add_numbers();
      entry->set_number(pattern());
      if (pick(6) == 0) entry->set_network("theirs");
    }
    const InventoryResult made = CompileInventory(written, 100);
    if (made.inventory == nullptr) continue;
    const int first = pick(1000);
    const NumberPattern claimed = *NumberPattern::Parse(
        absl::StrCat(number(first), "-", number(std::min(999, first + pick(150)))));
    std::set<std::string> expected;
    for (int end = 0; end < 1000; ++end) {
      const NumberPattern one = *NumberPattern::Parse(number(end));
      if (!claimed.Covers(one)) continue;
      for (const Issue& issue : made.inventory->CheckClaims({{one, "acme"}}, 0)) {
        expected.insert(issue.code);
      }
    }
    std::set<std::string> found;
    for (const Issue& issue : made.inventory->CheckClaims({{claimed, "acme"}}, 0)) {
      found.insert(issue.code);
    }
    EXPECT_EQ(found, expected) << written.ShortDebugString() << " " << claimed.ToString();
    covered += expected.empty() ? 1 : 0;
  }
  EXPECT_GT(covered, 10);
}

TEST(Inventory, EntriesThatOthersHideDoNotCount) {
  constexpr absl::string_view kHidden = R"(
network: ours
numbers:
  - { number: "+322200010*", network: theirs }
  - { number: "+3222000100-+3222000109" }
  - { number: "+32220002*", enterprise_office: true }
  - { number: "+322200020*" }
)";
  EXPECT_THAT(Claims(kHidden, "{ number: \"+3222000100-+3222000109\", tree: main }"), IsEmpty());
  EXPECT_THAT(Claims(kHidden, "{ number: \"+322200020*\", tree: main }"), IsEmpty());
  EXPECT_THAT(Claims(kHidden, "{ number: \"+3222000200-+3222000210\", tree: main }"),
              ElementsAre("error enterprise-office numbers[0].number"));
}

TEST(Inventory, ABlockIsGeographicIfAllOfItIs) {
  constexpr absl::string_view kAll = "network: ours\nnumbers: [{ number: \"+32*\" }]";
  EXPECT_THAT(Claims(kAll, "{ number: \"+322200*\", tree: main }"), IsEmpty());
  // Liege, and every mobile.
  EXPECT_THAT(Claims(kAll, "{ number: \"+324*\", tree: main }"),
              ElementsAre("error not-geographic numbers[0].number"));
  const InventoryResult made = Make(kAll);
  const std::vector<Issue> issues =
      made.inventory->CheckClaims({{*NumberPattern::Parse("+324*"), "acme"}}, kClaimedAt);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_THAT(issues[0].message, HasSubstr("mobile"));
}

TEST(Inventory, WarnsOfNumbersThatAreNotInServiceAnyMore) {
  constexpr absl::string_view kStates = R"(
network: ours
numbers:
  - { number: "+3222000100", service: [{ state: active }, { from: "2026-11-01 00:00", state: ported }] }
  - { number: "+3222000101", service: [{ state: active }, { from: "2026-12-01 00:00", state: ported }] }
  - { number: "+3222000102", service: [{ from: "2026-12-01 00:00", state: active }] }
  - { number: "+3222000103", service: [{ state: ended }] }
)";
  EXPECT_THAT(Claims(kStates,
                     "{ number: \"+3222000100\", tree: main }, "
                     "{ number: \"+3222000101\", tree: main }, "
                     "{ number: \"+3222000102\", tree: main }, "
                     "{ number: \"+3222000103\", tree: main }"),
              ElementsAre("warning not-in-service numbers[0].number",
                          "warning not-in-service numbers[3].number"));
}

TEST(Inventory, KnowsTheStateOfACustomerAtEachTime) {
  const InventoryResult result = Make(R"(
network: ours
entities: { gone: { leaves: "2026-12-01T00:00:00Z" } }
customers:
  acme: { service: [{ state: active }, { from: "2026-11-23T00:00:00Z", state: suspended }] }
  beta: { entity: gone }
)");
  ASSERT_NE(result.inventory, nullptr);
  auto at = [&](absl::string_view customer, absl::string_view time) {
    absl::Time when;
    EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, time, &when, nullptr));
    return result.inventory->CustomerService(customer, absl::ToUnixSeconds(when)).state;
  };
  EXPECT_EQ(at("acme", "2026-11-22T23:59:59Z"), ServiceState::kActive);
  EXPECT_EQ(at("acme", "2026-11-23T00:00:00Z"), ServiceState::kSuspended);
  EXPECT_EQ(at("beta", "2026-11-30T00:00:00Z"), ServiceState::kActive);
  EXPECT_EQ(at("beta", "2026-12-01T00:00:00Z"), ServiceState::kEnded);
  EXPECT_EQ(at("other", "2026-12-01T00:00:00Z"), ServiceState::kActive);
  EXPECT_THAT(
      Words(Make("network: n\ncustomers: { a: { service: [{ from: x, state: active }], "
                 "entity: b }, \"a b\": {} }")
                .issues),
      ElementsAre("error bad-time customers.a.service[0].from",
                  "error unknown-name customers.a.entity", "error bad-name customers[\"a b\"]"));
}

TEST(Inventory, MayBeLarge) {
  std::string text = "network: ours\nnumbers:\n";
  for (int i = 0; i < 20'000; ++i) {
    absl::StrAppend(&text, "- { number: \"+32220", absl::Dec(i, absl::kZeroPad5), "\" }\n");
  }
  EXPECT_EQ(InventoryLimits().max_list, 1'000'000);
  EXPECT_EQ(InventoryLimits().max_bytes, 256u << 20);
  EXPECT_THAT(Make(text).issues, IsEmpty());
}

TEST(Inventory, ATimeZoneIsNoFileName) {
  for (const char* zone : {"../../etc/passwd", "/etc/localtime", "localtime"}) {
    const InventoryResult result = Make(absl::StrCat("network: n\ntime_zone: ", zone, "\n"));
    EXPECT_THAT(Words(result.issues), ElementsAre("error bad-time-zone time_zone")) << zone;
  }
}

}  // namespace
}  // namespace libroute
