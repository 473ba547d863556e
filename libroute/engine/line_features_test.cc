#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/engine.h"
#include "libroute/engine/test_engine.h"

// What owners of lines switch by codes, and what becomes of it.
namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kPeople[] = R"(
customer: people
numbering: { country: BE }
lines:
  ann: { number: "+3222000301", voicemail: ann }
  bob: { number: "+3222000302" }
feature_codes: { accepted: done, refused: sorry }
dial_strings: { "*44": menu }
trees: { menu: { voicemail: { mailbox: menu } } }
)";

Call CodeCall(const std::string& dialled, const std::string& reference = "f1",
              const std::string& line = "+3222000301") {
  Call call;
  call.id = {"sw", 1, reference};
  call.direction = Direction::kOutbound;
  call.dialled = ReadDialled(dialled);
  call.service_code = ReadServiceCode(dialled);
  if (!line.empty()) call.line = *E164Number::Parse(line);
  return call;
}

class LineFeatureTest : public testing::Test {
 protected:
  LineFeatureTest() : engine_(MakeEngine()) { MustPublish(*engine_, kPeople); }

  // "announce done"; the action of anything else.
  std::string Route(const Call& call) {
    absl::StatusOr<Answer> answer = engine_->Route(call, kTestNow, decision_);
    if (!answer.ok()) return answer.status().ToString();
    return Words();
  }
  std::string Words() const {
    const auto* announce = std::get_if<AnnounceDecision>(&decision_.action);
    if (announce != nullptr) return absl::StrCat("announce ", announce->message);
    if (std::holds_alternative<VoicemailDecision>(decision_.action)) return Mailbox(decision_);
    const auto* dial = std::get_if<DialDecision>(&decision_.action);
    if (dial != nullptr) return absl::StrCat("dial ", dial->legs.at(0).number.ToString());
    return std::string(ActionName(decision_.action));
  }
  // What becomes of a call to Ann.
  std::string CallAnn() {
    return Route(TestCall("+3222000301", absl::StrCat("to-ann-", ++calls_)));
  }
  FeatureSetting Setting(LineFeature feature) {
    const std::vector<SwitchedLine> lines = *engine_->LineFeatures("people");
    for (const SwitchedLine& line : lines) {
      if (line.line == "ann") return line.settings[feature];
    }
    return {};
  }

  std::unique_ptr<Engine> engine_;
  Decision decision_;
  int calls_ = 0;
};

