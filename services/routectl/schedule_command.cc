#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "libroute/plan/when.h"
#include "libroute/readers/duration_reader.h"
#include "libroute/report/schedule_ics.h"
#include "libroute/report/schedule_text.h"
#include "libroute/report/written_schedule.h"
#include "libroute/schedule/working_time.h"
#include "services/routectl/commands.h"
#include "services/routectl/exit_code.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/plan_set.h"
#include "services/routectl/terminal.h"

namespace libroute {
namespace {

// Longer ones are shown as a list only.
constexpr int kMaxPictureDays = 62;
constexpr int64_t kMaxWindowSeconds = int64_t{10} * 366 * 86400;

// Intervals can be printed as a calendar, too.
enum class ScheduleFormat { kText, kJson, kIcs };

struct ScheduleOptions {
  std::string path;
  std::string name;
  std::string from;
  std::string to;
  std::string at;
  std::string add_open;
  std::string cutoff;
  ScheduleFormat output = ScheduleFormat::kText;
};

// A time, or a date for the beginning of that day.
absl::StatusOr<int64_t> ReadTime(absl::string_view option, const std::string& text,
                                 const absl::TimeZone& zone) {
  absl::StatusOr<absl::Time> time = ParseWhen(text, zone);
  if (!time.ok() && text.size() == 10) time = ParseWhen(text + " 00:00", zone);
  if (!time.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(option, ": ", Quoted(text),
                     " is not a time; write e.g. 2026-11-23 or \"2026-11-23 10:00\""));
  }
  return absl::ToUnixSeconds(*time);
}

absl::CivilDay DayOf(int64_t seconds, const absl::TimeZone& zone) {
  return absl::ToCivilDay(absl::FromUnixSeconds(seconds), zone);
}

// From Monday to Sunday.
TimeSpan WeekOf(absl::Time now, const absl::TimeZone& zone) {
  const absl::CivilDay today = absl::ToCivilDay(now, zone);
  return SpanOf({absl::PrevWeekday(today + 1, absl::Weekday::monday), 7}, zone);
}

// What is to be shown; a week if only one end of it is named.
absl::StatusOr<TimeSpan> WindowOf(const ScheduleOptions& options, const absl::TimeZone& zone) {
  if (options.from.empty() && options.to.empty()) return WeekOf(absl::Now(), zone);
  if (options.from.empty()) return absl::InvalidArgumentError("--to needs --from");
  absl::StatusOr<int64_t> from = ReadTime("--from", options.from, zone);
  if (!from.ok()) return from.status();
  if (options.to.empty()) {
    return TimeSpan{*from, SpanOf({DayOf(*from, zone), 7}, zone).end};
  }
  absl::StatusOr<int64_t> to = ReadTime("--to", options.to, zone);
  if (!to.ok()) return to.status();
  if (*to <= *from || *to - *from > kMaxWindowSeconds) {
    return absl::InvalidArgumentError("--to must be after --from, by 10 years at most");
  }
  return TimeSpan{*from, *to};
}

std::string TimeJson(int64_t seconds, const absl::TimeZone& zone) {
  return JsonTime(absl::FromUnixSeconds(seconds), zone);
}

std::string SpansJson(const std::vector<TimeSpan>& spans, const absl::TimeZone& zone) {
  std::vector<std::string> values;
  for (const TimeSpan& span : spans) {
    values.push_back(JsonObject()
                         .Add("start", TimeJson(span.begin, zone))
                         .Add("end", TimeJson(span.end, zone))
                         .ToString());
  }
  return absl::StrCat(JsonObject().AddJson("intervals", JsonArray(values)).ToString(), "\n");
}

void PrintSpans(const ScheduleOptions& options, const Schedule& schedule, const TimeSpan& window) {
  const std::vector<TimeSpan> spans = schedule.OpenSpans(window);
  const absl::TimeZone& zone = schedule.zone();
  if (options.output == ScheduleFormat::kJson) {
    Print(SpansJson(spans, zone));
    return;
  }
  if (options.output == ScheduleFormat::kIcs) {
    Print(SpansIcs(spans, options.name));
    return;
  }
  const absl::CivilDay first = DayOf(window.begin, zone);
  const int64_t days = DayOf(window.end - 1, zone) - first + 1;
  if (days <= kMaxPictureDays) {
    Print(DayPicture(schedule, {first, static_cast<int>(days)}, TerminalGlyphs()));
    Print("\n");
  }
  Print(SpansText(spans, zone));
}

void PrintState(const Schedule& schedule, int64_t at, ScheduleFormat output) {
  const OpenState state = schedule.AtLookingFar(at);
  if (output == ScheduleFormat::kText) {
    const std::string unchanged =
        state.until == kNoChange ? absl::StrCat(" within ", Schedule::kFarYears, " years") : "";
    Print(absl::StrCat(StateText(state, schedule.zone()), unchanged, "\n"));
    return;
  }
  JsonObject object;
  object.AddJson("open", state.open ? "true" : "false");
  if (state.until != kNoChange) object.Add("until", TimeJson(state.until, schedule.zone()));
  Print(absl::StrCat(object.ToString(), "\n"));
}

// One answer, under its name where it is for programs.
void PrintAnswer(ScheduleFormat output, absl::string_view name, const std::string& json,
                 const std::string& text) {
  Print(absl::StrCat(
      output == ScheduleFormat::kText ? text : JsonObject().Add(name, json).ToString(), "\n"));
}

absl::Status PrintAddedTime(const ScheduleOptions& options, const Schedule& schedule, int64_t at) {
  const absl::StatusOr<SecondsAndNanos> open = ReadDuration(options.add_open);
  if (!open.ok() || open->nanos != 0 || open->seconds <= 0) {
    return absl::InvalidArgumentError(absl::StrCat("--add-open: ", Quoted(options.add_open),
                                                   " is not a duration; write e.g. 8h or 1h30m"));
  }
  const absl::StatusOr<int64_t> time = AddOpenTime(schedule, at, open->seconds);
  if (!time.ok()) return time.status();
  PrintAnswer(
      options.output, "time", TimeJson(*time, schedule.zone()),
      absl::FormatTime("%a %Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(*time), schedule.zone()));
  return absl::OkStatus();
}

absl::Status PrintDayAfterCutoff(const ScheduleOptions& options, const Schedule& schedule,
                                 int64_t at) {
  const absl::StatusOr<TimeOfDay> cutoff = TimeOfDay::ParseEnd(options.cutoff);
  if (!cutoff.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("--cutoff: ", cutoff.status().message()));
  }
  const absl::StatusOr<absl::CivilDay> day = DayAfterCutoff(schedule, at, *cutoff);
  if (!day.ok()) return day.status();
  const std::string date = absl::FormatCivilTime(*day);
  PrintAnswer(options.output, "day", date,
              absl::StrCat(absl::FormatTime("%a ", absl::FromCivil(*day, absl::UTCTimeZone()),
                                            absl::UTCTimeZone()),
                           date));
  return absl::OkStatus();
}

absl::Status PrintSchedule(const ScheduleOptions& options, const Schedule& schedule) {
  if (options.at.empty()) {
    absl::StatusOr<TimeSpan> window = WindowOf(options, schedule.zone());
    if (!window.ok()) return window.status();
    PrintSpans(options, schedule, *window);
    return absl::OkStatus();
  }
  if (options.output == ScheduleFormat::kIcs) {
    return absl::InvalidArgumentError("--output ics is for intervals, without --at");
  }
  absl::StatusOr<int64_t> at = ReadTime("--at", options.at, schedule.zone());
  if (!at.ok()) return at.status();
  if (!options.add_open.empty()) return PrintAddedTime(options, schedule, *at);
  if (!options.cutoff.empty()) return PrintDayAfterCutoff(options, schedule, *at);
  PrintState(schedule, *at, options.output);
  return absl::OkStatus();
}

int ShowSchedule(const ScheduleOptions& options) {
  const absl::Time now = absl::Now();
  int exit_code = kOk;
  const std::optional<CheckedPlan> checked = LoadSoundPlan(options.path, now, exit_code);
  if (!checked.has_value()) return exit_code;
  absl::StatusOr<std::shared_ptr<const Schedule>> schedule =
      WrittenSchedule(*checked->plan, checked->attachments, options.name, now);
  if (!schedule.ok()) return Fail(schedule.status(), kNotFine);
  absl::Status status = PrintSchedule(options, **schedule);
  if (status.ok()) return kOk;
  NoteError(status.message());
  return absl::IsNotFound(status) ? kNotFine : kUsage;
}

void AddFormat(CLI::App& command, ScheduleFormat& output) {
  static const std::map<std::string, ScheduleFormat>& formats =
      *new std::map<std::string, ScheduleFormat>{{"text", ScheduleFormat::kText},
                                                 {"json", ScheduleFormat::kJson},
                                                 {"ics", ScheduleFormat::kIcs}};
  command
      .add_option_function<std::string>(
          "--output", [&output](const std::string& name) { output = formats.at(name); },
          "text, for people; json, for programs; ics, for calendars")
      ->check(CLI::IsMember({"text", "json", "ics"}))
      ->type_name("FORMAT")
      ->default_str("text");
}

void AddWorkingTime(CLI::App& command, ScheduleOptions& options, CLI::Option* at) {
  CLI::Option* add_open =
      command
          .add_option("--add-open", options.add_open,
                      "Say when it will have been open for so long since --at, e.g. 8h")
          ->type_name("DURATION")
          ->needs(at);
  command
      .add_option("--cutoff", options.cutoff,
                  "Say on which working day is done what is asked at --at: the next one, if asked "
                  "on a working day before this time, else the one after")
      ->type_name("HH:MM")
      ->needs(at)
      ->excludes(add_open);
}

}  // namespace

void AddScheduleCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<ScheduleOptions>();
  CLI::App* command = program.add_subcommand("schedule", "Show when a schedule is open");
  command->add_option("FILE", options->path, "The plan file")->required()->type_name("");
  command->add_option("NAME", options->name, "The schedule")->required()->type_name("");
  CLI::Option* at =
      command->add_option("--at", options->at, "Say whether it is open then, and until when")
          ->type_name("TIME");
  command->add_option("--from", options->from, "Show from then on; this week if left out")
      ->type_name("TIME")
      ->excludes(at);
  command->add_option("--to", options->to, "Show until then; a week if left out")
      ->type_name("TIME")
      ->excludes(at);
  AddWorkingTime(*command, *options, at);
  AddFormat(*command, options->output);
  command->footer(
      "Prints a picture of up to 62 days, a line for each day and a character for each half hour,\n"
      "and the open intervals. Times are in the schedule's zone: 2026-11-23, \"2026-11-23 10:00\", "
      "or\n"
      "RFC 3339.\n\n"
      "Examples:\n"
      "  routectl schedule acme.yaml service-hours\n"
      "  routectl schedule acme.yaml service-hours --from 2026-12-21 --to 2027-01-04\n"
      "  routectl schedule acme.yaml service-hours --at \"2026-12-25 10:00\" --output json\n"
      "  routectl schedule acme.yaml service-hours --at \"2026-11-27 15:00\" --add-open 8h\n"
      "  routectl schedule acme.yaml service-hours --at \"2026-11-27 15:00\" --cutoff 16:00\n\n"
      "Exit code: 0 shown, 1 the plan has errors, no such schedule, or it opens too seldom, 2 "
      "usage or the file cannot "
      "be\n"
      "read");
  command->callback([options, &action] { action = [options] { return ShowSchedule(*options); }; });
}

}  // namespace libroute
