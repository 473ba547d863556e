#include "libroute/contact/effect.h"

#include "absl/strings/str_cat.h"

namespace libroute::contact {
namespace {

constexpr const char* kKindNames[] = {
    "arrived",      "waiting",       "gave_up",  "offered",    "connect",       "answered",
    "offer_ended",  "interrupted",   "resumed",  "consulting", "consult_ended", "handed_over",
    "wrap_up",      "released",      "ended",    "presence",   "opened",        "closed",
    "alarm_raised", "alarm_cleared", "adjusted", "disposed",   "configured"};
constexpr const char* kReasonNames[] = {
    "",          "no_agents", "none_ready", "timeout",    "full",         "closed",
    "declined",  "no_answer", "expired",    "phone_busy", "phone_failed", "withdrawn",
    "rescinded", "done",      "abandoned",  "forgotten",  "cancelled"};
constexpr const char* kPresenceNames[] = {"logged_out", "not_ready", "ready", "not_ready_pending",
                                          "logging_out"};

template <typename Id>
void AppendHandle(absl::string_view name, Id id, std::string& line) {
  if (id) absl::StrAppend(&line, " ", name, "=", id.slot, ".", id.generation);
}

}  // namespace

absl::string_view KindName(Effect::Kind kind) {
  return kKindNames[static_cast<int>(kind)];
}
absl::string_view ReasonName(Reason reason) {
  return kReasonNames[static_cast<int>(reason)];
}
absl::string_view PresenceName(Presence presence) {
  return kPresenceNames[static_cast<int>(presence)];
}

std::string ToString(const Effect& effect) {
  std::string line = absl::StrCat(effect.number, " ", KindName(effect.kind));
  AppendHandle("contact", effect.contact, line);
  AppendHandle("agent", effect.agent, line);
  AppendHandle("group", effect.group, line);
  if (effect.token != 0) absl::StrAppend(&line, " token=", effect.token);
  if (effect.reason != Reason::kNone) {
    absl::StrAppend(&line, " reason=", ReasonName(effect.reason));
  }
  if (effect.kind == Effect::Kind::kPresence) {
    absl::StrAppend(&line, " presence=", PresenceName(effect.presence));
  }
  if (effect.at_desk) absl::StrAppend(&line, " at_desk");
  if (effect.deadline != absl::InfiniteFuture()) {
    absl::StrAppend(&line, " deadline=", absl::FormatTime(effect.deadline, absl::UTCTimeZone()));
  }
  if (!effect.text.empty()) absl::StrAppend(&line, " text=\"", effect.text, "\"");
  return line;
}

}  // namespace libroute::contact
