#include "libroute/contact/reference_floor.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "libroute/contact/skill_expression.h"

namespace libroute::contact {
namespace {

Micros InMicros(absl::Duration duration) {
  return absl::ToInt64Microseconds(duration);
}

}  // namespace

ReferenceFloor::ReferenceFloor(const Floor& floor, const CenterRules& rules)
    : floor_(floor), rules_(rules) {
  for (const AgentRules& agent : rules.agents) agents_[agent.name] = &agent;
  for (const GroupRules& group : rules.groups) {
    groups_[group.name] = &group;
    if (!group.members_by_skill.empty()) {
      const SkillExpression expression =
          *SkillExpression::Parse(group.members_by_skill, rules.skills);
      for (const AgentRules& agent : rules.agents) {
        const uint32_t slot = floor.agents().Find(agent.name).slot;
        indices_[{group.name, slot}] = expression.IndexOf(SkillsOf(agent));
      }
    }
    for (const Member& member : group.members) {
      indices_[{group.name, floor.agents().Find(member.agent).slot}] = member.index;
    }
  }
}

std::vector<SkillLevel> ReferenceFloor::SkillsOf(const AgentRules& agent) const {
  std::vector<SkillLevel> levels;
  for (size_t skill = 0; skill < rules_.skills.size(); ++skill) {
    for (const AgentSkill& written : agent.skills) {
      if (written.skill != rules_.skills[skill]) continue;
      levels.push_back({static_cast<uint16_t>(skill), static_cast<uint8_t>(written.index)});
    }
  }
  return levels;
}

int ReferenceFloor::IndexIn(const std::string& group, uint32_t agent) const {
  auto found = indices_.find({group, agent});
  return found == indices_.end() ? 0 : found->second;
}

int ReferenceFloor::LeastIndexAfter(const std::string& group, Micros waited) const {
  int least = RulesOf(group).least_index;
  for (const RelaxationStep& step : RulesOf(group).steps) {
    if (step.least_index != 0 && InMicros(step.after) <= waited) least = step.least_index;
  }
  return least;
}

bool ReferenceFloor::CanTake(uint32_t slot, Medium medium) const {
  const Agent& agent = floor_.agents()[slot];
  if (agent.presence != Presence::kReady || agent.line == Line::kBusy) return false;
  if (agent.disconnected_until != kNever) return false;
  int cost = medium == Medium::kCall ? rules_.call_cost : rules_.email_cost;
  for (const Work& work : agent.works) {
    if (medium == Medium::kEmail && work.is_interrupted) return false;
    if (medium == Medium::kCall && work.medium == Medium::kCall &&
        work.state != Work::State::kWrapUp) {
      return false;
    }
    const bool gives_way = medium == Medium::kCall && agent.calls_interrupt_emails &&
                           work.medium == Medium::kEmail && work.state == Work::State::kActive;
    if (!gives_way && !work.is_interrupted) cost += work.cost;
  }
  if (medium == Medium::kCall && (agent.line != Line::kIdle || agent.phone_rest_until != kNever)) {
    return false;
  }
  return cost <= 100;
}

bool ReferenceFloor::IsExcluded(uint32_t slot, uint32_t agent_slot) const {
  const Contact& contact = floor_.contacts()[slot];
  const Agent& agent = floor_.agents()[agent_slot];
  if (contact.owner == agent_slot) return true;
  if (agent.is_reserve && !contact.offers.empty()) return true;
  for (const Work& work : agent.works) {
    if (work.contact == floor_.contacts().id(slot) && work.state != Work::State::kWrapUp)
      return true;
  }
  if (contact.refusals_until == kNever) return false;
  const bool one = std::count(contact.refused_by.begin(), contact.refused_by.end(), agent_slot) > 0;
  const bool other =
      std::count(agent.refused.begin(), agent.refused.end(), floor_.contacts().id(slot)) > 0;
  return one && other;
}

std::vector<ReferenceFloor::Joined> ReferenceFloor::GroupsOf(uint32_t slot) const {
  const Contact& contact = floor_.contacts()[slot];
  std::vector<Joined> joined;
  const std::string home = floor_.groups().name(contact.home.slot);
  joined.push_back({home, contact.entered});
  for (const RelaxationStep& step : RulesOf(home).steps) {
    const Micros at = contact.entered + InMicros(step.after);
    if (at > floor_.now() || step.add_group.empty()) continue;
    const Group& added = floor_.groups()[floor_.groups().Find(step.add_group).slot];
    if (added.is_closed && contact.medium == Medium::kCall) continue;
    joined.push_back({step.add_group, at});
  }
  return joined;
}

bool ReferenceFloor::MayServe(uint32_t agent, uint32_t slot, Micros* preferred_arrival) const {
  const Contact& contact = floor_.contacts()[slot];
  if (IsExcluded(slot, agent)) return false;
  *preferred_arrival = kNever;
  if (contact.is_queued_for_agent) {
    *preferred_arrival = contact.key.arrival;
    return contact.wanted_agent == agent;
  }
  // Waits for somebody alone whose time is over.
  if (floor_.groups().Get(contact.home) == nullptr) return false;
  for (const Joined& joined : GroupsOf(slot)) {
    const int index = IndexIn(joined.group, agent);
    if (index == 0 || index < LeastIndexAfter(joined.group, floor_.now() - joined.entered))
      continue;
    int preference = 1;
    for (const GroupPreference& each : agents_.at(floor_.agents().name(agent))->preferences) {
      if (each.group == joined.group) preference = each.preference;
    }
    *preferred_arrival =
        std::min(*preferred_arrival,
                 contact.key.arrival + (preference - 1) * InMicros(rules_.preference_step));
  }
  return *preferred_arrival != kNever;
}

bool ReferenceFloor::IsBefore(const std::string& group, uint32_t a, uint32_t b) const {
  const auto order = [&](uint32_t slot) {
    const Agent& agent = floor_.agents()[slot];
    const uint32_t group_slot = floor_.groups().Find(group).slot;
    auto membership =
        std::find_if(agent.memberships.begin(), agent.memberships.end(),
                     [&](const Membership& each) { return each.group == group_slot; });
    uint64_t rank = membership->rank & ~kReserveRank;
    if (RulesOf(group).strategy == Strategy::kHighestIndex) rank = 100 - IndexIn(group, slot);
    if (RulesOf(group).strategy == Strategy::kLowestSufficientIndex) rank = IndexIn(group, slot);
    if (RulesOf(group).strategy == Strategy::kLongestIdle) rank = 0;
    int load = 0;
    for (const Work& work : agent.works) load += work.cost;
    return std::make_tuple(agent.is_reserve, load, rank, agent.idle_sequence);
  };
  return order(a) < order(b);
}

uint32_t ReferenceFloor::PickFor(const std::string& group, Medium medium) const {
  uint32_t best = kNobody;
  for (uint32_t slot = 0; slot < floor_.agents().slots(); ++slot) {
    if (!floor_.agents().used(slot) || !CanTake(slot, medium)) continue;
    if (IndexIn(group, slot) == 0 || IndexIn(group, slot) < LeastIndexAfter(group, 0)) continue;
    if (best == kNobody || IsBefore(group, slot, best)) best = slot;
  }
  return best;
}

uint32_t ReferenceFloor::ChooseFor(uint32_t agent) const {
  // For the agent alone first, calls before e-mails; then by arrival.
  std::tuple<int, Micros, uint64_t> best;
  uint32_t chosen = kNobody;
  for (uint32_t slot = 0; slot < floor_.contacts().slots(); ++slot) {
    if (!floor_.contacts().used(slot) || !floor_.contacts()[slot].is_queued) continue;
    const Contact& contact = floor_.contacts()[slot];
    Micros arrival;
    if (!MayServe(agent, slot, &arrival)) continue;
    const int kind = contact.is_queued_for_agent ? static_cast<int>(contact.medium) : 2;
    const std::tuple<int, Micros, uint64_t> order(kind, arrival, contact.key.sequence);
    if (chosen != kNobody && best < order) continue;
    best = order;
    chosen = slot;
  }
  return chosen;
}

Micros ReferenceFloor::ArrivalOf(const Arrive& arrive) const {
  Micros own = floor_.now() - arrive.priority * InMicros(rules_.priority_step);
  if (arrive.medium == Medium::kEmail) own += InMicros(rules_.email_delay);
  if (arrive.wish.position == 0) return own;
  const std::string& group = floor_.groups().name(arrive.wish.group.slot);
  std::vector<WaitKey> equals;
  // Behind the last that is more urgent and comes before it in any case.
  Micros behind = INT64_MIN;
  for (uint32_t slot = 0; slot < floor_.contacts().slots(); ++slot) {
    if (!floor_.contacts().used(slot)) continue;
    const Contact& contact = floor_.contacts()[slot];
    if (!contact.is_queued || contact.is_queued_for_agent) continue;
    if (contact.medium != arrive.medium || contact.priority < arrive.priority) continue;
    if (floor_.groups().Get(contact.home) == nullptr) continue;
    for (const Joined& joined : GroupsOf(slot)) {
      if (joined.group != group) continue;
      const bool is_equal = contact.priority == arrive.priority;
      if (is_equal) equals.push_back(contact.key);
      if (!is_equal && contact.key.arrival <= own) behind = std::max(behind, contact.key.arrival);
    }
  }
  const size_t wanted = static_cast<size_t>(arrive.wish.position);
  if (equals.size() < wanted) return own;
  std::sort(equals.begin(), equals.end());
  return std::min(own, std::max(behind, equals[wanted - 1].arrival - 1));
}

std::string ReferenceFloor::Check() const {
  std::string faults;
  for (uint32_t slot = 0; slot < floor_.agents().slots(); ++slot) {
    if (floor_.agents().used(slot)) CheckAgent(slot, faults);
  }
  for (uint32_t slot = 0; slot < floor_.contacts().slots(); ++slot) {
    if (floor_.contacts().used(slot)) CheckContact(slot, faults);
  }
  for (uint32_t slot = 0; slot < floor_.groups().slots(); ++slot) {
    if (!floor_.groups().used(slot)) continue;
    CheckGroup(slot, faults);
    CheckAlarms(slot, faults);
  }
  CheckPairs(faults);
  return faults.substr(0, 2000);
}

void ReferenceFloor::CheckAgent(uint32_t slot, std::string& faults) const {
  const Agent& agent = floor_.agents()[slot];
  const auto fault = [&](absl::string_view what) {
    absl::StrAppend(&faults, "agent ", floor_.agents().name(slot), ": ", what, "\n");
  };
  int cost = 0;
  for (const Work& work : agent.works) {
    cost += work.is_interrupted ? 0 : work.cost;
    const bool ends_by_itself = work.state != Work::State::kActive;
    if (ends_by_itself != (work.deadline != kNever)) fault("work without its deadline");
    const Contact* contact = floor_.contacts().Get(work.contact);
    if (work.state == Work::State::kWrapUp) continue;
    if (contact == nullptr) {
      fault(absl::StrCat("works with token ", work.token, " on a contact that is not here"));
    } else if (work.state == Work::State::kActive) {
      if (contact->owner != slot && contact->consulted != slot) fault("active, but not his");
    } else if (std::count(contact->offers.begin(), contact->offers.end(), slot) != 1) {
      fault("an offer that the contact does not know");
    }
  }
  if (cost > 100) fault("more than the capacity");
  if (agent.presence == Presence::kLoggedOut && !agent.works.empty()) fault("works logged out");
  if (agent.is_removed && agent.presence == Presence::kLoggedOut) fault("kept for nothing");
  const bool is_leaving =
      agent.presence == Presence::kNotReadyPending || agent.presence == Presence::kLoggingOut;
  if (is_leaving && agent.works.empty()) fault("leaves for ever");
  Micros due = std::min(agent.phone_rest_until, agent.disconnected_until);
  for (const Work& work : agent.works) due = std::min(due, work.deadline);
  if (floor_.deadlines().Of(Deadlines::Kind::kAgent, slot) != due) fault("a wrong deadline");
  if (due <= floor_.now()) fault("a deadline that is over");
}

void ReferenceFloor::CheckContact(uint32_t slot, std::string& faults) const {
  const Contact& contact = floor_.contacts()[slot];
  const auto fault = [&](absl::string_view what) {
    absl::StrAppend(&faults, "contact ", floor_.contacts().name(slot), ": ", what, "\n");
  };
  const Micros due = floor_.deadlines().Of(Deadlines::Kind::kContact, slot);
  if (due <= floor_.now()) fault("a deadline that is over");
  if (!contact.is_seeking && (contact.is_queued || !contact.offers.empty())) fault("seeks nobody");
  const bool is_called = contact.owner != kNobody && contact.outside == Outside::kCalled;
  if (contact.owner != kNobody && !contact.is_seeking && !is_called && due != kNever) {
    fault("ends by itself");
  }
  if (is_called && (due == kNever || due != contact.forget_at)) {
    fault("calls a number for ever");
  }
  if (!contact.is_seeking && contact.owner == kNobody && due == kNever)
    fault("is nowhere for ever");
  if (contact.is_queued && contact.medium == Medium::kCall && due == kNever) {
    fault("waits for ever");
  }
  const bool rests = contact.rests_until != kNever;
  if (contact.is_seeking && contact.offers.empty() && !contact.is_queued && !rests) {
    fault("waits nowhere");
  }
  if (rests && (!contact.keeps_promise() || !contact.is_seeking)) fault("rests for nothing");
  if (rests && (contact.is_queued || !contact.offers.empty())) fault("waits and rests");
  if (rests && due != std::min(contact.rests_until, contact.callback_until)) {
    fault("does not wake up in time");
  }
  if (contact.keeps_promise() && contact.is_seeking &&
      contact.give_up_at != contact.callback_until) {
    fault("a promise of another time");
  }
  if (contact.is_queued && contact.is_queued_for_agent &&
      floor_.groups().Get(contact.home) != nullptr) {
    const Agent& wanted = floor_.agents()[contact.wanted_agent];
    if (wanted.presence != Presence::kReady || wanted.disconnected_until != kNever) {
      fault("waits for one who is not there");
    }
    if (IsExcluded(slot, contact.wanted_agent)) fault("waits for one who did not take it");
  }
  const bool is_at_owner = contact.owner != kNobody && !contact.is_over;
  const bool is_outside_known =
      contact.outside == Outside::kNone ||
      (contact.medium == Medium::kCall && !contact.is_seeking && contact.consulted == kNobody &&
       is_at_owner == (contact.outside != Outside::kSentOut));
  if (!is_outside_known) fault("is outside, and somewhere else");
  if (contact.outside == Outside::kSentOut && contact.owner != kNobody) fault("sent, and kept");
  const size_t wanted = floor_.OffersWanted(contact);
  if (contact.is_queued && contact.offers.size() >= wanted) fault("waits with offers enough");
  for (uint32_t agent : contact.offers) {
    const auto& works = floor_.agents()[agent].works;
    if (std::none_of(works.begin(), works.end(), [&](const Work& work) {
          return work.contact == floor_.contacts().id(slot) &&
                 (work.state == Work::State::kOffered || work.state == Work::State::kConnecting);
        })) {
      fault("offered to an agent who does not know");
    }
  }
  for (uint32_t agent : {contact.owner, contact.consulted}) {
    if (agent == kNobody) continue;
    const auto& works = floor_.agents()[agent].works;
    if (std::none_of(works.begin(), works.end(), [&](const Work& work) {
          return work.contact == floor_.contacts().id(slot) &&
                 (work.state == Work::State::kActive || work.state == Work::State::kWrapUp);
        })) {
      fault("with an agent who does not know");
    }
  }
}

void ReferenceFloor::CheckGroup(uint32_t slot, std::string& faults) const {
  const Group& group = floor_.groups()[slot];
  const std::string& name = floor_.groups().name(slot);
  const auto fault = [&](absl::string_view what, uint64_t is, uint64_t should) {
    if (is == should) return;
    absl::StrAppend(&faults, "group ", name, ": ", what, " ", is, ", not ", should, "\n");
  };
  int last = RulesOf(name).least_index;
  for (const RelaxationStep& step : RulesOf(name).steps) {
    if (step.least_index != 0) last = step.least_index;
  }
  uint64_t logged_in = 0, ready = 0, seeking = 0, at_home = 0, callbacks = 0;
  uint64_t free[kMedia] = {}, waiting[kMedia] = {};
  for (uint32_t agent = 0; agent < floor_.agents().slots(); ++agent) {
    if (!floor_.agents().used(agent) || IndexIn(name, agent) < last) continue;
    const Presence presence = floor_.agents()[agent].presence;
    logged_in += presence != Presence::kLoggedOut;
    ready += presence == Presence::kReady;
    free[0] += CanTake(agent, Medium::kCall);
    free[1] += CanTake(agent, Medium::kEmail);
  }
  for (uint32_t contact_slot = 0; contact_slot < floor_.contacts().slots(); ++contact_slot) {
    if (!floor_.contacts().used(contact_slot)) continue;
    const Contact& contact = floor_.contacts()[contact_slot];
    const bool is_home = contact.home == floor_.groups().id(slot);
    seeking += is_home && contact.is_seeking && contact.owner == kNobody;
    at_home += is_home && contact.is_queued;
    if (!contact.is_queued || contact.is_queued_for_agent) continue;
    if (floor_.groups().Get(contact.home) == nullptr) continue;
    for (const Joined& joined : GroupsOf(contact_slot)) {
      waiting[static_cast<int>(contact.medium)] += joined.group == name;
      callbacks += joined.group == name && contact.keeps_promise();
    }
  }
  fault("logged in", group.logged_in, logged_in);
  fault("ready", group.ready, ready);
  fault("waiting at home", group.waiting_at_home, at_home);
  fault("callbacks", group.callbacks, callbacks);
  const GroupCounts& counts = group.counts;
  fault("entered", counts.entered,
        counts.answered + counts.abandoned + counts.gave_up + counts.moved + seeking);
  for (Medium medium : {Medium::kCall, Medium::kEmail}) {
    fault("free", group.Free(medium), free[static_cast<int>(medium)]);
    fault("waiting", group.Waiting(medium), waiting[static_cast<int>(medium)]);
  }
}

void ReferenceFloor::CheckAlarms(uint32_t slot, std::string& faults) const {
  const Group& group = floor_.groups()[slot];
  const std::string& name = floor_.groups().name(slot);
  const AlarmRules& rules = RulesOf(name).alarms;
  size_t waiting = 0;
  Micros first = kNever;
  for (uint32_t contact_slot = 0; contact_slot < floor_.contacts().slots(); ++contact_slot) {
    if (!floor_.contacts().used(contact_slot)) continue;
    const Contact& contact = floor_.contacts()[contact_slot];
    if (!contact.is_queued || contact.is_queued_for_agent || contact.medium != Medium::kCall)
      continue;
    if (floor_.groups().Get(contact.home) == nullptr) continue;
    for (const Joined& joined : GroupsOf(contact_slot)) {
      if (joined.group != name) continue;
      ++waiting;
      first = std::min(first, joined.entered);
    }
  }
  const bool has_waited = rules.longest_wait > absl::ZeroDuration() && waiting > 0 &&
                          first + InMicros(rules.longest_wait) <= floor_.now();
  const bool should[kAlarms] = {
      rules.waiting > 0 && waiting >= rules.waiting, has_waited, group.ready < rules.ready_below,
      group.recent_in_time < int64_t{10'000} * rules.answered_in_time_below};
  for (size_t kind = 0; kind < kAlarms; ++kind) {
    if ((group.alarms[kind] != kNever) == (should[kind] && !group.is_closed)) continue;
    absl::StrAppend(&faults, "group ", name, ": alarm ",
                    AlarmKindName(static_cast<AlarmKind>(kind)), " is wrong\n");
  }
  const Micros due = floor_.deadlines().Of(Deadlines::Kind::kGroup, slot);
  if (due != std::min(group.drain_at, group.alarm_at) || due <= floor_.now()) {
    absl::StrAppend(&faults, "group ", name, ": a wrong deadline\n");
  }
}

void ReferenceFloor::CheckPairs(std::string& faults) const {
  for (uint32_t contact = 0; contact < floor_.contacts().slots(); ++contact) {
    if (!floor_.contacts().used(contact) || !floor_.contacts()[contact].is_queued) continue;
    for (uint32_t agent = 0; agent < floor_.agents().slots(); ++agent) {
      if (!floor_.agents().used(agent)) continue;
      Micros arrival;
      if (!CanTake(agent, floor_.contacts()[contact].medium)) continue;
      if (!MayServe(agent, contact, &arrival)) continue;
      absl::StrAppend(&faults, "contact ", floor_.contacts().name(contact), " waits, agent ",
                      floor_.agents().name(agent), " is free\n");
    }
  }
}

}  // namespace libroute::contact
