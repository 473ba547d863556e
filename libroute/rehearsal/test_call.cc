#include "libroute/rehearsal/test_call.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

absl::Status InField(absl::string_view field, const absl::Status& status) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", status.message()));
}

absl::Status SetCalled(const std::string& text, Call& call) {
  call.dialled = ReadDialString(text);
  if (!call.dialled.empty()) return absl::OkStatus();
  absl::StatusOr<E164Number> number = E164Number::Parse(text);
  if (!number.ok()) return InField("called", number.status());
  call.called = *number;
  return absl::OkStatus();
}

absl::Status SetCalling(const v1::TestCall& written, Call& call) {
  if (written.anonymous()) {
    call.calling_privacy = Privacy::kRestricted;
  } else if (written.calling().empty()) {
    call.calling_privacy = Privacy::kUnavailable;
  }
  if (written.calling().empty()) return absl::OkStatus();
  absl::StatusOr<E164Number> number = E164Number::Parse(written.calling());
  if (!number.ok()) return InField("calling", number.status());
  call.calling = *number;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Call> MakeCall(const v1::TestCall& written) {
  Call call;
  call.id.switch_name = "test";
  call.id.reference = written.reference().empty() ? "test" : written.reference();
  if (absl::Status status = SetCalled(written.called(), call); !status.ok()) return status;
  if (absl::Status status = SetCalling(written, call); !status.ok()) return status;
  return call;
}

}  // namespace libroute
