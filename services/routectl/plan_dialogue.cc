#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "libroute/number/number_profile.h"
#include "libroute/plan/limits.h"
#include "libroute/plan/when.h"
#include "libroute/readers/message_reader.h"
#include "libroute/rehearsal/test_call.h"
#include "services/routectl/dialogues.h"
#include "services/routectl/plan_files.h"

namespace libroute {
namespace {

// What is written in braces stands for itself, all else is the name of a file.
bool IsWritten(const std::string& given) {
  return !given.empty() && given.front() == '{';
}

std::string NameOfGiven(const std::string& given) {
  return IsWritten(given) ? "--given" : given;
}

absl::StatusOr<v1::Given> ReadGiven(const std::string& file) {
  const PlanLimits limits;
  absl::StatusOr<std::string> text = IsWritten(file) ? file : ReadTextFile(file, limits.max_bytes);
  if (!text.ok()) return text.status();
  v1::Given given;
  MessageReading read = ReadMessage(*text, NameOfGiven(file), limits, given);
  if (!HasErrors(read.issues)) return given;
  std::string message;
  for (const Issue& issue : read.issues) {
    absl::StrAppend(&message, message.empty() ? "" : "\n", FormatIssue(issue));
  }
  return absl::InvalidArgumentError(message);
}

class RehearsedDialogue final : public Dialogue {
 public:
  struct Setting {
    std::variant<Call, Email> asked;
    absl::Time at;
    absl::TimeZone zone;
  };

  RehearsedDialogue(Rehearsal& rehearsal, Setting setting)
      : rehearsal_(rehearsal), setting_(std::move(setting)) {}

  absl::StatusOr<RehearsalStep> First() override {
    return std::visit([&](const auto& asked) { return rehearsal_.First(asked, setting_.at); },
                      setting_.asked);
  }
  absl::StatusOr<RehearsalStep> Next(absl::string_view event) override {
    return rehearsal_.Next(event);
  }
  absl::TimeZone zone() const override { return setting_.zone; }

 private:
  Rehearsal& rehearsal_;
  Setting setting_;
};

absl::StatusOr<Call> CallOf(const CallOptions& options) {
  v1::TestCall written;
  written.set_called(options.called);
  written.set_direction(DirectionOf(options));
  written.set_line(options.line);
  written.set_reference(options.reference);
  absl::Status status = WriteOrigin(options.origin, written);
  if (!status.ok()) return status;
  absl::StatusOr<Call> call = MakeCall(written, NationalProfile(options.country));
  if (call.ok()) return call;
  return absl::InvalidArgumentError(absl::StrCat("--", call.status().message()));
}

absl::StatusOr<Email> EmailOf(const CallOptions& options) {
  const absl::StatusOr<v1::TestEmail> written = WriteEmail(options.email);
  if (!written.ok()) return written.status();
  return MakeEmail(*written);
}

// Whose plan answers; empty: nobody's.
absl::StatusOr<std::string> CustomerOf(const std::variant<Call, Email>& asked,
                                       const Rehearsal& rehearsal, absl::Time now) {
  if (const Call* call = std::get_if<Call>(&asked)) return rehearsal.CustomerOf(*call, now);
  const Email& email = std::get<Email>(asked);
  absl::StatusOr<std::string> customer = rehearsal.CustomerOf(email);
  if (!absl::IsNotFound(customer.status())) return customer;
  return absl::InvalidArgumentError(
      absl::StrCat("--email-to: no plan here has a mailbox for ", email.recipients.front()));
}

absl::Status GiveFile(const std::string& file, const std::string& customer, PlanSet& set) {
  if (file.empty()) return absl::OkStatus();
  absl::StatusOr<v1::Given> given = ReadGiven(file);
  if (!given.ok()) return given.status();
  if (customer.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        NameOfGiven(file), ": no plan here serves the called number, so nothing can be given"));
  }
  absl::Status status = set.rehearsal().Give(customer, *given);
  if (status.ok()) return status;
  return absl::InvalidArgumentError(absl::StrCat(NameOfGiven(file), ": ", status.message()));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Dialogue>> PlanDialogue(const CallOptions& options, PlanSet& set,
                                                       absl::Time now) {
  std::variant<Call, Email> asked;
  if (options.email.is_asked()) {
    absl::StatusOr<Email> email = EmailOf(options);
    if (!email.ok()) return email.status();
    asked = *std::move(email);
  } else {
    absl::StatusOr<Call> call = CallOf(options);
    if (!call.ok()) return call.status();
    asked = *std::move(call);
  }
  absl::StatusOr<std::string> customer = CustomerOf(asked, set.rehearsal(), now);
  if (!customer.ok()) return customer.status();
  const absl::TimeZone zone = set.ZoneOf(*customer);
  absl::Time at = now;
  if (!options.at.empty()) {
    absl::StatusOr<absl::Time> written = ParseWhen(options.at, zone);
    if (!written.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("--at: ", written.status().message()));
    }
    at = *written;
  }
  absl::Status given = GiveFile(options.given_file, *customer, set);
  if (!given.ok()) return given;
  set.rehearsal().LookAhead(options.look_ahead);
  return std::make_unique<RehearsedDialogue>(
      set.rehearsal(), RehearsedDialogue::Setting{std::move(asked), at, zone});
}

}  // namespace libroute
