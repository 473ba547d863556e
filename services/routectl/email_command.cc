#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "libroute/plan/issue.h"
#include "libroute/report/decision_text.h"
#include "services/routectl/commands.h"
#include "services/routectl/contact_client.h"
#include "services/routectl/json.h"
#include "services/routectl/options.h"
#include "services/routectl/terminal.h"

// The command submit-email: hands an e-mail to a server, as a connector does.
namespace libroute {
namespace {

struct EmailOptions {
  ServerOptions server;
  std::string connector = "routectl";
  std::string from;
  std::vector<std::string> to;
  std::string subject;
  std::string message_id;
  std::vector<std::string> headers;
  OutputFormat output = OutputFormat::kText;
};

// Message-IDs stand in angle brackets, with spaces between them.
void ReadMessageIds(absl::string_view text, v1::Email& email) {
  for (absl::string_view id : absl::StrSplit(text, absl::ByAnyChar(" \t,"), absl::SkipEmpty())) {
    email.add_references(std::string(id));
  }
}

// A header field that matters here; false for any other.
bool ReadHeader(absl::string_view name, absl::string_view value, v1::Email& email) {
  const auto is = [&](absl::string_view other) { return absl::EqualsIgnoreCase(name, other); };
  if (is("Auto-Submitted")) {
    email.set_auto_submitted(std::string(value));
  } else if (is("Precedence")) {
    email.set_precedence(std::string(value));
  } else if (is("List-Id")) {
    email.set_list_id(std::string(value));
  } else if (is("X-Auto-Response-Suppress")) {
    email.set_auto_response_suppress(std::string(value));
  } else if (is("In-Reply-To") || is("References")) {
    ReadMessageIds(value, email);
  } else {
    return false;
  }
  return true;
}

absl::Status ReadHeaders(const std::vector<std::string>& headers, v1::Email& email) {
  for (const std::string& header : headers) {
    const std::pair<absl::string_view, absl::string_view> field =
        absl::StrSplit(header, absl::MaxSplits(':', 1));
    const absl::string_view name = absl::StripAsciiWhitespace(field.first);
    if (!absl::StrContains(header, ':') || name.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--header: ", Quoted(header), " is no header field; write \"Name: value\""));
    }
    if (!ReadHeader(name, absl::StripAsciiWhitespace(field.second), email)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "--header: ", Quoted(name),
          " does not matter to a server; expected In-Reply-To, References, Auto-Submitted, "
          "Precedence, List-Id or X-Auto-Response-Suppress"));
    }
  }
  return absl::OkStatus();
}

int SubmitEmail(const EmailOptions& options) {
  v1::SubmitRequest request;
  request.set_connector(options.connector);
  v1::Email& email = *request.mutable_email();
  email.set_message_id(options.message_id);
  if (options.message_id.empty()) {
    email.set_message_id(absl::StrCat("<", absl::ToUnixNanos(absl::Now()), "@routectl>"));
    Note(absl::StrCat("Message-ID ", email.message_id()));
  }
  email.set_sender(options.from);
  for (const std::string& address : options.to) email.add_recipients(address);
  email.set_subject(options.subject);
  const absl::Status read = ReadHeaders(options.headers, email);
  if (!read.ok()) return Fail(read, kUsage);
  absl::StatusOr<std::unique_ptr<ContactClient>> client = ContactClient::Create(options.server);
  if (!client.ok()) return Fail(client.status(), kUsage);
  const absl::StatusOr<v1::SubmitResponse> response = (*client)->Submit(request);
  if (!response.ok()) return Fail(response.status(), ExitCodeOf(response.status()));
  if (options.output == OutputFormat::kJson) {
    Print(absl::StrCat(JsonOf(*response), "\n"));
    return kOk;
  }
  Print(DecisionText(response->decision(), absl::LocalTimeZone()));
  return kOk;
}

}  // namespace

void AddSubmitEmailCommand(CLI::App& program, CommandAction& action) {
  auto options = std::make_shared<EmailOptions>();
  CLI::App* command = program.add_subcommand(
      "submit-email", "Hand an e-mail to a server, and show what becomes of it");
  AddServerOptions(*command, options->server);
  command->add_option("--connector", options->connector, "By whose name; routectl if absent")
      ->type_name("NAME");
  command
      ->add_option("--from", options->from,
                   "Who has sent it; nobody if absent, as of what reports on deliveries")
      ->type_name("ADDRESS");
  command->add_option("--to", options->to, "Whom it came to, once or several times")
      ->required()
      ->type_name("ADDRESS");
  command->add_option("--subject", options->subject, "What it is about")->type_name("TEXT");
  command
      ->add_option("--message-id", options->message_id,
                   "Which e-mail it is; made up, and told, if absent")
      ->type_name("ID");
  command
      ->add_option("--header", options->headers,
                   "In-Reply-To, References, Auto-Submitted, Precedence, List-Id or\n"
                   "X-Auto-Response-Suppress: \"Name: value\", once or several times")
      ->type_name("FIELD");
  AddOutput(*command, options->output);
  command->footer(
      "Handing in the same Message-ID again has no second effect, and shows what has become of\n"
      "it by then.\n\n"
      "Examples:\n"
      "  routectl submit-email --server localhost:7070 --from someone@example.com \\\n"
      "      --to support@acme.example --subject Invoice\n"
      "  routectl submit-email --server localhost:7070 --from list@example.com \\\n"
      "      --to support@acme.example --header \"Precedence: bulk\"\n\n"
      "Exit code: 0 shown, 1 no plan has such a mailbox, or the e-mail is wrong, 2 usage, 3 the\n"
      "server cannot be reached or refuses");
  command->callback([options, &action] { action = [options] { return SubmitEmail(*options); }; });
}

}  // namespace libroute
