#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/engine/question.h"

// The carrier's own layer: before any plan.
namespace libroute {
namespace {

constexpr absl::Duration kLongestAnnouncement = absl::Seconds(30);

}  // namespace

bool Engine::Question::CarrierDecides(const Call& call, E164Number line, E164Number called) {
  return PassCallBack(call, called) || ScreenedOut(call, line, called);
}

bool Engine::Question::ScreenedOut(const Call& call, E164Number line, E164Number called) {
  const std::shared_ptr<const Inventory>* inventory = engine_.inventory();
  if (inventory == nullptr) return false;
  const Screening& screening = (*inventory)->screening();
  absl::string_view side = "calling";
  const Barring* barring = screening.FindCaller(call.calling);
  // What it shows may be another's.
  if (barring == nullptr && call.direction != Direction::kInbound) {
    barring = screening.FindCaller(line.has_value() ? line : call.line);
  }
  if (barring == nullptr) {
    side = "called";
    barring = screening.FindDestination(called);
  }
  if (barring == nullptr) return false;
  if (barring->announce.empty()) {
    decision_.action = RejectDecision{ResponseFor(Outcome::kRejected)};
  } else {
    decision_.action = AnnounceDecision{barring->announce, kLongestAnnouncement};
    // The customer's name stands in its plan.
    decision_.keep_alive =
        std::make_shared<const std::pair<std::shared_ptr<const void>, std::shared_ptr<const void>>>(
            *inventory, std::move(decision_.keep_alive));
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

Service Engine::Question::CustomerService(absl::string_view customer) const {
  const std::shared_ptr<const Inventory>* inventory = engine_.inventory();
  if (inventory == nullptr) return {};
  return (*inventory)->CustomerService(customer, absl::ToUnixSeconds(now_));
}

void Engine::Question::HoldWhile(const Service& service) {
  if (service.until == Decision::kNoBoundary) return;
  decision_.depends_on.Add(Dependence::kTime);
  decision_.use_if_unreachable_until =
      std::min(decision_.use_if_unreachable_until, service.until);
}

}  // namespace libroute
