#include "services/route/question.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libroute/call/ahead.h"
#include "libroute/plan/issue.h"
#include "libroute/v1/route.pb.h"
#include "services/request/field.h"
#include "services/route/call_message.h"
#include "services/route/event_message.h"

namespace libroute {
namespace {

constexpr size_t kMaxRequestId = 64;
constexpr size_t kMaxReference = 64;
constexpr size_t kMaxContinuation = 512;
constexpr uint32_t kMaxStep = 1000;

absl::Status CheckFrame(const v1::RouteRequest& request) {
  if (request.request_id().size() > kMaxRequestId) {
    return BadField("request_id", absl::StrCat("has ", request.request_id().size(),
                                               " bytes; at most ", kMaxRequestId));
  }
  if (request.step() > kMaxStep) {
    return BadField("step", absl::StrCat(request.step(), " is too large; at most ", kMaxStep));
  }
  if (request.look_ahead() > Ahead::kMostSteps) {
    return BadField("look_ahead", absl::StrCat(request.look_ahead(), " is too large; at most ",
                                               Ahead::kMostSteps));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckReference(absl::string_view reference) {
  if (!reference.empty() && reference.size() <= kMaxReference &&
      std::all_of(reference.begin(), reference.end(), absl::ascii_isprint)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(reference), " is not a reference: 1 to 64 printable ASCII characters"));
}

absl::Status ReadCallId(const v1::CallId& message, CallId& id) {
  if (absl::Status status = CheckName(message.switch_()); !status.ok()) {
    return InField("switch", status);
  }
  if (absl::Status status = CheckReference(message.reference()); !status.ok()) {
    return InField("reference", status);
  }
  id.switch_name = message.switch_();
  id.epoch = message.epoch();
  id.reference = message.reference();
  return absl::OkStatus();
}

absl::Status Question::Read(const v1::RouteRequest& request, ProfileSource numbers) {
  is_emergency_ = false;
  if (absl::Status status = CheckFrame(request); !status.ok()) return status;
  look_ahead_ = static_cast<int>(request.look_ahead());
  explain_ = request.explain();
  if (absl::Status status = ReadId(request); !status.ok()) return status;
  continuation_ = absl::string_view(request.continuation().data(), request.continuation().size());
  return is_first() ? ReadFirst(request, numbers) : ReadNext(request);
}

absl::Status Question::ReadEmergency(const v1::RouteRequest& request, Digits dialled,
                                     ProfileSource numbers) {
  is_emergency_ = true;
  look_ahead_ = 0;
  explain_ = request.explain();
  if (absl::Status status = ReadId(request); !status.ok()) return status;
  continuation_ = absl::string_view();
  ReadEmergencyCall(request.call(), dialled, numbers, call_);
  return absl::OkStatus();
}

absl::Status Question::ReadId(const v1::RouteRequest& request) {
  if (!request.has_call_id()) {
    return BadField("call_id", "is missing; every question names its call");
  }
  if (absl::Status status = ReadCallId(request.call_id(), call_.id); !status.ok()) {
    return absl::Status(status.code(), absl::StrCat("call_id.", status.message()));
  }
  call_.step = request.step();
  return absl::OkStatus();
}

absl::Status Question::ReadFirst(const v1::RouteRequest& request, ProfileSource numbers) {
  if (!request.has_call()) {
    return BadField("call", "is missing; the first question (step 0) describes its call");
  }
  if (request.has_event()) return BadField("event", "only from step 1 on");
  if (!request.earlier().empty()) return BadField("earlier", "only from step 1 on");
  if (!continuation_.empty()) return BadField("continuation", "only from step 1 on");
  return ReadCall(request.call(), numbers, call_);
}

absl::Status Question::ReadNext(const v1::RouteRequest& request) {
  if (continuation_.empty()) {
    return BadField("continuation", "is missing; send the one of the decision before");
  }
  if (continuation_.size() > kMaxContinuation) {
    return BadField("continuation", absl::StrCat("has ", continuation_.size(),
                                                 " bytes; ours have at most ", kMaxContinuation));
  }
  if (!request.has_event()) {
    return BadField("event", absl::StrCat("is missing; expected ", ExpectedEvents()));
  }
  absl::Status status = ReadEvent(request.event(), call_.step, event_);
  return status.ok() ? ReadEarlier(request.earlier(), event_) : status;
}

std::vector<std::string> NotesOn(const v1::RouteRequest& request, ProfileSource numbers) {
  std::vector<std::string> notes;
  if (request.step() > 0 && request.has_call()) {
    notes.push_back("call is not used after the first question");
  } else {
    AddNotes(request.call(), numbers, notes);
  }
  AddUnusedFields(request.event(), notes);
  return notes;
}

}  // namespace libroute
