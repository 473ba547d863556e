#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "google/protobuf/message.h"
#include "libroute/call/call.h"
#include "libroute/number/mail_address.h"
#include "libroute/prove/flow.h"

// Which calls and e-mails come to a plan.
namespace libroute {
namespace {

constexpr char kOfTheCall[] = "call.";

// The attributes that are looked at anywhere within `message`.
void FindAttributes(const google::protobuf::Message& message, std::set<std::string>& names) {
  if (const auto* match = dynamic_cast<const v1::MatchBranch*>(&message)) {
    names.insert(match->attribute());
  } else if (const auto* item = dynamic_cast<const v1::MatchBranch::Case*>(&message)) {
    names.insert(item->attribute());
  }
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      FindAttributes(reflection.GetMessage(message, field), names);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      FindAttributes(reflection.GetRepeatedMessage(message, field, i), names);
    }
  }
}

ValueSet Directions(std::initializer_list<Direction> directions) {
  std::set<std::string> names;
  for (Direction direction : directions) names.insert(std::string(DirectionName(direction)));
  return ValueSet::Some(std::move(names));
}

}  // namespace

void Flow::Begin() {
  std::set<std::string> names;
  for (const auto& [name, tree] : plan_.trees()) FindAttributes(tree, names);
  FindAttributes(plan_.default_(), names);
  for (const std::string& name : names) {
    if (!name.empty() && name.rfind(kOfTheCall, 0) != 0) attributes_.push_back(name);
  }
  BeginNumbers();
  BeginRecovery();
  BeginLines();
  BeginMailboxes();
  if (!plan_.default_().has_otherwise()) return;
  // Where calls go on whose own revision is not held any more.
  CallSet stale;
  stale.no_number = stale.acted = stale.stale = true;
  arrivals_["default.otherwise"].push_back(std::move(stale));
}

void Flow::BeginAt(const std::string& tree, CallSet set) {
  if (!plan_.trees().contains(tree) || set.empty()) return;
  arrivals_[Exits::TreePath(tree)].push_back(std::move(set));
}

// A call of which nothing is known but that it begins.
CallSet Flow::Anything() const {
  CallSet set;
  for (const std::string& name : attributes_) set.values[name] = ValueSet::Some({""});
  // What only e-mails have.
  for (const char* name : {"call.caller_type", "call.mailbox", "call.sender", "call.subject"}) {
    set.values[name] = ValueSet::Some({""});
  }
  return set;
}

NumberRanges Flow::NumbersAt(const v1::Number& number, const NumberPattern& pattern,
                             const std::vector<NumberPattern>& all) {
  const int longest =
      number.max_digits() == 0 ? Digits::kMaxLength : static_cast<int>(number.max_digits());
  const NumberRanges numbers =
      And(NumberRanges::Of({pattern}),
          NumberRanges::OfLength(static_cast<int>(number.min_digits()), longest));
  // Beyond that it is not asked which of them go before others.
  constexpr size_t kMostCompared = 300;
  // Digits beyond are cut off, which may leave a number that has an entry.
  if (number.max_digits() != 0 || all.size() > kMostCompared) return numbers;
  std::vector<NumberPattern> before;
  for (const NumberPattern& other : all) {
    if (other != pattern && pattern.Covers(other)) before.push_back(other);
  }
  return Without(numbers, NumberRanges::Of(before));
}

void Flow::BeginNumbers() {
  BeginNumbersAt("", "", [](const NumberPattern&) { return true; });
}

void Flow::BeginNumbersAt(const std::string& recovery_tree, const std::string& recovery_plan,
                          absl::FunctionRef<bool(const NumberPattern&)> is_one) {
  std::vector<NumberPattern> all;
  for (const v1::Number& number : plan_.numbers()) {
    const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(number.number());
    if (pattern.ok()) all.push_back(*pattern);
  }
  // There may be a million: those whose calls begin alike are taken together.
  std::map<std::pair<std::string, std::string>, std::vector<NumberRanges>> parts;
  for (const v1::Number& number : plan_.numbers()) {
    const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(number.number());
    if (!pattern.ok() || !is_one(*pattern)) continue;
    const std::string& tree = recovery_plan.empty() ? number.tree() : recovery_tree;
    parts[{tree, number.language()}].push_back(NumbersAt(number, *pattern, all));
  }
  for (const auto& [begins, numbers] : parts) {
    const auto& [tree, language] = begins;
    CallSet set = Anything();
    set.values["call.direction"] =
        Directions({Direction::kInbound, Direction::kInternal, Direction::kOutbound});
    set.recovery_plan = recovery_plan;
    if (!language.empty()) set.values["language"] = ValueSet::Some({language});
    set.called.numbers = NumberRanges::OfAll(numbers);
    constexpr size_t kMostRanges = 2000;
    if (set.called.numbers.ranges().size() > kMostRanges) {
      set.called_number = NumberRanges::NumberAt(set.called.numbers.ranges().front().first);
      set.called.numbers = NumberRanges::All();
    }
    BeginAt(tree, std::move(set));
  }
}

