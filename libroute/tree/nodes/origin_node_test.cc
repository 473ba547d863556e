#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Cases that each lead to a mailbox of their own.
std::string Origins(absl::string_view cases) {
  return absl::StrCat("origin: { cases: [", cases, "], otherwise: { voicemail: { mailbox: x } } }");
}
std::string To(absl::string_view mailbox) {
  return absl::StrCat("then: { voicemail: { mailbox: ", mailbox, " } }");
}

std::string MailboxFor(const TestPlan& plan, absl::string_view calling) {
  TestCall call(plan);
  call.From(calling).Ask();
  return std::string(std::get<VoicemailDecision>(call.decision().action).mailbox);
}

TEST(OriginNode, ChoosesByWhereTheNetworkSaysThatTheCallerIs) {
  TestPlan plan(Origins(absl::StrCat("{ location: [\"20801A*\", \"20601\"], ", To("near"), " }, { location: "
                                     "\"208*\", kind: mobile, ", To("land"), " }")));
  auto from = [&](absl::string_view location) {
    TestCall call(plan);
    if (!location.empty()) call.LocatedAt(location);
    return call.Ask();
  };
  EXPECT_EQ(from("20801A7"), from("20601"));
  EXPECT_THAT(from("20801A7"), testing::HasSubstr("near"));
  EXPECT_THAT(from("20801B"), testing::HasSubstr("land"));
  EXPECT_THAT(from("206012"), testing::Not(testing::HasSubstr("near"))) << "not that very place";
  EXPECT_THAT(from(""), testing::Not(testing::HasSubstr("land"))) << "nothing is known";
  TestCall call(plan);
  call.LocatedAt("20801B").Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("calling +32470000000, located at 20801B | location 20601 or 20801A* | "
                          "is elsewhere, or not located | no",
                          "calling +32470000000, kind mobile, located at 20801B | kind mobile; location 208* | matches | yes"));
  TestCall withheld(plan);
  withheld.Withheld().LocatedAt("20801B").Ask();
  for (const std::string& text : withheld.Comparisons(0)) {
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("20801B"))) << "nobody is told";
  }
}

TEST(OriginNode, RefusesLocationsThatAreNone) {
  EXPECT_THAT(IssuesOf(Origins(absl::StrCat(
                  "{ location: [\"*\", \"a b\", \"2*8\", \"0123456789012345678901234567890*\"], ",
                  To("near"), " }"))),
              ElementsAre("error bad-value trees.main.origin.cases[0].location[0]",
                          "error bad-value trees.main.origin.cases[0].location[1]",
                          "error bad-value trees.main.origin.cases[0].location[2]",
                          "error bad-value trees.main.origin.cases[0].location[3]"));
}

TEST(OriginNode, TakesTheFirstCaseThatMatches) {
  TestPlan plan(Origins(absl::StrCat(
      "{ numbers: [\"+32475123456\"], ", To("a"), " }, { numbers: [\"+32475*\", \"+33*\"], ",
      To("b"), " }, { numbers: [\"+3222000100-+3222000199\"], ", To("c"), " }")));
  EXPECT_EQ(MailboxFor(plan, "+32475123456"), "a");
  EXPECT_EQ(MailboxFor(plan, "+32475123457"), "b");
  EXPECT_EQ(MailboxFor(plan, "+33123456789"), "b");
  EXPECT_EQ(MailboxFor(plan, "+3222000100"), "c");
  EXPECT_EQ(MailboxFor(plan, "+3222000199"), "c");
  EXPECT_EQ(MailboxFor(plan, "+3222000200"), "x");
  EXPECT_EQ(MailboxFor(plan, "+3222000099"), "x");
}

