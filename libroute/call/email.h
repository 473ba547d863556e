#ifndef LIBROUTE_CALL_EMAIL_H_
#define LIBROUTE_CALL_EMAIL_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/call/decision.h"

namespace libroute {

// How many bytes a header field of an e-mail has at most (RFC 5322, 2.1.1).
inline constexpr size_t kMaxEmailFieldBytes = 998;

// An e-mail, as whoever has fetched it from its mailbox hands it in. The fields are those
// of libroute.v1.Email, where each is described.
struct Email {
  // Who hands it in; as CallId::switch_name.
  std::string connector;
  std::string message_id;
  // Empty: it reports what became of another one.
  std::string sender;
  std::vector<std::string> recipients;
  std::string subject;
  std::vector<std::string> references;
  std::string auto_submitted;
  std::string precedence;
  std::string list_id;
  std::string auto_response_suppress;
};

// What evaluation knows of an e-mail.
struct EmailFacts {
  // The address that it came to, and who has sent it, in lower case.
  std::string mailbox;
  std::string sender;
  std::string subject;
  // Without angle brackets.
  std::string message_id;
  // Why neither agent nor answer is for it, if no person has written it.
  std::optional<DiscardReason> automatic;
  // The agent who had an e-mail before that it belongs to; empty: nobody.
  std::string agent;
};

// Whether programs send an e-mail, or it goes to many: RFC 3834, section 2, and what is
// found in practice. Nothing for one that a person has written to us.
std::optional<DiscardReason> WhyAutomatic(const Email& email);

// A Message-ID as it is compared: without angle brackets and spaces around it.
absl::string_view BareMessageId(absl::string_view message_id);

}  // namespace libroute

#endif  // LIBROUTE_CALL_EMAIL_H_
