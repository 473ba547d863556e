#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

constexpr absl::string_view kByLine =
    "destination: { cases: [{ numbers: [\"+3222000100\"], then: { voicemail: { mailbox: main } } },"
    " { numbers: [\"+3222000250-+3222000259\"], then: { voicemail: { mailbox: block } } }],"
    " otherwise: { voicemail: { mailbox: other } } }";

TEST(DestinationNode, TakesTheCaseOfTheCalledNumber) {
  TestPlan plan(kByLine);
  EXPECT_EQ(TestCall(plan).Ask(), "voicemail main after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222000250").Ask(), "voicemail block after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222000259").Ask(), "voicemail block after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222000260").Ask(), "voicemail other after unconditional");
}

TEST(DestinationNode, ExplainsTheCalledNumber) {
  TestPlan plan(kByLine);
  TestCall call(plan);
  call.To("+3222000250").Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("called +3222000250 | +3222000100 | does not match | no",
                          "called +3222000250 | +3222000250-+3222000259 | matches | yes"));
  EXPECT_EQ(call.Way().front(),
            "trees.main.destination destination: cases[1] (the called number is one of "
            "+3222000250-+3222000259)");
  call.To("+3222000299").Ask();
  EXPECT_EQ(call.Way().front(),
            "trees.main.destination destination: otherwise (no case has the called number)");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kCall));
}

TEST(DestinationNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("destination: { cases: [{ then: { release: {} } }, { numbers: [\"32\"], "
                       "then: { release: {} } }, { numbers: [\"+32*\"] }] }"),
              ElementsAre("error missing trees.main.destination.cases[0]",
                          "error bad-number trees.main.destination.cases[1].numbers[0]",
                          "error dead-end trees.main.destination.cases[2].then",
                          "error dead-end trees.main.destination"));
  EXPECT_THAT(IssuesOf("destination: { cases: [{ numbers: [\"+322*\", \"+33*\"], then: { release: "
                       "{} } }, { numbers: [\"+3222000100\", \"+331*\"], then: { release: {} } }],"
                       " otherwise: { release: {} } }"),
              ElementsAre("warning never-matches trees.main.destination.cases[1]"));
}

}  // namespace
}  // namespace libroute
