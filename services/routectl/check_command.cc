#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/plan_set.h"
#include "services/routectl/terminal.h"

namespace libroute {
namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string inventory;
  OutputFormat output = OutputFormat::kText;
};

std::string JsonOfIssue(const Issue& issue) {
  return JsonObject()
      .Add("severity", SeverityName(issue.severity))
      .Add("file", issue.position.file)
      .Add("line", issue.position.line)
      .Add("column", issue.position.column)
      .Add("path", issue.path)
      .Add("code", issue.code)
      .Add("message", issue.message)
      .ToString();
}

void PrintIssues(const std::vector<Issue>& issues, OutputFormat output) {
  if (output == OutputFormat::kText) {
    for (const Issue& issue : issues) Print(absl::StrCat(TonedIssue(issue), "\n"));
    return;
  }
  std::vector<std::string> values;
  for (const Issue& issue : issues) values.push_back(JsonOfIssue(issue));
  Print(absl::StrCat(JsonArray(values), "\n"));
}

int Check(const CheckOptions& options) {
  absl::StatusOr<PlanSet> set = PlanSet::Load(options.paths, absl::Now(), options.inventory);
  if (!set.ok()) {
    NoteError(set.status().message());
    return kUsage;
  }
  std::vector<Issue> issues;
  for (const CheckedPlan& plan : set->plans()) {
    issues.insert(issues.end(), plan.issues.begin(), plan.issues.end());
  }
  PrintIssues(issues, options.output);
  const auto errors = std::count_if(issues.begin(), issues.end(), [](const Issue& issue) {
    return issue.severity == Severity::kError;
  });
  Note(absl::StrCat(Counted(set->plans().size(), "plan"), ": ", Counted(errors, "error"), ", ",
                    Counted(issues.size() - errors, "warning")));
  return errors > 0 ? kNotFine : kOk;
}

}  // namespace

void AddCheckCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command = program.add_subcommand("check", "Say all that is wrong with plans");
  AddPlanPaths(*command, options->paths)->required();
  command
      ->add_option("--inventory", options->inventory,
                   "What a carrier knows of its numbers: may these plans claim theirs?")
      ->type_name("FILE");
  AddOutput(*command, options->output);
  command->footer(
      "Prints a line for each problem, FILE:LINE:COLUMN: error|warning: PATH: what is wrong and\n"
      "what would be right. Plans are also checked against each other: one customer has one plan,\n"
      "one number is served by one plan, and calls do not go round between them.\n\n"
      "Examples:\n"
      "  routectl check acme.yaml\n"
      "  routectl check --output json plans/\n"
      "  routectl check --inventory carrier.yaml acme.yaml\n\n"
      "Exit code: 0 no errors (warnings are fine), 1 errors, 2 usage or a file cannot be read");
  command->callback([options, &action] { action = [options] { return Check(*options); }; });
}

}  // namespace libroute
