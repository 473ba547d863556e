#include "libroute/tree/nodes/call_value.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/call/email.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"

namespace libroute {
namespace {

size_t WriteDigits(Digits digits, char* to) {
  for (int i = 0; i < digits.size(); ++i) to[i] = "0123456789*#"[digits.digit(i)];
  return static_cast<size_t>(digits.size());
}

}  // namespace

absl::string_view CallValue::Text(const Frame& frame, Room& room) const {
  if (text.has_value()) return frame.plan.text(*text);
  if (collected != nullptr) return {room.data(), WriteDigits(collected->digits, room.data())};
  if (!dialled.empty()) return {room.data(), WriteDigits(dialled, room.data())};
  if (!number.has_value()) return name;
  room[0] = '+';
  return {room.data(), 1 + WriteDigits(number.digits(), room.data() + 1)};
}

CallValueSource CallValueSource::Read(const std::string& name, absl::string_view field,
                                      NodeScope& scope) {
  static const std::vector<std::string> kOwnNames = {
      "call.called",      "call.calling",  "call.caller_type", "call.dialled", "call.direction",
      "call.diverted_by", "call.location", "call.mailbox",     "call.sender",  "call.subject"};
  constexpr Kind kOwnKinds[] = {
      Kind::kCalled,     Kind::kCalling,  Kind::kCallerType, Kind::kDialled, Kind::kDirection,
      Kind::kDivertedBy, Kind::kLocation, Kind::kMailbox,    Kind::kSender,  Kind::kSubject};
  CallValueSource source;
  if (!absl::StartsWith(name, kOwnPrefix)) {
    source.name_ = scope.MatchedName(name, field);
    return source;
  }
  source.name_ = scope.Text(name);
  for (size_t i = 0; i < kOwnNames.size(); ++i) {
    if (name == kOwnNames[i]) source.kind_ = kOwnKinds[i];
  }
  if (source.kind_ == Kind::kAttribute) {
    const std::string hint = DidYouMean(name, kOwnNames);
    scope.Error(
        field, "unknown-name",
        absl::StrCat(
            "a call has no ", Quoted(name),
            hint.empty() ? absl::StrCat("; it has ", absl::StrJoin(kOwnNames, ", ")) : hint));
  }
  return source;
}

CallValue CallValueSource::Of(const Frame& frame) const {
  CallValue value;
  switch (kind_) {
    case Kind::kAttribute: {
      const AttributeValue found = FindAttribute(frame.state, name_);
      value.text = found.text;
      value.collected = found.collected;
      break;
    }
    case Kind::kCalled:
      value.number = frame.state.called;
      break;
    case Kind::kCalling:
      if (!frame.caller_withheld()) value.number = frame.state.calling;
      break;
    case Kind::kCallerType:
      if (frame.state.caller_type != CallState::kNoCallerType) {
        value.name = frame.plan.caller_type(frame.state.caller_type).name;
      }
      break;
    case Kind::kDialled:
      value.dialled = frame.state.dialled;
      break;
    case Kind::kDirection:
      value.name = DirectionName(frame.state.direction);
      break;
    case Kind::kDivertedBy:
      value.number = frame.state.diverted_by;
      break;
    case Kind::kLocation:
      if (!frame.caller_withheld()) value.name = frame.state.location.text();
      break;
    case Kind::kMailbox:
      if (frame.context.email != nullptr) value.name = frame.context.email->mailbox;
      break;
    case Kind::kSender:
      if (frame.context.email != nullptr) value.name = frame.context.email->sender;
      break;
    case Kind::kSubject:
      if (frame.context.email != nullptr) value.name = frame.context.email->subject;
      break;
  }
  return value;
}

std::string CallValueSource::Words(const Frame& frame, const CallValue& value) const {
  CallValue::Room room;
  const absl::string_view text = value.is_secret() ? "(secret)" : value.Text(frame, room);
  return absl::StrCat(kind_ == Kind::kAttribute ? "attribute " : "", frame.plan.text(name_), " ",
                      text.empty() ? "(not set)" : text);
}

}  // namespace libroute
