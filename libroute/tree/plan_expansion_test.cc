#include "libroute/tree/plan_expansion.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/readers/plan_writer.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr FeatureSetting kSwitchedOff = {FeatureSetting::State::kOff, {}};

FeatureSetting SwitchedTo(absl::string_view number) {
  return {FeatureSetting::State::kOn, *E164Number::Parse(number)};
}

// A plan of which all is lines; `more` comes after them.
v1::Plan LinesPlan(absl::string_view lines, absl::string_view more = "") {
  return ReadTestPlan(kDesk, absl::StrCat("lines: { ", lines, " }\n", more));
}

// The same line by line, with everything that a line may have somewhere.
constexpr absl::string_view kMany =
    "plain: { number: \"+3222000301\" },"
    "box: { number: \"+3222000302\", ring: 9s, setup: 3s, voicemail: box },"
    "sent: { number: \"+3222000303\", forward: { always: back }, voicemail: box },"
    "all: { number: \"+3222000304\", voicemail: all, forward: { busy: back, no_answer:"
    " \"+32470000009\", unreachable: voicemail } },"
    "bare: { number: \"+3222000305\", forward: { busy: back } },"
    "late: { number: \"+3222000306\", forward: { no_answer: back, unreachable: front } },"
    "picky: { number: \"+3222000307\", reject_anonymous: true, voicemail: picky,"
    " mark_unwanted: { from: [supplier, \"+3299*\"], text: maybe }, forward: { selective: ["
    " { from: vip, during: [office, night], to: \"+32470000008\" }, { from: [\"+3248*\", supplier],"
    " to: voicemail }, { anonymous: true, to: back }, { during: lunch, to: front } ] } },"
    "quiet: { number: \"+3222000308\", do_not_disturb: { during: [lunch, night], except: vip },"
    " forward: { busy: back } },"
    "never: { number: \"+3222000309\", do_not_disturb: { always: true } },"
    "both: { number: \"+3222000310\", ring_also: [front, \"+32470000007\"], stagger: 5s,"
    " confirm: press-one, voicemail: both },"
    "then: { number: \"+3222000311\", phone: web, ring_then: [front, back], record: true,"
    " forward: { unreachable: \"+3222000304\" } }";

// What a decision says, legs and all.
std::string AllSaid(const TestCall& call) {
  std::string text = absl::StrCat(Words(call.decision()), " at ", call.decision().node);
  for (const auto& [name, value] : call.decision().attributes) {
    absl::StrAppend(&text, " ", name, "=", value);
  }
  const auto* dial = std::get_if<DialDecision>(&call.decision().action);
  if (dial == nullptr) return text;
  for (const Leg& leg : dial->legs) {
    absl::StrAppend(
        &text, "\n  ", leg.number.ToString(), leg.uri, " ", absl::FormatDuration(leg.setup_timeout),
        " ", absl::FormatDuration(leg.ring_timeout), " ", absl::FormatDuration(leg.start_after),
        " ", static_cast<int>(leg.trigger), " ", leg.diverted_by.ToString(), " ",
        DiversionReasonName(leg.diversion_reason), " ", leg.confirmation, leg.record);
  }
  return text;
}

// Asks `call` on both plans, and after every outcome of what is dialled.
class TwoPlans {
 public:
  TwoPlans(const v1::Plan& one, const v1::Plan& other) : one_(one), other_(other) {}

  template <typename Change>
  void Both(Change change) {
    change(one_);
    change(other_);
  }
  // How many decisions were compared.
  template <typename Setup>
  int Compare(Setup setup) {
    std::vector<std::string> events;
    return Compare(setup, events);
  }

 private:
  template <typename Setup>
  static std::string Walk(const TestPlan& plan, Setup setup, const std::vector<std::string>& events,
                          bool& goes_on) {
    TestCall call(plan);
    setup(call);
    call.Ask();
    for (const std::string& event : events) call.Tell(event);
    goes_on = std::holds_alternative<DialDecision>(call.decision().action);
    return AllSaid(call);
  }

  template <typename Setup>
  int Compare(Setup setup, std::vector<std::string>& events) {
    bool goes_on = false;
    const std::string text = Walk(one_, setup, events, goes_on);
    EXPECT_EQ(Walk(other_, setup, events, goes_on), text);
    int count = 1;
    if (!goes_on || events.size() == 5) return count;
    for (const char* event :
         {"busy", "no_answer", "unreachable", "sip:603", "congestion", "bad_number", "failure"}) {
      events.push_back(event);
      count += Compare(setup, events);
      events.pop_back();
    }
    return count;
  }

