#include "libroute/readers/plan_writer.h"

#include <string>

#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// What comes of a plan that is read and written.
std::string Rewritten(absl::string_view text) {
  const ReadResult read = ReadPlan(text, "f.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return WritePlan(*read.plan);
}

TEST(PlanWriter, WritesAsPeopleDo) {
  constexpr absl::string_view kText = R"yaml(customer: acme
time_zone: "Europe/Brussels"
numbers:
  - { number: "+3222000100", tree: desk }
trees:
  desk:
    dial:
      to: [front, "+32470000001"]
      ring: 20s
      on_busy: { announce: { message: all-our-lines-are-busy, answering: early } }
      otherwise: { voicemail: { mailbox: desk } }
  end: { release: {} }
destinations: { front: { number: "+3222000111", setup: 1.500s } }
)yaml";
  EXPECT_EQ(Rewritten(kText),
            "customer: acme\n"
            "time_zone: \"Europe/Brussels\"\n"
            "numbers: [{ number: \"+3222000100\", tree: desk }]\n" +
                std::string(kText.substr(kText.find("trees:"))));
}

TEST(PlanWriter, WritesGroupsAsPeopleDo) {
  constexpr absl::string_view kText = R"yaml(groups:
  level-2:
    agents: [ann, bob]
    index: { ann: 70 }
    skilled: "fr >= 60 and (network or linux)"
    strategy: lowest_sufficient_index
    steps: [{ after: 20s, least_index: 40 }, { after: 90s, add_group: desk }]
    max_waiting: 0
    without_agents: wait
    offer: accept_first
agents: { ann: { skills: { fr: 90 }, preferences: { level-2: 2 }, reserve: true } }
skills: { fr: { description: French } }
contact_center: { reasons: [lunch], choice: service_level, email_delay: 43200s }
)yaml";
  EXPECT_EQ(Rewritten(kText), std::string(kText));
}

TEST(PlanWriter, BeginsLongItemsAtTheDash) {
  const std::string text =
      "trees:\n"
      "  desk:\n"
      "    switch:\n"
      "      cases:\n"
      "        - switch: the-meeting-of-all-that-are-in-this-house\n"
      "          then: { announce: { message: everybody-is-at-the-meeting-of-this-house } }\n"
      "        - { switch: flood, then: { announce: { message: the-house-is-under-water-again } } "
      "}\n";
  EXPECT_EQ(Rewritten(text), text);
}

TEST(PlanWriter, QuotesWhatWouldBeSomethingElse) {
  EXPECT_EQ(
      Rewritten(
          R"yaml({customer: "on", description: "a: b #\n\"c\\", dial_strings: {"*44": "1", "x y": t}})yaml"),
      "customer: \"on\"\n"
      "description: \"a: b #\\u000a\\\"c\\\\\"\n"
      "dial_strings: { \"*44\": \"1\", \"x y\": t }\n");
}

TEST(PlanWriter, WritesNothingAsAnEmptyPlan) {
  EXPECT_EQ(WritePlan(v1::Plan()), "{}\n");
}

}  // namespace
}  // namespace libroute
