#ifndef LIBROUTE_SERVICES_AGENTS_SUPERVISION_H_
#define LIBROUTE_SERVICES_AGENTS_SUPERVISION_H_

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/engine/engine.h"
#include "services/access/principal.h"

namespace libroute {

// What somebody may see and change of a customer's contact centre: all of it, or some groups,
// the agents who serve one of them now (or did, until that was changed by hand, or whom he has
// changed himself), and the contacts of these groups. Thread-compatible.
class Supervision {
 public:
  // For "customers/<name>". InvalidArgument, naming the field `customer`; PermissionDenied.
  static absl::StatusOr<Supervision> Read(absl::string_view resource, const Principal& principal);

  const std::string& customer() const { return customer_; }
  bool sees_all() const { return sees_all_; }

  bool SeesGroup(absl::string_view group) const;
  bool Sees(const AgentNow& agent) const;
  // As it may be seen: of contacts for other groups only that they are there.
  AgentNow Narrowed(AgentNow agent) const;
  // Those without a group are their agent's.
  bool Sees(const ContactEntry& contact, const Engine& engine) const;

  // PermissionDenied unless it is seen. The agent: also NotFound, as Engine::FindAgent.
  absl::Status CheckGroup(absl::string_view group) const;
  absl::Status CheckAgent(absl::string_view agent, const Engine& engine) const;
  absl::Status CheckContact(const CallId& contact, const Engine& engine) const;
  // Whether the agent may be changed so: nothing changes in other groups by it, nor what others
  // have changed.
  absl::Status CheckChange(const AgentChange& change, const Engine& engine) const;

 private:
  Supervision() = default;
  absl::Status Denied(absl::string_view kind, absl::string_view name) const;

  // Of the principal, for messages.
  std::string who_;
  std::string customer_;
  bool sees_all_ = false;
  absl::flat_hash_set<std::string> groups_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_AGENTS_SUPERVISION_H_
