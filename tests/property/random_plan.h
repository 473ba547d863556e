#ifndef TESTS_PROPERTY_RANDOM_PLAN_H_
#define TESTS_PROPERTY_RANDOM_PLAN_H_

#include <map>
#include <random>
#include <string>
#include <vector>

#include "libroute/v1/plan.pb.h"

namespace libroute {

// What random plans are made of, and random calls and worlds refer to.
inline constexpr const char* kDestinationNames[] = {"d0", "d1", "d2", "d3"};
inline constexpr const char* kSiteNames[] = {"north", "south"};
inline constexpr const char* kGatewayNames[] = {"w0", "w1", "w2", "w3"};
inline constexpr const char* kSwitchNames[] = {"flood", "meeting"};
// All that any switch can be set to.
inline constexpr const char* kSwitchValues[] = {"off", "on", "half", "full"};
inline constexpr const char* kRecoveryNames[] = {"fire", "flood"};
inline constexpr const char* kGroupNames[] = {"g0", "g1"};

// Makes plans of customer `acme` with all kinds of nodes, up to six trees that
// go to each other without cycles, defaults, schedules and facts. They have no
// errors, but for calls that may stay unanswered too long.
class RandomPlan {
 public:
  explicit RandomPlan(std::mt19937& random) : random_(random) {}

  v1::Plan Make();

 private:
  // Where a node is made, which says what it may be.
  struct Place {
    // Nodes above it.
    int depth = 0;
    // Index of the tree; trees with a larger one may be gone to.
    int tree = 0;
    bool in_default = false;
    // Something was tried or played before.
    bool acted = false;
  };

  int Below(int limit) { return static_cast<int>(random_() % limit); }
  bool Chance(int percent) { return Below(100) < percent; }
  template <size_t kSize>
  std::string OneOf(const char* const (&names)[kSize]) {
    return names[Below(kSize)];
  }
  std::string Pattern();
  std::string TimeOfDay();

  void AddNames(v1::Plan& plan);
  void AddGateways(v1::Plan& plan);
  void AddPolicies(v1::Plan& plan);
  void AddMessages(v1::Plan& plan);
  void AddSchedules(v1::Plan& plan);
  void AddNumbers(v1::Plan& plan);
  void AddRecoveryPlans(v1::Plan& plan);
  void AddDefault(v1::Default& written);

  void Fill(v1::Node& node, Place place);
  void FillBranch(v1::Node& node, Place place);
  void FillAction(v1::Node& node, Place place);
  void FillLeaf(v1::Node& node, Place place);
  void FillDial(v1::Dial& dial, Place place);
  void FillHunting(v1::Dial& dial);
  void FillShare(v1::ShareBranch& share, Place place);
  void FillSwitch(v1::SwitchBranch::Case& item);
  void FillGroup(v1::GroupBranch::Case& item);
  void FillLimit(v1::LimitBranch& limit, Place place);
  void FillMenu(v1::Menu& menu, Place place);
  void FillCollect(v1::Collect& collect, Place place);
  void FillCondition(v1::MatchBranch::Case& item, bool secret);
  void FillAgents(v1::Agents& agents, Place place);
  void FillCallback(v1::Callback& callback);

  // Cases that `criterion` fills in, and perhaps otherwise.
  template <typename Branch, typename Criterion>
  void FillCases(Branch& branch, Place place, Criterion criterion);
  // Sets every second branch, of those that are fields of `message`.
  void FillBranches(google::protobuf::Message& message, Place place);

  std::mt19937& random_;
  // Of switches that have more than off and on.
  std::map<std::string, std::vector<std::string>> switch_values_;
  int trees_ = 1;
  bool has_default_otherwise_ = false;
};

}  // namespace libroute

#endif  // TESTS_PROPERTY_RANDOM_PLAN_H_
