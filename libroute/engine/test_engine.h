#ifndef LIBROUTE_ENGINE_TEST_ENGINE_H_
#define LIBROUTE_ENGINE_TEST_ENGINE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/engine/engine.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

// What tests of the engine share: plans from text, calls, a fixed time.
namespace libroute {

// Mon 2026-11-23 10:00 in Brussels.
inline const absl::Time kTestNow = absl::FromUnixSeconds(1795424400);

// A desk that two people answer in turn unless a switch is on, and one that
// agents answer.
inline constexpr char kDeskPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: desk }
  - { number: "+3222000101", tree: agents }
destinations:
  front: { number: "+3222000200" }
  back: { number: "+3222000201" }
groups: { level-1: { agents: [anna] } }
agents: { anna: {} }
switches: { flood: {} }
trees:
  desk:
    switch:
      cases: [{ switch: flood, then: { reject: { cause: busy } } }]
      otherwise:
        dial: { to: [front], on_busy: { dial: { to: [back] } }, otherwise: { voicemail: { mailbox: desk } } }
  agents: { agents: { group: level-1, wait: 60s, otherwise: { voicemail: { mailbox: desk } } } }
)";

inline EngineOptions TestOptions() {
  EngineOptions options;
  options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
  return options;
}

inline std::unique_ptr<Engine> MakeEngine(EngineOptions options = TestOptions()) {
  absl::StatusOr<std::unique_ptr<Engine>> engine = Engine::Create(std::move(options));
  EXPECT_TRUE(engine.ok()) << engine.status();
  return *std::move(engine);
}

inline v1::Plan ReadTestPlan(const std::string& yaml) {
  ReadResult read = ReadPlan(yaml, "test.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return *read.plan;
}

inline Publication PublishTest(Engine& engine, const std::string& yaml) {
  return engine.Publish(ReadTestPlan(yaml), {}, kTestNow);
}

// Expects that the plan has no errors.
inline void MustPublish(Engine& engine, const std::string& yaml) {
  Publication publication = PublishTest(engine, yaml);
  for (const Issue& issue : publication.issues) {
    if (issue.severity == Severity::kError) ADD_FAILURE() << FormatIssue(issue);
  }
}

inline Call TestCall(const std::string& called, const std::string& reference = "c1") {
  Call call;
  call.id = {"sw", 1, reference};
  absl::StatusOr<E164Number> number = E164Number::Parse(called);
  if (number.ok()) {
    call.called = *number;
  } else {
    call.dialled = *Digits::Parse(called);
  }
  call.calling = *E164Number::Parse("+32475123456");
  return call;
}

inline Call NextStep(Call call) {
  ++call.step;
  return call;
}

inline Event TestEvent(const std::string& text) {
  return *ParseEvent(text);
}

inline const Leg& OnlyLeg(const Decision& decision) {
  return std::get<DialDecision>(decision.action).legs.at(0);
}

// The mailbox that the call is sent to; what else was decided if it is not.
inline std::string Mailbox(const Decision& decision) {
  const auto* voicemail = std::get_if<VoicemailDecision>(&decision.action);
  return voicemail == nullptr ? absl::StrCat("not voicemail but ", ActionName(decision.action))
                              : std::string(voicemail->mailbox);
}

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_TEST_ENGINE_H_
