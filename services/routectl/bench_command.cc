#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "services/load/load.h"
#include "services/load/questions.h"
#include "services/load/report.h"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/options.h"
#include "services/routectl/plan_files.h"
#include "services/routectl/server_options.h"
#include "services/routectl/terminal.h"

namespace libroute {
namespace {

// Open loop: so many, so that questions are not held back.
constexpr int kOpenLoopOutstanding = 10'000;

struct BenchOptions {
  ServerOptions server;
  CallPatterns calls;
  LoadShape shape;
  int outstanding = 0;
  bool stream = false;
  int per_message = 1;
  double duration_seconds = 10;
  double warmup_seconds = 1;
  bool progress = false;
  OutputFormat output = OutputFormat::kText;
};

absl::StatusOr<LoadServer> ServerOf(const ServerOptions& options) {
  absl::StatusOr<TlsTexts> tls = ReadTls(options);
  if (!tls.ok()) return tls.status();
  return LoadServer{options.address, std::move(tls->ca), std::move(tls->certificate),
                    std::move(tls->key)};
}

absl::StatusOr<LoadTarget> TargetOf(const BenchOptions& options) {
  LoadTarget target;
  absl::StatusOr<LoadServer> server = ServerOf(options.server);
  if (!server.ok()) return server.status();
  target.server = *std::move(server);
  CallPatterns calls = options.calls;
  calls.switch_name = options.server.switch_name;
  calls.epoch = static_cast<uint64_t>(absl::ToUnixMicros(absl::Now()));
  absl::StatusOr<std::vector<QuestionTemplate>> questions =
      MakeQuestions(calls, options.stream ? QuestionUse::kStream : QuestionUse::kUnary);
  if (!questions.ok()) return questions.status();
  target.questions = *std::move(questions);
  target.method =
      absl::StrCat("/libroute.v1.RouteService/", options.stream ? "RouteStream" : "Route");
  target.read_answers = options.stream ? ReadStreamAnswers : ReadUnaryAnswer;
  target.per_message = options.stream ? options.per_message : 0;
  return target;
}

LoadShape ShapeOf(const BenchOptions& options) {
  LoadShape shape = options.shape;
  if (options.outstanding > 0) {
    shape.outstanding = options.outstanding;
  } else if (shape.rate > 0) {
    shape.outstanding = kOpenLoopOutstanding;
  }
  shape.duration = absl::Seconds(options.duration_seconds);
  shape.warmup = absl::Seconds(options.warmup_seconds);
  return shape;
}

// On a terminal one line is written over and over.
ProgressListener ListenerOf(const BenchOptions& options) {
  const bool on_terminal = isatty(STDERR_FILENO) != 0;
  if (!options.progress && !on_terminal) return nullptr;
  return [on_terminal](const LoadProgress& progress) {
    const std::string line = ProgressText(progress);
    if (on_terminal) {
      std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    } else {
      std::fprintf(stderr, "%s\n", line.c_str());
    }
    std::fflush(stderr);
  };
}

int Bench(const BenchOptions& options) {
  if (options.per_message > 1 && !options.stream) {
    NoteError("--per-message is for --stream: a unary call asks one question");
    return kUsage;
  }
  absl::StatusOr<LoadTarget> target = TargetOf(options);
  if (!target.ok()) return Fail(target.status(), kUsage);
  const LoadShape shape = ShapeOf(options);
  const ProgressListener listener = ListenerOf(options);
  absl::StatusOr<LoadResult> result = RunLoad(*target, shape, listener);
  if (listener != nullptr && isatty(STDERR_FILENO) != 0) std::fputs("\r\x1b[K", stderr);
  if (!result.ok()) {
    NoteError(result.status().message());
    return absl::IsInvalidArgument(result.status()) ? kUsage : kServer;
  }
  const bool is_json = options.output == OutputFormat::kJson;
  Print(is_json ? absl::StrCat(LoadJson(shape, *result), "\n") : LoadText(shape, *result));
  return result->errors > 0 || result->kinds[kRefused] > 0 ? kNotFine : kOk;
}

void AddCallPatterns(CLI::App& command, CallPatterns& calls) {
  command.add_option("--called", calls.called, "Numbers called: +3222000100, or first-last")
      ->required()
      ->delimiter(',')
      ->type_name("NUMBERS");
  command.add_option("--calling", calls.calling, "Numbers that call, likewise; none: not known")
      ->delimiter(',')
      ->type_name("NUMBERS");
  command.add_option("--ingress", calls.ingress, "By which the calls come in")->type_name("NAME");
}

void AddShape(CLI::App& command, BenchOptions& options) {
  command.add_option("--rate", options.shape.rate, "Open loop: calls a second, come what may")
      ->check(CLI::Range(1.0, 1e8))
      ->type_name("N");
  command
      .add_option("--outstanding", options.outstanding,
                  "Messages not answered yet, at most; 64, with --rate 10000")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  command.add_option("--channels", options.shape.channels, "Connections; 4")
      ->check(CLI::Range(1, 1000))
      ->type_name("N");
  command.add_flag("--stream", options.stream, "By RouteStream, one stream a connection");
  command.add_option("--per-message", options.per_message, "Questions in each message of a stream")
      ->check(CLI::Range(1, 1000))
      ->type_name("N");
  command.add_option("--duration", options.duration_seconds, "Seconds of measurement; 10")
      ->check(CLI::Range(0.1, 86400.0))
      ->type_name("SECONDS");
  command.add_option("--warmup", options.warmup_seconds, "Seconds before it; 1")
      ->check(CLI::Range(0.0, 3600.0))
      ->type_name("SECONDS");
  command.add_flag("--progress", options.progress,
                   "Progress each second also when standard error is no terminal");
}

}  // namespace

void AddBenchCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<BenchOptions>();
  CLI::App* command = program.add_subcommand("bench", "Put load on a server and measure it");
  AddServerOptions(*command, options->server);
  command->add_option("--switch", options->server.switch_name, "The switch that asks")
      ->type_name("NAME");
  AddCallPatterns(*command, options->calls);
  AddShape(*command, *options);
  AddOutput(*command, options->output);
  command->footer(
      "Asks the first question of a new call each time. Calls are real to the server: those that\n"
      "wait for agents are held by it. Without --rate each answer brings on the next question\n"
      "(closed loop): how much can it do? With --rate questions are sent when they are due, and\n"
      "latencies count from then, also when they could be sent only later (open loop): how long\n"
      "does it take? An open loop uses one core of this machine all the time.\n\n"
      "Examples:\n"
      "  routectl bench --server localhost:7070 --called +3222000100\n"
      "  routectl bench --server unix:/run/routed.sock --called +3222000100-+3222000199 \\\n"
      "      --calling +32475000000-+32475999999 --rate 5000 --duration 60\n"
      "  routectl bench --server localhost:7070 --called +3222000100 --stream --per-message 100\n\n"
      "Exit code: 0 measured, 1 measured, but calls failed or were refused, 2 usage, 3 the server\n"
      "cannot be reached or ended a stream");
  command->callback([options, &action] { action = [options] { return Bench(*options); }; });
}

}  // namespace libroute
