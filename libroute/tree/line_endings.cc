#include "libroute/tree/line_endings.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libroute/plan/issue.h"

// Where lines forward to.
namespace libroute {
namespace {

constexpr absl::string_view kVoicemail = "voicemail";

// As a part of a name.
std::string Dashed(absl::string_view field) {
  return absl::StrReplaceAll(field, {{"_", "-"}});
}

// As the branch of the line is called.
std::string SwitchedName(v1::LineFeature feature) {
  switch (feature) {
    case v1::LINE_FEATURE_FORWARD_BUSY:
      return "busy";
    case v1::LINE_FEATURE_FORWARD_NO_ANSWER:
      return "no-answer";
    case v1::LINE_FEATURE_FORWARD_UNREACHABLE:
      return "unreachable";
    default:
      return "always";
  }
}

// What the plan's default says of calls that end so; null if nothing.
const v1::Node* FindDefault(const v1::Default& written, v1::Reject::Cause cause) {
  if (cause == v1::Reject::CAUSE_BUSY && written.has_on_busy()) return &written.on_busy();
  if (cause == v1::Reject::CAUSE_NO_ANSWER && written.has_on_no_answer()) {
    return &written.on_no_answer();
  }
  if (cause == v1::Reject::CAUSE_UNREACHABLE) {
    if (written.has_on_unreachable()) return &written.on_unreachable();
    if (written.has_on_failure()) return &written.on_failure();
  }
  return written.has_otherwise() ? &written.otherwise() : nullptr;
}

}  // namespace

absl::Span<const LineExpander::Ending> LineExpander::Ending::All() {
  static const auto& all = *new std::vector<Ending>{
      {"busy",
       v1::LINE_FEATURE_FORWARD_BUSY,
       &v1::Line::Forward::busy,
       {&v1::Dial::mutable_on_busy, &v1::Dial::mutable_on_rejected},
       v1::Reject::CAUSE_BUSY},
      {"no_answer",
       v1::LINE_FEATURE_FORWARD_NO_ANSWER,
       &v1::Line::Forward::no_answer,
       {&v1::Dial::mutable_on_no_answer},
       v1::Reject::CAUSE_NO_ANSWER},
      {"unreachable",
       v1::LINE_FEATURE_FORWARD_UNREACHABLE,
       &v1::Line::Forward::unreachable,
       {&v1::Dial::mutable_on_unreachable, &v1::Dial::mutable_on_congestion,
        &v1::Dial::mutable_on_bad_number},
       v1::Reject::CAUSE_UNREACHABLE}};
  return all;
}

bool LineExpander::IsForwarded(const Ending& ending) const {
  return written_.has_feature_codes() || !(line_->forward().*ending.target)().empty();
}

void LineExpander::GoToEnding(const Ending& ending, v1::Node* node) {
  if (IsForwarded(ending)) {
    node->set_goto_(absl::StrCat(tree_, "-", Dashed(ending.field)));
  } else {
    GiveUp(ending, node);
  }
}

void LineExpander::WriteEnding(const Ending& ending) {
  const std::string origin = absl::StrCat(Field("forward."), ending.field);
  const Place at = NewTree(absl::StrCat(tree_, "-", Dashed(ending.field)), path_);
  const std::string& target = (line_->forward().*ending.target)();
  if (!written_.has_feature_codes()) return Forward(at, target, origin);
  ForwardSwitched(AddFeatureCase(at, ending.feature, v1::SWITCH_STATE_ON), ending.feature);
  if (target.empty()) return GiveUp(ending, Otherwise(at).node);
  GiveUp(ending, AddFeatureCase(at, ending.feature, v1::SWITCH_STATE_OFF).node);
  Forward(Otherwise(at), target, origin);
}

void LineExpander::GiveUp(const Ending& ending, v1::Node* node) {
  if (!line_->voicemail().empty()) {
    node->mutable_voicemail()->set_mailbox(line_->voicemail());
  } else if (!GoToDefault(ending, node)) {
    node->mutable_reject()->set_cause(ending.cause);
  }
}

// Nothing but a dial leads to the plan's default by itself, so that part of it is a tree
// that all lines share.
bool LineExpander::GoToDefault(const Ending& ending, v1::Node* node) {
  const v1::Node* branch = FindDefault(written_.default_(), ending.cause);
  if (branch == nullptr) return false;
  const std::string name = absl::StrCat("lines-default-", Dashed(ending.field));
  node->set_goto_(name);
  if (expanded_.trees().contains(name) && !written_.trees().contains(name)) return true;
  *NewTree(name, "").node = *branch;
  return true;
}

void LineExpander::Forward(const Place& at, const std::string& target, const std::string& origin) {
  expansion_.NoteOrigin(at.path, origin);
  if (target == kVoicemail) {
    if (line_->voicemail().empty()) {
      expansion_.Error(origin, "missing",
                       "the line has no voicemail; say which mailbox is meant by voicemail: name");
    }
    if (written_.destinations().contains(std::string(kVoicemail))) {
      expansion_.Error(origin, "ambiguous-name",
                       "\"voicemail\" is the line's own, and a destination of the plan; give the "
                       "destination another name");
    }
    at.node->mutable_voicemail()->set_mailbox(line_->voicemail().empty() ? name_
                                                                         : line_->voicemail());
    return;
  }
  v1::Dial& dial = *at.node->mutable_dial();
  dial.add_to(target);
  dial.set_forwarding(true);
  dial.set_confirm(line_->confirm());
  if (line_->voicemail().empty()) return;
  dial.mutable_otherwise()->mutable_voicemail()->set_mailbox(line_->voicemail());
  expansion_.NoteOrigin(at.path + ".dial.otherwise", Field("voicemail"));
}

void LineExpander::ForwardSwitched(const Place& at, v1::LineFeature feature) {
  const std::string name = absl::StrCat(tree_, "-", SwitchedName(feature));
  const std::string path = KeyPath("destinations", name);
  if (written_.destinations().contains(name)) {
    expansion_.Error(path, "duplicate",
                     absl::StrCat("the line ", Quoted(name_),
                                  " makes a destination of this name; "
                                  "choose another one"));
  } else {
    expansion_.NoteOrigin(path, path_);
  }
  v1::ForwardOf& number = *(*expanded_.mutable_destinations())[name].mutable_forward_of();
  number.set_line(name_);
  number.set_feature(feature);
  Forward(at, name, path_);
}

LineExpander::Place LineExpander::AddFeatureCase(const Place& at, v1::LineFeature feature,
                                                 v1::SwitchState state) {
  v1::WhenBranch& when = *at.node->mutable_when();
  const std::string path = absl::StrCat(at.path, ".when.cases[", when.cases_size(), "].then");
  v1::WhenBranch::Case& added = *when.add_cases();
  v1::LineCase& test = *added.mutable_if_()->mutable_line();
  test.set_line(name_);
  test.set_feature(feature);
  if (state != v1::SWITCH_STATE_ON) test.set_state(state);
  return {added.mutable_then(), path};
}

}  // namespace libroute