  TestPlan one_;
  TestPlan other_;
};

// Over lines, callers and times.
int CompareCalls(TwoPlans& plans) {
  int count = 0;
  for (int line = 301; line <= 311; ++line) {
    for (const char* from : {"+32475000001", "+32471000001", "+32480000001", "+32990000001", ""}) {
      for (const char* at : {"2026-11-23 10:00", "2026-11-23 12:30", "2026-11-23 23:00"}) {
        SCOPED_TRACE(absl::StrCat(line, " from ", from, " at ", at));
        count += plans.Compare([&](TestCall& call) {
          call.To(absl::StrCat("+3222000", line)).At(at);
          if (*from == '\0') {
            call.Withheld();
          } else {
            call.From(from);
          }
        });
        if (testing::Test::HasFailure()) return count;
      }
    }
  }
  return count;
}

// What `routectl show --expanded` prints, read again.
v1::Plan Printed(const v1::Plan& plan) {
  const PlanExpansion expansion(plan);
  EXPECT_THAT(expansion.issues(), IsEmpty());
  return ReadWholePlan(WritePlan(expansion.plan()));
}

TEST(PlanExpansion, DecidesTheSameWhenItIsPrintedAndReadAgain) {
  for (absl::string_view more :
       {"", "default: { on_busy: { announce: { message: busy } }, on_failure: { release: {} } }",
        "feature_codes: {}",
        "feature_codes: {}\ndefault: { otherwise: { voicemail: { mailbox: common } } }"}) {
    SCOPED_TRACE(more);
    const v1::Plan written = LinesPlan(kMany, more);
    const v1::Plan printed = Printed(written);
    EXPECT_EQ(WritePlan(PlanExpansion(printed).plan()), WritePlan(printed));
    EXPECT_EQ(IssuesOf(printed), IssuesOf(written));
    TwoPlans plans(written, printed);
    EXPECT_GT(CompareCalls(plans), 2000);
    if (more.find("feature_codes") == absl::string_view::npos) continue;
    // Lines that are switched, each in a way of its own.
    plans.Both([](TestPlan& plan) {
      plan.SetLine("plain", LineFeature::kForwardAlways, SwitchedTo("+32470000001"));
      plan.SetLine("sent", LineFeature::kForwardAlways, kSwitchedOff);
      plan.SetLine("all", LineFeature::kForwardBusy, kSwitchedOff);
      plan.SetLine("all", LineFeature::kForwardUnreachable, SwitchedTo("+32470000002"));
      plan.SetLine("late", LineFeature::kForwardNoAnswer, SwitchedTo("+32470000003"));
      plan.SetLine("quiet", LineFeature::kDoNotDisturb, kSwitchedOff);
      plan.SetLine("box", LineFeature::kDoNotDisturb, {FeatureSetting::State::kOn, {}});
    });
    EXPECT_GT(CompareCalls(plans), 2000);
  }
}

TEST(PlanExpansion, LeavesAPlanWithoutLinesAlone) {
  const v1::Plan plan = ReadTestPlan(kDesk);
  EXPECT_EQ(&PlanExpansion(plan).plan(), &plan);
}

TEST(PlanExpansion, KeepsTheRevisionOfWhatIsWritten) {
  const v1::Plan plan = LinesPlan(kMany);
  EXPECT_NE(CompileForTest(plan).plan->revision(), CompileForTest(Printed(plan)).plan->revision());
}

TEST(PlanExpansion, IsATreeThatPeopleCanRead) {
  const v1::Plan plan = ReadWholePlan(
      "customer: acme\nlines: { ann: { number: \"+3222000301\", voicemail: ann, ring: 15s,"
      " forward: { busy: \"+32470000001\" }, do_not_disturb: { always: true } } }");
  EXPECT_EQ(WritePlan(PlanExpansion(plan).plan()),
            R"yaml(customer: acme
numbers: [{ number: "+3222000301", tree: line-ann }]
trees:
  line-ann:
    when:
      cases:
        - { if: { line: { line: ann, feature: do_not_disturb } }, then: { goto: line-ann-busy } }
      otherwise:
        dial:
          to: [called]
          ring: 15s
          on_busy: { goto: line-ann-busy }
          on_rejected: { goto: line-ann-busy }
          otherwise: { voicemail: { mailbox: ann } }
  line-ann-busy:
    dial: { to: ["+32470000001"], otherwise: { voicemail: { mailbox: ann } }, forwarding: true }
lines: { ann: { number: "+3222000301", do_not_disturb: { always: true }, tree: line-ann } }
)yaml");
}

