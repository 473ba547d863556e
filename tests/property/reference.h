#ifndef TESTS_PROPERTY_REFERENCE_H_
#define TESTS_PROPERTY_REFERENCE_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/call/event.h"
#include "libroute/v1/decision.pb.h"
#include "libroute/v1/plan.pb.h"
#include "tests/property/reference_criteria.h"
#include "tests/property/reference_origin.h"

// What plan.proto and decision.proto say, carried out in the most direct way:
// on the written plan, by recursion, without compiling anything. Slow; to
// compare the engine with. Plans must be free of errors.
namespace libroute {

// One call, step by step. The plan must outlive it.
//
// Decisions have no continuation, revision, correlation id, reports wanted or
// time of validity; everything else is filled in.
class ReferenceCall {
 public:
  ReferenceCall(const v1::Plan& plan, const Call& call, absl::Time arrival, int max_attempts,
                int max_hops)
      : plan_(plan),
        treatment_(ReferenceTreatment(plan, call)),
        call_(ReferenceScreened(plan, call)),
        arrival_(arrival),
        max_attempts_(max_attempts),
        max_hops_(max_hops) {}

  // The first question; nothing if the plan does not serve the number. Hunting
  // counts in `world`.
  std::optional<v1::Decision> Ask(ReferenceWorld& world);

  // The next question; nothing if the event does not fit, and then nothing has
  // changed.
  std::optional<v1::Decision> Tell(const Event& event, ReferenceWorld& world, absl::Time now);

  // Which schedules the last question looked at, each with the time meant.
  const std::vector<std::pair<const v1::Schedule*, absl::Time>>& consulted() const {
    return consulted_;
  }
  int attempts() const { return state_.attempts; }
  // Whether it was kept from being sent on.
  bool looped() const { return state_.looped; }

 private:
  class Question;

  // What carries over from one question to the next.
  struct State {
    bool answered = false;
    // Somebody who was called has talked and ended the call.
    bool talked = false;
    // All failures, in order.
    std::vector<Outcome> failures;
    int global_sip = 0;
    int attempts = 0;
    uint32_t step = 0;
    int32_t priority = 0;
    std::string caller_type;
    std::map<std::string, std::string> attributes;
    // The recovery plan by which it goes.
    std::string recovery;
    bool is_drill = false;
    // Something was not dialled because the call was diverted too often, or by it.
    bool looped = false;
    // Those that the switch does not get to know.
    std::set<std::string> secrets;
    // The node that acted, and how it stands there.
    const v1::Node* node = nullptr;
    std::string path;
    // Of a dial: in which order targets are tried, those offered in this round,
    // those that were tried, and those that are not to be tried again.
    std::vector<int> order;
    std::set<int> offered;
    std::set<int> tried;
    std::set<int> settled;
    int round = 0;
    absl::Time began;
    std::vector<Outcome> node_failures;
    int plays = 0;
    // Whom to call back, until when.
    std::optional<std::pair<E164Number, absl::Time>> promise;
  };

  const v1::Plan& plan_;
  // Of the calling number.
  const v1::CallerIdentity::Treatment treatment_;
  Call call_;
  const absl::Time arrival_;
  const int max_attempts_;
  const int max_hops_;
  const v1::Number* number_ = nullptr;
  State state_;
  std::vector<std::pair<const v1::Schedule*, absl::Time>> consulted_;
};

}  // namespace libroute

#endif  // TESTS_PROPERTY_REFERENCE_H_
