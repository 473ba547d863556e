#include "libroute/prove/call_set.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// Beyond this many ranges their kinds and countries are not looked at.
constexpr size_t kMostRanges = 64;

// The digits that all numbers of a range begin with.
Digits CommonBegin(const NumberRanges::Range& range) {
  const Digits first = NumberRanges::NumberAt(range.first).digits();
  const Digits last = NumberRanges::NumberAt(range.last).digits();
  int common = 0;
  while (common < first.size() && common < last.size() &&
         first.digit(common) == last.digit(common)) {
    ++common;
  }
  return first.size() == last.size() ? first.Prefix(common) : Digits();
}

bool MayBeIn(const NameSet& countries, Digits begin) {
  if (countries.all_but) return true;
  return std::any_of(countries.names.begin(), countries.names.end(), [&](const std::string& code) {
    const std::optional<Country> country = Country::FromCode(code);
    if (!country.has_value()) return true;
    const absl::StatusOr<Digits> calling =
        Digits::Parse(absl::StrCat(NumberingPlans::World().CallingCodeOf(*country)));
    return !calling.ok() || begin.StartsWith(*calling) || calling->StartsWith(begin);
  });
}

bool MayBeOf(const NumberSide& side, const NumberRanges::Range& range) {
  const NumberingPlans& world = NumberingPlans::World();
  const NumberKindSet kinds = NumberKindSet::FromBits(side.kinds);
  if (range.first == range.last) {
    const NumberFacts facts = world.Find(NumberRanges::NumberAt(range.first));
    return kinds.Has(facts.kind) && side.countries.Has(facts.country.ToString());
  }
  const Digits begin = CommonBegin(range);
  const bool may_be_of_kind = begin.empty() || side.kinds == NumberSide::kEveryKind ||
                              world.KindsUnder(begin).HasAnyOf(kinds);
  return may_be_of_kind && MayBeIn(side.countries, begin);
}

bool HasSide(const NumberSide& all, const NumberSide& some) {
  if (some.numbers.empty()) return true;
  return (all.kinds & some.kinds) == some.kinds && all.numbers.Has(some.numbers) &&
         And(some.countries, Not(all.countries)).empty();
}

void AddSide(const NumberSide& other, NumberSide& side) {
  if (other.numbers.empty()) return;
  if (side.numbers.empty()) {
    side = other;
    return;
  }
  side.numbers = Or(side.numbers, other.numbers);
  side.kinds |= other.kinds;
  side.countries = Not(And(Not(side.countries), Not(other.countries)));
}

// Whether what `all` says of its things is said by `some`, too.
template <class Map, class Within>
bool SaysNoMore(const Map& all, const Map& some, Within within) {
  return std::all_of(all.begin(), all.end(), [&](const auto& entry) {
    const auto found = some.find(entry.first);
    return found != some.end() && within(entry.second, found->second);
  });
}

bool HasBits(const std::map<std::string, CallSet::Bits>& all,
             const std::map<std::string, CallSet::Bits>& some) {
  return SaysNoMore(all, some, [](CallSet::Bits a, CallSet::Bits b) { return (a & b) == b; });
}

// Keeps what both say something of.
template <class Map, class Join>
void AddAll(const Map& other, Map& map, Join join) {
  for (auto entry = map.begin(); entry != map.end();) {
    const auto found = other.find(entry->first);
    if (found == other.end() || !join(entry->second, found->second)) {
      entry = map.erase(entry);
    } else {
      ++entry;
    }
  }
}

void AddBits(const std::map<std::string, CallSet::Bits>& other,
             std::map<std::string, CallSet::Bits>& bits) {
  AddAll(other, bits, [](CallSet::Bits& a, CallSet::Bits b) {
    a |= b;
    return true;
  });
}

}  // namespace

NameSet Not(NameSet set) {
  set.all_but = !set.all_but;
  return set;
}

NameSet And(const NameSet& a, const NameSet& b) {
  if (a.all_but && !b.all_but) return And(b, a);
  NameSet both = a;
  if (a.all_but) {
    both.names.insert(b.names.begin(), b.names.end());
  } else {
    std::erase_if(both.names, [&](const std::string& name) { return !b.Has(name); });
  }
  return both;
}

bool NumberSide::empty() const {
  if (numbers.empty() || kinds == 0 || countries.empty()) return true;
  const bool says_nothing = kinds == kEveryKind && countries == NameSet();
  if (says_nothing || numbers.ranges().size() > kMostRanges) return false;
  return std::none_of(numbers.ranges().begin(), numbers.ranges().end(),
                      [this](const NumberRanges::Range& range) { return MayBeOf(*this, range); });
}

