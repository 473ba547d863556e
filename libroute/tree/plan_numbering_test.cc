#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A plan with two blocks of numbers and sites written in YAML.
std::string NumberingPlan(absl::string_view sites, absl::string_view more = "",
                     absl::string_view numbering = "{ prefix: \"5\", country: FR }") {
  return absl::StrCat("customer: acme\nnumbering: ", numbering, "\nsites: { ", sites, " }\n", more,
                      R"(
numbers:
  - { number: "+33562070400-+33562070499", tree: main }
  - { number: "+33223280400-+33223281499", tree: main }
trees: { main: { dial: { to: called } } }
)");
}

std::vector<std::string> Found(absl::string_view sites, absl::string_view more = "",
                               absl::string_view numbering = "{ prefix: \"5\", country: FR }") {
  std::vector<std::string> found = IssuesOf(ReadWholePlan(NumberingPlan(sites, more, numbering)));
  // That a site has no place is not what is looked at here.
  std::erase_if(found, [](const std::string& text) { return absl::StrContains(text, "no-place"); });
  return found;
}

// The message of the only error.
std::string Message(absl::string_view sites, absl::string_view more = "",
                    absl::string_view numbering = "{ prefix: \"5\", country: FR }") {
  return MessageOf(ReadWholePlan(NumberingPlan(sites, more, numbering)), "number-overlap");
}

constexpr absl::string_view kToulouse =
    "toulouse: { code: \"01\", extensions: [{ numbers: \"+33562070410-+33562070499\", digits: 3 }] "
    "}";

std::string Rennes(absl::string_view code, absl::string_view from) {
  return absl::StrCat(", rennes: { code: \"", code,
                      "\", extensions: [{ numbers: \"+33223280411-+33223280499\", ", from, " }] }");
}

constexpr char kRennesAt[] = "sites.rennes.extensions[0]";

TEST(PlanNumbering, InternalNumbersAreThoseOfTheSites) {
  TestPlan plan(ReadWholePlan(NumberingPlan(absl::StrCat(kToulouse, Rennes("02", "digits: 3")))));
  auto find = [&](absl::string_view dialled) {
    return plan.plan().FindInternal(*Digits::Parse(dialled)).ToString();
  };
  EXPECT_EQ(find("501410"), "+33562070410");
  EXPECT_EQ(find("501411"), "+33562070411");
  EXPECT_EQ(find("502411"), "+33223280411");
  EXPECT_EQ(find("502410"), "");
}

TEST(PlanNumbering, ExtensionsMayBeChosenAndMayBeginAgainAtZero) {
  TestPlan plan(
      ReadWholePlan(NumberingPlan("a: { code: \"1\", extensions: [{ numbers: "
                             "\"+33562070410-+33562070419\", first: \"7000\" }] }, "
                             "b: { code: \"2345\", extensions: [{ numbers: "
                             "\"+33223280990-+33223281010\", digits: 3 }] }")));
  auto find = [&](absl::string_view dialled) {
    return plan.plan().FindInternal(*Digits::Parse(dialled)).ToString();
  };
  EXPECT_EQ(find("517000"), "+33562070410");
  EXPECT_EQ(find("517009"), "+33562070419");
  EXPECT_EQ(find("52345999"), "+33223280999");
  EXPECT_EQ(find("52345000"), "+33223281000");
  EXPECT_EQ(find("52345010"), "+33223281010");
  EXPECT_EQ(find("52345011"), "");
}

TEST(PlanNumbering, RefusesOverlapsWithinAndBetweenSites) {
  EXPECT_THAT(Found(absl::StrCat(kToulouse, Rennes("02", "digits: 3"))), IsEmpty());
  EXPECT_THAT(Found(absl::StrCat(kToulouse, Rennes("01", "digits: 3"))),
              ElementsAre("error number-overlap sites.toulouse.extensions[0]"));
  EXPECT_EQ(Message(absl::StrCat(kToulouse, Rennes("01", "digits: 3"))),
            "internal numbers begin with 501411 here and at sites.rennes.extensions[0]; give the "
            "sites codes, and the lines extensions, that differ");
  // 5 0 1410 and 5 01 410.
  EXPECT_THAT(Message(absl::StrCat(kToulouse, Rennes("0", "first: \"1450\""))),
              HasSubstr("begin with 501450 here"));
  EXPECT_THAT(Found("a: { code: \"1\", extensions: [{ numbers: \"+33562070410\", first: \"400\" }, "
                    "{ numbers: \"+33562070411\", first: \"400\" }] }"),
              ElementsAre("error number-overlap sites.a.extensions[1]"));
}

