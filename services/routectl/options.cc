#include "services/routectl/options.h"

#include <map>

#include "absl/strings/str_cat.h"

namespace libroute {

CLI::Option* AddPlanPaths(CLI::App& command, std::vector<std::string>& paths) {
  return command
      .add_option("FILE", paths,
                  "Plan files; a directory stands for all *.yaml, *.yml and *.json below it")
      ->type_name("");
}

CLI::Option* AddOutput(CLI::App& command, OutputFormat& output) {
  static const std::map<std::string, OutputFormat>& formats =
      *new std::map<std::string, OutputFormat>{{"text", OutputFormat::kText},
                                               {"json", OutputFormat::kJson}};
  return command
      .add_option_function<std::string>(
          "--output", [&output](const std::string& name) { output = formats.at(name); },
          "text, for people, or json, for programs")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT")
      ->default_str("text");
}

std::string Counted(int64_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

}  // namespace libroute