TEST_F(LineFeatureTest, AnswersInTheLanguageOfTheLine) {
  MustPublish(*engine_, absl::StrCat(kPeople, R"(
messages:
  done: { languages: { nl: done-nl }, otherwise: done-en }
  sorry: { languages: { nl: sorry-nl }, otherwise: sorry-en }
numbers: [{ number: "+3222000303", language: nl-BE, tree: menu }]
)"));
  EXPECT_EQ(Route(CodeCall("*26#")), "announce done-en");
  // It is none of the plan's lines, but one of its numbers.
  EXPECT_EQ(Route(CodeCall("*26#", "f2", "+3222000303")), "announce sorry-nl");
}

TEST_F(LineFeatureTest, ACodeSwitchesTheLineForTheNextCall) {
  EXPECT_EQ(CallAnn(), "dial +3222000301");
  EXPECT_EQ(Route(CodeCall("*21*0032470000001#")), "announce done");
  EXPECT_EQ(CallAnn(), "dial +32470000001");
  EXPECT_EQ(Route(CodeCall("#21#", "f2")), "announce done");
  EXPECT_EQ(CallAnn(), "dial +3222000301");
  EXPECT_EQ(Route(CodeCall("*26", "f3")), "announce done");
  EXPECT_EQ(CallAnn(), "ann");
}

TEST_F(LineFeatureTest, TheCallerHearsAMessageAndIsReleased) {
  const Call call = CodeCall("*21*0032470000001#");
  EXPECT_EQ(Route(call), "announce done");
  EXPECT_FALSE(decision_.answered);
  const std::string continuation = decision_.continuation;
  ASSERT_TRUE(
      engine_->Resume(NextStep(call), continuation, TestEvent("played"), kTestNow, decision_).ok());
  EXPECT_EQ(ActionName(decision_.action), "release");
}

TEST_F(LineFeatureTest, ARefusedCodeChangesNothing) {
  EXPECT_EQ(Route(CodeCall("*21*090212345#")), "announce sorry");
  EXPECT_EQ(Route(CodeCall("*21*112#", "f2")), "announce sorry");
  EXPECT_EQ(Route(CodeCall("*21*022000301#", "f3")), "announce sorry");
  EXPECT_THAT(*engine_->LineFeatures("people"), IsEmpty());
  EXPECT_EQ(CallAnn(), "dial +3222000301");
}

TEST_F(LineFeatureTest, AStepSwitchesOnce) {
  const Call on = CodeCall("*26#");
  EXPECT_EQ(Route(on), "announce done");
  ASSERT_TRUE(engine_->SetLineFeatures("people", "ann", {}).ok());
  // The switch asks again: it has had its effect.
  EXPECT_EQ(Route(on), "announce done");
  EXPECT_THAT(*engine_->LineFeatures("people"), IsEmpty());
  // Another question of the same step.
  EXPECT_THAT(Route(CodeCall("*21*0470000001#")), HasSubstr("ABORTED"));
  EXPECT_THAT(*engine_->LineFeatures("people"), IsEmpty());
}

TEST_F(LineFeatureTest, ExplainAndDecideSwitchNothing) {
  const absl::StatusOr<Explanation> explanation =
      engine_->Explain(CodeCall("*21*0470000001#"), kTestNow, decision_);
  ASSERT_TRUE(explanation.ok());
  EXPECT_EQ(Words(), "announce done");
  EXPECT_THAT(explanation->notes, Contains("line ann: forward_always on, to +32470000001"));
  ASSERT_TRUE(engine_->Decide(CodeCall("*26#"), kTestNow, decision_).ok());
  EXPECT_THAT(*engine_->LineFeatures("people"), IsEmpty());
  ASSERT_TRUE(engine_->Explain(CodeCall("*21*090212345#"), kTestNow, decision_).ok());
  EXPECT_EQ(Words(), "announce sorry");
}

TEST_F(LineFeatureTest, WhatIsSwitchedOutlivesTheRevision) {
  EXPECT_EQ(Route(CodeCall("*21*0470000001#")), "announce done");
  MustPublish(*engine_, absl::StrCat(kPeople, "description: newer\n"));
  EXPECT_EQ(CallAnn(), "dial +32470000001");
}

TEST_F(LineFeatureTest, ADialStringGoesBeforeACode) {
  EXPECT_EQ(Route(CodeCall("*44")), "menu");
}

TEST_F(LineFeatureTest, WhoHasNoLineIsRefused) {
  EXPECT_EQ(Route(CodeCall("*99#")), "pass_through");
  EngineOptions options = TestOptions();
  options.ingresses = {{"pbx", "BE", "", "people"}};
  engine_ = MakeEngine(std::move(options));
  MustPublish(*engine_, kPeople);
  Call call = CodeCall("*26#", "f2", "");
  call.ingress = "pbx";
  EXPECT_EQ(Route(call), "announce sorry");
}

TEST_F(LineFeatureTest, AreSetByOthersUnderTheSameRules) {
  LineSettings settings;
  FeatureSetting& always = settings[LineFeature::kForwardAlways];
  always = {FeatureSetting::State::kOn, *E164Number::Parse("+32470000001")};
  EXPECT_EQ(engine_->SetLineFeatures("people", "an", settings).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(engine_->SetLineFeatures("nobody", "ann", settings).code(),
            absl::StatusCode::kNotFound);
  ASSERT_TRUE(engine_->SetLineFeatures("people", "ann", settings).ok());
  EXPECT_EQ(Setting(LineFeature::kForwardAlways), always);
  EXPECT_EQ(CallAnn(), "dial +32470000001");
  for (const char* number : {"+3290212345", "+3222000301"}) {
    always.to = *E164Number::Parse(number);
    const absl::Status status = engine_->SetLineFeatures("people", "ann", settings);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << number;
    EXPECT_THAT(status.message(), HasSubstr("forward_always: ")) << number;
  }
  always = {FeatureSetting::State::kOn, {}};
  EXPECT_FALSE(engine_->SetLineFeatures("people", "ann", settings).ok());
  MustPublish(*engine_, "customer: people\nlines: { ann: { number: \"+3222000301\" } }");
  EXPECT_EQ(engine_->SetLineFeatures("people", "ann", {}).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(LineFeatureTest, PublishSaysWhatIsWrongWhereTheLineIs) {
  const Publication other =
      PublishTest(*engine_, "customer: other\nlines: { eve: { number: \"+3222000301\" } }");
  ASSERT_EQ(other.issues.size(), 1u);
  EXPECT_EQ(other.issues[0].path, "lines.eve.number");
  EXPECT_EQ(other.issues[0].code, "duplicate-number");
}

}  // namespace
}  // namespace libroute
