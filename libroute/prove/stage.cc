#include "libroute/prove/stage.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/when.h"
#include "libroute/plan/written_duration.h"
#include "libroute/rehearsal/test_call.h"
#include "libroute/tree/nodes/text_pattern.h"
#include "libroute/v1/explanation.pb.h"

namespace libroute {
namespace {

constexpr int kMostEvents = 100;

std::vector<const Step*> StepsOf(const CallSet& set) {
  std::vector<const Step*> steps;
  for (const Step* step = set.way.get(); step != nullptr; step = step->before.get()) {
    if (!step->event.empty() || !step->into.empty()) steps.push_back(step);
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

bool HasShare(const CallSet& set) {
  for (const Step* step = set.way.get(); step != nullptr; step = step->before.get()) {
    if (absl::EndsWith(step->node, ".share")) return true;
  }
  return false;
}

// Digits that one of the step's patterns matches; nothing where none are found.
std::optional<std::string> ExampleDigits(const Step& step, const ValueSet& values) {
  for (const std::string& text : step.patterns) {
    const absl::StatusOr<TextPattern> pattern = TextPattern::Parse(text);
    if (!pattern.ok()) continue;
    for (const std::string& example : pattern->Examples(step.most_digits)) {
      const bool fits = example.size() >= step.least_digits && Digits::Parse(example).ok();
      if (fits && values.MayBe(example)) return example;
    }
    const std::optional<std::string> usual =
        values.SampleDigits(step.least_digits, step.most_digits);
    if (usual.has_value() && pattern->Matches(*usual)) return usual;
  }
  return std::nullopt;
}

// What happens at `step` of a way that ends in `set`; "" where nothing is found.
std::string EventAt(const Step& step, const CallSet& set) {
  if (step.into.empty()) return step.event;
  const ValueSet* value = set.FindValue(step.into);
  const ValueSet anything;
  const ValueSet& values = value == nullptr ? anything : *value;
  const std::optional<std::string> digits =
      step.patterns.empty() ? values.SampleDigits(step.least_digits, step.most_digits)
                            : ExampleDigits(step, values);
  return digits.has_value() ? absl::StrCat("digits:", *digits) : "";
}

// How long it takes until one event of this decision happens.
absl::Duration TimeTo(const v1::DialDecision& dial) {
  absl::Duration longest;
  for (const v1::Leg& leg : dial.legs()) {
    const absl::Duration own =
        WrittenDuration(leg.setup_timeout()) + WrittenDuration(leg.ring_timeout());
    if (dial.order() != v1::LEG_ORDER_TOGETHER) return own;
    longest = std::max(longest, WrittenDuration(leg.start_after()) + own);
  }
  return longest;
}

// Adds up for how long targets are tried, node by node.
class RingingTime {
 public:
  void Add(const v1::Decision& decision) {
    if (!decision.has_dial()) return;
    if (decision.node() != node_) Leave();
    node_ = decision.node();
    here_ += TimeTo(decision.dial());
    if (decision.dial().has_total_timeout()) {
      here_ = std::min(here_, WrittenDuration(decision.dial().total_timeout()));
    }
  }
  absl::Duration Total() const { return before_ + here_; }

 private:
  void Leave() {
    before_ += here_;
    here_ = absl::ZeroDuration();
  }

  std::string node_;
  absl::Duration before_;
  absl::Duration here_;
};

void SetReference(const std::string& reference, v1::Test& test) {
  if (test.has_email()) {
    test.mutable_email()->set_message_id(reference);
  } else {
    test.mutable_call()->set_reference(reference);
  }
}

// Asks about the call or e-mail at the start. False where that cannot be done.
bool Open(const v1::Test& test, absl::TimeZone zone, Rehearsal& rehearsal, Played& played) {
  const absl::StatusOr<absl::Time> at =
      ParseWhen(test.has_email() ? test.email().at() : test.call().at(), zone);
  if (!at.ok()) return false;
  absl::StatusOr<RehearsalStep> step = AskFirst(test, *at, rehearsal);
  if (!step.ok()) return false;
  played.steps.push_back(*std::move(step));
  return true;
}

}  // namespace

Stage::Stage(const v1::Plan& plan, const Attachments& attachments, absl::Time now)
    : plan_(plan), attachments_(attachments), now_(now) {
  rehearsal_.Publish(plan, attachments, now);
  for (const auto& [name, written] : plan.destinations()) {
    (*usual_.mutable_destinations())[name] = v1::STATUS_UP;
  }
  for (const auto& [name, written] : plan.sites()) {
    (*usual_.mutable_sites())[name] = v1::STATUS_UP;
  }
  for (const auto& [name, group] : plan.gateways()) {
    for (const auto& gateway : group.gateways()) {
      (*usual_.mutable_gateways())[gateway.name()] = v1::STATUS_UP;
    }
  }
  for (const auto& [name, written] : plan.switches()) {
    (*usual_.mutable_switches())[name] = SwitchValuesOf(plan, name).front();
  }
  for (const auto& [name, written] : plan.recovery_plans()) {
    (*usual_.mutable_recovery_plans())[name] = v1::RECOVERY_STATE_OFF;
  }
}

void Stage::Reset(const v1::Given& given) {
  v1::Given all = usual_;
  for (const auto& [name, status] : given.destinations())
    (*all.mutable_destinations())[name] = status;
  for (const auto& [name, status] : given.sites()) (*all.mutable_sites())[name] = status;
  for (const auto& [name, status] : given.gateways()) (*all.mutable_gateways())[name] = status;
  for (const auto& [name, state] : given.switches()) (*all.mutable_switches())[name] = state;
  for (const auto& [name, state] : given.recovery_plans())
    (*all.mutable_recovery_plans())[name] = state;
  // Nothing is known of the groups of which nothing is given: no case of theirs matches.
  for (const std::string& name : given_groups_) {
    rehearsal_.ForgetFigures(plan_.customer(), name).IgnoreError();
  }
  given_groups_.clear();
  for (const auto& [name, figures] : given.group_figures()) {
    (*all.mutable_group_figures())[name] = figures;
    given_groups_.insert(name);
  }
  // Names are those of the plan.
  rehearsal_.Give(plan_.customer(), all).IgnoreError();
}

std::optional<Played> Stage::Try(const v1::Test& test, const CallSet& set) {
  Played played;
  played.test = test;
  Reset(test.given());
  v1::Test asked = test;
  // Calls of one reference are one call; but only shares care for it.
  const bool is_drawn = HasShare(set);
  const std::string reference = absl::StrCat(is_drawn ? "" : "try-", ++played_);
  SetReference(reference, asked);
  if (is_drawn) SetReference(reference, played.test);
  if (!Open(asked, absl::UTCTimeZone(), rehearsal_, played)) return std::nullopt;
  RingingTime ringing;
  const std::vector<const Step*> steps = StepsOf(set);
  size_t next = 0;
  for (int i = 0; i < kMostEvents; ++i) {
    const v1::Decision& decision = played.steps.back().explanation->decision();
    if (decision.continuation().empty()) break;
    size_t here = next;
    while (here < steps.size() && steps[here]->node != decision.node()) ++here;
    if (here == steps.size()) break;
    // It may take several events to leave the node.
    next = here;
    ringing.Add(decision);
    const std::string event = EventAt(*steps[here], set);
    absl::StatusOr<RehearsalStep> step = rehearsal_.Next(event);
    if (!step.ok()) return std::nullopt;
    played.test.add_events(event);
    played.steps.push_back(*std::move(step));
  }
  played.ringing = ringing.Total();
  return played;
}

std::optional<Played> Stage::Confirm(const Played& played) const {
  Played again;
  again.test = played.test;
  Rehearsal rehearsal;
  rehearsal.Publish(plan_, attachments_, now_);
  if (!rehearsal.Give(plan_.customer(), played.test.given()).ok()) return std::nullopt;
  if (!Open(played.test, absl::UTCTimeZone(), rehearsal, again)) return std::nullopt;
  RingingTime ringing;
  for (const std::string& event : played.test.events()) {
    ringing.Add(again.steps.back().explanation->decision());
    absl::StatusOr<RehearsalStep> step = rehearsal.Next(event);
    if (!step.ok()) return std::nullopt;
    again.steps.push_back(*std::move(step));
  }
  again.ringing = ringing.Total();
  return again;
}

}  // namespace libroute
