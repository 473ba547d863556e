#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "examples/day/log.h"
#include "examples/day/switch.h"

// Callers who stand in line: where, what they hear there, and for how long they have patience.
namespace center_day {

void Switch::StandInLine(PhoneCall& call, bool rings) {
  std::string group;
  std::string wanted;
  const auto contacts = world_.engine.ListContacts(world_.customer);
  if (!Check(contacts.status(), call)) return;
  for (const libroute::ContactEntry& contact : *contacts) {
    if (contact.details.call != call.call.id) continue;
    group = contact.details.group;
    wanted = contact.agent;
  }
  const bool enters = !call.is_seeking || group != call.group;
  if (enters) {
    const bool begins = !call.is_seeking;
    if (!begins) LeaveLine(call, false);
    call.is_seeking = true;
    call.group = group;
    call.entered = world_.now();
    call.has_rung = false;
    ++call.stay;
    if (begins) LosePatience(call);
  }
  const bool waited = call.is_waiting;
  call.is_waiting = !rings;
  if (rings || (waited && !enters)) return;
  const auto& wait = std::get<libroute::WaitDecision>(call.decision.action);
  if (std::exchange(call.announced_stay, call.stay) != call.stay) Announce(call, wait);
  const absl::string_view again = call.has_rung ? "again " : "";
  // Who waits for one agent alone has no place among the others.
  Say(call, wait.position == 0 && !wanted.empty()
                ? absl::StrCat("waits ", again, "in ", group, " for ", wanted)
                : absl::StrCat("waits ", again, "in ", group, ", place ", wait.position));
}

// Times count from when the call came to the group.
void Switch::Announce(PhoneCall& call, const libroute::WaitDecision& wait) {
  for (const libroute::WaitDecision::Announcement& one : wait.announcements) {
    AnnounceAt(call, call.entered + one.after,
               {std::string(one.message), one.every, one.says_position, one.says_expected_wait});
  }
}

void Switch::AnnounceAt(const PhoneCall& call, absl::Time at, Announcement what) {
  if (at < world_.now()) return AnnounceNext(call, at, std::move(what));
  world_.agenda.At(at, [this, number = call.number, stay = call.stay, at, what] {
    const auto found = calls_.find(number);
    if (found == calls_.end() || !found->second.is_seeking || found->second.stay != stay) return;
    // While a phone rings the caller hears that.
    if (found->second.is_waiting) {
      const std::string heard = WordsFor(found->second, what);
      if (!heard.empty()) Say(found->second, absl::StrCat("hears ", heard));
    }
    AnnounceNext(found->second, at, what);
  });
}

void Switch::AnnounceNext(const PhoneCall& call, absl::Time at, Announcement what) {
  if (what.every <= absl::ZeroDuration()) return;
  AnnounceAt(call, at + what.every, std::move(what));
}

std::string Switch::WordsFor(const PhoneCall& call, const Announcement& what) const {
  std::vector<std::string> words;
  if (!what.message.empty()) words.push_back(absl::StrCat("\"", what.message, "\""));
  const auto contacts = world_.engine.ListContacts(world_.customer);
  if (contacts.ok()) {
    for (const libroute::ContactEntry& contact : *contacts) {
      const libroute::contact::ContactStanding& standing = contact.standing;
      if (contact.details.call != call.call.id || standing.position == 0) continue;
      if (what.says_position) words.push_back(absl::StrCat("place ", standing.position));
      if (what.says_expected_wait && standing.median_wait < absl::InfiniteDuration()) {
        words.push_back(absl::StrCat("about ", InWords(standing.median_wait), " more"));
      }
    }
  }
  return absl::StrJoin(words, ", ");
}

void Switch::LeaveLine(PhoneCall& call, bool is_answered) {
  world_.figures.WaitEnds(call.group, world_.now() - call.entered, is_answered);
  call.is_seeking = false;
  call.is_waiting = false;
}

void Switch::LosePatience(PhoneCall& call) {
  const int patience = ++call.patience;
  const int number = call.number;
  world_.agenda.In(call.random.UpTo(world_.script.patience), [this, number, patience] {
    const auto found = calls_.find(number);
    if (found == calls_.end()) return;
    PhoneCall& waiting = found->second;
    if (!waiting.is_seeking || waiting.patience != patience) return;
    const absl::Duration time = world_.now() - waiting.entered;
    LeaveLine(waiting, false);
    End(waiting, "hung up waiting",
        absl::StrCat("hangs up after ", InWords(time), " in ", waiting.group));
  });
}

}  // namespace center_day
