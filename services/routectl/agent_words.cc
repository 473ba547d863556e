#include "services/routectl/agent_words.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"

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

// "active 17, wrap_up 12".
std::string WorksText(const v1::AgentStanding& agent) {
  std::string text;
  for (const v1::AgentStanding::Work& work : agent.works()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    Word(v1::AgentStanding::Work::State_Name(work.state()), "STATE_"), " ",
                    work.token(), work.held() ? " held" : "");
  }
  return text;
}

}  // namespace

std::string AgentsText(const std::vector<v1::AgentStanding>& agents) {
  std::vector<Row> rows = {{"agent", "presence", "phone", "line", "contacts", "today", "talked"}};
  for (const v1::AgentStanding& agent : agents) {
    std::string presence = Word(v1::AgentStanding::Presence_Name(agent.presence()), "PRESENCE_");
    if (!agent.reason().empty()) absl::StrAppend(&presence, " (", agent.reason(), ")");
    rows.push_back({agent.agent(), presence, agent.phone(),
                    Word(v1::ActRequest::Phone_Name(agent.line()), "PHONE_"), WorksText(agent),
                    absl::StrCat(agent.contacts_today()),
                    absl::FormatDuration(absl::Seconds(agent.talk_today().seconds()))});
  }
  return Table(rows);
}

std::string GroupsText(const std::vector<v1::GroupStanding>& groups) {
  std::vector<Row> rows = {{"group", "open", "logged in", "ready", "free", "waiting", "e-mails",
                            "entered", "answered", "in time", "abandoned", "gave up", "moved"}};
  for (const v1::GroupStanding& group : groups) {
    Row row = {group.group(), group.open() ? "yes" : "no"};
    for (uint64_t figure : std::array<uint64_t, 11>{
             group.logged_in(), group.ready(), group.free(), group.calls_waiting(),
             group.emails_waiting(), group.entered(), group.answered(), group.answered_in_time(),
             group.abandoned(), group.gave_up(), group.moved()}) {
      row.push_back(absl::StrCat(figure));
    }
    rows.push_back(std::move(row));
  }
  return Table(rows);
}

}  // namespace libroute
