#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libroute/report/conference_text.h"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/plan_set.h"
#include "services/routectl/terminal.h"

namespace libroute {
namespace {

struct ConferenceOptions {
  std::string path;
  std::string conference;
  std::string of;
  OutputFormat output = OutputFormat::kText;
};

// Those that are asked for, by the name or the digits of their code.
std::vector<ConferenceConfirmation> Chosen(const ConferenceInvitation& invitation,
                                           const std::string& of) {
  std::vector<ConferenceConfirmation> chosen;
  for (const ConferenceConfirmation& each : invitation.confirmations) {
    if (of.empty() || each.name == of || each.code == of) chosen.push_back(each);
  }
  return chosen;
}

std::string InvitationJson(const ConferenceOptions& options, const ConferenceInvitation& invitation,
                           const std::vector<ConferenceConfirmation>& chosen) {
  std::vector<std::string> access;
  for (const std::string& number : invitation.access) access.push_back(JsonString(number));
  std::vector<std::string> confirmations;
  for (const ConferenceConfirmation& each : chosen) {
    confirmations.push_back(JsonObject()
                                .Add("name", each.name)
                                .Add("code", each.code)
                                .Add("role", each.role)
                                .Add("text", each.text)
                                .ToString());
  }
  JsonObject json;
  json.Add("conference", options.conference)
      .Add("number", invitation.number)
      .AddJson("access", JsonArray(access));
  if (invitation.start.has_value() && invitation.end.has_value()) {
    json.Add("start", JsonTime(*invitation.start, invitation.zone))
        .Add("end", JsonTime(*invitation.end, invitation.zone));
  }
  return json.AddJson("confirmations", JsonArray(confirmations)).ToString();
}

void PrintTexts(const std::vector<ConferenceConfirmation>& chosen) {
  const bool titled = chosen.size() > 1;
  for (const ConferenceConfirmation& each : chosen) {
    if (titled) {
      Print(absl::StrCat("---- ", each.name.empty() ? absl::StrCat("code ", each.code) : each.name,
                         "\n"));
    }
    Print(each.text);
  }
}

int Invite(const ConferenceOptions& options) {
  int exit_code = kOk;
  const std::optional<CheckedPlan> checked = LoadSoundPlan(options.path, absl::Now(), exit_code);
  if (!checked.has_value()) return exit_code;
  const absl::StatusOr<ConferenceInvitation> invitation =
      InviteTo(*checked->plan, options.conference);
  if (!invitation.ok()) return Fail(invitation.status(), kNotFine);
  const std::vector<ConferenceConfirmation> chosen = Chosen(*invitation, options.of);
  if (chosen.empty()) {
    NoteError(absl::StrCat("conference ", Quoted(options.conference), " has no code of ",
                           Quoted(options.of)));
    return kNotFine;
  }
  if (invitation->access.empty()) {
    Note("warning: no number of the plan leads to this conference");
  }
  if (options.output == OutputFormat::kJson) {
    Print(absl::StrCat(InvitationJson(options, *invitation, chosen), "\n"));
  } else {
    PrintTexts(chosen);
  }
  return kOk;
}

}  // namespace

void AddConferenceCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<ConferenceOptions>();
  CLI::App* command = program.add_subcommand(
      "conference", "Write what those who are invited to a conference are sent");
  command->add_option("FILE", options->path, "The plan file")->required()->type_name("");
  command->add_option("CONFERENCE", options->conference, "Its name in the plan")
      ->required()
      ->type_name("");
  command
      ->add_option("--of", options->of,
                   "Only for the code with this name or these digits; all if left out")
      ->type_name("NAME|CODE");
  AddOutput(*command, options->output);
  command->footer(
      "The text is the conference's `confirmation`, or a short one in English. It has the code in\n"
      "it, so send each to its owner alone.\n\n"
      "Examples:\n"
      "  routectl conference acme.yaml board\n"
      "  routectl conference acme.yaml board --of treasurer\n\n"
      "Exit code: 0 written, 1 the plan has errors, or no such conference or code, 2 usage or the\n"
      "file cannot be read");
  command->callback([options, &action] { action = [options] { return Invite(*options); }; });
}

}  // namespace libroute
