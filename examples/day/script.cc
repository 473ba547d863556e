#include "examples/day/script.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "day.pb.h"
#include "libroute/readers/message_reader.h"
#include "libroute/v1/plan.pb.h"

namespace center_day {
namespace {

using libroute::FieldPath;
using libroute::IndexPath;
using libroute::KeyPath;
using libroute::Quoted;

// Turns the message into a Script, and notes what is wrong.
class Reader {
 public:
  Reader(const proto::Day& day, const libroute::v1::Plan& plan, const libroute::SourceMap& source,
         ScriptReading& reading)
      : day_(day), plan_(plan), source_(source), reading_(reading) {}

  void Read() {
    Script& script = reading_.script;
    if (!absl::LoadTimeZone(plan_.time_zone(), &script.zone)) script.zone = absl::UTCTimeZone();
    script.seed = day_.seed();
    if (!absl::ParseCivilTime(day_.date(), &script.date)) {
      Complain("date", absl::StrCat("expected a date like 2026-11-23, not ", Quoted(day_.date())));
      // Without it all times of the day would be wrong.
      return;
    }
    ReadCalls();
    ReadEmails();
    ReadAgents();
    ReadGroups();
    ReadCallers();
    script.answered_after = Time(day_.phones().has_answered_after(), day_.phones().answered_after(),
                                 absl::Seconds(6), "phones.answered_after");
    script.not_answered = Share(day_.phones().not_answered(), "phones.not_answered");
    script.busy = Share(day_.phones().busy(), "phones.busy");
    script.back_after = Time(day_.phones().has_back_after(), day_.phones().back_after(),
                             absl::Minutes(2), "phones.back_after");
  }

 private:
  void Complain(const std::string& path, std::string message) {
    libroute::Issue issue;
    issue.code = "bad-day";
    issue.path = path;
    issue.message = std::move(message);
    issue.position = source_.Find(path);
    reading_.issues.push_back(std::move(issue));
  }

  absl::Time TimeOfDay(const std::string& text, const std::string& path) {
    const std::vector<std::string> parts = absl::StrSplit(text, ':');
    int hour = 0;
    int minute = 0;
    const bool is_time = parts.size() == 2 && parts[1].size() == 2 &&
                         absl::SimpleAtoi(parts[0], &hour) && absl::SimpleAtoi(parts[1], &minute) &&
                         hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    if (!is_time) {
      Complain(path, absl::StrCat("expected a time from 00:00 to 23:59, not ", Quoted(text)));
    }
    return absl::FromCivil(absl::CivilMinute(reading_.script.date) + 60 * hour + minute,
                           reading_.script.zone);
  }
  std::pair<absl::Time, absl::Time> Span(const std::string& from, const std::string& to,
                                         const std::string& path) {
    const size_t before = reading_.issues.size();
    std::pair<absl::Time, absl::Time> span = {TimeOfDay(from, FieldPath(path, "from")),
                                              TimeOfDay(to, FieldPath(path, "to"))};
    if (reading_.issues.size() == before && span.second <= span.first) {
      Complain(FieldPath(path, "to"), absl::StrCat("is ", to, ", not after ", from));
    }
    return span;
  }

  absl::Duration Time(bool is_there, const google::protobuf::Duration& time,
                      absl::Duration otherwise, const std::string& path) {
    if (!is_there) return otherwise;
    const absl::Duration read = absl::Seconds(time.seconds()) + absl::Nanoseconds(time.nanos());
    if (read < absl::Seconds(1) || read > absl::Hours(12)) {
      Complain(path,
               absl::StrCat("expected a time from 1 s to 12 h, not ", absl::FormatDuration(read)));
    }
    return read;
  }
  double Share(double share, const std::string& path) {
    if (!(share >= 0 && share <= 100)) {
      Complain(path, absl::StrCat("expected per cent, 0 to 100, not ", share));
    }
    return share;
  }
  libroute::E164Number Number(const std::string& text, const std::string& path) {
    const absl::StatusOr<libroute::E164Number> number = libroute::E164Number::Parse(text);
    if (number.ok()) return *number;
    Complain(path, std::string(number.status().message()));
    return {};
  }
  template <typename Map>
  void WantsName(const Map& names, const std::string& name, absl::string_view what,
                 const std::string& path) {
    if (names.contains(name)) return;
    std::vector<std::string> known;
    for (const auto& [one, value] : names) known.push_back(one);
    std::sort(known.begin(), known.end());
    Complain(path, absl::StrCat("the plan has no ", what, " ", Quoted(name),
                                libroute::DidYouMean(name, known)));
  }

