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
  state.failed.Add(result.outcome);
  state.last_failure = result.outcome;
  NetworkResponse response;
  response.sip_status = result.sip_status;
  if (VerdictOf(response).global) state.global_sip = static_cast<uint16_t>(result.sip_status);
}

void NoteTalked(CallState& state) {
  state.answered = true;
  state.talked = true;
  state.failed = OutcomeSet();
  state.global_sip = 0;
  state.looped = false;
}

}  // namespace libroute
