#include "examples/day/switch.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"

namespace center_day {
namespace {

using libroute::Decision;
using libroute::EventKind;

// How long things take that no plan and no script says.
constexpr absl::Duration kMessage = absl::Seconds(8);
constexpr absl::Duration kVoicemail = absl::Seconds(30);
constexpr absl::Duration kKeys = absl::Seconds(4);
constexpr absl::Duration kTalkOutside = absl::Minutes(3);
constexpr absl::Duration kRingsOutside = absl::Seconds(12);
constexpr double kAnswersOutside = 70;

libroute::E164Number Caller(const Script& script, Random& random) {
  double lot = random.Share() * 100;
  for (const KnownCallers& known : script.known) {
    lot -= known.share;
    if (lot >= 0) continue;
    const uint64_t number = known.first + random.Below(known.last - known.first + 1);
    return libroute::E164Number::Parse(absl::StrCat("+", number)).value_or(libroute::E164Number());
  }
  const uint64_t mobile = 32'470'000'000 + random.Below(10'000'000);
  return libroute::E164Number::Parse(absl::StrCat("+", mobile)).value_or(libroute::E164Number());
}

}  // namespace

void Switch::Arrive(const libroute::E164Number& called) {
  const int number = ++last_;
  PhoneCall& call = calls_.try_emplace(number, number, world_.script.seed).first->second;
  call.call.id = {"center", 1, absl::StrCat(number)};
  call.call.called = called;
  call.call.calling = Caller(world_.script, call.random);
  world_.figures.CallComes();
  Say(call, absl::StrCat("comes from ", call.call.calling.ToString(), " to ", called.ToString()));
  Ask(call, nullptr, "");
}

void Switch::Ask(PhoneCall& call, const libroute::Event* event, const std::string& continuation) {
  ++call.turn;
  libroute::Engine& engine = world_.engine;
  const absl::StatusOr<libroute::Answer> answer =
      event == nullptr
          ? engine.Route(call.call, world_.now(), call.decision)
          : engine.Resume(call.call, continuation, *event, world_.now(), call.decision);
  if (!Check(answer.status(), call)) return;
  // The call enters the contact centre, or leaves it.
  const auto* enter = std::get_if<libroute::Enter>(&*answer);
  if (enter != nullptr && !Check(engine.Complete(*enter, world_.now(), call.decision), call))
    return;
  Obey(call);
}

void Switch::Tell(PhoneCall& call, libroute::Event event) {
  const std::string continuation = call.decision.continuation;
  ++call.call.step;
  Ask(call, &event, continuation);
}

void Switch::Tell(PhoneCall& call, EventKind kind) {
  libroute::Event event;
  event.kind = kind;
  Tell(call, std::move(event));
}

void Switch::Hear(const std::vector<libroute::CallId>& calls) {
  for (const libroute::CallId& id : calls) {
    const auto found = calls_.find(std::stoi(id.reference));
    if (found == calls_.end()) continue;
    PhoneCall& call = found->second;
    if (!call.is_seeking && call.agent.empty()) continue;
    Decision decision;
    const absl::StatusOr<std::optional<libroute::CallNow>> now =
        world_.engine.FollowUp(id, world_.now(), decision);
    if (!Check(now.status(), call)) return;
    if (!now->has_value()) continue;
    if (!call.agent.empty()) {
      HearOfConsultation(call, **now);
    } else if ((*now)->agent.empty()) {
      call.decision = std::move(decision);
      Obey(call);
    }
  }
}

void Switch::Obey(PhoneCall& call) {
  const libroute::Action& action = call.decision.action;
  if (std::holds_alternative<libroute::WaitDecision>(action)) {
    RingAgents(call);
    return StandInLine(call, false);
  }
  if (DialsAgents(call.decision)) {
    StandInLine(call, true);
    return RingAgents(call);
  }
  if (call.is_seeking) {
    Say(call, absl::StrCat("is not answered in ", call.group, ", and goes on"));
    LeaveLine(call, false);
    call.phones.clear();
  }
  if (const auto* announce = std::get_if<libroute::AnnounceDecision>(&action)) {
    const std::string message(announce->message);
    Say(call, absl::StrCat("hears the message \"", message, "\""));
    Later(call, std::min(kMessage, announce->max_duration), [this, message](PhoneCall& heard) {
      if (heard.decision.resumable) return Tell(heard, EventKind::kPlayed);
      End(heard, "heard a message", absl::StrCat("has heard \"", message, "\""));
    });
  } else if (const auto* voicemail = std::get_if<libroute::VoicemailDecision>(&action)) {
    const std::string mailbox(voicemail->mailbox);
    Later(call, call.random.About(kVoicemail), [this, mailbox](PhoneCall& left) {
      End(left, "left a message", absl::StrCat("has left a message in mailbox \"", mailbox, "\""));
    });
  } else if (const auto* menu = std::get_if<libroute::MenuDecision>(&action)) {
    Choose(call, *menu);
  } else if (const auto* collect = std::get_if<libroute::CollectDecision>(&action)) {
    TypeKeys(call, collect->min_digits, collect->max_digits);
  } else if (std::holds_alternative<libroute::DialDecision>(action)) {
    RingOutside(call);
  } else {
    EndAsDecided(call);
  }
}

void Switch::EndAsDecided(PhoneCall& call) {
  const libroute::Action& action = call.decision.action;
  if (std::holds_alternative<libroute::ReleaseDecision>(action)) {
    End(call, "released", "is released");
  } else if (std::holds_alternative<libroute::RejectDecision>(action)) {
    End(call, "refused", "is refused");
  } else if (std::holds_alternative<libroute::ConferenceDecision>(action)) {
    End(call, "joined a conference", "joins a conference");
  } else {
    End(call, "went on", absl::StrCat("goes on by itself: ", ActionName(action)));
  }
}

void Switch::RingOutside(PhoneCall& call) {
  const auto& dial = std::get<libroute::DialDecision>(call.decision.action);
  const libroute::Leg& leg = dial.legs.front();
  const std::string who = !leg.destination.empty() ? std::string(leg.destination)
                          : leg.number.has_value() ? leg.number.ToString()
                                                   : std::string(leg.uri);
  const libroute::AttemptId attempt{call.call.step, leg.target};
  Say(call, absl::StrCat("rings at ", who));
  if (!call.random.Happens(kAnswersOutside)) {
    return Later(call, leg.ring_timeout, [this, who](PhoneCall& rings) {
      Say(rings, absl::StrCat(who, " does not answer"));
      libroute::Event event;
      event.kind = EventKind::kDialResult;
      event.results.push_back({.outcome = libroute::Outcome::kNoAnswer});
      Tell(rings, std::move(event));
    });
  }
  const absl::Duration rings = std::min(call.random.About(kRingsOutside), leg.ring_timeout);
  Later(call, rings, [this, who, attempt](PhoneCall& answered) {
    Say(answered, absl::StrCat(who, " answers"));
    Report(answered, libroute::ReportKind::kAnswered, attempt);
    Later(answered, answered.random.About(kTalkOutside), [this, who](PhoneCall& talked) {
      End(talked, "talked outside", absl::StrCat("has talked with ", who));
    });
  });
}

void Switch::Choose(PhoneCall& call, const libroute::MenuDecision& menu) {
  const std::string key = menu.keys[call.random.Below(menu.keys.size())];
  Later(call, kKeys, [this, key](PhoneCall& choosing) {
    Say(choosing, absl::StrCat("presses ", key));
    libroute::Event event;
    event.kind = EventKind::kDigits;
    event.digits = libroute::Digits::Parse(key).value_or(libroute::Digits());
    Tell(choosing, std::move(event));
  });
}

void Switch::TypeKeys(PhoneCall& call, int from, int to) {
  std::string typed;
  const uint64_t length =
      static_cast<uint64_t>(from) + call.random.Below(static_cast<uint64_t>(to - from) + 1);
  while (typed.size() < length) absl::StrAppend(&typed, call.random.Below(10));
  Later(call, kKeys, [this, typed](PhoneCall& typing) {
    Say(typing, absl::StrCat("types ", typed.size(), " digits"));
    libroute::Event event;
    event.kind = EventKind::kDigits;
    event.digits = libroute::Digits::Parse(typed).value_or(libroute::Digits());
    Tell(typing, std::move(event));
  });
}

void Switch::Report(const PhoneCall& call, libroute::ReportKind kind,
                    std::optional<libroute::AttemptId> attempt) {
  libroute::CallReport report;
  report.kind = kind;
  report.call = call.call.id;
  report.attempt = attempt;
  Check(world_.engine.Report(report, world_.now()), call);
}

void Switch::End(PhoneCall& call, const std::string& how, const std::string& words) {
  if (WantsRelease(call.decision)) Report(call, libroute::ReportKind::kReleased);
  Say(call, absl::StrCat("ends: ", words));
  world_.figures.CallEnds(how);
  calls_.erase(call.number);
}

int Switch::waiting() const {
  return static_cast<int>(std::count_if(calls_.begin(), calls_.end(),
                                        [](const auto& one) { return one.second.is_waiting; }));
}

PhoneCall* Switch::Find(int number, uint64_t turn) {
  const auto found = calls_.find(number);
  return found == calls_.end() || found->second.turn != turn ? nullptr : &found->second;
}

void Switch::Later(PhoneCall& call, absl::Duration after, std::function<void(PhoneCall&)> what) {
  world_.agenda.In(after, [this, number = call.number, turn = call.turn, what = std::move(what)] {
    if (PhoneCall* later = Find(number, turn)) what(*later);
  });
}

bool Switch::Check(const absl::Status& status, const PhoneCall& call) {
  if (!status.ok()) {
    world_.status.Update(
        absl::Status(status.code(), absl::StrCat(call.name(), ": ", status.message())));
  }
  return status.ok();
}

}  // namespace center_day
