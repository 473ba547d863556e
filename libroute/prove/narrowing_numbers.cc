#include <algorithm>
#include <utility>

#include "libroute/prove/narrowing.h"

// Cases of origin and destination branches.
namespace libroute {
namespace {

using Sets = Narrowing::Sets;
using Want = Narrowing::Want;

void KeepPossible(CallSet set, Sets& sets) {
  if (!set.empty()) sets.push_back(std::move(set));
}

// Bits of enum values.
template <typename Values>
CallSet::Bits LevelBits(const Values& values) {
  CallSet::Bits bits = 0;
  for (int value : values) bits |= static_cast<CallSet::Bits>(1u << value);
  return bits;
}

// An e-mail is in no case that is about numbers.
Sets NoCall(Want want, CallSet email) {
  return want == Want::kMatches ? Sets() : Sets{std::move(email)};
}

bool SaysWho(const v1::OriginBranch::Case& item) {
  return !item.numbers().empty() || !item.area().empty() || !item.kind().empty() ||
         !item.country().empty() || item.anonymous() || item.restricted() || item.unavailable();
}

bool SaysHow(const v1::OriginBranch::Case& item) {
  return !item.verstat().empty() || !item.attestation().empty() || !item.ingress().empty() ||
         !item.location().empty() || item.has_diverted();
}

}  // namespace

template <class Case>
Narrowing::Numbers Narrowing::NumbersOf(const Case& item) const {
  Numbers read;
  std::vector<NumberPattern> patterns;
  const auto add = [&patterns](const std::string& text) {
    const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(text);
    if (pattern.ok()) patterns.push_back(*pattern);
  };
  for (const std::string& text : item.numbers()) add(text);
  for (const std::string& name : item.area()) {
    const auto area = plan_.areas().find(name);
    if (area == plan_.areas().end()) continue;
    for (const std::string& text : area->second.numbers()) add(text);
  }
  // A list that comes to nothing is not looked at.
  if (!patterns.empty()) read.numbers = NumberRanges::Of(patterns);
  for (int kind : item.kind()) {
    if (kind > 0) read.kinds |= static_cast<uint16_t>(1u << (kind - 1));
  }
  read.names_countries = !item.country().empty();
  if (read.names_countries) {
    read.countries = {false, {item.country().begin(), item.country().end()}};
  }
  return read;
}

std::vector<NumberSide> Narrowing::Part(const Numbers& numbers, Want want, const NumberSide& side) {
  std::vector<NumberSide> parts;
  // Of those that pass what was looked at before.
  NumberSide left = side;
  const auto split = [&](NumberSide passing, NumberSide failing) {
    if (want == Want::kFails && !failing.empty()) parts.push_back(std::move(failing));
    left = std::move(passing);
  };
  if (numbers.numbers.has_value()) {
    NumberSide passing = left, failing = left;
    passing.numbers = And(left.numbers, *numbers.numbers);
    failing.numbers = Without(left.numbers, *numbers.numbers);
    split(std::move(passing), std::move(failing));
  }
  if (numbers.kinds != 0) {
    NumberSide passing = left, failing = left;
    passing.kinds &= numbers.kinds;
    failing.kinds &= static_cast<uint16_t>(~numbers.kinds);
    split(std::move(passing), std::move(failing));
  }
  if (numbers.names_countries) {
    NumberSide passing = left, failing = left;
    passing.countries = And(left.countries, numbers.countries);
    failing.countries = And(left.countries, Not(numbers.countries));
    split(std::move(passing), std::move(failing));
  }
  if (want == Want::kMatches && !left.empty()) parts.push_back(std::move(left));
  return parts;
}

Sets Narrowing::ByCaller(const v1::OriginBranch::Case& item, const Numbers& numbers, Want want,
                         const CallSet& set) {
  const bool says_number = !item.numbers().empty() || !item.area().empty() ||
                           !item.kind().empty() || !item.country().empty();
  const bool restricted = item.restricted() || item.anonymous();
  const bool unavailable = item.unavailable() || item.anonymous();
  Sets sets;
  if (!SaysWho(item)) {
    if (want == Want::kMatches) sets.push_back(set);
    return sets;
  }
  std::vector<NumberSide> parts;
  if (says_number) {
    parts = Part(numbers, want, set.caller);
  } else if (want == Want::kFails) {
    parts = {set.caller};
  }
  CallSet unknown = set;
  unknown.restricted &= restricted == (want == Want::kMatches);
  unknown.unavailable &= unavailable == (want == Want::kMatches);
  if (parts.empty()) parts.push_back({NumberRanges(), 0, {}});
  for (NumberSide& part : parts) {
    CallSet next = unknown;
    next.caller = std::move(part);
    KeepPossible(std::move(next), sets);
  }
  return sets;
}

Sets Narrowing::ByWay(const v1::OriginBranch::Case& item, Want want, const CallSet& set) {
  Sets failing;
  CallSet left = set;
  const auto split = [&](CallSet passing, CallSet other) {
    if (want == Want::kFails) KeepPossible(std::move(other), failing);
    left = std::move(passing);
  };
  if (!item.verstat().empty()) {
    CallSet passing = left, other = left;
    passing.verstats &= LevelBits(item.verstat());
    other.verstats &= static_cast<CallSet::Bits>(~LevelBits(item.verstat()));
    split(std::move(passing), std::move(other));
  }
  if (!item.attestation().empty()) {
    CallSet passing = left, other = left;
    passing.attestations &= LevelBits(item.attestation());
    other.attestations &= static_cast<CallSet::Bits>(~LevelBits(item.attestation()));
    split(std::move(passing), std::move(other));
  }
  if (!item.ingress().empty()) {
    const NameSet names = {false, {item.ingress().begin(), item.ingress().end()}};
    CallSet passing = left, other = left;
    passing.ingresses = And(left.ingresses, names);
    other.ingresses = And(left.ingresses, Not(names));
    split(std::move(passing), std::move(other));
  }
  // Nothing is known of where callers are.
  if (!item.location().empty()) split(left, left);
  if (item.has_diverted()) {
    const v1::OriginBranch::Diverted& diverted = item.diverted();
    const int least = diverted.at_least() == 0 ? 1 : static_cast<int>(diverted.at_least());
    const int most = diverted.at_most() == 0 ? 255 : static_cast<int>(diverted.at_most());
    const bool says_more = !diverted.by().empty() || !diverted.reason().empty();
    CallSet passing = left, fewer = left, oftener = left;
    passing.least_diversions = std::max(left.least_diversions, least);
    passing.most_diversions = std::min(left.most_diversions, most);
    fewer.most_diversions = std::min(left.most_diversions, least - 1);
    oftener.least_diversions = std::max(left.least_diversions, most + 1);
    split(passing, std::move(fewer));
    if (want == Want::kFails) KeepPossible(std::move(oftener), failing);
    if (says_more && want == Want::kFails) KeepPossible(std::move(passing), failing);
  }
  if (want == Want::kFails) return failing;
  Sets matching;
  KeepPossible(std::move(left), matching);
  return matching;
}

Sets Narrowing::ByOrigin(const v1::OriginBranch::Case& item, Want want, CallSet set) const {
  if (SaysMore(item,
               {"numbers", "area", "kind", "country", "anonymous", "restricted", "unavailable",
                "verstat", "attestation", "ingress", "location", "diverted"})) {
    return {std::move(set)};
  }
  if (set.is_email()) return NoCall(want, std::move(set));
  const Numbers numbers = NumbersOf(item);
  if (!SaysHow(item)) return ByCaller(item, numbers, want, set);
  Sets sets;
  Sets passing = ByWay(item, Want::kMatches, set);
  if (want == Want::kFails) sets = ByWay(item, Want::kFails, set);
  for (const CallSet& each : passing) {
    for (CallSet& next : ByCaller(item, numbers, want, each)) sets.push_back(std::move(next));
  }
  return sets;
}

Sets Narrowing::ByDestination(const v1::DestinationBranch::Case& item, Want want,
                              CallSet set) const {
  if (SaysMore(item, {"numbers", "area", "kind", "country", "special"})) return {std::move(set)};
  if (set.is_email()) return NoCall(want, std::move(set));
  const Numbers numbers = NumbersOf(item);
  const bool says_number =
      numbers.numbers.has_value() || numbers.kinds != 0 || numbers.names_countries;
  // What is special is not told from the number alone.
  if (want == Want::kMatches && !item.special().empty()) return {std::move(set)};
  Sets sets;
  std::vector<NumberSide> parts;
  if (says_number) {
    parts = Part(numbers, want, set.called);
  } else if (want == Want::kFails) {
    parts = {set.called};
  }
  // What is no number is none of those that are written, but may be of a kind.
  if (want == Want::kMatches) set.no_number &= says_number && !numbers.numbers.has_value();
  if (parts.empty()) parts.push_back({NumberRanges(), 0, {}});
  for (NumberSide& part : parts) {
    CallSet next = set;
    next.called = std::move(part);
    KeepPossible(std::move(next), sets);
  }
  return sets;
}

}  // namespace libroute
