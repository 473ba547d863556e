#ifndef LIBROUTE_PROVE_STAGE_H_
#define LIBROUTE_PROVE_STAGE_H_

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/plan/attachments.h"
#include "libroute/prove/call_set.h"
#include "libroute/rehearsal/rehearsal.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// What became of a call, or an e-mail, that was made up.
struct Played {
  // With the events that happened, and the reference that it had.
  v1::Test test;
  std::vector<RehearsalStep> steps;
  // For how long targets were tried, if each of them was rung to the end.
  absl::Duration ringing;
};

// Where calls and e-mails are tried out on a plan: by the engine, as it would decide.
class Stage {
 public:
  // Both must outlive this; the plan has no errors.
  Stage(const v1::Plan& plan, const Attachments& attachments, absl::Time now);

  // Plays `test` with events that lead it along the way of `set`, as far as they
  // do. Nothing where it cannot be asked about. Fast; but turns go on from call to
  // call. Each has a reference of its own, and so may fall in another share.
  std::optional<Played> Try(const v1::Test& test, const CallSet& set);
  // The same as it is played for the first time, with the events of `played`: what
  // a command line shows that is given this call.
  std::optional<Played> Confirm(const Played& played) const;

 private:
  void Reset(const v1::Given& given);

  const v1::Plan& plan_;
  const Attachments& attachments_;
  const absl::Time now_;
  Rehearsal rehearsal_;
  // Everything up, off and staffed.
  v1::Given usual_;
  // Whose figures were given, and are forgotten before the next call.
  std::set<std::string> given_groups_;
  int played_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_PROVE_STAGE_H_
