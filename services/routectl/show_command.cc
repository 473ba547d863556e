#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libroute/readers/plan_writer.h"
#include "libroute/tree/plan_expansion.h"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/json.h"
#include "services/routectl/plan_set.h"
#include "services/routectl/terminal.h"

namespace libroute {
namespace {

struct ShowOptions {
  std::string path;
  bool expanded = false;
  std::string output = "yaml";
};

int Show(const ShowOptions& options) {
  int exit_code = kOk;
  const std::optional<CheckedPlan> checked = LoadSoundPlan(options.path, absl::Now(), exit_code);
  if (!checked.has_value()) return exit_code;
  const PlanExpansion expansion(*checked->plan);
  const v1::Plan& shown = options.expanded ? expansion.plan() : *checked->plan;
  Print(options.output == "json" ? absl::StrCat(JsonOf(shown), "\n") : WritePlan(shown));
  return kOk;
}

}  // namespace

void AddShowCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* command = program.add_subcommand("show", "Print a plan as it is read");
  command->add_option("FILE", options->path, "The plan file")->required()->type_name("");
  command->add_flag("--expanded", options->expanded,
                    "With its lines written out as the trees that they stand for");
  command
      ->add_option("--output", options->output,
                   "yaml, as people write it, or json, protobuf's canonical one")
      ->check(CLI::IsMember({"yaml", "json"}))
      ->type_name("FORMAT")
      ->capture_default_str();
  command->footer(
      "What is printed is a plan again, which decides the same; the files that it names are not\n"
      "part of it.\n\n"
      "Examples:\n"
      "  routectl show acme.yaml --expanded\n"
      "  routectl show acme.json > acme.yaml\n\n"
      "Exit code: 0 printed, 1 the plan has errors, 2 usage or the file cannot be read");
  command->callback([options, &action] { action = [options] { return Show(*options); }; });
}

}  // namespace libroute
