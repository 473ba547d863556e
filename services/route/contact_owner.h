#ifndef LIBROUTE_SERVICES_ROUTE_CONTACT_OWNER_H_
#define LIBROUTE_SERVICES_ROUTE_CONTACT_OWNER_H_

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libroute/call/decision.h"
#include "libroute/engine/engine.h"

namespace libroute {

// Has the contacts of customers carried out where they are owned: by this
// thread, another one, or another server. Thread-safe.
class ContactOwner {
 public:
  using Done = std::function<void(const absl::Status&)>;

  virtual ~ContactOwner() = default;

  // Completes `decision`, which came with `enter`, and then calls `done` once,
  // from any thread, also before returning. Both live until `done` returns.
  // Errors as those of Engine::Complete.
  virtual void Complete(const Enter& enter, absl::Time now, Decision& decision,
                        const Done& done) = 0;
};

// Everything is owned here: carries contacts out in the thread that asks.
class InlineContactOwner : public ContactOwner {
 public:
  // `engine` must outlive the owner.
  explicit InlineContactOwner(Engine& engine) : engine_(engine) {}

  void Complete(const Enter& enter, absl::Time now, Decision& decision, const Done& done) override {
    done(engine_.Complete(enter, now, decision));
  }

 private:
  Engine& engine_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_CONTACT_OWNER_H_
