#include "libroute/tree/nodes/gateway_choice.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/nodes/known_status.h"
#include "libroute/tree/weighted_order.h"

namespace libroute {
namespace {

// A failure that counts: of what may be tried once more only if somebody else does.
bool IsFailing(const CompiledGateway& gateway, const Frame& frame) {
  if (gateway.watch == nullptr) return false;
  const Health::State state = HealthOf(*gateway.watch, frame);
  if (state == Health::State::kMayProbe) {
    return frame.IsRefused(gateway.watch->ClaimOf(Claim::Kind::kProbe));
  }
  return state != Health::State::kUp;
}

bool MayUse(int index, const Frame& frame) {
  const CompiledGateway& gateway = frame.plan.gateway(index);
  return !gateway.disabled && frame.facts.gateway(index, frame.now) == Status::kUp &&
         !IsFailing(gateway, frame);
}

// Known to be busy, and in use at all.
bool IsBusy(int index, const Frame& frame) {
  return !frame.plan.gateway(index).disabled &&
         frame.facts.gateway(index, frame.now) == Status::kBusy;
}

// Why it may not be used; "" if it may.
std::string ObstacleText(int index, const Frame& frame) {
  const CompiledGateway& gateway = frame.plan.gateway(index);
  if (gateway.disabled) return "disabled";
  const Status status = frame.facts.gateway(index, frame.now);
  if (status != Status::kUp) return std::string(StatusName(status));
  return IsFailing(gateway, frame) ? FailingText(*gateway.watch, frame) : "";
}

}  // namespace

std::optional<Outcome> FindNoGateway(const CompiledGatewayGroup& group, const Frame& frame) {
  Outcome none = Outcome::kUnreachable;
  for (int index : group.gateways) {
    if (MayUse(index, frame)) return std::nullopt;
    if (IsBusy(index, frame)) none = Outcome::kCongestion;
  }
  return none;
}

GatewayOrder ChooseGateways(const CompiledGatewayGroup& group, const Frame& frame) {
  const int size = static_cast<int>(group.gateways.size());
  const TargetOrder drawn = group.weights.empty()
                                ? TargetOrder()
                                : DrawByWeight(group.weights, frame.state.seed ^ group.key);
  GatewayOrder usable(group.ways);
  GatewayOrder all(group.ways);
  for (int position = 0; position < size; ++position) {
    const int at = drawn.at(position);
    all.Add(at);
    if (MayUse(group.gateways[static_cast<size_t>(at)], frame)) usable.Add(at);
  }
  return usable.empty() ? all : usable;
}

bool MayTryGateway(const CompiledGatewayGroup& group, const Frame& frame) {
  if (!group.is_watched) return false;
  const auto may_try = [&](int index) {
    const CompiledWatch* watch = frame.plan.gateway(index).watch.get();
    return watch != nullptr && HealthOf(*watch, frame) == Health::State::kMayProbe;
  };
  // Drawn only where that matters.
  if (std::none_of(group.gateways.begin(), group.gateways.end(), may_try)) return false;
  const int first = ChooseGateways(group, frame).index(0);
  return may_try(group.gateways[static_cast<size_t>(first)]);
}

void ClaimGateways(const CompiledGatewayGroup& group, const GatewayOrder& order, int index,
                   Frame& frame) {
  if (!group.is_watched) return;
  WatchSubject subject;
  subject.target = index;
  subject.is_gateway = true;
  subject.is_only_gateway = group.gateways.size() == 1;
  for (int position = 0; position < order.size(); ++position) {
    const int gateway = group.gateways[static_cast<size_t>(order.index(position))];
    const CompiledWatch* watch = frame.plan.gateway(gateway).watch.get();
    if (watch == nullptr) continue;
    // Those after it are tried only if it fails, which few calls will see.
    if (position == 0 && HealthOf(*watch, frame) == Health::State::kMayProbe) {
      frame.Claim(watch->ClaimOf(Claim::Kind::kProbe));
    }
    frame.decision.claims.push_back(watch->ClaimOf(Claim::Kind::kWatch, subject));
  }
}

std::optional<Claim> ClaimOfResult(const CompiledWatch& watch, Reach reach,
                                   absl::Duration retry_after) {
  if (reach == Reach::kUnknown) return std::nullopt;
  if (reach == Reach::kReached) return watch.ClaimOf(Claim::Kind::kReached);
  WatchSubject subject;
  const absl::Duration wait = std::clamp(retry_after, absl::ZeroDuration(), watch.rule.longest);
  subject.retry_after_seconds = absl::ToInt64Seconds(absl::Ceil(wait, absl::Seconds(1)));
  return watch.ClaimOf(Claim::Kind::kFailed, subject);
}

void NoteGateways(const CompiledGatewayGroup& group, const AttemptResult& result, Frame& frame) {
  if (!group.is_watched) return;
  auto note = [&](int member, Reach reach, absl::Duration retry_after) {
    if (member < 0) return;
    const int index = group.gateways[static_cast<size_t>(member)];
    const CompiledWatch* watch = frame.plan.gateway(index).watch.get();
    if (watch == nullptr) return;
    const std::optional<Claim> claim = ClaimOfResult(*watch, reach, retry_after);
    if (claim.has_value()) frame.decision.claims.push_back(*claim);
  };
  for (const GatewayFailure& failed : result.failed_gateways) {
    note(group.ways.Find(failed.gateway),
         ReachOf(failed.outcome, failed.sip_status, failed.q850_cause), failed.retry_after);
  }
  const bool is_only = result.gateway.empty() && group.gateways.size() == 1;
  note(is_only ? 0 : group.ways.Find(result.gateway),
       ReachOf(result.outcome, result.sip_status, result.q850_cause), result.retry_after);
}

std::string UnknownGateway(const GatewayGroup& group, const AttemptResult& result) {
  if (!result.gateway.empty() && group.Find(result.gateway) < 0) return result.gateway;
  for (const GatewayFailure& failed : result.failed_gateways) {
    if (group.Find(failed.gateway) < 0) return failed.gateway;
  }
  return "";
}

std::vector<Comparison> LeftOutGateways(const CompiledGatewayGroup& group, const Frame& frame) {
  std::vector<Comparison> left_out;
  for (int index : group.gateways) {
    std::string obstacle = ObstacleText(index, frame);
    if (obstacle.empty()) continue;
    left_out.push_back({absl::StrCat("gateway ", frame.plan.gateway(index).name), "can be used",
                        false, std::move(obstacle),
                        IsBusy(index, frame) ? NotTaken::kBusy : NotTaken::kDown});
  }
  return left_out;
}

std::string FailingText(const CompiledWatch& watch, const Frame& frame) {
  const Health* health = frame.HealthAt(watch.counter);
  if (health == nullptr) return "";
  const std::string what =
      health->has_asked_to_wait()
          ? absl::StrCat(watch.name, " has asked to wait")
          : absl::StrCat(watch.name, " has failed ", health->failures(), " times in a row");
  const absl::Duration left = health->down_until() - absl::FromUnixSeconds(frame.now);
  if (left <= absl::ZeroDuration()) return absl::StrCat(what, "; another call tries it");
  return absl::StrCat(what, "; it is tried again in ", absl::FormatDuration(left));
}

}  // namespace libroute
