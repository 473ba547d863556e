#include "libroute/tree/caller_screen.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kTree =
    "origin: { cases: [{ unavailable: true, then: { voicemail: { mailbox: unknown } } },"
    " { restricted: true, then: { voicemail: { mailbox: withheld } } }],"
    " otherwise: { voicemail: { mailbox: known } } }";

constexpr absl::string_view kGood = "+32470000000";
constexpr absl::string_view kPremium = "+3290012345";
constexpr absl::string_view kShared = "+4918012345678";
constexpr absl::string_view kInvalid = "+3211111111111";
constexpr absl::string_view kNoCountry = "+99912345678";
constexpr absl::string_view kOther = "+3278151515";

std::string AnswerTo(absl::string_view identity, absl::string_view calling) {
  TestPlan plan(kTree, absl::StrCat("caller_identity: ", identity));
  TestCall call(plan);
  return call.From(calling).Ask();
}

TEST(CallerScreen, TreatsEachFaultAsThePlanSays) {
  const struct {
    absl::string_view identity;
    absl::string_view calling;
    absl::string_view answer;
  } kCases[] = {
      {"{ invalid: reject }", kGood, "voicemail known after unconditional"},
      {"{ invalid: reject }", kOther, "voicemail known after unconditional"},
      {"{ invalid: reject }", kPremium, "voicemail known after unconditional"},
      {"{ invalid: reject }", kInvalid, "reject 403/21"},
      {"{ invalid: reject }", kNoCountry, "reject 403/21"},
      {"{ invalid: reject }", "", "voicemail unknown after unconditional"},
      {"{ invalid: unavailable }", kInvalid, "voicemail unknown after unconditional"},
      {"{ invalid: unavailable }", kGood, "voicemail known after unconditional"},
      {"{ premium: reject }", kPremium, "reject 403/21"},
      {"{ premium: reject }", kShared, "reject 403/21"},
      {"{ premium: reject }", kInvalid, "voicemail known after unconditional"},
      {"{ premium: unavailable, invalid: reject }", kPremium,
       "voicemail unknown after unconditional"},
      {"{ premium: accept, invalid: reject }", kPremium, "voicemail known after unconditional"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(AnswerTo(c.identity, c.calling), std::string(c.answer))
        << c.identity << " " << c.calling;
  }
}

TEST(CallerScreen, JudgesNumbersThatCannotBeReadAsInvalid) {
  TestPlan plan(kTree, "caller_identity: { invalid: reject }");
  TestCall call(plan);
  EXPECT_EQ(call.From("").Unreadable().Ask(), "reject 403/21");
  EXPECT_THAT(call.Way(), ElementsAre("caller_identity caller_identity: invalid (the call is "
                                      "refused)",
                                      "caller_identity reject:  (refuses with 403/21)"));
  TestPlan lenient(kTree, "caller_identity: { premium: reject }");
  TestCall other(lenient);
  EXPECT_EQ(other.From("").Unreadable().Ask(), "voicemail unknown after unconditional");
}

TEST(CallerScreen, ShortNumbersCountAsPremium) {
  const std::string identity = "caller_identity: { premium: reject }";
  TestPlan french(kTree, identity + "\nnumbering: { country: FR }");
  TestPlan anywhere(kTree, identity);
  for (const char* number : {"3639", "3200", "3949", "118218"}) {
    TestCall by_plan(french);
    EXPECT_EQ(by_plan.From("").UnreadableAs(number, false).Ask(), "reject 403/21") << number;
    TestCall by_ingress(anywhere);
    EXPECT_EQ(by_ingress.From("").UnreadableAs(number, true).Ask(), "reject 403/21") << number;
    TestCall by_nothing(anywhere);
    EXPECT_EQ(by_nothing.From("").UnreadableAs(number, false).Ask(),
              "voicemail unknown after unconditional");
  }
  TestCall emergency(french);
  EXPECT_EQ(emergency.From("").UnreadableAs("112", false).Ask(),
            "voicemail unknown after unconditional")
      << "invalid, but not premium";
}

TEST(CallerScreen, WithheldCallersStayWithheld) {
  TestPlan plan(kTree, "caller_identity: { invalid: unavailable, premium: reject }");
  TestCall call(plan);
  EXPECT_EQ(call.From(kInvalid).Withheld().Ask(), "voicemail withheld after unconditional");
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("calling number withheld or not known | a number that a caller can have "
                          "| is not valid in its country | no"));
  EXPECT_FALSE(call.state().calling.has_value());
  TestCall premium(plan);
  EXPECT_EQ(premium.From(kPremium).Withheld().Ask(), "reject 403/21");
}

TEST(CallerScreen, LegsDoNotPresentWhatIsTakenAway) {
  TestPlan plan("dial: { to: front }", "caller_identity: { invalid: unavailable }");
  TestCall call(plan);
  call.From(kInvalid).Ask();
  EXPECT_FALSE(call.leg(0).presented.has_value());
  EXPECT_EQ(call.leg(0).presented_privacy, Privacy::kUnavailable);
  TestCall good(plan);
  good.From(kGood).Ask();
  EXPECT_EQ(good.leg(0).presented.ToString(), kGood);
}

TEST(CallerScreen, IsNotThereUnlessAPlanWantsIt) {
  EXPECT_EQ(TestPlan(kTree).plan().caller_screen(), nullptr);
  EXPECT_THAT(IssuesOf(kTree, "caller_identity: { invalid: reject, premium: accept }"), IsEmpty());
  for (absl::string_view nothing : {"{}", "{ premium: accept }"}) {
    EXPECT_THAT(IssuesOf(kTree, absl::StrCat("caller_identity: ", nothing)),
                ElementsAre("warning no-effect caller_identity"));
  }
  v1::Plan plan = ReadTestPlan(kTree, "");
  plan.mutable_caller_identity()->set_invalid(static_cast<v1::CallerIdentity::Treatment>(9));
  plan.mutable_caller_identity()->set_premium(v1::CallerIdentity::TREATMENT_REJECT);
  EXPECT_THAT(IssuesOf(plan), testing::Contains("error bad-value caller_identity.invalid"));
}

}  // namespace
}  // namespace libroute
