#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libroute/plan/issue.h"
#include "libroute/prove/flow.h"
#include "libroute/tree/dial_address.h"
#include "libroute/tree/nodes/text_pattern.h"

// Actions: what a call may come to there, and where it then goes on.
namespace libroute {
namespace {

constexpr size_t kMostExamples = 6;

bool MayCome(const CallSet& set) {
  return set.times != TimeSets::kNever && !set.stale;
}

void AddMore(std::vector<CallSet> more, std::vector<CallSet>& sets) {
  for (CallSet& set : more) sets.push_back(std::move(set));
}

std::vector<CallSet> CallsOf(std::vector<CallSet> sets) {
  std::erase_if(sets, [](const CallSet& set) { return set.is_email(); });
  return sets;
}

// Those whose waiting this ends. An e-mail waits on while nobody is logged in or ready; by a
// closed group it goes on where a publication takes the group away: then it is one of
// another revision, and none can be made up.
std::vector<CallSet> LeavingAfter(absl::string_view event, std::vector<CallSet> sets) {
  if (event == "no_agents" || event == "none_ready") return CallsOf(std::move(sets));
  if (event != "closed") return sets;
  for (CallSet& set : sets) set.stale = set.stale || set.is_email();
  return sets;
}

// Of a dial's branches; the default has several.
std::string NameOf(const Exit& exit) {
  return exit.branch == "default" ? exit.root : exit.branch;
}

// Whatever begins with a key is one: bad input begins with a digit that is none.
std::string BadKey(const v1::Menu& menu) {
  for (const char digit : std::string("0123456789*#")) {
    if (!menu.keys().contains(std::string(1, digit)))
      return absl::StrCat("digits:", std::string(1, digit));
  }
  return "";
}

// Too few, or of no pattern; any number of digits beyond are others' business.
std::string BadDigits(const v1::Collect& collect, size_t least) {
  if (!collect.terminator().empty()) return absl::StrCat("digits:", collect.terminator());
  if (least > 1) return "digits:0";
  for (const char* digits : {"*", "#", "0", "1", "2", "9"}) {
    const bool is_good = collect.patterns().empty() ||
                         std::any_of(collect.patterns().begin(), collect.patterns().end(),
                                     [&](const std::string& text) {
                                       const absl::StatusOr<TextPattern> pattern =
                                           TextPattern::Parse(text);
                                       return pattern.ok() && pattern->Matches(digits);
                                     });
    if (!is_good) return absl::StrCat("digits:", digits);
  }
  return "";
}

// A target that the plan has by name.
struct NamedTarget {
  const std::string* destination = nullptr;
  std::string site;
  // Names its gateways; empty for none.
  std::string via;
  // Its number is made of the called one.
  bool is_computed = false;
};

NamedTarget TargetOf(const std::string& to, const v1::Plan& plan) {
  NamedTarget target;
  target.is_computed = to == kCalledLine;
  const auto destination = plan.destinations().find(to);
  if (destination != plan.destinations().end()) {
    const v1::Destination& written = destination->second;
    target.destination = &to;
    target.is_computed = written.has_from_called();
    const auto site = plan.sites().find(written.site());
    target.via = written.via();
    if (target.via.empty() && written.uri().empty() && site != plan.sites().end()) {
      target.via = site->second.via();
    }
    return target;
  }
  absl::string_view name = to;
  absl::ConsumePrefix(&name, kSitePrefix);
  const auto site = plan.sites().find(std::string(name));
  if (site == plan.sites().end()) return target;
  target.site = site->first;
  target.via = site->second.via();
  target.is_computed = true;
  return target;
}

// When it is skipped with this outcome; nothing if it never is.
std::vector<v1::StatusBranch::Case> SkippedFor(const NamedTarget& target, Outcome outcome,
                                               const v1::Plan& plan) {
  std::vector<v1::StatusBranch::Case> items;
  if (outcome == Outcome::kCongestion) {
    const auto group = plan.gateways().find(target.via);
    if (target.via.empty() || group == plan.gateways().end()) return items;
    for (const v1::GatewayGroup::Gateway& gateway : group->second.gateways()) {
      items.emplace_back().set_gateway(gateway.name());
      items.back().add_is(v1::STATUS_BUSY);
    }
    return items;
  }
  if (target.destination == nullptr && target.site.empty()) return items;
  v1::StatusBranch::Case& item = items.emplace_back();
  if (target.destination != nullptr) {
    item.set_destination(*target.destination);
  } else {
    item.set_site(target.site);
  }
  item.add_is(outcome == Outcome::kBusy ? v1::STATUS_BUSY : v1::STATUS_DOWN);
  return items;
}

}  // namespace

void Flow::SuspectBlackHole(const Place& place, const Sets& sets) {
  Suspect suspect;
  suspect.kind = Suspect::Kind::kBlackHole;
  suspect.path = suspect.node = place.KindPath();
  for (const CallSet& set : sets) {
    if (suspect.calls.size() < kMostExamples && MayCome(set)) suspect.calls.push_back(set);
  }
  if (suspect.calls.empty()) return;
  const auto known = std::find_if(suspects_.begin(), suspects_.end(), [&](const Suspect& other) {
    return other.kind == suspect.kind && other.path == suspect.path;
  });
  if (known == suspects_.end()) {
    suspects_.push_back(std::move(suspect));
  } else {
    AddMore(std::move(suspect.calls), known->calls);
  }
}

// What comes of it when no target can be tried: nobody is asked, and the node is
// left at once.
void Flow::SkipTargets(const Place& place, const Sets& sets, std::map<std::string, Sets>& below) {
  const v1::Dial& dial = place.node.dial();
  for (Outcome skipped : {Outcome::kUnreachable, Outcome::kBusy, Outcome::kRejected,
                          Outcome::kBadNumber, Outcome::kCongestion}) {
    const bool by_status = skipped == Outcome::kUnreachable || skipped == Outcome::kBusy ||
                           skipped == Outcome::kCongestion;
    bool has_computed = false;
    bool may_be_skipped = true;
    Sets left = sets;
    for (const std::string& to : dial.to()) {
      const NamedTarget target = TargetOf(to, plan_);
      has_computed |= target.is_computed;
      const std::vector<v1::StatusBranch::Case> items = SkippedFor(target, skipped, plan_);
      may_be_skipped &= to == kCalledLine ? skipped != Outcome::kCongestion : !items.empty();
      for (const v1::StatusBranch::Case& item : items) {
        Sets next;
        for (CallSet& set : left) {
          AddMore(narrowing_.ByStatus(item, Narrowing::Want::kMatches, std::move(set)), next);
        }
        left = std::move(next);
      }
    }
    if (!may_be_skipped || (!by_status && !has_computed)) continue;
    const Exit exit = exits_.OfDial(place, skipped);
    // Perhaps none of them can be tried whatever their status is.
    if (has_computed) left.insert(left.begin(), sets.begin(), sets.end());
    for (CallSet& set : left) set = Taking(place, exit, std::move(set));
    if (exit.ends) {
      Sets untried = left;
      std::erase_if(untried, [](const CallSet& set) { return set.tried; });
      SuspectBlackHole(place, untried);
    }
    AddMore(std::move(left), below[NameOf(exit)]);
  }
}

void Flow::VisitDial(const Place& place, const Sets& sets) {
  const auto longest = longest_.find(place.KindPath());
  const absl::Duration rings = longest == longest_.end() ? absl::ZeroDuration() : longest->second;
  Sets tried = sets;
  Suspect too_long;
  too_long.kind = Suspect::Kind::kRingsTooLong;
  too_long.path = too_long.node = place.KindPath();
  for (CallSet& set : tried) {
    const bool was_within = set.ringing <= max_ringing_;
    set.ringing += rings;
    set.tried = true;
    if (was_within && set.ringing > max_ringing_ && MayCome(set)) too_long.calls.push_back(set);
  }
  // The same node, left by whatever branch its longest time leads to.
  std::stable_sort(too_long.calls.begin(), too_long.calls.end(),
                   [](const CallSet& a, const CallSet& b) { return a.ringing > b.ringing; });
  if (too_long.calls.size() > kMostExamples) too_long.calls.resize(kMostExamples);
  for (CallSet& set : too_long.calls) {
    set = After(place, exits_.OfDial(place, Outcome::kNoAnswer), "no_answer", {std::move(set)})[0];
  }
  if (!too_long.calls.empty()) suspects_.push_back(std::move(too_long));
  std::map<std::string, Sets> below;
  SkipTargets(place, sets, below);
  std::map<std::string, Exit> exits;
  for (Outcome outcome : kFailedOutcomes) {
    const Exit exit = exits_.OfDial(place, outcome);
    // Of outcomes that lead to the same branch the first one is enough.
    const std::string name = NameOf(exit);
    if (!exits.emplace(name, exit).second) continue;
    Sets taken = After(place, exit, std::string(OutcomeName(outcome)), tried);
    AddMore(std::move(below[name]), taken);
    Send(place, exit, std::move(taken));
  }
  VisitAfter(place, place.node.dial(), std::move(tried));
}

template <class Action>
void Flow::VisitAfter(const Place& place, const Action& action, Sets sets) {
  if (!action.has_after()) return;
  // Who has talked with somebody is not lost, whatever follows.
  for (CallSet& set : sets) set.tried = true;
  const Exit after = Exits::Written(place, "after", "after", &action.after());
  Send(place, after, After(place, after, "called_hangup", std::move(sets)));
}

template <class Prompt>
void Flow::VisitFaults(const Place& place, const Prompt& prompt, const std::string& bad_event,
                       const Sets& sets) {
  const v1::Node* otherwise = prompt.has_otherwise() ? &prompt.otherwise() : nullptr;
  const Exit silent = exits_.OrOtherwise(
      place, "on_no_input", prompt.has_on_no_input() ? &prompt.on_no_input() : nullptr, otherwise);
  Send(place, silent, After(place, silent, "no_input", sets));
  if (bad_event.empty()) return;
  const Exit bad =
      exits_.OrOtherwise(place, "on_bad_input",
                         prompt.has_on_bad_input() ? &prompt.on_bad_input() : nullptr, otherwise);
  Send(place, bad, After(place, bad, bad_event, sets));
}

void Flow::VisitMenu(const Place& place, const Sets& sets) {
  const v1::Menu& menu = place.node.menu();
  std::map<std::string, const v1::Node*> keys;
  for (const auto& [key, child] : menu.keys()) keys[key] = &child;
  for (const auto& [key, child] : keys) {
    const std::string name = KeyPath("keys", key);
    const Exit exit = Exits::Written(place, name, name, child);
    Send(place, exit, After(place, exit, absl::StrCat("digits:", key), sets));
  }
  VisitFaults(place, menu, BadKey(menu), sets);
}

void Flow::VisitCollect(const Place& place, const Sets& sets) {
  const v1::Collect& collect = place.node.collect();
  const Exit then = Exits::Written(place, "then", "then", &collect.then());
  const size_t most = std::max(1u, collect.max_digits());
  const size_t least = collect.min_digits() == 0 ? most : collect.min_digits();
  Sets entered = sets;
  for (CallSet& set : entered) {
    set.values[collect.into()] = ValueSet();
    set.way =
        std::make_shared<const Step>(Step{std::move(set.way),
                                          place.KindPath(),
                                          then.branch,
                                          "",
                                          collect.into(),
                                          least,
                                          most,
                                          {collect.patterns().begin(), collect.patterns().end()}});
    set.Act();
  }
  Send(place, then, std::move(entered));
  VisitFaults(place, collect, BadDigits(collect, least), sets);
}

void Flow::VisitAgents(const Place& place, const Sets& sets) {
  const v1::Agents& agents = place.node.agents();
  // An e-mail waits for ever where nothing else is written.
  const auto loses_emails = [&](absl::string_view event) {
    const auto group = plan_.groups().find(agents.group());
    const bool may_be_full = group != plan_.groups().end() && group->second.has_max_waiting();
    return (event == "timeout" && agents.has_wait()) || (event == "full" && may_be_full);
  };
  const v1::Node* otherwise = agents.has_otherwise() ? &agents.otherwise() : nullptr;
  std::map<std::string, std::pair<Exit, Sets>> gone;
  const auto leave = [&](const char* branch, const char* event, bool is_written,
                         const v1::Node& written, bool is_known_before) {
    const Exit exit = exits_.OrOtherwise(place, branch, is_written ? &written : nullptr, otherwise);
    const Sets who = LeavingAfter(event, sets);
    Sets left = After(place, exit, event, who);
    if (is_known_before) {
      for (const CallSet& set : who) left.push_back(Taking(place, exit, set));
    }
    if (exit.ends) SuspectBlackHole(place, loses_emails(event) ? left : CallsOf(left));
    // What several lead to is visited once, with all that comes there.
    const std::string& where = exit.root.empty() ? exit.path : exit.root;
    Sets& all = gone.emplace(where, std::pair(exit, Sets())).first->second.second;
    AddMore(std::move(left), all);
  };
  VisitAfter(place, agents, CallsOf(sets));
  leave("on_timeout", "timeout", agents.has_on_timeout(), agents.on_timeout(), false);
  leave("on_no_agents", "no_agents", agents.has_on_no_agents(), agents.on_no_agents(), true);
  leave("on_none_ready", "none_ready", agents.has_on_none_ready(), agents.on_none_ready(), true);
  leave("on_full", "full", agents.has_on_full(), agents.on_full(), true);
  leave("on_closed", "closed", agents.has_on_closed(), agents.on_closed(), true);
  for (auto& [where, way] : gone) Send(place, way.first, std::move(way.second));
}

void Flow::VisitConferenceAccess(const Place& place, const Sets& sets) {
  const v1::ConferenceAccess& access = place.node.conference_access();
  for (const Exit& exit : exits_.All(place)) {
    const bool is_fault = exit.branch == "on_no_input" || exit.branch == "on_bad_input";
    // It would take a number and a code to come there: what follows is looked at,
    // but no call is made up that goes there.
    if (!is_fault) Send(place, exit, After(place, exit, "digits:0", sets));
  }
  // No conference has it as its number.
  VisitFaults(place, access, "digits:*", sets);
}

}  // namespace libroute
