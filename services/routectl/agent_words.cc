#include "services/routectl/agent_words.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "libroute/report/text_lines.h"

namespace libroute {
namespace {

// "not_ready" of PRESENCE_NOT_READY.
std::string Word(absl::string_view name, absl::string_view prefix) {
  absl::ConsumePrefix(&name, prefix);
  return absl::AsciiStrToLower(name);
}

using Row = std::vector<std::string>;

// Columns as wide as they must be; "" is "-".
std::string Table(const std::vector<Row>& rows) {
  std::vector<size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string cell = row[i].empty() ? "-" : row[i];
      absl::StrAppend(&line, cell,
                      std::string(widths[i] + 2 - std::min(widths[i], cell.size()), ' '));
    }
    absl::StrAppend(&text, absl::StripTrailingAsciiWhitespace(line), "\n");
  }
  return text;
}

absl::string_view CallingWord(const v1::AgentStanding::Work& work) {
  return work.callback() ? " calls back " : " from ";
}

// " consults +3222000300"; nothing if no number outside is consulted.
std::string ConsultsText(const v1::AgentStanding::Work& work) {
  return work.consulted_number().empty()
             ? ""
             : absl::StrCat(" consults ", Printable(work.consulted_number()));
}

// "active 17 from +32475123456, wrap_up 12".
std::string WorksText(const v1::AgentStanding& agent) {
  std::string text;
  for (const v1::AgentStanding::Work& work : agent.works()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    Word(v1::AgentStanding::Work::State_Name(work.state()), "STATE_"), " ",
                    work.token(), work.held() ? " held" : "");
    if (!work.calling().empty()) {
      absl::StrAppend(&text, CallingWord(work), Printable(work.calling()));
    }
    absl::StrAppend(&text, ConsultsText(work));
  }
  return text;
}

std::string PresenceText(const v1::AgentStanding& agent) {
  std::string presence = Word(v1::AgentStanding::Presence_Name(agent.presence()), "PRESENCE_");
  if (!agent.reason().empty()) absl::StrAppend(&presence, " (", agent.reason(), ")");
  return presence;
}

// "2s (5s)": for half of them, and for nine of ten.
template <class Standing>
std::string ExpectedText(const Standing& standing) {
  if (!standing.has_expected_wait()) return "";
  const auto text = [](const google::protobuf::Duration& wait) {
    return absl::FormatDuration(absl::Seconds(wait.seconds()));
  };
  return absl::StrCat(text(standing.expected_wait()), " (", text(standing.expected_wait_most()),
                      ")");
}

// "skill french=60, group desk=0".
std::string ChangesOf(const v1::AgentStanding& agent) {
  std::string text;
  for (const v1::AgentChange& change : agent.changes()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", change.group().empty() ? "skill " : "group ",
                    change.skill(), change.group(), "=", change.index());
  }
  return text;
}

std::string PerCent(double share) {
  return absl::StrFormat("%.0f%%", 100 * share);
}

// On average; empty if agents are done with none yet.
std::string HandleTimeOf(const v1::GroupStanding& group) {
  if (group.handled() == 0) return "";
  const int64_t seconds =
      group.talk_time().seconds() + group.hold_time().seconds() + group.wrap_up_time().seconds();
  return absl::FormatDuration(absl::Seconds(seconds / static_cast<int64_t>(group.handled())));
}

// Who is consulted, or whom it is handed on to: an agent, or a number outside.
std::string ConsultedText(const v1::ContactStanding& contact) {
  return contact.consulted().empty() ? Printable(contact.outside_number()) : contact.consulted();
}

std::string AlarmsOf(const v1::GroupStanding& group) {
  std::string text;
  for (const v1::GroupAlarm& alarm : group.alarms()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    Word(v1::GroupAlarm::Kind_Name(alarm.kind()), "KIND_"));
  }
  return text;
}

}  // namespace

std::string AgentsText(const std::vector<v1::AgentStanding>& agents) {
  std::vector<Row> rows = {
      {"agent", "presence", "phone", "line", "contacts", "today", "talked", "occupied", "changed"}};
  for (const v1::AgentStanding& agent : agents) {
    rows.push_back({agent.agent(), PresenceText(agent), agent.phone(),
                    Word(v1::ActRequest::Phone_Name(agent.line()), "PHONE_"), WorksText(agent),
                    absl::StrCat(agent.contacts_today()),
                    absl::FormatDuration(absl::Seconds(agent.talk_today().seconds())),
                    PerCent(agent.occupancy()), ChangesOf(agent)});
  }
  return Table(rows);
}

