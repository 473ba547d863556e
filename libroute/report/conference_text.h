#ifndef LIBROUTE_REPORT_CONFERENCE_TEXT_H_
#define LIBROUTE_REPORT_CONFERENCE_TEXT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace libroute {

namespace v1 {
class Plan;
}  // namespace v1

// What the owner of one code of a conference is sent.
struct ConferenceConfirmation {
  // Of the code; may be empty.
  std::string name;
  std::string code;
  // "participant" or "listener".
  std::string role;
  // As the plan words it, or a short text in English. Ends with a newline.
  std::string text;
};

// Who may come to a conference, and how.
struct ConferenceInvitation {
  // What callers enter to name it.
  std::string number;
  // Numbers of the plan whose calls may come to a node where it can be entered;
  // patterns as written, in the plan's order.
  std::vector<std::string> access;
  // Absent of one that is always open.
  std::optional<absl::Time> start;
  std::optional<absl::Time> end;
  absl::TimeZone zone;
  // One for each code, in the plan's order.
  std::vector<ConferenceConfirmation> confirmations;
};

// Of a plan without errors. NotFound, with the nearest name, for a conference
// that it does not have.
absl::StatusOr<ConferenceInvitation> InviteTo(const v1::Plan& plan, absl::string_view conference);

}  // namespace libroute

#endif  // LIBROUTE_REPORT_CONFERENCE_TEXT_H_
