#include "libroute/prove/narrowing.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/ascii.h"

namespace libroute {
namespace {

using Sets = Narrowing::Sets;
using Want = Narrowing::Want;

constexpr size_t kMostAlternatives = 64;
// A type of more callers is not looked into.
constexpr int kMostCallers = 5000;

constexpr Want Opposite(Want want) {
  return want == Want::kMatches ? Want::kFails : Want::kMatches;
}

void AddPossible(CallSet set, Sets& sets) {
  if (!set.empty()) sets.push_back(std::move(set));
}

Sets OneOrNone(CallSet set) {
  Sets sets;
  AddPossible(std::move(set), sets);
  return sets;
}

void Append(Sets more, Sets& sets) {
  for (CallSet& set : more) sets.push_back(std::move(set));
}

// Narrows what may be of `name`; where nothing is said it may be any of `every`.
void Restrict(std::map<std::string, CallSet::Bits>& bits, const std::string& name,
              CallSet::Bits every, CallSet::Bits wanted) {
  const auto entry = bits.emplace(name, every).first;
  entry->second &= wanted;
}

// Addresses are compared in small letters, and the one that an e-mail comes to is one of its
// mailboxes. `value` may be some texts.
void KeepAddresses(const std::string& name, const std::set<std::string>& mailboxes,
                   ValueSet& value) {
  const bool is_mailbox = name == "call.mailbox";
  if ((!is_mailbox && name != "call.sender") || value.texts() == nullptr) return;
  std::set<std::string> possible;
  for (const std::string& text : *value.texts()) {
    const size_t at = text.rfind('@');
    const bool is_one = mailboxes.contains(text) ||
                        (at != std::string::npos && mailboxes.contains(text.substr(at)));
    if (text == absl::AsciiStrToLower(text) && (is_one || !is_mailbox)) possible.insert(text);
  }
  value = ValueSet::Some(std::move(possible));
}

NumberRanges WrittenCallers(const v1::CallerType& type) {
  std::vector<NumberPattern> patterns;
  for (const std::string& caller : type.callers()) {
    // The others write: they are e-mail addresses.
    const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(caller);
    if (pattern.ok()) patterns.push_back(*pattern);
  }
  return NumberRanges::Of(patterns);
}

ValueTest TestOf(const v1::MatchBranch::Case& item) {
  ValueTest test;
  if (item.has_range()) {
    test.by = ValueTest::By::kRange;
    test.from = item.range().has_from() ? item.range().from() : std::numeric_limits<int64_t>::min();
    test.to = item.range().has_to() ? item.range().to() : std::numeric_limits<int64_t>::max();
    return test;
  }
  test.by = item.pattern().empty() ? ValueTest::By::kPrefix : ValueTest::By::kPattern;
  test.text = item.pattern().empty() ? item.prefix() : item.pattern();
  return test;
}

}  // namespace

Narrowing::Narrowing(const v1::Plan& plan, TimeSets& times) : plan_(plan), times_(times) {
  for (const auto& [name, type] : plan.caller_types()) {
    if (!type.file().empty() || type.callers_size() > kMostCallers) continue;
    types_.emplace(name, WrittenCallers(type));
    const bool has_address = std::any_of(
        type.callers().begin(), type.callers().end(),
        [](const std::string& caller) { return caller.find('@') != std::string::npos; });
    if (!has_address) types_of_numbers_.insert(name);
  }
}

bool Narrowing::SaysMore(const google::protobuf::Message& item,
                         std::initializer_list<absl::string_view> fields) {
  std::vector<const google::protobuf::FieldDescriptor*> written;
  item.GetReflection()->ListFields(item, &written);
  return std::any_of(written.begin(), written.end(), [&](const auto* field) {
    return field->name() != "then" &&
           std::find(fields.begin(), fields.end(), field->name()) == fields.end();
  });
}

Sets Narrowing::ByTime(const v1::TimeBranch::Case& item, v1::TimeBranch::Use use, Want want,
                       CallSet set) {
  if (SaysMore(item, {"schedule", "use"})) return {std::move(set)};
  const v1::TimeBranch::Use used = item.use() == v1::TimeBranch::USE_UNSPECIFIED ? use : item.use();
  // As long as nothing was asked, now is when it arrived.
  if (used == v1::TimeBranch::USE_NOW && set.acted) return {std::move(set)};
  const TimeSets::Set open = times_.OpenOf(item.schedule());
  set.times =
      want == Want::kMatches ? times_.And(set.times, open) : times_.Without(set.times, open);
  return {std::move(set)};
}

Sets Narrowing::ByGroup(const v1::GroupBranch::Case& item, Want want, CallSet set) {
  // Of a long row of cases the first ones that fail must do.
  constexpr size_t kMostFailed = 100;
  const bool matches = want == Want::kMatches;
  if (matches || set.groups.size() < kMostFailed) set.groups.push_back({&item, matches});
  return {std::move(set)};
}

Sets Narrowing::BySwitch(const v1::SwitchBranch::Case& item, Want want, CallSet set) const {
  if (SaysMore(item, {"switch", "is"})) return {std::move(set)};
  const std::vector<std::string> values = SwitchValuesOf(plan_, item.switch_());
  const auto every = static_cast<CallSet::Bits>((1u << values.size()) - 1);
  CallSet::Bits wanted = item.is().empty() ? CallSet::kOn : 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const bool is_named =
        std::find(item.is().begin(), item.is().end(), values[i]) != item.is().end();
    if (is_named) wanted |= static_cast<CallSet::Bits>(1u << i);
  }
  Restrict(set.switches, item.switch_(), every, want == Want::kMatches ? wanted : every & ~wanted);
  return OneOrNone(std::move(set));
}

