#include "libroute/call/email.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace libroute {
namespace {

// The value of a header field without its parameters and comments: "auto-replied" of
// "auto-replied; owner-email=...".
absl::string_view FirstWord(absl::string_view value) {
  value = absl::StripAsciiWhitespace(value);
  return value.substr(0, value.find_first_of("; \t("));
}

// Whether the sender is a program that reports on deliveries.
bool ReportsDelivery(absl::string_view sender) {
  if (sender.empty() || sender == "<>") return true;
  const absl::string_view local = sender.substr(0, sender.rfind('@'));
  return absl::EqualsIgnoreCase(local, "mailer-daemon") ||
         absl::EqualsIgnoreCase(local, "postmaster");
}

// Microsoft's [MS-OXCMAIL], 2.1.3.1: a list of what must not be sent in answer.
bool ForbidsAnswers(absl::string_view suppress) {
  for (absl::string_view kind : absl::StrSplit(suppress, ',')) {
    kind = absl::StripAsciiWhitespace(kind);
    if (absl::EqualsIgnoreCase(kind, "all") || absl::EqualsIgnoreCase(kind, "autoreply") ||
        absl::EqualsIgnoreCase(kind, "oof")) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<DiscardReason> WhyAutomatic(const Email& email) {
  const absl::string_view submitted = FirstWord(email.auto_submitted);
  if (!submitted.empty() && !absl::EqualsIgnoreCase(submitted, "no")) {
    return DiscardReason::kAutoSubmitted;
  }
  if (ReportsDelivery(email.sender)) return DiscardReason::kBounce;
  if (!absl::StripAsciiWhitespace(email.list_id).empty()) return DiscardReason::kList;
  const absl::string_view precedence = FirstWord(email.precedence);
  for (absl::string_view bulk : {"bulk", "junk", "list"}) {
    if (absl::EqualsIgnoreCase(precedence, bulk)) return DiscardReason::kBulk;
  }
  if (ForbidsAnswers(email.auto_response_suppress)) return DiscardReason::kSuppressed;
  return std::nullopt;
}

absl::string_view BareMessageId(absl::string_view message_id) {
  message_id = absl::StripAsciiWhitespace(message_id);
  if (message_id.size() >= 2 && message_id.front() == '<' && message_id.back() == '>') {
    message_id = message_id.substr(1, message_id.size() - 2);
  }
  return absl::StripAsciiWhitespace(message_id);
}

}  // namespace libroute
