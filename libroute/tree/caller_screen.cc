#include "libroute/tree/caller_screen.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/observer.h"

namespace libroute {
namespace {

constexpr absl::string_view kPath = "caller_identity";

// Explanations do not say who withholds a number.
std::string Subject(const Frame& frame) {
  if (frame.state.calling_unreadable) return "calling number";
  if (frame.caller_withheld()) return "calling number withheld or not known";
  return absl::StrCat("calling ", frame.state.calling.ToString());
}

// The field that says what becomes of it.
absl::string_view BranchOf(CallerFault fault) {
  if (fault == CallerFault::kNone) return "otherwise";
  return fault == CallerFault::kPremium ? "premium" : "invalid";
}

absl::string_view TreatmentText(CallerScreen::Treatment treatment) {
  switch (treatment) {
    case CallerScreen::Treatment::kUnavailable:
      return "the call goes on without its number";
    case CallerScreen::Treatment::kReject:
      return "the call is refused";
    case CallerScreen::Treatment::kAccept:
      break;
  }
  return "the call goes on";
}

// Whether a short number stands where the caller's should, by the country of the
// ingress or of the plan: they cost more than a call, as premium numbers do.
bool IsShort(const Frame& frame) {
  if (frame.state.calling_dialled.empty()) return false;
  const SpecialKind kind = frame.plan.Special(frame.state.calling_dialled);
  return frame.state.calling_is_short || kind == SpecialKind::kShort ||
         kind == SpecialKind::kDirectory;
}

}  // namespace

absl::string_view CallerFaultText(CallerFault fault) {
  switch (fault) {
    case CallerFault::kUnreadable:
      return "cannot be read";
    case CallerFault::kInvalid:
      return "is not valid in its country";
    case CallerFault::kPremium:
      return "is a premium, shared cost or short number";
    case CallerFault::kNone:
      break;
  }
  return "nothing speaks against it";
}

CallerFault CallerScreen::Find(Frame& frame) const {
  if (frame.state.calling_unreadable) {
    return IsShort(frame) ? CallerFault::kPremium : CallerFault::kUnreadable;
  }
  if (!frame.state.calling.has_value()) return CallerFault::kNone;
  const NumberFacts& facts = frame.caller_facts();
  if (!facts.is_valid) return CallerFault::kInvalid;
  const bool premium = facts.kind == NumberKind::kPremium || facts.kind == NumberKind::kSharedCost;
  return premium ? CallerFault::kPremium : CallerFault::kNone;
}

CallerScreen::Treatment CallerScreen::TreatmentOf(CallerFault fault) const {
  if (fault == CallerFault::kNone) return Treatment::kAccept;
  return fault == CallerFault::kPremium ? premium_ : invalid_;
}

template <class Observer>
NodeIndex CallerScreen::Begin(Frame& frame, Observer& observer) const {
  const CallerFault fault = Find(frame);
  const Treatment treatment = TreatmentOf(fault);
  frame.decision.depends_on.Add(Dependence::kCall);
  if constexpr (Observer::kRecords) {
    observer.Enter(kPath, kPath);
    observer.Compared({Subject(frame), "a number that a caller can have",
                       fault == CallerFault::kNone, std::string(CallerFaultText(fault))});
    observer.Took(std::string(BranchOf(fault)), std::string(TreatmentText(treatment)));
  }
  if (treatment == Treatment::kReject) return reject_;
  if (treatment == Treatment::kUnavailable) frame.ForgetCaller();
  return frame.route.root;
}

template NodeIndex CallerScreen::Begin(Frame&, NoObserver&) const;
template NodeIndex CallerScreen::Begin(Frame&, Recorder&) const;

}  // namespace libroute
