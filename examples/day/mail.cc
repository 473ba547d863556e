#include "examples/day/mail.h"

#include <optional>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace center_day {
namespace {

using libroute::AgentAct;
using libroute::AgentNow;
using Slot = libroute::contact::AgentStanding::Slot;
using Token = libroute::contact::Token;

// How long things take that no script says.
constexpr absl::Duration kSees = absl::Seconds(6);
constexpr absl::Duration kLooksAgain = absl::Seconds(30);

}  // namespace

void Mail::Arrive(const std::string& to) {
  const int number = ++last_;
  Letter& letter = letters_.try_emplace(number, number, world_.script.seed).first->second;
  const std::string id = absl::StrCat(number, "@mail.example");
  numbers_[id] = number;
  letter.email.connector = kConnector;
  letter.email.message_id = absl::StrCat("<", id, ">");
  letter.email.sender = absl::StrCat("customer-", 1 + letter.random.Below(500), "@example.com");
  letter.email.recipients = {to};
  letter.email.subject = absl::StrCat("Question ", number);
  world_.figures.EmailComes();
  world_.Say(letter.name(), absl::StrCat("comes from ", letter.email.sender, " to ", to));
  Ask(letter);
}

void Mail::Hear(const libroute::CallId& email) {
  Letter* letter = Find(email);
  if (letter != nullptr && letter->agent.empty()) Ask(*letter);
}

void Mail::Ask(Letter& letter) {
  libroute::Decision decision;
  const absl::Status status = world_.engine.Submit(letter.email, world_.now(), decision);
  if (!status.ok()) {
    return world_.status.Update(
        absl::Status(status.code(), absl::StrCat(letter.name(), ": ", status.message())));
  }
  if (const auto* wait = std::get_if<libroute::WaitDecision>(&decision.action)) {
    Wait(letter, *wait);
  } else if (!std::holds_alternative<libroute::AssignedDecision>(decision.action)) {
    Obey(letter, decision.action);
  }
}

void Mail::Wait(Letter& letter, const libroute::WaitDecision& wait) {
  if (letter.group == wait.group) return;
  GoesOn(letter);
  letter.group = std::string(wait.group);
  letter.entered = world_.now();
  // One that an agent is offered has no place any more.
  const std::string place = wait.position == 0 ? "" : absl::StrCat(", place ", wait.position);
  world_.Say(letter.name(), absl::StrCat("waits in ", letter.group, place));
}

void Mail::GoesOn(const Letter& letter) {
  if (letter.group.empty()) return;
  world_.figures.WaitEnds(letter.group, world_.now() - letter.entered, false);
}

void Mail::Obey(Letter& letter, const libroute::Action& action) {
  GoesOn(letter);
  if (const auto* reply = std::get_if<libroute::AutoReplyDecision>(&action)) {
    End(letter, absl::StrCat("answered automatically by ", reply->message));
  } else if (const auto* forward = std::get_if<libroute::ForwardEmailDecision>(&action)) {
    End(letter, absl::StrCat("sent on to ", forward->to));
  } else {
    End(letter, "discarded");
  }
}

void Mail::AtDesk(const AgentNow& agent) {
  for (size_t i = 0; i < agent.standing.slots.size(); ++i) {
    const Slot& slot = agent.standing.slots[i];
    const Letter* letter = Find(agent.contacts[i].call);
    if (letter == nullptr || slot.state != Slot::State::kOffered) continue;
    if (!seen_.insert(slot.token).second) continue;
    world_.agenda.In(kSees, [this, name = agent.name, token = slot.token] { Accept(name, token); });
  }
}

void Mail::Accept(const std::string& agent, Token token) {
  const std::optional<Work> work = Look(agent, token);
  // Something else may have come up.
  if (!work.has_value() || work->slot.state != Slot::State::kOffered) return;
  Letter& letter = *work->letter;
  if (!Act(AgentAct::Kind::kAccept, agent, token)) return;
  const absl::Duration waited = world_.now() - letter.entered;
  world_.figures.WaitEnds(letter.group, waited, true);
  letter.agent = agent;
  ++world_.figures.Of(agent).emails;
  world_.Say(letter.name(),
             absl::StrCat(agent, " takes it after ", InWords(waited), " in ", letter.group));
  const absl::Duration takes = letter.random.About(world_.script.groups.at(letter.group).email);
  world_.agenda.In(takes, [this, agent, token] { Finish(agent, token); });
}

void Mail::Finish(const std::string& agent, Token token) {
  const std::optional<Work> work = Look(agent, token);
  if (!work.has_value()) return;
  if (work->is_talking || work->slot.is_interrupted) {
    return world_.agenda.In(kLooksAgain, [this, agent, token] { Finish(agent, token); });
  }
  if (Act(AgentAct::Kind::kFinish, agent, token)) {
    End(*work->letter, absl::StrCat("answered by ", agent));
  }
}

std::optional<Mail::Work> Mail::Look(const std::string& agent, Token token) {
  const auto now = world_.engine.FindAgent(world_.customer, agent);
  if (!now.ok()) {
    world_.status.Update(now.status());
    return std::nullopt;
  }
  Work work;
  for (size_t i = 0; i < now->standing.slots.size(); ++i) {
    const Slot& slot = now->standing.slots[i];
    const bool is_call = now->contacts[i].medium == libroute::contact::Medium::kCall;
    if (is_call && slot.state != Slot::State::kWrapUp) work.is_talking = true;
    if (slot.token != token) continue;
    work.slot = slot;
    work.letter = Find(now->contacts[i].call);
  }
  if (work.letter == nullptr) return std::nullopt;
  return work;
}

Letter* Mail::Find(const libroute::CallId& id) {
  if (id.switch_name != kConnector) return nullptr;
  // The reference is the customer and the Message-ID.
  const auto number =
      numbers_.find(std::string(absl::StripPrefix(id.reference, world_.customer + "/")));
  if (number == numbers_.end()) return nullptr;
  const auto letter = letters_.find(number->second);
  return letter == letters_.end() ? nullptr : &letter->second;
}

bool Mail::Act(AgentAct::Kind kind, const std::string& agent, Token token) {
  AgentAct act;
  act.kind = kind;
  act.agent = agent;
  act.token = token;
  return world_.Act(act);
}

void Mail::End(Letter& letter, const std::string& how) {
  world_.Say(letter.name(), absl::StrCat("ends: is ", how));
  world_.figures.EmailEnds();
  letters_.erase(letter.number);
}

}  // namespace center_day
