#ifndef LIBROUTE_SERVICES_ROUTED_UNIX_DOOR_H_
#define LIBROUTE_SERVICES_ROUTED_UNIX_DOOR_H_

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace boost::asio {
class io_context;
}  // namespace boost::asio

namespace libroute {

// A Unix socket at which connections are accepted and told apart by the user
// of the process at the other end. Thread-compatible: all but the constructor
// runs where the io_context does.
class UnixDoor {
 public:
  // Takes over the descriptor of a connection, which does not block.
  using Visit = std::function<void(int descriptor, uid_t user)>;

  // Who may connect at all.
  enum class Access { kOwner, kEverybody };

  // Listens at `path`; takes the place of a socket that nobody listens at any
  // more. Errors name the path.
  static absl::StatusOr<std::unique_ptr<UnixDoor>> Open(boost::asio::io_context& io,
                                                        const std::string& path, Access access);
  // Removes the socket.
  virtual ~UnixDoor() = default;

  // Calls `visit` for each connection from now on, in the io_context.
  virtual void Accept(Visit visit) = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_UNIX_DOOR_H_
