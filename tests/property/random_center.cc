#include "tests/property/random_center.h"

#include <string>

#include "tests/property/random_plan.h"

namespace libroute {
namespace {

constexpr const char* kAgents[] = {"ann", "bea", "cem"};
constexpr const char* kSkills[] = {"fr", "nl"};

class RandomCenter {
 public:
  explicit RandomCenter(std::mt19937& random) : random_(random) {}

  void Add(v1::Plan& plan) {
    for (const char* name : kSkills) (*plan.mutable_skills())[name];
    for (const char* name : kAgents) {
      v1::Agent& agent = (*plan.mutable_agents())[name];
      for (const char* skill : kSkills) {
        if (Chance(60)) (*agent.mutable_skills())[skill] = 1 + Below(100);
      }
      if (Chance(30)) (*agent.mutable_preferences())[OneOf(kGroupNames)] = 1 + Below(100);
      agent.set_reserve(Chance(20));
      agent.set_emails_undisturbed(Chance(20));
    }
    for (const char* name : kGroupNames) AddGroup((*plan.mutable_groups())[name], name);
    if (Chance(50)) return;
    v1::ContactCenter& center = *plan.mutable_contact_center();
    if (Chance(50)) center.add_reasons("lunch");
    if (Chance(50)) center.set_call_cost(1 + Below(100));
    center.set_choice(static_cast<v1::ContactCenter::Choice>(Below(3)));
    if (Chance(50)) center.mutable_email_delay()->set_seconds(Below(30 * 86400));
    if (Chance(50)) center.mutable_phone_rest()->set_seconds(1 + Below(3600));
  }

 private:
  int Below(int limit) { return static_cast<int>(random_() % limit); }
  bool Chance(int percent) { return Below(100) < percent; }
  template <size_t kSize>
  std::string OneOf(const char* const (&names)[kSize]) {
    return names[Below(kSize)];
  }

  void AddGroup(v1::Group& group, const std::string& name) {
    constexpr const char* kSkilled[] = {"fr", "fr >= 60 and nl", "(fr or nl > 20) and fr < 90"};
    for (const char* agent : kAgents) {
      if (!Chance(60)) continue;
      group.add_agents(agent);
      if (Chance(40)) (*group.mutable_index())[agent] = 1 + Below(100);
    }
    if (Chance(40)) group.set_skilled(OneOf(kSkilled));
    group.set_strategy(static_cast<v1::Group::Strategy>(Below(v1::Group::Strategy_ARRAYSIZE)));
    if (Chance(50)) group.set_least_index(1 + Below(100));
    AddSteps(group, name);
    if (Chance(30)) group.mutable_max_wait()->set_seconds(1 + Below(86400));
    if (Chance(30)) group.set_max_waiting(Below(100'001));
    group.set_without_agents(static_cast<v1::Group::Unattended>(Below(3)));
    group.set_with_none_ready(static_cast<v1::Group::Unattended>(Below(3)));
    group.set_offer(static_cast<v1::Group::Offer>(Below(3)));
    if (Chance(30)) group.mutable_answer_within()->set_seconds(1 + Below(3600));
    if (Chance(30)) group.mutable_connect_within()->set_seconds(1 + Below(3600));
    if (Chance(30)) group.set_missed_limit(Below(1001));
    if (Chance(30)) group.set_ring_most(1 + Below(64));
    if (Chance(30)) group.mutable_ring_step()->set_seconds(1 + Below(3600));
    if (Chance(30)) group.mutable_wrap_up()->set_seconds(Below(601));
    if (Chance(30)) group.mutable_wrap_up_most()->set_seconds(600 + Below(42'601));
    if (Chance(30)) group.set_target_percent(Below(101));
    if (Chance(30)) group.mutable_answer_target()->set_seconds(1 + Below(86400));
  }

  void AddSteps(v1::Group& group, const std::string& name) {
    int least_index = group.least_index();
    int after = 1;
    bool added = false;
    for (int i = Below(4); i > 0; --i) {
      after += Below(60);
      if (least_index > 1 && Chance(70)) {
        least_index = 1 + Below(least_index - 1);
        group.add_steps()->set_least_index(least_index);
      } else if (!added) {
        added = true;
        group.add_steps()->set_add_group(name == kGroupNames[0] ? kGroupNames[1] : kGroupNames[0]);
      } else {
        continue;
      }
      group.mutable_steps(group.steps_size() - 1)->mutable_after()->set_seconds(after);
    }
  }

  std::mt19937& random_;
};

}  // namespace

void AddRandomCenter(v1::Plan& plan, std::mt19937& random) {
  RandomCenter(random).Add(plan);
}

}  // namespace libroute
