#include "libroute/contact/random_floor.h"

#include "absl/strings/str_cat.h"

namespace libroute::contact {
namespace {

constexpr int kMostGroups = 6;
constexpr int kMostAgents = 16;
constexpr const char* kSkills[] = {"french", "dutch", "network"};

std::string GroupName(int number) {
  return absl::StrCat("group-", number);
}
std::string AgentName(int number) {
  return absl::StrCat("agent-", number);
}

}  // namespace

GroupRules RandomFloor::MakeGroup(int number) {
  GroupRules group;
  group.name = GroupName(number);
  for (int agent = 0; agent < kMostAgents; ++agent) {
    if (Below(3) == 0) group.members.push_back({AgentName(agent), 1 + Below(100)});
  }
  if (Below(3) == 0) group.members_by_skill = "french >= 50 and (network or dutch > 30)";
  group.strategy = static_cast<Strategy>(Below(kStrategies));
  group.least_index = Below(2) == 0 ? 1 : 2 + Below(80);
  int index = group.least_index;
  for (int i = 0; i < Below(4); ++i) {
    RelaxationStep step;
    step.after = absl::Seconds(5 * (i + 1));
    if (index > 1 && Below(2) == 0) {
      step.least_index = index = 1 + Below(index - 1);
    } else if (i == 0 && number > 0) {
      step.add_group = GroupName(Below(number));
    } else {
      continue;
    }
    group.steps.push_back(step);
  }
  group.max_wait = absl::Seconds(5 + Below(60));
  group.max_waiting = Below(4) == 0 ? Below(5) : 20;
  group.gives_up_without_agents = Below(2) == 0;
  group.gives_up_with_none_ready = Below(2) == 0;
  group.offer.style = static_cast<OfferStyle>(Below(2));
  group.offer.answer_within = absl::Seconds(3 + Below(20));
  group.offer.missed_limit = Below(3);
  group.offer.ring_most = 1 + Below(5);
  group.offer.ring_step = absl::Seconds(1 + Below(5));
  group.wrap_up.time = absl::Seconds(Below(3) * 5);
  group.wrap_up.is_ended_by_agent = Below(10) == 0;
  if (Below(2) == 0) {
    group.alarms.waiting = Below(4);
    group.alarms.longest_wait = absl::Seconds(Below(3) * 5);
    group.alarms.ready_below = Below(4);
    group.alarms.answered_in_time_below = Below(2) * 95;
  }
  return group;
}

CenterRules RandomFloor::Rules() {
  CenterRules rules;
  rules.skills.assign(std::begin(kSkills), std::end(kSkills));
  rules.dispositions = {"sold", "not sold"};
  const int groups = 2 + Below(kMostGroups - 1);
  for (int agent = 0; agent < kMostAgents; ++agent) {
    AgentRules written;
    written.name = AgentName(agent);
    for (const char* skill : kSkills) {
      if (Below(2) == 0) written.skills.push_back({skill, 1 + Below(100)});
    }
    for (int group = 0; group < groups; ++group) {
      if (Below(4) == 0) written.preferences.push_back({GroupName(group), 1 + Below(3)});
    }
    written.is_reserve = Below(5) == 0;
    if (Below(5) == 0) written.wrap_up = absl::Seconds(Below(3) * 7);
    written.calls_interrupt_emails = Below(2) == 0;
    rules.agents.push_back(std::move(written));
  }
  for (int group = 0; group < groups; ++group) rules.groups.push_back(MakeGroup(group));
  // Somebody is gone sometimes.
  if (Below(2) == 0) {
    const std::string gone = rules.agents.back().name;
    rules.agents.pop_back();
    for (GroupRules& group : rules.groups) {
      std::erase_if(group.members, [&](const Member& member) { return member.agent == gone; });
    }
  }
  if (Below(4) == 0) rules.call_cost = 40 + Below(2) * 20;
  if (Below(4) == 0) rules.email_cost = 50;
  if (Below(3) == 0) rules.choice = ContactChoice::kServiceLevel;
  rules.priority_step = absl::Seconds(10);
  rules.email_delay = absl::Seconds(20);
  rules.preference_step = absl::Seconds(15);
  rules.refusal_rest = absl::Seconds(8);
  rules.grace = absl::Seconds(10);
  rules.phone_rest = absl::Seconds(7);
  rules.seed = random_();
  return rules;
}

Micros RandomFloor::Pause() {
  const int kind = Below(20);
  if (kind < 6) return 0;
  if (kind < 19 && whole_seconds_) return Below(4) == 0 ? 1'000'000 * Below(4) : 0;
  if (kind < 19) return static_cast<Micros>(random_() % 1'500'000);
  return 1'000'000 * Below(30);
}

AgentId RandomFloor::SomeAgent(const Floor& floor) {
  const uint32_t slot = Below(static_cast<int>(floor.agents().slots()) + (Below(50) == 0 ? 1 : 0));
  if (slot >= floor.agents().slots() || !floor.agents().used(slot)) return {slot, 1};
  return floor.agents().id(slot);
}

GroupId RandomFloor::SomeGroup(const Floor& floor) {
  const uint32_t slot = Below(static_cast<int>(floor.groups().slots()));
  return floor.groups().used(slot) ? floor.groups().id(slot) : GroupId{slot, 1};
}

ContactId RandomFloor::SomeContact(const Floor& floor) {
  if (floor.contacts().slots() == 0) return {0, 1};
  const uint32_t slot = Below(static_cast<int>(floor.contacts().slots()));
  return floor.contacts().used(slot) ? floor.contacts().id(slot) : ContactId{slot, 1};
}

Wish RandomFloor::SomeWish(const Floor& floor) {
  Wish wish;
  const int kind = Below(12);
  if (kind != 0) wish.group = SomeGroup(floor);
  if (kind <= 2) wish.agent = SomeAgent(floor);
  wish.agent_wait = absl::Seconds(1 + Below(10));
  if (Below(4) == 0) wish.max_wait = absl::Seconds(1 + Below(30));
  if (Below(6) == 0) wish.wrap_up = absl::Seconds(Below(3) * 4);
  if (wish.group && Below(4) == 0) wish.position = 1 + Below(4);
  return wish;
}

Event RandomFloor::AgentEvent(const Floor& floor) {
  const AgentId agent = SomeAgent(floor);
  switch (Below(12)) {
    case 0:
      return LogOut{agent};
    case 1:
      return NotReady{agent, "break"};
    case 2:
      return SetLine{agent, static_cast<Line>(Below(3))};
    case 3:
      return SetLine{agent, Line::kIdle};
    case 4:
      return Disconnected{agent};
    case 5:
      return Reconnected{agent};
    case 6:
    case 7:
      return LogIn{agent, absl::StrCat("phone-", Below(4) == 0 ? Below(kMostAgents) : agent.slot)};
    default:
      return Ready{agent};
  }
}

Event RandomFloor::ContactEvent(const Floor& floor) {
  if (Below(8) == 0) {
    return PromiseCallback{SomeContact(floor), absl::Seconds(Below(90))};
  }
  if (Below(10) == 0) return RestWaiting{SomeContact(floor), absl::Seconds(Below(3) * 7)};
  switch (Below(9)) {
    case 0:
      return HangUp{SomeContact(floor), Below(3) == 0};
    case 2:
    case 3:
      return AnsweredOutside{SomeOutside(floor)};
    case 1:
      return Enter{SomeContact(floor), SomeWish(floor)};
    default: {
      Arrive arrive;
      arrive.name = absl::StrCat("contact-", ++names_);
      arrive.medium = Below(3) == 0 ? Medium::kEmail : Medium::kCall;
      arrive.priority = Below(3) == 0 ? Below(5) - 2 : 0;
      arrive.wish = SomeWish(floor);
      return arrive;
    }
  }
}

Event RandomFloor::WorkEvent(const Floor& floor) {
  const AgentId agent = SomeAgent(floor);
  const Agent* known = floor.agents().Get(agent);
  if (known == nullptr || known->works.empty()) return AgentEvent(floor);
  const Work& work = known->works[Below(static_cast<int>(known->works.size()))];
  const Token token = Below(40) == 0 ? Below(50) : work.token;
  const int kind = Below(10);
  switch (Below(30) == 0 ? static_cast<Work::State>(Below(4)) : work.state) {
    case Work::State::kOffered:
      if (kind == 0) return Decline{agent, token};
      if (kind == 1) return NoAnswer{agent, token};
      if (kind == 2) return PhoneFailed{agent, token, Below(2) == 0};
      if (kind == 3) return HangUp{work.contact};
      return Answer{agent, token};
    case Work::State::kConnecting:
      if (kind == 0) return PhoneFailed{agent, token, Below(2) == 0};
      if (kind == 1) return HangUp{work.contact};
      return Connected{agent, token};
    case Work::State::kActive:
      if (Below(4) == 0) {
        const Contact* contact = floor.contacts().Get(work.contact);
        const bool is_callback = contact != nullptr && contact->is_callback;
        if (is_callback && kind < 3) return CallbackReached{work.contact};
        if (is_callback || kind == 9) return Rest{agent, token, absl::Seconds(Below(20))};
      }
      // Agents seldom have calls, and e-mails go nowhere.
      if (Below(work.medium == Medium::kCall ? 3 : 100) == 0) return OutsideEvent(agent, token);
      if (kind == 0) return Transfer{agent, token, SomeWish(floor)};
      if (kind == 1 || kind == 2) return Consult{agent, token, SomeWish(floor)};
      if (kind == 3) return CompleteTransfer{agent, token};
      if (kind == 4) return CancelConsult{agent, token};
      if (kind == 5) return HangUp{work.contact};
      if (kind == 6 && Below(2) == 0) return Dispose{agent, token, "sold"};
      if (kind == 6) return Hold{agent, token, Below(2) == 0};
      return Finish{agent, token};
    case Work::State::kWrapUp:
      if (kind == 9) return Dispose{agent, token, Below(2) == 0 ? "not sold" : "unheard of"};
      if (kind < 4) return ExtendWrapUp{agent, token, absl::Seconds(1 + Below(10))};
      return EndWrapUp{agent, token};
  }
  return NewDay{};
}

ContactId RandomFloor::SomeOutside(const Floor& floor) {
  for (uint32_t slot = 0; slot < floor.contacts().slots(); ++slot) {
    if (!floor.contacts().used(slot)) continue;
    const Outside outside = floor.contacts()[slot].outside;
    if (outside == Outside::kSentOut || outside == Outside::kCalled)
      return floor.contacts().id(slot);
  }
  return SomeContact(floor);
}

Event RandomFloor::OutsideEvent(AgentId agent, Token token) {
  if (Below(2) == 0) return SendOut{agent, token, absl::Seconds(Below(20))};
  return ConsultOutside{agent, token, absl::Seconds(Below(60))};
}

Event RandomFloor::SupervisorEvent(const Floor& floor) {
  const int index = Below(3) == 0 ? 0 : Below(101);
  switch (Below(8)) {
    case 0:
      return ResetAgent{SomeAgent(floor)};
    case 1:
    case 2:
      return SendOn{SomeContact(floor)};
    case 3:
    case 4:
      return AdjustSkill{SomeAgent(floor), Below(20) == 0 ? "chess" : kSkills[Below(3)], index, ""};
    default:
      return AdjustIndex{SomeAgent(floor), SomeGroup(floor), index, "somebody"};
  }
}

Event RandomFloor::Next(const Floor& floor) {
  const int kind = Below(400);
  if (kind == 0) return NewDay{};
  if (kind < 4) return OpenGroup{SomeGroup(floor)};
  if (kind < 6) {
    return CloseGroup{SomeGroup(floor), static_cast<Closing>(Below(3)), absl::Seconds(Below(20))};
  }
  if (kind < 12) return SupervisorEvent(floor);
  if (kind < 100) return AgentEvent(floor);
  return kind < 220 ? ContactEvent(floor) : WorkEvent(floor);
}

}  // namespace libroute::contact
