#include "tests/property/reference_origin.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <string>

#include "tests/property/reference_criteria.h"

namespace libroute {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

template <typename List, typename Value>
bool Has(const List& list, Value value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

PhoneNumber Parsed(E164Number number) {
  PhoneNumber parsed;
  PhoneNumberUtil::GetInstance()->Parse(number.ToString(), "ZZ", &parsed);
  return parsed;
}

v1::NumberKind KindOf(E164Number number) {
  switch (PhoneNumberUtil::GetInstance()->GetNumberType(Parsed(number))) {
    case PhoneNumberUtil::FIXED_LINE:
      return v1::NUMBER_KIND_FIXED;
    case PhoneNumberUtil::MOBILE:
      return v1::NUMBER_KIND_MOBILE;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      return v1::NUMBER_KIND_FIXED_OR_MOBILE;
    case PhoneNumberUtil::PREMIUM_RATE:
      return v1::NUMBER_KIND_PREMIUM;
    case PhoneNumberUtil::SHARED_COST:
      return v1::NUMBER_KIND_SHARED_COST;
    case PhoneNumberUtil::TOLL_FREE:
      return v1::NUMBER_KIND_FREEPHONE;
    case PhoneNumberUtil::VOIP:
      return v1::NUMBER_KIND_VOIP;
    case PhoneNumberUtil::PERSONAL_NUMBER:
      return v1::NUMBER_KIND_PERSONAL;
    default:
      return v1::NUMBER_KIND_UNKNOWN;
  }
}

std::string CountryOf(E164Number number) {
  std::string region;
  PhoneNumberUtil::GetInstance()->GetRegionCodeForNumber(Parsed(number), &region);
  return region;
}

bool CameSo(const v1::OriginBranch::Diverted& diverted, const Call& call) {
  const int least = diverted.at_least() == 0 ? 1 : static_cast<int>(diverted.at_least());
  const int most = diverted.at_most() == 0 ? 255 : static_cast<int>(diverted.at_most());
  if (call.diversions < least || call.diversions > most) return false;
  if (!diverted.reason().empty() &&
      !Has(diverted.reason(), static_cast<int>(call.diverted_because))) {
    return false;
  }
  return diverted.by().empty() ||
         (call.diverted_by.has_value() && ReferenceMatches(diverted.by(), call.diverted_by));
}

bool CameSo(const v1::OriginBranch::Case& item, const Call& call) {
  const std::string location(call.location.text());
  bool is_there = item.location().empty();
  for (const std::string& wanted : item.location()) {
    is_there |= wanted == location || (wanted.back() == '*' && !location.empty() &&
                                       location.compare(0, wanted.size() - 1, wanted, 0,
                                                        wanted.size() - 1) == 0);
  }
  if (!is_there) return false;
  return (item.verstat().empty() || Has(item.verstat(), static_cast<int>(call.verstat))) &&
         (item.attestation().empty() ||
          Has(item.attestation(), static_cast<int>(call.attestation))) &&
         (item.ingress().empty() || Has(item.ingress(), call.ingress)) &&
         (!item.has_diverted() || CameSo(item.diverted(), call));
}

template <typename Case>
bool NamesKnown(const Case& item) {
  return !item.numbers().empty() || !item.area().empty() || !item.kind().empty() ||
         !item.country().empty();
}

bool NamesWithheld(const v1::OriginBranch::Case& item) {
  return item.anonymous() || item.restricted() || item.unavailable();
}

template <typename Case>
bool IsListed(const v1::Plan& plan, const Case& item, E164Number number) {
  if (item.numbers().empty() && item.area().empty()) return true;
  return ReferenceMatches(item.numbers(), number) ||
         std::any_of(item.area().begin(), item.area().end(), [&](const std::string& area) {
           return ReferenceMatches(plan.areas().at(area).numbers(), number);
         });
}

// Whether a case of an origin or a destination has all of its words for the number.
template <typename Case>
bool Describes(const v1::Plan& plan, const Case& item, E164Number number) {
  return IsListed(plan, item, number) &&
         (item.kind().empty() || Has(item.kind(), static_cast<int>(KindOf(number)))) &&
         (item.country().empty() || Has(item.country(), CountryOf(number)));
}

}  // namespace

bool ReferenceOrigin(const v1::Plan& plan, const v1::OriginBranch::Case& item, const Call& call) {
  if (!CameSo(item, call)) return false;
  if (!NamesKnown(item) && !NamesWithheld(item)) return true;
  if (call.calling_privacy == Privacy::kRestricted) return item.anonymous() || item.restricted();
  if (call.calling_privacy == Privacy::kUnavailable || !call.calling.has_value()) {
    return item.anonymous() || item.unavailable();
  }
  return NamesKnown(item) && Describes(plan, item, call.calling);
}

bool ReferenceDestination(const v1::Plan& plan, const v1::DestinationBranch::Case& item,
                          const Call& call) {
  // Random calls are to no special numbers.
  return NamesKnown(item) && Describes(plan, item, call.called);
}

bool ReferenceScreens(const v1::Plan& plan) {
  const v1::CallerIdentity& identity = plan.caller_identity();
  return identity.invalid() > v1::CallerIdentity::TREATMENT_ACCEPT ||
         identity.premium() > v1::CallerIdentity::TREATMENT_ACCEPT;
}

v1::CallerIdentity::Treatment ReferenceTreatment(const v1::Plan& plan, const Call& call) {
  if (!plan.has_caller_identity()) return v1::CallerIdentity::TREATMENT_ACCEPT;
  const v1::CallerIdentity& identity = plan.caller_identity();
  if (call.calling_unreadable) return identity.invalid();
  if (!call.calling.has_value()) return v1::CallerIdentity::TREATMENT_ACCEPT;
  if (!PhoneNumberUtil::GetInstance()->IsValidNumber(Parsed(call.calling))) {
    return identity.invalid();
  }
  const v1::NumberKind kind = KindOf(call.calling);
  const bool premium = kind == v1::NUMBER_KIND_PREMIUM || kind == v1::NUMBER_KIND_SHARED_COST;
  return premium ? identity.premium() : v1::CallerIdentity::TREATMENT_ACCEPT;
}

Call ReferenceScreened(const v1::Plan& plan, Call call) {
  if (ReferenceTreatment(plan, call) != v1::CallerIdentity::TREATMENT_UNAVAILABLE) return call;
  call.calling = E164Number();
  if (call.calling_privacy == Privacy::kAllowed) call.calling_privacy = Privacy::kUnavailable;
  return call;
}

}  // namespace libroute
