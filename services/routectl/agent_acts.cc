#include "services/routectl/agent_acts.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

using WorkState = v1::AgentStanding::Work;

// In which states something is that can be accepted, and so on; none for other acts.
std::vector<WorkState::State> StatesFor(absl::string_view act) {
  if (act == "accept" || act == "decline") return {WorkState::STATE_OFFERED};
  if (act == "end-wrap-up" || act == "extend-wrap-up") return {WorkState::STATE_WRAP_UP};
  if (act == "disposition") return {WorkState::STATE_ACTIVE, WorkState::STATE_WRAP_UP};
  for (absl::string_view other :
       {"finish", "hold", "unhold", "transfer", "consult", "complete-transfer", "cancel-consult"}) {
    if (act == other) return {WorkState::STATE_ACTIVE};
  }
  return {};
}

absl::Status ReadPhone(const std::string& value, v1::ActRequest& request) {
  if (value == "idle") {
    request.set_phone(v1::ActRequest::PHONE_IDLE);
  } else if (value == "busy") {
    request.set_phone(v1::ActRequest::PHONE_BUSY);
  } else if (value == "unreachable") {
    request.set_phone(v1::ActRequest::PHONE_UNREACHABLE);
  } else {
    return absl::InvalidArgumentError("phone: say idle, busy or unreachable");
  }
  return absl::OkStatus();
}

absl::Status ReadExtension(const AgentWords& words, uint64_t token, v1::ActRequest& request) {
  absl::Duration by;
  if (!absl::ParseDuration(words.value, &by) || by <= absl::ZeroDuration()) {
    return absl::InvalidArgumentError("extend-wrap-up: say by how much, such as 30s");
  }
  request.mutable_extend_wrap_up()->set_token(token);
  google::protobuf::Duration& written = *request.mutable_extend_wrap_up()->mutable_by();
  absl::Duration rest;
  written.set_seconds(absl::IDivDuration(by, absl::Seconds(1), &rest));
  written.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(rest)));
  return absl::OkStatus();
}

absl::Status ReadHandOn(const AgentWords& words, uint64_t token, v1::ActRequest::HandOn* hand_on) {
  if (words.value.empty() && words.to_agent.empty() && words.to_number.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        words.act,
        ": say to which group, which agent with --to-agent, or which number with --number"));
  }
  // No group is called so.
  const bool is_number = words.to_number.empty() && absl::StartsWith(words.value, "+");
  hand_on->set_token(token);
  hand_on->set_agent(words.to_agent);
  hand_on->set_number(is_number ? words.value : words.to_number);
  if (!is_number) hand_on->set_group(words.value);
  return absl::OkStatus();
}

// Those that need a contact alone.
bool ReadTokenAct(absl::string_view act, uint64_t token, v1::ActRequest& request) {
  v1::ActRequest::Token* written = nullptr;
  if (act == "accept") written = request.mutable_accept();
  if (act == "decline") written = request.mutable_decline();
  if (act == "finish") written = request.mutable_finish();
  if (act == "end-wrap-up") written = request.mutable_end_wrap_up();
  if (act == "hold") written = request.mutable_hold();
  if (act == "unhold") written = request.mutable_unhold();
  if (act == "complete-transfer") written = request.mutable_complete_transfer();
  if (act == "cancel-consult") written = request.mutable_cancel_consult();
  if (written != nullptr) written->set_token(token);
  return written != nullptr;
}

}  // namespace

const std::vector<std::string>& AgentActNames() {
  static const auto* const names = new std::vector<std::string>{
      "log-in",         "log-out",    "ready",    "not-ready",   "phone",
      "accept",         "decline",    "finish",   "end-wrap-up", "extend-wrap-up",
      "hold",           "unhold",     "transfer", "consult",     "complete-transfer",
      "cancel-consult", "disposition"};
  return *names;
}

absl::StatusOr<AgentWords> ReadAgentLine(absl::string_view line) {
  std::vector<std::string> parts = absl::StrSplit(line, ' ', absl::SkipWhitespace());
  const std::vector<std::string>& names = AgentActNames();
  if (parts.empty() || std::find(names.begin(), names.end(), parts[0]) == names.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat(parts.empty() ? "nothing" : Quoted(parts[0]), " is none of ",
                     absl::StrJoin(names, ", "), DidYouMean(parts.empty() ? "" : parts[0], names)));
  }
  AgentWords words;
  words.act = parts[0];
  // A number at the end says which contact; one with a '+' is to be called.
  if (IsAboutContact(words) && parts.size() > 1 && !absl::StartsWith(parts.back(), "+") &&
      absl::SimpleAtoi(parts.back(), &words.token)) {
    parts.pop_back();
  }
  if (parts.size() > 2) {
    return absl::InvalidArgumentError(
        absl::StrCat(Quoted(parts[2]), " is one word too many for ", words.act));
  }
  if (parts.size() == 2) words.value = parts[1];
  return words;
}

bool IsAboutContact(const AgentWords& words) {
  return !StatesFor(words.act).empty();
}

absl::StatusOr<uint64_t> FindToken(const AgentWords& words, const v1::AgentStanding& now) {
  if (!IsAboutContact(words) || words.token != 0) return words.token;
  std::vector<uint64_t> found;
  const std::vector<WorkState::State> states = StatesFor(words.act);
  for (const WorkState& work : now.works()) {
    if (std::find(states.begin(), states.end(), work.state()) != states.end()) {
      found.push_back(work.token());
    }
  }
  if (found.size() == 1) return found.front();
  return absl::FailedPreconditionError(absl::StrCat(
      "agent ", Quoted(now.agent()), " has ", found.empty() ? "nothing" : "several contacts",
      " to ", words.act, found.empty() ? "" : "; say which by its number (routectl agents)"));
}

absl::Status ReadAgentAct(const AgentWords& words, uint64_t token, v1::ActRequest& request) {
  const std::string& act = words.act;
  if (ReadTokenAct(act, token, request)) return absl::OkStatus();
  if (act == "phone") return ReadPhone(words.value, request);
  if (act == "extend-wrap-up") return ReadExtension(words, token, request);
  if (act == "transfer") return ReadHandOn(words, token, request.mutable_transfer());
  if (act == "consult") return ReadHandOn(words, token, request.mutable_consult());
  if (act == "disposition") {
    if (words.value.empty()) {
      return absl::InvalidArgumentError("disposition: say which of the plan's dispositions");
    }
    request.mutable_disposition()->set_token(token);
    request.mutable_disposition()->set_code(words.value);
    return absl::OkStatus();
  }
  if (act == "log-in") {
    request.mutable_log_in()->set_phone(words.value);
  } else if (act == "log-out") {
    request.mutable_log_out();
  } else if (act == "ready") {
    request.mutable_ready();
  } else {
    request.mutable_not_ready()->set_reason(words.value);
  }
  return absl::OkStatus();
}

}  // namespace libroute
