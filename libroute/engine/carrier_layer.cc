#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/engine/question.h"
#include "libroute/number/numbering_plans.h"

// The carrier's own layer: before any plan.
namespace libroute {
namespace {

constexpr absl::Duration kLongestAnnouncement = absl::Seconds(30);

}  // namespace

bool Engine::Question::ScreenedOut(const Call& call, E164Number line, E164Number called) {
  const std::shared_ptr<const Inventory>* inventory = CarriersInventory();
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

bool Engine::Question::ClaimOfCarrier(const Claim& claim, Counter* counter, Course& course) {
  decision_.depends_on.Add(Dependence::kLedger);
  if (settled_.IsRefused(claim.counter)) return false;
  decision_.claims.push_back(claim);
  course.claims.push_back({claim, counter});
  return true;
}

bool Engine::Question::TurnedAway(E164Number called, Course& course) {
  const CarrierSide* side = engine_.carrier();
  if (side == nullptr || !called.has_value()) return false;
  const std::vector<CarrierLimit>& limits = side->inventory->screening().limits();
  const auto facts = [&] { return NumberingPlans::World().Find(called); };
  for (uint32_t i = 0; i < limits.size(); ++i) {
    const CarrierLimit& limit = limits[i];
    const auto [places, passes] = side->counters[i];
    if (limit.numbers.Compare(called.digits(), facts) != NumberCriteria::Difference::kNone)
      continue;
    const uint32_t index = kCarriersCounter | 2 * i;
    const bool too_fast =
        passes != nullptr && !ClaimOfCarrier(PassClaim(index, limit.rate), passes, course);
    const bool is_full = !too_fast && places != nullptr &&
                         !ClaimOfCarrier(PlaceClaim(index + 1, limit.calls), places, course);
    if (!too_fast && !is_full) continue;
    decision_.claims.clear();
    course.claims.clear();
    const ResponseCode code = ResponseFor(too_fast ? Outcome::kCongestion : Outcome::kBusy);
    decision_.action = RejectDecision{code};
    decision_.screened_by = limit.name;
    if (too_fast && passes->RefusesForLong(now_)) {
      decision_.gap = GapDirective{called, limit.rate, code};
    }
    Note(absl::StrCat("the carrier's limit ", limit.name,
                      too_fast ? ": calls come too fast" : ": it has all its calls"));
    return true;
  }
  return false;
}

bool Engine::Question::IsNotActive(const Call& call, const CompiledPlan& plan,
                                   const NumberRoute* route, const CallState& state) {
  const E164Number called = state.called;
  // Of a number that is not complete there is no telling.
  const bool complete =
      route != nullptr && route->is_own && called.digits().size() >= route->min_digits;
  const Inventory& inventory = **CarriersInventory();
  const int64_t now = absl::ToUnixSeconds(now_);
  const Service customer = inventory.CustomerService(plan.customer(), now);
  const Service number = complete ? inventory.ServiceOf(called.digits(), now) : Service();
  if (customer.state != ServiceState::kActive) {
    PassNotActive(call, plan.customer(), customer);
    return true;
  }
  if (number.state != ServiceState::kActive) {
    PassNotActive(call, called.ToString(), number);
    return true;
  }
  HoldWhile(number);
  HoldWhile(customer);
  return false;
}

void Engine::Question::PassNotActive(const Call& call, absl::string_view whose,
                                     const Service& service) {
  PassThrough(call, {PassThroughReason::kNumberNotActive, "", service.state});
  HoldWhile(service);
  Note(absl::StrCat(whose, " is ", ServiceStateName(service.state),
                    ", says the carrier's inventory: passed through"));
}

void Engine::Question::HoldWhile(const Service& service) {
  if (service.until == Decision::kNoBoundary) return;
  decision_.depends_on.Add(Dependence::kTime);
  decision_.use_if_unreachable_until = std::min(decision_.use_if_unreachable_until, service.until);
}

}  // namespace libroute
