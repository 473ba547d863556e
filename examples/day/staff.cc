#include "examples/day/staff.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace center_day {
namespace {

using libroute::AgentAct;
using libroute::AgentNow;
using libroute::contact::Presence;
using Slot = libroute::contact::AgentStanding::Slot;

Doing DoingOf(const AgentNow& agent) {
  Doing doing = agent.standing.presence == Presence::kReady       ? Doing::kFree
                : agent.standing.presence == Presence::kLoggedOut ? Doing::kAway
                                                                  : Doing::kBreak;
  for (size_t i = 0; i < agent.standing.slots.size(); ++i) {
    const Slot& slot = agent.standing.slots[i];
    const bool is_email = agent.contacts[i].medium == libroute::contact::Medium::kEmail;
    if (is_email && slot.state == Slot::State::kActive && !slot.is_interrupted) {
      doing = Doing::kAnswersEmails;
    }
    // One that is offered disturbs nobody.
    if (is_email && slot.state != Slot::State::kWrapUp) continue;
    if (slot.state == Slot::State::kActive) return Doing::kTalks;
    doing = slot.state == Slot::State::kWrapUp ? Doing::kWritesUp : Doing::kRings;
  }
  return doing;
}

}  // namespace

void Staff::Begin() {
  for (const AgentDay& day : world_.script.agents) {
    members_[day.name];
    world_.agenda.At(day.from, [this, &day] { Come(day); });
    for (const Break& one : day.breaks) {
      world_.agenda.At(one.at, [this, &day, &one] { HaveBreak(day.name, one); });
    }
    world_.agenda.At(day.to, [this, &day] {
      if (members_[day.name].doing == Doing::kTalks)
        world_.Say(day.name, "goes home after this call");
      Act(AgentAct::Kind::kLogOut, day.name);
    });
  }
}

void Staff::Come(const AgentDay& day) {
  Act(AgentAct::Kind::kLogIn, day.name, day.phone);
  if (world_.status.ok()) Act(AgentAct::Kind::kReady, day.name);
}

void Staff::HaveBreak(const std::string& name, const Break& one) {
  Member& member = members_[name];
  member.break_ends = world_.now() + one.lasts;
  if (member.doing == Doing::kTalks || member.doing == Doing::kAnswersEmails) {
    world_.Say(name,
               absl::StrCat("has a break after this ",
                            member.doing == Doing::kTalks ? "call: " : "e-mail: ", one.reason));
  }
  Act(AgentAct::Kind::kNotReady, name, "", one.reason);
  world_.agenda.At(member.break_ends, [this, name] { ComeBack(name); });
}

void Staff::ComeBack(const std::string& name) {
  const auto agent = world_.engine.FindAgent(world_.customer, name);
  if (!agent.ok()) return world_.status.Update(agent.status());
  const Presence presence = agent->standing.presence;
  const bool can = presence == Presence::kNotReady || presence == Presence::kNotReadyPending;
  // Of two breaks at once the one of the script counts.
  if (can && world_.now() >= members_[name].break_ends) Act(AgentAct::Kind::kReady, name);
}

void Staff::Follow() {
  const auto changes = world_.engine.ContactChanges(world_.customer, version_, false);
  if (!changes.ok()) return world_.status.Update(changes.status());
  version_ = changes->version;
  for (const AgentNow& agent : changes->agents) {
    mail_.AtDesk(agent);
    Follow(agent);
  }
}

void Staff::Follow(const AgentNow& agent) {
  const auto found = members_.find(agent.name);
  const Doing doing = DoingOf(agent);
  if (found == members_.end() || doing == found->second.doing) return;
  Member& member = found->second;
  const std::string words = WordsFor(agent, member, doing);
  if (!words.empty()) world_.Say(agent.name, words);
  Count(agent.name, member);
  member.doing = doing;
  const bool has_missed = doing == Doing::kBreak && world_.now() >= member.break_ends;
  if (has_missed) {
    world_.agenda.In(world_.script.back_after, [this, name = agent.name] { ComeBack(name); });
  }
}

std::string Staff::WordsFor(const AgentNow& agent, const Member& member, Doing doing) {
  if (doing == Doing::kAway) return "logs out";
  if (member.doing == Doing::kAway) return absl::StrCat("logs in at ", agent.standing.phone);
  if (doing == Doing::kWritesUp) return "writes it up";
  if (doing == Doing::kBreak) {
    if (world_.now() >= member.break_ends) return "has missed a call, and has a break";
    return absl::StrCat("has a break until ", world_.log.TimeOfDay(member.break_ends), ": ",
                        agent.standing.reason);
  }
  if (member.doing == Doing::kBreak) return "is back";
  if (member.doing == Doing::kWritesUp && doing == Doing::kFree) return "is free";
  return "";
}

void Staff::Act(AgentAct::Kind kind, const std::string& name, const std::string& phone,
                const std::string& reason) {
  AgentAct act;
  act.kind = kind;
  act.agent = name;
  act.phone = phone;
  act.reason = reason;
  world_.Act(act);
}

void Staff::Count(const std::string& name, Member& member) {
  absl::Duration& spent = world_.figures.Of(name).spent[static_cast<int>(member.doing)];
  if (member.since != absl::Time()) spent += world_.now() - member.since;
  member.since = world_.now();
}

void Staff::Close() {
  for (auto& [name, member] : members_) Count(name, member);
}

}  // namespace center_day
