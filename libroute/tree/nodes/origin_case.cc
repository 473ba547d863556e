#include "libroute/tree/nodes/origin_case.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libroute/tree/compiled_plan.h"

namespace libroute {

namespace {

bool HasBit(uint8_t bits, int index) {
  return (bits >> index & 1) != 0;
}

// "diverted 2 times, last by +3222000100, busy".
std::string DiversionText(const CallState& state) {
  if (state.diversions == 0) return "not diverted";
  std::string text = absl::StrCat("diverted ", state.diversions, " times");
  if (state.diversions == 1) text = "diverted once";
  absl::StrAppend(
      &text, ", last by ",
      state.diverted_by.has_value() ? state.diverted_by.ToString() : "an unknown number");
  if (state.diverted_because != DiversionReason::kNone) {
    absl::StrAppend(&text, ", ", DiversionReasonName(state.diverted_because));
  }
  return text;
}

bool IsAt(const std::vector<std::string>& locations, absl::string_view location) {
  return std::any_of(locations.begin(), locations.end(), [&](absl::string_view wanted) {
    return absl::ConsumeSuffix(&wanted, "*") ? absl::StartsWith(location, wanted)
                                             : location == wanted;
  });
}

bool IsDivertedSo(const OriginWay& way, const CallState& state) {
  if (state.diversions < way.least_diversions || state.diversions > way.most_diversions)
    return false;
  if (way.reasons != 0 && !HasBit(way.reasons, static_cast<int>(state.diverted_because))) {
    return false;
  }
  return !way.has_diverters ||
         (state.diverted_by.has_value() && way.diverters.Contains(state.diverted_by.digits()));
}

}  // namespace

namespace {

// Explanations do not say where somebody is who withholds the number.
std::string LocationText(const Frame& frame) {
  if (!frame.state.location.has_value()) return "not located";
  if (frame.caller_restricted()) return "located";
  return absl::StrCat("located at ", frame.state.location.text());
}

}  // namespace

OriginCase::OriginCase(OriginCalls calls, std::optional<OriginWay> way, std::string text)
    : known_(calls.known),
      restricted_(calls.restricted),
      unavailable_(calls.unavailable),
      numbers_(calls.numbers, calls.kinds, std::move(calls.countries)),
      way_(way.has_value() ? std::make_unique<const OriginWay>(*std::move(way)) : nullptr),
      text_(std::move(text)) {}

OriginCase::Difference OriginCase::CompareWay(const CallState& state) const {
  if (way_->verstats != 0 && !HasBit(way_->verstats, static_cast<int>(state.verstat))) {
    return Difference::kVerstat;
  }
  if (way_->attestations != 0 && !HasBit(way_->attestations, static_cast<int>(state.attestation))) {
    return Difference::kAttestation;
  }
  const auto& ingresses = way_->ingresses;
  if (!ingresses.empty() &&
      std::find(ingresses.begin(), ingresses.end(), state.ingress) == ingresses.end()) {
    return Difference::kIngress;
  }
  if (!way_->locations.empty() &&
      (!state.location.has_value() || !IsAt(way_->locations, state.location.text()))) {
    return Difference::kLocation;
  }
  return way_->diverted && !IsDivertedSo(*way_, state) ? Difference::kDiverted : Difference::kNone;
}

Comparison OriginCase::Words(Frame& frame) const {
  const Difference difference = Compare(frame);
  return {Subject(frame), text_, difference == Difference::kNone,
          std::string(DifferenceText(difference))};
}

std::string OriginCase::Subject(Frame& frame) const {
  std::string subject = CallerText(frame);
  if (way_ == nullptr) return subject;
  const CallState& state = frame.state;
  if (way_->verstats != 0) absl::StrAppend(&subject, ", verstat ", VerstatName(state.verstat));
  if (way_->attestations != 0) {
    absl::StrAppend(&subject, ", attestation ", AttestationName(state.attestation));
  }
  if (!way_->ingresses.empty()) {
    absl::StrAppend(&subject, ", ",
                    state.ingress == CallState::kNoIngress
                        ? "ingress not named in the plan"
                        : absl::StrCat("ingress ", frame.plan.ingress(state.ingress)));
  }
  if (!way_->locations.empty()) {
    absl::StrAppend(&subject, ", ", LocationText(frame));
  }
  if (way_->diverted) absl::StrAppend(&subject, ", ", DiversionText(state));
  return subject;
}

std::string OriginCase::CallerText(Frame& frame) const {
  if (frame.context.email != nullptr) return "an e-mail";
  if (frame.caller_withheld()) return "calling number withheld or not known";
  std::string subject = absl::StrCat("calling ", frame.state.calling.ToString());
  if (numbers_.looks_closer()) absl::StrAppend(&subject, numbers_.Words(frame.caller_facts()));
  return subject;
}

absl::string_view DifferenceText(OriginCase::Difference difference) {
  switch (difference) {
    case OriginCase::Difference::kNone:
      return "matches";
    case OriginCase::Difference::kKind:
      return "is of another kind";
    case OriginCase::Difference::kCountry:
      return "is of another country";
    case OriginCase::Difference::kVerstat:
      return "has another verstat";
    case OriginCase::Difference::kAttestation:
      return "has another attestation";
    case OriginCase::Difference::kIngress:
      return "came another way";
    case OriginCase::Difference::kLocation:
      return "is elsewhere, or not located";
    case OriginCase::Difference::kEmail:
      return "no call";
    case OriginCase::Difference::kDiverted:
      return "was not diverted so";
    case OriginCase::Difference::kNumber:
    case OriginCase::Difference::kWithheld:
      break;
  }
  return "does not match";
}

}  // namespace libroute
