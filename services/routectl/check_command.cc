#include <algorithm>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "libroute/plan/when.h"
#include "libroute/prove/prove.h"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/plan_set.h"
#include "services/routectl/terminal.h"
#include "services/routectl/witness_command.h"

namespace libroute {
namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string inventory;
  bool prove = false;
  std::string from;
  std::string max_ringing;
  OutputFormat output = OutputFormat::kText;
};

// A problem of the plan in `file`, with a call that shows it if it was proved.
struct Problem {
  Issue issue;
  std::string file;
  std::shared_ptr<const v1::Test> witness;
};

std::string JsonOfProblem(const Problem& problem) {
  const Issue& issue = problem.issue;
  JsonObject object;
  object.Add("severity", SeverityName(issue.severity))
      .Add("file", issue.position.file)
      .Add("line", issue.position.line)
      .Add("column", issue.position.column)
      .Add("path", issue.path)
      .Add("code", issue.code)
      .Add("message", issue.message);
  if (problem.witness != nullptr) {
    object.AddJson("witness", WitnessJson(problem.file, *problem.witness));
  }
  return object.ToString();
}

void PrintProblems(const std::vector<Problem>& problems, OutputFormat output) {
  if (output == OutputFormat::kText) {
    for (const Problem& problem : problems) {
      Print(absl::StrCat(TonedIssue(problem.issue), "\n"));
      if (problem.witness == nullptr) continue;
      Print(absl::StrCat("  ", WitnessCommand(problem.file, *problem.witness), "\n"));
    }
    return;
  }
  std::vector<std::string> values;
  for (const Problem& problem : problems) values.push_back(JsonOfProblem(problem));
  Print(absl::StrCat(JsonArray(values), "\n"));
}

// What is proved of the plans, as written on the command line; InvalidArgument
// where that cannot be read. Each plan has its own times.
absl::StatusOr<ProveOptions> ReadProveOptions(const CheckOptions& options, absl::Time now,
                                              absl::TimeZone zone) {
  ProveOptions read;
  read.from = now;
  if (!options.from.empty()) {
    const std::string from = options.from.size() == 10 ? options.from + " 00:00" : options.from;
    absl::StatusOr<absl::Time> time = ParseWhen(from, zone);
    if (!time.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("--from: ", time.status().message()));
    }
    read.from = *time;
  }
  const bool is_time =
      options.max_ringing.empty() || absl::ParseDuration(options.max_ringing, &read.max_ringing);
  if (is_time && read.max_ringing > absl::ZeroDuration()) return read;
  return absl::InvalidArgumentError(absl::StrCat("--max-ringing: ", Quoted(options.max_ringing),
                                                 " is no time; write e.g. 180s or 3m"));
}

// The problems of one plan, in the order of its lines; those proved only if it has
// no errors.
absl::Status AddProblems(const CheckOptions& options, const CheckedPlan& plan, absl::Time now,
                         absl::TimeZone zone, std::vector<Problem>& problems) {
  const auto begin = static_cast<std::ptrdiff_t>(problems.size());
  for (const Issue& issue : plan.issues) problems.push_back({issue, plan.file, nullptr});
  if (!options.prove) return absl::OkStatus();
  const absl::StatusOr<ProveOptions> prove = ReadProveOptions(options, now, zone);
  if (!prove.ok()) return prove.status();
  if (HasErrors(plan.issues)) return absl::OkStatus();
  absl::StatusOr<std::vector<Finding>> findings = Prove(*plan.plan, plan.attachments, *prove);
  if (!findings.ok()) return findings.status();
  for (Finding& finding : *findings) {
    finding.issue.position = plan.source.Find(finding.issue.path);
    problems.push_back({std::move(finding.issue), plan.file, std::move(finding.witness)});
  }
  std::stable_sort(problems.begin() + begin, problems.end(),
                   [&](const Problem& a, const Problem& b) {
                     const SourcePosition& at = a.issue.position;
                     const SourcePosition& other = b.issue.position;
                     return std::make_tuple(at.file != plan.file, at.line, at.column) <
                            std::make_tuple(other.file != plan.file, other.line, other.column);
                   });
  return absl::OkStatus();
}

int Check(const CheckOptions& options) {
  const absl::Time now = absl::Now();
  absl::StatusOr<PlanSet> set = PlanSet::Load(options.paths, now, options.inventory);
  absl::Status status = set.status();
  std::vector<Problem> problems;
  for (size_t i = 0; status.ok() && i < set->plans().size(); ++i) {
    const CheckedPlan& plan = set->plans()[i];
    status = AddProblems(options, plan, now, set->ZoneOf(plan.plan->customer()), problems);
  }
  if (!status.ok()) return Fail(status, kUsage);
  PrintProblems(problems, options.output);
  const auto errors = std::count_if(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.issue.severity == Severity::kError;
  });
  Note(absl::StrCat(Counted(set->plans().size(), "plan"), ": ", Counted(errors, "error"), ", ",
                    Counted(problems.size() - errors, "warning")));
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
  CLI::Option* prove = command->add_flag(
      "--prove", options->prove,
      "Also follow all calls and e-mails that may come through the trees: who is released though "
      "nothing says so, what is never reached, how long it rings");
  command
      ->add_option("--from", options->from,
                   "Prove for two years from this day or time on; now if left out")
      ->type_name("TIME")
      ->needs(prove);
  command
      ->add_option("--max-ringing", options->max_ringing,
                   "For how long a call may ring targets, in all; 3m if left out")
      ->type_name("DURATION")
      ->needs(prove);
  AddOutput(*command, options->output);
  command->footer(
      "Prints a line for each problem, FILE:LINE:COLUMN: error|warning: PATH: what is wrong and\n"
      "what would be right. Plans are also checked against each other: one customer has one plan,\n"
      "one number is served by one plan, and calls do not go round between them.\n"
      "What --prove finds has a line more: the command that plays a call or an e-mail which shows "
      "it.\n\n"
      "Examples:\n"
      "  routectl check acme.yaml\n"
      "  routectl check --output json plans/\n"
      "  routectl check --inventory carrier.yaml acme.yaml\n"
      "  routectl check --prove --from 2027-01-01 acme.yaml\n\n"
      "Exit code: 0 no errors (warnings are fine), 1 errors, 2 usage or a file cannot be read");
  command->callback([options, &action] { action = [options] { return Check(*options); }; });
}

}  // namespace libroute