TEST(OriginNode, MatchesHiddenCallersByAnonymousOnly) {
  TestPlan plan(Origins(absl::StrCat("{ numbers: [\"+32*\"], ", To("known"),
                                     " }, { anonymous: true, ", To("hidden"), " }")));
  EXPECT_EQ(MailboxFor(plan, "+32470000000"), "known");
  EXPECT_EQ(MailboxFor(plan, ""), "hidden") << "no number";
  TestCall withheld(plan);
  EXPECT_EQ(withheld.From("+32470000000").Withheld().Ask(), "voicemail hidden after unconditional");
  EXPECT_THAT(withheld.Comparisons(0),
              ElementsAre("calling number withheld or not known | +32* | does not match | no",
                          "calling number withheld or not known | anonymous | matches | yes"));
}

TEST(OriginNode, MayMeanNumbersAndAnonymousInOneCase) {
  TestPlan plan(Origins(absl::StrCat("{ numbers: [\"+33*\"], anonymous: true, ", To("a"), " }")));
  EXPECT_EQ(MailboxFor(plan, "+33123456789"), "a");
  EXPECT_EQ(MailboxFor(plan, ""), "a");
  EXPECT_EQ(MailboxFor(plan, "+32470000000"), "x");
}

TEST(OriginNode, ExplainsWhichPatternsTheCallerHas) {
  TestPlan plan(Origins(absl::StrCat("{ numbers: [\"+33*\"], ", To("a"),
                                     " }, { numbers: [\"+32*\"], ", To("b"), " }")));
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Comparisons(0), ElementsAre("calling +32470000000 | +33* | does not match | no",
                                               "calling +32470000000 | +32* | matches | yes"));
  EXPECT_EQ(call.Way().front(), "trees.main.origin origin: cases[1] (the caller is one of +32*)");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kCall));
}

TEST(OriginNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf(Origins(absl::StrCat("{ ", To("a"), " }"))),
              ElementsAre("error missing trees.main.origin.cases[0]"));
  EXPECT_THAT(
      IssuesOf(Origins(absl::StrCat("{ numbers: [\"0470\", \"+32*\", \"+3\"], ", To("a"), " }"))),
      ElementsAre("error bad-number trees.main.origin.cases[0].numbers[0]",
                  "error bad-number trees.main.origin.cases[0].numbers[2]"));
  EXPECT_THAT(IssuesOf("origin: { cases: [{ numbers: [\"+32*\"] }] }"),
              ElementsAre("error dead-end trees.main.origin.cases[0].then",
                          "error dead-end trees.main.origin"));
}

TEST(OriginNode, WarnsOfCasesThatNeverMatch) {
  auto issues = [](absl::string_view first, absl::string_view second) {
    return IssuesOf(
        Origins(absl::StrCat("{ ", first, ", ", To("a"), " }, { ", second, ", ", To("b"), " }")));
  };
  auto shadowed = ElementsAre("warning never-matches trees.main.origin.cases[1]");
  EXPECT_THAT(issues("numbers: [\"+32*\"]", "numbers: [\"+322*\"]"), shadowed);
  EXPECT_THAT(issues("numbers: [\"+32*\"]", "numbers: [\"+322*\", \"+3247000-+3247999\"]"),
              shadowed);
  EXPECT_THAT(issues("anonymous: true", "anonymous: true"), shadowed);
  EXPECT_THAT(
      issues("numbers: [\"+32*\"], anonymous: true", "numbers: [\"+322*\"], anonymous: true"),
      shadowed);
  EXPECT_THAT(issues("numbers: [\"+322*\"]", "numbers: [\"+32*\"]"), IsEmpty());
  EXPECT_THAT(issues("numbers: [\"+32*\"]", "numbers: [\"+322*\"], anonymous: true"), IsEmpty());
  EXPECT_THAT(issues("numbers: [\"+32*\"]", "anonymous: true"), IsEmpty());
  EXPECT_THAT(issues("anonymous: true", "numbers: [\"bad\"]"),
              ElementsAre("error bad-number trees.main.origin.cases[1].numbers[0]"));
}

constexpr absl::string_view kAreas =
    "areas: { liege: { numbers: [\"+324*\"] }, coast: { numbers: [\"+3250*\", \"+3259*\"] } }";