  template <typename Flows>
  void ReadFlows(const Flows& written, const std::string& path, std::vector<Flow>& flows) {
    for (int i = 0; i < written.size(); ++i) {
      const proto::Flow& flow = written.Get(i);
      const std::string at = IndexPath(path, i);
      const auto [from, to] = Span(flow.from(), flow.to(), at);
      if (flow.per_hour() >= 0 && flow.per_hour() <= 10'000) {
        flows.push_back({from, to, flow.per_hour()});
      } else {
        Complain(FieldPath(at, "per_hour"),
                 absl::StrCat("expected 0 to 10000, not ", flow.per_hour()));
      }
    }
  }

  void ReadEmails() {
    for (int i = 0; i < day_.emails_size(); ++i) {
      const std::string path = IndexPath("emails", i);
      Mailing& mailing = reading_.script.emails.emplace_back();
      mailing.to = day_.emails(i).to();
      bool is_there = false;
      for (const auto& mailbox : plan_.mailboxes()) {
        const auto& addresses = mailbox.addresses();
        is_there |= std::find(addresses.begin(), addresses.end(), mailing.to) != addresses.end();
      }
      if (!is_there) {
        Complain(FieldPath(path, "to"),
                 absl::StrCat("the plan has no mailbox with the address ", Quoted(mailing.to)));
      }
      ReadFlows(day_.emails(i).flows(), FieldPath(path, "flows"), mailing.flows);
    }
  }

  void ReadCalls() {
    for (int i = 0; i < day_.calls_size(); ++i) {
      const std::string path = IndexPath("calls", i);
      Traffic& traffic = reading_.script.calls.emplace_back();
      traffic.called = Number(day_.calls(i).called(), FieldPath(path, "called"));
      ReadFlows(day_.calls(i).flows(), FieldPath(path, "flows"), traffic.flows);
    }
    if (day_.calls_size() == 0) Complain("calls", "is missing; expected numbers and their flows");
  }

  void ReadAgents() {
    for (const auto& [name, agent] : day_.agents()) {
      const std::string path = KeyPath("agents", name);
      WantsName(plan_.agents(), name, "agent", path);
      AgentDay& read = reading_.script.agents.emplace_back();
      read.name = name;
      read.phone = agent.phone();
      if (agent.phone().empty()) {
        Complain(FieldPath(path, "phone"), "is missing; expected a number or a SIP URI");
      }
      std::tie(read.from, read.to) = Span(agent.from(), agent.to(), path);
      for (int i = 0; i < agent.breaks_size(); ++i) ReadBreak(agent.breaks(i), i, path, read);
    }
    std::sort(reading_.script.agents.begin(), reading_.script.agents.end(),
              [](const AgentDay& a, const AgentDay& b) { return a.name < b.name; });
  }
  void ReadBreak(const proto::Break& written, int index, const std::string& agent, AgentDay& read) {
    const std::string path = IndexPath(FieldPath(agent, "breaks"), index);
    Break one;
    one.at = TimeOfDay(written.at(), FieldPath(path, "at"));
    one.reason = written.reason();
    one.lasts = Time(true, written.lasts(), {}, FieldPath(path, "lasts"));
    const absl::Time earliest =
        read.breaks.empty() ? read.from : read.breaks.back().at + read.breaks.back().lasts;
    if (one.at < earliest || one.at + one.lasts > read.to) {
      Complain(path, "is not within the working day, or not after the break before");
    }
    const auto& reasons = plan_.contact_center().reasons();
    const bool is_reason =
        reasons.empty() || std::find(reasons.begin(), reasons.end(), one.reason) != reasons.end();
    if (!is_reason) {
      Complain(FieldPath(path, "reason"),
               absl::StrCat("the plan has no reason ", Quoted(one.reason), " for a break"));
    }
    read.breaks.push_back(std::move(one));
  }

