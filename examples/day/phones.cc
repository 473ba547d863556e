#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "examples/day/switch.h"

// Agents' phones, and what is said at them.
namespace center_day {
namespace {

using libroute::AgentAct;
using libroute::Outcome;

// How long an agent explains a call to another one, and waits for one at most.
constexpr absl::Duration kExplains = absl::Seconds(40);
constexpr absl::Duration kConsultPatience = absl::Seconds(60);
// Of talks so many are ended by the agent.
constexpr double kAgentHangsUp = 30;

absl::string_view Whose(Outcome outcome) {
  return outcome == Outcome::kBusy ? "'s phone is busy" : " does not answer";
}

}  // namespace

void Switch::RingAgents(PhoneCall& call) {
  static const libroute::DialDecision* const kNone = new libroute::DialDecision();
  const auto* dial = std::get_if<libroute::DialDecision>(&call.decision.action);
  if (dial == nullptr) dial = kNone;
  // Those that ring in vain by now.
  std::erase_if(call.phones, [&](const auto& phone) {
    const bool rings_on =
        std::any_of(dial->legs.begin(), dial->legs.end(),
                    [&](const libroute::Leg& leg) { return leg.target == phone.first; });
    if (!rings_on) Say(call, absl::StrCat("does not ring at ", phone.second.agent, " any more"));
    return !rings_on;
  });
  for (const libroute::Leg& leg : dial->legs) {
    if (call.phones.contains(leg.target)) continue;
    call.has_rung = true;
    Ring(call, leg.target, {std::string(leg.agent), call.call.step, false}, leg.ring_timeout);
  }
}

void Switch::Ring(PhoneCall& call, int target, Phone phone, absl::Duration rings) {
  Say(call, phone.is_consultation ? absl::StrCat(call.agent, " rings ", phone.agent)
                                  : absl::StrCat("rings at ", phone.agent));
  const Script& script = world_.script;
  Outcome outcome = Outcome::kAnswered;
  absl::Duration after = call.random.About(script.answered_after);
  if (call.random.Happens(script.busy)) {
    outcome = Outcome::kBusy;
    after = absl::Seconds(1);
  } else if (call.random.Happens(script.not_answered) || after >= rings) {
    outcome = Outcome::kNoAnswer;
    after = rings;
  }
  call.phones[target] = std::move(phone);
  // No target comes twice in a call.
  world_.agenda.In(after, [this, number = call.number, target, outcome] {
    const auto found = calls_.find(number);
    if (found == calls_.end() || !found->second.phones.contains(target)) return;
    if (outcome == Outcome::kAnswered) return Answered(found->second, target);
    NotAnswered(found->second, target, outcome);
  });
}

void Switch::NotAnswered(PhoneCall& call, int target, Outcome outcome) {
  const Phone phone = call.phones.extract(target).mapped();
  Say(call, absl::StrCat(phone.agent, Whose(outcome)));
  if (call.phones.empty() && !phone.is_consultation) {
    libroute::Event event;
    event.kind = libroute::EventKind::kDialResult;
    event.results.push_back({.target = target, .outcome = outcome});
    return Tell(call, std::move(event));
  }
  libroute::AttemptEnd end;
  end.attempt = {phone.step, target};
  end.outcome = outcome;
  world_.engine.NoteAttempt(call.call.id, end, world_.now());
}

void Switch::Answered(PhoneCall& call, int target) {
  const Phone phone = call.phones.extract(target).mapped();
  Report(call, libroute::ReportKind::kAnswered, libroute::AttemptId{phone.step, target});
  // Who answers too late does not have the call.
  libroute::Decision decision;
  const auto now = world_.engine.FollowUp(call.call.id, world_.now(), decision);
  if (!Check(now.status(), call)) return;
  const libroute::CallNow stands = now->value_or(libroute::CallNow());
  if (phone.is_consultation) return AnsweredConsultation(call, phone, stands);
  if (stands.agent != phone.agent) return Say(call, absl::StrCat(phone.agent, " answers too late"));
  for (const auto& [other, rings] : call.phones) {
    Say(call, absl::StrCat("does not ring at ", rings.agent, " any more"));
  }
  call.phones.clear();
  const absl::Duration waited = world_.now() - call.entered;
  LeaveLine(call, true);
  ++call.turn;
  call.agent = phone.agent;
  call.talks_since = world_.now();
  ++world_.figures.Of(phone.agent).contacts;
  // It may be for a group that has joined in.
  std::string whose;
  const auto agent = world_.engine.FindAgent(world_.customer, phone.agent);
  if (agent.ok() && !agent->contacts.empty() && agent->contacts[0].group != call.group) {
    whose = absl::StrCat(" (", agent->contacts[0].group, ")");
  }
  Say(call,
      absl::StrCat(phone.agent, whose, " answers after ", InWords(waited), " in ", call.group));
  Talk(call);
}

void Switch::Talk(PhoneCall& call) {
  const auto work = world_.script.groups.find(call.group);
  if (work == world_.script.groups.end()) {
    Check(absl::InternalError(absl::StrCat("waits in an unknown group \"", call.group, "\"")),
          call);
    return;
  }
  const absl::Duration talk = call.random.About(work->second.talk);
  double lot = call.random.Share() * 100;
  for (const center_day::HandOn& rule : work->second.hands_on) {
    lot -= rule.share;
    if (lot >= 0) continue;
    return Later(call, call.random.About(rule.after),
                 [this, &rule](PhoneCall& difficult) { HandOn(difficult, rule); });
  }
  Later(call, talk, [this](PhoneCall& talked) { FinishTalk(talked); });
}

void Switch::FinishTalk(PhoneCall& call) {
  call.talked += world_.now() - call.talks_since;
  const std::string agent = std::exchange(call.agent, "");
  if (call.decision.ask_after && call.random.Happens(kAgentHangsUp)) {
    Say(call, absl::StrCat(agent, " hangs up"));
    return Tell(call, libroute::EventKind::kCalledReleased);
  }
  End(call, "talked", absl::StrCat("has talked for ", InWords(call.talked), ", last with ", agent));
}

bool Switch::Act(PhoneCall& call, AgentAct::Kind kind, const std::string& to_group) {
  AgentAct act;
  act.kind = kind;
  act.agent = call.agent;
  act.to_group = to_group;
  const auto agent = world_.engine.FindAgent(world_.customer, call.agent);
  if (!Check(agent.status(), call)) return false;
  for (size_t i = 0; i < agent->contacts.size(); ++i) {
    if (agent->contacts[i].call == call.call.id) act.token = agent->standing.slots[i].token;
  }
  const auto done = world_.engine.Act(world_.customer, act, world_.now());
  if (!done.ok()) Say(call, absl::StrCat(call.agent, " cannot: ", done.status().message()));
  return done.ok();
}

void Switch::HandOn(PhoneCall& call, const center_day::HandOn& rule) {
  if (call.random.Happens(rule.consulted)) return Consult(call, rule.to);
  Transfer(call, rule.to);
}

void Switch::Transfer(PhoneCall& call, const std::string& group) {
  if (!Act(call, AgentAct::Kind::kTransfer, group)) {
    return Later(call, kExplains, [this](PhoneCall& talked) { FinishTalk(talked); });
  }
  Say(call, absl::StrCat(call.agent, " hands it on to ", group));
  ++call.turn;
  call.talked += world_.now() - call.talks_since;
  // Where it goes from here is news of the engine.
  call.agent.clear();
  call.is_seeking = true;
  call.group = group;
  call.entered = world_.now();
  call.has_rung = false;
  LosePatience(call);
}

void Switch::Consult(PhoneCall& call, const std::string& group) {
  if (!Act(call, AgentAct::Kind::kConsult, group)) return Transfer(call, group);
  Say(call, absl::StrCat(call.agent, " turns to ", group, " while the caller waits"));
  ++call.turn;
  call.consults = group;
  Later(call, kConsultPatience, [this, group](PhoneCall& waits) {
    if (!Act(waits, AgentAct::Kind::kCancelConsult)) return;
    StopConsulting(waits, "nobody comes");
    Transfer(waits, group);
  });
}

void Switch::HearOfConsultation(PhoneCall& call, const libroute::CallNow& now) {
  if (call.consults.empty()) return;
  if (!now.consults) {
    StopConsulting(call, "nobody is there");
    return Later(call, kExplains, [this](PhoneCall& talked) { FinishTalk(talked); });
  }
  std::erase_if(call.phones, [&](const auto& phone) {
    return std::none_of(now.phones.begin(), now.phones.end(),
                        [&](const auto& rings) { return rings.target == phone.first; });
  });
  for (const libroute::ContactNow::Phone& phone : now.phones) {
    if (call.phones.contains(phone.target)) continue;
    Ring(call, phone.target, {phone.agent, now.step, true}, phone.rings);
  }
}

void Switch::AnsweredConsultation(PhoneCall& call, const Phone& phone,
                                  const libroute::CallNow& now) {
  if (now.consulted != phone.agent) {
    return Say(call, absl::StrCat(phone.agent, " answers too late"));
  }
  Say(call, absl::StrCat(phone.agent, " answers ", call.agent));
  ++call.turn;
  call.phones.clear();
  call.consulted = phone.agent;
  ++world_.figures.Of(phone.agent).contacts;
  Later(call, call.random.About(kExplains), [this](PhoneCall& knows) { CompleteTransfer(knows); });
}

void Switch::CompleteTransfer(PhoneCall& call) {
  if (!Act(call, AgentAct::Kind::kCompleteTransfer)) {
    StopConsulting(call, "it stays where it is");
    return Later(call, kExplains, [this](PhoneCall& talked) { FinishTalk(talked); });
  }
  Say(call, absl::StrCat(call.agent, " hands it over to ", call.consulted));
  ++call.turn;
  call.agent = std::exchange(call.consulted, "");
  call.group = std::exchange(call.consults, "");
  Talk(call);
}

void Switch::StopConsulting(PhoneCall& call, absl::string_view why) {
  Say(call, absl::StrCat(why, ": ", call.agent, " is back with the caller"));
  ++call.turn;
  call.phones.clear();
  call.consults.clear();
  call.consulted.clear();
}

}  // namespace center_day