TEST(OriginNode, ChoosesByKind) {
  TestPlan plan(Origins(absl::StrCat(
      "{ numbers: [\"+324*\"], kind: fixed, ", To("liege"), " }, { kind: [mobile, voip], ",
      To("mobile"), " }, { kind: premium, ", To("premium"), " }, { kind: fixed_or_mobile, ",
      To("america"), " }, { kind: unknown, ", To("unknown"), " }")));
  EXPECT_EQ(MailboxFor(plan, "+3242221111"), "liege");
  EXPECT_EQ(MailboxFor(plan, "+32470123456"), "mobile");
  EXPECT_EQ(MailboxFor(plan, "+3290012345"), "premium");
  EXPECT_EQ(MailboxFor(plan, "+12015550123"), "america");
  EXPECT_EQ(MailboxFor(plan, "+3211111111111"), "unknown");
  EXPECT_EQ(MailboxFor(plan, "+9991234567"), "unknown");
  EXPECT_EQ(MailboxFor(plan, "+3222000100"), "x");
  EXPECT_EQ(MailboxFor(plan, ""), "x");
}

TEST(OriginNode, ChoosesByCountry) {
  TestPlan plan(Origins(absl::StrCat("{ country: [BE, LU], ", To("benelux"), " }, { country: US, ",
                                     To("us"), " }, { country: CA, ", To("ca"), " }")));
  EXPECT_EQ(MailboxFor(plan, "+3222000100"), "benelux");
  EXPECT_EQ(MailboxFor(plan, "+352621123456"), "benelux");
  EXPECT_EQ(MailboxFor(plan, "+12015550123"), "us");
  EXPECT_EQ(MailboxFor(plan, "+15062345678"), "ca");
  EXPECT_EQ(MailboxFor(plan, "+11111111111"), "x") << "valid in no country of the code";
  EXPECT_EQ(MailboxFor(plan, "+80012345678"), "x");
}

TEST(OriginNode, ChoosesByArea) {
  TestPlan plan(
      Origins(absl::StrCat("{ area: liege, kind: fixed, ", To("liege"),
                           " }, { area: coast, numbers: [\"+3222000100\"], ", To("coast"), " }")),
      kAreas);
  EXPECT_EQ(MailboxFor(plan, "+3242221111"), "liege");
  EXPECT_EQ(MailboxFor(plan, "+32470123456"), "x");
  EXPECT_EQ(MailboxFor(plan, "+3250123456"), "coast");
  EXPECT_EQ(MailboxFor(plan, "+3259123456"), "coast");
  EXPECT_EQ(MailboxFor(plan, "+3222000100"), "coast");
  EXPECT_EQ(MailboxFor(plan, "+3222000101"), "x");
}

TEST(OriginNode, TellsWithheldNumbersFromThoseThatAreNotKnown) {
  TestPlan plan(
      Origins(absl::StrCat("{ restricted: true, ", To("restricted"),
                           " }, { unavailable: true, country: FR, ", To("unavailable"), " }")));
  TestCall withheld(plan);
  EXPECT_EQ(withheld.From("+33123456789").Withheld().Ask(),
            "voicemail restricted after unconditional");
  TestCall unknown(plan);
  EXPECT_EQ(unknown.From("").Withheld().Ask(), "voicemail restricted after unconditional");
  EXPECT_EQ(MailboxFor(plan, ""), "unavailable");
  EXPECT_EQ(MailboxFor(plan, "+33123456789"), "unavailable");
  EXPECT_EQ(MailboxFor(plan, "+32470000000"), "x");
}

TEST(OriginNode, AWithheldNumberHasNeitherKindNorCountry) {
  TestPlan plan(
      Origins(absl::StrCat("{ kind: [mobile, unknown], ", To("kind"), " }, { country: BE, ",
                           To("country"), " }, { area: coast, ", To("area"), " }")),
      kAreas);
  TestCall withheld(plan);
  EXPECT_EQ(withheld.From("+32470123456").Withheld().Ask(), "voicemail x after unconditional");
}