constexpr size_t kWaitingColumn = 5;

std::string GroupsText(const std::vector<v1::GroupStanding>& groups) {
  std::vector<Row> rows = {{"group", "open", "logged in", "ready", "free", "waiting", "e-mails",
                            "entered", "answered", "in time", "abandoned", "gave up", "moved",
                            "sent out", "expected wait", "service level", "handle time", "alarms"}};
  for (const v1::GroupStanding& group : groups) {
    Row row = {group.group(), group.open() ? "yes" : "no"};
    // "5 (2 callbacks)"
    const std::string callbacks =
        group.callbacks_waiting() == 0
            ? ""
            : absl::StrCat(" (", group.callbacks_waiting(),
                           group.callbacks_waiting() == 1 ? " callback)" : " callbacks)");
    for (uint64_t figure : std::array<uint64_t, 12>{
             group.logged_in(), group.ready(), group.free(), group.calls_waiting(),
             group.emails_waiting(), group.entered(), group.answered(), group.answered_in_time(),
             group.abandoned(), group.gave_up(), group.moved(), group.transferred_out()}) {
      row.push_back(absl::StrCat(figure));
    }
    row[kWaitingColumn] += callbacks;
    row.push_back(ExpectedText(group));
    row.push_back(group.has_service_level() ? PerCent(group.service_level()) : "");
    row.push_back(HandleTimeOf(group));
    row.push_back(AlarmsOf(group));
    rows.push_back(std::move(row));
  }
  return Table(rows);
}

std::string ContactName(const v1::ContactStanding& contact) {
  const v1::CallId& call = contact.call_id();
  return contact.email() ? contact.message_id()
                         : absl::StrCat(call.switch_(), "/", call.epoch(), "/", call.reference());
}

std::string ContactsText(const std::vector<v1::ContactStanding>& contacts) {
  std::vector<Row> rows = {{"contact", "state", "group", "position", "expected wait", "agent",
                            "consulted", "from", "to", "since"}};
  for (const v1::ContactStanding& contact : contacts) {
    Row row = {absl::StrCat(contact.email() ? "e-mail " : "", Printable(ContactName(contact)))};
    if (contact.state() == v1::ContactStanding::STATE_UNSPECIFIED) {
      row.push_back("gone");
    } else {
      const std::string since = absl::FormatTime(
          "%H:%M:%S", absl::FromUnixSeconds(contact.arrived().seconds()), absl::LocalTimeZone());
      row.insert(row.end(),
                 {Word(v1::ContactStanding::State_Name(contact.state()), "STATE_"), contact.group(),
                  contact.position() == 0 ? "" : absl::StrCat(contact.position()),
                  ExpectedText(contact), contact.agent(), ConsultedText(contact),
                  absl::StrCat(contact.callback_number().empty() ? "" : "calls back ",
                               Printable(contact.calling())),
                  Printable(contact.called()), since});
    }
    rows.push_back(std::move(row));
  }
  return Table(rows);
}

std::string AgentLine(const v1::AgentStanding& agent) {
  std::string line = absl::StrCat(agent.agent(), " ", PresenceText(agent));
  if (!agent.phone().empty()) absl::StrAppend(&line, " at ", agent.phone());
  for (const v1::AgentStanding::Work& work : agent.works()) {
    absl::StrAppend(&line, "; ", Word(v1::AgentStanding::Work::State_Name(work.state()), "STATE_"),
                    " ", work.token(), work.held() ? " held" : "");
    if (!work.group().empty()) absl::StrAppend(&line, " for ", work.group());
    if (!work.calling().empty()) {
      absl::StrAppend(&line, CallingWord(work), Printable(work.calling()));
    }
    if (work.email()) absl::StrAppend(&line, ": ", Printable(work.subject()));
    absl::StrAppend(&line, ConsultsText(work));
    if (!work.has_deadline()) continue;
    absl::StrAppend(&line, " until ",
                    absl::FormatTime("%H:%M:%S", absl::FromUnixSeconds(work.deadline().seconds()),
                                     absl::LocalTimeZone()));
  }
  return line;
}

}  // namespace libroute