Sets Narrowing::ByStatus(const v1::StatusBranch::Case& item, Want want, CallSet set) const {
  if (SaysMore(item, {"destination", "site", "gateway", "is"})) return {std::move(set)};
  constexpr CallSet::Bits kUp = 1, kDown = 4;
  CallSet::Bits wanted = 0;
  for (int status : item.is()) {
    if (status >= v1::STATUS_UP && status <= v1::STATUS_DOWN) {
      wanted |= static_cast<CallSet::Bits>(1u << (status - v1::STATUS_UP));
    }
  }
  if (want == Want::kFails) wanted = CallSet::kEveryStatus & ~wanted;
  if (item.subject_case() == v1::StatusBranch::Case::kSite) {
    Restrict(set.sites, item.site(), CallSet::kEveryStatus, wanted);
  } else if (item.subject_case() == v1::StatusBranch::Case::kGateway) {
    Restrict(set.gateways, item.gateway(), CallSet::kEveryStatus, wanted);
  } else {
    Restrict(set.destinations, item.destination(), CallSet::kEveryStatus, wanted);
  }
  // A destination is down when its site is.
  for (auto& [name, bits] : set.destinations) {
    const auto written = plan_.destinations().find(name);
    if (written == plan_.destinations().end() || written->second.site().empty()) continue;
    const auto site = set.sites.find(written->second.site());
    if (site != set.sites.end() && site->second == kDown) bits &= kDown;
    if ((bits & kDown) == 0) {
      Restrict(set.sites, written->second.site(), CallSet::kEveryStatus, kUp | 2);
    }
  }
  return OneOrNone(std::move(set));
}

Sets Narrowing::ByMatch(const v1::MatchBranch::Case& item, const std::string& attribute, Want want,
                        CallSet set) const {
  if (SaysMore(item, {"equals", "prefix", "range", "pattern", "attribute"})) {
    return {std::move(set)};
  }
  const std::string& name = item.attribute().empty() ? attribute : item.attribute();
  ValueSet& value = set.values[name];
  if (!item.equals().empty()) {
    const std::set<std::string> texts(item.equals().begin(), item.equals().end());
    value = want == Want::kMatches ? value.Among(texts) : value.NotAmong(texts);
    if (want == Want::kMatches && set.is_email()) KeepAddresses(name, set.mailboxes, value);
  } else {
    const ValueTest test = TestOf(item);
    value = want == Want::kMatches ? value.Passing(test) : value.Failing(test);
  }
  return OneOrNone(std::move(set));
}

Sets Narrowing::ByTypeOfSender(const std::string& type, Want want, CallSet set) const {
  const bool is_one = want == Want::kMatches;
  if (types_of_numbers_.contains(type)) return is_one ? Sets() : Sets{std::move(set)};
  const auto [known, is_new] = set.types.emplace(type, is_one);
  return known->second == is_one ? OneOrNone(std::move(set)) : Sets();
}

