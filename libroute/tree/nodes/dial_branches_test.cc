#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

TEST(DialBranches, HasABranchForEveryOutcome) {
  std::string branches;
  for (Outcome outcome : kFailedOutcomes) {
    absl::StrAppend(&branches, ", ", On(absl::StrCat("on_", OutcomeName(outcome))));
  }
  TestPlan plan(absl::StrCat("dial: { to: front", branches, " }"));
  for (Outcome outcome : kFailedOutcomes) {
    TestCall call(plan);
    call.Ask();
    EXPECT_EQ(call.Tell(OutcomeName(outcome)),
              absl::StrCat("announce on_", OutcomeName(outcome), " 30s"));
    EXPECT_THAT(call.Way().front(), HasSubstr(absl::StrCat("dial: on_", OutcomeName(outcome),
                                                           " (all targets tried: ")));
  }
}

// Where an outcome leads in a plan with some branches and a default.
struct Fallback {
  absl::string_view branches;
  absl::string_view defaults;
  absl::string_view outcome;
  absl::string_view answer;
};

class DialFallback : public testing::TestWithParam<Fallback> {};

TEST_P(DialFallback, IsTheNearestBranchWritten) {
  const Fallback& row = GetParam();
  auto branches = [](absl::string_view names) {
    std::string text;
    for (absl::string_view name : absl::StrSplit(names, ' ', absl::SkipEmpty())) {
      absl::StrAppend(&text, ", ", On(name));
    }
    return text;
  };
  std::string defaults = branches(row.defaults);
  for (size_t at = 0; (at = defaults.find("message: ", at)) != std::string::npos; at += 9) {
    defaults.insert(at + 9, "default_");
  }
  std::string section =
      defaults.empty() ? "" : absl::StrCat("default: { ", defaults.substr(2), " }");
  TestPlan plan(absl::StrCat("dial: { to: front", branches(row.branches), " }"), section);
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell(row.outcome), row.answer);
}

INSTANTIATE_TEST_SUITE_P(
    InOrder, DialFallback,
    testing::Values(
        Fallback{"on_unreachable on_failure otherwise", "otherwise", "unreachable",
                 "announce on_unreachable 30s"},
        Fallback{"on_failure otherwise", "on_unreachable", "unreachable",
                 "announce on_failure 30s"},
        Fallback{"on_failure", "", "rejected", "announce on_failure 30s"},
        Fallback{"on_failure", "", "bad_number", "announce on_failure 30s"},
        Fallback{"on_failure", "", "congestion", "announce on_failure 30s"},
        Fallback{"on_no_answer", "", "not_confirmed", "announce on_no_answer 30s"},
        Fallback{"on_failure", "", "busy", "release 486/17 attempts failed"},
        Fallback{"on_failure", "", "redirected", "release 480/31 attempts failed"},
        Fallback{"on_no_answer otherwise", "on_busy", "busy", "announce otherwise 30s"},
        Fallback{"on_no_answer", "on_busy otherwise", "busy", "announce default_on_busy 30s"},
        Fallback{"on_no_answer", "on_failure otherwise", "congestion",
                 "announce default_on_failure 30s"},
        Fallback{"on_no_answer", "on_no_answer otherwise", "busy",
                 "announce default_otherwise 30s"},
        Fallback{"", "on_no_answer", "not_confirmed", "announce default_on_no_answer 30s"},
        Fallback{"", "on_no_answer", "busy", "release 486/17 attempts failed"},
        Fallback{"", "", "no_answer", "release 480/19 attempts failed"}));

TEST(DialBranches, TheHighestOfSeveralOutcomesCounts) {
  TestPlan plan(absl::StrCat("dial: { to: [front, back, web], ", On("on_no_answer"), ", ",
                             On("on_busy"), ", ", On("on_bad_number"), ", ", On("on_failure"),
                             " }"));
  auto after = [&](absl::string_view a, absl::string_view b, absl::string_view c) {
    TestCall call(plan);
    call.Ask();
    call.Tell(a);
    call.Tell(b);
    return call.Tell(c);
  };
  EXPECT_EQ(after("no_answer", "busy", "bad_number"), "announce on_no_answer 30s");
  EXPECT_EQ(after("bad_number", "busy", "failure"), "announce on_busy 30s");
  EXPECT_EQ(after("bad_number", "failure", "bad_number"), "announce on_failure 30s");
  EXPECT_EQ(after("bad_number", "bad_number", "bad_number"), "announce on_bad_number 30s");
}

TEST(DialBranches, ReleasesWithTheBestResponseOfTheWholeCall) {
  TestPlan plan("dial: { to: front, otherwise: { dial: { to: back } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("busy"), "dial back");
  EXPECT_EQ(call.Tell("failure"), "release 486/17 attempts failed");
}

TEST(DialBranches, AGlobalResponseIsTheBestResponse) {
  TestPlan plan("dial: { to: [front, back] }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("sip:603"), "dial back") << "another target is tried all the same";
  EXPECT_EQ(call.Tell("busy"), "release 603/21 attempts failed");
  TestCall busy_everywhere(plan);
  busy_everywhere.Ask();
  busy_everywhere.Tell("sip:600");
  EXPECT_EQ(busy_everywhere.Tell("no_answer"), "release 600/17 attempts failed");
}

TEST(DialBranches, AnAnsweredCallIsReleasedWithoutSipStatus) {
  TestPlan plan(
      "announce: { message: hello, answering: answer, then: { dial: { to: [front, back] "
      "} } }");
  TestCall call(plan);
  call.MaxAttempts(1).Ask();
  EXPECT_EQ(call.Tell("played"), "dial front");
  EXPECT_EQ(call.Tell("busy"), "release 0/17 attempts failed");
  TestPlan again(
      "announce: { message: hello, answering: answer, then: { dial: { to: front, otherwise: { "
      "dial: { to: back } } } } }");
  TestCall refused(again);
  refused.MaxAttempts(1).Ask();
  EXPECT_EQ(refused.Tell("played"), "dial front");
  EXPECT_EQ(refused.Tell("busy"), "release 0/17 too many attempts");
  EXPECT_TRUE(refused.decision().answered);
  EXPECT_TRUE(call.decision().answered);
  TestCall failed(plan);
  failed.Ask();
  failed.Tell("played");
  EXPECT_TRUE(failed.decision().answered);
  failed.Tell("busy");
  EXPECT_EQ(failed.Tell("busy"), "release 0/17 attempts failed");
}

}  // namespace
}  // namespace libroute