TEST(PlanNumbering, RefusesOverlapsWithWhatIsDialledOutside) {
  struct Case {
    absl::string_view numbering;
    absl::string_view code;
    absl::string_view text;
  };
  const Case cases[] = {
      {"{ prefix: \"0\", country: FR }", "01", "numbers outside, which begin with 0"},
      {"{ prefix: \"3\", country: FR }", "9004", "the short number 3900"},
      {"{ prefix: \"1\", country: FR }", "12", "the emergency number 112"},
      {"{ prefix: \"1\", country: FR }", "80", "the emergency number 18"},
      {"{ prefix: \"1\", country: FR }", "1821", "the directory service 118214"},
      {"{ prefix: \"9\", country: GB }", "99", "the emergency number 999"},
      {"{ prefix: \"5\", country: DK }", "01", "national numbers, which are dialled as they are"},
  };
  for (const Case& each : cases) {
    const std::string site = absl::StrCat("a: { code: \"", each.code,
                                          "\", extensions: [{ numbers: "
                                          "\"+33562070410-+33562070499\", digits: 3 }] }");
    EXPECT_THAT(Found(site, "", each.numbering),
                ElementsAre("error number-overlap sites.a.extensions[0]"))
        << each.numbering;
    EXPECT_THAT(Message(site, "", each.numbering), HasSubstr(std::string(each.text)));
  }
  // The country of the site counts, and those of others, whose lines dial it, too.
  EXPECT_THAT(Found(absl::StrCat("a: { country: DK, ", kToulouse.substr(12))),
              ElementsAre("error number-overlap sites.a.extensions[0]"));
  const std::string abroad = absl::StrCat(kToulouse, ", b: { country: DK }");
  EXPECT_THAT(Found(abroad), ElementsAre("error number-overlap sites.toulouse.extensions[0]"));
  EXPECT_THAT(Message(abroad), HasSubstr("which are dialled as they are in DK"));
}

TEST(PlanNumbering, RefusesWhatIsNotWrittenRight) {
  struct Case {
    absl::string_view site;
    absl::string_view issue;
  };
  const Case cases[] = {
      {"code: \"01\"", "missing sites.a.extensions"},
      {"code: \"01234\", extensions: [{ numbers: \"+33562070410\", digits: 3 }]",
       "bad-value sites.a.code"},
      {"code: a, extensions: [{ numbers: \"+33562070410\", digits: 3 }]", "bad-value sites.a.code"},
      {"extensions: [{ numbers: \"+33562070410\", digits: 3 }]", "missing sites.a.code"},
      {"code: \"01\", extensions: [{ numbers: \"+33562070410\" }]",
       "missing sites.a.extensions[0]"},
      {"code: \"01\", extensions: [{ digits: 3 }]", "bad-number sites.a.extensions[0].numbers"},
      {"code: \"01\", extensions: [{ numbers: \"+33562070*\", digits: 3 }]",
       "bad-number sites.a.extensions[0].numbers"},
      {"code: \"01\", extensions: [{ numbers: \"+33562070300\", digits: 3 }]",
       "bad-number sites.a.extensions[0].numbers"},
      {"code: \"01\", extensions: [{ numbers: \"+33562070410\", digits: 5 }]",
       "bad-value sites.a.extensions[0].digits"},
      {"code: \"01\", extensions: [{ numbers: \"+33562070410\", first: \"41\" }]",
       "bad-value sites.a.extensions[0].first"},
      {"code: \"01\", extensions: [{ numbers: \"+33562070410-+33562070499\", first: \"950\" }]",
       "too-long sites.a.extensions[0].first"},
      {"code: \"01\", extensions: [{ numbers: \"+33223280400-+33223281400\", digits: 3 }]",
       "too-long sites.a.extensions[0].digits"},
      {"country: FX", "bad-value sites.a.country"},
  };
  for (const Case& each : cases) {
    EXPECT_THAT(Found(absl::StrCat("a: { ", each.site, " }")),
                ElementsAre(absl::StrCat("error ", each.issue)))
        << each.site;
  }
  const absl::string_view site = kToulouse;
  EXPECT_THAT(Found(site, "", "{ country: FR }"), ElementsAre("error missing numbering.prefix"));
  EXPECT_THAT(Found(site, "", "{ prefix: \"55\", country: FR }"),
              ElementsAre("error bad-value numbering.prefix"));
  EXPECT_THAT(Found("", "", "{ prefix: \"5\" }"), ElementsAre("error missing numbering.country"));
  EXPECT_THAT(Found("", "", "{ prefix: \"5\", country: XX }"),
              ElementsAre("error bad-value numbering.country"));
}

