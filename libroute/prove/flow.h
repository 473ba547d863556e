#ifndef LIBROUTE_PROVE_FLOW_H_
#define LIBROUTE_PROVE_FLOW_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "libroute/plan/attachments.h"
#include "libroute/prove/call_set.h"
#include "libroute/prove/exits.h"
#include "libroute/prove/narrowing.h"
#include "libroute/prove/time_sets.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

class CompiledPlan;

// What may be wrong at a place of a plan, with calls that should show it.
struct Suspect {
  enum class Kind {
    // No call falls in this case, whenever it comes.
    kNeverMatches,
    // None does within the window.
    kNotReached,
    // A call may be released at this node though nothing says so.
    kBlackHole,
    // With this node targets are rung for too long.
    kRingsTooLong,
  };

  Kind kind = Kind::kNeverMatches;
  // Of what is to be reported.
  std::string path;
  // The node to which the calls come, and what it looks at: "time".
  std::string node;
  std::string criterion;
  std::string branch;
  // Some calls that come to the node are this case's, but earlier cases take them.
  bool is_shadowed = false;
  // What comes to the node.
  bool has_calls = false;
  bool has_emails = false;
  // Of a branch that is not reached, those that come to the node come closest; the
  // first ones are the best.
  std::vector<CallSet> calls;
};

// Follows all calls and e-mails that may come to a plan through its trees, as sets of calls.
// Each node is visited once, with all that may come there: linear in the nodes,
// because at most kMostSets sets are told apart at any of them.
class Flow {
 public:
  static constexpr size_t kMostSets = 16;

  // All must outlive this.
  Flow(const v1::Plan& plan, const Attachments& attachments, const CompiledPlan& compiled,
       TimeSets& times, absl::Duration max_ringing);

  // What kNeverMatches and kNotReached say is certain; the others are to be tried
  // out.
  std::vector<Suspect> Run();

 private:
  using Sets = std::vector<CallSet>;
  struct Case {
    Exit exit;
    Sets taken;
    // Of all that come to the node, without regard to the cases before.
    Sets meant;
  };

  // flow_begin.cc
  void Begin();
  void BeginAt(const std::string& tree, CallSet set);
  CallSet Anything() const;
  void BeginNumbers();
  void BeginRecovery();
  // At the trees of those that are meant; while a recovery plan is on, at its tree.
  void BeginNumbersAt(const std::string& recovery_tree, const std::string& recovery_plan,
                      absl::FunctionRef<bool(const NumberPattern&)> is_one);
  // The called numbers that come by the entry `number` of the plan, of `all`.
  static NumberRanges NumbersAt(const v1::Number& number, const NumberPattern& pattern,
                                const std::vector<NumberPattern>& all);
  void BeginLines();
  void BeginMailboxes();
  // E-mails of which nothing is known but that they come to these; `addresses` are those
  // that an e-mail may then come to.
  CallSet AnyEmail(std::set<std::string> mailboxes, ValueSet addresses) const;

  void Visit(const Place& place, Sets sets);
  void VisitKind(const Place& place, const Sets& sets);
  // By branches of which nothing is known: whatever may be of the call may be.
  void VisitUnknown(const Place& place, const Sets& sets);
  void VisitLimit(const Place& place, const Sets& sets);
  void VisitSimple(const Place& place, const Sets& sets);
  void VisitCaller(const Place& place, const Sets& sets);
  void VisitShare(const Place& place, const Sets& sets);
  void VisitLookup(const Place& place, const Sets& sets);
  // One that chooses among cases, each of which narrows what comes there.
  template <class Branch, class NarrowCase>
  void VisitCases(const Place& place, const Branch& branch, const char* criterion, const Sets& sets,
                  NarrowCase narrow);
  void CheckCase(const Place& place, const char* criterion, const Sets& sets, const Case& item);
  void CheckOtherwise(const Place& place, const char* criterion, const Sets& sets,
                      const Sets& left);

  // flow_actions.cc
  void VisitDial(const Place& place, const Sets& sets);
  void SkipTargets(const Place& place, const Sets& sets, std::map<std::string, Sets>& below);
  void VisitMenu(const Place& place, const Sets& sets);
  void VisitCollect(const Place& place, const Sets& sets);
  void VisitAgents(const Place& place, const Sets& sets);
  void VisitConferenceAccess(const Place& place, const Sets& sets);
  // `bad`: an event that is bad input; empty if none is.
  template <class Prompt>
  void VisitFaults(const Place& place, const Prompt& prompt, const std::string& bad,
                   const Sets& sets);
  // When the called side has ended the call.
  template <class Action>
  void VisitAfter(const Place& place, const Action& action, Sets sets);
  void SuspectBlackHole(const Place& place, const Sets& sets);

  // The sets that take `exit` when `event` happens.
  static Sets After(const Place& place, const Exit& exit, const std::string& event, Sets sets);
  static CallSet Taking(const Place& place, const Exit& exit, CallSet set);
  void Send(const Place& place, const Exit& exit, Sets sets);

  const v1::Plan& plan_;
  const Attachments& attachments_;
  TimeSets& times_;
  const absl::Duration max_ringing_;
  Exits exits_;
  Narrowing narrowing_;
  // How long dial nodes may try their targets, by path.
  absl::flat_hash_map<std::string, absl::Duration> longest_;
  // Attributes that the plan looks at.
  std::vector<std::string> attributes_;
  // What comes to a tree or a branch of the default, by path.
  std::map<std::string, Sets> arrivals_;
  std::vector<Suspect> suspects_;
};

}  // namespace libroute

#endif  // LIBROUTE_PROVE_FLOW_H_
