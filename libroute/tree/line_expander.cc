#include "libroute/tree/line_expander.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "libroute/call/digits.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/line_endings.h"

namespace libroute {
namespace {

// What a line with a tree of its own may have besides: its number, when it is not to
// be disturbed, what is as in Number, and the tree.
bool MayStandBesideTree(int field) {
  return field == v1::Line::kNumberFieldNumber || field == v1::Line::kDoNotDisturbFieldNumber ||
         field >= v1::Line::kHolderFieldNumber;
}

constexpr absl::string_view kUnwanted = "unwanted";

}  // namespace

LineExpander::LineExpander(const v1::Plan& written, v1::Plan& expanded, PlanExpansion& expansion)
    : written_(written), expanded_(expanded), expansion_(expansion) {
  for (const v1::Number& number : written.numbers()) {
    trees_of_numbers_.emplace(number.number(), number.tree());
  }
}

void LineExpander::ExpandAll() {
  std::set<std::string> names;
  for (const auto& [name, line] : written_.lines()) names.insert(name);
  for (const std::string& name : names) Expand(name);
}

std::string LineExpander::Field(absl::string_view field) const {
  return absl::StrCat(path_, ".", field);
}

bool LineExpander::CheckLine(const std::string& name) {
  if (name.size() > kMaxNameBytes) {
    expansion_.Error(path_, "bad-name",
                     absl::StrCat("the name of a line has at most ", kMaxNameBytes,
                                  " characters, because names are made of it"));
    return false;
  }
  if (line_->number().empty()) {
    expansion_.Error(Field("number"), "missing",
                     "a line needs a number, e.g. number: \"+3222000111\"");
    return false;
  }
  const absl::Status number = E164Number::Parse(line_->number()).status();
  if (!number.ok()) {
    expansion_.Error(Field("number"), "bad-number", std::string(number.message()));
  }
  if (!line_->ring_also().empty() && !line_->ring_then().empty()) {
    expansion_.Error(Field("ring_then"), "bad-value",
                     "others ring at the same time or afterwards: write ring_also or ring_then");
  }
  if (line_->has_stagger() && line_->ring_also().empty()) {
    expansion_.Error(Field("stagger"), "bad-value", "nothing rings besides; write ring_also");
  }
  if (!number.ok()) return false;
  const auto [other, is_new] = lines_by_number_.emplace(line_->number(), name);
  if (is_new) return true;
  expansion_.Error(
      Field("number"), "duplicate-number",
      absl::StrCat(line_->number(), " is the number of line ", Quoted(other->second), " already"));
  return false;
}

void LineExpander::CheckTree() {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  line_->GetReflection()->ListFields(*line_, &fields);
  for (const auto* field : fields) {
    if (MayStandBesideTree(field->number())) continue;
    expansion_.Error(Field(field->name()), "bad-value",
                     absl::StrCat("a line with a tree of its own follows that alone; leave out ",
                                  field->name(), " or tree"));
  }
}

void LineExpander::AddNumber(const std::string& tree) {
  const auto known = trees_of_numbers_.find(line_->number());
  if (known != trees_of_numbers_.end() && known->second == tree) return;
  const std::string at = IndexPath("numbers", expanded_.numbers_size());
  for (absl::string_view field : {"number", "tree", "holder", "language", "display_name"}) {
    expansion_.NoteOrigin(absl::StrCat(at, ".", field), Field(field));
  }
  expansion_.NoteOrigin(at, path_);
  v1::Number& number = *expanded_.add_numbers();
  number.set_number(line_->number());
  number.set_tree(tree);
  number.set_holder(line_->holder());
  number.set_withheld(line_->withheld());
  number.set_language(line_->language());
  number.set_display_name(line_->display_name());
}

void LineExpander::Expand(const std::string& name) {
  name_ = name;
  path_ = KeyPath("lines", name);
  line_ = &written_.lines().at(name);
  if (!CheckLine(name)) {
    // What is left would only be complained about once more.
    expanded_.mutable_lines()->erase(name);
    return;
  }
  if (!line_->tree().empty()) {
    CheckTree();
    return AddNumber(line_->tree());
  }
  tree_ = absl::StrCat(kTreePrefix, name);
  AddNumber(tree_);
  v1::Line left;
  left.set_number(line_->number());
  left.set_tree(tree_);
  left.set_description(line_->description());
  if (line_->has_do_not_disturb()) *left.mutable_do_not_disturb() = line_->do_not_disturb();
  (*expanded_.mutable_lines())[name] = std::move(left);
  Place at = ForwardAlways(ForwardSelected(MarkUnwanted(RejectAnonymous(NewTree(tree_, path_)))));
  if (at.node != nullptr) Ring(LeaveUndisturbed(std::move(at)));
  for (const Ending& ending : Ending::All()) {
    if (IsForwarded(ending)) WriteEnding(ending);
  }
}

LineExpander::Place LineExpander::NewTree(const std::string& name, const std::string& origin) {
  const std::string path = KeyPath("trees", name);
  if (written_.trees().contains(name)) {
    expansion_.Error(path, "duplicate",
                     absl::StrCat("the line ", Quoted(name_),
                                  " makes a tree of this name; choose "
                                  "another one, or have the line follow this by tree: ",
                                  name));
  } else {
    expansion_.NoteOrigin(path, origin);
  }
  return {&(*expanded_.mutable_trees())[name], path};
}

LineExpander::Place LineExpander::Otherwise(const Place& at) {
  return {at.node->mutable_when()->mutable_otherwise(), absl::StrCat(at.path, ".when.otherwise")};
}

LineExpander::Place LineExpander::RejectAnonymous(Place at) {
  if (!line_->reject_anonymous()) return at;
  v1::WhenBranch::Case& anonymous = *at.node->mutable_when()->add_cases();
  anonymous.mutable_if_()->mutable_origin()->set_restricted(true);
  anonymous.mutable_then()->mutable_reject()->set_cause(v1::Reject::CAUSE_REJECTED);
  return Otherwise(at);
}

LineExpander::Place LineExpander::MarkUnwanted(Place at) {
  if (!line_->has_mark_unwanted()) return at;
  const v1::Line::MarkUnwanted& mark = line_->mark_unwanted();
  const std::string origin = Field("mark_unwanted");
  const std::string test = absl::StrCat(at.path, ".when.cases[0]");
  v1::WhenBranch::Case& unwanted = *at.node->mutable_when()->add_cases();
  expansion_.NoteOrigin(test, origin);
  expansion_.NoteOrigin(absl::StrCat(test, ".then"), origin + ".text");
  WriteCallers(mark.from(), false, *unwanted.mutable_if_(), test + ".if", origin);
  if (mark.from().empty()) {
    expansion_.Error(origin, "missing", "say whose calls these are, e.g. from: [spam]");
  }
  v1::Set& set = *unwanted.mutable_then()->mutable_set();
  (*set.mutable_attributes())[std::string(kUnwanted)] = mark.text().empty() ? "yes" : mark.text();
  const std::string rest = tree_ + "-wanted-or-not";
  set.mutable_then()->set_goto_(rest);
  Otherwise(at).node->set_goto_(rest);
  return NewTree(rest, path_);
}

void LineExpander::WriteCallers(const google::protobuf::RepeatedPtrField<std::string>& from,
                                bool anonymous, v1::Condition& condition, const std::string& path,
                                const std::string& origin) {
  std::vector<int> types;
  std::vector<int> numbers;
  for (int i = 0; i < from.size(); ++i) {
    (absl::StartsWith(from.Get(i), "+") ? numbers : types).push_back(i);
  }
  const int parts = !types.empty() + !numbers.empty() + anonymous;
  const auto add_part = [&](absl::string_view field) {
    const int index = condition.any_size();
    v1::Condition& part = parts > 1 ? *condition.add_any() : condition;
    return std::make_pair(&part, parts > 1 ? absl::StrCat(path, ".any[", index, "].", field)
                                           : absl::StrCat(path, ".", field));
  };
  const auto note = [&](const std::string& list, int index, int written) {
    expansion_.NoteOrigin(IndexPath(list, index), IndexPath(origin + ".from", written));
  };
  if (!types.empty()) {
    auto [part, list] = add_part("caller.caller_types");
    for (size_t i = 0; i < types.size(); ++i) {
      part->mutable_caller()->add_caller_types(from.Get(types[i]));
      note(list, static_cast<int>(i), types[i]);
    }
  }
  if (!numbers.empty()) {
    auto [part, list] = add_part("origin.numbers");
    for (size_t i = 0; i < numbers.size(); ++i) {
      part->mutable_origin()->add_numbers(from.Get(numbers[i]));
      note(list, static_cast<int>(i), numbers[i]);
    }
  }
  if (anonymous) add_part("origin").first->mutable_origin()->set_anonymous(true);
}

bool LineExpander::CheckSelective(const v1::Line::Selective& selective, const std::string& origin) {
  const bool selects =
      !selective.from().empty() || selective.anonymous() || !selective.during().empty();
  if (!selects) {
    expansion_.Error(origin, "missing",
                     "say which calls are forwarded, by from, anonymous or during; all calls are "
                     "by forward.always");
  }
  if (selective.to().empty()) {
    expansion_.Error(origin + ".to", "missing", "say where these calls are forwarded to");
  }
  return selects && !selective.to().empty();
}

void LineExpander::WriteSelected(const v1::Line::Selective& selective, v1::Condition& condition,
                                 const std::string& path, const std::string& origin) {
  const bool by_caller = !selective.from().empty() || selective.anonymous();
  const bool by_time = !selective.during().empty();
  const bool both = by_caller && by_time;
  if (by_caller) {
    v1::Condition& part = both ? *condition.add_all() : condition;
    WriteCallers(selective.from(), selective.anonymous(), part, both ? path + ".all[0]" : path,
                 origin);
  }
  if (!by_time) return;
  v1::Condition& part = both ? *condition.add_all() : condition;
  const std::string at = both ? path + ".all[1]" : path;
  const bool several = selective.during_size() > 1;
  for (int i = 0; i < selective.during_size(); ++i) {
    v1::Condition& open = several ? *part.add_any() : part;
    open.mutable_time()->set_schedule(selective.during(i));
    expansion_.NoteOrigin(several ? absl::StrCat(at, ".any[", i, "]") : at + ".time",
                          IndexPath(origin + ".during", i));
  }
}

LineExpander::Place LineExpander::ForwardSelected(Place at) {
  const auto& rules = line_->forward().selective();
  if (rules.empty()) return at;
  v1::WhenBranch& when = *at.node->mutable_when();
  for (int i = 0; i < rules.size(); ++i) {
    const v1::Line::Selective& rule = rules.Get(i);
    const std::string origin = IndexPath(Field("forward.selective"), i);
    if (!CheckSelective(rule, origin)) continue;
    const std::string test = absl::StrCat(at.path, ".when.cases[", when.cases_size(), "]");
    expansion_.NoteOrigin(test, origin);
    v1::WhenBranch::Case& selected = *when.add_cases();
    WriteSelected(rule, *selected.mutable_if_(), test + ".if", origin);
    Forward({selected.mutable_then(), test + ".then"}, rule.to(), origin + ".to");
  }
  return Otherwise(at);
}

LineExpander::Place LineExpander::ForwardAlways(Place at) {
  const std::string& always = line_->forward().always();
  const std::string origin = Field("forward.always");
  if (!written_.has_feature_codes()) {
    if (always.empty()) return at;
    Forward(at, always, origin);
    return {};
  }
  ForwardSwitched(AddFeatureCase(at, v1::LINE_FEATURE_FORWARD_ALWAYS, v1::SWITCH_STATE_ON),
                  v1::LINE_FEATURE_FORWARD_ALWAYS);
  if (always.empty()) return Otherwise(at);
  Place off = AddFeatureCase(at, v1::LINE_FEATURE_FORWARD_ALWAYS, v1::SWITCH_STATE_OFF);
  Forward(Otherwise(at), always, origin);
  return off;
}

LineExpander::Place LineExpander::LeaveUndisturbed(Place at) {
  if (!line_->has_do_not_disturb() && !written_.has_feature_codes()) return at;
  const Place busy = AddFeatureCase(at, v1::LINE_FEATURE_DO_NOT_DISTURB, v1::SWITCH_STATE_ON);
  GoToEnding(Ending::Busy(), busy.node);
  return Otherwise(at);
}

void LineExpander::AddTargets(const Place& at, v1::Dial& dial) {
  const bool has_phone = !line_->phone().empty();
  const std::string list = at.path + ".dial.to";
  dial.add_to(has_phone ? line_->phone() : "called");
  expansion_.NoteOrigin(IndexPath(list, 0), has_phone ? Field("phone") : path_);
  const bool together = !line_->ring_also().empty();
  const auto& others = together ? line_->ring_also() : line_->ring_then();
  for (int i = 0; i < others.size(); ++i) {
    dial.add_to(others.Get(i));
    expansion_.NoteOrigin(IndexPath(list, i + 1),
                          IndexPath(Field(together ? "ring_also" : "ring_then"), i));
  }
  expansion_.NoteOrigin(list, Field(together ? "ring_also" : "ring_then"));
  if (together) dial.set_order(v1::Dial::ORDER_TOGETHER);
  // A person who says no says it for all of them.
  if (!others.empty()) dial.set_one_person(true);
}

void LineExpander::Ring(const Place& at) {
  v1::Dial& dial = *at.node->mutable_dial();
  AddTargets(at, dial);
  for (absl::string_view field : {"setup", "ring", "stagger", "confirm"}) {
    expansion_.NoteOrigin(absl::StrCat(at.path, ".dial.", field), Field(field));
  }
  if (line_->has_setup()) *dial.mutable_setup() = line_->setup();
  if (line_->has_ring()) *dial.mutable_ring() = line_->ring();
  if (line_->has_stagger() && !line_->ring_also().empty())
    *dial.mutable_stagger() = line_->stagger();
  dial.set_confirm(line_->confirm());
  dial.set_record(line_->record());
  for (const Ending& ending : Ending::All()) {
    if (!IsForwarded(ending)) continue;
    for (v1::Node* (v1::Dial::*branch)() : ending.branches) {
      GoToEnding(ending, (dial.*branch)());
    }
  }
  if (!line_->voicemail().empty()) {
    dial.mutable_otherwise()->mutable_voicemail()->set_mailbox(line_->voicemail());
    expansion_.NoteOrigin(at.path + ".dial.otherwise", Field("voicemail"));
  }
}

}  // namespace libroute