bool CallSet::empty() const {
  const auto is_none = [](const auto& entry) { return entry.second == 0; };
  return verstats == 0 || attestations == 0 || ingresses.empty() ||
         least_diversions > most_diversions || (caller.empty() && !restricted && !unavailable) ||
         (called.empty() && !no_number) || std::any_of(switches.begin(), switches.end(), is_none) ||
         std::any_of(destinations.begin(), destinations.end(), is_none) ||
         std::any_of(sites.begin(), sites.end(), is_none) ||
         std::any_of(gateways.begin(), gateways.end(), is_none) ||
         std::any_of(values.begin(), values.end(),
                     [](const auto& entry) { return entry.second.empty(); });
}

bool CallSet::Has(const CallSet& other, TimeSets& time_sets) const {
  const auto has = [](const ValueSet& a, const ValueSet& b) { return a.Has(b); };
  const auto same = [](bool a, bool b) { return a == b; };
  const bool is_of_kind = is_email() == other.is_email() &&
                          std::includes(mailboxes.begin(), mailboxes.end(), other.mailboxes.begin(),
                                        other.mailboxes.end());
  return is_of_kind && acted == other.acted && tried == other.tried && stale == other.stale &&
         ringing >= other.ringing && dial_string == other.dial_string &&
         recovery_plan == other.recovery_plan && restricted >= other.restricted &&
         unavailable >= other.unavailable && no_number >= other.no_number &&
         (verstats & other.verstats) == other.verstats &&
         (attestations & other.attestations) == other.attestations &&
         least_diversions <= other.least_diversions && most_diversions >= other.most_diversions &&
         HasBits(switches, other.switches) && HasBits(destinations, other.destinations) &&
         HasBits(sites, other.sites) && HasBits(gateways, other.gateways) &&
         SaysNoMore(types, other.types, same) && SaysNoMore(values, other.values, has) &&
         And(other.ingresses, Not(ingresses)).empty() && time_sets.Has(times, other.times) &&
         HasSide(caller, other.caller) && HasSide(called, other.called);
}

void CallSet::Add(const CallSet& other, TimeSets& time_sets) {
  times = time_sets.Or(times, other.times);
  mailboxes.insert(other.mailboxes.begin(), other.mailboxes.end());
  AddSide(other.caller, caller);
  AddAll(other.types, types, [](bool& a, bool b) { return a == b; });
  restricted |= other.restricted;
  unavailable |= other.unavailable;
  AddSide(other.called, called);
  no_number |= other.no_number;
  verstats |= other.verstats;
  attestations |= other.attestations;
  ingresses = Not(And(Not(ingresses), Not(other.ingresses)));
  least_diversions = std::min(least_diversions, other.least_diversions);
  most_diversions = std::max(most_diversions, other.most_diversions);
  AddBits(other.switches, switches);
  AddBits(other.destinations, destinations);
  AddBits(other.sites, sites);
  AddBits(other.gateways, gateways);
  AddAll(other.values, values, [](ValueSet& a, const ValueSet& b) {
    a = Or(a, b);
    return true;
  });
  acted |= other.acted;
  if (other.ringing <= ringing) return;
  ringing = other.ringing;
  way = other.way;
}

void CallSet::Act() {
  acted = true;
  for (const auto& [name, bits] : switches) earlier_switches[name] = bits;
  for (const auto& [name, bits] : destinations) earlier_destinations[name] = bits;
  for (const auto& [name, bits] : sites) earlier_sites[name] = bits;
  for (const auto& [name, bits] : gateways) earlier_gateways[name] = bits;
  switches.clear();
  destinations.clear();
  sites.clear();
  gateways.clear();
}

std::vector<std::string> SwitchValuesOf(const v1::Plan& plan, const std::string& name) {
  const auto written = plan.switches().find(name);
  if (written == plan.switches().end() || written->second.values().empty()) return {"off", "on"};
  return {written->second.values().begin(), written->second.values().end()};
}

const ValueSet* CallSet::FindValue(const std::string& name) const {
  const auto found = values.find(name);
  return found == values.end() ? nullptr : &found->second;
}

std::vector<CallSet> Simplified(std::vector<CallSet> sets, size_t most, TimeSets& times) {
  std::vector<CallSet> kept;
  for (CallSet& set : sets) {
    const bool known = std::any_of(kept.begin(), kept.end(),
                                   [&](const CallSet& other) { return other.Has(set, times); });
    if (known) continue;
    std::erase_if(kept, [&](const CallSet& other) { return set.Has(other, times); });
    if (kept.size() < most) {
      kept.push_back(std::move(set));
      continue;
    }
    // Calls and e-mails stay apart, and those at no time of the window must not make others seem to
    // come at one.
    auto alike = std::find_if(kept.rbegin(), kept.rend(), [&](const CallSet& other) {
      return other.is_email() == set.is_email() && other.stale == set.stale &&
             other.tried == set.tried &&
             (other.times == TimeSets::kNever) == (set.times == TimeSets::kNever);
    });
    if (alike == kept.rend()) {
      kept.push_back(std::move(set));
    } else {
      alike->Add(set, times);
    }
  }
  return kept;
}

}  // namespace libroute
