#ifndef LIBROUTE_SERVICES_CONTACTS_CONTACT_HANDLER_H_
#define LIBROUTE_SERVICES_CONTACTS_CONTACT_HANDLER_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libroute/engine/engine.h"
#include "libroute/v1/contact.pb.h"
#include "services/access/principal.h"

namespace libroute {

// Answers the requests of ContactService (contact.proto), without gRPC. Thread-safe.
// `response` is filled when the result is OK.
class ContactHandler {
 public:
  using Clock = std::function<absl::Time()>;

  // `engine` must outlive the handler.
  ContactHandler(Engine& engine, Clock clock) : engine_(engine), clock_(std::move(clock)) {}

  absl::Status Submit(const v1::SubmitRequest& request, const Principal& principal,
                      v1::SubmitResponse* response);

  absl::Status Withdraw(const v1::WithdrawRequest& request, const Principal& principal,
                        v1::WithdrawResponse* response);

 private:
  Engine& engine_;
  Clock clock_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_CONTACTS_CONTACT_HANDLER_H_
