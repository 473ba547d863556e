#include "libroute/tree/nodes/conference_access_node.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr uint32_t kUsualWrongPerCaller = 5;
constexpr uint32_t kUsualWrongPerConference = 50;
constexpr uint32_t kMostWrongCodes = 10'000;

// Numbers and codes may be ended so.
constexpr absl::string_view kTerminator = "#";

}  // namespace

ConferenceAccessNode ConferenceAccessNode::Compile(const v1::ConferenceAccess& written,
                                                   NodeScope& scope) {
  ConferenceAccessNode node;
  node.prompt_ = Prompt::Compile(written, scope);
  node.greeting_ = scope.MessageOrNone(written.greeting(), "greeting");
  node.code_message_ = scope.Message(written.code_message(), "code_message");
  node.CompileConferences(written, scope);
  const v1::ConferenceAccess::WrongCodes& wrong = written.wrong_codes();
  node.wrong_per_caller_ = wrong.has_per_caller() ? wrong.per_caller() : kUsualWrongPerCaller;
  node.wrong_per_conference_ =
      wrong.has_per_conference() ? wrong.per_conference() : kUsualWrongPerConference;
  if (std::max(node.wrong_per_caller_, node.wrong_per_conference_) > kMostWrongCodes) {
    scope.Error("wrong_codes", "bad-value",
                absl::StrCat("a limit of wrong codes is 0 (none) to ", kMostWrongCodes));
  }
  node.wrong_within_ =
      scope.DurationIn(wrong.has_within() ? &wrong.within() : nullptr, "wrong_codes.within",
                       {absl::Minutes(1), absl::Hours(24), absl::Minutes(15)});
  node.wrong_codes_ = scope.Counter("wrong codes of callers");
  node.CompileBranches(written, scope);
  return node;
}

void ConferenceAccessNode::CompileConferences(const v1::ConferenceAccess& written,
                                              NodeScope& scope) {
  for (int i = 0; i < written.conferences_size(); ++i) {
    const int index =
        scope.FindConference(written.conferences(i), absl::StrCat("conferences[", i, "]"));
    if (index >= 0) conferences_.push_back(static_cast<uint32_t>(index));
  }
  if (written.conferences().empty()) {
    for (uint32_t i = 0; i < scope.conference_count(); ++i) conferences_.push_back(i);
    if (conferences_.empty()) {
      scope.Error("", "missing", "the plan has no conferences; define them under `conferences`");
    }
  }
  for (uint32_t index : conferences_) {
    max_number_digits_ = std::max(max_number_digits_, scope.conference(index).number.size());
  }
}

void ConferenceAccessNode::CompileBranches(const v1::ConferenceAccess& written, NodeScope& scope) {
  const NodeIndex otherwise =
      scope.ChildOr(written.has_otherwise() ? &written.otherwise() : nullptr, "otherwise",
                    scope.defaults().otherwise);
  on_too_early_ = scope.ChildOr(written.has_on_too_early() ? &written.on_too_early() : nullptr,
                                "on_too_early", otherwise);
  on_ended_ =
      scope.ChildOr(written.has_on_ended() ? &written.on_ended() : nullptr, "on_ended", otherwise);
  on_full_ =
      scope.ChildOr(written.has_on_full() ? &written.on_full() : nullptr, "on_full", otherwise);
  on_blocked_ = scope.ChildOr(written.has_on_blocked() ? &written.on_blocked() : nullptr,
                              "on_blocked", otherwise);
}

template <class Observer>
NodeIndex ConferenceAccessNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  const Digits typed = std::exchange(frame.typed, Digits());
  if (!typed.empty()) return TakeTyped(frame, typed, observer);
  // Who calls from a line of the same account needs no greeting.
  if (greeting_ == kNoMessage || frame.state.direction != Direction::kInbound) {
    if constexpr (Observer::kRecords) observer.Decided("asks for a conference");
    return AskNumber(frame);
  }
  if constexpr (Observer::kRecords) observer.Decided("greets the caller");
  frame.state.stage = kGreeting;
  constexpr absl::Duration kLongestGreeting = absl::Seconds(60);
  frame.decision.action = AnnounceDecision{MessageName(frame, greeting_), kLongestGreeting,
                                           /*interruptible=*/true};
  return libroute::Ask(frame, Answers::kYes);
}

