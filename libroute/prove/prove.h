#ifndef LIBROUTE_PROVE_PROVE_H_
#define LIBROUTE_PROVE_PROVE_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/plan/attachments.h"
#include "libroute/plan/issue.h"

namespace libroute {

namespace v1 {
class Plan;
class Test;
}  // namespace v1

struct ProveOptions {
  // For how long after `from` branches must be reached: two years.
  static constexpr absl::Duration kWindow = absl::Hours(731 * 24);

  // When calls begin to come.
  absl::Time from;
  // For how long one call may ring targets, in all.
  absl::Duration max_ringing = absl::Minutes(3);
};

// Something that becomes of calls or e-mails as a plan is written, and is hardly meant.
struct Finding {
  Issue issue;
  // A call or an e-mail that shows it, written as a test that expects nothing: `call` or
  // `email` with `at`, `given` and `events`. It was played to this end. Of a branch that
  // nothing comes to: one that comes to its node, and there falls in another branch.
  std::shared_ptr<const v1::Test> witness;
};

// What is wrong with a plan beyond what compiling it says: all calls and e-mails that may
// come are followed through its trees, as sets of numbers, times, states and values.
//
//   black-hole       a call is released by the end of the plan, and nothing was tried
//                    for it; an error where a dial comes to that though all is up,
//                    with every call that was played, else a warning; or an e-mail
//                    is left in its mailbox, because no agent takes it within `wait`,
//                    or because too many wait
//   never-matches    a case that neither calls nor e-mails fall in, given the branches
//                    before it
//   not-reached      the same from `from` on for two years
//   rings-too-long   a call may ring targets for longer than max_ringing in all
//
// Each finding is certain: what never happens was proved, what happens was played.
// (That a black hole is an error and no warning is not: so it was with all of the
// calls that were played there.)
// Not everything is found: of patterns, tables with computed keys, places and who
// diverted a call for what reason it is assumed that all may be, after each
// question states may have changed, and at a node that very different calls come
// to some of them are taken together.
//
// In the order of their places. Reads no clock. A plan of 200 nodes takes below a second.
// InvalidArgument when the plan has errors (check it first: Engine::Check).
absl::StatusOr<std::vector<Finding>> Prove(const v1::Plan& plan, const Attachments& attachments,
                                           const ProveOptions& options);

}  // namespace libroute

#endif  // LIBROUTE_PROVE_PROVE_H_