TEST(PlanExpansion, SaysWhatIsWrongWhereItIsWritten) {
  EXPECT_THAT(
      IssuesOf(
          kDesk,
          "lines: { a: { number: \"+3222000301\", phone: frnt, voicemail: \"\\\"\", ring: 900s,"
          " forward: { busy: bck, no_answer: \"+3290012345\", selective: [{ from: [vip, vp],"
          " to: back }, { during: [office, ofice], anonymous: true, to: webb }, { to: back }, {"
          " from: vip }] } }, b: { number: \"+3222000302\", ring_then: [front, bakc],"
          " do_not_disturb: { during: [nigt], except: [vp] }, mark_unwanted: { from: [\"+x\"] }"
          " } }"),
      ElementsAre("error missing lines.a.forward.selective[2]",
                  "error missing lines.a.forward.selective[3].to",
                  "error unknown-name lines.b.do_not_disturb.during[0]",
                  "error unknown-name lines.b.do_not_disturb.except[0]",
                  "error unknown-name lines.a.forward.selective[0].from[1]",
                  "error bad-name lines.a.voicemail",
                  "error unknown-name lines.a.forward.selective[1].during[1]",
                  "error unknown-name lines.a.forward.selective[1].to",
                  "error bad-value lines.a.ring", "error unknown-name lines.a.phone",
                  "error unknown-name lines.a.forward.busy",
                  "error destination-not-allowed lines.a.forward.no_answer",
                  "error bad-number lines.b.mark_unwanted.from[0]",
                  "error unknown-name lines.b.ring_then[1]"));
}

TEST(PlanExpansion, ReportsLinesThatCannotBeMeant) {
  const std::string long_name(41, 'a');
  EXPECT_THAT(
      IssuesOf(kDesk,
               absl::StrCat("lines: { ", long_name,
                            ": { number: \"+3222000301\" }, none: {},"
                            " many: { number: \"+3222000*\" }, two: { number: \"+3222000302\","
                            " ring_also: front, ring_then: back }, lone: { number: \"+3222000303\","
                            " stagger: 5s }, own: { number: \"+3222000304\", tree: main, ring: 5s,"
                            " forward: { always: back }, holder: ann }, voiceless: { number:"
                            " \"+3222000305\", forward: { busy: voicemail } } }")),
      ElementsAre(absl::StrCat("error bad-name lines.", long_name),
                  "error bad-value lines.lone.stagger", "error bad-number lines.many.number",
                  "error missing lines.none.number", "error bad-value lines.own.ring",
                  "error bad-value lines.own.forward", "error bad-value lines.two.ring_then",
                  "error missing lines.voiceless.forward.busy"));
}

TEST(PlanExpansion, ReportsNamesAndNumbersThatAreTaken) {
  EXPECT_THAT(
      IssuesOf(kDesk,
               "tree line-ann: { release: {} }\n"
               "lines: { ann: { number: \"+3222000301\" }, bob: { number: \"+3222000100\" },"
               " cat: { number: \"+3222000301\", tree: main } }"),
      ElementsAre("error duplicate trees.line-ann", "error duplicate-number lines.cat.number",
                  "error duplicate-number lines.bob.number"));
  EXPECT_THAT(MessageOf(LinesPlan("bob: { number: \"+3222000100\" }"), "duplicate-number"),
              HasSubstr("see numbers[0]"));
  EXPECT_THAT(MessageOf(LinesPlan("a: { number: \"+3222000301\" }, b: { number: \"+3222000301\" }"),
                        "duplicate-number"),
              HasSubstr("of line \"a\" already"));
}

TEST(PlanExpansion, LetsALineFollowATreeOfItsOwn) {
  TestPlan plan(
      LinesPlan("ann: { number: \"+3222000301\", tree: main, holder: bob, do_not_disturb: { "
                "always: true } }"));
  TestCall call(plan);
  EXPECT_EQ(call.To("+3222000301").Ask(), "dial front");
  EXPECT_EQ(call.decision().holder, "bob");
}

}  // namespace
}  // namespace libroute
