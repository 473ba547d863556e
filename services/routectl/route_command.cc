#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libroute/report/decision_text.h"
#include "libroute/report/look_ahead_text.h"
#include "libroute/v1/explanation.pb.h"
#include "services/routectl/call_options.h"
#include "services/routectl/commands.h"
#include "services/routectl/dialogues.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/json.h"
#include "services/routectl/plan_set.h"
#include "services/routectl/server_options.h"
#include "services/routectl/step_text.h"
#include "services/routectl/terminal.h"

// The commands route and explain: the same questions, shown with and without
// the reasons.
namespace libroute {
namespace {

// Prints steps as they come; JSON is one document.
class StepPrinter {
 public:
  StepPrinter(const CallOptions& options, AskMode mode, absl::TimeZone zone)
      : output_(options.output), mode_(mode), zone_(zone) {}

  void Add(const RehearsalStep& step) {
    if (output_ == OutputFormat::kJson) {
      json_.push_back(JsonOfStep(step));
    } else {
      PrintText(step);
    }
    ++count_;
  }

  void Finish() {
    if (output_ == OutputFormat::kJson) Print(absl::StrCat(JsonArray(json_), "\n"));
  }

 private:
  std::string JsonOfStep(const RehearsalStep& step) const {
    JsonObject object;
    object.Add("event", step.event);
    if (mode_ == AskMode::kRoute) {
      object.AddJson("decision", JsonOf(step.explanation->decision()));
      if (step.explanation->has_look_ahead()) {
        object.AddJson("look_ahead", JsonOf(step.explanation->look_ahead()));
      }
    } else {
      object.AddJson("explanation", JsonOf(*step.explanation));
    }
    return object.ToString();
  }

  void PrintText(const RehearsalStep& step) const {
    Print(
        absl::StrCat(count_ == 0 ? "" : "\n", Toned(StepTitle(count_, step), Tone::kStrong), "\n"));
    Print(mode_ == AskMode::kExplain ? ExplainedStep(step, zone_)
                                     : Indented(DecisionText(step.explanation->decision(), zone_)));
    const std::string ahead = LookAheadText(step.explanation->look_ahead());
    if (!ahead.empty()) Print(absl::StrCat("  what follows\n", Indented(Indented(ahead))));
  }

  OutputFormat output_;
  AskMode mode_;
  absl::TimeZone zone_;
  int count_ = 0;
  std::vector<std::string> json_;
};

absl::Status Converse(const CallOptions& options, Dialogue& dialogue, StepPrinter& printer) {
  absl::StatusOr<RehearsalStep> step = dialogue.First();
  if (!step.ok()) return step.status();
  printer.Add(*step);
  for (const std::string& event : options.events) {
    step = dialogue.Next(event);
    if (!step.ok()) return step.status();
    printer.Add(*step);
  }
  return absl::OkStatus();
}

int Show(const CallOptions& options, AskMode mode, Dialogue& dialogue) {
  StepPrinter printer(options, mode, dialogue.zone());
  absl::Status status = Converse(options, dialogue, printer);
  printer.Finish();
  if (!status.ok()) NoteError(status.message());
  return ExitCodeOf(status);
}

int AskPlans(const CallOptions& options, AskMode mode) {
  const absl::Time now = absl::Now();
  absl::StatusOr<PlanSet> set = PlanSet::Load(options.paths, now);
  if (!set.ok()) return Fail(set.status(), kUsage);
  if (set->HasErrors()) {
    for (const CheckedPlan& plan : set->plans()) {
      for (const Issue& issue : plan.issues) Note(FormatIssue(issue));
    }
    return kNotFine;
  }
  absl::StatusOr<std::unique_ptr<Dialogue>> dialogue = PlanDialogue(options, *set, now);
  if (!dialogue.ok()) return Fail(dialogue.status(), kUsage);
  return Show(options, mode, **dialogue);
}

int AskServer(const CallOptions& options, AskMode mode) {
  absl::StatusOr<std::unique_ptr<Dialogue>> dialogue = ServerDialogue(options, mode, absl::Now());
  if (!dialogue.ok()) return Fail(dialogue.status(), kUsage);
  return Show(options, mode, **dialogue);
}

int Ask(const CallOptions& options, AskMode mode) {
  absl::Status status = CheckCallOptions(options, mode);
  if (!status.ok()) return Fail(status, kUsage);
  return options.server.address.empty() ? AskPlans(options, mode) : AskServer(options, mode);
}

constexpr char kExitCodes[] =
    "\nExit code: 0 answered, 1 the plans have errors, an event does not fit, or a server finds\n"
    "the question wrong, 2 usage, 3 the server cannot be reached or refuses";

}  // namespace

void AddRouteCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<CallOptions>();
  CLI::App* command = program.add_subcommand("route", "Say what becomes of a call or an e-mail");
  AddCallOptions(*command, *options);
  command->footer(
      std::string("Prints the decision of every step: the first one, then one for each event.\n\n"
                  "Examples:\n"
                  "  routectl route acme.yaml --called +3222000100 --at \"2026-11-23 10:00\"\n"
                  "  routectl route acme.yaml --called +3222000100 --events busy,no_answer\n"
                  "  routectl route acme.yaml --email-to support@acme.example \\\n"
                  "      --email-from anna@example.com --events timeout\n"
                  "  routectl route --server localhost:7070 --called +3222000100 --output json\n") +
      kExitCodes);
  command->callback(
      [options, &action] { action = [options] { return Ask(*options, AskMode::kRoute); }; });
}

void AddExplainCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<CallOptions>();
  CLI::App* command = program.add_subcommand("explain", "As route, and say why");
  AddCallOptions(*command, *options);
  command->footer(
      std::string("Prints for every step each node on the way, what was compared there and which\n"
                  "branch was taken, then the decision. Has no effect on a server.\n\n"
                  "Examples:\n"
                  "  routectl explain acme.yaml --called +3222000100 --calling +32470000000\n"
                  "  routectl explain --server unix:/run/routed.sock --called +3222000100 \\\n"
                  "      --at 2026-12-25T10:00:00+01:00\n") +
      kExitCodes);
  command->callback(
      [options, &action] { action = [options] { return Ask(*options, AskMode::kExplain); }; });
}

}  // namespace libroute
