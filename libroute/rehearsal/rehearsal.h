#ifndef LIBROUTE_REHEARSAL_REHEARSAL_H_
#define LIBROUTE_REHEARSAL_REHEARSAL_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/ahead.h"
#include "libroute/call/call.h"
#include "libroute/call/decision.h"
#include "libroute/call/email.h"
#include "libroute/call/event.h"
#include "libroute/engine/engine.h"

namespace libroute {

namespace v1 {
class Explanation;
class Given;
class Inventory;
class Plan;
}  // namespace v1

// One question of a rehearsed call or e-mail, and its answer.
struct RehearsalStep {
  // What the question was about, as ParseEvent reads it; empty for the first.
  std::string event;
  // Never null. Its `decision` is the answer as it would go over the wire,
  // `at` is set, `text` is not.
  std::shared_ptr<const v1::Explanation> explanation;
};

// Tries calls and e-mails out on plans, without a network: the engine, the contact centre
// and the wire form as a server would use them, but with fixed keys, so that
// the same rehearsal always gives the same bytes. An e-mail waits wherever its plan
// says so: it does not enter the contact centre.
//
//   Rehearsal rehearsal;
//   Publication publication = rehearsal.Publish(plan, at);
//   absl::StatusOr<RehearsalStep> step = rehearsal.First(call, at);
//   step = rehearsal.Next("busy");
//
// Thread-compatible.
class Rehearsal {
 public:
  Rehearsal();
  ~Rehearsal();

  // As Engine::Publish.
  Publication Publish(const v1::Plan& plan, const Attachments& attachments, absl::Time now);
  // Of a plan without files.
  Publication Publish(const v1::Plan& plan, absl::Time now) { return Publish(plan, {}, now); }

  // As Engine::SetInventory.
  std::vector<Issue> SetInventory(const v1::Inventory& inventory);

  // States what is given, for one customer's live plan. InvalidArgument,
  // naming the field within `given`, for the first name that the plan does
  // not have or value that is missing or out of range. What is not given stays as it was.
  absl::Status Give(absl::string_view customer, const v1::Given& given);

  // Whatever was given of a group's figures, nothing is known of them any more. Errors as
  // Engine::ClearGroupFigures.
  absl::Status ForgetFigures(absl::string_view customer, absl::string_view group);

  // Whose plan would decide this call; empty if nobody's.
  absl::StatusOr<std::string> CustomerOf(const Call& call, absl::Time at) const;
  // Whose mailbox an e-mail comes to. Errors as Engine::FindMailboxCustomer.
  absl::StatusOr<std::string> CustomerOf(const Email& email) const;

  // From now on as many decisions as that, 0 to Ahead::kMostSteps, are made ahead; they
  // are in the explanation.
  void LookAhead(int steps) { look_ahead_ = steps; }

  // Asks the first question about a call that arrives at `at`; the clock
  // stands still throughout the call. Errors as Engine::Route.
  absl::StatusOr<RehearsalStep> First(const Call& call, absl::Time at);

  // The same about an e-mail. Nothing is made ahead. Errors as Engine::ExplainEmail.
  absl::StatusOr<RehearsalStep> First(const Email& email, absl::Time at);

  // Goes on after `event`, as ParseEvent reads it. InvalidArgument when it
  // cannot be read or does not fit the last decision, FailedPrecondition when
  // no question follows that decision; the call then stays where it was.
  absl::StatusOr<RehearsalStep> Next(absl::string_view event);

 private:
  absl::Status GiveSwitches(absl::string_view customer, const v1::Given& given);
  absl::Status GiveRecovery(absl::string_view customer, const v1::Given& given);
  absl::Status GiveLines(absl::string_view customer, const v1::Given& given);
  absl::StatusOr<RehearsalStep> NextOfEmail(absl::string_view event, const Event& parsed);
  // Words `decision`, which is the last one from now on.
  RehearsalStep Told(const Explanation& explanation, std::unique_ptr<Decision> decision);
  // Completes what `answer` left open, and words the decision.
  absl::StatusOr<RehearsalStep> Finish(const absl::StatusOr<Answer>& answer,
                                       absl::StatusOr<Explanation> explanation,
                                       std::unique_ptr<Decision> decision);

  std::unique_ptr<Engine> engine_;
  Call call_;
  // What is rehearsed instead; nothing: the call.
  std::optional<Email> email_;
  absl::Time at_;
  int look_ahead_ = 0;
  // What follows the decision.
  Ahead ahead_;
  // The last one; null before First.
  std::unique_ptr<Decision> decision_;
};

}  // namespace libroute

#endif  // LIBROUTE_REHEARSAL_REHEARSAL_H_
