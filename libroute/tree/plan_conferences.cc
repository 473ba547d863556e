#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "libroute/plan/confirmation.h"
#include "libroute/schedule/written_time.h"
#include "libroute/schedule/zone.h"
#include "libroute/tree/plan_compiler.h"

// The conferences of a plan.
namespace libroute {
namespace {

constexpr uint32_t kUsualCapacity = 25;
constexpr uint32_t kMostPlaces = 10'000;
constexpr int kMostCodes = 10'000;
// Fewer are guessed too soon.
constexpr int kFewestCodeDigits = 4;

// Digits that a caller can enter and end with '#'.
Digits ReadEntered(const std::string& text) {
  absl::StatusOr<Digits> digits = Digits::Parse(text);
  const bool is_entered = digits.ok() && text.find_first_not_of("0123456789") == std::string::npos;
  return is_entered ? *digits : Digits();
}

}  // namespace

void PlanCompiler::CompileConferences() {
  // In the order of the names, so that the same plan compiles the same.
  std::map<std::string, const v1::PlannedConference*> sorted;
  for (const auto& [name, written] : written_.conferences()) sorted[name] = &written;
  std::map<Digits, std::string> numbers;
  for (const auto& [name, written] : sorted) {
    const std::string path = KeyPath("conferences", name);
    CompiledConference conference = CompileConference(name, *written, path);
    if (!conference.number.empty()) {
      auto [known, is_new] = numbers.emplace(conference.number, name);
      if (!is_new) {
        Error(path + ".number", "duplicate-number",
              absl::StrCat("conference ", Quoted(known->second),
                           " has this number, too; callers could not say which one they mean"));
      }
    }
    plan_->conferences_.push_back(std::move(conference));
  }
}

CompiledConference PlanCompiler::CompileConference(const std::string& name,
                                                   const v1::PlannedConference& written,
                                                   const std::string& path) {
  CompiledConference conference;
  conference.name = name;
  conference.number = ReadEntered(written.number());
  if (conference.number.empty()) {
    Error(path + ".number", written.number().empty() ? "missing" : "bad-value",
          "a conference needs the number that callers enter to name it, 1 to 15 digits");
  }
  CompileConferenceTimes(written, path, conference);
  CompileCodes(written, path, conference);
  conference.capacity = written.capacity() == 0 ? kUsualCapacity : written.capacity();
  if (conference.capacity > kMostPlaces) {
    Error(path + ".capacity", "bad-value",
          absl::StrCat("a conference has at most ", kMostPlaces, " places"));
  }
  conference.record = written.record();
  if (!written.introduction().empty()) {
    conference.introduction = Message(written.introduction(), path + ".introduction");
  }
  CheckConfirmation(written.confirmation(), path + ".confirmation");
  if (written.record() && written.introduction().empty()) {
    Warn(path + ".record", "unannounced-recording",
         "this conference is recorded and has no introduction that could say so");
  }
  conference.places = CounterIndex("conference " + name);
  conference.wrong_codes = CounterIndex("wrong codes of conference " + name);
  return conference;
}

void PlanCompiler::CheckConfirmation(const std::string& text, const std::string& path) {
  constexpr size_t kMostBytes = 4096;
  if (text.size() > kMostBytes) {
    Error(path, "too-long", absl::StrCat("at most ", kMostBytes, " bytes are sent"));
  }
  const absl::StatusOr<TextTemplate> made = TextTemplate::Parse(text, kConfirmationNames);
  if (!made.ok()) Error(path, "bad-value", std::string(made.status().message()));
}

void PlanCompiler::CompileConferenceTimes(const v1::PlannedConference& written,
                                          const std::string& path, CompiledConference& conference) {
  const absl::Duration before =
      DurationIn(written.has_opens_before() ? &written.opens_before() : nullptr,
                 path + ".opens_before", {absl::ZeroDuration(), absl::Hours(24), absl::Minutes(5)});
  if (written.start().empty() && written.end().empty()) return;
  const std::optional<absl::Time> start = ConferenceTime(written, written.start(), path + ".start");
  const std::optional<absl::Time> end = ConferenceTime(written, written.end(), path + ".end");
  if (!start.has_value() || !end.has_value()) return;
  if (*end <= *start) {
    Error(path + ".end", "bad-value", "the conference ends before it starts");
  } else if (*end < context_.now) {
    Warn(path + ".end", "is-over", "this conference is over; nobody can join it any more");
  }
  conference.opens = absl::ToUnixSeconds(*start - before);
  conference.ends = absl::ToUnixSeconds(*end);
}

std::optional<absl::Time> PlanCompiler::ConferenceTime(const v1::PlannedConference& written,
                                                       const std::string& text,
                                                       const std::string& path) {
  if (text.empty()) {
    Error(path, "missing",
          "a conference has both a start and an end, or neither: then it is always open");
    return std::nullopt;
  }
  absl::StatusOr<WrittenTime> time = WrittenTime::Parse(text);
  if (!time.ok() || time->form == TimeForm::kDate) {
    Error(path, "bad-time",
          absl::StrCat(Quoted(text),
                       " is not a time; write e.g. \"2026-12-01T14:00:00\", or "
                       "\"2026-12-01T13:00:00Z\" for UTC"));
    return std::nullopt;
  }
  if (time->form == TimeForm::kUtc) return absl::FromCivil(time->time, absl::UTCTimeZone());
  const std::string& zone_name =
      written.time_zone().empty() ? written_.time_zone() : written.time_zone();
  absl::StatusOr<absl::TimeZone> zone = LoadZone(zone_name);
  if (!zone.ok()) {
    Error(path, zone_name.empty() ? "missing" : "bad-time-zone",
          zone_name.empty() ? "a local time needs a time_zone, here or of the plan"
                            : std::string(zone.status().message()));
    return std::nullopt;
  }
  return absl::FromCivil(time->time, *zone);
}

void PlanCompiler::CompileCodes(const v1::PlannedConference& written, const std::string& path,
                                CompiledConference& conference) {
  if (written.codes().empty()) {
    Error(path + ".codes", "missing",
          "without a code nobody can join; write codes: [{ code: \"4711\" }]");
  }
  if (written.codes_size() > kMostCodes) {
    Error(path + ".codes", "too-many", absl::StrCat("at most ", kMostCodes, " codes"));
    return;
  }
  std::set<Digits> seen;
  for (int i = 0; i < written.codes_size(); ++i) {
    const v1::PlannedConference::Code& code = written.codes(i);
    const std::string code_path = IndexPath(path + ".codes", i);
    const Digits digits = ReadEntered(code.code());
    if (digits.size() < kFewestCodeDigits) {
      Error(code_path + ".code", code.code().empty() ? "missing" : "bad-value",
            absl::StrCat("a code has ", kFewestCodeDigits, " to ", Digits::kMaxLength, " digits"));
      continue;
    }
    if (!seen.insert(digits).second) {
      Error(code_path + ".code", "duplicate-code",
            "another code of this conference is the same; the code decides what its owner may do, "
            "so each must be different");
    }
    const auto role = code.role() == v1::CONFERENCE_ROLE_UNSPECIFIED
                          ? ConferenceRole::kParticipant
                          : static_cast<ConferenceRole>(code.role());
    conference.codes.push_back({digits, role});
    conference.max_code_digits = std::max(conference.max_code_digits, digits.size());
  }
}

}  // namespace libroute
