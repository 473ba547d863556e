#include "services/routectl/email_options.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libroute/number/mail_address.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

absl::Status CheckAddress(absl::string_view option, const std::string& text) {
  const absl::StatusOr<std::string> address = ParseMailPattern(text);
  if (!address.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(option, ": ", address.status().message()));
  }
  if (address->front() != '@') return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      option, ": ", Quoted(text), " is a domain; write an address there, e.g. name", *address));
}

}  // namespace

void AddEmailOptions(CLI::App& command, AskedEmail& email) {
  const char* group = "Of an e-mail, instead of a call; of plan files only";
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
  absl::Status status = CheckAddress("--email-to", email.to);
  if (status.ok() && !email.from.empty()) status = CheckAddress("--email-from", email.from);
  if (!status.ok()) return status;
  v1::TestEmail written;
  written.set_to(email.to);
  written.set_from(email.from);
  written.set_subject(email.subject);
  written.set_message_id(email.message_id);
  written.set_automatic(email.automatic);
  return written;
}

}  // namespace libroute
