#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libroute/rehearsal/test_run.h"
#include "libroute/v1/explanation.pb.h"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/plan_set.h"
#include "services/routectl/step_text.h"
#include "services/routectl/terminal.h"

namespace libroute {
namespace {

struct TestOptions {
  std::vector<std::string> paths;
  OutputFormat output = OutputFormat::kText;
  bool verbose = false;
};

std::string JsonOfDifference(const FieldDifference& difference) {
  return JsonObject()
      .Add("field", difference.field)
      .Add("expected", difference.expected)
      .Add("actual", difference.actual)
      .ToString();
}

std::string JsonOfStep(const RehearsalStep& step) {
  return JsonObject()
      .Add("event", step.event)
      .AddJson("explanation", JsonOf(*step.explanation))
      .ToString();
}

std::string JsonOfResult(const TestResult& result, const SourcePosition& position) {
  std::vector<std::string> differences;
  for (const FieldDifference& each : result.differences) {
    differences.push_back(JsonOfDifference(each));
  }
  std::vector<std::string> steps;
  for (const RehearsalStep& step : result.steps) steps.push_back(JsonOfStep(step));
  return JsonObject()
      .Add("file", position.file)
      .Add("line", position.line)
      .Add("column", position.column)
      .Add("path", result.path)
      .Add("name", result.name)
      .AddJson("passed", result.passed ? "true" : "false")
      .Add("problem", result.problem)
      .AddJson("differences", JsonArray(differences))
      .AddJson("steps", JsonArray(steps))
      .ToString();
}

void PrintWay(const TestResult& result, absl::TimeZone zone) {
  for (size_t i = 0; i < result.steps.size(); ++i) {
    const RehearsalStep& step = result.steps[i];
    Print(Indented(
        absl::StrCat(StepTitle(static_cast<int>(i), step), "\n", ExplainedStep(step, zone))));
  }
}

void PrintResult(const TestResult& result, const SourcePosition& position) {
  const std::string verdict =
      result.passed ? Toned("ok    ", Tone::kGood) : Toned("FAIL  ", Tone::kBad);
  Print(absl::StrCat(verdict, position.file, ":", position.line, ": ", result.name, "\n"));
  if (!result.problem.empty()) Print(absl::StrCat("  ", result.problem, "\n"));
  for (const FieldDifference& difference : result.differences) {
    Print(absl::StrCat("  ", difference.field, ": expected ", difference.expected, ", actual ",
                       difference.actual, "\n"));
  }
}

// Carries out the tests of plans, prints and counts what comes of them.
class TestSession {
 public:
  explicit TestSession(const TestOptions& options) : options_(options) {}

  void Run(const CheckedPlan& checked, absl::TimeZone zone) {
    absl::StatusOr<std::vector<TestResult>> results = std::vector<TestResult>();
    if (!HasErrors(checked.issues)) results = RunTests(*checked.plan, checked.attachments);
    if (HasErrors(checked.issues) || !results.ok()) return AddBadPlan(checked, results.status());
    for (const TestResult& result : *results) {
      Add(result, checked.source.Find(result.path), zone);
    }
  }

  int Finish() const {
    if (options_.output == OutputFormat::kJson) Print(absl::StrCat(JsonArray(json_), "\n"));
    std::string summary = absl::StrCat(Counted(passed_ + failed_, "test"), ": ", passed_,
                                       " passed, ", failed_, " failed");
    if (bad_plans_ > 0) {
      absl::StrAppend(&summary, "; ", Counted(bad_plans_, "plan"), " with errors not tested");
    }
    Note(summary);
    return failed_ == 0 && bad_plans_ == 0 ? kOk : kNotFine;
  }

 private:
  void AddBadPlan(const CheckedPlan& checked, const absl::Status& status) {
    ++bad_plans_;
    for (const Issue& issue : checked.issues) {
      if (issue.severity == Severity::kError) Note(FormatIssue(issue));
    }
    if (!status.ok()) Note(absl::StrCat(checked.file, ": ", status.message()));
  }

  void Add(const TestResult& result, const SourcePosition& position, absl::TimeZone zone) {
    ++(result.passed ? passed_ : failed_);
    if (options_.output == OutputFormat::kJson) {
      json_.push_back(JsonOfResult(result, position));
    } else if (!result.passed || options_.verbose) {
      PrintResult(result, position);
      PrintWay(result, zone);
    }
  }

  const TestOptions& options_;
  int passed_ = 0;
  int failed_ = 0;
  int bad_plans_ = 0;
  std::vector<std::string> json_;
};

int RunPlanTests(const TestOptions& options) {
  absl::StatusOr<PlanSet> set = PlanSet::Load(options.paths, absl::Now());
  if (!set.ok()) return Fail(set.status(), kUsage);
  TestSession session(options);
  for (const CheckedPlan& plan : set->plans()) {
    session.Run(plan, set->ZoneOf(plan.plan->customer()));
  }
  return session.Finish();
}

}  // namespace

void AddTestCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* command = program.add_subcommand("test", "Carry out the tests that plans bring along");
  AddPlanPaths(*command, options->paths)->required();
  AddOutput(*command, options->output);
  command->add_flag("--verbose", options->verbose, "Show the way of passed tests, too");
  command->footer(
      "For each test that fails, prints what was expected and what came instead, and the way that\n"
      "the call took.\n\n"
      "Examples:\n"
      "  routectl test acme.yaml\n"
      "  routectl test --verbose plans/\n\n"
      "Exit code: 0 all passed, 1 some failed or a plan has errors, 2 usage or a file cannot be\n"
      "read");
  command->callback([options, &action] { action = [options] { return RunPlanTests(*options); }; });
}

}  // namespace libroute
