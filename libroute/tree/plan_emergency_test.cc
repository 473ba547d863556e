#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A plan that has nothing but these sites.
v1::Plan PlanWith(absl::string_view sites) {
  return ReadWholePlan(absl::StrCat(
      "customer: acme\nnumbers: [{ number: \"+3222000100\", tree: main }]\ntrees: { main: { "
      "release: {} } }\nsites: { ",
      sites, " }\n"));
}

std::vector<std::string> IssuesWith(absl::string_view site) {
  return IssuesOf(PlanWith(absl::StrCat("here: ", site)));
}

TEST(PlanEmergency, AcceptsWhatIsComplete) {
  EXPECT_THAT(IssuesWith(R"({ country: BE, place: here, call_back: "+3222000100",
                              emergency_routing: { "112": "C0A1", "100": "+3222" },
                              lines: [{ numbers: "+3222*", place: there, roaming: true }] })"),
              IsEmpty());
}

TEST(PlanEmergency, ReportsWhatIsWrong) {
  EXPECT_THAT(IssuesWith(R"({ country: XX, place: here, call_back: "100",
                              emergency_routing: { "112": "xyz", "+32": "C0" },
                              lines: [{ numbers: "22" }, {}] })"),
              testing::IsSupersetOf({"error bad-value sites.here.country",
                                     "error bad-number sites.here.call_back",
                                     "error bad-number sites.here.emergency_routing.112",
                                     "error bad-number sites.here.emergency_routing[\"+32\"]",
                                     "error bad-number sites.here.lines[0].numbers",
                                     "error bad-number sites.here.lines[1].numbers"}));
  EXPECT_THAT(IssuesWith(R"({ country: FR, place: here, emergency_routing: { "12": "99", "15": "98", "911": "97" } })"),
              ElementsAre("error bad-number sites.here.emergency_routing.12",
                          "error bad-number sites.here.emergency_routing.911"));
  EXPECT_THAT(IssuesWith(absl::StrCat("{ place: ", std::string(201, 'x'), " }")),
              ElementsAre("error too-long sites.here.place"));
  EXPECT_THAT(IssuesWith(R"({ place: here, call_back: "+3290012345" })"),
              ElementsAre("error bad-call-back sites.here.call_back"));
}

TEST(PlanEmergency, ALineIsAtOnePlace) {
  EXPECT_THAT(IssuesOf(PlanWith(R"(one: { place: here, lines: { numbers: "+3222000100" } },
                                   two: { place: there, lines: { numbers: "+3222000100" } })")),
              ElementsAre("error duplicate-number sites.two.lines[0].numbers"));
}

TEST(PlanEmergency, WarnsOfLinesThatNobodyFinds) {
  EXPECT_THAT(IssuesWith(R"({ lines: { numbers: "+3222*" } })"),
              ElementsAre("warning no-place sites.here"));
  EXPECT_THAT(IssuesWith("{}"), IsEmpty());
}

TEST(PlanEmergency, WarnsOfLinesThatCannotBeCalledBack) {
  for (const char* lines : {"+3290012345", "+33800123400-+33800123499", "+3389*"}) {
    const std::string site = absl::StrCat("{ place: here, lines: { numbers: \"", lines, "\" }");
    EXPECT_THAT(IssuesWith(site + " }"),
                ElementsAre("warning no-call-back sites.here.lines[0].numbers"))
        << lines;
    EXPECT_THAT(IssuesWith(site + ", call_back: \"+3222000100\" }"), IsEmpty()) << lines;
  }
  EXPECT_THAT(IssuesWith(R"({ place: here, lines: { numbers: "+3222*" } })"), IsEmpty());
}

TEST(PlanEmergency, TheMostSpecificEntrySaysWhereALineIs) {
  TestPlan plan(PlanWith(R"(one: { place: here, lines: [{ numbers: "+3222*" },
                                  { numbers: "+3222000110", place: upstairs }] })"));
  const EmergencySites& sites = plan.plan().emergency_sites();
  EXPECT_EQ(sites.Find(*E164Number::Parse("+3222000111")).place, "here");
  EXPECT_EQ(sites.Find(*E164Number::Parse("+3222000110")).place, "upstairs");
  EXPECT_EQ(sites.Find(*E164Number::Parse("+3233000110")).site, nullptr);
}

}  // namespace
}  // namespace libroute
