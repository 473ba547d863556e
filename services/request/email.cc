#include "services/request/email.h"

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

}  // namespace libroute
