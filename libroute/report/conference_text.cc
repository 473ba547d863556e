#include "libroute/report/conference_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/plan/confirmation.h"
#include "libroute/plan/issue.h"
#include "libroute/report/node_words.h"
#include "libroute/schedule/written_time.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr absl::string_view kUsualText =
    "You are invited to the conference {conference}.\n"
    "\n"
    "When   {when}\n"
    "Call   {access}\n"
    "Enter  {number}#, then your code {code}#\n";
constexpr absl::string_view kListenerText = "\nYou will hear the others, they will not hear you.\n";

std::optional<absl::Time> TimeOf(const std::string& text, const absl::TimeZone& zone) {
  absl::StatusOr<WrittenTime> time = WrittenTime::Parse(text);
  if (!time.ok()) return std::nullopt;
  return absl::FromCivil(time->time, time->form == TimeForm::kUtc ? absl::UTCTimeZone() : zone);
}

// Whether callers can be asked for a conference at a node, or behind it.
class AccessSearch {
 public:
  AccessSearch(const v1::Plan& plan, const std::string& conference)
      : plan_(plan), conference_(conference) {}

  bool FindsInTree(const std::string& name) {
    const auto tree = plan_.trees().find(name);
    if (tree == plan_.trees().end() || !seen_.insert(name).second) return false;
    return Finds(tree->second);
  }

 private:
  bool Finds(const v1::Node& node) {
    if (node.kind_case() == v1::Node::kGoto) return FindsInTree(node.goto_());
    if (node.kind_case() == v1::Node::kConferenceAccess) {
      const auto& offered = node.conference_access().conferences();
      if (offered.empty()) return true;
      if (std::find(offered.begin(), offered.end(), conference_) != offered.end()) return true;
    }
    const std::vector<WrittenBranch> branches = WrittenBranches(node);
    return std::any_of(branches.begin(), branches.end(),
                       [this](const WrittenBranch& branch) { return Finds(*branch.node); });
  }

  const v1::Plan& plan_;
  const std::string& conference_;
  std::set<std::string> seen_;
};

std::string Formatted(const char* format, absl::Time time, const absl::TimeZone& zone) {
  return absl::FormatTime(format, time, zone);
}

// "Tue 2026-12-01 14:00 to 16:00 (Europe/Brussels)".
std::string WhenText(const ConferenceInvitation& invitation) {
  if (!invitation.start.has_value() || !invitation.end.has_value()) return "at any time";
  const absl::TimeZone& zone = invitation.zone;
  const bool one_day =
      absl::ToCivilDay(*invitation.start, zone) == absl::ToCivilDay(*invitation.end, zone);
  return absl::StrCat(
      Formatted("%a %Y-%m-%d %H:%M", *invitation.start, zone), " to ",
      Formatted(one_day ? "%H:%M" : "%a %Y-%m-%d %H:%M", *invitation.end, zone), " (", zone.name(),
      ")");
}

std::string TimeText(const std::optional<absl::Time>& time, const absl::TimeZone& zone) {
  return time.has_value() ? Formatted("%Y-%m-%d %H:%M", *time, zone) : "";
}

absl::StatusOr<ConferenceConfirmation> Confirm(const v1::PlannedConference& written,
                                               const std::string& conference,
                                               const v1::PlannedConference::Code& code,
                                               const ConferenceInvitation& invitation) {
  ConferenceConfirmation confirmation;
  confirmation.name = code.name();
  confirmation.code = code.code();
  const bool listens = code.role() == v1::CONFERENCE_ROLE_LISTENER;
  confirmation.role = listens ? "listener" : "participant";
  const std::string text =
      written.confirmation().empty()
          ? absl::StrCat(kUsualText, listens ? kListenerText : absl::string_view())
          : written.confirmation();
  const absl::StatusOr<TextTemplate> made = TextTemplate::Parse(text, kConfirmationNames);
  if (!made.ok()) return made.status();
  // In the order of kConfirmationNames.
  confirmation.text = made->Fill(std::vector<std::string>{
      conference, written.description(), WhenText(invitation),
      TimeText(invitation.start, invitation.zone), TimeText(invitation.end, invitation.zone),
      absl::StrJoin(invitation.access, " or "), written.number(), code.code(), code.name(),
      confirmation.role});
  if (!absl::EndsWith(confirmation.text, "\n")) confirmation.text.push_back('\n');
  return confirmation;
}

}  // namespace

absl::StatusOr<ConferenceInvitation> InviteTo(const v1::Plan& plan, absl::string_view conference) {
  const std::string name(conference);
  const auto found = plan.conferences().find(name);
  if (found == plan.conferences().end()) {
    std::vector<std::string> names;
    for (const auto& [known, unused] : plan.conferences()) names.push_back(known);
    std::sort(names.begin(), names.end());
    return absl::NotFoundError(absl::StrCat("no conference ", Quoted(name),
                                            DidYouMean(name, names)));
  }
  const v1::PlannedConference& written = found->second;
  ConferenceInvitation invitation;
  invitation.number = written.number();
  const std::string& zone = written.time_zone().empty() ? plan.time_zone() : written.time_zone();
  absl::LoadTimeZone(zone, &invitation.zone);
  invitation.start = TimeOf(written.start(), invitation.zone);
  invitation.end = TimeOf(written.end(), invitation.zone);
  // By tree, for many numbers may have the same one.
  std::map<std::string, bool> leads;
  for (const v1::Number& number : plan.numbers()) {
    const auto [known, is_new] = leads.try_emplace(number.tree(), false);
    if (is_new) known->second = AccessSearch(plan, name).FindsInTree(number.tree());
    if (known->second) invitation.access.push_back(number.number());
  }
  for (const v1::PlannedConference::Code& code : written.codes()) {
    absl::StatusOr<ConferenceConfirmation> confirmation =
        Confirm(written, name, code, invitation);
    if (!confirmation.ok()) return confirmation.status();
    invitation.confirmations.push_back(*std::move(confirmation));
  }
  return invitation;
}

}  // namespace libroute