TEST(PlanNumbering, DialStringsNameTreesAndAreNothingElse) {
  auto found = [](absl::string_view strings) {
    return Found(kToulouse, absl::StrCat("dial_strings: { ", strings, " }\n"));
  };
  EXPECT_THAT(found("\"*44\": main, \"9\": main, \"#21#\": main, \"591\": main"), IsEmpty());
  EXPECT_THAT(found("\"*44\": mian"), ElementsAre("error unknown-name dial_strings[\"*44\"]"));
  EXPECT_THAT(found("\"*4a\": main"), ElementsAre("error bad-number dial_strings[\"*4a\"]"));
  EXPECT_THAT(found("\"\": main"),
              ElementsAre(testing::StartsWith("error bad-number dial_strings")));
  EXPECT_THAT(found("\"1234567890123456\": main"),
              ElementsAre("error bad-number dial_strings.1234567890123456"));
  EXPECT_THAT(found("\"501410\": main"), ElementsAre("error number-overlap dial_strings.501410"));
  EXPECT_THAT(found("\"112\": main"), ElementsAre("error number-overlap dial_strings.112"));
  EXPECT_THAT(found("\"15\": main"), ElementsAre("error number-overlap dial_strings.15"));
}

TEST(PlanNumbering, DialStringsBeginLikeNothingElse) {
  auto found = [](absl::string_view strings, absl::string_view sites = kToulouse) {
    return Found(sites, absl::StrCat("dial_strings: { ", strings, " }\n"));
  };
  EXPECT_THAT(found("\"*4\": main, \"*44\": main, \"*441\": main, \"*5\": main"),
              ElementsAre("error number-overlap dial_strings[\"*44\"]",
                          "error number-overlap dial_strings[\"*441\"]"));
  EXPECT_THAT(found("\"8\": main, \"8*1\": main"),
              ElementsAre("error number-overlap dial_strings[\"8*1\"]"));
  EXPECT_THAT(found("\"50\": main"), ElementsAre("error number-overlap dial_strings.50"))
      << "internal numbers begin so";
  EXPECT_THAT(found("\"5014101\": main"), ElementsAre("error number-overlap dial_strings.5014101"));
  EXPECT_THAT(found("\"1\": main"), ElementsAre("error number-overlap dial_strings.1"));
  EXPECT_THAT(found("\"0\": main"), ElementsAre("error number-overlap dial_strings.0"));
  EXPECT_THAT(found("\"9\": main, \"91\": main"),
              ElementsAre("error number-overlap dial_strings.91"));
  EXPECT_THAT(found("\"999\": main"), IsEmpty());
  EXPECT_THAT(found("\"999\": main", absl::StrCat(kToulouse, ", b: { country: GB }")),
              ElementsAre("error number-overlap dial_strings.999"));
}

TEST(PlanNumbering, SpecialNumbersNeedACountry) {
  auto found = [](absl::string_view special, absl::string_view more) {
    return IssuesOf(absl::StrCat("destination: { cases: [{ special: ", special,
                                 ", then: { reject: {} } }], otherwise: { reject: {} } }"),
                    more);
  };
  EXPECT_THAT(found("[directory, short, service]", "numbering: { country: FR }"), IsEmpty());
  EXPECT_THAT(found("service", ""), IsEmpty());
  EXPECT_THAT(found("short", ""),
              ElementsAre("error missing trees.main.destination.cases[0].special"));
}

TEST(PlanNumbering, TreesOfLinesAreCheckedAsOthersAre) {
  constexpr absl::string_view kTrees =
      "outbound: out\ndial_strings: { \"*44\": code }\ndestinations: { far: { number: "
      "\"+12025550123\" } }\n";
  std::string text = NumberingPlan("", kTrees);
  text.replace(text.find("trees: { "), 9,
               "trees: { out: { dial: { to: far, setup: 120s } }, code: { reject: {} }, ");
  EXPECT_THAT(IssuesOf(ReadWholePlan(text)),
              ElementsAre("error unanswered-too-long trees.out.dial"));
  EXPECT_THAT(Found("", "outbound: far\n"), ElementsAre("error unknown-name outbound"));
}

}  // namespace
}  // namespace libroute
