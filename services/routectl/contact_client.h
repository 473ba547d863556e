#ifndef LIBROUTE_SERVICES_ROUTECTL_CONTACT_CLIENT_H_
#define LIBROUTE_SERVICES_ROUTECTL_CONTACT_CLIENT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "libroute/v1/contact.pb.h"
#include "services/routectl/server_options.h"

namespace libroute {

// A server's ContactService. As RouteClient.
class ContactClient {
 public:
  virtual ~ContactClient() = default;

  static absl::StatusOr<std::unique_ptr<ContactClient>> Create(const ServerOptions& options);

  virtual absl::StatusOr<v1::SubmitResponse> Submit(const v1::SubmitRequest& request) = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_CONTACT_CLIENT_H_
