#include "services/contacts/contact_handler.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "libroute/call/email.h"
#include "libroute/plan/issue.h"
#include "libroute/wire/decision_wire.h"
#include "services/request/customer.h"
#include "services/request/email.h"
#include "services/request/field.h"
#include "services/request/proto_time.h"

namespace libroute {
namespace {

// When to ask again about an e-mail that an agent has.
constexpr absl::Duration kAskAfterAssigned = absl::Seconds(60);

// Whether it may hand in e-mails for anybody.
bool IsConnector(const Principal& principal, absl::string_view connector) {
  return principal.is_operator || CheckSwitch(principal, connector).ok();
}

// A customer learns nothing of mailboxes that are others'.
absl::Status CheckMailbox(const Engine& engine, const Email& email, const Principal& principal) {
  if (IsConnector(principal, email.connector)) return absl::OkStatus();
  // Of a switch it is said which one it is.
  if (principal.customer.empty()) return CheckSwitch(principal, email.connector);
  const absl::StatusOr<std::string> customer = engine.FindMailboxCustomer(email);
  if (customer.ok()) {
    if (CheckCustomer(principal, *customer).ok()) return absl::OkStatus();
  } else if (customer.status().code() == absl::StatusCode::kInvalidArgument) {
    return InEmail(customer.status());
  }
  return absl::PermissionDeniedError(
      absl::StrCat("email.recipients: none is a mailbox of customer ", Quoted(principal.customer)));
}

absl::Duration AskAfter(const Decision& decision) {
  if (const auto* wait = std::get_if<WaitDecision>(&decision.action)) return wait->poll_after;
  const auto* assigned = std::get_if<AssignedDecision>(&decision.action);
  const bool goes_on = assigned != nullptr && !assigned->finished;
  return goes_on ? kAskAfterAssigned : absl::ZeroDuration();
}

}  // namespace

absl::Status ContactHandler::Submit(const v1::SubmitRequest& request, const Principal& principal,
                                    v1::SubmitResponse* response) {
  absl::Status status = CheckName(request.connector());
  if (!status.ok()) return InField("connector", status);
  if (!request.has_email()) return BadField("email", "is missing");
  Email email = ReadEmail(request.email());
  email.connector = request.connector();
  status = CheckMailbox(engine_, email, principal);
  if (!status.ok()) return status;
  Decision decision;
  status = engine_.Submit(email, clock_(), decision);
  if (!status.ok()) return InEmail(status);
  EmailToProto(decision, response->mutable_decision());
  const absl::Duration ask_after = AskAfter(decision);
  if (ask_after > absl::ZeroDuration()) WriteDuration(ask_after, response->mutable_poll_after());
  return absl::OkStatus();
}

absl::Status ContactHandler::Withdraw(const v1::WithdrawRequest& request,
                                      const Principal& principal, v1::WithdrawResponse* response) {
  absl::Status status = CheckName(request.connector());
  if (!status.ok()) return InField("connector", status);
  const absl::StatusOr<std::string> customer = IsConnector(principal, request.connector())
                                                   ? ReadCustomerName(request.customer())
                                                   : ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  const absl::StatusOr<bool> withdrawn =
      engine_.WithdrawEmail(*customer, request.connector(), request.message_id(), clock_());
  if (!withdrawn.ok()) return withdrawn.status();
  response->set_withdrawn(*withdrawn);
  return absl::OkStatus();
}

}  // namespace libroute
