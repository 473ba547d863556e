#include "libroute/rehearsal/test_run.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/when.h"
#include "libroute/rehearsal/test_call.h"
#include "libroute/schedule/zone.h"
#include "libroute/v1/explanation.pb.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

absl::Status AtPath(absl::string_view field, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat(field, ": ", status.message()));
}

const Issue* FirstError(const std::vector<Issue>& issues) {
  auto found = std::find_if(issues.begin(), issues.end(),
                            [](const Issue& issue) { return issue.severity == Severity::kError; });
  return found == issues.end() ? nullptr : &*found;
}

// What is tested.
struct Tested {
  const v1::Plan& plan;
  const Attachments& attachments;
};

absl::Status PublishPlan(const Tested& tested, absl::Time now, Rehearsal& rehearsal) {
  const Publication publication = rehearsal.Publish(tested.plan, tested.attachments, now);
  const Issue* error = FirstError(publication.issues);
  if (error == nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("the plan has errors, the first one is: ", FormatIssue(*error)));
}

absl::StatusOr<absl::TimeZone> ZoneOf(const v1::Plan& plan) {
  if (plan.time_zone().empty()) return absl::UTCTimeZone();
  return LoadZone(plan.time_zone());
}

// The field that says what the test is of.
absl::string_view SubjectOf(const v1::Test& test) {
  return test.has_email() ? "email" : "call";
}

// The questions that a test asks, in turn, until one cannot be asked.
absl::Status Ask(const v1::Test& test, absl::Time at, Rehearsal& rehearsal,
                 std::vector<RehearsalStep>& steps) {
  absl::StatusOr<RehearsalStep> step = AskFirst(test, at, rehearsal);
  if (!step.ok()) return AtPath(SubjectOf(test), step.status());
  steps.push_back(*std::move(step));
  for (int i = 0; i < test.events_size(); ++i) {
    step = rehearsal.Next(test.events(i));
    if (!step.ok()) return AtPath(IndexPath("events", i), step.status());
    steps.push_back(*std::move(step));
  }
  return absl::OkStatus();
}

absl::Status Carry(const Tested& tested, const v1::Test& test, TestResult& result) {
  const v1::Plan& plan = tested.plan;
  absl::StatusOr<absl::TimeZone> zone = ZoneOf(plan);
  if (!zone.ok()) return AtPath("time_zone", zone.status());
  absl::StatusOr<absl::Time> at =
      ParseWhen(test.has_email() ? test.email().at() : test.call().at(), *zone);
  if (!at.ok()) return AtPath(absl::StrCat(SubjectOf(test), ".at"), at.status());
  Rehearsal rehearsal;
  if (absl::Status status = PublishPlan(tested, *at, rehearsal); !status.ok()) return status;
  absl::Status given = rehearsal.Give(plan.customer(), test.given());
  if (!given.ok()) return AtPath("given", given);
  return Ask(test, *at, rehearsal, result.steps);
}

TestResult RunTest(const Tested& tested, int index) {
  const v1::Test& test = tested.plan.tests(index);
  TestResult result;
  result.path = IndexPath("tests", index);
  result.name = test.name().empty() ? result.path : test.name();
  if (test.expect().ByteSizeLong() == 0) {
    result.problem = absl::StrCat(result.path, ".expect: nothing is expected; write at least ",
                                  "what is to be done, e.g. dial: {}");
    return result;
  }
  absl::Status status = Carry(tested, test, result);
  if (!status.ok()) {
    result.problem = absl::StrCat(result.path, ".", status.message());
    return result;
  }
  result.differences = Differences(test.expect(), result.steps.back().explanation->decision());
  result.passed = result.differences.empty();
  return result;
}

}  // namespace

absl::StatusOr<std::vector<TestResult>> RunTests(const v1::Plan& plan,
                                                 const Attachments& attachments) {
  // The time of this first compilation does not matter: it only shows whether
  // the plan is sound.
  Rehearsal rehearsal;
  absl::Status sound =
      PublishPlan({plan, attachments}, absl::FromUnixSeconds(1'800'000'000), rehearsal);
  if (!sound.ok()) return sound;
  std::vector<TestResult> results;
  for (int i = 0; i < plan.tests_size(); ++i) results.push_back(RunTest({plan, attachments}, i));
  return results;
}

}  // namespace libroute