TEST(OriginNode, ExplainsKindsAndCountries) {
  TestPlan plan(Origins(absl::StrCat(
                    "{ area: liege, kind: fixed, ", To("a"), " }, { country: [FR, DE], ", To("b"),
                    " }, { kind: [mobile, voip], country: BE, restricted: true, ", To("c"), " }")),
                kAreas);
  TestCall call(plan);
  call.From("+32470123456").Ask();
  EXPECT_THAT(
      call.Comparisons(0),
      ElementsAre(
          "calling +32470123456, kind mobile | area liege and kind fixed | is of another "
          "kind | no",
          "calling +32470123456, country BE | country FR or DE | is of another country | no",
          "calling +32470123456, kind mobile, country BE | kind mobile or voip and country "
          "BE, restricted | matches | yes"));
}

TEST(OriginNode, ReportsUnknownKindsCountriesAndAreas) {
  auto issues = [](absl::string_view what) {
    return IssuesOf(Origins(absl::StrCat("{ ", what, ", ", To("a"), " }")), kAreas);
  };
  EXPECT_THAT(issues("country: be"),
              ElementsAre("error unknown-name trees.main.origin.cases[0].country[0]"));
  EXPECT_THAT(issues("country: [BE, XX]"),
              ElementsAre("error unknown-name trees.main.origin.cases[0].country[1]"));
  EXPECT_THAT(issues("area: [coast, liegge]"),
              ElementsAre("error unknown-name trees.main.origin.cases[0].area[1]"));
  v1::Plan plan = ReadTestPlan(Origins(absl::StrCat("{ country: be, ", To("a"), " }")), "");
  EXPECT_EQ(MessageOf(plan, "unknown-name"),
            "no country \"be\" has a numbering plan; did you mean \"BE\"?");
  plan.mutable_trees()->at("main").mutable_origin()->mutable_cases(0)->add_kind(
      v1::NUMBER_KIND_UNSPECIFIED);
  EXPECT_THAT(IssuesOf(plan),
              testing::Contains("error bad-value trees.main.origin.cases[0].kind[0]"));
  EXPECT_THAT(IssuesOf(kDesk, "areas: { nowhere: {}, bad name: { numbers: [\"+3\"] } }"),
              testing::UnorderedElementsAre("error bad-name areas[\"bad name\"]",
                                            "error bad-number areas[\"bad name\"].numbers[0]",
                                            "error missing areas.nowhere"));
}

TEST(OriginNode, WarnsOfCasesWhoseCriteriaExcludeEachOther) {
  auto issues = [](absl::string_view what) {
    return IssuesOf(Origins(absl::StrCat("{ ", what, ", ", To("a"), " }")), kAreas);
  };
  auto warned = ElementsAre("warning never-matches trees.main.origin.cases[0]");
  EXPECT_THAT(issues("numbers: [\"+32475*\"], kind: fixed"), warned);
  EXPECT_THAT(issues("numbers: [\"+32475123456\"], kind: [fixed, premium]"), warned);
  EXPECT_THAT(issues("numbers: [\"+32475000000-+32475999999\"], kind: fixed"), warned);
  EXPECT_THAT(issues("area: coast, kind: mobile"), warned);
  EXPECT_THAT(issues("area: coast, country: [FR, DE]"), warned);
  EXPECT_THAT(issues("numbers: [\"+32475*\", \"+3222*\"], kind: fixed"), IsEmpty());
  EXPECT_THAT(issues("numbers: [\"+32475*\"], kind: unknown"), IsEmpty());
  EXPECT_THAT(issues("numbers: [\"+3*\"], country: LU"), IsEmpty());
  EXPECT_THAT(issues("numbers: [\"+32475*\"], kind: fixed, anonymous: true"), IsEmpty());
}

