#ifndef LIBROUTE_PROVE_CALL_SET_H_
#define LIBROUTE_PROVE_CALL_SET_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/number/number_kind.h"
#include "libroute/prove/number_ranges.h"
#include "libroute/prove/time_sets.h"
#include "libroute/prove/value_set.h"

namespace libroute {

namespace v1 {
class GroupBranch_Case;
class Plan;
}  // namespace v1

// A set of names, or all names but some.
struct NameSet {
  bool empty() const { return !all_but && names.empty(); }
  bool Has(const std::string& name) const { return names.contains(name) != all_but; }
  friend bool operator==(const NameSet&, const NameSet&) = default;

  bool all_but = true;
  std::set<std::string> names;
};
NameSet And(const NameSet& a, const NameSet& b);
NameSet Not(NameSet set);

// Numbers by what is looked at of them: by their digits, exactly, and by kind and
// country as far as these are known not to exclude each other.
struct NumberSide {
  static constexpr uint16_t kEveryKind = (1u << kNumberKinds) - 1;

  // Whether there is certainly none.
  bool empty() const;
  friend bool operator==(const NumberSide&, const NumberSide&) = default;

  NumberRanges numbers = NumberRanges::All();
  uint16_t kinds = kEveryKind;
  NameSet countries;
};

// A branch that was taken, and those before.
struct Step {
  std::shared_ptr<const Step> before;
  // Of the node, e.g. "trees.desk.dial", and its branch: "on_busy".
  std::string node;
  std::string branch;
  // What happens there: "busy", "played", ...; empty where the node asks nothing.
  std::string event;
  // An attribute that what the caller enters goes into; then there is no `event`.
  std::string into;
  size_t least_digits = 0;
  size_t most_digits = 0;
  // If there are any, one of these regular expressions matches it.
  std::vector<std::string> patterns = {};
};

// Calls, or e-mails, that may come to a place of a plan: a set for each thing that a plan looks
// at, all that are in each of them. Of what cannot be told too many, never too
// few: where it is empty no call can come.
struct CallSet {
  // States of one thing that may be, a bit each: the values of a switch, off and on if it
  // has none; up, busy and down.
  using Bits = uint16_t;
  static constexpr Bits kOn = 2;
  static constexpr Bits kEveryStatus = 7;
  // Of Verstat and Attestation.
  static constexpr Bits kEveryLevel = 15;

  // Certainly no call, at whatever time.
  bool empty() const;
  bool is_email() const { return !mailboxes.empty(); }
  // Whether all calls of `other` are here, too.
  bool Has(const CallSet& other, TimeSets& times) const;
  // This becomes one that has all calls of both; it keeps its own way.
  void Add(const CallSet& other, TimeSets& times);
  // A question is asked: states may change.
  void Act();
  const ValueSet* FindValue(const std::string& name) const;

  // These are e-mails that come to these addresses, and to domains as "@acme.example"; empty:
  // they are calls. E-mails are told apart by `times`, `types`, states and `values` alone.
  std::set<std::string> mailboxes;
  // When it arrives.
  TimeSets::Set times = TimeSets::kAlways;
  // Who calls: known numbers, of which it is said in which caller types they are;
  // and those whose number is not known.
  NumberSide caller;
  std::map<std::string, bool> types;
  bool restricted = true;
  bool unavailable = true;
  // The called number, or none.
  NumberSide called;
  bool no_number = false;
  Bits verstats = kEveryLevel;
  Bits attestations = kEveryLevel;
  NameSet ingresses;
  // How often it was diverted.
  int least_diversions = 0;
  int most_diversions = 255;
  std::map<std::string, Bits> switches;
  std::map<std::string, Bits> destinations;
  std::map<std::string, Bits> sites;
  std::map<std::string, Bits> gateways;
  // What attributes and the values of the call may be. One that is not here may be
  // anything.
  std::map<std::string, ValueSet> values;
  // Something was asked of the switch.
  bool acted = false;
  // Something was dialled.
  bool tried = false;
  // Of calls that another revision began.
  bool stale = false;
  // For how long targets may have been tried in all, at most.
  absl::Duration ringing;

  // One way that leads here, for witnesses.
  std::shared_ptr<const Step> way;
  // States that mattered earlier on that way.
  std::map<std::string, Bits> earlier_switches, earlier_destinations, earlier_sites,
      earlier_gateways;
  // The cases about groups on that way, of which nothing is known: each may match, or not.
  struct OfGroup {
    const v1::GroupBranch_Case* item = nullptr;
    bool matches = false;
  };
  std::vector<OfGroup> groups;
  // One of the called numbers, where these are too many to tell them apart.
  E164Number called_number;
  // What a line dials, if the call begins by a dial string.
  std::string dial_string;
  // The recovery plan that is on for them.
  std::string recovery_plan;
};

// What a switch of the plan may stand at, in order.
std::vector<std::string> SwitchValuesOf(const v1::Plan& plan, const std::string& name);

// Takes out what others have all of, and puts the rest together to `most` sets.
std::vector<CallSet> Simplified(std::vector<CallSet> sets, size_t most, TimeSets& times);

}  // namespace libroute

#endif  // LIBROUTE_PROVE_CALL_SET_H_