NodeIndex ConferenceAccessNode::Ask(Frame& frame, MessageIndex message, int max_digits) const {
  CollectDecision collect;
  collect.message = MessageName(frame, message);
  collect.min_digits = 1;
  collect.max_digits = max_digits;
  collect.terminator = kTerminator;
  collect.timeout = prompt_.timeout();
  collect.tries_left = prompt_.Play(frame.state);
  collect.secret = frame.state.stage != kNumber;
  frame.decision.action = collect;
  return libroute::Ask(frame, Answers::kYes);
}

NodeIndex ConferenceAccessNode::AskNumber(Frame& frame) const {
  frame.state.stage = kNumber;
  return Ask(frame, prompt_.message(), max_number_digits_);
}

NodeIndex ConferenceAccessNode::AskCode(Frame& frame, uint32_t conference) const {
  frame.state.stage = kCode + conference;
  return Ask(frame, code_message_, frame.plan.conference(conference).max_code_digits);
}

template <class Observer>
absl::StatusOr<NodeIndex> ConferenceAccessNode::Resume(Frame& frame, const Event& event,
                                                       Observer& observer) const {
  const uint32_t stage = frame.state.stage;
  const bool pressed = event.kind == EventKind::kDigits;
  if (stage == kGreeting) {
    if (pressed) return TakeTyped(frame, event.digits, observer);
    if (event.kind != EventKind::kPlayed) {
      return UnexpectedEvent(event, "announce", "played or digits");
    }
    if constexpr (Observer::kRecords) observer.Decided("asks for a conference");
    return AskNumber(frame);
  }
  if (!pressed && event.kind != EventKind::kNoInput) {
    return UnexpectedEvent(event, "collect", "digits or no_input");
  }
  if (!pressed) return Fault(frame, event.kind, "nothing was entered", observer);
  return stage == kNumber ? TakeNumber(frame, event.digits, observer)
                          : TakeCode(frame, event.digits, observer);
}

template <class Observer>
NodeIndex ConferenceAccessNode::TakeTyped(Frame& frame, Digits pressed, Observer& observer) const {
  frame.state.stage = kNumber;
  prompt_.Skip(frame.state);
  return TakeNumber(frame, pressed, observer);
}

template <class Observer>
NodeIndex ConferenceAccessNode::Fault(Frame& frame, EventKind kind, absl::string_view why,
                                      Observer& observer) const {
  frame.typed = Digits();
  const NodeIndex next = prompt_.AfterFault(frame.state, kind);
  const bool is_again = next == kDecided;
  if constexpr (Observer::kRecords) {
    observer.Took(is_again ? "" : std::string(Prompt::FaultBranch(kind)),
                  absl::StrCat(why, is_again ? "; asks again" : "; the last try is over"));
  }
  if (!is_again) return Leave(frame, next);
  return frame.state.stage == kNumber ? AskNumber(frame)
                                      : AskCode(frame, frame.state.stage - kCode);
}

template <class Observer>
NodeIndex ConferenceAccessNode::TakeNumber(Frame& frame, Digits pressed, Observer& observer) const {
  const auto [entered, rest] = TakeDigits(pressed, max_number_digits_, kTerminator);
  for (uint32_t index : conferences_) {
    const CompiledConference& conference = frame.plan.conference(index);
    if (conference.number != entered) continue;
    frame.state.prompt_plays = 0;
    if constexpr (Observer::kRecords) {
      observer.Decided(absl::StrCat(entered.ToString(), " is conference ", conference.name,
                                    ": asks for its code"));
    }
    if (rest.empty()) return AskCode(frame, index);
    frame.state.stage = kCode + index;
    prompt_.Skip(frame.state);
    return TakeCode(frame, rest, observer);
  }
  return Fault(frame, EventKind::kDigits, "no conference has the number that was entered",
               observer);
}