Sets Narrowing::ByType(const std::string& type, Want want, CallSet set) const {
  if (set.is_email()) return ByTypeOfSender(type, want, std::move(set));
  const auto written = types_.find(type);
  if (want == Want::kMatches) set.restricted = set.unavailable = false;
  if (written != types_.end()) {
    NumberRanges& numbers = set.caller.numbers;
    numbers =
        want == Want::kMatches ? And(numbers, written->second) : Without(numbers, written->second);
    return OneOrNone(std::move(set));
  }
  const auto [known, is_new] = set.types.emplace(type, want == Want::kMatches);
  // What was said of the type holds for those whose number is known.
  if (!is_new && known->second != (want == Want::kMatches)) set.caller.numbers = NumberRanges();
  return OneOrNone(std::move(set));
}

Sets Narrowing::InNone(const v1::CallerBranch::Case& item, CallSet set) const {
  if (SaysMore(item, {"caller_types"})) return {std::move(set)};
  Sets left = {std::move(set)};
  for (const std::string& type : item.caller_types()) {
    Sets next;
    for (CallSet& each : left) Append(ByType(type, Want::kFails, std::move(each)), next);
    left = std::move(next);
  }
  return left;
}

std::vector<Narrowing::OfType> Narrowing::InTypes(const v1::CallerBranch::Case& item,
                                                  const CallSet& set) const {
  if (SaysMore(item, {"caller_types"})) return {{"", {set}}};
  std::vector<OfType> found;
  Sets left = {set};
  for (const std::string& type : item.caller_types()) {
    OfType of_type = {type, {}};
    Sets others;
    for (const CallSet& each : left) {
      Append(ByType(type, Want::kMatches, each), of_type.sets);
      Append(ByType(type, Want::kFails, each), others);
    }
    left = std::move(others);
    if (!of_type.sets.empty()) found.push_back(std::move(of_type));
  }
  return found;
}

Sets Narrowing::ByAll(const google::protobuf::RepeatedPtrField<v1::Condition>& parts, Want want,
                      CallSet set) {
  // Those that fail one: of those that passed the ones before.
  Sets left = {std::move(set)};
  Sets failing;
  for (const v1::Condition& part : parts) {
    Sets next;
    for (const CallSet& each : left) {
      if (want == Want::kFails) Append(ByCondition(part, Want::kFails, each), failing);
      Append(ByCondition(part, Want::kMatches, each), next);
    }
    left = Simplified(std::move(next), kMostAlternatives, times_);
  }
  return want == Want::kMatches ? left : failing;
}

Sets Narrowing::ByAny(const google::protobuf::RepeatedPtrField<v1::Condition>& parts, Want want,
                      CallSet set) {
  Sets left = {std::move(set)};
  Sets matching;
  for (const v1::Condition& part : parts) {
    Sets next;
    for (const CallSet& each : left) {
      if (want == Want::kMatches) Append(ByCondition(part, Want::kMatches, each), matching);
      Append(ByCondition(part, Want::kFails, each), next);
    }
    left = Simplified(std::move(next), kMostAlternatives, times_);
  }
  return want == Want::kFails ? left : matching;
}

Sets Narrowing::ByCondition(const v1::Condition& condition, Want want, CallSet set) {
  if (!condition.all().empty()) return ByAll(condition.all(), want, std::move(set));
  if (!condition.any().empty()) return ByAny(condition.any(), want, std::move(set));
  if (condition.has_not_()) return ByCondition(condition.not_(), Opposite(want), std::move(set));
  return ByCase(condition, want, std::move(set));
}

Sets Narrowing::ByCase(const v1::Condition& condition, Want want, CallSet set) {
  if (condition.has_time()) {
    return ByTime(condition.time(), v1::TimeBranch::USE_ARRIVAL, want, std::move(set));
  }
  if (condition.has_origin()) return ByOrigin(condition.origin(), want, std::move(set));
  if (condition.has_destination()) {
    return ByDestination(condition.destination(), want, std::move(set));
  }
  if (condition.has_status()) return ByStatus(condition.status(), want, std::move(set));
  if (condition.has_switch_()) return BySwitch(condition.switch_(), want, std::move(set));
  if (condition.has_group()) return ByGroup(condition.group(), want, std::move(set));
  if (condition.has_match()) return ByMatch(condition.match(), "", want, std::move(set));
  if (!condition.has_caller()) return {std::move(set)};
  if (want == Want::kFails) return InNone(condition.caller(), std::move(set));
  Sets matching;
  for (OfType& of_type : InTypes(condition.caller(), set))
    Append(std::move(of_type.sets), matching);
  return matching;
}

}  // namespace libroute