TEST(OriginNode, SeesWhatEarlierCasesLeave) {
  auto issues = [](absl::string_view first, absl::string_view second, absl::string_view third) {
    return IssuesOf(Origins(absl::StrCat("{ ", first, ", ", To("a"), " }, { ", second, ", ",
                                         To("b"), " }, { ", third, ", ", To("c"), " }")),
                    kAreas);
  };
  auto warned = ElementsAre("warning never-matches trees.main.origin.cases[2]");
  EXPECT_THAT(issues("kind: fixed", "kind: mobile", "kind: [mobile, fixed]"), warned);
  EXPECT_THAT(issues("kind: fixed", "kind: voip", "kind: [mobile, fixed]"), IsEmpty());
  EXPECT_THAT(issues("kind: fixed", "country: BE", "country: BE, kind: mobile"), warned);
  EXPECT_THAT(issues("kind: fixed", "country: BE", "country: FR, kind: mobile"), IsEmpty());
  EXPECT_THAT(issues("country: BE, kind: fixed", "country: BE, kind: mobile", "country: BE"),
              IsEmpty());
  EXPECT_THAT(issues("numbers: [\"+33*\"]", "area: coast", "numbers: [\"+3250*\"], kind: fixed"),
              warned);
  EXPECT_THAT(issues("restricted: true", "unavailable: true", "anonymous: true"), warned);
  EXPECT_THAT(issues("restricted: true", "country: BE", "anonymous: true"), IsEmpty());
  EXPECT_THAT(issues("restricted: true", "kind: fixed", "kind: fixed, unavailable: true"),
              IsEmpty());
}

TEST(OriginNode, KindSaysThatAPrefixIsMeantAsAnArea) {
  auto issues = [](absl::string_view what) {
    return IssuesOf(Origins(absl::StrCat("{ ", what, ", ", To("a"), " }")), kAreas);
  };
  EXPECT_THAT(issues("numbers: [\"+324*\"], kind: fixed"), IsEmpty());
  EXPECT_THAT(issues("numbers: [\"+324*\"], country: BE"),
              ElementsAre("warning prefix-covers-mobiles trees.main.origin.cases[0].numbers[0]"));
  EXPECT_THAT(issues("area: liege, kind: fixed"), IsEmpty());
  EXPECT_THAT(issues("area: [coast, liege]"),
              ElementsAre("warning prefix-covers-mobiles trees.main.origin.cases[0].area[1]"));
}

TEST(OriginNode, ChoosesByVerstat) {
  TestPlan plan(Origins(absl::StrCat("{ verstat: [failed, no_validation], ", To("doubt"),
                                     " }, { verstat: passed, country: BE, ", To("good"), " }")));
  const struct {
    Verstat verstat;
    absl::string_view calling;
    absl::string_view mailbox;
  } kCases[] = {
      {Verstat::kNone, "+32470000000", "x"},       {Verstat::kPassed, "+32470000000", "good"},
      {Verstat::kPassed, "+33123456789", "x"},     {Verstat::kPassed, "", "x"},
      {Verstat::kFailed, "+33123456789", "doubt"}, {Verstat::kNoValidation, "", "doubt"},
  };
  for (const auto& c : kCases) {
    TestCall call(plan);
    EXPECT_EQ(call.From(c.calling).Verified(c.verstat).Ask(),
              absl::StrCat("voicemail ", c.mailbox, " after unconditional"));
  }
}

TEST(OriginNode, ChoosesByAttestation) {
  TestPlan plan(Origins(absl::StrCat("{ attestation: a, verstat: passed, ", To("full"),
                                     " }, { attestation: [b, c], ", To("less"), " }")));
  const struct {
    Attestation attestation;
    Verstat verstat;
    absl::string_view mailbox;
  } kCases[] = {
      {Attestation::kNone, Verstat::kPassed, "x"}, {Attestation::kA, Verstat::kPassed, "full"},
      {Attestation::kA, Verstat::kFailed, "x"},    {Attestation::kB, Verstat::kPassed, "less"},
      {Attestation::kC, Verstat::kNone, "less"},
  };
  for (const auto& c : kCases) {
    TestCall call(plan);
    EXPECT_EQ(call.Attested(c.attestation).Verified(c.verstat).Ask(),
              absl::StrCat("voicemail ", c.mailbox, " after unconditional"));
  }
  TestCall call(plan);
  call.Attested(Attestation::kB).Verified(Verstat::kPassed).Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("calling +32470000000, verstat passed, attestation b | verstat passed "
                          "and attestation a | has another attestation | no",
                          "calling +32470000000, attestation b | attestation b or c | matches | "
                          "yes"));
}

