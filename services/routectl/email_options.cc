#include "services/routectl/email_options.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/tree/plan_tests.h"

namespace libroute {
namespace {

// The option that says what a field of a test's e-mail does.
std::string OptionOf(const std::string& field) {
  if (field == "message_id") return "--message-id";
  return absl::StrCat("--email-", field);
}

}  // namespace

void AddEmailOptions(CLI::App& command, AskedEmail& email) {
  const char* group = "Of an e-mail, instead of a call";
  command
      .add_option("--email-to", email.to, "The address that it comes to, one of a plan's mailboxes")
      ->type_name("ADDRESS")
      ->group(group);
  command
      .add_option("--email-from", email.from,
                  "Who has sent it; nobody if left out, as of what reports on deliveries")
      ->type_name("ADDRESS")
      ->group(group);
  command.add_option("--email-subject", email.subject, "What it is about")
      ->type_name("TEXT")
      ->group(group);
  command.add_option("--message-id", email.message_id, "Its Message-ID, by which shares are drawn")
      ->type_name("ID")
      ->group(group);
  command.add_flag("--automatic", email.automatic, "A program has sent it (Auto-Submitted)")
      ->group(group);
}

absl::StatusOr<v1::TestEmail> WriteEmail(const AskedEmail& email) {
  if (email.to.empty()) {
    return absl::InvalidArgumentError("an e-mail needs the address that it comes to: --email-to");
  }
  v1::TestEmail written;
  written.set_to(email.to);
  written.set_from(email.from);
  written.set_subject(email.subject);
  written.set_message_id(email.message_id);
  written.set_automatic(email.automatic);
  const std::vector<FieldFault> faults = FaultsOf(written);
  if (faults.empty()) return written;
  return absl::InvalidArgumentError(
      absl::StrCat(OptionOf(faults.front().field), ": ", faults.front().message));
}

}  // namespace libroute
