#include "services/routed/unix_door.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "spdlog/spdlog.h"

namespace libroute {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;
using boost::system::error_code;

// How long to wait when the system has no descriptor left.
constexpr std::chrono::milliseconds kPause(100);

absl::Status CannotListen(const std::string& path, const error_code& error) {
  return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot listen on unix:", path));
}

// Removes a socket that is left from a server that is no more.
absl::Status RemoveStale(asio::io_context& io, const std::string& path) {
  struct stat info;
  if (lstat(path.c_str(), &info) != 0) return absl::OkStatus();
  if (!S_ISSOCK(info.st_mode)) {
    return absl::AlreadyExistsError(
        absl::StrCat("cannot listen on unix:", path, ": there is a file that is no socket"));
  }
  Protocol::socket probe(io);
  error_code error;
  probe.connect(Protocol::endpoint(path), error);
  if (error != asio::error::connection_refused) {
    return absl::AlreadyExistsError(
        absl::StrCat("cannot listen on unix:", path, ": another server listens there"));
  }
  if (unlink(path.c_str()) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot remove ", path));
  }
  return absl::OkStatus();
}

class AsioUnixDoor : public UnixDoor {
 public:
  explicit AsioUnixDoor(asio::io_context& io) : acceptor_(io), pause_(io) {}
  ~AsioUnixDoor() override {
    if (!path_.empty()) unlink(path_.c_str());
  }

  absl::Status Listen(const std::string& path, Access access) {
    error_code error;
    acceptor_.open(Protocol(), error);
    if (!error) acceptor_.bind(Protocol::endpoint(path), error);
    if (error) return CannotListen(path, error);
    path_ = path;
    // Before it listens: nobody comes in by the mode that bind gave it.
    mode_t mode = access == Access::kOwner ? 0600 : 0666;
    if (chmod(path.c_str(), mode) != 0) {
      return absl::ErrnoToStatus(errno, absl::StrCat("cannot change the mode of ", path));
    }
    acceptor_.listen(asio::socket_base::max_listen_connections, error);
    return error ? CannotListen(path, error) : absl::OkStatus();
  }

  void Accept(Visit visit) override {
    visit_ = std::move(visit);
    AcceptNext();
  }

 private:
  void AcceptNext() {
    acceptor_.async_accept([this](const error_code& error, Protocol::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) {
        spdlog::error("cannot accept on unix:{}: {}", path_, error.message());
        pause_.expires_after(kPause);
        pause_.async_wait([this](const error_code& stopped) {
          if (!stopped) AcceptNext();
        });
        return;
      }
      Admit(std::move(socket));
      AcceptNext();
    });
  }

  void Admit(Protocol::socket socket) {
    ucred peer = {};
    socklen_t size = sizeof(peer);
    error_code error;
    socket.native_non_blocking(true, error);
    if (error || getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
      spdlog::error("unix:{}: a connection whose user cannot be told is closed", path_);
      return;
    }
    int descriptor = socket.release(error);
    if (!error) visit_(descriptor, peer.uid);
  }

  std::string path_;
  Protocol::acceptor acceptor_;
  asio::steady_timer pause_;
  Visit visit_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<UnixDoor>> UnixDoor::Open(asio::io_context& io,
                                                         const std::string& path, Access access) {
  absl::Status status = RemoveStale(io, path);
  if (!status.ok()) return status;
  auto door = std::make_unique<AsioUnixDoor>(io);
  status = door->Listen(path, access);
  if (!status.ok()) return status;
  return door;
}

}  // namespace libroute