TEST(OriginNode, ChoosesByIngress) {
  TestPlan plan(Origins(absl::StrCat("{ ingress: [trunk-2, trunk-1], numbers: [\"+32*\"], ",
                                     To("a"), " }, { ingress: trunk-3, anonymous: true, ", To("b"),
                                     " }, { ingress: trunk-3, ", To("c"), " }")));
  const struct {
    absl::string_view ingress;
    absl::string_view calling;
    absl::string_view mailbox;
  } kCases[] = {
      {"trunk-1", "+32470000000", "a"}, {"trunk-2", "+32470000000", "a"},
      {"trunk-1", "+33123456789", "x"}, {"trunk-3", "", "b"},
      {"trunk-3", "+33123456789", "c"}, {"trunk-4", "+32470000000", "x"},
      {"", "+32470000000", "x"},
  };
  for (const auto& c : kCases) {
    TestCall call(plan);
    EXPECT_EQ(call.From(c.calling).By(c.ingress).Ask(),
              absl::StrCat("voicemail ", c.mailbox, " after unconditional"))
        << c.ingress;
  }
}

TEST(OriginNode, ChoosesByDiversion) {
  TestPlan plan(Origins(absl::StrCat(
      "{ diverted: { by: \"+32220001*\", reason: [busy, no_answer] }, ", To("ours"),
      " }, { diverted: { at_least: 3 }, ", To("often"), " }, { diverted: { at_most: 1 }, ",
      To("once"), " }, { diverted: {}, ", To("twice"), " }")));
  const struct {
    int times;
    absl::string_view by;
    DiversionReason reason;
    absl::string_view mailbox;
  } kCases[] = {
      {0, "", DiversionReason::kNone, "x"},
      {1, "+3222000199", DiversionReason::kBusy, "ours"},
      {5, "+3222000199", DiversionReason::kNoAnswer, "ours"},
      {1, "+3222000199", DiversionReason::kUnconditional, "once"},
      {1, "+3222000299", DiversionReason::kBusy, "once"},
      {1, "", DiversionReason::kBusy, "once"},
      {2, "", DiversionReason::kNone, "twice"},
      {3, "", DiversionReason::kNone, "often"},
      {255, "", DiversionReason::kNone, "often"},
  };
  for (const auto& c : kCases) {
    TestCall call(plan);
    EXPECT_EQ(call.Diverted(c.times, c.by, c.reason).Ask(),
              absl::StrCat("voicemail ", c.mailbox, " after unconditional"))
        << c.times << c.by;
  }
}

TEST(OriginNode, ExplainsHowACallCame) {
  TestPlan plan(Origins(absl::StrCat(
      "{ verstat: [passed, failed], ", To("a"), " }, { ingress: trunk-1, numbers: [\"+32*\"], ",
      To("b"), " }, { diverted: { by: \"+33*\", reason: busy, at_least: 2 }, ", To("c"),
      " }, { ingress: trunk-2, diverted: {}, ", To("d"), " }")));
  TestCall call(plan);
  call.By("trunk-2").Diverted(1, "+3222000199", DiversionReason::kBusy).Ask();
  EXPECT_THAT(
      call.Comparisons(0),
      ElementsAre("calling +32470000000, verstat none | verstat passed or failed | has another "
                  "verstat | no",
                  "calling +32470000000, ingress trunk-2 | +32*; ingress trunk-1 | came another "
                  "way | no",
                  "calling +32470000000, diverted once, last by +3222000199, busy | diverted by "
                  "+33* for busy, 2 to 255 times | was not diverted so | no",
                  "calling +32470000000, ingress trunk-2, diverted once, last by +3222000199, busy "
                  "| ingress trunk-2 and diverted | matches | yes"));
  TestCall other(plan);
  other.Ask();
  EXPECT_THAT(other.Comparisons(0),
              testing::Contains("calling +32470000000, ingress not named in the plan, not diverted "
                                "| ingress trunk-2 and diverted | came another way | no"));
}

