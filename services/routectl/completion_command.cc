#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/terminal.h"

namespace libroute {
namespace {

// The options of a command, as they are typed.
std::vector<std::string> OptionNames(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back(absl::StrCat("--", name));
    for (const std::string& name : option->get_snames()) names.push_back(absl::StrCat("-", name));
  }
  return names;
}

// The words that may follow `--output`.
std::string OutputWords(const CLI::App& command) {
  if (command.get_name() == "graph") return "dot svg";
  return command.get_name() == "show" ? "yaml json" : "text json";
}

std::string BashScript(const CLI::App& program) {
  std::vector<std::string> commands;
  std::string cases;
  for (const CLI::App* command : program.get_subcommands(nullptr)) {
    commands.push_back(command->get_name());
    absl::StrAppend(&cases, "    ", command->get_name(), ")\n      options=\"",
                    absl::StrJoin(OptionNames(*command), " "), "\"\n      outputs=\"",
                    OutputWords(*command), "\" ;;\n");
  }
  return absl::StrCat(
      "# Completion of routectl for bash; use it by: source <(routectl completion bash)\n"
      "_routectl() {\n"
      "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
      "  local options=\"\" outputs=\"\"\n"
      "  COMPREPLY=()\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"",
      absl::StrJoin(commands, " "), " ", absl::StrJoin(OptionNames(program), " "),
      "\" -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case \"${COMP_WORDS[1]}\" in\n",
      cases,
      "  esac\n"
      "  if [ \"${COMP_WORDS[1]}\" = completion ]; then\n"
      "    COMPREPLY=($(compgen -W \"bash\" -- \"$word\"))\n"
      "  elif [ \"$before\" = --output ]; then\n"
      "    COMPREPLY=($(compgen -W \"$outputs\" -- \"$word\"))\n"
      "  elif [ \"$before\" = --events ]; then\n"
      "    COMPREPLY=($(compgen -W \"answered busy no_answer not_confirmed unreachable rejected "
      "redirected bad_number congestion failure cancelled no_input played timeout no_agents "
      "none_ready full closed hangup called_hangup callback\" -- \"$word\"))\n"
      "  elif [[ \"$word\" == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
      "  else\n"
      "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
      "  fi\n"
      "}\n"
      "complete -o filenames -F _routectl routectl\n");
}

}  // namespace

void AddCompletionCommand(CLI::App& program, CommandAction& action) {
  CLI::App* command =
      program.add_subcommand("completion", "Print a script that completes command lines");
  auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash")
      ->required()
      ->check(CLI::IsMember({"bash"}))
      ->type_name("");
  command->footer(
      "Example:\n"
      "  source <(routectl completion bash)\n\n"
      "Exit code: 0 printed, 2 usage");
  command->callback([shell, &program, &action] {
    action = [&program] {
      Print(BashScript(program));
      return kOk;
    };
  });
}

}  // namespace libroute