// While a recovery plan is on calls to its numbers begin at its tree. Of a number without
// another tree they pass through otherwise, which is an answer.
void Flow::BeginRecovery() {
  for (const auto& [name, written_plan] : plan_.recovery_plans()) {
    const v1::RecoveryPlan& recovery = written_plan;
    std::vector<NumberPattern> own;
    for (const std::string& written : recovery.numbers()) {
      const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(written);
      if (pattern.ok()) own.push_back(*pattern);
    }
    const auto is_for = [&](const NumberPattern& number) {
      return recovery.numbers().empty() ||
             std::any_of(own.begin(), own.end(),
                         [&](const NumberPattern& pattern) { return pattern.Covers(number); });
    };
    BeginNumbersAt(recovery.tree(), name, is_for);
  }
}

void Flow::BeginLines() {
  const ValueSet of_lines = Directions({Direction::kInternal, Direction::kOutbound});
  for (const auto& [text, tree] : plan_.dial_strings()) {
    CallSet set = Anything();
    set.no_number = true;
    set.dial_string = text;
    set.values["call.direction"] = of_lines;
    BeginAt(tree, std::move(set));
  }
  if (plan_.outbound().empty()) return;
  CallSet set = Anything();
  set.no_number = true;
  set.values["call.direction"] = of_lines;
  BeginAt(plan_.outbound(), std::move(set));
}

CallSet Flow::AnyEmail(std::set<std::string> mailboxes, ValueSet addresses) const {
  CallSet set;
  for (const std::string& name : attributes_) set.values[name] = ValueSet::Some({""});
  // What only calls have.
  for (const char* name : {"call.called", "call.calling", "call.caller_type", "call.dialled",
                           "call.diverted_by", "call.location"}) {
    set.values[name] = ValueSet::Some({""});
  }
  set.values["call.direction"] = Directions({Direction::kInbound});
  set.values["call.mailbox"] = std::move(addresses);
  set.caller.numbers = set.called.numbers = NumberRanges();
  set.no_number = true;
  set.mailboxes = std::move(mailboxes);
  return set;
}

// Those of one tree are taken together: there may be very many.
void Flow::BeginMailboxes() {
  struct OfTree {
    std::set<std::string> addresses, domains;
  };
  std::map<std::string, OfTree> trees;
  // By domain: those that are written by themselves, and so go before it.
  std::map<std::string, std::set<std::string>> written;
  for (const v1::Mailbox& mailbox : plan_.mailboxes()) {
    OfTree& own = trees[mailbox.tree()];
    for (const std::string& text : mailbox.addresses()) {
      const absl::StatusOr<std::string> address = ParseMailPattern(text);
      if (!address.ok()) continue;
      const bool is_domain = address->front() == '@';
      (is_domain ? own.domains : own.addresses).insert(*address);
      if (!is_domain) written[address->substr(address->rfind('@'))].insert(*address);
    }
  }
  for (auto& [tree, own] : trees) {
    std::set<std::string> elsewhere;
    for (const std::string& domain : own.domains) {
      const auto found = written.find(domain);
      if (found != written.end()) elsewhere.insert(found->second.begin(), found->second.end());
    }
    if (!own.addresses.empty()) {
      ValueSet addresses = ValueSet::Some(own.addresses);
      BeginAt(tree, AnyEmail(std::move(own.addresses), std::move(addresses)));
    }
    if (!own.domains.empty()) {
      BeginAt(tree, AnyEmail(std::move(own.domains), ValueSet().NotAmong(elsewhere)));
    }
  }
}

}  // namespace libroute