TEST(OriginNode, ChecksHowACallMayCome) {
  auto issues = [](absl::string_view what) {
    return IssuesOf(Origins(absl::StrCat("{ ", what, ", ", To("a"), " }")));
  };
  EXPECT_THAT(issues("ingress: \"bad name\""),
              ElementsAre("error bad-name trees.main.origin.cases[0].ingress[0]"));
  EXPECT_THAT(issues("diverted: { at_least: 3, at_most: 2 }"),
              ElementsAre("error bad-value trees.main.origin.cases[0].diverted"));
  EXPECT_THAT(issues("diverted: { at_least: 256 }"),
              ElementsAre("error bad-value trees.main.origin.cases[0].diverted"));
  EXPECT_THAT(issues("diverted: { by: \"022\" }"),
              ElementsAre("error bad-number trees.main.origin.cases[0].diverted.by[0]"));
  v1::Plan plan = ReadTestPlan(Origins(absl::StrCat("{ ", To("a"), " }")), "");
  auto* item = plan.mutable_trees()->at("main").mutable_origin()->mutable_cases(0);
  item->add_verstat(v1::VERSTAT_UNSPECIFIED);
  item->add_attestation(static_cast<v1::Attestation>(4));
  item->mutable_diverted()->add_reason(static_cast<v1::DiversionReason>(7));
  EXPECT_THAT(
      IssuesOf(plan),
      testing::IsSupersetOf({"error bad-value trees.main.origin.cases[0].verstat[0]",
                             "error bad-value trees.main.origin.cases[0].attestation[0]",
                             "error bad-value trees.main.origin.cases[0].diverted.reason[0]"}));
}

TEST(OriginNode, CasesThatAskForMoreLeaveSomething) {
  auto issues = [](absl::string_view first, absl::string_view second) {
    return IssuesOf(
        Origins(absl::StrCat("{ ", first, ", ", To("a"), " }, { ", second, ", ", To("b"), " }")));
  };
  auto warned = ElementsAre("warning never-matches trees.main.origin.cases[1]");
  EXPECT_THAT(issues("numbers: [\"+32*\"]", "numbers: [\"+32*\"], verstat: passed"), warned);
  EXPECT_THAT(issues("numbers: [\"+32*\"], verstat: passed", "numbers: [\"+32*\"]"), IsEmpty());
  EXPECT_THAT(issues("verstat: passed", "numbers: [\"+32*\"], verstat: passed"), warned);
  EXPECT_THAT(issues("verstat: passed", "anonymous: true, verstat: passed"), warned);
  EXPECT_THAT(issues("verstat: passed", "verstat: failed"), IsEmpty());
  EXPECT_THAT(issues("attestation: [a, b]", "attestation: [b, a]"), warned);
  EXPECT_THAT(issues("attestation: a", "attestation: b"), IsEmpty());
  EXPECT_THAT(issues("ingress: [a, b]", "ingress: [b, a], kind: fixed"), warned);
  EXPECT_THAT(issues("diverted: {}", "diverted: {}"), warned);
  EXPECT_THAT(issues("diverted: { reason: busy }", "diverted: {}"), IsEmpty());
  EXPECT_THAT(issues("anonymous: true, ingress: a", "anonymous: true"), IsEmpty());
  EXPECT_THAT(issues("anonymous: true", "anonymous: true, ingress: a"), warned);
}

}  // namespace
}  // namespace libroute