bool ConferenceAccessNode::ClaimTry(Frame& frame, const CompiledConference& conference,
                                    Claim::Kind kind) const {
  Claim claim;
  claim.kind = kind;
  claim.span = wrong_within_;
  if (wrong_per_caller_ > 0 && frame.state.calling.has_value()) {
    claim.counter = wrong_codes_;
    claim.subject = frame.state.calling.digits().packed();
    claim.limit = wrong_per_caller_;
    if (!frame.Claim(claim)) return false;
  }
  if (wrong_per_conference_ > 0) {
    claim.counter = conference.wrong_codes;
    claim.subject = 0;
    claim.limit = wrong_per_conference_;
    if (!frame.Claim(claim)) return false;
  }
  return true;
}

void ConferenceAccessNode::DropTry(Frame& frame, const CompiledConference& conference) const {
  Claims& claims = frame.decision.claims;
  const auto is_try = [&](const Claim& claim) {
    const bool counts = claim.kind == Claim::Kind::kUse || claim.kind == Claim::Kind::kRoom;
    return counts && (claim.counter == wrong_codes_ || claim.counter == conference.wrong_codes);
  };
  claims.erase(std::remove_if(claims.begin(), claims.end(), is_try), claims.end());
}

template <class Observer>
NodeIndex ConferenceAccessNode::TakeCode(Frame& frame, Digits pressed, Observer& observer) const {
  const uint32_t index = frame.state.stage - kCode;
  const CompiledConference& conference = frame.plan.conference(index);
  const auto [entered, rest] = TakeDigits(pressed, conference.max_code_digits, kTerminator);
  frame.typed = rest;
  const std::optional<ConferenceRole> role = conference.RoleOf(entered);
  if (!ClaimTry(frame, conference, role.has_value() ? Claim::Kind::kRoom : Claim::Kind::kUse)) {
    DropTry(frame, conference);
    if constexpr (Observer::kRecords) {
      observer.Took("on_blocked", absl::StrCat("too many wrong codes were entered by this caller, "
                                               "or for conference ",
                                               conference.name));
    }
    return Leave(frame, on_blocked_);
  }
  if (!role.has_value()) {
    return Fault(frame, EventKind::kDigits, "a wrong code was entered", observer);
  }
  return Join(frame, index, *role, observer);
}

template <class Observer>
NodeIndex ConferenceAccessNode::Join(Frame& frame, uint32_t index, ConferenceRole role,
                                     Observer& observer) const {
  const CompiledConference& conference = frame.plan.conference(index);
  frame.decision.depends_on.Add(Dependence::kTime);
  auto leave = [&](absl::string_view branch, NodeIndex to, absl::string_view why) {
    DropTry(frame, conference);
    if constexpr (Observer::kRecords) {
      observer.Took(std::string(branch), absl::StrCat("conference ", conference.name, why));
    }
    return Leave(frame, to);
  };
  if (frame.now < conference.opens) {
    frame.HoldUntil(conference.opens);
    return leave("on_too_early", on_too_early_, " is not open yet");
  }
  if (frame.now >= conference.ends) return leave("on_ended", on_ended_, " is over");
  frame.HoldUntil(conference.ends);
  Claim place;
  place.counter = conference.places;
  place.limit = conference.capacity;
  const bool is_full = frame.facts.conference_full(static_cast<int>(index), frame.now);
  if (is_full || !frame.Claim(place)) return leave("on_full", on_full_, " has no free place");
  if constexpr (Observer::kRecords) {
    observer.Decided(absl::StrCat("the code of a ", ConferenceRoleName(role), " of conference ",
                                  conference.name, " was entered"));
  }
  frame.decision.action =
      ConferenceDecision{conference.name, role, MessageName(frame, conference.introduction),
                         conference.record, conference.capacity};
  return End(frame, Answers::kYes);
}

void ConferenceAccessNode::VisitEdges(EdgeVisitor visit) const {
  prompt_.VisitEdges(visit);
  for (NodeIndex to : {on_too_early_, on_ended_, on_full_, on_blocked_}) {
    visit({to, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
  }
}

LIBROUTE_INSTANTIATE_EVALUATE(ConferenceAccessNode);
LIBROUTE_INSTANTIATE_RESUME(ConferenceAccessNode);

}  // namespace libroute
