#ifndef LIBROUTE_RECORD_OPEN_RECORD_H_
#define LIBROUTE_RECORD_OPEN_RECORD_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/call_state.h"
#include "libroute/record/record.h"

namespace libroute {

// One question about a call, answered.
struct AnsweredQuestion {
  uint32_t step = 0;
  // What had happened; null for the first question.
  const Event* after = nullptr;
  const Decision& decision;
};

// The record of a call that is not over: what questions, events and reports make
// of it, one after the other. What comes twice counts once; what contradicts
// itself leaves what was known first, but for the results of attempts, where the
// later is the better one.
//
// Deterministic. Thread-compatible. Takes as much time as the call has legs, at
// most CallRecord::kMaxEntries.
class OpenRecord {
 public:
  // Of a call whose first question comes at `now`.
  OpenRecord(const Call& call, absl::Time now);
  // Of a call whose beginning is not known here, but what its continuation says.
  OpenRecord(const CallId& call, const CallState& state);
  // Of a call of which nothing is known.
  explicit OpenRecord(const CallId& call);

  // One of a step that was noted changes nothing, unless it is the last and is
  // answered otherwise now, as facts have changed: that answer is what the switch
  // does.
  void Note(const AnsweredQuestion& question, absl::Time now);
  void Note(const CallReport& report, absl::Time now);

  // More digits were asked for: the call begins again when they come.
  bool AwaitsDigits() const;

  // The record as it stands; nothing may be noted after this.
  CallRecord Close(RecordEnd end, absl::Time now) &&;

 private:
  void NoteCaller(E164Number calling, Privacy privacy);
  void NoteEvent(const Event& event, absl::Time now);
  void NoteResult(const AttemptResult& result, absl::Time now);
  void NoteCalledReleased(const Event& event, absl::Time now);
  bool IsAnsweredOtherwise(const Decision& decision) const;
  void NoteDecided(const AnsweredQuestion& question, absl::Time now);
  void NotePassThrough(const PassThroughDecision& pass_through);
  void NoteDial(const AnsweredQuestion& question, absl::Time now);
  void NoteAnswer(const CallReport& report, absl::Time at);
  void NoteReleased(const CallReport& report, absl::Time at);
  void NoteAlerting(const CallReport& report, absl::Time at);
  void AddEvent(const CallReport& report, absl::Time at);

  bool IsOfLastDial(const LegRecord& leg) const;
  // It may still be dialled, or a result may still take its answer back.
  bool IsUndecided(const LegRecord& leg) const;
  // Null if there is none, or more than one.
  LegRecord* OnlyUndecidedLeg();
  // The one that was answered; else that one.
  LegRecord* AnsweredLeg();
  LegRecord* FindLeg(AttemptId attempt);
  // That of a partial record is made if it is not known.
  LegRecord* FindOrAddLeg(AttemptId attempt);
  // Of which no more is known than how it ended.
  LegRecord* AddUnknownLeg(AttemptId attempt);
  // The leg that a report names; if it names none, the only one it can mean.
  LegRecord* LegOf(const CallReport& report);
  LegRecord* AddLeg(LegRecord leg);
  // By which gateways an attempt was made, as its result or its end says.
  template <typename End>
  static void NoteGateways(const End& end, LegRecord& leg) {
    if (!end.gateway.empty()) leg.gateway = end.gateway;
    if (!end.failed_gateways.empty()) leg.failed_gateways = end.failed_gateways;
  }
  // How a leg ended.
  void End(LegRecord& leg, Outcome outcome, absl::Time at);
  // What was dialled together with a leg that was answered, or ended with others.
  void CancelOthers(absl::Time at);

  CallRecord record_;
  // The step that is to be noted next.
  uint32_t next_step_ = 0;
  // The last decision dials.
  bool dials_ = false;
  // The step of the last dial, if there was one.
  static constexpr uint32_t kUnknownStep = UINT32_MAX;
  uint32_t dial_step_ = 0;
  // The called side has ended the call once: that it was answered says nothing of what
  // was dialled since.
  bool talk_is_over_ = false;
  LegOrder dial_order_ = LegOrder::kInOrder;
  std::string dial_node_;
  // The leg that calls the caller back, of the last dial: of the record once it is known to
  // have been dialled, which it is only for an agent who has answered.
  std::optional<LegRecord> callback_;
};

}  // namespace libroute

#endif  // LIBROUTE_RECORD_OPEN_RECORD_H_
