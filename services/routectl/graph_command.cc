#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "libroute/report/tree_dot.h"
#include "libroute/tree/plan_expansion.h"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/plan_set.h"
#include "services/routectl/terminal.h"

extern char** environ;

namespace libroute {
namespace {

struct GraphOptions {
  std::string path;
  std::string tree;
  std::string format = "dot";
  std::string out;
};

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

absl::Status WriteText(const std::string& text, std::FILE* out) {
  if (std::fwrite(text.data(), 1, text.size(), out) == text.size() && std::fflush(out) == 0) {
    return absl::OkStatus();
  }
  return absl::NotFoundError(std::strerror(errno));
}

// The exit code of `dot -Tsvg`, from one file descriptor to another.
absl::StatusOr<int> RunDot(int input, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  std::string name = "dot";
  std::string argument = "-Tsvg";
  char* const arguments[] = {name.data(), argument.data(), nullptr};
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, "dot", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) {
    return absl::NotFoundError(
        "SVG is made by the program dot, which is not installed (Debian package graphviz); "
        "use --output dot");
  }
  if (error != 0) {
    return absl::NotFoundError(absl::StrCat("dot cannot be run: ", std::strerror(error)));
  }
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

absl::Status WriteSvg(const std::string& dot, std::FILE* out) {
  File file(std::tmpfile(), &std::fclose);
  if (file == nullptr || !WriteText(dot, file.get()).ok()) {
    return absl::NotFoundError(absl::StrCat("a temporary file: ", std::strerror(errno)));
  }
  std::rewind(file.get());
  absl::StatusOr<int> code = RunDot(fileno(file.get()), fileno(out));
  if (!code.ok()) return code.status();
  if (*code == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("dot failed with exit code ", *code));
}

absl::Status Write(const GraphOptions& options, const std::string& dot) {
  File file(nullptr, &std::fclose);
  if (!options.out.empty()) {
    file.reset(std::fopen(options.out.c_str(), "wb"));
    if (file == nullptr) {
      return absl::NotFoundError(absl::StrCat(options.out, ": ", std::strerror(errno)));
    }
  }
  std::FILE* out = file == nullptr ? stdout : file.get();
  return options.format == "svg" ? WriteSvg(dot, out) : WriteText(dot, out);
}

absl::StatusOr<std::string> DotOf(const GraphOptions& options, const v1::Plan& plan) {
  if (options.tree.empty()) return PlanDot(plan);
  return TreeDot(plan, options.tree);
}

int Graph(const GraphOptions& options) {
  int exit_code = kOk;
  const std::optional<CheckedPlan> checked = LoadSoundPlan(options.path, absl::Now(), exit_code);
  if (!checked.has_value()) return exit_code;
  const PlanExpansion expansion(*checked->plan);
  absl::StatusOr<std::string> dot = DotOf(options, expansion.plan());
  const absl::Status status = dot.ok() ? Write(options, *dot) : dot.status();
  return status.ok() ? static_cast<int>(kOk) : Fail(status, kNotFine);
}

}  // namespace

void AddGraphCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<GraphOptions>();
  CLI::App* command = program.add_subcommand("graph", "Draw the trees of a plan");
  command->add_option("FILE", options->path, "The plan file")->required()->type_name("");
  command
      ->add_option("TREE", options->tree,
                   "The tree to draw, with those it leads to; all if left out")
      ->type_name("");
  command
      ->add_option("--output", options->format,
                   "dot, for Graphviz, or svg, made by its program dot")
      ->check(CLI::IsMember({"dot", "svg"}))
      ->type_name("FORMAT")
      ->capture_default_str();
  command->add_option("-o,--out", options->out, "Write there instead of to standard output")
      ->type_name("FILE");
  command->footer(
      "Examples:\n"
      "  routectl graph acme.yaml service-desk\n"
      "  routectl graph acme.yaml --output svg -o acme.svg\n\n"
      "Exit code: 0 drawn, 1 the plan has errors or no such tree, or dot is not installed, 2 "
      "usage\n"
      "or the file cannot be read");
  command->callback([options, &action] { action = [options] { return Graph(*options); }; });
}

}  // namespace libroute