  void ReadGroups() {
    for (const auto& [name, group] : day_.groups()) {
      const std::string path = KeyPath("groups", name);
      WantsName(plan_.groups(), name, "group", path);
      GroupWork& read = reading_.script.groups[name];
      read.talk = Time(true, group.talk(), {}, FieldPath(path, "talk"));
      read.email =
          Time(group.has_email(), group.email(), absl::Minutes(5), FieldPath(path, "email"));
      double sum = 0;
      for (int i = 0; i < group.hands_on_size(); ++i) {
        const proto::HandOn& written = group.hands_on(i);
        const std::string at = IndexPath(FieldPath(path, "hands_on"), i);
        HandOn& one = read.hands_on.emplace_back();
        one.share = Share(written.share(), FieldPath(at, "share"));
        one.consulted = Share(written.consulted(), FieldPath(at, "consulted"));
        one.after =
            Time(written.has_after(), written.after(), absl::Minutes(1), FieldPath(at, "after"));
        one.to = written.to();
        WantsName(plan_.groups(), one.to, "group", FieldPath(at, "to"));
        sum += one.share;
      }
      if (sum > 100) Complain(FieldPath(path, "hands_on"), "shares are more than 100 in all");
    }
    for (const auto& [name, group] : plan_.groups()) {
      if (day_.groups().contains(name)) continue;
      Complain("groups",
               absl::StrCat("expected how long calls of the plan's group ", Quoted(name), " take"));
    }
  }

  void ReadCallers() {
    reading_.script.patience = Time(day_.callers().has_patience(), day_.callers().patience(),
                                    absl::Minutes(3), "callers.patience");
    double sum = 0;
    for (int i = 0; i < day_.callers().known_size(); ++i) {
      const proto::KnownCallers& written = day_.callers().known(i);
      const std::string path = IndexPath("callers.known", i);
      const std::vector<std::string> ends = absl::StrSplit(written.numbers(), '-');
      KnownCallers& read = reading_.script.known.emplace_back();
      const std::string numbers = FieldPath(path, "numbers");
      const std::string first = Number(ends.front(), numbers).ToString();
      const std::string last = Number(ends.back(), numbers).ToString();
      const bool is_range = ends.size() <= 2 && first.size() == last.size() && first <= last &&
                            first.size() > 1 && absl::SimpleAtoi(first.substr(1), &read.first) &&
                            absl::SimpleAtoi(last.substr(1), &read.last);
      if (!is_range) Complain(numbers, "expected a number, or the first and the last of a range");
      read.share = Share(written.share(), FieldPath(path, "share"));
      sum += read.share;
    }
    if (sum > 100) Complain("callers.known", "shares are more than 100 in all");
  }

  const proto::Day& day_;
  const libroute::v1::Plan& plan_;
  const libroute::SourceMap& source_;
  ScriptReading& reading_;
};

}  // namespace

ScriptReading ReadScript(absl::string_view text, const std::string& file,
                         const libroute::v1::Plan& plan) {
  ScriptReading reading;
  proto::Day day;
  libroute::MessageReading read = libroute::ReadMessage(text, file, libroute::PlanLimits(), day);
  reading.issues = std::move(read.issues);
  if (!libroute::HasErrors(reading.issues)) Reader(day, plan, read.source, reading).Read();
  return reading;
}

}  // namespace center_day
