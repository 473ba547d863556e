#include "libroute/call/call_state.h"

namespace libroute {

std::string CalledText(const CallState& state) {
  return state.called.has_value() ? state.called.ToString() : state.dialled.ToString();
}

bool IsLoop(const CallState& state) {
  OutcomeSet only_failure;
  only_failure.Add(Outcome::kFailure);
  return state.looped && state.global_sip == 0 && state.failed == only_failure;
}

ResponseCode FinalResponse(const CallState& state) {
  ResponseCode code = IsLoop(state)         ? kLoopResponse
                      : HasEndedWell(state) ? kNormalResponse
                                            : BestResponse(state.failed, state.global_sip);
  if (state.answered) code.sip_status = 0;
  return code;
}

void NoteFailure(CallState& state, const AttemptResult& result) {
  NoteObstacle(state, result.outcome);
  NetworkResponse response;
  response.sip_status = result.sip_status;
  if (VerdictOf(response).global) state.global_sip = static_cast<uint16_t>(result.sip_status);
}

void NoteObstacle(CallState& state, Outcome outcome) {
  state.failed.Add(outcome);
  state.last_failure = outcome;
  state.failure_open = false;
}

void NoteEarlier(CallState& state, absl::Span<const AttemptResult> earlier) {
  const bool is_last = state.failure_open;
  const Outcome last = state.last_failure;
  for (const AttemptResult& result : earlier) NoteFailure(state, result);
  if (!is_last) state.last_failure = last;
  state.failure_open = false;
}

void NoteTalked(CallState& state) {
  state.answered = true;
  state.talked = true;
  state.failed = OutcomeSet();
  state.global_sip = 0;
  state.looped = false;
  state.failure_open = false;
  // Nothing has failed: as if nothing was tried, whatever was guessed before.
  state.last_failure = Outcome::kFailure;
}

}  // namespace libroute
