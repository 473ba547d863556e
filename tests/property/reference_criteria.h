#ifndef TESTS_PROPERTY_REFERENCE_CRITERIA_H_
#define TESTS_PROPERTY_REFERENCE_CRITERIA_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/call/outcome.h"
#include "libroute/v1/plan.pb.h"

// What the criteria of a plan mean, one at a time. Plans must be free of
// errors.
namespace libroute {

// What is known of the world, by name. What is not in here is up, off, or has
// agents.
struct ReferenceWorld {
  std::map<std::string, v1::Status> destinations;
  std::map<std::string, v1::Status> sites;
  std::map<std::string, v1::Status> gateways;
  // What was set last, whether or not the plan knows it.
  std::map<std::string, std::string> switches;
  // Of recovery plans that are on, or have a drill: for which entries of `numbers`.
  std::map<std::string, std::pair<v1::RecoveryState, std::set<std::string>>> recoveries;
  std::map<std::string, v1::GroupState> groups;
  // Nothing is known of a group that is not here.
  std::map<std::string, v1::GroupFigures> figures;
  // What hunting has counted, by node's path: how many turns there were, and
  // how many when each target was used last.
  std::map<std::string, uint32_t> turns;
  std::map<std::pair<std::string, std::string>, uint32_t> used;
  // Which calls are there, by "limit x", "site x" or "destination x".
  std::map<std::string, std::set<std::string>> places;
  // How many are was looked at.
  bool counted = false;
};

// Whether one of the patterns covers the number.
bool ReferenceMatches(const google::protobuf::RepeatedPtrField<std::string>& patterns,
                      E164Number number);

// The entry of `numbers` that serves the number; nullptr if none does.
const v1::Number* ReferenceServing(const v1::Plan& plan, E164Number number);

// Whether a schedule of the plan is open. Exact outside the nights in which
// clocks change.
bool ReferenceOpen(const v1::Plan& plan, const v1::Schedule& schedule, absl::Time at);

// The site that a target of `dial` names, as "site:paris" or by its name alone;
// empty where it names none.
std::string ReferenceSite(const v1::Plan& plan, const std::string& target);

// What is known of a site or a destination.
v1::Status ReferenceSiteStatus(const ReferenceWorld& world, const std::string& site);
v1::Status ReferenceDestinationStatus(const v1::Plan& plan, const ReferenceWorld& world,
                                      const std::string& destination);

// By which gateways a destination, or "site:" and a site, is reached; null for none.
const v1::GatewayGroup* ReferenceGateways(const v1::Plan& plan, const std::string& target);
v1::Status ReferenceGatewayStatus(const ReferenceWorld& world,
                                  const v1::GatewayGroup::Gateway& gateway);
// What it comes to that none of them may be used.
std::optional<Outcome> ReferenceNoGateway(const ReferenceWorld& world,
                                          const v1::GatewayGroup& group);

// Whether the thing a case is about has one of the statuses that it names.
bool ReferenceHasStatus(const v1::Plan& plan, ReferenceWorld& world,
                        const v1::StatusBranch::Case& item);

// Whether things stand in a group as a case says.
bool ReferenceStandsSo(const ReferenceWorld& world, const v1::GroupBranch::Case& item);

// Whether a hand switch stands as a case says.
bool ReferenceStands(const v1::Plan& plan, const ReferenceWorld& world,
                     const v1::SwitchBranch::Case& item);

// The entries of `numbers` that a recovery plan is for.
std::set<std::string> ReferenceRecoveryNumbers(const v1::Plan& plan,
                                               const v1::RecoveryPlan& recovery);

// Which case of the share at `path` a call takes;
// nothing if it goes on at `otherwise`. An exact one takes its turn in `world`.
std::optional<int> ReferenceShare(const v1::Plan& plan, const v1::ShareBranch& share,
                                  const Call& call, const std::string& path, ReferenceWorld& world);

}  // namespace libroute

#endif  // TESTS_PROPERTY_REFERENCE_CRITERIA_H_
