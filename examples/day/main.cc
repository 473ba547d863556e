// Plays a day at a contact centre in fast time: center_day --help.

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "examples/day/day.h"
#include "libroute/readers/attachment_reader.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace center_day {
namespace {

constexpr char kUsage[] = R"(usage: center_day [OPTION...] PLAN DAY

Plays the day DAY (day.proto says what is in it) at the contact centre of PLAN in fast
time, and prints what happens, line by line, and the figures of the day.

  --quiet        only the figures
  --from HH:MM   only what happens from then on
  --to HH:MM     only what happens before
  --seed N       another day of the same kind; the same seed gives the same day
  --help         this text

Example: center_day --from 09:00 --to 09:15 examples/plans/two-level-desk.yaml \
             examples/day/two-level-desk.day.yaml
Exit code: 0, 1 when the plan or the day is wrong, 2 when the command is
)";

struct Options {
  bool is_quiet = false;
  // Minutes of the day.
  std::optional<int> from;
  std::optional<int> to;
  std::optional<uint64_t> seed;
  std::vector<std::string> files;
};

std::optional<int> MinutesOf(const std::string& text) {
  absl::CivilMinute minute;
  if (text.size() != 5 || !absl::ParseCivilTime(absl::StrCat("1970-01-01T", text), &minute)) {
    return std::nullopt;
  }
  return 60 * minute.hour() + minute.minute();
}

// What is wrong with the command; empty if nothing is.
std::string ReadOption(const std::string& name, const std::string& value, Options& options) {
  if (name == "--seed") {
    uint64_t seed = 0;
    if (!absl::SimpleAtoi(value, &seed))
      return absl::StrCat("--seed: expected a number, not \"", value, "\"");
    options.seed = seed;
    return "";
  }
  std::optional<int>& minutes = name == "--from" ? options.from : options.to;
  minutes = MinutesOf(value);
  if (minutes.has_value()) return "";
  return absl::StrCat(name, ": expected a time like 09:15, not \"", value, "\"");
}

std::string ReadCommand(const std::vector<std::string>& words, Options& options) {
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--quiet") {
      options.is_quiet = true;
    } else if (word == "--from" || word == "--to" || word == "--seed") {
      if (++i == words.size()) return absl::StrCat(word, ": its value is missing");
      std::string wrong = ReadOption(word, words[i], options);
      if (!wrong.empty()) return wrong;
    } else if (absl::StartsWith(word, "-")) {
      return absl::StrCat("no option ", word);
    } else {
      options.files.push_back(word);
    }
  }
  if (options.files.size() != 2) return "expected a plan and a day";
  return "";
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (!file) return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  return text;
}

// Prints them. Whether there is an error.
bool Complain(const std::vector<libroute::Issue>& issues) {
  for (const libroute::Issue& issue : issues) std::cerr << libroute::FormatIssue(issue) << "\n";
  return libroute::HasErrors(issues);
}

bool Complain(const absl::Status& status) {
  if (!status.ok()) std::cerr << status.message() << "\n";
  return !status.ok();
}

int Play(const Options& options, const libroute::v1::Plan& plan,
         const libroute::Attachments& attachments, const Script& script) {
  std::ostream nowhere(nullptr);
  auto day = DayAtCenter::Begin(plan, attachments, script, options.is_quiet ? nowhere : std::cout);
  if (Complain(day.status())) return 1;
  const absl::CivilMinute midnight(script.date);
  const auto at = [&](int minutes) { return absl::FromCivil(midnight + minutes, script.zone); };
  (*day)->log().ShowOnly(options.from ? at(*options.from) : absl::InfinitePast(),
                         options.to ? at(*options.to) : absl::InfiniteFuture());
  while ((*day)->Step()) {
  }
  if (Complain((*day)->status())) return 1;
  if (!options.is_quiet) std::cout << "\n";
  (*day)->PrintSummary(std::cout);
  return 0;
}

int Main(const std::vector<std::string>& words) {
  Options options;
  for (const std::string& word : words) {
    if (word != "--help" && word != "-h") continue;
    std::cout << kUsage;
    return 0;
  }
  const std::string wrong = ReadCommand(words, options);
  if (!wrong.empty()) {
    std::cerr << "center_day: " << wrong << "\n\n" << kUsage;
    return 2;
  }
  const std::string& plan_file = options.files[0];
  const absl::StatusOr<std::string> plan_text = ReadFile(plan_file);
  const absl::StatusOr<std::string> day_text = ReadFile(options.files[1]);
  if (Complain(plan_text.status()) || Complain(day_text.status())) return 1;

  const libroute::ReadResult read = libroute::ReadPlan(*plan_text, plan_file);
  if (Complain(read.issues)) return 1;
  const std::string directory = plan_file.substr(0, plan_file.find_last_of('/') + 1);
  libroute::AttachmentReader reader;
  const libroute::AttachmentReading files = reader.Read(
      *read.plan, directory, [](const std::string& path, size_t) { return ReadFile(path); });
  if (Complain(files.issues)) return 1;
  ScriptReading script = ReadScript(*day_text, options.files[1], *read.plan);
  if (Complain(script.issues)) return 1;
  if (options.seed.has_value()) script.script.seed = *options.seed;
  return Play(options, *read.plan, files.attachments, script.script);
}

}  // namespace
}  // namespace center_day

int main(int argc, char** argv) {
  return center_day::Main(std::vector<std::string>(argv + 1, argv + argc));
}
