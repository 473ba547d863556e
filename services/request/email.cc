#include "services/request/email.h"

#include "absl/strings/str_cat.h"
#include "libroute/v1/email.pb.h"

namespace libroute {

Email ReadEmail(const v1::Email& message) {
  Email email;
  email.message_id = message.message_id();
  email.sender = message.sender();
  email.recipients.assign(message.recipients().begin(), message.recipients().end());
  email.subject = message.subject();
  email.references.assign(message.references().begin(), message.references().end());
  email.auto_submitted = message.auto_submitted();
  email.precedence = message.precedence();
  email.list_id = message.list_id();
  email.auto_response_suppress = message.auto_response_suppress();
  return email;
}

absl::Status InEmail(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInvalidArgument ||
                 status.code() == absl::StatusCode::kNotFound
             ? absl::Status(status.code(), absl::StrCat("email.", status.message()))
             : status;
}

}  // namespace libroute
