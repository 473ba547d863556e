#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "libroute/engine/question.h"

// The carrier's own layer: before any plan.
namespace libroute {
namespace {

constexpr absl::Duration kLongestAnnouncement = absl::Seconds(30);

}  // namespace

bool Engine::Question::ScreenedOut(const Call& call) {
  const std::shared_ptr<const Inventory>* inventory = engine_.inventory();
  if (inventory == nullptr) return false;
  const Screening& screening = (*inventory)->screening();
  const Barring* barring = screening.FindCaller(call.calling);
  const absl::string_view side = barring != nullptr ? "calling" : "called";
  if (barring == nullptr) barring = screening.FindDestination(call.called);
  if (barring == nullptr) return false;
  if (barring->announce.empty()) {
    decision_.action = RejectDecision{ResponseFor(Outcome::kRejected)};
  } else {
    decision_.action = AnnounceDecision{barring->announce, kLongestAnnouncement};
    decision_.keep_alive = *inventory;
  }
  decision_.screened_by = barring->name;
  decision_.depends_on.Add(Dependence::kCall);
  decision_.correlation =
      call.correlation.has_value() ? call.correlation : NewCorrelation(CallSeed(call.id));
  Note(absl::StrCat("the carrier bars this ", side, " number (", barring->name,
                    "), before any plan"));
  return true;
}

const Screening* Engine::Question::CarriersScreening() const {
  const std::shared_ptr<const Inventory>* inventory = engine_.inventory();
  return inventory == nullptr ? nullptr : &(*inventory)->screening();
}

Service Engine::Question::ServiceOf(E164Number called) const {
  const std::shared_ptr<const Inventory>* inventory = engine_.inventory();
  if (inventory == nullptr) return {};
  return (*inventory)->ServiceOf(called.digits(), absl::ToUnixSeconds(now_));
}

void Engine::Question::HoldWhile(const Service& service) {
  if (service.until == Decision::kNoBoundary) return;
  decision_.depends_on.Add(Dependence::kTime);
  decision_.use_if_unreachable_until =
      std::min(decision_.use_if_unreachable_until, service.until);
}

}  // namespace libroute
